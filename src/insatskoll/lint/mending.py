"""What keeps a municipality's files from being read, put right where it can only have been meant in
one way: what other programs save files as, what looks like spaces, slips of the pen, and names.

The text of a file is mended whole, also where it cannot be read as it is, and is given back only if
what is then read is what was meant. Rules know nothing of this; what they find is corrected after.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from insatskoll.catalogue import formatting, inventory, loading, right_names
from insatskoll.catalogue.model import Kommun
from insatskoll.reading import document, encodings, files, schema, slips, straightening
from insatskoll.reading.document import Document
from insatskoll.reading.hygiene import MAX_BYTES, UnreadableDocument

NAMES = "IK906"  # the rule of names that are no ids


@dataclass(frozen=True)
class Text:
    """A text ``after`` it has been mended, in how many ``places``; ``read`` is what it then says,
    None if it cannot be read all the same."""

    after: str
    places: int
    read: Document | None


@dataclass(frozen=True)
class Mended:
    """A file at ``path`` that holds the bytes ``raw``, which say ``before``; what it should say is
    ``after``, and what it should be called ``name``. ``saved`` is the encoding that it is in, if
    it is not the right one."""

    path: Path
    raw: bytes
    before: str
    after: str
    name: str
    places: int
    saved: str = ""

    @property
    def target(self) -> Path:
        """Where the file then is."""
        return self.path.with_name(self.name)

    @property
    def is_changed(self) -> bool:
        """Whether anything of it is mended."""
        return self.raw != self.after.encode() or self.name != self.path.name


def text(path: Path, kind: str, before: str) -> Text:
    """The text ``before`` of a file of a ``kind``, mended."""
    after = unicodedata.normalize("NFC", before)
    places = len(before) - len(after) or sum(a != b for a, b in zip(before, after, strict=True))
    read = _read(path, after)
    if straightening.has_odd(after):
        read = _straightened(path, kind, after, read)
    if read is None:
        return Text(after, places, None)
    places += _lines_apart(after, read.text)
    found = slips.found(read, kind)
    if found:
        read = document.parse(path, slips.mended(read.text, found))
    even = _even(read.text)
    places += len(found) + (even != read.text)
    return Text(even, places, read if even == read.text else document.parse(path, even))


def _read(path: Path, source: str) -> Document | None:
    try:
        return document.parse(path, source)
    except UnreadableDocument:
        return None


def _straightened(path: Path, kind: str, source: str, as_is: Document | None) -> Document | None:
    """A text with its margins and names as they look. If it can be read ``as_is`` it is left,
    unless that breaks its schema and this does not."""
    if as_is is None:
        return _straight(path, kind, source)
    if _holds(as_is, kind):
        return as_is
    straight = _straight(path, kind, source)
    return straight if straight is not None and _holds(straight, kind) else as_is


def _straight(path: Path, kind: str, source: str) -> Document | None:
    """A text with its margins and names as they look; None if it cannot be read so, or if a tab can
    be so wide that it says one thing and so wide that it says another."""
    bare = source.replace("\ufeff", "")
    found: list[Document] = []
    for width in straightening.WIDTHS if "\t" in bare else straightening.WIDTHS[:1]:
        try:
            straight = straightening.straightened(bare, width, slips.is_name)
        except straightening.Astray:
            continue
        read = _read(path, straight)
        if read is not None and straightening.only_blanks_differ(source, straight):
            found.append(read)
    if any(one.data != found[0].data for one in found):
        found = [one for one in found if _holds(one, kind)]
    if not found or any(one.data != found[0].data for one in found):
        return None
    return found[0]


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


def planned(folder: Path, asked: frozenset[Path] | None, *, names: bool = True) -> list[Mended]:
    """The files in a municipality's ``folder`` that are to be mended, of those that are ``asked``
    for, None for all. Nothing is written. Frozen decisions are left, and so are links.

    ``names`` tells whether a file that is read may get another name.
    """
    held = inventory.contents(folder).files
    right = right_names.of_all(held)
    listed = inventory.sorted_out(held, inventory.KOMMUN).read
    top = ((name,) for name in inventory.KOMMUN.files if (name,) in set(held))
    found = []
    with files.many(folder) as door:
        for steps in sorted({*top, *listed, *right}):
            path, name = folder.joinpath(*steps), right.get(steps)
            if not names and path.suffix == ".yaml":
                name = None
            if (asked is None or path in asked) and (mended := _mended(path, name, door)):
                found.append(mended)
    return [one for one in found if one.is_changed]


def _mended(path: Path, name: str | None, door: files.Door) -> Mended | None:
    """A file mended; ``name`` is the one that it should have, None for the one that it has."""
    kind = formatting.kind_of(path.with_name(name or path.name))
    if kind is None:
        return None
    try:
        raw = door(path, MAX_BYTES)
    except files.Unread:
        return None
    if (meant := encodings.meant(raw)) is None:
        return None
    told = text(path, kind, meant.text)
    if name is not None and not may_be_called(told.read, kind, name):
        if path.suffix != ".yaml":  # who knows what it is
            return None
        name = None
    if len(told.after.encode()) > MAX_BYTES:
        return None
    before = f"\ufeff{meant.text}" if meant.marked and not meant.encoding else meant.text
    saved = meant.encoding or ("UTF-8 med BOM" if meant.marked else "")
    places = told.places + bool(saved) + (name is not None)
    return Mended(path, raw, before, told.after, name or path.name, places, saved)


def may_be_called(read: Document | None, kind: str, name: str) -> bool:
    """Whether a file is what one called ``name`` should be, and nobody has said that it may be
    called what it is."""
    data = read.data if read is not None else None
    if not isinstance(data, dict) or not right_names.is_one(data, kind):
        return False
    if kind == "riskanalys" and f"{data['insats']}.yaml" != name:
        return False
    waived = data.get("avvikelser")
    listed = waived if isinstance(waived, list) else []
    return not any(isinstance(one, dict) and one.get("regel") == NAMES for one in listed)


def kommun(folder: Path, mended: Sequence[Mended]) -> Kommun:
    """The municipality in a ``folder`` as it is when its ``mended`` files have been written."""
    held = inventory.contents(folder)
    steps_of = {one.path: one.target.relative_to(folder).parts for one in mended}
    there = (steps_of.get(folder.joinpath(*steps), steps) for steps in held.files)
    texts = {one.target: one.after.encode() for one in mended}
    with files.many(folder) as door:
        return loading.kommun_of(
            folder,
            replace(held, files=tuple(sorted(there))),
            lambda path, kind: loading.load_document(path, kind, texts.get(path), door=door),
        )
