"""What is found is the same in one process and in several, and in whatever order they answer."""

from __future__ import annotations

import multiprocessing
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from insatskoll.lint import many, processes, rows
from insatskoll.reading import trees
from tests import program
from tests.catalogues import CATALOGUE

pytestmark = pytest.mark.skipif(
    "fork" not in multiprocessing.get_all_start_methods(), reason="kräver fork"
)


@pytest.fixture
def land(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A country in which two municipalities have been copied, with a few of their insatser, and a
    file cannot be read."""
    monkeypatch.setattr(trees, "SETTLED", 0)
    kommuner = tmp_path / "land" / "catalogue" / "kommuner"
    for source, name in (
        ("knivsta", "b"),
        ("norrtälje", "c"),
        ("knivsta", "d"),
        ("norrtälje", "a"),
    ):
        shutil.copytree(CATALOGUE / "kommuner" / source, kommuner / name)
        for path in sorted((kommuner / name).glob("insatser/*.yaml"))[6:]:
            path.unlink()
    (kommuner / "c" / "insatser" / "trasig.yaml").write_text("namn: [\n", "utf-8")
    return tmp_path / "land"


def lint(land: Path, *arguments: str) -> program.Run:
    return program.run(
        "lint", *arguments, cwd=land, env={"XDG_CACHE_HOME": str(land.parent / "cache")}
    )


@pytest.mark.parametrize("form", ["text", "json"])
def test_several_processes_find_what_one_does(
    land: Path, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = lint(land, "--no-cache", "--format", form)
    monkeypatch.setattr(many, "MANY", 2)
    for number in (1, 2, 3):
        monkeypatch.setattr(processes, "useful", lambda number=number: number)
        assert lint(land, "--no-cache", "--format", form) == alone
    assert lint(land, "--format", form) == alone
    shutil.rmtree(land / "catalogue" / "kommuner" / "a")  # whom c was copied from
    assert lint(land, "--format", form) == lint(land, "--no-cache", "--format", form)


def test_processes_may_answer_in_any_order(land: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    alone = lint(land, "--no-cache")
    real = processes.linted

    def backwards(*given: Any) -> Iterator[Any]:
        yield from reversed(list(real(*given)))

    monkeypatch.setattr(many, "MANY", 2)
    monkeypatch.setattr(processes, "_AT_ONCE", 1)
    monkeypatch.setattr(processes, "useful", lambda: 2)
    monkeypatch.setattr(processes, "linted", backwards)
    assert lint(land, "--no-cache") == alone


def test_a_process_that_dies_leaves_its_work_to_the_others(
    land: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = lint(land, "--no-cache")
    here, real = os.getpid(), rows.row

    def dying(outcome: Any, folder: Path) -> Any:
        if os.getpid() != here and folder.name in "bd":
            os._exit(9)
        return real(outcome, folder)

    monkeypatch.setattr(rows, "row", dying)
    monkeypatch.setattr(many, "MANY", 2)
    monkeypatch.setattr(processes, "useful", lambda: 2)
    assert lint(land, "--no-cache") == alone
