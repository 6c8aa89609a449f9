"""What all municipalities of a catalogue share and editors need: the schemas, and the settings that
lead to them; whether they are there, and as this program has them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from insatskoll.reading import files
from insatskoll.scaffold import editor, schemas
from insatskoll.values import immutable


@immutable
class Planned:
    """The files to be written and what is there ``before``, None for nothing; and, where the
    editor's settings cannot be changed by a program, what is ``to_add`` to them."""

    files: Mapping[Path, bytes]
    before: Mapping[Path, bytes | None]
    to_add: str = ""


def planned(folder: Path, catalogue: Path) -> Planned:
    """What is to be written in ``folder``, in which the ``catalogue`` lies, for its schemas and the
    editor's settings to be as they should. Raises :class:`files.Unread`."""
    wanted = schemas.copies(folder)
    before = {path: files.read(path) if files.there(path) else None for path in wanted}
    settings = editor.settings(folder, catalogue)
    if settings.after is not None:
        wanted[settings.path] = settings.after
        before[settings.path] = settings.before
    new = {path: text for path, text in wanted.items() if before[path] != text}
    to_add = settings.to_add if settings.after is None else ""
    return Planned(new, {path: before[path] for path in new}, to_add)
