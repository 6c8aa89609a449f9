"""Damaged files of every kind: whatever stands in them, the program finds, refuses or does, and
never breaks."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
import yaml

from insatskoll.law.rules import load_rules
from tests.fuzz import inside, mutations, workplace
from tests.fuzz.effort import chance, rounds

FORMATS = ("text", "json", "github", "gitlab", "sarif", "junit", "markdown")
CATALOGUE = ("insats", "insats med delar", "kommun", "beslut", "riskanalys")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return workplace.make(tmp_path_factory.mktemp("hel"), load_rules())


@pytest.fixture(scope="module")
def place(whole: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(whole, tmp_path_factory.mktemp("skadad") / "plats"))


def commands(kind: str, chance: Random) -> Iterator[list[str]]:
    """What to run on a folder with a damaged file of ``kind``: lint, and one more that reads it."""
    yield ["lint", "--format", chance.choice(FORMATS), *chance.choice([[], ["--waived"]])]
    if kind in CATALOGUE:
        yield chance.choice(
            [
                *(
                    ["show"],
                    ["show", "exempel", "samtal"],
                    ["show", "exempel", "--beslut"],
                    ["lint", "--diff"],
                ),
                *(
                    ["diff"],
                    ["diff", "--format", "json"],
                    ["diff", "--format", "markdown", "--lint"],
                    ["diff", "--format", "html"],
                ),
                *(
                    ["render", "--format", "html"],
                    ["render", "--format", "json", "--beslut", "2025-09-10"],
                ),
                ["show", "samtal", "--historik"],
            ]
        )
    elif kind in {"begrepp", "lagrum", "regel"}:
        yield chance.choice(
            [
                ["rules", "--test", "--select", "KOM"],
                ["explain", "KOM001"],
                ["explain", "14:5"],
                ["rules"],
            ]
        )
    elif kind in workplace.LOOKS:
        yield ["render", "--format", "html"]
    elif kind in {"baslinje", "konfiguration"}:
        yield ["lint", "--write-baseline"]
    else:
        yield workplace.DECIDE


def judge(whole: Path, place: Path, kind: str, raw: bytes, chance: Random) -> list[str]:
    """Runs the program on a folder where the file of ``kind`` holds ``raw``; gives the faults, and
    mends the folder."""
    (place / workplace.FILES[kind]).write_bytes(raw)
    faults = []
    for command in commands(kind, chance):
        ended = inside.run(*command, cwd=place)
        if ended.fault:
            faults.append(f"{' '.join(command)}: {ended.fault}")
    for name in (workplace.FILES[kind], workplace.FILES["baslinje"], workplace.FILES["changelog"]):
        shutil.copyfile(whole / name, place / name)
    (place / "catalogue/kommuner/exempel/beslut/2025-10-01.yaml").unlink(missing_ok=True)
    return faults


def tried(whole: Path, place: Path, kind: str, seed: int, raw: bytes) -> None:
    faults = judge(whole, place, kind, raw, Random(seed))
    assert not faults, f"{kind}, frö {seed}:\n{raw[:3000]!r}\n{faults[0]}"


@pytest.mark.parametrize("kind", workplace.FILES)
def test_damaged_bytes(whole: Path, place: Path, kind: str) -> None:
    sound = (whole / workplace.FILES[kind]).read_bytes()
    for seed in range(rounds(2)):
        luck = chance(f"bytes of {kind}", seed)
        tried(whole, place, kind, seed, mutations.damaged_bytes(sound, luck))


@pytest.mark.parametrize("kind", [*workplace.YAML, "baslinje"])
def test_values_of_another_type_and_at_the_limits(whole: Path, place: Path, kind: str) -> None:
    text = (whole / workplace.FILES[kind]).read_text("utf-8")
    data: Any = json.loads(text) if kind == "baslinje" else yaml.load(text, yaml.BaseLoader)
    for seed in range(rounds(3)):
        luck = chance(f"values of {kind}", seed)
        damaged = mutations.damaged_values(_typed(data), luck)
        raw = mutations.as_json(damaged) if kind == "baslinje" else mutations.as_yaml(damaged)
        tried(whole, place, kind, seed, raw)


def _typed(data: Any) -> Any:
    """``data`` with its whole numbers as such; the plainest reader of YAML gives all of it as
    text."""
    if isinstance(data, dict):
        return {key: _typed(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_typed(value) for value in data]
    return (
        int(data) if isinstance(data, str) and data.isdigit() and not data.startswith("0") else data
    )


def test_the_sound_folder_is_sound(whole: Path, place: Path) -> None:
    for kind in workplace.FILES:
        assert (
            judge(whole, place, kind, (whole / workplace.FILES[kind]).read_bytes(), Random(1)) == []
        )
