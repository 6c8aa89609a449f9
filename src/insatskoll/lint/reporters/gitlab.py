"""GitLab's Code Quality report: each open finding at its line in the merge request."""

from __future__ import annotations

from insatskoll.json_text import as_json
from insatskoll.lint.findings import Finding, fingerprints
from insatskoll.lint.report import Report
from insatskoll.lint.reporters.fences import fenced
from insatskoll.names import in_repository

_SEVERITIES = {"fel": "major", "varning": "minor", "råd": "info"}


def render(report: Report) -> str:
    """The open findings as a JSON list."""
    prints = zip(report.findings, fingerprints(report.findings), strict=True)
    issues = [_issue(f, print_) for f, print_ in prints if f.waived is None and not f.known]
    return as_json(issues)


def _issue(finding: Finding, fingerprint: str) -> dict[str, object]:
    issue: dict[str, object] = {
        "description": f"{finding.message} {finding.remedy}".strip(),
        "check_name": finding.rule,
        "fingerprint": fingerprint,
        "severity": _SEVERITIES[finding.level],
        "location": {
            "path": in_repository(finding.path),
            "lines": {"begin": finding.span.line, "end": finding.span.end_line},
        },
    }
    if finding.suggestion is not None:
        issue["content"] = {"body": fenced(finding.suggestion)}
    return issue
