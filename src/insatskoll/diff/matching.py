"""Which insatser of two revisions belong together: the same, renamed, split or merged.

An insats is known by its id, then by the former ids that its file states, then by its text. All of
it is symmetrical: what is a split one way is a merger the other.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import product

from insatskoll.catalogue.model import Insats, Revision
from insatskoll.diff import parts
from insatskoll.diff.likeness import Likenesses
from insatskoll.diff.regrouping import has_taken_in, is_told_as, perhaps_pieces, pieces
from insatskoll.diff.strangers import are_strangers
from insatskoll.values import immutable

_WORTH_A_LOOK = 0.35
_MARGIN = 0.02  # by which two must be more alike than either is to any third
# above this, texts are not compared: two wholly different lists of hundreds of insatser
_MOST_PAIRS = 40_000

_NAMING = frozenset({"namn", "tidigare_id"})

_Edge = tuple[str, str]


@immutable
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


def likely(old: Revision, new: Revision, grouped: Iterable[Group]) -> list[Group]:
    """The removed and the added that may be the same, or pieces of the same, too unlike to be told
    so: only who knows can tell. An insats is in one of them at most."""
    left, right = ({insats.id: insats for insats in side.insatser} for side in (old, new))
    lone = [group for group in grouped if not group.edges]
    sides = _Sides(
        [left[i] for group in lone for i in group.old],
        [right[i] for group in lone for i in group.new],
    )
    if not sides.comparable:
        return []
    alike = Likenesses([*left.values(), *right.values()])
    found = [Group(olds, news, ()) for olds, news in _regrouped(sides, alike, perhaps_pieces)]
    taken = _Taken({i for g in found for i in g.old}, {i for g in found for i in g.new})
    pairs = _paired(sides, alike, taken, lambda a, b: alike.between(a, b).is_likely)
    return [*found, *(Group((a,), (b,), ((a, b),)) for a, b in pairs)]


def untrue(old: Revision, new: Revision, grouped: Iterable[Group]) -> list[tuple[str, str]]:
    """What the files of ``new`` say that their insatser were, and cannot have been: the ids before
    and after. The same id on both sides is that of a file in which all is another."""
    left, right = ({insats.id: insats for insats in side.insatser} for side in (old, new))
    grouped = list(grouped)
    known = {edge for group in grouped for edge in group.edges}
    alone = {i for group in grouped if not group.edges for i in (*group.old, *group.new)}
    said = [*_stated(left, right), *((i, i) for i in left if i in right and i in alone)]
    return [edge for edge in dict.fromkeys(said) if edge not in known]


def taken_in(old: Revision, new: Revision, grouped: Iterable[Group]) -> list[Group]:
    """The removed that may have been merged into one that is kept, and the added that may have been
    split from one, with both sides of it. One that could be a piece of several is in none."""
    left, right = ({insats.id: insats for insats in side.insatser} for side in (old, new))
    grouped = list(grouped)
    kept = [g.edges[0] for g in grouped if len(g.edges) == 1]
    lost = [left[i] for group in grouped if not group.new for i in group.old]
    made = [right[i] for group in grouped if not group.old for i in group.new]
    if not kept or not 0 < len(kept) * (len(lost) + len(made)) <= _MOST_PAIRS:
        return []
    alike = Likenesses([*left.values(), *right.values()])
    found = []
    for gone in lost:
        into = [(a, b) for a, b in kept if has_taken_in(left[a], right[b], gone, alike)]
        found += [Group((a, gone.id), (b,), ()) for a, b in into if len(into) == 1]
    for come in made:
        out_of = [(a, b) for a, b in kept if has_taken_in(right[b], left[a], come, alike)]
        found += [Group((a,), (b, come.id), ()) for a, b in out_of if len(out_of) == 1]
    return found


_Insatser = Mapping[str, Insats]


@immutable
class _Sides:
    """The insatser of either side whose counterparts are sought."""

    lost: Sequence[Insats]
    made: Sequence[Insats]

    @property
    def both(self) -> tuple[Sequence[Insats], Sequence[Insats]]:
        """Those before, and those after."""
        return self.lost, self.made

    @property
    def comparable(self) -> bool:
        """Whether there are any on both sides, and not too many."""
        return 0 < len(self.lost) * len(self.made) <= _MOST_PAIRS

    def but(self, found: Iterable[_Edge]) -> _Sides:
        """Those that are left when ``found`` are."""
        olds, news = {a for a, _ in found}, {b for _, b in found}
        return _Sides(
            [a for a in self.lost if a.id not in olds], [b for b in self.made if b.id not in news]
        )


@immutable
class _Taken:
    """The ids of either side whose counterparts are found."""

    old: set[str]
    new: set[str]


def _edges(left: _Insatser, right: _Insatser) -> list[_Edge]:
    """What has become what, with parts that are insatser of their own on the other side."""
    found = _whole(left, right)
    out = _of_parts(left, right, found)
    back = _of_parts(right, left, [(b, a) for a, b in found])
    return [*found, *out, *((a, b) for b, a in back if (a, b) not in out)]


def _of_parts(before: _Insatser, after: _Insatser, edges: Sequence[_Edge]) -> list[_Edge]:
    """The insatser that have come out of one that is kept: each surely is a part that it no longer
    has, and that no other is."""
    known = {b for _, b in edges}
    kept = [(before[a], after[b]) for a, b in edges if "delar" in before[a].data]
    found: dict[tuple[str, int], list[str]] = {}
    for made in (one for one in after.values() if one.id not in known):
        of_it = [
            (a.id, place)
            for a, b in kept
            if (place := parts.surely(a.data, made.data)) is not None
            and not parts.is_kept(a.data["delar"][place], b.data)
        ]
        if len(of_it) == 1:
            found.setdefault(of_it[0], []).append(made.id)
    return [(whole, made[0]) for (whole, _), made in found.items() if len(made) == 1]


def _whole(left: _Insatser, right: _Insatser) -> list[_Edge]:
    exchanged = _exchanged(left, right)
    edges = [(i, exchanged.get(i, i)) for i in left if i in right]
    stated = [*_stated(left, right), *((a, b) for b, a in _stated(right, left))]
    unsure = _under_another_name(left, right, list(dict.fromkeys([*edges, *stated])))
    everyone = (*left.values(), *right.values())
    doubtful = [*stated, *((i, i) for i in unsure)]
    alike = Likenesses(everyone) if doubtful else None
    strange = {
        (a, b)
        for a, b in doubtful
        if alike is not None and are_strangers(left[a], right[b], everyone, alike)
    }
    edges = [edge for edge in dict.fromkeys([*edges, *stated]) if edge not in strange]
    known = [edge for edge in edges if edge[0] not in unsure]
    taken = _Taken({a for a, _ in known}, {b for _, b in known})
    sides = _Sides(
        [a for a in left.values() if a.id not in taken.old],
        [b for b in right.values() if b.id not in taken.new],
    )
    if not sides.lost or not sides.made:
        return edges
    alike = alike or Likenesses(everyone)

    def same(a: Insats, b: Insats) -> bool:
        likeness = alike.between(a, b)
        if not likeness.is_sure or not _stands_out(a, b, everyone, alike):
            return False
        return likeness.names == "same" or not _has_rival(a, b, sides, alike)

    plain = _Sides(*([one for one in side if one.id not in unsure] for side in sides.both))
    found = _of_one_name(plain, alike)
    found += _but_for_the_name(plain.but(found), alike)
    sides = sides.but(found)
    if sides.comparable:
        regrouped = _regrouped(plain.but(found), alike, pieces)
        found += [edge for olds, news in regrouped for edge in product(olds, news)]
        taken = _Taken({a for a, _ in found}, {b for _, b in found})
        found += _paired(sides, alike, taken, same)
    taken = _Taken({a for a, _ in found}, {b for _, b in found})
    themselves = [
        (i, i)
        for i in sorted(unsure)
        if i not in taken.old and i not in taken.new and (i, i) not in strange
    ]
    return known + themselves + found


def _stated(before: _Insatser, after: _Insatser) -> Iterator[_Edge]:
    """What the files of ``after`` newly say that they were before: what is gone, or whose id is
    new. A former id that both revisions state says nothing of what is between them."""
    for b in after.values():
        known = before[b.id].tidigare_id if b.id in before else ()
        for former in b.tidigare_id:
            is_gone = former in before and (b.id not in before or former not in after)
            if is_gone and former not in known:
                yield former, b.id


def _exchanged(left: _Insatser, right: _Insatser) -> dict[str, str]:
    """The ids that two insatser have given each other, as both files say."""
    said = {
        (a, b)
        for before, after in ((left, right), (right, left))
        for b, insats in after.items()
        if b in before
        for a in insats.tidigare_id
        if a in before and a in after and a != b and a not in before[b].tidigare_id
    }
    return {a: b for a, b in sorted(said) if (b, a) in said}


def _under_another_name(left: _Insatser, right: _Insatser, edges: Sequence[_Edge]) -> set[str]:
    """The ids that stand for something of another name than before, which may be another insats
    that has taken the id."""
    known, often = set(edges), Counter(i for edge in edges for i in set(edge))
    return {
        i
        for i in left
        if (i, i) in known and often[i] == 1 and left[i].namn.casefold() != right[i].namn.casefold()
    }


def _of_one_name(sides: _Sides, alike: Likenesses) -> list[_Edge]:
    """Those that are called the same, as no other on either side, and are the same."""
    named: tuple[dict[str, list[Insats]], dict[str, list[Insats]]] = ({}, {})
    for names, some in zip(named, sides.both, strict=True):
        for one in some:
            names.setdefault(one.namn.casefold(), []).append(one)
    before, after = named
    both = [(before[name], after[name]) for name in before if name in after]
    alone = [(olds[0], news[0]) for olds, news in both if len(olds) == 1 == len(news)]
    return [(a.id, b.id) for a, b in alone if a.id != b.id and alike.between(a, b).is_sure]


def _but_for_the_name(sides: _Sides, alike: Likenesses) -> list[_Edge]:
    """Those whose files say the same of all but the name, as no other on either side."""
    told: dict[str, tuple[list[Insats], list[Insats]]] = {}
    for number, some in enumerate(sides.both):
        for one in some:
            rest = {name: value for name, value in one.data.items() if name not in _NAMING}
            told.setdefault(json.dumps(rest, sort_keys=True), ([], []))[number].append(one)
    alone = [(a[0], b[0]) for a, b in told.values() if len(a) == 1 == len(b)]
    return [
        (a.id, b.id)
        for a, b in alone
        if (likeness := alike.between(a, b)).text is not None and not likeness.against
    ]


def _regrouped(
    sides: _Sides,
    alike: Likenesses,
    made_of: Callable[[Insats, Sequence[Insats], Likenesses], list[Insats]],
) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """The ids, before and after, of what has been split and merged. What could be a piece of two
    is said to be of none."""
    found: dict[tuple[tuple[str, ...], tuple[str, ...]], None] = {}
    for whole in sides.lost:
        if some := made_of(whole, sides.made, alike):
            found[(whole.id,), tuple(one.id for one in some)] = None
    for whole in sides.made:
        if some := made_of(whole, sides.lost, alike):
            found[tuple(one.id for one in some), (whole.id,)] = None
    olds, news = (Counter(i for pair in found for i in pair[side]) for side in (0, 1))
    return [
        (old, new)
        for old, new in found
        if all(olds[i] == 1 for i in old) and all(news[i] == 1 for i in new)
    ]


def _paired(
    sides: _Sides, alike: Likenesses, taken: _Taken, same: Callable[[Insats, Insats], bool]
) -> list[_Edge]:
    """Those that are the ``same``, the most alike first; ``taken`` gets them."""
    scored = sorted(
        (-score, min(a.id, b.id), max(a.id, b.id), a.id, a, b)
        for a in sides.lost
        if a.id not in taken.old
        for b in sides.made
        if b.id not in taken.new and (score := alike.score(a, b)) >= _WORTH_A_LOOK and a.id != b.id
    )
    found = []
    for *_, a, b in scored:
        if a.id not in taken.old and b.id not in taken.new and same(a, b):
            found.append((a.id, b.id))
            taken.old.add(a.id)
            taken.new.add(b.id)
    return found


def _has_rival(a: Insats, b: Insats, sides: _Sides, alike: Likenesses) -> bool:
    """Whether a third, that has no counterpart of its own, may be what one of two has become too:
    of two groups of one kind, one that is for the ages of both."""
    return _is_sought(b, a, sides.lost, sides.made, alike) or _is_sought(
        a, b, sides.made, sides.lost, alike
    )


def _is_sought(
    one: Insats,
    other: Insats,
    beside: Sequence[Insats],
    beyond: Sequence[Insats],
    alike: Likenesses,
) -> bool:
    """Whether any of those ``beside`` its counterpart ``other`` may be in ``one``, and in none of
    the rest ``beyond``, on the side of ``one``."""
    return any(
        third is not other
        and is_told_as(third, one, alike)
        and not _has_another(third, one, beyond, alike)
        for third in beside
    )


def _has_another(third: Insats, one: Insats, beyond: Sequence[Insats], alike: Likenesses) -> bool:
    least = alike.score(third, one)
    return any(made is not one and alike.score(third, made) >= least for made in beyond)


def _stands_out(a: Insats, b: Insats, everyone: Iterable[Insats], alike: Likenesses) -> bool:
    """Whether two are more alike than either is to any third."""
    least = alike.score(a, b) - _MARGIN
    return all(
        other is a or other is b or max(alike.score(a, other), alike.score(b, other)) < least
        for other in everyone
    )
