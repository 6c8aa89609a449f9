"""A field in a file that somebody has written is changed, and nothing else: comments stay."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Any

import pytest

from insatskoll.catalogue import editing
from insatskoll.reading import comments, document

FILE = Path("kommun.yaml")
TEXT = """\
# Hela filen
namn: Ekbacka kommun
nämnd: Socialnämnden  # ny nämnd 2027
bilaga:
  titel: Insatser
  # Inledningen är nämndens
  inledning:
    - Första stycket.  # från 2025
    - >-
      Andra stycket.
avdelningar:
  # Barnen
  - {id: barn, namn: Barn}
  - id: vuxna
    namn: Vuxna  # hette Missbruk
    insatser: [a, b]
riktlinjer:
  - rubrik: Syfte
    text: >-  # kort
      Syftet är stöd.
enheter: [{id: ett, namn: Ett}]
"""


@pytest.mark.parametrize(
    ("at", "value", "before", "after"),
    [
        (("nämnd",), "Nämnden X", "nämnd: Socialnämnden  # ny", "nämnd: Nämnden X  # ny"),
        (("bilaga", "beteckning"), "Bilaga 2", "  titel: Insatser\n",
         "  titel: Insatser\n  beteckning: Bilaga 2\n"),
        (("bilaga", "inledning", 1), "Nytt.", ">-\n      Andra stycket.", "Nytt."),
        (("bilaga", "inledning", 1), None, "    - >-\n      Andra stycket.\n", ""),
        (("avdelningar", 0, "rubrik"), "Till barn", "namn: Barn}",
         "namn: Barn, rubrik: Till barn}"),
        (("avdelningar", 1, "insatser"), ["a"], "[a, b]", "[a]"),
        (("riktlinjer", 0, "text"), "Ett.\n\nTvå.", "text: >-  # kort\n      Syftet är stöd.",
         "text: |-  # kort\n      Ett.\n\n      Två."),
        (("förslag", "datum"), "2026-01-15", "enheter: [",
         "förslag:\n  datum: '2026-01-15'\nenheter: ["),
        (("enheter",), None, "enheter: [{id: ett, namn: Ett}]\n", ""),
    ],
)  # fmt: skip
def test_only_the_fields_own_lines_change(
    at: tuple[str | int, ...], value: object, before: str, after: str
) -> None:
    made = editing.put(FILE, TEXT, "kommun", at, value)
    assert made is not None
    assert sorted(made.splitlines()) == sorted(TEXT.replace(before, after).splitlines())


@pytest.mark.parametrize("number", [0, 1, 2])
def test_an_item_goes_where_it_belongs(number: int) -> None:
    for at in (("bilaga", "inledning"), ("avdelningar", 1, "insatser")):
        made = editing.insert(FILE, TEXT, "kommun", (*at, number), "nytt")
        assert made is not None
        assert editing.there(document.parse(FILE, made).data, at)[number] == "nytt"
        assert comments.every(made) == comments.every(TEXT)


@pytest.mark.parametrize(
    ("at", "value"),
    [
        (("bilaga", "inledning", 0), None),  # its comment would go
        (("bilaga",), None),  # the schema wants it
        (("nämnd",), {"a": 1}),
        (("okänt",), "x"),
    ],
)
def test_what_cannot_be_changed_is_left(at: tuple[str | int, ...], value: object) -> None:
    assert editing.put(FILE, TEXT, "kommun", at, value) is None


def leaves(data: Any, at: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    inside = data.items() if isinstance(data, dict) else enumerate(data)
    return [
        leaf
        for key, value in inside
        for leaf in (
            leaves(value, (*at, key)) if isinstance(value, dict | list) else [(*at, key)]
        )
    ]  # fmt: skip


def test_every_field_holds_what_is_put_in_it() -> None:
    """Whatever is written is read back, or nothing is written."""
    chance = Random(7)
    words = [
        "Ett: två",
        "# ej kommentar",
        "- punkt",
        "Ett\n\n- a\n- b\n\nTvå",
        "'",
        "0380",
        "x" * 300,
    ]
    for at in leaves(document.parse(FILE, TEXT).data):
        for value in (*chance.sample(words, 4), None):
            made = editing.put(FILE, TEXT, "kommun", at, value)
            if made is not None:
                assert editing.there(document.parse(FILE, made).data, at) != "" or value is None
                assert comments.every(made) == comments.every(TEXT)
                if value is not None:
                    assert editing.there(document.parse(FILE, made).data, at) == value
