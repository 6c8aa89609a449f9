"""How the cost grows: measured as ratios within one run, never in seconds."""

from __future__ import annotations

import gc
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from insatskoll.catalogue import loading
from insatskoll.diff.facts import compare
from insatskoll.diff.forms import markdown
from insatskoll.diff.telling import Telling
from insatskoll.law.rules import load_rules
from insatskoll.lint.run import lint
from tests.catalogues import CATALOGUE
from tests.revisions import revision


def times_as_much(
    work: Callable[[], object], other: Callable[[], object], rounds: int = 3
) -> float:
    """How many times the processor time of ``other`` that ``work`` takes: the least of several
    rounds, each with both of them, so that a machine which is slow for a while slows both."""
    return min(_spent(work) / _spent(other) for _ in range(rounds))


def _spent(work: Callable[[], object]) -> float:
    gc.collect()
    gc.disable()
    try:
        start = time.process_time()
        work()
        return time.process_time() - start
    finally:
        gc.enable()


@pytest.fixture
def copies(tmp_path: Path) -> list[Path]:
    folders = [tmp_path / f"kommun{number:02}" for number in range(4)]
    for folder in folders:
        shutil.copytree(CATALOGUE / "kommuner" / "uppsala", folder)
    return folders


def test_twice_the_files_cost_twice_the_time(copies: list[Path]) -> None:
    rules = load_rules()

    def lint_all(folders: list[Path]) -> object:
        return lint((loading.load_kommun(folder) for folder in folders), rules)

    lint_all(copies[:1])
    assert times_as_much(lambda: lint_all(copies), lambda: lint_all(copies[:2])) < 3


def test_the_rules_cost_no_more_than_a_few_times_the_reading(copies: list[Path]) -> None:
    rules = load_rules()
    kommuner = [loading.load_kommun(folder) for folder in copies[:2]]

    def read() -> object:
        return [loading.load_kommun(folder) for folder in copies[:2]]

    assert times_as_much(lambda: lint(kommuner, rules), read) < 8


def test_a_diff_costs_twice_as_much_for_twice_the_insatser() -> None:
    def tell(number: int) -> object:
        text = (
            "Samtal om det som känns viktigt, en gång i veckan under hösten, i grupp eller "
            "enskilt. "
        ) * 6
        old, new = (
            revision(
                **{
                    f"i{i}": {"innehåll": f"{text} {word} {i}", "avgift": {"belopp": f"{i} {word}"}}
                    for i in range(number)
                }
            )
            for word in ("kronor", "euro")
        )
        telling = Telling(compare(old, new))
        return telling.changes, markdown.render([telling])

    tell(10)
    assert times_as_much(lambda: tell(120), lambda: tell(60)) < 3


def test_a_long_text_costs_no_more_than_in_proportion() -> None:
    few = ("samtal", "stöd", "grupp", "barn", "unga", "vecka", "möte", "hjälp")

    def tell(letters: int) -> object:
        one, other = (
            " ".join(few[(at * step + at // 7) % len(few)] for at in range(letters // 6)) + "."
            for step in (3, 5)
        )
        telling = Telling(compare(revision(a={"innehåll": one}), revision(a={"innehåll": other})))
        return telling.changes, markdown.render([telling])

    tell(1_000)
    assert times_as_much(lambda: tell(100_000), lambda: tell(50_000), 2) < 3
