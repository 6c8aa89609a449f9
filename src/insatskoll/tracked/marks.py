"""Decides which paragraph mark carries the change where paragraphs were added or removed.

Word ties a paragraph's style to the mark at its end, and cannot remove the last mark of a cell, or
of what stands before a table.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from insatskoll.tracked.blocks import Node, Pair

# A pair, what happens to its mark, and which paragraphs' properties that mark has before and after.
Marked = tuple[Node | None, Node | None, str, Node | None, Node | None]


def marks(found: Sequence[Pair]) -> Iterator[Marked]:
    """Decides which mark goes where paragraphs were added or removed: their own, or the one before
    the first of them.

    The latter where they are last in a section or cell or before a table, for the mark there cannot
    be removed.
    """
    start = 0
    for at in range(len(found) + 1):
        apart = (
            at == len(found)
            or is_table(found[at])
            or (None not in found[at] and not _plain(found[at]))
        )
        turns = at and not apart and side_of(found[at - 1]) not in ("", side_of(found[at]))
        if apart or (turns and _typed_on(found[start:at]) and _stays(found[at:])):
            part = _with_shared_end(found[start:at])
            shift = _shift(part)
            for n, (a, b) in enumerate(part):
                yield _shifted(part, shift, n) if n >= shift else (a, b, side_of((a, b)), a, b)
            yield from ((a, b, "", a, b) for a, b in found[at : at + apart])
            start = at + apart


def _typed_on(part: Sequence[Pair]) -> bool:
    """Whether the last paragraphs are of the same style as the one before them, which has a change
    at its end.

    They are marked as Word does when they are typed on there. Otherwise LibreOffice takes the two
    changes, and the mark between them that has not changed, for one.
    """
    at = _shift(part)
    if at >= len(part) - 1:
        return False
    (old, new), last = part[at], part[-1][0] or part[-1][1]
    if (
        old is None
        or new is None
        or last is None
        or not old.properties == new.properties == last.properties
    ):
        return False
    return [token.key for token in old.tokens[-1:]] != [token.key for token in new.tokens[-1:]]


def _stays(found: Sequence[Pair]) -> bool:
    """Whether a paragraph of both documents comes before any table and the end: what is added or
    removed before it has marks."""
    first = next((pair for pair in found if None not in pair or is_table(pair)), None)
    return first is not None and _plain(first)


def _shifted(part: Sequence[Pair], shift: int, at: int) -> Marked:
    a, b = part[at]
    kept_a, kept_b = part[shift]
    added = part[-1][0] is None
    if at < len(part) - 1:
        return a, b, "ins" if added else "del", None if added else a, b if added else None
    return a, b, "", kept_a if added else a, b if added else kept_b


def _with_shared_end(found: Sequence[Pair]) -> list[Pair]:
    """If both documents end in a paragraph of their own, the two share its mark."""
    start = next((i for i in reversed(range(len(found))) if found[i][0] and found[i][1]), -1) + 1
    tail = list(found[start:])
    removed = next((a for a, b in reversed(tail) if b is None), None)
    added = next((b for a, b in reversed(tail) if a is None), None)
    if removed is None or added is None or not _plain((removed, added)):
        return list(found)
    kept = [(a, b) for a, b in tail if not (a is removed or b is added)]
    return [*found[:start], *kept, (removed, added)]


def _shift(part: Sequence[Pair]) -> int:
    """Where the paragraph stands that the ones last in the part were added or removed after; past
    the end if it is not so."""
    at = len(part)
    while at and side_of(part[at - 1]) == side_of(part[-1]) != "" and _plain(part[-1]):
        at -= 1
    return at - 1 if 0 < at < len(part) and _plain(part[at - 1]) else len(part)


def side_of(nodes: Pair) -> str:
    """Whether the block is added or removed; empty if it is in both."""
    if nodes[0] is None:
        return "ins"
    if nodes[1] is None:
        return "del"
    return ""


def is_table(nodes: Pair) -> bool:
    """Whether one of them is a table."""
    return any(node is not None and node.kind == "tbl" for node in nodes)


def _plain(nodes: Pair) -> bool:
    """Whether they are paragraphs that do not end a section."""
    return all(node is None or (node.kind == "p" and not node.shape) for node in nodes)
