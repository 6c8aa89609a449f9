"""The diff in words: one clause for each change, as it could stand after ”Förvaltningen föreslår
att”.

A clause reads as well on its own: ”insatsen Lots tas bort”. What is changed in the same way for
several insatser of an avdelning is told once. Changes stand by avdelning, and the most important
come first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING, Any

from insatskoll.bilaga import phrases
from insatskoll.catalogue import printed
from insatskoll.catalogue.model import Data, Insats, Revision, documentation_level, invokes_reasons
from insatskoll.diff.facts import Comparison, Fact, Item, Order, Path, Subject, between
from insatskoll.diff.judgement import Judgement, judge
from insatskoll.diff.matching import Group
from insatskoll.lint.reporters import counted
from insatskoll.reading import samples

if TYPE_CHECKING:  # at run time the rules are not needed to tell what is given
    from insatskoll.diff.decisions import DecisionChange
    from insatskoll.diff.findings import FindingsChange

COMMON = "Gemensamt för bilagan"
ANALYSES = "Risk- och konsekvensanalyser"
DECISIONS = "Frysta beslut"
FROZEN = "underkänns: ett beslut som är fattat ändras inte, IK603"
_LONG = 90
_FEW = 5  # names that a short list has
_NAME = 50  # characters of a name in it

# What a field is called in a clause, where its title in the schema does not do with an article.
_NOUNS = {
    "namn": "namnet", "kortnamn": "kortnamnet", "namn_i_matris": "namnet i matrisen",
    "insatstyp": "insatstypen", "form": "formen", "ingång": "ingången", "regi": "regin",
    "beskrivning": "beskrivningen", "deltagare": "deltagarna", "ålder": "åldern",
    "målgrupp": "målgruppen", "villkor": "villkoren", "samtycke": "reglerna om samtycke",
    "syfte": "syftet", "mål": "målet", "innehåll": "innehållet",
    "ålder_i_innehåll": "åldern i innehållet", "metod": "metoden", "avgift": "avgiften",
    "karaktär": "karaktären", "omfattning": "omfattningen", "dokumentation": "dokumentationen",
    "avgränsning": "avgränsningen", "titel": "titeln", "beteckning": "beteckningen",
    "inledning": "inledningen", "gäller_från": "dagen då bilagan börjar gälla", "text": "texten",
    "rubrik": "rubriken", "grupp": "gruppen", "information_om_ansökan": "informationen om ansökan",
    "uppföljning": "det som alltid antecknas",
    "uppföljningsintervall": "tiden mellan uppföljningarna", "nämnd": "nämnden",
    "område": "området", "skäl": "skälet", "kontroll": "kontrollen", "personal": "personalen",
    "samverkan": "samverkan", "remiss_från": "de som remitterar",
    "barnkonsekvensanalys": "barnkonsekvensanalysen", "bedömning": "bedömningen",
    "utan_behovsprövning": "avsnittet om att inte pröva behov",
    "utan_personuppgifter": "avsnittet om att inte anteckna uppgifter", "scb_kod": "SCB-koden",
    "bilaga": "bilagan", "matris": "matrisen", "analyser": "analyserna", "typ": "slaget",
    "för": "målgruppen", "enhet": "enheten", "gäller": "uppgiften om vad det gäller",
    "lagstadgad": "uppgiften om skyldighet i lag",
    "medföljande_barn": "uppgiften om medföljande barn",
}  # fmt: skip
# What an item of a list is called.
_ITEMS = {
    "delar": "delen",
    "enheter": "enheten",
    "avdelningar": "avdelningen",
    "platser": "platsen",
    "riktlinjer": "avsnittet",
    "gemensam_dokumentation": "regeln om dokumentation för",
    "villkor": "villkoret",
    "gemensamma_villkor": "det gemensamma villkoret",
}
_ORDERED = {
    "delar": "delarna", "riktlinjer": "avsnitten", "enheter": "enheterna",
    "avdelningar": "avdelningarna", "platser": "platserna",
    "gemensam_dokumentation": "reglerna om dokumentation",
}  # fmt: skip
_THROUGH = frozenset({"utförare"})  # groups that clauses do not name
# What fields that hold for each part by itself mean when they have moved into the parts or out of
# them.
_OF_EACH = {"omfattning": "unclear-scope", "avgift": "unclear-fee"}
_DATES = frozenset({"gäller_från", "senast"})


@dataclass(frozen=True)
class Change:
    """A change as it is told: the section it belongs to, the names of the insatser it concerns, the
    clause, what it means, the facts behind it, and what is said ``before`` and ``after`` it.
    ``long`` tells that the clause does not say that. ``shorter`` is the clause with fewer names,
    where they are many. ``sentences`` tells that sentences of their own follow in the clause, so
    that it ends as a sentence does."""

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

    @property
    def brief(self) -> str:
        """The clause where there is little room: with the first names, and how many there are
        besides."""
        return self.shorter or self.clause

    @property
    def weight(self) -> int:
        """How important it is; the lightest first."""
        if any(not fact.path for fact in self.facts) or not self.facts:
            return 0
        return min(judgement.weight for judgement in self.judgements)

    @property
    def main_clause(self) -> str:
        """The clause as a sentence of its own: ”Insatsen Lots tas bort.”"""
        return phrases.mening(self.clause)


@dataclass(frozen=True)
class Telling:
    """The told changes of a comparison, in order, and what surrounds them.

    ``places`` say where the two revisions were found, if neither in a decision nor in the files as
    they are now: ”main”, ”mappen förra”. ``findings`` are those that the change introduces and
    removes, if they are asked for, and ``decisions`` what has become of the frozen decisions, where
    both sides have them.
    """

    comparison: Comparison
    places: tuple[str, str] = ("", "")
    findings: FindingsChange | None = None
    decisions: tuple[DecisionChange, ...] = ()

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """All that is told, by section, the most important section and change first."""
        return tuple(_changes(self.comparison))

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
        beslut = self.comparison.new.beslut
        if beslut is None:
            return "Förvaltningen föreslår att"
        return f"{beslut.get('nämnd', self.comparison.new.kommun.get('nämnd'))} har beslutat att"

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
        return str((self.comparison.new.kommun or self.comparison.old.kommun)["namn"])

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

    @cached_property
    def _untouched(self) -> list[Group]:
        told = {
            fact.subject.id
            for change in self.changes
            for fact in change.facts
            if fact.subject.kind == "insats"
        }
        return [
            g for g in self.comparison.groups if not g.regrouped and told.isdisjoint(g.new or g.old)
        ]

    @property
    def closing(self) -> str:
        """The summary line."""
        none = "Inga ändringar utom i besluten" if self.decisions else "Inga ändringar"
        changed = counted(len(self.changes), "ändring", "ändringar") if self.changes else none
        return f"{changed}. {self.unchanged_words}"

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
        return (
            f"Ändringen för in {new} fynd och tar bort {gone}. {self.findings.remaining} fynd "
            "finns kvar."
        )

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
    group = next((g for g in comparison.groups if insats_id in (g.new or g.old)), None)
    if group is None:
        return []
    facts = (
        f
        for f in comparison.facts
        if f.subject.kind == "insats" and (f.subject.old, f.subject.new) in group.pairs
    )
    return Telling(replace(comparison, groups=(group,), facts=tuple(facts))).summary


def _changes(comparison: Comparison) -> list[Change]:
    words = _Words(comparison)
    found = [words.regrouping(group) for group in comparison.groups if group.regrouped]
    alike: dict[Any, list[Fact]] = {}
    consequences = list(words.in_consequence(comparison))
    causes = {id(fact): cause for fact, cause in consequences}
    for fact in (*comparison.facts, *(fact for fact, _ in consequences)):
        if (judgements := words.judged(fact)) and words.is_told(fact):
            said = (
                (words.said(fact, fact.before), words.said(fact, fact.after))
                if fact.path
                else fact.subject.id
            )
            whose = (
                fact.subject
                if fact.subject.regrouped or fact.field == "namn"
                else fact.subject.kind
            )
            alike.setdefault(
                (words.section(fact), fact.path, said, judgements, whose, words.moved(fact)), []
            ).append(fact)
    for facts in alike.values():
        behind = tuple(causes.get(id(fact), fact) for fact in facts)
        found.append(replace(words.change(facts), facts=behind))
    first: dict[str, int] = {}
    weight: dict[str, int] = {}
    for change in found:
        first.setdefault(change.section, len(first))
        weight[change.section] = min(change.weight, weight.get(change.section, change.weight))
    return sorted(
        found,
        key=lambda c: (
            c.section == ANALYSES,
            weight[c.section],
            first[c.section],
            c.section,
            c.weight,
        ),
    )


class _Words:
    """The words for the facts of one comparison, which know what ids are called on either side."""

    def __init__(self, comparison: Comparison) -> None:
        sides = (comparison.old, comparison.new)
        self.names: list[dict[str, str]] = [
            {
                thing["id"]: thing["namn"]
                for key in ("enheter", "avdelningar")
                for thing in side.kommun.get(key, ())
            }
            for side in sides
        ]
        self.insatser: list[dict[str, Insats]] = [
            {insats.id: insats for insats in side.insatser} for side in sides
        ]
        self.analyses = [side.riskanalyser for side in sides]
        self.headings: dict[str, str] = {
            thing["id"]: thing["namn"]
            for side in sides
            for thing in side.kommun.get("avdelningar", ())
        }
        self.merged = {i for group in comparison.groups if len(group.old) > 1 for i in group.new}

    def section(self, fact: Fact) -> str:
        """The heading that a fact is told under: its insats's avdelning, or what is common."""
        if fact.subject.kind == "insats":
            return self.headings.get(fact.subject.avdelning, fact.subject.avdelning)
        return ANALYSES if fact.subject.kind == "riskanalys" else COMMON

    def is_told(self, fact: Fact) -> bool:
        """Whether a fact is worth telling besides what it follows from."""
        if fact.subject.regrouped and fact.path == ("namn",):
            return False
        if (
            fact.field == "insatser"
        ):  # the order of print, which changes when an insats comes or goes
            return _order_changed(fact.before, fact.after)
        if fact.kind == "moved" or not fact.path:
            return True
        return bool(self._printed(fact, fact.before) != self._printed(fact, fact.after))

    def in_consequence(self, comparison: Comparison) -> Iterator[tuple[Fact, Fact]]:
        """The ages that stand unchanged in the files, but are printed as another's than before,
        since others take part; each with the fact about who does."""
        known = {(fact.subject, fact.path) for fact in comparison.facts}
        causes: dict[Subject, list[Fact]] = {}
        for fact in comparison.facts:
            if fact.field == "deltagare":
                causes.setdefault(fact.subject, []).append(fact)
        for subject, found in causes.items():
            if sides := self._files(subject):
                for fact in between(subject, *map(printed.file, sides)):
                    if fact.field in printed.AGES and (subject, fact.path) not in known:
                        nearest = [
                            cause
                            for cause in found
                            if cause.path[:-2] == fact.path[: len(cause.path) - 2]
                        ]
                        yield fact, max(nearest or found, key=lambda cause: len(cause.path))

    def _files(self, subject: Subject) -> tuple[Data, Data] | None:
        """The file that ``subject`` is, before and after, if it is on both sides."""
        if subject.kind == "insats":
            found = [
                side.get(i or "")
                for side, i in zip(self.insatser, (subject.old, subject.new), strict=True)
            ]
            old, new = (insats.data if insats else None for insats in found)
        else:
            old, new = (
                side.get(i or "")
                for side, i in zip(self.analyses, (subject.old, subject.new), strict=True)
            )
        return None if old is None or new is None else (old, new)

    def _printed(self, fact: Fact, value: Any) -> Any:
        """``value`` of the fact as it is printed. What is noted for those who work with the files
        is not."""
        if fact.field in printed.INTERNAL:
            return None
        side = 0 if value is fact.before else 1
        return printed.field(fact.field, value, self._participants(fact, side))

    def _participants(self, fact: Fact, side: int) -> Sequence[str]:
        """Who takes part in what the fact is about, before or after."""
        file: Data = {}
        if fact.subject.kind == "insats":
            insats = self.insatser[side].get((fact.subject.old, fact.subject.new)[side] or "")
            file = insats.data if insats else {}
        elif fact.subject.kind == "riskanalys":
            file = self.analyses[side].get((fact.subject.old, fact.subject.new)[side] or "", {})
        own: Sequence[str] = file.get("målgrupp", {}).get("deltagare", ())
        if fact.path[0] == "delar" and isinstance(step := fact.path[1], Item):
            place = (step.old, step.new)[side]
            part: Data = {} if place is None else file["delar"][place]
            own = part.get("målgrupp", {}).get("deltagare", own)
        return own

    def regrouping(self, group: Group) -> Change:
        """A split or a merger."""
        names = [
            [self.insatser[side][i].namn for i in ids]
            for side, ids in enumerate((group.old, group.new))
        ]
        clause, shorter = _regrouped(*names), _regrouped(*map(_few, names))
        avdelning: str = self.insatser[1][group.new[0]].data["avdelning"]
        judgement = Judgement("unclear", "SoL 11 kap. 5 §")
        return Change(
            self.headings.get(avdelning, avdelning),
            tuple(names[1]),
            clause,
            (judgement,),
            (),
            shorter=shorter,
        )

    def change(self, facts: Sequence[Fact]) -> Change:
        """Facts that say the same of several insatser as one change."""
        first = facts[0]
        names = tuple(
            dict.fromkeys(fact.subject.namn for fact in facts if fact.subject.kind != "kommun")
        )
        judgements = self.judged(first)
        before, after = self.said(first, first.before), self.said(first, first.after)
        long = (
            bool(first.path)
            and max(len(before), len(after)) > _LONG
            and not isinstance(first.path[-1], Order)
        )
        clauses = [
            self._clause(first, listed, before, after, judgements, long=long)
            for listed in (names, _few(names))
        ]
        clause, shorter = (
            phrases.på_en_rad(text).removesuffix(",") for text in clauses
        )  # what is compared with stands between commas
        further = "" if long else _further(first)
        if further:
            clause, shorter = (f"{text}. {further}" for text in (clause, shorter))
        insatser = names if first.subject.kind == "insats" else ()
        if not first.path and first.subject.kind == "insats":
            before, after = (_description(data or {}) for data in (first.before, first.after))
        return Change(
            self.section(first),
            insatser,
            clause,
            judgements,
            tuple(facts),
            before,
            after,
            long,
            shorter,
            bool(further),
        )

    def said(self, fact: Fact, value: Any) -> str:
        """What a value says, in words."""
        if value is None or not fact.path:
            return ""
        if isinstance(fact.path[-1], Order):
            return phrases.lista(item.name for item in value)
        names = self.names[value is fact.after]
        if fact.field == "enheter" and isinstance(value, list):
            return phrases.lista(names.get(i, str(i)) for i in value)
        if fact.field == "avdelning":
            return names.get(value, str(value))
        if fact.field in _DATES:
            return phrases.datum(value)
        if fact.field == "medföljande_barn":
            return "barn får följa med" if value == "ja" else "barn får inte följa med"
        value = self._printed(fact, value)
        if fact.field in printed.AGES and fact.kind == "changed":
            subjects = {self._printed(fact, side)["avser"] for side in (fact.before, fact.after)}
            return phrases.alder(value) if len(subjects) == 1 else phrases.alder_avser(value)
        return phrases.say(fact.field, value)

    def _clause(
        self,
        fact: Fact,
        names: Sequence[str],
        before: str,
        after: str,
        judgements: Sequence[Judgement],
        *,
        long: bool,
    ) -> str:
        owner, path = self._owner(fact, names), fact.path
        if not path:
            return self._whole_file(fact, owner)
        if isinstance(path[-1], Order):
            within = self._of(path[:-2], fact, owner, part=fact.field == "delar")
            return f"ordningen mellan {_ORDERED.get(fact.field, _noun(path))}{within} ändras"
        if isinstance(path[-1], Item) and not self.moved(fact):
            return self._whole_item(fact, owner, "" if long else after or before)
        if fact.field == "insatser":
            return f"ordningen mellan insatserna{self._of(path[:-1], fact, owner)} ändras"
        if path == ("namn",) and fact.subject.kind == "insats":
            return f"insatsen {before} får namnet ”{after}”"
        if path == ("avdelning",):
            return f"{owner} flyttas från ”{before}” till ”{after}”"
        if path == ("utförare", "enheter"):
            return self._units(fact, owner)
        if fact.field == "dokumentation" and (level := self._level(fact, owner, long=long)):
            return level
        thing = self._thing(path, fact, owner)
        if moved := self.moved(fact):
            return f"{thing} anges i stället {moved}" + (
                "" if long or not after else f": ”{after}”"
            )
        if (
            fact.field == "omfattning"
            and not long
            and after
            and any(j.verdict == "narrower" for j in judgements)
        ):
            return f"{thing} begränsas till {_one(after)}" + (
                f", tidigare {_one(before)}" if before else ""
            )
        if fact.kind == "added":
            return f"{thing} skrivs in" if long else f"{thing} anges: ”{after}”"
        if fact.kind == "removed":
            return f"{thing} stryks" if long else f"{thing} stryks: ”{before}”"
        if fact.field in ("namn", "rubrik") and len(path) > 1 and isinstance(path[-2], Item):
            kind = str(path[-3])
            named = (
                f"{_ITEMS[kind]} ”{before}”{self._of(path[:-3], fact, owner, part=kind == 'delar')}"
            )
            return f"{named} får {_noun(path)} ”{after}”"
        if not long and all(map(_is_short_list, (fact.before, fact.after))):
            return self._listed(fact, thing)
        return f"{thing} skrivs om" if long else f"{thing} ändras från ”{before}” till ”{after}”"

    def judged(self, fact: Fact) -> tuple[Judgement, ...]:
        """What a fact means. What has only moved between an insats and all its parts says what it
        said, but it is for a reader to tell whether so much of each part is as much as of the
        whole."""
        judgements = judge(fact)
        verdict = _OF_EACH.get(fact.field, "editorial")
        return (
            tuple(Judgement(verdict, j.basis) for j in judgements[:1])
            if self._move(fact)
            else judgements
        )

    def moved(self, fact: Fact) -> str:
        """Where a field of the whole insats now is, if it has moved into the parts, or out of them;
        otherwise nothing."""
        return self._move(fact) if fact.path[:1] != ("delar",) else ""

    def _move(self, fact: Fact) -> str:
        """Where to something has moved that this fact about the whole insats, or about one of its
        parts, is of.

        It has if the whole said it on one side only, and on the other all of the parts do;
        otherwise nothing is returned.
        """
        if (
            fact.subject.kind != "insats"
            or fact.kind not in ("added", "removed")
            or not (of := _whose(fact.path))
        ):
            return ""
        into = (fact.kind == "removed") == (of == "insats")
        sides = [
            side.get(i or "")
            for side, i in zip(self.insatser, (fact.subject.old, fact.subject.new), strict=True)
        ]
        whole, parted = (
            insats.data if insats else {} for insats in (sides if into else reversed(sides))
        )
        parts = parted.get("delar", ())
        if (
            not parts
            or not _says(whole, fact)
            or _says_else(parted, whole, fact)
            or not all(_says(p, fact) for p in parts)
        ):
            return ""  # what was said is no longer said of all of it, or was not
        return "i delarna" if into else "för hela insatsen"

    def _whole_file(self, fact: Fact, owner: str) -> str:
        """An insats, an analysis or the whole municipality that comes or goes."""
        added = fact.kind == "added"
        if fact.subject.kind == "kommun":
            name = (fact.after if added else fact.before)["namn"]
            return f"{name} läggs till i katalogen" if added else f"{name} tas bort ur katalogen"
        return f"{owner} {'läggs till' if added else 'tas bort'}"

    def _whole_item(self, fact: Fact, owner: str, text: str) -> str:
        """An item of a list that comes or goes; a condition is quoted, if its ``text`` is not too
        long."""
        added = fact.kind == "added"
        if fact.field not in ("villkor", "gemensamma_villkor"):
            return f"{self._thing(fact.path, fact, owner)} {'läggs till' if added else 'tas bort'}"
        quoted = f"{_ITEMS[fact.field]} ”{text}”" if text else _ITEMS[fact.field]
        return (
            f"{quoted}{self._of(fact.path[:-2], fact, owner)} {'införs' if added else 'tas bort'}"
        )

    def _level(self, fact: Fact, owner: str, *, long: bool) -> str:
        """How something is documented and was before, if that is what has changed; otherwise
        nothing."""
        if not _is_another_level(fact):
            return ""
        sides = (fact.before or {}, fact.after or {})
        was, now = (_briefly(side) if long else phrases.dokumentation_sätt(side) for side in sides)
        if fact.subject.kind == "riskanalys":
            return f"{owner} förordar att insatsen dokumenteras {now} i stället för {was}"
        common = (
            next((step.name for step in fact.path if isinstance(step, Item)), "")
            if not owner
            else ""
        )
        what = _one(common) or self._of(fact.path[:-1], fact, owner, bare=True)
        return f"{what} dokumenteras {now} i stället för {was}"

    def _owner(self, fact: Fact, names: Sequence[str]) -> str:
        """Whose file it is: ”insatserna A och B”; nothing for what is common."""
        if fact.subject.kind == "kommun":
            return ""
        listed = phrases.lista(names)
        if fact.subject.kind == "riskanalys":
            return f"risk- och konsekvensanalysen av {listed}"
        compared = ""
        if fact.subject.new in self.merged and fact.subject.old in self.insatser[0]:
            compared = f", jämfört med {self.insatser[0][fact.subject.old].namn},"
        return f"{'insatsen' if len(names) == 1 else 'insatserna'} {listed}{compared}"

    def _thing(self, path: Path, fact: Fact, owner: str) -> str:
        """What stands at ``path``, and whose it is: ”åldern i villkoret om ålder för insatsen
        A”."""
        if path == ("bilaga", "gäller_från"):
            return _NOUNS["gäller_från"]
        if path[0] == "bilaga" and len(path) == 2:
            return f"{_noun(path)} {'till' if path[1] == 'inledning' else 'på'} bilagan"
        part = isinstance(path[-1], Item) and path[-2] == "delar"
        return f"{self._name(path, fact)}{self._of(path[:-1], fact, owner, part=part)}"

    def _of(
        self, path: Path, fact: Fact, owner: str, *, bare: bool = False, part: bool = False
    ) -> str:
        """The words that tie something to what it stands in, or with ``bare`` just what it stands
        in.

        ``part`` tells that it is a part of what it stands in.
        """
        while path and (path[-1] in _THROUGH or (isinstance(path[-1], str) and path[-1] in _ITEMS)):
            path = path[:-1]
        if not path:
            return (
                owner
                if bare
                else f" {'i' if part or fact.subject.kind == 'riskanalys' else 'för'} {owner}"
                if owner
                else ""
            )
        last = path[-1]
        inner = isinstance(last, Item) and path[-2] == "delar"
        within = f"{self._name(path, fact)}{self._of(path[:-1], fact, owner, part=inner)}"
        word = (
            "för" if isinstance(last, Item) and path[-2] in ("delar", "enheter", "platser") else "i"
        )
        return within if bare else f" {word} {within}"

    def _name(self, path: Path, fact: Fact) -> str:
        """The name of a field or an item, without whose it is."""
        last = path[-1]
        if not isinstance(last, Item):
            return _noun(path)
        field = str(path[-2])
        if field in ("villkor", "gemensamma_villkor"):
            kind = last.name.split(",")[0]
            return _ITEMS[field] + ("" if kind in ("annat", "situation") else f" om {kind}")
        side = 0 if last.new is None else 1
        named = (
            self.names[side].get(last.name, last.name)
            if field in ("enheter", "avdelningar")
            else last.name
        )
        return f"{_ITEMS[field]} ”{named}”" if field in _ITEMS else f"”{named}”"

    def _units(self, fact: Fact, owner: str) -> str:
        """Which units begin and cease to give an insats."""
        lost, gained = _lost_and_gained(fact)
        ended = phrases.lista(self.names[0].get(i, i) for i in lost)
        begun = phrases.lista(self.names[1].get(i, i) for i in gained)
        if lost and gained:
            return f"{owner} ges av {begun} i stället för {ended}"
        if not lost and not gained:
            return f"ordningen mellan enheterna för {owner} ändras"
        return f"{begun} börjar ge {owner}" if gained else f"{ended} slutar ge {owner}"

    def _listed(self, fact: Fact, thing: str) -> str:
        """What comes into a list and what goes out of it."""
        lost, gained = (
            phrases.lista(f"”{phrases.say(fact.field, item)}”" for item in items)
            for items in _lost_and_gained(fact)
        )
        if lost and gained:
            return f"{thing} ändras: {gained} läggs till och {lost} tas bort"
        if not lost and not gained:
            return f"{thing} får en annan ordning"
        return f"{thing} utökas med {gained}" if gained else f"{thing} minskas med {lost}"


def _whose(path: Path) -> str:
    """Whether a field, or a condition, is the whole insats's or that of a part; nothing if it is
    neither."""
    own = (
        path[:-1]
        if len(path) > 1 and isinstance(path[-1], Item) and path[-2] == "villkor"
        else path
    )
    if len(own) == 1 and isinstance(own[0], str):
        return "insats"
    return "del" if len(own) == 3 and own[0] == "delar" and isinstance(own[2], str) else ""


def _says(data: Data, fact: Fact) -> bool:
    """Whether an insats or a part says what the fact tells of that has come or gone."""
    said, stated = fact.before if fact.kind == "removed" else fact.after, data.get(fact.field)
    return said in (stated or ()) if isinstance(fact.path[-1], Item) else bool(stated == said)


def _says_else(parted: Data, whole: Data, fact: Fact) -> bool:
    """Whether the insats with the parts still says it, or anything else in its place, of them
    all."""
    if not isinstance(fact.path[-1], Item):
        return fact.field in parted
    return _says(parted, fact) or any(
        item not in whole[fact.field] for item in parted.get(fact.field, ())
    )


def _few(names: Sequence[str]) -> Sequence[str]:
    """``names`` as a short list has them: the first, and how many there are besides."""
    listed = [name if len(name) <= _NAME else f"{name[: _NAME - 1]}…" for name in names]
    return [*listed[:_FEW], f"{len(names) - _FEW} till"] if len(names) > _FEW + 1 else listed


def _regrouped(old: Sequence[str], new: Sequence[str]) -> str:
    """The clause for what has been split, merged or divided in another way."""
    before, after = map(phrases.lista, (old, new))
    if len(old) == 1:
        return f"insatsen {before} delas upp i {after}"
    if len(new) == 1:
        return f"insatserna {before} slås samman till {after}"
    return f"insatserna {before} fördelas på {after}"


def _noun(path: Path) -> str:
    """A field's name with its article: ”målgruppen”; else what the schema calls it."""
    fields = [step for step in path if isinstance(step, str)]
    if fields[-2:] == ["utförare", "namn"]:
        return "utföraren"
    if fields[-1] in _NOUNS:
        return _NOUNS[fields[-1]]
    for kind in ("insats", "kommun", "riskanalys"):
        try:
            title = samples.title(kind, fields)
        except KeyError:
            continue
        return f"uppgiften om {title[:1].lower()}{title[1:]}"
    return f"uppgiften {fields[-1]}"


def _description(insats: Data) -> str:
    """An insats that comes or goes, in short: its aim, what it is and how it is documented."""
    said = [(insats.get("målgrupp", {}).get("beskrivning", "")), insats.get("innehåll", "")]
    said += [
        phrases.dokumenteras(part["dokumentation"])
        for part in (insats, *insats.get("delar", ()))
        if "dokumentation" in part
    ]
    return " ".join(phrases.mening(phrases.på_en_rad(text)) for text in said if text)


def _level(documentation: Data) -> str:
    """The level of documentation alone, in words."""
    level = documentation_level(documentation)
    return phrases.dokumentation({"nivå": level}) if level else ""


def _is_another_level(fact: Fact) -> bool:
    """Whether what has changed is how something is documented, as both sides say, and not only for
    which reasons."""
    sides = (fact.before or {}, fact.after or {})
    if fact.field != "dokumentation" or any(
        "nivå" not in side and "lagrum" not in side for side in sides
    ):
        return False
    levels = [_level(side) for side in sides]
    return all(levels) and levels[0] != levels[1]


def _further(fact: Fact) -> str:
    """What a clause about another level of documentation does not say: the reasons and the rest, in
    sentences of their own."""
    if (
        not isinstance(fact.before, dict)
        or not isinstance(fact.after, dict)
        or not _is_another_level(fact)
    ):
        return ""
    was, now = (
        phrases.mening(phrases.på_en_rad(phrases.dokumentation_mer(side)))
        for side in (fact.before, fact.after)
    )
    if was == now:
        return ""
    return " ".join(
        filter(None, [now, f"Tidigare angavs ”{was.removesuffix('.')}”." if was else ""])
    )


def _one(text: str) -> str:
    """``text`` as a piece of a clause: in quotation marks if it is several sentences."""
    return f"”{text}”" if re.search(r"[.!?…] +\S", text) else text


def _briefly(documentation: Data) -> str:
    """The level, and whether it is for special reasons, without which."""
    reasons = {"särskilda_skäl": {"åberopas": "ja"}} if invokes_reasons(documentation) else {}
    return phrases.dokumentation({"nivå": documentation_level(documentation), **reasons})


def _is_short_list(value: Any) -> bool:
    """Whether something is a list of words, of which it can be told what comes and goes, and no
    text in paragraphs."""
    return isinstance(value, list) and all(
        isinstance(item, str) and len(item) <= 60 and not item.endswith(".") for item in value
    )


def _lost_and_gained(fact: Fact) -> tuple[list[Any], list[Any]]:
    before, after = fact.before or [], fact.after or []
    return [item for item in before if item not in after], [
        item for item in after if item not in before
    ]


def _order_changed(before: Iterable[Any] | None, after: Iterable[Any] | None) -> bool:
    """Whether what is in both lists stands in another order."""
    left, right = list(before or ()), list(after or ())
    return [item for item in left if item in right] != [item for item in right if item in left]


def _named(revision: Revision, place: str) -> str:
    if not place or revision.beslut is not None:
        return revision.beteckning
    return f"{revision.beteckning} i {place}" if revision.datum else place
