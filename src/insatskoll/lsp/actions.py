"""What can be done about a finding with one choice in the editor: write the fields that the rule
suggests, correct what has one right answer, or accept it with a reason."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lsprotocol import types

from insatskoll.errors import Refused
from insatskoll.law.budget import Budget
from insatskoll.law.predicates.registry import ToWrite
from insatskoll.law.rules import RuleSet
from insatskoll.lint import fixes, suggestions
from insatskoll.lint.findings import Finding, Suggestion
from insatskoll.lsp import files
from insatskoll.lsp.texts import Text
from insatskoll.names import short_text
from insatskoll.reading.document import Document

MOST = 60
# Long enough for the schema while the place is looked for; what is written is shorter, so that the
# file is not right until somebody has given a reason.
_LONG, _SHORT = "skälet skrivs här i stället", "Skriv skälet."


def of(
    findings: Sequence[Finding],
    document: Document,
    ruleset: RuleSet,
    text: Text,
    range_: types.Range,
) -> list[types.CodeAction]:
    """What can be done about the findings of a file that stand within ``range_``. ``document`` is
    the file as read, and ``text`` as it is now."""
    if document.text != text.source:
        return []
    here = [one for one in findings if _meet(text.span(one.span), range_)]
    found = [action for finding in here for action in _actions(finding, document, ruleset, text)]
    return found[:MOST]


def _meet(one: types.Range, other: types.Range) -> bool:
    def key(position: types.Position) -> tuple[int, int]:
        return position.line, position.character

    return key(one.start) <= key(other.end) and key(other.start) <= key(one.end)


def _actions(
    finding: Finding, document: Document, ruleset: RuleSet, text: Text
) -> Iterator[types.CodeAction]:
    if finding.suggestion is not None and finding.suggestion.edits:
        told = short_text(" ".join(finding.suggestion.text.split()), 60)
        edits = _edits(finding.suggestion, text)
        yield _action(f"Skriv det som föreslås: {told}", document, edits)
    if corrected := _corrected(finding, document, ruleset, text):
        yield _action(f"Rätta ({finding.rule})", document, corrected, preferred=True)
    rule = ruleset.known(finding.rule)
    if rule is not None and rule.waivable and (waived := _waived(finding, document, text)):
        yield _action(f"Godta fyndet {finding.rule}, med skäl", document, waived)


def _action(
    title: str, document: Document, edits: list[types.TextEdit], *, preferred: bool = False
) -> types.CodeAction:
    return types.CodeAction(
        title=title,
        kind=types.CodeActionKind.QuickFix,
        is_preferred=preferred or None,
        edit=types.WorkspaceEdit(changes={files.uri_of(document.path): edits}),
    )


def _edits(suggestion: Suggestion, text: Text) -> list[types.TextEdit]:
    return [types.TextEdit(text.span(one.span), one.text) for one in suggestion.edits]


def _corrected(
    finding: Finding, document: Document, ruleset: RuleSet, text: Text
) -> list[types.TextEdit]:
    """The edit that corrects a finding, if it has one right answer."""
    rule = ruleset.rules.get(finding.rule)
    if rule is None or finding.check >= len(rule.data["prövningar"]):
        return []
    try:
        how = fixes.mending(rule, finding.check)
        fix = fixes.mended(document, [(finding.data_path, how)], Budget()) if how else None
    except Refused:
        return []
    return text.replaced_by(fix.after) if fix is not None and fix.mended else []


def _waived(finding: Finding, document: Document, text: Text) -> list[types.TextEdit]:
    """The edit that puts in a waiver, for somebody to write the reason in."""
    kind = files.kind_of(document.path)
    if kind not in ("insats", "kommun", "riskanalys"):
        return []
    waiver = {"regel": finding.rule, "motivering": _LONG}
    found = suggestions.of(ToWrite(kind, (), {"avvikelser": [waiver]}), document)
    if found is None or not found.edits:
        return []
    return [
        types.TextEdit(edit.range, edit.new_text.replace(_LONG, _SHORT))
        for edit in _edits(found, text)
    ]
