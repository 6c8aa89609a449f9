"""What amounts come to that are said in several words or fields: a fee by how often it is taken, an
extent by how many times and how long each is.

What is not surely so much is not measured.
"""

from __future__ import annotations

import re
from typing import cast

from insatskoll.law.claims.figures import number
from insatskoll.patterns import later

_SUM = later(r"[0-9]+([ \u00a0][0-9]{3})*(,[0-9]+)?")
# One way of writing for several.
_WRITTEN = (
    (later(r"\s+"), " "),
    (later(r"\b(kr|sek)\b\.?|:-"), " kronor"),
    (later(r"\s*/\s*"), " per "),
    (later(r"\b(i|varje|för varje) (?=(veckan?|månad(en)?|dag|år|termin(en)?)\b)"), "per "),
    (later(r"\bom (?=(dagen|året)\b)"), "per "),
    (later(r"\bper (vecka|månad|dag|år|termin)(n|en|et)?\b"), r"per \1"),
    (later(r"\bper (gång|tillfälle)\b"), "per gång"),
)
_EACH = later(r"\bper (år|månad|vecka|termin|dag)\b")
# How many there are in a year, at most. Who pays by the day or the term may not do so all the year.
_IN_A_YEAR = {"år": 1.0, "termin": 2.0, "månad": 12.0, "vecka": 365 / 7, "dag": 365.0}
_ALL_THE_YEAR = frozenset({"år", "månad", "vecka"})
_LENGTH = later(
    r"(?P<number>[0-9]+(?:,[0-9]+)?|[a-zåäö]+) ?(?P<unit>timm(?:e|ar)|tim|h|minut(?:er)?|min)\.?"
    r"(?: (?:per|varje) (?:gång|tillfälle)| vardera)?"
)
_MINUTES = {"t": 60.0, "h": 60.0, "m": 1.0}


def written_plainly(amount: str) -> str:
    """A sum in the words that are the same for the several ways to write them: ”50 kr/vecka”."""
    said = amount.casefold().strip().rstrip(".")
    for pattern, instead in _WRITTEN:
        said = pattern.sub(instead, said)
    return " ".join(said.split())


def sum_of(fee: object) -> dict[str, object]:
    """The one number that a sum holds (``belopp``), and what is said around it (``ord``). Where it
    is taken by the month or the week, the number is that of a year."""
    said = _said(fee)
    each = _EACH.search(said)
    found = _number(said)
    if found is None:
        return {}
    if each is None or each[1] not in _ALL_THE_YEAR:
        return {"belopp": found, "ord": _SUM.sub("", said)}
    words = _EACH.sub("per tid", _SUM.sub("", said))
    return {"belopp": round(found * _IN_A_YEAR[each[1]], 2), "ord": words}


def often(fee: object) -> dict[str, object]:
    """How often in a year a fee is taken (``belopp``), and all else that is said of it
    (``ord``)."""
    said = _said(fee)
    each = _EACH.search(said)
    if each is None or _number(said) is None:
        return {}
    return {"belopp": _IN_A_YEAR[each[1]], "ord": _EACH.sub("per tid", said)}


def _said(fee: object) -> str:
    return written_plainly(fee.get("belopp", "")) if isinstance(fee, dict) else ""


def _number(said: str) -> float | None:
    found = list(_SUM.finditer(said))
    if len(found) != 1:
        return None
    return float(re.sub(r"[ \u00a0]", "", found[0][0]).replace(",", "."))


def times_and_length(extent: object) -> dict[str, object]:
    """How many times an extent is, below zero so that it can be the lower bound of an interval
    (``gånger``), how many minutes each is (``längd``), and which number of times it is counted by
    (``räknat``); nothing where either is not said. Both must be more for it to be so: more hours in
    fewer meetings are less of the one and more of the other."""
    if not isinstance(extent, dict):
        return {}
    numbers = [name for name in ("högst", "antal") if name in extent]
    each = _length(str(extent.get("längd", "")))
    if len(numbers) != 1 or "lägst" in extent or each is None:
        return {}
    return {"gånger": -cast("int", extent[numbers[0]]), "längd": each, "räknat": numbers[0]}


def _length(said: str) -> float | None:
    match = _LENGTH.fullmatch(said.casefold().strip())
    if match is None:
        return None
    how_many = 1.0 if match["number"] in ("en", "ett") else number(match["number"])
    return None if how_many is None else how_many * _MINUTES[match["unit"][0]]
