"""Two conditions that have become one in which either is enough, and the other way round: what was
asked for is then read as both in one, so that what differs is och for eller."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from insatskoll.diff import conditions, conjuncts, rewording
from insatskoll.diff.conditions import Condition
from insatskoll.diff.state import ADDED, Origins, Stratum

_WORDS, _AND, _OR = "beskrivning", "och", "eller"


def joined(stratum: Stratum, others: Sequence[Condition]) -> Stratum:
    """A stratum with the conditions that are alternatives in one of the ``others`` in one, as asked
    for both."""
    held = stratum.conditions
    for other in others:
        places = [] if other in held else list(_places(other, held))
        if len(places) == 2 and all(not _is_asked_in(held[at], others) for at in places):
            stratum = _as_one(stratum, places, other)
            held = stratum.conditions
    return stratum


def _is_asked_in(condition: Condition, others: Sequence[Condition]) -> bool:
    return any(conditions.implied(condition, one) for one in others)


def _places(other: Condition, held: Sequence[Condition]) -> Iterator[int]:
    """Where the alternatives of a condition stand among others, each by itself."""
    for words in _alternatives(other):
        said = conjuncts.said_of(words)
        for at, one in enumerate(held):
            alike = conjuncts.besides(one) == conjuncts.besides(other)
            if alike and conjuncts.said_of(_pieces(one)) == said:
                yield at
                break


def _pieces(condition: Condition) -> tuple[str, ...]:
    return tuple(rewording.pieces(str(condition.get(_WORDS, ""))))


def _alternatives(condition: Condition) -> list[tuple[str, ...]]:
    """Both alternatives of a condition, in words; nothing where there are none, or more."""
    words = _pieces(condition)
    if words.count(_OR) != 1 or _AND in words:
        return []
    at = words.index(_OR)
    return conjuncts.both_sides(words[:at], words[at + 1 :])


def _as_one(stratum: Stratum, places: Sequence[int], other: Condition) -> Stratum:
    words = " ".join(_AND if one == _OR else one for one in _pieces(other))
    first, second = sorted(places)
    kept: list[tuple[Condition, Origins]] = []
    for at, one in enumerate(stratum.conditions):
        where = stratum.written(ADDED, at)
        if at == first:
            kept.append(({**other, _WORDS: words}, where | stratum.written(ADDED, second)))
        elif at != second:
            kept.append((one, where))
    data = {**stratum.data, ADDED: [one for one, _ in kept]}
    return replace(stratum, data=data, of_conditions=tuple(where for _, where in kept))
