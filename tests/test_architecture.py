"""The modules follow the data: imports go one way, and only the command line prints."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import insatskoll

PACKAGE = Path(insatskoll.__file__).parent

# Each module may import those of the lines above its own.
LAYERS = (
    {"", "errors", "places", "resources", "colours", "dates", "names", "meant", "styles", "running"},
    {"allowed", "glyphs", "expressions"},
    {"folders"},
    {"locking", "reading"},
    {"writing", "git", "pictures", "templating", "word"},
    {"indentation"},
    {"syntax", "inventory"},
    {"document"},
    {"samples"},
    {"numbers"},
    {"schema"},
    {"model"},
    {"findings", "revision", "phrases", "printed", "snapshots", "profile", "conditions", "condition_cost", "fees"},
    {"predicates.parameters", "shapes"},
    {"predicates.registry"},
    {"predicates.ages", "predicates.decisions", "predicates.references"},
    {"predicates.documentation", "predicates.likeness", "predicates.printing", "predicates.text"},
    {
        "predicates.areas",
        "predicates.conditions",
        "predicates.consent",
        "predicates.duties",
        "predicates.exemptions",
        "predicates.fees",
        "predicates.impossible",
        "predicates.copies",
        "predicates.provisions",
        "predicates.language",
        "predicates.motions",
        "predicates.wholes",
    },
    {"predicates"},
    {"rule_fields"},
    {"rules"},
    {"selection"},
    {"lint", "fixes", "scaffold", "workspace", "bilaga_json", "convert"} | {"diff.matching", "diff.words", "diff.blocks", "diff"},
    {
        "baseline",
        "besides",
        "examples",
        "diff.children",
        "diff.facts",
        "diff.findings",
        "diff.marks",
        "diff.package",
        "diff.pairing",
    },
    {"diff.judgement", "diff.patch", "diff.tracked"},
    {"reporters", "reporters.cutting"},
    {"diff.report", "rule_pages", "provision_pages", "rule_reference", "render"},
    {"history", "diff.terminal", "diff.letter", "diff.pages", "reporters.text", "reporters.github", "reporters.json_report"}
    | {"reporters.sarif", "reporters.gitlab", "reporters.junit", "reporters.markdown"},
    {"show", "changelog", "diff.markdown", "diff.json_form", "diff.decisions", "sides", "granskning", "publish", "watch"},
    {"decide", "diff.documents"},
    {"swedish_cli", "cli.common"},
    {"cli.decisions", "cli.diff", "cli.lint", "cli.render", "cli.rules"},
    {"cli"},
    {"__main__"},
)
RANK = {name: rank for rank, layer in enumerate(LAYERS) for name in layer}


def modules() -> dict[str, Path]:
    names = {}
    for path in PACKAGE.rglob("*.py"):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        names[".".join(part for part in parts if part != "__init__")] = path
    return names


def imported(path: Path) -> set[str]:
    """The modules of the package that ``path`` imports anywhere, whole or by name; not what only the types need."""
    tree = ast.parse(path.read_text("utf-8"))
    for_types = {id(inner) for node in ast.walk(tree) if _is_for_types(node) for inner in ast.walk(node)}
    found: set[str] = set()
    for node in ast.walk(tree):
        if id(node) in for_types:
            continue
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "insatskoll":
            base = (node.module or "").removeprefix("insatskoll").strip(".")
            inner = {f"{base}.{alias.name}".strip(".") for alias in node.names}
            found |= {name for name in inner if name in RANK} or {base}
    return found


def _is_for_types(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"


def test_every_module_has_its_place() -> None:
    assert set(modules()) == set(RANK)


@pytest.mark.parametrize("name", sorted(RANK))
def test_imports_go_up_the_lines_only(name: str) -> None:
    for other in imported(modules()[name]):
        assert RANK[other] < RANK[name], f"{name} imports {other}"


@pytest.mark.parametrize(
    "name", sorted(n for n in RANK if n not in {"cli", "swedish_cli", "__main__"} and not n.startswith("cli."))
)
def test_only_the_command_line_prints_and_exits(name: str) -> None:
    text = modules()[name].read_text("utf-8")
    for call in ast.walk(ast.parse(text)):
        if isinstance(call, ast.Call):
            assert ast.unparse(call.func) not in {"print", "exit", "sys.exit", "click.echo", "typer.echo"}


def test_nothing_asks_the_clock_the_locale_or_the_network() -> None:
    for name, path in modules().items():
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import | ast.ImportFrom):
                names = {alias.name for alias in node.names} | {getattr(node, "module", None)}
                assert names.isdisjoint({"time", "locale", "random", "socket", "urllib", "urllib.request", "requests"}), name
            if isinstance(node, ast.Attribute):
                assert node.attr not in {"now", "today", "utcnow"}, name


# Who opens, makes or removes files past the two doors, and why that is safe.
PAST_THE_DOORS = {
    ("folders", "os.open"): "what the doors are made of",
    ("reading", "open"): "a descriptor from folders",
    ("reading", "os.open"): "a file that comes with the program",
    ("writing", "open"): "a descriptor from folders",
    ("writing", "folder.rmdir"): "an empty folder that the same run made",
    ("locking", "os.open"): "the folder itself, to lock it",
    ("folders", "os.mkdir"): "what the doors are made of",
    ("folders", "start.mkdir"): "a folder that the user has named",
    ("folders", "os.unlink"): "what the doors are made of",
    ("folders", "os.rmdir"): "what the doors are made of",
    ("folders", "os.link"): "what the doors are made of",
    ("folders", "os.replace"): "what the doors are made of",
    ("glyphs", "read_text"): "a file that comes with the program",
    ("samples", "path.read_text"): "the schemas come with the program",
    ("cli", "open"): "what swallows all that is written to it",
    ("cli.rules", "path.unlink"): "pages that were made here, in the folder that the user has named; a link itself is removed",
    ("examples", "write_text"): "the examples' municipality, in a new folder of the computer's own",
    ("examples", "write_bytes"): "the same",
    ("examples", "mkdir"): "the same",
    ("convert", "reference.write_bytes"): "in a new folder of the computer's own",
    ("convert", "path.write_bytes"): "in a new folder of the computer's own",
    ("convert", "path.parent.mkdir"): "in a new folder of the computer's own",
}
OPENS = {"open", "read_text", "read_bytes", "write_text", "write_bytes", "unlink", "rmdir", "mkdir", "touch", "chmod", "rename"}
OPENS |= {"link", "link_to", "hardlink_to", "symlink", "symlink_to", "removedirs", "makedirs", "rmtree", "copyfile", "copytree"}


def past_the_doors(path: Path) -> set[str]:
    """The calls in a module that open or change files by name, as they are written."""
    found = set()
    for call in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not isinstance(call, ast.Call):
            continue
        said = ast.unparse(call.func)
        name = said.rpartition(".")[2]
        replaces = (
            name == "replace" and "." in said and len(call.args) == 1 and not call.keywords and said != "dataclasses.replace"
        )
        if name in OPENS or replaces or said in {"os.replace", "shutil.move"}:
            found.add(said)
    return found


@pytest.mark.parametrize("name", sorted(RANK))
def test_files_go_in_and_out_by_the_two_doors(name: str) -> None:
    doors = {
        "reading.read_text",
        "folder.open",
        "work.folder.open",
        "work.folder.link",
        "folders.open",
        "zipfile.open",
        "pikepdf.open",
    }
    for said in past_the_doors(modules()[name]) - doors:
        known = {(name, said), (name, said.rpartition(".")[2])}
        assert known & PAST_THE_DOORS.keys(), f"{name}: {said}"
