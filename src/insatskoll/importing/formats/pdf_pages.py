"""What stands on the pages of a PDF: letters with their places, the lines of tables, pictures."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from insatskoll.importing.formats import kinds
from insatskoll.patterns import later
from insatskoll.reading.packages import Unfit

MAX_PAGES = 2000
_LOCKED = "Filen är skyddad med lösenord. Öppna den, ta bort lösenordet och spara om den"
_BOLD = later(r"bold|black|heavy|demi|[-,]bd|bdmt|fett?\b", re.IGNORECASE)
_NO_LETTER = later(r"\(cid:\d+\)")


_RULE = 40.0  # points; what goes across less is no line between rows
_COLUMN = 15.0  # points; what is narrower is no column
_TINY = 4.0  # points; letters so small may stand within a point of each other


class Glyph(NamedTuple):
    """A letter, or what a font draws as one, and where: from the left and from the top."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    bold: bool
    mark: int | None  # the marked content it belongs to
    artifact: bool  # told to be no content, such as the head of the page
    seen: tuple[float, float] | None = None  # its middle on the page, if it is turned

    @property
    def middle(self) -> tuple[float, float]:
        """Where it is on the page as it is."""
        return self.seen or ((self.x0 + self.x1) / 2, (self.top + self.bottom) / 2)


@dataclass
class Grid:
    """A table with lines: for each row, its cells as boxes (left, top, right, bottom)."""

    box: tuple[float, float, float, float]
    rows: list[list[tuple[float, float, float, float]]]


@dataclass
class Page:
    """A page: its number from 1, its size, and what stands on it."""

    number: int
    width: float
    height: float
    glyphs: list[Glyph]
    turned: list[Glyph] = field(default_factory=list)  # as they are read when the page is turned
    grids: list[Grid] = field(default_factory=list)
    rules: list[float] = field(default_factory=list)  # where lines go across, from the top
    pictures: int = 0
    lost: int = 0  # letters whose font does not say what they are
    notes: list[str] = field(default_factory=list)  # what stands in notes and forms


@dataclass
class Document:
    """The pages, and the objects of the document's structure."""

    pages: list[Page]
    structure: Any = None
    numbers: dict[object, int] = field(default_factory=dict)  # of pages, by their objects'


def read(data: bytes) -> Document:
    """The pages of a PDF. Raises :class:`Unfit` where it is locked or damaged."""
    import logging

    import pdfplumber
    from pdfminer.pdfdocument import PDFPasswordIncorrect

    logging.disable(logging.CRITICAL)
    try:
        with pdfplumber.open(io.BytesIO(data)) as pdf:
            if len(pdf.pages) > MAX_PAGES:
                raise Unfit(f"Filen har mer än {MAX_PAGES} sidor. Dela upp den")
            made = Document(
                [_page(page) for page in pdf.pages],
                pdf.doc.catalog.get("StructTreeRoot"),
                {page.page_obj.pageid: page.page_number for page in pdf.pages},
            )
    except Unfit:
        raise
    except MemoryError:
        raise
    except Exception as error:  # the library raises whatever a broken file brings it to
        if any(isinstance(said, PDFPasswordIncorrect) for said in (error, *error.args)):
            raise Unfit(_LOCKED) from error
        raise Unfit(kinds.DAMAGED) from error
    finally:
        logging.disable(logging.NOTSET)
    if not made.pages:
        raise Unfit(kinds.DAMAGED)
    return made


def _page(page: Any) -> Page:
    made = Page(page.page_number, float(page.width), float(page.height), [])
    before: Glyph | None = None
    for char in _once(page.chars):
        if _NO_LETTER.fullmatch(char["text"]):
            made.lost += 1
            continue
        glyph = _glyph(char, float(page.bbox[0]), float(page.bbox[1]))
        if glyph.mark is None and not glyph.artifact and before is not None:
            glyph = _with_mark(glyph, before, char.get("tag"))
        if abs(char["matrix"][1]) <= abs(char["matrix"][0]):
            made.glyphs.append(glyph)
        else:
            made.turned.append(_turned(glyph, char["matrix"], made))
        before = glyph
    made.pictures = len(page.images)
    if page.lines or page.rects or page.curves:
        edges = page.horizontal_edges
        grids = (_grid(table, edges) for table in page.find_tables())
        made.grids = [grid for grid in grids if grid is not None]
        made.rules = sorted({
            edge["top"] - float(page.bbox[1]) for edge in edges
            if edge["x1"] - edge["x0"] > _RULE
        })  # fmt: skip
    made.notes = list(_notes(page))
    page.close()
    return made


def _glyph(char: dict[str, Any], left: float, top: float) -> Glyph:
    artifact = char.get("tag") == "Artifact"
    return Glyph(
        char["text"].replace("\u00ad", "-"),  # it is drawn, and so is seen
        char["x0"] - left,
        char["x1"] - left,
        char["top"] - top,
        char["bottom"] - top,
        round(float(char["size"]), 1),
        _BOLD.search(char["fontname"]) is not None,
        None if artifact else char.get("mcid"),
        artifact,
    )


def _with_mark(glyph: Glyph, before: Glyph, tag: str | None) -> Glyph:
    """A letter that has no mark of its own with that of the one before it, if it is within the same
    or goes on in its line."""
    follows = abs(glyph.bottom - before.bottom) < 1 and abs(glyph.x0 - before.x1) < _TINY
    return glyph._replace(mark=before.mark) if tag is not None or follows else glyph


def _once(chars: list[Any]) -> Iterator[Any]:
    """The letters, each once: some programs draw one twice to make it bold."""
    seen: set[tuple[str, int, int]] = set()
    for char in chars:
        text, across, down = char["text"], round(char["x0"]), round(char["top"])
        near = {(text, across + a, down + b) for a in (-1, 0, 1) for b in (-1, 0, 1)}
        if text.strip() and char["size"] > _TINY and near & seen:
            continue
        seen.add((text, across, down))
        yield char


def _turned(glyph: Glyph, matrix: tuple[float, ...], page: Page) -> Glyph:
    """A letter as it stands when the page is turned so that it can be read."""
    if matrix[1] > 0:  # from below and up
        return glyph._replace(
            x0=page.height - glyph.bottom, x1=page.height - glyph.top,
            top=glyph.x0, bottom=glyph.x1, size=round(glyph.x1 - glyph.x0, 1), seen=glyph.middle,
        )  # fmt: skip
    return glyph._replace(
        x0=glyph.top, x1=glyph.bottom, top=page.width - glyph.x1, bottom=page.width - glyph.x0,
        size=round(glyph.x1 - glyph.x0, 1), seen=glyph.middle,
    )  # fmt: skip


def _grid(table: Any, edges: list[Any]) -> Grid | None:
    """A table with lines; one whose outermost columns have lines only above and below gets these
    from how far the lines go."""
    rows = [[tuple(cell) for cell in row.cells if cell is not None] for row in table.rows]
    if sum(len(row) for row in rows) < 2:
        return None
    left, top, right, bottom = table.bbox
    across = [
        edge for edge in edges
        if top - 2 < edge["top"] < bottom + 2 and edge["x0"] <= right and edge["x1"] >= left
    ]  # fmt: skip
    far_left = min((edge["x0"] for edge in across), default=left)
    far_right = max((edge["x1"] for edge in across), default=right)
    for row in rows:
        if not row:
            continue
        above, below = row[0][1], min(cell[3] for cell in row)
        if left - far_left > _COLUMN:
            row.insert(0, (far_left, above, left, below))
        if far_right - right > _COLUMN:
            row.append((right, above, far_right, below))
    box = (min(left, far_left), top, max(right, far_right), bottom)
    return Grid(box, [row for row in rows if row])


def _notes(page: Any) -> Iterator[str]:
    """What stands in notes and in the fields of forms, which is no part of the page itself."""
    for note in page.annots:
        if str(note.get("data", {}).get("Subtype")) == "/'Link'":
            continue
        said = note.get("contents") or note.get("data", {}).get("V")
        if isinstance(said, bytes):
            said = said.decode("utf-16" if said.startswith(b"\xfe\xff") else "latin-1", "replace")
        if isinstance(said, str) and said.strip():
            yield said
