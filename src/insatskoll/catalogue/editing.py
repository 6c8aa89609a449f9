"""Changes a field, or an item of a list, in a YAML file that somebody else has written.

Only its own lines are written anew. What is made is read again: a change that would say anything
else, or lose a comment, is not made.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from insatskoll.catalogue.canonical import to_flow, to_line, to_readable_yaml
from insatskoll.catalogue.formatting import formatted
from insatskoll.patterns import later
from insatskoll.reading import comments, document, schema, tidy
from insatskoll.reading.document import Document
from insatskoll.reading.hygiene import UnreadableDocument
from insatskoll.reading.places import DataPath, value_at

_COMMENT = later(r"[ \t]+#[^\n]*")
_HEADER = later(r"[|>][-+0-9]*(?P<comment>[ \t]+#[^\n]*)?\n")
_DASH = later(r"[ \t]*-[ \t]+")


class _Cannot(Exception):
    """The change cannot be made without changing anything else."""


def there(data: Any, at: DataPath) -> Any:
    """What ``data`` has at a place, None for nothing."""
    try:
        return value_at(data, at)
    except (KeyError, IndexError, TypeError):
        return None


def put(path: Path, text: str, kind: str, at: DataPath, value: object) -> str | None:
    """The ``text`` of a file of a ``kind`` with ``value`` in the field ``at``, or without that if
    it is None; the same text where it has it already. None if it cannot be done, or the file would
    not follow its schema."""
    read = document.parse(path, text)
    if there(read.data, at) == value:
        return text
    wanted = _with(read.data, at, value) if value is not None else _without(read.data, at)
    if value is None:
        return _made(read, kind, wanted, lambda: _removed(read, at))
    return _made(read, kind, wanted, lambda: _put(read, at, value))


def insert(path: Path, text: str, kind: str, at: DataPath, value: object) -> str | None:
    """The ``text`` of a file with ``value`` as a new item of a list: ``at`` is the place that it
    gets, and what stands there comes after it. None as in :func:`put`."""
    read = document.parse(path, text)
    *above, number = at
    held = there(read.data, tuple(above))
    if not isinstance(held, list) or not isinstance(number, int):
        return None
    whole = [*held[:number], value, *held[number:]]
    wanted = _with(read.data, tuple(above), whole)
    return _made(read, kind, wanted, lambda: _inserted(read, tuple(above), number, value))


def _made(read: Document, kind: str, wanted: Any, change: Callable[[], str]) -> str | None:
    if not schema.holds(wanted, kind):
        return None
    try:
        made = change()
        if document.parse(read.path, made).data != wanted:
            return None
    except (_Cannot, UnreadableDocument, KeyError):
        return None
    if comments.every(made) != comments.every(read.text):
        return None
    return _tidied(read.text, made, kind)


def _tidied(before: str, made: str, kind: str) -> str:
    """What is made in the one layout, if that is what it had."""
    try:
        return formatted(made, kind) if formatted(before, kind) == before else made
    except tidy.Untidy:
        return made


def _with(data: Any, at: DataPath, value: object) -> Any:
    """``data`` with another value at a place, and with what has to be around it."""
    if not at:
        return value
    step, rest = at[0], at[1:]
    copied: Any = list(data or ()) if isinstance(step, int) else dict(data or {})
    if isinstance(step, int):
        inner = copied[step] if step < len(copied) else None
        copied[step : step + 1] = [_with(inner, rest, value)]
    else:
        copied[step] = _with(copied.get(step), rest, value)
    return copied


def _without(data: Any, at: DataPath) -> Any:
    """``data`` without what is at a place, nor what would be left empty."""
    held = there(data, at[:-1])
    if len(at) > 1 and len(held) == 1:
        return _without(data, at[:-1])
    copied: Any = list(held) if isinstance(held, list) else dict(held)
    del copied[at[-1]]
    return _with(data, at[:-1], copied)


def _put(read: Document, at: DataPath, value: object) -> str:
    group = there(read.data, at[:-1])
    if not group:
        return _put(read, at[:-1], [value] if isinstance(at[-1], int) else {at[-1]: value})
    if there(read.data, at) is None:
        return _inserted(read, at[:-1], at[-1], value)
    return _replaced(read, at, value)


def _inserted(read: Document, group: DataPath, step: str | int, value: object) -> str:
    """The text with a new field last in a group, or an item in a list."""
    held = value_at(read.data, group)
    new = [value] if isinstance(held, list) else {str(step): value}
    column = read.column(group)
    if column is None:
        return _within(read, group, step, to_flow(new)[1:-1])
    lines = [" " * column + line for line in to_readable_yaml(new).splitlines()]
    entries = list(range(len(held))) if isinstance(held, list) else list(held)
    if step == 0:
        start = _line_start(read.text, read.extent((*group, 0))[0])
    else:
        last = entries[int(step) - 1] if isinstance(held, list) else entries[-1]
        end = read.end((*group, last))
        if end is None:
            raise _Cannot
        start = _line_end(read.text, end)
    before = read.text[:start]
    before += "" if not before or before.endswith("\n") else "\n"
    return before + "\n".join(lines) + "\n" + read.text[start:]


def _within(read: Document, group: DataPath, step: str | int, words: str) -> str:
    """The text with ``words`` put in what stands in brackets."""
    held = value_at(read.data, group)
    start, end = read.extent(group)
    if read.text[start : start + 1] not in ("{", "["):
        raise _Cannot
    if isinstance(held, list) and isinstance(step, int) and step < len(held):
        at = read.extent((*group, step))[0]
        return f"{read.text[:at]}{words}, {read.text[at:]}"
    inside = read.text[: end - 1].rstrip()
    return f"{inside}, {words}{read.text[end - 1 :]}"


def _replaced(read: Document, at: DataPath, value: object) -> str:
    begin, end = read.extent(at)[0], read.end(at)
    if end is None:
        raise _Cannot
    column, within = read.column(at), read.column(at[:-1])
    if isinstance(value, list | dict) and column is not None:
        lines = to_readable_yaml(value).splitlines()
        return read.text[:begin] + f"\n{' ' * column}".join(lines) + read.text[end:]
    if isinstance(value, str) and "\n" in value:
        if within is None:
            raise _Cannot
        return _as_block(read, begin, end, within, value)
    alone = within is not None and not isinstance(value, list | dict)
    words = to_line(value) if alone else to_flow([value])[1:-1]
    header = _HEADER.match(read.text, begin)
    comment = header["comment"] or "" if header else ""
    return read.text[:begin] + words + comment + read.text[end:]


def _as_block(read: Document, begin: int, end: int, column: int, value: str) -> str:
    """The text with a text of several lines from ``begin`` to ``end``; a comment at the end of the
    line stays there."""
    header = _HEADER.match(read.text, begin)
    after = _COMMENT.match(read.text, end)
    comment = (header["comment"] or "") if header else ""
    if after and not header:
        comment, end = after[0], after.end()
    first, *lines = to_readable_yaml([value]).splitlines()
    indent = " " * column
    body = "\n".join(f"{indent}{line}" if line else "" for line in lines)
    return f"{read.text[:begin]}{first.removeprefix('- ')}{comment}\n{body}{read.text[end:]}"


def _removed(read: Document, at: DataPath) -> str:
    group = value_at(read.data, at[:-1])
    if len(group) == 1:
        if len(at) == 1:
            raise _Cannot
        return _removed(read, at[:-1])
    begin = read.extent(at)[0] if isinstance(at[-1], int) else read.key(at)[0]
    end = read.end(at)
    if end is None:
        raise _Cannot
    if read.column(at[:-1]) is None:
        return _cut(read.text, begin, end)
    start = _line_start(read.text, begin)
    before = read.text[start:begin]
    if not (_DASH.fullmatch(before) if isinstance(at[-1], int) else not before.strip()):
        raise _Cannot
    return read.text[:start] + read.text[_line_end(read.text, end) :]


def _cut(text: str, begin: int, end: int) -> str:
    """The text without what stands in brackets between two places, and the comma beside it."""
    before, after = text[:begin].rstrip(), text[end:].lstrip()
    if after.startswith(","):
        return text[:begin] + after[1:].lstrip()
    return before.removesuffix(",") + text[end:]


def _line_start(text: str, at: int) -> int:
    return text.rfind("\n", 0, at) + 1


def _line_end(text: str, at: int) -> int:
    found = re.compile(r"[^\n]*\n?").match(text, at)
    assert found is not None
    return found.end()
