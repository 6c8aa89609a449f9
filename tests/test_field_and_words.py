"""A field that says one thing does not hide a text that says another, and each fault is told
once, at the words that are wrong."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from insatskoll.lint.findings import Finding
from tests.catalogues import lint_folder, write_kommun

Data = dict[str, Any]
ASKED = {"under_15": "samtliga vårdnadshavare"}
DENIED = "Vårdnadshavarens samtycke krävs inte."


def found(folder: Path, rule: str, insats: Data, kommun: Data | None = None) -> list[Finding]:
    """What ``rule`` finds, in the order of the files."""
    report = lint_folder(write_kommun(folder / "k", {"a": insats}, kommun))
    return [finding for finding in report.open if finding.rule == rule]


def young(since: int, until: int, **more: Any) -> Data:
    """An insats for those who are ``since``–``until`` years old."""
    age = {"från": since, "till": until, "avser": "deltagaren"}
    group = {"beskrivning": "Ungdomar.", "deltagare": ["unga"], "ålder": age}
    return {"målgrupp": group, "innehåll": DENIED, **more}


@pytest.mark.parametrize("words", [DENIED, "Vi frågar inte dina föräldrar om lov."])
@pytest.mark.parametrize("place", ["insats", "kommun", "ingen"])
def test_a_field_does_not_hide_that_a_text_denies_consent(
    words: str, place: str, tmp_path: Path
) -> None:
    insats = young(13, 14, innehåll=words) | ({"samtycke": ASKED} if place == "insats" else {})
    kommun = {"samtycke": ASKED} if place == "kommun" else {}
    (one,) = found(tmp_path, "IK302", insats, kommun)
    assert (one.level, one.data_path) == ("fel", ("innehåll",))
    fields = [r for r in one.related if r.message == "Här sägs något annat"]
    assert [r.path.name for r in fields] == {
        "insats": ["a.yaml"], "kommun": ["kommun.yaml"], "ingen": []
    }[place]  # fmt: skip
    assert all("samtliga" in r.source for r in fields)


@pytest.mark.parametrize(
    ("consent", "levels"),
    [
        (ASKED, ["varning"]),
        (ASKED | {"från_15": "vårdnadshavare"}, ["varning"]),
        (ASKED | {"från_15": "utan vårdnadshavare"}, []),
        ({"från_15": "utan vårdnadshavare"}, []),
    ],
)
def test_where_older_ones_take_part_the_words_may_be_about_them(
    consent: Data, levels: list[str], tmp_path: Path
) -> None:
    insats = young(13, 17, samtycke=consent)
    assert [one.level for one in found(tmp_path, "IK302", insats)] == levels


def test_a_text_that_also_asks_for_consent_is_read_with_its_exception(tmp_path: Path) -> None:
    words = "Vårdnadshavaren ska samtycka för barn under 15 år. I övrigt krävs inget samtycke."
    insats = young(13, 17, innehåll=words, samtycke=ASKED)
    assert found(tmp_path, "IK302", insats) == []
