"""The facts with what they mean: each is judged once, here, and what is told of it carries the
answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from insatskoll.catalogue import printed
from insatskoll.diff import moves
from insatskoll.diff.facts import About, Comparison, Fact, between
from insatskoll.diff.judgement import Judgement, judge
from insatskoll.diff.known import Known

# What fields that hold for each part mean when they have moved into the parts or out of them.
_OF_EACH = {"omfattning": "unclear-scope", "avgift": "unclear-fee"}


@dataclass(frozen=True)
class Meaning:
    """A fact and what it means. ``behind`` is the fact of the comparison that it follows from, most
    often itself; ``moved`` tells where a field of the whole insats now is, if it has only moved."""

    fact: Fact
    judgements: tuple[Judgement, ...]
    behind: Fact
    moved: str = ""


def meanings(comparison: Comparison, known: Known) -> list[Meaning]:
    """Every fact of a comparison, and the changes in print that follow from them, with what they
    mean."""
    day = _day(comparison)
    found = [_meant(fact, fact, known, day) for fact in comparison.facts]
    followed = _in_consequence(comparison, known)
    return found + [_meant(fact, cause, known, day) for fact, cause in followed]


def is_told(meaning: Meaning, known: Known) -> bool:
    """Whether a fact is worth telling, besides what it follows from: a decision is about it, and it
    is seen in print."""
    fact = meaning.fact
    if not meaning.judgements or (fact.subject.regrouped and fact.path == ("namn",)):
        return False
    if fact.field == "insatser":  # the order of print, which changes when an insats comes or goes
        return order_changed(fact.before, fact.after)
    if fact.kind == "moved" or not fact.path:
        return True
    return bool(known.printed(fact, fact.before) != known.printed(fact, fact.after))


def order_changed(before: object, after: object) -> bool:
    """Whether what is in both lists stands in another order."""
    left, right = _in_both(before, after)
    return left != right


def in_both(fact: Fact) -> tuple[object, object]:
    """What a fact says before and after it: of the order of print, only what is in both lists,
    since those that come and go are facts of their own."""
    if fact.field == "insatser" and fact.kind == "changed":
        return _in_both(fact.before, fact.after)
    return fact.before, fact.after


def _in_both(before: object, after: object) -> tuple[list[object], list[object]]:
    left, right = (list(side) if isinstance(side, Sequence) else [] for side in (before, after))
    return [item for item in left if item in right], [item for item in right if item in left]


def _day(comparison: Comparison) -> str | None:
    """The day whose law the change is judged by: that of the new side, or of the old where nothing
    is left."""
    shown = comparison.new if comparison.new.is_there else comparison.old
    return shown.prövningsdag if shown.is_there else None


def _meant(fact: Fact, behind: Fact, known: Known, day: str | None) -> Meaning:
    """What a fact means. What has only moved between an insats and all its parts says what it said,
    but it is for a reader to tell whether so much of each part is as much as of the whole."""
    judgements = judge(fact, day)
    where = moves.where_to(fact, known)
    if not where:
        return Meaning(fact, judgements, behind)
    verdict = _OF_EACH.get(fact.field, "editorial")
    meant = tuple(Judgement(verdict, judgement.basis) for judgement in judgements[:1])
    return Meaning(fact, meant, behind, where if fact.path[:1] != ("delar",) else "")


def _in_consequence(comparison: Comparison, known: Known) -> Iterator[tuple[Fact, Fact]]:
    """The ages that stand unchanged in the files, but are printed as another's than before, since
    others take part; each with the fact about who does."""
    told = {(fact.subject, fact.path) for fact in comparison.facts}
    causes: dict[About, list[Fact]] = {}
    for fact in comparison.facts:
        if fact.field == "deltagare":
            causes.setdefault(fact.subject, []).append(fact)
    for subject, found in causes.items():
        before, after = (known.file(subject, side) for side in (0, 1))
        if before is None or after is None:
            continue
        for fact in between(subject, printed.file(before), printed.file(after)):
            if fact.field in printed.AGES and (subject, fact.path) not in told:
                yield fact, _cause(fact, found)


def _cause(fact: Fact, found: list[Fact]) -> Fact:
    """The nearest of the facts about who takes part: in the same part, or else in the whole."""
    nearest = [cause for cause in found if cause.path[:-2] == fact.path[: len(cause.path) - 2]]
    return max(nearest or found, key=lambda cause: len(cause.path))
