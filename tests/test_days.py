"""An insats can hold from a day, and until one: what is printed of it, read back, and told of a
change."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from insatskoll import dates
from insatskoll.bilaga import phrases, render
from insatskoll.bilaga.layouts import LAYOUTS
from insatskoll.catalogue import loading
from insatskoll.diff.facts import compare
from insatskoll.diff.telling import Telling
from insatskoll.importing import validity
from insatskoll.importing.updating import compared
from insatskoll.law.claims import days as claims
from tests.catalogues import INSATS, write_kommun
from tests.program import run
from tests.revisions import revision

UNTIL = "Insatsen gäller till och med den 31 december 2026."
BOTH = "Insatsen gäller från och med den 1 mars 2026 till och med den 31 december 2026."


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_says_until_which_day(layout: str) -> None:
    html = render.render_html(revision(a={"gäller_till": "2026-12-31"}), layout=layout)
    assert html.count(UNTIL) == 1


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_part_has_days_of_its_own(layout: str) -> None:
    parts = [
        {"namn": "Samtal", "karaktär": "stöd", "gäller_från": "2026-03-01"},
        {"namn": "Grupp", "karaktär": "stöd"},
    ]
    bare = {key: value for key, value in INSATS.items() if key not in ("karaktär", "dokumentation")}
    made = revision(a={})
    made.insatser[0].data.clear()  # type: ignore[attr-defined]
    made.insatser[0].data.update(bare | {"delar": parts})  # type: ignore[typeddict-item]
    html = render.render_html(made, layout=layout)
    assert html.count("Delen gäller från och med den 1 mars 2026.") == 1


def test_the_json_form_has_the_sentence() -> None:
    made = revision(a={"gäller_från": "2026-03-01", "gäller_till": "2026-12-31"}, b={})
    text = render.bilaga(made, formats=["json"]).files["k-bilaga.json"]
    first, second = json.loads(text)["insatser"]
    assert first["sentences"]["validity"] == BOTH
    assert first["data"]["gäller_till"] == "2026-12-31"
    assert "validity" not in second["sentences"]


TOLD: dict[str, Any] = {
    "målgrupp": {"beskrivning": "Vuxna som vill prata med någon.", "deltagare": ["vuxna"]},
    "innehåll": "Samtal i lugn och ro.",
    "omfattning": {"högst": 5, "enhet": "samtal"},
}
PRINTED = [*((layout, "docx") for layout in LAYOUTS), ("avsnitt", "md"), ("lista", "md")]


@pytest.mark.parametrize(("layout", "form"), PRINTED)
def test_what_is_printed_is_read_back(layout: str, form: str, tmp_path: Path) -> None:
    insatser = {
        "a": {"namn": "Samtal för unga", "gäller_till": "2026-12-31"},
        "b": {"namn": "Samtal i grupp", "gäller_från": "2026-03-01", "gäller_till": "2027-01-01"},
        "c": {"namn": "Samtal för vuxna", "gäller_från": "2026-03-01"},
    }
    folder = write_kommun(
        tmp_path / "exempel",
        {name: TOLD | data for name, data in insatser.items()},
        {"layout": layout},
    )
    kommun = loading.load_kommun(folder)
    made = compared.printed(kommun, form)
    found = {one.sheet.data["namn"]: one.sheet.data for one in made.made if one.kind == "insats"}
    assert kommun.revision is not None
    for insats in kommun.revision.insatser:
        assert days(found[insats.namn]) == days(insats.data), insats.namn


def days(data: Any) -> dict[str, str]:
    return {key: data[key] for key in ("gäller_från", "gäller_till") if key in data}


FROM, TO = "2026-03-01", "2026-12-31"
READ = [
    (UNTIL, "", {"gäller_till": "2026-12-31"}),
    (BOTH, "", {"gäller_från": "2026-03-01", "gäller_till": "2026-12-31"}),
    ("2026-03-01–2026-12-31", "Giltighetstid", {"gäller_från": FROM, "gäller_till": TO}),
    ("2026-12-31", "Gäller t.o.m.", {"gäller_till": "2026-12-31"}),
    ("t.o.m. 31 december 2026", "Giltighetstid", {"gäller_till": "2026-12-31"}),
    ("fr.o.m. 1/3 2026", "Giltighetstid", {"gäller_från": "2026-03-01"}),
    ("2026-12-31", "Giltighetstid", {}),  # from, or to?
    ("till och med den 31 februari 2026", "", {}),
    ("Beslutas den 2 maj 2026 och gäller till 2026-12-31", "", {}),
    ("tills vidare", "Giltighetstid", {}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "label", "found"), READ)
def test_reads_the_days_that_others_write(text: str, label: str, found: dict[str, str]) -> None:
    assert validity.told(text, label) == found


CHANGES = [
    ({}, {"gäller_till": TO}, "narrower",
     "{} gäller till och med den 31 december 2026 i stället för tills vidare"),
    ({"gäller_till": TO}, {}, "more-open",
     "{} gäller tills vidare i stället för till och med den 31 december 2026"),
    ({"gäller_till": TO}, {"gäller_till": "2027-06-30"}, "more-open",
     "{} gäller till och med den 30 juni 2027 i stället för den 31 december 2026"),
    ({"gäller_till": TO}, {"gäller_till": "2026-06-30"}, "narrower",
     "{} gäller till och med den 30 juni 2026 i stället för den 31 december 2026"),
    ({}, {"gäller_från": FROM}, "narrower", "{} gäller från och med den 1 mars 2026"),
    ({"gäller_från": FROM}, {}, "more-open",
     "uppgiften att {} gäller från och med den 1 mars 2026 tas bort"),
    ({"gäller_från": FROM}, {"gäller_från": "2026-02-01"}, "more-open",
     "{} gäller från och med den 1 februari 2026 i stället för den 1 mars 2026"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after", "verdict", "clause"), CHANGES)
def test_a_change_of_days_is_told(
    before: dict[str, Any], after: dict[str, Any], verdict: str, clause: str
) -> None:
    telling = Telling(compare(revision(a=before), revision(a=after)))
    told = [(change.clause, [j.verdict for j in change.judgements]) for change in telling.changes]
    assert told == [(clause.format("insatsen a"), [verdict])]


def test_the_days_of_a_part_are_told_of_the_part() -> None:
    parts = [{"namn": "Samtal", "karaktär": "stöd"}, {"namn": "Grupp", "karaktär": "stöd"}]
    later = [parts[0], parts[1] | {"gäller_till": TO}]
    bare = {"karaktär": "stöd"}
    old, new = (revision(a={"delar": held}, b=bare) for held in (parts, later))
    (change,) = Telling(compare(old, new)).changes
    assert change.clause == (
        "delen ”Grupp” i insatsen a gäller till och med den 31 december 2026 i stället för tills "
        "vidare"
    )
    assert [one.verdict for one in change.judgements] == ["narrower"]


def test_without_days_nothing_is_said() -> None:
    assert phrases.giltighet(INSATS) == ""


ABOUT = [
    ("Insatsen ges som försök t.o.m. 2026-12-31.", {"gäller_till": "2026-12-31"}),
    ("Vi finns i Knivsta. Försöksverksamheten pågår från och med den 1 mars 2026 till och med den "
     "31 december 2026.", {"gäller_från": "2026-03-01", "gäller_till": "2026-12-31"}),
    ("Projektet löper t.o.m. den 30 juni 2027 och följs upp.", {"gäller_till": "2027-06-30"}),
    ("Verksamheten är stängd till och med den 1 maj 2026.", {}),
    ("Kursen i projektet ges till och med den 1 maj 2026.", {}),
    ("Insatsen ges till den som har anmält sig till och med den 31 maj 2026.", {}),
    ("Insatsen gäller inte efter, bara till och med den 31 maj 2026.", {}),
    ("Insatsen gäller till och med den dag då ungdomen fyller 18 år, 2026.", {}),
    ("Insatsen gäller till och med den 31 februari 2026.", {}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "found"), ABOUT)
def test_reads_only_what_the_text_says_of_the_insats_itself(
    text: str, found: dict[str, str]
) -> None:
    assert {one.bound: one.day for one in claims.told(text)} == found
    for one in claims.told(text):
        assert dates.named(text[slice(*one.words)])


@pytest.mark.parametrize(
    ("words", "left"),
    [(UNTIL, ""), ("fr.o.m. 2026-03-01", ""), ("Försök till 2026-12-31", "Försök till 2026-12-31")],
)
def test_what_is_said_besides_the_days_is_not_lost(words: str, left: str) -> None:
    assert validity.besides(words) == left


def test_a_trial_in_a_document_gets_its_last_day(tmp_path: Path) -> None:
    (tmp_path / "underlag.md").write_text(
        "# Insatser\n\n## Stödsamtal för unga\n\n### Målgrupp\n\nUnga från 13 till 20 år.\n\n"
        "### Innehåll\n\nSamtal om skolan. Insatsen ges som försök till och med den 31 december "
        "2026.\n\n### Dokumentation\n\nInsatsen dokumenteras på individnivå.\n",
        "utf-8",
    )
    ended = run("import", "underlag.md", "--kommun", "Knivsta", cwd=tmp_path)
    assert ended.code == 0, ended.err
    made = next(tmp_path.rglob("insatser/*.yaml")).read_text("utf-8")
    assert "gäller_till: 2026-12-31" in made.replace("'", "").replace('"', "")
    assert "som försök till och med den 31 december 2026" in " ".join(made.split())
