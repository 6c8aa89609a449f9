"""Folders walked to step by step without following a link, so that what is done in one is done
there and nowhere else.

Whoever sends files can send links too. The steps that a path takes from where the user stands are
therefore never links; what the user has named himself, and what comes with the program, may be.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from insatskoll import resources

# On Windows there are no handles of folders to walk by: there each step is looked at, and the file
# again when it is open.
_WALKS = os.open in os.supports_dir_fd and hasattr(os, "O_NOFOLLOW") and hasattr(os, "O_DIRECTORY")
_SEARCH = (
    getattr(os, "O_PATH", os.O_RDONLY) | getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_CLOEXEC", 0)
)
_FILE = (
    getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
    | getattr(os, "O_NONBLOCK", 0)
)
# a junction, which is what Windows users can make without being asked for a password
_MOUNT_POINT = 0xA0000003
_EXCHANGE = 2  # to Linux, and to macOS


class LinkInTheWay(OSError):
    """A step of the path is a link; ``path`` is the way to it."""

    def __init__(self, path: Path) -> None:
        super().__init__(errno.ELOOP, os.strerror(errno.ELOOP), str(path))
        self.path = path


def vouched(
    path: Path, given: Path | None = None, within: Path | None = None
) -> tuple[Path, tuple[str, ...]]:
    """Where to start walking to ``path``, and the steps from there, none of which may be a link.

    ``given`` is a folder that the user has named himself. Otherwise the walk starts in the working
    folder, or, for a path that leads out of it, before the catalogue, and never later than before
    the folder ``within``.
    """
    start, steps = _vouched(path, given)
    if within is not None and steps and start.is_relative_to(within):
        return within.parent, path.relative_to(within.parent).parts
    return start, steps


def _vouched(path: Path, given: Path | None) -> tuple[Path, tuple[str, ...]]:
    if given is not None and path.is_relative_to(given):
        return given, path.relative_to(given).parts
    if resources.INSTALLED and path.is_relative_to(resources.ROOT):
        return path, ()
    if not path.is_absolute():
        up = next((n for n, part in enumerate(path.parts) if part != ".."), len(path.parts))
        return Path(*path.parts[:up]), path.parts[up:]
    here = Path.cwd()
    if path.is_relative_to(here):
        return here, path.relative_to(here).parts
    kommuner = max((n for n, part in enumerate(path.parts) if part == "kommuner"), default=0)
    start = kommuner - 1 if kommuner > 1 else len(path.parts) - 1
    return Path(*path.parts[:start]), path.parts[start:]


def is_link(status: os.stat_result) -> bool:
    """Whether what ``os.lstat`` tells of is a link, of a file or a folder."""
    return stat.S_ISLNK(status.st_mode) or getattr(status, "st_reparse_tag", 0) == _MOUNT_POINT


class Folder:
    """An open folder. The names given to it are those of files and folders in it, and links are
    never followed.

    Every method raises :class:`OSError`.
    """

    def __init__(self, path: Path, handle: int | None) -> None:
        self.path = path
        self.handle = handle

    def status(self, name: str) -> os.stat_result | None:
        """What the computer knows of ``name``, a link's own; None if there is no such thing."""
        try:
            return os.stat(self._at(name), dir_fd=self.handle, follow_symlinks=False)
        except FileNotFoundError:
            return None

    def open(self, name: str, flags: int) -> int:
        """A descriptor of the file ``name``; a new one gets the rights that the umask leaves."""
        if _WALKS:
            return os.open(self._at(name), flags | _FILE, 0o666, dir_fd=self.handle)
        before = self.status(name)
        if before is not None and is_link(before):
            raise LinkInTheWay(self.path / name)
        opened = os.open(self._at(name), flags | _FILE, 0o666)
        if before is not None and not os.path.samestat(
            before, os.fstat(opened)
        ):  # changed for another meanwhile
            os.close(opened)
            raise LinkInTheWay(self.path / name)
        return opened

    def names(self) -> list[str]:
        """The names of what is in the folder, in order."""
        if self.handle is None:
            return sorted(path.name for path in self.path.iterdir())
        listing = os.open(".", os.O_RDONLY | os.O_DIRECTORY, dir_fd=self.handle)
        try:
            return sorted(os.listdir(listing))  # noqa: PTH208 (a descriptor, not a path)
        finally:
            os.close(listing)

    def make(self, name: str) -> bool:
        """Makes the folder ``name``; whether it was not there before."""
        try:
            os.mkdir(self._at(name), dir_fd=self.handle)
        except FileExistsError:
            return False
        return True

    def remove(self, name: str) -> None:
        """Removes the file ``name``, or the link."""
        os.unlink(self._at(name), dir_fd=self.handle)

    def link(self, name: str, new: str) -> None:
        """Gives the file ``name`` the name ``new`` too, which must be free."""
        where = (
            {"src_dir_fd": self.handle, "dst_dir_fd": self.handle}
            if self.handle is not None
            else {}
        )
        os.link(
            self._at(name),
            self._at(new),
            **where,
            follow_symlinks=os.link not in os.supports_follow_symlinks,
        )

    def replace(self, name: str, other: str) -> None:
        """Puts the file ``name`` in the place of ``other``, which is then gone."""
        os.replace(self._at(name), self._at(other), src_dir_fd=self.handle, dst_dir_fd=self.handle)

    def swap(self, name: str, other: str) -> bool:
        """Lets two files change names with each other at once; False where the computer or the disk
        cannot."""
        return self.handle is not None and swap(self.handle, name, other)

    def _at(self, name: str) -> str | Path:
        return name if self.handle is not None else self.path / name


def swap(handle: int, name: str, other: str) -> bool:
    """Lets two files in the open folder ``handle`` change names; False where the computer or the
    disk cannot.

    What was at either name is then known to be at the other, whoever wrote there meanwhile.
    """
    import ctypes

    library = ctypes.CDLL(None, use_errno=True)
    call = getattr(library, "renameat2", None) or getattr(library, "renameatx_np", None)
    if call is None:
        return False
    names = [os.fsencode(one) for one in (name, other)]
    call.argtypes = [ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_uint]
    if call(handle, names[0], handle, names[1], _EXCHANGE) == 0:
        return True
    failed = ctypes.get_errno()
    if failed in (errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EPERM):
        return False
    raise OSError(failed, os.strerror(failed), other)


@contextmanager
def walked(start: Path, steps: Sequence[str], made: list[Path] | None = None) -> Iterator[Folder]:
    """The folder that ``steps`` lead to from ``start``, none of them a link.

    With ``made``, folders that are not there are made, and noted in it. Raises
    :class:`LinkInTheWay` and :class:`OSError`.
    """
    at = start
    if made is not None and not start.exists():
        made += [folder for folder in (start, *start.parents) if not folder.exists()]
        start.mkdir(parents=True, exist_ok=True)
    handle = os.open(start, _SEARCH) if _WALKS else None
    try:
        for step in steps:
            folder = Folder(at, handle)
            at = at / step
            if made is not None and step != ".." and folder.make(step):
                made.append(at)
            status = folder.status(step)
            if status is not None and is_link(status):
                raise LinkInTheWay(at)
            if handle is not None:
                inner = os.open(step, _SEARCH | os.O_NOFOLLOW, dir_fd=handle)
                os.close(handle)
                handle = inner
            elif status is None:
                raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(at))
            elif not stat.S_ISDIR(status.st_mode):
                raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(at))
        yield Folder(at, handle)
    finally:
        if handle is not None:
            os.close(handle)
