"""Finds a table of contents that is typed or linked, so that it is not taken for what it leads
to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from insatskoll.importing.blocks import Block, Style, Text, texts
from insatskoll.patterns import later

_TITLE = later(r"(?:innehåll|innehållsförteckning|contents|table of contents)\s*:?", re.IGNORECASE)
_PAGE = later(r"(?:\s*(?:\.\s?){3,}\s*\d*|\s+\d{1,4})$")
_FEW = 3  # entries
_MOST = 8  # of ten that have to come again


def apart(blocks: Sequence[Block]) -> tuple[tuple[Block, ...], list[str]]:
    """``blocks`` with what stands in a table of contents as margin, and what to tell of it."""
    ends = [n for n, block in enumerate(blocks) if isinstance(block, Text) and _is_title(block)]
    if not ends:
        return tuple(blocks), []
    last = {_plain(text.words): n for n, block in enumerate(blocks) for text in texts((block,))}
    made = list(blocks)
    for start in ends:
        entries = start + 1
        hits = 0
        end = entries
        while entries < len(made) and isinstance(block := made[entries], Text):
            again = last[_plain(block.words)] > entries or _PAGE.search(block.words) is not None
            if _begins_content(block, last, entries):
                break
            hits += again
            entries += 1
            end = entries if again else end
            if hits * 10 < (entries - start - 2) * _MOST:
                break
        if hits >= _FEW:
            made[start:end] = [
                replace(one, style=Style.MARGIN, level=None) for one in made[start:end]
                if isinstance(one, Text)
            ]  # fmt: skip
    told = ["Innehållsförteckningen är inte läst som innehåll"]
    return tuple(made), told if made != list(blocks) else []


def _is_title(block: Text) -> bool:
    return block.style is not Style.MARGIN and _TITLE.fullmatch(block.words) is not None


def _begins_content(block: Text, last: dict[str, int], at: int) -> bool:
    """Whether a heading of the document stands here, no entry that leads to one."""
    return block.style is Style.HEADING and last[_plain(block.words)] <= at


def _plain(words: str) -> str:
    return _PAGE.sub("", words).casefold().strip()
