"""A condition in words that asks for several things, taken apart where the other side asks for one
of them by itself: it is the same whether they stand in one condition or in several.

Only what surely is a demand of its own is parted from the rest: it begins with a verb that says
what somebody is, has or does, and nothing in the sentence binds the two otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from insatskoll.diff import conditions, rewording
from insatskoll.diff.conditions import Condition
from insatskoll.diff.state import ADDED, Origins, Stratum

_Words = tuple[str, ...]

_WORDS = "beskrivning"
_AND = "och"
# What a demand begins with, after whom it is put to.
_VERBS = frozenset(
    {
        "arbetar", "behöver", "bor", "deltar", "fyller", "förstår", "går", "har", "hör", "lever",
        "läser", "måste", "samtycker", "saknar", "ska", "stöder", "stödjer", "studerar", "söker",
        "talar", "tänker", "upplever", "vill", "vistas", "vårdar", "väntar", "är", "önskar",
    }
)  # fmt: skip
# Whom a demand is put to, if it is to the same as before.
_THE_SAME = frozenset({"den", "denna", "denne", "du", "han", "hen", "hon"})
_LONGEST = 4  # words for whom a demand is put to
# With these a sentence is not the one demand and the other.
_BINDING = frozenset(
    {
        "antingen", "eller", "ej", "får", "förutom", "förutsatt", "icke", "inte", "kan", "men",
        "om", "respektive", "såvida", "utan", "utom", "varken",
    }
)  # fmt: skip


def apart(before: Stratum, after: Stratum) -> tuple[Stratum, Stratum]:
    """Both strata with the conditions that the other asks for piece by piece in pieces."""
    held = [one.conditions for one in (before, after)]
    if not any(map(_has_several, held[0])) and not any(map(_has_several, held[1])):
        return before, after
    return _parted(before, held[1]), _parted(after, held[0])


def _has_several(condition: Condition) -> bool:
    return _AND in str(condition.get(_WORDS, "")).split() and len(_demands(condition)) > 1


def _parted(stratum: Stratum, others: Sequence[Condition]) -> Stratum:
    asked = {(_besides(one), demand): one for one in others for demand in _demands(one)}
    found: list[tuple[Condition, Origins]] = []
    for place, one in enumerate(stratum.conditions):
        found += [(piece, stratum.written(ADDED, place)) for piece in _pieces(one, asked)]
    kept = conditions.together(found)
    if not kept:
        return stratum
    data = {**stratum.data, ADDED: [one for one, _ in kept]}
    return replace(stratum, data=data, of_conditions=tuple(where for _, where in kept))


def _pieces(
    condition: Condition, asked: Mapping[tuple[str, _Words], Condition]
) -> Iterator[Condition]:
    """The demands of a condition, each by itself, if the other side has any of them."""
    demands = _demands(condition)
    there = [asked.get((_besides(condition), demand)) for demand in demands]
    several = len(demands) > 1 or any(one and len(_demands(one)) > 1 for one in there)
    if not several or not any(there) or condition in there:
        yield condition
        return
    for demand, other in zip(demands, there, strict=True):
        kinds = [str(one["typ"]) for one in (condition, other) if one]
        yield {**condition, "typ": min(kinds), _WORDS: " ".join(demand)}


def _besides(condition: Condition) -> str:
    """What a condition says besides its kind and its words."""
    return repr(sorted((n, v) for n, v in condition.items() if n not in ("typ", _WORDS)))


def _demands(condition: Condition) -> list[_Words]:
    """What the words of a condition ask for, one by one, each said of whom it is put to."""
    words = rewording.pieces(str(condition.get(_WORDS, "")))
    verb = next((at for at, word in enumerate(words[: _LONGEST + 1]) if word in _VERBS), None)
    if verb is None or not _BINDING.isdisjoint(words):
        return [tuple(words)] if words else []
    whom, asked = words[:verb], words[verb:]
    found: list[list[str]] = [[]]
    for word in asked:
        if word == _AND:
            found.append([])
        else:
            found[-1].append(word)
    return [(*whom, *one) for one in _joined(found, whom)]


def _joined(parts: Sequence[Sequence[str]], whom: Sequence[str]) -> Iterator[list[str]]:
    """The parts between ”och”, without whom they are put to; those that are no demands of their own
    are what they stand in."""
    current: list[str] = []
    for part in parts:
        own = _without(part, whom)
        if not current:
            current = [*own]
        elif own and own[0] in _VERBS:
            yield current
            current = [*own]
        else:
            current += [_AND, *part]
    yield current


def _without(part: Sequence[str], whom: Sequence[str]) -> Sequence[str]:
    if whom and list(part[: len(whom)]) == list(whom):
        return part[len(whom) :]
    return part[1:] if part[:1] and part[0] in _THE_SAME and part[1:2] else part
