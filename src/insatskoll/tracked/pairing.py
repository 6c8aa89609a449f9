"""Pairs the blocks of two documents, and the words of two paragraphs, with bounded costs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import chain

from insatskoll.tracked.blocks import Node, Pair, Token, chapters

# What one comparison, and all of them together, may cost in compared pairs: anyone may have written
# the texts.
_ONE, _ALL = 300_000, 10_000_000
# How alike two blocks must be to be shown as one that has changed: ordinarily, with other style,
# and as renamed chapters.
_ALIKE, _OTHER_STYLE, _RENAMED = 0.5, 0.8, 0.6

_GROUPS = ("part", "chapter", "colophon", "field")

Stretch = tuple[bool, int, int, int, int]


@dataclass
class Effort:
    """What is left of the costs. When a comparison costs too much, the whole is taken as
    replaced."""

    left: int = _ALL

    def pays(self, cost: int) -> bool:
        """Whether there is enough; if so it is spent."""
        if cost > min(_ONE, self.left):
            return False
        self.left -= cost
        return True


def stretches(old: Sequence[Hashable], new: Sequence[Hashable], budget: Effort) -> list[Stretch]:
    """Splits two sequences of keys into stretches: (same, from and to in old, from and to in
    new)."""
    start, tail = _ends(old, new)
    a, b = old[start : len(old) - tail], new[start : len(new) - tail]
    count_a, count_b = Counter(a), Counter(b)
    out: list[Stretch] = [(True, 0, start, 0, start)]
    if budget.pays(len(a) + len(b) + sum(count * count_b[key] for key, count in count_a.items())):
        for tag, i1, i2, j1, j2 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
            out.append((tag == "equal", start + i1, start + i2, start + j1, start + j2))
    else:
        out.append((False, start, start + len(a), start, start + len(b)))
    out.append((True, len(old) - tail, len(old), len(new) - tail, len(new)))
    return [stretch for stretch in out if stretch[1] < stretch[2] or stretch[3] < stretch[4]]


def _ends(old: Sequence[Hashable], new: Sequence[Hashable]) -> tuple[int, int]:
    """How many are the same from the start, and then from the end."""
    shorter = min(len(old), len(new))
    start = next((i for i in range(shorter) if old[i] != new[i]), shorter)
    return start, next(
        (i for i in range(shorter - start) if old[-1 - i] != new[-1 - i]), shorter - start
    )


def pairs(old: Sequence[Node], new: Sequence[Node], budget: Effort) -> Iterator[Pair]:
    """The blocks of both, in an order that holds in both: paired, or alone if removed or added."""
    for same, i1, i2, j1, j2 in stretches(
        [node.key for node in old], [node.key for node in new], budget
    ):
        if same:
            yield from zip(old[i1:i2], new[j1:j2], strict=True)
        else:
            yield from _alike(old[i1:i2], new[j1:j2], budget)


def leaves(old: Sequence[Node], new: Sequence[Node], budget: Effort) -> Iterator[Pair]:
    """As :func:`pairs`, but with parts, chapters and fields taken apart into their paragraphs and
    tables.

    Of paired ones the first and last paragraphs are paired too, if they hold the whole together:
    the heading of a chapter, the ends of a field, the end of a section.
    """
    was, becomes = chapters(old), chapters(new)
    if was and becomes and was[0].kind == becomes[0].kind == "part":  # both begin with the title
        found: Iterable[Pair] = chain([(was[0], becomes[0])], pairs(was[1:], becomes[1:], budget))
    else:
        found = pairs(was, becomes, budget)
    for a, b in found:
        if all(node is None or node.kind not in _GROUPS for node in (a, b)):
            yield a, b
        elif a is None or b is None:
            yield from ((leaf, None) for leaf in _flat(a))
            yield from ((None, leaf) for leaf in _flat(b))
        elif a.key == b.key:
            yield from zip(_flat(a), _flat(b), strict=True)
        else:
            first = 1 if a.kind in ("chapter", "field") else 0
            last = (
                1
                if a.kind == "field"
                or (a.kind == "part" and a.children[-1].shape is b.children[-1].shape is True)
                else 0
            )
            yield from zip(a.children[:first], b.children[:first], strict=True)
            yield from leaves(
                a.children[first : len(a.children) - last],
                b.children[first : len(b.children) - last],
                budget,
            )
            yield from zip(
                a.children[len(a.children) - last :],
                b.children[len(b.children) - last :],
                strict=True,
            )


def changes(
    old: Sequence[Token], new: Sequence[Token], budget: Effort
) -> Iterator[tuple[str, Token]]:
    """The words of two paragraphs: each with "" if it stays, "del" or "ins". What stays is the new
    paragraph's."""
    found = stretches([token.key for token in old], [token.key for token in new], budget)
    changed: list[Stretch] = []
    for n, stretch in enumerate(found):
        same, _, _, j1, j2 = stretch
        # Signs and spaces alone between two changes would only make them hard to read.
        if not same or (
            changed and n < len(found) - 1 and all(token.is_gap for token in new[j1:j2])
        ):
            changed.append(stretch)
            continue
        yield from _replaced(changed, old, new)
        changed = []
        yield from (("", token) for token in new[j1:j2])
    yield from _replaced(changed, old, new)


def _replaced(
    stretches: list[Stretch], old: Sequence[Token], new: Sequence[Token]
) -> Iterator[tuple[str, Token]]:
    yield from (("del", token) for _, i1, i2, _, _ in stretches for token in old[i1:i2])
    yield from (("ins", token) for _, _, _, j1, j2 in stretches for token in new[j1:j2])


def _flat(node: Node | None) -> Iterator[Node]:
    if node is not None and node.kind in _GROUPS:
        yield from chain.from_iterable(map(_flat, node.children))
    elif node is not None:
        yield node


def _alike(old: Sequence[Node], new: Sequence[Node], budget: Effort) -> Iterator[Pair]:
    """Pairs those that are alike within a replaced stretch, such that the sum of the likenesses is
    as great as can be."""
    words = min(
        len(old) * sum(len(n.words) for n in new), len(new) * sum(len(n.words) for n in old)
    )
    if not old or not new or not budget.pays(len(old) * len(new) + words):
        yield from ((node, None) for node in old)
        yield from ((None, node) for node in new)
        return
    score = [[_likeness(a, b) for b in new] for a in old]
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i in reversed(range(len(old))):
        for j in reversed(range(len(new))):
            paired = score[i][j] + best[i + 1][j + 1] if score[i][j] else 0.0
            best[i][j] = max(paired, best[i + 1][j], best[i][j + 1])
    i = j = 0
    while i < len(old) and j < len(new):
        if score[i][j] and best[i][j] == score[i][j] + best[i + 1][j + 1]:
            yield old[i], new[j]
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            yield old[i], None
            i += 1
        else:
            yield None, new[j]
            j += 1
    yield from ((node, None) for node in old[i:])
    yield from ((None, node) for node in new[j:])


def _likeness(old: Node, new: Node) -> float:
    """How alike two blocks are, from 0 for those that must not be paired."""
    if old.kind != new.kind or old.shape != new.shape:
        return 0.0
    few, many = sorted((old.words, new.words), key=len)
    shared = sum(min(count, many[word]) for word, count in few.items())
    ratio = 2 * shared / max(1, old.words.total() + new.words.total())
    if old.kind in ("part", "tbl", "colophon", "field"):
        return max(ratio, _ALIKE)
    if old.head is not None and old.head == new.head:
        return 1 + ratio
    if old.kind == "chapter":
        needed = _RENAMED
    elif old.properties == new.properties:
        needed = _ALIKE
    else:
        needed = _OTHER_STYLE
    return ratio if ratio >= needed else 0.0
