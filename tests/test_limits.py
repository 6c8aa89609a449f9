"""The receivers' limits: what each shows, the gravest first, and what is said of the rest."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from insatskoll.lint.findings import Finding, Related
from insatskoll.lint.reporters import azure, github, gitlab, limits, listing, sarif
from insatskoll.lint.reporters.listing import Listed
from insatskoll.reading.places import Span

Told = Callable[[list[Finding], list[str]], str]
HOSTILE = "50 %; a]b, ##vso[task.complete result=Failed] ::error:: %AZP25\nrad"


def found(number: int, level: str = "varning", text: str = "Fel i texten.") -> list[Finding]:
    paths = [Path(f"kommuner/k/insatser/{level}{n}.yaml") for n in range(number)]
    return [
        Finding(path, Span(n + 1, 3), "IK203", level, text, "Rätta.")
        for n, path in enumerate(paths)
    ]


def listed(findings: list[Finding]) -> list[Listed]:
    return listing.of(findings, lambda one: one.level == "fel")


@pytest.mark.parametrize("told", [github.told, azure.told])
def test_a_step_shows_ten_of_each_level_and_the_log_has_the_rest_by_line(told: Told) -> None:
    lines = told([*found(14, "råd"), *found(25), *found(12, "fel")], ["Sist."]).splitlines()
    commands = [line for line in lines if line.startswith(("::", "##vso["))]
    kinds = re.findall(r"^(?:::|##vso\[task\.logissue type=)(\w+)", "\n".join(commands), re.M)
    shown = ["error"] * 10 + ["warning"] * 10 + (["notice"] * 10 if told is github.told else [])
    assert kinds == shown
    rest = lines[len(commands) :]
    over = 2 + 15 + (4 if told is github.told else 0)
    assert rest[0] == f"{over} till, utöver de 10 av varje nivå som visas vid raderna:"
    assert rest[1] == "fel IK203 kommuner/k/insatser/fel10.yaml:11:3: Fel i texten. Rätta."
    places = {*re.findall(r"\w+\.yaml", "\n".join(lines))}
    assert len(places) == 14 + 25 + 12  # nothing is lost
    assert lines[-1] == "Sist."


def test_what_stands_at_no_line_takes_a_place_of_its_level() -> None:
    told = github.told(found(12, "råd"), [], "Baslinjen kan skrivas om.")
    assert told.count("::notice ") == 9 and told.count("::notice::") == 1


@pytest.mark.parametrize("told", [github.told, azure.told])
def test_few_are_all_shown_and_nothing_is_said_of_any_rest(told: Told) -> None:
    text = told([*found(10), *found(10, "fel")], ["Sist."])
    assert "utöver de" not in text and text.count("\n") == 21


def test_azure_reads_back_the_text_and_obeys_nothing_in_it() -> None:
    """The agent's own way of reading a command, which is the reverse of ours."""
    one = replace(found(1)[0], message=HOSTILE, path=Path("å; b]/a %.yaml"))
    command, last = azure.told([one], [HOSTILE.replace("\n", " ")]).splitlines()
    properties, _, data = command.removeprefix("##vso[task.logissue ").partition("]")

    def read(text: str) -> str:
        for written, character in (("%3B", ";"), ("%0D", "\r"), ("%0A", "\n"), ("%5D", "]")):
            text = text.replace(written, character)
        return text.replace("%AZP25", "%")

    held = dict(one.split("=", 1) for one in properties.rstrip(";").split(";"))
    assert read(held["sourcepath"]) == "å; b]/a %.yaml"
    assert (held["type"], held["linenumber"], held["code"]) == ("warning", "1", "IK203")
    assert read(data) == f"{HOSTILE} Rätta.".replace("##vso", "[U+0023]#vso")
    assert not re.search(r"##(vso)?\[", f"{data}\n{last}")


def test_code_scanning_gets_the_gravest_within_what_it_takes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(limits, "SARIF_SHOWN", 6)
    monkeypatch.setattr(limits, "SARIF_RESULTS", 8)
    waived = [replace(one, waived="Beslutat så.") for one in found(2, "fel")]
    related = tuple(Related(Path("a.yaml"), Span(), "Där.") for _ in range(150))
    many = [
        *waived,
        *found(5, "råd"),
        *found(3),
        *(replace(f, related=related) for f in found(1, "fel")),
    ]
    log = sarif.Log("lint", [{"id": "IK203"}], listed(many))
    run = json.loads(sarif.told(log))["runs"][0]
    assert [one["level"] for one in run["results"]] == ["error", *["warning"] * 3, *["note"] * 4]
    assert len(run["results"][0]["relatedLocations"]) == limits.SARIF_RELATED
    (note,) = run["invocations"][0]["toolConfigurationNotifications"]
    assert note["message"]["text"].startswith("3 resultat till ryms inte")
    few = sarif.Log("lint", [{"id": "IK203"}], listed(many[:6]))
    assert [one["level"] for one in json.loads(sarif.told(few))["runs"][0]["results"]] == [
        "error", "error", *["note"] * 4,
    ]  # fmt: skip


def test_a_list_for_gitlab_is_cut_to_what_its_page_can_show(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(limits, "GITLAB_BYTES", 6_000)
    text = gitlab.told(listed([*found(40, "råd", "ä" * 90), *found(4, "fel", "ö" * 90)]))
    assert len(text.encode()) <= 6_000
    issues = json.loads(text)
    assert [one["severity"] for one in issues[:4]] == ["major"] * 4
    assert issues[-1]["description"].startswith(f"{44 - len(issues) + 1} fynd till ryms inte")
    assert len(issues) > 6
    assert len({one["fingerprint"] for one in issues}) == len(issues)
