"""What tells a forge to check the catalogue whenever a change of it is proposed."""

from __future__ import annotations

import os
from pathlib import Path

from insatskoll import __version__, names, resources
from insatskoll.catalogue.canonical import to_flow
from insatskoll.errors import Refused
from insatskoll.patterns import later
from insatskoll.reading import files

# Where each forge looks for it, from the top of the repository.
PLACES = {
    "github": Path(".github", "workflows", "insatser.yml"),
    "gitlab": Path(".gitlab-ci.yml"),
    "azure": Path("azure-pipelines.yml"),
    "forgejo": Path(".forgejo", "workflows", "insatser.yml"),
}
# What a shell, or a forge that fills in its own fields, would take for something else.
_STEERS = later(r"[$`\"'\\%\x00-\x1f]")


def workflow(forge: str, folder: Path) -> tuple[Path, bytes]:
    """The file for a ``forge`` and what to write in it, for the catalogue that lies in ``folder``.

    Raises :class:`Refused` if the file exists, or if the folder's name cannot be used in it.
    """
    top = names.repository(names.absolute(folder)) or names.absolute(folder)
    inside = names.absolute(folder).relative_to(top).as_posix()
    if _STEERS.search(inside):
        raise Refused(
            f"Mappen {names.short(inside)} har ett tecken i namnet som en byggserver läser på sitt "
            "eget sätt. Byt namn på mappen."
        )
    path = Path(os.path.relpath(top / PLACES[forge]))
    if files.there(path):
        raise Refused(
            f"{names.shown(path)} finns redan och skrivs inte över. Flytta filen, kör insatskoll "
            f"new ci {forge} och för ihop dem."
        )
    text = files.read_text(resources.TEMPLATES / "start" / f"{forge}.yml")
    text = text.replace("__MAPP__", to_flow([inside])[1:-1]).replace("__VERSION__", __version__)
    return path, text.encode()
