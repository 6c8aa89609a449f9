"""``explain`` with a provision: every way of writing one, near misses, and who rests on it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from insatskoll.law import provisions
from insatskoll.law.provisions import UnknownProvision
from insatskoll.law.rules import Lagrum, load_rules
from tests.catalogues import write_kommun
from tests.program import run

KNOWN = load_rules().lagrum


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("SoL 14 kap. 5 §", "SoL 14 kap. 5 §"),
        ("14 kap. 5 §", "SoL 14 kap. 5 §"),
        ("14 kap 5", "SoL 14 kap. 5 §"),
        ("14:5", "SoL 14 kap. 5 §"),
        ("sol 14:5", "SoL 14 kap. 5 §"),
        ("kap 14 5 §", "SoL 14 kap. 5 §"),
        ("5 § 14 kap.", "SoL 14 kap. 5 §"),
        ("Socialtjänstlagen (2025:400) 14 kap. 5 §", "SoL 14 kap. 5 §"),
        ("11:5", "SoL 11 kap. 5 §"),
        ("11 kap. 5 § 5", "SoL 11 kap. 5 § 5"),
        ("11:5 p. 5", "SoL 11 kap. 5 § 5"),
        ("11 kap. 5 § punkt 5", "SoL 11 kap. 5 § 5"),
    ],
)
def test_every_way_of_writing_a_provision(text: str, found: str) -> None:
    assert provisions.is_provision(text)
    assert provisions.find(text, KNOWN).id == found


def test_every_provision_is_found_by_its_own_designation() -> None:
    for name in KNOWN:
        assert provisions.is_provision(name)
        assert provisions.find(name, KNOWN).id == name


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("14:9", "Menade du SoL 14 kap. 3 §, SoL 14 kap. 4 §"),
        ("99 kap. 1 §", "finns inte bland dem"),
        ("Påhittslagen 14 kap. 5 §", "SoL 14 kap. 5 §"),
        ("§", "Skriv till exempel"),
    ],
)
def test_near_misses_are_told(text: str, said: str) -> None:
    with pytest.raises(UnknownProvision) as error:
        provisions.find(text, KNOWN)
    assert said in str(error.value)


def test_a_number_that_several_laws_have_is_asked_about() -> None:
    two = {
        f"{law} 1 kap. 2 §": Lagrum(f"{law} 1 kap. 2 §", "", "2025-01-01", None, "", f"{law}lagen")
        for law in ("Aa", "Bb")
    }
    with pytest.raises(UnknownProvision, match="flera lagar"):
        provisions.find("1:2", two)
    assert (
        provisions.find("Bb 1:2", two).id
        == provisions.find("bblagen 1:2", two).id
        == "Bb 1 kap. 2 §"
    )


@pytest.mark.parametrize("text", ["IK203", "ik203", "IK999", "KOM001", "kapten"])
def test_a_rules_id_is_no_provision(text: str) -> None:
    assert not provisions.is_provision(text)


def test_the_page_tells_law_rules_and_insatser_by_municipality(tmp_path: Path) -> None:
    insatser: dict[str, dict[str, Any]] = {
        "angivet": {"dokumentation": {"nivå": "avidentifierad", "lagrum": "SoL 14 kap. 5 §"}},
        "bara-nivå": {"dokumentation": {"nivå": "avidentifierad"}},
        "annat": {"dokumentation": {"nivå": "individnivå"}, "lagstadgad": "SoL 13 kap. 4 §"},
        "begrepp": {"begrepp": "familjerådgivning"},
        "delad": {
            "delar": [
                {"namn": "Råd"},
                {"namn": "Stöd", "dokumentation": {"lagrum": "SoL 14 kap. 5 §"}},
            ]
        },
    }
    write_kommun(tmp_path / "catalogue" / "kommuner" / "k", insatser)
    done = run("explain", "14", "kap.", "5", "§", cwd=tmp_path)
    lines = [line.strip() for line in done.out.splitlines()]
    assert (done.code, lines[0]) == (0, "SoL 14 kap. 5 §")
    assert "Gäller från: 2025-07-01" in lines
    assert any(line.startswith("Lagtexten: https://") for line in lines)
    assert any(line.startswith("IK203") for line in lines)
    rows = {line.split()[2]: line for line in lines if line.startswith("Exempels kommun")}
    assert set(rows) == {"angivet", "bara-nivå", "delad"}
    assert rows["bara-nivå"].endswith("avidentifierad, utan angivet lagrum")
    assert rows["delad"].endswith("dokumentation (Stöd)")
    statutory = run("explain", "13:4", cwd=tmp_path).out
    assert "annat" in statutory
    assert "begreppet familjerådgivning" in statutory


def test_a_provision_tells_the_rules_that_rest_on_its_points() -> None:
    said = run("explain", "11:5").out
    assert all(f"IK10{number}" in said for number in range(1, 9))
    assert "Alla insatser i katalogen" in said


def test_an_unknown_provision_is_wrong_usage() -> None:
    done = run("explain", "SoL 14 kap. 9 §")
    assert (done.code, done.out) == (2, "")
    assert "Menade du" in done.err
