"""A part sees its whole insats: dividing an insats changes nothing of what a rule about parts
finds."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from insatskoll import resources
from insatskoll.catalogue.loading import make_kommun
from insatskoll.law.rules import RuleSet, load_rules
from insatskoll.lint.run import lint
from insatskoll.reading import document
from insatskoll.reading.places import path_text
from tests.catalogues import lint_folder, write_kommun

RULES = load_rules()
OF_PARTS = {
    rule.id: {c.number for c in rule.checks if c.scope == "del"} for rule in RULES.rules.values()
}
MUST_MOVE = ("karaktär", "dokumentation")  # an insats with parts has these on the parts
PART = json.loads((resources.SCHEMA / "gemensamt.schema.json").read_text("utf-8"))["$defs"]["del"]
MAY_MOVE = tuple(PART["properties"])
EXAMPLES = [
    pytest.param(rule, example, id=f"{rule.id}-{example['namn']}")
    for rule in RULES.rules.values()
    for kind in ("träff", "tyst")
    for example in rule.examples[kind]
    if OF_PARTS[rule.id] and "insats" in example and "delar" not in example["insats"]
]


def only(rule_id: str) -> RuleSet:
    """The rule, with those that go before it."""
    wanted = {rule_id, *RULES.rules[rule_id].data.get("tystas_av", ())}
    return replace(RULES, rules={i: rule for i, rule in RULES.rules.items() if i in wanted})


def found(
    folder: Path, rule_id: str, insats: dict[str, Any], example: dict[str, Any]
) -> Counter[tuple[int, str, str]]:
    """What the rule's checks of parts find, as if a part's fields stood on the insats. One part
    alone is let through."""
    others = example.get("insatser", {})
    write_kommun(folder, {"exempel": insats} | others, example.get("kommun"))
    files = [path.relative_to(folder).parts for path in folder.rglob("*.yaml")]
    kommun = make_kommun(folder, files, lambda path, kind: document.read(path))
    assert kommun.document is not None
    findings = [
        f
        for f in lint([kommun], only(rule_id)).findings
        if f.rule == rule_id and f.check in OF_PARTS[rule_id]
    ]
    return Counter(
        (f.check, path_text(f.data_path).removeprefix("delar[0]").lstrip("."), f.message)
        for f in findings
    )


@pytest.mark.parametrize("moved", [MUST_MOVE, MAY_MOVE], ids=["what must", "all that can"])
@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_an_insats_with_one_part_is_judged_as_the_undivided(
    rule: Any, example: Any, moved: tuple[str, ...], tmp_path: Path
) -> None:
    whole = {"namn": "Exempel"} | example["insats"]
    part = {name: value for name, value in whole.items() if name in moved or name == "namn"}
    rest = {name: value for name, value in whole.items() if name not in moved or name == "namn"}
    undivided = found(tmp_path / "hel", rule.id, whole, example)
    assert found(tmp_path / "delad", rule.id, rest | {"delar": [part]}, example) == undivided


EXEMPT = {
    "nivå": "avidentifierad",
    "särskilda_skäl": {"grund": "annat", "motivering": "Det behövs inte."},
}
ADVICE = {"karaktär": "rådgivning", "dokumentation": {"nivå": "utan personliga förhållanden"}}


def rules_found(folder: Path, insats: dict[str, Any]) -> set[tuple[str, str, str]]:
    found = lint_folder(write_kommun(folder, {"a": insats})).findings
    return {
        (f.rule, f.level, path_text(f.data_path))
        for f in found
        if f.rule in {"IK209", "IK210", "IK211", "IK214"}
    }


def test_family_counselling_in_steps_may_be_many_meetings(tmp_path: Path) -> None:
    steps = [
        ADVICE | {"namn": name, "omfattning": {"högst": 8, "enhet": "samtal"}}
        for name in ("Par", "Familjer")
    ]
    assert rules_found(tmp_path / "a", {"insatstyp": "familjerådgivning", "delar": steps}) == set()
    assert len(rules_found(tmp_path / "b", {"insatstyp": "samtal", "delar": steps})) == 2


def test_a_meeting_place_in_parts_is_a_meeting_place(tmp_path: Path) -> None:
    parts = [{"namn": name, "dokumentation": EXEMPT} for name in ("Kafé", "Frukost")]
    found = rules_found(tmp_path / "a", {"insatstyp": "mötesplats", "delar": parts})
    undivided = rules_found(tmp_path / "b", {"insatstyp": "mötesplats", "dokumentation": EXEMPT})
    assert {(rule, level) for rule, level, _ in found} == {
        (rule, level) for rule, level, _ in undivided
    }
    assert ("IK209", "råd") in {(rule, level) for rule, level, _ in found}


@pytest.mark.parametrize(("insatstyp", "rule"), [("hemtjänst", "IK211"), ("provtagning", "IK214")])
def test_an_exemption_in_parts_is_found_in_each(tmp_path: Path, insatstyp: str, rule: str) -> None:
    parts = [{"namn": name, "dokumentation": EXEMPT} for name in ("A", "B")]
    found = rules_found(tmp_path / "a", {"insatstyp": insatstyp, "delar": parts})
    assert {place for r, _, place in found if r == rule} == {
        "delar[0].dokumentation.nivå",
        "delar[1].dokumentation.nivå",
    }


def test_words_about_the_whole_count_against_the_parts_only_together_and_once(
    tmp_path: Path,
) -> None:
    text = {"innehåll": "Först råd, sedan KBT."}
    advice, treatment = (
        ADVICE | {"namn": "Råd"},
        {"namn": "KBT", "karaktär": "behandling", "dokumentation": {"nivå": "individnivå"}},
    )
    assert rules_found(tmp_path / "a", text | {"delar": [advice, treatment]}) == set()
    assert rules_found(
        tmp_path / "b", text | {"delar": [advice, advice | {"namn": "Mer råd"}]}
    ) == {("IK210", "varning", "innehåll")}
    assert rules_found(tmp_path / "c", {"delar": [advice | text, treatment]}) == {
        ("IK210", "varning", "delar[0].innehåll")
    }


def test_without_karaktär_the_finding_points_at_what_rests_on_it(tmp_path: Path) -> None:
    insats = {
        "metod": {"namn": "COPE", "manualbaserad": "ja"},
        "dokumentation": ADVICE["dokumentation"],
    }
    assert rules_found(tmp_path / "a", insats) == {("IK210", "varning", "dokumentation.nivå")}
