"""Which part of an insats another insats is: the part has got a file of its own, or the insats has
become a part.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, cast

from insatskoll.diff.likeness import speak_against, text_likeness

if TYPE_CHECKING:
    from insatskoll.diff.facts import Comparison
    from insatskoll.reading.schema_types import Del, InsatsData

_TOLD = 0.85  # of the words of two texts that are of the same, 0–1
_AKIN = 0.5  # of those of two that are called the same
_FEWEST_WORDS = 6  # of a text that can be compared
Places = dict[str, set[int]]

# The fields that a part has in common with an insats, and that say what is given.
_GIVEN = ("karaktär", "omfattning", "dokumentation", "villkor")
_FEWEST = 2  # of them that tell two parts from each other


def surely(whole: InsatsData, one: InsatsData) -> int | None:
    """The place of the part of ``whole`` that ``one`` surely is: called the same or told of in the
    same words, as no other part."""
    return _only(
        place for place, part in _parts(whole, one) if _is_called(part, one) or _is_told(part, one)
    )


def of_the_same(whole: InsatsData, one: InsatsData) -> int | None:
    """As :func:`surely`, where the two are known to belong together: also the part of which the
    same is given, as of no other."""
    found = surely(whole, one)
    return (
        _only(p for p, part in _parts(whole, one) if _gives(part, one)) if found is None else found
    )


def is_kept(part: Del, whole: InsatsData) -> bool:
    """Whether an insats has a part with the name or the text of ``part``."""
    return any(
        other["namn"].casefold() == part["namn"].casefold()
        or _is_told(part, cast("InsatsData", other))
        for other in whole.get("delar", ())
    )


def of_others(comparison: Comparison) -> tuple[Places, Places]:
    """The parts before and after, by the id of what they are of, that are insatser of their own on
    the other side."""
    sides = [
        {one.id: one.data for one in side.insatser} for side in (comparison.old, comparison.new)
    ]
    found: tuple[Places, Places] = {}, {}
    for edge in (edge for group in comparison.groups if group.regrouped for edge in group.edges):
        data = [side[i] for side, i in zip(sides, edge, strict=True)]
        for number, (whole, one) in enumerate((data, data[::-1])):
            if (place := of_the_same(whole, one)) is not None:
                found[number].setdefault(edge[number], set()).add(place)
    return found


def _only(places: Iterator[int]) -> int | None:
    found = list(places)
    return found[0] if len(found) == 1 else None


def _parts(whole: InsatsData, one: InsatsData) -> Iterator[tuple[int, Del]]:
    """The parts that ``one`` may be, for it has none of its own: what is called and told of as the
    part is it, whatever else is said of the whole."""
    if "delar" in one:
        return
    for place, part in enumerate(whole.get("delar", ())):
        resolved = cast("InsatsData", {**whole, **part, "namn": one["namn"]})
        itself = _is_called(part, one) and _is_told(part, one)
        if itself or not speak_against(resolved, one):
            yield place, part


def _is_called(part: Del, one: InsatsData) -> bool:
    if part["namn"].casefold() != one["namn"].casefold():
        return False
    texts = _texts(part, one)
    return texts is None or text_likeness(*texts) >= _AKIN


def _is_told(part: Del, one: InsatsData) -> bool:
    texts = _texts(part, one)
    return texts is not None and text_likeness(*texts) >= _TOLD


def _texts(part: Del, one: InsatsData) -> tuple[str, str] | None:
    texts = part.get("innehåll", ""), one.get("innehåll", "")
    return texts if min(len(text.split()) for text in texts) >= _FEWEST_WORDS else None


def _gives(part: Del, one: InsatsData) -> bool:
    own, other = (cast("Mapping[str, object]", side) for side in (part, one))
    said = [name for name in _GIVEN if name in own]
    return len(said) >= _FEWEST and all(own[name] == other.get(name) for name in said)
