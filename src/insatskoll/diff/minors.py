"""Who of those who take part are not of age, by all that holds of an insats: whatever they are
called, and wherever the age stands that they must have; and whose consent that concerns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, cast

from insatskoll.catalogue import printed
from insatskoll.diff import children
from insatskoll.diff.state import Stratum

if TYPE_CHECKING:
    from insatskoll.diff.effects import Effect
    from insatskoll.reading.schema_types import Alder

_OWN = frozenset({"insatsen", "delen"})
_AGE = "ålder"
# Those who bring children that take part themselves.
_WITH_CHILDREN = frozenset({"familjer", "barn tillsammans med förälder"})
_OTHERS = "deltagarens barn"
_EACH_YEAR = frozenset(range(children.ADULT))
# From this year of age the law leaves it open whether consent is asked for.
_OLDER = 15
_UNDER, _FROM, _WHY = "under_15", "från_15", "lämplighet"
_BY_LAW = {_UNDER: "vårdnadshavare"}
# Grown-ups who take part by themselves.
_GROWN = printed.OF_AGE | {"föräldrar", "blivande föräldrar"}


def of_age(stratum: Stratum) -> bool:
    """Whether all who take part are surely of age: by what they are called, or by an age that all
    of them must have, whatever they are called. Children who come with their parents may be
    younger than those, and where consent is asked for some are."""
    if not _OWN.isdisjoint(stratum.said.get("samtycke", ())):
        return False
    kinds = cast("Sequence[str]", _group(stratum).get("deltagare", ()))
    if kinds and printed.OF_AGE.issuperset(kinds):
        return True
    parents = not children.PARENTS.isdisjoint(kinds) and not children.YOUNG.isdisjoint(kinds)
    if parents or not _WITH_CHILDREN.isdisjoint(kinds):
        return False
    span = _span(stratum)
    return span is not None and span.get("från", 0) >= children.ADULT


def consent_differs(effect: Effect) -> bool:
    """Whether other rules of consent are others for anybody who takes part, at the age they are."""
    years = frozenset[int]().union(*map(_years, effect.sides))
    fact = effect.fact
    before, after = (_asked_of(years, side) for side in (fact.before, fact.after))
    return before != after


def _asked_of(years: frozenset[int], rules: object) -> dict[str, object]:
    """What rules of consent, with those of the law, say of children of some ages."""
    said: dict[str, object] = {**_BY_LAW, **(rules if isinstance(rules, dict) else {})}
    nothing: set[str] = set()
    if all(year >= _OLDER for year in years):
        nothing.add(_UNDER)
    if all(year < _OLDER for year in years):
        nothing |= {_FROM, _WHY}
    return {name: value for name, value in said.items() if name not in nothing}


def _years(stratum: Stratum) -> frozenset[int]:
    """The years of age below 18 that somebody who takes part may have: any, where fields do not
    tell; and none where parents come without their children."""
    group = _group(stratum)
    kinds = frozenset(cast("Sequence[str]", group.get("deltagare", ())))
    ages = [age for age in _ages(stratum) if age["avser"] != _OTHERS]
    if kinds and kinds <= _GROWN and not ages and "medföljande_barn" not in group:
        return frozenset()
    span = _span(stratum)
    with_others = not kinds.isdisjoint(_WITH_CHILDREN | children.PARENTS)
    if with_others or span is None or not all(map(children.is_exact, ages)):
        return _EACH_YEAR
    low, high = span.get("från", 0), span.get("till", children.ADULT)
    return frozenset(year for year in _EACH_YEAR if low <= year <= high)


def _span(stratum: Stratum) -> Alder | None:
    """The ages that those who take part have by all that bounds them; nothing where that cannot be
    told in years."""
    ages = [age for age in _ages(stratum) if age["avser"] != _OTHERS]
    if any(age.get("enhet", "år") != "år" for age in ages):
        return None
    low, high = [a["från"] for a in ages if "från" in a], [a["till"] for a in ages if "till" in a]
    found: Alder = {"avser": "deltagaren"}
    if low:
        found["från"] = max(low)
    if high:
        found["till"] = min(high)
    return found


def _ages(stratum: Stratum) -> Iterator[Alder]:
    """The ages of the target group and of the conditions that are for all."""
    if _AGE in (group := _group(stratum)):
        yield cast("Alder", group[_AGE])
    for condition in stratum.conditions:
        if _AGE in condition and "gäller" not in condition:
            yield cast("Alder", condition[_AGE])


def _group(stratum: Stratum) -> Mapping[str, object]:
    return cast("Mapping[str, object]", stratum.data.get("målgrupp", {}))
