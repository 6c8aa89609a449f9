"""The JSON report: a versioned form for other programs, described by
``schema/rapport.schema.json``. Keys are English."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final, Literal, TypedDict

from insatskoll import __version__
from insatskoll.json_text import as_json
from insatskoll.lint.findings import Finding, Suggestion, fingerprints
from insatskoll.lint.report import Report
from insatskoll.names import from_here
from insatskoll.reading.places import Span, path_text

if TYPE_CHECKING:
    from insatskoll.reading.schema_types import (
        RapportData,
        RapportFinding,
        RapportSuggestion,
        RapportSummary,
    )

VERSION: Final = 1
_LEVELS: dict[str, Literal["error", "warning", "advice"]] = {
    "fel": "error",
    "varning": "warning",
    "råd": "advice",
}


def render(report: Report) -> str:
    """The whole run as text."""
    return as_json(data(report))


def data(report: Report) -> RapportData:
    """The whole run, waived findings and skipped rules included."""
    return {
        "version": VERSION,
        "tool": {"name": "insatskoll", "version": __version__},
        "summary": _summary(report),
        "skipped": [{"rule": rule, "reason": reason} for rule, reason in report.skipped],
        "unneeded": [{"rule": rule, "file": file} for rule, file in report.unneeded],
        "findings": list(map(finding_data, report.findings, fingerprints(report.findings))),
    }


def _summary(report: Report) -> RapportSummary:
    found = Counter(finding.level for finding in report.open)
    return {
        "files": report.files,
        "rules": report.rules,
        "error": found["fel"],
        "warning": found["varning"],
        "advice": found["råd"],
        "waived": report.waived,
        "known": report.known,
    }


class SpanData(TypedDict):
    """A stretch of text: lines and columns from 1, the end exclusive."""

    line: int
    column: int
    endLine: int
    endColumn: int


def finding_data(finding: Finding, fingerprint: str) -> RapportFinding:
    """One finding, with its fingerprint, as the report has it."""
    return {
        "rule": finding.rule,
        "level": _LEVELS[finding.level],
        "message": finding.message,
        "remedy": finding.remedy,
        "lagrum": list(finding.lagrum),
        "path": from_here(finding.path),
        **span_data(finding.span),
        "dataPath": path_text(finding.data_path),
        "fingerprint": fingerprint,
        "related": [
            {"message": r.message, "path": from_here(r.path), **span_data(r.span)}
            for r in finding.related
        ],
        "waived": finding.waived,
        "known": finding.known,
        "suggestion": None if finding.suggestion is None else _suggestion(finding.suggestion),
    }


def _suggestion(suggestion: Suggestion) -> RapportSuggestion:
    return {
        "within": path_text(suggestion.within),
        "text": suggestion.text,
        "edits": [{**span_data(edit.span), "text": edit.text} for edit in suggestion.edits],
    }


def span_data(span: Span) -> SpanData:
    """The lines and columns of a stretch of text, as the reports have them."""
    return {
        "line": span.line,
        "column": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
    }
