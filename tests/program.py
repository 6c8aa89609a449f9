"""Runs the program as a user does: in a folder of its own, from the command line to the exit code.

Most tests run it inside their own process, which costs a fifth of starting it; :func:`start` starts
it for real.
"""

from __future__ import annotations

import contextlib
import io
import os
import subprocess
import sys
import traceback
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from insatskoll import cli
from tests.catalogues import ROOT

# No test knows what another has found out: nothing can be kept in a folder that is no folder.
_ENVIRONMENT = {"COLUMNS": "120", "TERM": "dumb", "XDG_CACHE_HOME": os.devnull}


@dataclass(frozen=True)
class Run:
    """How a run ended. ``crash`` is the traceback of an exception that nothing caught, or
    nothing."""

    code: int
    out: str
    err: str
    crash: str = ""


def run(
    *arguments: str | Path,
    cwd: Path = ROOT,
    env: dict[str, str] | None = None,
    typed: bytes | None = None,
) -> Run:
    """Runs the program inside this process, with ``typed`` on standard input. No exception may
    come out of it."""
    ended = tried(*arguments, cwd=cwd, env=env, typed=typed)
    assert not ended.crash, ended.crash
    return ended


def start(*arguments: str | Path, cwd: Path = ROOT, env: dict[str, str] | None = None) -> Run:
    """Runs the program in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "insatskoll", *map(str, arguments)],
        cwd=cwd,
        env=os.environ | _ENVIRONMENT | (env or {}),
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert "Traceback" not in done.stderr, done.stderr
    return Run(done.returncode, done.stdout, done.stderr)


def tried(
    *arguments: str | Path,
    cwd: Path = ROOT,
    env: dict[str, str] | None = None,
    typed: bytes | None = None,
) -> Run:
    """As :func:`run`, but an exception is given and not raised."""
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2))
    code, crash = 0, ""
    with contextlib.ExitStack() as around:
        around.enter_context(contextlib.chdir(cwd))
        around.enter_context(patch.dict(os.environ, _ENVIRONMENT | (env or {})))
        around.enter_context(contextlib.redirect_stdout(out))
        around.enter_context(contextlib.redirect_stderr(err))
        around.enter_context(patch.object(sys, "argv", ["insatskoll", *map(str, arguments)]))
        if typed is not None:
            stdin = io.TextIOWrapper(io.BytesIO(typed))
            around.enter_context(patch.object(sys, "stdin", stdin))
        try:
            cli.main()
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 1
        except BaseException:
            crash = traceback.format_exc()
    return Run(code, _written(out), _written(err), crash)


def _written(stream: io.TextIOWrapper) -> str:
    if stream.closed:  # the program closes its streams when nobody reads them
        return ""
    stream.flush()
    raw = stream.buffer
    assert isinstance(raw, io.BytesIO)
    return raw.getvalue().decode("utf-8")
