"""Workbooks are read sheet by sheet: what is shown, where it stands, and nothing without a word."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from datetime import date
from random import Random
from typing import Any

import pytest
import xlsxwriter

from insatskoll.importing import formats
from insatskoll.importing.blocks import Source, Style, Table, texts
from insatskoll.importing.formats import xlsx
from insatskoll.reading.packages import Unfit


def made(write: Callable[[Any], None]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        write(book)
    return out.getvalue()


def read(write: Callable[[Any], None]) -> Source:
    return formats.source("a.xlsx", made(write))


def cells(block: object) -> list[list[str]]:
    assert isinstance(block, Table)
    return [[cell.words for cell in row] for row in block.rows]


def test_a_sheet_has_text_and_a_table() -> None:
    def write(book: Any) -> None:
        sheet = book.add_worksheet("Insatser")
        bold = book.add_format({"bold": True, "font_size": 16})
        sheet.write(0, 0, "Öppna insatser", bold)
        sheet.write_row(2, 0, ["Insats", "Ålder", "Från", "Andel", "Avgift"])
        sheet.write_row(3, 0, ["Trappan", 18, "x", 0.5, 12.5])
        sheet.write_datetime(3, 2, date(2025, 7, 1), book.add_format({"num_format": "yyyy-mm-dd"}))
        sheet.write(3, 3, 0.5, book.add_format({"num_format": "0%"}))
        sheet.write_row(5, 0, ["Nexus", "Målgrupp: barn\nVillkor: boende i kommunen"])
        sheet.write(6, 0, "Sammanställningen gäller från den dag då nämnden har beslutat om " * 2)

    name, title, table, below = read(write).blocks
    assert [(t.style, t.words) for t in texts((name, title))] == [
        (Style.HEADING, "Insatser"),
        (Style.BODY, "Öppna insatser"),
    ]
    (shown,) = texts((title,))
    assert (shown.bold, shown.size, shown.spot.paragraph, shown.spot.page) == (True, 16, 1, 1)
    assert cells(table) == [
        ["Insats", "Ålder", "Från", "Andel", "Avgift"],
        ["Trappan", "18", "2025-07-01", "50 %", "12,5"],
        ["Nexus", "Målgrupp: barn\nVillkor: boende i kommunen"],
    ]
    assert next(texts((below,))).words.startswith("Sammanställningen")


def test_a_matrix_keeps_its_crosses_and_merged_cells() -> None:
    def write(book: Any) -> None:
        sheet = book.add_worksheet("Blad1")
        sheet.merge_range(0, 0, 1, 0, "Insats")
        sheet.merge_range(0, 1, 0, 2, "Verksamhet")
        sheet.write_row(1, 1, ["Norr", "Söder"])
        sheet.write_row(2, 0, ["Trappan", "X", ""])
        sheet.write_row(3, 0, ["Nexus", "", "X"])
        sheet.write(4, 0, "Lots")
        sheet.freeze_panes(2, 1)

    (table,) = read(write).blocks
    assert isinstance(table, Table) and table.heads == 2
    assert [[(c.words, c.rows, c.columns) for c in row] for row in table.rows] == [
        [("Insats", 2, 1), ("Verksamhet", 1, 2)],
        [("Norr", 1, 1), ("Söder", 1, 1)],
        [("Trappan", 1, 1), ("X", 1, 1), ("", 1, 1)],
        [("Nexus", 1, 1), ("", 1, 1), ("X", 1, 1)],
        [("Lots", 1, 1), ("", 1, 1), ("", 1, 1)],
    ]


def test_several_sheets_bold_beginnings_and_results_of_formulas() -> None:
    def write(book: Any) -> None:
        first, second = book.add_worksheet("Barn"), book.add_worksheet("Vuxna")
        bold = book.add_format({"bold": True})
        first.write_rich_string(0, 0, bold, "Målgrupp:", " barn")
        second.write_formula(0, 0, '="Stöd "&"till vuxna"', None, "Stöd till vuxna")
        second.add_table(2, 0, 3, 1, {"columns": [{"header": "Namn"}, {"header": "Vem"}],
                                      "data": [["Nexus", "alla"]]})  # fmt: skip

    source = read(write)
    assert [(t.words, t.spot.page) for t in texts(source.blocks)][:4] == [
        ("Barn", 1), ("Målgrupp: barn", 1), ("Vuxna", 2), ("Stöd till vuxna", 2),
    ]  # fmt: skip
    assert [t.lead for t in texts(source.blocks)][1] == "Målgrupp:"
    assert [b.heads for b in source.blocks if isinstance(b, Table)] == [1]


def test_what_is_not_seen_is_told() -> None:
    def write(book: Any) -> None:
        sheet, hidden = book.add_worksheet("Blad1"), book.add_worksheet("Gammalt")
        sheet.write(0, 0, "Trappan")
        sheet.write_comment(0, 0, "Stämmer det?")
        sheet.insert_textbox(4, 4, "I rutan")
        sheet.set_row(0, None, None, {"hidden": True})
        hidden.write(0, 0, "Kvarlämnat")
        hidden.hide()

    source = read(write)
    assert [t.words for t in texts(source.blocks)] == ["Trappan"]
    told = "\n".join(source.passed_over)
    for words in ("Stämmer det?", "I rutan", "Dolda rader", "Gammalt", "Kvarlämnat"):
        assert words in told


@pytest.mark.parametrize("seed", range(8))
def test_no_word_is_lost(seed: int) -> None:
    random = Random(seed)

    def write(book: Any) -> None:
        number = 0
        for name in ("Ett", "Två"):
            sheet = book.add_worksheet(name)
            for row in range(20):
                for column in range(6):
                    if random.random() < 0.4:
                        number += 1
                        sheet.write(row, column, f"ord{number}x " * random.randint(1, 20))

    data = made(write)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        there = re.findall(r"ord\d+x", archive.read("xl/sharedStrings.xml").decode())
    source = formats.source("a.xlsx", data)
    found = re.findall(r"ord\d+x", " ".join(t.words for t in texts(source.blocks)))
    assert sorted(found) == sorted(there)


def changed(part: str, old: str, new: str) -> bytes:
    """A workbook with something changed in the XML of a part."""
    out = io.BytesIO()
    whole = made(lambda book: book.add_worksheet("Blad1").write(0, 0, "Trappan"))
    with zipfile.ZipFile(io.BytesIO(whole)) as was, zipfile.ZipFile(out, "w", 8) as archive:
        for name in was.namelist():
            content = was.read(name).decode()
            archive.writestr(name, content.replace(old, new) if name == part else content)
    return out.getvalue()


_SHEET = "xl/worksheets/sheet1.xml"


def test_a_sheet_that_says_it_is_huge_is_read_as_it_is() -> None:
    source = formats.source("a.xlsx", changed(_SHEET, 'ref="A1"', 'ref="A1:XFD1048576"'))
    assert [t.words for t in texts(source.blocks)] == ["Trappan"]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            "</sheetData>",
            '</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>',
            "sammanfogade",
        ),
        (
            "</row>",
            '<c r="XFD1" t="inlineStr"><is><t>a</t></is></c></row><row r="2">'
            '<c r="A2"><v>1</v></c></row>' + "".join(
                f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(3, 200)
            ),
            "för många rader",
        ),
        (
            "</sheetData>",
            "</sheetData><mergeCells><mergeCell ref = 'A1:XFD1048576'/></mergeCells>",
            "sammanfogade",
        ),
        ("<worksheet", "<!DOCTYPE a [<!ENTITY b 'c'>]><worksheet", "DOCTYPE"),
        ("</sheetData>", "", "inte riktig XML"),
    ],
)  # fmt: skip
def test_what_would_grow_without_end_is_refused(old: str, new: str, told: str) -> None:
    with pytest.raises(Unfit, match=told):
        formats.source("a.xlsx", changed(_SHEET, old, new))


def test_how_a_part_is_coded_hides_nothing() -> None:
    doctype = "<!DOCTYPE a [<!ENTITY b 'c'>]><a/>"
    for coding in ("utf-16", "utf-16-le", "utf-8-sig"):
        with pytest.raises(Unfit, match=r"DOCTYPE|inte riktig XML"):
            xlsx._check("del.xml", doctype.encode(coding))


def test_a_part_that_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "MAX_PART", 500)
    with pytest.raises(Unfit, match="för stor"):
        formats.source("a.xlsx", made(lambda book: book.add_worksheet().write(0, 0, "a")))


def test_a_workbook_with_a_million_cells_is_refused_before_it_is_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(xlsx, "MAX_CELLS", 10)

    def write(book: Any) -> None:
        for name in "AB":
            book.add_worksheet(name).write_row(0, 0, ["ord"] * 6)

    with pytest.raises(Unfit, match=r"mer än 10 celler\. Spara bladen med insatserna"):
        read(write)
