"""What a finding tells its reader to do: what fits it, once, and where."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from insatskoll import convert
from tests.catalogues import lint_folder, load, write_kommun


def found(folder: Path, **fields: Any) -> list[tuple[str, tuple[str, ...], str]]:
    """The rule, the provisions and the remedy of what is found at fel in an insats with ``fields``."""
    report = lint_folder(write_kommun(folder, {"grupp": {"namn": "Grupp", **fields}}))
    return [(f.rule, f.lagrum, f.remedy) for f in report.findings if f.level == "fel"]


@pytest.mark.parametrize("lagrum", ["SoL 14 kap. 44 §", "SoL 14 kap. 4 § 7", "SoL 99 kap. 4 §"])
def test_a_provision_that_is_not_there_is_told_once_and_cites_no_other(tmp_path: Path, lagrum: str) -> None:
    ((rule, law, remedy),) = found(tmp_path, dokumentation={"nivå": "utan personliga förhållanden", "lagrum": lagrum})
    assert (rule, law) == ("IK508", ())
    assert remedy.startswith("Slå upp bestämmelsen i lagen") and "lagstadgad" not in remedy


def test_a_provision_that_is_there_but_of_another_level_is_told_as_before(tmp_path: Path) -> None:
    stated = {"nivå": "utan personliga förhållanden", "lagrum": "SoL 14 kap. 3 §"}
    assert [rule for rule, _, _ in found(tmp_path, dokumentation=stated)] == ["IK205"]


def test_what_the_pdf_cannot_print_is_told_with_file_and_line(tmp_path: Path) -> None:
    folder = write_kommun(
        tmp_path, {"grupp": {"innehåll": "Hej \U0001f642."}}, {"bilaga": {"titel": "A", "inledning": ["x", "\U0001f642"]}}
    )
    revision = load(folder).revision
    assert revision is not None
    texts = {folder / name: (folder / name).read_text("utf-8") for name in ("kommun.yaml", "insatser/grupp.yaml")}
    places = [f"{path}:{text.partition(chr(0x1F642))[0].count(chr(10)) + 1}:" for path, text in texts.items()]
    told = convert._refused("", "", revision, "")
    assert all(place in told for place in places), (places, told)
    assert "[1]" not in told
