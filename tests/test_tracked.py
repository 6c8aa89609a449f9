"""Two bilagor merged with tracked changes, which LibreOffice and a plain reader of the XML accept and reject."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.table import _Cell
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from insatskoll.convert import TO
from insatskoll.diff.tracked import merge
from insatskoll.model import Revision, load_kommun
from insatskoll.render import render_html
from insatskoll.resources import CATALOGUE, TEMPLATES
from tests.office import ACCEPT, AS_IT_IS, REJECT, store_again
from tests.test_render import UNTRUSTED, revision

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LONG = "Stödet ges i grupp av två familjebehandlare. Träffarna hålls varje vecka under en termin och är kostnadsfria."


def bilaga(of: Revision, *earlier: Revision) -> bytes:
    return TO["docx"](render_html(of, earlier), of, TEMPLATES)


def load(name: str) -> Revision:
    loaded = load_kommun(CATALOGUE / "kommuner" / name).revision
    assert loaded is not None
    return loaded


@cache
def kommun(name: str, beslut: str = "") -> bytes:
    loaded = load_kommun(CATALOGUE / "kommuner" / name)
    decided = [b.revision for b in loaded.beslut]
    if beslut:
        return bilaga(next(d for d in decided if d.datum == beslut))
    return bilaga(load(name), *decided)


def insats(namn: str, **data: Any) -> dict[str, Any]:
    return {"namn": namn, "innehåll": f"{namn} är till för den som vill. {LONG}", "utförare": {"enheter": ["a"]}, **data}


UNITS = [{"id": "a", "namn": "Enhet A", "grupp": "Norr"}, {"id": "b", "namn": "Enhet B", "grupp": "Norr"}]
MATRIX: dict[str, Any] = {"enheter": UNITS, "matris": {"titel": "Översikt"}}
TITLED: dict[str, Any] = {"bilaga": {"titel": "Insatser som ges direkt", "inledning": ["Första stycket om nämnden.", "Andra stycket."]}}
THREE = [insats("Anhörigstöd"), insats("Familjesamtal"), insats("Tidigt stöd")]
LISTS = "Inledning:\n- ett i listan\n- två i listan\n- tre i listan\n\nSlut på texten."
CHAPTERS = [{"id": "vuxen", "namn": "Avdelning vuxen"}, {"id": "barn", "namn": "Avdelning barn"}]
PLACED = [insats("Anhörigstöd"), insats("Barngrupp", avdelning="barn")]

# Each case: the old revision and the new.
Case = Callable[[], tuple[bytes, bytes]]


def case(old: Revision, new: Revision) -> Case:
    return lambda: (bilaga(old), bilaga(new))


BASE = revision(MATRIX, *THREE)
CASES: dict[str, Case] = {
    "uppsala": lambda: (kommun("uppsala", "2025-05-19"), kommun("uppsala")),
    "uppsala, other history": lambda: (kommun("uppsala", "2025-05-19"), bilaga(load("uppsala"))),
    "another municipality": lambda: (kommun("sala"), kommun("uppsala")),
    "insats added": case(BASE, revision(MATRIX, *THREE[:2], insats("Föräldracafé", syfte="Att mötas."), THREE[2])),
    "insats removed": case(BASE, revision(MATRIX, THREE[0], THREE[2])),
    "insats renamed": case(BASE, revision(MATRIX, THREE[0], THREE[1] | {"namn": "Samtal för familjer"}, THREE[2])),
    "last insats removed, no matrix": case(revision(None, *THREE), revision(None, *THREE[:2])),
    "paragraph reworded": case(BASE, revision(MATRIX, THREE[0] | {"innehåll": LONG.replace("två", "tre")}, *THREE[1:])),
    "fact added": case(BASE, revision(MATRIX, THREE[0] | {"omfattning": {"text": "fem träffar"}}, *THREE[1:])),
    "row added": case(BASE, revision(MATRIX, *THREE, insats("Ungdomsstöd", utförare={"enheter": ["b"]}))),
    "crosses moved": case(BASE, revision(MATRIX, THREE[0] | {"utförare": {"enheter": ["b"]}}, *THREE[1:])),
    "column added": case(BASE, revision(MATRIX | {"enheter": [*UNITS, {"id": "c", "namn": "Enhet C", "grupp": "Syd"}]}, *THREE)),
    "column removed": case(BASE, revision(MATRIX | {"enheter": UNITS[:1]}, *THREE)),
    "matrix added": case(revision(None, *THREE), BASE),
    "matrix removed": case(BASE, revision(None, *THREE)),
    "chapter moved": case(
        revision(MATRIX | {"avdelningar": CHAPTERS}, *PLACED), revision(MATRIX | {"avdelningar": CHAPTERS[::-1]}, *PLACED)
    ),
    "title changed": case(revision(TITLED, *THREE), revision(TITLED | {"bilaga": {"titel": "Insatser utan behovsprövning"}}, *THREE)),
    "first insats": case(revision(), revision(None, THREE[0])),
    "list changed": case(
        revision(None, insats("Lista", innehåll=LISTS)),
        revision(None, insats("Lista", innehåll=LISTS.replace("två i listan", "något helt annat").replace("- tre i listan\n", ""))),
    ),
    "list to text": case(revision(None, insats("Lista", innehåll=LISTS)), revision(None, insats("Lista", innehåll=LISTS.replace("- ", "")))),
    "special characters": case(
        revision({"namn": "A & B <kommun>"}, insats("Åäö ”<&>”", innehåll=UNTRUSTED)),
        revision({"namn": UNTRUSTED}, insats(UNTRUSTED, innehåll=f"Före. {UNTRUSTED} <w:del/> é e\u0301 🙂")),
    ),
}  # fmt: skip


def contents(parent: Any) -> list[Any]:
    """Paragraphs with style and text, and tables with their rows and cells, in order."""
    out: list[Any] = []
    for block in parent.iter_inner_content():
        if hasattr(block, "rows"):
            out.append([[contents(_Cell(cell, block)) for cell in row.tc_lst] for row in block._tbl.tr_lst])
        else:
            out.append((block.style.name, block.text))
    return out


def whole(path: Path | io.BytesIO) -> list[Any]:
    document = docx.Document(path if isinstance(path, io.BytesIO) else str(path))
    headers = [[p.text for p in section.header.paragraphs] for section in document.sections]
    turned = [section.orientation for section in document.sections]
    return [*contents(document), headers, turned]


@pytest.fixture(scope="module")
def merged() -> dict[str, tuple[bytes, bytes, bytes]]:
    made = {name: make() for name, make in CASES.items()}
    return {name: (old, new, merge(old, new, "Åsa Ek", "2025-09-18")) for name, (old, new) in made.items()}


@pytest.fixture(scope="module")
def office(merged: dict[str, tuple[bytes, bytes, bytes]], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every case accepted, rejected and untracked, as LibreOffice stores it."""
    folder = tmp_path_factory.mktemp("office")
    jobs = []
    for number, files in enumerate(merged.values()):
        for name, data in zip(("old", "new", "merged"), files, strict=True):
            (folder / f"{number}-{name}.docx").write_bytes(data)
        for name, what in (("old", AS_IT_IS), ("new", AS_IT_IS), ("merged", REJECT), ("merged", ACCEPT)):
            target = {REJECT: "rejected", ACCEPT: "accepted", AS_IT_IS: f"{name}-again"}[what]
            jobs.append((folder / f"{number}-{name}.docx", what, folder / f"{number}-{target}.docx"))
    store_again(jobs, folder)
    return folder


@pytest.mark.parametrize("name", CASES)
def test_office_accepts_to_the_new_and_rejects_to_the_old(name: str, office: Path) -> None:
    number = list(CASES).index(name)
    assert whole(office / f"{number}-accepted.docx") == whole(office / f"{number}-new-again.docx")
    assert whole(office / f"{number}-rejected.docx") == whole(office / f"{number}-old-again.docx")
