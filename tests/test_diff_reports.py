"""The diff as build servers, forges and editors read it: at its lines, with names that stay."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any
from unittest.mock import patch
from xml.etree import ElementTree as ET

import pytest

from tests.catalogues import ROOT, write_kommun
from tests.program import run
from tests.repositories import commit, git, make
from tests.tools import sarif_errors

FORMS = ("github", "azure", "gitlab", "sarif", "junit")
HOSTILE = "100 %: a, b] ::error:: ##[error] </x> [a](https://x.example)"
LONG = "Vi ger råd och stöd till den som vill, på den plats som passar bäst. "


@pytest.fixture(scope="module")
def top(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository in which a change makes one insats dearer, one narrower, and one gone."""
    top = make(tmp_path_factory.mktemp("rapporter"))
    catalogue = top / "catalogue" / "kommuner" / "å"
    lots: dict[str, Any] = {"namn": HOSTILE, "avgift": "nej", "innehåll": LONG}
    write_kommun(
        catalogue, {"lots": lots, "samtal": {"namn": "Samtal"}, "kaffe": {"namn": "Kaffe"}}
    )
    commit(top, "förra")
    insatser = catalogue / "insatser"
    text = (insatser / "lots.yaml").read_text("utf-8")
    (insatser / "lots.yaml").write_text(
        text.replace("avgift: nej", "avgift:\n  belopp: 100 kronor"), "utf-8"
    )
    scope = "omfattning:\n  högst: 3\n  enhet: samtal\n"
    samtal = (insatser / "samtal.yaml").read_text("utf-8")
    (insatser / "samtal.yaml").write_text(samtal + scope, "utf-8")
    (insatser / "kaffe.yaml").unlink()
    return top


def report(top: Path, form: str, *more: str) -> str:
    done = run("diff", "refs/tags/förra", "--format", form, *more, cwd=top)
    assert not done.crash
    return done.out


def results(top: Path, *more: str) -> dict[str, Any]:
    (one,) = json.loads(report(top, "sarif", *more))["runs"]
    assert one["automationDetails"]["id"] == "insatskoll/diff/"
    for result in one["results"]:
        assert one["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
    return {
        result["partialFingerprints"]["insatskollChange/v1"]: result for result in one["results"]
    }


def by_rule(top: Path, *more: str) -> dict[str, Any]:
    return {result["ruleId"]: result for result in results(top, *more).values()}


def test_what_fails_is_an_error_what_takes_something_a_warning_and_the_rest_a_note(
    top: Path,
) -> None:
    found = by_rule(top, "--fail-on", "avgift")
    assert found["higher-fee"]["level"] == "error" and found["narrower"]["level"] == "warning"
    assert by_rule(top)["higher-fee"]["level"] == "warning"
    cheaper = run("diff", "catalogue", "refs/tags/förra", "--format", "sarif", cwd=top)
    levels = {one["ruleId"]: one["level"] for one in json.loads(cheaper.out)["runs"][0]["results"]}
    assert levels["lower-fee"] == "note"


def test_each_change_has_its_line_and_where_it_stood(top: Path) -> None:
    found = by_rule(top, "--fail-on", "avgift")
    fee, gone = found["higher-fee"], found["narrower"]
    physical = fee["locations"][0]["physicalLocation"]
    path = "catalogue/kommuner/%C3%A5/insatser/"
    assert physical["artifactLocation"] == {"uri": f"{path}lots.yaml", "uriBaseId": "%SRCROOT%"}
    lines = (top / "catalogue/kommuner/å/insatser/lots.yaml").read_text("utf-8").splitlines()
    assert lines[physical["region"]["startLine"] - 1].startswith("avgift")
    (old,) = fee["relatedLocations"]
    assert old["message"]["text"] == "Före ändringen"
    assert old["physicalLocation"]["artifactLocation"]["uri"] == f"{path}lots.yaml"
    kaffe = gone["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert kaffe == f"{path}kaffe.yaml"


def test_names_and_fingerprints_stay_when_lines_and_other_changes_do_not(top: Path) -> None:
    def names() -> list[str]:
        suites = ET.fromstring(report(top, "junit"))
        return sorted(case.attrib["name"] for case in suites.iter("testcase"))

    path = top / "catalogue/kommuner/å/insatser/lots.yaml"
    text = path.read_text("utf-8")
    before, prints = names(), set(results(top))
    issues = {one["fingerprint"] for one in json.loads(report(top, "gitlab"))}
    assert issues == prints and len(prints) == len(before) >= 3
    try:
        path.write_text(
            f"# En rad till\n{text}ingång: [eget val]\n".replace("ingång", "kortnamn").replace(
                "[eget val]", "L"
            ),
            "utf-8",
        )
        assert set(before) < set(names()) and prints < set(results(top))
    finally:
        path.write_text(text, "utf-8")
    assert all("/insatser/" in name and ":" not in name for name in before)


def test_github_gets_the_gravest_first_and_nothing_that_it_would_obey(top: Path) -> None:
    lines = report(top, "github", "--fail-on", "avgift").splitlines()
    commands = [line for line in lines if line.startswith("::")]
    assert commands[0].startswith("::error file=catalogue/kommuner/å/insatser/lots.yaml,line=")
    assert "title=higher-fee::" in commands[0] and "100 %25: a, b]" in commands[0]
    assert {line.partition(" ")[0] for line in commands[1:]} <= {"::warning", "::notice"}
    assert not any("##[" in line for line in lines)
    assert lines[-1].startswith("Exempels kommun: från ") and "oförändrad" in lines[-1]


def test_gitlab_and_junit_tell_what_fails(top: Path) -> None:
    issues = json.loads(report(top, "gitlab", "--fail-on", "avgift"))
    fee = next(one for one in issues if one["check_name"] == "higher-fee")
    assert fee["severity"] == "major"
    assert fee["location"]["path"] == "catalogue/kommuner/å/insatser/lots.yaml"
    assert "Underkänns. Godtas med å/insatser/lots/avgift-" in fee["description"]
    suites = ET.fromstring(report(top, "junit", "--fail-on", "avgift"))
    failures = [case for case in suites.iter("testcase") if case.find("failure") is not None]
    assert [case.attrib["name"].partition("-")[0] for case in failures] == [
        "å/insatser/lots/avgift"
    ]
    assert suites.attrib["failures"] == "1"


def test_what_is_accepted_is_suppressed_and_what_does_not_hold_is_listed(top: Path) -> None:
    done = run("diff", "refs/tags/förra", "--format", "json", cwd=top)
    (fee,) = (
        one["id"]
        for one in json.loads(done.out)["comparisons"][0]["changes"]
        if "/lots/avgift-" in one["id"]
    )
    why = "skäl: Nämnden har bett om den., av: Kim Berg, roll: jurist"
    file = top / "catalogue" / "kommuner" / "å" / "godtagna.yaml"
    gone = "å/insatser/te/avgift-0123456789ab"
    entries = "".join(f"- {{ändring: {name}, {why}}}\n" for name in (fee, gone))
    file.write_text(f"godtagna_ändringar:\n{entries}", "utf-8")
    try:
        (one,) = json.loads(report(top, "sarif", "--fail-on", "avgift"))["runs"]
        rules = {result["ruleId"]: result for result in one["results"]}
        assert rules["higher-fee"]["suppressions"] == [
            {
                "kind": "external",
                "status": "accepted",
                "justification": "Kim Berg, jurist: Nämnden har bett om den.",
            }
        ]
        assert rules["IK913"]["locations"][0]["physicalLocation"]["region"]["startLine"] == 3
        assert "IK913" in {rule["id"] for rule in one["tool"]["driver"]["rules"]}
        assert "higher-fee" not in report(top, "gitlab")
        suites = ET.fromstring(report(top, "junit"))
        assert "Godtaget: Kim Berg" in next(suites.iter("skipped")).attrib["message"]
    finally:
        file.unlink()


def test_sarif_is_valid_to_the_standards_own_tool(top: Path, tmp_path: Path) -> None:
    log = tmp_path / "diff.sarif"
    log.write_text(report(top, "sarif", "--lint", "--fail-on", "effekt"), "utf-8")
    assert sarif_errors(log) == []


@pytest.mark.parametrize("form", FORMS)
def test_a_report_is_written_to_a_file_and_the_log_has_it_in_words(form: str, top: Path) -> None:
    done = run(
        "diff", "refs/tags/förra", "--format", form, "-o", "rapport", "--fail-on", "avgift", cwd=top
    )
    assert done.code == 1
    assert (top / "rapport").read_text("utf-8") == report(top, form, "--fail-on", "avgift")
    assert "  – insatsen Kaffe tas bort" in done.out
    (top / "rapport").unlink()


@pytest.mark.parametrize("form", FORMS)
def test_nothing_that_has_changed_is_a_report_too(form: str, top: Path) -> None:
    done = run("diff", "refs/tags/förra", "HEAD", "--format", form, cwd=top)
    assert done.code == 0
    if form == "sarif":
        assert json.loads(done.out)["runs"][0]["results"] == []
    elif form == "gitlab":
        assert json.loads(done.out) == []
    elif form == "junit":
        assert ET.fromstring(done.out).attrib["failures"] == "0"
    else:
        assert done.out == "Inga ändringar.\n"


def test_git_itself_shows_what_a_change_means_by_the_recipe(top: Path) -> None:
    guide = (ROOT / "docs" / "revidering.md").read_text("utf-8")
    attributes, settings = (
        guide[guide.index(f"```\n{begin}") + 4 :].partition("```")[0]
        for begin in ("catalogue/kommuner/*/insatser", '[diff "insatskoll"]')
    )
    git_folder = top / ".git"
    (git_folder / "info" / "attributes").write_text(attributes, "utf-8")
    kept = (git_folder / "config").read_text("utf-8")
    (git_folder / "config").write_text(kept + settings, "utf-8")
    path = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
    try:
        with patch.dict(os.environ, {"PATH": path}):
            shown = git(top, "diff", "--", "catalogue/kommuner/å/insatser/lots.yaml")
    finally:
        (git_folder / "info" / "attributes").unlink()
        (git_folder / "config").write_text(kept, "utf-8")
    assert "→ högre avgift" in shown
