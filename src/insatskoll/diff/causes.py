"""Which facts the differences of the state come of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from insatskoll.diff import alone, extents, minors, parts, united
from insatskoll.diff.common import Common, both
from insatskoll.diff.comparisons import within
from insatskoll.diff.differences import Compared, compared
from insatskoll.diff.effects import Caused, Effect, Move, Pair
from insatskoll.diff.facts import About, Comparison, Fact, insatser
from insatskoll.diff.state import ADDED, Origin, Stratum
from insatskoll.diff.written import Place, move_of, place_in, place_of

if TYPE_CHECKING:
    from insatskoll.reading.schema_types import InsatsData

_EXTENT = ("omfattning",)
_WHOM = frozenset({"målgrupp", "villkor"})  # what tells for whom an insats is


def caused(comparison: Comparison) -> dict[int, Caused]:
    """What each fact about a resolved field has done to the state, by the fact's ``id``. A fact
    about what is common, where no insats is on both sides, has none."""
    placed = [(fact, place) for fact in comparison.facts if (place := place_of(fact, comparison))]
    common = [one for one in placed if one[1].level == "gemensamt"]
    own: dict[tuple[str | None, str | None], list[tuple[Fact, Place]]] = {}
    for fact, place in placed:
        if place.level != "gemensamt":
            own.setdefault((fact.subject.old, fact.subject.new), []).append((fact, place))
    said = both(comparison.old.kommun, comparison.new.kommun)
    moved = parts.of_others(comparison)
    found = dict(_come_and_gone(comparison, said))
    everyone = []
    for subject, before, after in insatser(comparison):
        facts = own.get((subject.old, subject.new), [])
        if before is None or after is None or not (facts or common):
            continue
        elsewhere = [
            side.get(i or "", ()) for side, i in zip(moved, (subject.old, subject.new), strict=True)
        ]
        one = compared(subject, (before, after), said, elsewhere)
        everyone.append(one)
        found |= {id(fact): _of_its_own(fact, place, one) for fact, place in facts}
    if everyone:
        found |= {id(fact): _of_all(fact, place, everyone) for fact, place in common}
    return found | united.caused(comparison)


def _come_and_gone(
    comparison: Comparison, said: tuple[Common, Common]
) -> Iterator[tuple[int, Caused]]:
    """What insatser that come and go do, each with the fact's ``id``: held against what holds for
    who must apply instead. In a municipality that is new, or gone, there is nothing to hold them
    against but that they are given."""
    whole = comparison.old.is_there and comparison.new.is_there
    for fact in comparison.facts:
        if fact.path or fact.subject.kind != "insats":
            continue
        comes = fact.before is None
        data = cast("InsatsData", fact.after if comes else fact.before)
        found = alone.of_the_new(fact.subject, data, said[comes], comes=comes)
        effects = tuple(one for one in found if whole or one.fact.path[0] in _WHOM)
        yield id(fact), Caused(effects, None, (fact.subject,))


def _of_its_own(fact: Fact, place: Place, one: Compared) -> Caused:
    """What a fact about an insats has done to its state. What the whole is holds for all parts
    together, also where each has an extent of its own."""
    effects = _effects(one, place)
    if not effects and place.level == "insatsen" and place.path == _EXTENT:
        effects = tuple(_of_the_whole(fact, one.pairs))
    return Caused(
        effects, move_of(fact, place, one.pairs, effects), (one.subject,) if effects else ()
    )


def _of_the_whole(fact: Fact, pairs: Sequence[Pair]) -> Iterator[Effect]:
    shares = tuple(
        [one.data.get(str(_EXTENT[0])) for one in side if one.place is not None]
        for side in zip(*(pair.sides for pair in pairs), strict=True)
    )
    if len(shares) == len(pairs[0].sides) and all(shares):
        share = extents.of_the_whole(fact.before, fact.after, (shares[0], shares[1]))
        yield Effect(fact, *pairs[0].sides, share=share)


def _of_all(fact: Fact, place: Place, everyone: Sequence[Compared]) -> Caused:
    """What a fact about what is common has done to the state of each insats. Whose consent is asked
    for is nothing to those who are of age, or of another age than it is asked for at."""
    effects: list[Effect] = []
    touched: list[About] = []
    moves: list[Move] = []
    for one in everyone:
        own = _effects(one, place)
        if place.path[0] == "samtycke":
            own = () if one.of_age else tuple(filter(minors.consent_differs, own))
        effects += own
        if own:
            touched.append(one.subject)
        elif (move := move_of(fact, place, one.pairs, ())) is not None:
            moves.append(move)
    untouched = tuple(one.subject for one in everyone if one.subject not in touched)
    move = next((move for move in moves if not move.kept), next(iter(moves), None))
    return Caused(tuple(effects), move, tuple(touched), untouched)


def _effects(one: Compared, place: Place) -> tuple[Effect, ...]:
    """The effects on an insats of what is written at a place; of a field within another (what is
    always noted) only what it is itself."""
    found = (effect for effect in one.effects if comes_of(effect, place))
    return tuple(_only(effect, place) for effect in found)


def _only(effect: Effect, place: Place) -> Effect:
    if place.path[:1] == (ADDED,) or len(place.path) <= len(effect.fact.path):
        return effect
    name = str(place.path[-1])
    before, after = (
        {name: value} if (value := within(side, name)) is not None else None
        for side in (effect.fact.before, effect.fact.after)
    )
    return replace(effect, fact=replace(effect.fact, before=before, after=after))


def comes_of(effect: Effect, place: Place) -> bool:
    """Whether what an effect tells of is written where the fact is, before or after."""
    if not _is_about(effect, place):
        return False
    return any(
        place.is_of(stratum, side) and _is_written(effect, place, stratum, side)
        for side, stratum in enumerate(effect.sides)
    )


def _is_about(effect: Effect, place: Place) -> bool:
    """Whether an effect and a fact can be about the same, by their paths."""
    path, own = effect.fact.path, place.path
    if not own:
        return True
    if path[0] != own[0]:
        return False
    if path[0] == ADDED:  # which condition it is, its place tells
        path, own = path[2:], own[2:]
    shared = min(len(path), len(own))
    if path[:shared] != own[:shared]:
        return False
    inside = ".".join(map(str, own[shared:]))
    if path and inside:
        before, after = (within(v, inside) for v in (effect.fact.before, effect.fact.after))
        return before != after
    return True


def _is_written(effect: Effect, place: Place, stratum: Stratum, side: int) -> bool:
    path = effect.fact.path
    if path[0] == ADDED:
        index = place_in(path[1], side)
        if index is None:
            return False
        origins = stratum.written(ADDED, index)
        if not place.path:
            return any(origin.level == place.level for origin in origins)
        return Origin(place.level, place_in(place.path[1], side)) in origins
    named = max(path, place.path, key=len)
    return Origin(place.level) in stratum.written(".".join(map(str, named)))
