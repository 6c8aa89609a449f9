"""What holds for all tests: the options of their own, and that no clock decides."""

from __future__ import annotations

import compileall
import gc
import os

import pytest
from hypothesis import settings

from tests import golden, same_process
from tests.catalogues import ROOT

# Neither does chance: make fuzz looks for what nobody has thought of.
settings.register_profile(
    "no clock", deadline=None, derandomize="INSATSKOLL_FUZZ" not in os.environ
)
settings.load_profile("no clock")

# The files that take the longest, the longest first.
LONGEST = (
    "test_rules.py", "fuzz/test_kill.py", "test_document.py", "test_layouts.py",
    "test_own_rules.py", "test_templates.py", "fuzz/test_bombs.py", "test_tracked.py",
    "test_mutants.py", "test_schema.py", "test_names.py", "test_importing_printed.py",
    "test_lsp.py", "test_claims.py", "test_wheel.py", "test_validators.py", "test_git_hostile.py",
    "test_profile.py", "test_sides.py", "test_glyphs.py",
)  # fmt: skip


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
    # A plugin's fixtures are seen by all files, also those that are read after others have run.
    config.pluginmanager.register(same_process)
    # Each process that a test starts would else compile the program for itself, ten times what it
    # takes to start, where Python keeps nothing that it compiles (PYTHONDONTWRITEBYTECODE).
    if not hasattr(config, "workerinput"):
        compileall.compile_dir(ROOT / "src", quiet=2)
    # Tests make much and leave little in circles: looking for it took a twentieth of their time.
    gc.set_threshold(100_000, 20, 100)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What the others would have to wait for at the end is begun first."""
    first = {ROOT / "tests" / name: number for number, name in enumerate(LONGEST)}
    items.sort(key=lambda item: first.get(item.path, len(first)))


def pytest_collection_finish() -> None:
    """The tests themselves are never garbage, and many to walk through when it is collected."""
    gc.collect()
    gc.freeze()
