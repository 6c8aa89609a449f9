"""The files of a municipality that something keeps from being read, put right where they can only
have been meant in one way, and called what they should be.

Rules know nothing of this; what they find is corrected after.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from insatskoll.catalogue import formatting, inventory, loading, right_names
from insatskoll.catalogue.file_names import is_yaml
from insatskoll.catalogue.model import Kommun
from insatskoll.lint import copies
from insatskoll.reading import encodings, files, mended_text
from insatskoll.reading.document import Document
from insatskoll.reading.hygiene import MAX_BYTES
from insatskoll.values import immutable

NAMES = "IK906"  # the rule of names that are no ids


@immutable
class Mended:
    """A file at ``path`` that holds the bytes ``raw``, which say ``before``; what it should say is
    ``after``, and what it should be called ``name``. ``saved`` is the encoding that it is in, if
    it is not the right one, and ``hindrance`` what more would have to be put right first. It keeps
    its name if it is a copy of the file at ``copy_of``."""

    path: Path
    raw: bytes
    before: str
    after: str
    name: str
    places: int
    saved: str = ""
    hindrance: tuple[int, str] | None = None
    copy_of: Path | None = None

    @property
    def target(self) -> Path:
        """Where the file then is."""
        return self.path.with_name(self.name)

    @property
    def is_changed(self) -> bool:
        """Whether anything of it is mended."""
        return self.raw != self.after.encode() or self.name != self.path.name


def planned(folder: Path, asked: frozenset[Path] | None, *, names: bool = True) -> list[Mended]:
    """The files in a municipality's ``folder`` that are to be mended, or would be but for something
    else, of those that are ``asked`` for, None for all. Nothing is written. Frozen decisions are
    left, and so are links.

    ``names`` tells whether a file that is read may get another name.
    """
    held = inventory.contents(folder)
    right = right_names.of_all(held.files)
    listed = inventory.sorted_out(held.files, inventory.KOMMUN).read
    top = ((name,) for name in inventory.KOMMUN.files if (name,) in set(held.files))
    found = []
    beside: dict[Path, copies.Beside] = {}
    with files.many(folder) as door:
        for steps in sorted({*top, *listed, *right}):
            path, name = folder.joinpath(*steps), right.get(steps)
            if not names and path.suffix == ".yaml":
                name = None
            if asked is not None and path not in asked:
                continue
            if name is not None and path.parent not in beside:
                beside[path.parent] = copies_in(folder, path.parent, held, door)
            if mended := _mended(path, name, door, beside.get(path.parent)):
                found.append(mended)
    return [one for one in found if one.is_changed or one.hindrance or one.copy_of]


def copies_in(
    folder: Path, part: Path, held: inventory.Contents, door: files.Door
) -> copies.Beside:
    """What copies are looked for among, of what is ``held`` in a municipality's ``folder``: the
    files in a ``part`` of it."""
    paths = (folder.joinpath(*steps) for steps in held.files if is_yaml(steps[-1]))
    return copies.Beside((path for path in paths if path.parent == part), door)


def _mended(
    path: Path, name: str | None, door: files.Door, beside: copies.Beside | None
) -> Mended | None:
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
    told = mended_text.of(path, kind, meant.text)
    if name is not None and not may_be_called(told.read, kind, name):
        if path.suffix != ".yaml":  # who knows what it is
            return None
        name = None
    copied = None
    if name is not None and kind == "insats" and beside is not None:
        copied = beside.like(path, told.after)
    if copied is not None:
        if path.suffix != ".yaml":  # not to be read under this name either
            return Mended(path, raw, meant.text, meant.text, path.name, 0, copy_of=copied)
        name = None
    if len(told.after.encode()) > MAX_BYTES:
        return None
    before = f"\ufeff{meant.text}" if meant.marked and not meant.encoding else meant.text
    saved = meant.encoding or ("UTF-8 med BOM" if meant.marked else "")
    places = told.places + bool(saved) + (name is not None)
    name = name or path.name
    return Mended(path, raw, before, told.after, name, places, saved, told.hindrance, copied)


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
