"""Finds a table of contents that is typed or linked, so that it is not taken for what it leads
to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from insatskoll.importing.blocks import Block, Style, Text, texts
from insatskoll.patterns import later

_TITLE = later(r"innehåll|(?:innehållsförteckning|contents|table of contents)\s*:?", re.IGNORECASE)
_PAGE = later(r"(?:\s*(?:\.\s?){3,}\s*\d*|\s+\d{1,4})$")
_LONG = 200  # characters, more than an entry has
_FEW = 3  # entries
_NEAR = 2  # blocks between a table of contents and what its first entry leads to
_MOST = 8  # of ten that have to come again


def apart(blocks: Sequence[Block]) -> tuple[tuple[Block, ...], list[str]]:
    """``blocks`` with what stands in a table of contents as margin, and what to tell of it."""
    ends = [n for n, block in enumerate(blocks) if isinstance(block, Text) and _is_title(block)]
    if not ends:
        return tuple(blocks), []
    last = {_plain(text.words): n for n, block in enumerate(blocks) for text in texts((block,))}
    made = list(blocks)
    for start in ends:
        end = _end(blocks, start, last)
        made[start:end] = [
            replace(one, style=Style.MARGIN, level=None) for one in made[start:end]
            if isinstance(one, Text)
        ]  # fmt: skip
    told = ["Innehållsförteckningen är inte läst som innehåll"]
    return tuple(made), told if made != list(blocks) else []


def _end(blocks: Sequence[Block], start: int, last: dict[str, int]) -> int:
    """Where the table of contents ends whose title is the block ``start``; there if it is none.

    It has an end where something comes again that has been an entry, where a heading stands, or
    where something long does.
    """
    seen: dict[str, int] = {}
    found: list[int] = []  # the entries
    alike = False
    for at in range(start + 1, len(blocks)):
        block = blocks[at]
        if not isinstance(block, Text) or len(block.words) > _LONG:
            break
        words = _plain(block.words)
        target = blocks[last[words]]
        leads = last[words] > at
        if words in seen or block.style is Style.HEADING:
            break
        seen[words] = last[words]
        if _PAGE.search(block.words):
            found.append(at)
        elif leads:
            found.append(at)
            alike = alike or (isinstance(target, Text) and _looks(block) == _looks(target))
        if len(found) * 10 < (at - start - 2) * _MOST:
            break
    if len(found) < _FEW:
        return start
    end = found[-1] + 1
    first = seen[_plain(getattr(blocks[found[0]], "words", ""))]
    return end if not alike or end <= first <= end + _NEAR else start


def _looks(block: Text) -> tuple[object, ...]:
    """What tells an entry from the heading that it leads to; where nothing does, the entries are
    such only if what the first of them leads to stands right after them: else they are labels that
    come again."""
    return (block.style, block.level, block.bold, block.size)


def _is_title(block: Text) -> bool:
    return block.style is not Style.MARGIN and _TITLE.fullmatch(block.words) is not None


def _plain(words: str) -> str:
    return _PAGE.sub("", words).casefold().strip()
