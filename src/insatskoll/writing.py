"""Writes files whole or not at all."""

from __future__ import annotations

import errno
import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from insatskoll.errors import Refused
from insatskoll.names import shown

_WHY = {
    errno.ENOSPC: "disken är full",
    errno.EACCES: "du får inte skriva där",
    errno.EPERM: "du får inte skriva där",
    errno.EROFS: "disken är skrivskyddad",
    errno.EEXIST: "mappen finns redan som fil",
    errno.ENOTDIR: "en mapp i sökvägen är en fil",
    errno.EISDIR: "där finns en mapp med det namnet",
}


class WriteError(Refused):
    """A file could not be written; the message says which and why."""


def write_all(files: Mapping[Path, bytes]) -> None:
    """Writes all ``files`` or none: first beside their places, then into them. Raises :class:`WriteError`."""
    beside = {path: path.with_name(f".{path.name}.{os.getpid()}") for path in files}
    made: list[Path] = []
    before: dict[Path, bytes | None] = {}
    try:
        for path, data in files.items():
            made += [folder for folder in path.parents if not folder.exists()]
            path.parent.mkdir(parents=True, exist_ok=True)
            if path.is_dir():
                raise IsADirectoryError(errno.EISDIR, "")
            beside[path].write_bytes(data)
            if path.exists():
                beside[path].chmod(path.stat().st_mode)
        for path in files:
            before[path] = path.read_bytes() if path.exists() else None
            beside[path].replace(path)
    except OSError as error:
        for changed, old in before.items():
            _restore(changed, old)
        why = _WHY.get(error.errno or 0, error.strerror or "okänt fel")
        raise WriteError(f"Det går inte att skriva {shown(path)}: {why}. Inget har skrivits.") from error
    finally:
        for temporary in beside.values():
            with suppress(OSError):
                temporary.unlink(missing_ok=True)
        for folder in sorted(made, key=lambda folder: -len(folder.parts)):  # the empty ones
            with suppress(OSError):
                folder.rmdir()


def _restore(path: Path, old: bytes | None) -> None:
    with suppress(OSError):
        if old is None:
            path.unlink(missing_ok=True)
        elif path.read_bytes() != old:
            path.write_bytes(old)
