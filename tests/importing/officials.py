"""Documents as officials make them in other programs than Word's plain text: workbooks with several
sheets and heads over heads, OpenDocument, and Word files whose insatser stand in merged cells,
nested tables, text boxes, columns and notes. Made with libraries that do not read them."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import xlsxwriter
from odf import style, table, text
from odf.opendocument import OpenDocumentText

from tests.importing import word
from tests.importing.word import added, box, p, removed, run, tc

CHILDREN = (
    ("Lekhörnan", "Familjer med små barn", "0–5 år", "Lek och sång varje onsdag.", "", "",
     "Dokumenteras på individnivå."),
    ("Vägskälet", "Unga som skolkar", "13–18 år", "Samtal med en coach.", "Högst sex samtal",
     "Barn under 15 år behöver vårdnadshavares samtycke.", "Dokumenteras på individnivå."),
    ("Mellan oss", "Föräldrar som ska separera", "", "Medlande samtal.", "Tre till fem samtal", "",
     "Rådgivning, inga personliga uppgifter antecknas."),
)  # fmt: skip
ADULTS = (
    ("Nystarten", "Råd om skulder och budget.", "Vuxna med skulder", "Upp till 4 samtal",
     "Insatsen dokumenteras på individnivå."),
    ("Andrum", "Grupp för anhöriga.", "Anhöriga till den som dricker", "8 träffar om två timmar",
     "Insatsen dokumenteras på individnivå."),
)  # fmt: skip
CROSSES = (
    ("Lekhörnan", "x", "", "", ""),
    ("Vägskälet", "", "X", "", ""),
    ("Mellan oss", "x", "x", "", ""),
    ("Nystarten", "", "", "×", ""),
    ("Andrum", "", "", "", "x"),
)


def workbook() -> bytes:
    """Björkvik: a sheet for each group, the first with a title and heads over heads, and a sheet
    with crosses."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        bold = book.add_format({"bold": True})
        sheet = book.add_worksheet("Barn och unga")
        title = book.add_format({"bold": True, "font_size": 16})
        sheet.merge_range("A1:G1", "Stöd utan biståndsbeslut i Björkvik", title)
        sheet.merge_range("B3:C3", "Vem kan komma?", bold)
        for cell, words in (("A3:A4", "Aktivitet"), ("D3:D4", "Vad ingår?"),
                            ("E3:E4", "Hur länge?"), ("F3:F4", "Samtycke"),
                            ("G3:G4", "Journalföring")):  # fmt: skip
            sheet.merge_range(cell, words, bold)
        sheet.write_row("B4", ["Målgrupp", "Ålder"], bold)
        for row, cells in enumerate(CHILDREN, 4):
            sheet.write_row(row, 0, cells)
        _rows(
            book.add_worksheet("Vuxna"),
            bold,
            ("Insats", "Beskrivning", "Målgrupp", "Omfattning", "Dokumentation"),
            ADULTS,
        )
        _rows(book.add_worksheet("Vem gör vad"), bold,
              ("Insats", "Familjens hus", "Ungdomsteamet", "Budgetrådgivningen", "Anhörigteamet"),
              CROSSES)  # fmt: skip
    return out.getvalue()


def _rows(sheet: Any, bold: Any, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    sheet.write_row(0, 0, heads, bold)
    for row, cells in enumerate(rows, 1):
        sheet.write_row(row, 0, cells)


def open_document() -> bytes:
    """Furuby: headings, lines with bold leads, and a table."""
    made = OpenDocumentText()
    strong = style.Style(name="Stark", family="text")
    strong.addElement(style.TextProperties(fontweight="bold"))
    made.automaticstyles.addElement(strong)

    def heading(level: int, words: str) -> None:
        made.text.addElement(text.H(outlinelevel=level, text=words))

    def line(lead: str, words: str) -> None:
        one = text.P()
        one.addElement(text.Span(stylename=strong, text=lead))
        one.addText(f" {words}")
        made.text.addElement(one)

    heading(1, "Öppna insatser i Furuby")
    heading(2, "Barn och familj")
    heading(3, "Nappflaskan")
    line("Vem kan få insatsen?", "Föräldrar med barn 0–2 år.")
    line("Vad innebär insatsen?", "Ni träffas vid fem tillfällen och pratar om sömn och mat.")
    line("Dokumentation:", "Insatsen dokumenteras på individnivå.")
    heading(3, "Bryggan")
    line("Vem kan få insatsen?", "Ungdomar i åldern 14–17 år.")
    line("Vad innebär insatsen?", "Du får högst åtta samtal med en kurator.")
    line("Dokumentation:", "Insatsen dokumenteras på individnivå.")
    heading(2, "Vuxna")
    heads = ("Insats", "Målgrupp", "Innehåll", "Dokumentation")
    row = ("Torsdagsfikat", "Vuxna som vill ha sällskap", "Fika varje torsdag.",
           "Insatsen dokumenteras på individnivå.")  # fmt: skip
    grid = table.Table()
    for cells in (heads, row):
        line_ = table.TableRow()
        for words in cells:
            cell = table.TableCell()
            cell.addElement(text.P(text=words))
            line_.addElement(cell)
        grid.addElement(line_)
    made.text.addElement(grid)
    out = io.BytesIO()
    made.write(out)
    return out.getvalue()


_B = "<w:b/>"
_DOWN, _ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


def merged_cells() -> bytes:
    """Åsnäs: a table where the group and the documentation go over several rows, and a row is
    added by a tracked change."""
    new = '<w:trPr><w:ins w:id="3" w:author="A"/></w:trPr>'
    heads = "".join(tc(p(run(one, _B))) for one in
                    ("Insats", "Målgrupp", "Innehåll", "Omfattning", "Dokumentation"))  # fmt: skip
    last = tc("Insatsen dokumenteras på individnivå.", _DOWN), tc("<w:p/>", _ON)
    rows = (
        tc(p(run("Barn och unga", _B)), '<w:gridSpan w:val="5"/>'),
        tc("Lilla stugan") + tc("Barn 6–12 år") + tc("Lek i grupp.") + tc("Tio träffar") + last[0],
        tc("Repet") + tc("Unga 13–19 år") + tc("Samtal.") + tc(p("Högst ", removed("fyra"),
           added(run("sex")), " samtal")) + last[1],
        new + tc("Vinden") + tc("Unga 16–20 år") + tc("Läxhjälp.") + tc("Varje måndag")
        + tc("Insatsen dokumenteras på individnivå."),
    )  # fmt: skip
    body = p(run("Insatser utan behovsprövning i Åsnäs", _B)) + word.table(heads, *rows)
    return word.document(body)


def beside_the_text() -> bytes:
    """Skärvik: headings that are only bold, a text box, a footnote, a table within a table, and
    two columns."""
    mark = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    columns = '<w:sectPr><w:type w:val="continuous"/><w:cols w:num="2"/></w:sectPr>'
    inner = word.table(
        tc("Omfattning") + tc("Sex träffar"),
        tc("Dokumentation") + tc("Dokumenteras på individnivå."),
    )
    body = (
        p(run("Insatser i Skärvik", _B + '<w:sz w:val="36"/>'))
        + p(run("Hamnen", _B + '<w:sz w:val="28"/>'))
        + p(run("Målgrupp:", _B), " Vuxna som lever ensamma.", mark)
        + p(run("Innehåll:", _B), " Samtal och promenader.", box(p("Ring oss på kontaktcenter.")))
        + p(run("Dokumentation:", _B), " Insatsen dokumenteras på individnivå.")
        + p(properties=columns)
        + p(run("Fyrljuset", _B + '<w:sz w:val="28"/>'))
        + p(run("Målgrupp:", _B), " Barn 7–12 år.")
        + p(run("Innehåll:", _B), " Bad och lek vid sjön i högst fyra veckor.")
        + p(run("Dokumentation:", _B), " Insatsen dokumenteras på individnivå.")
        + p(run("Ankaret", _B + '<w:sz w:val="28"/>'))
        + p(run("Målgrupp:", _B), " Anhöriga till personer med demens.")
        + p(run("Innehåll:", _B), " Stödgrupp.")
        + word.table(tc(inner + "<w:p/>"))
    )
    notes = f'<w:footnote w:id="2">{p("Gäller den som är folkbokförd här.")}</w:footnote>'
    return word.document(body, notes=notes)


MADE = {
    "björkvik.xlsx": workbook,
    "furuby.odt": open_document,
    "åsnäs.docx": merged_cells,
    "skärvik.docx": beside_the_text,
}
