"""What a rule suggests: the right lines at the right place, nothing else changed, and the finding
gone when they are written."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from insatskoll.catalogue import canonical
from insatskoll.catalogue.loading import load_kommun
from insatskoll.law import rule_form, suggesting
from insatskoll.law.predicates.registry import ToWrite
from insatskoll.law.rule_files import RuleError
from insatskoll.law.rules import Rule, RuleSet, load_rules
from insatskoll.lint import examples as rule_examples
from insatskoll.lint import rows, run, suggestions
from insatskoll.lint.findings import Finding, Suggestion
from insatskoll.reading import document, schema
from insatskoll.reading.document import Document
from insatskoll.reading.hygiene import UnreadableDocument
from insatskoll.reading.places import DataPath, value_at
from tests.catalogues import CATALOGUE, write_kommun
from tests.program import run as run_program

RULES = load_rules()
HEAD = "namn: X\ninsatstyp: samtal\navdelning: a\n"
AGE = {"målgrupp": {"ålder": {"från": 13, "till": 17, "avser": "deltagaren"}}}
AGE_LINES = "  ålder:\n    från: 13\n    till: 17\n    avser: deltagaren\n"


def read(text: str) -> Document:
    return document.parse(Path("exempel.yaml"), text)


def suggested(
    text: str, fields: Mapping[str, Any], base: DataPath = (), *replaces: DataPath
) -> Suggestion | None:
    return suggestions.of(ToWrite("insats", base, fields, frozenset(replaces)), read(text))


def applied(text: str, suggestion: Suggestion) -> str:
    """``text`` with the suggestion's edits, made by line and column as an editor does."""
    lines = text.splitlines(keepends=True)

    def index(line: int, column: int) -> int:
        return sum(map(len, lines[: line - 1])) + column - 1

    assert suggestion.edits
    for edit in reversed(suggestion.edits):
        start = index(edit.span.line, edit.span.column)
        end = index(edit.span.end_line, edit.span.end_column)
        text = text[:start] + edit.text + text[end:]
    return text


LAYOUTS = {
    "no group yet": (HEAD + "syfte: S.\n", HEAD + "målgrupp:\n" + AGE_LINES + "syfte: S.\n"),
    "no line break last": (HEAD + "form: [grupp]", HEAD + "form: [grupp]\nmålgrupp:\n"
                           + AGE_LINES.rstrip()),
    "in a group": (
        HEAD + "målgrupp:\n  deltagare: [unga]\nsyfte: S.\n",
        HEAD + "målgrupp:\n  deltagare: [unga]\n" + AGE_LINES + "syfte: S.\n",
    ),
    "in the order of the schema": (
        HEAD + "målgrupp:\n  beskrivning: B.\n  medföljande_barn: nej\n",
        HEAD + "målgrupp:\n  beskrivning: B.\n" + AGE_LINES + "  medföljande_barn: nej\n",
    ),
    "after what stands on the line": (
        HEAD + "målgrupp:  # vilka\n  deltagare:  # de\n  - unga  # som är\n\n# nästa\nsyfte: S.\n",
        HEAD + "målgrupp:  # vilka\n  deltagare:  # de\n  - unga  # som är\n" + AGE_LINES
        + "\n# nästa\nsyfte: S.\n",
    ),
    "after folded lines": (
        HEAD + "målgrupp:\n  beskrivning: >-\n    Unga\n    här.\n\n\nsyfte: S.\n",
        HEAD + "målgrupp:\n  beskrivning: >-\n    Unga\n    här.\n" + AGE_LINES + "\n\nsyfte: S.\n",
    ),
    "after plain text on lines": (
        HEAD + "målgrupp:\n  beskrivning: Unga\n    här.\nsyfte: S.\n",
        HEAD + "målgrupp:\n  beskrivning: Unga\n    här.\n" + AGE_LINES + "syfte: S.\n",
    ),
    "between brackets": (
        HEAD + "målgrupp: {deltagare: [unga] }\nsyfte: S.\n",
        HEAD + "målgrupp: {deltagare: [unga], "
        "ålder: {från: 13, till: 17, avser: deltagaren} }\nsyfte: S.\n",
    ),
    "windows": (
        HEAD.replace("\n", "\r\n") + "målgrupp:\r\n  deltagare: [unga]\r\n",
        HEAD.replace("\n", "\r\n") + "målgrupp:\r\n  deltagare: [unga]\r\n"
        + AGE_LINES.replace("\n", "\r\n"),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), LAYOUTS.values(), ids=LAYOUTS)
def test_the_lines_go_where_the_field_belongs(text: str, expected: str) -> None:
    found = suggested(text, AGE)
    assert found is not None
    assert applied(text, found) == expected
    assert read(expected).data == yaml.safe_load(expected)


def test_a_part_gets_what_belongs_to_it() -> None:
    text = HEAD + "delar:\n  - namn: A\n    innehåll: |\n      Ett.\n\n  - namn: B\n"
    found = suggested(text, AGE, ("delar", 0))
    assert found is not None
    assert found.within == ("delar", 0)
    changed = yaml.safe_load(applied(text, found))["delar"]
    assert changed == [{"namn": "A", **AGE, "innehåll": "Ett.\n"}, {"namn": "B"}]


def test_an_item_is_added_to_a_list_however_it_is_written() -> None:
    child = {"målgrupp": {"deltagare": ["barn"]}}
    for written in ("[vuxna]", "[ vuxna ]", "\n  - vuxna  # de\n", "\n    - vuxna"):
        text = HEAD + f"målgrupp:\n  deltagare: {written}"
        found = suggested(text, child)
        assert found is not None
        changed = yaml.safe_load(applied(text, found))
        assert changed["målgrupp"]["deltagare"] == ["vuxna", "barn"]


def test_what_goes_at_the_end_of_two_groups_stands_in_each() -> None:
    text = HEAD + "målgrupp:\n  deltagare: [barn]\n"
    fields = {"samtycke": {"under_15": "vårdnadshavare"}, "målgrupp": {"medföljande_barn": "ja"}}
    found = suggested(text, fields)
    assert found is not None
    assert found.within == ()
    changed = yaml.safe_load(applied(text, found))
    assert changed["samtycke"] == fields["samtycke"]
    assert changed["målgrupp"] == {"deltagare": ["barn"], "medföljande_barn": "ja"}


def test_what_is_there_is_written_over_only_where_the_rule_says_so() -> None:
    home = {"insatstyp": "familjehem"}
    text = HEAD.replace("samtal", "samtal  # ännu")
    assert suggested(text, home) is None
    found = suggested(text, home, (), ("insatstyp",))
    assert found is not None
    assert applied(text, found) == text.replace("samtal", "familjehem")
    assert found.lead == "Skriv i filen i stället, på rad 2:"


@pytest.mark.parametrize(
    "text",
    [
        HEAD + "målgrupp: {ålder: {från: 12, avser: deltagaren}}\n",  # another age
        HEAD + "målgrupp:\n  ålder: {från: 13, till: 17, avser: deltagaren}\n",  # it is there
    ],
)
def test_nothing_is_suggested_where_something_stands(text: str) -> None:
    assert suggested(text, AGE) is None


def test_nothing_is_suggested_that_the_schema_refuses() -> None:
    text = HEAD + "delar: [{namn: A}, {namn: B}]\n"
    assert suggested(text, {"dokumentation": {"nivå": "individnivå"}}) is None
    assert suggested(HEAD, {"målgrupp": {"ålder": {"från": 13}}}) is None


def test_where_it_cannot_be_told_exactly_the_lines_are_given_with_their_groups() -> None:
    text = HEAD + "dokumentation:\n  uppföljning:\n  - |+\n    Ett.\n\n"  # part of the text
    more = {"dokumentation": {"uppföljning": ["Två."]}}
    found = suggested(text, more)
    assert found is not None
    assert found.edits == ()
    assert yaml.safe_load(found.text) == {"dokumentation": {"uppföljning": ["Ett.\n\n", "Två."]}}
    assert found.lead == "Skriv i filen:"


KEPT = "beskrivning: |+\n    Unga.\n\n"


@pytest.mark.parametrize(
    "text",
    [
        HEAD + "målgrupp:\n  deltagare: [unga]\n  " + KEPT,
        HEAD + "målgrupp:\n  " + KEPT,
        HEAD + "målgrupp:\n  " + KEPT + "\nsyfte: S.\n",
        HEAD + "syfte: >+\n  S.\n\n",
        HEAD + "målgrupp: {\n  deltagare: [unga]}\n",
        HEAD + "målgrupp: {deltagare: [unga],}\n",
        HEAD + "målgrupp: {deltagare: [\n  unga, # de\n  ], # och\n  }\n",
        "{namn: X, insatstyp: samtal,\n avdelning: 'a'}\n",
        "{namn: X, insatstyp: samtal,\n avdelning: a  # b\n,\n}\n",
    ],
)
@pytest.mark.parametrize("line_break", ["\n", "\r\n"])
def test_the_lines_go_where_nothing_takes_them_in(text: str, line_break: str) -> None:
    text = text.replace("\n", line_break)
    found = suggested(text, AGE)
    assert found is not None
    before: Any = read(text).data
    after: Any = read(applied(text, found)).data
    group = {**before.get("målgrupp", {}), **AGE["målgrupp"]}
    assert after == {**before, "målgrupp": group}


def test_all_that_is_suggested_can_be_written(tmp_path: Path) -> None:
    """Findings that would write at the same place leave it to the first."""
    fields = {
        "insatstyp": "familjerådgivning",
        "syfte": "En avgift tas ut.",
        "innehåll": (
            "Samtalet kostar 400 kronor. Barnet flyttar in hos en annan familj. "
            "Barnet placeras i ett familjehem."
        ),
    }
    folder = write_kommun(tmp_path / "k", {"a": fields})
    path = folder / "insatser" / "a.yaml"
    report = run.lint([load_kommun(folder)], RULES)
    found = [f.suggestion for f in report.open if f.path == path and f.suggestion is not None]
    edits = sorted((edit for one in found for edit in one.edits), key=lambda edit: edit.span)
    text = path.read_text("utf-8")
    after: Any = read(applied(text, Suggestion((), "", tuple(edits)))).data
    assert after["insatstyp"] == "familjehem"
    assert after["avgift"] == {"belopp": "400 kronor"}
    assert len([f for f in report.open if f.rule == "IK109"]) > 1


WORDS = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Cf", "Zl", "Zp"), exclude_characters="\ufffd")
    | st.sampled_from("\"'#:{}[]|>-\\&*!%@`\n,?")
)


@given(
    WORDS,
    st.sampled_from([HEAD, HEAD + "samtycke:\n  åldrar: a\n", HEAD + "samtycke: {åldrar: a}"]),
)
def test_no_words_break_out_of_their_field(words: str, text: str) -> None:
    """Words that stand in a file, of which the reader lets in most."""
    fields = {"samtycke": {"beskrivning": words}}
    try:
        read(canonical.to_yaml(fields))
    except UnreadableDocument:
        return
    found = suggested(text, fields)
    if found is None:
        whole = {**yaml.safe_load(text), **fields}
        plain = words.replace("\n", "").isprintable()
        assert not (schema.holds(whole, "insats") and plain and len(words) < 300)
        return
    assert yaml.safe_load(found.text)
    if found.edits:
        after: Any = read(applied(text, found)).data
        assert value_at(after, ("samtycke", "beskrivning")) == words
        assert {**after, "samtycke": None} == {**yaml.safe_load(text), "samtycke": None}


# What the rules suggest.


def with_suggestion() -> Iterator[tuple[Rule, int]]:
    for rule in RULES.rules.values():
        for number, check in enumerate(rule.data["prövningar"]):
            if suggesting.SUGGESTION in check:
                yield rule, number


SUGGESTING = [pytest.param(*one, id=f"{one[0].id}-{one[1]}") for one in with_suggestion()]


@pytest.mark.parametrize(("rule", "number"), SUGGESTING)
def test_what_a_rule_suggests_can_be_written(rule: Rule, number: int) -> None:
    checks = [one for one in rule_form.written(rule.data) if one.number == number]
    assert [wrong for one in checks for wrong in suggesting.wrong(one)] == []


@pytest.mark.parametrize(("rule", "number"), SUGGESTING)
def test_what_a_rule_suggests_answers_its_finding(rule: Rule, number: int, tmp_path: Path) -> None:
    """In every example: the file with the edits is one that another parser reads and the schema
    holds for, and the same check finds nothing there any longer."""
    written = 0
    for index, example in enumerate(rule.examples["träff"]):
        folder = tmp_path / str(index)
        for finding in of_check(rule, number, rule_examples.linted(example, only(rule), folder)):
            if finding.suggestion is None or not finding.suggestion.edits:
                continue
            before = finding.path.read_text("utf-8")
            changed = applied(before, finding.suggestion)
            assert isinstance(yaml.safe_load(changed), dict)
            finding.path.write_text(changed, "utf-8")
            left = run.lint([load_kommun(folder)], RULES).findings
            assert not [f for f in left if f.rule == "IK903"]
            assert place(finding) not in map(place, of_check(rule, number, left))
            finding.path.write_text(before, "utf-8")
            written += 1
    assert written, "no example shows what the check suggests"


def only(rule: Rule) -> RuleSet:
    """That rule by itself: where several suggest the same, the first has the edits."""
    return replace(RULES, rules={rule.id: rule})


def of_check(rule: Rule, number: int, found: tuple[Finding, ...]) -> list[Finding]:
    return [f for f in found if (f.rule, f.check) == (rule.id, number)]


def place(finding: Finding) -> tuple[Path, DataPath, str]:
    return finding.path, finding.data_path, finding.message


# How it is told.

SAYS = "Unga ```` ::error::x ##[group] @team 13–17 år."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A catalogue with a finding that suggests, and one that cannot be put exactly."""
    child = {"målgrupp": {"beskrivning": "Barn här.", "deltagare": ["barn"]}}
    write_kommun(tmp_path / "catalogue" / "kommuner" / "exempel", {"a": child})
    return tmp_path


def told(folder: Path, form: str) -> str:
    return run_program("lint", "--format", form, "--select", "IK301", cwd=folder).out


def test_text_shows_the_lines_below_what_to_do(folder: Path) -> None:
    lines = told(folder, "text").splitlines()
    at = lines.index("    Skriv i filen efter rad 7:")
    assert lines[at - 1].startswith("    Gör så här: ")
    assert lines[at + 1 : at + 3] == ["      samtycke:", "        under_15: vårdnadshavare"]


def test_json_has_the_lines_and_the_edits(folder: Path) -> None:
    report = json.loads(told(folder, "json"))
    assert schema.errors(report, "rapport") == []
    new = "\nsamtycke:\n  under_15: vårdnadshavare"
    place = {"line": 7, "column": 9, "endLine": 7, "endColumn": 9}
    assert [finding["suggestion"] for finding in report["findings"]] == [
        {"within": "", "text": new.lstrip() + "\n", "edits": [{**place, "text": new}]}
    ]


def test_sarif_has_a_fix_that_an_editor_can_make(folder: Path) -> None:
    result = json.loads(told(folder, "sarif"))["runs"][0]["results"][0]
    location = result["locations"][0]["physicalLocation"]["artifactLocation"]
    (fix,) = result["fixes"]
    assert fix["description"] == {"text": "Skriv i filen efter rad 7."}
    (change,) = fix["artifactChanges"]
    assert change["artifactLocation"] == location
    assert change["replacements"] == [
        {
            "deletedRegion": {"startLine": 7, "startColumn": 9, "endLine": 7, "endColumn": 9},
            "insertedContent": {"text": "\nsamtycke:\n  under_15: vårdnadshavare"},
        }
    ]


@pytest.mark.parametrize("form", ["github", "gitlab", "junit", "markdown"])
def test_the_other_forms_show_the_lines(folder: Path, form: str) -> None:
    out = told(folder, form)
    out = json.dumps(json.loads(out), ensure_ascii=False) if form == "gitlab" else out
    for line_break in ("\n", "%0A", "\\n"):
        out = out.replace(line_break, " ")
    assert "samtycke:   under_15: vårdnadshavare" in " ".join(out.split(" ")).replace("    ", "  ")


def test_a_block_of_code_ends_only_where_it_should() -> None:
    from insatskoll.lint.reporters.fences import fenced

    lines = canonical.to_yaml({"samtycke": {"beskrivning": SAYS}})
    tokens = MarkdownIt().parse(fenced(Suggestion((), lines)))
    assert [token.content for token in tokens if token.type == "fence"] == [lines]


def test_the_cache_keeps_what_is_suggested(folder: Path) -> None:
    kommun = folder / "catalogue" / "kommuner" / "exempel"
    from insatskoll.law.predicates import Neighbours

    outcome = run.linted(load_kommun(kommun), run.Terms(RULES), Neighbours())
    assert any(finding.suggestion for finding in outcome.findings)
    kept = json.loads(json.dumps(rows.row(outcome, kommun)))
    assert rows.outcome(kept, kommun) == outcome
    row = next(found for found in kept["findings"] if found[-1])
    for broken in ([1], ["a"], [[], 1, []], [[], "a", [[[1, 1, 1, 0], "b"]]], [[1.5], "a", []]):
        row[-1] = broken
        with pytest.raises(rows.NoRow):
            rows.outcome(kept, kommun)


# One's own rules.

RULE = """\
id: KOM001
namn: Utan ålder
nivå: varning
auktoritet: katalogkvalitet
kontrollerad: 2026-11-21
förklaring: Den som söker behöver veta.
åtgärd: Skriv åldern.
prövningar:
  - omfång: påstående
    när: {slag: ålder, insats.målgrupp.ålder: saknas}
    meddelande: "Kontrollera ”{ord}”."
    förslag: {målgrupp: {ålder: {från: "{från}", till: "{till}", avser: deltagaren}}}
exempel:
  träff:
    - {namn: a, insats: {målgrupp: {beskrivning: Unga 13–17 år.}}, platser: [målgrupp.beskrivning]}
    - {namn: b, insats: {målgrupp: {beskrivning: Från 13 år.}}, platser: [målgrupp.beskrivning]}
  tyst:
    - {namn: c, insats: {målgrupp: {beskrivning: Unga.}}}
    - {namn: d, insats: {målgrupp: {beskrivning: Vuxna.}}}
"""


def own(tmp_path: Path, text: str) -> Path:
    (tmp_path / "catalogue" / "regler").mkdir(parents=True)
    (tmp_path / "catalogue" / "regler" / "KOM001.yaml").write_text(text, "utf-8")
    return tmp_path / "catalogue"


@pytest.mark.parametrize(
    ("words", "age"),
    [
        ("Unga 13–17 år.", {"från": 13, "till": 17, "avser": "deltagaren"}),
        ("Unga från 13 år.", {"från": 13, "avser": "deltagaren"}),
    ],
)
def test_ones_own_rule_suggests_with_what_it_found(
    tmp_path: Path, words: str, age: dict[str, object]
) -> None:
    rules = load_rules(CATALOGUE, own(tmp_path, RULE))
    kommun = write_kommun(tmp_path / "exempel", {"a": {"målgrupp": {"beskrivning": words}}})
    (found,) = [f for f in run.lint([load_kommun(kommun)], rules).findings if f.rule == "KOM001"]
    assert found.suggestion is not None
    assert yaml.safe_load(found.suggestion.text) == {"ålder": age}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("{målgrupp: {ålder", "{målgrup: {ålder", "KOM001.yaml:12:24: förslaget går inte att"),
        ("avser: deltagaren}", "avser: alla}", "”alla”"),
        (", avser: deltagaren}", "}", "Lägg till: avser: deltagaren"),
        ('"{till}"', '"{tom}"', "”{tom}” i förslaget är inget fält. Menade du"),
        ('"{till}"', '"{till"', "en klammer saknar sin andra hälft"),
        ("”{ord}”", "”{ord”", "en klammer saknar sin andra hälft"),
        ("”{ord}”", "”ord}”", "en klammer saknar sin andra hälft"),
        ('"{från}"', "tretton", "KOM001.yaml:12:40: förslaget går inte att skriva i filen"),
        ("}}}\nexempel", "}}}\n    ersätter: [insatstyp]\nexempel", "inget fält ”insatstyp”"),
        (
            "omfång: påstående\n    när: {slag: ålder, insats.målgrupp.ålder: saknas}\n"
            "    meddelande: \"Kontrollera ”{ord}”.\"",
            "omfång: beslut\n    krav: {beslut.datum: finns}\n    meddelande: Utan dag.",
            "omfånget beslut har ingen fil att skriva i",
        ),
    ],
)  # fmt: skip
def test_a_suggestion_that_can_be_written_nowhere_is_refused(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    assert old in RULE
    with pytest.raises(RuleError) as error:
        load_rules(CATALOGUE, own(tmp_path, RULE.replace(old, new)))
    assert said in str(error.value)
    assert "regler/KOM001.yaml:" in str(error.value)
