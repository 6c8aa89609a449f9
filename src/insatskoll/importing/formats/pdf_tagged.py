"""Reads PDF files that say what their parts are: headings, lists, tables, in reading order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from insatskoll.importing.blocks import Block, Cell, Spot, Style, Table, Text, texts
from insatskoll.importing.formats import lines, pdf_lines
from insatskoll.importing.formats.pdf_pages import Document, Glyph
from insatskoll.patterns import later

MAX_DEPTH = 60
MAX_NODES = 500_000
# What a part of the structure may be that has paragraphs of its own.
_AROUND = {
    "Document", "DocumentFragment", "Part", "Art", "Sect", "Div", "BlockQuote", "Aside",
    "NonStruct", "Private", "TOC", "L", "LI", "LBody", "Table", "THead", "TBody", "TFoot", "TR",
    "TH", "TD", "Note", "FENote", "Index", "Form", "Title",
}  # fmt: skip
_BLOCKS = _AROUND | {"P", "H", "Caption", "TOCI", "BibEntry", "Lbl"} | {
    f"H{n}" for n in range(1, 10)
}  # fmt: skip
_TERM = later(r"[^\W\d_]{3}")  # in a label that is a word, and no number
_WHOLE = 0.97  # of the letters, that the structure has to hold


@dataclass
class Node:
    """A part of the structure: what it is, its columns and rows, and in order its parts and the
    marked contents (page, mark) in it."""

    kind: str
    inside: list[Node | tuple[int, int]] = field(default_factory=list)
    rows: int = 1
    columns: int = 1

    def marks(self) -> Iterator[tuple[int, int]]:
        """All marked contents in it, in order."""
        for part in self.inside:
            if isinstance(part, Node):
                yield from part.marks()
            else:
                yield part

    def nodes(self) -> list[Node]:
        """Its parts."""
        return [part for part in self.inside if isinstance(part, Node)]


def read(document: Document, known: lines.Words) -> list[Block] | None:
    """The blocks that the structure says; None if there is none, or if it leaves out text."""
    if document.structure is None:
        return None
    tree = _tree(document)
    if tree is None:
        return None
    marked: dict[tuple[int, int], list[Glyph]] = {}
    held = total = 0
    for page in document.pages:
        for glyph in page.glyphs + page.turned:
            if glyph.mark is not None:
                marked.setdefault((page.number, glyph.mark), []).append(glyph)
            total += glyph.text.isalnum() and not glyph.artifact
    marks = set(tree.marks())
    held = sum(glyph.text.isalnum() for mark in marks for glyph in marked.get(mark, ()))
    kinds = {node.kind for node in _every(tree)}
    if held < total * _WHOLE or not kinds & _BLOCKS - {"Document", "P"}:
        return None
    if "Table" not in kinds and any(page.grids for page in document.pages):
        return None
    return _Reader(marked, known).blocks(tree, Style.BODY)


def _every(node: Node) -> Iterator[Node]:
    yield node
    for part in node.nodes():
        yield from _every(part)


@dataclass
class _Reader:
    """Makes blocks of the structure's parts."""

    marked: dict[tuple[int, int], list[Glyph]]
    known: lines.Words

    def blocks(self, node: Node, style: Style, depth: int = 0) -> list[Block]:
        """The blocks in ``node``; ``depth`` is how many lists it is in."""
        found: list[Block] = []
        loose: list[tuple[int, int]] = []
        for part in node.inside:
            if isinstance(part, Node) and _has_blocks(part):
                found += self._paragraph(loose, style)
                loose = []
                found += self._block(part, style, depth)
            elif isinstance(part, Node):
                loose += part.marks()
            else:
                loose.append(part)
        return found + self._paragraph(loose, style)

    def _block(self, node: Node, style: Style, depth: int) -> list[Block]:
        match node.kind:
            case "Table":
                return self._table(node)
            case "L":
                return [block for item in node.nodes() for block in self._item(item, style, depth)]
            case "TOC" | "TOCI":
                return self.blocks(node, Style.MARGIN, depth)
            case "Note" | "FENote":
                unmarked = Node(node.kind, [part for part in node.inside if not _is_label(part)])
                return self.blocks(unmarked, Style.NOTE, depth)
            case "H" | "Title":
                return self._paragraph(list(node.marks()), Style.HEADING, 1)
            case kind if kind[:1] == "H" and kind[1:].isdigit():
                return self._paragraph(list(node.marks()), Style.HEADING, int(kind[1:]))
        if node.kind in _AROUND or any(_has_blocks(part) for part in node.nodes()):
            return self.blocks(node, style, depth)
        return self._paragraph(list(node.marks()), style)

    def _item(self, node: Node, style: Style, depth: int) -> list[Block]:
        """An item of a list; its first paragraph is the item, a list in it is deeper."""
        if node.kind == "L":
            return self._block(node, style, depth + 1)
        label = " ".join(
            text.words for part in node.nodes() if part.kind == "Lbl"
            for text in texts(tuple(self._paragraph(list(part.marks()), style)))
        )  # fmt: skip
        inside = Node(node.kind, [p for p in node.inside if not _is_label(p)])
        found = self.blocks(inside, style, depth + 1)
        for at, block in enumerate(found):
            if isinstance(block, Text) and block.style is Style.BODY:
                words = f"{label} {block.words}" if label[:1].isalnum() else block.words
                if _TERM.search(label):  # of a list of terms, each with what is said of it
                    found[at] = replace(block, words=words, lead=label)
                    break
                found[at] = Text(
                    words, block.spot, Style.ITEM, depth, block.bold, block.size, block.lead
                )
                break
        return found

    def _table(self, node: Node) -> list[Block]:
        rows: list[tuple[Cell, ...]] = []
        heads = 0
        rest: list[Block] = []
        for row in _table_rows(node):
            if row.kind != "TR":
                rest += self._block(row, Style.BODY, 0)
                continue
            cells = [
                Cell(tuple(self.blocks(cell, Style.BODY)), cell.rows, cell.columns)
                for cell in row.nodes()
            ]
            is_head = all(cell.kind == "TH" for cell in row.nodes())
            heads += heads == len(rows) and is_head and bool(cells)
            rows.append(tuple(cells))
        page = next((mark[0] for mark in node.marks()), None)
        heads = heads if heads < len(rows) else 0
        return [*rest, Table(tuple(rows), Spot(0, page), heads)] if rows else rest

    def _paragraph(
        self, marks: list[tuple[int, int]], style: Style, level: int | None = None
    ) -> list[Block]:
        found: list[pdf_lines.Line] = []
        for page in dict.fromkeys(page for page, _ in marks):
            glyphs = [
                glyph for mark in marks if mark[0] == page for glyph in self.marked.get(mark, ())
            ]
            found += pdf_lines.in_order(glyphs, page)
        return list(pdf_lines.one_paragraph(found, self.known, style, level))


def _is_label(part: Node | tuple[int, int]) -> bool:
    return isinstance(part, Node) and part.kind == "Lbl"


def _has_blocks(node: Node) -> bool:
    return node.kind in _BLOCKS or any(_has_blocks(part) for part in node.nodes())


def _table_rows(node: Node) -> Iterator[Node]:
    for part in node.nodes():
        if part.kind in ("THead", "TBody", "TFoot"):
            yield from _table_rows(part)
        else:
            yield part


# The objects of the structure


def _tree(document: Document) -> Node | None:
    """The structure of a document; None if it cannot be made sense of."""
    try:
        from pdfminer.pdftypes import resolve1

        root = resolve1(document.structure)
        roles = resolve1(root.get("RoleMap")) or {}
        return _Objects(document.numbers, roles).node(root, 0, 0)
    except MemoryError:
        raise
    except Exception:  # the library raises whatever a broken file brings it to
        return None


@dataclass
class _Objects:
    """Reads the objects that the structure is made of."""

    numbers: dict[object, int]
    roles: dict[str, Any]
    left: int = MAX_NODES

    def node(self, told: Any, page: int, depth: int) -> Node:
        """The part of the structure that an object tells of. Raises what a broken one brings."""
        from pdfminer.pdftypes import resolve1

        self.left -= 1
        if depth > MAX_DEPTH or self.left < 0:
            raise ValueError(told)
        page = self._page(told, page)
        made = Node(self._kind(told))
        made.rows, made.columns = self._spans(told)
        kids = resolve1(told.get("K", []))
        for kid in kids if isinstance(kids, list) else [kids]:
            part = resolve1(kid)
            if isinstance(part, int):
                made.inside.append((page, part))
            elif isinstance(part, dict) and "MCID" in part:
                made.inside.append((self._page(part, page), int(resolve1(part["MCID"]))))
            elif isinstance(part, dict) and "S" in part:
                made.inside.append(self.node(part, page, depth + 1))
        return made

    def _page(self, told: Any, page: int) -> int:
        there = told.get("Pg")
        return self.numbers.get(getattr(there, "objid", 0), page)

    def _kind(self, told: Any) -> str:
        from pdfminer.pdftypes import resolve1
        from pdfminer.psparser import literal_name

        kind = str(literal_name(resolve1(told["S"]))) if "S" in told else "Document"
        for _ in range(5):
            if kind in _BLOCKS or kind not in self.roles:
                break
            kind = str(literal_name(resolve1(self.roles[kind])))
        return kind

    def _spans(self, told: Any) -> tuple[int, int]:
        from pdfminer.pdftypes import resolve1

        said = resolve1(told.get("A", {}))
        spans = {"RowSpan": 1, "ColSpan": 1}
        for one in said if isinstance(said, list) else [said]:
            attributes = resolve1(one)
            for name in spans if isinstance(attributes, dict) else ():
                if isinstance(span := resolve1(attributes.get(name)), int):
                    spans[name] = min(max(span, 1), 1000)
        return spans["RowSpan"], spans["ColSpan"]
