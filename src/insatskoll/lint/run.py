"""Lints: puts every rule to every municipality and gives findings with places.

Rules yield paths in the data; this is the one place that turns them into file, line and column.
Nothing here depends on the clock: each revision is judged at its own date.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from insatskoll.catalogue import acceptances, chain, file_names, proposals
from insatskoll.catalogue.model import (
    FileProblems,
    Kommun,
    Revision,
    judged,
    resolved,
    resolved_beslut,
    written_at,
)
from insatskoll.law.budget import Budget
from insatskoll.law.checks import Check
from insatskoll.law.predicates import Hit, Neighbours, Subject
from insatskoll.law.predicates.registry import held
from insatskoll.law.rules import Rule, RuleSet
from insatskoll.lint import claimed, waivers
from insatskoll.lint.findings import Finding, apart
from insatskoll.lint.placing import Places, file_finding
from insatskoll.lint.report import Outcome, Report
from insatskoll.names import plain
from insatskoll.reading.document import Document
from insatskoll.reading.places import DataPath, part_at
from insatskoll.values import immutable

if TYPE_CHECKING:
    from insatskoll.reading.schema_types import InsatsData

WAITING = "väntar tills kommunens alla filer går att läsa"

# the file, the scope, and what to check in it: one thing, or all its parts
_Placed = tuple[Document, str, list[Subject]]
_Told = tuple[Hit, str]  # a hit and its message
GlyphsOf = Callable[[Path], frozenset[str]]
Lint = Callable[[Path, Neighbours], "Outcome"]  # of a municipality's folder, beside its neighbours


def no_glyphs(_: Path) -> frozenset[str]:
    """The characters of the fonts of a municipality that has none of its own."""
    return frozenset()


@immutable
class Terms:
    """What a run goes by: the rules, the concepts (``begrepp``) that may be referred to, and the
    day (``datum``, ÅÅÅÅ-MM-DD) at which the rules are judged, where it is not that of each
    decision or proposal. ``own_glyphs`` gives the characters that a municipality can print with
    its own fonts."""

    ruleset: RuleSet
    begrepp: frozenset[str] = frozenset()
    datum: str | None = None
    own_glyphs: GlyphsOf = no_glyphs


def lint(
    kommuner: Iterable[Kommun],
    ruleset: RuleSet,
    begrepp: frozenset[str] = frozenset(),
    datum: str | None = None,
    strays: Iterable[FileProblems] = (),
    own_glyphs: GlyphsOf = no_glyphs,
) -> Report:
    """Lints ``kommuner`` with every rule.

    ``strays`` are what is wrong in the catalogue outside the municipalities' folders; the rest is
    as in :class:`Terms`.
    """
    gathered = Gathered(Terms(ruleset, begrepp, datum, own_glyphs))
    for kommun in kommuner:
        gathered.add(linted(kommun, gathered.terms, gathered.neighbours, gathered.budget))
    return gathered.report(strays)


def linted(
    kommun: Kommun, terms: Terms, neighbours: Neighbours, budget: Budget | None = None
) -> Outcome:
    """Lints one municipality, beside those in ``neighbours``, which is left as it is."""
    run = _Run(
        kommun, terms.ruleset, terms.begrepp, terms.datum, neighbours, budget, terms.own_glyphs
    )
    findings = tuple(run.findings())
    has = held(judged(kommun.revision)) if kommun.revision is not None else None
    return Outcome(
        findings=findings,
        skipped=tuple(sorted(run.skipped)),
        files=kommun.files,
        unreadable=any(file.unreadable for file in kommun.problems),
        broken=plain(kommun.folder.absolute().name) if kommun.problems else None,
        renamed=_renamed(kommun.revision) if kommun.revision is not None else {},
        held=has,
        said=neighbours.said_of(has) if has is not None else (),
    )


def found_in(
    kommun: Kommun, terms: Terms, neighbours: Neighbours, only: Set[Path]
) -> tuple[Finding, ...]:
    """What the linting of one municipality finds by looking at the files ``only``, beside the
    others: for whoever writes in one of them, and waits for the answer. What can only be told by
    looking at all of them is not."""
    run = _Run(
        kommun, terms.ruleset, terms.begrepp, terms.datum, neighbours, None, terms.own_glyphs, only
    )
    return tuple(run.findings())


class Gathered:
    """The outcomes of a run, taken one after the other in the order of the municipalities."""

    def __init__(self, terms: Terms) -> None:
        self.terms = terms
        self.neighbours = Neighbours()
        self.budget = Budget()
        self.outcomes: list[Outcome] = []

    def agrees(self, outcome: Outcome) -> bool:
        """Whether ``outcome`` was found beside those neighbours that the next municipality has."""
        return outcome.held is None or outcome.said == self.neighbours.said_of(outcome.held)

    def add(self, outcome: Outcome) -> None:
        """Takes the next."""
        self.outcomes.append(outcome)
        if outcome.held is not None:
            self.neighbours.add(outcome.held)

    def report(self, strays: Iterable[FileProblems] = ()) -> Report:
        """All of it; ``strays`` are as in :func:`lint`."""
        ruleset, strays = self.terms.ruleset, tuple(strays)
        findings = [
            file_finding(ruleset, file, problem) for file in strays for problem in file.problems
        ]
        skipped: dict[tuple[str, str], None] = {}
        renamed: dict[Path, tuple[Path, ...]] = {}
        for outcome in self.outcomes:
            findings += outcome.findings
            skipped |= dict.fromkeys(outcome.skipped)
            renamed |= outcome.renamed
        return Report(
            tuple(sorted(findings, key=lambda f: f.order)),
            tuple(skipped),
            sum(outcome.files for outcome in self.outcomes),
            ruleset,
            unreadable=any(file.unreadable for file in strays)
            or any(one.unreadable for one in self.outcomes),
            broken=frozenset(
                outcome.broken for outcome in self.outcomes if outcome.broken is not None
            ),
            renamed=renamed,
        )


def _renamed(revision: Revision) -> dict[Path, tuple[Path, ...]]:
    """The files that insatser had under ids that no insats has any longer, by the files they
    have now."""
    ids = {insats.id for insats in revision.insatser}
    former = {
        i.document.path: [name for name in i.tidigare_id if name not in ids]
        for i in revision.insatser
        if i.document
    }
    return {
        path: tuple(path.with_name(f"{name}.yaml") for name in names)
        for path, names in former.items()
        if names
    }


class _Run:
    """The linting of one municipality."""

    def __init__(
        self,
        kommun: Kommun,
        ruleset: RuleSet,
        begrepp: frozenset[str],
        datum: str | None,
        neighbours: Neighbours | None = None,
        budget: Budget | None = None,
        glyphs_of: GlyphsOf = no_glyphs,
        only: Set[Path] | None = None,
    ) -> None:
        self.glyphs_of = glyphs_of
        self.only = only
        self.budget = budget or Budget()
        self.letters = sum(len(document.text) for document in _documents(kommun))
        self.budget.read(self.letters)
        self.kommun = kommun
        self.ruleset = ruleset
        self.begrepp = begrepp
        self.datum = datum
        self.neighbours = neighbours or Neighbours()
        self.skipped: set[tuple[str, str]] = set()
        self.frozen = {beslut.id: resolved_beslut(beslut.data) for beslut in kommun.beslut}
        self.incomplete = _is_incomplete(kommun)
        # rules and files in which they wait for another; None: any
        self.silenced: set[tuple[str, Path | None]] = set()
        revision = kommun.revision
        insatser = revision.insatser if revision else ()
        self.places = Places(
            {i.id: i.document for i in insatser if i.document},
            {analys.id: analys.document for analys in kommun.riskanalyser},
            kommun.document,
        )

    def findings(self) -> list[Finding]:
        kommun = self.kommun
        found = [
            file_finding(self.ruleset, file, p)
            for file in (*kommun.problems, *kommun.notes, *self._accepted(), *self._started())
            for p in file.problems
        ]
        if kommun.document is not None and kommun.revision is not None:
            revision = judged(kommun.revision)
            found += self._judge(revision, self._current(kommun.document, revision))
        looked_at = [b for b in kommun.beslut if self._looks_at(b.document)]
        decided = chain.seen(kommun) if looked_at else {}
        for beslut in looked_at:
            datum = self.datum or beslut.revision.prövningsdag
            revision, data = judged(beslut.revision), self.frozen[beslut.id]
            subject = Subject(
                data, revision, decided=decided[beslut.id], frozen=self.frozen,
                document=beslut.document, datum=datum, own_glyphs=self.own_glyphs,
            )  # fmt: skip
            found += self._judge(revision, [(beslut.document, "beslut", [subject])])
        told = waivers.applied(self._unless_silenced(found), self._waiving())
        return apart(told)

    def _accepted(self) -> Iterator[FileProblems]:
        """The accepted changes that do not hold."""
        if acceptances.RULE in self.ruleset.rules:
            yield from acceptances.failing(self.kommun, self.datum)
            yield from acceptances.used_up(self.kommun)

    def _started(self) -> Iterator[FileProblems]:
        """That the proposal starts from another decision than the latest."""
        if proposals.RULE in self.ruleset.rules:
            yield from proposals.failing(self.kommun)

    def _looks_at(self, document: Document) -> bool:
        return self.only is None or document.path in self.only

    @cached_property
    def _glyphs(self) -> frozenset[str]:
        return self.glyphs_of(self.kommun.folder)

    def own_glyphs(self) -> frozenset[str]:
        """The characters of the municipality's own fonts; few catalogues have characters that
        they are asked of."""
        return self._glyphs

    def _current(self, document: Document, revision: Revision) -> Iterator[_Placed]:
        """What there is to check in the files as they stand."""
        broken = {
            meant for file in self.kommun.problems for meant in file_names.ids_of(file.path.name)
        }
        unread = {
            file.path.stem
            for file in self.kommun.problems
            if file.path.parent.name == "riskanalyser"
        }
        registers = {
            "avdelningar": frozenset(one["id"] for one in revision.kommun["avdelningar"]),
            "enheter": frozenset(one["id"] for one in revision.kommun.get("enheter", ())),
            "begrepp": self.begrepp,
            "insatser": frozenset({i.id for i in revision.insatser} | broken),
            "riskanalyser": frozenset(
                {analys.data["insats"] for analys in self.kommun.riskanalyser} | unread
            ),
        }
        datum = self.datum or revision.prövningsdag
        common = Subject(
            revision.kommun, revision, registers=registers, frozen=self.frozen, document=document,
            datum=datum, own_glyphs=self.own_glyphs, neighbours=self.neighbours,
        )  # fmt: skip
        if self._looks_at(document):
            yield document, "kommun", [common]
            yield from self._claimed(common, {})
        for insats in revision.insatser:
            assert insats.document is not None
            if not self._looks_at(insats.document):
                continue
            whole = replace(common, data=insats.data, insats=insats, document=insats.document)
            yield insats.document, "insats", [whole]
            yield (
                insats.document,
                "del",
                [_part(whole, path, part) for path, part in insats.delar],
            )
            yield from self._claimed(whole, {(): insats.data, **dict(insats.delar)})
        for analys in self.kommun.riskanalyser:
            if not self._looks_at(analys.document):
                continue
            whole = replace(common, data=resolved(analys.data), document=analys.document)
            yield analys.document, "riskanalys", [whole]
            about = {i.id: i.data for i in revision.insatser}.get(analys.data["insats"])
            yield from self._claimed(whole, {} if about is None else {(): about})

    def _claimed(
        self, whole: Subject, holders: Mapping[DataPath, Mapping[str, object]]
    ) -> Iterator[_Placed]:
        """What the texts of a file claim, each by itself."""
        assert whole.document is not None
        for subject in claimed.subjects(whole, holders):
            yield whole.document, claimed.SCOPE, [subject]

    def _judge(self, revision: Revision, subjects: Iterable[_Placed]) -> Iterator[Finding]:
        """Puts the rules in force at the revision's date to each of its subjects."""
        checks: dict[str, list[tuple[Rule, Check]]] = {}
        skipped: dict[str, list[tuple[str, str]]] = {}
        for rule in self.ruleset.rules.values():
            why = rule.skipped_at(self.datum or revision.prövningsdag)
            for check in rule.checks:
                wait = (
                    WAITING if self.incomplete and check.whole and check.scope != "beslut" else None
                )
                if why or wait:
                    skipped.setdefault(check.scope, []).append((rule.id, why or wait or ""))
                    continue
                if check.kommun_steps and check.own is not None:
                    self.budget.spend(check.own, check.kommun_steps * self.letters)
                if check.selects_kommun(revision.kommun):
                    checks.setdefault(check.scope, []).append((rule, check))
        for document, scope, checked in subjects:
            self.skipped.update(skipped.get(scope, ()))
            for rule, check in checks.get(scope, ()):
                if check.steps and check.own is not None:
                    self._spend(check, check.own, checked, document)
                for hit, message in _found(check, checked, document):
                    found = self.places.finding(rule, check.level, message, hit, document)
                    yield replace(
                        found, check=check.number, remedy=check.remedy, lagrum=check.lagrum
                    )

    def _spend(self, check: Check, own: str, subjects: list[Subject], document: Document) -> None:
        """Takes what the municipality's ``own`` check costs."""
        # A part has the texts of its insats, and what judges a municipality may look into all of
        # its files.
        letters = self.letters if check.scope == "kommun" else len(document.text) * len(subjects)
        self.budget.spend(own, check.steps * letters)

    def _waiving(self) -> waivers.Waiving:
        """What the waivers go by; to be asked for when all rules have been put."""
        skipped = frozenset(rule_id for rule_id, _ in self.skipped)
        return waivers.Waiving(
            self.kommun,
            self.ruleset,
            self.places,
            self.incomplete,
            skipped,
            self.silenced,
            self.only,
        )

    def _unless_silenced(self, found: list[Finding]) -> list[Finding]:
        """The findings without those that wait for another: where a rule that silences theirs
        speaks of the same part."""
        heard = {(f.rule, f.path, part_at(f.data_path)) for f in found}
        kept = []
        for finding in found:
            rule = self.ruleset.known(finding.rule)
            louder = rule.data.get("tystas_av", ()) if rule is not None else ()
            if any((other, finding.path, part_at(finding.data_path)) in heard for other in louder):
                self.silenced |= {(finding.rule, finding.path), (finding.rule, None)}
            else:
                kept.append(finding)
        return kept


def _part(whole: Subject, path: DataPath, data: InsatsData) -> Subject:
    """A part of an insats. One without parts is its own, with what is known of it."""
    if not path and data == whole.data:
        return whole
    return replace(whole, data=data, path=path, within=whole)


def _found(check: Check, subjects: list[Subject], document: Document) -> list[_Told]:
    """What ``check`` finds in all the parts of an insats, or in the one thing there is.

    A part has the texts of its insats besides its own, but they speak of the whole: what a function
    finds in them counts only if it finds it for every part, and is then told once.
    """
    if len(subjects) == 1:
        return check.hits(subjects[0])
    found = [check.hits(subject) for subject in subjects]
    if not any(found):
        return []

    def place(hit: Hit) -> tuple[str | None, DataPath]:
        return hit.insats, written_at(document.data, hit.path)

    shared = set.intersection(*({place(hit) for hit, _ in hits} for hits in found))
    told: dict[object, _Told] = {}
    for hit, message in (one for hits in found for one in hits):
        insats, path = place(hit)
        of_the_whole = insats is None and path[:1] != ("delar",)
        if of_the_whole and check.function is not None:
            if (insats, path) in shared:
                told.setdefault(path, (hit, message))
        else:
            told.setdefault((insats, path, message), (hit, message))
    return list(told.values())


def _is_incomplete(kommun: Kommun) -> bool:
    """Whether some file that the rules about all insatser would go by has not been read."""
    read = {document.path for document in _documents(kommun)}
    return any(
        file.path not in read
        and file_names.in_kommun(file.path)[0] not in (file_names.PROFILE, file_names.ACCEPTED)
        and file.path.parent.name not in file_names.FROZEN
        for file in kommun.problems
    )


def _documents(kommun: Kommun) -> Iterator[Document]:
    """The files of ``kommun`` that have been read."""
    if kommun.document is not None:
        yield kommun.document
    yield from (
        insats.document
        for insats in (kommun.revision.insatser if kommun.revision else ())
        if insats.document
    )
    yield from (analys.document for analys in kommun.riskanalyser)
    yield from (beslut.document for beslut in kommun.beslut)
    yield from (handelse.document for handelse in kommun.handelser)
