"""Help while writing: what the server tells and answers, with and without the protocol."""

from __future__ import annotations

import random
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

pytest.importorskip("pygls")

from lsprotocol import types

from insatskoll.catalogue import loading
from insatskoll.catalogue.formatting import kind_of
from insatskoll.lint import run as lint_run
from insatskoll.lsp import (
    actions,
    completion,
    corrections,
    files,
    formatting,
    hover,
    places,
    pulled,
    registers,
    renaming,
)
from insatskoll.lsp.actions import Asked
from insatskoll.lsp.kommuner import Held
from insatskoll.lsp.server import wants
from insatskoll.lsp.session import Session
from insatskoll.lsp.texts import Text
from insatskoll.reading import document
from insatskoll.reading.document import Document
from tests.catalogues import CATALOGUE, ROOT, lint_folder, write_kommun
from tests.language_server import LanguageServer
from tests.program import run

INSATS = """\
namn: Kaffe & råd 🙂
insatstyp: samtal
avdelning: exempel
utförare:
  enheter: [exempelenhet]
villkor:
  - typ: ålder
    ålder: {från: 13, till: 20, avser: deltagaren}
innehåll: >-
  Samtal för dig. Högst fem samtal.
karaktär: rådgivning
dokumentation:
  nivå: utan personliga förhållanden
  lagrum: SoL 14 kap. 4 §
"""


class Client:
    """An editor that only remembers what it is told, and lets no time go by of itself."""

    def __init__(self) -> None:
        self.shown: dict[Path, list[types.Diagnostic]] = {}
        self.uris: list[str] = []
        self.warned: list[str] = []
        self.waiting: list[Callable[[], None]] = []
        self.refreshed = 0

    def refresh(self) -> None:
        self.refreshed += 1

    def publish(self, uri: str, shown: list[types.Diagnostic]) -> None:
        path = files.path_of(uri)
        assert path is not None
        self.shown[path] = shown
        self.uris.append(uri)

    def warn(self, message: str) -> None:
        self.warned.append(message)

    def later(self, what: Callable[[], None]) -> Callable[[], None]:
        self.waiting.append(what)
        return lambda: self.waiting.remove(what) if what in self.waiting else None

    def pause(self) -> None:
        waiting, self.waiting = self.waiting, []
        for what in waiting:
            what()


class Editor:
    """One who writes in the files of a municipality."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.client = Client()
        self.session = Session(self.client)

    def path(self, name: str) -> Path:
        return self.folder / name

    def open(self, name: str, text: str | None = None) -> Path:
        path = self.path(name)
        source = path.read_text("utf-8") if text is None else text
        self.session.opened(path.as_uri(), source)
        return path

    def write(self, path: Path, old: str, new: str) -> None:
        """Writes ``new`` where ``old`` first stands."""
        text = self.session.text_of(path)
        start = text.source.index(old)
        change = types.TextDocumentContentChangePartial(text.range(start, start + len(old)), new)
        self.session.changed(path.as_uri(), [change])

    def codes(self, path: Path) -> list[str]:
        return [str(one.code) for one in self.client.shown.get(path, [])]

    def words(self, path: Path, code: str) -> list[str]:
        """The words that are underlined for a rule."""
        text = self.session.text_of(path)
        return [
            text.source[text.offset(one.range.start) : text.offset(one.range.end)]
            for one in self.client.shown[path]
            if one.code == code
        ]

    def held_texts(self) -> dict[Path, str]:
        return {path: text.source for path, text in self.session.kommuner.open.texts.items()}

    def held(self, path: Path) -> tuple[Held, Document, Text]:
        found = self.session.at(path.as_uri())
        assert found is not None
        document = found[0].document(path)
        assert document is not None
        return found[0], document, found[2]

    def proposals(self, path: Path, after: str) -> dict[str, types.CompletionItem]:
        """What is proposed where ``after`` ends, by label."""
        found = self.session.at(path.as_uri())
        assert found is not None
        held, _, text = found
        position = text.position(text.source.index(after) + len(after))
        items = completion.items(held, files.kind_of(path) or "", text, position)
        return {one.label: one for one in items}

    def about(self, path: Path, words: str) -> str:
        held, document, text = self.held(path)
        shown = hover.at(held, document, text, text.source.index(words))
        return "" if shown is None else str(getattr(shown.contents, "value", ""))

    def actions(self, path: Path, code: str) -> dict[str, types.CodeAction]:
        (range_,) = [one.range for one in self.client.shown[path] if one.code == code][:1]
        return {a.title: a for a in actions.of(self.asked(path), range_, renames=True)}

    def asked(self, path: Path) -> Asked:
        at = self.session.at(path.as_uri())
        assert at is not None
        held, _, text = at
        return Asked(path, text, held, self.session.found_in(path))

    def fix_all(self, path: Path) -> types.CodeAction | None:
        asked = self.asked(path)
        return corrections.all_of_it(asked.held, path, asked.text)

    def carry_out(self, edit: types.WorkspaceEdit | None) -> None:
        """Does on the disk what an edit says."""
        assert edit is not None
        for uri, edits in (edit.changes or {}).items():
            self._edit(uri, list(edits))
        for change in edit.document_changes or ():
            if isinstance(change, types.TextDocumentEdit):
                self._edit(change.text_document.uri, list(change.edits))
            elif isinstance(change, types.RenameFile):
                old, new = files.path_of(change.old_uri), files.path_of(change.new_uri)
                assert old is not None and new is not None
                old.rename(new)

    def _edit(self, uri: str, edits: list[Any]) -> None:
        path = files.path_of(uri)
        assert path is not None
        text = Text(path.read_text("utf-8"))
        for edit in sorted(edits, key=lambda one: -text.offset(one.range.start)):
            change = types.TextDocumentContentChangePartial(edit.range, edit.new_text)
            text = text.changed(change)
        path.write_text(text.source, "utf-8")


@pytest.fixture
def editor(tmp_path: Path) -> Editor:
    folder = write_kommun(
        tmp_path / "catalogue" / "kommuner" / "ekbacka",
        insatser={"kaffe": INSATS.encode(), "te": {"namn": "Te", "begrepp": "cope"}},
    )
    return Editor(folder)


# Texts ----------------------------------------------------------------------------------------


def test_columns_are_counted_in_units_of_utf_16() -> None:
    text = Text("åäö 🙂x\r\nrad två\rtre\n")
    assert text.position(text.source.index("x")) == types.Position(0, 6)
    assert text.offset(types.Position(0, 6)) == text.source.index("x")
    assert text.position(text.source.index("tre")) == types.Position(2, 0)
    assert text.offset(types.Position(9, 9)) == len(text.source)
    assert Text("å🙂x", "utf-8").position(2) == types.Position(0, 6)
    assert Text("a\u2028b\x0bc\n").position(4) == types.Position(0, 4)  # no line ends to an editor


@given(
    st.lists(st.tuples(st.text("aå🙂\n\r\u2028 ", max_size=6), st.floats(0, 1), st.floats(0, 1)))
)
@settings(max_examples=150, deadline=None)
def test_changes_in_parts_give_the_text_that_the_editor_has(
    changes: list[tuple[str, float, float]],
) -> None:
    text, expected = Text("första\r\nandra 🙂 raden\n"), "första\r\nandra 🙂 raden\n"
    for new, one, other in changes:
        start, end = sorted((int(one * len(expected)), int(other * len(expected))))
        part = types.TextDocumentContentChangePartial(text.range(start, end), new)
        if any(expected[at - 1 : at + 1] == "\r\n" for at in (start, end)):
            continue  # no editor stands between the two
        expected = expected[:start] + new + expected[end:]
        text = text.changed(part)
        assert text.source == expected
    assert text.changed(types.TextDocumentContentChangeWholeDocument("ny")).source == "ny"


def test_an_edit_is_no_longer_than_it_need_be() -> None:
    (edit,) = Text("a 🙂 bc\n").replaced_by("a 🙂 xc\n")
    assert (edit.range.start, edit.range.end, edit.new_text) == (
        types.Position(0, 5),
        types.Position(0, 6),
        "x",
    )
    assert Text("a").replaced_by("a") == []


# Findings -------------------------------------------------------------------------------------


def test_a_finding_stands_under_the_words_with_law_and_remedy(editor: Editor) -> None:
    path = editor.open("insatser/kaffe.yaml")
    editor.write(path, "Samtal för dig.", "🙂 Samtal för dig. Insatsen kräver biståndsbedömning.")
    found = [one for one in editor.client.shown[path] if one.code == "IK801"]
    assert editor.words(path, "IK801") == ["biståndsbedömning"]
    assert "Gör så här: " in found[0].message
    assert found[0].source == "insatskoll"
    assert found[0].code_description is None or "riksdagen" in found[0].code_description.href
    editor.write(path, " Insatsen kräver biståndsbedömning.", "")
    assert "IK801" not in editor.codes(path)


def test_what_is_found_beside_other_files_is_told_after_a_pause(editor: Editor) -> None:
    path = editor.open("insatser/kaffe.yaml")
    editor.client.pause()
    before = lint_folder(editor.folder)
    in_file = [f.rule for f in before.findings if f.path == path and f.waived is None]
    assert sorted(editor.codes(path)) == sorted(in_file)
    other = editor.open("kommun.yaml")
    editor.write(other, "id: exempel\n", "id: annan\n")
    editor.client.pause()
    assert editor.words(path, "IK701") == ["exempel"]


def test_both_places_of_a_contradiction_are_shown(editor: Editor) -> None:
    path = editor.open("insatser/kaffe.yaml")
    editor.write(
        path,
        "karaktär: rådgivning",
        "ålder_i_innehåll: {från: 16, avser: deltagaren}\nkaraktär: rådgivning",
    )
    related = [one for d in editor.client.shown[path] for one in d.related_information or ()]
    assert related
    assert all(one.location.uri == path.as_uri() and one.message for one in related)


def test_only_the_file_that_is_written_in_is_read_again(tmp_path: Path) -> None:
    folder = tmp_path / "kommuner" / "uppsala"
    shutil.copytree(CATALOGUE / "kommuner" / "uppsala", folder)
    editor = Editor(folder)
    path = editor.open("insatser/cope.yaml")
    editor.client.pause()
    held, _, _ = editor.held(path)
    before = held.reads
    for _ in range(5):
        editor.write(path, "innehåll", "innehåll")
        editor.client.pause()
    assert held.reads - before == 5
    assert held.reads < 60


@pytest.mark.parametrize("name", ["uppsala", "sala"])
def test_a_file_alone_gives_what_linting_all_finds_in_it(name: str) -> None:
    editor = Editor(CATALOGUE / "kommuner" / name)
    held = editor.session.kommuner.of(editor.path("kommun.yaml"))
    assert held is not None
    kommun = loading.load_kommun(held.folder)
    paths = sorted(editor.folder.glob("insatser/*.yaml"))
    whole = lint_run.linted(kommun, held.terms, held.neighbours).findings
    common = lint_run.found_in(kommun, held.terms, held.neighbours, {editor.path("kommun.yaml")})
    places = {(f.rule, f.path, f.span) for f in common}
    for path in paths[:12]:
        found = lint_run.found_in(kommun, held.terms, held.neighbours, {path})
        alone = {f for f in found if f.path == path}
        expected = {f for f in whole if f.path == path}
        assert alone <= expected
        assert {(f.rule, f.path, f.span) for f in expected - alone} <= places


def test_a_file_that_is_half_written_is_told_of_and_help_goes_on(editor: Editor) -> None:
    path = editor.open("insatser/kaffe.yaml")
    editor.write(path, "karaktär: rådgivning", "karaktär: [råd")
    assert [one.severity for one in editor.client.shown[path]] == [types.DiagnosticSeverity.Error]
    assert "rådgivning" in editor.proposals(path, "karaktär: [råd")
    assert "regi" in editor.proposals(path, "utförare:\n  ")
    held, document, text = editor.held(path)
    assert document.text == INSATS
    assert text.source != INSATS
    assert "exempelenhet" in [one.id for one in registers.entries(held, "enhet")]


def test_files_on_the_disk_that_change_are_read_again(editor: Editor) -> None:
    path = editor.open("insatser/kaffe.yaml")
    kommun = editor.path("kommun.yaml")
    kommun.write_text(kommun.read_text("utf-8").replace("id: exempel\n", "id: annan\n"), "utf-8")
    editor.session.saved_elsewhere([kommun.as_uri()])
    editor.client.pause()
    assert "IK701" in editor.codes(path)
    editor.session.closed(path.as_uri())
    assert editor.client.shown[path] == []


def test_a_file_is_called_as_the_editor_calls_it(editor: Editor) -> None:
    path = editor.path("insatser/te.yaml")
    uri = path.as_uri().replace("te.yaml", "t%65.yaml")
    editor.session.opened(uri, "namn: [")
    assert editor.client.uris == [uri]
    assert path in editor.client.shown


def test_saving_reads_no_other_file_again(editor: Editor) -> None:
    path = editor.open("insatser/kaffe.yaml")
    editor.client.pause()
    held, _, _ = editor.held(path)
    before, terms = held.reads, held.terms
    editor.session.saved_elsewhere([path.as_uri()])
    editor.client.pause()
    assert (held.reads - before, held.terms is terms) == (1, True)
    editor.session.saved_elsewhere([(held.catalogue / "regler" / "EX001.yaml").as_uri()])
    assert held.terms is not terms


def test_a_new_file_counts_before_it_is_saved(editor: Editor) -> None:
    path = editor.open("insatser/ny.yaml", "namn: Ny\ninsatstyp: samtal\navdelning: finns-inte\n")
    assert editor.words(path, "IK701") == ["finns-inte"]


@pytest.mark.parametrize(
    "uri",
    [
        "untitled:Untitled-1",
        "file:///tmp/annat.yaml",
        "file://annan-dator/kommuner/x/kommun.yaml",
        "file:///%00",
        "http://exempel.se/kommuner/x/kommun.yaml",
        "git:/kommuner/x/kommun.yaml?ref",
        "",
    ],
)
def test_other_files_are_left_alone(editor: Editor, uri: str) -> None:
    editor.session.opened(uri, "a: [")
    editor.session.changed(uri, [types.TextDocumentContentChangeWholeDocument("b")])
    editor.session.closed(uri)
    assert editor.client.shown == {}
    assert editor.session.at(uri) is None


def test_other_yaml_beside_the_catalogue_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "insatser").mkdir()
    editor = Editor(tmp_path)
    path = editor.open("insatser/annat.yaml", "a: [")
    assert (editor.client.shown, editor.session.at(path.as_uri())) == ({}, None)


def test_two_municipalities_have_rules_of_their_own(editor: Editor, tmp_path: Path) -> None:
    other = write_kommun(tmp_path / "annan" / "kommuner" / "tuna", insatser={"te": {}})
    (other.parents[1] / "regler").mkdir()
    (other.parents[1] / "regler" / "EX001.yaml").write_text("id: EX001\n", "utf-8")
    path = other / "insatser" / "te.yaml"
    editor.session.opened(path.as_uri(), path.read_text("utf-8"))
    assert len(editor.client.warned) == 1
    assert "EX001.yaml" in editor.client.warned[0]
    editor.open("insatser/te.yaml")
    assert len(editor.client.warned) == 1


def test_all_files_are_told_of_when_asked_for(editor: Editor, tmp_path: Path) -> None:
    editor.open("insatser/kaffe.yaml")
    editor.client.pause()
    te = editor.path("insatser/te.yaml")
    assert te not in editor.client.shown
    assert editor.session.ask_for_all([tmp_path]) > 0
    begrepp = frozenset({"cope"})
    found = [f for f in lint_folder(editor.folder, begrepp=begrepp).findings if f.waived is None]
    assert {p: len(v) for p, v in editor.client.shown.items() if v} == {
        path: sum(f.path == path for f in found) for path in {f.path for f in found}
    }
    editor.session.ask_for_open()
    assert not editor.client.shown[te]


# What can be written --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("after", "there", "absent"),
    [
        ("insatstyp: ", {"samtal", "medling"}, {"namn"}),
        ("avdelning: ", {"exempel"}, {"samtal"}),
        ("enheter: [", {"exempelenhet"}, set()),
        ("utförare:\n  ", {"regi", "platser"}, {"namn_i_matris"}),
        ("- typ: ", {"ålder", "folkbokföring"}, set()),
        ("till: 20, ", {"enhet", "förtydligande"}, {"från", "till", "kommentar"}),
        ("avser: ", {"deltagaren", "den unge"}, set()),
        ("nivå: ", {"individnivå"}, set()),
        ("lagrum: ", {"SoL 14 kap. 3 §"}, set()),
        ("karaktär: ", {"stöd", "rådgivning"}, set()),
        (" 4 §\n", {"omfattning", "avgift"}, {"namn", "innehåll"}),
    ],
)
def test_what_is_proposed(editor: Editor, after: str, there: set[str], absent: set[str]) -> None:
    path = editor.open("insatser/kaffe.yaml")
    labels = set(editor.proposals(path, after))
    assert there <= labels
    assert not absent & labels


def test_proposals_are_explained_and_begin_what_they_name(editor: Editor) -> None:
    path = editor.open("insatser/kaffe.yaml")
    found = editor.proposals(path, " 4 §\n")
    assert found["omfattning"].insert_text == "omfattning:\n  "
    assert found["remiss_från"].insert_text == "remiss_från:\n  - "
    assert found["avgift"].insert_text == "avgift: "
    assert "Hur mycket" in str(getattr(found["omfattning"].documentation, "value", ""))
    unit = editor.proposals(path, "enheter: [")["exempelenhet"]
    assert (unit.detail, unit.filter_text) == ("Exempelenheten", "exempelenhet Exempelenheten")
    editor.write(path, "avdelning: exempel", "begrepp: \navdelning: exempel")
    assert editor.proposals(path, "begrepp: ")["cope"].detail == "COPE"


def test_nothing_is_proposed_in_texts_and_comments(editor: Editor) -> None:
    path = editor.open("insatser/kaffe.yaml", f"{INSATS}# en kommentar")
    assert editor.proposals(path, "Samtal för") == {}
    assert editor.proposals(path, "# en ") == {}


@pytest.mark.parametrize(
    ("old", "written", "value"),
    [
        ("karaktär: rådgivning", "karaktär:", "karaktär: stöd"),
        ("karaktär: rådgivning", "karaktär:st", "karaktär: stöd"),
        ("karaktär: rådgivning", "karaktär: st", "karaktär: stöd"),
        ("avdelning: exempel", "avdelning:", "avdelning: exempel"),
        ("avdelning: exempel", "form:", "form: [grupp]"),
        ("avdelning: exempel", "form:\n  -", "form:\n  - grupp"),
        ("avdelning: exempel", "form:\n  -gr", "form:\n  - grupp"),
        ("  - typ: ålder", "  -", "  - typ: "),
        ("  - typ: ålder", "  -ty", "  - typ: "),
        ("  - typ: ålder", "  - typ:", "  - typ: ålder"),
        (
            "{från: 13, till: 20, avser: deltagaren}",
            "{från: 13, avser:",
            "{från: 13, avser: deltagaren",
        ),
    ],
)
def test_what_is_proposed_brings_the_blank_that_is_lacking(
    editor: Editor, old: str, written: str, value: str
) -> None:
    path = editor.open("insatser/kaffe.yaml", INSATS.replace(old, written, 1))
    found = editor.session.at(path.as_uri())
    assert found is not None
    held, _, text = found
    at = text.position(text.source.index(written) + len(written))
    items = completion.items(held, "insats", text, at)
    assert any(value in accepted(text, one) for one in items)


def accepted(text: Text, item: types.CompletionItem) -> str:
    """The text when a proposal has been taken."""
    edit = item.text_edit
    assert isinstance(edit, types.TextEdit)
    return text.changed(types.TextDocumentContentChangePartial(edit.range, edit.new_text)).source


@pytest.mark.parametrize("name", ["insatser/abc.yaml", "insatser/samtal.yaml", "kommun.yaml"])
@pytest.mark.parametrize("cut", [False, True], ids=["within", "at_the_end"])
def test_a_proposal_that_is_taken_leaves_a_file_that_is_read(
    tmp_path: Path, name: str, cut: bool
) -> None:
    folder = tmp_path / "catalogue" / "kommuner" / "ekbacka"
    shutil.copytree(ROOT / "tests" / "data" / "misstag" / "ekbacka", folder)
    editor, rng, taken = Editor(folder), random.Random(13), 0
    source = editor.path(name).read_text("utf-8")
    for at in rng.sample(range(len(source)), 60):
        end = source.index("\n", at)
        before = source[source.rfind("\n", 0, at) + 1 : at]
        if cut and {*before} & {*"[{'\""}:
            continue  # what is opened has to be closed by hand
        path = editor.open(name, source[:at] + source[end:] if cut else source)
        found = editor.session.at(path.as_uri())
        assert found is not None
        held, _, text = found
        items = completion.items(held, files.kind_of(path) or "", text, text.position(at))
        for item in rng.sample(items, min(2, len(items))):
            read = document.parse(path, accepted(text, item))
            assert isinstance(read.data, dict)
            taken += 1
    assert taken > 15


# What things are ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("nivå:", "**I bilagan:** Dokumenteras utan uppgifter om personliga förhållanden"),
        ("från: 13", "13–20 år"),
        ("SoL 14 kap. 4 §", "[Läs i lagen](https://www.riksdagen.se/"),
        ("exempelenhet]", "**exempelenhet** Exempelenheten"),
        ("avdelning:", "Avdelningen (kapitlet i bilagan)"),
        ("enheter:", "**I bilagan:** "),
    ],
)
def test_what_is_under_the_pointer(editor: Editor, words: str, said: str) -> None:
    assert said in editor.about(editor.open("insatser/kaffe.yaml"), words)


def test_a_file_cannot_put_links_into_what_is_shown(editor: Editor) -> None:
    path = editor.open("insatser/kaffe.yaml")
    editor.write(path, "{från: 13", "{förtydligande: '[x](http://e.se) <b>', från: 13")
    assert "(http" not in editor.about(path, "från: 13").replace("\\(", "")
    assert "<b>" not in editor.about(path, "från: 13")


# From place to place --------------------------------------------------------------------------


def target(editor: Editor, path: Path, words: str) -> tuple[str, str]:
    """The file and the words that a definition leads to."""
    held, document, text = editor.held(path)
    found = places.definition(held, document, text.source.index(words), "utf-16")
    assert found is not None
    other = files.path_of(found.uri)
    assert other is not None
    there = Text(other.read_text("utf-8"))
    start, end = (there.offset(one) for one in (found.range.start, found.range.end))
    return other.name, there.source[start:end]


def test_a_reference_leads_to_what_it_means(editor: Editor) -> None:
    path = editor.open("insatser/kaffe.yaml")
    editor.write(
        path,
        "karaktär:",
        "begrepp: cope\navvikelser: [{regel: IK203, motivering: Så är det beslutat.}]\nkaraktär:",
    )
    assert target(editor, path, "exempelenhet]") == ("kommun.yaml", "exempelenhet")
    assert target(editor, path, "exempel\n") == ("kommun.yaml", "exempel")
    assert target(editor, path, "SoL 14") == ("sol.yaml", "SoL 14 kap. 4 §")
    assert target(editor, path, "cope") == ("insatser.yaml", "cope")
    assert target(editor, path, "IK203") == ("IK203.yaml", "IK203")


def test_what_refers_to_a_section(editor: Editor) -> None:
    path = editor.open("kommun.yaml")
    held, document, text = editor.held(path)
    index = text.source.index("id: exempel\n") + 4
    found = places.references(held, document, index, "utf-16", named=False)
    assert sorted(one.uri.rpartition("/")[2] for one in found) == ["kaffe.yaml", "te.yaml"]
    assert len(places.references(held, document, index, "utf-16", named=True)) == 3


def test_the_outline_and_the_names_everywhere(editor: Editor) -> None:
    path = editor.open("kommun.yaml")
    _, document, _ = editor.held(path)
    outline = places.outline(document, "utf-16")
    assert [one.name for one in outline][:2] == ["namn", "nämnd"]
    units = [child.name for one in outline for child in one.children or () if one.name == "enheter"]
    assert units == ["Exempelenheten"]
    kommuner = editor.session.kommuner
    assert [one.name for one in places.everywhere(kommuner, "KAFFE", "utf-16")] == [
        "Kaffe & råd 🙂"
    ]
    assert places.everywhere(kommuner, "finns inte", "utf-16") == []


# Other ids ------------------------------------------------------------------------------------


def renamed(editor: Editor, path: Path, words: str, new: str) -> None:
    held, document, text = editor.held(path)
    index = text.source.index(words)
    assert renaming.asked(held, document, text, index)
    editor.carry_out(renaming.edit(held, document, index, new, "utf-16"))


def test_a_unit_gets_another_id_everywhere(editor: Editor) -> None:
    path = editor.open("insatser/kaffe.yaml")
    before = [f.rule for f in lint_folder(editor.folder).findings]
    renamed(editor, path, "exempelenhet]", "enhet-två")
    assert "[enhet-två]" in path.read_text("utf-8")
    assert "id: enhet-två" in editor.path("kommun.yaml").read_text("utf-8")
    assert [f.rule for f in lint_folder(editor.folder).findings] == before


def test_an_insats_gets_another_id_and_remembers_the_one_it_had(editor: Editor) -> None:
    kommun = editor.path("kommun.yaml")
    kommun.write_text(
        kommun.read_text("utf-8").replace(
            "namn: Exempel\n", "namn: Exempel\n  insatser: [te, kaffe]\n"
        ),
        "utf-8",
    )
    path = editor.open("insatser/kaffe.yaml")
    renamed(editor, path, "Kaffe", "kaffe-och-råd")
    new = editor.path("insatser/kaffe-och-råd.yaml").read_text("utf-8")
    assert "tidigare_id: kaffe\n" in new
    assert "[te, kaffe-och-råd]" in kommun.read_text("utf-8")
    editor.session.saved_elsewhere([kommun.as_uri()])
    path = editor.open("insatser/kaffe-och-råd.yaml")
    renamed(editor, path, "Kaffe", "fika")
    fika = editor.path("insatser/fika.yaml").read_text("utf-8")
    assert "tidigare_id: [kaffe, kaffe-och-råd]\n" in fika


@pytest.mark.parametrize("new", ["Två ord", "exempel2\n", "", "x" * 200, "-", "EXEMPEL"])
def test_an_id_that_cannot_be_is_refused(editor: Editor, new: str) -> None:
    held, document, text = editor.held(editor.open("kommun.yaml"))
    index = text.source.index("id: exempel\n") + 4
    with pytest.raises(renaming.CannotRename, match="id"):
        renaming.edit(held, document, index, new, "utf-16")


@pytest.mark.parametrize("new", ["con", "nul", "com1", "te"])
def test_an_id_that_no_file_can_have_is_refused(editor: Editor, new: str) -> None:
    held, document, text = editor.held(editor.open("insatser/kaffe.yaml"))
    with pytest.raises(renaming.CannotRename, match=r"Windows|finns redan"):
        renaming.edit(held, document, text.source.index("Kaffe"), new, "utf-16")


def test_an_analysis_that_is_nobodys_is_not_written_over(editor: Editor) -> None:
    folder = editor.path("riskanalyser")
    folder.mkdir(exist_ok=True)
    (folder / "fika.yaml").write_text("namn: Fika\n", "utf-8")
    held, document, text = editor.held(editor.open("insatser/kaffe.yaml"))
    with pytest.raises(renaming.CannotRename, match=r"riskanalyser/fika"):
        renaming.edit(held, document, text.source.index("Kaffe"), "fika", "utf-16")


@pytest.mark.parametrize("new", ["kommun", "profil"])
def test_an_insats_may_be_called_as_a_file_of_the_municipality(editor: Editor, new: str) -> None:
    path = editor.open("insatser/kaffe.yaml")
    renamed(editor, path, "Kaffe", "fika")
    editor.session.closed(path.as_uri())
    path = editor.open("insatser/fika.yaml")
    before = editor.codes(path)
    renamed(editor, path, "Kaffe", new)
    editor.session.closed(path.as_uri())
    path = editor.open(f"insatser/{new}.yaml")
    assert files.kind_of(path) == kind_of(path) == "insats"
    assert files.kommun_of(path) == files.kommun_of(editor.path("kommun.yaml")) == editor.folder
    held, document, text = editor.held(path)
    assert not {"IK903", "IK912"} & {one.rule for one in held.findings(path)}
    assert editor.codes(path) == before
    told = hover.at(held, document, text, text.source.index("avdelning:"))
    assert told is not None and "kapitlet" in str(told.contents)
    assert not formatting.edits(path, text)


def test_the_fields_of_accepted_changes_are_offered_explained_and_checked(editor: Editor) -> None:
    name = "k/insatser/kaffe/avgift-0123456789ab"
    text = f"godtagna_ändringar:\n- ändring: {name}\n  skäl: Beslutat så av oss.\n  av: K\n  "
    path = editor.open("godtagna.yaml", f"{text}\n")
    assert {"roll", "giltig_till"} <= editor.proposals(path, text).keys()
    assert "IK903" in editor.codes(path)
    twice = f"- {{ändring: {name}, skäl: Beslutat så av oss., av: K, roll: J}}\n"
    editor.session.closed(path.as_uri())
    path = editor.open("godtagna.yaml", f"godtagna_ändringar:\n{twice * 2}")
    assert "insatskoll diff" in editor.about(path, "ändring:")
    assert editor.words(path, "IK913") == [name]


def test_a_folder_of_a_municipality_may_be_called_as_a_part(tmp_path: Path) -> None:
    folder = tmp_path / "insatser"
    write_kommun(folder, insatser={"kaffe": INSATS.encode()})
    assert files.kommun_of(folder / "kommun.yaml") == folder
    assert files.kommun_of(folder / "insatser" / "kaffe.yaml") == folder
    assert kind_of(folder / "kommun.yaml") == "kommun"


def test_a_rename_that_would_be_lost_somewhere_is_refused(editor: Editor) -> None:
    editor.path("insatser/te.yaml").write_text("namn: [", "utf-8")
    held, document, text = editor.held(editor.open("kommun.yaml"))
    index = text.source.index("id: exempel\n") + 4
    with pytest.raises(renaming.CannotRename, match=r"te\.yaml"):
        renaming.edit(held, document, index, "nytt", "utf-16")
    with pytest.raises(renaming.CannotRename, match="markören"):
        renaming.asked(held, document, text, text.source.index("Socialnämnden"))


# What can be done -----------------------------------------------------------------------------


def test_what_a_rule_suggests_is_written(editor: Editor) -> None:
    path = editor.path("insatser/kaffe.yaml")
    path.write_text(INSATS.replace("Högst fem samtal.", "Insatsen kostar inget."), "utf-8")
    editor.open("insatser/kaffe.yaml")
    suggested = [f for f in editor.session.found_in(path) if f.suggestion]
    assert suggested
    found = editor.actions(path, suggested[0].rule)
    (title,) = [one for one in found if one.startswith("Skriv det")]
    assert not found[title].is_preferred  # it is the official's to choose
    editor.carry_out(found[title].edit)
    after = [f.rule for f in lint_folder(editor.folder).findings if f.path == path]
    assert suggested[0].rule not in after


def test_what_has_one_right_answer_is_corrected(editor: Editor) -> None:
    path = editor.path("insatser/kaffe.yaml")
    path.write_text(INSATS.replace("för dig", "för\u00a0dig"), "utf-8")
    editor.open("insatser/kaffe.yaml")
    found = editor.actions(path, "IK802")
    editor.carry_out(found["Rätta (IK802)"].edit)
    assert path.read_text("utf-8") == INSATS


def test_a_slip_is_put_right_where_it_stands(editor: Editor) -> None:
    path = editor.path("insatser/kaffe.yaml")
    slips = INSATS.replace("karaktär:", "Karaktär:").replace("samtal\n", "samtl\n", 1)
    path.write_text(slips, "utf-8")
    editor.open("insatser/kaffe.yaml")
    found = editor.actions(path, "IK903")
    assert list(found) == ["Skriv ”samtal”"] and found["Skriv ”samtal”"].is_preferred
    editor.carry_out(found["Skriv ”samtal”"].edit)
    assert path.read_text("utf-8") == INSATS.replace("karaktär:", "Karaktär:")


BROKEN = INSATS.replace("  enheter", "\tEnheter").replace("för dig", "för\u00a0dig")


def test_a_file_that_cannot_be_read_is_made_one_that_can(editor: Editor) -> None:
    path = editor.path("insatser/kaffe.yaml")
    path.write_text(BROKEN, "utf-8")
    editor.open("insatser/kaffe.yaml")
    (title,) = found = editor.actions(path, "IK905")
    assert title == "Rätta tecken och indrag i filen"
    editor.carry_out(found[title].edit)
    assert path.read_text("utf-8") == INSATS.replace("för dig", "för\u00a0dig")


def test_all_that_has_one_right_answer_is_what_fix_writes(editor: Editor, tmp_path: Path) -> None:
    path = editor.path("insatser/kaffe.yaml")
    path.write_text(BROKEN, "utf-8")
    editor.open("insatser/kaffe.yaml")
    before, found = editor.held_texts(), editor.session.found_in(path)
    action = editor.fix_all(path)
    assert action is not None and action.kind == "source.fixAll"
    assert (editor.held_texts(), editor.session.found_in(path)) == (before, found)
    run("lint", "--fix", editor.folder, cwd=tmp_path)
    written = path.read_text("utf-8")
    path.write_text(BROKEN, "utf-8")
    editor.carry_out(action.edit)
    assert path.read_text("utf-8") == written == INSATS
    editor.open("insatser/kaffe.yaml")
    assert editor.fix_all(path) is None


@pytest.mark.parametrize("name", ["Kaffe och te.yaml", "kaffe_och_te.yml"])
def test_a_file_gets_the_name_that_it_should_have(editor: Editor, name: str) -> None:
    path = editor.path(f"insatser/{name}")
    path.write_text(INSATS, "utf-8")
    editor.open(f"insatser/{name}")
    title = "Byt filens namn till kaffe-och-te.yaml"
    code = "IK906" if name.endswith(".yaml") else "IK909"
    assert title not in editor.actions(path, code), "it is a copy"
    editor.path("insatser/kaffe.yaml").unlink()
    found = editor.actions(path, code)
    editor.carry_out(found[title].edit)
    assert path.with_name("kaffe-och-te.yaml").read_text("utf-8") == INSATS
    range_ = types.Range(types.Position(0, 0), types.Position(99, 0))
    without = actions.of(editor.asked(path), range_, renames=False)
    assert title not in [one.title for one in without]


def test_frozen_decisions_are_not_corrected(editor: Editor) -> None:
    path = editor.path("beslut/2025-05-19.yaml")
    path.parent.mkdir(exist_ok=True)
    path.write_text("Beslut: x\n", "utf-8")
    editor.open("beslut/2025-05-19.yaml")
    assert editor.actions(path, "IK903") == {}
    assert editor.fix_all(path) is None


@pytest.mark.parametrize(
    ("only", "wanted"),
    [
        (None, {"quickfix", "source.fixAll"}),
        (["quickfix"], {"quickfix"}),
        (["source"], {"source.fixAll"}),
        (["source.fixAll"], {"source.fixAll"}),
        (["source.fixAll.annat"], set()),
        (["refactor"], set()),
    ],
)
def test_an_editor_is_given_the_kinds_of_choices_that_it_asks_for(
    only: list[str] | None, wanted: set[str]
) -> None:
    assert {kind for kind in ("quickfix", "source.fixAll") if wants(only, kind)} == wanted


def test_a_finding_is_accepted_when_the_reason_has_been_written(editor: Editor) -> None:
    path = editor.open("insatser/te.yaml")
    code = editor.codes(path)[0]
    (found,) = [one for title, one in editor.actions(path, code).items() if "Godta" in title][:1]
    editor.carry_out(found.edit)
    text = path.read_text("utf-8")
    assert "motivering: Skriv skälet." in text
    assert {f.rule for f in lint_folder(editor.folder).findings if f.path == path} == {"IK903"}
    path.write_text(text.replace("Skriv skälet.", "Så är det beslutat i nämnden."), "utf-8")
    waived = [f for f in lint_folder(editor.folder).findings if f.path == path and f.waived]
    assert code in {f.rule for f in waived}


def test_the_layout_is_given_as_an_edit(editor: Editor) -> None:
    path = editor.open("insatser/kaffe.yaml")
    text = editor.session.text_of(path)
    assert not formatting.edits(path, text)
    (edit,) = formatting.edits(path, Text(INSATS.replace("{från: 13, till", "{ från: 13,till")))
    assert edit.range.start.line == edit.range.end.line == 7
    assert formatting.edits(path, Text("a: [")) == []


# Whatever is written --------------------------------------------------------------------------


@given(seed=st.integers(0, 10**9))
@settings(max_examples=25, deadline=None)
def test_nothing_that_is_written_stops_the_help(
    tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    pieces = ["- ", "\n", "  ", ": ", "{", "[", "]", "'", '"', "#", "&a", "*a", "!!x", "🙂"]
    pieces += ["namn", "avdelning", "|\n", ">-\n", "\t", "\x00", "\ud800", "\r", "§", "…" * 50]
    source = random.Random(seed)
    folder = write_kommun(tmp_path_factory.mktemp("k") / "ek", insatser={"kaffe": INSATS.encode()})
    editor = Editor(folder)
    path = editor.open("insatser/kaffe.yaml")
    for _ in range(12):
        text = editor.session.text_of(path)
        start = source.randint(0, len(text.source))
        end = min(len(text.source), start + source.choice([0, 0, 1, 30]))
        new = source.choice(pieces)
        change = types.TextDocumentContentChangePartial(text.range(start, end), new)
        editor.session.changed(path.as_uri(), [change])
        found = editor.session.at(path.as_uri())
        assert found is not None
        held, _, text = found
        position = text.position(start)
        completion.items(held, "insats", text, position)
        formatting.edits(path, text)
        actions.of(editor.asked(path), types.Range(position, position), renames=True)
        if (document := held.document(path)) is not None and document.text == text.source:
            hover.at(held, document, text, start)
            places.definition(held, document, start, "utf-16")
            places.outline(document, "utf-16")
    editor.fix_all(path)
    editor.client.pause()


@pytest.mark.parametrize("text", ["[" * 100_000, "a: " * 50_000, " " * 100_000, "- " * 100_000,
                                  "a: [\n" + "\n x" * 50_000, "'" * 100_000])  # fmt: skip
def test_what_is_made_to_be_slow_is_answered(editor: Editor, text: str) -> None:
    path = editor.open("insatser/kaffe.yaml", text)
    held = editor.session.kommuner.of(path)
    assert held is not None
    last = Text(text).position(len(text))
    assert len(completion.items(held, "insats", Text(text), last)) <= completion.MOST
    assert editor.fix_all(path) is None


# Asked for -----------------------------------------------------------------------------------


def test_an_editor_that_asks_is_told_only_what_has_changed(editor: Editor, tmp_path: Path) -> None:
    editor.session.pulls = True
    path = editor.open("insatser/kaffe.yaml", INSATS.replace("exempel\n", "annan\n", 1))
    assert editor.client.uris == []
    first = pulled.of_file(editor.session, path.as_uri(), None)
    assert isinstance(first, types.RelatedFullDocumentDiagnosticReport)
    assert "IK701" in [one.code for one in first.items]
    same = pulled.of_file(editor.session, path.as_uri(), first.result_id)
    assert isinstance(same, types.RelatedUnchangedDocumentDiagnosticReport)
    editor.write(path, "annan", "exempel")
    other = pulled.of_file(editor.session, path.as_uri(), first.result_id)
    assert isinstance(other, types.RelatedFullDocumentDiagnosticReport)
    assert "IK701" not in [one.code for one in other.items]


def test_an_editor_that_asks_is_told_when_to_ask_again(editor: Editor) -> None:
    editor.session.pulls = True
    path = editor.open("insatser/kaffe.yaml")
    editor.client.pause()
    before = editor.client.refreshed
    editor.write(path, "Kaffe", "Te")
    assert editor.client.refreshed == before, "it asks itself when it has written"
    editor.path("insatser/te.yaml").unlink()
    editor.session.saved_elsewhere([editor.path("insatser/te.yaml").as_uri()])
    editor.client.pause()
    quiet = editor.client.refreshed
    editor.session.saved_elsewhere([editor.path("insatser/te.yaml").as_uri()])
    editor.client.pause()
    assert editor.client.refreshed == quiet, "nothing new"


def test_all_files_are_quiet_until_somebody_asks(editor: Editor, tmp_path: Path) -> None:
    editor.session.pulls = True
    editor.open("insatser/kaffe.yaml")
    editor.client.pause()
    te = editor.path("insatser/te.yaml").as_uri()
    assert pulled.of_all(editor.session, []).items == []
    assert editor.session.ask_for_all([tmp_path]) > 0
    assert editor.client.refreshed
    found = pulled.of_all(editor.session, []).items
    assert te in [one.uri for one in found]
    known = [types.PreviousResultId(one.uri, str(one.result_id)) for one in found]
    assert {one.kind for one in pulled.of_all(editor.session, known).items} == {"unchanged"}
    editor.session.ask_for_open()
    (gone,) = [one for one in pulled.of_all(editor.session, known).items if one.uri == te]
    assert isinstance(gone, types.WorkspaceFullDocumentDiagnosticReport) and not gone.items


# Over the protocol ----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[LanguageServer, Path]]:
    folder = tmp_path_factory.mktemp("protokoll") / "kommuner" / "ekbacka"
    write_kommun(folder, insatser={"kaffe": INSATS.encode()})
    command = [sys.executable, "-m", "insatskoll", "lsp"]
    with LanguageServer(command, folder.parents[1]) as running:
        yield running, folder


def test_what_follows_no_protocol_is_answered_and_shown_to_nobody(
    server: tuple[LanguageServer, Path],
) -> None:
    running, folder = server
    uri = (folder / "insatser" / "kaffe.yaml").as_uri()
    start = {"line": 0, "character": 0}
    for method in ("hover", "completion", "definition", "rename", "codeAction", "formatting"):
        for line in (-1, "x", 2**63, None, [0]):
            at = {"textDocument": {"uri": uri}, "position": {"line": line, "character": 0}}
            wrong = {**at, "range": at["position"], "options": line, "newName": line}
            answer = running.ask(f"textDocument/{method}", wrong)
            assert answer["code"] == -32602, (method, line)
            assert "protokollet" in answer["message"]
    at = {"textDocument": {"uri": uri}, "position": start}
    odd = running.ask("textDocument/completion", {**at, "context": {}})
    assert odd["code"] == -32602
    assert running.ask("textDocument/hover", [])["code"] == -32602
    running.notify("textDocument/didOpen", {"textDocument": 7})
    running.notify("textDocument/didChange", None)
    running.notify("$/cancelRequest", {"id": {}})
    assert running.ask("finns/inte", at)["code"] == -32601
    assert running.ask("textDocument/hover", at)
    assert running.messages == []


def test_over_the_protocol(server: tuple[LanguageServer, Path]) -> None:
    running, folder = server
    path = folder / "insatser" / "kaffe.yaml"
    uri = {"uri": path.as_uri()}
    running.check({path: INSATS.replace("exempel\n", "finns-inte\n")})
    first = running.diagnostics[path.as_uri()]
    assert "IK701" in [one["code"] for one in first]
    line = INSATS.splitlines().index("avdelning: exempel")
    wrong = {"start": {"line": line, "character": 11}, "end": {"line": line, "character": 21}}
    running.notify(
        "textDocument/didChange",
        {
            "textDocument": {**uri, "version": 2},
            "contentChanges": [{"range": wrong, "text": "exempel"}],
        },
    )
    assert "IK701" not in [one["code"] for one in running.told(path)]
    at = {"textDocument": uri, "position": {"line": line, "character": 11}}
    proposed = running.ask("textDocument/completion", at)
    assert "exempel" in [one["label"] for one in proposed["items"]]
    assert "kapitlet" in running.hover(path, line + 1, 3)
    assert running.ask("textDocument/definition", at)["uri"].endswith("kommun.yaml")
    options = {"tabSize": 2, "insertSpaces": True}
    assert running.ask("textDocument/formatting", {"textDocument": uri, "options": options}) == []
    assert running.ask("textDocument/documentSymbol", {"textDocument": uri})
    refused = running.ask("textDocument/rename", {**at, "newName": "Två Ord"})
    assert "små bokstäver" in refused["message"]
    asked = {"command": "insatskoll.granskaAllt", "arguments": []}
    assert running.ask("workspace/executeCommand", asked) > 0
    cancelled = running.cancelled("textDocument/hover", at)
    assert cancelled is None or "contents" in cancelled or cancelled["code"] == -32800
    assert running.ask("textDocument/hover", at)
    assert running.end() == 0


def test_an_editor_that_asks_itself_over_the_protocol(tmp_path: Path) -> None:
    folder = tmp_path / "kommuner" / "ekbacka"
    write_kommun(folder, insatser={"kaffe": {"namn": "Kaffe"}, "te": {"namn": "Te"}})
    able = {
        "textDocument": {"diagnostic": {}},
        "workspace": {
            "diagnostics": {"refreshSupport": True},
            "workspaceEdit": {"resourceOperations": ["rename"]},
        },
    }
    path = folder / "insatser" / "Choklad.yml"
    path.write_text(BROKEN, "utf-8")
    uri = {"uri": path.as_uri()}
    command = [sys.executable, "-m", "insatskoll", "lsp"]
    with LanguageServer(command, tmp_path, able=able) as running:
        assert running.told_able["diagnosticProvider"]["workspaceDiagnostics"]
        document = {**uri, "languageId": "yaml", "version": 1, "text": BROKEN}
        running.notify("textDocument/didOpen", {"textDocument": document})
        first = running.ask("textDocument/diagnostic", {"textDocument": uri})
        assert (first["kind"], [one["code"] for one in first["items"]]) == ("full", ["IK909"])
        again = {"textDocument": uri, "previousResultId": first["resultId"]}
        assert running.ask("textDocument/diagnostic", again)["kind"] == "unchanged"
        all_of_it: dict[str, Any] = {"previousResultIds": []}
        assert running.ask("workspace/diagnostic", all_of_it) == {"items": []}
        asked = {"command": "insatskoll.granskaAllt", "arguments": []}
        assert running.ask("workspace/executeCommand", asked) > 0
        assert running.refreshed
        assert running.ask("workspace/diagnostic", all_of_it)["items"]
        range_ = {"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 1}}
        can = {"textDocument": uri, "range": range_, "context": {"diagnostics": []}}
        found = {one["title"]: one for one in running.ask("textDocument/codeAction", can)}
        assert found.keys() == {"Byt filens namn till choklad.yaml", "Rätta allt i filen"}
        assert running.diagnostics == {}
        assert running.end() == 0
