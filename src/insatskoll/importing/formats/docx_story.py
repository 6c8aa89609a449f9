"""Reads the text of a Word document: paragraphs and tables, with what stands inside them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from insatskoll.importing.blocks import Block, Cell, Spot, Style, Table, texts
from insatskoll.importing.formats import runs
from insatskoll.importing.formats.docx_styles import Look, Shape, Styles, W, changed, value
from insatskoll.importing.formats.runs import Run, Tracked

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_PICTURE = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_BOX = f"{W}txbxContent"
# What holds runs or blocks without changing them.
_AROUND = {f"{W}{name}" for name in ("hyperlink", "smartTag", "customXml", "fldSimple", "dir")} | {
    f"{W}{name}" for name in ("bdo", "sdtContent", "ruby", "rubyBase")
}
_ADDED = {f"{W}{name}" for name in ("ins", "moveTo")}
_REMOVED = {f"{W}{name}" for name in ("del", "moveFrom")}
_WRITTEN = {
    "tab": " ", "ptab": " ", "cr": "\n", "noBreakHyphen": "-", "softHyphen": "", "pgNum": ""
}  # fmt: skip
_WIDEST = 63  # columns of a table, which is what Word allows


@dataclass
class _Field:
    """A field that has begun: what it is told to do, and whether its result has."""

    told: str = ""
    result: bool = False


@dataclass
class _Inside:
    """What a paragraph holds: its runs, and what it has to be followed by."""

    runs: list[Run] = field(default_factory=list)
    after: list[Block] = field(default_factory=list)
    contents: bool = False
    page: int | None = None  # where it begins


class Story:
    """Reads parts of one document, and remembers what it passes over."""

    def __init__(self, styles: Styles, tracked: Tracked = "godkända") -> None:
        self.styles = styles
        self.notes: dict[tuple[str, str], Element] = {}
        self.paged = False  # whether Word has marked where its pages begin; only it can know
        self._kept, self._dropped = _ADDED, _REMOVED
        if tracked == "avvisade":
            self._kept, self._dropped = _REMOVED, _ADDED
        self._tracked = tracked
        self._page: int | None = None
        self._fields: list[_Field] = []
        self._style = Style.BODY
        self._changes = 0
        self._contents = False
        self._passed: list[str] = []

    def blocks(self, container: Element) -> list[Block]:
        """The blocks in the body, a cell, a note or a box."""
        if self._page is None and self.paged:
            self._page = 1
        found: list[Block] = []
        carried: list[Run] = []
        for element in self._around(container):
            if element.tag == f"{W}p":
                made, carried = self._paragraph(element, carried)
                found += made
                continue
            found += runs.paragraphs(carried, self._spot(), self._style)
            carried = []
            if element.tag == f"{W}tbl":
                found += self._table(element)
            elif element.tag == f"{W}altChunk":
                self._pass_over("En inbäddad fil som Word visar i texten")
        return found + list(runs.paragraphs(carried, self._spot(), self._style))

    def margin(self, root: Element) -> list[Block]:
        """The blocks of a header or footer."""
        was, self._style, page = self._style, Style.MARGIN, self._page
        self._page, self._fields = None, []
        found = [
            replace(text, spot=Spot(0), style=Style.MARGIN)
            for text in texts(tuple(self.blocks(root)))
        ]
        self._style, self._page = was, page
        return list(found)

    def told(self) -> list[str]:
        """What was passed over, and how what is tracked was read, as sentences without their full
        stop."""
        told = list(self._passed)
        if self._contents:
            told.append("Innehållsförteckningen är inte läst som innehåll")
        if self._changes:
            told.insert(
                0,
                f"Dokumentet har spårade ändringar ({self._changes}). De är lästa som "
                f"{self._tracked}",
            )
        return told

    def _pass_over(self, told: str) -> None:
        if told not in self._passed:
            self._passed.append(told)

    def _spot(self) -> Spot:
        return Spot(0, self._page)

    def _around(self, container: Element) -> Iterator[Element]:
        """The paragraphs and tables in ``container``, also where something is around them."""
        for child in container:
            if child.tag == f"{W}sdt":
                yield from self._controlled(child)
            elif child.tag in self._dropped:
                self._changes += 1
            elif child.tag in _AROUND or child.tag in self._kept:
                yield from self._around(child)
            elif child.tag == f"{_MC}AlternateContent":
                yield from self._around(_alternative(child))
            else:
                yield child

    def _controlled(self, control: Element) -> Iterator[Element]:
        """The paragraphs and tables in a content control, such as that around a table of
        contents."""
        was = self._style
        part = control.find(f"{W}sdtPr/{W}docPartObj")
        if value(part, "docPartGallery") == "Table of Contents":
            self._style, self._contents = Style.MARGIN, True
        for content in self._content(control):
            yield from self._around(content)
        self._style = was

    def _content(self, control: Element) -> list[Element]:
        """The content of a content control (w:sdt), if anyone has filled it in."""
        content = control.find(f"{W}sdtContent")
        if content is None:
            return []
        if control.find(f"{W}sdtPr/{W}showingPlcHdr") is None:
            return [content]
        words = runs.one_line("".join(text.text or "" for text in content.iter(f"{W}t")))
        self._pass_over(f"Ett fält som inte är ifyllt: ”{words}”")
        return []

    # Paragraphs

    def _paragraph(self, element: Element, carried: list[Run]) -> tuple[list[Block], list[Run]]:
        """The blocks that a paragraph makes, and its runs where its mark is gone, so that they go
        on in the next."""
        properties = self._chosen(element.find(f"{W}pPr"), "pPrChange")
        shape = self.styles.shape(properties)
        self._fields = [known for known in self._fields if known.result]
        if shape.level is not None:
            self._fields = [known for known in self._fields if not _makes_contents(known)]
        inside = _Inside(list(carried), page=self._page)
        name = value(properties, "pStyle") or self.styles.paragraph
        self._inline(element, self.styles.look(name, self.styles.usual), inside)
        if self._gone(properties):
            return inside.after, inside.runs
        if _is_drop_cap(properties):
            return inside.after, inside.runs
        style, level = self._kind(shape, inside)
        return [
            *runs.paragraphs(inside.runs, Spot(0, inside.page), style, level),
            *inside.after,
        ], []

    def _kind(self, shape: Shape, inside: _Inside) -> tuple[Style, int | None]:
        if inside.contents or shape.contents:
            self._contents = True
            return Style.MARGIN, None
        if self._style in (Style.NOTE, Style.MARGIN):
            return self._style, None
        if shape.level is not None:
            return Style.HEADING, shape.level
        if shape.item is not None:
            return Style.ITEM, shape.item
        return self._style, None

    def _gone(self, properties: Element | None) -> bool:
        """Whether the mark that ends a paragraph is gone by a tracked change."""
        mark = properties.find(f"{W}rPr") if properties is not None else None
        marks = {child.tag for child in mark} if mark is not None else set()
        self._changes += len(marks & (_ADDED | _REMOVED))
        return bool(marks & self._dropped)

    def _chosen(self, properties: Element | None, change: str) -> Element | None:
        """The properties as they were, where a tracked change of them is refused."""
        changes = properties.find(f"{W}{change}") if properties is not None else None
        if changes is None or properties is None:
            return properties
        self._changes += 1
        was = changes.find(properties.tag) if self._tracked == "avvisade" else None
        return was if was is not None else properties

    # Runs

    def _inline(self, element: Element, look: Look, inside: _Inside) -> None:
        for child in element:
            if child.tag == f"{W}r":
                self._run(child, look, inside)
            elif child.tag in self._dropped:
                self._changes += 1
            elif child.tag in self._kept:
                self._changes += 1
                self._inline(child, look, inside)
            elif child.tag == f"{W}sdt":
                for part in self._content(child):
                    self._inline(part, look, inside)
            elif child.tag in _AROUND:
                self._inline(child, look, inside)
            elif child.tag == f"{_MC}AlternateContent":
                self._inline(_alternative(child), look, inside)
            elif child.tag.startswith(_MATH):
                words = [text.text or "" for text in child.iter(f"{_MATH}t")]
                self._write(" ".join(words), look, inside)

    def _run(self, run: Element, look: Look, inside: _Inside) -> None:
        properties = self._chosen(run.find(f"{W}rPr"), "rPrChange")
        look = self.styles.look(value(properties, "rStyle"), look)
        self._in_run(run, changed(look, properties), inside)

    def _in_run(self, run: Element, look: Look, inside: _Inside) -> None:
        for child in run:
            name = child.tag.removeprefix(W)
            if child.tag == f"{_MC}AlternateContent":
                self._in_run(_alternative(child), look, inside)
            elif name in ("t", "delText"):
                self._write(child.text or "", look, inside)
            elif name in _WRITTEN:
                self._write(_WRITTEN[name], look, inside)
            elif name == "sym":
                self._write(_symbol(child), look, inside)
            elif name in ("br", "lastRenderedPageBreak"):
                self._break(child, look, inside)
            elif name in ("fldChar", "instrText"):
                self._field(child, look, inside)
            elif name in ("footnoteReference", "endnoteReference"):
                self._note(child, inside)
            elif name in ("drawing", "pict", "object"):
                self._drawing(child, inside)
            elif child.tag in _AROUND:
                self._inline(child, look, inside)

    def _write(self, text: str, look: Look, inside: _Inside) -> None:
        if not all(known.result for known in self._fields):
            return
        if any(_makes_contents(known) for known in self._fields) and text.strip():
            inside.contents = True
        if look.hidden:
            if words := runs.one_line(text):
                self._pass_over(f"Dold text: ”{words}”")
            return
        if not any(run.text.strip() for run in inside.runs):
            inside.page = self._page
        inside.runs.append(Run(text, look.bold, look.underlined, look.size))

    def _break(self, element: Element, look: Look, inside: _Inside) -> None:
        if element.tag == f"{W}lastRenderedPageBreak":
            self._page = (self._page or 1) + 1
        if element.tag == f"{W}br":
            self._write("\n", look, inside)

    def _field(self, element: Element, look: Look, inside: _Inside) -> None:
        if element.tag == f"{W}instrText":
            if self._fields:
                self._fields[-1].told += element.text or ""
            return
        match element.get(f"{W}fldCharType"):
            case "begin":
                box = element.find(f"{W}ffData/{W}checkBox")
                if box is not None:
                    self._write("☑" if _is_checked(box) else "☐", look, inside)
                self._fields.append(_Field())
            case "separate" if self._fields:
                self._fields[-1].result = True
            case "end" if self._fields:
                self._fields.pop()

    def _note(self, reference: Element, inside: _Inside) -> None:
        key = (reference.tag.removeprefix(W), reference.get(f"{W}id", ""))
        note = self.notes.pop(key, None)
        if note is not None:
            inside.after += self._apart(note, Style.NOTE)

    def _drawing(self, element: Element, inside: _Inside) -> None:
        """The text boxes of a drawing; a picture is told of."""
        boxes = list(_outermost(element))
        for box in boxes:
            inside.after += self._apart(box, Style.BOX)
        if boxes:
            return
        described = [picture.get("descr", "") for picture in element.iter(_PICTURE)]
        words = runs.one_line(" ".join(described))
        kind = "Ett inbäddat objekt" if element.tag == f"{W}object" else "En bild"
        self._pass_over(f"{kind}: ”{words}”" if words else kind)

    def _apart(self, container: Element, style: Style) -> list[Block]:
        """The blocks of what stands beside the text."""
        was, fields = self._style, self._fields
        self._style = style if self._style is not Style.MARGIN else Style.MARGIN
        self._fields = []
        found = self.blocks(container)
        self._style, self._fields = was, fields
        return found

    # Tables

    def _table(self, table: Element) -> list[Block]:
        properties = table.find(f"{W}tblPr")
        start = self._spot()
        rows: list[list[Cell]] = []
        open_cells: dict[int, tuple[int, int]] = {}  # by column: row and place of what goes on down
        heads = 0
        for row in self._around(table):
            said = row.find(f"{W}trPr")
            if row.tag != f"{W}tr" or self._is_row_gone(said):
                continue
            header = said.find(f"{W}tblHeader") if said is not None else None
            if header is not None and heads == len(rows):
                heads += 1
            rows.append(self._row(row, said, rows, open_cells))
        if not any(cell.blocks for row in rows for cell in row):
            return []
        heads = heads or min(self.styles.head_rows(properties), len(rows) - 1)
        return [Table(tuple(map(tuple, rows)), start, heads)]

    def _is_row_gone(self, properties: Element | None) -> bool:
        marks = {child.tag for child in properties} if properties is not None else set()
        self._changes += len(marks & (_ADDED | _REMOVED))
        return bool(marks & self._dropped)

    def _row(
        self,
        row: Element,
        properties: Element | None,
        above: list[list[Cell]],
        open_cells: dict[int, tuple[int, int]],
    ) -> list[Cell]:
        """A row's cells; those that go on from above make what they go on from higher."""
        column = _span(value(properties, "gridBefore") or "0", 0)
        cells = [Cell((), 1, column)] if column else []
        for cell in self._around(row):
            if cell.tag != f"{W}tc":
                continue
            said = cell.find(f"{W}tcPr")
            wide = _span(value(said, "gridSpan"))
            merge = said.find(f"{W}vMerge") if said is not None else None
            goes_on = merge is not None and merge.get(f"{W}val", "continue") == "continue"
            blocks = tuple(self.blocks(cell))
            if goes_on and column in open_cells:
                at, place = open_cells[column]
                was = above[at][place]
                above[at][place] = Cell(was.blocks + blocks, was.rows + 1, was.columns)
            else:
                open_cells.pop(column, None)
                if merge is not None:
                    open_cells[column] = (len(above), len(cells))
                cells.append(Cell(blocks, 1, wide))
            column += wide
        return cells


def _alternative(element: Element) -> Element:
    """The first of what a program may choose between, so that nothing is read twice."""
    for name in ("Choice", "Fallback"):
        found = element.find(f"{_MC}{name}")
        if found is not None and len(found):
            return found
    return element


def _outermost(element: Element) -> Iterator[Element]:
    """The text boxes in a drawing that are not within one another."""
    if element.tag == f"{_MC}AlternateContent":
        element = _alternative(element)
    for child in element:
        if child.tag == _BOX:
            yield child
        else:
            yield from _outermost(child)


def _makes_contents(known: _Field) -> bool:
    return known.told.split()[:1] == ["TOC"]


def _is_drop_cap(properties: Element | None) -> bool:
    frame = properties.find(f"{W}framePr") if properties is not None else None
    return frame is not None and frame.get(f"{W}dropCap", "none") != "none"


def _is_checked(box: Element) -> bool:
    said = box.find(f"{W}checked")
    said = said if said is not None else box.find(f"{W}default")
    return said is not None and said.get(f"{W}val", "1") not in ("0", "false", "off")


def _symbol(element: Element) -> str:
    code = element.get(f"{W}char", "")
    try:
        return chr(int(code, 16))
    except (ValueError, OverflowError):
        return ""


def _span(text: str, least: int = 1) -> int:
    return min(max(int(text), least), _WIDEST) if text.isdecimal() and len(text) < 5 else least
