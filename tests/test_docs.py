"""The documents: the rule reference is the rules' own, the jurist's example works, and so does what
the scaffold writes."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from insatskoll.catalogue import canonical
from insatskoll.diff import verdict_pages, verdicts
from insatskoll.law import pages, reference, rule_form
from insatskoll.law.predicates import PREDICATES
from insatskoll.law.predicates.told import ABOUT
from insatskoll.law.rules import Rule, RuleSet, load_rules
from insatskoll.lint import examples, fixes
from insatskoll.reading import accepted, document, schema
from tests.catalogues import ROOT
from tests.program import run

RULES = load_rules()
PAGES = reference.pages(RULES)
VERDICTS = verdicts.shipped()
JURIST = (ROOT / "docs" / "regler-för-jurister.md").read_text("utf-8")


def block(kind: str) -> str:
    """The one block of YAML in the jurist's guide that is marked ``kind``."""
    (found,) = re.findall(rf"```yaml {kind}\n(.*?)```", JURIST, re.DOTALL)
    return str(found)


def works(text: str, rule_id: str, folder: Path) -> Rule:
    """The rule in ``text``, once it has passed the schema and its own examples."""
    read = document.parse(folder / f"{rule_id}.yaml", text)
    assert schema.errors(read.data, "regel") == []
    rule = Rule(accepted.regel(read), folder / f"{rule_id}.yaml")
    ruleset = RuleSet({**RULES.rules, rule.id: rule}, RULES.lagrum)
    for number, (kind, example) in enumerate(examples.of(rule)):
        assert list(examples.wrong(kind, example, rule, ruleset, folder / str(number))) == [], (
            example["namn"]
        )
    return rule


def test_the_list_in_the_guide_works_and_a_rule_can_use_it(tmp_path: Path) -> None:
    pytest.importorskip("simplemma")
    (tmp_path / "ordlistor").mkdir()
    (tmp_path / "ordlistor" / "krav-på-handlingar.yaml").write_text(block("ordlista"), "utf-8")
    (tmp_path / "regler").mkdir()
    rule: Any = document.parse(tmp_path / "KOM001.yaml", block("regel")).data
    rule["prövningar"] = [document.parse(tmp_path / "prövning.yaml", block("prövning")).data]
    (tmp_path / "regler" / "KOM001.yaml").write_text(canonical.to_yaml(rule), "utf-8")
    ruleset = load_rules(own=tmp_path)
    assert list(ruleset.ordlistor["krav på handlingar"].wrong()) == []
    assert len(ruleset.rules["KOM001"].checks[0].parameters["ord"]) == 4


def test_the_check_on_claims_in_the_guide_finds_the_words(tmp_path: Path) -> None:
    rule: Any = document.parse(tmp_path / "KOM001.yaml", block("regel")).data
    rule["prövningar"] = [document.parse(tmp_path / "prövning.yaml", block("påstående")).data]
    texts = {
        "träff": [("Högst sju samtal ges.", "rådgivning"), ("Upp till 10 samtal.", "rådgivning")],
        "tyst": [("Högst sju samtal ges.", "stöd"), ("Högst fem samtal ges.", "rådgivning")],
    }
    rule["exempel"] = {
        kind: [
            {"namn": text, "insats": {"innehåll": text, "karaktär": nature}}
            | ({"platser": ["innehåll"]} if kind == "träff" else {})
            for text, nature in told
        ]
        for kind, told in texts.items()
    }
    works(canonical.to_yaml(rule), "KOM001", tmp_path)


def test_the_suggestion_in_the_guide_is_made(tmp_path: Path) -> None:
    rule: Any = document.parse(tmp_path / "KOM001.yaml", block("regel")).data
    rule["prövningar"] = [document.parse(tmp_path / "prövning.yaml", block("förslag")).data]
    (tmp_path / "regler").mkdir()
    (tmp_path / "regler" / "KOM001.yaml").write_text(canonical.to_yaml(rule), "utf-8")
    ruleset = load_rules(own=tmp_path)
    found = examples.linted(
        {"namn": "", "insats": {"innehåll": "För dig från 13 år."}}, ruleset, tmp_path / "a"
    )
    (suggestion,) = [f.suggestion for f in found if f.rule == "KOM001"]
    assert suggestion is not None
    assert suggestion.text == "målgrupp:\n  ålder:\n    från: 13\n    avser: deltagaren\n"


def test_the_rule_reference_is_up_to_date() -> None:
    assert pages.drift(PAGES, ROOT / "docs" / "regler") == [], "make docs writes it anew"


def test_every_rule_is_in_the_table_and_has_its_page() -> None:
    made = PAGES
    every = {"README.md", "definitioner.md", "kontroller.md"}
    assert set(made) == every | {f"{name}.md" for name in RULES.rules}
    for rule in RULES.rules.values():
        assert f"[{rule.id}]({rule.id}.md)" in made["README.md"]
        page = made[f"{rule.id}.md"]
        said = [rule.level, rule.data["auktoritet"], rule.data["kontrollerad"], *rule.lagrum]
        said += [RULES.lagrum[reference].link for reference in rule.lagrum]
        said += [example["namn"] for kind in ("träff", "tyst") for example in rule.examples[kind]]
        said += [f"[{definition.name}](definitioner.md#" for definition in rule.builds_on]
        for words in said:
            assert str(words) in page.replace("\\", ""), (rule.id, words)
        assert page.count("\n```") % 2 == 0


def test_the_verdict_reference_is_up_to_date_and_has_every_verdict_and_every_example() -> None:
    made = verdict_pages.pages(VERDICTS, RULES)
    assert pages.drift(made, ROOT / "docs" / "bedömningar") == [], "make docs writes it anew"
    assert set(made) == {"README.md", *(f"{code}.md" for code in VERDICTS.by_code)}
    for code, verdict in VERDICTS.by_code.items():
        assert f"[{verdict.words}]({code}.md)" in made["README.md"]
        assert verdict.explanation in made[f"{code}.md"].replace("\\", "")
        for topic in VERDICTS.topics.values():
            for example in topic.examples:
                if basis := example["blir"].get(verdict.words):
                    assert f"{verdict.words} ({basis})" in made[f"{code}.md"]
    for path in VERDICTS.fields:
        assert f"({path})" in made["README.md"], path


def test_every_definition_is_on_their_page_with_the_rules_that_build_on_it() -> None:
    page = PAGES["definitioner.md"]
    for name, definition in RULES.definitions.items():
        section = page.partition(f"\n## {name}\n")[2].partition("\n## ")[0]
        users = [rule.id for rule in RULES.rules.values() if definition in rule.builds_on]
        assert users
        assert all(f"[{user}]({user}.md)" in section for user in users), name


def test_a_definition_is_explained_by_its_name() -> None:
    done = run("explain", "dokumenteras", "avidentifierat")
    assert (done.code, done.err) == (0, "")
    assert "dokumentation.nivå: avidentifierad" in done.out
    assert "Lagrum: SoL 14 kap. 5 §" in done.out
    assert "IK203" in done.out


def test_the_definition_in_the_guide_works_and_a_rule_can_use_it(tmp_path: Path) -> None:
    for folder in ("definitioner", "regler"):
        (tmp_path / folder).mkdir()
    (tmp_path / "definitioner" / "samtal.yaml").write_text(block("definition"), "utf-8")
    rule: Any = document.parse(tmp_path / "KOM001.yaml", block("regel")).data
    rule["prövningar"][0] = {
        "omfång": "insats",
        "när": "många samtal",
        "plats": "omfattning.högst",
        "meddelande": "För många.",
    }
    (tmp_path / "regler" / "KOM001.yaml").write_text(canonical.to_yaml(rule), "utf-8")
    ruleset = load_rules(own=tmp_path)
    assert list(examples.wrong_of(ruleset.definitions["många samtal"], ruleset)) == []
    one = ruleset.rules["KOM001"]
    for number, (kind, example) in enumerate(examples.of(one)):
        assert list(examples.wrong(kind, example, one, ruleset, tmp_path / str(number))) == []


def odd(**changes: Any) -> RuleSet:
    data: Any = RULES.rules["IK501"].data | {"id": "EX001"} | changes
    return RuleSet({"EX001": Rule(data, Path("EX001.yaml"))}, RULES.lagrum)


def test_what_is_odd_in_a_rule_breaks_no_page() -> None:
    example = {
        "namn": "a|b `c` <b>",
        "text": "x: ```\n````\n\x07",
        "platser": ["1:1"],
        "rättat": {"a": "*b*"},
    }
    ruleset = odd(namn="[x](y) | <script>", exempel={"träff": [example], "tyst": [{"namn": "tom"}]})
    made = reference.pages(ruleset)
    assert "<script>" not in made["EX001.md"].replace("\\<", "")
    assert "\x07" not in made["EX001.md"]
    assert "## Egna regler" in made["README.md"]
    row = next(line for line in made["README.md"].splitlines() if "EX001" in line)
    assert len(re.findall(r"(?<!\\)\|", row)) == 6


def test_pages_are_written_checked_and_cleared_but_nothing_else_is_touched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    command = ("rules", "--format", "markdown", "--output", "regler")
    assert run(*command, cwd=tmp_path).code == 0
    made = {path.name: path.read_text("utf-8") for path in (tmp_path / "regler").iterdir()}
    assert made == PAGES
    monkeypatch.setattr(reference, "pages", lambda ruleset: PAGES)  # they take a while to make
    assert run(*command, "--check", cwd=tmp_path).code == 0
    folder = tmp_path / "regler"
    (folder / "IK999.md").write_text((folder / "IK203.md").read_text("utf-8"), "utf-8")
    (folder / "egen.md").write_text("Min egen sida.\n", "utf-8")
    (folder / "IK101.md").write_text("ändrad", "utf-8")
    (folder / "IK102.md").unlink()
    done = run(*command, "--check", cwd=tmp_path)
    assert done.code == 1
    assert [line.split()[0] for line in done.out.splitlines()] == [
        "regler/IK101.md",
        "regler/IK102.md",
        "regler/IK999.md",
    ]
    assert run(*command, cwd=tmp_path).code == 0
    assert run(*command, "--check", cwd=tmp_path).code == 0
    assert (folder / "egen.md").exists()


def test_the_page_of_the_checks_tells_of_each_check_and_of_all_that_it_takes() -> None:
    told = {name: text for members in ABOUT.values() for name, text in members.items()}
    assert sorted(told) == sorted(PREDICATES)
    assert sum(map(len, ABOUT.values())) == len(told)
    for name, text in told.items():
        named = set(re.findall(r"`(\w+)", text))
        kinds = PREDICATES[name].kinds
        # What words a check knows is said by the lists that stand in for them.
        must = {n for n, kind in kinds.items() if "uttryck eller listor" not in str(kind)}
        assert must - {"fält"} <= named, name


def test_the_jurists_example_works(tmp_path: Path) -> None:
    rule = works(block("regel"), "KOM001", tmp_path)
    insats = document.parse(Path("x.yaml"), block("insats") + "avdelning: exempel\n").data
    assert schema.errors(insats, "insats") == []
    correction: Any = document.parse(Path("x.yaml"), block("rättning")).data
    assert schema.errors({**rule.data, **correction}, "regel") == []
    mended: Any = rule.data | correction
    assert fixes.mending(Rule(mended, rule.path)) is not None


def test_the_rules_that_the_jurist_is_sent_to_use_the_checks_named() -> None:
    for rule_id, function in (("IK105", "deltar"), ("IK113", "nämner")):
        checks = rule_form.written(RULES.rules[rule_id].data)
        assert function in {one.kontroll.get("funktion") for one in checks}


@pytest.mark.parametrize(
    "name", ["Mötesplats utan syfte", "a: b # c", "'", "ja", "”x” {y}", "2025-07-01"]
)
def test_what_the_scaffold_writes_works_as_it_stands(name: str, tmp_path: Path) -> None:
    done = run("new", "regel", "EX001", "--namn", name, "--datum", "2026-01-02", cwd=tmp_path)
    assert (done.code, done.err) == (0, "")
    path = tmp_path / "catalogue" / "regler" / "EX001.yaml"
    rule = works(path.read_text("utf-8"), "EX001", tmp_path / "prov")
    assert (rule.namn, rule.data["kontrollerad"]) == (name, "2026-01-02")
    assert run("explain", "EX001", cwd=tmp_path).out.startswith(f"EX001  {name}")
    before = path.read_bytes()
    again = run("new", "regel", "EX001", "--namn", "Annat", cwd=tmp_path)
    assert (again.code, "finns redan" in again.err, path.read_bytes()) == (2, True, before)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["regel", "ex1", "--namn", "X"], "”ex1” är inget regel-id"),
        (["regel", "IK999", "--namn", "X"], "programmets egna"),
        (["regel", "IK203", "--namn", "X"], "finns redan"),
        (["regel", "../../X001", "--namn", "X"], "inget regel-id"),
        (["regel", "EX001"], "--namn saknas"),
        (["regel", "EX001", "--namn", ""], "tom"),
        (["regel", "EX001", "--namn", "a\nb"], "en rad"),
        (["regel", "EX001", "--namn", "a\x07b"], "Namnet går inte att använda"),
        (["regel", "EX001", "--namn", "X", "--datum", "igår"], "inget datum"),
        (["regl", "EX001", "--namn", "X"], "Menade du regel?"),
    ],
)
def test_a_rule_that_cannot_be_begun_is_refused_and_nothing_written(
    arguments: list[str], said: str, tmp_path: Path
) -> None:
    done = run("new", *arguments, cwd=tmp_path)
    assert done.code == 2
    assert said in done.err
    assert list(tmp_path.iterdir()) == []
