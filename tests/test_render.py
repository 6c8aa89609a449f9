"""The bilaga in its four formats, made with the real pandoc and Typst and opened again."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import docx
import pikepdf
import pypandoc
import pytest

from insatskoll.bilaga import bounded, conversion, typesetting
from insatskoll.bilaga.layouts import LAYOUTS, RenderError
from insatskoll.bilaga.profile import PLAIN
from insatskoll.bilaga.render import FORMATS, bilaga, render_bilaga, render_html
from insatskoll.catalogue.loading import load_kommun
from insatskoll.catalogue.model import Insats, Revision, make_revision
from insatskoll.resources import CATALOGUE, SCHEMA, TEMPLATES
from insatskoll.writing import WriteError

if TYPE_CHECKING:
    from insatskoll.reading.schema_types import InsatsData

MINIMAL_INSATS = {"insatstyp": "samtal", "avdelning": "vuxen"}
MINIMAL: Any = {
    "namn": "Exempels kommun",
    "nämnd": "Socialnämnden",
    "bilaga": {"titel": "Insatser utan behovsprövning"},
    "avdelningar": [{"id": "vuxen", "namn": "Avdelning vuxen"}],
}
UNTRUSTED = (
    '<script>alert(1)</script> {{ 7*7 }} {% raw %} #read("x") *a* _b_ $x$ `c` [d](e) \\emph{f} '
    "&amp; <w:p/> @g ~h^"
)


def revision(
    kommun: dict[str, Any] | None = None,
    *insatser: dict[str, Any],
    beslut: Any = None,
) -> Revision:
    listed = [
        Insats(
            f"insats-{n}",
            cast("InsatsData", MINIMAL_INSATS | {"namn": f"Insats {n}"} | data),
        )
        for n, data in enumerate(insatser)
    ]
    return make_revision("exempel", MINIMAL | (kommun or {}), listed, beslut)


@pytest.fixture(scope="module")
def uppsala() -> Revision:
    loaded = load_kommun(CATALOGUE / "kommuner" / "uppsala").revision
    assert loaded is not None
    return loaded


@pytest.fixture(scope="module")
def files(uppsala: Revision, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    decided = revision(
        beslut={
            "nämnd": "Socialnämnden",
            "datum": "2025-05-19",
            "paragraf": "§ 103",
            "händelse": "Antagen",
        }
    )
    paths = render_bilaga(uppsala, [decided], FORMATS, tmp_path_factory.mktemp("bilaga"))
    return dict(zip(FORMATS, paths, strict=True))


def test_names_and_nothing_else_in_the_folder(files: dict[str, Path]) -> None:
    names = {f"uppsala-bilaga.{ext}" for ext in FORMATS}
    assert {path.name for path in files.values()} == names
    assert {path.name for path in files["html"].parent.iterdir()} == names


def test_same_input_gives_the_same_bytes(
    uppsala: Revision, files: dict[str, Path], tmp_path: Path
) -> None:
    decided = revision(
        beslut={
            "nämnd": "Socialnämnden",
            "datum": "2025-05-19",
            "paragraf": "§ 103",
            "händelse": "Antagen",
        }
    )
    for path in render_bilaga(uppsala, [decided], FORMATS, tmp_path):
        assert path.read_bytes() == files[path.suffix[1:]].read_bytes(), path.suffix


def test_html_is_one_semantic_file(uppsala: Revision, files: dict[str, Path]) -> None:
    html = files["html"].read_text("utf-8")
    assert '<html lang="sv">' in html
    assert not re.search(r'(src|href)="(?!#|uppsala-bilaga\.(pdf|docx)")|url\(|@import', html)
    ids = re.findall(r' id="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'(?:href="#|aria-labelledby=")([^"]+)', html)) <= set(ids)
    levels = [int(level) for level in re.findall(r"<h([1-6])[ >]", html)]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert html.count("<article") == len(uppsala.insatser)
    assert 'role="region"' in html and 'tabindex="0"' in html
    assert html.count('<th scope="row">') == len(uppsala.insatser)
    assert "Förslag 2025-09-18" in html


def test_waivers_and_sources_of_insatser_are_not_printed() -> None:
    html = render_html(
        revision(
            None,
            {
                "avvikelser": [{"regel": "IK203", "motivering": "hemligt"}],
                "källa": {"handling": "H1", "avsnitt": "A1"},
            },
        )
    )
    assert not re.search("hemligt|IK203|H1|A1", html)


def test_markdown_links_lead_to_headings(files: dict[str, Path]) -> None:
    text = files["md"].read_text("utf-8")
    assert text.startswith("Uppsala kommun\n\n# Insatser som")
    links = re.findall(r"\]\(#([^)]+)\)", text)
    assert "råd--och-stödsamtal-vid-trappan" in links and "cope-community-parent-education" in links
    assert "<div" not in text and "<table" not in text
    matrix = [
        line for line in text.splitlines() if line.startswith("| Råd- och stödsamtal vid Trappan")
    ]
    assert len(matrix) == 1 and matrix[0].count("×") == 1


def test_docx(files: dict[str, Path], uppsala: Revision) -> None:
    document = docx.Document(str(files["docx"]))
    assert document.core_properties.title == uppsala.kommun["bilaga"]["titel"]
    assert document.core_properties.language == "sv-SE"
    assert document.core_properties.created.date().isoformat() == "2025-09-18"
    styles = [p.style.name for p in document.paragraphs if p.style is not None]
    assert styles.count("Title") == 1
    # the insatser, and those of each unit
    assert styles.count("Heading 2") == len(uppsala.insatser) + 1
    portrait, landscape = document.sections
    assert portrait.orientation == 0 and landscape.orientation == 1
    assert (landscape.page_width, landscape.page_height) == (
        portrait.page_height,
        portrait.page_width,
    )
    for section in document.sections:
        assert (
            section.header.paragraphs[0].text
            == f"Uppsala kommun\t{uppsala.kommun['bilaga']['titel']}"
        )
        footer = section.footer._element.xml
        assert 'w:instr=" PAGE "' in footer and 'w:instr=" NUMPAGES "' in footer
    history, matrix = document.tables
    assert [cell.text for cell in history.rows[1].cells] == [
        "2025-05-19",
        "Socialnämnden § 103",
        "Antagen",
    ]
    assert len(matrix.rows) == 2 + len(uppsala.insatser)
    repeated = [row._tr.xpath("./w:trPr/w:tblHeader") != [] for row in matrix.rows]
    assert repeated == [True, True] + [False] * len(uppsala.insatser)
    assert history.rows[0]._tr.xpath("./w:trPr/w:tblHeader")
    assert matrix._tbl.xpath("count(.//w:textDirection)") == len(uppsala.kommun["enheter"])
    assert 'w:val="sv-SE"' in document.styles.element.xml


def structure(node: Any) -> Iterator[Any]:
    yield node
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary):
            yield from structure(kid)


def scope(node: Any) -> str:
    attributes = node.get("/A", [])
    attributes = list(attributes) if isinstance(attributes, pikepdf.Array) else [attributes]
    return next((str(a.Scope) for a in attributes if "/Scope" in a), "")


def test_pdf_is_archival_and_accessible(files: dict[str, Path], uppsala: Revision) -> None:
    with pikepdf.open(files["pdf"]) as pdf:
        meta = pdf.open_metadata()
        assert (meta["pdfaid:part"], meta["pdfaid:conformance"], meta["pdfuaid:part"]) == (
            "2",
            "A",
            "1",
        )
        assert meta["dc:title"] == uppsala.kommun["bilaga"]["titel"]
        assert str(pdf.Root.Lang) == "sv-SE" and pdf.Root.MarkInfo.Marked
        assert str(pdf.docinfo["/CreationDate"]).startswith("D:20250918")
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert [str(page.label) for page in list(pdf.pages)[:3]] == ["1", "2", "3"]
        assert pdf.pages[0].mediabox[2] < pdf.pages[0].mediabox[3]
        assert pdf.pages[-1].mediabox[2] > pdf.pages[-1].mediabox[3]
        nodes = list(structure(pdf.Root.StructTreeRoot))
        # and the matrix in words
        assert sum(node.get("/S") == "/H2" for node in nodes) == len(uppsala.insatser) + 1
        history, matrix = (node for node in nodes if node.get("/S") == "/Table")
        scopes = [scope(node) for node in structure(matrix) if node.get("/S") == "/TH"]
        assert scopes.count("/Row") == len(uppsala.insatser)
        assert scopes.count("/Column") == 1 + 4 + len(uppsala.kommun["enheter"])
        assert {scope(node) for node in structure(history) if node.get("/S") == "/TH"} == {
            "/Column"
        }


def test_heading_levels_in_pdf_never_skip(files: dict[str, Path]) -> None:
    with pikepdf.open(files["pdf"]) as pdf:
        levels = [
            int(str(n.S)[2:])
            for n in structure(pdf.Root.StructTreeRoot)
            if re.fullmatch(r"/H\d", str(n.get("/S", "")))
        ]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


FULL_AGE = {
    "från": 1,
    "till": 2,
    "avser": "deltagarens barn",
    "enhet": "månader",
    "förtydligande": "ord-ålder",
}
FULL_DOC = {
    "nivå": "avidentifierad",
    "lagrum": "SoL 14 kap. 5 §",
    "omfattar": "ord-omfattar",
    "beslut": "ord-beslut",
    "särskilda_skäl": {"åberopas": "ja", "grund": "anonymitet", "motivering": "ord-motivering"},
    "uppföljning": ["ord-uppföljning"],
    "beskrivning": "ord-dok",
}
FULL_OMF = {
    "antal": 3,
    "högst": 4,
    "lägst": 2,
    "enhet": "prov",
    "längd": "ord-längd",
    "frekvens": "ord-frekvens",
    "period": "ord-period",
    "gruppstorlek": "ord-storlek",
    "gäller": "ord-gäller",
    "beskrivning": "ord-omfattning",
}
FULL_GROUP = {"beskrivning": "ord-målgrupp", "ålder": FULL_AGE, "medföljande_barn": "ja"}
FULL_COND = {
    "typ": "annat",
    "beskrivning": "ord-villkor",
    "ålder": FULL_AGE,
    "område": "ord-område",
    "gäller": "ord-villkorgäller",
    "skäl": "ord-skäl",
    "kontroll": "ord-kontroll",
}
FULL_CONSENT = {
    "under_15": "vårdnadshavare",
    "från_15": "utan vårdnadshavare",
    "lämplighet": "ord-lämp",
    "åldrar": "ord-åldrar",
    "beskrivning": "ord-samtycke",
}
FULL: dict[str, Any] = {
    "namn": "ord-namn",
    "kortnamn": "ord-kort",
    "gäller_från": "2026-01-01",
    "gäller_till": "2026-12-31",
    "namn_i_matris": "ord-matris",
    "avdelning": "vuxen",
    "ingång": "öppen och remiss",
    "remiss_från": ["ord-remiss"],
    "utförare": {
        "regi": "egen",
        "enheter": ["e1"],
        "platser": [{"namn": "ord-plats", "enhet": "e1", "för": "ord-för"}],
        "samverkan": ["ord-samverkan"],
        "personal": ["ord-personal"],
        "namn": ["ord-utförare"],
    },
    "målgrupp": FULL_GROUP,
    "villkor": [FULL_COND],
    "samtycke": FULL_CONSENT,
    "syfte": "ord-syfte",
    "mål": "ord-mål",
    "innehåll": "ord-innehåll",
    "ålder_i_innehåll": FULL_AGE,
    "metod": {"namn": "ord-metod", "manualbaserad": "ja", "stöd": "ord-stöd"},
    "avgift": {"belopp": "ord-belopp", "grund": "ord-grund", "beskrivning": "ord-avgift"},
    "lagstadgad": "SoL 13 kap. 4 §",
    "karaktär": ["omvårdnad"],
    "omfattning": FULL_OMF,
    "dokumentation": FULL_DOC,
    "avgränsning": "ord-avgränsning",
}
FULL_PART = {
    "namn": "ord-del",
    "gäller_från": "2026-02-01",
    "gäller_till": "2026-11-30",
    "karaktär": "behandling",
    "målgrupp": FULL_GROUP,
    "villkor": [FULL_COND],
    "samtycke": FULL_CONSENT,
    "innehåll": "ord-delinnehåll",
    "omfattning": FULL_OMF,
    "dokumentation": FULL_DOC,
}
# Never printed: the catalogue's own classification, and the trail of the text. The own wording is
# printed instead of other fields (tests/test_own_text.py).
SILENT = {
    "egen_text",
    "andra_språk",
    "tidigare_id",
    "begrepp",
    "insatstyp",
    "form",
    "källa",
    "avvikelser",
    "delar",
}


def leaves(data: Any) -> Iterator[str]:
    if isinstance(data, dict):
        for value in data.values():
            yield from leaves(value)
    elif isinstance(data, list):
        for value in data:
            yield from leaves(value)
    else:
        yield str(data)


def words_missing(html: str, data: dict[str, Any]) -> list[str]:
    return [
        word
        for word in leaves(data)
        if word.startswith("ord-") and word.casefold() not in html.casefold()
    ]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_field_of_the_schema_is_printed(layout: str) -> None:
    insats = json.loads((SCHEMA / "insats.schema.json").read_text("utf-8"))["properties"]
    defs = json.loads((SCHEMA / "gemensamt.schema.json").read_text("utf-8"))["$defs"]
    assert set(FULL) == set(insats) - SILENT
    assert set(FULL_PART) == set(defs["del"]["properties"]) - SILENT
    for name, full in {
        "alder": FULL_AGE,
        "dokumentation": FULL_DOC,
        "omfattning": FULL_OMF,
        "malgrupp": FULL_GROUP,
        "villkor": FULL_COND,
        "samtycke": FULL_CONSENT,
        "utforare": FULL["utförare"],
        "metod": FULL["metod"],
    }.items():
        assert set(full) == set(defs[name]["properties"]) - {
            "deltagare",
            "anmärkning",
            "kommentar",
        }, name

    kommun = {"enheter": [{"id": "e1", "namn": "Enhet ett"}], "matris": {"titel": "Översikt"}}
    html = render_html(revision(kommun, FULL), layout=layout)
    assert words_missing(html, FULL) == []
    for day in ("1 januari 2026", "31 december 2026"):
        assert day in html.replace("\xa0", " ")
    documented = {
        "tabell": ("Insatsen har karaktär av omvårdnad.", "Nej, avidentifierat (SoL 14 kap. 5 §).")
    }.get(
        layout,
        (
            "nsatsen har karaktär av omvårdnad och dokumenteras",
            "av särskilda skäl (SoL 14 kap. 5 §)",
        ),
    )
    for said in (
        "ppen och remiss från",
        "arn får följa med",
        "1–2 månader",
        "i egen regi",
        "Tre prov och minst två prov och högst fyra prov",
        *documented,
        "manualbaserad",
        "skyldig att erbjuda insatsen (SoL 13 kap. 4 §)",
        "kälen gäller anonymitet",
        "Enhet ett",
    ):
        assert said in html, said

    parts = {"delar": [FULL_PART, {"namn": "Två"}]}
    html = render_html(revision(None, parts), layout=layout)
    assert words_missing(html, parts) == []
    assert "ar karaktär av behandling" in html


@pytest.mark.parametrize("layout", LAYOUTS)
def test_common_texts_of_the_kommun_are_printed(layout: str) -> None:
    common = {
        "information_om_ansökan": "ord-ansökan",
        "gemensamma_villkor": [FULL_COND, FULL_COND],
        "samtycke": FULL_CONSENT,
        "uppföljning": ["ord-alltid"],
        "uppföljningsintervall": {"månader": 18, "senast": "2026-03-04"},
        "riktlinjer": [{"rubrik": "ord-rubrik", "text": "ord-text"}],
        "gemensam_dokumentation": [{"gäller": "ord-vilka", "dokumentation": FULL_DOC}],
    }
    assert words_missing(render_html(revision(common), layout=layout), common) == []


@pytest.mark.parametrize("layout", LAYOUTS)
def test_what_is_the_catalogues_own_is_printed_nowhere(layout: str) -> None:
    age = {"till": 18, "avser": "deltagaren", "anmärkning": "ord-anmärkning"}
    own: dict[str, Any] = {"källa": {"handling": "ord-handling", "avsnitt": "ord-avsnitt"}}
    insats = own | {
        "målgrupp": {"deltagare": ["barn"], "ålder": age},
        "villkor": [{"typ": "ålder", "ålder": age}],
        "ålder_i_innehåll": age,
        "delar": [
            {"namn": "A", "målgrupp": {"ålder": age}},
            {"namn": "B", "villkor": [{"typ": "ålder", "ålder": age}]},
        ],
        "avvikelser": [{"regel": "IK402", "motivering": "ord-motivering till avvikelsen"}],
    }
    kommun = own | {"gemensamma_villkor": [{"typ": "ålder", "ålder": age}]}
    analysis: Any = own | {"namn": "A", "insats": "insats-0", "målgrupp": {"ålder": age}}
    made = make_revision(
        "exempel",
        MINIMAL | kommun,
        revision(None, insats).insatser,
        None,
        {"a": analysis},
    )
    files = bilaga(made, formats=("html", "json"), layout=layout).files
    assert not [name for name, data in files.items() if "ord-" in data.decode()]
    assert made.insatser[0].data is insats or "källa" in made.insatser[0].data, (
        "the data themselves are left"
    )


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_frozen_decision_says_what_it_said(layout: str) -> None:
    """What was printed under an older name when it was decided is part of the decision."""
    age = {"till": 6, "avser": "deltagarens barn", "kommentar": "tills barnet börjar förskoleklass"}
    beslut = {"nämnd": "Socialnämnden", "datum": "2025-05-19"}
    made = revision(None, {"villkor": [{"typ": "ålder", "ålder": age}]}, beslut=beslut)
    assert "högst 6 år (tills barnet börjar förskoleklass)." in render_html(made, layout=layout)


FULL_ANALYSIS: Any = {
    "namn": "ord-analys",
    "insats": "insats-0",
    "målgrupp": FULL_GROUP,
    "innehåll": "ord-innehåll",
    "bedömning": "ord-bedömning",
    "utan_behovsprövning": ["ord-utan-prövning"],
    "utan_personuppgifter": ["ord-utan-uppgifter", "ord-till"],
    "barnkonsekvensanalys": ["ord-barn"],
    "dokumentation": FULL_DOC,
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_risk_analyses_are_an_annex_of_every_layout(layout: str) -> None:
    schema = json.loads((SCHEMA / "riskanalys.schema.json").read_text("utf-8"))["properties"]
    assert set(FULL_ANALYSIS) == set(schema) - SILENT
    lost = FULL_ANALYSIS | {"namn": "ord-vilse", "insats": "finns-inte"}
    made = make_revision(
        "exempel",
        MINIMAL,
        revision(None, {}).insatser,
        riskanalyser={"a": lost, "b": FULL_ANALYSIS},
    )
    html = render_html(made, layout=layout)
    assert words_missing(html, lost) == words_missing(html, FULL_ANALYSIS) == []
    assert html.count('href="#insats-insats-0">Insats 0</a>.') == 1
    assert html.index('id="riskanalys-b"') < html.index('id="riskanalys-a"')
    assert ">Risk-, konsekvens- och barnkonsekvensanalyser</h2>" in html
    named = replace(
        made, kommun=MINIMAL | {"analyser": {"titel": "Analys", "beteckning": "Bilaga 1"}}
    )
    assert ">Bilaga 1. Analys</h2>" in render_html(named, layout=layout)


def test_status_and_history_of_a_reconstructed_decision() -> None:
    beslut = {
        "nämnd": "Socialnämnden",
        "datum": "2025-05-19",
        "paragraf": "§ 103",
        "diarienummer": "SN 1",
        "ersätter": "2024-01-01",
        "händelse": "Antagen",
        "rekonstruerad": "ja",
        "rekonstruktion": {"underlag": "ord-underlag", "känt": ["a"], "okänt": ["b"]},
    }
    html = render_html(revision(beslut=beslut))
    assert "Beslut Socialnämnden 2025-05-19 § 103" in html
    assert "Underlag: ord-underlag." in html
    assert "Antagen, ersätter beslutet 2024-01-01</td>" in html
    assert "Socialnämnden § 103 (SN 1)" in html


def test_minimal_kommun_in_every_format(tmp_path: Path) -> None:
    paths = render_bilaga(revision(), folder=tmp_path)
    html = paths[0].read_text("utf-8")
    assert "Utkast" in html and "Det finns inga insatser här." in html
    assert "<table" not in html and "Inledning" not in html
    assert [section.orientation for section in docx.Document(str(paths[2])).sections] == [0]


def test_matrix_without_groups_and_partly_grouped(tmp_path: Path) -> None:
    units = [{"id": "a", "namn": "Ett"}, {"id": "b", "namn": "Två"}]
    kommun = {"enheter": units, "matris": {"titel": "Översikt"}}
    plain = revision(kommun, {"utförare": {"enheter": ["b"]}})
    paths = render_bilaga(plain, folder=tmp_path)
    with pikepdf.open(paths[3]) as pdf:
        scopes = [
            scope(node) for node in structure(pdf.Root.StructTreeRoot) if node.get("/S") == "/TH"
        ]
    assert scopes == ["/Column"] * 3 + ["/Row"]
    assert [cell.text for cell in docx.Document(str(paths[2])).tables[0].rows[1].cells] == [
        "Insats 0",
        "",
        "×",
    ]
    units[1]["grupp"] = "Grupp"
    mixed = revision(kommun, {"utförare": {"enheter": ["b"]}})
    paths = render_bilaga(mixed, folder=tmp_path)
    assert "**Grupp**: Två" in paths[1].read_text("utf-8")


def test_no_heading_stands_over_nothing() -> None:
    html = render_html(
        revision(None, {"målgrupp": {"deltagare": ["vuxna"]}, "innehåll": "Samtal."})
    )
    assert "Målgrupp" not in html
    assert re.search(r"<h4>Innehåll och genomförande</h4>\s*<p>Samtal.</p>", html)


def test_insats_of_an_unknown_avdelning_is_not_lost() -> None:
    html = render_html(revision(None, {"avdelning": "finns-inte"}))
    assert "Insatser utan känd avdelning" in html and "Insats 0" in html


def test_matrix_is_in_swedish_order() -> None:
    kommun = {"enheter": [{"id": "a", "namn": "Ett"}], "matris": {"titel": "Översikt"}}
    names = ["Östra", "Åsa", "Zeta", "Ärla", "ada"]
    html = render_html(revision(kommun, *({"namn": name} for name in names)))
    assert re.findall(r'<th scope="row">(\w+)', html) == ["ada", "Zeta", "Åsa", "Ärla", "Östra"]


def test_untrusted_text_is_text_in_every_format(tmp_path: Path) -> None:
    kommun = MINIMAL | {"namn": UNTRUSTED, "bilaga": {"titel": UNTRUSTED, "inledning": [UNTRUSTED]}}
    kommun |= {
        "enheter": [{"id": "a", "namn": UNTRUSTED, "grupp": UNTRUSTED}],
        "matris": {"titel": UNTRUSTED},
    }
    data = {
        "namn": UNTRUSTED,
        "innehåll": UNTRUSTED,
        "syfte": UNTRUSTED,
        "utförare": {"enheter": ["a"]},
    }
    html, md, word, pdf, _ = render_bilaga(revision(kommun, data), folder=tmp_path)
    assert "<script>" not in html.read_text("utf-8")
    read = [
        pypandoc.convert_text(html.read_text("utf-8"), "plain", "html", extra_args=["--wrap=none"])
    ]
    read.append(
        pypandoc.convert_text(md.read_text("utf-8"), "plain", "gfm", extra_args=["--wrap=none"])
    )
    document = docx.Document(str(word))
    read.append(
        "\n".join(p.text for p in document.paragraphs)
        + "\n".join(c.text for c in document.tables[0]._cells)
    )
    assert document.core_properties.title == UNTRUSTED
    if shutil.which("pdftotext"):
        shown = subprocess.run(
            ["pdftotext", str(pdf), "-"], capture_output=True, check=True, text=True
        ).stdout
        read.append(" ".join(shown.split()))
    for text in read:
        assert text.count(UNTRUSTED) >= 4, text[:2000]


def test_paragraphs_and_lists_in_running_text() -> None:
    html = render_html(
        revision(None, {"innehåll": "Ett\nstycke:\n- första\n  punkten\n- andra\n\nTvå - tre\n"})
    )
    assert (
        "<p>Ett stycke:</p>\n<ul>\n<li>första punkten</li>\n<li>andra</li>\n</ul>\n<p>Två - tre</p>"
    ) in html


def test_template_error_has_template_and_line(tmp_path: Path) -> None:
    (tmp_path / "avsnitt.html.j2").write_text("rad ett\n{{ kommun.finns_inte }}\n", "utf-8")
    with pytest.raises(RenderError, match=r"avsnitt\.html\.j2, rad 2: .*finns_inte"):
        render_html(revision(), own=[tmp_path])
    (tmp_path / "avsnitt.html.j2").write_text("ett\ntvå\n{% if %}\n", "utf-8")
    with pytest.raises(RenderError, match=r"avsnitt\.html\.j2, rad 3"):
        render_html(revision(), own=[tmp_path])


def test_templates_are_sandboxed(tmp_path: Path) -> None:
    (tmp_path / "avsnitt.html.j2").write_text("{{ ''.__class__.__mro__ }}", "utf-8")
    with pytest.raises(RenderError, match=r"avsnitt\.html\.j2, rad 1"):
        render_html(revision(), own=[tmp_path])


def test_glyph_that_no_font_has_is_told_with_its_place(tmp_path: Path) -> None:
    with pytest.raises(
        RenderError, match=r"U\+1F642.*insatser/insats-0\.yaml, fältet delar \(värde 2\)\.innehåll"
    ):
        render_bilaga(
            revision(None, {"delar": [{"namn": "a"}, {"namn": "b", "innehåll": "Hej 🙂!"}]}),
            folder=tmp_path,
        )
    assert list(tmp_path.iterdir()) == []


def test_what_typst_refuses_is_told_in_swedish_with_its_field(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shown = revision(None, {"innehåll": "Hej hopp."})
    source = 'a\n#"Hej hopp.";\n'
    named = "PDF:en ”Insatser utan behovsprövning” för Exempels kommun gick inte att göra."
    told = conversion._refused("error: no such thing\n  at main.typ:2:1\n", source, shown, "")
    assert told.startswith(
        f"{named} Felet hänger ihop med insatser/insats-0.yaml, fältet innehåll. De andra"
    )
    assert "no such thing" not in told
    assert (
        conversion._refused("", "", shown, "") == f"{named} De andra formaten går att göra för sig."
    )

    def failing(*_: Any, **__: Any) -> None:
        raise type("PanicException", (BaseException,), {})("end byte index 3 is out of bounds")

    monkeypatch.setattr("typst.compile_with_warnings", failing)
    answer = typesetting.compiled("pdf", [], {})
    assert answer.told == {"refused": ""}
    monkeypatch.setattr(bounded, "call", lambda *_, **__: answer)
    with pytest.raises(RenderError, match="gick inte att göra"):
        conversion.TO["pdf"](render_html(shown), shown, PLAIN)


def test_two_avdelningar_with_one_id_print_each_insats_once() -> None:
    kommun = {
        "avdelningar": [
            {"id": "vuxen", "namn": "A"},
            {"id": "vuxen", "namn": "B"},
            {"id": "vuxen-2", "namn": "C"},
        ]
    }
    made = make_revision(
        "exempel",
        MINIMAL | kommun,
        revision(None, {}).insatser,
        riskanalyser={"insats-0": FULL_ANALYSIS},
    )
    html = render_html(made)
    assert html.count('id="insats-insats-0"') == 1
    assert re.findall(r'<h2 id="(avdelning-[^"]+)"', html) == [
        "avdelning-vuxen",
        "avdelning-vuxen.2",
        "avdelning-vuxen-2",
    ]
    assert conversion.TO["pdf"](html, made, PLAIN).startswith(b"%PDF")


def test_disk_errors_leave_nothing(tmp_path: Path) -> None:
    (tmp_path / "fil").write_text("")
    with pytest.raises(WriteError, match="Det går inte att skriva"):
        render_bilaga(revision(), formats=["html"], folder=tmp_path / "fil")
    (tmp_path / "ut" / "exempel-bilaga.md").mkdir(parents=True)
    with pytest.raises(WriteError, match=r"exempel-bilaga\.md: där finns en mapp"):
        render_bilaga(revision(), formats=["html", "md"], folder=tmp_path / "ut")
    assert [path.name for path in (tmp_path / "ut").iterdir()] == ["exempel-bilaga.md"]


def test_full_disk_keeps_the_old_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = render_bilaga(revision(), formats=["html"], folder=tmp_path)[0]
    before = old.read_bytes()

    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "write", full)
    with pytest.raises(WriteError, match="disken är full"):
        render_bilaga(revision({"namn": "Annan kommun"}), formats=["html"], folder=tmp_path)
    assert old.read_bytes() == before and [path.name for path in tmp_path.iterdir()] == [old.name]


def test_missing_tools_say_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "typst", None)
    with pytest.raises(RenderError, match=r"Typst saknas.*pip install \"insatskoll\[bilaga\]\""):
        render_bilaga(revision(), formats=["pdf"], folder=tmp_path)
    monkeypatch.setitem(__import__("sys").modules, "pypandoc", None)
    with pytest.raises(RenderError, match="Pandoc saknas"):
        render_bilaga(revision(), formats=["md"], folder=tmp_path)


def test_unknown_format_and_impossible_date(tmp_path: Path) -> None:
    with pytest.raises(RenderError, match="Formatet ”odt” finns inte"):
        render_bilaga(revision(), formats=["odt"], folder=tmp_path)
    with pytest.raises(RenderError, match="2025-02-30 finns inte"):
        render_bilaga(
            revision({"förslag": {"datum": "2025-02-30"}}), formats=["pdf"], folder=tmp_path
        )


def test_colours_have_contrast_for_wcag_aa() -> None:
    css = (TEMPLATES / "bilaga.css").read_text("utf-8")
    themes = [
        dict(re.findall(r"--(\w+): (#\w+)", block))
        for block in re.findall(r":root \{(.*?)\}", css, re.DOTALL)
    ]
    assert len(themes) == 3
    for theme in themes:
        for text in ("ink", "muted", "brand"):
            for ground in ("paper", "tint", "mark"):
                assert contrast(theme[text], theme[ground]) >= 4.5, (text, ground, theme)


def contrast(first: str, second: str) -> float:
    def light(colour: str) -> float:
        digits = colour[1:] if len(colour) == 7 else "".join(2 * c for c in colour[1:])
        parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
        red, green, blue = (
            c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    high, low = sorted((light(first), light(second)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_reference_docx_is_what_the_tool_makes(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    import importlib.util

    spec = importlib.util.spec_from_file_location(
        "make", TEMPLATES.parent / "tools" / "make_reference_docx.py"
    )
    assert spec is not None and spec.loader is not None
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    monkeypatch.setattr(tool, "TARGET", tmp_path / "referens.docx")
    tool.main()
    assert (tmp_path / "referens.docx").read_bytes() == (TEMPLATES / "referens.docx").read_bytes()


def test_short_title_is_cut_at_a_word() -> None:
    long = revision({"bilaga": {"titel": "ord " * 40}})
    assert (
        conversion._short_title(long).endswith("ord …") and len(conversion._short_title(long)) <= 82
    )
