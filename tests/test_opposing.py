"""What a text claims against a field is shown at both places, in every layout of the file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.catalogues import lint_folder, write_kommun
from tests.test_own_rules import refused

SAID = "Den som inte har en remiss kan inte boka tid."


def _related(folder: Path, insats: dict[str, Any]) -> list[tuple[str, int]]:
    report = lint_folder(write_kommun(folder, {"a": insats}))
    (finding,) = [one for one in report.findings if one.rule == "IK713"]
    return [(one.message, one.span.line) for one in finding.related]


def test_a_claim_against_a_field_shows_the_field(tmp_path: Path) -> None:
    folder = tmp_path / "a"
    assert _related(folder, {"ingång": "öppen", "innehåll": SAID}) == [("ingång: öppen", 4)]
    lines = (folder / "insatser" / "a.yaml").read_text("utf-8").splitlines()
    assert lines[3].startswith("ingång:")


def test_a_claim_in_a_part_is_held_against_the_insats_where_the_part_says_nothing(
    tmp_path: Path,
) -> None:
    parts = [{"namn": "Ena", "innehåll": SAID}, {"namn": "Andra"}]
    found = _related(tmp_path / "a", {"ingång": "öppen", "delar": parts})
    assert [message for message, _ in found] == ["ingång: öppen"]


@pytest.mark.parametrize(
    ("check", "said"),
    [
        ({"omfång": "påstående", "strider_mot": ["ingang"]}, "ingång"),
        ({"omfång": "insats", "strider_mot": ["ingång"]}, "omfånget påstående"),
    ],
)
def test_a_field_that_no_insats_has_is_refused(
    tmp_path: Path, check: dict[str, Any], said: str
) -> None:
    assert said in refused(tmp_path, {"när": {"namn": "finns"}, "meddelande": "Fel.", **check})
