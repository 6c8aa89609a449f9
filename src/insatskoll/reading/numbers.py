"""Text where a number is wanted: which number it holds, and where the rest of it goes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from insatskoll.meant import meant
from insatskoll.patterns import later
from insatskoll.reading import samples
from insatskoll.swedish import NUMBERS

_BOUNDS = (("lägst", "högst"), ("från", "till"))
_RANGE = later(r"(\d{1,6})\s*(?:år|st)?\s*(?:[-–—]|till)\s*(\d{1,6})(?![.,]?\d)(.*)", re.DOTALL)
_NUMBER = later(r"(?<![\d.,])(\d{1,9})(?![.,]?\d)(.*)", re.DOTALL)


def remedy(written: str, field: str, siblings: Mapping[str, object]) -> str:
    """What to write instead of the text ``written`` in ``field``, which wants a number and has
    ``siblings`` beside it."""
    text = written.strip()[:200]
    if text.isdecimal():
        return "Skriv talet med siffror, utan citattecken."
    bounds = next((pair for pair in _BOUNDS if set(pair) <= siblings.keys()), None)
    if (found := _RANGE.search(text)) and bounds:
        said = (
            f"Skriv gränserna på var sin rad: {bounds[0]}: {int(found[1])} och {bounds[1]}: "
            f"{int(found[2])}."
        )
        return f"{said}{_rest(found[3], siblings)}"
    if found := _NUMBER.search(text):
        return f"Skriv bara talet: {field}: {int(found[1])}.{_rest(found[2], siblings)}"
    word, _, after = text.casefold().replace("ett", "en", 1).partition(" ")
    if word in NUMBERS:
        return f"Skriv talet med siffror: {field}: {NUMBERS.index(word)}.{_rest(after, siblings)}"
    return f"Skriv ett heltal, med siffror.{_in_words(siblings)}"


def _rest(text: str, siblings: Mapping[str, Any]) -> str:
    """Where the words after the number go."""
    text = text.strip(" .,;:+")
    if not text:
        return ""
    units = samples.choices(siblings.get("enhet", {}))
    if not units:
        return _in_words(siblings)
    if unit := meant(text, units):
        return f" Det som räknas skrivs på en egen rad: enhet: {unit}."
    return f" Det som räknas skrivs i enhet: {', '.join(units)}.{_in_words(siblings)}"


def _in_words(siblings: Mapping[str, Any]) -> str:
    free = next((name for name in ("beskrivning", "förtydligande") if name in siblings), None)
    return f" Det som inte går att skriva så kan stå med egna ord i {free}." if free else ""
