"""Opens documents that are zip files of XML parts (Word, Excel, OpenDocument), all of them
untrusted, and packs our own."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

from insatskoll.errors import Refused

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element
    from zipfile import ZipFile

# Elements within each other in a part: many times what Word writes, and less than the readers after
# this one stop at. Pandoc's time grows with the square of it.
MAX_DEPTH = 150
MAX_NAME = 1000  # characters of an element's or attribute's name
# What zipfile raises for archives that are cut off, overwritten, locked or packed in ways of their
# own.
_BROKEN = (
    ArithmeticError,
    EOFError,
    LookupError,
    OSError,
    RuntimeError,
    ValueError,
    struct.error,
    zlib.error,
)
# What a zip file says of its parts: the earliest time that it can, since what is dated is the
# document inside, and the system that they were made on.
_EARLIEST, _UNIX = (1980, 1, 1, 0, 0, 0), 3


class Unfit(Refused):
    """The file cannot be used; the message says why, as a sentence without its full stop."""


@contextmanager
def opened(data: bytes, broken: str, most_parts: int, most_bytes: int) -> Iterator[ZipFile]:
    """The archive that the bytes are, for as long as it is read. Raises :class:`Unfit`: with
    ``broken`` where it is none or damaged, and where it has more than ``most_parts`` or unpacks to
    more than ``most_bytes``."""
    import zipfile

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            if len(parts) > most_parts or sum(part.file_size for part in parts) > most_bytes:
                raise Unfit(f"Dokumentet är större än {most_bytes // 1_000_000} MB uppackat")
            yield archive
    except (zipfile.BadZipFile, *_BROKEN) as error:
        raise Unfit(broken) from error


def packed(parts: Mapping[str, bytes]) -> bytes:
    """The archive of ``parts``, by name and in their order: the same bytes on every computer."""
    import zipfile

    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in parts.items():
            part = zipfile.ZipInfo(name, _EARLIEST)
            part.create_system = _UNIX  # or it would be that of the computer
            archive.writestr(part, data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def xml(name: str, content: bytes) -> Element:
    """The root of the part ``name``, as :func:`check` lets it through. Raises :class:`Unfit`."""
    import xml.etree.ElementTree as ET

    check(name, content)
    try:
        return ET.fromstring(content)
    except ET.ParseError as error:
        raise Unfit(f"Delen {name} i dokumentet är inte riktig XML") from error


def check(
    name: str, content: bytes, each: Callable[[str, dict[str, str]], None] | None = None
) -> None:
    """Sees to it that every reader after this one can read the part ``name``, as a message names
    it: it has no DOCTYPE, and no elements far within each other, in whatever way its characters are
    coded. ``each`` is told of every element and its attributes. Raises :class:`Unfit`."""
    from xml.parsers import expat

    depth = 0

    def started(element: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if each is not None:
            each(element, attributes)
        if len(max((element, *attributes), key=len)) > MAX_NAME:
            raise Unfit(f"Delen {name} i dokumentet har ett namn som är för långt")
        if depth > MAX_DEPTH:
            raise Unfit(f"Delen {name} i dokumentet har mer än {MAX_DEPTH} element inuti varandra")

    def ended(_: str) -> None:
        nonlocal depth
        depth -= 1

    def declared(*_: object) -> None:
        raise Unfit(f"Delen {name} i dokumentet har en DOCTYPE")

    parser = expat.ParserCreate()
    parser.StartElementHandler = started
    parser.EndElementHandler = ended
    parser.StartDoctypeDeclHandler = declared
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        raise Unfit(f"Delen {name} i dokumentet är inte riktig XML") from error
