"""Which sentences of two texts belong together, and whether they may stand in another order."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import pairwise

from insatskoll.diff.elements import Sentence

_ALIKE = 0.4


def without_equal(some: Sequence[Sentence], others: Sequence[Sentence]) -> list[Sentence]:
    """The sentences of some that say what none of the others does."""
    left = [one.key for one in others]
    found = []
    for one in some:
        if (key := one.key) in left:
            left.remove(key)
        else:
            found.append(one)
    return found


def may_change_places(old: Sequence[Sentence], new: Sequence[Sentence]) -> bool:
    """Whether the sentences that stand in another order say the same there: none that has moved, or
    that follows on others than before, refers to what it follows on."""
    before = {two.key: one.key for one, two in pairwise(old)}
    after = {two.key: one.key for one, two in pairwise(new)}
    for sentence in old:
        key = sentence.key
        if before.get(key) != after.get(key) and sentence.refers:
            return False
    return True


def in_pairs(
    lost: list[Sentence], gained: list[Sentence]
) -> tuple[list[tuple[Sentence, Sentence]], list[Sentence], list[Sentence]]:
    """Sentences that say something else than before, in pairs, and those that have gone or come."""
    if len(lost) == len(gained) == 1:
        return [(lost[0], gained[0])], [], []
    scored = sorted(
        ((-_likeness(one, two), i, j) for i, one in enumerate(lost) for j, two in enumerate(gained))
    )
    pairs: dict[int, int] = {}
    for score, i, j in scored:
        if -score >= _ALIKE and i not in pairs and j not in pairs.values():
            pairs[i] = j
    return (
        [(lost[i], gained[j]) for i, j in sorted(pairs.items())],
        [one for i, one in enumerate(lost) if i not in pairs],
        [one for j, one in enumerate(gained) if j not in pairs.values()],
    )


def _likeness(one: Sentence, two: Sentence) -> float:
    return SequenceMatcher(
        None, [e.said for e in one.words], [e.said for e in two.words], False
    ).ratio()
