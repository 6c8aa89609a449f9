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


# LibreOffice keeps an empty paragraph where a table stood next to another, or last.
KEEPS_EMPTY = {"another municipality", "column added", "column removed"}
# It does not read changed sections (w:sectPrChange), which the plain reader below does.
KEEPS_TURNED = {"matrix removed"}


@pytest.mark.parametrize("name", CASES)
def test_office_accepts_to_the_new_and_rejects_to_the_old(name: str, office: Path) -> None:
    number = list(CASES).index(name)
    for made, wanted in (("accepted", "new-again"), ("rejected", "old-again")):
        found, expected = whole(office / f"{number}-{made}.docx"), whole(office / f"{number}-{wanted}.docx")
        if name in KEEPS_EMPTY:
            found, expected = ([block for block in blocks if block[1:] != ("",)] for blocks in (found, expected))
        if name in KEEPS_TURNED:
            found, expected = found[:-1], expected[:-1]
        assert found == expected, made


def part(package: bytes, name: str = "word/document.xml") -> Any:
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return etree.fromstring(archive.read(name))


def resolved(package: bytes, accept: bool) -> list[Any]:
    """What remains of the body when all changes are accepted or rejected, as Word does it, by the XML alone."""
    root, numbering = part(package), part(package, "word/numbering.xml")
    drop, change = (f"{W}del", "") if accept else (f"{W}ins", f"{W}pPrChange/{W}pPr")
    lists: dict[str, int] = {}

    def text(paragraph: Any) -> str:
        kept = (e for e in paragraph.iter(f"{W}t", f"{W}delText", f"{W}tab") if drop not in {a.tag for a in e.iterancestors()})
        return "".join("\t" if e.tag == f"{W}tab" else e.text or "" for e in kept if e.getparent().tag == f"{W}r")

    def look(paragraph: Any) -> tuple[Any, ...]:
        properties = paragraph.find(f"{W}pPr")
        was = None if properties is None or not change else properties.find(change)
        properties = properties if was is None else was
        style, number = (None if properties is None else properties.find(path) for path in (f"{W}pStyle", f"{W}numPr/{W}numId"))
        if number is None:
            return (None if style is None else style.get(f"{W}val"),)
        kind = numbering.xpath(f"//w:num[@w:numId='{number.get(f'{W}val')}']/w:abstractNumId/@w:val", namespaces={"w": W[1:-1]})[0]
        form = numbering.xpath(f"string(//w:abstractNum[@w:abstractNumId='{kind}']/w:lvl[1]/w:lvlText/@w:val)", namespaces={"w": W[1:-1]})
        return (None if style is None else style.get(f"{W}val"), form, lists.setdefault(number.get(f"{W}val"), len(lists)))

    def page(section: Any) -> Any:
        was = section.find(f"{W}sectPrChange/{W}sectPr")
        return dict((section if accept or was is None else was).find(f"{W}pgSz").attrib)

    def blocks(parent: Any) -> list[Any]:
        out: list[Any] = []
        carried, open_mark = "", False
        for element in parent:
            if element.tag == f"{W}p":
                carried += text(element)
                marks = {mark.tag for mark in element.iterfind(f"{W}pPr/{W}rPr/*")}
                open_mark = drop in marks
                if not open_mark:
                    section = element.find(f"{W}pPr/{W}sectPr")
                    out.append((*look(element), carried, section is not None and page(section)))
                    carried = ""
            elif element.tag == f"{W}tbl":
                rows = [row for row in element.iterfind(f"{W}tr") if row.find(f"{W}trPr/{drop}") is None]
                if rows:
                    assert not carried, "the mark before a table that stays cannot go if there is text"
                    out.append([[blocks(cell) for cell in row.iterfind(f"{W}tc")] for row in rows])
            elif element.tag == f"{W}sectPr":
                out.append(page(element))
        assert not carried
        assert not (open_mark and parent.tag == f"{W}tc"), "a cell's last mark cannot go"
        return out

    return blocks(root[0])


def check(old: bytes, new: bytes, made: bytes) -> None:
    """What must hold of every merged document."""
    assert resolved(made, True) == resolved(new, True)
    assert resolved(made, False) == resolved(old, False)
    root = part(made)
    ids = root.xpath("//w:ins/@w:id | //w:del/@w:id | //*[contains(local-name(), 'Change')]/@w:id", namespaces={"w": W[1:-1]})
    marks = root.xpath("//w:bookmarkStart/@w:id", namespaces={"w": W[1:-1]})
    names = root.xpath("//w:bookmarkStart/@w:name", namespaces={"w": W[1:-1]})
    assert len(set(ids)) == len(ids) and not set(ids) & set(marks)
    assert len(set(marks)) == len(marks) and len(set(names)) == len(names)
    assert sorted(marks) == sorted(root.xpath("//w:bookmarkEnd/@w:id", namespaces={"w": W[1:-1]}))
    assert not root.xpath("//w:del//w:t | //w:del//w:instrText | //w:tbl/following-sibling::*[1][self::w:tbl]", namespaces={"w": W[1:-1]})
    for kept in ("w:ins", "w:del", None):
        chars = [c for c in root.iter(f"{W}fldChar") if kept is None or kept not in {f"w:{a.tag.removeprefix(W)}" for a in c.iterancestors()}]
        depth = 0
        for char in chars:
            depth += {"begin": 1, "separate": 0, "end": -1}[char.get(f"{W}fldCharType")]
            assert depth >= 0
        assert depth == 0
    for properties in root.iter(f"{W}pPr"):
        order = [child.tag.removeprefix(W) for child in properties]
        last = [name for name in order if name in ("rPr", "sectPr", "pPrChange")]
        assert order[len(order) - len(last) :] == last == sorted(last, key=["rPr", "sectPr", "pPrChange"].index)
    docx.Document(io.BytesIO(made))


@pytest.mark.parametrize("name", CASES)
def test_a_plain_reader_accepts_to_the_new_and_rejects_to_the_old(name: str, merged: dict[str, tuple[bytes, bytes, bytes]]) -> None:
    check(*merged[name])
