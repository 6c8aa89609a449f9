"""The municipalities that the open files belong to, as they are with what has not been saved.

A file is read again when it has changed, and only then. Of one that cannot be read, as when one is
in the middle of a word, the last that could be is remembered.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from insatskoll import resources
from insatskoll.bilaga import printable
from insatskoll.bilaga.profile import own_glyphs
from insatskoll.catalogue import inventory, loading, right_names, workspace
from insatskoll.catalogue.model import FileProblems, Kommun, judged
from insatskoll.errors import Refused
from insatskoll.law.predicates import Neighbours
from insatskoll.law.predicates.registry import held
from insatskoll.law.rules import RuleSet, load_rules
from insatskoll.lint import configuration, mending, run
from insatskoll.lint.findings import Finding
from insatskoll.lint.placing import file_finding
from insatskoll.lsp import files
from insatskoll.lsp.texts import Text
from insatskoll.names import above_catalogue
from insatskoll.reading import files as reading_files
from insatskoll.reading import schema
from insatskoll.reading.document import Document
from insatskoll.values import immutable


@immutable
class Named:
    """Something that can be referred to: its ``id``, its ``name`` in a few words, and what it
    is."""

    id: str
    name: str
    told: str = ""


@dataclass
class Open:
    """What the editor has: the ``texts`` of open files, by path."""

    texts: dict[Path, Text] = field(default_factory=dict)


@dataclass
class Held:
    """A municipality's ``folder`` and what is known of it."""

    folder: Path
    open: Open
    _read: dict[Path, Document | FileProblems] = field(default_factory=dict)
    _last: dict[Path, Document] = field(default_factory=dict)
    _made: Kommun | None = None
    _listed: inventory.Contents | None = None
    _terms: run.Terms | None = None
    _neighbours: Neighbours | None = None
    concepts: dict[str, Named] = field(default_factory=dict)
    wrong: str | None = None  # what keeps the municipality's own rules or settings from being used
    reads: int = 0  # how many files have been read; what a keystroke costs

    @property
    def catalogue(self) -> Path:
        """The catalogue that it lies in; its own folder if it lies in none."""
        inside = self.folder.parent.name == "kommuner"
        return self.folder.parent.parent if inside else self.folder

    @property
    def terms(self) -> run.Terms:
        """The rules that hold here. If the municipality's own cannot be used, the program's."""
        if self._terms is None:
            self._terms = self._found_terms()
        return self._terms

    @property
    def ruleset(self) -> RuleSet:
        """The rules that hold here."""
        return self.terms.ruleset

    def _found_terms(self) -> run.Terms:
        shipped = loading.load_begrepp(resources.CATALOGUE)
        glyphs = cache(own_glyphs)
        self.wrong = None
        try:
            settings = configuration.load_settings(self._settings_folder())
            rules = settings.selection.of(load_rules(own=self.catalogue))
            begrepp = shipped | loading.load_begrepp(self.catalogue)
            return run.Terms(rules, begrepp, None, glyphs)
        except Refused as error:
            self.wrong = str(error)
            return run.Terms(load_rules(), shipped, None, glyphs)

    def _settings_folder(self) -> Path:
        """Where the settings are looked for: the nearest folder above that has them."""
        end = above_catalogue(self.folder) or self.catalogue.parent
        for folder in self.catalogue.parents:
            if (folder / workspace.SETTINGS_FILE).is_file() or folder == end:
                return folder
        return self.catalogue.parent

    @property
    def neighbours(self) -> Neighbours:
        """What those before it in the catalogue have; looked up once."""
        if self._neighbours is None:
            self._neighbours = Neighbours()
            for folder in loading.kommun_folders(self.catalogue):
                if folder.name >= self.folder.name:
                    break
                other = loading.load_kommun(folder).revision
                if other is not None:
                    self._neighbours.add(held(judged(other)))
        return self._neighbours

    @property
    def kommun(self) -> Kommun:
        """The municipality as it stands in the editor and on the disk."""
        if self._made is None:
            if self._listed is None:
                self._listed = inventory.contents(self.folder)
            unsaved = {path.relative_to(self.folder).parts for path in self.opened}
            there = tuple(sorted({*self._listed.files, *unsaved}))
            listed = inventory.Contents(there, self._listed.folders)
            self._made = loading.kommun_of(self.folder, listed, self._load)
        return self._made

    @property
    def opened(self) -> list[Path]:
        """Its files that are open."""
        return [path for path in self.open.texts if files.kommun_of(path) == self.folder]

    def document(self, path: Path) -> Document | None:
        """The file as it last could be used, if ever."""
        self.kommun  # noqa: B018  what is open is read with the rest
        return self._last.get(path)

    def documents(self) -> Iterator[Document]:
        """All its files that people write in, as they last could be used."""
        self.kommun  # noqa: B018
        yield from (one for path, one in self._last.items() if path.parent.name != "beslut")

    @property
    def unreadable(self) -> list[Path]:
        """Its files that cannot be read as they are now, so that nobody knows what they refer
        to."""
        wrong = [file for file in self.kommun.problems if file.unreadable]
        return [file.path for file in wrong if file.path in self._read]

    def _load(self, path: Path, kind: str) -> Document | FileProblems:
        if path not in self._read:
            text = self.open.texts.get(path)
            raw = None if text is None else text.source.encode("utf-8", "surrogatepass")
            self._read[path] = loading.load_document(path, kind, raw, within=self.folder)
            self.reads += 1
        found = self._read[path]
        if isinstance(found, Document):
            self._last[path] = found
        elif readable := _readable(found, path, kind):
            self._last[path] = readable
        return found

    def forget(self, path: Path) -> None:
        """Lets a file be read again when it is asked for."""
        self._made = None
        self._read.pop(path, None)

    def touched(self, path: Path) -> None:
        """Notes that a file or a folder has been made, written or removed by somebody else, or
        saved here."""
        if path.is_relative_to(self.folder):
            for known in [one for one in self._read if one.is_relative_to(path)]:
                del self._read[known]
            gone = [one for one in self._last if one.is_relative_to(path)]
            for known in gone:
                del self._last[known]
            self._made = self._listed = None
            if path.suffix == ".yaml":
                return
        elif path.is_relative_to(self.catalogue / "kommuner"):
            self._neighbours = None
            return
        self._terms = None  # rules, concepts, settings, or fonts
        self.concepts.clear()

    def findings(self, *paths: Path) -> list[Finding]:
        """What is found in the files ``paths`` by looking at them; with the municipality's own file
        among them also by looking at all insatser together."""
        kommun = self.kommun
        common = self.folder / "kommun.yaml"
        beside = self.neighbours if common in paths else Neighbours()
        found = list(run.found_in(kommun, self.terms, beside, set(paths)))
        for path in paths:
            if path == self.folder / "profil.yaml" and isinstance(
                wrong := self._load(path, "profil"), FileProblems
            ):
                found += [file_finding(self.ruleset, wrong, one) for one in wrong.problems]
        return [f for f in found if f.path in paths and f.waived is None]

    def supposing(self, path: Path, text: Text) -> tuple[Document | None, list[Finding]]:
        """A file and what would be found in it if it had another ``text``."""
        stood, known = self.open.texts.get(path), self._last.get(path)
        self.open.texts[path] = text
        self.forget(path)
        try:
            return self.document(path), self.findings(path)
        finally:
            self.forget(path)
            if stood is None:
                del self.open.texts[path]
            else:
                self.open.texts[path] = stood
            if known is None:
                self._last.pop(path, None)
            else:
                self._last[path] = known

    def right_name(self, path: Path) -> str | None:
        """The name that a file should have, if it is another, and free."""
        held = inventory.contents(self.folder).files
        return right_names.of_all(held).get(path.relative_to(self.folder).parts)

    def is_copy(self, path: Path, text: str) -> bool:
        """Whether a file with a ``text`` seems to be a copy of one that lies beside it."""
        held = inventory.contents(self.folder)
        with reading_files.many(self.folder) as door:
            beside = mending.copies_in(self.folder, path.parent, held, door)
        return beside.like(path, text) is not None

    def all_findings(self) -> list[Finding]:
        """What is found in all files, as the command lint finds it."""
        kommun = printable.checked(self.kommun)
        found = run.linted(kommun, self.terms, self.neighbours).findings
        return [finding for finding in found if finding.waived is None]


def _readable(found: FileProblems, path: Path, kind: str) -> Document | None:
    """A file that does not follow its schema, but can be read."""
    from insatskoll.reading import document

    if found.unreadable or not found.text:
        return None
    read = document.parse(path, found.text)
    return None if schema.holds(read.data, kind) else read


class Kommuner:
    """All municipalities that something has been asked of."""

    def __init__(self) -> None:
        self.open = Open()
        self.held: dict[Path, Held] = {}

    def of(self, path: Path) -> Held | None:
        """The municipality that a file belongs to; None if it is none of the catalogue's."""
        folder = files.kommun_of(path)
        if folder is None:
            return None
        if folder not in self.held:
            self.held[folder] = Held(folder, self.open)
        return self.held[folder]

    def put(self, path: Path, text: Text | None) -> Held | None:
        """Notes the text that the editor has of a file, or that it is closed."""
        if text is None:
            self.open.texts.pop(path, None)
        else:
            self.open.texts[path] = text
        kommun = self.of(path)
        if kommun is not None:
            kommun.forget(path)
        return kommun

    def changed_on_disk(self, path: Path) -> None:
        """Notes that somebody else has written, made or removed a file."""
        for kommun in self.held.values():
            if path.is_relative_to(kommun.catalogue) or path.name == workspace.SETTINGS_FILE:
                kommun.touched(path)
