"""The rules: every example of every rule, and what makes a rule or a provision unusable."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from insatskoll.law import rule_form
from insatskoll.law.checks import NOT_SAID, SEVERAL
from insatskoll.law.predicates import PREDICATES
from insatskoll.law.predicates.renamed import RENAMED
from insatskoll.law.rule_files import RuleError
from insatskoll.law.rule_form import Written, written
from insatskoll.law.rules import RuleSet, load_rules
from insatskoll.lint import examples as rule_examples
from insatskoll.lint.findings import Finding
from insatskoll.reading import builtin
from tests.catalogues import CATALOGUE

RULES = load_rules()


def examples(*kinds: rule_form.Kind) -> list[Any]:
    return [
        pytest.param(rule, example, id=f"{rule.id}-{example['namn']}")
        for rule in RULES.rules.values()
        for kind in kinds
        for example in rule.examples[kind]
    ]


@cache
def with_a_say(rule_id: str) -> RuleSet:
    """The rules with no more of them put than what one of them finds depends on: those that it
    waits for, and the reader's."""
    named = {rule_id}
    while more := {w for n in named for w in RULES.rules[n].data.get("tystas_av", ())} - named:
        named |= more
    named |= {name for name in RULES.rules if name.startswith("IK9")}
    put = {name: one for name, one in RULES.rules.items() if name in named}
    left_out = {name: one for name, one in RULES.rules.items() if name not in named}
    return replace(RULES, rules=put, left_out=left_out)


def judged(rule: Any, example: Any, folder: Path) -> list[Finding]:
    """The rule's findings in its example, which must break no schema, but for a rule about that."""
    waives = "avvikelser" in str(example)  # whether that is needed, the other rules tell
    found = rule_examples.linted(example, RULES if waives else with_a_say(rule.id), folder)
    if not (rule.id.startswith("IK90") and "text" in example):
        assert all(f.rule != "IK903" for f in found)
    return [f for f in found if f.rule == rule.id]


@pytest.mark.parametrize(("rule", "example"), examples("träff"))
def test_finds_exactly_the_places_of_its_example(rule: Any, example: Any, tmp_path: Path) -> None:
    found = judged(rule, example, tmp_path / "exempel")
    assert rule_examples.places(example, found, tmp_path / "exempel") == sorted(example["platser"])
    for finding in found:
        assert "{" not in finding.message, "a placeholder was not filled in"
        assert NOT_SAID not in finding.message, "a placeholder stands for what is not there"
        assert SEVERAL not in finding.message, "a placeholder stands for a group"
        assert finding.remedy


@pytest.mark.parametrize(("rule", "example"), examples("tyst"))
def test_stays_silent_on_the_lawful_look_alike(rule: Any, example: Any, tmp_path: Path) -> None:
    assert judged(rule, example, tmp_path / "exempel") == []


@pytest.mark.parametrize("name", RULES.definitions)
def test_a_definition_holds_for_its_examples_and_not_for_those_that_are_like_them(
    name: str,
) -> None:
    assert list(rule_examples.wrong_of(RULES.definitions[name], RULES)) == []


def test_every_predicate_is_used() -> None:
    checks = [one.kontroll for rule in RULES.rules.values() for one in written(rule.data)]
    assert {check["funktion"] for check in checks if check} == set(PREDICATES)


def test_no_rule_writes_an_empty_list_where_there_is_a_default() -> None:
    for rule in RULES.rules.values():
        for one in written(rule.data):
            assert [] not in one.kontroll.values(), rule.id


def test_no_check_stands_twice_only_to_look_at_other_fields_in_another_scope() -> None:
    for rule in RULES.rules.values():
        checks = [one for one in written(rule.data) if one.kontroll]
        in_scope: dict[int, set[str]] = {}
        for one in checks:
            in_scope.setdefault(one.number, set()).add(one.scope)
        for first, second in combinations(checks, 2):
            if in_scope[first.number].isdisjoint(in_scope[second.number]):
                assert but_fields(first) != but_fields(second), (rule.id, second.number)


def but_fields(one: Written) -> dict[str, Any]:
    """A check, but for its scope and the fields that it looks at there."""
    kontroll = {name: value for name, value in one.kontroll.items() if name != "fält"}
    return {**one.data, "kontroll": kontroll, "omfång": ""}


def test_what_a_check_was_called_before_is_not_what_another_is_called_now() -> None:
    assert PREDICATES.keys().isdisjoint(RENAMED)
    for old, now in RENAMED.items():
        assert any(re.search(rf"(?<![\w-]){name}(?![\w-])", now) for name in PREDICATES), old


def test_a_legal_rule_names_its_law_and_when_it_was_checked() -> None:
    for rule in RULES.rules.values():
        if rule.data["auktoritet"] in ("lagtext", "förarbeten"):
            assert rule.lagrum, rule.id
            assert rule.data["gäller"].get("från", "2025-07-01") >= "2025-07-01", rule.id


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    shutil.copytree(CATALOGUE, tmp_path / "catalogue", ignore=shutil.ignore_patterns("kommuner"))
    return tmp_path / "catalogue"


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("IK203", "SoL 14 kap. 5 §", "SoL 99 kap. 1 §", "SoL 99 kap. 1 § finns inte"),
        ("IK203", "id: IK203", "id: IK299", "regeln heter IK299"),
        (
            "IK203",
            "gäller: {från: 2025-07-01}",
            "gäller: {från: 2024-01-01}",
            "före SoL 14 kap. 5 §",
        ),
        ("IK204", "krav:", "kräv:", "”kräv” finns inte här. Menade du ”krav”?"),
        ("IK404", "funktion: åldrar-motsäger", "funktion: åldrar", "kontrollen åldrar finns inte"),
        ("IK105", "till: 20", "tills: 20", "parametern tills finns inte"),
        ("IK105", "till: 20, ", "", "parametern till saknas"),
        ("IK105", "till: 20", "till: ja", "parametern till har fel slags värde"),
        ("IK102", "{insatstyp: familjehem}", "{insatstyp: familjehm}", "Menade du ”familjehem”?"),
    ],
)
def test_a_rule_that_cannot_work_is_refused(
    broken: Path, file: str, old: str, new: str, said: str
) -> None:
    path = broken / "regler" / f"{file}.yaml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
    with pytest.raises(RuleError, match=f"{file}.yaml") as error:
        [rule.checks for rule in load_rules(broken).rules.values()]
    assert said in str(error.value)


def test_a_rule_is_put_only_while_it_is_in_force() -> None:
    rule = RULES.rules["IK203"]
    assert rule.skipped_at("2025-07-01") is None
    assert rule.skipped_at(None) is None
    assert "gäller från 2025-07-01" in str(rule.skipped_at("2025-06-30"))


def test_conditions_are_kept_under_names_of_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is kept of a check's conditions is answered to no other check, and to no changed one."""
    asked: list[str] = []

    def remembered(name: str, read: Callable[[], Any]) -> Any:
        asked.append(name)
        return read()

    monkeypatch.setattr(builtin, "remembered", remembered)
    rules = load_rules().all
    count = sum(len(replace(rule).checks) for rule in rules)
    kept = [name for name in asked if name.startswith("villkor ")]
    assert len(set(kept)) == len(kept) == count
    asked.clear()
    for rule in rules:
        assert replace(rule, data={**rule.data}).checks
    assert not any(name.startswith("villkor ") for name in asked)
