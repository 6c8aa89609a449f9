"""How names from outside are told: files, folders, revisions and whatever is named after them.

A name is as untrusted as a file's content. Whoever can add a file can call it anything, so that
every name that is told goes through here: it comes out on one line, with nothing in it that steers
a terminal, a log or a forge.
"""

from __future__ import annotations

import os
import re
import sys
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from insatskoll.patterns import later

if sys.platform == "win32":
    from pathlib import WindowsPath as _AnyPath
else:
    from pathlib import PosixPath as _AnyPath

LONGEST = 100  # characters of a file's or a folder's name that people are shown
WORKSPACES = ("GITHUB_WORKSPACE", "CI_PROJECT_DIR", "BUILD_SOURCESDIRECTORY")

# What a build server obeys where it stands in a log: ::command:: first on a line, ##[command] and
# ##vso[command] anywhere.
_ANYWHERE = r"#(?=#(?:vso|teamcity)?\[)"
COMMAND = later(_ANYWHERE, re.IGNORECASE)
FIRST = later(r"^(\s*):(?=:)", re.MULTILINE)
# in what may come to stand first on a line
_COMMAND = later(f":(?=:)|{_ANYWHERE}", re.IGNORECASE)
_COLOUR = r"\[[0-9;]*m"
# a terminal; all but ESC
_STEERS = r"[\x00-\x08\x0b-\x1a\x1c-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]"
_UNCOLOURED, _COLOURED = re.compile(rf"{_STEERS}|\x1b"), re.compile(rf"{_STEERS}|\x1b(?!{_COLOUR})")


class RevisionPath(_AnyPath):
    """A file in a git revision, as git writes it: ``revision:path``, with the path from the top of
    the repository."""


def plain(text: str) -> str:
    """``text`` on one line, with what cannot be seen, decoded or trusted written out: ``[U+202E]``,
    ``[0xFF]``."""
    return _COMMAND.sub(lambda match: _code(match[0]), visible(text))


def visible(text: str) -> str:
    """``text`` on one line, with what cannot be seen or decoded written out. What a log obeys is
    text, and stays."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else _code(c) for c in text)


def in_log(text: str, *, coloured: bool = False) -> str:
    """Whole lines as a terminal or a log may have them: what would steer either is written out, the
    rest is as it was.

    ``coloured`` tells that the lines have been given colours, which are kept.
    """
    text = (_COLOURED if coloured else _UNCOLOURED).sub(lambda match: _code(match[0]), text)
    return FIRST.sub(
        lambda match: f"{match[1]}{_code(':')}", COMMAND.sub(lambda match: _code(match[0]), text)
    )


def is_plain(name: str) -> bool:
    """Whether a file or folder may be called ``name``: nothing in it has to be written out to be
    shown."""
    return plain(name) == name


def short(text: str, longest: int = LONGEST) -> str:
    """``text`` as :func:`plain` has it, and no longer than ``longest`` characters: what is in the
    middle is cut."""
    return _clipped(text, longest, plain)


def short_text(text: str, longest: int) -> str:
    """What stands in a file, as a message quotes it: as :func:`visible` has it, and cut as
    :func:`short` does."""
    return _clipped(text, longest, visible)


def _clipped(text: str, longest: int, told: Callable[[str], str]) -> str:
    line = told(text[: longest * 2] + text[-longest:] if len(text) > longest * 4 else text)
    return line if len(line) <= longest else f"{line[: longest - 31]}…{line[-30:]}"


def shown(path: Path | str) -> str:
    """A path as people expect it: from the working folder if it lies there or in the same
    repository, with slashes."""
    return shortened(_from_here(Path(path)).as_posix())


def shortened(path: str) -> str:
    """A path with slashes as it stands, each part of it told as :func:`short` has it."""
    return "/".join(map(short, path.split("/")))


def from_here(path: Path) -> str:
    """A path as another program expects it: as :func:`shown` has it, but whole."""
    return plain(_from_here(path).as_posix())


def in_repository(path: Path) -> str:
    """A path as a forge expects it: from the top of the repository, whole."""
    return plain(from_top(path).as_posix())


def from_top(path: Path) -> Path:
    """``path`` from the top of the repository that it lies in; as :func:`shown` has it if it lies
    in none.

    The top is the nearest folder above with ``.git``, or else the folder that the build server has
    checked out.
    """
    if isinstance(path, RevisionPath):
        return Path(path.as_posix().partition(":")[2])
    full = absolute(path)
    top = repository(full.parent) or next(
        (folder for folder in _checked_out() if full.is_relative_to(folder)), None
    )
    return full.relative_to(top) if top is not None else _from_here(path)


@lru_cache(maxsize=1024)
def repository(folder: Path) -> Path | None:
    """The top of the repository that the absolute ``folder`` lies in: where there is a ``.git``.
    Git is not started."""
    return next(
        (above for above in (folder, *folder.parents) if os.path.lexists(above / ".git")), None
    )


def above_catalogue(folder: Path) -> Path | None:
    """The folder that has the catalogue that the absolute ``folder`` lies in, by its folder of
    municipalities."""
    if (folder / "kommuner").is_dir():
        return folder.parent
    return next(
        (above.parent.parent for above in (folder, *folder.parents) if above.name == "kommuner"),
        None,
    )


def _from_here(path: Path) -> Path:
    full, here = absolute(path), Path.cwd()
    if full.is_relative_to(here):
        return full.relative_to(here)
    if not path.is_absolute() or (
        (top := repository(here)) is not None and full.is_relative_to(top)
    ):
        return Path(os.path.relpath(full, here))
    return full


def _checked_out() -> list[Path]:
    return [absolute(value) for name in WORKSPACES if (value := os.environ.get(name))]


def absolute(path: Path | str) -> Path:
    """The whole path, without ``..`` and without following a link."""
    return Path(os.path.abspath(path))  # noqa: PTH100 (Path.resolve follows links)


def _code(character: str) -> str:
    number = ord(character)
    if 0xDC80 <= number <= 0xDCFF:  # a byte that is no text, as Python keeps it in a file's name
        return f"[0x{number - 0xDC00:02X}]"
    return f"[U+{number:04X}]"


def folded(name: str) -> str:
    """A name as disks that do not tell case or accents apart have it."""
    return unicodedata.normalize("NFC", name).casefold()
