"""Judges the files that a municipality gives for its look: pictures, fonts and Word documents, all
of them untrusted.

A file is what its bytes say, not its name. What could run, fetch something or grow without end is
refused; a drawing is let through to be drawn in a process of its own.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from urllib.parse import unquote

from insatskoll.names import shown
from insatskoll.patterns import later
from insatskoll.reading import packages
from insatskoll.reading.packages import Unfit
from insatskoll.values import immutable

MAX_SIDE = 4000  # pixels
MAX_RATIO = 20  # between width and height, either way
_TOO_LONG = f"Bilden är mer än {MAX_RATIO} gånger så lång åt ena hållet som åt det andra"
# What no whole number of pixels makes good: the rest is told when it is drawn.
_LEAST_RATIO = 1 / (MAX_RATIO * 1.05)
MAX_DOCX_PARTS = 500
MAX_DOCX_BYTES = 50_000_000  # unpacked
MAX_DOCX_XML = 5_000_000  # in one part
PNG, SVG = "image/png", "image/svg+xml"
_PNG_START = b"\x89PNG\r\n\x1a\n"
_DECODED = (
    _PNG_START,
    b"\xff\xd8\xff",
    b"GIF8",
    b"RIFF",
)  # how pictures that are no drawings begin
_FONTS = {b"\x00\x01\x00\x00": "ttf", b"OTTO": "otf", b"wOF2": "woff2"}
_WORD_SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
# Relations of a Word file that may point out of it: links that a reader clicks on, and nothing that
# Word fetches itself.
_LINK = "/relationships/hyperlink"
_FETCHING_FIELD = later(
    r"\b(DDE|DDEAUTO|INCLUDE[A-Z]*|IMPORT|LINK|DATABASE|MACROBUTTON|RD)\b", re.IGNORECASE
)


def picture(data: bytes) -> str:
    """The media type of a PNG or SVG picture. Raises :class:`Unfit`, for an SVG only for what can
    be seen without drawing it."""
    if data.startswith(_PNG_START):
        png_ratio(data)
        return PNG
    if b"<svg" in data[:10_000] or data.lstrip().startswith(b"<?xml"):
        _check_svg(data)
        return SVG
    raise Unfit("Bilden är varken PNG eller SVG")


def png_ratio(data: bytes) -> float:
    """The width of a PNG divided by its height. Raises :class:`Unfit`."""
    pixels = _unpacked(data)
    ratio = pixels.width / pixels.height
    if not 1 / MAX_RATIO <= ratio <= MAX_RATIO:
        raise Unfit(_TOO_LONG)
    return ratio


def is_blank(data: bytes) -> bool:
    """Whether nothing is to be seen in a PNG that was drawn here: four bytes to a pixel, all zero.

    Raises :class:`Unfit`.
    """
    pixels = _unpacked(data)
    step = 1 + 4 * pixels.width  # each row begins with how it is packed
    rows = range(0, len(pixels.data), step)
    return not any(any(pixels.data[at + 1 : at + step]) for at in rows)


def font(data: bytes) -> str:
    """What kind of font the bytes are: ``ttf``, ``otf`` or ``woff2``. Raises :class:`Unfit`."""
    kind = _FONTS.get(data[:4])
    if kind is None:
        raise Unfit("Filen är inget typsnitt i formatet TTF, OTF eller WOFF2")
    return kind


# What the readers after this one take for XML, by its name.
_READ_AS_XML = later(r"\.(xml|rels)$|^word/(header|footer)", re.IGNORECASE)


def reference_docx(data: bytes) -> None:
    """Checks that the bytes are a Word document that can give its styles. Raises :class:`Unfit`."""
    broken = "Filen är inget helt Word-dokument (docx)"
    with packages.opened(data, broken, MAX_DOCX_PARTS, MAX_DOCX_BYTES) as archive:
        parts = archive.infolist()
        names = {part.filename for part in parts}
        if not {"[Content_Types].xml", "word/document.xml", "word/styles.xml"} <= names:
            raise Unfit("Filen är inget Word-dokument (docx) med formatmallar")
        if any(
            re.search(r"vbaproject|/activex/|/embeddings/", name, re.IGNORECASE) for name in names
        ):
            raise Unfit("Dokumentet innehåller makron eller inbäddade objekt")
        for part in parts:
            xml = _READ_AS_XML.search(part.filename) is not None
            if xml and part.file_size > MAX_DOCX_XML:
                raise Unfit(f"Delen {shown(part.filename)} i dokumentet är för stor")
            content = archive.read(part)  # checks the part's checksum too
            if xml:
                _check_part(part.filename, content)


def _check_part(name: str, content: bytes) -> None:
    root = packages.xml(shown(name), content)
    if (
        name in ("word/document.xml", "word/styles.xml")
        and root.tag != f"{{{_WORD_SPACE}}}{name[5:-4]}"
    ):
        raise Unfit("Filen är inget Word-dokument (docx) med formatmallar")
    fields = "".join(
        e.text or ""
        if e.tag == f"{{{_WORD_SPACE}}}instrText"
        else e.get(f"{{{_WORD_SPACE}}}instr", "")
        for e in root.iter()
    )
    if _FETCHING_FIELD.search(fields):
        raise Unfit(f"Delen {name} i dokumentet har ett fält som hämtar eller kör något")
    if not name.endswith(".rels"):
        return
    for relation in root.iter():
        if relation is not root and _leads_out(name, relation.attrib):
            raise Unfit(f"Delen {name} i dokumentet hämtar något utanför det")


def _leads_out(name: str, relation: Mapping[str, str]) -> bool:
    """Whether a relation in the part ``name`` leads out of the document, or is written so that
    programs may differ on it."""
    known = {key.lower(): key for key in relation}
    if any(known.get(key.lower(), key) != key for key in ("TargetMode", "Target", "Type")) or len(
        known
    ) < len(relation):
        return True
    mode, target = relation.get("TargetMode", "Internal"), relation.get("Target", "")
    if mode == "External":
        return not relation.get("Type", "").endswith(_LINK)
    plain = not re.search(r"[\\:\x00-\x1f]", unquote(target)) and not target.startswith("//")
    return (
        mode != "Internal"
        or not plain
        or _climbs(PurePosixPath("/", name).parent.parent, unquote(target))
    )


def _climbs(folder: PurePosixPath, target: str) -> bool:
    """Whether the way ``target`` from ``folder`` goes above the top of the package, where there is
    nothing of it."""
    depth = 0 if target.startswith("/") else len(folder.parts) - 1
    for step in target.split("/"):
        depth += -1 if step == ".." else step not in ("", ".")
        if depth < 0:
            return True
    return False


@immutable
class _Pixels:
    """The size of a PNG, and its rows as they are packed before they are compressed."""

    width: int
    height: int
    data: bytes


def _unpacked(data: bytes) -> _Pixels:
    """Reads the chunks of a PNG, so that one that is cut off, broken or unreasonable is refused
    here and not by a library."""
    chunks = list(_chunks(data))
    kinds = [kind for kind, _ in chunks]
    content = dict(chunks)
    header = content.get(b"IHDR", b"")
    begun = kinds.index(b"IDAT") if b"IDAT" in kinds else 0
    pixels = kinds.count(b"IDAT")
    if (
        kinds[0] != b"IHDR"
        or len(header) != 13
        or any(kinds.count(kind) > 1 for kind in (b"IHDR", b"PLTE"))
        or any(kind[:1].isupper() and kind not in _NEEDED for kind in kinds)
        or kinds[begun : begun + pixels] != [b"IDAT"] * pixels
    ):
        raise Unfit(_DAMAGED)
    width, height, depth, colour, packing, filtering, interlace = struct.unpack(">IIBBBBB", header)
    if not (1 <= width <= MAX_SIDE and 1 <= height <= MAX_SIDE):
        raise Unfit(
            f"PNG-bilden är {width} × {height} bildpunkter; högst {MAX_SIDE} åt vart håll går bra"
        )
    samples, depths = _COLOURS.get(colour, (0, ()))
    palette = len(content.get(b"PLTE", b""))
    if (
        depth not in depths
        or packing
        or filtering
        or interlace > 1
        or (colour == _BY_PALETTE and b"PLTE" not in kinds[:begun])
        or palette % 3
        or palette > 3 * 256
    ):
        raise Unfit(_DAMAGED)
    row = 1 + (width * samples * depth + 7) // 8
    packed = b"".join(part for kind, part in chunks if kind == b"IDAT")
    try:
        unpacked = zlib.decompressobj().decompress(packed, height * row * 2 + 1000)
    except zlib.error as error:
        raise Unfit(_DAMAGED) from error
    if len(unpacked) < height * row or (len(unpacked) > height * row and not interlace):
        raise Unfit(_DAMAGED)
    if not interlace and max(unpacked[::row]) > _LAST_FILTER:
        raise Unfit(_DAMAGED)
    return _Pixels(width, height, unpacked)


_DAMAGED = "PNG-bilden är skadad"
_NEEDED = frozenset({b"IHDR", b"PLTE", b"IDAT", b"IEND"})  # the chunks that a reader must know
_BY_PALETTE, _LAST_FILTER = 3, 4
# How many samples a pixel of each kind of colour has, and of how many bits.
_COLOURS: dict[int, tuple[int, tuple[int, ...]]] = {
    0: (1, (1, 2, 4, 8, 16)),
    2: (3, (8, 16)),
    _BY_PALETTE: (1, (1, 2, 4, 8)),
    4: (2, (8, 16)),
    6: (4, (8, 16)),
}


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The chunks of a PNG to its end, each whole: their kinds and contents."""
    at, kind = len(_PNG_START), b""
    while kind != b"IEND":
        if at + 12 > len(data):
            raise Unfit("PNG-bilden är avbruten")
        length, kind = struct.unpack(">I4s", data[at : at + 8])
        content, check = data[at + 8 : at + 8 + length], data[at + 8 + length : at + 12 + length]
        if len(check) != 4 or zlib.crc32(kind + content) != int.from_bytes(check, "big"):
            raise Unfit(_DAMAGED)
        at += 12 + length
        yield kind, content


def _check_svg(data: bytes, *, within: bool = False) -> list[bytes]:
    """Refuses what is no SVG at all, and what would be lost of it when it is drawn. Gives the
    pictures in it that only a decoder can judge."""
    from xml.parsers import expat

    from insatskoll.bilaga import svg

    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Unfit("SVG-bilden är inte sparad i teckenkodningen UTF-8") from error
    try:
        drawing = svg.read(data, within=within)
    except svg.Lost as error:
        raise Unfit(str(error)) from error
    except expat.ExpatError as error:
        raise Unfit("SVG-bilden är inte riktig XML") from error
    ratio = drawing.ratio or 1
    if not within and not _LEAST_RATIO < ratio < 1 / _LEAST_RATIO:
        raise Unfit(_TOO_LONG)
    found: list[bytes] = []
    for held in drawing.pictures:
        if held.startswith(_DECODED):
            found.append(held)
        else:
            _check_svg(held, within=True)
    return found


def pictures_in(svg: bytes) -> list[bytes]:
    """The pictures in an SVG that are no drawings. Raises :class:`Unfit`."""
    return _check_svg(svg)
