"""Tests of the values that a field's path leads to."""

from __future__ import annotations

from typing import Any

import pytest

from insatskoll.law.predicates.references import values_at

DATA: dict[str, Any] = {
    "namn": "Samtal",
    "form": ["grupp", "enskilt"],
    "villkor": [{"typ": "ålder", "skäl": None}, {"text": ["a", "b"]}],
    "målgrupp": {"deltagare": [], "ålder": {"från": 0}},
}


@pytest.mark.parametrize(
    ("path", "values"),
    [
        ("namn", [(("namn",), "Samtal")]),
        ("form", [(("form",), ["grupp", "enskilt"])]),
        ("form[]", [(("form", 0), "grupp"), (("form", 1), "enskilt")]),
        ("villkor[].typ", [(("villkor", 0, "typ"), "ålder")]),
        ("villkor[].skäl", [(("villkor", 0, "skäl"), None)]),
        (
            "villkor[].text[]",
            [(("villkor", 1, "text", 0), "a"), (("villkor", 1, "text", 1), "b")],
        ),
        ("målgrupp.ålder.från", [(("målgrupp", "ålder", "från"), 0)]),
        ("målgrupp.deltagare[]", []),
        ("namn.första", []),
        ("form[].första", []),
        ("syfte", []),
    ],
)
def test_the_values_at_a_path(path: str, values: list[Any]) -> None:
    assert values_at(DATA, path) == values
