"""The text of a file put right where it can only have been meant in one way: what looks like
spaces, slips of the pen, and what else keeps it from being read.

It is mended whole, also where it cannot be read as it is, and is given back only if what is then
read is what was meant.
"""

from __future__ import annotations

import unicodedata
from pathlib import Path

from insatskoll.reading import document, schema, slips, straightening
from insatskoll.reading.document import Document
from insatskoll.reading.hygiene import UnreadableDocument
from insatskoll.values import immutable

_SEVERAL = "En tabb kan vara olika bred, och filen säger då olika saker"


@immutable
class Text:
    """A text ``after`` it has been mended, in how many ``places``; ``read`` is what it then says,
    None if it cannot be read all the same. ``hindrance`` is then the line where something else
    keeps the rest from being mended, from 1, and what that is."""

    after: str
    places: int
    read: Document | None
    hindrance: tuple[int, str] | None = None


def of(path: Path, kind: str, before: str) -> Text:
    """The text ``before`` of a file of a ``kind``, mended."""
    after = unicodedata.normalize("NFC", before)
    places = len(before) - len(after) or sum(a != b for a, b in zip(before, after, strict=True))
    read = _read(path, after)
    hindrance = None
    if straightening.has_odd(after) and (read is None or not _holds(read, kind)):
        found = _straight(path, kind, after)
        if read is None:
            read, hindrance = found.read, found.hindrance
        elif found.read is not None and _holds(found.read, kind):
            read = found.read
    if read is None:
        return Text(after, places, None, hindrance)
    places += _lines_apart(after, read.text)
    slipped = slips.found(read, kind)
    right = slips.mended(read.text, slipped)
    even = _even(right)
    places += len(slipped) + (even != right)
    return Text(even, places, read if even == read.text else document.parse(path, even))


def _read(path: Path, source: str) -> Document | None:
    try:
        return document.parse(path, source)
    except UnreadableDocument:
        return None


def _straight(path: Path, kind: str, source: str) -> Text:
    """A text with its margins and names as they look; not read if it cannot be, or if a tab can be
    so wide that it says one thing and so wide that it says another."""
    bare = source.replace("\ufeff", "")
    found: list[Document] = []
    hindrance = None
    for width in straightening.WIDTHS if "\t" in bare else straightening.WIDTHS[:1]:
        try:
            straight = straightening.straightened(bare, width, slips.is_name)
            found.append(document.parse(path, straight))
        except straightening.Astray:
            continue
        except UnreadableDocument as error:
            if straight != source and hindrance is None:
                problem = error.problems[0]
                hindrance = problem.span.line, problem.message
    if any(one.data != found[0].data for one in found):
        hindrance = bare[: bare.index("\t")].count("\n") + 1, _SEVERAL
        found = [one for one in found if _holds(one, kind)]
    sure = found and all(one.data == found[0].data for one in found)
    if not sure or not straightening.only_blanks_differ(source, found[0].text):
        return Text(source, 0, None, hindrance)
    return Text(found[0].text, 0, found[0])


def _holds(read: Document, kind: str) -> bool:
    """Whether a file follows its schema when its slips have been put right."""
    right = _read(read.path, slips.mended(read.text, slips.found(read, kind)))
    return right is not None and schema.holds(right.data, kind)


def _lines_apart(before: str, after: str) -> int:
    lines = zip(before.splitlines(), after.splitlines(), strict=False)
    return sum(one != other for one, other in lines)


def _even(source: str) -> str:
    """A text that can be read with line ends of one kind, the one that most of its lines have."""
    windows = source.count("\r\n")
    others = source.count("\n") - windows
    if not windows or not others or source.count("\r") != windows:
        return source
    plain = source.replace("\r\n", "\n")
    return plain.replace("\n", "\r\n") if windows > others else plain
