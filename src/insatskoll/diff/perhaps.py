"""What is removed and what is added that may be the same insats: one change, which says that the
one takes the other's place, asks what only someone who knows can tell, and is judged by what it
changes for those whom the insatser are for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from insatskoll.catalogue.model import Insats, Revision
from insatskoll.diff import asking, phrasebook, regrouped
from insatskoll.diff.clauses import Said, few
from insatskoll.diff.facts import Comparison, Fact, compare
from insatskoll.diff.introduced import described
from insatskoll.diff.judgement import Judgement, only_written_otherwise
from insatskoll.diff.known import Known
from insatskoll.diff.matching import Group
from insatskoll.diff.matters import matters
from insatskoll.diff.meaning import is_told, meanings
from insatskoll.diff.naming import named
from insatskoll.values import immutable

_BOOK = "insats.ärende"


@immutable
class Replaced:
    """Insatser that are removed and those that may be the same, with the facts that they come and
    go, the clause, what it means, and what to ask: nothing where the new side is decided."""

    group: Group
    facts: tuple[Fact, ...]
    said: Said
    shorter: str
    judgements: tuple[Judgement, ...]
    question: str


def replaced(comparison: Comparison, known: Known) -> list[Replaced]:
    """All that may be the same, in the order of the facts."""
    whole = {
        (fact.subject.old, fact.subject.new): fact
        for fact in comparison.facts
        if fact.subject.kind == "insats" and not fact.path
    }
    found = []
    for group in comparison.perhaps_the_same:
        keys = [*((None, i) for i in group.new), *((i, None) for i in group.old)]
        if all(key in whole for key in keys):
            facts = tuple(whole[key] for key in keys)
            found.append(_replaced(group, facts, comparison, known))
    return found


def _replaced(
    group: Group, facts: tuple[Fact, ...], comparison: Comparison, known: Known
) -> Replaced:
    old, new = ([known.insatser[side][i] for i in ids] for side, ids in enumerate(_sides(group)))
    before, after = ([one.namn for one in side] for side in (old, new))
    further = described(new[0].data, known.names[1]) if len(new) == 1 else ""
    question = "" if comparison.new.beslut is not None else asking.question(old, new, group.old)
    return Replaced(
        group,
        facts,
        replace(_clause(before, after), further=further),
        _clause(few(before), few(after)).clause,
        _judged(group, comparison) or (only_written_otherwise(facts[0]),),
        question,
    )


def _sides(group: Group) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return group.old, group.new


def _clause(before: Sequence[str], after: Sequence[str]) -> Said:
    happening = "ersätts" if len(before) == 1 else "flera ersätts"
    slots = {"gamla": named(before), "nya": named(after)}
    return Said(*phrasebook.of(_BOOK).filled(happening, slots))


def _judged(group: Group, comparison: Comparison) -> tuple[Judgement, ...]:
    """What it means for those whom the insatser are for, whether or not they are the same: what
    differs between them. Nothing where that is nothing that is told."""
    old, new = (
        _only(side, ids)
        for side, ids in zip((comparison.old, comparison.new), _sides(group), strict=True)
    )
    one = compare(old, replace(new, insatser=tuple(_known_as(i, group) for i in new.insatser)))
    known = Known(one)
    told = [m for m in meanings(one, known) if m.fact.subject.kind == "insats"]
    inside = matters([meaning for meaning in told if is_told(meaning, known)])
    return regrouped.judged(inside)


def _only(side: Revision, ids: Sequence[str]) -> Revision:
    return replace(side, insatser=tuple(one for one in side.insatser if one.id in ids))


def _known_as(insats: Insats, group: Group) -> Insats:
    former = list(dict.fromkeys((*insats.tidigare_id, *group.old)))
    return replace(insats, data={**insats.data, "tidigare_id": former})
