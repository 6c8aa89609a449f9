"""Which of two areas holds the other: a municipality its own parts, and several areas each of them.

Which words a part of a municipality is called by stands in ``catalogue/omskrivningar``.
"""

from __future__ import annotations

from insatskoll.diff import lexicon
from insatskoll.patterns import later

_BETWEEN = later(r"\s*,\s*(?:och |eller )?|\s+(?:och|eller|samt)\s+")
_WHOLE = frozenset(("kommun", "kommunen", "kommuner"))
_PART, _CENTRAL = "del av kommunen", "centrala"


def way(before: str, after: str) -> int:
    """1 where the area ``after`` holds the one ``before`` and more, -1 the other way, and 0 where
    that cannot be told."""
    old, new = _areas(before), _areas(after)
    if old < new:
        return 1
    if new < old:
        return -1
    if len(old) == len(new) == 1:
        (one,), (other,) = old, new
        return int(_holds(other, one)) - int(_holds(one, other))
    return 0


def listed(text: str) -> list[str]:
    """The areas that a text names, in order."""
    return [" ".join(one.split()) for one in _BETWEEN.split(text)]


def _areas(text: str) -> frozenset[str]:
    return frozenset(one.casefold() for one in listed(text))


def _holds(whole: str, part: str) -> bool:
    """Whether a whole municipality holds a part of it that is called by its name."""
    name, _, kind = whole.rpartition(" ")
    if kind not in _WHOLE or not name:
        return False
    stem = name.removesuffix("s")
    parts = lexicon.shipped().phrases(_PART)
    first, _, last = part.rpartition(" ")
    if last in parts:
        return first.removesuffix("s") == stem
    return first == _CENTRAL and last.removesuffix("s") == stem
