"""What format a file has, by what its bytes say and not by its name."""

from __future__ import annotations

import codecs
from collections.abc import Callable
from enum import StrEnum

from insatskoll.patterns import later
from insatskoll.reading import packages
from insatskoll.reading.packages import Unfit


class Kind(StrEnum):
    """A format that can be read."""

    DOCX = "Word"
    ODT = "OpenDocument"
    XLSX = "Excel"
    PDF = "PDF"
    MARKDOWN = "Markdown"
    TEXT = "text"


MAX_PARTS = 20_000
MAX_UNPACKED = 500_000_000  # bytes, of the whole; how much is read of it has limits of its own
DAMAGED = "Filen är skadad eller avbruten. Öppna den i programmet den gjordes i och spara om den"
_READABLE = "Det som går att läsa är Word (docx), ODT, PDF, Excel (xlsx), Markdown och text"
_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # the container of Word 97 and of encrypted documents
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_LOCKED = "Filen är skyddad med lösenord. Öppna den, ta bort lösenordet och spara om den"
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"BM")
_PAGE = later(r"\s*(<\?xml|<!doctype|<html|<office:|<w:)")
_OFFICE = (
    ("wordprocessingml.document", Kind.DOCX),
    ("wordprocessingml.template", Kind.DOCX),
    ("ms-word.document", Kind.DOCX),
    ("ms-word.template", Kind.DOCX),
    ("spreadsheetml.sheet", Kind.XLSX),
    ("spreadsheetml.template", Kind.XLSX),
    ("ms-excel.sheet.macro", Kind.XLSX),
)
# A line that plain text does not have by chance: a heading, or the line below a table's head.
_MARKED = later(r"(?m)^ {0,3}(#{1,6} +\S|\|?(?:[ \t]*:?-+:?[ \t]*\|)+[ \t]*(?::?-+:?)?[ \t]*$)")


def kind(data: bytes, name: str) -> Kind:
    """The format of a file with the content ``data``; its ``name`` only tells Markdown from text.
    Raises :class:`Unfit`, with what to do, where it cannot be read."""
    if not data.strip():
        raise Unfit("Filen är tom")
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zipped(data)
    if b"%PDF-" in data[:1024]:
        return Kind.PDF
    if data.startswith(_OLD):
        locked = _ENCRYPTED in data
        raise Unfit(_LOCKED if locked else _save_again("ett äldre Office-format (doc eller xls)"))
    if data.startswith(b"{\\rtf"):
        raise Unfit(_save_again("formatet RTF"))
    if data.startswith(_PICTURES):
        raise Unfit(f"Filen är en bild, och text i bilder läses inte. {_READABLE}")
    words = decoded(data)
    if _PAGE.match(words[:1000].lower()):
        raise Unfit(_save_again("formatet HTML eller XML"))
    marked = name.lower().endswith((".md", ".markdown")) or _MARKED.search(words)
    return Kind.MARKDOWN if marked else Kind.TEXT


def decoded(data: bytes) -> str:
    """The text that the bytes are: UTF-8, UTF-16 with its mark, or as Windows writes Swedish.
    Raises :class:`Unfit` where they are no text."""
    for mark, encoding in ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")):
        if data.startswith(mark):
            return _tried(data, encoding)
    try:
        words = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        words = _tried(data, "cp1252")
    odd = sum(words.count(chr(c)) for c in range(32) if chr(c) not in "\t\n\v\f\r\x1c\x1d\x1e\x1f")
    if odd * 100 > len(words):
        raise Unfit(f"Filen är varken text eller ett dokument. {_READABLE}")
    return words


def _tried(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise Unfit(f"Filen är varken text eller ett dokument. {_READABLE}") from None


def _save_again(what: str) -> str:
    return f"Filen har {what}. Öppna den i programmet den gjordes i och spara den som docx"


def _zipped(data: bytes) -> Kind:
    with packages.opened(data, DAMAGED, MAX_PARTS, MAX_UNPACKED) as archive:
        names = set(archive.namelist())

        def part(name: str) -> bytes:
            if name not in names or archive.getinfo(name).file_size > 1_000_000:
                return b""
            return archive.read(name)

        return _of_parts(part)


def _of_parts(part: Callable[[str], bytes]) -> Kind:
    mime = part("mimetype").decode("ascii", "replace")
    if mime.startswith("application/vnd.oasis.opendocument.text"):
        if b"manifest:encryption-data" in part("META-INF/manifest.xml"):
            raise Unfit(_LOCKED)
        return Kind.ODT
    if mime.startswith("application/vnd.oasis.opendocument.spreadsheet"):
        raise Unfit("Filen är ett kalkylblad i OpenDocument (ods). Spara det som Excel (xlsx)")
    types = part("[Content_Types].xml").decode("utf-8", "replace")
    for said, found in _OFFICE:
        if said in types:
            return found
    raise Unfit(f"Filen är ett arkiv (zip) eller något annat än ett dokument. {_READABLE}")
