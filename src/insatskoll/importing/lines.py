"""Puts together the lines that a format without paragraphs has broken a text into.

Plain text, and what is taken out of a page as lines, has no paragraphs. A line goes on in the next
where it ends in the middle of a sentence, or is as wide as lines are and does not end one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from insatskoll.importing import labels
from insatskoll.importing.blocks import Block, Style, Text
from insatskoll.patterns import later

_BROKEN = 0.12  # of the lines that must go on in small letters for a text to be broken into lines
_FULL = 0.72  # of the usual width, from which a line is full
_SHORT = 0.5
_ENDED = (".", "!", "?", ":", ";")
_POINT = later(r"(?:[•●○▪■–—*-]|\d{1,2}[.)])\s+\S")
_NUMBERED = later(r"(?:\d+(?:\.\d+)+\.?|\d+\.?) [A-ZÅÄÖ]\w|Bilaga \d+\b")
_SMALL = later(r"[a-zåäöé(]")


def whole(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks with broken lines put together; as they are where texts are whole."""
    if not _are_broken(blocks):
        return tuple(blocks)
    return tuple(_joined(blocks, _width(blocks)))


def whole_lines(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """As :func:`whole`, for lines that are known to be broken: those of a cell."""
    texts = [block for block in blocks if isinstance(block, Text)]
    width = max((len(text.words) for text in texts), default=0)
    return tuple(_joined(blocks, int(width * 0.9)))


def _plain(block: Block) -> bool:
    return isinstance(block, Text) and block.style is Style.BODY


def _are_broken(blocks: Sequence[Block]) -> bool:
    texts = [block for block in blocks if isinstance(block, Text) and block.style is Style.BODY]
    on = sum(
        1
        for first, second in pairwise(texts)
        if not first.words.rstrip().endswith(_ENDED) and _SMALL.match(second.words)
    )
    return len(texts) > 3 and on > _BROKEN * len(texts)


def _width(blocks: Sequence[Block]) -> int:
    """How wide a full line is."""
    lengths = sorted(len(block.words) for block in blocks if isinstance(block, Text))
    return lengths[min(len(lengths) - 1, int(len(lengths) * 0.85))]


def _joined(blocks: Sequence[Block], width: int) -> Iterator[Block]:
    held: Text | None = None
    last = held
    for at, block in enumerate(blocks):
        if not isinstance(block, Text) or not _plain(block):
            yield from (held,) if held is not None else ()
            held = last = None
            yield block
            continue
        alone = _stands_alone(block, blocks[at + 1] if at + 1 < len(blocks) else None, width)
        if held is not None and last is not None and _goes_on(held, last, block, width, alone):
            held = replace(held, words=_put(held.words, block.words))
        else:
            yield from (held,) if held is not None else ()
            held = block
        last = block
    yield from (held,) if held is not None else ()


def _stands_alone(line: Text, following: Block | None, width: int) -> bool:
    """Whether a line begins and ends something by itself, as a heading does: it is short, ends no
    sentence, and what follows begins anew."""
    if line.words.rstrip().endswith(_ENDED):
        return False
    if numbered(line.words) and len(line.words) <= _FULL * width:
        return True
    if not line.words[:1].isupper():
        return False
    if len(line.words) > _FULL * width or not isinstance(following, Text):
        return False
    return following.spot.paragraph - line.spot.paragraph > 1 or not _SMALL.match(following.words)


def _put(before: str, after: str) -> str:
    """Two lines as one; a word that is parted at the end of the first is put together."""
    if before.endswith("-") and _SMALL.match(after) and before[-2:-1].isalpha():
        first = after.split(" ", 1)[0]
        if first not in ("och", "eller", "samt", "till"):
            return before[:-1] + after
    return f"{before} {after}"


def _goes_on(held: Text, last: Text, line: Text, width: int, alone: bool) -> bool:
    """Whether the text ``held``, whose last line is ``last``, goes on in ``line``, which may look
    as if it stood ``alone``."""
    words, before = line.words, last.words.rstrip()
    if _POINT.match(words) or _is_label(words) or (words[:1].isupper() and _opens(words)):
        return False
    if numbered(words) and (alone or len(words) <= _FULL * width):
        return False
    ended, full = before.endswith(_ENDED), len(before) > _FULL * width
    small = bool(_SMALL.match(words))
    if held is last and _is_label(before) and not small:
        return False
    if line.spot.paragraph - last.spot.paragraph > 1:
        return not ended and not alone and (full or (small and len(before) > _SHORT * width))
    if ended:
        return (full and not alone) or (small and not before.endswith("."))
    return small or words[:1].isdigit() or (full and not alone)


def numbered(words: str) -> bool:
    """Whether a line begins as a numbered heading does: ”4 INSATSER”, ”3.1 Villkor”, ”Bilaga 1”."""
    return _NUMBERED.match(words) is not None


def _is_label(words: str) -> bool:
    return words[:1].isupper() and bool(labels.meanings(words))


def _opens(words: str) -> bool:
    """Whether a line begins with a label and a colon."""
    return ":" in words[:60] and labels.lead(words) is not None
