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


def fastest(work: Callable[[], object], times: int = 3) -> float:
    """The least processor time of several, collecting no garbage that others have left."""
    return min(_spent(work) for _ in range(times))


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
    half, whole = fastest(lambda: lint_all(copies[:2])), fastest(lambda: lint_all(copies))
    assert whole / half < 3


def test_the_rules_cost_no_more_than_a_few_times_the_reading(copies: list[Path]) -> None:
    rules = load_rules()
    kommuner = [loading.load_kommun(folder) for folder in copies[:2]]
    reading = fastest(lambda: [loading.load_kommun(folder) for folder in copies[:2]])
    assert fastest(lambda: lint(kommuner, rules)) < 8 * reading


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
    half, whole = fastest(lambda: tell(60)), fastest(lambda: tell(120))
    assert whole / half < 3


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
    half, whole = fastest(lambda: tell(50_000), 2), fastest(lambda: tell(100_000), 2)
    assert whole / half < 3
