"""A check on texts of two insatser that say the same.

Nothing is compared with everything: texts meet only where they share words or a sentence, so the
cost follows the size of the list.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from insatskoll.catalogue.model import Insats
from insatskoll.law.predicates.parameters import InsatsTextField, PartField
from insatskoll.law.predicates.references import values_at
from insatskoll.law.predicates.registry import Hit, Place, Subject, predicate
from insatskoll.reading.places import DataPath, parse_path, value_at

_COMPARED = 20  # how many texts with the same sentence a text is compared with
_RUN = 5  # words


class _Text(NamedTuple):
    """A text of an insats, or of the part of it at ``base``; ``said`` is what the field that should
    differ says there, if one should."""

    insats: Insats
    base: DataPath
    path: DataPath
    text: str
    words: tuple[str, ...]
    said: str

    @property
    def name(self) -> str:
        """What it is called that says it."""
        return str(value_at(self.insats.data, (*self.base, "namn")))


@predicate("lika-texter", scopes=("kommun",), gives=("ena", "andra", "andel", "här", "där"))
def texts_alike(
    subject: Subject,
    fält: list[InsatsTextField],
    minst_ord: int,
    andel: int,
    mätt_i: Literal["ordföljder", "ord"] = "ordföljder",
    skiljer: PartField = "",
) -> Iterator[Hit]:
    """Two insatser say the same in ``fält``, in texts of at least ``minst_ord`` words.

    The same is said where ``andel`` per cent of a text's runs of five words stand in the other
    (``ordföljder``), or where the two share a whole sentence and so many of all their words
    (``ord``). With ``skiljer`` it counts only where that field says one thing of the one and
    another of the other: then the parts of the insatser are compared, with the fields of the whole
    besides their own, also within one insats, and the hit is at that field. Each text is compared
    with the first that is like it, so a copy points at its original.
    """
    found = _texts(subject, fält, skiljer, minst_ord)
    pairs = _by_runs(found, andel) if mätt_i == "ordföljder" else _by_words(found, andel)
    for this, other, percent in pairs:
        place, there = this.path, other.path
        told = f"Så står det också i ”{other.name}”"
        if skiljer:
            field = parse_path(skiljer)
            place, there = (*this.base, *field), (*other.base, *field)
            told = f"”{other.name}” säger {other.said}"
        values = {"ena": this.name, "andra": other.name, "andel": percent}
        values |= {"här": this.said, "där": other.said}
        yield Hit(place, values, (Place(told, there, other.insats.id),), this.insats.id)


def _texts(subject: Subject, fields: Sequence[str], differs: str, fewest: int) -> Iterator[_Text]:
    """The texts that are compared, in order: those of the insatser, or, where a field should
    differ, those of their parts for which it says something."""
    for insats in subject.revision.insatser:
        for base, part in insats.delar if differs else [((), insats.data)]:
            said = value_at(part, parse_path(differs)) if differs else ""
            if said is None:
                continue
            for path, text in (pair for name in fields for pair in values_at(part, name)):
                words = _words(text) if isinstance(text, str) else ()
                if len(words) >= fewest:
                    yield _Text(insats, base, (*base, *path), text, words, str(said))


def _words(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\w+", text.casefold()))


def _by_runs(found: Iterable[_Text], percent: int) -> Iterator[tuple[_Text, _Text, int]]:
    """Each text with the one of another insats that has the most of its runs of words, if that is
    ``percent`` or more."""
    texts: list[_Text] = []
    first: dict[tuple[str, ...], int] = {}  # which of the texts had the run first
    for this in found:
        runs = {this.words[i : i + _RUN] for i in range(len(this.words) - _RUN + 1)}
        holders = (first[run] for run in runs if run in first)
        shared = Counter(
            number
            for number in holders
            if texts[number].insats.id != this.insats.id
            and (not this.said or texts[number].said != this.said)
        )
        number = max(shared, key=lambda one: (shared[one], -one), default=None)
        if number is not None and (part := 100 * shared[number] // len(runs)) >= percent:
            yield this, texts[number], part
        for run in runs:
            if run not in first or texts[first[run]].insats.id == this.insats.id:
                first[run] = len(texts)
        texts.append(this)


def _by_words(found: Iterable[_Text], percent: int) -> Iterator[tuple[_Text, _Text, int]]:
    """Each text with the first that shares a sentence and ``percent`` of the words with it."""
    by_sentence: dict[str, list[_Text]] = defaultdict(list)
    for this in found:
        sentences = dict.fromkeys(
            " ".join(_words(sentence)) for sentence in re.split(r"[.!?]\s", this.text)
        )
        for other in (other for sentence in sentences for other in by_sentence[sentence]):
            if this.said and other.said == this.said:
                continue
            likeness = _likeness(this, other)
            if likeness >= percent:
                yield this, other, int(likeness)
                break
        for sentence in sentences:
            if len(by_sentence[sentence]) < _COMPARED:
                by_sentence[sentence].append(this)


def _likeness(first: _Text, second: _Text) -> float:
    one, other = Counter(first.words), Counter(second.words)
    return 200 * (one & other).total() / (one.total() + other.total())
