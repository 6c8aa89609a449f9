"""Files that are copies of others beside them, whatever they are called: what tells is that they
have the name of the same insats, or nearly the same text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from insatskoll.names import is_plain
from insatskoll.patterns import later
from insatskoll.reading import encodings, files
from insatskoll.reading.hygiene import MAX_BYTES

_NAME = later(r"(?im)^namn[ \t]*:[ \t]*(\S.*)$")
_MUCH = 0.9  # of the lines of the longer of two texts, for one to be a copy of the other
_MOST = 300  # files in a folder that are compared line by line


class Beside:
    """The files that lie in one folder, each read at most once."""

    def __init__(self, paths: Iterable[Path], door: files.Door) -> None:
        told = {path: _text(path, door) for path in sorted(paths) if is_plain(path.name)}
        texts = {path: text for path, text in told.items() if text is not None}
        self._names: dict[str, list[Path]] = {}
        for path, text in texts.items():
            if name := _name(text):
                self._names.setdefault(name, []).append(path)
        few = len(texts) <= _MOST
        self._lines = {path: _lines(text) for path, text in texts.items()} if few else {}

    def like(self, path: Path, text: str) -> Path | None:
        """The first other file that the one at ``path`` with a ``text`` has the name of, or nearly
        the lines of; None if there is none such."""
        same = [other for other in self._names.get(_name(text), ()) if other != path]
        if same:
            return same[0]
        own = _lines(text)
        return next(
            (
                other
                for other, lines in self._lines.items()
                if other != path and _overlap(own, lines) >= _MUCH
            ),
            None,
        )


def _text(path: Path, door: files.Door) -> str | None:
    try:
        meant = encodings.meant(door(path, MAX_BYTES))
    except files.Unread:
        return None
    return meant.text if meant is not None else None


def _name(text: str) -> str:
    """The name that a text gives its insats, as names are compared; empty if it gives none."""
    found = _NAME.search(text)
    if found is None:
        return ""
    return " ".join(found[1].partition(" #")[0].strip("\"' \t\r").casefold().split())


def _lines(text: str) -> Counter[str]:
    return Counter(line for one in text.splitlines() if (line := one.strip()))


def _overlap(one: Counter[str], other: Counter[str]) -> float:
    """How much of the longer of two texts the other has too, up to 1."""
    longer = max(one.total(), other.total())
    return (one & other).total() / longer if longer else 0
