"""What a condition that has come or gone asks for, beside the others that hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from insatskoll.diff import children, conditions, conjuncts
from insatskoll.diff.facts import Fact, between
from insatskoll.diff.state import ADDED, Stratum

if TYPE_CHECKING:
    from insatskoll.reading.schema_types import Alder, InsatsData

_WORDS = "beskrivning"
# Whose age may be that of children who take part.
_THEIRS = frozenset({"deltagaren", "barnet", "den unge", "barnet eller den unge"})


def told(fact: Fact, a: Stratum, b: Stratum) -> Iterator[Fact]:
    """A fact as it is judged. A condition that has come or gone is none if another asks for as
    much, and is held against another that asks for the same in words of its own."""
    if fact.path[0] != ADDED or len(fact.path) != 2:
        yield _as_written(fact, a, b)
        return
    added = fact.kind == "added"
    value = cast("conditions.Condition", fact.after if added else fact.before)
    held = (a if added else b).conditions
    if conditions.any_implies(held, value) or conditions.is_met_by_all(value):
        return
    alike = next((one for one in held if conditions.alike(one, value)), None)
    where, elsewhere = (b, a) if added else (a, b)
    if alike is None and conjuncts.may_be_in(value, only_in(elsewhere, where)):
        words = value.get(_WORDS)
        yield Fact(fact.subject, (*fact.path, _WORDS), words, words)
        return
    if alike is None:
        yield fact
        yield from _of_children(fact, value, a if added else b)
        return
    sides = (alike, value) if added else (value, alike)
    same = replace(fact.subject, old=fact.subject.id, new=fact.subject.id)
    for inner in between(same, *sides):
        yield replace(inner, path=(*fact.path, *inner.path))


def only_in(stratum: Stratum, other: Stratum) -> list[conditions.Condition]:
    """The conditions of a stratum that the other does not have."""
    return [one for one in stratum.conditions if one not in other.conditions]


def _as_written(fact: Fact, a: Stratum, b: Stratum) -> Fact:
    """A fact about the words of a condition: one for the reader where they may have taken in what
    another asked for, or left it to another."""
    if fact.path[0] != ADDED or fact.path[-1] != _WORDS or fact.kind != "changed":
        return fact
    told = [only_in(a, b), only_in(b, a)]
    for side, others in ((fact.after, told[0]), (fact.before, told[1])):
        here = [{_WORDS: side}]
        was = {fact.before, fact.after} - {side}
        if any(conjuncts.may_be_in(one, here) and one.get(_WORDS) not in was for one in others):
            return replace(fact, after=fact.before)
    return fact


def _of_children(fact: Fact, condition: conditions.Condition, rest: Stratum) -> Iterator[Fact]:
    """What an age that has come or gone does where children take part in the ``rest`` who cannot
    with it: it is held against that of all. Where they only may, it is for a reader."""
    age, insats = condition.get("ålder"), cast("InsatsData", rest.data)
    if not isinstance(age, dict) or "gäller" in condition:
        return
    everyone: dict[str, object] | None = None
    low = age.get("från", 0) if age.get("enhet", "år") == "år" else 0
    if age.get("avser") in _THEIRS and low and children.shut_out(insats, low):
        everyone = {**age, "från": 0}
    elif not children.may_be_shut_out(insats, cast("Alder", age)):
        return
    sides = (everyone, age) if fact.kind == "added" else (age, everyone)
    yield Fact(fact.subject, (*fact.path, "ålder"), *sides)


def is_more(fact: Fact, rest: Stratum, asked: conditions.Condition) -> bool:
    """Whether a condition is one more than those of the rest, or a stricter one of them."""
    if len(fact.path) == 2:
        return fact.kind == "added"
    return any(conditions.implied(one, asked) for one in rest.conditions)


def asks_for(stratum: Stratum, asked: conditions.Condition) -> bool:
    """Whether a condition of a stratum asks for all that ``asked`` does."""
    return conditions.any_implies(stratum.conditions, asked)
