"""A question that has been asked before: where all that was answered from is the same, so is the
answer, word for word.

The question is the command line, the folder that one stands in with what is seen from there, and
the terminal. What it was answered from are the program and whole folders; see
:mod:`insatskoll.reading.trees`.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from insatskoll import names
from insatskoll.catalogue import schema_files
from insatskoll.catalogue.file_names import is_shared
from insatskoll.reading import files
from insatskoll.reading.builtin import program
from insatskoll.reading.cache import Cache, of
from insatskoll.reading.trees import Source

# What the environment says of how and where things are shown.
_SHOWN = (
    *("COLORTERM", "COLUMNS", "FORCE_COLOR", "JUPYTER_COLUMNS", "JUPYTER_LINES", "LINES"),
    *("NO_COLOR", "TERM", "TTY_COMPATIBLE", "TTY_INTERACTIVE", "UNICODE_VERSION"),
    *names.WORKSPACES,
)
_LARGEST = 20_000_000  # characters of an answer that is kept
_MARKS = (".git", "insatskoll.yaml", "kommun.yaml", "insatser", "kommuner", "catalogue/kommuner")


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "surrogateescape"), digest_size=16).hexdigest()


@dataclass
class Question:
    """A command line as it is asked here and now."""

    text: str
    cache: Cache
    sources: list[Source] = field(default_factory=list)
    catalogues: dict[str, list[object]] = field(default_factory=dict)

    def rests_on(self, kommuner: Iterable[Path], catalogues: Iterable[Path]) -> None:
        """Notes what is about to be read: the folders of municipalities and of catalogues, and
        where the catalogues lie."""
        common = list(catalogues)
        self.catalogues = {str(path): _around(path) for path in map(names.absolute, common)}
        self.sources = [
            *map(Source, kommuner),
            *(Source(folder, is_shared) for folder in common if folder.is_dir()),
        ]

    def answer(self) -> tuple[str, int] | None:
        """What was answered and the exit code, if nothing has changed."""
        kept = self.cache.load(self.text)
        if not isinstance(kept, dict):
            return None
        text, code, sources = kept.get("text"), kept.get("code"), kept.get("sources")
        if not isinstance(text, str) or code not in (0, 1, 2) or not isinstance(sources, list):
            return None
        around = kept.get("catalogues")
        if not isinstance(around, dict) or any(
            _around(Path(path)) != told for path, told in around.items()
        ):
            return None
        return (text, code) if all(map(_is_as_it_was, sources)) else None

    def keep(self, text: str, code: int) -> None:
        """Keeps the answer, if nothing that it rests on has changed since it was looked at."""
        if self.cache.folder is None or len(text) > _LARGEST:
            return
        told = []
        for source in self.sources:
            if source.looked is None or source.unchanged is None:
                return
            told.append(
                [
                    str(names.absolute(source.folder)),
                    source.entered is is_shared,
                    source.looked.status,
                    source.unchanged,
                ]
            )
        answer = {"text": text, "code": code, "sources": told, "catalogues": self.catalogues}
        self.cache.save({self.text: answer})


def _around(catalogue: Path) -> list[object]:
    """Whether there is such a catalogue, and the repository that it lies in."""
    inner = names.repository(catalogue)
    return [catalogue.is_dir(), None if inner is None else str(inner)]


def _is_as_it_was(told: object) -> bool:
    match told:
        case [str(folder), bool(common), status, content]:
            source = Source(Path(folder), is_shared) if common else Source(Path(folder))
            return source.is_still(status, content)
    return False


def cache(targets: Iterable[str]) -> Cache:
    """The user's cache, unless what is linted could have been sent with it: it then lies in a
    folder of theirs."""
    here = Path.cwd()
    theirs = [folder for folder in here.parents if any(_marks(folder))]
    return of(here, *theirs, *map(names.absolute, targets))


def question(
    asked: Sequence[object], paths: Iterable[str], cache: Cache, *, terminal: bool
) -> Question:
    """What a command line asks here and now: ``asked`` is all that it says, and ``paths`` what
    in it may name a file."""
    here = Path.cwd()
    around = {name: os.environ.get(name) for name in _SHOWN}
    seen = [(str(folder), _seen(folder)) for folder in (here, *here.parents)]
    size = shutil.get_terminal_size() if terminal else None
    parts = (program(), repr(asked), seen, list(map(_meant, paths)), around, terminal, size)
    return Question(_digest(repr(parts)), cache)


def _marks(folder: Path) -> list[bool]:
    return [os.path.lexists(folder / mark) for mark in _MARKS]


def _seen(folder: Path) -> list[object]:
    """What decides whether a folder is the one to work in, and what its files of settings and
    known findings say. The working folder is, where no other is."""
    if not any(marks := _marks(folder)) and folder != Path.cwd():
        return []
    content = [_content(folder / name) for name in ("insatskoll.yaml", "insatskoll-baslinje.json")]
    return [marks, content, sorted(os.listdir(folder)), schema_files.in_reach(folder)]  # noqa: PTH208


def _meant(argument: str) -> list[object]:
    """What an argument may be taken for: a file, a folder, or the folder that it lies in."""
    path = names.absolute(argument)
    listed = sorted(os.listdir(path)) if path.is_dir() else _content(path)  # noqa: PTH208
    return [
        argument,
        str(path),
        path.is_dir(),
        listed,
        [_marks(above) for above in (path, *path.parents[:3])],
    ]


def _content(path: Path) -> str | None:
    try:
        return hashlib.blake2b(files.read(path), digest_size=16).hexdigest()
    except files.Unread as error:
        return error.reason
