"""How the state of an insats that is on both sides differs."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING, cast

from insatskoll.diff import alone, alternatives, conjuncts, demands, extents, gone, minors, parts
from insatskoll.diff.common import Common
from insatskoll.diff.effects import Effect, Pair
from insatskoll.diff.facts import About, Fact, between, in_pairs
from insatskoll.diff.state import SHARED, Origin, Stratum, strata, whole
from insatskoll.values import immutable

if TYPE_CHECKING:
    from insatskoll.reading.schema_types import InsatsData


@immutable
class Compared:
    """An insats that is on both sides, the strata that belong together, and how they differ."""

    subject: About
    pairs: tuple[Pair, ...]
    effects: tuple[Effect, ...]
    of_age: bool


def compared(
    subject: About,
    sides: tuple[InsatsData, InsatsData],
    said: tuple[Common, Common],
    elsewhere: Sequence[Collection[int]] = ((), ()),
) -> Compared:
    """How an insats that is on both ``sides`` differs in what holds, where ``said`` is what is said
    of all insatser on either. The parts ``elsewhere`` are insatser of their own on the other
    side, and differ from those."""
    if "delar" in sides[0] and "delar" in sides[1]:
        pairs = tuple(_of_parts(sides, said, elsewhere))
    else:
        pairs = tuple(_of_whole(sides, said, regrouped=subject.regrouped))
    effects = tuple(
        _as_a_share(effect, pairs) for pair in pairs for effect in _differences(subject, pair)
    )
    of_age = all(minors.of_age(side) for pair in pairs for side in pair.sides)
    return Compared(subject, pairs, effects, of_age)


def _of_whole(
    sides: tuple[InsatsData, InsatsData], said: tuple[Common, Common], *, regrouped: bool
) -> Iterator[Pair]:
    """The strata that belong together where one side has no parts: each part with the whole; or the
    one that is the other insats, where one has been split or several have been merged, or that the
    insats now is, when the others have gone."""
    left, right = (strata(side, common) for side, common in zip(sides, said, strict=True))
    places = [_now(*sides)]
    if regrouped:
        places = [parts.of_the_same(*pair) for pair in (sides, sides[::-1])]
    of_it = [place for place in places if place is not None]
    for a, b in product(left, right):
        if not of_it or of_it[0] in (a.place, b.place):
            yield Pair(a, b)


def _now(before: InsatsData, after: InsatsData) -> int | None:
    """The place of the part that an insats now is, if all the others surely have gone."""
    place = parts.of_the_same(before, after)
    others = [other for other in range(len(before.get("delar", ()))) if other != place]
    if place is None or not all(gone.surely(before, after, other) for other in others):
        return None
    return place


def _of_parts(
    sides: tuple[InsatsData, InsatsData],
    said: tuple[Common, Common],
    elsewhere: Sequence[Collection[int]],
) -> Iterator[Pair]:
    """The strata that belong together where both sides have parts: each part with itself, or with
    the whole where it is in no list of the other side."""
    before, after = sides
    left, right = (strata(side, common) for side, common in zip(sides, said, strict=True))
    for item in in_pairs(before["delar"], after["delar"], "delar"):
        if item.new is None and item.old in elsewhere[0]:
            continue
        if item.old is None and item.new in elsewhere[1]:
            continue
        a = whole(before, said[0]) if item.old is None else left[item.old]
        b = whole(after, said[1]) if item.new is None else right[item.new]
        there = left if item.old is None else right
        yield Pair(a, b, there if None in (item.old, item.new) else ())


def _differences(subject: About, pair: Pair) -> Iterator[Effect]:
    """How the state of a pair differs."""
    if pair.others:
        yield from alone.of_part_alone(subject, pair)
        return
    sides = pair.sides
    held = [one.conditions for one in sides]
    joined = (alternatives.joined(one, other) for one, other in zip(sides, held[::-1], strict=True))
    a, b = conjuncts.apart(*joined)
    same = replace(subject, old=subject.id, new=subject.id)
    for fact in between(same, a.data, b.data):
        if fact.kind != "moved":
            told = demands.told(fact, a, b)
            yield from (Effect(replace(one, subject=subject), a, b) for one in told)
    for name in SHARED:
        value = a.data.get(name)
        if value is not None and value == b.data.get(name) and a.written(name) != b.written(name):
            yield Effect(Fact(subject, (name,), value, value), a, b)


def _as_a_share(effect: Effect, pairs: Sequence[Pair]) -> Effect:
    """An effect on what holds for the whole together, where a part has a share of it on the other
    side: less only if all shares are."""
    path, sides = effect.fact.path, (effect.fact.before, effect.fact.after)
    if effect.new or len(path) != 1 or path[0] not in SHARED or None in sides:
        return effect
    name = str(path[0])
    own = [_is_of_part(stratum, name) for stratum in effect.sides]
    if own[0] == own[1]:
        return effect
    parts = int(own[1])  # the side where it is that of the part
    whole = cast("extents.Extent", sides[1 - parts])
    shares = [
        pair.sides[parts].data.get(name) if _is_of_part(pair.sides[parts], name) else None
        for pair in pairs
        if not pair.others
    ]
    how = extents.shared_out(whole, shares)
    return effect if how == "less" else replace(effect, share=how or "unclear")


def _is_of_part(stratum: Stratum, name: str) -> bool:
    return Origin("delen") in stratum.written(name)
