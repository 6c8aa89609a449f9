"""What one thing more or less in a list does."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

from insatskoll.diff import context, ways
from insatskoll.diff.elements import Elements, kinds_of
from insatskoll.diff.ways import Moves, Role

_AND, _OR = "och", "eller"
_CONJUNCTIONS = frozenset({_AND, _OR, "både", "såväl", "antingen"})
_SOMEBODY = ("person", "sökand", "deltag", "klient", "brukar", "den ", "du", "man", "hen")
# What somebody does, which may be what is denied, or not.
_DOING = frozenset({"ger", "får", "ska", "bör", "görs", "bistår", "deltar", "nekar"})
# What begins where or how something is given.
_WAYS = frozenset(
    {
        "digitalt", "enskilt", "fysiskt", "genom", "hemma", "hos", "i", "individuellt", "per",
        "på", "utomhus", "via", "över",
    }
)  # fmt: skip
_GIFTS = frozenset(("hjälp", "stöd", "råd"))


def told(old: Elements, new: Elements, role: Role) -> Moves | None:
    """What one more or one less in a list does; None where that is not all that differs."""
    shorter, longer = sorted((old, new), key=len)
    runs = only_more(shorter, longer)
    if not runs:
        return None
    kinds = kinds_of(longer)
    if kinds & {"kostar", "dokumenterar", "samtycker"}:
        return None
    if "nekar" in kinds:
        told = _denied(longer, runs, role)
        return told if shorter is old else ways.turned(told)
    if not {e.said for e in shorter} & {_AND, _OR} <= {e.said for e in longer}:
        return None
    found = [_item(longer, run, role) for run in runs]
    told = ways.together(found)
    return told if shorter is old else ways.turned(told)


def _denied(longer: Elements, runs: Sequence[tuple[int, int]], role: Role) -> Moves | None:
    """One thing more that somebody may not have or be: inte påverkad av alkohol eller droger."""
    kinds = kinds_of(longer) & {"kräver", "begränsar", "vidgar", "mjukar upp", "utesluter", "kan"}
    denials = [i for i, one in enumerate(longer) if "nekar" in one.kinds]
    if role != "krävs" or kinds or len(denials) != 1 or len(runs) != 1:
        return None
    ((first, last),) = runs
    joined = {one.said for one in longer if one.said in (_AND, _OR)}
    words = [one for one in longer[first : last + 1] if one.said not in _CONJUNCTIONS]
    plain = not any(one.measure or one.kinds & _DOING for one in words)
    return {"effekt": -1} if plain and joined == {_OR} and denials[0] < first else None


def only_more(shorter: Elements, longer: Elements) -> list[tuple[int, int]]:
    """The words that only the longer list has, from and to, each beside what joins it to the rest;
    nothing where anything else differs."""
    places = [
        [i for i, e in enumerate(s) if e.said not in _CONJUNCTIONS] for s in (shorter, longer)
    ]
    few, many = (
        [side[i].whole for i in at] for side, at in zip((shorter, longer), places, strict=True)
    )
    runs = []
    for kind, _, _, j, last in SequenceMatcher(None, few, many, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        if kind != "insert":
            return []
        first, final = places[1][j], places[1][last - 1]
        joined = [longer[first - 1]] if first else []
        joined += [longer[final + 1]] if final + 1 < len(longer) else []
        paused = longer[first].paused or (final + 1 < len(longer) and longer[final + 1].paused)
        if not paused and not any(one.said in (_AND, _OR) for one in joined):
            return []
        inside = [one for one in longer[first : final + 1] if one.said in _CONJUNCTIONS]
        if final - first + 1 != last - j and len(inside) > 1:
            return []
        runs.append((first, final))
    return runs


def _item(longer: Elements, run: tuple[int, int], role: Role) -> Moves | None:
    first, last = run
    words = [one for one in longer[first : last + 1] if one.said not in _CONJUNCTIONS]
    if any(one.measure for one in words):
        return None
    kinds = kinds_of(words)
    if kinds & {"begränsar", "kräver", "mjukar upp", "ska", "kan"}:
        return None
    joined = _joined_by(longer, first, last)
    asks = context.asks(longer, role)
    gives = kinds_of(longer) & {"ger", "får"} or longer[0].form in _GIFTS
    in_other_ways = joined == _OR and words[0].form.split()[0] in _WAYS
    applied_for = "anmäls" in kinds_of(longer) and not kinds_of(longer) & {"ska", "senast"}
    if in_other_ways and ((context.gives(kinds_of(longer)) and not asks) or applied_for):
        return {"effekt": 1}
    if not asks and not (gives and context.gives(kinds_of(longer))):
        return None
    persons = all(one.person for one in words)
    if not asks:
        return {"effekt": 1} if joined == _AND or (persons and joined) else None
    if joined == _OR and "kräver" not in kinds_of(longer):
        return {"effekt": 1}
    if joined != _AND:
        return None
    if persons and role == "krävs":
        known = _lists_persons(longer[:first]) and "ska" not in kinds_of(longer)
        return {"effekt": 1} if known else None
    if role == "krävs" and _is_demanded(longer[:first]):
        return {"effekt": -1}
    return {"effekt": -1} if "görs" in kinds else None


def _is_demanded(before: Elements) -> bool:
    """Whether nothing but a demand on somebody stands before an item: ska vara, ska kunna."""
    forms = [one.form for one in before]
    ska = next((i for i, one in enumerate(before) if "ska" in one.kinds), None)
    return ska is not None and not {_AND, _OR} & {*forms[:ska]} and "får" not in kinds_of(before)


def _lists_persons(before: Elements) -> bool:
    """Whether nothing but groups of persons stands before an item, so that it is one more of them;
    of somebody (personen) it would be asked for besides."""
    groups = [one for one in before if one.said not in _CONJUNCTIONS]
    return all(one.person and not one.form.startswith(_SOMEBODY) for one in groups)


def _joined_by(longer: Elements, first: int, last: int) -> str:
    """What joins an item to the rest of its list: the word before it, or the next that joins."""
    before = longer[first - 1].said if first else ""
    if before in (_AND, _OR):
        return before
    after = [one.said for one in longer[last + 1 :] if one.said in (_AND, _OR)]
    if after:
        return after[0]
    inside = [one.said for one in longer[first : last + 1] if one.said in (_AND, _OR)]
    return inside[0] if len(set(inside)) == 1 else ""
