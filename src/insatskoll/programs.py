"""Where a program that is kept by others lies on this computer."""

from __future__ import annotations

import os
import shutil
from pathlib import Path


def found(name: str) -> str | None:
    """The program ``name``, by its whole path, or None: a folder on the way that is counted from
    the working directory could hold another."""
    folders = os.pathsep.join(entry for entry in os.get_exec_path() if Path(entry).is_absolute())
    path = shutil.which(name, path=folders) if folders else None
    return path if path is not None and Path(path).is_absolute() else None
