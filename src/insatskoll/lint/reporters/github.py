"""Workflow commands for GitHub Actions: each open finding becomes an annotation on the pull
request."""

from __future__ import annotations

from collections.abc import Sequence

from insatskoll.lint.findings import Finding
from insatskoll.lint.report import Report
from insatskoll.lint.reporters import limits, summary, unneeded
from insatskoll.names import COMMAND, in_log, in_repository

_COMMANDS = {"fel": "error", "varning": "warning", "råd": "notice"}


def render(report: Report) -> str:
    """The open findings as workflow commands, and the summary line."""
    return told(report.open, [in_log(summary(report))], unneeded(report))


def told(findings: Sequence[Finding], last: Sequence[str], notice: str = "") -> str:
    """A command for each of ``findings`` that there is room for, the gravest first, the rest in
    words, the ``notice`` that stands at no line, and the lines that come ``last`` as they are."""
    notices = [f"::notice::{_data(notice)}"] if notice else []
    shown, rest = limits.annotated(findings, {"råd": len(notices)})
    words = limits.in_words(rest)
    return "\n".join([*map(_command, shown), *notices, *words, *last]) + "\n"


def _command(finding: Finding) -> str:
    properties = {
        "file": in_repository(finding.path),
        "line": finding.span.line,
        "endLine": finding.span.end_line,
        "col": finding.span.column,
        "endColumn": finding.span.end_column,
        "title": finding.rule,
    }
    lagrum = f" ({', '.join(finding.lagrum)})" if finding.lagrum else ""
    listed = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items())
    told = f"{finding.message}{lagrum} {finding.remedy}"
    if finding.suggestion is not None:
        told += f"\n{finding.suggestion.lead}\n{finding.suggestion.text.rstrip()}"
    return f"::{_COMMANDS[finding.level]} {listed}::{_data(told)}"


def _data(text: str) -> str:
    return (
        COMMAND.sub("[U+0023]", text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    )


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
