"""Places: where in a file something stands, and where in its data.

A *span* is a place in the text; a *data path* is a place in the data (``("delar", 0, "namn")``).
Rules speak of data paths only; ``document.Document.span`` turns them into spans.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from insatskoll.patterns import later
from insatskoll.values import immutable

DataPath = tuple[str | int, ...]

_SEGMENT = later(r"\[(\d+)\]|([^.\[\]]+)")


@dataclass(frozen=True, order=True)
class Span:
    """A stretch of text. Lines and columns count code points from 1; the end is exclusive."""

    line: int = 1
    column: int = 1
    end_line: int = 1
    end_column: int = 1


@immutable
class Problem:
    """Something wrong with the file itself, found by the reader or the schema.

    ``rule`` is the id of the rule that describes it (IK901 and on), ``message`` says what was found
    and what was expected, ``remedy`` what to write instead, and ``related`` other places with a
    word on each. ``level`` is its own level, if not the rule's, and ``where`` the place in the
    data, if the schema found it.
    """

    rule: str
    message: str
    span: Span
    remedy: str = ""
    related: tuple[tuple[str, Span], ...] = ()
    level: str | None = None
    where: DataPath = ()


def path_text(path: DataPath) -> str:
    """Writes a data path as people read it: ``delar[0].dokumentation.nivå``."""
    text = ""
    for segment in path:
        if isinstance(segment, int):
            text += f"[{segment}]"
        else:
            text += f".{segment}" if text else segment
    return text


def part_at(path: DataPath) -> DataPath:
    """The part of an insats (``delar[n]``) that a path leads into; the empty path if none."""
    return path[:2] if path[:1] == ("delar",) else ()


def parse_path(text: str) -> DataPath:
    """Reads a data path written by :func:`path_text`; the empty text is the whole document."""
    return tuple(int(m[1]) if m[1] else m[2] for m in _SEGMENT.finditer(text))


def value_at(data: object, path: DataPath) -> Any:
    """The value at ``path`` in ``data``, or None where the path leads nowhere."""
    for segment in path:
        if isinstance(segment, int):
            if not isinstance(data, list) or segment >= len(data):
                return None
            data = data[segment]
        elif isinstance(data, dict):
            data = data.get(segment)
        else:
            return None
    return data
