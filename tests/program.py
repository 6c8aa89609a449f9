"""Runs the program as a user does: a process of its own, in a folder of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.catalogues import ROOT


@dataclass(frozen=True)
class Run:
    code: int
    out: str
    err: str


def run(*arguments: str | Path, cwd: Path = ROOT, env: dict[str, str] | None = None) -> Run:
    done = subprocess.run(
        [sys.executable, "-m", "insatskoll", *map(str, arguments)],
        cwd=cwd,
        env=os.environ | {"COLUMNS": "120", "TERM": "dumb"} | (env or {}),
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert "Traceback" not in done.stderr, done.stderr
    return Run(done.returncode, done.stdout, done.stderr)
