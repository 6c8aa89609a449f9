"""Reads OpenDocument text (odt)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from insatskoll.importing.blocks import Block, Cell, Spot, Style, Table, texts
from insatskoll.importing.formats import kinds, runs, style_names
from insatskoll.importing.formats.runs import Run, Tracked
from insatskoll.reading import packages
from insatskoll.reading.packages import Unfit
from insatskoll.values import immutable

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

MAX_PART = 60_000_000  # bytes of XML
_SPACE = "{{urn:oasis:names:tc:opendocument:xmlns:{}:1.0}}".format
OFFICE, TEXT, TABLE, DRAW, STYLE = map(_SPACE, ("office", "text", "table", "drawing", "style"))
FO, SVG = _SPACE("xsl-fo-compatible"), _SPACE("svg-compatible")
_AUTHOR = "{http://purl.org/dc/elements/1.1/}creator"
# What holds paragraphs, runs or rows without changing them.
_AROUND = {f"{TEXT}{name}" for name in ("section", "index-body", "index-title", "a", "meta")} | {
    f"{TEXT}{name}" for name in ("span", "ruby", "ruby-base", "meta-field", "numbered-paragraph")
}
_INDEXES = {f"{TEXT}{name}" for name in ("table-of-content", "alphabetical-index")} | {
    f"{TEXT}{name}" for name in ("illustration-index", "table-index", "user-index")
}
_SHAPES = {f"{DRAW}{name}" for name in ("frame", "custom-shape", "g", "rect", "a", "ellipse")}
_SKIPPED = {f"{TEXT}tracked-changes", f"{OFFICE}annotation-end", f"{TEXT}ruby-text"}
_MOST_REPEATED = 500  # of the same cell or row


@immutable
class _Look:
    bold: bool = False
    underlined: bool = False
    hidden: bool = False
    size: float | None = None


def read(data: bytes, tracked: Tracked = "godkända") -> tuple[tuple[Block, ...], list[str]]:
    """The blocks of a text, and what was passed over. Raises :class:`Unfit`."""
    with packages.opened(data, kinds.DAMAGED, kinds.MAX_PARTS, kinds.MAX_UNPACKED) as archive:
        names = set(archive.namelist())
        roots = []
        for name in ("content.xml", "styles.xml"):
            if name in names and archive.getinfo(name).file_size > MAX_PART:
                raise Unfit(f"Delen {name} i dokumentet är för stor")
            roots.append(packages.xml(name, archive.read(name)) if name in names else None)
    content, styles = roots
    body = content.find(f"{OFFICE}body/{OFFICE}text") if content is not None else None
    if content is None or body is None:
        raise Unfit(kinds.DAMAGED)
    story = _Story(_Styles.of([root for root in (styles, content) if root is not None]), tracked)
    story.paged = next(body.iter(f"{TEXT}soft-page-break"), None) is not None
    story.read_changes(body)
    blocks = story.blocks(body)
    heads, feet = (story.margin(styles, name) for name in ("header", "footer"))
    return runs.numbered([*heads, *blocks, *feet]), story.told()


@dataclass
class _Styles:
    """The styles of a document, by their family and name."""

    known: dict[tuple[str, str], Element] = field(default_factory=dict)
    usual: dict[str, Element] = field(default_factory=dict)

    @staticmethod
    def of(roots: list[Element]) -> _Styles:
        """The styles in the parts ``roots``."""
        made = _Styles()
        for root in roots:
            for style in root.iter(f"{STYLE}style"):
                key = style.get(f"{STYLE}family", ""), style.get(f"{STYLE}name", "")
                made.known[key] = style
            for style in root.iter(f"{STYLE}default-style"):
                made.usual[style.get(f"{STYLE}family", "")] = style
        return made

    def chain(self, family: str, name: str) -> list[Element]:
        """A style and those it is based on, the nearest first."""
        found: dict[str, Element] = {}
        while (style := self.known.get((family, name))) is not None and name not in found:
            if len(found) == style_names.MAX_BASED:
                break
            found[name] = style
            name = style.get(f"{STYLE}parent-style-name", "")
        return list(found.values())

    def look(self, family: str, name: str, start: _Look) -> _Look:
        """``start`` as the style changes it."""
        usual = [self.usual[family]] if family in self.usual and family == "paragraph" else []
        for style in [*usual, *reversed(self.chain(family, name))]:
            said = style.find(f"{STYLE}text-properties")
            start = _changed(start, said) if said is not None else start
        return start

    def level(self, name: str) -> int | None:
        """The level of headings in a paragraph style; None if it is for none."""
        for style in self.chain("paragraph", name):
            outline = style.get(f"{STYLE}default-outline-level", "")
            if outline.isdecimal():
                return int(outline)
            if (found := style_names.level(_called(style))) is not None:
                return found
        return None

    def is_contents(self, name: str) -> bool:
        """Whether a paragraph style is for a table of contents."""
        return any(style_names.is_contents(_called(s)) for s in self.chain("paragraph", name))


def _called(style: Element) -> str:
    name = style.get(f"{STYLE}name", "")
    return style.get(f"{STYLE}display-name", name).replace("_20_", " ")


def _changed(look: _Look, said: Element) -> _Look:
    weight, size = said.get(f"{FO}font-weight"), said.get(f"{FO}font-size", "")
    line, shown = said.get(f"{STYLE}text-underline-style"), said.get(f"{TEXT}display")
    if weight is not None:
        bold = weight == "bold" or (weight.isdecimal() and int(weight) >= 600)
        look = replace(look, bold=bold)
    if line is not None:
        look = replace(look, underlined=line != "none")
    if shown is not None:
        look = replace(look, hidden=shown == "none")
    if found := re.fullmatch(r"(\d{1,4}(?:\.\d+)?)(pt|%)", size):
        given = float(found[1])
        points = given if found[2] == "pt" else (look.size or 12) * given / 100
        look = replace(look, size=round(points, 1))
    return look


@dataclass
class _Inside:
    """What a paragraph holds: its runs, and what it has to be followed by."""

    page: int | None
    runs: list[Run] = field(default_factory=list)
    after: list[Block] = field(default_factory=list)


class _Story:
    """Reads a document, and remembers what it passes over."""

    def __init__(self, styles: _Styles, tracked: Tracked) -> None:
        self.styles = styles
        self.paged = False
        self._tracked = tracked
        self._page: int | None = None
        self._style = Style.BODY
        self._removed: dict[str, Element] = {}
        self._added: set[str] = set()
        self._out: set[str] = set()  # changes that are refused and in the midst of which we are
        self._contents = False
        self._passed: list[str] = []

    def read_changes(self, body: Element) -> None:
        """Reads what is tracked: where it stands, the text only has a mark."""
        for region in body.iterfind(f"{TEXT}tracked-changes/{TEXT}changed-region"):
            number = region.get(f"{TEXT}id", "")
            removed = region.find(f"{TEXT}deletion")
            if removed is not None:
                self._removed[number] = removed
            elif region.find(f"{TEXT}insertion") is not None:
                self._added.add(number)

    def told(self) -> list[str]:
        """What was passed over, and how what is tracked was read."""
        changes = len(self._removed) + len(self._added)
        first = f"Dokumentet har spårade ändringar ({changes}). De är lästa som {self._tracked}"
        contents = ["Innehållsförteckningen är inte läst som innehåll"] * self._contents
        return [first] * bool(changes) + self._passed + contents

    def margin(self, styles: Element | None, kind: str) -> list[Block]:
        """What the heads or feet of pages say, each once."""
        self._page, self._out, found = None, set(), list[Block]()
        for element in styles.iter() if styles is not None else ():
            if re.fullmatch(rf"{kind}(-left|-first)?", element.tag.removeprefix(STYLE)):
                said = [replace(t, style=Style.MARGIN) for t in texts(tuple(self.blocks(element)))]
                found += [text for text in said if text not in found]
        return found

    def blocks(self, container: Element, depth: int = 0) -> list[Block]:
        """The blocks in the body, a cell, a note or a box; ``depth`` is how many lists it is in."""
        if self.paged and self._page is None:
            self._page = 1
        found: list[Block] = []
        first = depth > 0
        for child in container:
            if child.tag in (f"{TEXT}p", f"{TEXT}h"):
                found += self._paragraph(child, depth if first else 0)
                first = False
            elif child.tag == f"{TEXT}list":
                for item in child:
                    found += self.blocks(item, depth + 1)
            elif child.tag == f"{TABLE}table":
                found += self._table(child)
            elif child.tag in _INDEXES:
                was, self._style, self._contents = self._style, Style.MARGIN, True
                index = child.find(f"{TEXT}index-body")
                found += self.blocks(index) if index is not None else []
                self._style = was
            elif child.tag in _AROUND:
                found += self.blocks(child, depth)
            elif child.tag in _SHAPES:
                found += self._shape(child)
            else:
                inside = _Inside(self._page)
                self._special(child, _Look(), inside)
                found += [*runs.paragraphs(inside.runs, Spot(0, inside.page)), *inside.after]
        return found

    def _paragraph(self, element: Element, depth: int) -> list[Block]:
        name = element.get(f"{TEXT}style-name", "")
        inside = _Inside(self._page)
        self._inline(element, self.styles.look("paragraph", name, _Look()), inside)
        style, level = self._kind(element, name, depth)
        return [*runs.paragraphs(inside.runs, Spot(0, inside.page), style, level), *inside.after]

    def _kind(self, element: Element, name: str, depth: int) -> tuple[Style, int | None]:
        if self._style in (Style.MARGIN, Style.NOTE):
            return self._style, None
        if self.styles.is_contents(name):
            self._contents = True
            return Style.MARGIN, None
        outline = element.get(f"{TEXT}outline-level", "")
        level = int(outline) if outline.isdecimal() else self.styles.level(name)
        if level is not None and (element.tag == f"{TEXT}h" or level):
            return Style.HEADING, max(min(level, 9), 1)
        if element.tag == f"{TEXT}h":
            return Style.HEADING, 1
        return (Style.ITEM, depth - 1) if depth else (self._style, None)

    def _inline(self, element: Element, look: _Look, inside: _Inside) -> None:
        self._write(element.text, look, inside)
        for child in element:
            if child.tag in _AROUND:
                name = child.get(f"{TEXT}style-name", "")
                self._inline(child, self.styles.look("text", name, look), inside)
            else:
                self._special(child, look, inside)
            self._write(child.tail, look, inside)

    def _special(self, child: Element, look: _Look, inside: _Inside) -> None:
        """What stands in a paragraph and is no plain text."""
        number = child.get(f"{TEXT}change-id", "")
        match child.tag.removeprefix(TEXT):
            case "s" | "tab":
                self._write(" ", look, inside)
            case "line-break":
                self._write("\n", look, inside)
            case "soft-page-break":
                self._page = (self._page or 1) + 1
                inside.page = inside.page if inside.runs else self._page
            case "note":
                body = child.find(f"{TEXT}note-body")
                inside.after += self._apart(body, Style.NOTE)
            case "change-start" if number in self._added and self._tracked == "avvisade":
                self._out.add(number)
            case "change-end":
                self._out.discard(number)
            case "change" if number in self._removed and self._tracked == "avvisade":
                again = [t.words for t in texts(tuple(self.blocks(self._removed[number])))]
                self._write("\n".join(again), look, inside)
            case "hidden-text" | "hidden-paragraph":
                self._pass_over(f"Dold text: ”{runs.one_line(''.join(child.itertext()))}”")
            case _ if child.tag == f"{OFFICE}annotation":
                self._comment(child)
            case _ if child.tag in _SHAPES:
                inside.after += self._shape(child)
            case _ if child.tag not in _SKIPPED and not child.tag.startswith(OFFICE):
                self._inline(child, look, inside)

    def _write(self, text: str | None, look: _Look, inside: _Inside) -> None:
        if not text or self._out:
            return
        text = re.sub(r"[ \t\r\n]+", " ", text) if text != "\n" else text
        if not look.hidden:
            inside.runs.append(Run(text, look.bold, look.underlined, look.size))
        elif words := runs.one_line(text):
            self._pass_over(f"Dold text: ”{words}”")

    def _comment(self, note: Element) -> None:
        author = note.find(_AUTHOR)
        by = f" av {runs.one_line(author.text)}" if author is not None and author.text else ""
        said = " ".join("".join(part.itertext()) for part in note.iter(f"{TEXT}p"))
        self._pass_over(f"En kommentar{by}: ”{runs.one_line(said)}”")

    def _pass_over(self, told: str) -> None:
        if told not in self._passed:
            self._passed.append(told)

    def _apart(self, container: Element | None, style: Style) -> list[Block]:
        """The blocks of what stands beside the text."""
        if container is None:
            return []
        was = self._style
        self._style = was if was is Style.MARGIN else style
        found = self.blocks(container)
        self._style = was
        return found

    def _shape(self, shape: Element) -> list[Block]:
        """The text in a frame or drawn shape; a picture is told of."""
        found: list[Block] = []
        for child in shape:
            if child.tag in _SHAPES:
                found += self._shape(child)
            elif child.tag == f"{DRAW}text-box":
                found += self._apart(child, Style.BOX)
        if any(child.tag in (f"{TEXT}p", f"{TEXT}list") for child in shape):
            found += self._apart(shape, Style.BOX)
        for kind, told in (("image", "En bild"), ("object", "Ett inbäddat objekt")):
            if shape.find(f"{DRAW}{kind}") is not None and not found:
                said = [part for n in ("title", "desc") for part in shape.iterfind(f"{SVG}{n}")]
                words = runs.one_line(" ".join(part.text or "" for part in said))
                self._pass_over(f"{told}: ”{words}”" if words else told)
                break
        return found

    # Tables

    def _table(self, table: Element) -> list[Block]:
        spot = Spot(0, self._page)
        rows: list[tuple[Cell, ...]] = []
        heads = 0
        for row, is_head in _rows(table, is_head=False):
            cells = tuple(self._cells(row))
            heads += is_head and heads == len(rows)
            rows += [cells] * _repeated(row, "rows", any(cell.blocks for cell in cells))
        if not any(cell.blocks for row in rows for cell in row):
            return []
        return [Table(tuple(rows), spot, heads if heads < len(rows) else 0)]

    def _cells(self, row: Element) -> Iterator[Cell]:
        for cell in row:
            if cell.tag != f"{TABLE}table-cell":  # what a merged cell covers has nothing to show
                continue
            blocks = tuple(self.blocks(cell))
            high, wide = (
                _whole(cell.get(f"{TABLE}number-{name}-spanned"), _MOST_REPEATED)
                for name in ("rows", "columns")
            )
            for _ in range(_repeated(cell, "columns", bool(blocks))):
                yield Cell(blocks, high, wide)


def _rows(table: Element, *, is_head: bool) -> Iterator[tuple[Element, bool]]:
    """The rows of a table, with whether each is one of headings."""
    for child in table:
        if child.tag == f"{TABLE}table-row":
            yield child, is_head
        elif child.tag == f"{TABLE}table-header-rows":
            yield from _rows(child, is_head=True)
        elif child.tag in (f"{TABLE}table-rows", f"{TABLE}table-row-group"):
            yield from _rows(child, is_head=is_head)


def _repeated(element: Element, name: str, filled: bool) -> int:
    """How often a row or cell comes; one that is ``filled`` and repeated is refused when it comes
    more often than anyone writes it."""
    times = _whole(element.get(f"{TABLE}number-{name}-repeated"), 10**9)
    if times > _MOST_REPEATED and filled:
        raise Unfit("Dokumentet har en tabell med orimligt många lika celler")
    return min(times, _MOST_REPEATED)


def _whole(text: str | None, most: int) -> int:
    return min(max(int(text), 1), most) if text and re.fullmatch(r"[0-9]{1,9}", text) else 1
