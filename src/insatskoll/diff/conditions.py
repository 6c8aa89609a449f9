"""Which condition says no more than another: whoever meets the one meets the other.

A condition without ``gäller`` holds for all, and one with a narrower age for fewer; the rest must
be the same. Reasons turn nobody away, and what is controlled is no less for being so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar, cast

from insatskoll.diff import areas

Condition = Mapping[str, object]
_Place = TypeVar("_Place")

# What no one is turned away by.
_NO_DEMAND = frozenset({"skäl"})
# What a condition that demands more may say besides.
_MORE = frozenset({"kontroll"})
_BOUNDS = ("från", "till")
# Whose age it is where one may meet the one age and another the other.
_PERHAPS_SEVERAL = "deltagarens barn"
# The fields that hold only words, and those that say by themselves what is asked for.
_WORDS = frozenset({"beskrivning", "område", "skäl", "kontroll"})
_FIELDS = frozenset({"ålder", "område"})


def implied(weaker: Condition, by: Condition) -> bool:
    """Whether whoever meets the condition ``by`` also meets ``weaker``, as far as fields tell."""
    if "gäller" in by and by["gäller"] != weaker.get("gäller"):
        return False
    names = (weaker.keys() | by.keys()) - _NO_DEMAND - {"ålder", "gäller", "område"}
    same = all(
        weaker.get(name) == by.get(name) for name in names if name not in _MORE or name in weaker
    )
    return (
        same
        and _is_in(by.get("område"), weaker.get("område"))
        and _holds(weaker.get("ålder"), by.get("ålder"))
    )


def _is_in(area: object, larger: object) -> bool:
    """Whether whoever lives in an area lives in the larger one."""
    if area == larger:
        return True
    return isinstance(area, str) and isinstance(larger, str) and areas.way(area, larger) > 0


def _holds(outer: object, inner: object) -> bool:
    """Whether one age holds another, said of the same person in the same way."""
    if outer == inner:
        return True
    if not isinstance(outer, dict) or not isinstance(inner, dict):
        return False
    names = (outer.keys() | inner.keys()) - {*_BOUNDS}
    if any(outer.get(name) != inner.get(name) for name in names):
        return False
    low, high = (
        cast("tuple[int | None, int | None]", (outer.get(b), inner.get(b))) for b in _BOUNDS
    )
    below = low[0] is None or (low[1] is not None and low[0] <= low[1])
    above = high[0] is None or (high[1] is not None and high[1] <= high[0])
    return below and above


def together(
    written: Sequence[tuple[Condition, frozenset[_Place]]],
) -> list[tuple[Condition, frozenset[_Place]]]:
    """The conditions of a list that say something that no other does, each with where it is
    written; one that is written twice with both places."""
    kept: list[tuple[Condition, frozenset[_Place]]] = []
    for condition, where in written:
        same = next(
            (
                i
                for i, (one, _) in enumerate(kept)
                if implied(one, condition) and implied(condition, one)
            ),
            None,
        )
        if same is None:
            kept.append((condition, where))
        else:
            kept[same] = kept[same][0], kept[same][1] | where
    return [
        (one, where)
        for one, where in kept
        if not any(other is not one and implied(one, other) for other, _ in kept)
    ]


def both(first: Condition, second: Condition) -> Condition | None:
    """The one condition that asks for what two ages of the same person do together; nothing for
    others, or where nobody has both."""
    ages = [one for side in (first, second) if isinstance(one := side.get("ålder"), dict)]
    names = (first.keys() | second.keys()) - _NO_DEMAND - {"ålder"}
    if any(first.get(name) != second.get(name) for name in names):
        return None
    if len(ages) < 2 or ages[0].get("avser") == _PERHAPS_SEVERAL:
        return None
    if any(ages[0].get(n) != ages[1].get(n) for n in {*ages[0], *ages[1]} - {*_BOUNDS}):
        return None
    low = max((age["från"] for age in ages if "från" in age), default=None)
    high = min((age["till"] for age in ages if "till" in age), default=None)
    if low is not None and high is not None and low > high:
        return None
    bounds = dict(zip(_BOUNDS, (low, high), strict=True))
    said = {name: bound for name, bound in bounds.items() if bound is not None}
    return {**second, **first, "ålder": {**ages[0], **said}}


def any_implies(conditions: Iterable[Condition], weaker: Condition) -> bool:
    """Whether one of ``conditions`` already asks for all that ``weaker`` does."""
    return any(implied(weaker, by) for by in conditions)


def is_met_by_all(condition: Condition) -> bool:
    """Whether a condition asks only for an age that everybody has reached."""
    age = condition.get("ålder")
    names = condition.keys() - {*_NO_DEMAND, *_MORE, "typ", "ålder", "gäller"}
    return not names and isinstance(age, dict) and not (age.get("från") or "till" in age)


def alike(first: Condition, second: Condition) -> bool:
    """Whether two conditions ask for the same kind of thing, and differ only in words that say it,
    so that a reader must tell which asks for more."""
    names = first.keys() | second.keys()
    told = {name for name in names if first.get(name) != second.get(name)}
    if not told <= _WORDS:
        return False
    said_by_words = "beskrivning" in first and "beskrivning" in second
    return not (said_by_words and "beskrivning" in told and not _FIELDS & first.keys())
