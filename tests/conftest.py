"""What holds for all tests: the options of their own, and that no clock decides."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest
from hypothesis import settings

from tests import golden, same_process, turns

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
    # A plugin's fixtures are seen by all files, also those that are read after others have run.
    config.pluginmanager.register(same_process)
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
