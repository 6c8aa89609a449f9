"""Readers of formats: a file becomes blocks in reading order. They judge nothing of what it means.

A file is untrusted, and read in a process with bounds for time and memory."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

from insatskoll import names
from insatskoll.bilaga import bounded
from insatskoll.bilaga.bounded import Answer, Bounds, Stopped
from insatskoll.errors import Refused
from insatskoll.importing.blocks import Block, Source, Text, texts
from insatskoll.importing.formats import contents, kinds, wire
from insatskoll.importing.formats.kinds import Kind
from insatskoll.names import shown
from insatskoll.reading import files
from insatskoll.reading.packages import Unfit

if TYPE_CHECKING:
    from insatskoll.importing.formats.runs import Tracked

MAX_FILE = 50_000_000  # bytes
# A bilaga of a hundred pages has some thousand paragraphs, of which all that is asked takes time.
MAX_TEXTS = 15_000  # paragraphs and cells with words
MAX_CELLS = 200_000
MAX_LETTERS = 2_000_000
BOUNDS = Bounds(seconds=60, memory=2_000_000_000)
INSTALL = 'Installera det som importen behöver: pip install "insatskoll[import]"'


def read(path: Path, tracked: Tracked = "godkända") -> Source:
    """What the file ``path`` says, block for block; ``tracked`` is how tracked changes are read.

    Raises :class:`Refused`, with what to do, where it cannot be read.
    """
    data = files.read(path, MAX_FILE)
    name = names.plain(unicodedata.normalize("NFC", path.name))
    try:
        answer = bounded.call(_answered, name, data, tracked, bounds=BOUNDS)
    except Stopped as error:
        raise Refused(
            f"{shown(path)}: Filen tar för lång tid eller för mycket minne att läsa. Dela upp den, "
            "eller spara texten för sig."
        ) from error
    if "error" in answer.told:
        raise Refused(f"{shown(path)}: {answer.told['error']}.")
    blocks = wire.unpacked(answer.told["blocks"])
    return Source(name, blocks, tuple(answer.told["passed_over"]))


def source(name: str, data: bytes, tracked: Tracked = "godkända") -> Source:
    """What a file with the content ``data`` says, as :func:`read` but without bounds.

    Raises :class:`Unfit`.
    """
    kind = kinds.kind(data, name)
    try:
        blocks, passed = _read(kind, data, tracked)
    except ModuleNotFoundError as error:
        raise Unfit(f"Det som läser {kind.value} saknas. {INSTALL}".removesuffix(".")) from error
    if not blocks:
        raise Unfit("Filen har ingen text")
    _check_size(blocks)
    blocks, told = contents.apart(blocks)
    return Source(name, blocks, tuple(passed + told))


def _check_size(blocks: tuple[Block, ...]) -> None:
    """Raises :class:`Unfit` where there is more than what any bilaga has."""
    found = [text.words for text in texts(blocks)]
    cells = sum(map(_cells, blocks))
    if len(found) > MAX_TEXTS or cells > MAX_CELLS or sum(map(len, found)) > MAX_LETTERS:
        raise Unfit(
            "Filen har mer text än någon bilaga. Dela upp den, eller ta bort det som inte hör till "
            "insatserna"
        )


def _cells(block: Block) -> int:
    """How many cells a block has, those of tables in cells too."""
    if isinstance(block, Text):
        return 0
    return sum(1 + sum(map(_cells, cell.blocks)) for row in block.rows for cell in row)


def _answered(name: str, data: bytes, tracked: Tracked) -> Answer:
    """What the process does."""
    try:
        read = source(name, data, tracked)
    except Unfit as error:
        return Answer({"error": str(error)})
    return Answer({"blocks": wire.packed(read.blocks), "passed_over": list(read.passed_over)})


def _read(kind: Kind, data: bytes, tracked: Tracked) -> tuple[tuple[Block, ...], list[str]]:
    match kind:
        case Kind.DOCX:
            from insatskoll.importing.formats import docx

            return docx.read(data, tracked)
        case Kind.MARKDOWN:
            from insatskoll.importing.formats import markdown

            return markdown.read(kinds.decoded(data))
        case Kind.PDF:
            from insatskoll.importing.formats import pdf

            return pdf.read(data)
        case Kind.XLSX:
            from insatskoll.importing.formats import xlsx

            return xlsx.read(data)
        case Kind.ODT:
            from insatskoll.importing.formats import odt

            return odt.read(data, tracked)
        case _:
            from insatskoll.importing.formats import plain

            return plain.read(kinds.decoded(data)), []
