"""What a published document says of itself beside its text, read by other libraries than those that
wrote it."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any
from urllib.parse import unquote

import docx
import pikepdf
import pytest

from insatskoll.bilaga import publish, render
from insatskoll.catalogue.loading import load_kommun
from insatskoll.catalogue.model import Revision
from insatskoll.resources import CATALOGUE
from tests.layouts import sample

FORMATS = ("html", "docx", "pdf")
TITLE = "Insatser som socialnämnden tillhandhåller utan biståndsbeslut"


class Head(HTMLParser):
    """The properties of a page, and the addresses in it that lead to files."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.said: dict[str, str] = {}
        self.files: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "meta" and given.get("name"):
            self.said[str(given["name"])] = str(given["content"])
        address = unquote(str(given.get("href", "#")))
        if tag == "a" and not address.startswith("#"):
            self.files.append(address)


def decided() -> Revision:
    """Uppsala's decision, with few of its insatser and a diary number."""
    kommun = load_kommun(CATALOGUE / "kommuner" / "uppsala")
    found = kommun.beslut[0].revision
    facts: Any = {**(found.beslut or {}), "diarienummer": "SCN 2025/77"}
    return replace(found, insatser=found.insatser[:2], beslut=facts)


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return render.bilaga(decided(), formats=FORMATS).files


def test_the_page_says_what_it_is_and_leads_to_the_others(files: dict[str, bytes]) -> None:
    head = Head(files["uppsala-bilaga.html"].decode())
    assert head.said["author"] == "Uppsala kommun"
    assert head.said["dcterms.date"] == "2025-05-19"
    assert head.said["description"].startswith(f"{TITLE}, Uppsala kommun. Beslut Socialnämnden")
    assert "SCN 2025/77" in head.said["keywords"]
    assert sorted(head.files) == ["uppsala-bilaga.docx", "uppsala-bilaga.pdf"]


def test_a_page_alone_leads_to_no_file_that_is_not_there() -> None:
    page = render.bilaga(decided(), formats=("html", "json")).files["uppsala-bilaga.html"]
    assert Head(page.decode()).files == []


def test_the_page_of_a_day_leads_to_the_files_of_that_day() -> None:
    kommun = load_kommun(CATALOGUE / "kommuner" / "uppsala")
    found = kommun.beslut[0].revision
    small = replace(found, insatser=found.insatser[:1])
    order = replace(publish.order(kommun, small), dated="2025-05-19")
    made = publish.bilaga(order, ("html", "docx"))
    assert Head(made["uppsala-bilaga-2025-05-19.html"].decode()).files == [
        "uppsala-bilaga-2025-05-19.docx"
    ]


def test_word_is_told_who_made_it_and_by_what_it_is_registered(files: dict[str, bytes]) -> None:
    made = files["uppsala-bilaga.docx"]
    core = docx.Document(io.BytesIO(made)).core_properties
    assert (core.author, core.title) == ("Uppsala kommun", TITLE)
    assert core.subject.startswith("Beslut Socialnämnden 2025-05-19")
    assert "SCN 2025/77" in core.keywords and core.comments.startswith(TITLE)
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        own = package.read("docProps/custom.xml").decode()
        app = package.read("docProps/app.xml").decode()
    for name, value in (("Nämnd", "Socialnämnden"), ("Diarienummer", "SCN 2025/77")):
        assert f'name="{name}"' in own and f">{value}<" in own
    assert "viewport" not in own and "insatskoll:sha256" in own
    assert "Uppsala kommun" in app and "Microsoft Word" not in app and "Pages" not in app


def test_the_pdf_is_found_by_the_same_words(files: dict[str, bytes]) -> None:
    with pikepdf.open(io.BytesIO(files["uppsala-bilaga.pdf"])) as pdf:
        assert str(pdf.docinfo["/Author"]) == "Uppsala kommun"
        assert "SCN 2025/77" in str(pdf.docinfo["/Keywords"])
        with pdf.open_metadata() as said:
            assert "SCN 2025/77" in said["pdf:Keywords"]
            assert said["dc:description"].startswith(f"{TITLE}, Uppsala kommun. Beslut")


def test_what_is_not_known_is_not_said() -> None:
    found = sample("knivsta")
    kommun: Any = {key: value for key, value in found.kommun.items() if key != "förslag"}
    draft = replace(found, kommun=kommun, insatser=found.insatser[:1], riskanalyser={})
    files = render.bilaga(draft, formats=("html", "docx")).files
    head = Head(files["knivsta-bilaga.html"].decode())
    assert "dcterms.date" not in head.said and head.said["description"].endswith("Utkast.")
    with zipfile.ZipFile(io.BytesIO(files["knivsta-bilaga.docx"])) as package:
        own = package.read("docProps/custom.xml").decode()
    assert "Diarienummer" not in own and "Paragraf" not in own
