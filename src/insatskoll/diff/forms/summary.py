"""The matter in a few sentences, and the changes that a nämnd must notice first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from insatskoll.bilaga import phrases
from insatskoll.diff.facts import Fact, names_of
from insatskoll.diff.forms import first, proposal
from insatskoll.diff.forms.remarks import is_unclear
from insatskoll.diff.matching import Group
from insatskoll.diff.telling import Change, Telling

_MOST = 5  # changes that a summary has, besides those that the nämnd decides by themselves
# Fields about who gives insatser that are less than who does.
_BESIDE = frozenset({"personal", "platser"})


def summary(telling: Telling) -> list[str]:
    """The matter in a few sentences."""
    new = telling.comparison.new
    who = (
        "Förvaltningen föreslår att nämnden antar" if new.beslut is None else "Nämnden har antagit"
    )
    if not telling.comparison.old.is_there:
        return [f"{who} {proposal.titled(new)}.", *first.in_short(new)]
    old_title, title = proposal.titled(telling.comparison.old), proposal.titled(new)
    renamed = f", med titeln {title}" if old_title != title else ""
    return [f"{who} en reviderad lydelse av {old_title}{renamed}.", extent(telling)]


def extent(telling: Telling) -> str:
    """How much is changed, in sentences."""
    changes, unchanged = len(telling.changes), telling.unchanged
    proposed = "Förslaget" if telling.comparison.new.beslut is None else "Beslutet"
    if not changes:
        return f"{proposed} innebär inga ändringar."
    common = telling.only_in_common
    are = "är oförändrad" if unchanged < 2 else "är oförändrade"
    of = "ändring" if changes == 1 else "ändringar"
    said = [f"{proposed} innebär {phrases.antal(changes)} {of}.", *_kinds_of(telling)]
    if common:
        said.append(f"{_how_many(common)} berörs bara av det som ändras gemensamt.")
    if unchanged or not common:
        said.append(f"{_how_many(unchanged)} {are}.")
    return " ".join(said)


def _kinds_of(telling: Telling) -> Iterator[str]:
    """What the changes are of: the insatser, the analyses, and what is common, in sentences."""
    if kinds := _kinds(telling):
        yield phrases.mening(kinds)
    for kind, words in (
        ("riskanalys", "gäller risk- och konsekvensanalyserna"),
        ("kommun", "gäller det som är gemensamt i bilagan"),
    ):
        count = sum(all(f.subject.kind == kind for f in one.facts) for one in telling.changes)
        if 0 < count < len(telling.changes):
            of = "ändring" if count == 1 else "ändringar"
            yield phrases.mening(f"{phrases.antal(count)} {of} {words}")


def _how_many(insatser: int) -> str:
    """A number of insatser as a sentence begins: ”Tolv insatser”."""
    several = f"{phrases.antal(insatser)} insatser".capitalize()
    return {0: "Ingen insats", 1: "En insats"}.get(insatser, several)


def _kinds(telling: Telling) -> str:
    """How many insatser come, go, are divided anew and change: ”en insats läggs till och två
    ändras”. Nothing where none do."""
    groups = telling.comparison.groups
    come = sum(1 for group in groups if not group.old)
    gone = sum(1 for group in groups if not group.new)
    anew = [group for group in groups if group.regrouped]
    whole = [[f for f in one.facts if not f.path] for one in telling.changes]
    instead = [facts for facts in whole if len({fact.kind for fact in facts}) > 1]
    counts = (
        (come - _of_kind(instead, "added"), "läggs till"),
        (gone - (replaced := _of_kind(instead, "removed")), "tas bort"),
        (replaced, "ersätts"),
        *_anew(anew),
        (telling.changed - telling.only_in_common - come - gone - len(anew), "ändras"),
    )
    told = [(count, verb) for count, verb in counts if count]
    return phrases.lista(
        f"{phrases.antal(count)} {'' if number else _insatser(count)}{verb}"
        for number, (count, verb) in enumerate(told)
    )


def _anew(groups: Sequence[Group]) -> Iterator[tuple[int, str]]:
    """How many insatser are merged and split, and how many are divided in another way."""
    merged = [group for group in groups if len(group.new) == 1]
    split = [group for group in groups if len(group.old) == 1]
    rest = [group for group in groups if group not in (*merged, *split)]
    to = f" till {phrases.antal(len(merged))}" if len(merged) > 1 else ""
    yield sum(len(group.old) for group in merged), f"slås samman{to}"
    yield len(split), "delas upp"
    yield sum(len(group.old) for group in rest), "fördelas på nytt"


def _of_kind(changes: Sequence[Sequence[Fact]], kind: str) -> int:
    return sum(fact.kind == kind for facts in changes for fact in facts)


def _insatser(count: int) -> str:
    return "insats " if count == 1 else "insatser "


def foremost(telling: Telling) -> list[Change]:
    """The changes that a nämnd must notice first, the weightiest first: none that only changes
    words, but the new name of an insats that more is told of."""
    found = [
        change
        for change in telling.changes
        if any(judgement.axis != "editorial" for judgement in change.judgements)
    ]
    found = sorted(found, key=_importance)
    decided = [*proposal.consents(telling), *filter(_exempts, found)]
    found = [one for n, one in enumerate(found) if n < _MOST or one in decided]
    told = {subject for change in found for subject in change.subjects}
    names = [one for one in telling.changes if one.renames in told and one not in found]
    for name in names:
        first = next(n for n, one in enumerate(found) if name.renames in one.subjects)
        found.insert(first, name)
    return found


def others(telling: Telling) -> str:
    """How many changes there are besides the foremost, as a sentence; nothing where none are."""
    count = len(telling.changes) - len(foremost(telling))
    word = "ändring" if count == 1 else "ändringar"
    beside = f"därutöver finns {phrases.antal(count)} {word}"
    return phrases.mening(beside) if count and len(foremost(telling)) >= _MOST else ""


def _importance(change: Change) -> tuple[bool, bool, bool, int]:
    """The lightest first: an insats that comes, goes or is divided anew is most important, and
    least what only a reader can tell, what the bilaga lists of units, and who works there."""
    insatser = [fact for fact in change.facts if fact.subject.kind == "insats"]
    whole = not change.facts or any(not f.path or f.subject.regrouped for f in insatser)
    unsure = all(map(is_unclear, change.judgements))
    beside = all(map(_is_beside, change.facts))
    weight = min(judgement.weight for judgement in change.judgements)
    return not whole, not whole and unsure, not whole and beside, 0 if whole else weight


def _exempts(change: Change) -> bool:
    """Whether an insats comes to be documented without identities, which the nämnd decides."""
    return any(
        isinstance(fact.after, dict)
        and fact.after.get("nivå") == "avidentifierad"
        and not (isinstance(fact.before, dict) and fact.before.get("nivå") == "avidentifierad")
        for fact in change.facts
        if fact.field == "dokumentation" and fact.subject.kind == "insats"
    ) or any(fact.field == "nivå" and fact.after == "avidentifierad" for fact in change.facts)


def _is_beside(fact: Fact) -> bool:
    if fact.subject.kind == "kommun":
        return fact.path[:1] == ("enheter",)
    return not _BESIDE.isdisjoint(names_of(fact.path))
