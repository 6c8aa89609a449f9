"""Judges the files that a municipality gives for its look: pictures, fonts and Word documents, all
of them untrusted.

A file is what its bytes say, not its name. What could run, fetch something or grow without end is
refused.
"""

from __future__ import annotations

import io
import re
import struct
import zlib
from collections import defaultdict
from collections.abc import Mapping
from pathlib import PurePosixPath
from urllib.parse import unquote

from insatskoll.errors import Refused
from insatskoll.names import shown
from insatskoll.patterns import later

MAX_SIDE = 4000  # pixels
MAX_ELEMENTS = 20_000  # as drawn, so with what is drawn again by reference
MAX_DEPTH = 60
MAX_RATIO = 20  # between width and height, either way
MAX_DOCX_PARTS = 500
MAX_DOCX_BYTES = 50_000_000  # unpacked
MAX_DOCX_XML = 5_000_000  # in one part

PNG, SVG = "image/png", "image/svg+xml"
_PNG_START = b"\x89PNG\r\n\x1a\n"
_SVG_SPACE = "http://www.w3.org/2000/svg"
_HREF = ("href", "{http://www.w3.org/1999/xlink}href")
# Plain drawing. Scripts, foreign content, animation, filters and pictures in the picture are not.
_SVG_ELEMENTS = frozenset({
    "svg", "g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "defs",
    "linearGradient", "radialGradient", "stop", "clipPath", "mask", "symbol", "use", "title",
    "desc", "metadata", "text", "tspan", "style",
})  # fmt: skip
# What drawing programs note for themselves; nobody draws it.
_NOTES = (
    "http://www.inkscape.org/", "http://sodipodi.sourceforge.net/",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "http://creativecommons.org/ns#",
    "http://web.resource.org/cc/", "http://purl.org/dc/", "http://ns.adobe.com/",
)  # fmt: skip
_FONTS = {b"\x00\x01\x00\x00": "ttf", b"OTTO": "otf", b"wOF2": "woff2"}
_WORD_SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
# Relations of a Word file that may point out of it: links that a reader clicks on, and nothing that
# Word fetches itself.
_LINK = "/relationships/hyperlink"
_FETCHING_FIELD = later(
    r"\b(DDE|DDEAUTO|INCLUDE[A-Z]*|IMPORT|LINK|DATABASE|MACROBUTTON|RD)\b", re.IGNORECASE
)


class Unfit(Refused):
    """The file cannot be used; the message says why, as a sentence without its full stop."""


def picture(data: bytes) -> tuple[str, float]:
    """The media type of a PNG or SVG picture, and its width divided by its height. Raises
    :class:`Unfit`."""
    if data.startswith(_PNG_START):
        kind, ratio = PNG, _png_ratio(data)
    elif b"<svg" in data[:10_000] or data.lstrip().startswith(b"<?xml"):
        kind, ratio = SVG, _svg_ratio(data)
    else:
        raise Unfit("Bilden är varken PNG eller SVG")
    if not 1 / MAX_RATIO <= ratio <= MAX_RATIO:
        raise Unfit(f"Bilden är mer än {MAX_RATIO} gånger så lång åt ena hållet som åt det andra")
    return kind, ratio


def font(data: bytes) -> str:
    """What kind of font the bytes are: ``ttf``, ``otf`` or ``woff2``. Raises :class:`Unfit`."""
    kind = _FONTS.get(data[:4])
    if kind is None:
        raise Unfit("Filen är inget typsnitt i formatet TTF, OTF eller WOFF2")
    return kind


# What zipfile raises for archives that are cut off, overwritten, locked or packed in ways of their
# own.
_BROKEN_ARCHIVE = (
    ArithmeticError,
    EOFError,
    LookupError,
    OSError,
    RuntimeError,
    ValueError,
    struct.error,
    zlib.error,
)


def reference_docx(data: bytes) -> None:
    """Checks that the bytes are a Word document that can give its styles. Raises :class:`Unfit`."""
    import zipfile

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            if (
                len(parts) > MAX_DOCX_PARTS
                or sum(part.file_size for part in parts) > MAX_DOCX_BYTES
            ):
                raise Unfit(f"Dokumentet är större än {MAX_DOCX_BYTES // 1_000_000} MB uppackat")
            names = {part.filename for part in parts}
            if not {"[Content_Types].xml", "word/document.xml", "word/styles.xml"} <= names:
                raise Unfit("Filen är inget Word-dokument (docx) med formatmallar")
            if any(
                re.search(r"vbaproject|/activex/|/embeddings/", name, re.IGNORECASE)
                for name in names
            ):
                raise Unfit("Dokumentet innehåller makron eller inbäddade objekt")
            for part in parts:
                xml = part.filename.endswith((".xml", ".rels"))
                if xml and part.file_size > MAX_DOCX_XML:
                    raise Unfit(f"Delen {shown(part.filename)} i dokumentet är för stor")
                content = archive.read(part)  # checks the part's checksum too
                if xml:
                    _check_part(part.filename, content)
    except (zipfile.BadZipFile, *_BROKEN_ARCHIVE) as error:
        raise Unfit("Filen är inget helt Word-dokument (docx)") from error


def _check_part(name: str, content: bytes) -> None:
    import xml.etree.ElementTree as ET

    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise Unfit(f"Delen {name} i dokumentet har en DOCTYPE")
    try:
        root = ET.fromstring(content)
    except ET.ParseError as error:
        raise Unfit(f"Delen {name} i dokumentet är inte riktig XML") from error
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


def _png_ratio(data: bytes) -> float:
    """Walks the chunks of a PNG, so that one that is cut off, broken or unreasonable is refused
    here and not by a library."""
    at, packed, header = len(_PNG_START), b"", b""
    while True:
        if at + 12 > len(data):
            raise Unfit("PNG-bilden är avbruten")
        length, kind = struct.unpack(">I4s", data[at : at + 8])
        content, check = data[at + 8 : at + 8 + length], data[at + 8 + length : at + 12 + length]
        if len(check) != 4 or zlib.crc32(kind + content) != int.from_bytes(check, "big"):
            raise Unfit("PNG-bilden är skadad")
        at += 12 + length
        if kind == b"IHDR":
            header = content
        elif kind == b"IDAT":
            packed += content
        elif kind == b"IEND":
            break
    if len(header) != 13:
        raise Unfit("PNG-bilden är skadad")
    width, height, depth, colour, *_, interlace = struct.unpack(">IIBBBBB", header)
    if not (1 <= width <= MAX_SIDE and 1 <= height <= MAX_SIDE):
        raise Unfit(
            f"PNG-bilden är {width} × {height} bildpunkter; högst {MAX_SIDE} åt vart håll går bra"
        )
    samples = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}.get(colour)
    if samples is None or depth not in (1, 2, 4, 8, 16):
        raise Unfit("PNG-bilden är skadad")
    wanted = height * (1 + (width * samples * depth + 7) // 8)
    try:
        unpacked = len(zlib.decompressobj().decompress(packed, wanted * 2 + 1000))
    except zlib.error as error:
        raise Unfit("PNG-bilden är skadad") from error
    if unpacked < wanted or (unpacked > wanted and not interlace):
        raise Unfit("PNG-bilden är skadad")
    return float(width / height)


class _Drawing:
    """What the XML parser tells of an SVG: refuses at once what may not be there, and notes what
    draws what."""

    def __init__(self) -> None:
        self.root: dict[str, str] | None = None
        self.depth = 0
        self.open: list[str] = []  # the id of each element that is open, or empty
        self.within_style: list[bool] = []  # for each of them, whether it is a style
        self.styles: list[str] = []  # the texts of style elements, which the parser gives in pieces
        self.elements = 0
        # By id, and for the whole under the empty id: the number of elements within, and the ids
        # that are drawn there.
        self.size: dict[str, int] = defaultdict(int)
        self.draws: dict[str, list[str]] = defaultdict(list)

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        space, _, name = tag.rpartition("}")
        if space != "{" + _SVG_SPACE and not space.startswith(tuple("{" + note for note in _NOTES)):
            raise Unfit(f"SVG-bilden innehåller elementet ”{name[:40]}”, som inte är SVG")
        if space == "{" + _SVG_SPACE and name not in _SVG_ELEMENTS:
            raise Unfit(
                f"SVG-bilden innehåller elementet ”{name[:40]}”, som inte tillåts. Spara "
                "den som enkel SVG, med text som banor"
            )
        if self.root is None:
            if name != "svg":
                raise Unfit("Bilden är ingen SVG")
            self.root = attributes
        self.depth += 1
        self.elements += 1
        if self.depth > MAX_DEPTH or self.elements > MAX_ELEMENTS:
            raise Unfit("SVG-bilden är för invecklad")
        self.open.append(attributes.get("id", ""))
        self.within_style.append(name == "style")
        owners = {"", *self.open}
        for owner in owners:
            self.size[owner] += 1
        for key, value in attributes.items():
            self.attribute(key, value, owners)

    def attribute(self, key: str, value: str, owners: set[str]) -> None:
        if key.rpartition("}")[2].lower().startswith("on"):
            raise Unfit(f"SVG-bilden innehåller programkod (attributet ”{key[:40]}”)")
        if key in _HREF:
            if not value.startswith("#"):
                raise Unfit("SVG-bilden hänvisar till något utanför den")
            targets = [value[1:]]
        else:
            targets = _css_targets(value)
        for owner in owners:
            self.draws[owner] += targets

    def end(self, _: str) -> None:
        self.depth -= 1
        self.open.pop()
        self.within_style.pop()

    def data(self, text: str) -> None:
        if any(self.within_style):
            self.styles.append(text)

    def pi(self, *_: str) -> None:
        raise Unfit("SVG-bilden innehåller en instruktion till andra program")

    def doctype(self, *_: str | None) -> None:
        raise Unfit("SVG-bilden har en DOCTYPE. Ta bort den")

    def close(self) -> None:
        style = re.sub(r"/\*.*?(\*/|$)", "", "".join(self.styles), flags=re.DOTALL)
        if re.search(r"url|@|\\|\b(src|image|image-set)\s*\(", style, re.IGNORECASE):
            raise Unfit(
                "SVG-bildens stilmall hänvisar till något. Skriv utseendet direkt på elementen"
            )

    def drawn(self) -> None:
        """Refuses a drawing that draws itself, or the same thing over and over again until there is
        no end to it."""
        known: dict[str, int] = {}

        def cost(name: str, above: frozenset[str]) -> int:
            if name in above:
                raise Unfit("SVG-bilden hänvisar till sig själv")
            if name not in known:
                total = self.size[name]
                for target in self.draws[name]:
                    total += cost(target, above | {name})
                    if total > MAX_ELEMENTS or len(above) > MAX_DEPTH:
                        raise Unfit("SVG-bilden är för invecklad")
                known[name] = total
            return known[name]

        cost("", frozenset())


def _css_targets(value: str) -> list[str]:
    """The ids that ``url(#id)`` in an attribute names. Raises :class:`Unfit` for one that leads
    elsewhere."""
    if "\\" in value or "@" in value:
        raise Unfit("SVG-bildens utseende är skrivet på ett sätt som inte tillåts")
    found = re.findall(r"url\s*\(\s*[\"']?\s*([^\"')\s]*)", value, re.IGNORECASE)
    if any(not target.startswith("#") for target in found) or re.search(
        r"(?:java|vb)script\s*:", value, re.IGNORECASE
    ):
        raise Unfit("SVG-bilden hänvisar till något utanför den")
    return [target[1:] for target in found]


def _svg_ratio(data: bytes) -> float:
    import xml.etree.ElementTree as ET

    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Unfit("SVG-bilden är inte sparad i teckenkodningen UTF-8") from error
    if re.search(r"<!\s*(DOCTYPE|ENTITY)", text, re.IGNORECASE):
        raise Unfit("SVG-bilden har en DOCTYPE. Ta bort den")
    drawing = _Drawing()
    try:
        parser = ET.XMLParser(target=drawing, encoding="utf-8")
        parser.feed(data)
        parser.close()
    except (ET.ParseError, ValueError, LookupError) as error:
        raise Unfit("SVG-bilden är inte riktig XML") from error
    drawing.drawn()
    assert drawing.root is not None
    numbers = [
        _number(part) for part in re.split(r"[\s,]+", drawing.root.get("viewBox", "").strip())
    ]
    width, height = (
        numbers[2:]
        if len(numbers) == 4
        else [_number(drawing.root.get(name, "")) for name in ("width", "height")]
    )
    if not (0 < width < 1e6 and 0 < height < 1e6):
        raise Unfit("SVG-bilden saknar mått (viewBox, eller width och height)")
    return width / height


def _number(text: str) -> float:
    found = re.fullmatch(r"(\d{1,9}(?:\.\d{1,9})?)(px|pt|mm|cm|in)?", text)
    return float(found[1]) if found else -1.0
