"""The layout of the files: one form, in which they say what they said, every comment with them."""

from __future__ import annotations

import random
import re
import shutil
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from insatskoll.catalogue import formatting
from insatskoll.reading import document, samples, tidy
from insatskoll.reading.hygiene import UnreadableDocument
from tests.catalogues import CATALOGUE, INSATS, write_kommun
from tests.program import run

FILES = [
    path
    for folder in sorted((CATALOGUE / "kommuner").iterdir())
    for path in formatting.files_of(folder)
]


def insats(text: str) -> str:
    """``text`` laid out as the file of an insats; the same again when it already is."""
    laid = formatting.formatted(text, "insats")
    assert formatting.formatted(laid, "insats") == laid
    return laid


def test_the_catalogue_has_the_form() -> None:
    assert len(FILES) > 190
    kinds = {path: formatting.kind_of(path) or "" for path in FILES}
    assert [
        path.name
        for path, kind in kinds.items()
        if formatting.formatted(path.read_text("utf-8"), kind) != path.read_text("utf-8")
    ] == []


def test_fields_come_in_the_order_of_the_schema_and_comments_follow() -> None:
    assert (
        insats(
            "# yaml-language-server: $schema=x.json\n"
            "# om filen\n"
            "\n"
            "# om avdelningen\n"
            "avdelning: vuxen  # id ur kommun.yaml\n"
            "namn: Kaffe # tills vidare\n"
            "\n"
            "# om dokumentationen,\n"
            "# två rader\n"
            "dokumentation:\n"
            "    lagrum: SoL 14 kap. 3 §\n"
            "    # om nivån\n"
            "    nivå: individnivå\n"
            "    # sist i gruppen\n"
            "# före typen\n"
            "insatstyp: samtal\n"
            "# allra sist\n"
        )
        == "# yaml-language-server: $schema=x.json\n"
        "# om filen\n"
        "\n"
        "namn: Kaffe # tills vidare\n"
        "# före typen\n"
        "insatstyp: samtal\n"
        "# om avdelningen\n"
        "avdelning: vuxen  # id ur kommun.yaml\n"
        "\n"
        "# om dokumentationen,\n"
        "# två rader\n"
        "dokumentation:\n"
        "  # om nivån\n"
        "  nivå: individnivå\n"
        "  lagrum: SoL 14 kap. 3 §\n"
        "  # sist i gruppen\n"
        "# allra sist\n"
    )


def test_lists_and_brackets() -> None:
    assert (
        insats(
            "namn: Kaffe\n"
            "villkor:\n"
            "- ålder: { avser: deltagaren,   från: 13 }\n"
            "  # om typen\n"
            "  typ: ålder\n"
            "- typ: annat\n"
            "  beskrivning: x\n"
            "form: [ grupp,\n"
            "  digital ]\n"
        )
        == "namn: Kaffe\n"
        "form: [grupp, digital]\n"
        "villkor:\n"
        "  # om typen\n"
        "  - typ: ålder\n"
        "    ålder: {från: 13, avser: deltagaren}\n"
        "  - typ: annat\n"
        "    beskrivning: x\n"
    )


def test_an_unknown_field_stays_after_the_one_before_it() -> None:
    laid = insats("avdelning: a\negen: 1\nnamn: b\nannan: 2\n")
    assert laid == "namn: b\nannan: 2\navdelning: a\negen: 1\n"


LONG = " ".join(["Samtalet hålls på svenska eller arabiska."] * 5)


@pytest.mark.parametrize("written", [LONG, f'"{LONG}"', f"'{LONG}'", f">-\n  {LONG}"])
def test_a_long_text_is_broken_into_lines(written: str) -> None:
    laid = insats(f"syfte: {written}\n")
    assert laid.startswith("syfte: >-\n  Samtalet")
    assert 1 < max(map(len, laid.splitlines())) <= tidy.WIDTH


def test_only_what_is_too_long_is_broken_anew() -> None:
    short = "En rad.\n  En kort rad till."
    assert insats(f"syfte: >-\n  {short}\n") == f"syfte: >-\n  {short}\n"
    laid = insats(f"syfte: >-\n  {short}\n  {LONG}\n  Sist.\n\n  Nytt stycke.\n  Här.\n")
    assert laid.startswith(f"syfte: >-\n  {short}\n  Samtalet")
    assert laid.endswith(" Sist.\n\n  Nytt stycke.\n  Här.\n")


@pytest.mark.parametrize(
    "kept",
    [
        f"namn: {LONG}\n",  # one line by its schema
        "syfte: |-\n  rad\n    - inskjuten\n  " + LONG + "\n",
        "syfte: >-\n  text\n    inskjuten " + LONG + "\n  text\n",
        "syfte: |\n  # ingen kommentar\n  text\n",
        "syfte: 'a: b'  # c\n",
        "namn: x\nutförare:\n  enheter: [a, b]  # två\n",
        f"syfte: {'å' * 300}\n",
    ],
)
def test_what_must_stay_as_it_is(kept: str) -> None:
    assert insats(kept) == kept


def test_line_breaks_of_windows_are_kept() -> None:
    assert insats("avdelning: a\r\nnamn: b\r\n") == "namn: b\r\navdelning: a\r\n"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("namn:\n  # mitt i\n  Kaffe\n", 2),
        ("delar:\n  - # vid strecket\n    namn: x\n", 2),
        ("namn: x\nsyfte: |2\n    indragen\n", 2),
        ("syfte: >+\n  text\n\n", 1),
        ("namn: x\nsyfte: |\n  text\r  mer\n", 3),
    ],
)
def test_what_cannot_be_moved_is_left(text: str, line: int) -> None:
    with pytest.raises(tidy.Untidy) as refused:
        formatting.formatted(text, "insats")
    assert refused.value.line == line


# A file laid out in any way -------------------------------------------------------------------

# What is white to Python, and text to YAML.
SPACES = ["\u00a0", "\u1680", "\u2003", "\u202f", "\u205f", "\u3000"]
WORDS = ["kaffe", "åldern", "är", "13–18", "”citat”", "och", "så vidare.", "🙂", "it's", "a # b"]
WORDS += [*SPACES, "\u00a0kr", "kr\u00a0"]


class Writer:
    """Writes the same data in ways that people may write them, with comments strewn in."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.comments = 0

    def group(self, fields: tuple[str, ...], column: int, depth: int) -> list[str]:
        known = samples.order("insats", fields) or ["ett", "två", "tre"]
        names = self.random.sample(known, min(len(known), self.random.randint(1, 4)))
        lines: list[str] = []
        for name in names:
            lines += self.above(column)
            head, *rest = self.value((*fields, name), column, depth)
            lines += [f"{' ' * column}{name}:{head}", *rest]
        return lines

    def above(self, column: int) -> list[str]:
        match self.random.randint(0, 6):
            case 0:
                return ["", f"{' ' * column}{self.comment()}"]
            case 1:
                return [f"{' ' * column}{self.comment()}"]
            case 2:
                return [""]
        return []

    def comment(self) -> str:
        self.comments += 1
        return f"# k{self.comments}.{self.random.choice(['', '', *SPACES])}"

    def text(self) -> str:
        return " ".join(self.random.choices(WORDS, k=self.random.choice([1, 3, 60])))

    def value(self, fields: tuple[str, ...], column: int, depth: int) -> list[str]:
        inner = column + self.random.randint(1, 4)
        end = f"  {self.comment()}" if not self.random.randint(0, 4) else ""
        match self.random.randint(0, 8 if depth < 3 else 5):
            case 0:
                return [" '" + self.text().replace("'", "''") + "'" + end]
            case 1:
                return [f" ord{self.random.randint(0, 99)}{end}"]
            case 2:
                mark = self.random.choice([">-", ">", "|", "|-"])
                body = [self.text() for _ in range(self.random.randint(1, 3))]
                return [f" {mark}{end}", *(f"{' ' * inner}{one}" for one in body)]
            case 3:
                return [f" [a,  'b, c', {{ till: 3,från: 1}} ]{end}"]
            case 4:
                return [f" [a,{end}", f"{' ' * inner}b ]"]
            case 5:
                words = re.sub("#|'", "", self.text()).split(" ")
                half = len(words) // 2 + 1
                return [f" x {' '.join(words[:half])}", f"{' ' * inner}y {' '.join(words[half:])}"]
            case 6 | 7:
                return [end, *self.group(fields, inner, depth + 1)]
        return [end, *self.items(fields, column + self.random.randint(0, 3), depth)]

    def items(self, fields: tuple[str, ...], column: int, depth: int) -> list[str]:
        lines: list[str] = []
        for _ in range(self.random.randint(1, 3)):
            lines += self.above(column)
            if self.random.randint(0, 1):
                lines.append(f"{' ' * column}- {self.random.choice(['a', '13', '’b’'])}")
                continue
            inner = self.group(fields, column + 2, depth + 1)
            while not inner[0].strip() or inner[0].lstrip().startswith("#"):
                inner.pop(0)
            lines += [f"{' ' * column}- {inner[0].lstrip()}", *inner[1:]]
        return lines


def in_order(data: object, fields: tuple[str, ...] = ()) -> bool:
    """Whether all groups of known fields have them in order."""
    if isinstance(data, list):
        return all(in_order(one, fields) for one in data)
    if not isinstance(data, dict):
        return True
    order = [name for name in samples.order("insats", fields) if name in data]
    listed = [name for name in data if name in order]
    return listed == order and all(in_order(v, (*fields, k)) for k, v in data.items())


@given(st.integers(0, 10**9))
@settings(max_examples=150, deadline=None)
def test_any_file_says_the_same_in_its_form(seed: int) -> None:
    text = "\n".join(Writer(seed).group((), 0, 0)) + "\n"
    before = document.parse(Path(), text)
    laid = insats(text)
    after = document.parse(Path(), laid)
    assert after.data == before.data
    assert in_order(after.data)
    marks = re.compile(r"# k[0-9]+\.")
    assert sorted(marks.findall(laid)) == sorted(marks.findall(text))
    assert "\n\n\n" not in laid


@given(st.text("ab:- #'\"|>\n {}[],&*!?\u00a0", max_size=40))
@settings(max_examples=300, deadline=None)
def test_no_text_is_changed_into_another(text: str) -> None:
    try:
        before = document.parse(Path(), text)
    except UnreadableDocument:
        return
    try:
        laid = formatting.formatted(text, "insats")
    except tidy.Untidy:
        return
    assert document.parse(Path(), laid).data == before.data
    assert laid.count("#") == text.count("#")


# The command ----------------------------------------------------------------------------------


def test_the_command_lays_out_shows_and_checks(tmp_path: Path) -> None:
    folder = write_kommun(
        tmp_path / "catalogue" / "kommuner" / "ekbacka", insatser={"samtal": INSATS}
    )
    file = folder / "insatser" / "samtal.yaml"
    assert run("fmt", cwd=tmp_path).code == 0
    whole = file.read_text("utf-8")
    first, *rest = whole.splitlines(keepends=True)
    file.write_text("".join(rest) + first, "utf-8")
    assert run("fmt", "--check", cwd=tmp_path).code == 1
    shown = run("fmt", "--diff", cwd=tmp_path)
    assert (shown.code, f"+{first}" in shown.out) == (1, True)
    assert run("fmt", file, cwd=tmp_path).code == 0
    assert file.read_text("utf-8") == whole
    ended = run("fmt", "--check", cwd=tmp_path)
    assert (ended.code, ended.err) == (0, "0 filer skulle få ny form. 2 filer är som de ska.\n")


def test_a_file_that_cannot_be_read_is_told_of_and_the_rest_is_laid_out(tmp_path: Path) -> None:
    folder = write_kommun(
        tmp_path / "catalogue" / "kommuner" / "ekbacka", insatser={"samtal": INSATS}
    )
    (folder / "insatser" / "trasig.yaml").write_text("namn: [\n", "utf-8")
    kommun = folder / "kommun.yaml"
    laid = formatting.formatted(kommun.read_text("utf-8"), "kommun")
    kommun.write_text(f"# a\n\n{laid}\n\n\n", "utf-8")
    ended = run("fmt", cwd=tmp_path)
    assert ended.code == 2
    assert "trasig.yaml:2" in ended.err
    assert kommun.read_text("utf-8") == f"# a\n\n{laid}"


def test_decisions_are_left(tmp_path: Path) -> None:
    folder = tmp_path / "catalogue" / "kommuner" / "uppsala"
    shutil.copytree(CATALOGUE / "kommuner" / "uppsala", folder)
    assert not [path for path in formatting.files_of(folder) if path.parent.name == "beslut"]


def test_what_the_program_begins_has_the_form(tmp_path: Path) -> None:
    assert run("new", "kommun", "Ekerö", cwd=tmp_path).code == 0
    begun = ("new", "insats", "Råd", "--insatstyp", "samtal", "--deltagare", "vuxna")
    assert run(*begun, cwd=tmp_path).code == 0
    assert run("fmt", "--check", cwd=tmp_path).code == 0
