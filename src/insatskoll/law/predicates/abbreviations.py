"""A check on abbreviations that nothing in the municipality's texts explains."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from insatskoll.catalogue import printed
from insatskoll.law.predicates.parameters import WholeWords, Words, listed
from insatskoll.law.predicates.registry import Hit, Subject, predicate
from insatskoll.law.predicates.text import pattern
from insatskoll.patterns import later
from insatskoll.reading.document import iter_paths
from insatskoll.reading.places import DataPath

_NOT_READ = printed.NO_TEXT | printed.CHOICES
# Three capitals or more with no letter or figure beside them: “LVM-hem”, and not “e-ID” or “A3”.
_CAPITALS = later(r"(?<![\w§&/-])[A-ZÅÄÖ]{3,8}(?![\wåäö&])")
_SMALL = later(r"[a-zåäö]")
# Between an abbreviation and what it stands for, and small words between what its letters do.
_MEANS = r"\s+(?:står för|betyder|utläses|uttyds|är förkortning\w*|är en|är ett|är|innebär)\s"
_BETWEEN = r"\w*(?:[ -]+(?:och|i|för|av|till|med|om|of|and|the|in|for|to|på|vid))?[\s-]+"
_NAMES = (("namn",), ("delar", "namn"))
_NEAR = 200  # characters before one that those words are looked for in
_MOST = 200  # abbreviations that are looked for in a municipality's texts
_BEFORE = 8  # words before an abbreviation that may be what it stands for


class _Text(NamedTuple):
    """A text, where it stands, and the insats whose file that is in, if any."""

    text: str
    path: DataPath
    insats: str | None

    @property
    def is_name(self) -> bool:
        """Whether an insats or a part of one is called so."""
        return self.insats is not None and (*self.path[:1], *self.path[2:]) in _NAMES


@predicate("oförklarad-förkortning", whole=True, scopes=("kommun",), gives=("ord",))
def unexplained(
    subject: Subject,
    kända: WholeWords = listed("förkortningar som alla känner"),
    namn_på: Words = listed("det som har ett namn"),
) -> Iterator[Hit]:
    """An abbreviation of three capitals or more stands in the texts, and none of them says what it
    stands for.

    Those that are all of ``kända`` need no explanation, nor do those that a word of ``namn_på``
    stands before, and none is looked for in a text in capitals. One that an insats is called is
    explained by that insats. Gives one hit for each, where it first stands.
    """
    texts = list(_texts(subject))
    first: dict[str, tuple[_Text, re.Match[str]]] = {}
    for one in texts:
        for found in _CAPITALS.finditer(one.text) if _SMALL.search(one.text) else ():
            if len(first) < _MOST:
                first.setdefault(found[0], (one, found))
    kind = pattern(namn_på).pattern
    for word, (one, found) in first.items():
        if pattern(kända).fullmatch(word):
            continue
        said = [other for other in texts if word in other.text]
        if not any(other.is_name or _explains(other.text, word, kind) for other in said):
            yield Hit(one.path, {"ord": word}, insats=one.insats, words=found.span())


def _texts(subject: Subject) -> Iterator[_Text]:
    """The municipality's texts, its own before those of its insatser."""
    revision = subject.revision
    for insats, data in [(None, revision.kommun), *((o.id, o.data) for o in revision.insatser)]:
        for path, value in iter_paths(data):
            read = _NOT_READ.isdisjoint(path) or printed.OWN_TEXT in path
            if isinstance(value, str) and read:
                yield _Text(value, path, insats)


def _explains(text: str, word: str, kind: str) -> bool:
    """Whether ``text`` says what ``word`` stands for: in brackets, beside it or by its letters, or
    of what ``kind`` it is the name."""
    letter, name = re.escape(word[0]), rf"\b{word}\b"
    within = rf"{name}[”\"’]?\s*\((?!\d)[^)]*[a-zåäö]{{3}}"
    beside = rf"{name}\s*[,:–]\s*[”\"]?{letter}[a-zåäö]"
    named = rf"(?:{kind})\s+[”\"]?{word}\b|{name}-(?:{kind})"
    spelled = r"\b" + _BETWEEN.join(word)
    return (
        re.search(rf"[a-zåäö]{{3}}\w*[”\"]?\s*\([”\"]?{word}\b", text) is not None
        or re.search(within, text) is not None
        or re.search(beside, text, re.IGNORECASE) is not None
        or re.search(rf"{name}{_MEANS}", text) is not None
        or any(_spells(before, word) for before in _before(text, name))
        or re.search(spelled, text, re.IGNORECASE) is not None
        or re.search(named, text, re.IGNORECASE) is not None
    )


def _before(text: str, name: str) -> Iterator[str]:
    """What stands before an abbreviation and its comma, dash or bar: “barn i samspel, BIS”."""
    for one in re.finditer(rf"(?:[,–/]|\s-)\s*{name}", text):
        yield text[max(0, one.start() - _NEAR) : one.start()]


def _spells(before: str, word: str) -> bool:
    """Whether the letters of ``word`` come in their order from one of the last words in ``before``
    on, and begin that word."""
    words = before.casefold().split()[-_BEFORE:]
    wanted = word.casefold()
    for at, one in enumerate(words):
        if one.startswith(wanted[0]):
            letters = iter(" ".join(words[at:]))
            if all(letter in letters for letter in wanted):
                return True
    return False
