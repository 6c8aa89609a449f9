"""Which insatser that are no more another one may have taken in, though no file says so: by what is
in it, or by its name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from insatskoll.diff.matching import Group, taken_in
from insatskoll.patterns import later

if TYPE_CHECKING:
    from insatskoll.catalogue.model import Insats, Revision

_WORDS = later(r"[^\W\d_]{4,}")


def perhaps(old: Revision, new: Revision, grouped: Sequence[Group]) -> list[Group]:
    """Those that may have been merged into one that is kept, or split from one, with both sides of
    it."""
    found = taken_in(old, new, grouped)
    told = {group.old[-1] for group in found if len(group.old) > 1}
    return [*found, *(one for one in _named(old, new, grouped) if one.old[-1] not in told)]


def _named(old: Revision, new: Revision, grouped: Iterable[Group]) -> Iterator[Group]:
    """Those whose names another insats now has besides its own: Kompassen and Gläntan, that were
    Kompassen."""
    left, right = ({one.id: one for one in side.insatser} for side in (old, new))
    sides = list(grouped)
    kept = [group.edges[0] for group in sides if len(group.edges) == 1]
    for gone in (left[i] for group in sides if not group.new for i in group.old):
        called = _called(gone) - _of_others(gone, left)
        into = [
            (a, b) for a, b in kept if called and called <= _called(right[b]) - _called(left[a])
        ]
        if len(into) == 1:
            yield Group((into[0][0], gone.id), (into[0][1],), ())


def _called(insats: Insats) -> frozenset[str]:
    return frozenset(_WORDS.findall(insats.namn.casefold()))


def _of_others(insats: Insats, everyone: Mapping[str, Insats]) -> frozenset[str]:
    """The words that stand in the name of another, and tell of no one."""
    return frozenset().union(*(_called(one) for one in everyone.values() if one is not insats))
