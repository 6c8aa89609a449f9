"""Which insatser of two revisions belong together: the same, renamed, split or merged.

An insats is known by its id, then by the former ids that its file states, then by its text. All of
it is symmetrical: what is a split one way is a merger the other.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from insatskoll.catalogue.model import Insats, Revision

_ALIKE = 0.75
_CONTAINED = 0.8
_RUN = 5  # words in a row that two texts hardly share by chance
_FEWEST_RUNS = 8
# above this, texts are not compared: two wholly different lists of hundreds of insatser
_MOST_PAIRS = 100_000

_Edge = tuple[str, str]


@dataclass(frozen=True)
class Group:
    """Insatser that belong together, by id: one and one for most, none on one side for the added
    and the removed, several on one side for a split or a merger. ``edges`` are those that have
    become each other."""

    old: tuple[str, ...]
    new: tuple[str, ...]
    edges: tuple[_Edge, ...]

    @property
    def pairs(self) -> tuple[tuple[str | None, str | None], ...]:
        """What is to be compared: the edges, or what has come or gone with nothing."""
        return self.edges or ((next(iter(self.old), None), next(iter(self.new), None)),)

    @property
    def regrouped(self) -> bool:
        """Whether an insats has been split or several have been merged."""
        return len(self.old) > 1 or len(self.new) > 1


def groups(old: Revision, new: Revision) -> list[Group]:
    """All insatser of both revisions in groups, in the new revision's order of print; removed ones
    after what they followed."""
    left, right = ({insats.id: insats for insats in side.insatser} for side in (old, new))
    edges = _edges(left, right)
    component = {("old", i): {("old", i)} for i in left} | {("new", i): {("new", i)} for i in right}
    for a, b in edges:
        both = component["old", a] | component["new", b]
        component |= dict.fromkeys(both, both)
    found = [
        Group(
            tuple(i for i in left if ("old", i) in members),
            tuple(i for i in right if ("new", i) in members),
            tuple(edge for edge in edges if ("old", edge[0]) in members),
        )
        for members in {id(members): members for members in component.values()}.values()
    ]
    place = {i: (number, 0) for number, i in enumerate(right)}
    counterpart = {i: place[group.new[0]] for group in found if group.new for i in group.old}
    last, gone = -1, {}
    for number, i in enumerate(left):
        if i in counterpart:
            last = counterpart[i][0]
        else:
            gone[i] = (last, number + 1)
    return sorted(found, key=lambda group: place[group.new[0]] if group.new else gone[group.old[0]])


def renamed(grouped: Iterable[Group]) -> dict[str, str]:
    """The new ids of insatser that have another one, by their old; those that were split or merged
    have no single one."""
    return {a: b for group in grouped if not group.regrouped for a, b in group.edges if a != b}


def _edges(left: Mapping[str, Insats], right: Mapping[str, Insats]) -> list[_Edge]:
    edges = [(i, i) for i in left if i in right]
    # A new file may name its predecessors; the other way round when an older revision is the newer
    # side.
    edges += [
        (former, b.id)
        for b in right.values()
        if b.id not in left
        for former in b.tidigare_id
        if former in left
    ]
    edges += [
        (a.id, former)
        for a in left.values()
        if a.id not in right
        for former in a.tidigare_id
        if former in right
    ]
    edges = list(dict.fromkeys(edges))
    lost = [a for a in left.values() if a.id not in {a for a, _ in edges}]
    made = [b for b in right.values() if b.id not in {b for _, b in edges}]
    if not lost or not made or len(lost) * len(made) > _MOST_PAIRS:
        return edges
    regrouped = [(a.id, b.id) for a in lost for b in _parts_of(a, made)]
    regrouped += [(a.id, b.id) for b in made for a in _parts_of(b, lost)]
    taken = {a for a, _ in regrouped}, {b for _, b in regrouped}
    alike = sorted(
        (-likeness, a.id, b.id)
        for a in lost
        if a.id not in taken[0]
        for b in made
        if b.id not in taken[1] and (likeness := _likeness(a, b)) >= _ALIKE
    )
    for _, a, b in alike:
        if a not in taken[0] and b not in taken[1]:
            regrouped.append((a, b))
            taken[0].add(a)
            taken[1].add(b)
    return edges + regrouped


def _parts_of(whole: Insats, others: Iterable[Insats]) -> list[Insats]:
    """Those of ``others`` that ``whole`` has become, if they are several: named as its parts, or
    with text out of it."""
    parts = {del_["namn"].casefold() for del_ in whole.data.get("delar", ())}
    named = [b for b in others if b.namn.casefold() in parts]
    runs = _runs(_text(whole))
    taken = [
        b
        for b in others
        if len(own := _runs(_text(b))) >= _FEWEST_RUNS and len(own & runs) >= _CONTAINED * len(own)
    ]
    # Copies of one text are no parts of it: parts are different pieces.
    if sum(len(_runs(_text(b))) for b in taken) * _CONTAINED > len(runs):
        taken = []
    return next((found for found in (named, taken) if len(found) > 1), [])


def _text(insats: Insats) -> str:
    parts = (insats.data, *insats.data.get("delar", ()))
    return " ".join(part["innehåll"] for part in parts if "innehåll" in part)


def _likeness(first: Insats, second: Insats) -> float:
    """How alike two insatser are, 0–1, by name and content, the same whichever comes first."""
    a, b = sorted((first.namn.casefold(), second.namn.casefold()))
    names = SequenceMatcher(None, a, b, autojunk=False).ratio()
    content, other = _text(first), _text(second)
    return (names + text_likeness(content, other)) / 2 if content and other else names * 0.9


def text_likeness(first: str, second: str) -> float:
    """How much of their words two texts share, 0–1."""
    words, others = _words(first), _words(second)
    total = words.total() + others.total()
    return 2 * (words & others).total() / total if total else 1.0


@lru_cache(maxsize=4096)
def _words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text.casefold()))


@lru_cache(maxsize=4096)
def _runs(text: str) -> frozenset[tuple[str, ...]]:
    words = re.findall(r"\w+", text.casefold())
    return frozenset(tuple(words[i : i + _RUN]) for i in range(len(words) - _RUN + 1))
