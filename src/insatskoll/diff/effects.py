"""What the facts of a comparison have done to the state: for each insats what holds for whom before
and after, how that differs, and which facts that comes of.

A fact that has changed nothing that holds has no effects: what it tells of is only written
elsewhere, or said twice. One about what is common has the effects that it has in each insats.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, NamedTuple, cast

from insatskoll.diff import children, conditions, extents, verdicts
from insatskoll.diff.comparisons import within
from insatskoll.diff.facts import (
    About,
    Comparison,
    Fact,
    FactPath,
    Item,
    Order,
    between,
    in_pairs,
    insatser,
)
from insatskoll.diff.state import (
    ADDED,
    COMMON,
    FIELDS,
    MERGED,
    NOTHING,
    SHARED,
    Fields,
    Level,
    Origin,
    Stratum,
    strata,
    whole,
)

if TYPE_CHECKING:
    from insatskoll.reading.schema_types import InsatsData, KommunData

_WHO: FactPath = ("målgrupp", "deltagare")
# Texts of a rule that decide nothing by themselves.
_TEXTS = frozenset({"lämplighet", "beskrivning"})
_NEAREST: tuple[Level, ...] = ("delen", "insatsen", "gemensamt")


@dataclass(frozen=True)
class Effect:
    """A difference of the state: the ``fact`` on the resolved fields of an insats or of a part of
    it, and what holds there before and after. ``new`` tells that it is held against what holds
    without the insats, so that only what is certain is news. ``share`` tells of a part's share of
    what held for all of it whether all shares are the ``same``, or only a reader can tell."""

    fact: Fact
    before: Stratum
    after: Stratum
    new: bool = False
    share: Literal["", "same", "unclear"] = ""

    @property
    def part(self) -> str:
        """The newest name of the part; nothing for the whole insats."""
        return self.after.name or self.before.name

    @property
    def sides(self) -> tuple[Stratum, Stratum]:
        """What holds before and after."""
        return self.before, self.after

    @property
    def judged(self) -> Fact | None:
        """The fact that tells what it means: of a share for a reader, one that tells of no number;
        nothing where all is the same."""
        if self.share == "same":
            return None
        return self.fact if not self.share else replace(self.fact, after=self.fact.before)

    @property
    def only_moved(self) -> bool:
        """Whether the parts say what the whole did, or the other way."""
        return self.fact.before == self.fact.after


@dataclass(frozen=True)
class Move:
    """Where what a fact tells of was written (``source``) and now is (``target``).

    ``kept`` tells that the other place says it on both sides, so that it is only written out, or
    struck where it stood twice; ``same`` that what holds is the same.
    """

    source: Level
    target: Level
    kept: bool
    same: bool


@dataclass(frozen=True)
class Caused:
    """What a fact has done to the state: its effects, where it has moved what it tells of, and for
    one about what is common which insatser it touches and which not."""

    effects: tuple[Effect, ...] = ()
    move: Move | None = None
    touched: tuple[About, ...] = ()
    untouched: tuple[About, ...] = ()


def weighs(effect: Effect) -> bool:
    """Whether an effect is more than another text in rules that otherwise are the same."""
    before, after = effect.fact.before, effect.fact.after
    if not isinstance(before, dict) or not isinstance(after, dict):
        return True
    changed = {key for key in {*before, *after} if before.get(key) != after.get(key)}
    return not changed <= _TEXTS


class _Pair(NamedTuple):
    """Strata that belong together. Where a part comes or goes in an insats that has others, the
    whole insats stands on the side where it is not, and ``others`` are the strata there."""

    before: Stratum
    after: Stratum
    others: tuple[Stratum, ...] = ()

    @property
    def sides(self) -> tuple[Stratum, Stratum]:
        """The strata before and after."""
        return self.before, self.after


@dataclass(frozen=True)
class _Insats:
    """An insats that is on both sides, the strata that belong together, and how they differ."""

    subject: About
    pairs: tuple[_Pair, ...]
    effects: tuple[Effect, ...]
    of_age: bool


class _Place(NamedTuple):
    """Which of the resolved fields a fact is about: at which level, in which part, and the path as
    the whole insats would have it; empty for a part that comes or goes."""

    level: Level
    part: Item | None
    path: FactPath

    def is_of(self, stratum: Stratum, side: int) -> bool:
        """Whether what stands here counts in a stratum, before (0) or after (1)."""
        return self.part is None or (self.part.old, self.part.new)[side] == stratum.place


def caused(comparison: Comparison) -> dict[int, Caused]:
    """What each fact about a resolved field has done to the state, by the fact's ``id``. A fact
    about what is common, where no insats is on both sides, has none."""
    placed = [(fact, place) for fact in comparison.facts if (place := _place(fact))]
    common = [one for one in placed if one[1].level == "gemensamt"]
    own: dict[tuple[str | None, str | None], list[tuple[Fact, _Place]]] = {}
    for fact, place in placed:
        if place.level != "gemensamt":
            own.setdefault((fact.subject.old, fact.subject.new), []).append((fact, place))
    found = dict(_come_and_gone(comparison))
    everyone = []
    for subject, before, after in insatser(comparison):
        facts = own.get((subject.old, subject.new), [])
        if before is None or after is None or not (facts or common):
            continue
        one = _compared(comparison, subject, before, after)
        everyone.append(one)
        found |= {id(fact): _of_its_own(fact, place, one) for fact, place in facts}
    if everyone:
        found |= {id(fact): _of_all(fact, place, everyone) for fact, place in common}
    return found


def _place(fact: Fact) -> _Place | None:
    """Where in the state a fact has its place; nothing if it has none there."""
    path = fact.path
    if not path or isinstance(path[-1], Order):
        return None
    if fact.subject.kind == "kommun":
        common = COMMON.get(str(path[0]))
        return _Place("gemensamt", None, (*common, *path[1:])) if common else None
    if fact.subject.kind != "insats":
        return None
    if path[0] == "delar" and isinstance(path[1], Item):
        inner = path[2:]
        return _Place("delen", path[1], inner) if not inner or inner[0] in FIELDS else None
    return _Place("insatsen", None, path) if path[0] in FIELDS else None


# How the state differs


def _compared(
    comparison: Comparison, subject: About, before: InsatsData, after: InsatsData
) -> _Insats:
    pairs = tuple(_pairs(comparison, before, after))
    effects = tuple(
        _as_a_share(effect, pairs) for pair in pairs for effect in _differences(subject, pair)
    )
    of_age = children.all_of_age(before) and children.all_of_age(after)
    return _Insats(subject, pairs, effects, of_age)


def _pairs(comparison: Comparison, before: InsatsData, after: InsatsData) -> Iterator[_Pair]:
    """The strata that belong together: each part with itself, or with the whole where only one side
    has parts, or where it is in no list of the other side."""
    left, right = strata(before, comparison.old.kommun), strata(after, comparison.new.kommun)
    if "delar" not in before or "delar" not in after:
        yield from (_Pair(a, b) for a in left for b in right)
        return
    for item in in_pairs(before["delar"], after["delar"], "delar"):
        a = whole(before, comparison.old.kommun) if item.old is None else left[item.old]
        b = whole(after, comparison.new.kommun) if item.new is None else right[item.new]
        there = left if item.old is None else right
        yield _Pair(a, b, there if None in (item.old, item.new) else ())


def _differences(subject: About, pair: _Pair) -> Iterator[Effect]:
    """How the state of a pair differs."""
    if pair.others:
        yield from _of_part_alone(subject, pair)
        return
    a, b = pair.sides
    same = replace(subject, old=subject.id, new=subject.id)
    for fact in between(same, a.data, b.data):
        if fact.kind != "moved":
            told = _conditions_told(fact, a, b)
            yield from (Effect(replace(one, subject=subject), a, b) for one in told)
    for name in SHARED:
        value = a.data.get(name)
        if value is not None and value == b.data.get(name) and a.written(name) != b.written(name):
            yield Effect(Fact(subject, (name,), value, value), a, b)


def _as_a_share(effect: Effect, pairs: Sequence[_Pair]) -> Effect:
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


def _of_part_alone(subject: About, pair: _Pair) -> Iterator[Effect]:
    """What a part that comes or goes beside others does: how it is documented, whose consent is
    asked for and whether children take part, and what a new one asks for that the whole did not.
    What else it is, is told of it as a whole; so is what it asked for when it is no more, for
    nobody says whether it is given otherwise."""
    comes = pair.after.place is not None
    part, rest = (pair.after, pair.before) if comes else (pair.before, pair.after)
    for name in MERGED:
        baseline = _baselines().get(name)
        if baseline is not None and name in part.data:
            without = {**cast("Fields", baseline), **cast("Fields", rest.data.get(name, {}))}
            yield from _against(subject, pair, (name,), without, part.data[name])
    took = [who for one in pair.others for who in _who(one)]
    yield from _against(
        subject, pair, _WHO, list(dict.fromkeys(took)), list(dict.fromkeys([*took, *_who(part)]))
    )
    if comes:
        yield from _asked_for_more(subject, pair)


def _asked_for_more(subject: About, pair: _Pair) -> Iterator[Effect]:
    """What a part that comes asks for beyond the whole, and beyond any of the other parts."""
    rest, part = pair.sides
    held = cast("Sequence[conditions.Condition]", part.data.get(ADDED, ()))
    for fact in between(replace(subject, old=subject.id, new=subject.id), rest.data, part.data):
        if fact.path[0] != ADDED or not isinstance(item := fact.path[1], Item) or item.new is None:
            continue
        asked = held[item.new]
        everywhere = all(_asks_for(other, asked) for other in pair.others)
        if not everywhere and _is_more(fact, rest, asked):
            told = _conditions_told(fact, rest, part)
            yield from (Effect(replace(one, subject=subject), *pair.sides) for one in told)


def _is_more(fact: Fact, rest: Stratum, asked: conditions.Condition) -> bool:
    """Whether a condition is one more than those of the rest, or a stricter one of them."""
    if len(fact.path) == 2:
        return fact.kind == "added"
    held = cast("Sequence[conditions.Condition]", rest.data.get(ADDED, ()))
    return any(conditions.implied(one, asked) for one in held)


def _asks_for(stratum: Stratum, asked: conditions.Condition) -> bool:
    held = cast("Sequence[conditions.Condition]", stratum.data.get(ADDED, ()))
    return conditions.any_implies(held, asked)


def _against(
    subject: About, pair: _Pair, path: FactPath, without: object, value: object
) -> Iterator[Effect]:
    """The difference between what holds ``without`` a part and in it, as the part comes or goes."""
    if without != value:
        comes = pair.after.place is not None
        sides = (without, value) if comes else (value, without)
        yield Effect(Fact(subject, path, *sides), *pair.sides, new=True)


def _who(stratum: Stratum) -> Sequence[str]:
    return cast("Sequence[str]", within(stratum.data, ".".join(map(str, _WHO))) or ())


def _come_and_gone(comparison: Comparison) -> Iterator[tuple[int, Caused]]:
    """What insatser that come and go do, each with the fact's ``id``: held against what holds for
    who must apply instead."""
    for fact in comparison.facts:
        if fact.path or fact.subject.kind != "insats":
            continue
        comes = fact.before is None
        side = comparison.new if comes else comparison.old
        data = cast("InsatsData", fact.after if comes else fact.before)
        effects = tuple(_of_the_new(fact.subject, data, side.kommun, comes=comes))
        yield id(fact), Caused(effects, None, (fact.subject,))


def _of_the_new(
    subject: About, data: InsatsData, kommun: KommunData, *, comes: bool
) -> Iterator[Effect]:
    grown = children.all_of_age(data)
    for stratum in strata(data, kommun):
        said = {**data, **stratum.data}
        for name, baseline in _baselines().items():
            value = within(said, name)
            if value is None or value == baseline or (grown and name == "samtycke"):
                continue
            sides = (baseline, value) if comes else (value, baseline)
            strata_ = (NOTHING, stratum) if comes else (stratum, NOTHING)
            yield Effect(Fact(subject, tuple(name.split(".")), *sides), *strata_, new=True)


def _baselines() -> Mapping[str, object]:
    return verdicts.shipped().baselines()


def _conditions_told(fact: Fact, a: Stratum, b: Stratum) -> Iterator[Fact]:
    """A fact as it is judged. A condition that has come or gone is none if another asks for as
    much, and is held against another that asks for the same in words of its own."""
    if fact.path[0] != ADDED or len(fact.path) != 2:
        yield fact
        return
    added = fact.kind == "added"
    value = cast("conditions.Condition", fact.after if added else fact.before)
    held = cast("Sequence[conditions.Condition]", (a if added else b).data.get(ADDED, ()))
    if conditions.any_implies(held, value):
        return
    alike = next((one for one in held if conditions.alike(one, value)), None)
    if alike is None:
        yield fact
        return
    sides = (alike, value) if added else (value, alike)
    same = replace(fact.subject, old=fact.subject.id, new=fact.subject.id)
    for inner in between(same, *sides):
        yield replace(inner, path=(*fact.path, *inner.path))


# Which facts that comes of


def _of_its_own(fact: Fact, place: _Place, one: _Insats) -> Caused:
    """What a fact about an insats has done to its state."""
    effects = _effects(one, place)
    return Caused(effects, _move(fact, place, one, effects), (one.subject,) if effects else ())


def _of_all(fact: Fact, place: _Place, everyone: Sequence[_Insats]) -> Caused:
    """What a fact about what is common has done to the state of each insats. Whose consent is asked
    for is nothing to those who are of age."""
    effects: list[Effect] = []
    touched: list[About] = []
    moves: list[Move] = []
    for one in everyone:
        nothing = one.of_age and place.path[0] == "samtycke"
        own = () if nothing else _effects(one, place)
        effects += own
        if own:
            touched.append(one.subject)
        elif (move := _move(fact, place, one, ())) is not None:
            moves.append(move)
    untouched = tuple(one.subject for one in everyone if one.subject not in touched)
    move = next((move for move in moves if not move.kept), next(iter(moves), None))
    return Caused(tuple(effects), move, tuple(touched), untouched)


def _effects(one: _Insats, place: _Place) -> tuple[Effect, ...]:
    """The effects on an insats of what is written at a place; of a field within another (what is
    always noted) only what it is itself."""
    found = (effect for effect in one.effects if _comes_of(effect, place))
    return tuple(_only(effect, place) for effect in found)


def _only(effect: Effect, place: _Place) -> Effect:
    if place.path[:1] == (ADDED,) or len(place.path) <= len(effect.fact.path):
        return effect
    name = str(place.path[-1])
    before, after = (
        {name: value} if (value := within(side, name)) is not None else None
        for side in (effect.fact.before, effect.fact.after)
    )
    return replace(effect, fact=replace(effect.fact, before=before, after=after))


def _comes_of(effect: Effect, place: _Place) -> bool:
    """Whether what an effect tells of is written where the fact is, before or after."""
    if not _is_about(effect, place):
        return False
    return any(
        place.is_of(stratum, side) and _is_written(effect, place, stratum, side)
        for side, stratum in enumerate(effect.sides)
    )


def _is_about(effect: Effect, place: _Place) -> bool:
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


def _is_written(effect: Effect, place: _Place, stratum: Stratum, side: int) -> bool:
    path = effect.fact.path
    if path[0] == ADDED:
        index = _index(path[1], side)
        if index is None:
            return False
        origins = stratum.written(ADDED, index)
        if not place.path:
            return any(origin.level == place.level for origin in origins)
        return Origin(place.level, _index(place.path[1], side)) in origins
    named = max(path, place.path, key=len)
    return Origin(place.level) in stratum.written(".".join(map(str, named)))


def _index(step: object, side: int) -> int | None:
    assert isinstance(step, Item)
    return (step.old, step.new)[side]


# Where what a fact tells of is otherwise written


def _move(fact: Fact, place: _Place, one: _Insats, effects: Sequence[Effect]) -> Move | None:
    """Where that is now which has gone from here, or where that was which has come, if it is
    elsewhere for all whom it holds for."""
    if fact.kind not in ("added", "removed") or not place.path or len(place.path) > 2:
        return None
    here, value = (0, fact.before) if fact.kind == "removed" else (1, fact.after)
    of_it = [pair.sides for pair in one.pairs if place.is_of(pair.sides[here], here)]
    elsewhere = [_elsewhere(value, place, pair, here) for pair in of_it]
    if not elsewhere or not all(elsewhere):
        return None
    level = next(one for one in _NEAREST if any(one in found for found in elsewhere))
    kept = all(found.get(level, False) for found in elsewhere)
    source, target = (place.level, level) if here == 0 else (level, place.level)
    return Move(source, target, kept, same=all(effect.only_moved for effect in effects))


def _elsewhere(
    value: object, place: _Place, pair: tuple[Stratum, Stratum], here: int
) -> dict[Level, bool]:
    """The other levels at which a pair's other side says what is said here, each with whether this
    side does so too."""
    this, other = pair[here], pair[1 - here]
    levels = _levels(value, place, other) - {place.level}
    own = _levels(value, place, this)
    return {level: level in own for level in levels}


def _levels(value: object, place: _Place, stratum: Stratum) -> set[Level]:
    """The levels that say it, also where a nearer one goes before them."""
    if place.path[0] != ADDED:
        return set(stratum.said.get(".".join(map(str, place.path)), ()))
    held = cast("Sequence[conditions.Condition]", stratum.data.get(ADDED, ()))
    condition = cast("conditions.Condition", value)
    return {
        origin.level
        for index, one in enumerate(held)
        if conditions.implied(one, condition) and conditions.implied(condition, one)
        for origin in stratum.written(ADDED, index)
    }
