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


def of_the_whole(
    before: object, after: object, shares: tuple[Sequence[object], Sequence[object]]
) -> Literal["", "same", "unclear"]:
    """What another extent of the whole does, where all parts have ``shares`` of their own before
    and after: nothing, if they are together no more than either, or what it says itself."""
    whole = cast("Extent", before if after is None else after)
    summed = [[_number(one, whole) for one in side] for side in shares]
    if any(one is None for side in summed for one in side):
        return "unclear"
    sums = [sum(cast("list[int]", side)) for side in summed]
    most = [sums[0] if one is None else _number(one, whole) for one in (before, after)]
    if sums[0] != sums[1] or any(one is None for one in most):
        return "unclear"
    least = [min(one, sums[0]) for one in cast("list[int]", most)]
    is_number = None in (before, after) or most[0] != most[1]
    return "same" if is_number and least[0] == least[1] else ""


def _number(extent: object, whole: Extent) -> int | None:
    """The one number of an extent that says nothing else than the whole does."""
    if not isinstance(extent, dict) or extent.keys() != whole.keys():
        return None
    numbers = [name for name in _NUMBERS if name in extent]
    if len(numbers) != 1 or any(name in extent for name in _LIMITED):
        return None
    same = all(extent[name] == whole[name] for name in extent if name not in numbers)
    return cast("int", extent[numbers[0]]) if same else None
