"""Logging commands for Azure Pipelines: each open error and warning becomes an issue of the run, at
its line. There is none for what is only advice, which stands in the log."""

from __future__ import annotations

from collections.abc import Sequence

from insatskoll.lint.findings import Finding
from insatskoll.lint.report import Report
from insatskoll.lint.reporters import limits, summary, unneeded
from insatskoll.names import COMMAND, in_log, in_repository

_TYPES = {"fel": "error", "varning": "warning"}
# as the agent reads them back, the first of them first
_ESCAPED = {"%": "%AZP25", "\r": "%0D", "\n": "%0A"}
_IN_PROPERTY = {";": "%3B", "]": "%5D"}


def render(report: Report) -> str:
    """The open findings as logging commands, the advice in words, and the summary line."""
    return told(report.open, [*filter(None, [unneeded(report)]), summary(report)])


def told(findings: Sequence[Finding], last: Sequence[str]) -> str:
    """A command for each of ``findings`` that there is room for, the rest in words, and the lines
    that come ``last``."""
    shown, rest = limits.annotated([one for one in findings if one.level in _TYPES])
    advice = [one for one in findings if one.level not in _TYPES]
    words = [*limits.in_words(rest), *limits.lines(advice)]
    return "\n".join([*map(_command, shown), *words, *map(in_log, last)]) + "\n"


def _command(finding: Finding) -> str:
    properties = {
        "type": _TYPES[finding.level],
        "sourcepath": in_repository(finding.path),
        "linenumber": finding.span.line,
        "columnnumber": finding.span.column,
        "code": finding.rule,
    }
    listed = "".join(f"{name}={_property(str(value))};" for name, value in properties.items())
    lagrum = f" ({', '.join(finding.lagrum)})" if finding.lagrum else ""
    text = f"{finding.message}{lagrum} {finding.remedy}".rstrip()
    return f"##vso[task.logissue {listed}]{_escaped(text)}"


def _escaped(text: str) -> str:
    text = COMMAND.sub("[U+0023]", text)
    for character, written in _ESCAPED.items():
        text = text.replace(character, written)
    return text


def _property(text: str) -> str:
    text = _escaped(text)
    for character, written in _IN_PROPERTY.items():
        text = text.replace(character, written)
    return text
