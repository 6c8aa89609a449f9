"""What a letter tells of children: the changes that concern them, with the ages and the consent
that the files state."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, cast

from insatskoll.bilaga import phrases
from insatskoll.catalogue import printed
from insatskoll.catalogue.model import Insats
from insatskoll.diff import children, stated
from insatskoll.diff.facts import About, Fact, names_of
from insatskoll.diff.judgement import Judgement
from insatskoll.diff.telling import Change, Telling

if TYPE_CHECKING:
    from insatskoll.reading.schema_types import Alder, Del, InsatsData

# Verdicts that say what a child or its parents get, or have to pay, if the insats is for them.
_FELT = frozenset(
    {
        "narrower", "more-open", "less-scope", "more-scope", "higher-fee", "lower-fee",
        "more-documentation", "less-documentation", "other-basis", "unclear-scope", "unclear-fee",
        "unclear-documentation",
    }
)  # fmt: skip
_NUMBERED = frozenset({"fewer-children", "more-children"})
_MANY = 5  # insatser that are named one by one
# Fields that say who may take part. A change of one may be about children, whether or not another
# field says so.
_WHO = frozenset(
    {
        "målgrupp", "deltagare", "ålder", "ålder_i_innehåll", "medföljande_barn", "villkor",
        "gemensamma_villkor", "samtycke", "avgränsning",
    }
)  # fmt: skip
# What a change of an age holds, if nothing is said in words of whose it is or of whom it does not
# bind.
_ONLY_AGES = frozenset({"typ", "ålder", "avser", "från", "till", "enhet"})


def of_changes(telling: Telling) -> list[str]:
    """The changes that concern children, each in sentences: what is changed, what it means, and
    what children it shuts out or lets in."""
    aged: set[About] = set()
    found = [(change, _for_children(change, telling)) for change in telling.changes]
    return [_told(change, meant, telling, aged) for change, meant in found if meant]


def may_concern(telling: Telling) -> bool:
    """Whether some change is of who may take part, and not surely among grown-ups."""
    return any(
        _is_about_who(change) and not _is_among_adults(change, telling)
        for change in telling.changes
    )


def of_insatser(insatser: Iterable[Insats]) -> tuple[list[tuple[str, str]], list[str]]:
    """The insatser that concern children: those whose ages or consent are stated, with the
    sentences that state them, and the names of the others."""
    told: list[tuple[str, str]] = []
    silent: list[str] = []
    for insats in insatser:
        if not children.concerned(insats.data):
            continue
        if facts := _facts(insats.data):
            told.append((insats.namn, " ".join(facts)))
        else:
            silent.append(insats.namn)
    return told, silent


def _told(change: Change, meant: list[Judgement], telling: Telling, aged: set[About]) -> str:
    """A change in sentences; ``aged`` are those whose years have been told, once for all that
    changes them."""
    many = len(change.insatser) > _MANY and not change.main
    sentences = [phrases.mening(change.brief) if many else change.main_clause]
    if "åring" not in change.clause:
        sentences += (phrases.mening(one.words) for one in meant if one.verdict in _NUMBERED)
    whole = next((fact for fact in change.facts if not fact.path), None)
    if whole is not None and whole.subject.kind == "insats":
        data = cast("InsatsData", whole.after or whole.before)
        facts = [one for one in _facts(data) if one not in change.clause]
        if facts:
            before = "" if whole.after else "Före ändringen gällde: "
            sentences.append(f"{before}{' '.join(facts)}")
    elif change.long and any(fact.field == "samtycke" for fact in change.facts):
        sides = (("Före ändringen", change.before), ("Efter ändringen", change.after))
        sentences += [
            f"{when}: {phrases.mening(phrases.på_en_rad(text))}" for when, text in sides if text
        ]
    elif "åring" not in change.clause:
        sentences += _by_age(change, telling, aged)
    return " ".join(sentences)


def _facts(insats: InsatsData) -> list[str]:
    """The ages and the consent that an insats and its parts state, in sentences."""
    shown = printed.file(insats)
    return [
        *_stated(shown),
        *(
            f"Delen ”{part['namn']}”: {' '.join(facts)}"
            for part in shown.get("delar", ())
            if (facts := list(_stated(part)))
        ),
    ]


def _stated(part: InsatsData | Del) -> Iterator[str]:
    holders = [part.get("målgrupp", {}), part, *part.get("villkor", ())]
    found = [one.get(name) for one in holders for name in printed.AGES]
    ages = [cast("Alder", age) for age in found if age is not None]
    yield from dict.fromkeys(phrases.mening(phrases.alder_avser(age)) for age in ages)
    if "samtycke" in part:
        yield stated.consent(part["samtycke"])


def _by_age(change: Change, telling: Telling, aged: set[About]) -> Iterator[str]:
    """Which years of children lose or gain an insats, as far as the fields say so exactly."""
    sides = (telling.comparison.old, telling.comparison.new)
    held = [{insats.id: insats for insats in side.insatser} for side in sides]
    subjects = {
        fact.subject for fact in change.facts if fact.subject.kind == "insats" and _holds_age(fact)
    }
    for subject in sorted(subjects - aged, key=lambda one: one.namn):
        aged.add(subject)
        pair = [
            known.get(i or "") for known, i in zip(held, (subject.old, subject.new), strict=True)
        ]
        was, now = (children.years(one.data) if one is not None else None for one in pair)
        if was is None or now is None:
            continue
        if lost := was - now:
            yield f"{_aged(lost)} kan inte längre delta i {subject.namn}."
        if gained := now - was:
            yield f"{_aged(gained)} får möjlighet att delta i {subject.namn}."


def _holds_age(fact: Fact) -> bool:
    inside = (name for side in (fact.before, fact.after) if isinstance(side, dict) for name in side)
    return not set(printed.AGES).isdisjoint([*names_of(fact.path), *inside])


def _aged(years: frozenset[int]) -> str:
    """Children by their years: ”13- och 14-åringar”, ”6–12-åringar”."""
    ordered = sorted(years)
    starts = [ordered[0], *(b for a, b in pairwise(ordered) if b != a + 1)]
    ends = [*(a for a, b in pairwise(ordered) if b != a + 1), ordered[-1]]
    spans: list[str] = []
    for start, end in zip(starts, ends, strict=True):
        spans += [f"{start}", f"{end}"] if end == start + 1 else [_span(start, end)]
    return "".join([phrases.lista([*(f"{span}-" for span in spans[:-1]), spans[-1]]), "-åringar"])


def _span(start: int, end: int) -> str:
    return f"{start}" if start == end else f"{start}–{end}"


def _for_children(change: Change, telling: Telling) -> list[Judgement]:
    """What a change means for children: what is judged so, and what is felt in an insats for them
    or their parents."""
    concerned = any(children.concerned(insats.data) for insats in _insatser(change, telling))
    if concerned and _is_about_who(change):
        return list(change.judgements)
    return [
        judgement
        for judgement in change.judgements
        if judgement.axis == "children" or (concerned and judgement.verdict in _FELT)
    ]


def _is_about_who(change: Change) -> bool:
    """Whether a change is about who may take part, and is more than another wording."""
    if all(judgement.axis == "editorial" for judgement in change.judgements):
        return False
    return any(
        not _WHO.isdisjoint(step for step in fact.path if isinstance(step, str))
        for fact in change.facts
    )


def _is_among_adults(change: Change, telling: Telling) -> bool:
    """Whether a change of who may take part is surely not about children: a matter of ages or kinds
    of participants, in insatser where all are of age both before and after it."""
    if any(fact.field not in ("deltagare", "villkor", *printed.AGES) for fact in change.facts):
        return False
    if not all(_has_only_ages(side) for fact in change.facts for side in (fact.before, fact.after)):
        return False
    return all(children.all_of_age(insats.data) for insats in _insatser(change, telling))


def _has_only_ages(value: object) -> bool:
    if not isinstance(value, dict):
        return True  # no age, or kinds of participants
    is_age = value.get("typ", "ålder") == "ålder" and _ONLY_AGES.issuperset(value)
    return is_age and all(map(_has_only_ages, value.values()))


def _insatser(change: Change, telling: Telling) -> list[Insats]:
    """The insatser that a change is about, before and after it: all of them where it is common."""
    insatser = [
        insats
        for side in (telling.comparison.old, telling.comparison.new)
        for insats in side.insatser
    ]
    if any(fact.subject.kind == "kommun" for fact in change.facts):
        return insatser
    ids = {
        i
        for fact in change.facts
        if fact.subject.kind == "insats"
        for i in (fact.subject.old, fact.subject.new)
    }
    return [insats for insats in insatser if insats.id in ids]
