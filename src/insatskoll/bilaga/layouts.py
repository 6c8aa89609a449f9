"""The layouts that there are: ours, and those of the municipality's own templates."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from insatskoll.catalogue import template_names
from insatskoll.errors import Refused
from insatskoll.names import shown
from insatskoll.reading import files
from insatskoll.resources import TEMPLATES

# Ours; other templates are for other documents. A municipality's own are all layouts.
LAYOUTS = ("avsnitt", "tabell", "tabell-utförlig", "riktlinje", "lista")


class RenderError(Refused):
    """The document could not be made. The message is Swedish and for people; nothing has been
    written."""


def own_folders(kommun: Path) -> list[Path]:
    """The folders with templates of their own for the municipality in the folder ``kommun``, the
    nearest first.

    Raises :class:`RenderError` where a template would be lost without a word.
    """
    folders = [kommun / template_names.FOLDER]
    if kommun.parent.name == "kommuner":
        folders.append(kommun.parent.parent / template_names.FOLDER)
    own = [
        folder
        for folder in folders
        if files.there(folder) and folder.resolve() != TEMPLATES.resolve()
    ]
    for folder in own:
        _check_folder(folder)
    return own


def _check_folder(folder: Path) -> None:
    """Raises :class:`RenderError` for what would be lost without a word: a folder that is none, a
    template with a wrong name."""
    if folder.is_symlink() or not folder.is_dir():
        raise RenderError(
            f"{shown(folder)}: här finns en länk eller en fil där en mapp väntades. Ersätt den "
            "med en mapp."
        )
    names = {path.name: path.is_dir() for path in folder.iterdir()}
    for name in sorted(names):
        found = None if names[name] else template_names.misnamed(name)
        if found is not None and found.sure and found.right not in names:
            raise RenderError(
                f"{shown(folder / name)}: mallen läses inte. Den ska heta {shown(found.right)}."
            )


def layouts(own: Sequence[Path] = ()) -> list[str]:
    """The names of the layouts there are, ours and those in the folders ``own``."""
    names = {
        path.name
        for folder in own
        for path in folder.glob("*.html.j2")
        if template_names.LAYOUT.fullmatch(path.name)
    }
    others = {path.name for path in TEMPLATES.glob("*.html.j2")}
    return sorted({*LAYOUTS, *(name.removesuffix(".html.j2") for name in names - others)})
