"""The modules follow the data: imports go one way, and only the command line prints."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import insatskoll

PACKAGE = Path(insatskoll.__file__).parent

# Each module may import those of the lines above its own.
LAYERS = (
    {"", "errors", "places", "resources", "colours", "dates", "names"},
    {"writing", "git", "pictures", "templating", "word"},
    {"syntax", "inventory"},
    {"document"},
    {"schema"},
    {"model"},
    {"findings", "revision", "phrases", "printed", "snapshots", "profile"},
    {"predicates.registry"},
    {"predicates.ages", "predicates.decisions", "predicates.references"},
    {"predicates.documentation", "predicates.likeness", "predicates.text"},
    {"predicates.conditions", "predicates.consent", "predicates.duties", "predicates.language"},
    {"predicates"},
    {"rules"},
    {"selection"},
    {"lint", "fixes", "scaffold", "workspace", "bilaga_json", "convert"} | {"diff.matching", "diff.words", "diff.blocks", "diff"},
    {"baseline", "examples", "diff.facts", "diff.findings", "diff.marks", "diff.package", "diff.pairing"},
    {"diff.judgement", "diff.patch", "diff.tracked"},
    {"reporters"},
    {"diff.report", "rule_pages", "provision_pages", "rule_reference", "render"},
    {"history", "diff.terminal", "diff.pages", "reporters.text", "reporters.github", "reporters.json_report"}
    | {"reporters.sarif", "reporters.gitlab", "reporters.junit", "reporters.markdown"},
    {"show", "changelog", "diff.markdown", "diff.json_form", "sides", "granskning", "publish", "watch"},
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
    """The modules of the package that ``path`` imports at its top, whole or by name."""
    found: set[str] = set()
    for node in ast.parse(path.read_text("utf-8")).body:
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "insatskoll":
            base = (node.module or "").removeprefix("insatskoll").strip(".")
            inner = {f"{base}.{alias.name}".strip(".") for alias in node.names}
            found |= {name for name in inner if name in RANK} or {base}
    return found


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
