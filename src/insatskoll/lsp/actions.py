"""What can be done about a finding with one choice in the editor: correct what has one right
answer, write the fields that the rule suggests, or accept it with a reason."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from lsprotocol import types

from insatskoll.law.predicates.registry import ToWrite
from insatskoll.law.rules import RuleSet
from insatskoll.lint import suggestions
from insatskoll.lint.findings import Finding, Suggestion
from insatskoll.lsp import corrections, files
from insatskoll.lsp.kommuner import Held
from insatskoll.lsp.texts import Text
from insatskoll.names import short_text
from insatskoll.reading.document import Document
from insatskoll.values import immutable

MOST = 60
# Long enough for the schema while the place is looked for; what is written is shorter, so that the
# file is not right until somebody has given a reason.
_LONG, _SHORT = "skälet skrivs här i stället", "Skriv skälet."


@immutable
class Asked:
    """The file that something is to be done in: its ``path``, the ``text`` that it has, and the
    municipality (``held``) that it belongs to. ``found`` is what is known to be found in it."""

    path: Path
    text: Text
    held: Held
    found: Sequence[Finding]

    @property
    def document(self) -> Document | None:
        """The file as it is read, None if it cannot be read as it is now."""
        read = self.held.document(self.path)
        return read if read is not None and read.text == self.text.source else None


def of(asked: Asked, range_: types.Range, *, renames: bool = False) -> list[types.CodeAction]:
    """What can be done about the findings of a file that stand within ``range_``; ``renames`` tells
    that the editor can give files other names."""
    document, text = asked.document, asked.text
    here = [one for one in asked.found if _meet(text.span(one.span), range_)]
    found = list(corrections.of(asked.held, asked.path, document, text, here, renames=renames))
    if document is not None:
        ruleset = asked.held.ruleset
        found += [one for finding in here for one in _actions(finding, document, ruleset, text)]
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
    rule = ruleset.known(finding.rule)
    if rule is not None and rule.waivable and (waived := _waived(finding, document, text)):
        yield _action(f"Godta fyndet {finding.rule}, med skäl", document, waived)


def _action(title: str, document: Document, edits: list[types.TextEdit]) -> types.CodeAction:
    return corrections.quick(title, document.path, edits)


def _edits(suggestion: Suggestion, text: Text) -> list[types.TextEdit]:
    return [types.TextEdit(text.span(one.span), one.text) for one in suggestion.edits]


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
