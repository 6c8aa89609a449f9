"""Which of the differences between two texts stand beside the others: what is known of one sentence
holds, unless another that is not known may take it back, or say it in another place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from insatskoll.diff.elements import Element, Sentence
from insatskoll.diff.ways import SAME, Moves
from insatskoll.values import immutable

_SHORTEST = 3  # letters of a word that may be what a sentence is about
_ENDING = 2  # letters of the shorter of two words that may be of one
_JOINING = frozenset(
    {
        "den", "det", "eller", "från", "för", "hos", "med", "mot", "och", "ska", "som", "till",
        "under", "vid",
    }
)  # fmt: skip
# What words do that say how much something is asked for or given, and not what.
_SAYING_HOW = frozenset({"ger", "kräver", "kan", "bör", "ska", "får", "görs", "nekar", "någon"})


@immutable
class Difference:
    """A sentence as it was and as it is, one of which may not be there, and what that does; None
    where it cannot be told. ``is_opposed`` tells that another gives more of what this gives less
    of."""

    before: Sentence | None
    after: Sentence | None
    moves: Moves | None = None
    is_opposed: bool = False

    @property
    def sides(self) -> tuple[Counter[Element], Counter[Element]]:
        """The words that only the old sentence has, and those that only the new one has."""
        old, new = (Counter(one.words) if one else Counter() for one in (self.before, self.after))
        return old - new, new - old


def settled(found: Sequence[Difference]) -> tuple[Difference, ...]:
    """The differences, of which those that another may take back are not known."""
    known = _without_opposed(_without_exchanged(found))
    unknown = [one for one in known if one.moves is None]
    return tuple(
        replace(one, moves=None)
        if one.moves is not None and any(_may_take_back(other, one) for other in unknown)
        else one
        for one in known
    )


def _without_exchanged(found: Sequence[Difference]) -> list[Difference]:
    """What has gone may be what has come, in words so different that they are not paired."""
    gone = any(one.after is None for one in found)
    come = any(one.before is None for one in found)
    if not (gone and come):
        return list(found)
    return [
        one if one.before is not None and one.after is not None else replace(one, moves=None)
        for one in found
    ]


def _without_opposed(found: Sequence[Difference]) -> list[Difference]:
    """Fewer times but longer ones are neither more nor less."""
    signs = {(one.moves or SAME).get("omfattning") for one in found} - {None}
    if len(signs) < 2:
        return list(found)
    return [
        replace(one, moves=None, is_opposed=True) if "omfattning" in (one.moves or SAME) else one
        for one in found
    ]


def _may_take_back(other: Difference, known: Difference) -> bool:
    """Whether a sentence that is not known may be about what is known of another: it makes an
    exception, or has words or measures of the same."""
    lost, gained = other.sides
    if any("förbehåller" in one.kinds for one in (*lost, *gained)):
        return True
    was, now = known.sides
    measured = {one.measure.kind for one in (*was, *now) if one.measure}
    if any(one.measure and one.measure.kind in measured for one in (*lost, *gained)):
        return True
    return _shares(was, gained) or _shares(now, lost)


def _shares(some: Counter[Element], others: Counter[Element]) -> bool:
    words = [_words(side) for side in (some, others)]
    return any(_alike(one, two) for one in words[0] for two in words[1])


def _alike(one: str, other: str) -> bool:
    """Whether two words may be of one: boka, bokning."""
    same = max(_SHORTEST, min(len(one), len(other)) - _ENDING)
    return one[:same] == other[:same]


def _words(side: Counter[Element]) -> list[str]:
    return [
        one.form
        for one in side
        if one.measure is None
        and len(one.form) >= _SHORTEST
        and one.form not in _JOINING
        and not one.kinds & _SAYING_HOW
    ]
