"""Facts: what differs between two revisions, all of it, without judging it.

Every field of every file is covered, such that the facts alone turn the old revision into the new
one (``patch.applied``). Items of lists are matched by identity and not by place, insatser as
``matching`` says.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from insatskoll.catalogue import printed
from insatskoll.catalogue.model import Revision
from insatskoll.diff import merged
from insatskoll.diff.likeness import text_likeness
from insatskoll.diff.matching import Group, groups, likely, renamed
from insatskoll.values import immutable

if TYPE_CHECKING:
    from insatskoll.reading.schema_types import InsatsData

Kind = Literal["added", "removed", "changed", "moved"]
FileKind = Literal["kommun", "insats", "riskanalys"]

# Fields that mean something only as a whole.
_WHOLE = frozenset(
    {
        "ålder", "ålder_i_innehåll", "omfattning", "dokumentation", "samtycke", "metod", "avgift",
        "karaktär", "källa", "uppföljningsintervall",
    }
)  # fmt: skip
_SEVERAL = 2  # insatser that one may have been split into, or merged from
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
    "avvikelser": ("regel",),
    "andra_språk": ("språk",),
}
_ALIKE = 0.6
_MOST_PAIRS = 10_000


@immutable
class Item:
    """A step in a fact's path: an item of a list, by its identity; ``was`` is its old one if that
    differs.

    ``old`` and ``new`` are its places in the two lists, from 0.
    """

    name: str
    was: str = ""
    old: int | None = field(default=None, compare=False)
    new: int | None = field(default=None, compare=False)


@immutable
class Order:
    """The last step of a fact's path when the items of a list, otherwise matched, have changed
    places.

    The fact's ``before`` and ``after`` are then the items (:class:`Item`) that are in both lists,
    in either order.
    """


Step = str | Item | Order
FactPath = tuple[Step, ...]


@immutable
class About:
    """The file that a fact is about: its kind, its id on either side (None where it is not), the
    newest name of its insats, the avdelning of that, and whether it is a piece of an insats that
    was split or merged."""

    kind: FileKind
    old: str | None = None
    new: str | None = None
    namn: str = ""
    avdelning: str = ""
    regrouped: bool = False

    @property
    def id(self) -> str:
        """The newest id."""
        return self.new or self.old or ""


InsatsPair = tuple[About, "InsatsData | None", "InsatsData | None"]


@immutable
class Fact:
    """One difference. An empty ``path`` means the whole file; ``("id",)`` that it has changed its
    name.

    ``before`` is None for what was added, ``after`` for what was removed.
    """

    subject: About
    path: FactPath
    before: object
    after: object

    @property
    def kind(self) -> Kind:
        """Whether it was added, removed, changed or only moved."""
        if self.path and isinstance(self.path[-1], Order):
            return "moved"
        if self.before is None:
            return "added"
        if self.after is None:
            return "removed"
        return "changed"

    @property
    def field(self) -> str:
        """The name of the field that differs; empty for a whole file."""
        return _field(self.path)


@immutable
class Comparison:
    """The facts between ``old`` and ``new``: those of kommun.yaml first, then by insats in the
    order of print, then the risk analyses. ``groups`` tell which insatser belong together."""

    old: Revision
    new: Revision
    groups: tuple[Group, ...]
    facts: tuple[Fact, ...]

    @cached_property
    def perhaps_merged(self) -> list[Group]:
        """As :func:`merged.perhaps` has them."""
        return merged.perhaps(self.old, self.new, self.groups)

    @cached_property
    def perhaps_the_same(self) -> list[Group]:
        """As :func:`matching.likely` has them."""
        return likely(self.old, self.new, self.groups)

    @property
    def perhaps_pieces(self) -> frozenset[str]:
        """The ids of those that have gone or come and may be one that has been split, or several
        that have been merged, all of them."""
        lone = [group for group in self.groups if not group.edges]
        sides = sum(len(group.old) for group in lone), sum(len(group.new) for group in lone)
        if min(sides) < 1 or max(sides) < _SEVERAL:
            return frozenset()
        found = [group for group in self.perhaps_the_same if group.regrouped]
        return frozenset(i for group in found for i in (*group.old, *group.new))

    @property
    def perhaps_lost(self) -> frozenset[str]:
        """The ids of those that are no more and may be in another."""
        if all(group.new for group in self.groups):
            return frozenset()
        return frozenset(group.old[-1] for group in self.perhaps_merged if len(group.old) > 1)


def compare(old: Revision, new: Revision) -> Comparison:
    """Everything that differs between two revisions of the same municipality.

    One that is not there on a side has neither insatser nor anything in ``kommun`` there.
    """
    grouped = groups(old, new)
    facts = between(
        About("kommun"),
        old.kommun if old.is_there else None,
        new.kommun if new.is_there else None,
    )
    for subject, before, after in _pairs(old, new, grouped):
        facts += between(subject, before, after)
    facts += _analysis_facts(old, new, grouped)
    return Comparison(old, new, tuple(grouped), tuple(facts))


def insatser(comparison: Comparison) -> Iterator[InsatsPair]:
    """Every insats of a comparison, before and after; None where it is not."""
    return _pairs(comparison.old, comparison.new, comparison.groups)


def _pairs(old: Revision, new: Revision, grouped: Sequence[Group]) -> Iterator[InsatsPair]:
    left, right = ({insats.id: insats for insats in side.insatser} for side in (old, new))
    for group in grouped:
        for a, b in group.pairs:
            before, after = left.get(a or ""), right.get(b or "")
            shown = after or before
            assert shown is not None
            subject = About("insats", a, b, shown.namn, shown.data["avdelning"], group.regrouped)
            yield subject, before.data if before else None, after.data if after else None


def _analysis_facts(old: Revision, new: Revision, grouped: Sequence[Group]) -> list[Fact]:
    """An analysis follows its insats when that is renamed."""
    new_ids = renamed(grouped)
    left, right = old.riskanalyser, new.riskanalyser
    pairs: dict[str, str | None] = {}
    taken = set(left) & set(right)
    for a, data in left.items():
        wanted = new_ids.get(data["insats"])
        found = next(
            (b for b, other in right.items() if b not in taken and other["insats"] == wanted), None
        )
        pairs[a] = a if a in right else found
        taken.add(pairs[a] or "")
    sides: list[tuple[str | None, str | None]] = [
        *pairs.items(),
        *((None, b) for b in right if b not in pairs.values()),
    ]
    facts: list[Fact] = []
    for old_id, new_id in sides:
        before, after = left.get(old_id or ""), right.get(new_id or "")
        shown = after or before
        assert shown is not None
        facts += between(About("riskanalys", old_id, new_id, shown["namn"]), before, after)
    return facts


def between(
    subject: About, before: Mapping[str, object] | None, after: Mapping[str, object] | None
) -> list[Fact]:
    """The facts about one file, as it was ``before`` and is ``after``; None where it is not
    there."""
    if before is None or after is None:
        return [Fact(subject, (), before, after)]
    facts = [Fact(subject, ("id",), subject.old, subject.new)] if subject.old != subject.new else []
    return facts + [
        Fact(subject, path, was, now) for path, was, now in _differences(before, after, ())
    ]


def names_of(path: FactPath) -> list[str]:
    """The names of the fields on a path, in a part as in the whole insats."""
    names = [step for step in path if isinstance(step, str)]
    return names[1:] if names[:1] == ["delar"] and len(names) > 1 else names


def _field(path: FactPath) -> str:
    if printed.OWN_TEXT in path:
        return printed.OWN_TEXT  # a text, whatever the field is called that it stands for
    return next((step for step in reversed(path) if isinstance(step, str)), "")


_Difference = tuple[FactPath, object, object]
_Items = Sequence[Mapping[str, object]]


def _differences(before: object, after: object, path: FactPath) -> Iterator[_Difference]:
    if before == after:
        return
    name = _field(path)
    fields = _fields(before, after, path) if name not in _WHOLE else None
    items = name in _IDENTITY and isinstance(path[-1], str)
    old, new = (_items(side) if items else None for side in (before, after))
    if fields is not None:
        left, right = fields
        for key in dict.fromkeys([*right, *left]):
            yield from _differences(left.get(key), right.get(key), (*path, key))
    elif old is not None and new is not None:
        yield from _list_differences(old, new, path)
    else:
        yield path, before, after


def _fields(
    before: object, after: object, path: FactPath
) -> tuple[Mapping[str, object], Mapping[str, object]] | None:
    """Both sides, if they are groups of fields; a group may be missing on one side, but an item of
    a list is then whole."""
    if (before is None or after is None) and isinstance(path[-1], Item):
        return None
    left, right = ({} if side is None else side for side in (before, after))
    return (left, right) if isinstance(left, dict) and isinstance(right, dict) else None


def _items(items: object) -> _Items | None:
    """A list, if it is one of groups of fields; one that is not there has none."""
    if items is None:
        return []
    is_one = isinstance(items, list) and all(isinstance(item, dict) for item in items)
    return items if isinstance(items, list) and is_one else None


def _list_differences(before: _Items, after: _Items, path: FactPath) -> Iterator[_Difference]:
    items = in_pairs(before, after, _field(path))
    both = [item for item in items if item.old is not None and item.new is not None]
    in_old_order = sorted(both, key=lambda item: item.old or 0)
    if [item.old for item in in_old_order] != [item.old for item in both]:
        yield (*path, Order()), tuple(in_old_order), tuple(both)
    for item in items:
        was, now = (
            None if i is None else side[i] for i, side in ((item.old, before), (item.new, after))
        )
        yield from _differences(was, now, (*path, item))


def in_pairs(before: _Items, after: _Items, field: str) -> list[Item]:
    """The items of both lists of the name ``field``, matched: equal ones first, then those of the
    same identity, then those that are alike.

    In the order of the new list, and the removed ones last.
    """
    identity = _IDENTITY[field]
    names, new_names = (
        [", ".join(str(i[key]) for key in identity if key in i) for i in side]
        for side in (before, after)
    )
    texts, new_texts = ([_text(item, identity) for item in side] for side in (before, after))
    pairs: dict[int, int] = {}  # place in the new list: place in the old
    rounds = (
        (list(zip(names, texts, strict=True)), list(zip(new_names, new_texts, strict=True)), 0.0),
        (names, new_names, 0.0),
        ([""] * len(before), [""] * len(after), _ALIKE),
    )
    for keys, new_keys, least in rounds:
        free: dict[object, tuple[list[int], list[int]]] = {}
        for i in sorted(set(range(len(before))) - set(pairs.values())):
            free.setdefault(keys[i], ([], []))[0].append(i)
        for j in sorted(set(range(len(after))) - set(pairs)):
            free.setdefault(new_keys[j], ([], []))[1].append(j)
        for left, right in free.values():
            pairs |= _most_alike(left, right, texts, new_texts, least)
    found = [
        Item(
            name, names[pairs[j]] if j in pairs and names[pairs[j]] != name else "", pairs.get(j), j
        )
        for j, name in enumerate(new_names)
    ]
    return found + [
        Item(names[i], "", i, None) for i in sorted(set(range(len(before))) - set(pairs.values()))
    ]


def _most_alike(
    old: list[int], new: list[int], texts: list[str], new_texts: list[str], least: float
) -> dict[int, int]:
    """Those of ``new`` and ``old`` that are most alike, and at least as much as ``least``, in
    pairs."""
    if len(old) * len(new) > _MOST_PAIRS:
        return dict(zip(new, old, strict=False))
    scored = [(text_likeness(texts[i], new_texts[j]), i, j) for i in old for j in new]
    pairs: dict[int, int] = {}
    for score, i, j in sorted(scored, key=lambda s: (-s[0], abs(s[1] - s[2]), s[1] + s[2])):
        # With nothing but their identity, two items have nothing to be alike in.
        if (
            j not in pairs
            and i not in pairs.values()
            and score >= least
            and (not least or (texts[i] and new_texts[j]))
        ):
            pairs[j] = i
    return pairs


def _text(item: Mapping[str, object], but: Sequence[str]) -> str:
    """What an item says besides its identity."""
    said = {key: value for key, value in item.items() if key not in but}
    return json.dumps(said, ensure_ascii=False, sort_keys=True) if said else ""
