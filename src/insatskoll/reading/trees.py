"""Whether a folder is as it was when it was looked at: a short text that is another when anything
in it is.

The names and kinds of all that lies in the folder count, and every byte of its files, so that
nobody has to know which of them decide what. A look tells first what the disk says of each file:
its size, its place on the disk, and when it was last changed, which only the disk itself can set.
Where all of that is the same the bytes are, if nothing had been changed just before the look, when
the disk's clock may not yet have moved; otherwise the bytes are read.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from time import time_ns

from insatskoll.reading import files
from insatskoll.values import immutable

MOST = 5_000  # files in one folder that is looked at
LARGEST = 8_000_000  # bytes: of what is larger nobody reads the end, so that its size tells enough
SETTLED = 2_000_000_000  # nanoseconds: longer than any disk's clock takes to move on
# Git's own folder: what it holds is no text, and changes when nothing else does. Whoever lists
# what lies in a folder passes over the same, so that a look misses nothing of what is read.
NOBODYS = ".git"
_FORGETFUL = (
    os.name == "nt"
)  # Windows tells when a file was made, and lets anyone say when it was changed

Steps = tuple[str, ...]


@immutable
class Look:
    """What the disk says of a folder. ``status`` sums it up (empty where the disk's word is not
    enough), ``folders`` are the folders in it, ``files`` the files with their sizes, and
    ``settled`` tells that nothing had just been changed."""

    status: str
    folders: tuple[Steps, ...]
    files: tuple[tuple[Steps, int], ...]
    settled: bool


def _all(_: Steps) -> bool:
    return True


def look(folder: Path, entered: Callable[[Steps], bool] = _all) -> Look | None:
    """What the disk says of ``folder``; folders that are not ``entered`` count by their names only.

    None if it cannot be relied on: a link or a device lies in it, it cannot be listed, or it is too
    large.
    """
    latest = time_ns() - SETTLED
    folders: list[Steps] = []
    found: list[tuple[Steps, os.stat_result]] = []
    waiting: list[Steps] = [()]
    try:
        if folder.is_symlink():
            return None
        while waiting:
            inside = waiting.pop()
            with os.scandir(folder.joinpath(*inside)) as entries:
                for entry in entries:
                    steps = (*inside, entry.name)
                    if not entry.is_dir(follow_symlinks=False):
                        found.append((steps, entry.stat(follow_symlinks=False)))
                        continue
                    folders.append(steps)
                    if entry.name != NOBODYS and entered(steps):
                        waiting.append(steps)
            if len(folders) + len(found) > MOST:
                return None
    except (OSError, ValueError):
        return None
    if not all(stat.S_ISREG(status.st_mode) for _, status in found):
        return None
    found.sort(key=lambda file: (file[0][:-1], file[0]))
    settled = all(max(status.st_ctime_ns, status.st_mtime_ns) < latest for _, status in found)
    told = (_told("/".join(steps), status) for steps, status in found)
    status = "" if _FORGETFUL else _digest("\0".join((*map("/".join, sorted(folders)), "", *told)))
    return Look(
        status,
        tuple(sorted(folders)),
        tuple((steps, status.st_size) for steps, status in found),
        settled,
    )


def _told(name: str, status: os.stat_result) -> str:
    told = (
        status.st_mode,
        status.st_size,
        status.st_mtime_ns,
        status.st_ctime_ns,
        status.st_ino,
        status.st_dev,
    )
    return "\0".join((name, *map(str, told)))


def content(folder: Path, looked: Look) -> str | None:
    """All that lies in ``folder``, byte by byte, in a short text; None if something in it cannot
    be read."""
    summed = hashlib.blake2b(
        "\0".join(map("/".join, looked.folders)).encode("utf-8", "surrogateescape"), digest_size=16
    )
    try:
        with files.many(folder) as door:
            for steps, size in looked.files:
                held = door(folder.joinpath(*steps), LARGEST) if size <= LARGEST else b""
                told = f"\0{'/'.join(steps)}\0{size}\0{len(held)}\0"
                summed.update(told.encode("utf-8", "surrogateescape"))
                summed.update(held)
    except files.Unread:
        return None
    return summed.hexdigest()


@dataclass
class Source:
    """A folder that something is worked out from, and how it ``looked`` before it was read.
    ``entered`` is as in :func:`look`."""

    folder: Path
    entered: Callable[[Steps], bool] = _all
    looked: Look | None = None

    def __post_init__(self) -> None:
        self.looked = look(self.folder, self.entered)

    @cached_property
    def unchanged(self) -> str | None:
        """The folder's content, if it is still what it was before it was read; to be asked for
        when that has been done."""
        if (
            self.looked is None
            or not self.looked.settled
            or look(self.folder, self.entered) != self.looked
        ):
            return None
        return content(self.folder, self.looked)

    def is_still(self, status: object, told: object) -> bool:
        """Whether the folder has the ``status`` that it had, or else the content ``told`` that
        it had."""
        if self.looked is None:
            return False
        if self.looked.status and self.looked.status == status:
            return True
        return told is not None and content(self.folder, self.looked) == told


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "surrogateescape"), digest_size=16).hexdigest()
