"""Finds the chapters that have only moved: removed in one place and added in another, word for
word, so that they can be marked as Word marks what is moved."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from insatskoll.tracked.marks import Marked
from insatskoll.values import immutable

MOVED_FROM, MOVED_TO = "moveFrom", "moveTo"


@immutable
class Move:
    """Where a chapter stood or stands: ``tag`` is one of those above, ``number`` the same
    for both, and ``first`` and ``last`` are the places of its paragraphs among those marked."""

    tag: str
    number: int
    first: int
    last: int


def moves(found: Sequence[Marked]) -> dict[int, Move]:
    """The paragraphs that belong to a chapter which has moved, by their place in ``found``.

    Only one that is there once on either side is taken, and only where each of its paragraphs is
    removed or added by its own mark: else Word could not put it back.
    """
    removed, added = (_chapters(found, side) for side in ("del", "ins"))
    moved: dict[int, Move] = {}
    number = 0
    for words, places in removed.items():
        others = added.get(words, [])
        if len(places) != 1 or len(others) != 1 or places[0][0] in moved or others[0][0] in moved:
            continue
        number += 1
        for tag, (first, last) in ((MOVED_FROM, places[0]), (MOVED_TO, others[0])):
            move = Move(tag, number, first, last)
            moved |= dict.fromkeys(range(first, last + 1), move)
    return moved


def _chapters(found: Sequence[Marked], side: str) -> dict[Hashable, list[tuple[int, int]]]:
    """The chapters that are wholly removed (``del``) or added (``ins``), by what they say, with the
    places of their first and last paragraphs; the outer ones first."""
    made: dict[Hashable, list[tuple[int, int]]] = {}
    for first, marked in enumerate(found):
        level = _level(marked, side)
        if level < 1:
            continue
        last = first
        while last + 1 < len(found) and (below := _level(found[last + 1], side)) >= 0:
            if 0 < below <= level:
                break
            last += 1
        words = tuple(_key(one) for one in found[first : last + 1])
        made.setdefault(words, []).append((first, last))
    return made


def _level(marked: Marked, side: str) -> int:
    """The level of a heading, 0 for another paragraph that is removed or added whole and by its own
    mark, and -1 for anything else."""
    old, new, mark, before, after = marked
    node = old if side == "del" else new
    own = (old, None, old, None) if side == "del" else (None, new, None, new)
    if node is None or mark != side or (old, new, before, after) != own:
        return -1
    return node.level if node.kind == "p" and not node.shape else -1


def _key(marked: Marked) -> Hashable:
    node = marked[0] or marked[1]
    return None if node is None else node.key
