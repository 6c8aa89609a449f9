"""The report for people: grouped by file, the source line marked, what to do about it. What is the
same in several places is told once."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from insatskoll.lines import Line, line
from insatskoll.lint.findings import LEVELS, Finding
from insatskoll.lint.report import Report
from insatskoll.lint.reporters import grouping, summary, unneeded
from insatskoll.names import shown
from insatskoll.reading.places import Span

_STYLES = {"fel": "bold red", "varning": "bold yellow", "råd": "bold cyan"}
_INDENT = 4
_WIDEST = 100  # characters of a line of the file


def render(report: Report, *, waived: bool = False) -> Iterator[Line]:
    """The findings as lines; ``waived`` shows the accepted ones too."""
    told = [f for f in report.findings if not f.known] if waived else [*report.open]
    alone, groups = grouping.grouped(told)
    for path, findings in groupby(alone, key=lambda f: f.path):
        yield line(shown(path), style="bold underline")
        for finding in findings:
            yield from _finding(finding)
            yield line()
    for group in groups:
        yield from _group(group)
        yield line()
    for why, rules in groupby(
        sorted(report.skipped, key=lambda skipped: skipped[1]), key=lambda skipped: skipped[1]
    ):
        yield line(f"{', '.join(rule for rule, _ in rules)} prövades inte: {why}.", style="dim")
    if gone := unneeded(report):
        yield line(gone)
    if first := grouping.order_of_work(report.open):
        yield line(first, style="bold")
    grave = min((f.level for f in report.open), key=LEVELS.index, default=None)
    yield line(summary(report), style=_STYLES[grave] if grave else "bold green")


def _finding(finding: Finding) -> Iterator[Line]:
    place = f"{finding.span.line}:{finding.span.column}"
    style = _STYLES[finding.level]
    yield line(
        (place, "dim"),
        "  ",
        (finding.level, style),
        " ",
        (finding.rule, "bold"),
        "  ",
        finding.message,
        indent=2,
    )
    yield from _excerpt(finding.source, finding.span, style)
    for related in finding.related:
        yield line(
            (f"{related.span.line}:{related.span.column}  ", "dim"),
            f"{related.message}:",
            indent=_INDENT,
        )
        yield from _excerpt(related.source, related.span, "dim")
    yield from _advice(finding)


def _group(group: grouping.Group) -> Iterator[Line]:
    """Findings of one kind: what is wrong, each place, and what to do."""
    finding = group.first
    yield line(
        (group.count, "bold underline"),
        "  ",
        (finding.level, _STYLES[finding.level]),
        " ",
        (finding.rule, "bold"),
        *(("  ", group.message) if group.message else ()),
    )
    for one in group.findings:
        place = f"{shown(one.path)}:{one.span.line}:{one.span.column}"
        said = () if group.message else ("  ", one.message)
        yield line((place, "dim"), *said, indent=2)
    yield from _advice(finding, "Skriv i var och en av filerna:")


def _advice(finding: Finding, lead: str = "") -> Iterator[Line]:
    """The provisions, and what to do: with ``lead`` before the lines to write, if they go in more
    places than the finding's own."""
    if finding.lagrum:
        yield line(("Lagrum: ", "bold"), ", ".join(finding.lagrum), indent=_INDENT)
    if finding.waived is None:
        remedy, *pasted = finding.remedy.split("\n")
        yield line(("Gör så här: ", "bold"), remedy, indent=_INDENT)
        yield from (line(written, indent=_INDENT) for written in pasted)
        if finding.suggestion is not None:
            yield line((lead or finding.suggestion.lead, "bold"), indent=_INDENT)
            for written in finding.suggestion.text.splitlines():
                yield line(written, indent=_INDENT + 2)
    else:
        yield line(("Godtaget: ", "bold"), finding.waived, indent=_INDENT)


def _excerpt(source: str, span: Span, style: str) -> Iterator[Line]:
    """The source line as it stands, cut to a readable length, with the place marked below it."""
    if not source.strip():
        return
    whole = source.rstrip().replace("\t", " ")
    first = span.column - 1
    end = span.end_column - 1 if span.end_line == span.line else len(whole)
    left = max(0, first - _before(end - first)) if end > _WIDEST else 0
    cut = whole[left : left + _WIDEST]
    start = max(first - left, 0)
    length = min(max(end - first, 1), max(len(cut) - start, 1))
    yield line(("│ ", "dim"), "…" if left else "", cut, indent=_INDENT)
    if start < len(cut) + 1:
        yield line(("│ ", "dim"), " " * (start + bool(left)), ("^" * length, style), indent=_INDENT)


def _before(length: int) -> int:
    """How many characters of a long line are shown before what is marked, if it is ``length`` long:
    so many that all of it is seen, if it can be."""
    if length > _WIDEST:
        return _WIDEST // 2
    return min(_WIDEST // 2, _WIDEST - length)
