"""The municipality's own log of its decisions, in its folder: an entry for each decision and for
what has happened to one, the newest first. Every other byte is left as it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from insatskoll.errors import Refused
from insatskoll.lint.reporters.markdown import escape
from insatskoll.patterns import later
from insatskoll.reading import files

if TYPE_CHECKING:
    from insatskoll.reading.schema_types import Beslutsuppgifter

NAME = "ändringslogg.md"
MAX_BYTES = 10_000_000  # of many years' decisions
_HEADING = later(r" {0,3}##(?!#)[ \t]")
_FENCE = later(r" {0,3}(```|~~~)")


class ChangelogError(Refused):
    """The log cannot be used; the message says why."""


def read(path: Path) -> bytes | None:
    """The bytes of the log; None if there is none. Raises :class:`ChangelogError`."""
    if not files.there(path):
        return None
    try:
        return files.read_text(path, MAX_BYTES).encode()
    except files.Unread as error:
        raise ChangelogError(str(error)) from None


def head(facts: Beslutsuppgifter) -> str:
    """What the entry of a decision is headed by: ”2025-10-20 § 12 (SN 2025/1)”."""
    return f"{facts.get('datum')} {facts.get('paragraf')} ({facts.get('diarienummer')})"


def entry(head: str, lead: str, sentences: Sequence[str]) -> str:
    """An entry as Markdown: a heading, a paragraph, and each sentence as an item. All are taken as
    text."""
    listed = "".join(f"- {_item(sentence)}\n" for sentence in sentences)
    return f"## {escape(head)}\n\n{_item(lead)}\n" + (f"\n{listed}" if listed else "")


def _item(text: str) -> str:
    """``text`` as the content of a paragraph or an item, where its first characters could start a
    heading or a list."""
    return re.sub(
        r"^(?:([-+=#])|([0-9]+)([.)]))",
        lambda m: f"\\{m[1]}" if m[1] else f"{m[2]}\\{m[3]}",
        escape(text),
    )


def new(kommun: str) -> str:
    """The log of a municipality without any entry."""
    return f"# Ändringslogg för {escape(kommun)}\n\nBesluten, det senaste först.\n"


def added(held: bytes | None, one: str, kommun: str) -> bytes:
    """The log that was ``held``, None for a new one of ``kommun``, with the entry ``one`` before
    the others."""
    text = new(kommun) if held is None else held.decode()
    start = _first_entry(text)
    before = text[:start]
    if before and not before.endswith("\n"):
        before += "\n"
    gap = "\n" if before and not before.endswith(("\n\n", "\n\r\n")) else ""
    after = "\n" if text[start:] else ""
    return (before + _with_breaks_of(text, gap + one + after) + text[start:]).encode()


def removed(held: bytes, one: str, kommun: str) -> bytes | None:
    """The log that :func:`added` made with ``one`` as it was before, None where it was new. Raises
    :class:`ChangelogError` where the entry is not there as it was written."""
    text = held.decode()
    written = _with_breaks_of(text, one)
    at = text.find(written)
    if at < 0 or at != _first_entry(text):
        raise ChangelogError(
            f"{NAME}: Raderna om det som ska ångras är ändrade, eller står inte först. Ta bort "
            "dem för hand, med allt annat, eller återställ filen ur versionshistoriken."
        )
    rest = text[at + len(written) :]
    gap = _with_breaks_of(text, "\n")
    before = text[:at] + rest.removeprefix(gap) if rest else text[:at].removesuffix(gap)
    return None if before == new(kommun) else before.encode()


def has(held: bytes | None, one: str) -> bool:
    """Whether the log has an entry with the heading of ``one``."""
    text = "" if held is None else held.decode()
    return one.partition("\n")[0] in map(str.rstrip, text.split("\n"))


def _first_entry(text: str) -> int:
    """Where the first entry begins; the end of the text if there is none. In a block of code there
    are no headings."""
    fence = ""
    for match in re.finditer(r"[^\n]*\n|[^\n]+", text):
        mark = _FENCE.match(match[0])
        if mark and fence in ("", mark[1]):
            fence = "" if fence else mark[1]
        elif not fence and _HEADING.match(match[0]):
            return match.start()
    return len(text)


def _with_breaks_of(text: str, block: str) -> str:
    return block.replace("\n", "\r\n") if text.partition("\n")[0].endswith("\r") else block
