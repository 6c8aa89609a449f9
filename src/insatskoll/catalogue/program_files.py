"""The data files that come with the program: those of a kind in one folder of the catalogue, read
and remembered as one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from insatskoll import resources
from insatskoll.catalogue.loading import load_document
from insatskoll.catalogue.model import FileProblems
from insatskoll.errors import Refused
from insatskoll.reading import builtin


def known(folder: str, kind: str) -> dict[str, Any]:
    """What each file of a ``kind`` in a ``folder`` says, by its name without ending, in the order
    of the names."""
    files: dict[str, Any] = builtin.remembered(
        folder, lambda: read(resources.CATALOGUE / folder, kind)
    )
    builtin.keep()
    return files


def read(folder: Path, kind: str) -> dict[str, Any]:
    """As :func:`known`, of any folder. Raises :class:`Refused` for the first file that cannot be
    used."""
    found = {}
    for path in sorted(folder.glob("*.yaml")):
        loaded = load_document(path, kind)
        if isinstance(loaded, FileProblems):
            raise Refused(loaded.told())
        found[path.stem] = loaded.data
    return found
