"""Builds git repositories in temporary folders with the real git, whatever the settings of whoever
runs the tests."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

from tests.catalogues import write_kommun

_ENVIRONMENT = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_AUTHOR_NAME": "Ö",
    "GIT_AUTHOR_EMAIL": "o@example.org",
    "GIT_AUTHOR_DATE": "2025-07-01T12:00:00Z",
    "GIT_COMMITTER_NAME": "Ö",
    "GIT_COMMITTER_EMAIL": "o@example.org",
    "GIT_COMMITTER_DATE": "2025-07-01T12:00:00Z",
}


def git(folder: Path, *arguments: str | Path, given: bytes = b"") -> str:
    """Runs git in ``folder`` and gives what it writes."""
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith("GIT_")
    } | _ENVIRONMENT
    done = subprocess.run(
        ["git", *map(str, arguments)],
        cwd=folder,
        env=environment,
        input=given,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode().strip()


def make(folder: Path) -> Path:
    """An empty repository."""
    folder.mkdir(parents=True, exist_ok=True)
    git(folder, "init", "-q", "-b", "main")
    return folder


def commit(folder: Path, tag: str | None = None) -> str:
    """Commits all that is in ``folder``, and gives the commit a tag."""
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "--allow-empty", "-m", tag or "x")
    if tag is not None:
        git(folder, "tag", tag)
    return git(folder, "rev-parse", "HEAD")


def kommun(
    catalogue: Path,
    name: str,
    kommun: dict[str, Any] | None = None,
    **insatser: dict[str, Any] | bytes,
) -> Path:
    """Writes a municipality into a catalogue, in place of any of that name."""
    shutil.rmtree(catalogue / "kommuner" / name, ignore_errors=True)
    return write_kommun(catalogue / "kommuner" / name, insatser, kommun)
