"""Names of files and folders are anyone's: nothing in them reaches a terminal, a log, a report or a
file that is written."""

from __future__ import annotations

import ast
import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from insatskoll import names
from tests.catalogues import write_kommun
from tests.decisions import INFORMATION, insats
from tests.program import run
from tests.test_architecture import modules

HOSTILE = {
    "rad": "a\n::stop-commands::x\n",
    "retur": "b\r::error::y",
    "terminal": "c\x1b]0;titel\x07\x1b[2J",
    "c1": "d\x9b31m",
    "byte": os.fsdecode(b"e\xff"),
    "bidi": "f\u202egp",
    "arabisk": "g\u061c",
    "tagg": "h\U000e0041",
    "osynlig": "i\u200b\u2028",
    "loggrad": "j##[add-mask]x",
    "azure": "k##vso[task.setvariable variable=x]y",
    "kommando": "::warning::z",
    "lång": "l" * 200 + "\n" * 20,
}


# Several at once, so that the runs are few; not all, since what refuses to go on tells but the
# first.
GROUPS = [list(HOSTILE)[0::2], list(HOSTILE)[1::2]]


def hostile_catalogue(root: Path, hostile: list[str]) -> Path:
    """A catalogue in which every kind of file and folder has the names, besides municipalities that
    are as they should be."""
    kommuner = root / "catalogue" / "kommuner"
    write_kommun(kommuner / "hel", {"samtal": insats("Samtal")}, INFORMATION)
    folder = write_kommun(kommuner / "exempel", {"samtal": insats("Samtal")}, INFORMATION)
    (root / "catalogue" / "begrepp").mkdir()
    for name in hostile:
        bad = write_kommun(kommuner / name, {name: insats("Samtal")}, INFORMATION)
        bad.joinpath("insatser", "trasig.yaml").write_text("namn: [", "utf-8")
        text = (folder / "insatser" / "samtal.yaml").read_bytes()
        for part in ("insatser", "beslut", "riskanalyser", "mallar", "kopior"):
            (folder / part / name).mkdir(parents=True)
            for ending in (".yaml", ".yml", ".html.j2", ".css", ""):
                (folder / part / f"{name} {ending}").write_bytes(text)
                (folder / part / name / f"{name}{ending}").write_bytes(text)
                if ending:
                    (folder / part / f"{name}{ending}").write_bytes(text)
        (folder / "insatser" / f"{name}.trasig.yaml").write_text("namn: [", "utf-8")
        (folder / "insatser" / f"{name}-länk.yaml").symlink_to("samtal.yaml")
        (folder / f"{name}.yaml").write_bytes(text)
        (root / "catalogue" / name).mkdir()
        for part in ("begrepp", name):
            (root / "catalogue" / part / f"{name}.yaml").write_text("begrepp: 1", "utf-8")
        (root / f"{name}.yaml").write_bytes(text)
    return folder


def texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts(inner)
    elif isinstance(value, str):
        yield value


OURS = (
    *(f"::{level} file=" for level in ("error", "warning", "notice")),
    "::notice::13 fynd i baslinjen finns",
)
AZURE = re.compile(r"##vso\[task\.logissue type=(?:error|warning);sourcepath=[^\]]*\]")


def assert_harmless(printed: str) -> None:
    for line in printed.split("\n"):
        assert line.isprintable(), line
        assert not line.lstrip().startswith("::") or line.startswith(OURS), line
        bare = AZURE.sub("", line, count=1) if line.startswith("##vso") else line
        assert "##[" not in bare and "##vso[" not in bare, line


COMMANDS = [
    *(
        f"lint --format {form}"
        for form in ("text", "json", "github", "azure", "gitlab", "sarif", "junit", "markdown")
    ),
    "lint exempel",
    "lint --waived --fail-level råd",
    "lint --diff",
    "lint --fix",
    "lint --write-baseline",
    "show",
    "show exempel",
    "show exempel samtal",
    "show exempel --beslut",
    "show samtal --historik",
    "render --format md",
    "render exempel --format json",
    "render hel --format md --granskningsbilaga",
    "diff",
    "diff --kommun exempel",
    "diff catalogue catalogue/kommuner",
    "diff catalogue/kommuner/exempel catalogue/kommuner/hel --format markdown --lint",
    "decide exempel --datum 2025-10-20 --paragraf §1 --dnr 1",
    "rules",
    "explain 14:5",
]


@pytest.mark.parametrize("group", GROUPS, ids=" ".join)
def test_a_hostile_name_reaches_nothing(group: list[str], tmp_path: Path) -> None:
    hostile = [HOSTILE[kind] for kind in group]
    folder = hostile_catalogue(tmp_path, hostile)
    commands: list[list[str | Path]] = [[*command.split()] for command in COMMANDS]
    for name in hostile:
        paths = [
            folder / "insatser" / f"{name}.yaml",
            folder / f"{name}.yaml",
            tmp_path / "catalogue" / "kommuner" / name,
        ]
        commands += [
            ["lint", paths[0]],
            ["diff", paths[0], folder],
            ["render", paths[-1], "--format", "md"],
        ]
    said = ""
    for command in commands:
        done = run(*command, cwd=tmp_path)
        assert_harmless(done.out + done.err)
        if done.out.startswith(("{", "[")):
            for text in texts(json.loads(done.out)):
                assert all(c.isprintable() or c == "\n" for c in text), text
                assert "::stop-commands" not in text
        said += done.out
    for name in hostile:
        assert names.short(name) in said or names.plain(name) in said
    for written in (tmp_path / "ut").glob("*"):
        content = written.read_text("utf-8")
        assert all(c.isprintable() or c == "\n" for c in content), written
        assert "::stop-commands" not in content


@pytest.mark.parametrize("place", ["regler", "lagrum", "mallar"])
@pytest.mark.parametrize("kind", ["rad", "byte", "bidi"])
def test_own_rules_provisions_and_templates_with_hostile_names(
    place: str, kind: str, tmp_path: Path
) -> None:
    write_kommun(
        tmp_path / "catalogue" / "kommuner" / "exempel", {"samtal": insats("Samtal")}, INFORMATION
    )
    (tmp_path / "catalogue" / place).mkdir()
    for ending in ("yaml", "html.j2"):
        (tmp_path / "catalogue" / place / f"{HOSTILE[kind]}.{ending}").write_text(
            "{% include 'x' %}", "utf-8"
        )
    for command in ("lint", "rules", "render --layout tabell --format md"):
        done = run(*command.split(), cwd=tmp_path)
        assert_harmless(done.out + done.err)


def test_names_in_a_baseline(tmp_path: Path) -> None:
    write_kommun(tmp_path / "catalogue" / "kommuner" / "exempel", {"samtal": {}}, INFORMATION)
    files = [name.encode("utf-8", "replace").decode() for name in HOSTILE.values()]
    facts = {"rule": "IK203", "fingerprint": "0" * 32}
    known = [facts | {"file": f"exempel/insatser/{file}", "dataPath": file} for file in files]
    baseline = tmp_path / "insatskoll-baslinje.json"
    baseline.write_text(json.dumps({"version": 1, "findings": known}), "utf-8")
    for form in ("text", "json", "github", "azure", "gitlab", "sarif", "junit", "markdown"):
        done = run("lint", "--format", form, cwd=tmp_path)
        assert_harmless(done.out + done.err)
    assert run("lint", "exempel", "--select", "IK2", "--write-baseline", cwd=tmp_path).code == 0
    assert_harmless(baseline.read_text("utf-8"))


def test_a_folder_to_work_in_with_a_hostile_name(tmp_path: Path) -> None:
    for kind in ("rad", "byte", "kommando", "azure"):
        name = HOSTILE[kind]
        root = tmp_path / name
        write_kommun(
            root / "catalogue" / "kommuner" / "exempel",
            {"samtal": insats("Samtal"), "trasig": b"namn: ["},
            INFORMATION,
        )
        for cwd, command in (
            (root, "lint"),
            (tmp_path, f"lint|{name}"),
            (root, f"lint|{root}"),
            (tmp_path, f"render|{name}|--format|md"),
        ):
            done = run(*command.split("|"), cwd=cwd)
            assert_harmless(done.out + done.err)


def test_what_cannot_be_seen_is_written_out() -> None:
    assert names.plain("a\n::b\x1b[2J\u202e") == "a[U+000A][U+003A]:b[U+001B][2J[U+202E]"
    assert names.plain(os.fsdecode(b"\xff.yaml")) == "[0xFF].yaml"
    assert names.plain("öppen-mötesplats é 2.yaml") == "öppen-mötesplats é 2.yaml"
    assert names.plain("##[error]x") == "[U+0023]#[error]x"
    assert len(names.short("å" * 5000)) == names.LONGEST
    assert len(names.short("\n" * 5000)) == names.LONGEST


_NAMES = {"path", "folder", "file", "filename", "catalogue", "root", "stem", "parent"}
# There the same words name a path in the data, or a file that the program has named itself.
_OTHER = {
    "bilaga.conversion",
    "bilaga.docx",
    "bilaga.printable",
    "bilaga.publish",
    "bilaga.render",
    "catalogue.commits",
    "decisions.decide",
    "decisions.review",
    "diff.besides",
    "diff.sources",
    "reading.git",
    "reading.samples",
    "reading.schema",
    "tracked.merging",
    "tracked.package",
}


def named(node: ast.expr) -> bool:
    """Whether the expression is, by its name, that of a file or a folder, and not within a call."""
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name in _NAMES
        case ast.BinOp(left=left) | ast.BoolOp(values=[left, *_]):
            return named(left)
        case (
            ast.Call(func=ast.Attribute(value=inner, attr="as_posix" | "resolve" | "absolute"))
            | ast.Call(func=ast.Name(id="str"), args=[inner])
        ):
            return named(inner)
    return False


@pytest.mark.parametrize("module", sorted(set(modules()) - _OTHER))
def test_no_message_holds_a_name_as_it_is(module: str) -> None:
    tree = ast.parse(modules()[module].read_text("utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.FormattedValue):
            assert not named(node.value), f"{module}:{node.lineno}: {ast.unparse(node.value)}"
        if isinstance(node, ast.Call) and ast.unparse(node.func) in {"click.echo", "Text"}:
            for argument in node.args:
                assert not named(argument), f"{module}:{node.lineno}: {ast.unparse(argument)}"
