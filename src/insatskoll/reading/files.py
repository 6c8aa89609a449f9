"""The one door through which files come in.

Everything that the program opens by name is a regular file within a limit, reached without a link,
and read from the same descriptor that was judged: nothing can be exchanged in between, and no pipe
or device makes the program wait.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Literal

from insatskoll.errors import Refused, why
from insatskoll.folders import Folder, LinkInTheWay, is_link, vouched, walked
from insatskoll.names import shown

MAX_BYTES = 2_000_000  # of what people write

Reason = Literal["saknas", "länk", "mapp", "annat", "stor", "stängd", "kodning"]

Door = Callable[[Path, int], bytes]  # gives the content of a file, at most so many bytes


class Unread(Refused):
    """A file that may not or cannot be read. ``what`` is a sentence without its full stop,
    ``remedy`` one with it."""

    def __init__(self, path: Path, reason: Reason, what: str, remedy: str) -> None:
        super().__init__(f"{shown(path)}: {what}. {remedy}")
        self.path = path
        self.reason = reason
        self.what = what
        self.remedy = remedy


def there(path: Path) -> bool:
    """Whether there is anything at ``path``, be it a link that leads nowhere."""
    return os.path.lexists(path)


def read(
    path: Path, limit: int = MAX_BYTES, given: Path | None = None, within: Path | None = None
) -> bytes:
    """The content of the file ``path``, at most ``limit`` bytes. Raises :class:`Unread`.

    ``given`` is a folder above it that the user has named himself and that may be a link;
    ``within`` one that may not be (see :func:`folders.vouched`).
    """
    with _refusing(path):
        return _content(_opened(path, given, within), path, limit)


@contextmanager
def many(within: Path) -> Iterator[Door]:
    """What reads files below the folder ``within`` as :func:`read` does, each given with its limit.
    A folder is walked to once for all files in it, and stays open meanwhile."""
    opened: dict[Path, Folder] = {}
    with ExitStack() as stack:

        def read_in(path: Path, limit: int) -> bytes:
            start, steps = vouched(path, within=within)
            if not steps:  # it comes with the program
                return read(path, limit, within=within)
            with _refusing(path):
                folder = opened.get(path.parent)
                if folder is None:
                    folder = opened[path.parent] = stack.enter_context(walked(start, steps[:-1]))
                return _content(_opened_in(folder, path.name, path), path, limit)

        yield read_in


@contextmanager
def _refusing(path: Path) -> Iterator[None]:
    """Says in Swedish why ``path`` cannot be read."""
    try:
        yield
    except LinkInTheWay as error:
        if error.path == path:
            raise _link(path) from None
        what = f"Mappen {shown(error.path)} är en länk"
        raise Unread(path, "länk", what, "Ersätt länken med mappen.") from None
    except FileNotFoundError:
        raise Unread(path, "saknas", "Filen finns inte", "Kontrollera namnet.") from None
    except PermissionError:
        remedy = "Ändra filens behörigheter, eller fråga den som äger den."
        raise Unread(path, "stängd", "Behörighet att läsa filen saknas", remedy) from None
    except (OSError, ValueError) as error:  # ValueError: a name that no file can have
        if isinstance(error, OSError) and error.errno in (errno.ENXIO, errno.ENODEV):
            raise _no_file(path) from None
        said = why(error) if isinstance(error, OSError) else "namnet går inte att använda"
        raise Unread(
            path, "stängd", f"Filen går inte att öppna ({said})", "Kontrollera namnet och disken."
        ) from None


def read_text(path: Path, limit: int = MAX_BYTES, within: Path | None = None) -> str:
    """The text of the file ``path``, in UTF-8, its line breaks as they are. Raises as
    :func:`read`."""
    try:
        return read(path, limit, within=within).decode("utf-8")
    except UnicodeDecodeError:
        what = "Filen är inte sparad i teckenkodningen UTF-8"
        raise Unread(path, "kodning", what, "Spara om filen som UTF-8.") from None


def _opened(path: Path, given: Path | None, within: Path | None) -> int:
    start, steps = vouched(path, given, within)
    if not steps:
        return os.open(
            path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        )
    with walked(start, steps[:-1]) as folder:
        return _opened_in(folder, steps[-1], path)


def _opened_in(folder: Folder, name: str, path: Path) -> int:
    status = folder.status(name)
    if status is None:
        raise FileNotFoundError
    if is_link(status):
        raise LinkInTheWay(path)
    _judge(status, path)  # a device may do something when it is opened
    return folder.open(name, os.O_RDONLY)


def _content(opened: int, path: Path, limit: int) -> bytes:
    with open(opened, "rb", buffering=0, closefd=True) as file:
        _judge(os.fstat(opened), path)
        parts, left = [], limit + 1
        while left and (part := file.read(left)):
            parts.append(part)
            left -= len(part)
    if not left:
        size = f"{limit // 1000} kB" if limit < 1_000_000 else f"{limit // 1_000_000} MB"
        raise Unread(
            path,
            "stor",
            f"Filen är större än {size}",
            "Dela upp innehållet, eller spara den mindre.",
        )
    return b"".join(parts)


def _judge(status: os.stat_result, path: Path) -> None:
    if stat.S_ISDIR(status.st_mode):
        remedy = "Flytta innehållet eller byt namn på mappen."
        raise Unread(path, "mapp", "Här finns en mapp där en fil väntades", remedy)
    if not stat.S_ISREG(status.st_mode):
        raise _no_file(path)


def _no_file(path: Path) -> Unread:
    return Unread(path, "annat", "Det här är inte en vanlig fil", "Ersätt den med en vanlig fil.")


def _link(path: Path) -> Unread:
    return Unread(path, "länk", "Filen är en länk", "Ersätt länken med en fil eller mapp.")
