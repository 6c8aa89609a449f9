"""Adds a decision to the catalogue's section of CHANGELOG.md, and leaves every other byte as it
is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from insatskoll.errors import Refused
from insatskoll.lint.reporters.markdown import escape
from insatskoll.patterns import later
from insatskoll.reading import files

SECTION = "Katalogen"
MAX_BYTES = 10_000_000  # of many years' decisions
_NEW = (
    "# Ändringar\n\nFormatet följer [Keep a Changelog](https://keepachangelog.com/sv/1.1.0/).\n"
    "\n## [Unreleased]\n"
)
_HEADING = later(r" {0,3}(#{1,6})[ \t]+(.*?)[ \t#]*$")
_LINKED = later(r"^\[([^\]]*)\](\[.*\]|\(.*\))?$")
_FENCE = later(r" {0,3}(```|~~~)")
_ITEM = later(r" {0,3}[-*+][ \t]")
_LINK = later(r" {0,3}\[[^\]]+\]:")  # [Unreleased]: https://…, which stand last


class ChangelogError(Refused):
    """CHANGELOG.md cannot be used; the message says why."""


def read(path: Path) -> tuple[str, bytes | None]:
    """The text of the changelog, its line breaks as they are, and its bytes; a new one's text, and
    None, if there is none.

    Raises :class:`ChangelogError`.
    """
    if not files.there(path):
        return _NEW, None
    try:
        text = files.read_text(path, MAX_BYTES)
    except files.Unread as error:
        raise ChangelogError(str(error)) from None
    return text, text.encode()


def entry(head: str, rest: str, sentences: Sequence[str]) -> str:
    """An entry as Markdown: ``head`` in bold and ``rest`` after it, and each sentence as an item
    below. All are taken as text."""
    lines = [
        f"- **{escape(head)}** {escape(rest)}",
        *(f"  - {_item(sentence)}" for sentence in sentences),
    ]
    return "\n".join(lines) + "\n"


def _item(text: str) -> str:
    """``text`` as the content of a list's item, where its first characters could start a heading or
    a list."""
    return re.sub(
        r"^(?:([-+=#])|([0-9]+)([.)]))",
        lambda m: f"\\{m[1]}" if m[1] else f"{m[2]}\\{m[3]}",
        escape(text),
    )


def added(text: str, new: str) -> str:
    """``text`` with the entry ``new`` first in the section of the catalogue under Unreleased, which
    is made if need be."""
    lines = list(_lines(text))
    unreleased = next((i for i, line in enumerate(lines) if _is(line, 2, "unreleased")), None)
    if unreleased is None:
        first = next((i for i, line in enumerate(lines) if line.level == 2), len(lines))
        return _inserted(
            text, lines, _end(lines, 0, first), f"## [Unreleased]\n\n### {SECTION}\n\n{new}"
        )
    until = next(
        (i for i in range(unreleased + 1, len(lines)) if 0 < lines[i].level <= 2), len(lines)
    )
    section = next((i for i in range(unreleased + 1, until) if _is(lines[i], 3, SECTION)), None)
    if section is None:
        first = next((i for i in range(unreleased + 1, until) if lines[i].level == 3), until)
        return _inserted(text, lines, _end(lines, unreleased, first), f"### {SECTION}\n\n{new}")
    until = next((i for i in range(section + 1, until) if 0 < lines[i].level <= 3), until)
    item = next((i for i in range(section + 1, until) if lines[i].item), None)
    if item is None:
        return _inserted(text, lines, _end(lines, section, until), new)
    return _put(text, lines[item].start, new)


class _Line(NamedTuple):
    """A line: where it starts in the text, what it says, its level if it is a heading (else 0), and
    if it begins an item."""

    start: int
    said: str
    level: int
    item: bool


def _lines(text: str) -> Iterator[_Line]:
    """The lines of ``text``. In a block of code there are neither headings nor items."""
    fence = ""
    for match in re.finditer(r"[^\n]*\n|[^\n]+", text):
        said = match[0].rstrip("\r\n")
        mark = _FENCE.match(said)
        if mark and fence in ("", mark[1]):
            fence = "" if fence else mark[1]
        heading = None if fence else _HEADING.match(said)
        yield _Line(
            match.start(),
            said,
            len(heading[1]) if heading else 0,
            not fence and bool(_ITEM.match(said)),
        )


def _is(line: _Line, level: int, title: str) -> bool:
    heading = _HEADING.match(line.said)
    return (
        line.level == level
        and heading is not None
        and _LINKED.sub(r"\1", heading[2]).casefold() == title.casefold()
    )


def _end(lines: Sequence[_Line], start: int, until: int) -> int:
    """After the last line with content among those from ``start``; links that stand last are not
    content."""
    while until > start + 1 and (
        not lines[until - 1].said.strip() or _LINK.match(lines[until - 1].said)
    ):
        until -= 1
    return until


def _inserted(text: str, lines: Sequence[_Line], place: int, block: str) -> str:
    """``text`` with ``block`` before the line numbered ``place``, and an empty line on both
    sides."""
    before = "\n" if place and lines[place - 1].said.strip() else ""
    after = "\n" if place < len(lines) and lines[place].said.strip() else ""
    return _put(
        text, lines[place].start if place < len(lines) else len(text), before + block + after
    )


def _put(text: str, at: int, block: str) -> str:
    """``text`` with ``block`` at ``at``, with the line breaks of the text, and without a last one
    if the text has none."""
    if at and not text[:at].endswith("\n"):
        block = "\n" + block.removesuffix("\n")
    if text.partition("\n")[0].endswith("\r"):
        block = block.replace("\n", "\r\n")
    return text[:at] + block + text[at:]
