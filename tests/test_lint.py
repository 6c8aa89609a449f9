"""Linting as a whole: places, waivers, dates, order, and that every rule can fire."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any, ClassVar

import pytest

from insatskoll.catalogue import loading
from insatskoll.law.rules import load_rules
from insatskoll.lint import examples as rule_examples
from insatskoll.lint.findings import Finding
from insatskoll.lint.placing import Places
from insatskoll.lint.run import lint
from insatskoll.lint.waivers import Waiving, applied
from insatskoll.reading.places import Span
from tests import golden
from tests.catalogues import CATALOGUE, lint_folder, write_kommun
from tests.program import run

AVIDENTIFIERAD = {"nivå": "avidentifierad"}
MOTIVERING = "Beslutad text som ses över till hösten."


def rules_found(folder: Path, **options: Any) -> list[tuple[str, bool]]:
    report = lint_folder(folder, **options)
    return [
        (f.rule, f.waived is not None)
        for f in report.findings
        if f.rule in ("IK203", "IK204", "IK903", "IK908")
    ]


def test_every_rule_fires_in_one_run(tmp_path: Path) -> None:
    rules = load_rules()
    # Each is only written here, and put below; the reader has rules of its own.
    none = replace(rules, rules={i: rule for i, rule in rules.rules.items() if i[:3] == "IK9"})
    for rule in rules.rules.values():
        folder = tmp_path / "catalogue" / "kommuner" / rule.id.lower()
        rule_examples.linted(rule.examples["träff"][0], none, folder)
    done = run("lint", "--format", "json", cwd=tmp_path)
    assert done.code == 2, "some of the examples are files that cannot be read"
    assert {f["rule"] for f in json.loads(done.out)["findings"]} == set(rules.rules)


def test_a_finding_points_at_its_line_and_shows_it(tmp_path: Path) -> None:
    text = b"namn: Exempel\ninsatstyp: samtal\navdelning: exempel\n"
    text += b"dokumentation:\n  niv\xc3\xa5: avidentifierad # \xc3\xa5\n"
    report = lint_folder(write_kommun(tmp_path / "k", {"exempel": text}))
    finding = next(f for f in report.findings if f.rule == "IK203")
    assert (finding.span.line, finding.span.column, finding.span.end_column) == (5, 9, 23)
    assert finding.source == "  nivå: avidentifierad # å"


def test_a_waiver_accepts_the_finding_and_keeps_its_reason(tmp_path: Path) -> None:
    waivers = [
        {"regel": "IK203", "motivering": MOTIVERING},
        {"regel": "IK204", "motivering": MOTIVERING},
    ]
    folder = write_kommun(
        tmp_path / "k", {"a": {"dokumentation": AVIDENTIFIERAD, "avvikelser": waivers}}
    )
    report = lint_folder(folder)
    assert [(f.rule, f.waived) for f in report.findings if f.path.stem == "a"] == [
        ("IK203", MOTIVERING),
        ("IK204", MOTIVERING),
    ]
    assert not {f.rule for f in report.open} & {"IK203", "IK204", "IK908"}


def test_a_waiver_holds_only_in_its_own_file(tmp_path: Path) -> None:
    waived = {
        "dokumentation": AVIDENTIFIERAD,
        "avvikelser": [{"regel": "IK203", "motivering": MOTIVERING}],
    }
    folder = write_kommun(tmp_path / "k", {"a": waived, "b": {"dokumentation": AVIDENTIFIERAD}})
    assert [f.path.stem for f in lint_folder(folder).open if f.rule == "IK203"] == ["b"]


def test_the_municipalitys_waiver_holds_in_all_its_files(tmp_path: Path) -> None:
    insatser = {name: {"dokumentation": AVIDENTIFIERAD} for name in ("a", "b")}
    folder = write_kommun(
        tmp_path / "k", insatser, {"avvikelser": [{"regel": "IK203", "motivering": MOTIVERING}]}
    )
    assert rules_found(folder) == [("IK203", True), ("IK204", False)] * 2


@pytest.mark.parametrize("reason", [None, "", "för att"])
def test_a_waiver_without_a_real_reason_breaks_the_schema(
    tmp_path: Path, reason: str | None
) -> None:
    waiver = {"regel": "IK203"} | ({"motivering": reason} if reason is not None else {})
    folder = write_kommun(
        tmp_path / "k", {"a": {"dokumentation": AVIDENTIFIERAD, "avvikelser": [waiver]}}
    )
    assert {rule for rule, _ in rules_found(folder)} == {"IK903"}


def test_a_waiver_of_a_rule_that_is_not_in_force_is_not_stale(tmp_path: Path) -> None:
    waivers = [{"regel": "IK203", "motivering": MOTIVERING}]
    insats = {"dokumentation": AVIDENTIFIERAD, "avvikelser": waivers}
    folder = write_kommun(tmp_path / "k", {"a": insats}, {"förslag": {"datum": "2025-05-01"}})
    report = lint_folder(folder)
    assert "IK908" not in {f.rule for f in report.findings}
    assert ("IK203", "gäller från 2025-07-01, men prövningen görs per 2025-05-01") in report.skipped


def test_rules_are_judged_at_the_proposals_date_unless_another_is_asked_for(tmp_path: Path) -> None:
    folder = write_kommun(
        tmp_path / "k", {"a": {"insatstyp": "familjehem"}}, {"förslag": {"datum": "2025-06-30"}}
    )
    assert "IK102" not in {f.rule for f in lint_folder(folder).findings}
    assert "IK102" in {f.rule for f in lint_folder(folder, datum="2025-07-01").findings}


def test_a_list_decided_before_the_law_is_judged_at_the_day_from_which_it_applies(
    tmp_path: Path,
) -> None:
    bilaga = {"titel": "Insatser", "gäller_från": "2025-07-01"}
    kommun = {"förslag": {"datum": "2025-05-13"}, "bilaga": bilaga}
    folder = write_kommun(tmp_path / "k", {"a": {"insatstyp": "familjehem"}}, kommun)
    report = lint_folder(folder)
    assert "IK102" in {f.rule for f in report.findings}
    assert report.skipped == ()


def test_a_broken_file_does_not_hide_the_findings_in_the_others(tmp_path: Path) -> None:
    folder = write_kommun(tmp_path / "k", {"a": b"namn: [", "b": {"dokumentation": AVIDENTIFIERAD}})
    report = lint_folder(folder)
    assert report.unreadable
    assert {"IK901", "IK203"} <= {f.rule for f in report.findings}


def test_the_order_of_files_on_disk_does_not_matter(tmp_path: Path) -> None:
    insatser = {name: {"dokumentation": AVIDENTIFIERAD} for name in "öäåcba"}
    one = write_kommun(tmp_path / "1" / "k", insatser)
    other = write_kommun(tmp_path / "2" / "k", dict(reversed(insatser.items())))
    reports = [
        [(f.path.name, f.span, f.rule, f.message) for f in lint_folder(folder).findings]
        for folder in (one, other)
    ]
    assert reports[0] == reports[1]


def test_a_file_asked_for_gives_only_its_own_findings(tmp_path: Path) -> None:
    insatser = {name: {"dokumentation": AVIDENTIFIERAD} for name in ("a", "b")}
    folder = write_kommun(tmp_path / "catalogue" / "kommuner" / "k", insatser)
    done = run("lint", folder / "insatser" / "b.yaml", "--format", "json", cwd=tmp_path)
    assert {Path(f["path"]).name for f in json.loads(done.out)["findings"]} == {"b.yaml"}


def test_a_changed_decision_is_found_and_cannot_be_waived(tmp_path: Path) -> None:
    source = CATALOGUE / "kommuner" / "uppsala" / "beslut" / "2025-05-19.yaml"
    folder = write_kommun(tmp_path / "k")
    (folder / "beslut").mkdir()
    text = source.read_text("utf-8")
    assert "högst: 5" in text
    changed = text.replace("högst: 5", "högst: 6", 1)
    waiver = f"- regel: IK603\n  motivering: {MOTIVERING}\n"
    (folder / "beslut" / "2025-05-19.yaml").write_text(changed + waiver, "utf-8")
    found = lint_folder(folder).open
    assert {"IK603", "IK908"} <= {f.rule for f in found}
    assert any("kan inte godtas" in f.message for f in found)


def test_layout_and_comments_of_a_decision_may_change(tmp_path: Path) -> None:
    source = CATALOGUE / "kommuner" / "uppsala" / "beslut" / "2025-05-19.yaml"
    folder = write_kommun(tmp_path / "k")
    (folder / "beslut").mkdir()
    (folder / "beslut" / "2025-05-19.yaml").write_text(
        "# en kommentar\n\n" + source.read_text("utf-8"), "utf-8"
    )
    assert not [f for f in lint_folder(folder).open if f.rule == "IK603"]


def test_the_report_on_uppsala_as_people_see_it() -> None:
    told = run("lint", "uppsala", "--waived").out
    golden.check("lint-uppsala.txt", re.sub(r"[0-9]+ regler", "… regler", told))


def test_hostile_text_does_not_reach_the_terminal_as_control_codes(tmp_path: Path) -> None:
    folder = write_kommun(tmp_path / "k", {"a": b"namn: \x1b[31mr\xf6d\n"})
    assert "\x1b" not in run("lint", folder).out


def test_linting_the_bundled_catalogue_knows_its_own_concepts() -> None:
    kommuner = [loading.load_kommun(folder) for folder in loading.kommun_folders(CATALOGUE)]
    report = lint(kommuner, load_rules(), loading.load_begrepp(CATALOGUE))
    assert report.open == ()


@pytest.mark.parametrize("linked", ["insatser/hemlig.yaml", "insatser", ""])
def test_a_link_is_refused_and_what_it_points_at_is_not_quoted(tmp_path: Path, linked: str) -> None:
    outside = write_kommun(tmp_path / "utanför", {"hemlig": {"kortnamn": "hemligt"}})
    folder = tmp_path / "catalogue" / "kommuner" / "k"
    if linked:
        write_kommun(folder)
        if linked == "insatser":
            (folder / linked).rmdir()
    else:
        folder.parent.mkdir(parents=True)
    (folder / linked).symlink_to(outside / linked)
    done = run("lint", cwd=tmp_path)
    assert done.code == 2
    assert " är en länk." in done.out
    assert "hemligt" not in done.out


def test_a_check_may_have_advice_of_its_own(tmp_path: Path) -> None:
    kommun = {"avdelningar": [{"id": "exempel", "namn": "Exempel"}, {"id": "tom", "namn": "Tom"}]}
    report = lint_folder(
        write_kommun(tmp_path / "k", {"a": {"dokumentation": {"nivå": "individnivå"}}}, kommun)
    )
    (unit, chapter) = sorted(
        (f for f in report.findings if f.rule == "IK702"), key=lambda f: f.message
    )
    assert "Avdelningen" not in unit.message and "enhet" in unit.remedy.casefold()
    assert "avdelningen" in chapter.message and "enhet" not in chapter.remedy.casefold()


def test_where_level_and_provision_disagree_only_the_rule_about_that_speaks(tmp_path: Path) -> None:
    torn = (
        {"nivå": "individnivå", "lagrum": "SoL 14 kap. 5 §"},
        {"nivå": "avidentifierad", "lagrum": "SoL 14 kap. 4 §"},
    )
    for number, documentation in enumerate(torn):
        parts = [{"namn": "A", "karaktär": "stöd", "dokumentation": documentation}, {"namn": "B"}]
        insatser: dict[str, Any] = {
            "hel": {"karaktär": "stöd", "dokumentation": documentation},
            "delad": {"delar": parts},
        }
        report = lint_folder(write_kommun(tmp_path / str(number), insatser))
        own = [
            f
            for f in report.findings
            if f.path.stem != "kommun" and f.data_path[:2] != ("delar", 1)
        ]
        found = [f.rule for f in own if f.rule.startswith("IK2")]
        assert found == ["IK205", "IK205"]


def test_the_rule_that_goes_first_silences_its_own_part_only(tmp_path: Path) -> None:
    torn, bare = {"nivå": "avidentifierad", "lagrum": "SoL 14 kap. 4 §"}, {"nivå": "avidentifierad"}
    parts = [{"namn": "A", "dokumentation": torn}, {"namn": "B", "dokumentation": bare}]
    report = lint_folder(write_kommun(tmp_path / "k", {"a": {"delar": parts}}))
    assert [f.data_path[1] for f in report.findings if f.rule == "IK203"] == [1]


def test_a_waiver_of_a_rule_that_waits_is_not_stale(tmp_path: Path) -> None:
    waiver = {"regel": "IK203", "motivering": "Skälen läggs fram för nämnden nästa gång."}
    for number, place in enumerate(("insats", "kommun")):
        insats: dict[str, Any] = {
            "dokumentation": {"nivå": "avidentifierad", "lagrum": "SoL 14 kap. 4 §"}
        }
        insats |= {"avvikelser": [waiver]} if place == "insats" else {}
        kommun = {"avvikelser": [waiver]} if place == "kommun" else {}
        found = rules_found(write_kommun(tmp_path / str(number), {"a": insats}, kommun))
        assert "IK908" not in [rule for rule, _ in found]


class Watched(Finding):
    """A finding that counts how often its rule is asked for."""

    looks: ClassVar[list[int]] = []

    def __getattribute__(self, name: str) -> Any:
        if name == "rule":
            Watched.looks[-1] += 1
        return super().__getattribute__(name)


def test_waivers_and_findings_cost_their_sum_and_not_their_product(tmp_path: Path) -> None:
    for number in (50, 100, 200):
        waivers = [
            {"regel": "IK701", "motivering": f"En motivering som är lång nog, {i}."}
            for i in range(number)
        ]
        folder = write_kommun(
            tmp_path / str(number), {"a": {"avvikelser": waivers}}, {"avvikelser": waivers}
        )
        path = folder / "insatser" / "a.yaml"
        findings: list[Finding] = [
            Watched(path, Span(), "IK203", "fel", "x", "y") for _ in range(number)
        ]
        Watched.looks.append(0)
        kommun, places = loading.load_kommun(folder), Places({})
        applied(findings, Waiving(kommun, load_rules(), places, False, frozenset(), frozenset()))
    assert Watched.looks[1] <= 2 * Watched.looks[0] and Watched.looks[2] <= 4 * Watched.looks[0]


def test_a_concept_file_that_cannot_be_used_is_told(tmp_path: Path) -> None:
    write_kommun(tmp_path / "catalogue" / "kommuner" / "k", {"a": {}})
    (tmp_path / "catalogue" / "begrepp").mkdir()
    (tmp_path / "catalogue" / "begrepp" / "egna.yaml").write_text("begrepp: [x]\n", "utf-8")
    done = run("lint", cwd=tmp_path)
    assert done.code == 1
    assert "catalogue/begrepp/egna.yaml" in done.out
    (tmp_path / "catalogue" / "begrepp" / "egna.yaml").write_text("begrepp: [\n", "utf-8")
    assert run("lint", cwd=tmp_path).code == 2
