"""The report for people: grouped by file, the source line marked, what to do about it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from rich.padding import Padding
from rich.text import Text

from insatskoll.lint.findings import LEVELS, Finding
from insatskoll.lint.reporters import summary, unneeded
from insatskoll.lint.run import Report
from insatskoll.names import shown
from insatskoll.reading.places import Span

_STYLES = {"fel": "bold red", "varning": "bold yellow", "råd": "bold cyan"}
_INDENT = 4
_WIDEST = 100  # characters of a line of the file


def render(report: Report, *, waived: bool = False) -> Iterator[Text | Padding]:
    """The findings as rich renderables; ``waived`` shows the accepted ones too."""
    told = [f for f in report.findings if not f.known] if waived else report.open
    for path, findings in groupby(told, key=lambda f: f.path):
        yield Text(shown(path), style="bold underline")
        for finding in findings:
            yield from _finding(finding)
            yield Text()
    for why, rules in groupby(
        sorted(report.skipped, key=lambda skipped: skipped[1]), key=lambda skipped: skipped[1]
    ):
        yield Text(f"{', '.join(rule for rule, _ in rules)} prövades inte: {why}.", style="dim")
    if gone := unneeded(report):
        yield Text(gone)
    grave = min((f.level for f in report.open), key=LEVELS.index, default=None)
    yield Text(summary(report), style=_STYLES[grave] if grave else "bold green")


def _finding(finding: Finding) -> Iterator[Text | Padding]:
    head = Text.assemble(
        (f"{finding.span.line}:{finding.span.column}", "dim"),
        "  ",
        (finding.level, _STYLES[finding.level]),
        " ",
        (finding.rule, "bold"),
        "  ",
        finding.message,
    )
    yield Padding(head, (0, 0, 0, 2), expand=False)
    yield from _excerpt(finding.source, finding.span, _STYLES[finding.level])
    for related in finding.related:
        yield _line(
            Text.assemble(
                (f"{related.span.line}:{related.span.column}  ", "dim"), f"{related.message}:"
            )
        )
        yield from _excerpt(related.source, related.span, "dim")
    if finding.lagrum:
        yield _line(Text.assemble(("Lagrum: ", "bold"), ", ".join(finding.lagrum)))
    if finding.waived is None:
        yield _line(Text.assemble(("Gör så här: ", "bold"), finding.remedy))
    else:
        yield _line(Text.assemble(("Godtaget: ", "bold"), finding.waived))


def _excerpt(source: str, span: Span, style: str) -> Iterator[Padding]:
    """The source line as it stands, cut to a readable length, with the place marked below it."""
    if not source.strip():
        return
    line = source.rstrip().replace("\t", " ")
    # what is marked is seen
    left = max(0, span.column - 1 - _WIDEST // 2) if span.column > _WIDEST else 0
    cut = line[left : left + _WIDEST]
    start = max(span.column - 1 - left, 0)
    length = min(max(span.end_column - span.column, 1), max(len(cut) - start, 1))
    yield _line(Text.assemble(("│ ", "dim"), "…" if left else "", cut))
    if start < len(cut) + 1:
        yield _line(Text.assemble(("│ ", "dim"), " " * (start + bool(left)), ("^" * length, style)))


def _line(text: Text) -> Padding:
    return Padding(text, (0, 0, 0, _INDENT), expand=False)
