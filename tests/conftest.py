"""What holds for all tests: the options of their own, and that no clock decides."""

from __future__ import annotations

import contextlib
import gc
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from insatskoll.bilaga import bounded
from tests import golden, turns

settings.register_profile("no clock", deadline=None)
settings.load_profile("no clock")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--uppdatera",
        action="append",
        default=[],
        metavar="NAMN",
        help="skriv om det som heter så i tests/golden, till exempel diff-*.txt",
    )
    parser.addoption(
        turns.OPTION,
        metavar="MAPP",
        help="kör bara de filer som ingen annan process med samma mapp har tagit",
    )


def pytest_configure(config: pytest.Config) -> None:
    try:
        golden.update(config.getoption("--uppdatera"))
    except ValueError as error:
        raise pytest.UsageError(str(error)) from None
    if taken := config.getoption(turns.OPTION):
        config.pluginmanager.register(turns.Turns(Path(taken)))
    elif not hasattr(config, "workerinput"):
        turns.compile_program()
    # Tests make much and leave little in circles: looking for it took a twentieth of their time.
    gc.set_threshold(100_000, 20, 100)


def pytest_collection_finish() -> None:
    """The tests themselves are never garbage, and many to walk through when it is collected."""
    gc.collect()
    gc.freeze()


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
