"""The extension for VS Code: it starts our server for our files, and does nothing else."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.catalogues import ROOT

EXTENSION = ROOT / "editors" / "vscode"
MANIFEST: dict[str, Any] = json.loads((EXTENSION / "package.json").read_text("utf-8"))
SOURCE = (EXTENSION / "src" / "extension.js").read_text("utf-8")


def test_its_commands_are_the_servers_and_its_own() -> None:
    server = pytest.importorskip("insatskoll.lsp.server", exc_type=ImportError)
    offered = {one["command"] for one in MANIFEST["contributes"]["commands"]}
    own = set(re.findall(r'registerCommand\("([^"]+)"', SOURCE))
    assert offered == {server.ALL, server.OPEN} | own
    page = (ROOT / "docs" / "redigerare.md").read_text("utf-8")
    assert all(name in page for name in (server.ALL, server.OPEN, "insatskoll.kommando"))


def test_the_program_is_not_started_in_the_folder_that_is_open() -> None:
    """Windows looks for a program in the folder that it is started in before all others."""
    assert re.search(r"return \{ command: program, args, options: \{ cwd: home \} \}", SOURCE)
    assert "home = context.extensionPath;" in SOURCE


def test_it_is_for_the_files_that_the_server_looks_after() -> None:
    files = pytest.importorskip("insatskoll.lsp.files", exc_type=ImportError)
    listed = re.search(r"FILES = \[(.*?)\]", SOURCE, re.DOTALL)
    assert listed is not None
    patterns = re.findall(r'"([^"]+)"', listed[1])
    for path in ("x/kommun.yaml", "x/profil.yaml", *(f"x/{part}/a.yaml" for part in PARTS)):
        assert files.kind_of(Path(path)) is not None
        assert any(matches(path, pattern) for pattern in patterns), path
    assert files.kind_of(Path("x/annat/a.yaml")) is None
    assert not any(matches("x/annat/a.yaml", pattern) for pattern in patterns)


PARTS = ("insatser", "riskanalyser", "beslut")


def matches(path: str, pattern: str) -> bool:
    """Whether VS Code takes ``path`` for one of ``pattern``, of those signs that we use."""
    said = re.escape(pattern).replace(r"\*\*/", "(?:.*/)?").replace(r"\*", "[^/]*")
    said = re.sub(r"\\{(.*?)\\}", lambda found: f"(?:{found[1].replace(',', '|')})", said)
    return re.fullmatch(said, path) is not None


def test_no_folder_decides_what_is_run_and_nothing_is_sent() -> None:
    (setting,) = MANIFEST["contributes"]["configuration"]["properties"].values()
    assert setting["scope"] == "machine"
    assert MANIFEST["capabilities"]["untrustedWorkspaces"]["supported"] is False
    assert "*" not in MANIFEST["activationEvents"]
    assert "dependencies" not in MANIFEST  # what it is made of is in the bundle
    assert not re.search(r"https?:|telemetry|fetch\(", SOURCE)
    required = set(re.findall(r'require\("([^"]+)"\)', SOURCE))
    assert required == {"vscode", "vscode-languageclient/node"}
    lock = json.loads((EXTENSION / "package-lock.json").read_text("utf-8"))
    assert all("integrity" in one and "resolved" not in one for one in pinned(lock))


def pinned(lock: dict[str, Any]) -> list[dict[str, Any]]:
    """What is fetched to build it."""
    return [one for name, one in lock["packages"].items() if name]
