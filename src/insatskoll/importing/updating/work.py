"""The files of a municipality while a revised document is brought into them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from insatskoll.catalogue import editing
from insatskoll.catalogue.canonical import to_flow
from insatskoll.importing.report import named
from insatskoll.importing.sheet import Path as FieldPath
from insatskoll.names import shortened
from insatskoll.reading import document
from insatskoll.reading.document import Document
from insatskoll.values import immutable


@immutable
class Change:
    """A field that the document says otherwise than before: ``None`` where it says nothing."""

    path: FieldPath
    before: object
    after: object


@dataclass
class Work:
    """The files so far: their texts, what they were (None for a new one), and what the official
    has to settle."""

    folder: Path
    texts: dict[Path, str] = field(default_factory=dict)
    before: dict[Path, bytes | None] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def ask(self, path: Path, words: str, at: FieldPath = ()) -> None:
        """Asks the official about a file, or a field of it."""
        told = shortened(path.relative_to(self.folder).as_posix())
        told = f"{told}, {named(at)}: {words}" if at else f"{told}: {words}"
        if told not in self.asked:
            self.asked.append(told)


@dataclass
class Held:
    """A file that there is, as it has become so far."""

    work: Work
    read: Document
    kind: str

    @property
    def path(self) -> Path:
        """The file."""
        return self.read.path

    @property
    def data(self) -> Any:
        """What it says."""
        return self.read.data

    def change(self, change: Change) -> None:
        """Changes a field that says what was printed of it; asks where it says something else."""
        there = editing.there(self.data, change.path)
        if bare(there) == bare(change.after):
            return
        said = f"dokumentet säger nu {_said(change.after)}"
        if bare(there) != bare(change.before):
            why = f"{said}, men fältet är skrivet på annat sätt. Ändra det själva."
            self.work.ask(self.path, why, change.path)
        elif not self.put(change.path, change.after):
            self.work.ask(self.path, f"{said}. Ändra det själva.", change.path)

    def put(self, at: FieldPath, value: object) -> bool:
        """Whether a field could be given another value, or be removed."""
        return self._made(lambda text: editing.put(self.path, text, self.kind, at, value))

    def insert(self, at: FieldPath, value: object) -> bool:
        """Whether a list could be given a new item, at its place."""
        return self._made(lambda text: editing.insert(self.path, text, self.kind, at, value))

    def _made(self, edit: Callable[[str], str | None]) -> bool:
        before = self.read.text
        text = edit(before)
        if text is None:
            return False
        if text != before:
            self.work.before.setdefault(self.path, before.encode())
            self.work.texts[self.path] = text
            self.read = document.parse(self.path, text)
        return True


def _said(value: object) -> str:
    if value is None:
        return "inget"
    return f"”{value}”" if isinstance(value, str) else to_flow(value)


def changes(
    before: Any, after: Any, own: frozenset[str] = frozenset(), path: FieldPath = ()
) -> Iterator[Change]:
    """The fields that differ between what two readings have made, but for those at the top that are
    an import's ``own``; lists of the same length item by item."""
    if isinstance(before, dict) and isinstance(after, dict):
        for key in dict.fromkeys((*before, *after)):
            if path or key not in own:
                yield from changes(before.get(key), after.get(key), own, (*path, key))
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        for at, (old, new) in enumerate(zip(before, after, strict=True)):
            yield from changes(old, new, own, (*path, at))
    elif bare(before) != bare(after):
        yield Change(path, before, after)


def bare(value: object) -> object:
    """A value as it is compared: how a text is broken makes no difference."""
    if isinstance(value, str):
        return " ".join(value.split())
    if isinstance(value, list):
        return [bare(one) for one in value]
    if isinstance(value, Mapping):
        return {key: bare(held) for key, held in value.items()}
    return value
