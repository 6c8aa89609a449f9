"""What a difference between two texts does on each axis, and what several do together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

Role = Literal["krävs", "ges"]
Axis = Literal["effekt", "omfattning", "barn", "avgift"]
# What a difference does on each axis: more open or less (1, -1), more given or less; or BOTH, where
# some gain and others lose.
Moves = Mapping[Axis, int]
SAME: Moves = {}
BOTH = 0


def together(found: Sequence[Moves | None]) -> Moves | None:
    """What several differences do: on each axis what they agree on, and nothing where one of them
    cannot be told or they do not agree."""
    known = [one for one in found if one is not None]
    if len(known) < len(found):
        return None
    told: dict[Axis, int] = {}
    for one in known:
        for axis, sign in one.items():
            if told.setdefault(axis, sign) != sign:
                return None
    return told


def turned(found: Moves | None) -> Moves | None:
    """What a difference does the other way round."""
    return None if found is None else {axis: -sign for axis, sign in found.items()}
