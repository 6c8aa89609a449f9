"""The diff as it is told: changes by section, each with its clause, what it means, and the facts
behind it.

A clause reads as well on its own: ”insatsen Lots tas bort”. What is changed in the same way for
several insatser of an avdelning is told once. Changes stand by avdelning, and the most important
come first.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING, cast

from insatskoll.bilaga import phrases
from insatskoll.catalogue.model import Revision
from insatskoll.diff import asking, clauses, lapsing, perhaps, regrouped, term_swaps
from insatskoll.diff.barred import NOTHING, Barred
from insatskoll.diff.effects import Caused, Move, weighs
from insatskoll.diff.facts import About, Comparison, Fact
from insatskoll.diff.judgement import Judgement, only_written_otherwise
from insatskoll.diff.known import ANALYSES, COMMON, Known
from insatskoll.diff.matching import Group
from insatskoll.diff.matters import Matter, matters
from insatskoll.diff.meaning import Meaning, is_told, meanings
from insatskoll.diff.perhaps import Replaced
from insatskoll.diff.term_swaps import Everywhere
from insatskoll.diff.together import Teller, teller
from insatskoll.swedish import counted
from insatskoll.values import immutable

if TYPE_CHECKING:
    from insatskoll.catalogue.acceptances import Acceptance
    from insatskoll.catalogue.model import Kommun
    from insatskoll.diff.decisions import DecisionChange
    from insatskoll.diff.findings import FindingsChange
    from insatskoll.diff.gate import Gated
    from insatskoll.lint.findings import Finding
    from insatskoll.reading.document import Document
    from insatskoll.reading.schema_types import (
        InsatsData,  # at run time the rules are not needed to tell what is given
    )

DECISIONS = "Frysta beslut"
KEPT, NONE_KEPT = "insatser är oförändrade", "ingen insats är oförändrad"
FROZEN = "underkänns: ett beslut som är fattat ändras inte, IK603"


@immutable
class Change:
    """A change as it is told: the section it belongs to, the names of the insatser it concerns, the
    clause, what it means, the facts behind it, and what is said ``before`` and ``after`` it.
    ``long`` tells that the clause does not say that. ``shorter`` is the clause with fewer names,
    where they are many. ``sentences`` tells that sentences of their own follow in the clause, so
    that it ends as a sentence does. ``main`` is the clause with the order of words that a sentence
    of its own has, if that is another. ``own`` are the facts that it tells of, which those behind
    it may have led to, and ``group`` the insatser that it tells have been split or merged.
    ``point`` is the clause with all names and without details and the sentences that follow, as a
    nämnd decides it, and ``besides`` facts that follow from it and are no news beside it.
    ``question`` is what only someone who knows can tell of it. ``touched`` and ``untouched`` are
    the names of the insatser whose state a change of what is common alters and does not alter, and
    ``move`` tells where what the change tells of was written and now is."""

    section: str
    insatser: tuple[str, ...]
    clause: str
    judgements: tuple[Judgement, ...]
    facts: tuple[Fact, ...]
    before: str = ""
    after: str = ""
    long: bool = False
    shorter: str = ""
    sentences: bool = False
    own: tuple[Fact, ...] = ()
    group: Group | None = None
    touched: tuple[str, ...] = ()
    untouched: tuple[str, ...] = ()
    move: Move | None = None
    main: str = ""
    question: str = ""
    point: str = ""
    besides: tuple[Fact, ...] = ()

    @property
    def every_fact(self) -> tuple[Fact, ...]:
        """The facts behind it and those that follow from it."""
        return (*self.facts, *self.besides)

    @property
    def brief(self) -> str:
        """The clause where there is little room: with the first names, and how many there are
        besides."""
        return self.shorter or self.clause

    @property
    def weight(self) -> int:
        """How important it is; the lightest first."""
        if any(not fact.path or fact.subject.regrouped for fact in self.facts) or not self.facts:
            return 0
        return min(judgement.weight for judgement in self.judgements)

    @property
    def subjects(self) -> frozenset[About]:
        """What it is about."""
        return frozenset(fact.subject for fact in self.facts)

    @property
    def renames(self) -> About | None:
        """The insats that it tells the new name of, if it does."""
        fact = self.own[0] if self.own else None
        if fact is None or fact.path != ("namn",) or fact.subject.kind != "insats":
            return None
        return fact.subject

    @property
    def main_clause(self) -> str:
        """The clause as a sentence of its own: ”Insatsen Lots tas bort.”"""
        return phrases.mening(self.main or self.clause)


@immutable
class Telling:
    """The told changes of a comparison, in order, and what surrounds them.

    ``places`` say where the two revisions were found, if neither in a decision nor in the files as
    they are now: ”main”, ”mappen förra”. ``findings`` are those that the change introduces and
    removes, if they are asked for, and ``decisions`` what has become of the frozen decisions, where
    both sides have them. ``sides`` are the municipalities with the files that the two revisions
    stand in, where they are known. ``barred`` is what fails a change, and ``unheld``
    the findings about accepted changes that do not hold on ``day`` (ÅÅÅÅ-MM-DD), None where no day
    is known. ``lead`` is what the clauses stand after, where nobody proposes or has decided them,
    and ``told`` those of the changes that are told, where the others are elsewhere.
    """

    comparison: Comparison
    places: tuple[str, str] = ("", "")
    findings: FindingsChange | None = None
    decisions: tuple[DecisionChange, ...] = ()
    sides: tuple[Kommun | None, Kommun | None] = (None, None)
    barred: Barred = NOTHING
    unheld: tuple[Finding, ...] = ()
    day: str | None = None
    lead: str = ""
    told: tuple[Change, ...] | None = None

    @cached_property
    def _known(self) -> Known:
        return Known(self.comparison)

    @cached_property
    def _meanings(self) -> list[Meaning]:
        return meanings(self.comparison, self._known)

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """What is told, by section, the most important section and change first."""
        return self.every if self.told is None else self.told

    @cached_property
    def every(self) -> tuple[Change, ...]:
        """All changes there are, also those that are told elsewhere."""
        told = [meaning for meaning in self._meanings if is_told(meaning, self._known)]
        asked = [] if not _may_be_the_same(told) else perhaps.replaced(self.comparison, self._known)
        taken = {id(fact) for one in asked for fact in one.facts}
        told = [meaning for meaning in told if id(meaning.fact) not in taken]
        inside = [meaning for meaning in told if meaning.fact.subject.regrouped]
        regroupings = [
            _regrouping(group, inside, self._known, asks=self.comparison.new.beslut is None)
            for group in self.comparison.groups
            if group.regrouped
        ]
        single = [meaning for meaning in told if not meaning.fact.subject.regrouped]
        many = term_swaps.everywhere(single)
        taken = {id(meaning) for one in many for meaning in one.meanings}
        alone = matters([meaning for meaning in single if id(meaning) not in taken])
        found = [*regroupings, *(_replaced(one, self._known) for one in asked)]
        found += (_everywhere(one, self._known) for one in many)
        found = lapsing.told([*found, *_alike(alone, self._known)], self.comparison, self.sides[1])
        return tuple(_in_order(found))

    @cached_property
    def judged(self) -> dict[int, tuple[Judgement, ...]]:
        """What each fact behind a told change means, by the fact's ``id``: of what takes the place
        of something else, what all of it means, told of what has come."""
        found = {id(meaning.fact): meaning.judgements for meaning in self._meanings}
        behind = {id(fact) for change in self.changes for fact in change.every_fact}
        for change in self.changes:
            if _takes_a_place(change):
                found |= {
                    id(fact): change.judgements if fact.kind == "added" else ()
                    for fact in change.facts
                }
        return {key: judgements for key, judgements in found.items() if key in behind}

    @cached_property
    def gated(self) -> tuple[Gated, ...]:
        """The changes in their order, each with its id, its places, and whether it fails."""
        from insatskoll.diff import gate  # most who read the changes ask for none of it

        return gate.gated(self, self.barred)

    @property
    def accepted_in(self) -> Document | None:
        """The file of the changes that have been accepted on the new side, if there is one."""
        new = self.sides[1]
        return new.accepted if new is not None else None

    @cached_property
    def accepted(self) -> dict[int, Acceptance]:
        """Who has accepted each change that someone has, by the change's ``id``."""
        if self.accepted_in is None:
            return {}
        return {id(one.change): one.accepted for one in self.gated if one.accepted is not None}

    @cached_property
    def failing(self) -> dict[int, Gated]:
        """The changes that fail, by the change's ``id``."""
        if not self.barred.codes:
            return {}
        return {id(one.change): one for one in self.gated if one.failing}

    def acceptance(self, change: Change) -> Acceptance | None:
        """Who has accepted a change, if anyone has."""
        return self.accepted.get(id(change))

    @property
    def sections(self) -> list[tuple[str, list[Change]]]:
        """The changes by the heading they stand under."""
        return [
            (name, list(found))
            for name, found in groupby(self.changes, key=lambda change: change.section)
        ]

    @property
    def opening(self) -> str:
        """What the clauses stand after: ”Förvaltningen föreslår att”, or that the nämnd has
        decided."""
        if self.lead:
            return self.lead
        beslut = self.comparison.new.beslut
        if beslut is None:
            return "Förvaltningen föreslår att"
        if (on_behalf := beslut.get("på_nämndens_vägnar")) is not None:
            return f"{on_behalf['vem']} har i nämndens ställe beslutat att"
        return f"{beslut.get('nämnd', self.comparison.new.kommun.get('nämnd'))} har beslutat att"

    @property
    def opening_of_sentences(self) -> str:
        """What whole sentences stand after: ”Förvaltningen föreslår följande:”."""
        return f"{self.opening.removesuffix(' att')} följande:"

    def sentence(self, change: Change) -> str:
        """A change as a whole sentence: ”Förvaltningen föreslår att insatsen Lots tas bort.”"""
        return phrases.mening(f"{self.opening} {change.clause}")

    @property
    def title(self) -> str:
        """What is compared, e.g. ”Uppsala kommun: från beslutet 2025-05-19 § 103 till förslaget
        2025-09-18”."""
        return f"{self.kommun}: från {self.names[0]} till {self.names[1]}"

    @property
    def kommun(self) -> str:
        """The municipality's name."""
        new, old = self.comparison.new, self.comparison.old
        return (new if new.is_there else old).kommun["namn"]

    @property
    def names(self) -> tuple[str, str]:
        """What the revisions are called: ”beslutet 2025-05-19 § 103”, ”förslaget 2025-09-18 i
        main”."""
        old, new = (
            _named(*side)
            for side in zip((self.comparison.old, self.comparison.new), self.places, strict=True)
        )
        return old, new

    @property
    def headings(self) -> tuple[str, str]:
        """The names as they stand at the head of a column."""
        old, new = map(phrases.versal, self.names)
        return old, new

    @property
    def changed(self) -> int:
        """How many insatser something is told of, those that have come and gone among them."""
        return len(self.comparison.groups) - len(self._untouched)

    @property
    def unchanged(self) -> int:
        """How many insatser nothing is told of."""
        return len(self._untouched)

    @property
    def only_in_common(self) -> int:
        """How many insatser nothing is told of but what is common and holds for them too."""
        own = self._told_of
        return sum(
            1
            for group in self.comparison.groups
            if not group.regrouped
            and group not in self._untouched
            and own.isdisjoint(group.new or group.old)
        )

    @cached_property
    def _told_of(self) -> set[str]:
        return {
            fact.subject.id
            for change in self.every
            if not _is_common_instead(change)
            for fact in change.facts
            if fact.subject.kind == "insats"
        }

    @cached_property
    def _untouched(self) -> list[Group]:
        told = self._told_of | {
            effect.fact.subject.id
            for meaning in self._meanings
            if meaning.fact.subject.kind == "kommun" and is_told(meaning, self._known)
            for effect in (meaning.caused.effects if meaning.caused else ())
            if weighs(effect)
        }
        return [
            g for g in self.comparison.groups if not g.regrouped and told.isdisjoint(g.new or g.old)
        ]

    @property
    def closing(self) -> str:
        """The summary line."""
        if not self.changes:
            none = "Inga ändringar utom i besluten" if self.decisions else "Inga ändringar"
            return f"{none}. {self.unchanged_words}"
        proposed = "Förslaget" if self.comparison.new.beslut is None else "Beslutet"
        proposed = "Det" if self.lead else proposed
        number = len(self.changes)
        changed = f"{phrases.antal(number)} {'ändring' if number == 1 else 'ändringar'}"
        if count := len(self.accepted):
            changed += f", varav {counted(count, 'godtagen', 'godtagna')}"
        if number < len(self.every):
            changed += ", utöver dem som redan är sagda"
        kept = self.unchanged
        left = f"{phrases.antal(kept)} {'insats är oförändrad' if kept == 1 else KEPT}"
        return f"{proposed} innebär {changed}, och {left if kept else NONE_KEPT}."

    @property
    def decisions_told(self) -> list[tuple[str, str]]:
        """What has become of each frozen decision as a sentence, with what it means: nothing where
        it is as it should be."""
        return [(phrases.mening(one.clause), FROZEN if one.fails else "") for one in self.decisions]

    @property
    def findings_closing(self) -> str:
        """How many findings the change introduces and removes."""
        assert self.findings is not None
        new, gone = len(self.findings.introduced), len(self.findings.removed)
        left = f"{self.findings.remaining} fynd finns kvar."
        return f"Ändringen för in {new} fynd och tar bort {gone}. {left}"

    @property
    def unchanged_words(self) -> str:
        """How many insatser are unchanged, as a sentence."""
        return f"{counted(self.unchanged, 'insats är oförändrad', 'insatser är oförändrade')}."

    @property
    def summary(self) -> list[str]:
        """The changes as plain sentences, without what they mean."""
        return [change.main_clause for change in self.changes]


def about(comparison: Comparison, insats_id: str) -> list[str]:
    """What has happened to one insats, by its newest id, as plain sentences that name no others."""
    found = tuple(g for g in comparison.groups if insats_id in g.new)
    if not any(g.old for g in found):  # another may have been in its file
        found = (*(g for g in comparison.groups if not g.new and insats_id in g.old), *found)
    pairs = {pair for group in found for pair in group.pairs}
    facts = (
        f
        for f in comparison.facts
        if f.subject.kind == "insats" and (f.subject.old, f.subject.new) in pairs
    )
    return Telling(replace(comparison, groups=found, facts=tuple(facts))).summary


def _alike(told: Sequence[Matter], known: Known) -> Iterable[Change]:
    """What is told, with that which says the same of several insatser of a section as one
    change."""
    alike: dict[object, list[tuple[Matter, Teller]]] = {}
    for matter in told:
        fact, one = matter.fact, teller(matter, known)
        same = one.told(("",)) if fact.path else fact.subject.id
        apart = fact.subject if fact.field == "namn" else fact.subject.kind
        whose = matter.whose or apart
        words = (one.before, one.after)
        key = (_section(matter, known), fact.path, same, words, matter.judgements, whose)
        alike.setdefault(key, []).append((matter, one))
    return [_change(found, known) for found in alike.values()]


def _everywhere(one: Everywhere, known: Known) -> Change:
    """What is one question in many places as one change: in its section, or in what is common if it
    has several."""
    sections = {known.section(meaning.fact) for meaning in one.meanings}
    return Change(
        section=sections.pop() if len(sections) == 1 else COMMON,
        insatser=one.names,
        clause=one.told(one.names),
        judgements=one.meanings[0].judgements,
        facts=tuple(meaning.behind for meaning in one.meanings),
        shorter=one.told(clauses.few(one.names)),
        own=tuple(meaning.fact for meaning in one.meanings),
    )


def _in_order(changes: Sequence[Change]) -> list[Change]:
    """By section; the section with the most important change first, and the analyses last."""
    first: dict[str, int] = {}
    weight: dict[str, int] = {}
    for change in changes:
        first.setdefault(change.section, len(first))
        weight[change.section] = min(change.weight, weight.get(change.section, change.weight))

    def key(change: Change) -> tuple[bool, int, int, str, int]:
        section = change.section
        return section == ANALYSES, weight[section], first[section], section, change.weight

    return _renamed_first(sorted(changes, key=key))


def _renamed_first(changes: Sequence[Change]) -> list[Change]:
    """With the new name of an insats told before all else of it in its section."""
    found = list(changes)
    for change in changes:
        if change.renames is None:
            continue
        own = [one for one in found if change.renames in one.subjects]
        first = next(one for one in own if one.section == change.section)
        if first is not change:
            found.remove(change)
            found.insert(found.index(first), change)
    return found


def _regrouping(group: Group, told: Sequence[Meaning], known: Known, *, asks: bool) -> Change:
    """A split or a merger, with all that differs in it; with ``asks`` on a new side that is still
    to be written, with what its files do not say."""
    own = [one for one in told if (one.fact.subject.old, one.fact.subject.new) in group.pairs]
    said = regrouped.told(group, own, known)
    names = tuple(known.insatser[1][i].namn for i in group.new)
    avdelning: str = known.insatser[1][group.new[0]].data["avdelning"]
    before, after = regrouped.put_together(own)
    nothing = (only_written_otherwise(Fact(About("insats"), (), None, None)),)
    return Change(
        section=known.headings.get(avdelning, avdelning),
        insatser=names,
        clause=said.whole,
        judgements=regrouped.judged(matters(own)) or nothing,
        facts=tuple(one.behind for one in own),
        before=before,
        after=after,
        long=bool(before),
        sentences=bool(said.further),
        own=tuple(one.fact for one in own),
        group=group,
        question=_unsaid(group, known) if asks else "",
        point=said.clause,
    )


def _unsaid(group: Group, known: Known) -> str:
    """What to say where the files do not say what has become of insatser."""
    old, new = (
        [known.insatser[side][i] for i in ids] for side, ids in enumerate((group.old, group.new))
    )
    return asking.unsaid(old, new)


def _may_be_the_same(told: Iterable[Meaning]) -> bool:
    """Whether some insats has come and some has gone."""
    kinds = {m.fact.kind for m in told if m.fact.subject.kind == "insats" and not m.fact.path}
    return len(kinds) > 1


def _takes_a_place(change: Change) -> bool:
    """Whether insatser come in it in the place of others."""
    return not any(fact.path for fact in change.facts) and len({f.kind for f in change.facts}) > 1


def _replaced(one: Replaced, known: Known) -> Change:
    """What may be the same insats as one change, in the section that it is now in."""
    new = [known.insatser[1][i] for i in one.group.new]
    avdelning: str = new[0].data["avdelning"]
    return Change(
        section=known.headings.get(avdelning, avdelning),
        insatser=tuple(insats.namn for insats in new),
        clause=one.said.whole,
        judgements=one.judgements,
        facts=one.facts,
        shorter=one.shorter,
        sentences=bool(one.said.further),
        own=one.facts,
        question=one.question,
    )


def _section(matter: Matter, known: Known) -> str:
    """The section that a matter is told in: that of what is common where it is of that too, or has
    moved there or from there."""
    found = {known.section(meaning.fact) for meaning in matter.meanings}
    moved = matter.kind == "gemensamt"
    return COMMON if moved or COMMON in found else known.section(matter.fact)


def _change(found: Sequence[tuple[Matter, Teller]], known: Known) -> Change:
    """Matters that say the same of several insatser as one change."""
    matter, one = found[0]
    first, caused = matter.fact, matter.meanings[0].caused or Caused()
    subjects = [meaning.fact.subject for each, _ in found for meaning in each.meanings]
    names = tuple(dict.fromkeys(subject.namn for subject in subjects if subject.kind != "kommun"))
    told, shorter = (one.told(names), one.told(clauses.few(names), brief=True))
    before, after = one.before, one.after
    if not first.path and first.subject.kind == "insats":
        sides = (cast("InsatsData | None", side) for side in (first.before, first.after))
        before, after = (_description(side) if side else "" for side in sides)
    return Change(
        section=_section(matter, known),
        insatser=names if first.subject.kind == "insats" else (),
        clause=told.whole,
        judgements=matter.judgements,
        facts=tuple(meaning.behind for each, _ in found for meaning in each.meanings),
        besides=tuple(meaning.behind for each, _ in found for meaning in each.besides),
        before=before,
        after=after,
        long=one.long,
        shorter=shorter.whole,
        sentences=bool(told.further),
        main=told.whole_main if told.main != told.clause else "",
        own=tuple(meaning.fact for each, _ in found for meaning in each.meanings),
        touched=_names(caused.touched),
        untouched=_names(caused.untouched),
        move=matter.meanings[0].moved,
        point=(told if matter.kind == "nytt för några" else one.told(names, brief=True)).clause,
    )


def _is_common_instead(change: Change) -> bool:
    """Whether what insatser say has only gone to what is common, or come from there: all is as it
    was to those who get them."""
    if change.move is None or "gemensamt" not in (change.move.source, change.move.target):
        return False
    return all(judgement.axis == "editorial" for judgement in change.judgements)


def _names(insatser: Iterable[About]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(about.namn for about in insatser))


def _description(insats: InsatsData) -> str:
    """An insats that comes or goes, in short: its aim, what it is and how it is documented."""
    said = [insats.get("målgrupp", {}).get("beskrivning", ""), insats.get("innehåll", "")]
    documented = (part.get("dokumentation") for part in (insats, *insats.get("delar", ())))
    said += [phrases.dokumenteras(one) for one in documented if one is not None]
    return " ".join(phrases.mening(phrases.på_en_rad(text)) for text in said if text)


def _named(revision: Revision, place: str) -> str:
    if not place or revision.beslut is not None:
        return revision.beteckning
    return f"{revision.beteckning} i {place}" if revision.datum else place
