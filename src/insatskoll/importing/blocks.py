"""What a document consists of, whatever format it came in: blocks in reading order, with places.

A reader of a format makes these and judges nothing of what they mean; the interpreter makes fields
of them and never sees the format."""

from collections.abc import Iterator
from dataclasses import replace
from enum import StrEnum

from insatskoll.values import immutable


class Style(StrEnum):
    """What a stretch of text is in the document's own layout."""

    HEADING = "rubrik"
    BODY = "brödtext"
    ITEM = "punkt"
    NOTE = "fotnot"
    BOX = "textruta"
    MARGIN = "sidhuvud"  # what is repeated in the head or foot of pages


@immutable
class Spot:
    """Where in the document: ``page`` from 1 where the format has pages, and the ``paragraph``,
    table cell or line from 1 in reading order; ``place`` in words where the format has names of its
    own for places (a sheet and a cell), and ``document`` where several are read."""

    paragraph: int
    page: int | None = None
    place: str = ""
    document: str = ""


@immutable
class Text:
    """A paragraph, heading, item or note as one line of words, with single spaces.

    ``level`` is a heading's (from 1) or an item's depth (from 0), None where the document does not
    say; ``bold`` where all words are; ``size`` in points where known, for headings that are only
    large or bold; ``lead`` is the bold or underlined words that it begins with."""

    words: str
    spot: Spot
    style: Style = Style.BODY
    level: int | None = None
    bold: bool = False
    size: float | None = None
    lead: str = ""


@immutable
class Cell:
    """A cell of a table: its blocks, and over how many rows and columns it goes."""

    blocks: tuple["Block", ...]
    rows: int = 1
    columns: int = 1

    @property
    def words(self) -> str:
        """The cell's texts, line by line."""
        return "\n".join(text.words for text in texts(self.blocks))


@immutable
class Table:
    """A table: rows of cells, each cell in the row where it begins; ``heads`` rows of headings
    where the document says so."""

    rows: tuple[tuple[Cell, ...], ...]
    spot: Spot
    heads: int = 0


Block = Text | Table


@immutable
class Source:
    """A document as read: the name of its file, its blocks, and in plain Swedish what could not
    be read (a picture, a formula), so that the official can look."""

    name: str
    blocks: tuple[Block, ...]
    passed_over: tuple[str, ...] = ()


def in_file(blocks: tuple[Block, ...], name: str) -> tuple[Block, ...]:
    """``blocks`` with the name of their file in every place."""
    return tuple(_in_file(block, name) for block in blocks)


def _in_file(block: Block, name: str) -> Block:
    spot = replace(block.spot, document=name)
    if isinstance(block, Text):
        return replace(block, spot=spot)
    rows = tuple(
        tuple(replace(cell, blocks=in_file(cell.blocks, name)) for cell in row)
        for row in block.rows
    )
    return replace(block, rows=rows, spot=spot)


def texts(blocks: tuple[Block, ...]) -> Iterator[Text]:
    """Every text of ``blocks`` in reading order, those in the cells of tables too."""
    for block in blocks:
        if isinstance(block, Text):
            yield block
            continue
        for row in block.rows:
            for cell in row:
                yield from texts(cell.blocks)
