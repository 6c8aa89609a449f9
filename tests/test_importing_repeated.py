"""A sentence that says only what its fields say is not written once more as a description, and
one that says any word more is."""

from __future__ import annotations

import pytest

from insatskoll.importing import facts
from insatskoll.importing.blocks import Spot
from insatskoll.importing.drafts import Draft, Said
from insatskoll.importing.sheet import Sheet

LEVELS = """Insatsen dokumenteras på individnivå.
Tjänsten dokumenteras på individnivå.
Dokumenteras på individnivå.
Insatsen ges och dokumenteras på individnivå.
Den dokumenteras på individnivå.
Insatsen dokumenteras på personnivå.
Insatsen dokumenteras avidentifierat."""
KEPT_LEVELS = """Insatsen kan dokumenteras på individnivå.
Insatsen ska dokumenteras på individnivå.
Insatsen bör dokumenteras på individnivå.
Insatsen dokumenteras normalt på individnivå.
Insatsen dokumenteras även på individnivå.
Insatsen dokumenteras inte på individnivå.
Insatsen dokumenteras på individnivå vid varje tillfälle.
Insatsen dokumenteras på individnivå efter samtycke.
Insatsen dokumenteras på individnivå i Treserva.
Insatsen dokumenteras på individnivå, utom det första samtalet.
Stödsamtalen dokumenteras på individnivå."""
NUMBERS = """Tio träffar.
Åtta träffar
10 träffar.
Insatsen omfattar tio träffar.
Insatsen omfattar sex samtal.
Högst fem samtal.
Fyra hembesök.
Högst 3 hembesök.
Sju tillfällen.
Max åtta träffar.
Insatsen är tio träffar.
Sex samtal om 60 minuter.
Tio träffar om 90 minuter."""
KEPT_NUMBERS = """Cirka tio träffar.
Tio träffar vid behov.
Insatsen kan omfatta tio träffar.
Insatsen omfattar normalt tio träffar.
Insatsen ska omfatta tio träffar.
Tio enskilda träffar.
Tio träffar med uppehåll i juli.
Högst fem möten.
Högst sex timmar per år.
Sex samtal, och fler vid särskilda behov.
Tio träffar, inte på helger.
Tio träffar hos Solrosen."""


def read(field: str, text: str) -> Sheet:
    said = Said((field,), field.capitalize(), text, Spot(1), under=Spot(1))
    return facts.insats(Draft("Samtalen", Spot(1), said=(said,)), "vuxen", {})


def cases(levels: str, numbers: str) -> list[tuple[str, str]]:
    return [
        *(("dokumentation", text) for text in levels.splitlines()),
        *(("omfattning", text) for text in numbers.splitlines()),
    ]


@pytest.mark.parametrize(("field", "text"), cases(LEVELS, NUMBERS))
def test_is_not_said_twice(field: str, text: str) -> None:
    sheet = read(field, text)
    assert sheet.get((field,))
    assert sheet.get((field, "beskrivning")) is None
    assert any(one.words == text for one in sheet.fillings), "the report has the words"


@pytest.mark.parametrize(("field", "text"), cases(KEPT_LEVELS, KEPT_NUMBERS))
def test_keeps_what_no_field_says(field: str, text: str) -> None:
    assert read(field, text).get((field, "beskrivning")) == text


def test_keeps_only_the_rest_of_what_begins_in_the_words_of_the_bilaga() -> None:
    sheet = read(
        "dokumentation", "Insatsen dokumenteras på individnivå. Akten gallras efter fem år."
    )
    assert sheet.get(("dokumentation", "nivå")) == "individnivå"
    assert sheet.get(("dokumentation", "beskrivning")) == "Akten gallras efter fem år."
