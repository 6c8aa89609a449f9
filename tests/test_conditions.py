"""Conditions compared between the insatser of a municipality, which a rule's own example with one
insats cannot show."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from insatskoll.reading.places import path_text
from tests.catalogues import lint_folder, write_kommun

HERE = {"typ": "folkbokföring", "område": "Exempels kommun"}
AGE = {"typ": "ålder", "ålder": {"från": 18, "avser": "deltagaren"}}


def found(
    folder: Path, insatser: dict[str, Any], kommun: dict[str, Any] | None = None
) -> list[tuple[str, str, str]]:
    report = lint_folder(write_kommun(folder, insatser, kommun))
    return [
        (f.path.stem, path_text(f.data_path), f.message)
        for f in report.findings
        if f.rule == "IK408"
    ]


def test_an_insats_without_the_condition_that_its_siblings_have(tmp_path: Path) -> None:
    insatser = {name: {"villkor": [HERE]} for name in "abc"} | {"d": {"villkor": [AGE]}}
    assert found(tmp_path / "k", insatser) == [
        (
            "d",
            "villkor",
            (
                "Insatsen saknar villkor om folkbokföring, men 3 av 4 insatser har det. "
                "Kontrollera om skillnaden är avsedd."
            ),
        )
    ]


def test_an_insats_with_a_condition_that_its_siblings_lack(tmp_path: Path) -> None:
    insatser = {name: {"villkor": [AGE]} for name in "abc"} | {
        "d": {"delar": [{"namn": "A", "villkor": [HERE]}, {"namn": "B"}]}
    }
    assert [(insats, path) for insats, path, _ in found(tmp_path / "k", insatser)] == [
        ("d", "villkor")
    ]


@pytest.mark.parametrize(
    "odd",
    [
        pytest.param(
            {"villkor": [HERE | {"skäl": "Stödet ges tillsammans med vårdcentralen."}]},
            id="a reason",
        ),
        pytest.param({"villkor": [HERE | {"gäller": "fler än en natt"}]}, id="for some only"),
    ],
)
def test_a_difference_with_its_reason_is_silent(tmp_path: Path, odd: dict[str, Any]) -> None:
    assert found(tmp_path / "k", {name: {"villkor": [AGE]} for name in "abc"} | {"d": odd}) == []


def test_few_insatser_mixed_ones_and_a_common_condition_are_silent(tmp_path: Path) -> None:
    with_and_without = {"a": {"villkor": [HERE]}, "b": {"villkor": [HERE]}, "c": {"villkor": [AGE]}}
    assert found(tmp_path / "få", with_and_without) == []
    assert found(tmp_path / "blandat", with_and_without | {"d": {"villkor": [AGE]}}) == []
    four = {name: {"villkor": [HERE]} for name in "abc"} | {"d": {"villkor": [AGE]}}
    assert found(tmp_path / "gemensamt", four, {"gemensamma_villkor": [HERE]}) == []
