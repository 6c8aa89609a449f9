"""Sentences that have only been moved between the texts of an insats: they say there what they said
here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest

from insatskoll.diff import directions
from insatskoll.diff.elements import Sentence
from insatskoll.diff.facts import About, Fact

# What an insats is and how it is done: a sentence in one of them says the same in another. A
# sentence about what the insats is not says so itself.
_TEXTS = ("syfte", "mål", "innehåll", "avgränsning")
_NOT = "avgränsning"


def without_moved(facts: Iterable[Fact]) -> dict[int, Fact]:
    """The facts about texts that sentences have been moved between, by the fact's ``id``, each
    without those sentences."""
    by_insats: dict[About, list[Fact]] = {}
    for fact in facts:
        sides = (fact.before, fact.after)
        is_text = len(fact.path) == 1 and fact.path[0] in _TEXTS
        if is_text and all(side is None or isinstance(side, str) for side in sides):
            by_insats.setdefault(fact.subject, []).append(fact)
    found: dict[int, Fact] = {}
    for of_it in by_insats.values():
        if len(of_it) > 1:
            found |= _of_insats(of_it)
    return found


def _of_insats(facts: Sequence[Fact]) -> Iterator[tuple[int, Fact]]:
    split = [
        [directions.said(side) if isinstance(side, str) else [] for side in (f.before, f.after)]
        for f in facts
    ]
    differing: list[tuple[Counter[object], Counter[object]]] = []
    for fact, sides in zip(facts, split, strict=True):
        before, after = (Counter(_told(side, fact)) for side in sides)
        differing.append((before - after, after - before))
    gone, come = (sum(side, Counter[object]()) for side in zip(*differing, strict=True))
    moved = gone & come
    for fact, (old, new), (lost, gained) in zip(facts, split, differing, strict=True):
        if moved & (lost + gained):
            left = _left(old, moved & lost), _left(new, moved & gained)
            yield id(fact), replace(fact, before=left[0], after=left[1])


def _told(sentences: Sequence[Sentence], fact: Fact) -> Iterator[object]:
    """The sentences that mean the same in another text."""
    for one, after in zip_longest(sentences, sentences[1:]):
        alone = not one.refers and not (after is not None and after.refers)
        if alone and (fact.path[0] != _NOT or one.denies):
            yield one.key


def _left(sentences: Sequence[Sentence], moved: Counter[object]) -> str | None:
    left = Counter(moved)
    kept = []
    for one in sentences:
        if left[one.key]:
            left[one.key] -= 1
        else:
            kept.append(one.text)
    return " ".join(kept) or None
