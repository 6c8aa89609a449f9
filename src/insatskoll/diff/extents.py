"""Whether parts together give as much as the whole did whose extent they have been given shares of.

What is said of the whole holds for all of its parts together, and what is said of a part for that
part alone. So each share may be smaller, and the whole no less for that.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, cast

Extent = Mapping[str, object]

# The numbers that are summed; all else must be the same of the whole and of each share.
_NUMBERS = ("högst", "antal")
# What says that the extent is not that of all who come, or for all that they get.
_LIMITED = ("gäller", "lägst")


def shared_out(whole: Extent, shares: Sequence[object]) -> Literal["less", "same"] | None:
    """Whether ``shares`` are together less than the ``whole``, or the same; nothing where they are
    more or cannot be summed."""
    summed = [_number(one, whole) for one in shares]
    said = _number(whole, whole)
    if said is None or any(one is None for one in summed):
        return None
    total = sum(cast("list[int]", summed))
    if total == said:
        return "same"
    return "less" if total < said else None


def _number(extent: object, whole: Extent) -> int | None:
    """The one number of an extent that says nothing else than the whole does."""
    if not isinstance(extent, dict) or extent.keys() != whole.keys():
        return None
    numbers = [name for name in _NUMBERS if name in extent]
    if len(numbers) != 1 or any(name in extent for name in _LIMITED):
        return None
    same = all(extent[name] == whole[name] for name in extent if name not in numbers)
    return cast("int", extent[numbers[0]]) if same else None
