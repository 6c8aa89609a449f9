"""A condition in words that asks for several things, taken apart where the other side asks for one
of them by itself: it is the same whether they stand in one condition or in several.

Only what surely is a demand of its own is parted from the rest: it begins with a verb that says
what somebody is, has or does, or with somebody else and such a verb, and nothing in the sentence
binds the two otherwise.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from insatskoll import dictionary
from insatskoll.diff import conditions, lexicon, rewording
from insatskoll.diff.conditions import Condition
from insatskoll.diff.state import ADDED, Origins, Stratum

_Words = tuple[str, ...]

_WORDS = "beskrivning"
_AND, _IF = "och", "om"
# What a demand begins with, after whom it is put to, besides the verbs that the dictionary knows.
_VERBS = frozenset(
    {
        "arbetar", "behöver", "bor", "deltar", "fyller", "förstår", "går", "har", "hör", "lever",
        "läser", "måste", "samtycker", "saknar", "ska", "stöder", "stödjer", "studerar", "söker",
        "talar", "tänker", "upplever", "vill", "vistas", "vårdar", "väntar", "är", "önskar",
    }
)  # fmt: skip
# Whom a demand is put to, if it is to the same as before.
_THE_SAME = frozenset({"den", "denna", "denne", "du", "han", "hen", "hon"})
# Whom it is put to, if it is to the one who takes part.
_WHO_TAKES_PART = frozenset(
    {
        *((one,) for one in (*_THE_SAME, "personen", "deltagaren", "sökanden", "klienten")),
        *((one,) for one in ("brukaren", "besökaren")),
        ("den", "som"), ("den", "enskilde"), ("den", "enskilda"), ("den", "sökande"),
        ("en", "person", "som"), ("personer", "som"), ("personen", "som"), ("de", "som"),
    }
)  # fmt: skip
_MOST = 0.7  # of the words of a condition that may have been taken into another
_LONGEST = 4  # words for whom a demand is put to
# With these a sentence is not the one demand and the other.
_BINDING = frozenset(
    {
        "antingen", "eller", "ej", "får", "förutom", "förutsatt", "icke", "inte", "kan", "men",
        "respektive", "såvida", "utan", "utom", "varken",
    }
)  # fmt: skip
# What begins a clause that is part of what it stands in.
_WITHIN = frozenset({"att", "där", "när", "som", "vars", "vilka", "vilken", "vilket"})


def apart(before: Stratum, after: Stratum) -> tuple[Stratum, Stratum]:
    """Both strata with the conditions that the other asks for piece by piece in pieces."""
    held = [one.conditions for one in (before, after)]
    if held[0] == held[1] or not any(_has_several(one) for side in held for one in side):
        return before, after
    return _parted(before, held[1]), _parted(after, held[0])


def may_be_in(condition: Condition, others: Iterable[Condition]) -> bool:
    """Whether what a condition asks for in words may stand in one of the ``others``: most of the
    words that say something of their own do."""
    words = set(said_of(tuple(rewording.pieces(str(condition.get(_WORDS, ""))))))
    if not words:
        return False
    return any(
        len(words.intersection(rewording.pieces(str(one.get(_WORDS, ""))))) >= _MOST * len(words)
        for one in others
    )


def _has_several(condition: Condition) -> bool:
    if _AND not in str(condition.get(_WORDS, "")).split():
        return False
    return len(_demands(condition)) > 1 or bool(_sharing_a_verb(condition))


def _parted(stratum: Stratum, others: Sequence[Condition]) -> Stratum:
    own = {
        (besides(one), said_of(demand)) for one in stratum.conditions for demand in _demands(one)
    }
    asked = {
        (besides(one), said_of(demand)): one
        for one in others
        for demand in _shared(one, own) or _demands(one)
    }
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
    demands = _shared(condition, asked) or _demands(condition)
    there = [asked.get((besides(condition), said_of(demand))) for demand in demands]
    several = len(demands) > 1 or any(one is not None and _has_several(one) for one in there)
    if not several or not any(there) or condition in there:
        yield condition
        return
    for demand, other in zip(demands, there, strict=True):
        kinds = [str(one["typ"]) for one in (condition, other) if one]
        words = said_of(demand) if other else demand
        yield {**condition, "typ": min(kinds), _WORDS: " ".join(words)}


def _shared(condition: Condition, asked: Container[tuple[str, _Words]]) -> list[_Words]:
    """Two things of which the same is said in a condition, if the other side asks for each by
    itself."""
    found = _sharing_a_verb(condition)
    return found if all((besides(condition), said_of(one)) in asked for one in found) else []


def _sharing_a_verb(condition: Condition) -> list[_Words]:
    """Two things of which the same is said in one condition, each by itself: saknar bostad och
    inkomst."""
    words = tuple(rewording.pieces(str(condition.get(_WORDS, ""))))
    if words.count(_AND) != 1 or not _BINDING.isdisjoint(words):
        return []
    at = words.index(_AND)
    return both_sides(words[:at], words[at + 1 :])


def both_sides(first: _Words, second: _Words) -> list[_Words]:
    """What stands on both sides of och or eller, each as said of whom it is put to; nothing where
    that cannot be told."""
    verb = _verb(first)
    if verb is None or not second or not _BINDING.isdisjoint(first + second) or _has_if(first):
        return []
    own = _without(second, first[:verb])
    if is_verb(own, 0):
        return [first, (*first[:verb], *own)] if _WITHIN.isdisjoint(first[verb:]) else []
    return [] if _verb(second) else [first, (*first[: verb + 1], *second)]


def besides(condition: Condition) -> str:
    """What a condition says besides its kind and its words."""
    return repr(sorted((n, v) for n, v in condition.items() if n not in ("typ", _WORDS)))


def said_of(demand: _Words) -> _Words:
    """What a demand says, whatever the one who takes part is called in it."""
    verb = _verb(demand)
    whom = demand[: verb or 0]
    words = demand[verb:] if whom in _WHO_TAKES_PART else demand
    told = lexicon.shipped().read(words)
    return tuple(token.said for token in told if token.kind != "small")


def _demands(condition: Condition) -> list[_Words]:
    """What the words of a condition ask for, one by one, each said of whom it is put to."""
    words = tuple(rewording.pieces(str(condition.get(_WORDS, ""))))
    verb = _verb(words)
    if verb is None or not _BINDING.isdisjoint(words) or _has_if(words):
        return [words] if words else []
    parts: list[list[str]] = [[]]
    for word in words[verb:]:
        if word == _AND:
            parts.append([])
        else:
            parts[-1].append(word)
    return list(_joined(parts, words[:verb]))


def _joined(parts: Sequence[Sequence[str]], whom: _Words) -> Iterator[_Words]:
    """The parts between ”och”, each with whom it is put to; those that are no demands of their own
    are what they stand in, as may be what follows on a clause about somebody else."""
    current: list[str] = [*whom, *parts[0]]
    for part in parts[1:]:
        own = _without(part, whom)
        may_go_on = _WITHIN.isdisjoint(current[len(whom) :]) or len(own) < len(part)
        if is_verb(own, 0) and may_go_on:
            yield tuple(current)
            current = [*whom, *own]
        elif _verb(part):
            yield tuple(current)
            current = [*part]
        else:
            current += [_AND, *part]
    yield tuple(current)


def _verb(words: Sequence[str]) -> int | None:
    """The place of the verb that a demand has after whom it is put to, who may be the one who
    (den som)."""
    for at in range(min(len(words), _LONGEST + 1)):
        if is_verb(words, at):
            before = tuple(words[:at])
            return at if before in _WHO_TAKES_PART or _WITHIN.isdisjoint(before) else None
    return None


def is_verb(words: Sequence[str], at: int) -> bool:
    """Whether a word is a verb in the present: har, spelar; not föräldrar, flickor."""
    form = words[at] if at < len(words) else ""
    if form in _VERBS:
        return True
    if not form.endswith(("ar", "er")):
        return False
    return dictionary.lemmas().get(form) in (form[:-1], f"{form[:-2]}a")


def _has_if(words: Sequence[str]) -> bool:
    """Whether the words say what holds only if something else does: om barnet bor hemma, and not
    spelar om pengar."""
    for at, word in enumerate(words):
        if word == _IF:
            rest = words[at + 1 :]
            end = rest.index(_AND) if _AND in rest else len(rest)
            if any(is_verb(rest, i) for i in range(end)):
                return True
    return False


def _without(part: Sequence[str], whom: Sequence[str]) -> Sequence[str]:
    if whom and list(part[: len(whom)]) == list(whom):
        return part[len(whom) :]
    return part[1:] if part[:1] and part[0] in _THE_SAME and part[1:2] else part
