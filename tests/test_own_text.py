"""A municipality's own wording stands instead of the sentence that is made of a field: in every
layout, in the data, and through an import; and a change of it is told."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from insatskoll.bilaga.layouts import LAYOUTS
from insatskoll.bilaga.render import bilaga, render_html
from insatskoll.catalogue.model import Revision
from insatskoll.diff.facts import compare
from insatskoll.diff.telling import Telling
from insatskoll.resources import SCHEMA
from tests import revisions
from tests.catalogues import lint_folder, write_kommun
from tests.program import run
from tests.reading import lines_of
from tests.test_render import FULL, FULL_PART, revision

_DEFS = json.loads((SCHEMA / "gemensamt.schema.json").read_text("utf-8"))["$defs"]
KEYS = list(_DEFS["egen_text"]["properties"])
PART_KEYS = list(_DEFS["egen_text_del"]["properties"])
UNITS = {"enheter": [{"id": "e1", "namn": "Enhet ett"}]}
# Words of the sentence that is made of each field, none of which is left beside an own wording.
MADE = {
    "villkor": ["ord-villkor", "ord-område", "ord-kontroll", "ord-skäl"],
    "samtycke": ["krävs samtycke", "ord-lämp", "ord-samtycke"],
    "utförare": ["Ges av", "ord-plats", "ord-personal", "Enhet ett"],
    "omfattning": ["ord-längd", "ord-period", "högst fyra"],
    "metod": ["ord-metod", "manualbaserad"],
    "ingång": ["ppen och remiss", "ord-remiss"],
    "avgift": ["ord-belopp", "ord-grund"],
    "lagstadgad": ["skyldig att erbjuda"],
    "giltighetstid": ["31 december 2026"],
    "medföljande_barn": ["arn får följa med"],
    "karaktär": ["har karaktär av"],
    "dokumentation": ["avidentifiera", "ord-dok", "ord-motivering", "kap. 5 §"],
}
WORDS = {key: f"Egna ord om {key.replace('_', ' ')}" for key in KEYS}


def said(made: Revision, layout: str) -> list[str]:
    """The lines of a page, in small letters."""
    return [line.text.casefold() for line in lines_of(render_html(made, layout=layout))]


def having(lines: list[str], words: list[str]) -> list[str]:
    return [word for word in words if any(word.casefold() in line for line in lines)]


def test_every_generated_sentence_can_have_a_wording_of_its_own() -> None:
    assert set(MADE) == set(KEYS)
    assert set(PART_KEYS) < set(KEYS)
    insats = json.loads((SCHEMA / "insats.schema.json").read_text("utf-8"))["properties"]
    here = {*insats, *_DEFS["malgrupp"]["properties"]}
    assert set(KEYS) - here == {"giltighetstid"}, "called as the fields are"


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("key", KEYS)
def test_it_is_printed_instead_of_the_sentence(layout: str, key: str) -> None:
    without = said(revision(UNITS, FULL), layout)
    lines = said(revision(UNITS, FULL | {"egen_text": {key: WORDS[key]}}), layout)
    assert sum(f"{WORDS[key]}.".casefold() in line for line in lines) == 1
    assert having(without, MADE[key]) == MADE[key]
    assert having(lines, MADE[key]) == []
    kept = [word for other, words in MADE.items() if other != key for word in words]
    assert having(lines, kept) == having(without, kept)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_part_has_its_own(layout: str) -> None:
    own = {key: WORDS[key] for key in PART_KEYS}
    parts = {"delar": [FULL_PART | {"egen_text": own}, {"namn": "Två"}]}
    lines = said(revision(None, parts), layout)
    text = " ".join(lines)
    assert [text.count(f"{words}.".casefold()) for words in own.values()] == [1] * len(own)
    assert having(lines, [word for key in PART_KEYS for word in MADE[key]]) == []


@pytest.mark.parametrize("layout", LAYOUTS)
def test_it_may_be_of_several_paragraphs_and_have_a_list(layout: str) -> None:
    own = dict.fromkeys(KEYS, "Det här gäller:\n- den ena\n- den andra\n\nMer om det.")
    html = render_html(revision(UNITS, FULL | {"egen_text": own}), layout=layout)
    assert html.count("<li>den ena</li>") == len(KEYS)
    assert html.count("<p>Mer om det.</p>") == len(KEYS)
    assert "- den ena" not in html


def test_the_data_have_the_same_sentences() -> None:
    own = {"egen_text": WORDS}
    made = bilaga(revision(UNITS, FULL | own), formats=("json",)).files["exempel-bilaga.json"]
    sentences = json.loads(made)["insatser"][0]["sentences"]
    assert sentences["conditions"] == ["Egna ord om villkor."]
    for name, key in {
        "consent": "samtycke",
        "extent": "omfattning",
        "provider": "utförare",
        "fee": "avgift",
        "validity": "giltighetstid",
    }.items():
        assert sentences[name] == f"{WORDS[key]}."
    assert sentences["documentation"] == "Egna ord om karaktär. Egna ord om dokumentation."
    assert sentences["target_group"].endswith(". Egna ord om medföljande barn.")


# What may be written


def problems(folder: Path, data: dict[str, Any]) -> list[tuple[str, str]]:
    found = lint_folder(write_kommun(folder, insatser={"a": data})).findings
    return [(one.rule, one.message) for one in found if one.rule in ("IK903", "IK714")]


def test_an_unknown_key_is_told_with_what_was_meant(tmp_path: Path) -> None:
    ((rule, _),) = problems(tmp_path, {"avgift": "nej", "egen_text": {"avgiften": "Gratis."}})
    assert rule == "IK903"


@pytest.mark.parametrize("key", KEYS)
def test_a_wording_needs_the_field_that_it_stands_for(tmp_path: Path, key: str) -> None:
    found = problems(tmp_path, {"egen_text": {key: "Egna ord."}})
    assert {rule for rule, _ in found} == {"IK903"}
    assert any("saknas" in message or "behövs" in message for _, message in found), found


# What is told of it


def told(before: dict[str, Any], after: dict[str, Any]) -> list[tuple[str, str]]:
    telling = Telling(compare(revisions.revision(a=before), revisions.revision(a=after)))
    return [
        (change.clause, ", ".join(one.verdict for one in change.judgements))
        for change in telling.changes
    ]


def test_a_change_of_it_is_told_as_a_change_of_text() -> None:
    amount = {"omfattning": {"högst": 7, "enhet": "samtal"}}
    was = amount | {"egen_text": {"omfattning": "Du får högst sju samtal."}}
    now = amount | {"egen_text": {"omfattning": "Du får sju samtal, och fler om du vill."}}
    assert told(was, was) == []
    for before, after, judged in (
        (amount, was, "unclear"),
        (was, now, "unclear-scope, unclear"),
        (was, amount, "unclear"),
    ):
        ((text, words),) = told(before, after)
        assert "lydelsen av omfattningen" in text.casefold()
        assert words == judged


def test_a_revised_document_asks_of_what_has_an_own_wording(tmp_path: Path) -> None:
    folder = tmp_path / "catalogue" / "kommuner" / "exempel"
    (folder / "insatser").mkdir(parents=True)
    (folder / "kommun.yaml").write_text(
        "namn: Exempels kommun\nnämnd: Socialnämnden\nbilaga: {titel: Insatser}\n"
        "avdelningar:\n  - {id: alla, namn: Alla insatser}\n",
        "utf-8",
    )
    file = folder / "insatser" / "samtal.yaml"
    file.write_text(
        "namn: Samtal\ninsatstyp: samtal\navdelning: alla\n"
        "målgrupp: {beskrivning: Vuxna som vill prata.}\ninnehåll: Samtal i lugn och ro.\n"
        "omfattning: {högst: 3, enhet: samtal}\ndokumentation: {nivå: individnivå}\n"
        "egen_text: {omfattning: Du får högst tre samtal.}\n",
        "utf-8",
    )
    before = file.read_text("utf-8")
    page = tmp_path / "ut" / "exempel-bilaga.md"
    assert run("render", "exempel", "--format", "md", "--output", "ut", cwd=tmp_path).code == 0
    arguments = ("import", page, "--kommun", "Exempel", "--uppdatera", "--skriv")
    ended = run(*arguments, cwd=tmp_path)
    assert ended.code == 0, ended.err
    assert "ändrar inga fält" in ended.out
    words = page.read_text("utf-8")
    assert "Du får högst tre samtal" in words
    page.write_text(words.replace("Du får högst tre samtal", "Du får högst fem samtal"), "utf-8")
    ended = run(*arguments, cwd=tmp_path)
    assert file.read_text("utf-8") in (before, before.replace("högst tre", "högst fem"))
    assert "egen_text" in ended.out or "högst fem" in file.read_text("utf-8")
