"""GitLab's Code Quality report: each open finding at its line in the merge request."""

from __future__ import annotations

from collections.abc import Iterable

from insatskoll.json_text import as_json
from insatskoll.lint.findings import Finding
from insatskoll.lint.report import Report
from insatskoll.lint.reporters.fences import fenced
from insatskoll.lint.reporters.listing import Listed, listed
from insatskoll.names import in_repository

_SEVERITIES = {"fel": "major", "varning": "minor", "råd": "info"}


def render(report: Report) -> str:
    """The open findings as a JSON list."""
    return told(listed(report))


def told(listing: Iterable[Listed]) -> str:
    """What is open of a ``listing``, as a JSON list."""
    return as_json([_issue(one.finding, one.fingerprint) for one in listing if one.is_open])


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
