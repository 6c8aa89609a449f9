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
from insatskoll.diff.facts import About, Fact, Item, names_of
from insatskoll.diff.forms import first
from insatskoll.diff.forms.remarks import is_unclear
from insatskoll.diff.judgement import Judgement
from insatskoll.diff.naming import bare
from insatskoll.diff.rewording import TEXTS
from insatskoll.diff.telling import Change, Telling
from insatskoll.patterns import later

if TYPE_CHECKING:
    from insatskoll.reading.schema_types import Del, InsatsData

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
_SHORT = 600  # characters of an analysis that is quoted
_LISTED = 8  # insatser, at most, that are listed with the ages of those who take part in them
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
_HOW_OFTEN = "uppföljningsintervall"
_TO_CHILDREN = "barnkonsekvensanalys"
_REASONS = frozenset({"skäl", "kontroll"})  # why a condition is asked for, and how it is seen
# Words by which a text about grown-ups may let in someone younger.
_MAYBE_YOUNG = later(
    r"(?i)\b(barn|ung|yngre|elev|flick|pojk|tonår|minderårig|omyndig|vårdnad|familj|förälder|föräldr"
    r"|ålder|undantag|alla\b|oavsett)|barn\b|årig|åring|[0-9]"
)
_FIGURES = later(r"[0-9]+")
_DEMAND = later(r"^Deltagaren ska vara ")


def of_changes(telling: Telling) -> list[str]:
    """The changes that concern children, each in sentences: what is changed, what it means, and
    what children it shuts out or lets in."""
    aged: set[About] = set()
    found = [(change, _for_children(change, telling)) for change in telling.changes]
    return [_told(change, meant, telling, aged) for change, meant in found if meant]


def by_a_limit_alone(telling: Telling) -> bool:
    """Whether some of them is about children only by a limit that says from what age one may take
    part, in an insats that is not told to be for children."""
    return any(
        any(_moves_a_limit(*pair) for pair in _limited(change, telling))
        and not any(children.concerned(insats.data) for insats in _insatser(change, telling))
        for change in telling.changes
    )


def only_in_words(telling: Telling) -> list[str]:
    """The names of the insatser for children or their parents in which texts are changed so that
    only a reader can tell what it is to them."""
    found: dict[str, None] = {}
    for change in telling.changes:
        if _for_children(change, telling) or not any(map(is_unclear, change.judgements)):
            continue
        if not all(map(_is_text, change.facts)):
            continue
        concerned = (one for one in _insatser(change, telling) if children.concerned(one.data))
        names = {one.namn for one in concerned}
        found |= dict.fromkeys(bare(name) for name in change.insatser if name in names)
    return list(found)


def _is_text(fact: Fact) -> bool:
    return fact.subject.kind == "insats" and fact.field in TEXTS and not _holds_age(fact)


def may_concern(telling: Telling) -> str:
    """What may be about children though no field says so: who may take part, where a change of that
    is not surely among grown-ups, or whose consent is asked for. Empty where nothing is."""
    if any(
        _is_about_who(change)
        and not _is_only_of_what_it_is_not(change)
        and not _is_among_adults(change, telling)
        and not _is_above_children(change, telling)
        for change in telling.changes
    ):
        return "vilka som kan delta"
    consent = (change for change in telling.changes if change.touched)
    if any(fact.field == "samtycke" for change in consent for fact in change.facts):
        return "samtycke från vårdnadshavare"
    return ""


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
    whole = next((fact for fact in change.facts if not fact.path), None)
    comes = whole is not None and whole.subject.kind == "insats" and len(change.facts) == 1
    told = phrases.mening(change.point if comes and change.point else change.brief)
    sentences = [told if many or comes else change.main_clause]
    if "åring" not in change.clause:
        sentences += (phrases.mening(one.words) for one in meant if one.verdict in _NUMBERED)
    if whole is not None and whole.subject.kind == "insats":
        data = cast("InsatsData", whole.after or whole.before)
        facts = [one for one in _facts(data) if _bare(one) not in sentences[0]]
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
    sentences += _analysed(change)
    if _lets_in_without_consent(change, telling):
        sentences.append("Bilagan anger inte vems samtycke som krävs för dem som är under 18 år.")
    if whole is None:
        sentences += _whose(change, telling, " ".join(sentences))
    return " ".join(sentences)


def _analysed(change: Change) -> Iterator[str]:
    """What a new analysis says of what an insats is to children, unless that is long."""
    for fact in change.facts:
        if fact.subject.kind == "riskanalys" and not fact.path and isinstance(fact.after, dict):
            said = " ".join(map(phrases.mening, fact.after.get(_TO_CHILDREN, ())))
            if said and len(said) <= _SHORT:
                yield f"Barnkonsekvensanalysen: ”{phrases.på_en_rad(said).removesuffix('.')}”."
            elif said:
                yield "Barnkonsekvensanalysen står i analysen."


def _lets_in_without_consent(change: Change, telling: Telling) -> bool:
    """Whether a change lets in children who could not take part, where nothing is said of
    consent."""
    new = telling.comparison.new.kommun
    for was, now in _limited(change, telling):
        before, after = children.let_in(was), children.let_in(now)
        parts = (new, now, *now.get("delar", ()))
        if _moves_a_limit(was, now) and (before or set()) < (after or set()):
            return not any("samtycke" in part for part in parts)
    return False


def _whose(change: Change, telling: Telling, said: str) -> Iterator[str]:
    """Which insatser for children a change of consent, or of what is common, is about, and how old
    those are who take part in them; nothing of what is ``said``."""
    if _is_common(change):
        if not change.touched:
            return
    elif not any(fact.field == "samtycke" for fact in change.facts):
        return
    ids = {insats.id for insats in _insatser(change, telling)}
    about = [one for one in telling.comparison.new.insatser if one.id in ids]
    young = [one for one in about if children.concerned(one.data)]
    listed = phrases.lista(f"{bare(one.namn)}{_in_brackets(one)}" for one in young)
    if len(about) == 1 and young:
        yield from (age for age in first.ages(young[0]) if _bare(age) not in said)
    elif len(young) == 1:
        yield f"Bland insatserna är {listed} till för barn eller deras föräldrar."
    elif young and len(young) > _LISTED:
        number = phrases.antal(len(young))
        yield f"Bland insatserna är {number} till för barn eller deras föräldrar."
    elif len(young) < len(about) and young:
        yield f"Bland insatserna är de här till för barn eller deras föräldrar: {listed}."
    elif any(map(first.ages, young)):
        yield f"Insatserna är till för barn eller deras föräldrar: {listed}."


def _in_brackets(insats: Insats) -> str:
    """How old those are who take part: ”(deltagaren ska vara 7–12 år)”; empty where that is not
    said."""
    ages = [f"{age[0].lower()}{age[1:]}".removesuffix(".") for age in first.ages(insats)]
    return f" ({phrases.lista(ages)})" if ages else ""


def _bare(fact: str) -> str:
    """A sentence about an age as little else than the age: ”16–24 år”."""
    return _DEMAND.sub("", fact).removesuffix(".")


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
    yield from first.aged_as(part)
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
    if any(_moves_a_limit(*pair) for pair in _limited(change, telling)):
        return list(change.judgements)
    if _is_above_children(change, telling) or _is_analysis_of_adults(change, telling):
        return []
    if all(fact.path[:1] == (_HOW_OFTEN,) for fact in change.facts):
        return []  # how often the nämnd looks at all of it is nothing to a child
    concerned = any(children.concerned(insats.data) for insats in _insatser(change, telling))
    if concerned and _is_about_who(change):
        return list(change.judgements)
    return [
        judgement
        for judgement in change.judgements
        if judgement.axis == "children" or (concerned and judgement.verdict in _FELT)
    ]


def _limited(change: Change, telling: Telling) -> Iterator[tuple[InsatsData, InsatsData]]:
    """The insatser whose conditions of age a change is about, before and after it."""
    sides = (telling.comparison.old, telling.comparison.new)
    held = [{insats.id: insats.data for insats in side.insatser} for side in sides]
    about = {
        fact.subject
        for fact in change.facts
        if fact.subject.kind == "insats" and fact.path[:1] == ("villkor",) and _holds_age(fact)
    }
    for subject in sorted(about, key=lambda one: one.namn):
        was, now = held[0].get(subject.old or ""), held[1].get(subject.new or "")
        if was is not None and now is not None:
            yield was, now


def _moves_a_limit(was: InsatsData, now: InsatsData) -> bool:
    """Whether a condition of age has come to shut children out who could take part, or no longer
    does, in an insats that they may come to when it does not."""
    before, after = children.let_in(was), children.let_in(now)
    if before is None or after is None or before == after:
        return False
    if children.far_from(was) or children.far_from(now):
        return False
    return before < after or not children.all_of_age(was)


def _is_analysis_of_adults(change: Change, telling: Telling) -> bool:
    """Whether a change is of the analysis of insatser in which all surely are of age, and not of
    what that says of children."""
    if any(fact.subject.kind != "riskanalys" for fact in change.facts):
        return False
    if any(_is_of_what_it_is_to_children(fact) for fact in change.facts):
        return False
    ids = {i for fact in change.facts for i in (fact.subject.old, fact.subject.new)}
    sides = (telling.comparison.old, telling.comparison.new)
    found = [one for side in sides for one in side.insatser if one.id in ids]
    return bool(found) and all(children.all_of_age(one.data) for one in found)


def _is_of_what_it_is_to_children(fact: Fact) -> bool:
    sides = (side for side in (fact.before, fact.after) if not fact.path and isinstance(side, dict))
    return fact.path[:1] == (_TO_CHILDREN,) or any(_TO_CHILDREN in side for side in sides)


def _is_about_who(change: Change) -> bool:
    """Whether a change is about who may take part, and is more than another wording."""
    if all(judgement.axis == "editorial" for judgement in change.judgements):
        return False
    return any(map(_is_of_who, change.facts))


def _is_only_of_what_it_is_not(change: Change) -> bool:
    """Whether all that a change says of who may take part is what an insats is not, in words that
    are about nobody young."""
    about = list(filter(_is_of_who, change.facts))
    return all(
        fact.field == "avgränsning"
        and all(side is None or _is_of_other(side) for side in (fact.before, fact.after))
        for fact in about
    )


def _is_of_who(fact: Fact) -> bool:
    return not _WHO.isdisjoint(names_of(fact.path))


def _is_among_adults(change: Change, telling: Telling) -> bool:
    """Whether a change of who may take part is surely not about children: of what lets in no one
    younger, in insatser where all are of age both before and after it."""
    about = filter(_is_of_who, change.facts)
    if not all(_lets_in_none_younger(fact) for fact in about):
        return False
    return all(children.all_of_age(insats.data) for insats in _insatser(change, telling))


def _lets_in_none_younger(fact: Fact) -> bool:
    """Whether a fact about those who are of age by another field cannot make them younger."""
    if fact.field in _REASONS:
        return True
    if fact.field == "medföljande_barn" or (_is_of_age_limit(fact) and fact.field == "beskrivning"):
        return False
    sides = (fact.before, fact.after)
    return all(_has_only_ages(side) or _is_of_other(side) for side in sides)


def _is_of_age_limit(fact: Fact) -> bool:
    return any(isinstance(step, Item) and "ålder" in (step.name, step.was) for step in fact.path)


def _has_only_ages(value: object) -> bool:
    if not isinstance(value, dict):
        return not isinstance(value, str)  # no age, or kinds of participants
    is_age = value.get("typ", "ålder") == "ålder" and value.keys() <= _ONLY_AGES | _REASONS
    return is_age and all(_has_only_ages(value[key]) for key in ("ålder",) if key in value)


def _is_of_other(value: object) -> bool:
    """Whether a text, or a condition, is of something else than how old anybody is."""
    if isinstance(value, str):
        return _MAYBE_YOUNG.search(value) is None
    if not isinstance(value, dict) or not _ONLY_AGES.isdisjoint(value.keys() - {"typ"}):
        return False
    texts = (text for key, text in value.items() if key not in _REASONS)
    return value.get("typ") != "ålder" and all(
        isinstance(text, str) and _is_of_other(text) for text in texts
    )


def _is_above_children(change: Change, telling: Telling) -> bool:
    """Whether a change is of ages only, and surely leaves it as it was which children may take
    part."""
    if any(judgement.axis == "children" for judgement in change.judgements):
        return False
    if not any(map(_holds_age, change.facts)) or not all(map(_is_only_of_age, change.facts)):
        return False
    if any(fact.subject.kind != "insats" or not fact.path for fact in change.facts):
        return False
    sides = (telling.comparison.old, telling.comparison.new)
    held = [{insats.id: insats.data for insats in side.insatser} for side in sides]
    for subject in change.subjects:
        was, now = held[0].get(subject.old or ""), held[1].get(subject.new or "")
        if was is None or now is None or children.with_parents(was) or children.with_parents(now):
            return False
        years = children.years(was)
        if years is None or years != children.years(now):
            return False
    return True


def _is_only_of_age(fact: Fact) -> bool:
    sides = (fact.before, fact.after)
    if all(isinstance(side, str) for side in sides):
        was, now = (_FIGURES.sub("#", str(side)) for side in sides)
        return fact.field in _REASONS or was == now
    return _holds_age(fact) and all(
        side is None or _has_only_ages(side) or isinstance(side, int) for side in sides
    )


def _is_common(change: Change) -> bool:
    return any(fact.subject.kind == "kommun" for fact in change.facts)


def _insatser(change: Change, telling: Telling) -> list[Insats]:
    """The insatser that a change is about, before and after it: those that it touches where it is
    of what is common, and all of them where that is not known."""
    insatser = [
        insats
        for side in (telling.comparison.old, telling.comparison.new)
        for insats in side.insatser
    ]
    if _is_common(change):
        known = [insats for insats in insatser if insats.namn in change.touched]
        return known or insatser
    ids = {
        i
        for fact in change.facts
        if fact.subject.kind == "insats"
        for i in (fact.subject.old, fact.subject.new)
    }
    return [insats for insats in insatser if insats.id in ids]
