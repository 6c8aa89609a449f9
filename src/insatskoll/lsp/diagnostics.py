"""Findings as the editor shows them: under the words themselves, with the law and the remedy."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from lsprotocol import types

from insatskoll.law.rules import RuleSet
from insatskoll.lint.findings import Finding
from insatskoll.lsp import files
from insatskoll.lsp.texts import Text

_SEVERITY = {
    "fel": types.DiagnosticSeverity.Error,
    "varning": types.DiagnosticSeverity.Warning,
    "råd": types.DiagnosticSeverity.Information,
}
MOST = 500  # in a file
TextOf = Callable[[Path], Text]


def shown(findings: Sequence[Finding], ruleset: RuleSet, text_of: TextOf) -> list[types.Diagnostic]:
    """The findings of one file, at most :data:`MOST`."""
    return [_shown(one, ruleset, text_of) for one in findings[:MOST]]


def _shown(finding: Finding, ruleset: RuleSet, text_of: TextOf) -> types.Diagnostic:
    told = [finding.message]
    if finding.lagrum:
        told[0] += f" ({', '.join(finding.lagrum)})"
    if finding.remedy:
        told.append(f"Gör så här: {finding.remedy}")
    law = ruleset.lagrum[finding.lagrum[0]] if finding.lagrum else None
    related = [
        types.DiagnosticRelatedInformation(
            types.Location(files.uri_of(one.path), text_of(one.path).span(one.span)), one.message
        )
        for one in finding.related
    ]
    return types.Diagnostic(
        range=text_of(finding.path).span(finding.span),
        message="\n".join(told),
        severity=_SEVERITY[finding.level],
        code=finding.rule,
        code_description=types.CodeDescription(law.link) if law is not None else None,
        source="insatskoll",
        related_information=related or None,
    )
