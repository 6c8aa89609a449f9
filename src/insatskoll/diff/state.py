"""The state: what holds for whom in a revision, wherever it is written.

What a part of an insats says goes before what the whole says, and that before what kommun.yaml
says of all insatser; conditions add up. An insats so resolved is its strata: one for each part, or
one for the whole where it has none. A stratum has fields of the same form as an insats, as they
are printed, and knows where each is written.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple, cast

from insatskoll.catalogue import printed
from insatskoll.catalogue.documentation import documentation_level
from insatskoll.diff import conditions
from insatskoll.diff.common import Common, Fields
from insatskoll.values import immutable

if TYPE_CHECKING:
    from insatskoll.diff.conditions import Condition
    from insatskoll.reading.schema_types import Dokumentation, InsatsData

Level = Literal["gemensamt", "insatsen", "delen"]

# The fields that are resolved: those of which the nearest level alone holds, those of which that is
# so for each field within, and conditions, which all hold.
REPLACED = ("karaktär", "omfattning", "gäller_från", "gäller_till")
MERGED = ("målgrupp", "samtycke", "dokumentation")
ADDED = "villkor"
FIELDS = (*REPLACED, *MERGED, ADDED)
# What is said of the whole holds for it together: so much of each part may be more.
SHARED = ("omfattning",)
# What another level of documentation goes before, whatever else is said of how it is done.
_OF_LEVEL = frozenset({"nivå", "lagrum", "särskilda_skäl"})
_NOTED = "uppföljning"  # what is noted for all insatser is noted besides what each says


class Origin(NamedTuple):
    """Where something is written: at which level, and for a condition its place in the list."""

    level: Level
    place: int | None = None


Origins = frozenset[Origin]


@immutable
class Stratum:
    """What holds for those who get a part of an insats, or all of it. ``place`` is that of the
    part; ``data`` has the resolved fields, ``origins`` where that is written which holds of each,
    ``of_conditions`` where each of the conditions is, and ``said`` which levels say something of a
    field, also where a nearer one goes before."""

    name: str
    place: int | None
    data: Fields
    origins: Mapping[str, Origins]
    of_conditions: tuple[Origins, ...]
    said: Mapping[str, Sequence[Level]]

    @property
    def conditions(self) -> Sequence[Condition]:
        """The conditions that hold, each of all levels."""
        return cast("Sequence[Condition]", self.data.get(ADDED, ()))

    def written(self, field: str, place: int | None = None) -> Origins:
        """Where a field is written, or the condition at ``place`` among all that hold."""
        if field == ADDED:
            return frozenset() if place is None else self.of_conditions[place]
        return self.origins.get(field, frozenset())


# What holds where there is no insats.
NOTHING = Stratum("", None, {}, {}, (), {})


def strata(insats: InsatsData, common: Common) -> tuple[Stratum, ...]:
    """What holds of an insats, for each of its parts, or for all of it if it has none."""
    levels = _levels(insats, common)
    parts = insats.get("delar", ())
    if not parts:
        return (_stratum("", None, levels),)
    return tuple(
        _stratum(part["namn"], place, [*levels, ("delen", common.beside(cast("Fields", part)))])
        for place, part in enumerate(parts)
    )


def whole(insats: InsatsData, common: Common) -> Stratum:
    """What holds of all of an insats, whatever its parts say."""
    return _stratum("", None, _levels(insats, common))


_Levels = list[tuple[Level, Fields]]


def _levels(insats: InsatsData, common: Common) -> _Levels:
    """What is said, from that which holds for all insatser to that which holds for this one."""
    own = common.beside(cast("Fields", insats))
    return [*(("gemensamt", fields) for fields in common.fields), ("insatsen", own)]


def _stratum(name: str, place: int | None, levels: _Levels) -> Stratum:
    data: dict[str, object] = {}
    origins: dict[str, Origins] = {}
    by: dict[str, list[Level]] = {}
    for field in (*MERGED, *REPLACED):
        said = [(level, fields[field]) for level, fields in levels if field in fields]
        if not said:
            continue
        data[field], where = _together(field, said)
        origins |= where
        for level, value in said:
            inner = value if field in MERGED and isinstance(value, dict) else ()
            for path in (field, *(f"{field}.{one}" for one in inner)):
                by.setdefault(path, []).append(level)
    shown = cast("dict[str, object]", printed.field("", data, ()))
    held = _met_together(conditions.together(list(_conditions(levels, shown))))
    if held:
        shown[ADDED] = [one for one, _ in held]
    return Stratum(name, place, shown, origins, tuple(where for _, where in held), by)


def _conditions(levels: _Levels, shown: Fields) -> Iterator[tuple[Fields, Origins]]:
    """Every condition that is written for a stratum, as it is printed there, with its place."""
    group = cast("Mapping[str, Sequence[str]]", shown.get("målgrupp", {}))
    for level, fields in levels:
        for place, one in enumerate(cast("Sequence[Fields]", fields.get(ADDED, ()))):
            as_shown = printed.field(ADDED, one, group.get("deltagare", ()))
            yield cast("Fields", as_shown), frozenset({Origin(level, place)})


def _met_together(held: Sequence[tuple[Fields, Origins]]) -> list[tuple[Fields, Origins]]:
    """The conditions of a stratum with ages of the same person at different levels as the one that
    must be met."""
    found: list[tuple[Fields, Origins]] = []
    for condition, where in held:
        for place, (other, there) in enumerate(found):
            apart = {one.level for one in where}.isdisjoint(one.level for one in there)
            if apart and (both := conditions.both(other, condition)) is not None:
                found[place] = both, there | where
                break
        else:
            found.append((condition, where))
    return found


def _together(
    field: str, said: Sequence[tuple[Level, object]]
) -> tuple[object, dict[str, Origins]]:
    """What a field says where several levels say it, and where that is written; within a field of
    fields also where each of those is."""
    if field in REPLACED:
        level, value = said[-1]
        return value, {field: frozenset({Origin(level)})}
    merged: dict[str, object] = {}
    by: dict[str, Origins] = {}
    for level, value in said:
        own = cast("dict[str, object]", value)
        if field == "dokumentation" and _is_another_level(own, merged):
            merged = {name: one for name, one in merged.items() if name not in _OF_LEVEL}
        for name, inner in own.items():
            added = name == _NOTED and name in merged
            by[name] = frozenset({Origin(level)}) | (by[name] if added else frozenset())
            merged[name] = _both(merged[name], inner) if added else inner
    return merged, {
        field: frozenset().union(*(by[name] for name in merged)),
        **{f"{field}.{name}": by[name] for name in merged},
    }


def _is_another_level(own: Fields, outer: Fields) -> bool:
    """Whether a level of documentation is stated that is another than that which is stated of
    more."""
    levels = [documentation_level(cast("Dokumentation", said)) for said in (own, outer)]
    return levels[0] is not None and levels[0] != levels[1]


def _both(first: object, second: object) -> list[object]:
    return list(dict.fromkeys([*cast("list[str]", first), *cast("list[str]", second)]))
