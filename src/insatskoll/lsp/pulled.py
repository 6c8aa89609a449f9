"""Findings as an editor asks for them itself, told only where they are others than when it last
asked.

The same findings are known as those that other editors are told of unasked: of open files, and of
all files of a municipality once somebody has asked for them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from lsprotocol import types

from insatskoll.lsp.session import Session

_File = types.RelatedFullDocumentDiagnosticReport | types.RelatedUnchangedDocumentDiagnosticReport
_OneOfAll = (
    types.WorkspaceFullDocumentDiagnosticReport | types.WorkspaceUnchangedDocumentDiagnosticReport
)


def of_file(session: Session, uri: str, before: str | None) -> _File:
    """What is found in a file; ``before`` names what the editor was told of it last."""
    shown = session.shown_in(uri)
    name = _name(shown)
    if name == before:
        return types.RelatedUnchangedDocumentDiagnosticReport(result_id=name)
    return types.RelatedFullDocumentDiagnosticReport(items=shown, result_id=name)


def of_all(
    session: Session, before: Sequence[types.PreviousResultId]
) -> types.WorkspaceDiagnosticReport:
    """What is found in all files that somebody has asked for, and what is now shown of the others
    that the editor was told of ``before``."""
    known = {one.uri: one.value for one in before}
    uris = sorted({*known, *session.uris_of_all()})
    return types.WorkspaceDiagnosticReport(
        [_of_one(uri, session.shown_in(uri), known.get(uri)) for uri in uris]
    )


def _of_one(uri: str, shown: list[types.Diagnostic], before: str | None) -> _OneOfAll:
    name = _name(shown)
    if name == before:
        return types.WorkspaceUnchangedDocumentDiagnosticReport(uri, name)
    return types.WorkspaceFullDocumentDiagnosticReport(uri, shown, result_id=name)


def _name(shown: list[types.Diagnostic]) -> str:
    """What tells what is shown of a file apart from whatever else might be."""
    return hashlib.sha256(repr(shown).encode("utf-8", "surrogatepass")).hexdigest()[:16]
