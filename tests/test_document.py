"""The reader: every trap of YAML ends in a message in Swedish with its place, and what is read
keeps its places."""

from __future__ import annotations

import os
import subprocess
import sys
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from insatskoll.catalogue import loading
from insatskoll.catalogue.canonical import to_yaml
from insatskoll.reading import document, hygiene, samples
from insatskoll.reading.document import Document, iter_paths, parse, read
from insatskoll.reading.hygiene import UnreadableDocument
from insatskoll.reading.places import Problem, Span, parse_path, path_text, value_at
from tests.catalogues import CATALOGUE, load, write_kommun
from tests.expected import told

BAD_FILES = sorted((Path(__file__).parent / "data" / "oläsbart").glob("*.yaml"))
CATALOGUE_FILES = sorted(CATALOGUE.rglob("*.yaml"))
STEADY = settings(
    derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck)
)
NAME = Path("exempel.yaml")


def problems_of(text: str) -> list[Problem]:
    with pytest.raises(UnreadableDocument) as error:
        parse(NAME, text)
    return error.value.problems


def data_of(text: str) -> Any:
    return parse(NAME, text).data


def source(text: str, span: Span) -> str:
    assert span.line == span.end_line
    return text.splitlines()[span.line - 1][span.column - 1 : span.end_column - 1]


# Files that cannot be read


@pytest.mark.parametrize("path", BAD_FILES, ids=lambda path: path.stem)
def test_bad_file_is_told_as_expected(path: Path) -> None:
    with pytest.raises(UnreadableDocument) as error:
        read(path)
    assert told(error.value.problems) == path.with_suffix(".väntat").read_text("utf-8")
    assert error.value.problems[0].message in str(error.value)


def test_every_bad_file_has_what_is_expected_beside_it_and_says_what_to_do() -> None:
    assert len(BAD_FILES) > 100
    expected = {path.with_suffix(".väntat") for path in BAD_FILES}
    assert set(BAD_FILES[0].parent.glob("*.väntat")) == expected
    for path in expected:
        text = path.read_text("utf-8")
        assert "Raden går inte att läsa som YAML" not in text, path.stem
        assert all(c.isprintable() or c == "\n" for c in text), path.stem
        assert unicodedata.is_normalized("NFC", text), path.stem


def test_folder_instead_of_file(tmp_path: Path) -> None:
    folder = write_kommun(tmp_path / "exempel")
    (folder / "insatser" / "mapp.yaml").mkdir()
    (file,) = load(folder).problems
    assert [(p.rule, p.message) for p in file.problems] == [
        ("IK901", "Här finns en mapp där en fil väntades")
    ]


def test_missing_file(tmp_path: Path) -> None:
    with pytest.raises(UnreadableDocument, match="Filen finns inte"):
        read(tmp_path / "finns-inte.yaml")
    with pytest.raises(UnreadableDocument, match="Filen går inte att öppna"):
        read(tmp_path / f"{'lång' * 100}.yaml")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root får läsa allt")
def test_file_without_permission(tmp_path: Path) -> None:
    path = tmp_path / "hemlig.yaml"
    path.write_text("namn: x\n", "utf-8")
    path.chmod(0)
    with pytest.raises(UnreadableDocument, match="Behörighet att läsa filen saknas"):
        read(path)


def test_permission_error_is_told_without_english(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: Any, **__: Any) -> Any:
        raise PermissionError(13, "Permission denied")

    path = tmp_path / "hemlig.yaml"
    path.write_text("namn: x\n", "utf-8")
    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(UnreadableDocument) as error:
        read(path)
    assert told(error.value.problems).startswith("IK901 1:1 Behörighet att läsa filen saknas\n")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="systemet har inga namngivna rör")
def test_pipe_is_refused_without_waiting_for_a_writer(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "rör.yaml")
    with pytest.raises(UnreadableDocument, match="inte en vanlig fil"):
        read(tmp_path / "rör.yaml")


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="systemet har ingen /dev/zero")
def test_device_without_end_is_refused() -> None:
    with pytest.raises(UnreadableDocument, match="inte en vanlig fil"):
        read(Path("/dev/zero"))


def test_links_in_a_catalogue_are_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "hemligt"
    secret.mkdir()
    (secret / "lösenord.yaml").write_text("lösenord: hunter2\n", "utf-8")
    file = write_kommun(tmp_path / "fil")
    (file / "insatser" / "länk.yaml").symlink_to(secret / "lösenord.yaml")
    folder = write_kommun(tmp_path / "mapp")
    (folder / "insatser").rmdir()
    (folder / "insatser").symlink_to(secret)
    endless = write_kommun(tmp_path / "ring")
    (endless / "insatser" / "ring.yaml").symlink_to("ring.yaml")
    for kommun in map(load, (file, folder, endless)):
        assert [p.message.endswith(" är en länk") for f in kommun.problems for p in f.problems] == [
            True
        ]
        assert "hunter2" not in str(kommun.problems) and not any(f.text for f in kommun.problems)


def test_more_problems_than_anyone_reads_are_cut() -> None:
    assert len(problems_of("".join(f"a{i}: b #x\n" for i in range(500)))) == hygiene.MAX_PROBLEMS


def test_more_values_than_can_be_compared_are_refused() -> None:
    assert len(data_of("- x\n" * hygiene.MAX_VALUES)) == hygiene.MAX_VALUES
    assert [p.rule for p in problems_of("- x\n" * (hygiene.MAX_VALUES + 1))] == ["IK907"]


# What would crash or choke the process

_MEMORY = 1_000_000_000
_CHILD = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, (int(sys.argv[1]), int(sys.argv[1])))
from pathlib import Path
from insatskoll.reading.document import UnreadableDocument, read
for name in sys.argv[2:]:
    try:
        print(type(read(Path(name)).data).__name__)
    except UnreadableDocument as error:
        print(error.problems[0].rule)
"""


def read_in_child(*paths: Path) -> list[str]:
    """What a process of its own, with little memory, says of each file: the type of its data, or
    the first rule broken."""
    run = subprocess.run(
        [sys.executable, "-c", _CHILD, str(_MEMORY), *map(str, paths)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert run.returncode == 0, run.stderr[-2000:]
    return run.stdout.split()


@pytest.mark.skipif(sys.platform == "win32", reason="systemet kan inte begränsa minnet")
def test_hostile_files_neither_crash_nor_fill_the_memory(tmp_path: Path) -> None:
    n = 200_000
    billion = "a: &a [x, x]\n" + "".join(
        f"{b}: &{b} [*{a}, *{a}]\n" for a, b in zip("abcdefghijklm", "bcdefghijklmn", strict=True)
    )
    hostile = {
        "femtio-megabyte": ("[" * 50_000_000, "IK907"),
        "skratt": (billion, "IK907"),
        "hakparenteser": ("[" * n + "]" * n, "IK907"),
        "hakparenteser-20000": ("[" * 20_000, "IK907"),
        "klammer": ("{a: " * n + "}" * n, "IK907"),
        "radvis": ("[\n" * n, "IK907"),
        "i-citattecken": ("a: '" + "[" * n + "'\n", "dict"),
        "i-dubbla-citattecken": ('a: "' + "[{" * n + '"\n', "dict"),
        "i-kommentar": ("# " + "[" * n + "\na: b\n", "dict"),
        "i-text": ("a: |\n  " + "[" * n + "\n", "dict"),
        "slut-i-strängar": ("['" + "]" * 50 + "', " * 1 + "[ ']', " * n, "IK907"),
        "slut-i-dubbla-strängar": ('["]]]]", ' * n, "IK907"),
        "slut-i-kommentarer": ("[ #]\n" * n, "IK907"),
        "slut-i-text": ("[a]b, " + "[ x]" * 3 + "[ " * n, "IK901"),
        "streck": ("- " * n, "IK907"),
        "frågetecken": ("? " * n, "IK907"),
        "indrag": ("".join(" " * i + "a:\n" for i in range(1500)), "IK907"),
        "många-små": ("a: [" + "[]," * 600_000 + "]\n", "IK907"),
        "många-fält": ("".join(f"f{i}:\n" for i in range(200_000)), "IK907"),
        "många-fel": ("a: b #x\n" * 200_000, "IK907"),
        "långt-tal": ("a: " + "9" * 1_900_000 + "\n", "IK901"),
        "långt-fältnamn": ("a" * 1_900_000 + ": b\n", "IK901"),
        "mellanslag": (" " * 1_900_000, "IK901"),
    }
    for name, (text, _) in hostile.items():
        (tmp_path / f"{name}.yaml").write_text(text, "utf-8")
    said = read_in_child(*(tmp_path / f"{name}.yaml" for name in hostile))
    assert dict(zip(hostile, said, strict=True)) == {
        name: expected for name, (_, expected) in hostile.items()
    }


# Scalars


@pytest.mark.parametrize(
    ("written", "value"),
    [
        *((word, True) for word in ("true", "True", "TRUE")),
        *((word, False) for word in ("false", "False", "FALSE")),
        *((word, None) for word in ("", "~", "null", "Null", "NULL")),
        *(
            ("0", 0),
            ("-0", 0),
            ("7", 7),
            ("+1", 1),
            ("-12", -12),
            ("999999999999999", 999999999999999),
        ),
        *(
            ("1.", 1),
            (".5", 0.5),
            ("-0.5", -0.5),
            ("13.0", 13),
            ("1e5", 100000),
            ("1.5e-3", 0.0015),
            ("1E+2", 100),
        ),
    ],
)
def test_only_what_yaml_1_2_calls_so_is_a_constant_or_a_number(written: str, value: Any) -> None:
    read = data_of(f"a: {written}\nb: [{written or 'null'}]\n")
    assert read == {"a": value, "b": [value]}
    assert type(read["a"]) is type(value)
    if written:
        assert data_of(f"a: '{written}'\nb: \"{written}\"\nc: |-\n  {written}\n") == {
            "a": written,
            "b": written,
            "c": written,
        }


@pytest.mark.parametrize(
    "text",
    [
        *(
            "ja",
            "nej",
            "yes",
            "no",
            "on",
            "off",
            "y",
            "n",
            "Yes",
            "NO",
            "On",
            "tRUE",
            "nULL",
            "none",
            "None",
        ),
        *(
            "2025-07-01",
            "2025-07-01T12:30:00Z",
            "12:30",
            "12:30:45",
            "1:20",
            "0380",
            "00",
            "-01",
            "007.5",
        ),
        *(
            "0x10",
            "0o7",
            "0b1",
            "1_000",
            "1 000",
            "1,5",
            "1.2.3",
            "1e",
            "e5",
            ".",
            "..",
            "-",
            "+",
            "+-1",
            "--1",
            "1-2",
        ),
        *(
            "=",
            "<<",
            "inf",
            "nan",
            "+.nan",
            ".Nan",
            "-x",
            "§ 103",
            "14:5",
            "100%",
            "a#b",
            "”x”",
            "x]",
            "13–20",
            "٣",
            "１",
        ),
    ],
)
def test_everything_else_is_text(text: str) -> None:
    assert data_of(f"- '{text}'\n- \"{text}\"\n") == [text, text]
    if text != "-":  # alone, it begins a list
        assert data_of(f"a: {text}\n{text}: a\n") == {"a": text, text: "a"}


def test_merge_keys_and_equal_signs_are_ordinary_names() -> None:
    assert data_of("<<: {a: 1}\n=: 2\n") == {"<<": {"a": 1}, "=": 2}


def test_keys_are_always_text() -> None:
    assert data_of("1: a\ntrue: b\n~: c\n2025-07-01: d\n1.0: e\n") == {
        "1": "a",
        "true": "b",
        "~": "c",
        "2025-07-01": "d",
        "1.0": "e",
    }


@pytest.mark.parametrize("comment", ["# riktig kommentar", "#", "## rubrik", "#! märke", "#\tx"])
def test_real_comments_are_left_alone(comment: str) -> None:
    assert data_of(f"a: b {comment}\nc: 'd' #5\n{comment}\ne: |\n  f #5\n") == {
        "a": "b",
        "c": "d",
        "e": "f #5\n",
    }


def test_depth_up_to_the_limit_is_read() -> None:
    depth = hygiene.MAX_DEPTH
    assert data_of("[" * depth + "]" * depth)
    assert data_of("- " * depth + "x\n")
    assert [p.rule for p in problems_of("[" * (depth + 1) + "]" * (depth + 1))] == ["IK907"]
    assert [p.rule for p in problems_of("- " * (depth + 1) + "x\n")] == ["IK907"]


# Places


def test_span_of_what_is_there() -> None:
    text = (
        "namn: Å 😀 ö # x\nmålgrupp:\n  ålder: {från: 13}\n  deltagare:\n    - vuxna\n    - 'par'\n"
    )
    text += "syfte: |\n  Ett\n  två\ntomt:\n"
    read = parse(NAME, text)

    def at(path: str, **options: Any) -> str:
        span = read.span(parse_path(path), **options)
        return f"{span.line}:{span.column} {source(text, span)}"

    assert at("namn") == "1:7 Å 😀 ö"
    assert at("namn", key=True) == "1:1 namn"
    assert at("målgrupp") == "2:1 målgrupp"
    assert at("målgrupp.ålder") == "3:10 {från: 13}"
    assert at("målgrupp.ålder.från") == "3:17 13"
    assert at("målgrupp.ålder.från", key=True) == "3:11 från"
    assert at("målgrupp.deltagare[1]") == "6:7 'par'"
    assert at("syfte") == "7:1 syfte"
    assert at("tomt") == "10:1 tomt"


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("målgrupp.saknas", "målgrupp"),
        ("målgrupp.deltagare[7]", "målgrupp.deltagare"),
        ("målgrupp.deltagare.namn", "målgrupp.deltagare"),
        ("målgrupp[0]", "målgrupp"),
        ("namn.saknas.djupt[0]", "namn"),
    ],
)
def test_span_of_what_is_missing_is_that_of_its_nearest_ancestor(path: str, place: str) -> None:
    read = parse(NAME, "namn: Råd\nmålgrupp:\n  deltagare:\n    - vuxna\n")
    assert read.span(parse_path(path)) == read.span(parse_path(place), key=True)
    assert value_at(read.data, parse_path(path)) is None


def test_span_of_the_whole() -> None:
    assert (
        parse(NAME, "# x\nnamn: Råd\n").span(("saknas",))
        == parse(NAME, "# x\nnamn: Råd\n").span(())
        == Span(2, 1, 2, 2)
    )


def spans(read: Document) -> list[tuple[Span, Span]]:
    return [(read.span(path), read.span(path, key=True)) for path, _ in iter_paths(read.data)]


# Some of each folder: where a line ends does not depend on what stands on it.
@pytest.mark.parametrize(
    "path", CATALOGUE_FILES[::5], ids=lambda path: str(path.relative_to(CATALOGUE))
)
def test_line_ends_of_windows_give_the_same_data_and_places(path: Path) -> None:
    text = path.read_text("utf-8")
    unix, windows = parse(NAME, text), parse(NAME, text.replace("\n", "\r\n"))
    assert unix.data == windows.data
    assert spans(unix) == spans(windows)


@pytest.mark.parametrize("path", BAD_FILES, ids=lambda path: path.stem)
def test_line_ends_of_windows_give_the_same_problems(path: Path) -> None:
    try:
        text = path.read_text("utf-8")
    except UnicodeDecodeError:
        pytest.skip("inte UTF-8")
    if text.startswith("\ufeff"):
        pytest.skip("BOM")
    assert told(problems_of(text)) == told(problems_of(text.replace("\n", "\r\n")))


# What is written is read back

# All that the reader takes as text: in NFC, without control characters.
TEXTS = st.text(
    st.characters(
        codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp"), include_characters="\n\t"
    ),
    max_size=60,
).map(lambda text: unicodedata.normalize("NFC", text))
LOOK_ALIKES = st.sampled_from(
    [
        *(
            "1e5",
            ".5",
            "1.",
            "0o7",
            "0x10",
            "~",
            "null",
            "true",
            "No",
            "=",
            "<<",
            "2025-07-01",
            "12:30",
            "0380",
            "+1",
        ),
        *(
            "1e999",
            ".inf",
            ".nan",
            "9" * 20,
            "1_000",
            "+.5e-1",
            "-1E5",
            ".e1",
            "...",
            "---",
            "-",
            "- x",
            "-1-",
        ),
        *(
            "#",
            "x #y",
            "?",
            ": x",
            "x: y",
            "[x",
            "{x",
            "'",
            '"',
            "|",
            ">",
            "@x",
            "`",
            "%",
            "!x",
            "&x",
            "*x",
            " x",
            "x ",
        ),
        *(
            "",
            "\nx",
            "x\n\n",
            "\tx",
            "x\n\ty",
            "x\n  y\n z",
            "x\r\ny",
            "\u00a0x",
            "å 😀",
            "ordet " * 40,
            "o" * 300,
        ),
    ]
)
WORDS = st.lists(
    st.sampled_from(["råd", "stöd", "1e5", "#5", "-", ":", "  ", "och", "\n", "'", '"', "½"]),
    max_size=60,
).map(" ".join)
SCALARS = st.one_of(
    TEXTS,
    LOOK_ALIKES,
    WORDS,
    st.none(),
    st.booleans(),
    st.integers(-(10**13), 10**14),
    st.floats(allow_nan=False, allow_infinity=False),
)
KEYS = st.one_of(TEXTS, LOOK_ALIKES).filter(
    lambda name: name.isprintable() and name == name.strip() and bool(name)
)
DATA = st.dictionaries(
    KEYS,
    st.recursive(
        SCALARS,
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
        max_leaves=12,
    ),
    min_size=1,
    max_size=5,
)


@settings(STEADY, max_examples=100)
@given(DATA)
def test_what_is_written_is_read_back_and_has_its_places(data: Any) -> None:
    text = to_yaml(data)
    assume(not hygiene.CONTROL.search(text) and unicodedata.is_normalized("NFC", text))
    read = parse(NAME, text)
    assert read.data == data
    lines = text.splitlines()
    for path, value in iter_paths(data):
        span = read.span(path)
        assert 1 <= span.line <= len(lines)
        assert 1 <= span.column <= span.end_column <= len(lines[span.line - 1]) + 2
        written = source(text, span)
        if (
            isinstance(value, str)
            and not written.startswith(('"', "'"))
            and span != read.span(path, key=True)
        ):
            assert written == value
        elif isinstance(value, int | float):
            assert data_of(f"- {written}\n") == [value]
        assert parse_path(path_text(path)) == path or any(
            "." in str(s) or "[" in str(s) or "]" in str(s) for s in path
        )


@settings(STEADY, max_examples=300)
@given(st.one_of(LOOK_ALIKES, WORDS, TEXTS))
def test_any_text_is_written_such_that_it_is_read_as_that_text(text: str) -> None:
    assume(not hygiene.CONTROL.search(text))
    assert data_of(to_yaml({"a": text, "b": [text, [text]]})) == {"a": text, "b": [text, [text]]}


@pytest.mark.parametrize("text", ["0380", "00", "0o7", "1e5", "0" * 64, "1.", "2025-07-01", "yes"])
def test_text_that_some_program_takes_for_something_else_is_quoted(text: str) -> None:
    assert to_yaml({"a": text}) == f"a: '{text}'\n"


# Only files of these kinds are written by the program.
WRITTEN = [
    path
    for path in CATALOGUE_FILES
    if path.relative_to(CATALOGUE).parts[0] in ("kommuner", "regler")
]


@pytest.mark.parametrize("path", WRITTEN, ids=lambda path: str(path.relative_to(CATALOGUE)))
def test_catalogue_is_written_such_that_it_is_read_back(path: Path) -> None:
    data = read(path).data
    assert data_of(to_yaml(data)) == data


# Nothing else than UnreadableDocument


def survive(text: str) -> None:
    """Reads ``text``; whatever is wrong must be told with places inside it."""
    try:
        read = parse(NAME, text)
    except UnreadableDocument as error:
        lines = len(text.splitlines()) + 1
        assert error.problems
        for problem in error.problems:
            assert 1 <= problem.span.line <= lines
            assert problem.span.column >= 1
            assert problem.message and "\n" not in problem.message
    else:
        spans(read)


MARKS = [*"[]{}:,-?#&*!|>'\"%@`\\ \n\t\r=~.0a5å😀\u00a0\u200b\ufeff\u030a\x00\x85\ud800"]
SYNTAX = st.lists(
    st.sampled_from([*MARKS, ": ", "- ", "\n  ", "<<", "---\n", "...\n", "a: ", '"\\x41'])
).map("".join)


@settings(STEADY, max_examples=500)
@given(st.one_of(st.text(), SYNTAX))
def test_any_text_is_read_or_told(text: str) -> None:
    survive(text)


@settings(STEADY, max_examples=300)
@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_told(raw: bytes) -> None:
    try:
        text = hygiene.decoded(NAME, raw)
    except UnreadableDocument as error:
        assert error.problems[0].rule == "IK905"
    else:
        survive(text)


@settings(STEADY, max_examples=300)
@given(
    st.sampled_from([path for path in CATALOGUE_FILES if "uppsala" in path.parts][:12]),
    st.lists(
        st.tuples(st.floats(0, 1), st.integers(0, 12), st.one_of(SYNTAX, st.text(max_size=5))),
        min_size=1,
        max_size=4,
    ),
)
def test_a_damaged_file_is_read_or_told(path: Path, damages: list[tuple[float, int, str]]) -> None:
    text = path.read_text("utf-8")[:3000]
    for place, cut, new in damages:
        at = int(place * len(text))
        text = text[:at] + new + text[at + cut :]
    survive(text)


@settings(STEADY, max_examples=40)
@given(st.integers(0, 10_000), st.binary(max_size=6))
def test_a_damaged_municipality_is_loaded_or_told(
    tmp_path_factory: pytest.TempPathFactory, at: int, new: bytes
) -> None:
    folder = write_kommun(tmp_path_factory.mktemp("kommun") / "exempel")
    raw = (CATALOGUE / "kommuner" / "uppsala" / "insatser" / "cope.yaml").read_bytes()
    at %= len(raw)
    (folder / "insatser" / "cope.yaml").write_bytes(raw[:at] + new + raw[at + len(new) :])
    loaded = loading.load_kommun(folder)
    assert loaded.revision is not None
    assert len(loaded.problems) + len(loaded.revision.insatser) == 1


@pytest.mark.parametrize(
    "odd", ["\U000e0041", "\U000e0001", "\U000e007f", "\U000e0100", "\u202e", "\u2066"]
)
def test_what_can_hide_or_turn_a_text_is_refused(odd: str) -> None:
    for text, wanted in (
        (f"namn: Samtal{odd}\n", "osynligt styrtecken"),
        (f'namn: "Samtal\\U{ord(odd):08x}"\n', "skrivet som teckenkod"),
    ):
        with pytest.raises(hygiene.UnreadableDocument) as caught:
            document.parse(Path("a.yaml"), text)
        assert [problem.rule for problem in caught.value.problems] == ["IK905"]
        assert wanted in caught.value.problems[0].message


def test_a_letter_that_is_lost_is_told_where_it_stood() -> None:
    for text, place in (
        ("namn: R\ufffdd\n", (1, 8)),
        ('namn: "R\\ufffdd"\n', (1, 7)),
        ("x: 1\nnamn: |\n  a\n  R\ufffdd\n", (4, 4)),
    ):
        (problem,) = document.damage(document.parse(Path("a.yaml"), text))
        assert (problem.rule, problem.span.line, problem.span.column) == ("IK905", *place)
        assert "skadad" in problem.message
    assert document.damage(document.parse(Path("a.yaml"), "namn: Råd # R\ufffdd\n")) == []


def test_a_conflict_in_a_text_that_is_drawn_in_is_told_as_one() -> None:
    text = "innehåll: |\n  Hej.\n  <<<<<<< HEAD\n  Ett.\n  =======\n  Två.\n  >>>>>>> gren\n"
    (problem,) = document.damage(document.parse(Path("a.yaml"), text))
    assert problem.rule == "IK901"
    assert "olöst git-konflikt (rad 3–7)" in problem.message
    for lawful in (
        "innehåll: |\n  Rubrik\n  =======\n  Text.\n",
        f"namn: Råd\n# {text}".replace("\n  ", "\n# "),
    ):
        assert document.damage(document.parse(Path("a.yaml"), lawful)) == []


def test_a_conflict_among_fields_that_are_drawn_in_is_told_as_one() -> None:
    text = (
        "målgrupp:\n  <<<<<<< HEAD\n  beskrivning: Ett.\n  =======\n  beskrivning: Två.\n  "
        ">>>>>>> gren\n"
    )
    with pytest.raises(hygiene.UnreadableDocument) as caught:
        document.parse(Path("a.yaml"), text)
    assert "olöst git-konflikt (rad 2–6)" in caught.value.problems[0].message


def test_a_pointer_to_git_lfs_is_told_as_one() -> None:
    text = f"version https://git-lfs.github.com/spec/v1\noid sha256:{'0' * 64}\nsize 812\n"
    with pytest.raises(UnreadableDocument) as error:
        parse(Path("x.yaml"), text)
    (problem,) = error.value.problems
    assert problem.message.startswith("Filen är bara en hänvisning till Git LFS")
    assert "git lfs pull" in problem.remedy


def test_lines_to_paste_are_only_made_where_they_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []

    def beginning(kind: str) -> str:
        made.append(kind)
        return "namn: …"

    monkeypatch.setattr(samples, "beginning", beginning)
    folder = write_kommun(tmp_path / "exempel", {"sund": {}, "trasig": {"syftte": "x"}}, {})
    load(folder)
    assert made == []
    (folder / "insatser" / "tom.yaml").write_text("")
    load(folder)
    assert made == ["insats"]
