"""The ways in which two values can be compared: come or gone, on a scale, as sets, as intervals.
Texts are compared by :mod:`directions`.

Each takes what it is told by a file in ``catalogue/bedömningar`` and two values, and answers with
the name of an outcome (``upp``, ``ned`` …), or None where it cannot tell. What an outcome means is
no matter of these functions.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from insatskoll.reading.schema_types import BedomningIntervall

UNSAID = "osagt"
# Steps in order, each a word or words that weigh the same.
Scale = Sequence[str | list[str]]

# By outcome, what the same change is in the other direction.
OPPOSITE = {
    "tillkommer": "försvinner",
    "upp": "ned",
    "fler": "färre",
    "vidare": "snävare",
    "mer": "mindre",
} | {name: name for name in ("jämsides", "byts", "oförändrat", "läsaren", "blir")}


def within(value: object, path: str) -> object:
    """What stands at ``path`` (names with full stops between) in a group of fields; None where
    nothing does."""
    for name in path.split("."):
        value = value.get(name) if isinstance(value, dict) else None
    return value


def come_or_gone(before: object, after: object) -> str | None:
    """``tillkommer`` or ``försvinner``; nothing for what is on both sides."""
    if (before is None) == (after is None):
        return None
    return "tillkommer" if before is None else "försvinner"


def on_scale(scale: Scale | Mapping[str, Scale], before: object, after: object) -> str | None:
    """``upp``, ``ned`` or ``jämsides`` on a scale of steps, each a word or words that weigh the
    same.

    With a scale for each of several fields they must all point the same way, or not at all.
    """
    if isinstance(scale, Mapping):
        moves = {
            on_scale(steps, within(before, name), within(after, name))
            for name, steps in scale.items()
        }
        return moves.pop() if len(moves := moves & {"upp", "ned"}) == 1 else None
    places = [_step(scale, value) for value in (before, after)]
    if None in places or before == after:
        return None
    if places[0] == places[1]:
        return "jämsides"
    return "upp" if (places[0] or 0) < (places[1] or 0) else "ned"


def _step(scale: Scale, value: object) -> int | None:
    said = UNSAID if value is None else value
    return next(
        (
            i
            for i, step in enumerate(scale)
            if said == step or (isinstance(step, list) and said in step)
        ),
        None,
    )


def as_sets(counted: Sequence[str] | str, before: object, after: object) -> str | None:
    """``fler``, ``färre`` or ``byts``, by what is in one list and not in the other; nothing if they
    hold the same.

    Only the words ``counted`` are looked at, unless they are ``"alla"``.
    """
    old, new = (_items(value, counted) for value in (before, after))
    lost, gained = (
        [item for item in some if item not in rest] for some, rest in ((old, new), (new, old))
    )
    if not lost and not gained:
        return None
    if lost and gained:
        return "byts"
    return "fler" if gained else "färre"


def _items(value: object, counted: Sequence[str] | str) -> list[object]:
    if isinstance(value, list):
        items = value
    elif value is None:
        items = []
    else:
        items = [value]
    return items if counted == "alla" else [item for item in items if item in counted]


def as_intervals(bounds: BedomningIntervall, before: object, after: object) -> str | None:
    """``vidare``, ``snävare`` or ``oförändrat``; nothing if neither holds the other, or they cannot
    be compared.

    ``bounds`` names the fields with the bounds (``från``, ``till``), the numbers that are counted
    (``inom``), the fields that must be the same (``lika``) or must not differ where both are said
    (``inte_olika``), and whether both sides must have a bound (``gränser``).
    """
    old, new = (_interval(bounds, value) for value in (before, after))
    if not _comparable(bounds, before, after):
        return None
    wider, narrower = _holds(new, old), _holds(old, new)
    if wider and narrower:
        return "oförändrat"
    if wider:
        return "vidare"
    return "snävare" if narrower else None


def _comparable(bounds: BedomningIntervall, before: object, after: object) -> bool:
    if bounds.get("gränser") == "ja" and any(
        _bound(bounds, value) is None for value in (before, after)
    ):
        return False
    if any(within(before, name) != within(after, name) for name in bounds.get("lika", ())):
        return False
    said = [(within(before, name), within(after, name)) for name in bounds.get("inte_olika", ())]
    return all(None in pair or pair[0] == pair[1] for pair in said)


def _bound(bounds: BedomningIntervall, value: object) -> float | None:
    """Any bound that is said."""
    names = [*bounds.get("från", ()), *bounds.get("till", ())]
    return next((found for name in names if (found := _number(value, name)) is not None), None)


def _number(value: object, name: str) -> float | None:
    """The number that stands at ``name``, where the schemas let only numbers stand."""
    return cast("float | None", within(value, name))


def _interval(bounds: BedomningIntervall, value: object) -> tuple[float, float] | None:
    """From and to; None for one in which none of the numbers that are counted is. What is not said
    is no bound."""
    ends = []
    for names, open_end in ((bounds.get("från"), 0.0), (bounds.get("till"), float("inf"))):
        said = (_number(value, name) for name in names or ())
        ends.append(next((float(number) for number in said if number is not None), open_end))
    low, high = ends
    if "inom" not in bounds:
        return low, high
    least, most = bounds["inom"]
    low, high = max(low, least), min(high, most)
    return (low, high) if low <= high else None


def _holds(outer: tuple[float, float] | None, inner: tuple[float, float] | None) -> bool:
    if inner is None or outer is None:
        return inner is None
    return outer[0] <= inner[0] and inner[1] <= outer[1]
