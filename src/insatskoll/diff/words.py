"""Two texts compared word by word."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")
_MOST = 4_000_000  # tokens times tokens: about a second; beyond it a text is told as replaced


class Piece(NamedTuple):
    """A stretch of text that both have, or that only the old or only the new has."""

    kind: Literal["same", "removed", "added"]
    text: str


def compare(old: str, new: str) -> list[Piece]:
    """The pieces that make up both texts: without the added ones they are ``old``, without the removed ones ``new``."""
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    start = 0
    while start < min(len(before), len(after)) and before[start] == after[start]:
        start += 1
    end = 0
    while end < min(len(before), len(after)) - start and before[-1 - end] == after[-1 - end]:
        end += 1
    left, right = before[start : len(before) - end], after[start : len(after) - end]
    pieces = [Piece("same", "".join(before[:start]))]
    if len(left) * len(right) > _MOST:
        pieces += [Piece("removed", "".join(left)), Piece("added", "".join(right))]
    else:
        pieces += _middle(left, right)
    pieces.append(Piece("same", "".join(before[len(before) - end :])))
    return [piece for piece in pieces if piece.text]


def _middle(left: list[str], right: list[str]) -> list[Piece]:
    pieces: list[Piece] = []
    for op, a, b, c, d in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        same = "".join(left[a:b])
        # A lone space between two changes reads better as a part of them.
        if op == "equal" and (same.strip() or not pieces):
            pieces.append(Piece("same", same))
        else:
            pieces += [Piece("removed", same), Piece("added", "".join(right[c:d]))]
    return _joined(pieces)


def _joined(pieces: list[Piece]) -> list[Piece]:
    """Runs of removed and added pieces as one of each."""
    joined: list[Piece] = []
    removed = added = ""
    for piece in [*pieces, Piece("same", "")]:
        if piece.kind == "removed":
            removed += piece.text
        elif piece.kind == "added":
            added += piece.text
        else:
            joined += [Piece("removed", removed), Piece("added", added), piece]
            removed = added = ""
    return joined
