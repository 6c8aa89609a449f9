"""The waivers that the files hold: which findings they accept, and which of them accept nothing."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import replace
from pathlib import Path

from insatskoll.catalogue.model import Kommun
from insatskoll.law.predicates import Hit
from insatskoll.law.rules import Rule, RuleSet
from insatskoll.lint.findings import Finding
from insatskoll.lint.placing import Places
from insatskoll.reading import accepted
from insatskoll.reading.document import Document
from insatskoll.values import immutable

RULE = "IK908"


@immutable
class Waiving:
    """What waivers go by: the municipality, its rules and places, whether some file could not be
    read (``incomplete``), the rules that were not put somewhere (``skipped``), and those, with the
    file or None for any, that waited for others (``silenced``). ``only`` are the files that have
    been looked at; None: all."""

    kommun: Kommun
    ruleset: RuleSet
    places: Places
    incomplete: bool
    skipped: frozenset[str]
    silenced: Set[tuple[str, Path | None]]
    only: Set[Path] | None = None

    def scopes(self) -> list[tuple[Document, Path | None]]:
        """The files that can hold waivers, each with the only file that they are for; None: all.

        A file's own waivers go before the municipality's, so that the latter is stale when it is
        not needed.
        """
        kommun = self.kommun
        insatser = kommun.revision.insatser if kommun.revision else ()
        documents = [insats.document for insats in insatser if insats.document]
        documents += [beslut.document for beslut in kommun.beslut]
        documents += [analys.document for analys in kommun.riskanalyser]
        scopes: list[tuple[Document, Path | None]] = [(one, one.path) for one in documents]
        return scopes if kommun.document is None else [*scopes, (kommun.document, None)]

    def problem(self, rule_id: str, hit: bool, only: Path | None) -> tuple[str, str] | None:
        """What is wrong with a waiver of a rule, and what to do about it; ``hit`` tells that it
        accepts a finding, or may."""
        rule = self.ruleset.known(rule_id)
        if rule is None:
            remedy = "Kontrollera regelns id; insatskoll rules visar alla."
            return f"Regeln {rule_id} finns inte", remedy
        if not rule.waivable:
            remedy = "Rätta felet och ta bort avvikelsen."
            return f"Ett fynd enligt {rule_id} kan inte godtas", remedy
        waits = (rule_id, only) in self.silenced or rule_id in self.skipped
        if not hit and not waits and rule_id in self.ruleset.rules:
            remedy = "Ta bort den; bristen finns inte längre."
            return f"Avvikelsen från {rule_id} träffar inget fynd", remedy
        return None

    def unsure(self, rule: Rule | None, document: Document) -> bool:
        """Whether a waiver that accepts nothing may still be needed: for the sake of what has not
        been read, or not been looked at."""
        if self.incomplete or self.only is None:
            return self.incomplete
        common = self.kommun.document
        of_all = rule is not None and any(check.scope == "kommun" for check in rule.checks)
        needed = {document.path} | ({common.path} if of_all and common is not None else set())
        return document is common or not needed <= self.only

    def finding(self, document: Document, index: int, message: str, remedy: str) -> Finding:
        """The finding of a waiver that does not hold."""
        rule = self.ruleset.rules[RULE]
        hit = Hit(("avvikelser", index, "regel"))
        found = self.places.finding(rule, rule.level, message, hit, document)
        return replace(found, remedy=remedy)


class _Unwaived:
    """The findings that no waiver has accepted yet, by rule and file, so that each is looked at
    once."""

    def __init__(self, findings: list[Finding]) -> None:
        self.findings = findings
        self.listed: dict[str, dict[Path, list[int]]] = {}
        for index in range(len(findings)):
            self._list(index)

    def _list(self, index: int) -> None:
        finding = self.findings[index]
        self.listed.setdefault(finding.rule, {}).setdefault(finding.path, []).append(index)

    def add(self, finding: Finding) -> None:
        """Takes one more."""
        self.findings.append(finding)
        self._list(len(self.findings) - 1)

    def accept(self, rule: Rule | None, only: Path | None, reason: str) -> bool:
        """Accepts those of ``rule`` in the file ``only``, or in all; tells whether there were
        any."""
        if rule is None or not rule.waivable:
            return False
        files = self.listed.get(rule.id, {})
        hits = [hit for path in ([only] if only else list(files)) for hit in files.pop(path, [])]
        for index in hits:
            self.findings[index] = replace(self.findings[index], waived=reason)
        return bool(hits)


def applied(found: list[Finding], waiving: Waiving) -> list[Finding]:
    """The findings, those that the files waive with the reason, and one more for each waiver that
    does not hold."""
    left = _Unwaived(list(found))
    for document, only in waiving.scopes():
        for number, waiver in enumerate(accepted.avvikelser(document)):
            rule = waiving.ruleset.known(waiver["regel"])
            hit = left.accept(rule, only, waiver["motivering"])
            needed = hit or waiving.unsure(rule, document)
            problem = waiving.problem(waiver["regel"], needed, only)
            if problem and RULE in waiving.ruleset.rules:
                left.add(waiving.finding(document, number, *problem))
    return left.findings
