"""Which way a text has been changed, where words that are known tell it: whether more or less is
asked for, or given, and how much.

A text says the same if nothing but the order of its sentences, or the unit of a measure, is
another. What is known of one sentence stands, whatever else has changed; the rest is left to the
reader, and what it is about is told (:mod:`concerns`). Which words tell it is said by the files in
``catalogue/omskrivningar``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Literal

from insatskoll.diff import (
    aligned,
    areas,
    concerns,
    elements,
    rewording,
    sentences,
    sizes,
    standing,
    ways,
)
from insatskoll.diff.concerns import Matter
from insatskoll.diff.elements import Sentence
from insatskoll.diff.standing import Difference
from insatskoll.diff.ways import BOTH, SAME, Axis, Moves, Role

_KEPT = 4_096
_LONGEST = 20_000  # letters of a text that is read
Told = Literal["mer", "mindre", "oförändrat", "läsaren"]


def same_said(before: object, after: object, field: str) -> bool:
    """Whether a field that is called ``field`` surely says the same before and after. Of groups and
    lists all that differs must be text that does."""
    texts = list(rewording.differing(before, after, field))
    return bool(texts) and all(
        pair is not None
        and (
            _says_the_same(pair, name in rewording.WORDS)
            or (name == "personal" and rewording.same_profession(*pair))
        )
        for name, pair in texts
    )


def _says_the_same(pair: tuple[str, str], is_text: bool) -> bool:
    if rewording.pieces(pair[0]) == rewording.pieces(pair[1]):
        return True
    return is_text and (rewording.reworded(*pair) or moves(*pair, "ges") == SAME)


def told(what: str, before: object, after: object) -> tuple[Told, ...]:
    """``mer``, ``mindre`` or both, by ``what`` is read out of two texts, and ``läsaren`` where
    something about it has changed that the words do not tell; ``oförändrat`` where all that has
    changed is surely something else, and nothing where nothing has."""
    if what == "måtten i omfattningen":
        return _of_extent(before, after)
    if what in _ABOUT and (before is None or after is None):
        before, after = before or "", after or ""
    if not isinstance(before, str) or not isinstance(after, str):
        return ()
    if what == "området":
        return _signs(areas.way(before, after) or None)
    if what == "vem i namnet":
        return ("läsaren",) if concerns.names_others(before, after) else ()
    role, axis = _READ.get(what, ("ges", None))
    found = differences(before, after, role)
    if found is None:
        if axis == "effekt" or _may_be_about(what, before, after):
            return ("läsaren",)
        return ()
    signs = {one.moves[axis] for one in found if one.moves and axis in one.moves} if axis else set()
    said: set[Told] = {word for sign in signs for word in _signs(sign)}
    if axis == "effekt" and any(one.moves is None for one in found):
        said.add("läsaren")
    elif axis == "effekt" and found and not said:
        said.add("oförändrat")
    if what in _OF_SIZE and _size_is_left(
        [one for one in found if axis not in (one.moves or SAME)]
    ):
        said.add("läsaren")
    if what in _ABOUT and any(
        concerns.touches(_ABOUT[what], one) for one in found if axis not in (one.moves or SAME)
    ):
        said.add("läsaren")
    return tuple(sorted(said))


def _size_is_left(found: Sequence[Difference]) -> bool:
    """Whether how much is given has changed in what does not tell which way."""
    return any(one.is_opposed for one in found) or sizes.differ(found)


def _may_be_about(what: str, before: str, after: str) -> bool:
    """Whether texts that cannot be compared sentence by sentence may be about something."""
    if what not in _ABOUT:
        return False
    if max(len(before), len(after)) > _LONGEST:
        return True
    return any(
        concerns.touches(_ABOUT[what], Difference(one, None))
        for text in (before, after)
        for one in said(text)
    )


_READ: Mapping[str, tuple[Role, Axis]] = {
    "vilka som släpps in": ("krävs", "effekt"),
    "barn som släpps in": ("krävs", "barn"),
    "det som ges": ("ges", "effekt"),
    "hur mycket som ges": ("ges", "omfattning"),
    "barn som får det": ("ges", "barn"),
    "avgiften i texten": ("ges", "avgift"),
}
# What else a text may be about, which is told also where its direction is not.
_ABOUT: Mapping[str, Matter] = {
    "barn som släpps in": "barn",
    "barn som får det": "barn",
    "barn i texten": "barn",
    "avgiften i texten": "avgift",
    "dokumentationen i texten": "dokumentation",
}
_OF_SIZE = frozenset({"hur mycket som ges", "omfattningen i texten"})
_PACE, _NUMBERS = frozenset({"frekvens", "period"}), frozenset({"antal", "högst", "lägst"})
_LASTS = ("längd", "frekvens", "period")


def _signs(sign: int | None) -> tuple[Told, ...]:
    if sign is None:
        return ()
    if sign == BOTH:
        return ("mer", "mindre")
    return ("mer",) if sign > 0 else ("mindre",)


def _of_extent(before: object, after: object) -> tuple[Told, ...]:
    """Whether an extent is more or less where only how long and how often it says is another."""
    if not isinstance(before, dict) or not isinstance(after, dict):
        return ()
    names = [one for one in {**before, **after} if before.get(one) != after.get(one)]
    if not _PACE.isdisjoint(names) and not _NUMBERS.isdisjoint(before):
        return ()  # as many times, sooner or later
    if any(one not in _LASTS or one not in before or one not in after for one in names):
        return ()
    found = {told("hur mycket som ges", before[one], after[one]) for one in names}
    return found.pop() if len(found) == 1 else ()


def said(text: str) -> list[Sentence]:
    """The sentences of a text."""
    return list(elements.sentences(text))


def moves(before: str, after: str, role: Role) -> Moves | None:
    """What a change of a text does; nothing on any axis if it says the same, and None where that
    cannot be told of the whole."""
    found = differences(before, after, role)
    return None if found is None else ways.together([one.moves for one in found])


@lru_cache(maxsize=_KEPT)
def differences(before: str, after: str, role: Role) -> tuple[Difference, ...] | None:
    """The sentences that say something else than before, or have come or gone, and what each of
    them does; None where that cannot be told sentence by sentence."""
    if max(len(before), len(after)) > _LONGEST:
        return None
    old, new = ([one for one in said(text) if one.words] for text in (before, after))
    lost, gained = aligned.without_equal(old, new), aligned.without_equal(new, old)
    if not lost and not gained:
        return () if aligned.may_change_places(old, new) else None
    pairs, gone, come = aligned.in_pairs(lost, gained)
    found = [Difference(one, two, sentences.between(one, two, role)) for one, two in pairs]
    found += [Difference(one, None, ways.turned(sentences.stands(one.words, role))) for one in gone]
    found += [Difference(None, one, sentences.stands(one.words, role)) for one in come]
    return standing.settled([one for one in found if one.moves != SAME])
