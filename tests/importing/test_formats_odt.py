"""OpenDocument text is read as Word documents are."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from random import Random
from typing import Any, Literal

import pytest
from odf import dc, draw, office, style, table, text
from odf.opendocument import OpenDocumentText

from insatskoll.importing import formats
from insatskoll.importing.blocks import Source, Table, texts
from insatskoll.reading.packages import Unfit

P, Span = text.P, text.Span


def made(write: Callable[[Any], None]) -> bytes:
    document = OpenDocumentText()
    for name, given in (
        ("Fet", {"fontweight": "bold", "fontsize": "16pt"}),
        ("Understruken", {"textunderlinestyle": "solid"}),
        ("Dold", {"display": "none"}),
    ):
        for family in ("paragraph", "text"):
            kind = style.Style(name=name if family == "text" else f"P{name}", family=family)
            kind.addElement(style.TextProperties(attributes=given))
            document.automaticstyles.addElement(kind)
    write(document)
    out = io.BytesIO()
    document.write(out)
    return out.getvalue()


def changed(write: Callable[[Any], None], **by: str) -> bytes:
    """The document with words exchanged for raw XML."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(made(write))) as was, zipfile.ZipFile(out, "w") as new_one:
        for name in was.namelist():
            content = was.read(name)
            if name == "content.xml":
                for old, new in by.items():
                    content = content.replace(old.encode(), new.encode())
            new_one.writestr(name, content)
    return out.getvalue()


def read(
    write: Callable[[Any], None] | bytes, tracked: Literal["godkända", "avvisade"] = "godkända"
) -> Source:
    data = write if isinstance(write, bytes) else made(write)
    return formats.source("a.odt", data, tracked)


def said(source: Source) -> list[tuple[str, int | None, str]]:
    return [(t.style.name, t.level, t.words) for t in texts(source.blocks)]


def test_headings_lists_and_looks() -> None:
    def write(document: Any) -> None:
        body = document.text
        named = style.Style(name="Rubrik_20_3", displayname="Rubrik 3", family="paragraph")
        document.styles.addElement(named)
        body.addElement(text.H(outlinelevel=2, text="Öppen förskola"))
        body.addElement(P(stylename="Rubrik_20_3", text="Syfte"))
        body.addElement(P(stylename="PFet", text="Målgrupp"))
        lead = P()
        for part in (Span(stylename="Understruken", text="Villkor:"), Span(text=" barn")):
            lead.addElement(part)
        body.addElement(lead)
        outer, inner = text.List(), text.List()
        for one, words in ((outer, "Fika"), (inner, "Kaffe")):
            item = text.ListItem()
            item.addElement(P(text=words))
            one.addElement(item)
        outer.childNodes[0].addElement(inner)
        body.addElement(outer)
        line = P(text="Först.")
        line.addElement(text.LineBreak())
        line.addText("Sedan")
        line.addElement(text.S(c=3))
        line.addText("slut")
        body.addElement(line)

    source = read(write)
    assert said(source) == [
        ("HEADING", 2, "Öppen förskola"),
        ("HEADING", 3, "Syfte"),
        ("BODY", None, "Målgrupp"),
        ("BODY", None, "Villkor: barn"),
        ("ITEM", 0, "Fika"),
        ("ITEM", 1, "Kaffe"),
        ("BODY", None, "Först."),
        ("BODY", None, "Sedan slut"),
    ]
    found = list(texts(source.blocks))
    assert (found[2].bold, found[2].size, found[3].lead) == (True, 16.0, "Villkor:")


def test_merged_and_nested_tables() -> None:
    def cell(words: str, **spans: int) -> Any:
        one = table.TableCell(**spans)
        one.addElement(P(text=words))
        return one

    def grid(*rows: list[Any]) -> Any:
        made = table.Table()
        made.addElement(table.TableColumn(numbercolumnsrepeated=2))
        head = table.TableHeaderRows()
        made.addElement(head)
        for number, row in enumerate(rows):
            line = table.TableRow()
            for one in row:
                line.addElement(one)
            (made if number else head).addElement(line)
        return made

    def write(document: Any) -> None:
        outer = cell("Trappan")
        outer.addElement(grid([cell("Tid")], [cell("Plats")]))
        document.text.addElement(
            grid(
                [cell("Namn", numbercolumnsspanned=2), table.CoveredTableCell()], [outer, cell("x")]
            )
        )

    (found,) = read(write).blocks
    assert isinstance(found, Table) and found.heads == 1
    assert [[(c.words, c.columns) for c in row] for row in found.rows] == [
        [("Namn", 2)],
        [("Trappan\nTid\nPlats", 1), ("x", 1)],
    ]


def test_notes_boxes_contents_and_comments() -> None:
    def write(document: Any) -> None:
        contents = text.TableOfContent(name="Innehåll")
        contents.addElement(text.TableOfContentSource())
        index = text.IndexBody()
        index.addElement(P(text="Trappan 3"))
        contents.addElement(index)
        document.text.addElement(contents)
        line = P(text="Fem samtal")
        note = text.Note(noteclass="footnote", id="n1")
        note.addElement(text.NoteCitation(text="1"))
        body = text.NoteBody()
        body.addElement(P(text="Enligt beslut."))
        note.addElement(body)
        frame, inside = draw.Frame(), draw.TextBox()
        inside.addElement(P(text="I rutan"))
        frame.addElement(inside)
        comment = office.Annotation()
        comment.addElement(dc.Creator(text="Eva"))
        comment.addElement(P(text="Stämmer det?"))
        for part in (note, frame, comment, Span(stylename="Dold", text="hemligt")):
            line.addElement(part)
        line.addText(" ges.")
        document.text.addElement(line)

    source = read(write)
    assert said(source) == [
        ("MARGIN", None, "Trappan 3"),
        ("BODY", None, "Fem samtal ges."),
        ("NOTE", None, "Enligt beslut."),
        ("BOX", None, "I rutan"),
    ]
    assert source.passed_over == (
        "En kommentar av Eva: ”Stämmer det?”",
        "Dold text: ”hemligt”",
        "Innehållsförteckningen är inte läst som innehåll",
    )


_CHANGES = (
    '<text:tracked-changes><text:changed-region text:id="a"><text:insertion/></text:changed-region>'
    '<text:changed-region text:id="b"><text:deletion><text:p>16</text:p></text:deletion>'
    "</text:changed-region></text:tracked-changes>"
)


def test_tracked_changes_are_accepted_or_rejected() -> None:
    def write(document: Any) -> None:
        document.text.addElement(text.Section(name="FÖRE"))
        document.text.addElement(P(text="Från HÄR år"))

    here = '<text:change text:change-id="b"/><text:change-start text:change-id="a"/>18'
    here += '<text:change-end text:change-id="a"/>'
    data = changed(write, HÄR=here, **{'<text:section text:name="FÖRE"/>': _CHANGES})
    wanted: dict[Literal["godkända", "avvisade"], str]
    wanted = {"godkända": "Från 18 år", "avvisade": "Från 16 år"}
    for tracked, words in wanted.items():
        source = read(data, tracked)
        assert said(source) == [("BODY", None, words)]
        assert "spårade ändringar (2)" in source.passed_over[0]


def test_heads_and_feet_are_apart() -> None:
    def write(document: Any) -> None:
        layout = style.PageLayout(name="L")
        document.automaticstyles.addElement(layout)
        page = style.MasterPage(name="Standard", pagelayoutname="L")
        for kind, words in ((style.Header, "Socialnämnden"), (style.Footer, "Diarienummer")):
            part = kind()
            part.addElement(P(text=words))
            page.addElement(part)
        document.masterstyles.addElement(page)
        document.text.addElement(P(text="Text"))

    assert [(name, words) for name, _, words in said(read(write))] == [
        ("MARGIN", "Socialnämnden"), ("BODY", "Text"), ("MARGIN", "Diarienummer"),
    ]  # fmt: skip


@pytest.mark.parametrize("seed", range(6))
def test_every_word_is_read_once_in_its_order(seed: int) -> None:
    random = Random(seed)
    words: list[str] = []

    def paragraph() -> Any:
        line = P()
        for _ in range(random.randint(1, 4)):
            words.append(f"ord{len(words)}x")
            line.addElement(Span(stylename=random.choice(["Fet", "Saknas"]), text=words[-1] + " "))
        return line

    def block(depth: int) -> Any:
        if not depth or random.random() < 0.4:
            return paragraph()
        if random.random() < 0.5:
            holder, item = text.List(), text.ListItem()
            item.addElement(paragraph())
            holder.addElement(item)
            return holder
        grid = table.Table()
        for _ in range(2):
            row = table.TableRow()
            grid.addElement(row)
            for _ in range(2):
                cell = table.TableCell()
                cell.addElement(block(depth - 1))
                row.addElement(cell)
        return grid

    def write(document: Any) -> None:
        for _ in range(5):
            document.text.addElement(block(3))

    source = read(write)
    found = re.findall(r"ord\d+x", " ".join(t.words for t in texts(source.blocks)))
    assert found == words


def test_what_would_grow_without_end_is_refused() -> None:
    def write(document: Any) -> None:
        grid, row = table.Table(), table.TableRow(numberrowsrepeated=1000000)
        cell = table.TableCell(numbercolumnsrepeated=1000000)
        cell.addElement(P(text="a"))
        row.addElement(cell)
        grid.addElement(row)
        document.text.addElement(grid)

    with pytest.raises(Unfit, match="orimligt många"):
        read(write)


def test_entities_are_refused() -> None:
    start = "<office:document-content"
    data = changed(lambda _: None, **{start: f"<!DOCTYPE a>{start}"})
    with pytest.raises(Unfit, match="DOCTYPE"):
        read(data)


def test_what_is_locked_says_so() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("META-INF/manifest.xml", "<manifest:encryption-data/>")
    with pytest.raises(Unfit, match="lösenord"):
        read(out.getvalue())
