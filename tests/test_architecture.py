"""The modules follow the data: imports go one way, and only the command line prints."""

from __future__ import annotations

import ast
import re
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

import insatskoll

PACKAGE = Path(insatskoll.__file__).parent
ROOT = Path(__file__).parents[1]

# Each room may import from those after it, and from itself without going in a circle.
ROOMS = (
    "cli",
    "lsp",
    "api",
    "importing",
    "scaffold",
    "decisions",
    "tracked",
    "diff",
    "bilaga",
    "lint",
    "law",
    "catalogue",
    "reading",
    "",
)
START = "__main__"


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


@cache
def nodes(path: Path) -> tuple[ast.AST, ...]:
    return tuple(ast.walk(parsed(path)))


def modules() -> dict[str, Path]:
    names = {}
    for path in PACKAGE.rglob("*.py"):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        names[".".join(part for part in parts if part != "__init__")] = path
    return names


MODULES = modules()


def room(module: str) -> str:
    """The room that a module lies in; empty for those at the top."""
    first = module.partition(".")[0]
    return first if first in ROOMS else ""


def imported(path: Path, *, for_types: bool = True) -> set[str]:
    """The modules of the package that ``path`` imports anywhere, whole or by name; ``for_types``
    also what only types need."""
    passed_over = (
        set()
        if for_types
        else {id(n) for node in nodes(path) if _is_for_types(node) for n in ast.walk(node)}
    )
    found: set[str] = set()
    for node in nodes(path):
        if id(node) in passed_over:
            continue
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "insatskoll":
            base = (node.module or "").removeprefix("insatskoll").strip(".")
            names = {f"{base}.{alias.name}".strip(".") for alias in node.names}
            found |= {name for name in names if name in MODULES}
            found |= {base} if any(name not in MODULES for name in names) else set()
    return found


def _is_for_types(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"


def test_every_folder_is_a_room() -> None:
    assert {room(name) for name in MODULES} == set(ROOMS)


@pytest.mark.parametrize("name", sorted(MODULES.keys() - {START}))
def test_imports_go_down_the_rooms_only(name: str) -> None:
    for other in imported(MODULES[name]):
        assert ROOMS.index(room(other)) >= ROOMS.index(room(name)), f"{name} imports {other}"


def test_no_room_goes_in_a_circle() -> None:
    graph = {name: imported(path, for_types=False) - {name} for name, path in MODULES.items()}
    for package in (name for name, path in MODULES.items() if path.name == "__init__.py"):
        graph[package] = {other for other in graph[package] if other}
    TopologicalSorter(graph).prepare()


@pytest.mark.parametrize(
    "name", sorted(name for name in MODULES if room(name) != "cli" and name != START)
)
def test_only_the_command_line_prints_and_exits(name: str) -> None:
    for call in nodes(MODULES[name]):
        if isinstance(call, ast.Call):
            assert ast.unparse(call.func) not in {
                "print",
                "exit",
                "sys.exit",
                "click.echo",
                "typer.echo",
            }


def test_nothing_asks_the_clock_the_locale_or_the_network() -> None:
    for name, path in MODULES.items():
        for node in nodes(path):
            if isinstance(node, ast.Import | ast.ImportFrom):
                names = {alias.name for alias in node.names} | {getattr(node, "module", None)}
                if (
                    name == "reading.trees"
                ):  # whether a file has just been changed; it decides no answer
                    names -= {"time"}
                assert names.isdisjoint(
                    {"time", "locale", "random", "socket", "urllib", "urllib.request", "requests"}
                ), name
            if isinstance(node, ast.Attribute):
                assert node.attr not in {"now", "today", "utcnow"}, name


# Who opens, makes or removes files past the two doors, and why that is safe.
PAST_THE_DOORS = {
    ("folders", "os.open"): "what the doors are made of",
    ("reading.files", "open"): "a descriptor from folders",
    ("reading.files", "os.open"): "a file that comes with the program",
    ("writing", "open"): "a descriptor from folders",
    ("writing", "folder.rmdir"): "an empty folder that the same run made",
    ("locking", "os.open"): "the folder itself, to lock it",
    ("folders", "os.mkdir"): "what the doors are made of",
    ("folders", "start.mkdir"): "a folder that the user has named",
    ("folders", "os.unlink"): "what the doors are made of",
    ("folders", "os.link"): "what the doors are made of",
    ("folders", "os.replace"): "what the doors are made of",
    ("law.inflection", "FORMS.read_text"): "a file that comes with the program",
    ("catalogue.glyphs", "read_text"): "a file that comes with the program",
    ("reading.samples", "path.read_text"): "the schemas come with the program",
    ("cli", "open"): "what swallows all that is written to it",
    ("cli.pages", "path.unlink"): (
        "pages that were made here, in the folder that the user has named; a link itself is removed"
    ),
    (
        "reading.cache",
        "unlink",
    ): "what the program itself has kept in the user's folder for such things",
    (
        "lint.examples",
        "write_text",
    ): "the examples' municipality, in a new folder of the computer's own",
    ("lint.examples", "write_bytes"): "the same",
    ("lint.examples", "mkdir"): "the same",
    ("bilaga.conversion", "reference.write_bytes"): "in a new folder of the computer's own",
    ("decisions.signtools", "write_bytes"): "in a new folder of the computer's own",
    ("bilaga.bounded", "path.write_bytes"): "in a new folder of the computer's own",
    ("bilaga.bounded", "path.parent.mkdir"): "in a new folder of the computer's own",
}
OPENS = {
    "open",
    "read_text",
    "read_bytes",
    "write_text",
    "write_bytes",
    "unlink",
    "rmdir",
    "mkdir",
    "touch",
    "chmod",
    "rename",
}
OPENS |= {
    "link",
    "link_to",
    "hardlink_to",
    "symlink",
    "symlink_to",
    "removedirs",
    "makedirs",
    "rmtree",
    "copyfile",
    "copytree",
}


def past_the_doors(path: Path) -> set[str]:
    """The calls in a module that open or change files by name, as they are written."""
    found = set()
    for call in nodes(path):
        if not isinstance(call, ast.Call):
            continue
        said = ast.unparse(call.func)
        name = said.rpartition(".")[2]
        replaces = (
            name == "replace"
            and "." in said
            and len(call.args) == 1
            and not call.keywords
            and said != "dataclasses.replace"
        )
        if name in OPENS or replaces or said in {"os.replace", "shutil.move"}:
            found.add(said)
    return found


@pytest.mark.parametrize("name", sorted(MODULES))
def test_files_go_in_and_out_by_the_two_doors(name: str) -> None:
    doors = {
        "files.read_text",
        "folder.open",
        "work.folder.open",
        "work.folder.link",
        "folders.open",
        "zipfile.open",
        "pikepdf.open",
        "pdfplumber.open",
    }
    for said in past_the_doors(MODULES[name]) - doors:
        known = {(name, said), (name, said.rpartition(".")[2])}
        assert known & PAST_THE_DOORS.keys(), f"{name}: {said}"


SCREEN = 50  # lines


def test_functions_fit_a_screen() -> None:
    for name, path in MODULES.items():
        for node in nodes(path):
            if isinstance(node, ast.FunctionDef):
                said = node.body[ast.get_docstring(node) is not None :]
                lines = (node.end_lineno or 0) - said[0].lineno + 1 if said else 0
                assert lines <= SCREEN, f"{name}.{node.name}: {lines}"


def test_no_choice_is_made_within_another_in_one_expression() -> None:
    for name, path in MODULES.items():
        for node in nodes(path):
            if isinstance(node, ast.IfExp):
                inner = (other for child in ast.iter_child_nodes(node) for other in ast.walk(child))
                assert not any(isinstance(one, ast.IfExp) for one in inner), f"{name}:{node.lineno}"


def test_the_page_of_the_architecture_names_every_module_in_its_room() -> None:
    page = (ROOT / "docs" / "arkitektur.md").read_text("utf-8").partition("## Rummen")[2]
    rows = re.findall(r"^\| (?:`(\w+)`|\*\(överst\)\*) \| (`[^|]*`) \|", page, re.MULTILINE)
    told = {(kept, name) for kept, names in rows for name in re.findall(r"`(\w+)`", names)}
    held = {
        (room(name), name.removeprefix(f"{room(name)}.").split(".")[0])
        for name in MODULES.keys() - {"", START}
        if name not in ROOMS
    }
    assert told == held
