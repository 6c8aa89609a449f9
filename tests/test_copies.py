"""A municipality that has been copied from another: what is left of the other is told, a finding
for each kind."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from insatskoll.catalogue import loading
from insatskoll.law import acts
from insatskoll.law.predicates.registry import waivers
from insatskoll.law.rules import load_rules
from insatskoll.lint import examples
from insatskoll.lint.findings import Finding
from insatskoll.lint.run import lint
from tests.catalogues import CATALOGUE

RULES = load_rules()
BUNDLED = [folder.name for folder in loading.kommun_folders(CATALOGUE)]


def copied(tmp_path: Path, name: str, folder: str, namn: str) -> list[Finding]:
    """The findings of the rule in a copy of a bundled municipality, under another name in another
    folder."""
    target = tmp_path / "kommuner" / folder
    shutil.copytree(CATALOGUE / "kommuner" / name, target)
    text = (target / "kommun.yaml").read_text("utf-8")
    old = next(line for line in text.splitlines() if line.startswith("namn: "))
    (target / "kommun.yaml").write_text(text.replace(old, f"namn: {namn}", 1), "utf-8")
    report = lint([loading.load_kommun(target)], RULES, loading.load_begrepp(CATALOGUE))
    return [f for f in report.open if f.rule == "IK711"]


@pytest.mark.parametrize("name", BUNDLED)
def test_a_copy_under_another_name_is_told_of_once_for_each_kind(tmp_path: Path, name: str) -> None:
    findings = copied(tmp_path, name, "ekbacka", "Ekbacka kommun")
    assert len(findings) == len({f.check for f in findings}), "a finding for each kind"
    said = " ".join(f.message for f in findings)
    assert "men koden" in said and "Godtagna avvikelser med samma ord" in said
    if name == "uppsala":
        assert (
            "Beslutet 2025-05-19 är fattat för Uppsala kommun" in said
            and "Området är Uppsala kommun" in said
        )
    if name == "norrtälje":
        assert "Området är Norrtälje kommun" in said
    assert {f.level for f in findings} >= {"fel", "varning"}


@pytest.mark.parametrize("name", BUNDLED)
@pytest.mark.parametrize("suffix", ["", "-kommun"])
def test_a_municipality_that_takes_over_its_own_files_hears_nothing(
    tmp_path: Path, name: str, suffix: str
) -> None:
    text = (CATALOGUE / "kommuner" / name / "kommun.yaml").read_text("utf-8")
    namn = next(line for line in text.splitlines() if line.startswith("namn: ")).removeprefix(
        "namn: "
    )
    plain = name.translate(str.maketrans("åäö", "aao"))
    assert copied(tmp_path, name, plain + suffix, namn) == []


def test_a_name_within_another_is_another(tmp_path: Path) -> None:
    """Sala is no part of Uppsala."""
    findings = copied(tmp_path, "sala", "uppsala", "Sala kommun")
    assert any("mappen heter uppsala" in f.message for f in findings)


def test_the_provisions_of_concepts_are_those_of_the_duties() -> None:
    """A concept that is a duty's has the duty's provision."""
    begrepp = loading.load_begrepp_lagrum(CATALOGUE)
    known = {name: duty.lagrum for duty in acts.act().duties for name in duty.concepts}
    assert {name: known.get(name) for name in begrepp} == begrepp


def test_an_ordinary_municipality_is_no_copy(tmp_path: Path) -> None:
    folder = examples.write_kommun(
        tmp_path / "ekbacka", {"a": {}}, {"namn": "Ekbacka kommun", "scb_kod": "9999"}
    )
    assert "IK711" not in {f.rule for f in lint([loading.load_kommun(folder)], RULES).findings}


def told(tmp_path: Path, *kommuner: tuple[dict[str, Any], dict[str, Any]]) -> list[str]:
    """What the rule says of small municipalities in the same catalogue, each with one insats."""
    folders = [
        examples.write_kommun(tmp_path / "kommuner" / f"k{n}", {"a": insats}, kommun)
        for n, (kommun, insats) in enumerate(kommuner)
    ]
    return [
        f.message
        for f in lint(map(loading.load_kommun, folders), RULES).findings
        if f.rule == "IK711"
    ]


@pytest.mark.parametrize(
    ("own", "area", "text", "expected"),
    [
        ("Sala kommun", "Uppsala kommun", "", True),
        ("Tierps kommun", "Ale kommun", "Vi har egna lokaler.", True),
        ("Tierps kommun", "Ale kommun", "Gruppen är också till för Ales invånare.", False),
        ("Tierps kommun", "Ale kommun", "Ges tillsammans med Ale.", False),
        ("Region Gotland", "Gotlands kommun", "", False),
        ("Sala kommun", "Uppsala kommun och Salas kranskommuner", "", False),
    ],
)
def test_names_are_compared_as_whole_words(
    tmp_path: Path, own: str, area: str, text: str, expected: bool
) -> None:
    insats: dict[str, Any] = {
        "villkor": [{"typ": "folkbokföring", "område": area}],
        "innehåll": text or "Samtal.",
    }
    assert (
        any("Området är" in message for message in told(tmp_path, ({"namn": own}, insats)))
        is expected
    )


WAIVERS = [{"regel": f"IK40{n}", "motivering": f"Nämnden har skäl nummer {n}."} for n in (2, 3, 4)]


@pytest.mark.parametrize(("second", "expected"), [("Granby kommun", 2), ("Ekbacka kommun", 0)])
def test_neighbours_with_the_same_code_and_waivers(
    tmp_path: Path, second: str, expected: int
) -> None:
    """The one that comes after hears it; the same municipality in two folders does not."""
    given: dict[str, Any] = {"scb_kod": "9999", "avvikelser": WAIVERS}
    found = told(tmp_path, ({"namn": "Ekbacka kommun"} | given, {}), ({"namn": second} | given, {}))
    found = [message for message in found if "mappen" not in message]
    assert len(found) == expected and all("Ekbacka kommun" in message for message in found)


def test_few_waivers_alike_are_no_copy(tmp_path: Path) -> None:
    kommuner: list[tuple[dict[str, Any], dict[str, Any]]] = [
        ({"namn": name, "avvikelser": WAIVERS[:2]}, {})
        for name in ("Ekbacka kommun", "Granby kommun")
    ]
    assert told(tmp_path, *kommuner) == []


def test_a_bundled_municipality_with_the_waivers_of_another(tmp_path: Path) -> None:
    every = [
        loading.load_kommun(CATALOGUE / "kommuner" / name).revision
        for name in ("uppsala", "knivsta")
    ]
    own, other = (
        [w for _, _, w in waivers(revision)] for revision in every if revision is not None
    )
    given = [{"regel": rule, "motivering": why} for rule, why in dict.fromkeys((*own, *other))]
    found = told(tmp_path, ({"namn": "Uppsala kommun", "scb_kod": "0380", "avvikelser": given}, {}))
    count = len(set(other) - set(own))
    assert f"Godtagna avvikelser med samma ord som i Knivsta kommun: {count}." in " ".join(found)


@pytest.mark.parametrize(
    ("kommun", "insats", "expected"),
    [
        ({}, {}, 1),
        ({}, {"innehåll": "Något annat."}, 1),  # kommun.yaml is the same
        ({"nämnd": "Äldrenämnden"}, {}, 1),  # all insatser are the same
        # another nämnd of the municipality
        ({"nämnd": "Äldrenämnden"}, {"innehåll": "Något annat."}, 0),
        ({"namn": "Granby kommun"}, {}, 0),  # a common list
    ],
)
def test_a_copy_that_nothing_has_been_changed_in_is_told_once(
    tmp_path: Path, kommun: dict[str, Any], insats: dict[str, Any], expected: int
) -> None:
    own: dict[str, Any] = {"namn": "Ekbacka kommun"}
    found = told(tmp_path, (own, {}), (own | kommun, insats))
    assert len(found) == expected and all(
        "kopia av kommunen i mappen k0" in message for message in found
    )
    assert told(tmp_path / "ensam", (own | kommun, insats)) == []


def test_of_an_untouched_copy_the_one_that_comes_after_in_the_catalogue_is_told(
    tmp_path: Path,
) -> None:
    folder = examples.write_kommun(
        tmp_path / "kommuner" / "ekbacka", {"a": {}}, {"namn": "Ekbacka kommun"}
    )
    shutil.copytree(folder, folder.with_name("ekbacka-kopia"))
    loaded = [loading.load_kommun(one) for one in loading.kommun_folders(tmp_path)]
    (found,) = [f for f in lint(loaded, RULES).findings if f.rule == "IK711"]
    assert (
        found.path == folder.with_name("ekbacka-kopia") / "kommun.yaml" and found.level == "varning"
    )
