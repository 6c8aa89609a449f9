"""Reads PDF files that have text: by their structure where they tell it, else by what is seen."""

from __future__ import annotations

from collections.abc import Iterator

from insatskoll.importing.blocks import Block
from insatskoll.importing.formats import pdf_layout, pdf_lines, pdf_pages, pdf_tagged, runs
from insatskoll.importing.formats.pdf_pages import Document
from insatskoll.reading.packages import Unfit

_SCANNED = (
    "Filen är inskannad: den har bilder av sidor men ingen text. Be om dokumentet som det skrevs, "
    "eller gör det läsbart med textigenkänning (OCR)"
)
_MUCH = 0.2  # of the letters


def read(data: bytes) -> tuple[tuple[Block, ...], list[str]]:
    """The blocks of a PDF, and what was passed over. Raises :class:`Unfit`."""
    document = pdf_pages.read(data)
    letters = sum(len(page.glyphs) + len(page.turned) for page in document.pages)
    lost = sum(page.lost for page in document.pages)
    if not letters and not lost and any(page.pictures for page in document.pages):
        raise Unfit(_SCANNED)
    if lost > (letters + lost) * _MUCH:
        raise Unfit(
            "Typsnitten i filen säger inte vilka bokstäver som visas, så texten går inte att läsa. "
            "Be om dokumentet som det skrevs"
        )
    known = pdf_lines.words_of(
        line for page in document.pages for line in pdf_lines.segments(page.glyphs, page.number)
    )
    blocks = pdf_tagged.read(document, known)
    if blocks is None:
        blocks = pdf_layout.read(document, known)
    else:
        blocks = [*_unheld(document), *blocks]
    return runs.numbered(blocks), list(_told(document))


def _unheld(document: Document) -> list[Block]:
    """Heads and feet of a document that tells its structure."""
    found: list[pdf_lines.Line] = []
    for page in document.pages:
        loose = [glyph for glyph in page.glyphs if glyph.mark is None]
        found += pdf_lines.segments(loose, page.number)
    return list(pdf_layout.margin_texts(found))


def _told(document: Document) -> Iterator[str]:
    for page in document.pages:
        if page.pictures and not page.glyphs and not page.turned:
            yield f"Sidan {page.number} är en bild utan text"
        elif page.pictures:
            yield f"En bild på sidan {page.number}"
        if page.lost:
            yield f"Tecken på sidan {page.number} som typsnittet inte säger vilka de är"
        for note in map(runs.one_line, page.notes):
            yield f"En anteckning eller ett formulärfält på sidan {page.number}: ”{note}”"
