"""What a report for programs lists: findings, or what is told as they are, each with what it is
called from one run to the next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from insatskoll.lint.findings import Finding, fingerprints
from insatskoll.lint.report import Report
from insatskoll.reading.places import path_text
from insatskoll.values import immutable


@immutable
class Listed:
    """A finding, its fingerprint and its name, which both stay when its lines move, and whether it
    fails the run. ``is_change`` tells that it is one between two revisions, which is accepted
    in a file of its own."""

    finding: Finding
    fingerprint: str
    name: str
    fails: bool
    is_change: bool = False

    @property
    def is_open(self) -> bool:
        """Whether it is new and has not been accepted."""
        return self.finding.waived is None and not self.finding.known


def listed(report: Report) -> list[Listed]:
    """The findings of a run of ``lint``, in the order of report."""
    return of(report.findings, report.fails)


def of(findings: Sequence[Finding], fails: Callable[[Finding], bool]) -> list[Listed]:
    """Each of ``findings`` with its fingerprint, and a name that no other in its file has: the rule
    and the field. ``fails`` tells whether one fails the run."""
    seen: Counter[tuple[str, str]] = Counter()
    told = []
    for finding, fingerprint in zip(findings, fingerprints(findings), strict=True):
        name = f"{finding.rule} {path_text(finding.data_path)}".rstrip()
        seen[finding.file, name] += 1
        number = seen[finding.file, name]
        own = name if number == 1 else f"{name} ({number})"
        told.append(Listed(finding, fingerprint, own, fails(finding)))
    return told
