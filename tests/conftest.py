"""What holds for all tests: the options of their own, and that no clock decides."""

from __future__ import annotations

import compileall
import gc

import pytest
from hypothesis import settings

from insatskoll.bilaga import bounded
from tests import golden
from tests.catalogues import ROOT

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


def pytest_configure(config: pytest.Config) -> None:
    try:
        golden.update(config.getoption("--uppdatera"))
    except ValueError as error:
        raise pytest.UsageError(str(error)) from None
    # Each process that a test starts would else compile the program for itself, ten times what it
    # takes to start, where Python keeps nothing that it compiles (PYTHONDONTWRITEBYTECODE).
    if not hasattr(config, "workerinput"):
        compileall.compile_dir(ROOT / "src", quiet=2)


def pytest_collection_finish() -> None:
    """The tests themselves are never garbage, and many to walk through when it is collected."""
    gc.collect()
    gc.freeze()


@pytest.fixture
def in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """What has a process of its own is done in this one, for what does not depend on that."""
    monkeypatch.setattr(bounded, "call", lambda work, *given, bounds: work(*given))
