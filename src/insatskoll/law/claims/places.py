"""Reads where those live whom a text is about: in a part of the municipality, or in a place that
has a name.

Whether the place is the municipality itself or only a part of it is for the rules: a text does not
know whose it is. Where an insats is given, and which office is somebody's, is no claim.
"""

# ruff: noqa: SIM905 - a list of words reads better as a text
from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from insatskoll.law.claims.patterns import TURNED, Marked, negated
from insatskoll.law.claims.said import Said
from insatskoll.law.claims.sources import Knowledge
from insatskoll.law.claims.words import Sentence, Word
from insatskoll.values import immutable

KIND = "plats"
LIVES, BELONGS, PEOPLE, INHABITANTS = "bor", "tillhör", "de som bor", "invånare"
PART, SIDE, KIND_OF_PLACE = "del av kommunen", "åt ett håll", "slag av plats"
HOUSE, BEFORE_HOUSE = "ett hus", "före ett hus"
ELSEWHERE, OFFICE, MEETING, REASON = (
    "också någon annanstans", "den man vänder sig till", "där man träffas", "varför just där",
)  # fmt: skip
ONLY, MUST, SHUT_OUT = "ingen annan än", "måste bo där", "får inte delta"
GROUPS = frozenset(
    {LIVES, BELONGS, PEOPLE, INHABITANTS, PART, SIDE, KIND_OF_PLACE, HOUSE, BEFORE_HOUSE,
     ELSEWHERE, OFFICE, MEETING, REASON, ONLY, MUST, SHUT_OUT}
)  # fmt: skip

_IN = frozenset("i inom på från".split())
_HOW = frozenset("stadigvarande permanent hemma kvar själv själva ensam ensamma nu".split())
_FILLS = frozenset("den de det kommunens någon av en ett våra vår några".split())
_JOINS = frozenset("och eller samt".split())
_NEAR = 4  # words after an area in which a dwelling tells that it is the name of a house


class _Area(NamedTuple):
    """The words ``first`` to ``last`` name an area; ``part`` if they say that it is one of several
    in the municipality."""

    first: int
    last: int
    part: bool


def read(sentence: Sentence, marked: Marked, known: Knowledge, text: str) -> Iterator[Said]:
    """Where a sentence says that those live whom it is about."""
    names = known.vocabulary.names
    who = names[LIVES] | names[BELONGS] | names[PEOPLE] | names[INHABITANTS]
    if not marked.groups & who or marked.groups & (
        names[ELSEWHERE] | names[OFFICE] | names[REASON]
    ):
        return
    how = _how(marked.groups, names)
    if how == "för" and marked.groups & names[MEETING]:
        return
    for at, clause in enumerate(sentence.clauses):
        groups = [0] * len(clause.words)
        for one in marked.clauses[at]:
            for word in range(one.mark.first, one.mark.last + 1):
                groups[word] |= one.mark.group
        area = _Reading(clause.words, groups, names, text).found()
        if area is None:
            continue
        frames = marked.frames_at(at, area.first)
        shut_out = marked.groups & names[SHUT_OUT]
        if not frames <= TURNED or (negated(frames) and not shut_out):
            continue
        start, end = clause.words[area.first].start, clause.words[area.last].end
        words = " ".join(text[start:end].split())
        yield Said(KIND, {"område": words, "hur": how}, start, end, words, negated(frames))


def _how(groups: int, names: Mapping[str, int]) -> str:
    """How a sentence with ``groups`` makes the place decide who gets the insats."""
    if groups & names[ONLY]:
        return "bara"
    return "krävs" if groups & (names[MUST] | names[SHUT_OUT]) else "för"


@immutable
class _Reading:
    """The words of a clause, the groups that each is in, and the text that they are cut from."""

    words: Sequence[Word]
    groups: Sequence[int]
    names: Mapping[str, int]
    text: str

    def found(self) -> _Area | None:
        """The first area in the clause that somebody is said to live in."""
        for index in range(len(self.words)):
            area = self._lived_in(index)
            if area is not None and not self._is_house(area):
                return area
        return None

    def _lived_in(self, index: int) -> _Area | None:
        """The area that somebody lives in whom the word at ``index`` tells of."""
        if self._is(index, LIVES):
            at = index + 1
            while self._form(at) in _HOW:
                at += 1
            return self._area(at + 1) if self._form(at) in _IN else None
        if self._is(index, BELONGS):
            return self._area(index + 1)
        if self._is(index, INHABITANTS) and index and self._named(index - 1):
            return _Area(index - 1, index - 1, part=False)
        if self._is(index, PEOPLE) and self._form(index + 1) in _IN:
            area = self._area(index + 2)
            return area if area is not None and area.part else None
        return None

    def _area(self, at: int) -> _Area | None:
        """The area that the words from ``at`` on name."""
        last, part = -1, False
        for index in range(at, len(self.words)):
            if self._is(index, PART) or self._is(index, SIDE):
                last, part = index, True
            elif self._named(index) or (last >= 0 and self._is(index, KIND_OF_PLACE)):
                last = index
            elif self._form(index) not in _FILLS | _JOINS | _IN or (
                self._form(index) in _JOINS | _IN and last < 0
            ):
                break
        return None if last < 0 else _Area(at, last, part)

    def _is_house(self, area: _Area) -> bool:
        """Whether the area is the name of a house: one says so, or a dwelling is named beside."""
        if any(self._is(index, HOUSE) for index in range(area.first, area.last + 1)):
            return True
        if self._is(area.first, BEFORE_HOUSE):
            return True
        after = range(area.last + 1, min(area.last + 1 + _NEAR, len(self.words)))
        joined = bool(after) and self._form(after[0]) in _JOINS
        return joined and any(self._is(index, HOUSE) for index in after)

    def _form(self, index: int) -> str:
        return self.words[index].form if index < len(self.words) else ""

    def _is(self, index: int, name: str) -> bool:
        return index < len(self.words) and bool(self.groups[index] & self.names[name])

    def _named(self, index: int) -> bool:
        """Whether the word is the name of a place: “Berga”, and not “LSS” or “berga”."""
        word = self.words[index]
        return (
            self.text[word.start].isupper() and self.text[word.start + 1 : word.start + 2].islower()
        )
