"""Finds a table of contents that is typed or linked, so that it is not taken for what it leads
to."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from insatskoll.importing.blocks import Block, Style, Text, texts
from insatskoll.patterns import later

_TITLE = later(r"innehåll|(?:innehållsförteckning|contents|table of contents)\s*:?", re.IGNORECASE)
_PAGE = later(r"(?:\s*(?:\.\s?){3,}\s*\d*|\s+\d{1,4})$")
_LONG = 200  # characters, more than an entry has
_FEW = 3  # entries
_MOST = 8  # of ten that have to come again


def apart(blocks: Sequence[Block]) -> tuple[tuple[Block, ...], list[str]]:
    """``blocks`` with what stands in a table of contents as margin, and what to tell of it."""
    ends = [n for n, block in enumerate(blocks) if isinstance(block, Text) and _is_title(block)]
    if not ends:
        return tuple(blocks), []
    said = [(_plain(text.words), n) for n, block in enumerate(blocks) for text in texts((block,))]
    last, many = dict(said), Counter(words for words, _ in said)
    labels = {words for words in many if len(ends) > 1 and many[words] >= len(ends)}
    made = list(blocks)
    for start in ends:
        end = _end(made, start, last, labels)
        made[start:end] = [
            replace(one, style=Style.MARGIN, level=None) for one in made[start:end]
            if isinstance(one, Text)
        ]  # fmt: skip
    told = ["Innehållsförteckningen är inte läst som innehåll"]
    return tuple(made), told if made != list(blocks) else []


def _end(blocks: Sequence[Block], start: int, last: dict[str, int], labels: set[str]) -> int:
    """Where the table of contents ends whose title is the block ``start``; there if it is none:
    what stands as often as such a title does (``labels``) is a label as that, and no entry.

    It has an end where something comes again that has been an entry, where a heading stands, or
    where something long does.
    """
    seen: set[str] = set()
    hits, end = 0, start
    for at in range(start + 1, len(blocks)):
        block = blocks[at]
        if not isinstance(block, Text) or len(block.words) > _LONG:
            break
        words = _plain(block.words)
        leads = last[words] > at
        if words in seen or block.style is Style.HEADING:
            break
        seen.add(words)
        if (leads and words not in labels) or _PAGE.search(block.words):
            hits, end = hits + 1, at + 1
        if hits * 10 < (at - start - 2) * _MOST:
            break
    return end if hits >= _FEW else start


def _is_title(block: Text) -> bool:
    return block.style is not Style.MARGIN and _TITLE.fullmatch(block.words) is not None


def _plain(words: str) -> str:
    return _PAGE.sub("", words).casefold().strip()
