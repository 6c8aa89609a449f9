"""The document for the nämnd: the findings that have been accepted, never in the bilaga itself."""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import pikepdf
import pytest

from insatskoll import resources
from insatskoll.bilaga import layouts, publish, render
from insatskoll.catalogue import loading
from insatskoll.catalogue.loading import load_kommun
from insatskoll.catalogue.model import Kommun, Revision
from insatskoll.decisions import review
from insatskoll.law.rules import RuleSet, load_rules
from insatskoll.lint.report import Report
from tests.catalogues import CATALOGUE, write_kommun
from tests.program import run

DECISION = {
    "nämnd": "Socialnämnden",
    "datum": "2025-05-19",
    "paragraf": "§ 103",
    "händelse": "Antagen",
}


@pytest.fixture(scope="module")
def ruleset() -> RuleSet:
    return load_rules()


def reviewed(kommun: Kommun, ruleset: RuleSet, revision: Revision | None = None) -> Report:
    wanted = revision or kommun.revision
    assert wanted is not None
    return review.review(kommun, wanted, ruleset, loading.load_begrepp(resources.CATALOGUE))


@pytest.fixture(scope="module")
def uppsala() -> Kommun:
    return load_kommun(CATALOGUE / "kommuner" / "uppsala")


@pytest.fixture(scope="module")
def report(uppsala: Kommun, ruleset: RuleSet) -> Report:
    return reviewed(uppsala, ruleset)


@pytest.fixture(scope="module")
def files(uppsala: Kommun, report: Report) -> dict[str, bytes]:
    assert uppsala.revision is not None
    return review.granskning_files(report, uppsala.revision, ("html", "md", "docx", "pdf"))


def test_every_waived_finding_is_there_with_its_reason(
    report: Report, files: dict[str, bytes]
) -> None:
    text = re.sub(r"\s+", " ", files["uppsala-granskning.html"].decode())
    assert len(report.findings) > 50 and not report.open
    assert text.count('<td data-rubrik="Godtas för att">') == len(report.findings)
    for finding in report.findings:
        rule = report.ruleset.known(finding.rule)
        assert rule is not None
        assert f"{rule.data['namn']} ({finding.rule}, {finding.level})</p></td>" in text
    assert (
        f"Bilagan har granskats med {report.rules} regler, mot det som gällde 18 september 2025"
        in text
    )
    assert "Förslag 2025-09-18" in text and "Det finns inga öppna fynd." in text


def test_same_formats_as_the_bilaga(files: dict[str, bytes]) -> None:
    assert list(files) == [f"uppsala-granskning.{name}" for name in ("html", "md", "docx", "pdf")]
    assert files["uppsala-granskning.pdf"].startswith(b"%PDF")
    with pikepdf.open(io.BytesIO(files["uppsala-granskning.pdf"])) as pdf:
        assert len(pdf.pages) < 11, "a row for each finding, not a list"
    assert "Godtas för att" in files["uppsala-granskning.md"].decode()
    assert files["uppsala-granskning.docx"].startswith(b"PK")


def test_json_is_the_report_of_lint(uppsala: Kommun, report: Report) -> None:
    assert uppsala.revision is not None
    made = review.granskning_files(report, uppsala.revision, ("json",))["uppsala-granskning.json"]
    data = json.loads(made)
    assert data["version"] == 1 and data["summary"]["waived"] == len(report.findings)
    assert all(found["waived"] for found in data["findings"])


def test_the_bilaga_itself_never_shows_them(uppsala: Kommun, report: Report) -> None:
    assert uppsala.revision is not None
    html = render.render_html(uppsala.revision)
    for finding in report.findings:
        assert finding.waived is not None and " ".join(finding.waived.split()) not in " ".join(
            html.split()
        )


def test_a_decision_is_reviewed_by_itself(uppsala: Kommun, ruleset: RuleSet) -> None:
    (beslut,) = uppsala.beslut
    report = reviewed(uppsala, ruleset, beslut.revision)
    assert {finding.path for finding in report.findings} == {beslut.document.path}
    text = review.granskning_files(report, beslut.revision, ("html",))[
        "uppsala-granskning.html"
    ].decode()
    assert "Beslut Socialnämnden 2025-05-19 § 103" in text and "<h3>Beslutet</h3>" in text


def test_open_findings_by_level_and_place_in_words(tmp_path: Path, ruleset: RuleSet) -> None:
    insats = {
        "namn": "Samtal",
        "delar": [
            {"namn": "Ett", "karaktär": "rådgivning"},
            {
                "namn": "Två",
                "karaktär": "stöd",
                "dokumentation": {"nivå": "avidentifierad", "lagrum": "SoL 14 kap. 4 §"},
            },
        ],
    }
    kommun = load_kommun(write_kommun(tmp_path / "exempel", {"samtal": insats}))
    report = reviewed(kommun, ruleset)
    assert kommun.revision is not None
    text = review.granskning_files(report, kommun.revision, ("html",))[
        "exempel-granskning.html"
    ].decode()
    assert "Öppna fynd" in text and "Inga fynd har godtagits." in text
    assert '<td data-rubrik="Åtgärd">' in text
    levels = re.findall(r"<h3>(\d+) (fel|varning|råd)", text)
    assert sum(int(number) for number, _ in levels) == len(report.open)
    assert "Delar 2, Dokumentation" in text


def test_places_in_words() -> None:
    assert (
        review.field_in_words("insats", ("delar", 1, "dokumentation", "nivå"))
        == "Delar 2, Dokumentation, Nivå"
    )
    assert (
        review.field_in_words("insats", ("villkor", 0, "ålder", "från"))
        == "Villkor 1, Ålder, Från och med"
    )
    assert review.field_in_words("kommun", ("bilaga", "titel")) == "Bilaga, Titel"
    assert review.field_in_words("kommun", ("okänt", "fält")) == "okänt, fält"
    assert review.field_in_words("insats", ()) == ""


def test_rules_that_were_not_put_are_named(tmp_path: Path, ruleset: RuleSet) -> None:
    kommun = load_kommun(
        write_kommun(tmp_path / "exempel", kommun={"förslag": {"datum": "2024-01-01"}})
    )
    report = reviewed(kommun, ruleset)
    assert report.skipped and kommun.revision is not None
    text = review.granskning_files(report, kommun.revision, ("html",))[
        "exempel-granskning.html"
    ].decode()
    assert f"granskats med {report.rules - len(report.skipped)} regler" in text
    assert "Regler som inte har prövats" in text and all(
        f"<li>{rule}: " in text for rule, _ in report.skipped
    )


def test_command_writes_both(tmp_path: Path) -> None:
    done = run(
        "render",
        "uppsala",
        "--granskningsbilaga",
        "--format",
        "md",
        "--format",
        "docx",
        "--output",
        tmp_path,
    )
    assert done.code == 0, done.err
    names = [
        "uppsala-bilaga.docx",
        "uppsala-bilaga.md",
        "uppsala-granskning.docx",
        "uppsala-granskning.md",
    ]
    assert sorted(path.name for path in tmp_path.iterdir()) == names
    document = docx.Document(str(tmp_path / "uppsala-granskning.docx"))
    assert document.core_properties.title == review.TITLE


def test_own_look_and_own_template(tmp_path: Path, ruleset: RuleSet) -> None:
    folder = write_kommun(tmp_path / "kommuner" / "exempel")
    (folder / "profil.yaml").write_text(
        "visningsnamn: Exempelstads kommun\nfärger: {huvudfärg: '#7a1f3d'}\n", "utf-8"
    )
    (folder / "mallar").mkdir()
    text = (
        '{% extends "inbyggd/granskning.html.j2" %}{% block bilaga %}{{ super() '
        "}}<p>Tillägg</p>{% endblock %}"
    )
    (folder / "mallar" / "granskning.html.j2").write_text(text, "utf-8")
    kommun = load_kommun(folder)
    assert kommun.revision is not None
    order = publish.order(kommun, kommun.revision)
    report = reviewed(kommun, ruleset)
    made = review.granskning_files(report, order.revision, ("html",), order.own, order.profile)
    page = made["exempel-granskning.html"].decode()
    assert "<p>Tillägg</p>" in page and "Exempelstads kommun" in page and "#7a1f3d" in page


WAIVER = {"regel": "IK802", "motivering": "Så står det i beslutet 👍."}
WAIVED = {"innehåll": "Sam\u00adtal.", "dokumentation": {"nivå": "individnivå"}}


@pytest.mark.parametrize(
    ("insats", "kommun", "place"),
    [
        (WAIVED | {"avvikelser": [WAIVER]}, {}, "insatser/a.yaml:9:15"),
        (WAIVED, {"avvikelser": [WAIVER]}, "kommun.yaml:13:15"),
    ],
)
def test_a_reason_that_cannot_be_printed_is_found_and_told_with_its_place(
    tmp_path: Path, ruleset: RuleSet, insats: dict[str, Any], kommun: dict[str, Any], place: str
) -> None:
    loaded = load_kommun(write_kommun(tmp_path / "exempel", {"a": insats}, kommun))
    report = reviewed(loaded, ruleset)
    assert [(f.rule, f.path.name, f.data_path[0]) for f in report.open if f.rule == "IK911"] == [
        ("IK911", place.split(":", maxsplit=1)[0].rsplit("/", maxsplit=1)[-1], "avvikelser")
    ]
    assert loaded.revision is not None
    render.bilaga(loaded.revision, formats=("pdf",))  # which does not print it
    with pytest.raises(layouts.RenderError) as refused:
        review.granskning_files(report, loaded.revision, ("pdf",))
    assert f"PDF:en ”{review.TITLE}” för" in str(refused.value)
    assert "”👍” (U+1F44D) i " in str(refused.value)
    assert f"/{place}." in str(refused.value)


def test_words_in_no_file_of_the_municipality_are_quoted_when_they_cannot_be_printed(
    tmp_path: Path, ruleset: RuleSet
) -> None:
    loaded = load_kommun(write_kommun(tmp_path / "exempel", {"a": WAIVED}))
    report = reviewed(loaded, ruleset)
    odd = replace(report.findings[0], remedy="Gör så här 👍 i stället.")
    assert loaded.revision is not None
    with pytest.raises(
        layouts.RenderError, match=r"”👍” \(U\+1F44D\) i texten ”Gör så här 👍 i stället.”"
    ):
        review.granskning_files(replace(report, findings=(odd,)), loaded.revision, ("pdf",))
