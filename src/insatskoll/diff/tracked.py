"""Puts two DOCX files of the same bilaga together into one with Word's tracked changes.

Accepting all changes gives the new document, rejecting all gives the old. Word ties a paragraph's style to the mark at its end,
and can remove neither the last mark of a cell nor a column; that decides what is written here.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field, replace
from itertools import count, groupby
from typing import Any

from insatskoll.diff.blocks import BOOKMARKS, LINKS, NOT_OF_STYLE, Node, Reader, Token, W, canonical
from insatskoll.diff.package import add_lists, heading_levels, list_kinds, parse, with_new_ids, xml
from insatskoll.diff.pairing import Budget, Pair, changes, leaves, pairs

DOCUMENT, NUMBERING, STYLES = "word/document.xml", "word/numbering.xml", "word/styles.xml"
_TEXTS = {f"{W}t": f"{W}delText", f"{W}instrText": f"{W}delInstrText"}
# What a w:sectPrChange may not hold.
_NOT_OF_SECTION = (f"{W}headerReference", f"{W}footerReference", f"{W}sectPrChange")


def merge(old: bytes, new: bytes, author: str, date: str) -> bytes:
    """The new DOCX with its changes since the old marked as ``author``'s on ``date`` (ÅÅÅÅ-MM-DD).

    Both are made by :mod:`insatskoll.convert`. Texts, styles, lists, tables, sections and page headers are compared. If none
    differ, ``new`` is returned as it is. Raises ValueError for an author or date that XML cannot hold.
    """
    with zipfile.ZipFile(io.BytesIO(old)) as archive:
        before = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(io.BytesIO(new)) as archive:
        infos = archive.infolist()
        after = {info.filename: archive.read(info) for info in infos}
    changed = _changed(before, after, author, date)
    if not changed:
        return new
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for info in infos:
            target.writestr(info, changed.pop(info.filename, after[info.filename]), zipfile.ZIP_DEFLATED)
        for name, data in changed.items():  # the links of a part that had none
            target.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _changed(before: Mapping[str, bytes], after: Mapping[str, bytes], author: str, date: str) -> dict[str, bytes]:
    """The parts of the new package that become others, by name."""
    headings, keys = heading_levels(after[STYLES]), dict[Any, int]()
    old_lists, new_lists = list_kinds(before[NUMBERING]), list_kinds(after[NUMBERING])
    seen: dict[bytes, Any] = {}
    out: dict[str, bytes] = {}
    roots: dict[str, Any] = {}  # written last, when the lists have got their numbers
    draft: _Draft | None = None
    for name in after:
        if (
            name not in before
            or before[name] == after[name]
            or not re.fullmatch(r"word/(document|header\d+|footer\d+)\.xml", name)
        ):
            continue
        new = parse(after[name])
        old, relations = with_new_ids(name, before, after)
        draft = draft or _Draft(author, f"{date}T00:00:00Z", Budget())
        draft.begin(new)
        parents = [root[0] if name == DOCUMENT else root for root in (old, new)]
        blocks = [
            Reader(headings, lists, keys, seen).blocks(parent, sections=name == DOCUMENT)
            for lists, parent in zip((old_lists, new_lists), parents, strict=True)
        ]
        merged = list(draft.container(*blocks))
        sections = [parent.find(f"{W}sectPr") for parent in parents]
        parents[1][:] = merged + ([] if sections[1] is None else [draft.section(*sections)])
        if draft.marked:
            roots[name] = new
            out |= relations
    if draft and roots:
        out |= add_lists(NUMBERING, before, after, draft.list_numbers())
    return {name: xml(root) for name, root in roots.items()} | out


@dataclass
class _Draft:
    """The merged document while it is written: whose changes they are, the ids given, and the lists met."""

    author: str
    date: str
    budget: Budget
    ids: Iterator[int] = field(default_factory=count)
    marked: bool = False
    names: set[str] = field(default_factory=set)
    # w:numId that still hold the old document's number, and w:pPr with the old and new number of the same list.
    old_numbers: list[Any] = field(default_factory=list)
    twins: list[tuple[Any, str, str]] = field(default_factory=list)

    def begin(self, root: Any) -> None:
        """Gets ready for a part: ids go on after those it has."""
        taken = [int(value) for value in root.xpath("//@*[local-name()='id']") if re.fullmatch(r"\d{1,9}", value)]
        self.ids = count(max([next(self.ids), *(number + 1 for number in taken)]))
        self.marked = False
        self.names = {start.get(f"{W}name") for start in root.iter(f"{W}bookmarkStart")}

    def change(self, tag: str) -> Any:
        """A w:ins, w:del or other change, with its author, date and id."""
        self.marked = True
        return _element(tag, id=str(next(self.ids)), author=self.author, date=self.date)

    def container(self, old: Sequence[Node], new: Sequence[Node]) -> Iterator[Any]:
        """The elements of a body, cell, header or footer."""
        *found, (_, end) = leaves(old, new, self.budget)
        table = ""
        for a, b, mark, before, after in _marks(found):
            yield from map(_copy, b.before if b else ())
            side = "ins" if a is None else "del" if b is None else "both"
            is_table = _is_table((a, b))
            if is_table and table not in ("", side):
                yield self._separator()
            yield self._table(a, b) if is_table else self._paragraph(a, b, mark, before, after)
            table = side if is_table else ""
        yield from map(_copy, end.before if end else ())

    def _paragraph(self, old: Node | None, new: Node | None, mark: str, before: Node | None, after: Node | None) -> Any:
        """A paragraph with the content of ``old`` and ``new``, whose mark changes properties from ``before``'s to ``after``'s."""
        if old and new and old.key == new.key and not mark and before is old and after is new:
            return self._same(old, new)
        out = _element("p")
        out.extend(self._properties(mark, before, after))
        if new is None and old is not None:
            self._bookmark(out, old)
        if old and new:
            pieces: Iterable[tuple[str, Token]] = changes(old.tokens, new.tokens, self.budget)
        else:
            pieces = [("del", token) for token in (old.tokens if old else ())] + [
                ("ins", token) for token in (new.tokens if new else ())
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
        was, becomes = (None if node is None else node.element.find(f"{W}pPr") for node in (before, after))
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
            elif was is not None and becomes is not None and (number := was.find(f"{W}numPr/{W}numId")) is not None:
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
        starts = [e for e in (*old.before, *old.element.iter(f"{W}bookmarkStart")) if e.tag == f"{W}bookmarkStart"]
        for name in (start.get(f"{W}name") for start in starts):
            if name not in self.names:
                self.names.add(name)
                number = str(next(self.ids))
                paragraph.extend([_element("bookmarkStart", id=number, name=name), _element("bookmarkEnd", id=number)])

    def _write(self, paragraph: Any, pieces: Iterable[tuple[str, Token]]) -> None:
        """Writes runs, joining the pieces that have the same status, link and properties."""
        link: Any = None  # the element written
        source: Any = None  # the link in the new document that it stands for, when that is known
        link_key: int | None = None
        change: Any = None
        status_now, run, layout = "", None, None
        for status, token in _joined(pieces):
            if token.kind == "bookmark" and status == "del":
                continue
            new_link = token.link if status != "del" else None
            if token.link_key != link_key or (new_link is not None and source is not None and new_link is not source):
                link, link_key, source = None, token.link_key, new_link
                if token.link is not None:
                    link = _shell(token.link)
                    paragraph.append(link)
                change = run = None
            elif new_link is not None and source is None:
                source = new_link
                link.attrib.clear()
                link.attrib.update(source.attrib)
            target = paragraph if link is None else link
            if status != status_now or token.kind in ("whole", "bookmark"):
                status_now, change, run = status, None, None
            if token.kind in ("whole", "bookmark"):
                for part in token.content if token.kind == "whole" else [token.content]:
                    self._whole(target, status if token.kind == "whole" else "", part)
                continue
            if status and change is None:
                change, run = self.change(status), None
                target.append(change)
            if run is None or layout != token.layout:
                run, layout = _element("r"), token.layout
                run.extend([] if token.properties is None else [_copy(token.properties)])
                (target if change is None else change).append(run)
            if token.kind == "child":
                run.append(_copy(token.content))
            else:
                run.append(_text(token.content))

    def _whole(self, target: Any, status: str, part: Any) -> None:
        """A part of what must not be split. A link or field cannot be within a change: the change goes within it."""
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
        """A paragraph between tables that Word would otherwise join: added and removed, so that it is in neither document."""
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
            zip(old.children, new.children, strict=True) if old and new else ((old and c, new and c) for c in node.children)
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
        """Gives the lists of the old document the numbers that they have in the new; returns the w:numId of those it lacks."""
        numbers: dict[str, str] = {}
        for _, was, now in self.twins:
            numbers.setdefault(was, now)
        for properties, was, now in self.twins:
            if numbers[was] != now and properties.find(f"{W}pPrChange") is None:
                change = self._changed_style(properties, properties)
                change.find(f".//{W}numId").set(f"{W}val", was)
        missing = []
        for element in self.old_numbers:
            if element.get(f"{W}val") in numbers:
                element.set(f"{W}val", numbers[element.get(f"{W}val")])
            else:
                missing.append(element)
        return missing


# A pair, what happens to its mark, and which paragraphs' properties that mark has before and after.
Marked = tuple[Node | None, Node | None, str, Node | None, Node | None]


def _marks(found: Sequence[Pair]) -> Iterator[Marked]:
    """Decides which mark goes where paragraphs were added or removed: their own, or the one before the first of them.

    The latter where they are last in a section or cell or before a table, for the mark there cannot be removed.
    """
    start = 0
    for at in range(len(found) + 1):
        apart = at == len(found) or _is_table(found[at]) or (None not in found[at] and not _plain(found[at]))
        if apart or (at and _side(found[at - 1]) not in ("", _side(found[at])) and _typed_on(found[start:at])):
            part = _with_shared_end(found[start:at])
            shift = _shift(part)
            for n, (a, b) in enumerate(part):
                yield _shifted(part, shift, n) if n >= shift else (a, b, _side((a, b)), a, b)
            yield from ((a, b, "", a, b) for a, b in found[at : at + apart])
            start = at + apart


def _typed_on(part: Sequence[Pair]) -> bool:
    """Whether the last paragraphs are of the same style as the one before them, which has a change at its end.

    They are marked as Word does when they are typed on there. Otherwise LibreOffice takes the two changes, and the mark between
    them that has not changed, for one.
    """
    at = _shift(part)
    if at >= len(part) - 1:
        return False
    (old, new), last = part[at], part[-1][0] or part[-1][1]
    if old is None or new is None or last is None or not old.properties == new.properties == last.properties:
        return False
    return [token.key for token in old.tokens[-1:]] != [token.key for token in new.tokens[-1:]]


def _shifted(part: Sequence[Pair], shift: int, at: int) -> Marked:
    a, b = part[at]
    kept_a, kept_b = part[shift]
    added = part[-1][0] is None
    if at < len(part) - 1:
        return a, b, "ins" if added else "del", None if added else a, b if added else None
    return a, b, "", kept_a if added else a, b if added else kept_b


def _with_shared_end(found: Sequence[Pair]) -> list[Pair]:
    """If both documents end in a paragraph of their own, the two share its mark."""
    start = next((i for i in reversed(range(len(found))) if found[i][0] and found[i][1]), -1) + 1
    tail = list(found[start:])
    removed = next((a for a, b in reversed(tail) if b is None), None)
    added = next((b for a, b in reversed(tail) if a is None), None)
    if removed is None or added is None or not _plain((removed, added)):
        return list(found)
    kept = [(a, b) for a, b in tail if not (a is removed or b is added)]
    return [*found[:start], *kept, (removed, added)]


def _shift(part: Sequence[Pair]) -> int:
    """Where the paragraph stands that the ones last in the part were added or removed after; past the end if it is not so."""
    at = len(part)
    while at and _side(part[at - 1]) == _side(part[-1]) != "" and _plain(part[-1]):
        at -= 1
    return at - 1 if 0 < at < len(part) and _plain(part[at - 1]) else len(part)


def _joined(pieces: Iterable[tuple[str, Token]]) -> Iterator[tuple[str, Token]]:
    """The pieces, with the words next to each other that are of the same status and run properties made one."""
    for (status, is_text, *_), same in groupby(
        pieces, lambda p: (p[0], p[1].kind == "text", p[1].layout, p[1].link_key, id(p[1].link))
    ):
        tokens = [token for _, token in same]
        if is_text:
            yield status, replace(tokens[0], content="".join(token.content for token in tokens))
        else:
            yield from ((status, token) for token in tokens)


def _side(nodes: Pair) -> str:
    """Whether the block is added or removed; empty if it is in both."""
    return "ins" if nodes[0] is None else "del" if nodes[1] is None else ""


def _is_table(nodes: Pair) -> bool:
    return any(node is not None and node.kind == "tbl" for node in nodes)


def _plain(nodes: Pair) -> bool:
    """Whether they are paragraphs that do not end a section."""
    return all(node is None or (node.kind == "p" and not node.shape) for node in nodes)


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
    """A copy without what follows the element, and without the children with the tags ``without``."""
    out = deepcopy(element)
    out.tail = None
    for child in [child for child in out if child.tag in without]:
        out.remove(child)
    return out
