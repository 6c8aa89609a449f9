"""How the cost grows: measured as ratios within one run, never in seconds."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from insatskoll import model
from insatskoll.lint import lint
from insatskoll.rules import load_rules
from tests.catalogues import CATALOGUE


def fastest(work: Callable[[], object], times: int = 5) -> float:
    """The shortest time of several, which other work on the machine disturbs least."""
    spent = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        spent.append(time.perf_counter() - start)
    return min(spent)


@pytest.fixture
def copies(tmp_path: Path) -> list[Path]:
    folders = [tmp_path / f"kommun{number:02}" for number in range(16)]
    for folder in folders:
        shutil.copytree(CATALOGUE / "kommuner" / "uppsala", folder)
    return folders


def test_twice_the_files_cost_twice_the_time(copies: list[Path]) -> None:
    rules = load_rules()

    def lint_all(folders: list[Path]) -> object:
        return lint((model.load_kommun(folder) for folder in folders), rules)

    lint_all(copies[:1])
    half, whole = fastest(lambda: lint_all(copies[:8])), fastest(lambda: lint_all(copies))
    assert whole / half < 3


def test_the_rules_cost_no_more_than_a_few_times_the_reading(copies: list[Path]) -> None:
    rules = load_rules()
    kommuner = [model.load_kommun(folder) for folder in copies[:4]]
    reading = fastest(lambda: [model.load_kommun(folder) for folder in copies[:4]])
    assert fastest(lambda: lint(kommuner, rules)) < 4 * reading
