"""Reads the program's own files when the wheel is built, so that no start has to."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

_CODE = """
import sys
sys.path[:0] = sys.argv[1:]
from insatskoll.diff import lexicon, phrasebook, verdicts
from insatskoll.importing import labels
from insatskoll.law import built
from insatskoll.reading import builtin
for read in (built.read, lexicon.shipped, phrasebook.shipped, verdicts.shipped, labels.read):
    read()
sys.stdout.buffer.write(builtin.written())
"""


def command(root: Path) -> list[str]:
    """What another process does to read the program's files in ``root``. It finds all that this one
    finds: what a build needs may lie in a folder of its own."""
    return [sys.executable, "-c", _CODE, str(root / "src"), *filter(None, sys.path)]


class Built(BuildHookInterface):  # type: ignore[type-arg]
    """Adds what has been read to the wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called before the wheel is put together; an editable one reads the files as they are."""
        if version == "editable":
            return
        done = subprocess.run(
            command(Path(self.root)),
            env=os.environ | {"XDG_CACHE_HOME": os.devnull},
            capture_output=True,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(done.stderr.decode(errors="replace"))
        self.folder = tempfile.TemporaryDirectory()
        path = Path(self.folder.name) / "inbyggt.txt"
        path.write_bytes(done.stdout)
        build_data["force_include"][str(path)] = "insatskoll/inbyggt.txt"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Called when the wheel is done."""
        if version != "editable":
            self.folder.cleanup()
