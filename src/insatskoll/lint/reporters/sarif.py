"""The SARIF 2.1.0 report, for code scanning in forges and editors."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from insatskoll import __version__
from insatskoll.json_text import as_json
from insatskoll.lint.reporters import limits
from insatskoll.lint.reporters.listing import Listed, listed
from insatskoll.names import absolute, from_top
from insatskoll.values import immutable

if TYPE_CHECKING:
    from insatskoll.law.rules import Rule, RuleSet
    from insatskoll.lint.findings import Related, Suggestion
    from insatskoll.lint.report import Report
    from insatskoll.reading.places import Span

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
FINGERPRINT = "insatskollFinding/v1"
CHANGE = "insatskollChange/v1"
LEVELS = {"fel": "error", "varning": "warning", "råd": "note"}
_ROOT = "%SRCROOT%"
_WHOLE = "formatet json"


@immutable
class Log:
    """What a SARIF log tells: the command that made it, the rules as they are described, the
    listing, what there was to note of the run, and whether it could be carried through."""

    command: str
    rules: Sequence[Mapping[str, object]]
    listing: Sequence[Listed]
    notes: Sequence[Mapping[str, object]] = ()
    successful: bool = True
    fingerprint: str = FINGERPRINT


def render(report: Report) -> str:
    """The whole run: the rules that were put, and all findings, the waived and the known as
    suppressed."""
    found = {f.rule for f in report.findings}
    rules = [
        rule for rule in report.ruleset.all if rule.id in report.ruleset.rules or rule.id in found
    ]
    notes = [
        note(f"{rule} prövades inte: {why}.") | {"associatedRule": {"id": rule}}
        for rule, why in report.skipped
    ]
    described = [described_rule(rule, report.ruleset) for rule in rules]
    return told(Log("lint", described, listed(report), notes, not report.unreadable))


def told(log: Log) -> str:
    """A log with one run."""
    held, left = limits.results(log.listing)
    over = (
        [note(f"{left} resultat till ryms inte i en logg. Alla ges av {_WHOLE}.")] if left else []
    )
    index = {str(rule["id"]): number for number, rule in enumerate(log.rules)}
    run = {
        "tool": {
            "driver": {
                "name": "insatskoll",
                "version": __version__,
                "semanticVersion": __version__,
                "language": "sv-SE",
                "rules": list(log.rules),
            }
        },
        "automationDetails": {"id": f"insatskoll/{log.command}/"},
        "language": "sv-SE",
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {
            _ROOT: {
                "description": {
                    "text": "Mappen överst i git-arkivet, eller den där programmet kördes."
                }
            }
        },
        "invocations": [
            {
                "executionSuccessful": log.successful,
                "toolConfigurationNotifications": [*log.notes, *over],
            }
        ],
        "results": [_result(one, index[one.finding.rule]) for one in held],
    }
    return as_json({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})


def note(text: str) -> dict[str, object]:
    """Something to note of a run."""
    return {"level": "note", "message": _message(text)}


def described_rule(rule: Rule, ruleset: RuleSet) -> dict[str, object]:
    """A rule as a log has it, for whoever reads what it found."""
    explanation, remedy = (
        " ".join(str(rule.data[name]).split()) for name in ("förklaring", "åtgärd")
    )
    law = [ruleset.lagrum[reference] for reference in rule.lagrum]
    lagrum = f"\n\nLagrum: {', '.join(rule.lagrum)}" if law else ""
    linked = f"\n\n**Lagrum:** {', '.join(f'[{p.id}]({p.link})' for p in law)}" if law else ""
    described: dict[str, object] = {
        "id": rule.id,
        "name": rule.namn,
        "shortDescription": {"text": f"{rule.namn}."},
        "fullDescription": {"text": explanation},
        "help": {
            "text": f"{explanation}\n\nGör så här: {remedy}{lagrum}",
            "markdown": f"{explanation}\n\n**Gör så här:** {remedy}{linked}",
        },
        "defaultConfiguration": {"level": LEVELS[rule.level]},
        "properties": {"tags": [rule.data["auktoritet"], *rule.lagrum][: limits.SARIF_TAGS]},
    }
    return described | ({"helpUri": law[0].link} if law else {})


def _result(one: Listed, index: int) -> dict[str, object]:
    finding = one.finding
    result: dict[str, object] = {
        "ruleId": finding.rule,
        "ruleIndex": index,
        "level": LEVELS[finding.level],
        "message": _message(f"{finding.message} {finding.remedy}".strip()),
        "locations": [_location(finding.path, finding.span)],
        "partialFingerprints": {CHANGE if one.is_change else FINGERPRINT: one.fingerprint},
    }
    if finding.related:
        result["relatedLocations"] = [
            _related(number, related)
            for number, related in enumerate(finding.related[: limits.SARIF_RELATED], 1)
        ]
    if finding.suggestion is not None and finding.suggestion.edits:
        result["fixes"] = [_fix(finding.path, finding.suggestion)]
    if finding.waived is not None:
        kind = "external" if one.is_change else "inSource"
        result["suppressions"] = [
            {"kind": kind, "status": "accepted", "justification": finding.waived}
        ]
    elif finding.known:
        result["suppressions"] = [
            {"kind": "external", "status": "accepted", "justification": "Känt enligt baslinjen."}
        ]
    return result


def _fix(path: Path, suggestion: Suggestion) -> dict[str, object]:
    replacements = [
        {"deletedRegion": _region(edit.span), "insertedContent": {"text": edit.text}}
        for edit in suggestion.edits
    ]
    return {
        "description": {"text": suggestion.lead.removesuffix(":") + "."},
        "artifactChanges": [{"artifactLocation": _uri(path), "replacements": replacements}],
    }


def _related(number: int, related: Related) -> dict[str, object]:
    return {
        "id": number,
        **_location(related.path, related.span),
        "message": _message(related.message),
    }


def _location(path: Path, span: Span) -> dict[str, object]:
    return {"physicalLocation": {"artifactLocation": _uri(path), "region": _region(span)}}


def _region(span: Span) -> dict[str, int]:
    return {
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
    }


def _uri(path: Path) -> dict[str, str]:
    """Relative to the top of the repository for what lies in one, else absolute."""
    inside = from_top(path)
    if inside.is_absolute() or ".." in inside.parts:
        return {"uri": absolute(path).as_uri()}
    return {"uri": quote(os.fsencode(inside.as_posix())), "uriBaseId": _ROOT}


def _message(text: str) -> dict[str, str]:
    """Plain text, in which SARIF would take ``[a](b)`` for a link."""
    return {
        "text": text.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")
        if "](" in text
        else text
    }
