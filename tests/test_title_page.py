"""The title page: what a decision says of itself, and the mark on every page of what has not been
decided."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from typing import Any

import docx
import pytest

from insatskoll.bilaga import publish, render
from insatskoll.bilaga.profile import Profile
from insatskoll.catalogue.loading import load_kommun
from insatskoll.catalogue.model import Revision
from insatskoll.resources import CATALOGUE, TEMPLATES
from tests.test_render import revision

FORMATS = ("html", "md", "docx", "pdf")
DECISION: dict[str, Any] = {
    "nämnd": "Vård- och omsorgsnämnden",
    "datum": "2026-02-03",
    "paragraf": "§ 12",
    "diarienummer": "VON 2026/7",
    "på_nämndens_vägnar": {"vem": "Nämndens ordförande", "stöd": "brådskande"},
    "ersätter": "2025-05-19",
}
PROPOSED: dict[str, Any] = {"förslag": {"datum": "2026-01-15", "diarienummer": "SN 2026/1"}}


def pages_of(pdf: bytes) -> list[str]:
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext saknas")
    done = subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True
    )
    return done.stdout.decode().split("\f")[:-1]


def front(html: str) -> list[tuple[str, str]]:
    block = html[html.index('class="titelblock"') : html.index("<nav")]
    return re.findall(r"<dt>(.*?)</dt>\s*<dd>(.*?)</dd>", block.replace("\xa0", " "))


def made(shown: Revision, **options: Any) -> dict[str, bytes]:
    return render.bilaga(shown, formats=FORMATS, **options).files


@pytest.fixture(scope="module")
def decided() -> dict[str, bytes]:
    return made(revision(PROPOSED, *({"innehåll": "Samtal."},) * 30, beslut=DECISION))


@pytest.fixture(scope="module")
def proposed() -> dict[str, bytes]:
    return made(revision(PROPOSED, *({"innehåll": "Samtal."},) * 30))


def test_a_decision_says_on_its_front_who_when_and_by_what(decided: dict[str, bytes]) -> None:
    rows = front(decided["exempel-bilaga.html"].decode())
    assert rows[2:] == [
        ("Beslutad", "3 februari 2026"),
        ("Beslutad genom", "Nämndens ordförande"),
        ("Paragraf", "§ 12"),
        ("Ersätter", "beslutet 2025-05-19"),
        ("Diarienummer", "VON 2026/7"),
    ]
    assert rows[0] == ("Nämnd", "Vård- och omsorgsnämnden")
    document = docx.Document(io.BytesIO(decided["exempel-bilaga.docx"]))
    word = [p.text for p in document.paragraphs]
    (front_page, *_) = pages_of(decided["exempel-bilaga.pdf"])
    for label, value in rows[2:]:
        assert f"{label}\t{value}" in [text.replace("\xa0", " ") for text in word]
        assert re.search(rf"{label}\s+{re.escape(value)}", front_page.replace("\xa0", " "))
        assert f"**{label}:** {value}" in decided["exempel-bilaga.md"].decode().replace("\xa0", " ")


def test_only_what_the_decision_states_is_said() -> None:
    bare = {"datum": "2026-02-03"}
    html = render.bilaga(revision(None, beslut=bare), formats=("html",)).files
    assert [label for label, _ in front(html["exempel-bilaga.html"].decode())] == [
        "Nämnd",
        "Status",
        "Beslutad",
    ]
    html = render.bilaga(revision(PROPOSED), formats=("html",)).files
    labels = [label for label, _ in front(html["exempel-bilaga.html"].decode())]
    assert labels == ["Nämnd", "Status", "Diarienummer"]


def test_a_decision_that_replaces_an_annulled_one_says_what_the_history_says() -> None:
    kommun = load_kommun(CATALOGUE / "kommuner" / "uppsala")
    order = publish.order(kommun, kommun.beslut[0].revision)
    html = publish.bilaga(order, ("html",))["uppsala-bilaga-2025-05-19.html"].decode()
    assert ("Beslutad", "19 maj 2025") in front(html) and ("Paragraf", "§ 103") in front(html)
    assert "Ersätter" not in dict(front(html))


def heads_of(word: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(word)) as archive:
        return [
            re.sub("<[^>]+>", " ", archive.read(name).decode())
            for name in sorted(archive.namelist())
            if name.startswith("word/header")
        ]


@pytest.mark.parametrize(("kommun", "mark"), [(PROPOSED, "Förslag"), ({}, "Utkast")])
def test_what_is_not_decided_bears_a_mark_on_every_page(kommun: dict[str, Any], mark: str) -> None:
    files = made(revision(kommun, *({"innehåll": "Samtal."},) * 30))
    pages = pages_of(files["exempel-bilaga.pdf"])
    assert len(pages) > 3
    for page in pages:
        head = "\n".join(page.splitlines()[:14])
        assert re.search(rf"(^|\s){mark}(\s|$)", head), page
    html = files["exempel-bilaga.html"].decode()
    assert f'<div class="marke"><p>{mark}</p></div>' in html
    assert f'@top-right {{ content: "{mark}";' in html
    assert f"\n\n{mark}\n\n" in files["exempel-bilaga.md"].decode()
    document = docx.Document(io.BytesIO(files["exempel-bilaga.docx"]))
    styles = {p.text: p.style.name for p in document.paragraphs if p.style is not None}
    assert styles[mark] == "Märke"
    heads = heads_of(files["exempel-bilaga.docx"])
    assert heads and all(mark in head for head in heads)


def test_a_decision_bears_no_mark(decided: dict[str, bytes]) -> None:
    for page in pages_of(decided["exempel-bilaga.pdf"]):
        assert "Förslag" not in page and "Utkast" not in page
    html = decided["exempel-bilaga.html"].decode()
    assert 'class="marke"' not in html and "@top-right" not in html
    heads = heads_of(decided["exempel-bilaga.docx"])
    assert not any("Förslag" in head or "{" in head for head in heads)


def test_the_pages_on_their_side_are_marked_in_word_too() -> None:
    matrix = PROPOSED | {
        "enheter": [{"id": "e1", "namn": "Enhet ett"}],
        "matris": {"titel": "Översikt"},
    }
    files = made(revision(matrix, {"utförare": {"enheter": ["e1"]}}))
    heads = heads_of(files["exempel-bilaga.docx"])
    assert len(heads) > 1 and all("Förslag" in head for head in heads)


def test_a_municipality_s_own_word_document_gets_the_mark_in_its_head() -> None:
    own = docx.Document(str(TEMPLATES / "referens.docx"))
    header = own.sections[0].header
    for paragraph in header.paragraphs[1:]:
        paragraph._p.getparent().remove(paragraph._p)
    header.paragraphs[0].text = "Exempels kommun, socialförvaltningen"
    kept = io.BytesIO()
    own.save(kept)
    look = Profile(reference=kept.getvalue())
    heads = heads_of(made(revision(PROPOSED), profile=look)["exempel-bilaga.docx"])
    assert heads and all("socialförvaltningen" in head and "Förslag" in head for head in heads)
    heads = heads_of(made(revision(None, beslut=DECISION), profile=look)["exempel-bilaga.docx"])
    assert heads and not any("Förslag" in head for head in heads)
