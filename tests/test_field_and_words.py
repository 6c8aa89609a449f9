"""A field that says one thing does not hide a text that says another, and each fault is told
once, at the words that are wrong."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from insatskoll.lint.findings import Finding
from insatskoll.lint.report import Report
from insatskoll.lint.reporters import text as reporter
from insatskoll.reading.places import Span
from tests.catalogues import lint_folder, write_kommun
from tests.program import run

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


def plain(report: Report) -> list[str]:
    """The report as people see it, without its colours."""
    return [one.text for one in reporter.render(report)]


def marked(one: Finding) -> str:
    """What a finding marks on its line."""
    return one.source[one.span.column - 1 : one.span.end_column - 1]


def test_what_a_sentence_says_twice_is_told_once(tmp_path: Path) -> None:
    words = "Bor du hos oss får du ett eget rum och personal finns dygnet runt."
    (one,) = found(tmp_path, "IK109", {"innehåll": words})
    assert marked(one) == "Bor du hos oss"


def test_two_sentences_that_say_the_same_are_two_findings(tmp_path: Path) -> None:
    words = "Vi anmäler aldrig. Det är tryggt här. Personalen gör aldrig en orosanmälan."
    assert len(found(tmp_path, "IK509", {"innehåll": words})) == 2


@pytest.mark.parametrize(
    ("words", "level"),
    [
        ("Vi anmäler aldrig.", "fel"),
        ("Personalen gör aldrig en orosanmälan.", "fel"),
        ("Vi anmäler aldrig det du berättar.", "varning"),
        ("Är du vuxen gör vi aldrig en orosanmälan.", "varning"),
    ],
)
def test_only_the_denial_that_says_nothing_else_is_an_error(
    words: str, level: str, tmp_path: Path
) -> None:
    assert [one.level for one in found(tmp_path, "IK509", {"innehåll": words})] == [level]


def test_a_fee_that_no_field_has_is_asked_for_once(tmp_path: Path) -> None:
    fees = {
        "syfte": "En avgift tas ut.",
        "innehåll": "Samtalet kostar 400 kronor. Utflykten kostar 150 kronor.",
        "delar": [{"namn": "A", "innehåll": "Fika kostar 20 kronor."}, {"namn": "B"}],
    }
    (one,) = found(tmp_path, "IK504", {"insatstyp": "familjerådgivning", **fees})
    assert one.suggestion is not None
    assert one.suggestion.text == "avgift:\n  belopp: 400 kronor\n"


def test_a_fee_above_the_cost_is_told_by_its_own_rule_only(tmp_path: Path) -> None:
    words = {"innehåll": "Du betalar mer än vad samtalet kostar."}
    folder = write_kommun(tmp_path / "k", {"a": words})
    rules = [one.rule for one in lint_folder(folder).open]
    assert rules.count("IK511") == 1
    assert "IK504" not in rules


@pytest.mark.parametrize(
    ("words", "rule", "shown"),
    [
        (
            "Avgiften är lägre än kommunens självkostnad.", "IK504",
            "Avgiften är lägre än kommunens självkostnad",
        ),
        ("Vi anmäler aldrig.", "IK509", "Vi anmäler aldrig"),
    ],
)  # fmt: skip
def test_a_mark_says_what_it_is_about(words: str, rule: str, shown: str, tmp_path: Path) -> None:
    (one,) = found(tmp_path, rule, {"innehåll": words})
    assert marked(one) == shown
    assert f"”{shown}”" in one.message


@pytest.mark.parametrize("style", ["plain", "folded"])
def test_only_what_no_font_has_is_marked(style: str, tmp_path: Path) -> None:
    folder = write_kommun(tmp_path / "k", {"a": {"syfte": "ORDEN"}})
    path = folder / "insatser" / "a.yaml"
    words = "Ett 👍 samtal." if style == "plain" else ">-\n  Ett\n  👍 samtal."
    path.write_text(path.read_text("utf-8").replace("ORDEN", words), "utf-8")
    (one,) = [f for f in lint_folder(folder).open if f.rule == "IK911"]
    assert marked(one) == "👍"


@pytest.mark.parametrize("before", [0, 40, 75, 95, 130])
@pytest.mark.parametrize("length", [5, 50, 80])
def test_all_that_is_marked_on_a_long_line_is_shown(
    before: int, length: int, tmp_path: Path
) -> None:
    words = "O" * length
    report = lint_folder(write_kommun(tmp_path / "k", {"a": {"innehåll": "Vi anmäler aldrig."}}))
    (one,) = [f for f in report.open if f.rule == "IK509"]
    source = "x" * before + words + "y" * 90
    span = Span(1, before + 1, 1, before + 1 + len(words))
    alone = replace(one, source=source, span=span, suggestion=None, related=())
    shown = plain(replace(report, findings=(alone,)))
    excerpt, marks = (line for line in shown if "│" in line)
    assert excerpt[marks.index("^") : marks.rindex("^") + 1] == words


def test_small_children_with_a_parent_have_the_age_that_the_text_tells(tmp_path: Path) -> None:
    group = {"beskrivning": "Föräldrar med små barn, 0–6 år.", "deltagare": ["föräldrar", "barn"]}
    assert found(tmp_path / "a", "IK301", {"målgrupp": group}) == []
    older = group | {"beskrivning": "Föräldrar med barn, 7–12 år."}
    (one,) = found(tmp_path / "b", "IK301", {"målgrupp": older})
    assert "(7–12 år)" in one.message


def test_what_a_text_claims_is_shown_in_words(tmp_path: Path) -> None:
    words = "Du kan ansöka om insats enligt 11 kap. 1 § socialtjänstlagen."
    write_kommun(tmp_path / "catalogue" / "kommuner" / "k", {"a": {"innehåll": words}})
    told = run("show", "k", "a", "--påståenden", cwd=tmp_path).out
    assert "ämnen: att få ansöka och insatser som prövas" in told
    assert not {"[", "'"} & set(told)
