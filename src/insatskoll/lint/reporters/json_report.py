"""The JSON report: a versioned form for other programs, described by
``schema/rapport.schema.json``. Keys are English."""

from __future__ import annotations

from typing import Any

from insatskoll import __version__
from insatskoll.json_text import as_json
from insatskoll.lint.findings import LEVELS, Finding, fingerprints
from insatskoll.lint.report import Report
from insatskoll.names import from_here
from insatskoll.reading.places import Span, path_text

VERSION = 1
_LEVELS = {"fel": "error", "varning": "warning", "råd": "advice"}


def render(report: Report) -> str:
    """The whole run, waived findings and skipped rules included."""
    document = {
        "version": VERSION,
        "tool": {"name": "insatskoll", "version": __version__},
        "summary": {
            "files": report.files,
            "rules": report.rules,
            **{_LEVELS[level]: sum(f.level == level for f in report.open) for level in LEVELS},
            "waived": report.waived,
            "known": report.known,
        },
        "skipped": [{"rule": rule, "reason": reason} for rule, reason in report.skipped],
        "unneeded": [{"rule": rule, "file": file} for rule, file in report.unneeded],
        "findings": list(map(finding_data, report.findings, fingerprints(report.findings))),
    }
    return as_json(document)


def finding_data(finding: Finding, fingerprint: str) -> dict[str, Any]:
    """One finding, with its fingerprint, as the report has it."""
    return {
        "rule": finding.rule,
        "level": _LEVELS[finding.level],
        "message": finding.message,
        "remedy": finding.remedy,
        "lagrum": list(finding.lagrum),
        "path": from_here(finding.path),
        **_span(finding.span),
        "dataPath": path_text(finding.data_path),
        "fingerprint": fingerprint,
        "related": [
            {"message": r.message, "path": from_here(r.path), **_span(r.span)}
            for r in finding.related
        ],
        "waived": finding.waived,
        "known": finding.known,
    }


def _span(span: Span) -> dict[str, int]:
    return {
        "line": span.line,
        "column": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
    }
