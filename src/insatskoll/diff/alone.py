"""What an insats does that comes or goes, or a part of one beside others: held against what holds
without it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from insatskoll.diff import children, demands, verdicts
from insatskoll.diff.common import Common, Fields
from insatskoll.diff.comparisons import within
from insatskoll.diff.effects import Effect, Pair
from insatskoll.diff.facts import About, Fact, FactPath, Item, between
from insatskoll.diff.state import ADDED, MERGED, NOTHING, Stratum, strata

if TYPE_CHECKING:
    from insatskoll.reading.schema_types import InsatsData

_WHO: FactPath = ("målgrupp", "deltagare")


def of_the_new(
    subject: About, data: InsatsData, common: Common, *, comes: bool
) -> Iterator[Effect]:
    """What an insats that comes or goes does, held against what holds where one must apply. Of one
    that goes little is said but that it does: nobody gets it, in whatever way it was given."""
    grown = children.all_of_age(data)
    for stratum in strata(data, common):
        said = {**data, **stratum.data}
        for name, start in _starts().items():
            value = within(said, name)
            if value is None or (grown and name == "samtycke") or not (comes or start.when_gone):
                continue
            if (without := start.before(value)) == value:
                continue
            sides = (without, value) if comes else (value, without)
            strata_ = (NOTHING, stratum) if comes else (stratum, NOTHING)
            yield Effect(Fact(subject, tuple(name.split(".")), *sides), *strata_, new=True)


def of_part_alone(subject: About, pair: Pair) -> Iterator[Effect]:
    """What a part that comes or goes beside others does: how it is documented, whose consent is
    asked for and whether children take part, and what a new one asks for that the whole did not.
    What else it is, is told of it as a whole; so is how it was given when it is no more."""
    comes = pair.after.place is not None
    part, rest = (pair.after, pair.before) if comes else (pair.before, pair.after)
    for name, start in _starts().items():
        if comes and name in MERGED and name in part.data:
            own = cast("Fields", part.data[name])
            held = cast("Fields", rest.data.get(name, {}))
            without = {**cast("Fields", start.before(own)), **held}
            said = {**own, **cast("Fields", start.read(own))} if name == "dokumentation" else own
            if own != start.before(own) and any(
                without.get(field) != value for field, value in said.items()
            ):
                yield from _against(subject, pair, (name,), without, own)
    took = [who for one in pair.others for who in _who(one)]
    yield from _against(
        subject, pair, _WHO, list(dict.fromkeys(took)), list(dict.fromkeys([*took, *_who(part)]))
    )
    if comes:
        yield from _asked_for_more(subject, pair)


def _asked_for_more(subject: About, pair: Pair) -> Iterator[Effect]:
    """What a part that comes asks for beyond the whole, and beyond any of the other parts."""
    rest, part = pair.sides
    held = part.conditions
    for fact in between(replace(subject, old=subject.id, new=subject.id), rest.data, part.data):
        if fact.path[0] != ADDED or not isinstance(item := fact.path[1], Item) or item.new is None:
            continue
        asked = held[item.new]
        everywhere = all(demands.asks_for(other, asked) for other in pair.others)
        if not everywhere and demands.is_more(fact, rest, asked):
            told = demands.told(fact, rest, part)
            yield from (Effect(replace(one, subject=subject), *pair.sides) for one in told)


def _against(
    subject: About, pair: Pair, path: FactPath, without: object, value: object
) -> Iterator[Effect]:
    """The difference between what holds ``without`` a part and in it, as the part comes or goes."""
    if without != value:
        comes = pair.after.place is not None
        sides = (without, value) if comes else (value, without)
        yield Effect(Fact(subject, path, *sides), *pair.sides, new=True)


def _who(stratum: Stratum) -> Sequence[str]:
    return cast("Sequence[str]", within(stratum.data, ".".join(map(str, _WHO))) or ())


def _starts() -> Mapping[str, verdicts.Start]:
    return verdicts.shipped().starts()
