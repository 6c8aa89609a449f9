"""Programs that some tests need besides Python's."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest


def missing(what: str, how: str) -> None:
    """Skips the test since ``what`` is lacking, or fails it if INSATSKOLL_KRAV_ALLT=1; ``how`` is
    how one gets it."""
    why = f"{what} finns inte: {how}"
    if os.environ.get("INSATSKOLL_KRAV_ALLT") == "1":
        pytest.fail(why)
    pytest.skip(why)


def yaml_language_server() -> str:
    """The command of the program that checks and explains YAML in editors."""
    found = os.environ.get("INSATSKOLL_YAML_LS") or shutil.which("yaml-language-server")
    if found is None or shutil.which("node") is None:
        missing(
            "node och yaml-language-server",
            "npm install -g yaml-language-server, eller ange INSATSKOLL_YAML_LS",
        )
    return str(found)


def sarif_errors(path: Path) -> list[Any]:
    """What the standard's own tool finds wrong with a SARIF log."""
    tool = os.environ.get("INSATSKOLL_SARIF_MULTITOOL") or shutil.which("sarif-multitool-linux")
    if tool is None:
        missing(
            "SARIF Multitool",
            "npm install -g @microsoft/sarif-multitool-linux, eller ange "
            "INSATSKOLL_SARIF_MULTITOOL",
        )
    command = [str(tool), "validate", path.name, "--level", "Error", "--output", "result.sarif"]
    done = subprocess.run(
        command, cwd=path.parent, capture_output=True, text=True, check=False, timeout=120
    )
    assert "Analysis completed successfully" in done.stdout, done.stdout + done.stderr
    (run,) = json.loads(path.with_name("result.sarif").read_text("utf-8-sig"))["runs"]
    found: list[Any] = run.get("results", [])
    return found
