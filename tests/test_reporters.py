"""The forms of a report: each follows its standard, points at the right place, and lets no text out
of its quotes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from markdown_it import MarkdownIt

from insatskoll.law.rules import RuleSet
from insatskoll.lint.findings import Finding
from insatskoll.lint.report import Report
from insatskoll.lint.reporters import markdown
from insatskoll.reading import schema
from insatskoll.reading.places import Span
from tests.catalogues import write_kommun
from tests.program import run
from tests.tools import sarif_errors

FORMATS = ("text", "json", "github", "azure", "gitlab", "sarif", "junit", "markdown")
MOTIVERING = "Beslutad text som ses över till hösten."
HOSTILE = "]]> <b>x</b> | [a](https://x.example) {0} @team #12 !34 `k` *f* www.x.example \\"
ID = "öl & råd#1"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A catalogue with an open error, a waived one, two names that are the same, and text that
    means something elsewhere."""
    wrong = {"namn": HOSTILE, "dokumentation": {"nivå": "avidentifierad"}}
    waived = {
        "dokumentation": {"nivå": "avidentifierad"},
        "avvikelser": [{"regel": "IK203", "motivering": MOTIVERING}],
    }
    write_kommun(
        tmp_path / "catalogue" / "kommuner" / "å kommun",
        {ID: wrong, "b": waived},
        {"information_om_ansökan": "X."},
    )
    return tmp_path


def report(folder: Path, form: str, *arguments: str) -> str:
    done = run("lint", "--format", form, *arguments, cwd=folder)
    assert (done.code, done.err) == (1, "")
    return done.out


def sarif(folder: Path, *arguments: str) -> Any:
    return json.loads(report(folder, "sarif", *arguments))["runs"][0]


def of(results: Any, rule: str, name: str = "%C3%B6l") -> Any:
    """The result of ``rule`` in the file whose name begins so."""
    return next(
        r
        for r in results
        if r["ruleId"] == rule
        and r["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        .split("/")[-1]
        .startswith(name)
    )


def test_sarif_describes_its_rules_from_their_own_files(folder: Path) -> None:
    run_ = sarif(folder)
    driver = run_["tool"]["driver"]
    rule = next(r for r in driver["rules"] if r["id"] == "IK203")
    assert rule["name"] == "Avidentifierad dokumentation utan skäl"
    assert rule["helpUri"].startswith("https://www.riksdagen.se/")
    assert rule["defaultConfiguration"] == {"level": "error"}
    assert rule["properties"]["tags"] == ["lagtext", "SoL 14 kap. 5 §"]
    assert "Gör så här: " in rule["help"]["text"]
    assert "[SoL 14 kap. 5 §](https://" in rule["help"]["markdown"]
    for result in run_["results"]:
        assert driver["rules"][result["ruleIndex"]]["id"] == result["ruleId"]


def test_sarif_points_at_the_place_with_a_uri_that_can_be_read(folder: Path) -> None:
    run_ = sarif(folder)
    assert run_["columnKind"] == "unicodeCodePoints"
    result = of(run_["results"], "IK203")
    physical = result["locations"][0]["physicalLocation"]
    uri = "catalogue/kommuner/%C3%A5%20kommun/insatser/%C3%B6l%20%26%20r%C3%A5d%231.yaml"
    assert physical["artifactLocation"] == {"uri": uri, "uriBaseId": "%SRCROOT%"}
    line = next(
        n
        for n, text in enumerate(source(folder).read_text("utf-8").splitlines(), 1)
        if "nivå:" in text
    )
    assert physical["region"] == {
        "startLine": line,
        "startColumn": 9,
        "endLine": line,
        "endColumn": 23,
    }
    assert result["level"] == "error"


def source(folder: Path) -> Path:
    return folder / "catalogue" / "kommuner" / "å kommun" / "insatser" / f"{ID}.yaml"


def test_sarif_gives_an_absolute_uri_to_what_lies_elsewhere(
    folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("annan")
    run_ = sarif(elsewhere, str(folder / "catalogue"))
    location = of(run_["results"], "IK203")["locations"][0]["physicalLocation"]["artifactLocation"]
    assert location["uri"].startswith("file:///")
    assert "uriBaseId" not in location


def test_sarif_suppresses_what_is_waived_and_says_why(folder: Path) -> None:
    results = sarif(folder)["results"]
    suppressed = [r for r in results if "suppressions" in r]
    assert [r["ruleId"] for r in suppressed] == ["IK203"]
    assert suppressed[0]["suppressions"] == [
        {"kind": "inSource", "status": "accepted", "justification": MOTIVERING}
    ]


def test_sarif_makes_no_link_of_a_name(folder: Path) -> None:
    text = of(sarif(folder)["results"], "IK203")["message"]["text"]
    assert "\\[a\\](https://x.example)" in text


def test_fingerprints_stay_when_lines_move_and_differ_between_findings(folder: Path) -> None:
    def prints() -> list[str]:
        return [r["partialFingerprints"]["insatskollFinding/v1"] for r in sarif(folder)["results"]]

    before = prints()
    assert len(set(before)) == len(before) > 2
    source(folder).write_text("# en\n# två\n" + source(folder).read_text("utf-8"), "utf-8")
    assert prints() == before
    assert [issue["fingerprint"] for issue in json.loads(report(folder, "gitlab"))] == [
        f["fingerprint"]
        for f in json.loads(report(folder, "json"))["findings"]
        if f["waived"] is None
    ]


def test_sarif_is_valid_to_the_standards_own_tool(folder: Path) -> None:
    (folder / "lint.sarif").write_text(report(folder, "sarif"), "utf-8")
    assert sarif_errors(folder / "lint.sarif") == []


def test_gitlab_has_what_its_code_quality_report_needs(folder: Path) -> None:
    issues = json.loads(report(folder, "gitlab"))
    issue = next(i for i in issues if i["check_name"] == "IK203")
    assert set(issue) == {"description", "check_name", "fingerprint", "severity", "location"}
    assert issue["severity"] == "major"
    assert issue["location"]["path"] == source(folder).relative_to(folder).as_posix()
    assert issue["location"]["lines"]["begin"] > 1
    assert not [
        i for i in issues if i["check_name"] == "IK203" and "b.yaml" in i["location"]["path"]
    ], "it is waived"


def test_junit_counts_what_fails_and_keeps_the_text(folder: Path) -> None:
    suites = ET.fromstring(report(folder, "junit"))
    failures = [case for case in suites.iter("testcase") if case.find("failure") is not None]
    assert suites.attrib["failures"] == str(len(failures))
    case = next(case for case in failures if case.attrib["name"].startswith("IK203"))
    assert case.attrib["file"] == source(folder).relative_to(folder).as_posix()
    failure = case.find("failure")
    assert failure is not None
    assert HOSTILE in failure.attrib["message"]
    assert [s.attrib["message"] for s in suites.iter("skipped")] == [f"Godtaget: {MOTIVERING}"]
    lenient = ET.fromstring(report(folder, "junit", "--fail-level", "råd"))
    assert int(lenient.attrib["failures"]) >= len(failures)


def test_junit_holds_text_that_xml_cannot(tmp_path: Path) -> None:
    write_kommun(tmp_path / "catalogue" / "kommuner" / "k", {"a": b'namn: "\\x01"\n', "b": b"\x00"})
    done = run("lint", "--format", "junit", cwd=tmp_path)
    assert done.code == 2
    assert ET.fromstring(done.out).tag == "testsuites"


def test_junit_of_a_clean_run_has_a_case_that_passes(tmp_path: Path) -> None:
    write_kommun(tmp_path / "catalogue" / "kommuner" / "k", {}, {"information_om_ansökan": "X."})
    done = run("lint", "--format", "junit", "--select", "IK203", cwd=tmp_path)
    suites = ET.fromstring(done.out)
    assert (done.code, suites.attrib["tests"], suites.attrib["failures"]) == (0, "1", "0")


def test_markdown_cannot_mention_link_or_format(folder: Path) -> None:
    out = report(folder, "markdown")
    assert out.startswith("<!-- insatskoll lint -->\n")
    for raw in ("<b>", "@team", "#12", "!34", "[a](", "`k`", "*f*", "https://x", "www.x"):
        assert raw not in out
    assert "&lt;b&gt;x&lt;/b&gt; \\| \\[a\\]" in out
    assert "@&#8203;team" in out


def test_markdown_is_read_as_nothing_but_the_text() -> None:
    html = MarkdownIt("commonmark").render(
        f"- {markdown.escape(HOSTILE)} *{markdown.escape(HOSTILE)}*"
    )
    assert html.count("<em>") == 1
    for tag in ("<a", "<b>", "<code", "<img", "<h"):
        assert tag not in html
    assert markdown.escape("a_b <", in_html=True) == "a_b &lt;"


@pytest.mark.parametrize(
    "text", ["/close", "a\n/close\n", "<!-- x", "a\x00b", "&#64;team", "\\@team", "a`\\`b"]
)
def test_markdown_text_stays_on_its_line(text: str) -> None:
    said = markdown.escape(text)
    assert "\n" not in said
    assert "\0" not in said
    assert "<" not in said
    assert "&#64;" not in said
    assert "@t" not in said


def test_markdown_is_folded_when_long_and_fits_in_a_comment(tmp_path: Path) -> None:
    assert "<details>" not in markdown_of(tmp_path / "få", 2)
    many = markdown_of(tmp_path / "många", 400)
    assert many.count("<details>") == many.count("</details>") > 10
    assert markdown.LONGEST * 0.95 <= len(many) <= markdown.LONGEST
    assert " fynd till." in many


def test_markdown_says_how_many_findings_it_has_cut() -> None:
    found = tuple(
        Finding(Path("k/a.yaml"), Span(), "IK999", "fel", "Ord " * words, "Gör så.", ())
        for words in (10, 900, 900)
    )
    text = markdown.render(Report(found, (), 1, RuleSet({}, {}), unreadable=False))
    assert "\n2 rader är avkortade. Hela texten ges av `insatskoll lint`.\n" in text


def test_markdown_cuts_within_a_file_and_the_least_grave_first() -> None:
    def finding(number: int, level: str) -> Finding:
        span = Span(number + 1, 1, number + 1, 2)
        return Finding(
            Path(f"k/{number // 900}.yaml"),
            span,
            "IK999",
            level,
            f"Fynd {number}. " + "Ord " * 20,
            "Gör så.",
            (),
        )

    found = [finding(n, "fel" if n % 900 == 899 else "råd") for n in range(2700)]
    text = markdown.render(Report(tuple(found), (), 3, RuleSet({}, {}), unreadable=False))
    assert markdown.LONGEST * 0.95 <= len(text) <= markdown.LONGEST
    assert text.count("- **fel**") == 3
    assert 0 < text.count("- **råd**") < 2697
    assert f"… och {2700 - text.count('IK999')} fynd till." in text


def markdown_of(folder: Path, number: int) -> str:
    insatser = {f"a{n}": {"dokumentation": {"nivå": "avidentifierad"}} for n in range(number)}
    write_kommun(
        folder / "catalogue" / "kommuner" / "k", insatser, {"information_om_ansökan": "X."}
    )
    return report(folder, "markdown", "--select", "IK203")


def test_json_follows_its_published_schema(folder: Path) -> None:
    assert schema.errors(json.loads(report(folder, "json")), "rapport") == []
    assert (
        schema.errors(
            json.loads(report(folder, "json", "--datum", "2022-01-01", "--fail-level", "råd")),
            "rapport",
        )
        == []
    )


def test_every_rule_that_fires_can_be_told_in_every_form(folder: Path) -> None:
    for form in FORMATS:
        out = report(folder, form)
        assert "IK203" in out
        assert "\0" not in out


@pytest.mark.parametrize("form", FORMATS)
def test_a_file_that_cannot_be_read_is_told_in_every_form(form: str, tmp_path: Path) -> None:
    write_kommun(tmp_path / "catalogue" / "kommuner" / "k", {"a": b"namn: [\n"})
    done = run("lint", "--format", form, "--select", "IK203", cwd=tmp_path)
    assert done.code == 2
    assert "IK901" in done.out
