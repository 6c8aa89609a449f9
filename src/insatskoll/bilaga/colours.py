"""Colours: whether one can be read on another, by the formula of WCAG 2.1."""

from __future__ import annotations

READABLE = 4.5  # WCAG 2.1 AA for text of ordinary size


def contrast(first: str, second: str) -> float:
    """The contrast between two colours written ``#rrggbb``: from 1 (the same) to 21 (black on
    white)."""
    high, low = sorted((_light(first), _light(second)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def mixed(first: str, second: str, share: float) -> str:
    """``first`` with ``share`` (0–1) of ``second`` in it, ``#rrggbb``."""
    return "#" + "".join(
        f"{round(a + (b - a) * share):02x}"
        for a, b in zip(_parts(first), _parts(second), strict=True)
    )


def readable(colour: str, grounds: list[str], towards: str) -> str:
    """``colour`` itself, or as little of ``towards`` mixed into it as makes it readable on all
    ``grounds``."""
    steps = (mixed(colour, towards, step / 20) for step in range(21))
    return next(
        (c for c in steps if all(contrast(c, ground) >= READABLE for ground in grounds)), towards
    )


def _parts(colour: str) -> list[int]:
    return [int(colour[i : i + 2], 16) for i in (1, 3, 5)]


def _light(colour: str) -> float:
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
        for c in (p / 255 for p in _parts(colour))
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
