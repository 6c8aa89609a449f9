"""Facts: what differs between two revisions, without judging it.

List items are matched by identity and not by place, insatser by id, by ``tidigare_id`` and last by likeness.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Literal

from insatskoll.model import Data, Insats, Revision

Kind = Literal["added", "removed", "changed"]

# The catalogue's own fields, which no decision is about.
_NOT_CONTENT = frozenset({"källa", "avvikelser", "förslag", "layout", "tidigare_id", "begrepp"})
# Fields that mean something only as a whole.
_WHOLE = frozenset({"ålder", "omfattning", "dokumentation", "samtycke", "metod", "avgift", "karaktär"})
# What identifies an item in the list of that name.
_IDENTITY = {
    "delar": ("namn",),
    "enheter": ("id",),
    "avdelningar": ("id",),
    "platser": ("namn",),
    "riktlinjer": ("rubrik",),
    "gemensam_dokumentation": ("gäller",),
    "villkor": ("typ", "gäller"),
    "gemensamma_villkor": ("typ", "gäller"),
}
_LIKENESS = 0.75


@dataclass(frozen=True)
class Item:
    """A step in a fact's path: the item of a list that has this identity."""

    name: str


@dataclass(frozen=True)
class Fact:
    """One difference. ``insats`` is the insats it concerns, by its newest name, or None for what is common to all.

    An empty ``path`` means the whole insats. ``before`` is None for what was added, ``after`` for what was removed.
    """

    insats: str | None
    namn: str
    avdelning: str
    path: tuple[str | Item, ...]
    before: Any
    after: Any

    @property
    def kind(self) -> Kind:
        """Whether it was added, removed or changed."""
        return "added" if self.before is None else "removed" if self.after is None else "changed"

    @property
    def field(self) -> str:
        """The name of the field that differs; empty for a whole insats."""
        return next((step for step in reversed(self.path) if isinstance(step, str)), "")


@dataclass(frozen=True)
class Comparison:
    """The facts between ``old`` and ``new``, those common to all first, then by insats in the order of print."""

    old: Revision
    new: Revision
    facts: tuple[Fact, ...]
    unchanged: int


def compare(old: Revision, new: Revision) -> Comparison:
    """Everything that differs between two revisions of the same municipality."""
    facts = [Fact(None, "", "", path, before, after) for path, before, after in _differences(old.kommun, new.kommun)]
    matched = _match(old, new)
    unchanged = 0
    for before, after in _in_print_order(matched, old, new):
        shown = after or before
        assert shown is not None
        told = _insats_facts(before, after, shown)
        unchanged += not told
        facts += told
    return Comparison(old, new, tuple(facts), unchanged)


def _insats_facts(before: Insats | None, after: Insats | None, shown: Insats) -> list[Fact]:
    common = (shown.id, shown.namn, shown.data["avdelning"])
    if before is None or after is None:
        return [Fact(*common, (), before and before.data, after and after.data)]
    return [Fact(*common, path, was, now) for path, was, now in _differences(before.data, after.data)]


_Pair = tuple[Insats | None, Insats | None]


def _match(old: Revision, new: Revision) -> list[_Pair]:
    left = {insats.id: insats for insats in old.insatser}
    right = {insats.id: insats for insats in new.insatser}
    pairs: list[_Pair] = []

    def pair(old_id: str, new_id: str) -> None:
        pairs.append((left.pop(old_id), right.pop(new_id)))

    for insats_id in [i for i in left if i in right]:
        pair(insats_id, insats_id)
    # A new file may name its predecessor; the other way round when an older revision is the newer side.
    for newer, older, turned in ((right, left, False), (left, right, True)):
        for insats in list(newer.values()):
            if (previous := insats.data.get("tidigare_id")) in older:
                pair(*((insats.id, previous) if turned else (previous, insats.id)))
    alike = sorted(
        ((-_likeness(a, b), a.id, b.id) for a in left.values() for b in right.values() if _likeness(a, b) >= _LIKENESS),
    )
    for _, old_id, new_id in alike:
        if old_id in left and new_id in right:
            pair(old_id, new_id)
    return [*pairs, *((a, None) for a in left.values()), *((None, b) for b in right.values())]


def _likeness(first: Insats, second: Insats) -> float:
    """How alike two insatser are, 0–1, by name and content, the same whichever comes first."""

    def ratio(a: str, b: str) -> float:
        return SequenceMatcher(None, min(a, b), max(a, b), autojunk=False).ratio()

    names = ratio(first.namn.casefold(), second.namn.casefold())
    content, other = (str(insats.data.get("innehåll", "")) for insats in (first, second))
    return (names + ratio(content, other)) / 2 if content and other else names * 0.9


def _in_print_order(pairs: list[_Pair], old: Revision, new: Revision) -> list[_Pair]:
    place = {insats.id: (index, 0) for index, insats in enumerate(new.insatser)}
    previous = -1
    partner = {a.id: b.id for a, b in pairs if a and b}
    for insats in old.insatser:  # a removed insats stands after the one that it followed
        if insats.id in partner:
            previous = place[partner[insats.id]][0]
        else:
            place.setdefault(f"-{insats.id}", (previous, 1))
    return sorted(pairs, key=lambda p: place[p[1].id] if p[1] else place[f"-{p[0].id}"] if p[0] else (0, 0))


def _differences(before: Any, after: Any, path: tuple[str | Item, ...] = ()) -> Iterator[tuple[tuple[str | Item, ...], Any, Any]]:
    if before == after:
        return
    field = next((step for step in reversed(path) if isinstance(step, str)), "")
    if _are_fields(before, after, path) and field not in _WHOLE:
        left, right = before or {}, after or {}
        for key in dict.fromkeys([*right, *left]):
            if key not in _NOT_CONTENT:
                yield from _differences(left.get(key), right.get(key), (*path, key))
    elif field in _IDENTITY and all(_identifiable(side, field) for side in (before, after)):
        items, new_items = (_by_identity(side or [], field) for side in (before, after))
        for name in dict.fromkeys([*new_items, *items]):
            yield from _differences(items.get(name), new_items.get(name), (*path, Item(name)))
    else:
        yield path, before, after


def _are_fields(before: Any, after: Any, path: tuple[str | Item, ...]) -> bool:
    """Whether both sides are groups of fields; a group may be missing on one side, but an item of a list is then whole."""
    sides = [side for side in (before, after) if side is not None]
    return all(isinstance(side, dict) for side in sides) and (len(sides) == 2 or not isinstance(path[-1], Item))


def _identifiable(items: Any, field: str) -> bool:
    return items is None or (isinstance(items, list) and all(isinstance(item, dict) for item in items))


def _by_identity(items: list[Data], field: str) -> dict[str, Data]:
    """The items by identity; those that share one are told apart by their order."""
    named: dict[str, Data] = {}
    for item in items:
        name = base = ", ".join(str(item[key]) for key in _IDENTITY[field] if key in item)
        number = 1
        while name in named:
            number += 1
            name = f"{base} ({number})"
        named[name] = item
    return named
