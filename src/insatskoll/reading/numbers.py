"""Text where a number is wanted: which number it holds, and where the rest of it goes."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from insatskoll.meant import meant
from insatskoll.patterns import later
from insatskoll.reading import samples
from insatskoll.swedish import NUMBERS

# The fields for what the others cannot say, the nearest first.
_FREE = ("beskrivning", "förtydligande", "innehåll")
_BOUNDS = (("lägst", "högst"), ("från", "till"))
_RANGE = later(r"(\d{1,6})\s*(?:år|st)?\s*(?:[-–—]|till)\s*(\d{1,6})(?![.,]?\d)(.*)", re.DOTALL)
_NUMBER = later(r"(?<![\d.,])(\d{1,9})(?![.,]?\d)(.*)", re.DOTALL)
_NO_DECIMALS = later(r"(?<=\d)[.,]0+(?!\d)")  # 18,0 as a spreadsheet writes it
_AT_LEAST = later(r"\b(från|fr\.?o\.?m|minst|lägst|fyllt|och (äldre|uppåt))\b|\+", re.IGNORECASE)
_AT_MOST = later(r"\b(högst|max|upp till|t\.?o\.?m|till och med|och yngre)\b", re.IGNORECASE)
# A number that another one says, or none: more than, below, not.
_TURNED = later(
    r"[<>≤≥]|\b(aldrig|ej|inte|icke|inga|ingen|över|under|mer än|fler än|äldre än|yngre än|"
    r"mindre än|färre än|före|innan|efter)\b",
    re.IGNORECASE,
)
_SAID = later(r"[\d\s.,+–—-]+|\b(ca|cirka|år|åren|st|till|om|och|äldre|yngre|uppåt|har|är)\b")


def remedy(
    written: str, field: str, siblings: Mapping[str, object], fits: Callable[[int], bool]
) -> str:
    """What to write instead of the text ``written`` in ``field``, which wants a number that
    ``fits`` and has ``siblings`` beside it."""
    text = _NO_DECIMALS.sub("", written.strip()[:200])
    if written.strip().isdecimal():
        return "Skriv talet med siffror, utan citattecken."
    bounds = next((pair for pair in _BOUNDS if set(pair) <= siblings.keys()), None)
    if _TURNED.search(text) and _NUMBER.search(text):
        return (
            f"Skriv bara ett tal med siffror i {field}, det som betyder detsamma som "
            f"”{' '.join(text[:40].split())}”.{rest(siblings)}"
        )
    if bounds and (other := _other_bound(text, field, bounds)):
        return f"Det hör hemma i fältet ”{other}”. Skriv bara talet där, med siffror."
    if (found := _RANGE.search(text)) and bounds:
        said = (
            f"Skriv gränserna på var sin rad: {bounds[0]}: {int(found[1])} och {bounds[1]}: "
            f"{int(found[2])}."
        )
        return f"{said}{_rest(found[3], siblings)}"
    found = _NUMBER.search(text)
    if found and not re.search(r"\d", found[2]) and fits(int(found[1])):
        return f"Skriv bara talet: {field}: {int(found[1])}.{_rest(found[2], siblings)}"
    word, _, after = text.casefold().replace("ett", "en", 1).partition(" ")
    if word in NUMBERS:
        return f"Skriv talet med siffror: {field}: {NUMBERS.index(word)}.{_rest(after, siblings)}"
    return f"Skriv ett heltal, med siffror.{rest(siblings)}"


def _other_bound(text: str, field: str, bounds: tuple[str, str]) -> str | None:
    """The one of two bounds that ``text`` says, if it is not the ``field`` that it stands in."""
    least, most = _AT_LEAST.search(text), _AT_MOST.search(text)
    if field == bounds[1] and least and not most and not _RANGE.search(text):
        return bounds[0]
    return bounds[1] if field == bounds[0] and most and not least else None


def fields(text: str, known: Mapping[str, Any]) -> dict[str, object]:
    """The fields of a group, which has those ``known``, that say the number or the two in ``text``,
    and what is counted; empty if the text says something else too."""
    text = _NO_DECIMALS.sub("", text)
    whole = [name for name, field in known.items() if field.get("type") == "integer"]
    bounds = next((pair for pair in _BOUNDS if set(pair) <= set(whole)), None)
    found = _RANGE.search(text)
    if bounds and found:
        numbers = {bounds[0]: int(found[1]), bounds[1]: int(found[2])}
    elif one := _NUMBER.search(text):
        name = _field_of(text, whole, bounds)
        numbers = {name: int(one[1])} if name else {}
    else:
        return {}
    left = _SAID.sub(" ", _AT_MOST.sub(" ", _AT_LEAST.sub(" ", text))).strip()
    unit = meant(left, samples.choices(known.get("enhet", {}))) if left else None
    counted = left in whole  # the field says itself what it counts
    if not numbers or (left and not unit and not counted):
        return {}
    return {**numbers, "enhet": unit} if unit else dict(numbers)


def _field_of(text: str, whole: Sequence[str], bounds: tuple[str, str] | None) -> str | None:
    """The field, of those that are ``whole`` numbers, that the only number in ``text`` goes in."""
    if bounds and _AT_LEAST.search(text):
        return bounds[0]
    if bounds and _AT_MOST.search(text):
        return bounds[1]
    if "antal" in whole:
        return "antal"
    return bounds[0] if bounds else next(iter(whole), None)


def rest(siblings: Mapping[str, object], *, but: str = "") -> str:
    """Where what cannot be written in a field can stand, other than in the field ``but``; nothing
    if the fields beside it have no place for that."""
    name = next((name for name in _FREE if name in siblings and name != but), None)
    return f" Det som inte går att skriva så kan stå med egna ord i {name}." if name else ""


def _rest(text: str, siblings: Mapping[str, Any]) -> str:
    """Where the words after the number go."""
    text = text.strip(" .,;:+")
    if not text:
        return ""
    units = samples.choices(siblings.get("enhet", {}))
    if not units:
        return rest(siblings)
    if unit := meant(text, units):
        return f" Det som räknas skrivs på en egen rad: enhet: {unit}."
    return f" Det som räknas skrivs i enhet: {', '.join(units)}.{rest(siblings)}"
