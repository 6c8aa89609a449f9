"""Reads a part of a DOCX into blocks that can be compared: paragraphs, tables, rows, cells,
chapters and fields."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby, pairwise
from typing import Any, Literal

from insatskoll.values import immutable

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
BOOKMARKS = (f"{W}bookmarkStart", f"{W}bookmarkEnd")
LINKS = (f"{W}hyperlink", f"{W}fldSimple")
_PRESERVE = "{http://www.w3.org/XML/1998/namespace}space"
_WORD = r"\w+(?:[-–:.,/]\w+)*"
_WORDS, _PIECES = re.compile(_WORD), re.compile(rf"{_WORD}|\s+|[^\w\s]")
# What a w:pPr holds beside the properties of the paragraph, and a w:pPrChange may not: those of the
# mark, and the section.
NOT_OF_STYLE = (f"{W}rPr", f"{W}sectPr", f"{W}pPrChange")
# The level of the colophon, which is in no chapter: it follows the last, whichever that is.
COLOPHON = -1


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a paragraph: a word, spaces, a sign, another child of a run, or a whole that must
    not be split (a field).

    ``properties`` is the run's w:rPr, for which ``layout`` stands, and ``link`` the hyperlink or
    simple field around it. Tokens with the same key are the same.
    """

    key: int
    kind: Literal["text", "child", "whole", "bookmark"]
    content: Any
    properties: Any = None
    layout: int | None = None
    link: Any = None
    link_key: int | None = None

    @property
    def is_gap(self) -> bool:
        """Spaces and punctuation, which say nothing of whether two texts are alike."""
        return self.kind == "text" and not self.content[0].isalnum()


@dataclass(frozen=True, eq=False)
class Node:
    """A block, or several that belong together. Nodes with the same key are the same; only those of
    the same shape can be paired.

    ``level`` is a heading's; ``properties`` stands for w:pPr, w:tblPr or w:tcPr, and ``before`` for
    the bookmarks between the block and the one before it. The words are read when they are asked
    for: most blocks have not changed.
    """

    kind: Literal["p", "tbl", "tr", "tc", "part", "chapter", "colophon", "field", "end"]
    element: Any
    key: Hashable
    shape: Hashable = None
    children: tuple[Node, ...] = ()
    reader: Reader | None = None
    properties: int | None = None
    before: tuple[Any, ...] = ()
    level: int = 0

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """The pieces of a paragraph."""
        return tuple(self.reader.tokens(self.element)) if self.reader else ()

    @cached_property
    def words(self) -> Counter[str]:
        """How many times each word occurs."""
        if self.element is not None:
            return Counter(
                _WORDS.findall(" ".join(text.text or "" for text in self.element.iter(f"{W}t")))
            )
        found = Counter[str]()
        for child in self.children:
            found.update(child.words)
        return found

    @cached_property
    def head(self) -> Hashable:
        """What a chapter, row or fact is known by: its heading, first cell, or the words before its
        tab."""
        if self.children:
            return self.children[0].key
        tab = next(
            (
                at
                for at, t in enumerate(self.tokens)
                if t.kind == "child" and t.content.tag == f"{W}tab"
            ),
            0,
        )
        return tuple(token.key for token in self.tokens[:tab]) or None


# A block in the old document and what it has become in the new; one of them is lacking if it was
# added or removed.
Pair = tuple[Node | None, Node | None]


@immutable
class Reader:
    """What it takes to read a part: heading levels by style, lists by number, and the keys given so
    far."""

    headings: Mapping[str, int]
    lists: Mapping[str, Hashable]
    keys: dict[Hashable, int]
    seen: dict[bytes, tuple[int, bool, int | None, int]]

    def key(self, *content: Hashable) -> int:
        """The same number for the same content."""
        return self.keys.setdefault(content, len(self.keys))

    def properties(self, element: Any) -> int | None:
        """A key for the properties of a paragraph, without its section, where a list counts for
        what it looks like."""
        return None if element is None else self.key(canonical(element, self.lists, NOT_OF_STYLE))

    def blocks(self, parent: Any, sections: bool = False) -> tuple[Node, ...]:
        """The blocks of a body (which has sections), cell, header or footer, and last a node for
        its end."""
        nodes: list[Node] = []
        before: list[Any] = []
        for element in parent:
            if element.tag in (f"{W}p", f"{W}tbl"):
                make = self._paragraph if element.tag == f"{W}p" else self._table
                nodes.append(make(element, tuple(before)))
                before = []
            elif element.tag in BOOKMARKS:
                before.append(element)
        found = _colophon(self._fields(nodes))
        return (
            *(_parts(found) if sections else found),
            Node("end", None, self.key("end"), before=tuple(before)),
        )

    def _paragraph(self, element: Any, before: tuple[Any, ...]) -> Node:
        from lxml import etree

        raw = etree.tostring(element, with_tail=False)
        if (
            raw in self.seen
        ):  # most are as in the other document, and most cells of a matrix as each other
            key, ends_section, layout, level = self.seen[raw]
            return Node("p", element, key, ends_section, (), self, layout, before, level)
        properties = element.find(f"{W}pPr")
        style = None if properties is None else properties.find(f"{W}pStyle")
        level = 0 if style is None else self.headings.get(style.get(f"{W}val"), 0)
        ends_section = properties is not None and properties.find(f"{W}sectPr") is not None
        layout, key = self.properties(properties), self.key("p", canonical(element, self.lists))
        if (
            element.find(f".//{W}numId") is None
        ):  # the same number may be another list in the other document
            self.seen[raw] = key, ends_section, layout, level
        return Node("p", element, key, ends_section, (), self, layout, before, level)

    def _table(self, element: Any, before: tuple[Any, ...]) -> Node:
        layout = self.properties(element.find(f"{W}tblPr"))
        rows = tuple(self._row(row) for row in element.iterfind(f"{W}tr"))
        grid = tuple(column.get(f"{W}w") for column in element.iterfind(f"{W}tblGrid/{W}gridCol"))
        key = self.key("tbl", layout, grid, *(row.key for row in rows))
        return Node("tbl", element, key, grid, rows, properties=layout, before=before)

    def _row(self, element: Any) -> Node:
        cells = tuple(self._cell(cell) for cell in element.iterfind(f"{W}tc"))
        shape = self.key(
            self.properties(element.find(f"{W}trPr")), *(cell.properties for cell in cells)
        )
        key = self.key("tr", shape, *(cell.key for cell in cells))
        return Node("tr", element, key, shape, cells)

    def _cell(self, element: Any) -> Node:
        blocks = self.blocks(element)
        layout = self.properties(element.find(f"{W}tcPr"))
        key = self.key("tc", layout, *(block.key for block in blocks))
        return Node("tc", element, key, None, blocks, properties=layout)

    def _fields(self, nodes: list[Node]) -> list[Node]:
        """Puts the paragraphs of a field that goes over several, such as the contents, into one
        node."""
        out: list[Node] = []
        start, depth = 0, 0
        for node in nodes:
            if not depth:
                start = len(out)
            out.append(node)
            depth = max(0, depth + field_balance([node.element]))
            if not depth and len(out) - start > 1:
                out[start:] = [
                    group(
                        "field",
                        out[start:],
                        out[start].tokens[0].key if out[start].tokens else None,
                    )
                ]
        return out

    def tokens(self, paragraph: Any) -> Iterator[Token]:
        """The pieces of a paragraph, in order."""
        parts = [part for part in paragraph if part.tag != f"{W}pPr"]
        at = 0
        while at < len(parts):
            part, end = parts[at], at + 1
            if part.tag == f"{W}r" and part.find(f"{W}fldChar") is not None:
                end = at + _field_length(parts[at:])
                yield self._whole(parts[at:end])
            elif part.tag == f"{W}r":
                yield from self._run(part)
            elif part.tag in LINKS:
                # Where in the document a link leads is no change of the text: the new document's
                # place counts.
                key = self.key(
                    part.tag, *((k, v) for k, v in sorted(part.attrib.items()) if k != f"{W}anchor")
                )
                for child in part:
                    yield from (
                        self._run(child, part, key)
                        if child.tag == f"{W}r"
                        else [self._whole([child], part, key)]
                    )
            elif part.tag in BOOKMARKS:
                yield Token(self.key("bookmark"), "bookmark", [part])
            else:
                yield self._whole([part])
            at = end

    def _run(self, run: Any, link: Any = None, link_key: int | None = None) -> Iterator[Token]:
        properties = run.find(f"{W}rPr")
        layout = None if properties is None else self.key(canonical(properties))
        for child in run:
            if child.tag == f"{W}t":
                text = child.text or ""
                for piece in _PIECES.findall(text if child.get(_PRESERVE) else text.strip()):
                    yield Token(
                        self.key(piece, layout, link_key),
                        "text",
                        piece,
                        properties,
                        layout,
                        link,
                        link_key,
                    )
            elif child.tag != f"{W}rPr":
                yield Token(
                    self.key(canonical(child), layout, link_key),
                    "child",
                    child,
                    properties,
                    layout,
                    link,
                    link_key,
                )

    def _whole(self, parts: list[Any], link: Any = None, link_key: int | None = None) -> Token:
        return Token(
            self.key(tuple(map(canonical, parts)), link_key),
            "whole",
            parts,
            None,
            None,
            link,
            link_key,
        )


def _parts(nodes: Sequence[Node]) -> list[Node]:
    """Puts what is on pages of the same kind into one node; each but the last ends with the
    paragraph that ends its section."""
    ends = [at for at, node in enumerate(nodes, 1) if node.kind == "p" and node.shape]
    parts = [nodes[start:end] for start, end in pairwise([0, *ends, len(nodes)])]
    return [group("part", part) for part in parts if part]


def _colophon(nodes: Sequence[Node]) -> list[Node]:
    """Puts the paragraphs of the colophon into one node."""
    out: list[Node] = []
    for is_colophon, found in groupby(nodes, lambda node: node.level == COLOPHON):
        same = list(found)
        out += [group("colophon", same)] if is_colophon else same
    return out


def group(
    kind: Literal["part", "chapter", "colophon", "field"],
    nodes: Sequence[Node],
    shape: Hashable = None,
) -> Node:
    """Several blocks that belong together as one."""
    return Node(kind, None, (kind, *(node.key for node in nodes)), shape, tuple(nodes))


def chapters(nodes: Sequence[Node]) -> list[Node]:
    """Puts each heading and what is below it, with its subchapters, into one node."""
    starts, level = [], 10
    for at, node in enumerate(nodes):
        if 0 < node.level <= level:
            starts.append(at)
            level = node.level
        elif node.kind == "colophon":
            starts.append(at)
            level = 10
    starts.append(len(nodes))
    out = list(nodes[: starts[0]])
    for start, end in pairwise(starts):
        below = nodes[start:end]
        out += [group("chapter", below, below[0].level)] if below[0].level else below
    return out


def canonical(
    element: Any, lists: Mapping[str, Hashable] | None = None, without: tuple[str, ...] = ()
) -> Hashable:
    """An element as plain data, equal for elements that mean the same; children with the tags
    ``without`` do not count."""
    attributes: tuple[Hashable, ...] = tuple(sorted(element.attrib.items()))
    if element.tag in BOOKMARKS:
        attributes = ()  # where links lead is no change of the text
    elif element.tag in LINKS:
        attributes = tuple(item for item in attributes if item[0] != f"{W}anchor")  # type: ignore[index]
    elif lists and element.tag == f"{W}numId":
        attributes = (lists.get(element.get(f"{W}val")),)
    children = [child for child in element if child.tag not in without] if without else element
    text = element.text if (element.text or "").strip() or element.get(_PRESERVE) else None
    return (element.tag, attributes, text, *(canonical(child, lists) for child in children))


def field_balance(elements: Iterable[Any]) -> int:
    """How many more fields begin than end in the elements."""
    kinds = [
        char.get(f"{W}fldCharType") for element in elements for char in element.iter(f"{W}fldChar")
    ]
    return kinds.count("begin") - kinds.count("end")


def _field_length(parts: list[Any]) -> int:
    """How many of the parts belong to the field that starts the first: all of it, or if it ends
    elsewhere its opening."""
    depth = 0
    for count, part in enumerate(parts, 1):
        depth += field_balance([part])
        if depth <= 0:
            return count
    separators = (
        i
        for i, part in enumerate(parts, 1)
        if part.find(f"{W}fldChar[@{W}fldCharType='separate']") is not None
    )
    return next(separators, 1)
