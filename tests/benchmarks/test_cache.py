"""What has been linted before costs little the next time: ratios within one run, never seconds."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from insatskoll.reading import trees
from tests import program
from tests.benchmarks.test_growth import times_as_much
from tests.catalogues import CATALOGUE


def test_what_has_not_changed_costs_a_fraction(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trees, "SETTLED", 0)
    for number in range(3):
        shutil.copytree(
            CATALOGUE / "kommuner" / "uppsala",
            tmp_path / "här" / "catalogue" / "kommuner" / f"u{number}",
        )

    def lint(*arguments: str) -> object:
        env = {"XDG_CACHE_HOME": str(tmp_path / "cache")}
        return program.run("lint", *arguments, cwd=tmp_path / "här", env=env)

    lint()
    assert times_as_much(lint, lambda: lint("--no-cache")) < 1 / 5
