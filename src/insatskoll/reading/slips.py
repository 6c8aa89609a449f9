"""Slips of the pen in names of fields and in fixed values, where exactly one right one is near.

Only what the schema does not know is looked at, so that a text that somebody may write freely is
never taken for a slip. What is proposed is a name that can stand there, that nothing else has
there, and that no other one is nearly as close to.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache

from insatskoll import dictionary
from insatskoll.meant import distance, meant
from insatskoll.patterns import later
from insatskoll.reading import document, samples, schema
from insatskoll.reading.document import Document
from insatskoll.reading.hygiene import UnreadableDocument
from insatskoll.reading.places import DataPath
from insatskoll.reading.straightening import HARD, UNSEEN
from insatskoll.values import immutable

KINDS = ("insats", "kommun", "riskanalys", "profil", "godtagna", "beslut")
MOST = 300  # different words of a file that are compared letter by letter
MOST_WRONG = 500  # other things wrong with a file, among which nobody can tell what was meant
_SHORTEST, _LONG = 4, 8  # letters of a word that can be misspelt, and of one that can be so twice
_LONGEST = 60
_BETWEEN = later(f"[\\s_{HARD}\u2010-\u2015\u2212-]+")
_UNSEEN = later(f"[{UNSEEN}]")
_SIGNS = later(r"[0-9]+|[^\w\s]+")


@immutable
class Slip:
    """A name or a value that should be ``new``, and where in the file it is written. ``right`` is
    its path when all is put right."""

    right: DataPath
    start: int
    end: int
    new: str


def found(read: Document, kind: str) -> list[Slip]:
    """The slips in a file of a ``kind``, in the order of the file, that can be put right without
    anything else being changed, or more becoming wrong."""
    walk = _Walk(read, kind)
    after = walk.put_right(read.data, (), (), ())
    slips = sorted(walk.slips, key=lambda slip: slip.start)
    if not slips:
        return []
    if not schema.holds(after, kind):
        wrong = schema.errors(after, kind)
        if len(wrong) >= MOST_WRONG:
            return []
        still = {error.path for error in wrong if not error.missing}
        slips = [slip for slip in slips if slip.right not in still]
    return slips if _leads_to(read, kind, slips) else []


def mended(text: str, slips: Sequence[Slip]) -> str:
    """``text`` with ``slips``, in order, put right."""
    parts, at = [], 0
    for slip in slips:
        parts += [text[at : slip.start], slip.new]
        at = slip.end
    return "".join([*parts, text[at:]])


def _leads_to(read: Document, kind: str, slips: Sequence[Slip]) -> bool:
    """Whether the file with ``slips`` put right says what it did but for them."""
    try:
        changed = document.parse(read.path, mended(read.text, slips))
    except UnreadableDocument:
        return False
    wanted = _Walk(read, kind, only=frozenset(slip.start for slip in slips))
    return bool(changed.data == wanted.put_right(read.data, (), (), ()))


@dataclass
class _Walk:
    """Goes through the data of a file beside its schema; ``only`` are the places in its text of
    the slips to put right, None for all."""

    read: Document
    kind: str
    only: frozenset[int] | None = None
    slips: list[Slip] = field(default_factory=list)
    asked: set[str] = field(default_factory=set)

    def put_right(
        self, data: object, path: DataPath, right: DataPath, fields: tuple[str, ...]
    ) -> object:
        """``data``, which stands at ``path`` in the file, with its slips put right."""
        if isinstance(data, dict):
            names = self._names(data, path, right, fields)
            changed = {}
            for name, value in data.items():
                new: str = names.get(name) or name
                within = (*path, name), (*right, new), (*fields, new)
                changed[new] = self.put_right(value, *within)
            return changed
        if isinstance(data, list):
            words = self._words([one for one in data if isinstance(one, str)], fields)
            return [
                self._value(one, words, (*path, n), (*right, n))
                if isinstance(one, str)
                else self.put_right(one, (*path, n), (*right, n), fields)
                for n, one in enumerate(data)
            ]
        if isinstance(data, str):
            return self._value(data, self._words([data], fields), path, right)
        return data

    def _names(
        self, data: dict[str, object], path: DataPath, right: DataPath, fields: tuple[str, ...]
    ) -> dict[str, str]:
        """The names in a group that should be others, with those."""
        known = _known_names(self.kind, fields)
        if not known or known.keys() >= data.keys():
            return {}
        offered = tuple(name for name, is_offered in known.items() if is_offered)
        wanted = {
            name: new
            for name in data
            if name not in known and (new := self._nearest(name, offered, _all_names()))
        }
        shared = Counter(wanted.values())
        names = {}
        for name, new in wanted.items():
            if new in data or shared[new] > 1:
                continue
            if self._notes((*right, new), self.read.key((*path, name)), name, new):
                names[name] = new
        return names

    def _words(self, values: Sequence[str], fields: tuple[str, ...]) -> dict[str, str]:
        """Those of the ``values`` beside each other that should be others, with those."""
        words, forms = _known_words(self.kind, fields)
        if not words:
            return {}
        wanted: dict[str, str] = {}
        for value in dict.fromkeys(values):
            if value in words or any(form.search(value) for form in forms):
                continue
            new = _same(value, words) if forms else self._nearest(value, words, _all_words())
            if new is not None:
                wanted[value] = new
        there = Counter([*values, *(wanted[value] for value in values if value in wanted)])
        return {value: new for value, new in wanted.items() if there[new] == 1}

    def _value(self, value: str, words: Mapping[str, str], path: DataPath, right: DataPath) -> str:
        """The ``value``, or the one of ``words`` that it should be."""
        new = words.get(value)
        if new is None or not self._notes(right, self.read.extent(path), value, new):
            return value
        return new

    def _notes(self, right: DataPath, extent: tuple[int, int], old: str, new: str) -> bool:
        """Notes a slip; False if it is written otherwise than ``old``, or is not to be put
        right."""
        start, end = extent
        written = self.read.text[start:end]
        if written[:1] in ("'", '"') and written[-1:] == written[:1]:
            start, end = start + 1, end - 1
        if self.read.text[start:end] != old or (self.only is not None and start not in self.only):
            return False
        self.slips.append(Slip(right, start, end, new))
        return True

    def _nearest(
        self, written: str, allowed: tuple[str, ...], elsewhere: frozenset[str]
    ) -> str | None:
        if written not in self.asked and len(self.asked) >= MOST:
            return _same(written, allowed)
        self.asked.add(written)
        return nearest(written, allowed, elsewhere)


@lru_cache(maxsize=2048)
def nearest(written: str, allowed: tuple[str, ...], elsewhere: frozenset[str]) -> str | None:
    """The one of ``allowed`` that ``written`` is a slip for; None if there is none, or more than
    one. A word that stands ``elsewhere`` is meant as it stands, and so is any word that there is,
    a sign beside the letters, and what may be the beginning of another name."""
    if (same := _same(written, allowed)) is not None:
        return same
    word = bare(written)
    if not _SHORTEST <= len(word) <= _LONGEST or word in elsewhere:
        return None
    most = 2 if len(word) >= _LONG else 1
    near = {}
    for name in allowed:
        other = bare(name)
        if abs(len(other) - len(word)) <= most + 1:
            near[name] = distance(_plain(word), _plain(other))
    best = min(near, key=lambda name: near[name], default=None)
    if best is None or near[best] > most or len(bare(best)) < _SHORTEST:
        return None
    if sum(far <= near[best] + 1 for far in near.values()) > 1:
        return None
    # A letter in front can turn a word into its opposite, and a figure or sign is never a slip.
    other = bare(best)
    alike = _plain(word[0]) == _plain(other[0]) and _SIGNS.findall(word) == _SIGNS.findall(other)
    if not alike or meant(written, allowed) != best:
        return None
    begun = any(_may_begin(word, bare(name), other, near[best]) for name in allowed if name != best)
    return None if begun or _has_other_words(word, other) else best


def _may_begin(word: str, name: str, best: str, far: int) -> bool:
    """Whether a ``word`` may be how a ``name`` begins, when it is ``far`` from ``best``: no further
    from its beginning, and nearer if that is how ``best`` begins too."""
    if len(name) <= len(word):
        return False
    begun = distance(_plain(word), _plain(name[: len(word)]))
    return begun < far if name.startswith(best) else begun <= far


def _has_other_words(word: str, name: str) -> bool:
    """Whether a ``word`` is made of words that there are, some of them other than those of a
    ``name``."""
    own = name.split("_")
    return any(dictionary.has(one) for one in word.split("_") if one not in own)


def _same(written: str, allowed: tuple[str, ...]) -> str | None:
    """The only one of ``allowed`` that is ``written`` but for case, for what is between the words,
    for signs that do not show, and for the rings and dots of its letters."""
    if len(written) > _LONGEST:
        return None
    for form in (bare, _without_marks):
        same = _by_form(form, allowed).get(form(written), ())
        if same:
            return same[0] if len(same) == 1 else None
    return None


@lru_cache(maxsize=512)
def _by_form(form: Callable[[str], str], allowed: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """Which of ``allowed`` look alike, by how they look in a ``form``."""
    found: dict[str, tuple[str, ...]] = {}
    for name in allowed:
        found[form(name)] = (*found.get(form(name), ()), name)
    return found


def bare(text: str) -> str:
    """A word as it is compared: in small letters, with spaces and dashes alike, and without what
    does not show."""
    seen = _UNSEEN.sub("", unicodedata.normalize("NFC", text)).casefold()
    return _BETWEEN.sub("_", seen).strip("_")


def _without_marks(text: str) -> str:
    return _plain(bare(text))


def _plain(word: str) -> str:
    return re.sub("[\u0300-\u036f]", "", unicodedata.normalize("NFD", word))


@cache
def _known_names(kind: str, fields: tuple[str, ...]) -> dict[str, bool]:
    """The names that a group at ``fields`` can have, each with whether it is offered."""
    return {
        name: not one.get("deprecated", False)
        for name, one in samples.beside(kind, [*fields, ""]).items()
    }


@cache
def _known_words(
    kind: str, fields: tuple[str, ...]
) -> tuple[tuple[str, ...], tuple[re.Pattern[str], ...]]:
    """The fixed values at ``fields``, and the forms of other texts there; none where a text may be
    any."""
    texts = [one for one in samples.texts(kind, fields) if "enum" not in one]
    if any("pattern" not in one for one in texts):
        return (), ()
    forms = tuple(re.compile(one["pattern"]) for one in texts)
    return tuple(samples.words(kind, fields)), forms


@cache
def _all_names() -> frozenset[str]:
    """All names of fields that there are, as they are compared."""
    return frozenset(bare(name) for kind in KINDS for name in samples.names(kind))


@cache
def _all_words() -> frozenset[str]:
    """All fixed values that there are, as they are compared."""
    return frozenset(bare(word) for kind in KINDS for word in samples.all_words(kind))


def is_name(word: str) -> bool:
    """Whether a word is the name of a field somewhere, or nearly: but for a letter that is left
    out, put in, another, or in the wrong place."""
    return len(word) <= _LONGEST and not _around(_without_marks(word)).isdisjoint(_near_names())


@cache
def _near_names() -> frozenset[str]:
    plain = map(_plain, _all_names())
    return frozenset(one for name in plain for one in _around(name))


def _around(word: str) -> set[str]:
    """A word, and if it is not short what it is without one of its letters."""
    if len(word) < _SHORTEST:
        return {word}
    return {word, *(word[:n] + word[n + 1 :] for n in range(len(word)))}
