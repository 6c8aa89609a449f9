"""Puts two DOCX files of the same bilaga together into one with Word's tracked changes.

Accepting all changes gives the new document, rejecting all gives the old. Word ties a paragraph's
style to the mark at its end, and can remove neither the last mark of a cell nor a column; that
decides what is written here.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from itertools import count, groupby
from typing import Any

from insatskoll.patterns import later
from insatskoll.reading import packages
from insatskoll.tracked.blocks import (
    BOOKMARKS,
    LINKS,
    NOT_OF_STYLE,
    Node,
    Pair,
    Reader,
    Token,
    W,
    canonical,
)
from insatskoll.tracked.marks import Marked, is_table, marks, side_of
from insatskoll.tracked.moving import MOVED_FROM, MOVED_TO, Move, moves
from insatskoll.tracked.package import (
    add_lists,
    heading_levels,
    list_kinds,
    parse,
    with_new_ids,
    xml,
)
from insatskoll.tracked.pairing import Effort, changes, leaves, pairs

DOCUMENT, NUMBERING, STYLES = "word/document.xml", "word/numbering.xml", "word/styles.xml"
_TEXTS = {f"{W}t": f"{W}delText", f"{W}instrText": f"{W}delInstrText"}
_PARTS = later(r"word/(document|header\d+|footer\d+)\.xml")
_GONE = ("del", MOVED_FROM)
# What a w:sectPrChange may not hold.
_NOT_OF_SECTION = (f"{W}headerReference", f"{W}footerReference", f"{W}sectPrChange")


def merge(old: bytes, new: bytes, author: str, date: str) -> bytes:
    """The new DOCX with its changes since the old marked as ``author``'s on ``date`` (ÅÅÅÅ-MM-DD),
    or on no day where that is empty.

    Both are made by ``bilaga.conversion``. Texts, styles, lists, tables, sections and page headers
    are compared. If none differ, ``new`` is returned as it is. Raises ValueError for an author or
    date that XML cannot hold.
    """
    with zipfile.ZipFile(io.BytesIO(old)) as archive:
        before = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(io.BytesIO(new)) as archive:
        after = {info.filename: archive.read(info) for info in archive.infolist()}
    changed = _changed(before, after, author, date)
    # those that are only among the changed are the links of a part that had none
    return packages.packed({**after, **changed}) if changed else new


def _changed(
    before: Mapping[str, bytes], after: Mapping[str, bytes], author: str, date: str
) -> dict[str, bytes]:
    """The parts of the new package that become others, by name."""
    headings, keys, seen = heading_levels(after[STYLES]), dict[Any, int](), dict[bytes, Any]()
    readers = [
        Reader(headings, list_kinds(package[NUMBERING]), keys, seen) for package in (before, after)
    ]
    draft = _Draft(author, f"{date}T00:00:00Z" if date else "", Effort())
    made: dict[str, tuple[Any, dict[str, bytes]]] = {}
    for name in after:
        if not _PARTS.fullmatch(name) or before.get(name, after[name]) == after[name]:
            continue
        new = parse(after[name])
        old, relations = with_new_ids(name, before, after)
        draft.begin(new)
        parents = [root[0] if name == DOCUMENT else root for root in (old, new)]
        blocks = [
            reader.blocks(parent, sections=name == DOCUMENT)
            for reader, parent in zip(readers, parents, strict=True)
        ]
        merged = list(draft.container(*blocks))
        sections = [parent.find(f"{W}sectPr") for parent in parents]
        parents[1][:] = merged + ([] if sections[1] is None else [draft.section(*sections)])
        made[name] = new, relations
    missing = draft.list_numbers()
    marked = {change.getroottree().getroot() for change in draft.changes}
    made = {name: (root, relations) for name, (root, relations) in made.items() if root in marked}
    if not made:
        return {}
    out = add_lists(NUMBERING, before, after, missing)
    for name, (root, relations) in made.items():
        out |= relations | {name: xml(root)}
    return out


@dataclass
class _Draft:
    """The merged document while it is written: whose changes they are, the ids given, and the lists
    met."""

    author: str
    date: str
    budget: Effort
    ids: Iterator[int] = field(default_factory=count)
    changes: list[Any] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    ranges: dict[Move, str] = field(default_factory=dict)
    # w:numId that still hold the old document's number, and w:pPr with the old and new number of
    # the same list.
    old_numbers: list[Any] = field(default_factory=list)
    twins: list[tuple[Any, str, str]] = field(default_factory=list)

    def begin(self, root: Any) -> None:
        """Gets ready for a part: ids go on after those it has."""
        taken = [
            int(value)
            for value in root.xpath("//@*[local-name()='id']")
            if re.fullmatch(r"\d{1,9}", value)
        ]
        self.ids = count(max([next(self.ids), *(number + 1 for number in taken)]))
        self.names = {start.get(f"{W}name") for start in root.iter(f"{W}bookmarkStart")}

    def change(self, tag: str) -> Any:
        """A w:ins, w:del or other change, with its author, date and id."""
        day = {"date": self.date} if self.date else {}
        self.changes.append(_element(tag, id=str(next(self.ids)), author=self.author, **day))
        return self.changes[-1]

    def container(self, old: Sequence[Node], new: Sequence[Node]) -> Iterator[Any]:
        """The elements of a body, cell, header or footer."""
        *found, (_, end) = leaves(old, new, self.budget)
        marked = list(marks(found))
        # Word asks for the day of what is moved.
        moved = moves(marked) if self.date else {}
        table = ""
        for at, (a, b, mark, before, after) in enumerate(marked):
            move = moved.get(at)
            if move is not None:
                yield from self._moved(at, move, marked[at])
                continue
            yield from map(_copy, b.before if b else ())
            side = side_of((a, b)) or "both"
            in_table = is_table((a, b))
            if in_table and table not in ("", side):
                yield self._separator()
            yield self._table(a, b) if in_table else self._paragraph(a, b, mark, before, after)
            table = side if in_table else ""
        yield from map(_copy, end.before if end else ())

    def _moved(self, at: int, move: Move, marked: Marked) -> Iterator[Any]:
        """A paragraph of a chapter that has moved, and where the chapter begins and ends."""
        old, new, _, before, after = marked
        yield from map(_copy, new.before if new else ())
        if at == move.first:
            start = self.change(f"{move.tag}RangeStart")
            start.set(f"{W}name", f"flytt{move.number}")
            self.ranges[move] = start.get(f"{W}id")
            yield start
        yield self._paragraph(old, new, move.tag, before, after)
        if at == move.last:
            yield _element(f"{move.tag}RangeEnd", id=self.ranges[move])

    def _paragraph(
        self, old: Node | None, new: Node | None, mark: str, before: Node | None, after: Node | None
    ) -> Any:
        """A paragraph with the content of ``old`` and ``new``, whose mark changes properties from
        ``before``'s to ``after``'s."""
        if old and new and old.key == new.key and not mark and before is old and after is new:
            return self._same(old, new)
        out = _element("p")
        out.extend(self._properties(mark, before, after))
        if new is None and old is not None:
            self._bookmark(out, old)
        if old and new:
            pieces: Iterable[tuple[str, Token]] = changes(old.tokens, new.tokens, self.budget)
        else:
            moved = mark in (MOVED_FROM, MOVED_TO)
            gone, come = (MOVED_FROM, MOVED_TO) if moved else ("del", "ins")
            pieces = [(gone, token) for token in (old.tokens if old else ())] + [
                (come, token) for token in (new.tokens if new else ())
            ]
        self._write(out, pieces)
        for deleted in out.iter(f"{W}del"):
            for text in deleted.iter(*_TEXTS):
                text.tag = _TEXTS[text.tag]
        return out

    def _same(self, old: Node, new: Node) -> Any:
        out = new.element
        out.tail = None
        for a, b in zip(old.element.iter(f"{W}numId"), out.iter(f"{W}numId"), strict=True):
            self.twins.append((b.getparent().getparent(), a.get(f"{W}val"), b.get(f"{W}val")))
        return out

    def _properties(self, mark: str, before: Node | None, after: Node | None) -> list[Any]:
        """The w:pPr of a paragraph, if it needs one."""
        was, becomes = (
            None if node is None else node.element.find(f"{W}pPr") for node in (before, after)
        )
        source = was if after is None else becomes
        out = _element("pPr") if source is None else _copy(source)
        if after is None:
            self.old_numbers += out.iter(f"{W}numId")
        if mark:
            of_mark = out.find(f"{W}rPr")
            if of_mark is None:
                of_mark = _element("rPr")
                section = out.find(f"{W}sectPr")
                out.insert(len(out) if section is None else out.index(section), of_mark)
            of_mark.insert(0, self.change(mark))
        if before and after:
            if was is not None and becomes is not None and was.find(f"{W}sectPr") is not None:
                section = out.find(f"{W}sectPr")
                if section is not None:
                    out.replace(section, self.section(was.find(f"{W}sectPr"), section))
            if before.properties != after.properties:
                self._changed_style(out, was)
            elif (
                was is not None
                and becomes is not None
                and (number := was.find(f"{W}numPr/{W}numId")) is not None
            ):
                now = becomes.find(f"{W}numPr/{W}numId")
                self.twins.append((out, number.get(f"{W}val"), now.get(f"{W}val")))
        return [out] if len(out) else []

    def _changed_style(self, properties: Any, was: Any) -> Any:
        change = self.change("pPrChange")
        change.append(_copy(was, NOT_OF_STYLE) if was is not None else _element("pPr"))
        self.old_numbers += change.iter(f"{W}numId")
        properties.append(change)
        return change

    def section(self, old: Any, new: Any) -> Any:
        """A copy of the new section, which remembers the old if that was another."""
        out = _copy(new)
        if old is not None and canonical(old) != canonical(new):
            change = self.change("sectPrChange")
            change.append(_copy(old, _NOT_OF_SECTION))
            out.append(change)
        return out

    def _bookmark(self, paragraph: Any, old: Node) -> None:
        """Keeps the places that only the old document's links lead to, in what was removed."""
        starts = [
            e
            for e in (*old.before, *old.element.iter(f"{W}bookmarkStart"))
            if e.tag == f"{W}bookmarkStart"
        ]
        for name in (start.get(f"{W}name") for start in starts):
            if name not in self.names:
                self.names.add(name)
                number = str(next(self.ids))
                paragraph.extend(
                    [
                        _element("bookmarkStart", id=number, name=name),
                        _element("bookmarkEnd", id=number),
                    ]
                )

    def _write(self, paragraph: Any, pieces: Iterable[tuple[str, Token]]) -> None:
        """Writes runs, joining the pieces that have the same link, status and properties."""
        for link, linked in _by_link(
            piece for piece in pieces if piece[0] not in _GONE or piece[1].kind != "bookmark"
        ):
            target = paragraph
            if link is not None:
                target = _shell(link)
                paragraph.append(target)
            for (status, unsplit), found in groupby(
                linked, lambda piece: (piece[0], piece[1].kind in ("whole", "bookmark"))
            ):
                tokens = [token for _, token in found]
                if not unsplit:
                    self._runs(target, status, tokens)
                    continue
                for token in tokens:
                    for part in token.content:
                        self._whole(target, status if token.kind == "whole" else "", part)

    def _runs(self, target: Any, status: str, tokens: Iterable[Token]) -> None:
        """A run for each stretch of the same properties, together within a change if they are added
        or removed."""
        if status:
            change = self.change(status)
            target.append(change)
            target = change
        for _, alike in groupby(tokens, lambda token: token.layout):
            run = _element("r")
            target.append(run)
            for kind, found in groupby(alike, lambda token: token.kind):
                same = list(found)
                if not len(run) and same[0].properties is not None:
                    run.append(_copy(same[0].properties))
                if kind == "text":
                    run.append(_text("".join(token.content for token in same)))
                else:
                    run.extend(_copy(token.content) for token in same)

    def _whole(self, target: Any, status: str, part: Any) -> None:
        """A part of what must not be split. A link or field cannot be within a change: the change
        goes within it."""
        out = _copy(part)
        if not status:
            target.append(out)
            return
        change = self.change(status)
        if part.tag in LINKS:
            change.extend(list(out))
            out.append(change)
            target.append(out)
        else:
            change.append(out)
            target.append(change)

    def _separator(self) -> Any:
        """A paragraph between tables that Word would otherwise join: added and removed, so that it
        is in neither document."""
        out, properties, mark = _element("p"), _element("pPr"), _element("rPr")
        mark.extend([self.change("ins"), self.change("del")])
        properties.append(mark)
        out.append(properties)
        return out

    def _table(self, old: Node | None, new: Node | None) -> Any:
        """A table. Removed and added ones are so row by row."""
        if old and new and old.key == new.key:
            return self._same(old, new)
        node = new or old
        assert node is not None
        out = _element("tbl")
        for child in node.element:
            if child.tag != f"{W}tr" and child.tag not in BOOKMARKS:
                out.append(_copy(child))
        if old and new and old.properties != new.properties:
            change = self.change("tblPrChange")
            change.append(_copy(old.element.find(f"{W}tblPr")))
            out.find(f"{W}tblPr").append(change)
        for a, b in pairs(old.children if old else (), new.children if new else (), self.budget):
            out.append(self._row(a, b))
        return out

    def _row(self, old: Node | None, new: Node | None) -> Any:
        if old and new and old.key == new.key:
            return self._same(old, new)
        node = new or old
        assert node is not None
        out = _element("tr")
        for child in node.element:
            if child.tag in (f"{W}tblPrEx", f"{W}trPr"):
                out.append(_copy(child))
        if not (old and new):
            properties = out.find(f"{W}trPr")
            if properties is None:
                properties = _element("trPr")
                out.append(properties)
            properties.append(self.change("ins" if new else "del"))
        cells: Iterable[Pair] = (
            zip(old.children, new.children, strict=True)
            if old and new
            else ((old and c, new and c) for c in node.children)
        )
        for a, b in cells:
            out.append(self._cell(a, b))
        return out

    def _cell(self, old: Node | None, new: Node | None) -> Any:
        node = new or old
        assert node is not None
        out = _element("tc")
        layout = node.element.find(f"{W}tcPr")
        if layout is not None:
            out.append(_copy(layout))
        end = node.children[-1:]
        out.extend(self.container(old.children if old else end, new.children if new else end))
        return out

    def list_numbers(self) -> list[Any]:
        """Gives the lists of the old document the numbers that they have in the new; returns the
        w:numId of those it lacks."""
        numbers: dict[str, str] = {}
        for _, was, now in self.twins:
            if (
                now not in numbers.values()
            ):  # two lists that have become one are still two in the old
                numbers.setdefault(was, now)
        for properties, was, now in self.twins:
            if numbers.get(was) != now and properties.find(f"{W}pPrChange") is None:
                change = self._changed_style(properties, properties)
                change.find(f".//{W}numId").set(f"{W}val", was)
        missing = []
        for element in self.old_numbers:
            if element.get(f"{W}val") in numbers:
                element.set(f"{W}val", numbers[element.get(f"{W}val")])
            else:
                missing.append(element)
        return missing


def _by_link(pieces: Iterable[tuple[str, Token]]) -> Iterator[tuple[Any, list[tuple[str, Token]]]]:
    """The pieces that are within the same link, with that as it is in the new document, or in the
    old if it is only there."""
    found: list[tuple[str, Token]] = []
    link: Any = None  # in the new document
    for status, token in pieces:
        new = None if status in _GONE else token.link
        if found and (
            token.link_key != found[-1][1].link_key
            or (new is not None and link is not None and new is not link)
        ):
            yield found[0][1].link if link is None else link, found
            found, link = [], None
        found.append((status, token))
        link = new if link is None else link
    if found:
        yield found[0][1].link if link is None else link, found


def _element(tag: str, **attributes: str) -> Any:
    from lxml import etree

    out = etree.Element(W + tag, nsmap={"w": W[1:-1]})
    for name, value in attributes.items():
        out.set(W + name, value)
    return out


def _text(text: str) -> Any:
    out = _element("t")
    out.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    out.text = text
    return out


def _shell(link: Any) -> Any:
    """A hyperlink or field without its content."""
    out = _element(link.tag.removeprefix(W))
    out.attrib.update(link.attrib)
    return out


def _copy(element: Any, without: tuple[str, ...] = ()) -> Any:
    """A copy without what follows the element, and without the children with the tags
    ``without``."""
    out = deepcopy(element)
    out.tail = None
    for child in [child for child in out if child.tag in without]:
        out.remove(child)
    return out
