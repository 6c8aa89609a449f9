"""Whether all who take part are of age, by all that holds of an insats: whatever they are called,
and wherever the age stands that they must have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, cast

from insatskoll.catalogue import printed
from insatskoll.diff import children
from insatskoll.diff.state import Stratum

if TYPE_CHECKING:
    from insatskoll.reading.schema_types import Alder

_OWN = frozenset({"insatsen", "delen"})
_AGE = "ålder"
# Those who bring children that take part themselves.
_WITH_CHILDREN = frozenset({"familjer", "barn tillsammans med förälder"})
_OTHERS = "deltagarens barn"


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
