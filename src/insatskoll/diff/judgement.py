"""Judgement: what a fact means, on axes of their own, so that it can be read and disputed apart
from the fact.

A judgement has an axis, a verdict on it, and the lagrum or the rule that it rests on. Which field
gives which verdict is said by the files in ``catalogue/bedömningar``; here they are put. What only
a reader of the text can tell is called unclear.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from insatskoll.catalogue import printed
from insatskoll.diff import comparisons, directions, readings, verdicts
from insatskoll.diff.comparisons import UNSAID, within
from insatskoll.diff.facts import Fact, Order, names_of
from insatskoll.diff.verdicts import Question, Step, Verdicts


@dataclass(frozen=True, order=True)
class Judgement:
    """What a fact means on one axis: the verdict (a code) and the lagrum or rule id that it rests
    on."""

    verdict: str
    basis: str

    @property
    def axis(self) -> str:
        """effect, children, documentation, fee, scope, provider or editorial."""
        return verdicts.shipped().by_code[self.verdict].axis

    @property
    def weight(self) -> int:
        """How important it is; the lightest first."""
        return verdicts.shipped().by_code[self.verdict].weight

    @property
    def is_unclear(self) -> bool:
        """Whether only a reader of the text can tell."""
        return self.verdict.startswith("unclear")

    @property
    def words(self) -> str:
        """The verdict in Swedish."""
        return verdicts.shipped().by_code[self.verdict].words


def judge(fact: Fact, day: str | None = None, by: Verdicts | None = None) -> tuple[Judgement, ...]:
    """The meaning of ``fact``: a judgement on each axis that it touches, or several where some gain
    and others lose, or only a part of it can be told; none if no decision is about it.

    ``day`` is the one whose law counts, the latest if there is none. ``by`` are other verdicts than
    the program's own.
    """
    known = by or verdicts.shipped()
    found = set(_judgements(fact, day, known))
    return tuple(sorted(found, key=lambda j: (known.by_code[j.verdict].weight, j)))


def only_written_otherwise(fact: Fact, day: str | None = None) -> Judgement:
    """The judgement of a fact that changes nothing that holds."""
    (question,) = verdicts.shipped().spelling(fact.subject.kind).puts(day)
    (found,) = _answers(question, fact.before, fact.after)
    return found


def path_of(fact: Fact) -> str:
    """The field that a fact is about as the files of judgements name it: ”insats.villkor.ålder”, in
    a part as in the whole."""
    return ".".join((fact.subject.kind, *names_of(fact.path)))


def _judgements(fact: Fact, day: str | None, known: Verdicts) -> Iterator[Judgement]:
    field = known.field(path_of(fact))
    topic, before, after = field.topic, fact.before, fact.after
    if topic.silence or (fact.field == "dokumentation" and readings.same_provision(before, after)):
        return
    if _is_only_written_otherwise(fact):
        topic = known.spelling(fact.subject.kind)
    elif field.part:
        before, after = (within(side, field.part) for side in (before, after))
    for question in topic.puts(day):
        yield from _answers(question, before, after)


def _is_only_written_otherwise(fact: Fact) -> bool:
    ordered = bool(fact.path) and isinstance(fact.path[-1], Order)
    return (
        ordered
        or (fact.field in printed.AGES and readings.same_age(fact.before, fact.after))
        or (fact.field == "avgift" and readings.same_fee(fact.before, fact.after))
        or directions.same_said(fact.before, fact.after, fact.field)
    )


def _answers(question: Question, before: object, after: object) -> Iterator[Judgement]:
    """What the first step that answers says, and the next ones of what it leaves to them."""
    for step in question:
        outcomes = _outcomes(step, before, after)
        for outcome in outcomes:
            if (verdict := step.outcomes.get(outcome)) is not None:
                yield Judgement(verdict, _basis(step, before, after))
        if outcomes and all(outcome in step.outcomes for outcome in outcomes):
            return


def _outcomes(step: Step, before: object, after: object) -> Sequence[str]:
    """What comes of a comparison, of texts perhaps several things; nothing if it is not to be put,
    or cannot tell."""
    data = step.data
    if "när" in data and not readings.CONDITIONS[data["när"]](before, after):
        return ()
    if not all(
        _has(side, name, allowed)
        for name, allowed in data.get("om", {}).items()
        for side in (before, after)
    ):
        return ()
    old, new = (_read(step, side) for side in (before, after))
    if "delfält" in data:
        old, new = (within(side, data["delfält"]) for side in (old, new))
        if old == new:
            return ()
    if step.kind == "text":
        return directions.told(data["text"], old, new)
    outcome = _compared(step, old, new)
    return () if outcome is None else (outcome,)


def _compared(step: Step, old: object, new: object) -> str | None:
    data = step.data
    match step.kind:
        case "tillkommer":
            return comparisons.come_or_gone(old, new)
        case "skala":
            return comparisons.on_scale(data["skala"], old, new)
        case "mängd":
            return comparisons.as_sets(data["mängd"], old, new)
        case "intervall":
            return comparisons.as_intervals(data["intervall"], old, new)
    return "blir"


def _has(side: object, name: str, allowed: Sequence[str]) -> bool:
    value = within(side, name)
    return (UNSAID if value is None else value) in allowed


def _read(step: Step, side: object) -> object:
    return readings.READINGS[step.data["läses"]](side) if "läses" in step.data else side


def _basis(step: Step, before: object, after: object) -> str:
    """What a verdict rests on: where a field tells, by what it says now, or else by what it
    said."""
    if step.by_value is None:
        return step.basis
    said = [within(_read(step, side), step.by_value["delfält"]) for side in (after, before)]
    return step.by_value["värden"].get(str(next(filter(None, said), None)), step.basis)


def said(judgements: Sequence[Judgement]) -> str:
    """Judgements in words, each with the provision it rests on: ”snävare för den enskilde, SoL 11
    kap. 5 §”. A rule of the program's own is no provision, and what is only written in another way
    needs none."""
    by_basis = by_provision(
        (one.words, "" if one.axis == "editorial" or one.basis.startswith("IK") else one.basis)
        for one in judgements
    )
    return "; ".join(", ".join(filter(None, [*words, basis])) for basis, words in by_basis.items())


def by_provision(told: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """Words by the provision that they rest on; the same words without one are not said again."""
    said = list(told)
    based = {words for words, basis in said if basis}
    found: dict[str, list[str]] = {}
    for words, basis in said:
        if basis or words not in based:
            found.setdefault(basis, []).append(words)
    return found
