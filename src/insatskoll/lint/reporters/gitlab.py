"""GitLab's Code Quality report: each open finding at its line in the merge request."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from insatskoll.json_text import as_json
from insatskoll.lint.findings import LEVELS, Finding
from insatskoll.lint.report import Report
from insatskoll.lint.reporters import limits
from insatskoll.lint.reporters.fences import fenced
from insatskoll.lint.reporters.listing import Listed, listed
from insatskoll.names import in_repository
from insatskoll.reading.places import Span

_LAST = 2_000  # bytes for what is said of what is left out
_INDENT = 100  # bytes more that an issue may take within the list
_SEVERITIES = {"fel": "major", "varning": "minor", "råd": "info"}


def render(report: Report) -> str:
    """The open findings as a JSON list."""
    return told(listed(report))


def told(listing: Iterable[Listed]) -> str:
    """What is open of a ``listing``, as a JSON list; where it does not fit the gravest, and last
    how many there are besides."""
    open_ = [one for one in listing if one.is_open]
    whole = as_json([_issue(one.finding, one.fingerprint) for one in open_])
    if len(whole.encode("utf-8", "replace")) <= limits.GITLAB_BYTES:
        return whole
    open_.sort(key=lambda one: LEVELS.index(one.finding.level))
    issues, room = [], limits.GITLAB_BYTES - _LAST
    for one in open_:
        issue = _issue(one.finding, one.fingerprint)
        room -= len(as_json([issue]).encode("utf-8", "replace")) + _INDENT
        if room < 0:
            break
        issues.append(issue)
    return as_json([*issues, _left_out(open_[len(issues)].finding, len(open_) - len(issues))])


def _left_out(first: Finding, number: int) -> dict[str, object]:
    """That there are more than are listed."""
    told = f"{number} fynd till ryms inte i listan. Alla ges av formatet json."
    name = hashlib.sha256(b"insatskoll").hexdigest()[:32]
    return _issue(Finding(first.path, Span(), "insatskoll", "råd", told, ""), name)


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
