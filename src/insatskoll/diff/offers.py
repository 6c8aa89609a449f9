"""What insatser that have been split or merged offer, each part by itself, and which offers before
and after are the same.

An insats without parts offers one thing. Where several stand on both sides they belong together by
name, text, character, extent and how they are documented; and those that are for different ages
have nobody in common.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from insatskoll.catalogue.documentation import documentation_level
from insatskoll.diff import directions, spans
from insatskoll.diff.spans import EVERYONE, Numbers
from insatskoll.diff.state import Stratum, strata
from insatskoll.patterns import later
from insatskoll.values import immutable

if TYPE_CHECKING:
    from insatskoll.diff.common import Common
    from insatskoll.reading.schema_types import Alder, Dokumentation, InsatsData

_WORDS = later(r"\w+")
_STEM = 4  # letters that forms of one word begin with
_ENOUGH = 2  # for two to be the same where there are others


@dataclass(frozen=True, eq=False)
class Offer:
    """What one insats, or one part of it, offers."""

    insats: str
    data: InsatsData
    stratum: Stratum

    @property
    def name(self) -> str:
        """What it is called: as the part, or as the whole."""
        return self.stratum.name or self.data["namn"]

    @property
    def text(self) -> str:
        """What is written of it in the text that is nearest."""
        place = self.stratum.place
        part = self.data if place is None else self.data["delar"][place]
        return part.get("innehåll", "")

    @property
    def ages(self) -> list[Alder]:
        """The ages that must be met by all who get it."""
        held = self.stratum.conditions
        found = [one["ålder"] for one in held if "ålder" in one and "gäller" not in one]
        return cast("list[Alder]", found)

    def is_as(self, other: Offer) -> bool:
        """Whether it is the same as another in all but its name."""
        if self.stratum.data != other.stratum.data:
            return False
        return self.text == other.text or directions.same_said(self.text, other.text, "innehåll")


@immutable
class Line:
    """Offers before and after that are of the same thing. ``like`` is an age as all of theirs are
    measured, if any is; None where they cannot be counted together."""

    olds: tuple[Offer, ...]
    news: tuple[Offer, ...]
    like: Alder | None
    countable: bool

    @property
    def edges(self) -> Iterator[tuple[Offer, Offer]]:
        """Each before with each after that somebody could get both of."""
        for old in self.olds:
            for new in self.news:
                if self.reach(old) & self.reach(new):
                    yield old, new

    def reach(self, offer: Offer) -> Numbers:
        """The ages that an offer is for, if they can be told."""
        return spans.numbers(offer.ages) if self.countable else EVERYONE

    def together(self, side: Sequence[Offer]) -> Numbers:
        """The ages that any of some offers is for."""
        return frozenset().union(*map(self.reach, side))


def offered(insats: str, data: InsatsData, common: Common) -> list[Offer]:
    """What an insats offers."""
    return [Offer(insats, data, stratum) for stratum in strata(data, common)]


def lines(
    olds: Sequence[Offer], news: Sequence[Offer], related: Sequence[tuple[str, str]]
) -> list[Line]:
    """The offers that belong together; one that nothing is like is alone in its line."""
    edges = _edges(olds, news, {*related})
    left: list[tuple[str, Offer]] = [*(("old", o) for o in olds), *(("new", o) for o in news)]
    found = []
    while left:
        some = [left.pop(0)]
        for side, one in some:
            beside = [
                other
                for other in left
                if other[0] != side
                and ((one, other[1]) if side == "old" else (other[1], one)) in edges
            ]
            some += beside
            left = [other for other in left if other not in beside]
        found.append(_line([o for s, o in some if s == "old"], [o for s, o in some if s == "new"]))
    return found


def _line(olds: Sequence[Offer], news: Sequence[Offer]) -> Line:
    ages = [age for offer in (*olds, *news) for age in offer.ages]
    measures = {spans.measure(age) for age in ages}
    countable = len(measures) < 2 and None not in measures
    like = ages[0] if ages and countable else None
    in_order = sorted(olds, key=_first_age), sorted(news, key=_first_age)
    return Line(tuple(in_order[0]), tuple(in_order[1]), like, countable)


def _first_age(offer: Offer) -> int:
    return min((age.get("från", 0) for age in offer.ages), default=0)


_Edges = list[tuple[Offer, Offer]]


def _edges(olds: Sequence[Offer], news: Sequence[Offer], related: set[tuple[str, str]]) -> _Edges:
    """Which are the same: all where one side has a single offer, and else the most alike."""
    possible = [(a, b) for a in olds for b in news if (a.insats, b.insats) in related]
    if len(olds) == 1 or len(news) == 1:
        return possible
    if not any(offer.stratum.place is not None for offer in (*olds, *news)):
        return [(a, b) for a, b in possible if _meet(a, b)]
    likeness = [(_likeness(a, b), a, b) for a, b in possible if _meet(a, b)]
    found = []
    for score, a, b in likeness:
        best = [max(other for other, *pair in likeness if one in pair) for one in (a, b)]
        if score >= _ENOUGH and score in best:
            found.append((a, b))
    return found


def _meet(first: Offer, second: Offer) -> bool:
    """Whether somebody may be of the age for both, as far as ages tell."""
    measures = {spans.measure(age) for one in (first, second) for age in one.ages}
    if len(measures) != 1 or None in measures:
        return True
    return bool(spans.numbers(first.ages) & spans.numbers(second.ages))


def _likeness(first: Offer, second: Offer) -> int:
    """How much speaks for two being the same: names most, then texts, then fields."""
    score = 0
    names = [{w[:_STEM] for w in _WORDS.findall(o.name.casefold())} for o in (first, second)]
    if first.name.casefold() == second.name.casefold():
        score += 3
    elif names[0] <= names[1] or names[1] <= names[0]:
        score += 2
    if first.text and first.text == second.text:
        score += 3
    for one, other in zip(_fields(first), _fields(second), strict=True):
        if one is not None and other is not None:
            score += 1 if one == other else -1
    return score


def _fields(offer: Offer) -> tuple[object, ...]:
    data = offer.stratum.data
    level = documentation_level(cast("Dokumentation", data.get("dokumentation", {})))
    return data.get("karaktär"), data.get("omfattning"), level
