"""Where in the state what a fact tells of is written, and where it was before or is now."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, cast

from insatskoll.diff import common, conditions
from insatskoll.diff.effects import Effect, Move, Pair
from insatskoll.diff.facts import Comparison, Fact, FactPath, Item, Order
from insatskoll.diff.state import ADDED, FIELDS, Level, Stratum

_NEAREST: tuple[Level, ...] = ("delen", "insatsen", "gemensamt")


class Place(NamedTuple):
    """Which of the resolved fields a fact is about: at which level, in which part, and the path as
    the whole insats would have it; empty for a part that comes or goes."""

    level: Level
    part: Item | None
    path: FactPath

    def is_of(self, stratum: Stratum, side: int) -> bool:
        """Whether what stands here counts in a stratum, before (0) or after (1)."""
        return self.part is None or (self.part.old, self.part.new)[side] == stratum.place


def place_of(fact: Fact, comparison: Comparison) -> Place | None:
    """Where in the state a fact has its place; nothing if it has none there."""
    path = fact.path
    if not path or isinstance(path[-1], Order):
        return None
    if fact.subject.kind == "kommun":
        of_all = common.path_of(fact, comparison.old.kommun, comparison.new.kommun)
        return Place("gemensamt", None, of_all) if of_all is not None else None
    if fact.subject.kind != "insats":
        return None
    if path[0] == "delar" and isinstance(path[1], Item):
        inner = path[2:]
        return Place("delen", path[1], inner) if not inner or inner[0] in FIELDS else None
    return Place("insatsen", None, path) if path[0] in FIELDS else None


def place_in(step: object, side: int) -> int | None:
    """The place that an item has in its list before (0) or after (1)."""
    assert isinstance(step, Item)
    return (step.old, step.new)[side]


def move_of(
    fact: Fact, place: Place, pairs: Sequence[Pair], effects: Sequence[Effect]
) -> Move | None:
    """Where that is now which has gone from here, or where that was which has come, if it is
    elsewhere for all whom it holds for."""
    if fact.kind not in ("added", "removed") or not place.path or len(place.path) > 2:
        return None
    here, value = (0, fact.before) if fact.kind == "removed" else (1, fact.after)
    of_it = [pair.sides for pair in pairs if place.is_of(pair.sides[here], here)]
    elsewhere = [_elsewhere(value, place, pair, here) for pair in of_it]
    if not elsewhere or not all(elsewhere):
        return None
    level = next(one for one in _NEAREST if any(one in found for found in elsewhere))
    kept = all(found.get(level, False) for found in elsewhere)
    source, target = (place.level, level) if here == 0 else (level, place.level)
    return Move(source, target, kept, same=all(effect.only_moved for effect in effects))


def _elsewhere(
    value: object, place: Place, pair: tuple[Stratum, Stratum], here: int
) -> dict[Level, bool]:
    """The other levels at which a pair's other side says what is said here, each with whether this
    side does so too."""
    this, other = pair[here], pair[1 - here]
    levels = _levels(value, place, other) - {place.level}
    own = _levels(value, place, this)
    return {level: level in own for level in levels}


def _levels(value: object, place: Place, stratum: Stratum) -> set[Level]:
    """The levels that say it, also where a nearer one goes before them."""
    if place.path[0] != ADDED:
        return set(stratum.said.get(".".join(map(str, place.path)), ()))
    condition = cast("conditions.Condition", value)
    return {
        origin.level
        for index, one in enumerate(stratum.conditions)
        if conditions.implied(one, condition) and conditions.implied(condition, one)
        for origin in stratum.written(ADDED, index)
    }
