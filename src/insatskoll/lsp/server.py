"""The language server: what an editor sends, and what is answered.

The protocol is pygls's; what each question means is told by the other modules here. A question that
goes wrong is answered with nothing, and noted in the server's log: help must never be in the way.
"""

from __future__ import annotations

import asyncio
import logging
import os
import sys
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Protocol

from lsprotocol import types
from pygls.exceptions import JsonRpcInvalidParams
from pygls.lsp.server import LanguageServer

from insatskoll import __version__
from insatskoll.errors import Refused
from insatskoll.lsp import (
    actions,
    completion,
    corrections,
    files,
    formatting,
    hover,
    places,
    pulled,
    renaming,
)
from insatskoll.lsp.kommuner import Held
from insatskoll.lsp.protocol import Protocol as Spoken
from insatskoll.lsp.protocol import Server
from insatskoll.lsp.session import Session
from insatskoll.lsp.texts import Text
from insatskoll.reading.document import Document

PAUSE = 0.4  # seconds without a change, before all insatser are looked at together
ALL, OPEN = "insatskoll.granskaAllt", "insatskoll.granskaOppna"
_LOG = logging.getLogger("insatskoll")
_WATCHED = "**/*.{yaml,svg,png,jpg,ttf,otf}"


class _At(Protocol):
    """A question about a place in a file."""

    text_document: types.TextDocumentIdentifier
    position: types.Position


class _Editor:
    """The editor, for what it is told unasked."""

    def __init__(self, server: LanguageServer) -> None:
        self.server = server

    def publish(self, uri: str, shown: list[types.Diagnostic]) -> None:
        """Shows what was found in a file."""
        told = types.PublishDiagnosticsParams(uri, shown)
        self.server.text_document_publish_diagnostics(told)

    def refresh(self) -> None:
        """Asks again for what was found."""
        self.server.workspace_diagnostic_refresh(None)

    def warn(self, message: str) -> None:
        """Shows a message."""
        self.server.window_show_message(
            types.ShowMessageParams(types.MessageType.Warning, message[:1000])
        )

    def later(self, what: Callable[[], None]) -> Callable[[], None]:
        """Does something when the pause is over; gives what calls it off."""
        handle = asyncio.get_running_loop().call_later(PAUSE, _guarded(what))
        return handle.cancel


def _guarded(what: Callable[..., Any]) -> Callable[..., Any]:
    """``what``, which answers with nothing where it goes wrong."""

    def done(*arguments: Any) -> Any:
        try:
            return what(*arguments)
        except Refused as error:  # told to whoever asked
            raise JsonRpcInvalidParams(str(error)) from None
        except Exception:
            _LOG.exception("Ett fel i insatskoll lsp")
            return None

    return done


def _asked(what: Callable[[Any], Any]) -> Callable[[Any], Awaitable[Any]]:
    """``what`` as the answer to a question, which the editor can take back before it is
    answered."""
    guarded = _guarded(what)

    async def answered(params: Any) -> Any:
        await asyncio.sleep(0)
        return guarded(params)

    return answered


def wants(only: Sequence[types.CodeActionKind | str] | None, kind: str) -> bool:
    """Whether an editor that asks for ``only`` some kinds of choices wants one of this ``kind``."""
    if not only:
        return True
    kinds = [str(getattr(one, "value", one)) for one in only]
    name = str(getattr(kind, "value", kind))
    return any(one in ("", name) or name.startswith(f"{one}.") for one in kinds)


class _Features:
    """The answers to what an editor asks."""

    def __init__(self, server: LanguageServer) -> None:
        self.server = server
        self.session = Session(_Editor(server))

    def initialize(self, params: types.InitializeParams) -> None:
        """The editor says what it can. One that asks for findings itself, and can be told to ask
        again, is answered, and not told of them unasked too."""
        documents, workspace = params.capabilities.text_document, params.capabilities.workspace
        again = workspace.diagnostics if workspace is not None else None
        if documents is None or documents.diagnostic is None or again is None:
            return
        if not again.refresh_support:
            return
        self.session.pulls = True
        options = types.DiagnosticOptions(
            inter_file_dependencies=True, workspace_diagnostics=True, identifier="insatskoll"
        )
        one, every = types.TEXT_DOCUMENT_DIAGNOSTIC, types.WORKSPACE_DIAGNOSTIC
        self.server.feature(one, options)(_asked(self.found_in))
        self.server.feature(every)(_asked(self.found))

    def found_in(self, params: types.DocumentDiagnosticParams) -> types.DocumentDiagnosticReport:
        """What is found in a file?"""
        return pulled.of_file(self.session, params.text_document.uri, params.previous_result_id)

    def found(self, params: types.WorkspaceDiagnosticParams) -> types.WorkspaceDiagnosticReport:
        """What is found in all files?"""
        return pulled.of_all(self.session, params.previous_result_ids)

    def initialized(self, _: types.InitializedParams) -> None:
        """The editor is ready."""
        encoding = self.server.workspace.position_encoding
        self.session.encoding = str(getattr(encoding, "value", encoding) or "utf-16")
        workspace = self.server.client_capabilities.workspace
        watching = workspace.did_change_watched_files if workspace is not None else None
        if watching is not None and watching.dynamic_registration:
            watched = types.DidChangeWatchedFilesRegistrationOptions(
                [types.FileSystemWatcher(_WATCHED)]
            )
            registration = types.Registration(
                "filer", types.WORKSPACE_DID_CHANGE_WATCHED_FILES, watched
            )
            self.server.client_register_capability(types.RegistrationParams([registration]))

    def opened(self, params: types.DidOpenTextDocumentParams) -> None:
        """A file has been opened."""
        self.session.opened(params.text_document.uri, params.text_document.text)

    def changed(self, params: types.DidChangeTextDocumentParams) -> None:
        """A file has been written in."""
        self.session.changed(params.text_document.uri, params.content_changes)

    def closed(self, params: types.DidCloseTextDocumentParams) -> None:
        """A file has been closed."""
        self.session.closed(params.text_document.uri)

    def saved(self, params: types.DidSaveTextDocumentParams) -> None:
        """A file has been saved."""
        self.session.saved_elsewhere([params.text_document.uri])

    def watched(self, params: types.DidChangeWatchedFilesParams) -> None:
        """Files have been made, written or removed."""
        self.session.saved_elsewhere([one.uri for one in params.changes])

    def completion(self, params: types.CompletionParams) -> types.CompletionList | None:
        """What can be written here."""
        if (found := self.session.at(params.text_document.uri)) is None:
            return None
        held, path, text = found
        kind = files.kind_of(path) or ""
        items = completion.items(held, kind, text, params.position)
        return types.CompletionList(is_incomplete=False, items=items)

    def hover(self, params: types.HoverParams) -> types.Hover | None:
        """What is this?"""
        if (found := self._readable(params)) is None:
            return None
        held, document, text = found
        return hover.at(held, document, text, text.offset(params.position))

    def formatting(self, params: types.DocumentFormattingParams) -> list[types.TextEdit] | None:
        """The file in its one layout."""
        found = self.session.at(params.text_document.uri)
        return formatting.edits(found[1], found[2]) if found is not None else None

    def definition(self, params: types.DefinitionParams) -> types.Location | None:
        """Where is what this refers to told?"""
        if (found := self._readable(params)) is None:
            return None
        held, document, text = found
        return places.definition(held, document, text.offset(params.position), text.encoding)

    def references(self, params: types.ReferenceParams) -> list[types.Location]:
        """What refers to this?"""
        if (found := self._readable(params)) is None:
            return []
        held, document, text = found
        named = params.context.include_declaration
        index = text.offset(params.position)
        return places.references(held, document, index, text.encoding, named=named)

    def can_rename(self, params: types.PrepareRenameParams) -> types.PrepareRenameResult | None:
        """Can this get another id?"""
        if (found := self._readable(params)) is None:
            return None
        held, document, text = found
        return renaming.asked(held, document, text, text.offset(params.position))

    def rename(self, params: types.RenameParams) -> types.WorkspaceEdit | None:
        """Another id, in all files."""
        if (found := self._readable(params)) is None:
            return None
        held, document, text = found
        index, new = text.offset(params.position), params.new_name
        return renaming.edit(held, document, index, new, text.encoding)

    def actions(self, params: types.CodeActionParams) -> list[types.CodeAction]:
        """What can be done here?"""
        if (found := self.session.at(params.text_document.uri)) is None:
            return []
        held, path, text = found
        only = params.context.only
        asked = actions.Asked(path, text, held, self.session.found_in(path))
        can = actions.of(asked, params.range, renames=self._can_rename_files())
        worth = only or corrections.worth_trying(asked.found, held.ruleset)
        if worth and wants(only, corrections.FIX_ALL):
            can += filter(None, [corrections.all_of_it(held, path, text)])
        return [one for one in can if one.kind is not None and wants(only, one.kind)]

    def _can_rename_files(self) -> bool:
        workspace = self.server.client_capabilities.workspace
        edits = workspace.workspace_edit if workspace is not None else None
        able = edits.resource_operations if edits is not None else None
        return types.ResourceOperationKind.Rename in (able or ())

    def outline(self, params: types.DocumentSymbolParams) -> list[types.DocumentSymbol]:
        """What does the file consist of?"""
        found = self.session.at(params.text_document.uri)
        document = found[0].document(found[1]) if found is not None else None
        return places.outline(document, self.session.encoding) if document is not None else []

    def everywhere(self, params: types.WorkspaceSymbolParams) -> list[types.WorkspaceSymbol]:
        """Which insatser, units and sections are called so?"""
        return places.everywhere(self.session.kommuner, params.query, self.session.encoding)

    def _readable(self, params: _At) -> tuple[Held, Document, Text] | None:
        """The file that is asked about, if it can be read as it is now."""
        if (found := self.session.at(params.text_document.uri)) is None:
            return None
        held, path, text = found
        document = held.document(path)
        if document is None or document.text != text.source:
            return None
        return held, document, text

    def ask_for_all(self, *_: Any) -> int:
        """All files are told of, from now on."""
        uris = [one.uri for one in self.server.workspace.folders.values()]
        uris += [self.server.workspace.root_uri or ""]
        return self.session.ask_for_all(filter(None, map(files.path_of, uris)))

    def ask_for_open(self, *_: Any) -> None:
        """Only open files are told of."""
        self.session.ask_for_open()


def made() -> LanguageServer:
    """A server that has not been started."""
    server = Server("insatskoll", __version__, protocol_cls=Spoken)
    features = _Features(server)
    told: dict[str, Callable[..., None]] = {
        types.INITIALIZE: features.initialize,
        types.INITIALIZED: features.initialized,
        types.TEXT_DOCUMENT_DID_OPEN: features.opened,
        types.TEXT_DOCUMENT_DID_CHANGE: features.changed,
        types.TEXT_DOCUMENT_DID_CLOSE: features.closed,
        types.TEXT_DOCUMENT_DID_SAVE: features.saved,
        types.WORKSPACE_DID_CHANGE_WATCHED_FILES: features.watched,
    }
    asked: dict[str, tuple[Callable[..., Any], Any]] = {
        types.TEXT_DOCUMENT_COMPLETION: (
            features.completion,
            types.CompletionOptions(trigger_characters=[" ", "-", "[", "{", ","]),
        ),
        types.TEXT_DOCUMENT_HOVER: (features.hover, None),
        types.TEXT_DOCUMENT_FORMATTING: (features.formatting, None),
        types.TEXT_DOCUMENT_DEFINITION: (features.definition, None),
        types.TEXT_DOCUMENT_REFERENCES: (features.references, None),
        types.TEXT_DOCUMENT_PREPARE_RENAME: (features.can_rename, None),
        types.TEXT_DOCUMENT_RENAME: (features.rename, types.RenameOptions(prepare_provider=True)),
        types.TEXT_DOCUMENT_CODE_ACTION: (
            features.actions,
            types.CodeActionOptions([types.CodeActionKind.QuickFix, corrections.FIX_ALL]),
        ),
        types.TEXT_DOCUMENT_DOCUMENT_SYMBOL: (features.outline, None),
        types.WORKSPACE_SYMBOL: (features.everywhere, None),
    }
    for name, notice in told.items():
        server.feature(name)(_guarded(notice))
    for name, (question, options) in asked.items():
        server.feature(name, options)(_asked(question))
    server.command(ALL)(_guarded(features.ask_for_all))
    server.command(OPEN)(_guarded(features.ask_for_open))
    return server


def run() -> None:
    """Answers an editor on standard input and output until it has had enough."""
    logging.getLogger("pygls").setLevel(logging.CRITICAL)  # what is refused has been answered
    with os.fdopen(os.dup(sys.stdout.fileno()), "wb") as out:  # the library closes it at the end
        made().start_io(sys.stdin.buffer, out)
