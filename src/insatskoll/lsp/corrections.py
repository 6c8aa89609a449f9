"""What has one right answer, as edits: what ``lint --fix`` would write, one thing at a time or all
of it, and the name that a file should have."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from lsprotocol import types

from insatskoll.errors import Refused
from insatskoll.law.budget import Budget
from insatskoll.law.rules import Rule, RuleSet
from insatskoll.lint import fixes, mending
from insatskoll.lint.findings import Finding
from insatskoll.lsp import files
from insatskoll.lsp.kommuner import Held
from insatskoll.lsp.texts import Text
from insatskoll.names import short, short_text
from insatskoll.reading import mended_text, slips
from insatskoll.reading.document import Document

FIX_ALL = types.CodeActionKind.SourceFixAll
_UNREAD = frozenset({"IK901", "IK905"})  # the rules of what keeps a file from being read
_SCHEMA = "IK903"  # the rule of what breaks the schema
_NAMES = frozenset({mending.NAMES, "IK909"})


def quick(
    title: str, path: Path, edits: list[types.TextEdit], *, preferred: bool = False
) -> types.CodeAction:
    """A choice that makes ``edits`` in a file; the ``preferred`` one has no other beside it."""
    return types.CodeAction(
        title=title,
        kind=types.CodeActionKind.QuickFix,
        is_preferred=preferred or None,
        edit=types.WorkspaceEdit(changes={files.uri_of(path): edits}),
    )


def of(
    held: Held,
    path: Path,
    document: Document | None,
    text: Text,
    here: Sequence[Finding],
    *,
    renames: bool,
) -> Iterator[types.CodeAction]:
    """What corrects the findings ``here`` in a file, whose ``document`` is None if it cannot be
    read; ``renames`` tells that the editor can give it another name."""
    kind = files.kind_of(path)
    if not here or kind in (None, "beslut"):
        return
    if renames and any(one.rule in _NAMES for one in here):
        yield from _renamed(held, path, document, text)
    if document is None:
        if any(one.rule in _UNREAD for one in here):
            yield from _readable(path, str(kind), text)
        return
    yield from _slips(document, str(kind), text, here)
    for finding in here:
        if edits := _corrected(finding, document, held.ruleset, text):
            yield quick(f"Rätta ({finding.rule})", path, edits, preferred=True)


def _readable(path: Path, kind: str, text: Text) -> Iterator[types.CodeAction]:
    """What makes a file one that can be read."""
    told = mended_text.of(path, kind, text.source)
    if told.read is not None and (edits := text.replaced_by(told.after)):
        yield quick("Rätta tecken och indrag i filen", path, edits, preferred=True)


def _slips(
    document: Document, kind: str, text: Text, here: Sequence[Finding]
) -> Iterator[types.CodeAction]:
    """What puts right each slip that a finding stands at."""
    spans = [text.span(one.span) for one in here if one.rule == _SCHEMA]
    for slip in slips.found(document, kind) if spans else ():
        range_ = text.range(slip.start, slip.end)
        if any(one.start <= range_.start <= one.end for one in spans):
            title = f"Skriv ”{short_text(slip.new, 60)}”"
            edits = [types.TextEdit(range_, slip.new)]
            yield quick(title, document.path, edits, preferred=True)


def _corrected(
    finding: Finding, document: Document, ruleset: RuleSet, text: Text
) -> list[types.TextEdit]:
    """The edit that corrects what a rule finds, if it has one right answer."""
    fix = _by_rules([finding], document, ruleset)
    return text.replaced_by(fix.after) if fix is not None and fix.mended else []


def _by_rules(found: Sequence[Finding], document: Document, ruleset: RuleSet) -> fixes.Fix | None:
    wanted = []
    try:
        for finding in found:
            rule = ruleset.rules.get(finding.rule)
            if rule is None or finding.check >= len(rule.data["prövningar"]):
                continue
            if (how := fixes.mending(rule, finding.check)) is not None:
                wanted.append((finding.data_path, how))
        return fixes.mended(document, wanted, Budget()) if wanted else None
    except Refused:
        return None


def worth_trying(found: Sequence[Finding], ruleset: RuleSet) -> bool:
    """Whether something of what is found in a file may have one right answer."""
    return any(
        one.rule in _UNREAD | _NAMES | {_SCHEMA} or _corrects(ruleset.rules.get(one.rule))
        for one in found
    )


def _corrects(rule: Rule | None) -> bool:
    return rule is not None and (
        "rättning" in rule.data or any("rättning" in one for one in rule.data["prövningar"])
    )


def all_of_it(held: Held, path: Path, text: Text) -> types.CodeAction | None:
    """What corrects all of a file that has one right answer; None if nothing has."""
    kind = files.kind_of(path)
    if kind is None or kind == "beslut":
        return None
    after = mended_text.of(path, kind, text.source).after
    document, found = held.supposing(path, Text(after, text.encoding))
    if document is not None and document.text == after:
        fix = _by_rules(found, document, held.ruleset)
        after = fix.after if fix is not None else after
    if not (edits := text.replaced_by(after)):
        return None
    edit = types.WorkspaceEdit(changes={files.uri_of(path): edits})
    return types.CodeAction(title="Rätta allt i filen", kind=FIX_ALL, edit=edit)


def _renamed(
    held: Held, path: Path, document: Document | None, text: Text
) -> Iterator[types.CodeAction]:
    """What gives a file the name that it should have."""
    right, kind = held.right_name(path), files.kind_of(path)
    if right is None or kind is None:
        return
    read = document or mended_text.of(path, kind, text.source).read
    if not mending.may_be_called(read, kind, right) or (
        kind == "insats" and held.is_copy(path, text.source)
    ):
        return
    options = types.RenameFileOptions(overwrite=False, ignore_if_exists=False)
    move = types.RenameFile(
        files.uri_of(path), files.uri_of(path.with_name(right)), options=options
    )
    yield types.CodeAction(
        title=f"Byt filens namn till {short(right)}",
        kind=types.CodeActionKind.QuickFix,
        is_preferred=True,
        edit=types.WorkspaceEdit(document_changes=[move]),
    )
