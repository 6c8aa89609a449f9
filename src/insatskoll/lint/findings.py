"""Findings: what the rules found, where, and what to do about it."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import field, replace
from pathlib import Path

from insatskoll.catalogue.file_names import in_kommun
from insatskoll.names import absolute, plain, shown
from insatskoll.reading.places import DataPath, Span, path_text
from insatskoll.values import immutable

LEVELS = ("fel", "varning", "råd")


@immutable
class Related:
    """Another place that explains a finding: the other half of a contradiction, the copied
    original."""

    path: Path
    span: Span
    message: str
    source: str = field(default="", repr=False)


@immutable
class Edit:
    """What is written instead of a stretch of a file, which is empty if it is only put in."""

    span: Span
    text: str


@immutable
class Suggestion:
    """What to write in a finding's file: lines of YAML that go into the group at ``within``, and
    the ``edits`` that do it, in the order of the file; none if it cannot be told exactly where.
    ``writes`` are the places that are written."""

    within: DataPath
    text: str
    edits: tuple[Edit, ...] = ()
    writes: frozenset[DataPath] = field(default=frozenset(), compare=False, repr=False)

    @property
    def lead(self) -> str:
        """Where to write it, in Swedish, to stand before the lines."""
        within = f", under {path_text(self.within)}" if self.within else ""
        if not self.edits:
            return f"Skriv i filen{within}:"
        first = self.edits[0].span
        put_in = all(
            (edit.span.line, edit.span.column) == (edit.span.end_line, edit.span.end_column)
            for edit in self.edits
        )
        where = f"efter rad {first.line}" if put_in else f"i stället, på rad {first.line}"
        return f"Skriv i filen {where}{within}:"


@immutable
class Finding:
    """One finding. ``source`` is the line of text it points at; ``waived`` the reason if it has
    been accepted; ``known`` tells that it stands in the baseline. ``check`` is the number of the
    check, among its rule's, that found it, and ``suggestion`` what it suggests."""

    path: Path
    span: Span
    rule: str
    level: str
    message: str
    remedy: str
    lagrum: tuple[str, ...] = ()
    data_path: DataPath = ()
    related: tuple[Related, ...] = ()
    source: str = field(default="", repr=False)
    waived: str | None = None
    known: bool = False
    check: int = 0
    suggestion: Suggestion | None = None

    @property
    def file(self) -> str:
        """The file as the catalogue knows it: ``uppsala/insatser/cope.yaml``, wherever the
        catalogue lies."""
        parts = absolute(self.path).parts
        inside = next(
            (index + 1 for index in range(len(parts) - 2, -1, -1) if parts[index] == "kommuner"),
            None,
        )
        if inside is None:  # a municipality's folder that lies in no catalogue
            inside = len(parts) - 1 - len(in_kommun(absolute(self.path)))
        return plain("/".join(parts[inside:]))

    @property
    def order(self) -> tuple[object, ...]:
        """The order of report: by file, place, rule."""
        return str(self.path), self.span, self.rule, self.message


def at_or_above(level: str, limit: str) -> bool:
    """Whether ``level`` is as grave as ``limit`` or graver."""
    return LEVELS.index(level) <= LEVELS.index(limit)


def fails(finding: Finding, limit: str) -> bool:
    """Whether a finding that is as grave as ``limit``, or graver, has not been accepted."""
    return finding.waived is None and at_or_above(finding.level, limit)


def fingerprints(findings: Iterable[Finding]) -> list[str]:
    """For each finding 32 hexadecimal digits that stay the same when its lines move, and differ
    between findings.

    Made of the rule, the file, the place in the data, the message, and a number for those that have
    all of it in common.
    """
    seen: Counter[tuple[str, ...]] = Counter()
    prints = []
    for finding in findings:
        same = (finding.rule, finding.file, path_text(finding.data_path), finding.message)
        seen[same] += 1
        prints.append(hashlib.sha256("\0".join((*same, str(seen[same]))).encode()).hexdigest()[:32])
    return prints


def finding_line(finding: Finding, told: Callable[[Path], str] = shown) -> str:
    """A finding on one line: level, rule, place, what is wrong, the lagrum, and whether it has been
    accepted.

    ``told`` gives the file's path as its readers expect it.
    """
    place = f"{told(finding.path)}:{finding.span.line}:{finding.span.column}"
    lagrum = f" ({', '.join(finding.lagrum)})" if finding.lagrum else ""
    waived = f" Godtaget: {' '.join(finding.waived.split())}" if finding.waived is not None else ""
    return f"{finding.level} {finding.rule} {place}: {finding.message}{lagrum}{waived}"


def apart(findings: Iterable[Finding]) -> list[Finding]:
    """``findings``, of which only the first has edits that write at the same place as others': all
    edits can be made, and the others' lines are only shown."""
    told: list[Finding] = []
    taken: dict[Path, set[DataPath]] = {}
    for finding in sorted(findings, key=lambda one: (one.waived is not None, one.order)):
        suggestion = finding.suggestion
        if suggestion is None or not suggestion.edits:
            told.append(finding)
            continue
        written = taken.setdefault(finding.path, set())
        if written.isdisjoint(suggestion.writes):
            written |= suggestion.writes
            told.append(finding)
        else:
            told.append(replace(finding, suggestion=replace(suggestion, edits=())))
    return told
