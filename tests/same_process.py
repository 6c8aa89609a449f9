"""A fixture that lets what has a process of its own be done in the process of the test."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from insatskoll.bilaga import bounded


@pytest.fixture
def in_this_process(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """What has a process of its own is done in this one, for what does not depend on that."""

    def call(work: Callable[..., Any], *given: Any, files: Any = None, **bounds: Any) -> Any:
        if files is None:
            return work(*given)
        with tempfile.TemporaryDirectory(dir=tmp_path) as folder, contextlib.chdir(folder):
            for name, data in files.items():
                Path(name).parent.mkdir(exist_ok=True)
                Path(name).write_bytes(data)
            return work(*given)

    monkeypatch.setattr(bounded, "call", call)
