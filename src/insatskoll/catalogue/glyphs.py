"""Which characters can be printed: those that some font has, since a PDF that is to be kept may
leave none out.

``templates/tecken.json`` says what the fonts that come along can show; ``tools/make_glyphs.py``
wrote it by asking Typst.
"""

from __future__ import annotations

import json
import re
import struct
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import Any

from insatskoll.patterns import later
from insatskoll.resources import TEMPLATES

USUAL = "Open Sans"
_JOINER = "\u200d"
# What nearly all texts are made of: nothing has to be looked up for them.
_ORDINARY = later("[\t\n\r -~\u00a0-\u017e–—‘’“”•…]*")


def missing(text: str, own: frozenset[str] = frozenset()) -> list[str]:
    """What in ``text`` cannot be printed: characters that no font has, each once, in their order.

    A letter must have its combining marks in the same font. ``own`` are the characters of the
    municipality's fonts.
    """
    if _ORDINARY.fullmatch(text):
        return []
    found = [c for c in _odd().findall(text) if c not in "\t\n\r" and not _in(own, c)]
    if not found:
        # What begins or ends with a mark or a joiner is set as one with what is printed beside it.
        clusters = _marked(f"({text})" if len(text) > 1 else text)
        unfit = (
            cluster for cluster in clusters if not _in_one_font(cluster) and not _in(own, cluster)
        )
        found = [cluster if cluster in text else cluster.strip("()") for cluster in unfit]
    return list(dict.fromkeys(found))


def _in(font: frozenset[str], text: str) -> bool:
    """Whether a font has ``text``, or the letters and marks that it can be made of."""
    return bool(font) and (
        font.issuperset(text) or font.issuperset(unicodedata.normalize("NFD", text))
    )


def _in_one_font(cluster: str) -> bool:
    fonts, marks = _fonts()
    usual = fonts[USUAL]
    cluster = cluster.replace(_JOINER, "") or " "  # the joiner itself is not seen
    if cluster[0] in usual:
        return usual.issuperset(cluster) or marks.issuperset(cluster[1:])
    return any(font.issuperset(cluster) for font in fonts.values())


def shown(characters: str) -> str:
    """The characters, where they can be seen, and their codes."""
    codes = " ".join(f"U+{ord(character):04X}" for character in characters)
    seen = characters.isprintable() and unicodedata.category(characters[0]) != "Co"
    return f"”{characters}” ({codes})" if seen else codes


def _marked(text: str) -> list[str]:
    """What in ``text`` is set as one: letters with their combining marks, and characters with a
    joiner between them."""
    clusters = [""]
    for character in text:
        joined = character == _JOINER or clusters[-1].endswith(_JOINER)
        if clusters[-1] and (joined or unicodedata.category(character) in ("Mn", "Me")):
            clusters[-1] += character
        elif len(clusters[-1]) > 1:
            clusters.append(character)
        else:
            clusters[-1] = character
    return [cluster for cluster in clusters if len(cluster) > 1]


@cache
def _known() -> dict[str, Any]:
    loaded: dict[str, object] = json.loads((TEMPLATES / "tecken.json").read_text("utf-8"))
    return loaded


@cache
def _fonts() -> tuple[dict[str, frozenset[str]], frozenset[str]]:
    """The characters of each font, by its name, and the marks that can be set on a letter of the
    usual one."""
    known = _known()
    return {name: _characters(ranges) for name, ranges in known["typsnitt"].items()}, _characters(
        known["märken"]
    )


def _characters(ranges: list[list[int]]) -> frozenset[str]:
    return frozenset(chr(code) for first, last in ranges for code in range(first, last + 1))


@cache
def _odd() -> re.Pattern[str]:
    """Matches a character that none of the fonts has."""
    listed = "".join(rf"\U{first:08x}-\U{last:08x}" for first, last in _known()["tecken"])
    return re.compile(f"[^{listed}]")


def of_font(data: bytes) -> frozenset[str]:
    """The characters that a font (TTF or OTF) has, by its table of characters; none if it cannot be
    read."""
    try:
        return frozenset(map(chr, _codes(data)))
    except (struct.error, ValueError, IndexError):
        return frozenset()


# without what PDF/A refuses
_PLANES = (range(0x20, 0xD800), range(0xF900, 0xFFFE), range(0x10000, 0xF0000))


def _codes(data: bytes) -> Iterator[int]:
    (count,) = struct.unpack_from(">H", data, 4)
    tables = (struct.unpack_from(">4s4xI4x", data, 12 + 16 * number) for number in range(count))
    start = next((offset for tag, offset in tables if tag == b"cmap"), None)
    if start is None:
        return
    (subtables,) = struct.unpack_from(">H", data, start + 2)
    read = {4: _segments, 12: _groups}
    # a sound font says nothing of so many; one that says it again and again shall not take long
    left = 0x110000
    for number in range(min(subtables, 16)):
        (offset,) = struct.unpack_from(">4xI", data, start + 4 + 8 * number)
        (form,) = struct.unpack_from(">H", data, start + offset)
        for first, last in read[form](data, start + offset) if form in read else ():
            left -= 1 + last - first
            if left < 0:
                return
            for plane in _PLANES:
                yield from range(max(first, plane.start), min(last + 1, plane.stop))


def _segments(data: bytes, at: int) -> Iterator[tuple[int, int]]:
    """The ranges of codes that a subtable of format 4 has glyphs for."""
    (doubled,) = struct.unpack_from(">H", data, at + 6)
    count, ranges_at = doubled // 2, at + 16 + 3 * doubled
    columns = (
        struct.unpack_from(f">{count}H", data, place)
        for place in (at + 14, *range(at + 16 + doubled, ranges_at + 1, doubled))
    )
    for number, (last, first, delta, offset) in enumerate(zip(*columns, strict=True)):
        if not offset:
            yield first, last
            continue
        for code in range(first, last + 1):
            (glyph,) = struct.unpack_from(
                ">H", data, ranges_at + 2 * number + offset + 2 * (code - first)
            )
            if glyph and (glyph + delta) % 0x10000:
                yield code, code


def _groups(data: bytes, at: int) -> Iterator[tuple[int, int]]:
    """The ranges of codes that a subtable of format 12 has glyphs for."""
    (count,) = struct.unpack_from(">I", data, at + 12)
    for number in range(count):
        first, last, glyph = struct.unpack_from(">III", data, at + 16 + 12 * number)
        yield first + (glyph == 0), min(last, 0x10FFFF)
