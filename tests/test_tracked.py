"""Two bilagor merged with tracked changes, which LibreOffice and a plain reader of the XML accept
and reject."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.table import _Cell
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree

from insatskoll.bilaga.conversion import TO
from insatskoll.bilaga.profile import PLAIN
from insatskoll.bilaga.render import checksum_of, render_html
from insatskoll.catalogue.loading import load_kommun
from insatskoll.catalogue.model import Insats, Revision
from insatskoll.resources import CATALOGUE
from insatskoll.tracked.merging import merge
from tests.layouts import OWN, sample
from tests.office import ACCEPT, AS_IT_IS, REJECT, store_again
from tests.test_render import UNTRUSTED, revision

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LONG = (
    "Stödet ges i grupp av två familjebehandlare. Träffarna hålls varje vecka under en termin "
    "och är kostnadsfria."
)


_made: dict[str, bytes] = {}


def bilaga(of: Revision, *earlier: Revision) -> bytes:
    # as publish.to_work_in does it: what is accepted or rejected bears no mark
    html = re.sub(r'<div class="marke">.*?</div>\n', "", render_html(of, earlier))
    if html not in _made:
        _made[html] = TO["docx"](html, of, PLAIN)
    return _made[html]


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
    return {
        "namn": namn,
        "innehåll": f"{namn} är till för den som vill. {LONG}",
        "utförare": {"enheter": ["a"]},
        **data,
    }


UNITS = [
    {"id": "a", "namn": "Enhet A", "grupp": "Norr"},
    {"id": "b", "namn": "Enhet B", "grupp": "Norr"},
]
MATRIX: dict[str, Any] = {"enheter": UNITS, "matris": {"titel": "Översikt"}}
TITLED: dict[str, Any] = {
    "bilaga": {
        "titel": "Insatser som ges direkt",
        "inledning": ["Första stycket om nämnden.", "Andra stycket."],
    }
}
THREE = [insats("Anhörigstöd"), insats("Familjesamtal"), insats("Tidigt stöd")]
LISTS = "Inledning:\n- ett i listan\n- två i listan\n- tre i listan\n\nSlut på texten."
CHAPTERS = [{"id": "vuxen", "namn": "Avdelning vuxen"}, {"id": "barn", "namn": "Avdelning barn"}]
PLACED = [insats("Anhörigstöd"), insats("Barngrupp", avdelning="barn")]

# Each case: the old revision and the new.
Case = Callable[[], tuple[bytes, bytes]]


def case(old: Revision, new: Revision) -> Case:
    return lambda: (bilaga(old), bilaga(new))


BASE = revision(MATRIX, *THREE)
REWORDED = THREE[0]["innehåll"].replace("två", "tre")
RETITLED: dict[str, Any] = {"bilaga": {"titel": "Insatser utan behovsprövning"}}
SHORTER = LISTS.replace("två i listan", "något helt annat").replace("- tre i listan\n", "")
CASES: dict[str, Case] = {
    "uppsala": lambda: (kommun("uppsala", "2025-05-19"), kommun("uppsala")),
    "other history": lambda: (
        bilaga(sample("uppsala"), load("uppsala")),
        bilaga(sample("uppsala")),
    ),
    "another municipality": lambda: (bilaga(sample("sala")), bilaga(sample("uppsala"))),
    "insats added": case(
        BASE, revision(MATRIX, *THREE[:2], insats("Föräldracafé", syfte="Att mötas."), THREE[2])
    ),
    "insats removed": case(BASE, revision(MATRIX, THREE[0], THREE[2])),
    "insats renamed": case(
        BASE, revision(MATRIX, THREE[0], THREE[1] | {"namn": "Samtal för familjer"}, THREE[2])
    ),
    "last insats removed, no matrix": case(revision(None, *THREE), revision(None, *THREE[:2])),
    "paragraph reworded": case(
        BASE, revision(MATRIX, THREE[0] | {"innehåll": REWORDED}, *THREE[1:])
    ),
    "fact added": case(
        BASE, revision(MATRIX, THREE[0] | {"omfattning": {"text": "fem träffar"}}, *THREE[1:])
    ),
    "row added": case(
        BASE, revision(MATRIX, *THREE, insats("Ungdomsstöd", utförare={"enheter": ["b"]}))
    ),
    "crosses moved": case(
        BASE, revision(MATRIX, THREE[0] | {"utförare": {"enheter": ["b"]}}, *THREE[1:])
    ),
    "column added": case(
        BASE,
        revision(
            MATRIX | {"enheter": [*UNITS, {"id": "c", "namn": "Enhet C", "grupp": "Syd"}]}, *THREE
        ),
    ),
    "column removed": case(BASE, revision(MATRIX | {"enheter": UNITS[:1]}, *THREE)),
    "matrix added": case(revision(None, *THREE), BASE),
    "matrix removed": case(BASE, revision(None, *THREE)),
    "chapter moved": case(
        revision(MATRIX | {"avdelningar": CHAPTERS}, *PLACED),
        revision(MATRIX | {"avdelningar": CHAPTERS[::-1]}, *PLACED),
    ),
    "insats moved to another chapter": case(
        revision({"avdelningar": CHAPTERS}, *THREE, insats("Barngrupp", avdelning="barn")),
        revision(
            {"avdelningar": CHAPTERS},
            THREE[0],
            THREE[2],
            THREE[1] | {"avdelning": "barn"},
            insats("Barngrupp", avdelning="barn"),
        ),
    ),
    "title changed": case(revision(TITLED, *THREE), revision(TITLED | RETITLED, *THREE)),
    "first insats": case(revision(), revision(None, THREE[0])),
    "list changed": case(
        revision(None, insats("Lista", innehåll=LISTS)),
        revision(None, insats("Lista", innehåll=SHORTER)),
    ),
    "list to text": case(
        revision(None, insats("Lista", innehåll=LISTS)),
        revision(None, insats("Lista", innehåll=LISTS.replace("- ", ""))),
    ),
    "special characters": case(
        revision({"namn": "A & B <kommun>"}, insats("Åäö ”<&>”", innehåll=UNTRUSTED)),
        revision(
            {"namn": UNTRUSTED},
            insats(UNTRUSTED, innehåll=f"Före. {UNTRUSTED} <w:del/> é e\u0301 🙂"),
        ),
    ),
}


def edited(of: Revision, **fields: Any) -> Revision:
    """With other words in its first insats."""
    first, *rest = of.insatser
    data: Any = first.data | fields
    return replace(of, insatser=(Insats(first.id, data), *rest))


def exchanged(of: Revision) -> Revision:
    """With the second insats gone, and another before the last."""
    first, second, *rest, last = of.insatser
    new = Insats("ny", second.data | {"namn": "Kafé för alla", "innehåll": LISTS})
    return replace(of, insatser=(first, *rest, new, last))


SAMPLES = {layout: sample(kommun) for layout, kommun in OWN.items()}


def reworded(layout: str) -> Revision:
    """A small change where the layout has something of its own."""
    of = SAMPLES[layout]
    if layout == "riktlinje":
        chapter, *rest = of.kommun["riktlinjer"]
        return replace(
            of,
            kommun=of.kommun
            | {"riktlinjer": [chapter | {"text": f"{chapter['text']} Kapitlet är nytt."}, *rest]},
        )
    if layout == "lista":  # a marked statement
        more = {"från_15": "utan vårdnadshavare", "beskrivning": "Den unge bestämmer själv."}
        return edited(of, samtycke=more)
    if layout == "tabell-utförlig":
        (name, analysis), *others = of.riskanalyser.items()
        of = replace(
            of,
            riskanalyser={
                name: analysis | {"bedömning": f"{analysis['bedömning']} Läget är nytt."},
                **dict(others),
            },
        )
    return edited(of, innehåll=f"{of.insatser[0].data['innehåll']} Kaffet är nytt.")


# What is marked by that, beside the checksum.
MARKED = {
    "avsnitt": [("ins", " Kaffet är nytt.")],
    "tabell": [("ins", " Kaffet är nytt.")],
    "tabell-utförlig": [("ins", " Kaffet är nytt."), ("ins", " Läget är nytt.")],
    "riktlinje": [("ins", " Kapitlet är nytt.")],
    "lista": [("ins", " Den unge bestämmer själv.")],
}
for _layout, _sample in SAMPLES.items():
    CASES[f"{_layout}: reworded"] = case(_sample, reworded(_layout))
    if _layout.startswith("tabell"):
        CASES[f"{_layout}: insatser exchanged"] = case(_sample, exchanged(_sample))
CASES["tabell-utförlig: list in a cell changed"] = case(
    edited(SAMPLES["tabell-utförlig"], innehåll=LISTS),
    edited(SAMPLES["tabell-utförlig"], innehåll=SHORTER),
)


def contents(parent: Any) -> list[Any]:
    """Paragraphs with style and text, and tables with their rows and cells, in order."""
    out: list[Any] = []
    for block in parent.iter_inner_content():
        if hasattr(block, "rows"):
            out.append(
                [[contents(_Cell(cell, block)) for cell in row.tc_lst] for row in block._tbl.tr_lst]
            )
        else:
            out.append((block.style.name, block.text))
    return out


def whole(path: Path | io.BytesIO) -> list[Any]:
    document = docx.Document(path if isinstance(path, io.BytesIO) else str(path))
    edges = [
        [
            re.sub(r"Sida [\d()  ]*", "Sida", p.text)
            for part in (section.header, section.footer)
            for p in part.paragraphs
        ]
        for section in document.sections
    ]
    turned = [section.orientation for section in document.sections]
    return [*contents(document), edges, turned]


@pytest.fixture(scope="module")
def merged() -> dict[str, tuple[bytes, bytes, bytes]]:
    made = {name: make() for name, make in CASES.items()}
    return {
        name: (old, new, merge(old, new, "Åsa Ek", "2025-09-18"))
        for name, (old, new) in made.items()
    }


@pytest.fixture(scope="module")
def office(
    merged: dict[str, tuple[bytes, bytes, bytes]], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """Every case accepted, rejected and untracked, as LibreOffice stores it."""
    folder = tmp_path_factory.mktemp("office")
    jobs = {
        stored(folder, data, what): what
        for files in merged.values()
        for data, whats in zip(files, ([AS_IT_IS], [AS_IT_IS], [REJECT, ACCEPT]), strict=True)
        for what in whats
        if (folder / f"{digest(data)}.docx").write_bytes(data)
    }
    store_again(
        [(folder / f"{path.name[:16]}.docx", what, path) for path, what in jobs.items()], folder
    )
    return folder


def digest(data: bytes) -> str:
    return sha256(data).hexdigest()[:16]


def stored(folder: Path, data: bytes, what: str) -> Path:
    """Where LibreOffice stores a document when it has done something with it; many cases share
    their old one."""
    return folder / f"{digest(data)}-{what.removeprefix('.uno:')}.docx"


# LibreOffice keeps an empty paragraph where a table stood next to another, or last, and of the last
# pages that are all new or gone.
KEEPS_EMPTY = {
    "another municipality", "column added", "column removed", "matrix added", "matrix removed",
}  # fmt: skip
# It does not read changed sections (w:sectPrChange) or removed ones, which the plain reader below
# does.
KEEPS_TURNED = {"matrix removed", "another municipality"}


@pytest.mark.parametrize("name", CASES)
def test_office_accepts_to_the_new_and_rejects_to_the_old(
    name: str, merged: dict[str, tuple[bytes, bytes, bytes]], office: Path
) -> None:
    old, new, made = merged[name]
    for what, wanted in ((ACCEPT, new), (REJECT, old)):
        found, expected = whole(stored(office, made, what)), whole(stored(office, wanted, AS_IT_IS))
        if name in KEEPS_EMPTY:
            found, expected = (
                [block for block in blocks if block[1:] != ("",)] for blocks in (found, expected)
            )
        if name in KEEPS_TURNED:
            found, expected = found[:-2], expected[:-2]
        assert found == expected, what


def part(package: bytes, name: str = "word/document.xml") -> Any:
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return etree.fromstring(archive.read(name))


def resolved(package: bytes, accept: bool, name: str = "word/document.xml") -> list[Any]:
    """What remains of a part when all changes are accepted or rejected, as Word does it, by the XML
    alone."""
    root, numbering = part(package, name), part(package, "word/numbering.xml")
    drop, change = (f"{W}del", "") if accept else (f"{W}ins", f"{W}pPrChange/{W}pPr")
    moved = f"{W}moveFrom" if accept else f"{W}moveTo"
    lists: dict[str, int] = {}

    def text(paragraph: Any) -> str:
        kept = (
            e
            for e in paragraph.iter(f"{W}t", f"{W}delText", f"{W}tab")
            if {drop, moved}.isdisjoint(a.tag for a in e.iterancestors())
        )
        return "".join(
            "\t" if e.tag == f"{W}tab" else e.text or ""
            for e in kept
            if e.getparent().tag == f"{W}r"
        )

    def look(paragraph: Any) -> tuple[Any, ...]:
        properties = paragraph.find(f"{W}pPr")
        was = None if properties is None or not change else properties.find(change)
        properties = properties if was is None else was
        style, number = (
            None if properties is None else properties.find(path)
            for path in (f"{W}pStyle", f"{W}numPr/{W}numId")
        )
        if number is None:
            return (None if style is None else style.get(f"{W}val"),)
        kind = numbering.xpath(
            f"//w:num[@w:numId='{number.get(f'{W}val')}']/w:abstractNumId/@w:val",
            namespaces={"w": W[1:-1]},
        )[0]
        form = numbering.xpath(
            f"string(//w:abstractNum[@w:abstractNumId='{kind}']/w:lvl[1]/w:lvlText/@w:val)",
            namespaces={"w": W[1:-1]},
        )
        return (
            None if style is None else style.get(f"{W}val"),
            form,
            lists.setdefault(number.get(f"{W}val"), len(lists)),
        )

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
                open_mark = not {drop, moved}.isdisjoint(marks)
                if not open_mark:
                    section = element.find(f"{W}pPr/{W}sectPr")
                    out.append((*look(element), carried, section is not None and page(section)))
                    carried = ""
            elif element.tag == f"{W}tbl":
                rows = [
                    row for row in element.iterfind(f"{W}tr") if row.find(f"{W}trPr/{drop}") is None
                ]
                if rows:
                    assert not carried, (
                        "the mark before a table that stays cannot go if there is text"
                    )
                    out.append([[blocks(cell) for cell in row.iterfind(f"{W}tc")] for row in rows])
            elif element.tag == f"{W}sectPr":
                out.append(page(element))
        assert not carried
        assert not (open_mark and parent.tag == f"{W}tc"), "a cell's last mark cannot go"
        return out

    return blocks(root[0] if name == "word/document.xml" else root)


def check(old: bytes, new: bytes, made: bytes) -> None:
    """What must hold of every merged document."""
    assert resolved(made, True) == resolved(new, True)
    assert resolved(made, False) == resolved(old, False)
    names = [set(zipfile.ZipFile(io.BytesIO(package)).namelist()) for package in (old, new, made)]
    assert names[1] <= names[2]
    edges = [
        name for name in names[0] & names[2] if re.fullmatch(r"word/(header|footer)\d+\.xml", name)
    ]
    assert edges
    for name in edges:
        assert resolved(made, True, name) == resolved(new, True, name)
        assert resolved(made, False, name) == resolved(old, False, name)
    root = part(made)
    ids = root.xpath(
        "//w:ins/@w:id | //w:del/@w:id | //*[contains(local-name(), 'Change')]/@w:id"
        " | //w:moveFrom/@w:id | //w:moveTo/@w:id | //w:moveFromRangeStart/@w:id"
        " | //w:moveToRangeStart/@w:id",
        namespaces={"w": W[1:-1]},
    )
    marks = root.xpath("//w:bookmarkStart/@w:id", namespaces={"w": W[1:-1]})
    names = root.xpath("//w:bookmarkStart/@w:name", namespaces={"w": W[1:-1]})
    assert len(set(ids)) == len(ids) and not set(ids) & set(marks)
    assert len(set(marks)) == len(marks) and len(set(names)) == len(names)
    assert sorted(marks) == sorted(root.xpath("//w:bookmarkEnd/@w:id", namespaces={"w": W[1:-1]}))
    assert not root.xpath(
        "//w:del//w:t | //w:del//w:instrText | //w:tbl/following-sibling::*[1][self::w:tbl]",
        namespaces={"w": W[1:-1]},
    )
    for kept in ("w:ins", "w:del", None):
        chars = [
            c
            for c in root.iter(f"{W}fldChar")
            if kept is None or kept not in {f"w:{a.tag.removeprefix(W)}" for a in c.iterancestors()}
        ]
        depth = 0
        for char in chars:
            depth += {"begin": 1, "separate": 0, "end": -1}[char.get(f"{W}fldCharType")]
            assert depth >= 0
        assert depth == 0
    for properties in root.iter(f"{W}pPr"):
        order = [child.tag.removeprefix(W) for child in properties]
        last = [name for name in order if name in ("rPr", "sectPr", "pPrChange")]
        assert (
            order[len(order) - len(last) :]
            == last
            == sorted(last, key=["rPr", "sectPr", "pPrChange"].index)
        )
    docx.Document(io.BytesIO(made))


@pytest.mark.parametrize("name", CASES)
def test_a_plain_reader_accepts_to_the_new_and_rejects_to_the_old(
    name: str, merged: dict[str, tuple[bytes, bytes, bytes]]
) -> None:
    check(*merged[name])


def test_nothing_changed_gives_the_new_file_itself() -> None:
    same = bilaga(BASE)
    assert merge(same, same, "Åsa Ek", "2025-09-18") == same
    later = bilaga(revision(MATRIX | {"bilaga": {"titel": "Insatser utan behovsprövning"}}, *THREE))
    assert merge(same, later, "Åsa Ek", "2025-09-18") == later


def test_the_changes_carry_author_and_date_and_the_same_input_gives_the_same_bytes(
    merged: dict[str, tuple[bytes, bytes, bytes]],
) -> None:
    old, new, made = merged["paragraph reworded"]
    assert merge(old, new, "Åsa Ek", "2025-09-18") == made
    changes = part(made).xpath("//w:ins | //w:del", namespaces={"w": W[1:-1]})
    assert {(c.get(f"{W}author"), c.get(f"{W}date")) for c in changes} == {
        ("Åsa Ek", "2025-09-18T00:00:00Z")
    }
    was, becomes = (
        checksum_of(revision(MATRIX, insats("Anhörigstöd", innehåll=t), *THREE[1:]))
        for t in (THREE[0]["innehåll"], REWORDED)
    )
    assert marks(made) == [("del", "två"), ("ins", "tre"), ("del", was[:16]), ("ins", becomes[:16])]


@pytest.mark.parametrize("name", ["chapter moved", "insats moved to another chapter"])
def test_what_has_only_moved_is_marked_as_moved(
    name: str, merged: dict[str, tuple[bytes, bytes, bytes]]
) -> None:
    root = part(merged[name][2])
    starts, ends = (
        [list(root.iter(f"{W}move{way}Range{edge}")) for way in ("From", "To")]
        for edge in ("Start", "End")
    )
    for (start,), (end,) in zip(starts, ends, strict=True):
        assert start.get(f"{W}id") == end.get(f"{W}id") and start.getparent() is end.getparent()
    assert len({start.get(f"{W}name") for (start,) in starts}) == 1
    was, now = (
        ["".join(e.itertext()) for e in root.iter(f"{W}move{way}") if e.find(f"{W}r") is not None]
        for way in ("From", "To")
    )
    assert was == now and any("Familjesamtal" in text or "Barngrupp" in text for text in was)
    crossed = [text for kind, text in marks(merged[name][2]) if kind == "del"]
    assert not any(LONG in text for text in crossed)


def test_changes_on_no_day_have_no_date_and_say_nothing_of_moves() -> None:
    """Word lets a change be without a day, but not a move."""
    old, new = CASES["chapter moved"]()
    made = merge(old, new, "Åsa Ek", "")
    check(old, new, made)
    root = part(made)
    assert not root.xpath("//*[@w:date]", namespaces={"w": W[1:-1]})
    assert root.xpath("//w:ins | //w:del", namespaces={"w": W[1:-1]})
    assert not root.xpath("//*[starts-with(local-name(), 'move')]")


def marks(package: bytes) -> list[tuple[str, str]]:
    """The texts that are marked in the body, in order."""
    changes = part(package).xpath("//w:ins[w:r] | //w:del[w:r]", namespaces={"w": W[1:-1]})
    return [(change.tag.removeprefix(W), "".join(change.itertext())) for change in changes]


@pytest.mark.parametrize("layout", OWN)
def test_in_every_layout_only_the_words_and_the_checksum_are_marked(
    layout: str, merged: dict[str, tuple[bytes, bytes, bytes]]
) -> None:
    was, becomes = (checksum_of(of)[:16] for of in (SAMPLES[layout], reworded(layout)))
    found = marks(merged[f"{layout}: reworded"][2])
    assert sorted(found) == sorted([*MARKED[layout], ("del", was), ("ins", becomes)])


@pytest.mark.parametrize("layout", ["tabell", "tabell-utförlig"])
def test_an_insats_is_a_row_that_is_added_or_removed(
    layout: str, merged: dict[str, tuple[bytes, bytes, bytes]]
) -> None:
    old, new, made = merged[f"{layout}: insatser exchanged"]
    assert rows_marked(made) == (1, 1)
    for tag, place in (("ins", new), ("del", old)):
        (row,) = part(made).xpath(f"//w:tr[w:trPr/w:{tag}]", namespaces={"w": W[1:-1]})
        name = "".join(row.find(f"{W}tc").itertext())
        assert name == (
            "Kafé för alla" if place is new else SAMPLES[layout].insatser[1].data["namn"]
        )


def rows_marked(package: bytes) -> tuple[int, int]:
    """How many rows of tables are added, and how many removed."""
    added, removed = (
        len(part(package).findall(f".//{W}tr/{W}trPr/{W}{tag}")) for tag in ("ins", "del")
    )
    return added, removed


def test_a_changed_title_is_marked_in_the_page_header_too(
    merged: dict[str, tuple[bytes, bytes, bytes]],
) -> None:
    _, _, made = merged["title changed"]
    header = part(made, "word/header1.xml")
    assert [c.tag.removeprefix(W) for c in header.iter(f"{W}ins", f"{W}del")] == ["del", "ins"]
    assert "behovsprövning" in "".join(t.text for t in header.iter(f"{W}t"))


def test_only_what_has_changed_is_marked(merged: dict[str, tuple[bytes, bytes, bytes]]) -> None:
    def counted(name: str) -> tuple[int, int]:
        return rows_marked(merged[name][2])

    assert counted("row added") == (1, 0)
    assert counted("insats removed") == (0, 1)
    assert counted("crosses moved") == counted("paragraph reworded") == (0, 0)
    assert counted("column added") == (5, 5)
    text = "".join(t.text or "" for t in part(merged["insats removed"][2]).iter(f"{W}delText"))
    removed = (
        f"FamiljesamtalFamiljesamtalInnehåll och genomförande{THREE[1]['innehåll']}Ges av Enhet A."
    )
    assert text == f"{removed}{checksum_of(BASE)[:16]}Familjesamtal×Familjesamtal, "


def test_long_texts_take_no_long_time() -> None:
    """Nothing in common but in each other's way: the worst for a comparison. It would take hours if
    it were not given up."""
    base = listed()
    packages = [
        with_body(base, [("p", "BodyText", "", [(False, text)])])
        for text in ("a b " * 25_000, "b a c " * 17_000)
    ]
    check(packages[0], packages[1], merge(packages[0], packages[1], "Åsa Ek", "2025-09-18"))
    many = [
        with_body(
            base,
            [("p", "BodyText", "", [(False, word)])] * 3000
            + [("p", "BodyText", "", [(False, word * 2)])] * 9,
        )
        for word in "xy"
    ]
    check(many[0], many[1], merge(many[0], many[1], "Åsa Ek", "2025-09-18"))


def with_part(package: bytes, name: str, edit: Callable[[bytes], bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as source, zipfile.ZipFile(out, "w") as target:
        for info in source.infolist():
            data = source.read(info)
            target.writestr(info, edit(data) if info.filename == name else data)
    return out.getvalue()


def test_a_removed_link_and_list_keep_what_they_refer_to() -> None:
    new = with_body(listed(), [("p", "BodyText", "", [(False, "Slut")])])
    new = with_part(
        new,
        "word/numbering.xml",
        lambda data: re.sub(rb'<w:num w:numId="100[1-9]">.*?</w:num>', b"", data),
    )
    old = with_body(
        listed(),
        [
            ("p", "BodyText", "1002", [("link", "länk"), (False, " i listan")]),
            ("p", "BodyText", "", [(False, "Slut")]),
        ],
    )
    old = with_part(
        old, "word/document.xml", lambda data: re.sub(rb'w:anchor="[^"]*"', b'r:id="rId77"', data)
    )
    relation = (
        b'<Relationship Id="rId77" TargetMode="External" Target="https://exempel.se/" '
        b'Type="http://x/hyperlink"/></Relationships>'
    )
    old = with_part(
        old,
        "word/_rels/document.xml.rels",
        lambda data: data.replace(b"</Relationships>", relation),
    )
    made = merge(old, new, "Åsa Ek", "2025-09-18")
    check(old, new, made)
    (link,) = part(made).iter(f"{W}hyperlink")
    targets = {
        relation.get("Id"): relation.get("Target")
        for relation in part(made, "word/_rels/document.xml.rels")
    }
    assert (
        targets[link.get("{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id")]
        == "https://exempel.se/"
    )


def with_body(package: bytes, blocks: list[Any]) -> bytes:
    """A package like another, with these blocks: ("p", style, list number, runs) or ("tbl", widths,
    rows of cells of blocks)."""
    root = part(package)
    last = deepcopy(root[0][-1])
    root[0][:] = []
    marks = iter(range(1, 10_000))

    def add(parent: Any, tag: str, **attributes: str) -> Any:
        element = etree.SubElement(parent, W + tag)
        for key, value in attributes.items():
            element.set(W + key, value)
        return element

    def fill(parent: Any, blocks: list[Any]) -> None:
        for kind, *content in blocks:
            if kind == "p":
                style, number, runs = content
                paragraph = add(parent, "p")
                properties = add(paragraph, "pPr")
                add(properties, "pStyle", val=style)
                if number == "section":
                    properties.append(deepcopy(last))
                elif number:
                    listed = add(properties, "numPr")
                    add(listed, "ilvl", val="0")
                    add(listed, "numId", val=number)
                for form, text in runs:
                    target = (
                        add(paragraph, "hyperlink", anchor=text) if form == "link" else paragraph
                    )
                    if form == "place" and text not in taken:
                        taken.add(text)
                        number = str(next(marks))
                        add(paragraph, "bookmarkStart", id=number, name=text)
                        add(paragraph, "bookmarkEnd", id=number)
                    run = add(target, "r")
                    if form is True:
                        add(add(run, "rPr"), "b")
                    add(run, "t").text = text
                    run[-1].set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            else:
                widths, rows = content
                table = add(parent, "tbl")
                add(table, "tblPr")
                grid = add(table, "tblGrid")
                for width in widths:
                    add(grid, "gridCol", w=width)
                for row in rows:
                    line = add(table, "tr")
                    for cell in row:
                        fill(add(line, "tc"), cell)

    taken: set[str] = set()
    fill(root[0], blocks)
    root[0].append(last)
    return with_part(package, "word/document.xml", lambda _: etree.tostring(root))


WORDS = st.lists(
    st.sampled_from(["nämnden", "stöd", " ", ", ", "ett", "två", "Åäö", "<&>", " 18 år"]),
    max_size=6,
).map("".join)
RUNS = st.lists(
    st.tuples(st.sampled_from([False, False, True, "link", "place"]), WORDS), max_size=3
)
STYLES = st.sampled_from(
    ["BodyText", "BodyText", "FirstParagraph", "Heading1", "Heading2", "Fakta"]
)
PARAGRAPHS = st.tuples(
    st.just("p"), STYLES, st.sampled_from(["", "", "", "1001", "1002", "section"]), RUNS
)
IN_CELLS = st.tuples(st.just("p"), st.just("Compact") | st.just("BodyText"), st.just(""), RUNS)
CELLS = st.lists(IN_CELLS, min_size=1, max_size=3)
TABLES = st.sampled_from([["100"], ["100", "200"], ["100", "300"]]).flatmap(
    lambda widths: st.tuples(
        st.just("tbl"),
        st.just(widths),
        st.lists(
            st.lists(CELLS, min_size=len(widths), max_size=len(widths)), min_size=1, max_size=4
        ),
    )
)


def apart(blocks: list[Any]) -> list[Any]:
    """Word has no tables next to each other, and a document ends in a paragraph that ends no
    section."""
    out: list[Any] = []
    for block in blocks:
        out += [("p", "BodyText", "", [])] if out and out[-1][0] == block[0] == "tbl" else []
        out.append(block)
    return [*out, ("p", "BodyText", "", [(False, "Slut")])]


BODIES = st.lists(PARAGRAPHS | PARAGRAPHS | TABLES, max_size=8)


@st.composite
def revisions(draw: st.DrawFn) -> tuple[list[Any], list[Any]]:
    """Two documents that have much in common, or nothing."""
    old = draw(BODIES)
    if draw(st.booleans()):
        return apart(old), apart(draw(BODIES))
    new = list(old)
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.integers(0, len(new)))
        new[at : at + draw(st.integers(0, 2))] = draw(st.lists(PARAGRAPHS | TABLES, max_size=2))
    ends = draw(st.lists(IN_CELLS, max_size=2)), draw(st.lists(IN_CELLS, max_size=2))
    return apart(old) + ends[0], apart(new) + ends[1]


@cache
def listed() -> bytes:
    """A package that has two lists of its own."""
    return bilaga(revision(None, insats("Lista", innehåll=f"{LISTS}\n\n{LISTS}")))


LAST = ("p", "BodyText", "", [(False, "Slut")])
TWO_LISTS = [("p", "Heading1", "1001", []), ("p", "BodyText", "1002", []), LAST]
ONE_LIST = [("p", "Heading1", "1002", []), ("p", "BodyText", "1002", []), LAST]
CELL_ENDS: list[Any] = [
    [
        (
            "tbl",
            ["100"],
            [[[("p", "BodyText", "", [(False, f"nämnden{space}")]), ("p", style, "", [])]]],
        ),
        LAST,
    ]
    for space, style in ((" ", "BodyText"), ("", "Compact"))
]


@settings(max_examples=20, deadline=None)
@example(bodies=(CELL_ENDS[0], CELL_ENDS[1]))
@example(bodies=(CELL_ENDS[1], CELL_ENDS[0]))
@example(bodies=(TWO_LISTS, ONE_LIST))
@example(bodies=(ONE_LIST, TWO_LISTS))
@given(bodies=revisions())
def test_any_two_documents(bodies: tuple[list[Any], list[Any]]) -> None:
    old, new = (with_body(listed(), body) for body in bodies)
    made = merge(old, new, "Åsa Ek", "2025-09-18")
    check(old, new, made)
    assert bodies[0] != bodies[1] or made == new
