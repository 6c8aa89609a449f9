"""What Windows has not, taken away from this process, so that the program meets it without a
computer that runs Windows: no handles of folders, locks or limits of Unix's, no copying of a
running process, no removing or replacing of an open file, and a system whose files are not UTF-8.

    python -X warn_default_encoding -m tests.windows STEG.json

runs the commands in a JSON file, a list of lists of words, and prints what each ended with. Paths
are still written as here: what is made of letters and strokes is not doubled.
"""

from __future__ import annotations

import errno
import fcntl
import importlib
import json
import os
import pathlib
import shutil
import signal
import stat
import sys
import tempfile
import types
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

LACKING_MODULES = ("fcntl", "resource", "pwd", "grp", "termios", "pty")
LACKING_IN_OS = (
    "O_NOFOLLOW", "O_DIRECTORY", "O_NONBLOCK", "O_CLOEXEC", "fork", "forkpty", "getuid", "geteuid",
    "getgid", "getpgid", "killpg", "setsid", "mkfifo", "sched_getaffinity", "chown", "fchmod",
    "openpty", "register_at_fork", "nice", "statvfs", "sync",
)  # fmt: skip
LACKING_SIGNALS = ("SIGALRM", "SIGHUP", "SIGUSR1", "SIGUSR2", "alarm", "setitimer", "sigwait")
# What the program stands on, which is read while the computer is still itself.
OTHERS = (
    "click", "typer", "rich.console", "yaml", "jsonschema_rs", "jinja2.sandbox", "pypandoc",
    "typst", "pikepdf", "lxml.etree", "selectolax.lexbor", "tinycss2", "concurrent.futures.thread",
    "multiprocessing.connection", "tempfile", "subprocess", "socket", "ssl", "zipfile", "unittest",
    "unittest.mock", "asyncio", "ctypes", "webbrowser", "simplemma",
)  # fmt: skip


def install() -> None:
    """Makes this process one of Windows. It cannot be undone."""
    for name in OTHERS:
        importlib.import_module(name)
    importlib.import_module("pypandoc").get_pandoc_path()  # it runs what it finds, once
    for name in LACKING_MODULES:
        sys.modules[name] = None  # type: ignore[assignment]
    sys.modules["msvcrt"] = _msvcrt()
    for name in LACKING_IN_OS:
        if hasattr(os, name):
            delattr(os, name)
    for name in LACKING_SIGNALS:
        if hasattr(signal, name):
            delattr(signal, name)
    os.supports_dir_fd = frozenset()  # type: ignore[assignment]
    for name in ("stat", "mkdir", "rmdir", "link", "listdir", "scandir"):
        setattr(os, name, _by_path_only(getattr(os, name)))
    os.open = _opening(_by_path_only(os.open))
    for name in ("unlink", "remove", "replace", "rename"):
        setattr(os, name, _refusing_open_files(_by_path_only(getattr(os, name))))
    shutil._use_fd_functions = False  # type: ignore[attr-defined]
    shutil.which = _found(shutil.which)  # type: ignore[assignment]
    # as the library itself has it there
    tempfile.TemporaryFile = tempfile.NamedTemporaryFile  # type: ignore[assignment]
    pathlib.WindowsPath = pathlib.PosixPath  # type: ignore[assignment,misc]
    sys.platform = "win32"
    # Text whose encoding nobody says is Windows-1252 there.
    warnings.filterwarnings("error", category=EncodingWarning, module="insatskoll")


def _found(which: Callable[..., str | None]) -> Callable[..., str | None]:
    """Programs have no ending here that tells that they are programs."""

    def found(*args: Any, **kwargs: Any) -> str | None:
        sys.platform = "linux"
        try:
            return which(*args, **kwargs)
        finally:
            sys.platform = "win32"

    return found


def _msvcrt() -> types.ModuleType:
    """The lock of Windows: of some bytes of a file, by whoever opened it."""
    double = types.ModuleType("msvcrt")

    def locking(opened: int, _mode: int, _bytes: int) -> None:
        if stat.S_ISDIR(os.fstat(opened).st_mode):
            raise PermissionError(errno.EACCES, "Permission denied")
        fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)

    double.__dict__.update(LK_NBLCK=2, LK_UNLCK=0, locking=locking)
    return double


def _by_path_only(call: Callable[..., Any]) -> Callable[..., Any]:
    """Nothing can be asked of a folder that is open."""

    def asked(*args: Any, **kwargs: Any) -> Any:
        if any(kwargs.get(f"{side}dir_fd") is not None for side in ("", "src_", "dst_")):
            raise NotImplementedError("dir_fd unavailable on this platform")
        if args and isinstance(args[0], int) and call.__name__ in ("listdir", "scandir"):
            raise TypeError("a folder cannot be open")
        return call(*args, **kwargs)

    asked.__name__ = call.__name__
    return asked


def _opening(call: Callable[..., Any]) -> Callable[..., Any]:
    """A folder cannot be opened."""

    def opened(path: Any, *args: Any, **kwargs: Any) -> Any:
        if Path(path).is_dir():
            raise PermissionError(errno.EACCES, "Permission denied", path)
        return call(path, *args, **kwargs)

    opened.__name__ = call.__name__
    return opened


def _refusing_open_files(call: Callable[..., Any]) -> Callable[..., Any]:
    """An open file can be neither removed nor replaced."""

    def asked(*paths: Any, **kwargs: Any) -> Any:
        held = {os.path.realpath(os.fsdecode(path)) for path in paths}
        for handle in Path("/proc/self/fd").iterdir():
            try:
                opened = str(handle.readlink())
            except OSError:  # the listing itself
                continue
            if opened in held:
                error = PermissionError(errno.EACCES, "used by another process", opened)
                error.winerror = 32  # type: ignore[attr-defined]
                raise error
        return call(*paths, **kwargs)

    asked.__name__ = call.__name__
    return asked


def main() -> None:
    """Runs the commands that are asked for, and prints their ends as JSON."""
    steps = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    install()
    from tests.program import tried  # after: the program looks at the computer as it is read

    ends = [tried(*words, cwd=Path.cwd()) for words in steps]
    print(json.dumps([vars(end) for end in ends]))


if __name__ == "__main__":
    main()
