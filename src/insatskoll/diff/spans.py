"""Ages counted out, so that several can be put together: 13–16 and 17–20 are 13–20."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from insatskoll.reading.schema_types import Alder

Numbers = frozenset[int]
Span = tuple[int, int | None]  # from and to, both within; no end where all above are

_ABOVE = 1201  # above every number that schemas let stand: it, and all that are higher
_COUNTED = frozenset({"från", "till", "avser", "enhet", "anmärkning"})
EVERYONE: Numbers = frozenset(range(_ABOVE + 1))


def numbers(ages: Iterable[Alder]) -> Numbers:
    """The years or months that all of ``ages`` hold."""
    found = EVERYONE
    for age in ages:
        found &= frozenset(range(age.get("från", 0), age.get("till", _ABOVE) + 1))
    return found


def measure(age: Mapping[str, object]) -> tuple[object, object] | None:
    """Whose age it is, and in what it is counted; nothing where words say more than the numbers
    do."""
    if not _COUNTED.issuperset(age) or age.get("enhet") == "ej angiven":
        return None
    return age["avser"], age.get("enhet", "år")


def spans(counted: Numbers) -> list[Span]:
    """The numbers as spans, the lowest first."""
    ordered = sorted(counted)
    starts = [n for n in ordered if n - 1 not in counted]
    ends = [n for n in ordered if n + 1 not in counted]
    return [(low, None if high == _ABOVE else high) for low, high in zip(starts, ends, strict=True)]


def aged(span: Span, like: Alder) -> Alder:
    """A span as an age that is measured as another is."""
    low, high = span
    bounds = ({"från": low} if low else {}) | ({} if high is None else {"till": high})
    whose = {name: like[name] for name in ("avser", "enhet") if name in like}
    return cast("Alder", {**(bounds or {"från": 0}), **whose})


def without(span: Span, like: Alder) -> tuple[Alder, Alder]:
    """An age that holds the span and no more than one besides, and what is left of it when the
    span is not: what it means to lose just these years."""
    low, high = span
    if low:
        return aged((low - 1, high), like), aged((low - 1, low - 1), like)
    above = (high or 0) + 1
    return aged((0, above), like), aged((above, above), like)
