"""What a text under a label becomes: the right value, or a question, never half of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from insatskoll.importing import facts
from insatskoll.importing.blocks import Spot
from insatskoll.importing.drafts import Draft, Said
from insatskoll.importing.sheet import Sheet

CASES = yaml.safe_load(
    (Path(__file__).parent / "data" / "inläsningens_värden.yaml").read_text("utf-8")
)
LABELS = {"avgift": "Avgift", "villkor": "Villkor", "målgrupp": "Målgrupp"}


def read(field: str, text: str) -> Sheet:
    said = Said((field,), field.capitalize(), text, Spot(1), under=Spot(1))
    return facts.insats(Draft("Samtalen", Spot(1), said=(said,)), "vuxen", {})


def _ages(data: dict[str, Any]) -> dict[str, Any]:
    age = dict(data.get("målgrupp", {}).get("ålder", {}))
    age.pop("enhet", None)
    return age


def _documented(data: dict[str, Any]) -> dict[str, Any]:
    held = data.get("dokumentation", {})
    return {key: held[key] for key in ("nivå", "lagrum") if key in held}


def _without_words(field: str, data: dict[str, Any]) -> dict[str, Any]:
    held = {key: value for key, value in data.get(field, {}).items() if key != "beskrivning"}
    for key in ("frekvens", "längd", "period"):
        if key in held:
            held[key] = held[key].casefold()
    return held


def _conditions(data: dict[str, Any]) -> list[Any]:
    return [
        {one["typ"]: one["område"]} if "område" in one else one["typ"]
        for one in data.get("villkor", ())
    ]


def _fee(data: dict[str, Any]) -> dict[str, Any]:
    fee = data.get("avgift")
    return {} if fee is None else {"avgift": "nej" if fee == "nej" else {}}


def values(field: str, data: dict[str, Any]) -> Any:
    """The values that a file has of a field, without the words."""
    if field in ("målgrupp", "ålder"):
        return _ages(data)
    if field == "ingång":
        return {key: data[key] for key in ("ingång", "remiss_från") if key in data}
    if field == "dokumentation":
        return _documented(data)
    if field == "avgift":
        return _fee(data)
    return _conditions(data) if field == "villkor" else _without_words(field, data)


def asked(field: str, sheet: Sheet) -> bool:
    """Whether the official is asked about a field."""
    first = "målgrupp" if field == "ålder" else field
    return any(one.path[0] == first for one in sheet.questions)


def faults(field: str, case: dict[str, Any]) -> list[str]:
    """What is wrong with what becomes of a text."""
    sheet = read(field, case["text"])
    found, wanted = values(field, sheet.data), case.get("blir")
    told = []
    if isinstance(found, dict) and field in ("målgrupp", "ålder") and "avser" not in (wanted or {}):
        found.pop("avser", None)
    if wanted is not None and found != wanted:
        told.append(f"blev {found}, inte {wanted}")
    if "inte" in case and case["inte"].items() <= found.items():
        told.append(f"blev {found}")
    if case.get("fråga") and (found and wanted is None and field != "villkor"):
        told.append(f"blev {found}, men ska bli en fråga")
    if case.get("fråga") and not asked(field, sheet):
        told.append("ingen fråga")
    if wanted and not case.get("fråga") and field != "villkor" and asked(field, sheet):
        told.append(f"frågar: {[one.why for one in sheet.questions if one.path[0] == field]}")
    return told


def lost(field: str, case: dict[str, Any]) -> bool:
    """Whether the words are neither in a field nor among those that are left."""
    sheet = read(field, case["text"])
    words = " ".join(one.words for one in sheet.fillings)
    words += " " + " ".join(one.words for one in sheet.leftovers)
    return not all(part in words for part in case["text"].strip(" –—-.").split())


@pytest.mark.parametrize("field", CASES)
def test_becomes_the_value_or_a_question(field: str) -> None:
    told = {one["text"]: faults(field, one) for one in CASES[field]}
    assert {text: what for text, what in told.items() if what} == {}


@pytest.mark.parametrize("field", CASES)
def test_loses_no_words(field: str) -> None:
    assert [one["text"] for one in CASES[field] if lost(field, one)] == []
