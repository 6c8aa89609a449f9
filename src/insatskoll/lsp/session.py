"""What the server does with the files that an editor has open, and what it then tells of them.

What is found by looking at the file that was changed is told at once. What is found by looking at
all insatser together is told when nothing has been written for a moment. Files that are not open
are told of only when somebody has asked for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from lsprotocol import types

from insatskoll.catalogue import loading
from insatskoll.errors import Refused
from insatskoll.lint import configuration
from insatskoll.lint.findings import Finding
from insatskoll.lsp import diagnostics
from insatskoll.lsp.files import path_of, uri_of
from insatskoll.lsp.kommuner import Held, Kommuner
from insatskoll.lsp.texts import Text
from insatskoll.reading import files


class Client(Protocol):
    """The editor, as far as it is told something that it has not asked for."""

    def publish(self, uri: str, shown: list[types.Diagnostic]) -> None:
        """Shows what was found in a file, and nothing that was found before."""

    def refresh(self) -> None:
        """Is told that it should ask again for what was found."""

    def warn(self, message: str) -> None:
        """Tells whoever writes of something that no file is wrong in."""

    def later(self, what: Callable[[], None]) -> Callable[[], None]:
        """Does something when a moment has gone by; gives what calls it off."""


@dataclass
class Session:
    """What the server knows, and what it has told: of open files the findings of their ``own`` and
    those that are ``common`` with others, and of each file what is ``shown``. An editor that asks
    itself (``pulls``) is only told that there is something to ask for."""

    client: Client
    encoding: str = "utf-16"
    pulls: bool = False
    kommuner: Kommuner = field(default_factory=Kommuner)
    own: dict[Path, list[Finding]] = field(default_factory=dict)
    common: dict[Path, list[Finding]] = field(default_factory=dict)
    shown: dict[Path, list[types.Diagnostic]] = field(default_factory=dict)
    uris: dict[Path, str] = field(default_factory=dict)  # as the editor writes them
    asked: set[Path] = field(default_factory=set)  # folders all of whose files are told of
    waiting: dict[Path, Callable[[], None]] = field(default_factory=dict)
    warned: set[str] = field(default_factory=set)
    news: bool = False  # since the editor that asks itself was last told

    def opened(self, uri: str, source: str) -> None:
        """A file has been opened."""
        self._put(uri, Text(source, self.encoding))

    def changed(self, uri: str, changes: Iterable[types.TextDocumentContentChangeEvent]) -> None:
        """A file has been written in."""
        path = path_of(uri)
        text = self.kommuner.open.texts.get(path) if path is not None else None
        if text is None:
            return
        for change in changes:
            text = text.changed(change)
        self._put(uri, text)

    def closed(self, uri: str) -> None:
        """A file has been closed, with or without having been saved."""
        path = path_of(uri)
        if path is None:
            return
        held = self.kommuner.put(path, None)
        if held is None:
            return
        held.touched(path)
        self.own.pop(path, None)
        self.common.pop(path, None)
        if held.folder not in self.asked:
            self._publish(path, [])
        self._wait(held)

    def saved_elsewhere(self, uris: Iterable[str]) -> None:
        """Files have been made, written or removed by somebody else, or saved here."""
        for path in filter(None, map(path_of, uris)):
            self.kommuner.changed_on_disk(path)
        for held in self.kommuner.held.values():
            if held.opened or held.folder in self.asked:
                self._wait(held)

    def at(self, uri: str) -> tuple[Held, Path, Text] | None:
        """The municipality, the path and the text of an open file of the catalogue."""
        path = path_of(uri)
        if path is None or (held := self.kommuner.of(path)) is None:
            return None
        return held, path, self.text_of(path)

    def text_of(self, path: Path) -> Text:
        """The text of a file: as the editor has it, or else as it is on the disk."""
        if path in self.kommuner.open.texts:
            return self.kommuner.open.texts[path]
        held = self.kommuner.of(path)
        document = held.document(path) if held is not None else None
        if document is not None:
            return Text(document.text, self.encoding)
        try:
            return Text(files.read_text(path), self.encoding)
        except Refused:
            return Text("", self.encoding)

    def found_in(self, path: Path) -> list[Finding]:
        """What is known to be found in an open file, in the order of the file."""
        found = {*self.own.get(path, ()), *self.common.get(path, ())}
        return sorted(found, key=lambda one: one.order)

    def _put(self, uri: str, text: Text) -> None:
        path = path_of(uri)
        held = self.kommuner.put(path, text) if path is not None else None
        if path is None or held is None:
            return
        self.uris[path] = uri
        self.own[path] = held.findings(path)
        self._tell(held, path)
        self._wait(held)

    def _tell(self, held: Held, path: Path) -> None:
        """Tells of an open file what is known of it."""
        self._publish(path, self._diagnostics(held, self.found_in(path)))
        if held.wrong is not None and held.wrong not in self.warned:
            self.warned.add(held.wrong)
            self.client.warn(held.wrong)

    def _diagnostics(self, held: Held, found: Sequence[Finding]) -> list[types.Diagnostic]:
        return diagnostics.shown(found, held.ruleset, self.text_of)

    def _publish(self, path: Path, shown: list[types.Diagnostic]) -> None:
        if self.shown.get(path, []) != shown:
            self.shown[path] = shown
            self.news = True
            if not self.pulls:
                self.client.publish(self._uri(path), shown)

    def _uri(self, path: Path) -> str:
        return self.uris.get(path) or uri_of(path)

    def shown_in(self, uri: str) -> list[types.Diagnostic]:
        """What is shown of a file to an editor that asks."""
        path = path_of(uri)
        return self.shown.get(path, []) if path is not None else []

    def uris_of_all(self) -> list[str]:
        """The files told of in municipalities all of whose files have been asked for."""
        asked = self.asked
        return [self._uri(path) for path in self.shown if any(map(path.is_relative_to, asked))]

    def _refresh(self) -> None:
        """Lets an editor that asks itself know that something has changed since it did."""
        if self.pulls and self.news:
            self.client.refresh()
        self.news = False

    def _wait(self, held: Held) -> None:
        """Looks at all of a municipality when a moment has gone by without a change."""
        if call_off := self.waiting.pop(held.folder, None):
            call_off()
        self.waiting[held.folder] = self.client.later(lambda: self.look_around(held))

    def look_around(self, held: Held) -> None:
        """Tells what is found by looking at the open files beside all the others, or, where that
        has been asked for, what is found in all files."""
        self.waiting.pop(held.folder, None)
        self.news = False  # what was told at once has been asked for
        if held.folder in self.asked:
            self._look_at_all(held)
        else:
            self._look_at_open(held)
        self._refresh()

    def _look_at_open(self, held: Held) -> None:
        opened = held.opened
        found = held.findings(*opened, held.folder / "kommun.yaml") if opened else []
        for path in opened:
            self.own[path] = held.findings(path)
            mine = set(self.own[path])
            self.common[path] = [one for one in found if one.path == path and one not in mine]
            self._tell(held, path)

    def _look_at_all(self, held: Held) -> None:
        by_file: dict[Path, list[Finding]] = {}
        for finding in held.all_findings():
            by_file.setdefault(finding.path, []).append(finding)
        before = [path for path in self.shown if path.is_relative_to(held.folder)]
        for path in dict.fromkeys((*by_file, *before)):
            self._publish(path, self._diagnostics(held, by_file.get(path, [])))

    def ask_for_all(self, folders: Iterable[Path]) -> int:
        """Tells of all files in the municipalities below ``folders``, from now on; gives how many
        findings there are."""
        for kommun in dict.fromkeys(one for folder in folders for one in _below(folder)):
            held = self.kommuner.of(kommun / "kommun.yaml")
            if held is not None:
                self.asked.add(held.folder)
        for name in sorted(self.asked):
            self._look_at_all(self.kommuner.held[name])
        self._refresh()
        return sum(map(len, self.shown.values()))

    def ask_for_open(self) -> None:
        """Tells of the open files only, as at first."""
        self.asked.clear()
        for path in list(self.shown):
            if path not in self.kommuner.open.texts:
                self._publish(path, [])
        self.news = self.news or self.pulls
        self._refresh()


def _below(folder: Path) -> list[Path]:
    """The municipalities' folders that a folder of the editor's has: it may be a repository, a
    catalogue or a municipality."""
    try:
        catalogue = configuration.load_settings(folder).catalogue
    except Refused:
        catalogue = folder / "catalogue"
    found = [*loading.kommun_folders(catalogue), *loading.kommun_folders(folder)]
    return found or ([folder] if (folder / "kommun.yaml").is_file() else [])
