"""The sentences that a nämnd would print, in ``data/meningar.yaml``: what the fields say, and
beside them what looks the same and has to stand as it is."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from insatskoll.bilaga import phrases
from insatskoll.bilaga.layouts import LAYOUTS
from insatskoll.bilaga.render import render_html
from tests.test_render import revision

KEPT = yaml.safe_load((Path(__file__).parent / "data" / "meningar.yaml").read_text("utf-8"))
UNITS = {"nexus": "Nexus", "dh13": "Öppenvård DH13", "jouren": "Ungdomsjouren"}
SAY: dict[str, Callable[[Any], str]] = {
    "villkor": phrases.villkor,
    "dokumentation av insatsen": lambda data: phrases.karaktar_och_dokumentation(data, "Insatsen"),
    "dokumentation av delarna": lambda data: " ".join(
        f"{name}: {said}" if name else said for name, said in phrases.delarnas_dokumentation(data)
    ),
    "dokumentation i allmänhet": lambda data: " ".join(phrases.gemensamt(data)),
    "samtycke": phrases.samtycke,
    "skyldighet": phrases.lagstadgad,
    "metod": phrases.metodrad,
    "utförare": lambda data: phrases.utforare(data, UNITS),
    "namn i text": phrases.i_text,
}
CASES = [
    (field, kind, case["fält"], case["säger"])
    for field, kinds in KEPT.items()
    for kind, cases in kinds.items()
    for case in cases
]


@pytest.mark.parametrize(("field", "kind", "data", "said"), CASES)
def test_a_sentence_is_as_a_namnd_would_print_it(
    field: str, kind: str, data: Any, said: str
) -> None:
    assert phrases.mening(SAY[field](data)) == said, kind


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_row_is_a_sentence_or_a_name_or_number(layout: str) -> None:
    data: dict[str, Any] = {
        "kortnamn": "Komet.",
        "målgrupp": {"ålder": {"från": 18, "avser": "deltagaren"}, "medföljande_barn": "ja"},
        "ålder_i_innehåll": {"från": 18, "avser": "deltagaren"},
        "omfattning": {"period": "cirka två månader"},
        "metod": {"namn": "COPE."},
        "avgift": "nej",
        "lagstadgad": "SoL 13 kap. 4 §",
    }
    rows = re.findall(
        r"<dt>(.*?)</dt>\s*<dd>(.*?)</dd>", render_html(revision(None, data), layout=layout)
    )
    said = dict(rows)
    assert [label for label, _ in rows].count("Ålder") == 1, "an age is said once"
    wanted = {
        "Kortnamn": "Komet",
        "Ålder": "Från 18 år",
        "Medföljande barn": "Barn får följa med.",
        "Omfattning": "Under cirka två månader.",
        "Metod": "COPE",
        "Avgift": "Avgiftsfri.",
        "Skyldighet": "Nämnden är skyldig att erbjuda insatsen (SoL 13 kap. 4 §).",
    }
    shown = {label: text for label, text in said.items() if label in wanted}
    assert shown == {label: wanted[label] for label in shown}
    assert {"Kortnamn", "Ålder", "Medföljande barn", "Avgift", "Skyldighet"} <= set(shown)


@pytest.mark.parametrize(
    "other",
    [
        {"från": 7, "avser": "deltagaren"},
        {"från": 18, "avser": "deltagarens barn"},
        {"från": 18, "avser": "deltagaren", "förtydligande": "för grupperna"},
    ],
)
def test_an_age_that_is_another_is_said_beside_the_first(other: Any) -> None:
    data = {"målgrupp": {"ålder": {"från": 18, "avser": "deltagaren"}}, "ålder_i_innehåll": other}
    html = render_html(revision(None, data), layout="avsnitt")
    assert len(re.findall(r"<dt>(?:Ålder|Barnens ålder)</dt>", html)) == 2


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_level_is_called_by_the_municipalitys_word(layout: str) -> None:
    """In the sentences and headings of the program, and not in the texts of the files."""
    data = {
        "innehåll": "Samtalen förs på individnivå.",
        "karaktär": "stöd",
        "dokumentation": {"nivå": "individnivå"},
    }
    kommun = {"bilaga": {"titel": "Insatser", "ord_för_individnivå": "personnivå"}}
    html, usual = (render_html(revision(one, data), layout=layout) for one in (kommun, None))
    assert "Samtalen förs på individnivå." in html and html.count("individnivå") == 1
    said = "okumenteras på {}" if layout == "tabell" else "och dokumenteras på {}."
    assert said.format("personnivå") in html and said.format("individnivå") in usual
    assert "personnivå" not in usual
