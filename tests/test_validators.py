"""What others' programs say of the files that are published: the Nu HTML Checker of the pages,
Microsoft's Open XML SDK of the Word files, and two checkers of PDF/UA of the PDF files."""

from __future__ import annotations

from pathlib import Path

import pytest

from insatskoll.bilaga import profile
from insatskoll.bilaga.render import render_bilaga
from insatskoll.catalogue.loading import load_begrepp, load_kommun
from insatskoll.decisions import review
from insatskoll.diff.facts import compare
from insatskoll.diff.forms import documents
from insatskoll.diff.telling import Telling
from insatskoll.law.rules import load_rules
from insatskoll.resources import CATALOGUE
from tests import tools
from tests.layouts import OWN, sample
from tests.looks import dress

FORMATS = ("html", "docx", "pdf")


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a few insatser in every layout, in a municipality's own look too, and with
    what else is published about them."""
    folder = tmp_path_factory.mktemp("framställt")
    dress(folder / "exempel")
    for kommun in OWN.values():
        render_bilaga(sample(kommun), (), FORMATS, folder)
    look = profile.load(folder / "exempel")
    render_bilaga(sample("knivsta"), (), FORMATS, folder / "exempel", profile=look)
    knivsta, uppsala = (
        load_kommun(CATALOGUE / "kommuner" / name) for name in ("knivsta", "uppsala")
    )
    assert knivsta.revision is not None and uppsala.revision is not None
    report = review.review(knivsta, knivsta.revision, load_rules(), load_begrepp(CATALOGUE))
    telling = Telling(compare(uppsala.beslut[0].revision, uppsala.revision))
    files = review.granskning_files(report, knivsta.revision, FORMATS)
    files |= documents.html(telling) | documents.letter(telling, uppsala)
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return folder


# What is found that is no fault, by checker, rule and the words it is about.
KNOWN = {
    # The policy allows addresses of data, which the checker takes for an address of a place.
    ("nu", "Resource violates Content Security Policy (meta tag): image “data:image/png"),
    # A table's headings on its next page are said once, and are no content there (PDF/UA-1, 7.5).
    ("TAG-002", "Insats "),
    # Most units do not offer most insatser, and the table's headings stand on their side.
    ("TBL-012", ""),
    ("TBL-014", "Insats "),
}


def is_known(rule: str, words: str) -> bool:
    return any(rule == known and words.startswith(begins) for known, begins in KNOWN)


def test_the_pages_are_valid_html(published: Path) -> None:
    pages = sorted(published.rglob("*.html"))
    assert len(pages) >= 8
    found = tools.html_errors(pages)
    assert [one for one in found if not is_known("nu", one["message"])] == []


def test_the_word_files_are_valid_open_xml(published: Path) -> None:
    files = [path for path in sorted(published.rglob("*.docx")) if path.name != "referens.docx"]
    assert len(files) >= 8
    assert {path.name: found for path in files if (found := tools.open_xml_errors(path))} == {}


def test_two_checkers_of_pdf_ua_find_nothing(published: Path) -> None:
    files = sorted(published.rglob("*.pdf"))
    assert len(files) >= 7
    assert tools.pdfua_errors(files) == []
    found = tools.outloud_errors(files)
    assert [one for one in found if not is_known(one["rule"], one.get("evidence", ""))] == []
