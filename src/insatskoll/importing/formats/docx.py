"""Reads Word documents (docx): the package, and its parts in the order they are read."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING
from zipfile import ZipFile

from insatskoll.importing.blocks import Block
from insatskoll.importing.formats import docx_styles, kinds, runs
from insatskoll.importing.formats.docx_story import Story
from insatskoll.importing.formats.docx_styles import W
from insatskoll.importing.formats.runs import Tracked
from insatskoll.names import shown
from insatskoll.reading import packages
from insatskoll.reading.packages import Unfit

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

MAX_PART = 60_000_000  # bytes of XML
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/main}t"
# What the strict form of the format calls the same.
_STRICT = (
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", _R[1:-1].encode()),
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", W[1:-1].encode()),
    (b"http://purl.oclc.org/ooxml/drawingml/main", _DRAWN[1:-2].encode()),
)
_DRAWINGS = re.compile(r"(^|/)(diagrams/data|charts/chart)\d*\.xml$")


def read(data: bytes, tracked: Tracked = "godkända") -> tuple[tuple[Block, ...], list[str]]:
    """The blocks of a Word document, and what was passed over. Raises :class:`Unfit`."""
    with packages.opened(data, kinds.DAMAGED, kinds.MAX_PARTS, kinds.MAX_UNPACKED) as archive:
        parts = _Parts(archive)
        main = next(parts.related("", "/officeDocument"), "word/document.xml")
        root = parts.root(main)
        body = root.find(f"{W}body") if root is not None else None
        if root is None or body is None:
            raise Unfit(kinds.DAMAGED)
        story = Story(docx_styles.read(parts.first(main, "/styles")), tracked)
        story.notes = _notes(parts, main)
        story.paged = root.find(f".//{W}lastRenderedPageBreak") is not None
        blocks = story.blocks(body)
        heads, feet = (_margins(parts, main, kind, story) for kind in ("/header", "/footer"))
        passed = story.told() + _comments(parts, main) + _drawn(parts)
    return runs.numbered([*heads, *blocks, *feet]), passed


class _Parts:
    """The parts of a package, by their names and by how they refer to each other."""

    def __init__(self, archive: ZipFile) -> None:
        self._archive = archive
        self.names = frozenset(archive.namelist())

    def root(self, name: str) -> Element | None:
        """The root of the part ``name``; None if there is none."""
        if name not in self.names:
            return None
        if self._archive.getinfo(name).file_size > MAX_PART:
            raise Unfit(f"Delen {shown(name)} i dokumentet är för stor")
        content = self._archive.read(name)
        for strict, usual in _STRICT:
            content = content.replace(strict, usual)
        return packages.xml(shown(name), content)

    def related(self, name: str, kind: str) -> Iterator[str]:
        """The names of the parts that the part ``name`` (the whole package if empty) has as
        ``kind``."""
        folder, part = posixpath.split(name)
        root = self.root(posixpath.join(folder, "_rels", f"{part}.rels"))
        for relation in root.iter(_RELATION) if root is not None else ():
            if relation.get("Type", "").endswith(kind) and relation.get("TargetMode") != "External":
                target = posixpath.join("/", folder, relation.get("Target", ""))
                yield posixpath.normpath(target).lstrip("/")

    def first(self, name: str, kind: str) -> Element | None:
        """The root of the first part that the part ``name`` has as ``kind``."""
        return next((self.root(found) for found in self.related(name, kind)), None)


def _notes(parts: _Parts, main: str) -> dict[tuple[str, str], Element]:
    """The footnotes and endnotes of a document, by what refers to them and their number."""
    found = {}
    for kind in ("footnote", "endnote"):
        root = parts.first(main, f"/{kind}s")
        for note in root.iter(f"{W}{kind}") if root is not None else ():
            if note.get(f"{W}type", "normal") == "normal":
                found[f"{kind}Reference", note.get(f"{W}id", "")] = note
    return found


def _margins(parts: _Parts, main: str, kind: str, story: Story) -> list[Block]:
    """What the document's headers or footers say, each once."""
    found: list[Block] = []
    for name in parts.related(main, kind):
        root = parts.root(name)
        blocks = story.margin(root) if root is not None else []
        found += [block for block in blocks if block not in found]
    return found


def _comments(parts: _Parts, main: str) -> list[str]:
    told = []
    root = parts.first(main, "/comments")
    for comment in root.iter(f"{W}comment") if root is not None else ():
        words = runs.one_line(
            " ".join(
                "".join(text.text or "" for text in paragraph.iter(f"{W}t"))
                for paragraph in comment.iter(f"{W}p")
            )
        )
        author = runs.one_line(comment.get(f"{W}author", ""))
        told.append(f"En kommentar{f' av {author}' if author else ''}: ”{words}”")
    return told


def _drawn(parts: _Parts) -> list[str]:
    """The words in diagrams, which are parts of their own."""
    told = []
    for name in sorted(filter(_DRAWINGS.search, parts.names)):
        root = parts.root(name)
        words = [element.text or "" for element in root.iter(_DRAWN)] if root is not None else []
        if text := runs.one_line(" ".join(words)):
            told.append(f"Ett diagram: ”{text}”")
    return told
