"""Whether someone has worked in a letter that is about to be written again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from insatskoll import names
from insatskoll.bilaga import phrases
from insatskoll.errors import UsageError
from insatskoll.patterns import later
from insatskoll.reading import files, packages

_LARGEST = 50_000_000  # bytes of a document that people have put pictures in
_PARTS, _UNPACKED = 5_000, 200_000_000  # parts of it, and bytes that they unpack to
_WRITER, _WORDS = "docProps/app.xml", "word/document.xml"
_TAGS = later(r"<[^>]*>")
_LEFT = later(r"\\?\[fyll i: [^\]\\]*")


def stop_for(letters: Mapping[Path, bytes]) -> None:
    """Stops before a letter that someone has filled in, or saved in another program, is written
    over. Raises :class:`UsageError`."""
    kept = [path for path, data in letters.items() if files.there(path) and _worked_in(path, data)]
    if kept:
        listed = phrases.lista(map(names.shown, kept))
        are = "är ifylld eller sparad" if len(kept) == 1 else "är ifyllda eller sparade"
        raise UsageError(
            f"{listed} {are} i ett annat program sedan tjänsteskrivelsen skrevs. Inget har "
            "skrivits. Flytta det som ska vara kvar, välj en annan mapp med --output, eller kör "
            "igen med --skriv-över."
        )


def _worked_in(path: Path, new: bytes) -> bool:
    old = files.read(path, _LARGEST, given=path.parent)
    if old == new:
        return False
    if path.suffix != ".docx":
        return bool(_left(_text(new)) - _left(_text(old)))
    parts = [_parts(data) for data in (old, new)]
    if not parts[0] or parts[0][_WRITER] != parts[1][_WRITER]:
        return True
    return bool(_left(_plain(parts[1][_WORDS])) - _left(_plain(parts[0][_WORDS])))


def _left(text: str) -> Counter[str]:
    """What is still to be filled in."""
    return Counter(_LEFT.findall(text))


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def _plain(xml: bytes) -> str:
    return _TAGS.sub("", _text(xml))


def _parts(data: bytes) -> dict[str, bytes]:
    """What a document in Word's format was saved by, and its words; nothing of one that cannot be
    read."""
    try:
        with packages.opened(data, "Dokumentet är skadat", _PARTS, _UNPACKED) as package:
            return {name: package.read(name) for name in (_WRITER, _WORDS)}
    except packages.Unfit:
        return {}
