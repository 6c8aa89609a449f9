"""One writer at a time in a folder.

Where the computer can, the folder itself is locked: nothing is left behind, and the lock ends with
the program however that ends. On Windows, and on disks that cannot lock a folder, a file in the
folder is locked in its place, and removed afterwards; one that was left by a program that was
killed is locked by nobody, and is used again.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Event

from insatskoll.errors import Refused
from insatskoll.folders import Folder
from insatskoll.names import shown

FILE = ".insatskoll.lås"
WAIT, TRIES = 0.05, 600  # seconds between two tries, and how many: half a minute

# the folders that this process has to itself, so that it does not wait for itself
_held: set[tuple[int, int]] = set()


class Busy(Refused):
    """Another program is writing in the folder and does not get ready."""


class Removed(Exception):
    """The folder was removed by the one who had it before."""


@contextmanager
def alone(folder: Folder) -> Iterator[bool]:
    """Has ``folder`` to itself while others wait; tells whether that is certain, which on some
    network disks it is not.

    Raises :class:`Busy` after half a minute, and :class:`Removed`.
    """
    status = folder.status(".")
    if status is None:
        raise Removed
    key = (status.st_dev, status.st_ino)
    if key in _held:
        yield True
        return
    with _locked(folder) as certain:
        if removed(folder):
            raise Removed
        _held.add(key)
        try:
            yield certain
        finally:
            _held.discard(key)


def removed(folder: Folder) -> bool:
    """Whether the folder that is open has been removed, which on Windows it cannot be."""
    status = folder.status(".")
    return status is None or (sys.platform != "win32" and status.st_nlink == 0)


@contextmanager
def _locked(folder: Folder) -> Iterator[bool]:
    opened = None
    if folder.handle is not None:
        opened = os.open(".", os.O_RDONLY | getattr(os, "O_DIRECTORY", 0), dir_fd=folder.handle)
    try:
        if opened is not None and _wait(opened, folder):
            yield True  # closing the descriptor lets the folder go
            return
        with _file_locked(folder) as certain:
            yield certain
    finally:
        if opened is not None:
            os.close(opened)


@contextmanager
def _file_locked(folder: Folder) -> Iterator[bool]:
    while True:
        opened = folder.open(FILE, os.O_RDWR | os.O_CREAT)
        try:
            certain = _wait(opened, folder)
            there = folder.status(FILE)
            if there is not None and os.path.samestat(
                there, os.fstat(opened)
            ):  # else the one before us has removed it
                try:
                    yield certain
                finally:
                    with suppress(OSError):
                        folder.remove(FILE)
                return
        finally:
            os.close(opened)
            if sys.platform == "win32":  # where it can be removed only when nobody has it open
                with suppress(OSError):
                    folder.remove(FILE)


def _wait(opened: int, folder: Folder) -> bool:
    """Locks the descriptor when those before have let it go; False if such a thing cannot be
    locked."""
    pause = Event()
    for _ in range(TRIES):
        try:
            _lock(opened)
        except OSError as error:
            if error.errno not in (errno.EACCES, errno.EAGAIN, errno.EDEADLK, errno.EINTR):
                return False
            pause.wait(WAIT)
        else:
            return True
    raise Busy(
        f"Ett annat program skriver i {shown(folder.path)}. Vänta tills det är klart, och kör "
        "kommandot igen."
    )


def _lock(opened: int) -> None:
    """Locks the descriptor at once; raises :class:`OSError` if another has locked it."""
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(opened, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
