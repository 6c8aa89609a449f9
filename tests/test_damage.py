"""Files of the catalogue, damaged as people damage them: the line that is told is the damaged one,
and so is the mistake."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from insatskoll import lines
from insatskoll.lint.reporters import text as text_reporter
from insatskoll.reading import document, schema, yaml_errors
from insatskoll.reading.hygiene import UnreadableDocument
from tests.catalogues import CATALOGUE, lint_folder, write_kommun

FILES = sorted((CATALOGUE / "kommuner").glob("*/insatser/*.yaml"))[::3] + sorted(
    (CATALOGUE / "kommuner").glob("*/kommun.yaml")
)
LINES_IN_EACH = 4

# Each kind of damage, and a word of what is to be said of it.
SAID = {
    "in": ("indrag", "börjar längre", "kolon", "lista"),
    "ut": ("indrag", "kolon", "lista", "återkommer"),
    "tabb": ("tabb",),
    "utan kolon": ("kolon",),
    "utan citattecken": ("citattecken",),
    "utan hakparentes": ("hakparenteser",),
    "streck utan mellanslag": ("kolon", "streck", "indrag", "lista"),
    "konflikt": ("git-konflikt (rad ",),
}


def damaged(lines: list[str], at: int) -> Iterator[tuple[str, list[str]]]:
    """The lines with the one at ``at`` damaged, in each way that it can be."""
    line = lines[at]
    for kind, new in (
        ("in", f" {line}"),
        ("in", f"  {line}"),
        ("in", f"   {line}"),
        ("tabb", f"\t{line}"),
    ):
        yield kind, [*lines[:at], new, *lines[at + 1 :]]
    for steps in (1, 2):
        if line.startswith(" " * steps):
            yield "ut", [*lines[:at], line[steps:], *lines[at + 1 :]]
    if ": " in line or line.endswith(":"):
        yield "utan kolon", [*lines[:at], line.replace(":", "", 1), *lines[at + 1 :]]
    if line.endswith('"') and line.count('"') == 2:
        yield "utan citattecken", [*lines[:at], line[:-1], *lines[at + 1 :]]
    if line.endswith("]"):
        yield "utan hakparentes", [*lines[:at], line[:-1], *lines[at + 1 :]]
    if line.lstrip().startswith("- "):
        yield "streck utan mellanslag", [*lines[:at], line.replace("- ", "-", 1), *lines[at + 1 :]]
    yield (
        "konflikt",
        [
            *lines[:at],
            "<<<<<<< HEAD",
            line,
            "=======",
            f"{line} x",
            ">>>>>>> gren",
            *lines[at + 1 :],
        ],
    )


def test_the_line_that_is_told_is_the_damaged_one() -> None:
    chance = random.Random(10)
    near, wrong = Counter[bool](), Counter[str]()
    tried = Counter[str]()
    for path in FILES:
        lines = path.read_text("utf-8").split("\n")
        said = [i for i, line in enumerate(lines) if line.strip() and not line.startswith("#")]
        quoted = [i for i in said if lines[i].endswith('"')]
        for at in {*chance.sample(said, min(LINES_IN_EACH, len(said))), *quoted[:2]}:
            for kind, new in damaged(lines, at):
                try:
                    document.parse(path, "\n".join(new))
                except UnreadableDocument as error:
                    problem = error.problems[0]
                else:
                    # it can still be read, as something else: the schema's, or nobody's, to find
                    continue
                tried[kind] += 1
                near[abs(problem.span.line - (at + 1)) <= 1] += 1
                if not any(words in problem.message for words in SAID[kind]):
                    wrong[f"{kind}: {problem.message}"] += 1
    assert set(tried) >= {"in", "ut", "tabb", "utan kolon", "konflikt", "utan hakparentes"}
    assert near.total() > 1000
    assert near[True] >= 0.98 * near.total(), near
    assert wrong.total() <= 0.02 * near.total(), wrong


def test_both_lines_are_named_and_seen_with_their_indentation(tmp_path: Path) -> None:
    content = "namn: X\nmålgrupp:\n  beskrivning: Vuxna.\n deltagare: [vuxna]\n"
    folder = write_kommun(tmp_path / "exempel", {"samtal": content.encode()})
    said = "".join(map(lines.plain, text_reporter.render(lint_folder(folder))))
    assert "Raden är indragen 1 steg, men rad 3 är indragen 2 steg" in said
    assert "│  deltagare: [vuxna]" in said
    assert "│   beskrivning: Vuxna." in said
    assert "citattecken" not in said


# Conflicts

OURS, THEIRS = "namn: A", "namn: B"


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (
            ["<<<<<<< HEAD", OURS, "=======", THEIRS, ">>>>>>> gren", "insatstyp: samtal"],
            "en olöst git-konflikt (rad 1–5)",
        ),
        (
            [
                "insatstyp: samtal",
                "<<<<<<< HEAD",
                OURS,
                "||||||| bas",
                "namn: C",
                "=======",
                THEIRS,
                ">>>>>>> g",
            ],
            "en olöst git-konflikt (rad 2–8)",
        ),
        (
            [
                "<<<<<<< a",
                OURS,
                "=======",
                ">>>>>>> b",
                "x: 1",
                "<<<<<<< a",
                "=======",
                "y: 2",
                ">>>>>>> b",
            ],
            "(rad 1–4, 6–9)",
        ),
        ([OURS, ">>>>>>> gren"], "(rad 2)"),
        (["=======", OURS], "(rad 1)"),
    ],
)
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_a_conflict_is_called_one(lines: list[str], said: str, ending: str) -> None:
    with pytest.raises(UnreadableDocument) as error:
        document.parse(Path("x.yaml"), ending.join(lines) + ending)
    (problem,) = error.value.problems
    assert said in problem.message
    assert problem.span.line == next(
        n for n, line in enumerate(lines, 1) if line[:7] in ("<<<<<<<", "=======", ">>>>>>>")
    )
    assert "ta bort raderna som börjar med" in problem.remedy


@pytest.mark.parametrize(
    "text",
    [
        "namn: ======= A",
        "namn: A # <<<<<<< B",
        "innehåll: |\n  A\n  =======\n  <<<<<<< B\n",
        "a: ========",
    ],
)
def test_what_only_looks_like_a_conflict_is_none(text: str) -> None:
    assert document.parse(Path("x.yaml"), text)


# Letters that have been encoded twice

SWEDISH = (
    "namn: Råd, stöd – och ”möten” för Åsa, Östen, Ärla och André\nmålgrupp:\n  beskrivning: "
    "Föräldrar\n"
)


@pytest.mark.parametrize("coding", ["cp1252", "latin-1"])
@pytest.mark.parametrize(
    "text", [SWEDISH, "a: Å\n", "mål: x\n", "namn: A\nmålgrupp: {}\nfärger: {}\n"]
)
def test_a_file_that_is_encoded_twice_is_told_once(coding: str, text: str) -> None:
    raw = b"".join(_as_read(byte, coding).encode() for byte in text.encode())
    with pytest.raises(UnreadableDocument) as error:
        document.decode(Path("x.yaml"), raw)
    (problem,) = error.value.problems
    assert problem.rule == "IK905"
    assert problem.message.startswith("Filen är dubbelkodad: ")
    line = next(n for n, one in enumerate(text.splitlines(), 1) if not one.isascii())
    assert problem.span.line == line


def _as_read(byte: int, coding: str) -> str:
    """A byte as an editor shows it that takes the file to be in ``coding``; Windows keeps what it
    has no letter for."""
    try:
        return bytes([byte]).decode(coding)
    except UnicodeDecodeError:
        return chr(byte)


@pytest.mark.parametrize(
    "word",
    ["São Paulo", "Ã", "â", "Renée", "ÃO", "Â", "crème brûlée", "Ã och Â", "naïv", "Ångström"],
)
def test_what_only_looks_encoded_twice_is_left(word: str) -> None:
    assert yaml_errors.doubled(f"namn: {word}\n") is None


def test_no_file_of_the_catalogue_looks_damaged() -> None:
    for path in (CATALOGUE / "kommuner").rglob("*.yaml"):
        text = path.read_text("utf-8")
        assert yaml_errors.doubled(text) is None
        assert yaml_errors.conflict(text) is None


@pytest.mark.parametrize("coding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16_is_called_by_its_name(coding: str) -> None:
    with pytest.raises(UnreadableDocument) as error:
        document.decode(Path("x.yaml"), "namn: Råd\n".encode(coding))
    assert "UTF-16" in error.value.problems[0].message


# Long lines


def test_no_message_is_as_long_as_a_line_of_the_file() -> None:
    long = "x" * 50_000
    texts = [
        f"namn: A #{long}",
        f"{long}: 1\n{long}: 2",
        f"namn: {long}\u202e",
        f"{long} {long}\nb: 1",
        f"namn: '{long}",
        f"- a\n{long}: b",
        f"{long}\u00ad: 1",
        f"namn: [{long}",
        f"a: b: {long}",
        f"namn: &{long} x",
        f"namn: *{long}",
        f"namn: !{long} x",
        f"%{long}\n---\na: b",
    ]
    for text in texts:
        with pytest.raises(UnreadableDocument) as error:
            document.parse(Path("x.yaml"), text)
        for problem in error.value.problems:
            assert len(problem.message) < 300
            assert len(problem.remedy) < 500
    data = {
        "namn": long,
        "insatstyp": long,
        "avdelning": long,
        long: 1,
        "form": [long],
        "omfattning": {"högst": long},
        "avgift": long,
    }
    for told in schema.errors(data, "insats"):
        assert len(told.message) < 300
        assert len(told.remedy) < 1500
