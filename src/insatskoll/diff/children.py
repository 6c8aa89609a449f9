"""Whether an insats concerns children: whether they take part in it themselves, or their parents
do.

The file may say it in several fields, and any of them does: who takes part, whose age is stated and
which, and whose consent is asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from insatskoll.catalogue import printed

if TYPE_CHECKING:
    from insatskoll.reading.schema_types import Alder, Del, InsatsData

_CHILDREN = frozenset({"barn", "barn tillsammans med förälder"})
_PERHAPS_YOUNG = frozenset({"unga"})
YOUNG = frozenset({"barn", "unga"})
PARENTS = frozenset({"föräldrar", "blivande föräldrar", "familjer"})
ADULT = 18
_OF_ANY_AGE = frozenset({"anhöriga"})
_FAR = frozenset({"äldre", "personal"})
_MIDDLE_AGE = 30  # an insats for those who are older is not next to childhood
# Where only a highest age is stated: up to this one it is told of the young, above it of grown-ups.
_OLDEST_YOUNG = 25
_YOUNGEST_CALLED_YOUNG = 13  # years; of those who are younger one says children


def concerned(insats: InsatsData) -> bool:
    """Whether children take part in ``insats``, or parents for the sake of their children."""
    return take_part(insats) or with_parents(insats)


def take_part(insats: InsatsData) -> bool:
    """Whether children take part in ``insats`` themselves, as far as a field says so; ”unga” may
    all be of age."""
    if any("samtycke" in part or _may_follow(part) for part in _parts(insats)):
        return True
    for kinds, ages in _groups(insats):
        own = [
            (age, subject)
            for age in ages
            if (subject := printed.whose(age, kinds)) != "deltagarens barn"
        ]
        if not _CHILDREN.isdisjoint(kinds) or any(
            is_young(age, subject, kinds) for age, subject in own
        ):
            return True
        of_age = any(
            age.get("från", 0) >= ADULT and age.get("enhet", "år") != "månader" for age, _ in own
        )
        if not _PERHAPS_YOUNG.isdisjoint(kinds) and not of_age:
            return True
    return False


def with_parents(insats: InsatsData) -> bool:
    """Whether parents take part in ``insats``, or the age of their children is stated."""
    groups = list(_groups(insats))
    kinds = {kind for kinds, _ in groups for kind in kinds}
    theirs = (printed.whose(age, kinds) for kinds, ages in groups for age in ages)
    return not PARENTS.isdisjoint(kinds) or "deltagarens barn" in theirs


def shut_out(insats: InsatsData, youngest: int) -> bool:
    """Whether children take part in ``insats`` whom an age of at least ``youngest`` years shuts
    out; ”unga” may all be that old, if they need not be of age."""
    if not take_part(insats):
        return False
    if youngest >= ADULT:
        return True
    told = years(insats)
    if told is not None:
        return any(year < youngest for year in told)
    kinds = {kind for kinds, _ in _groups(insats) for kind in kinds}
    return not _CHILDREN.isdisjoint(kinds) and not any(ages for _, ages in _groups(insats))


def may_be_shut_out(insats: InsatsData, age: Alder) -> bool:
    """Whether children may take part in ``insats`` whom an ``age`` shuts out, as far as its fields
    say: where they tell of no age themselves, or where children come with their parents. Where
    nobody is named who takes part, or relatives are, who are of any age, an age of 18 is for
    nothing but to shut out children."""
    kinds = {kind for kinds, _ in _groups(insats) for kind in kinds}
    if age.get("avser") == "deltagarens barn":
        return not _CHILDREN.isdisjoint(kinds)
    if age.get("enhet", "år") != "år" or any(ages for _, ages in _groups(insats)):
        return False
    if age.get("från") == ADULT and "till" not in age:
        return not kinds or not kinds.isdisjoint(_OF_ANY_AGE)
    youngest = _YOUNGEST_CALLED_YOUNG if _CHILDREN.isdisjoint(kinds) else 0
    bounds = age.get("från", 0) > youngest or age.get("till", ADULT) < ADULT - 1
    return bounds and not YOUNG.isdisjoint(kinds)


def all_of_age(insats: InsatsData) -> bool:
    """Whether all who take part in ``insats`` are surely of age: by what they are called, or by an
    age that is theirs."""
    whole, *parts = _groups(insats)
    return not concerned(insats) and all(_are_of_age(*group) for group in parts or [whole])


def years(insats: InsatsData) -> frozenset[int] | None:
    """The years of age below 18 at which somebody may take part in ``insats``; None where the
    fields do not say so exactly: for a part or some participants by themselves, in months, or with
    a remark."""
    whole, *parts = _groups(insats)
    own = [age for age in whole[1] if printed.whose(age, whole[0]) != "deltagarens barn"]
    for_some = any("ålder" in one and "gäller" in one for one in insats.get("villkor", ()))
    if not own or for_some or any(ages for _, ages in parts) or not all(map(is_exact, own)):
        return None
    return frozenset(
        year
        for year in range(ADULT)
        if all(age.get("från", 0) <= year <= age.get("till", year) for age in own)
    )


def let_in(insats: InsatsData) -> frozenset[int] | None:
    """The years of age below 18 that the conditions of an insats let in, whoever it is meant for;
    None where they do not say so exactly."""
    limits = [one for one in insats.get("villkor", ()) if "ålder" in one]
    kinds = insats.get("målgrupp", {}).get("deltagare", ())
    ages = (one["ålder"] for one in limits)
    own = [age for age in ages if printed.whose(age, kinds) != "deltagarens barn"]
    in_words = any(not {"gäller", "beskrivning"}.isdisjoint(one) for one in limits)
    if in_words or not all(map(is_exact, own)):
        return None
    return frozenset(
        year
        for year in range(ADULT)
        if all(age.get("från", 0) <= year <= age.get("till", year) for age in own)
    )


def far_from(insats: InsatsData) -> bool:
    """Whether an insats is for the old, or for those who work: children come to none of those,
    whatever limit there is; where nobody is said, as far as its ages tell."""
    groups = list(_groups(insats))
    kinds = {kind for kinds, _ in groups for kind in kinds}
    if kinds:
        return kinds <= _FAR
    return any(age.get("från", 0) > _MIDDLE_AGE for _, ages in groups for age in ages)


def is_exact(age: Alder) -> bool:
    """Whether an age is told in years, by its numbers alone."""
    return age.get("enhet", "år") == "år" and {"förtydligande", "kommentar"}.isdisjoint(age)


def _are_of_age(kinds: Sequence[str], ages: Sequence[Alder]) -> bool:
    if kinds and printed.OF_AGE.issuperset(kinds):
        return True
    return any(
        printed.whose(age, kinds) == "deltagaren"
        and age.get("enhet", "år") == "år"
        and age.get("från", 0) >= ADULT
        for age in ages
    )


def is_young(age: Alder, subject: str, kinds: Sequence[str]) -> bool:
    """Whether an age that is ``subject``'s, where ``kinds`` take part, is or begins below 18
    years."""
    adult = ADULT * (12 if age.get("enhet") == "månader" else 1)
    if "från" in age:
        return bool(age["från"] < adult)
    grown_ups = bool(kinds) and _CHILDREN.isdisjoint(kinds) and _PERHAPS_YOUNG.isdisjoint(kinds)
    return subject != "deltagaren" or (
        not grown_ups and age["till"] <= adult / ADULT * _OLDEST_YOUNG
    )


def _may_follow(part: InsatsData | Del) -> bool:
    return bool(part.get("målgrupp", {}).get("medföljande_barn") == "ja")


def _parts(insats: InsatsData) -> tuple[InsatsData | Del, ...]:
    return insats, *insats.get("delar", ())


def _groups(insats: InsatsData) -> Iterator[tuple[Sequence[str], list[Alder]]]:
    """Who takes part in the whole and in each part, and the ages stated there."""
    common = insats.get("målgrupp", {}).get("deltagare", ())
    for part in _parts(insats):
        group = part.get("målgrupp", {})
        stated = [
            holder[name]
            for holder in (part, group, *part.get("villkor", ()))
            for name in printed.AGES
            if name in holder
        ]
        yield group.get("deltagare", common), stated
