"""The layout of a municipality's files: which of them have one, and how each is when it follows it.

A frozen decision is left as it was decided.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from insatskoll.catalogue import inventory
from insatskoll.catalogue.file_names import ACCEPTED, in_kommun
from insatskoll.catalogue.model import FileProblems
from insatskoll.reading import document, files, samples, tidy
from insatskoll.reading.hygiene import UnreadableDocument
from insatskoll.values import immutable

KINDS = {"insatser": "insats", "riskanalyser": "riskanalys"}
_AT_TOP = {"kommun.yaml": "kommun", "profil.yaml": "profil", ACCEPTED: "godtagna"}


@immutable
class Formatted:
    """A file before and after; ``left`` says why it is left as it is, if it must be."""

    path: Path
    before: str
    after: str
    left: tuple[str, int] | None = None

    @property
    def changed(self) -> bool:
        """Whether it was laid out in another way."""
        return self.before != self.after


def kind_of(path: Path) -> str | None:
    """The kind of a file that is laid out, by its folder or, in none that says so, its name."""
    *part, name = in_kommun(path)
    return KINDS.get(part[0]) if part else _AT_TOP.get(name)


def formatted(text: str, kind: str) -> str:
    """The ``text`` of a file of a ``kind``, which can be read, as it is to be laid out. Raises
    :class:`tidy.Untidy`."""
    return tidy.tidied(
        text,
        lambda fields: samples.order(kind, fields),
        lambda fields: samples.may_be_long(kind, fields),
    )


def files_of(folder: Path) -> list[Path]:
    """The files in a municipality's ``folder`` that are laid out."""
    held = inventory.contents(folder).files
    listed = (*((name,) for name in _AT_TOP), *inventory.sorted_out(held, inventory.KOMMUN).read)
    there = (folder.joinpath(*steps) for steps in dict.fromkeys(listed) if steps in set(held))
    return sorted(path for path in there if kind_of(path) is not None)


def planned(folder: Path, wanted: Iterable[Path]) -> Iterator[Formatted | FileProblems]:
    """The ``wanted`` files in a municipality's ``folder`` as they are to be; one that cannot be
    read, with why. Nothing is written."""
    with files.many(folder) as door:
        for path in wanted:
            kind = kind_of(path)
            assert kind is not None
            try:
                read = document.read(path, folder, door)
            except UnreadableDocument as error:
                yield FileProblems(path, tuple(error.problems), error.text)
                continue
            try:
                yield Formatted(path, read.text, formatted(read.text, kind))
            except tidy.Untidy as error:
                yield Formatted(path, read.text, read.text, (str(error), error.line))
