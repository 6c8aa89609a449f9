"""The judgements as data: every example of every file, every field of the schemas, and that no
limit can be moved unseen."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from insatskoll.catalogue import program_files
from insatskoll.diff import (
    comparisons,
    facts,
    judgement,
    readings,
    verdict_examples,
    verdict_words,
    verdicts,
)
from insatskoll.diff.facts import About, Fact
from insatskoll.diff.verdicts import Step, Topic, VerdictError
from insatskoll.errors import Refused
from insatskoll.law.rules import load_rules
from insatskoll.reading import samples
from insatskoll.resources import SCHEMA
from tests.catalogues import CATALOGUE, ROOT
from tests.program import run

sys.path.insert(0, str(ROOT / "tools"))
import mutate_verdicts

if TYPE_CHECKING:
    from insatskoll.reading.schema_types import BedomningIntervall

KNOWN = verdicts.shipped()
RULES = load_rules()


# The files


@pytest.mark.parametrize("topic", KNOWN.topics.values(), ids=lambda topic: topic.id)
def test_every_example_comes_out_as_written_and_backwards_as_its_mirror_image(topic: Topic) -> None:
    assert list(verdict_examples.wrong(topic, KNOWN)) == []


def test_a_wrong_example_is_told() -> None:
    data: Any = {
        "namn": "Ingången",
        "fält": ["insats.ingång"],
        "lagrum": "IK402",
        "bedömningar": [{"skala": ["remiss", "öppen"], "upp": "öppnare för den enskilde"}],
        "exempel": [
            {"från": "remiss", "till": "öppen", "blir": {"snävare för den enskilde": "IK402"}},
            {"blir": {}},
        ],
    }
    made = verdicts.topic("ingång", data, KNOWN.by_code)
    by = verdicts.made(KNOWN.by_code, [made])
    assert list(verdict_examples.wrong(made, by)) == [
        (
            "bedömningar/ingång.yaml: exempel 1 blir öppnare för den enskilde (IK402), inte "
            "snävare för den enskilde (IK402)"
        ),
        "bedömningar/ingång.yaml: exempel 2 har varken från eller till",
    ]


def test_every_verdict_is_given_by_something_and_has_its_mirror_image() -> None:
    for code, verdict in KNOWN.by_code.items():
        assert list(verdict_words.ways_to(code, KNOWN)), code
        assert KNOWN.by_code[verdict.mirror].mirror == code
        assert KNOWN.by_code[verdict.mirror].axis == verdict.axis


def test_the_schemas_know_every_verdict() -> None:
    diff = json.loads((SCHEMA / "diff.schema.json").read_text("utf-8"))
    assert set(diff["$defs"]["judgement"]["properties"]["verdict"]["enum"]) == set(KNOWN.by_code)
    assert set(diff["$defs"]["judgement"]["properties"]["axis"]["enum"]) == {
        v.axis for v in KNOWN.by_code.values()
    }
    judged = json.loads((SCHEMA / "bedomning.schema.json").read_text("utf-8"))["$defs"]
    assert set(judged["utfall"]["enum"]) == {verdict.words for verdict in KNOWN.by_code.values()}
    assert set(judged["lasning"]["enum"]) == set(readings.READINGS)
    assert set(judged["fraga"]["properties"]["när"]["enum"]) == set(readings.CONDITIONS)


def test_judgements_rest_on_provisions_and_rules_that_there_are_while_they_are_in_force() -> None:
    for topic in KNOWN.topics.values():
        for step in topic.steps:
            for basis in step.bases:
                assert basis in RULES.lagrum or basis in RULES.rules, f"{topic.id}: {basis}"
            if step.basis in RULES.lagrum:
                assert step.since >= RULES.lagrum[step.basis].since, topic.id


# What is told of them


@pytest.mark.parametrize(
    "asked", [["narrower"], ["snävare", "för", "den", "enskilde"], ["Snävare"]]
)
def test_a_verdict_is_explained_by_its_code_or_its_name(asked: list[str]) -> None:
    told = run("explain", *asked)
    assert (told.code, told.err) == (0, "")
    lines = told.out.splitlines()
    assert lines[0] == "narrower  snävare för den enskilde"
    assert "Motsats: more-open (öppnare för den enskilde)" in lines
    at = lines.index("Ingången")
    assert [line.strip() for line in lines[at + 1 : at + 3]] == [
        "Ingång (insats.ingång)",
        (
            "När värdet ändras i riktningen ”öppen” eller ”öppen och remiss” → ”remiss”. SoL "
            "11 kap. 5 §, från 2025-07-01."
        ),
    ]


@pytest.mark.parametrize(
    ("code", "said", "unsaid"),
    [
        ("higher-fee", "talet i fältet belopp höjs, om orden omkring det är lika", "tas bort"),
        ("higher-fee", "också när det bara skrivs ut att insatsen är avgiftsfri", "tas ingen ut."),
        ("less-scope", "när ”Högst” (annars ”Antal”) sänks, om ”Gäller”", "”Antal” sänks eller"),
        ("narrower", "införs eller sänks, där inget fast antal anges, ger mindre", "sänks ger"),
        ("less-scope", "öppnare eller snävare får läsas ur texten", "varken öppnare"),
        ("fewer-children", "räknas hit när den stänger ute alla barn", "inte hit ens"),
    ],
)
def test_what_is_told_of_a_verdict_is_what_gives_it(code: str, said: str, unsaid: str) -> None:
    told = " ".join(run("explain", code).out.split())
    assert said in told
    assert unsaid not in told


@pytest.mark.parametrize("code", KNOWN.by_code)
def test_every_way_to_a_verdict_is_told_with_its_field_and_what_it_rests_on(code: str) -> None:
    told = run("explain", code).out
    for topic in KNOWN.topics.values():
        steps = [step for step in topic.steps if code in step.outcomes.values()]
        assert (f"\n{topic.name}\n" in told) == bool(steps)
        for basis in (basis for step in steps for basis in step.bases):
            assert basis in told


def test_the_list_of_verdicts_and_their_examples_run() -> None:
    told = run("verdicts").out
    assert [line.split()[0] for line in told.splitlines()[1:]] == list(KNOWN.by_code)
    done = run("verdicts", "--test")
    assert (done.code, "inga fel." in done.out) == (0, True)


# Every field of the schemas


def changed_fields(kind: str) -> Iterator[tuple[str, ...]]:
    """The fields of a kind of file that a difference can be about, with the names of lists passed
    through."""
    yield from _below(samples.schemas()[f"{kind}.schema.json"], f"{kind}.schema.json", ())


def _below(node: Any, name: str, fields: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    name, node = samples._resolved(name, node)
    last = facts._field(fields)
    inside, file = node, name
    if last in facts._IDENTITY:
        file, inside = samples._resolved(name, node["items"])
        yield fields
    if last in facts._WHOLE or "properties" not in inside:
        if last not in facts._IDENTITY:
            yield fields
        return
    for field, inner in inside["properties"].items():
        yield from _below(inner, file, (*fields, field))


def named(kind: str, fields: tuple[str, ...]) -> str:
    """As the files of judgements name a field."""
    return judgement.path_of(Fact(About(kind), fields, None, "x"))  # type: ignore[arg-type]


PATHS = {
    named(kind, fields): (kind, fields)
    for kind in ("insats", "kommun", "riskanalys")
    for fields in changed_fields(kind)
}


@pytest.mark.parametrize("path", sorted(PATHS))
def test_every_field_of_the_schemas_has_a_verdict_or_a_reason_to_be_silent(path: str) -> None:
    topic = KNOWN.field(path).topic
    assert topic.questions or len(topic.silence) > 40


def test_no_judgement_is_about_a_field_that_does_not_exist() -> None:
    files = {"insats", "kommun", "riskanalys"}
    names = {"insats.id", "riskanalys.id"}  # that a file has changed its name
    assert set(KNOWN.fields) == {*PATHS, *files, *names, *(f"{kind}.*" for kind in files)}


def test_the_fields_within_are_fields_that_exist_and_the_words_are_those_that_can_be_written() -> (
    None
):
    for topic in KNOWN.topics.values():
        kind, fields = next((PATHS[path] for path in topic.fields if path in PATHS), ("", ()))
        for step in topic.steps:
            for name, words in _named_within(step):
                known = (
                    samples.beside(kind, [*fields, *name.split(".")])
                    if name
                    else samples.beside(kind, fields)
                )
                last = name.split(".")[-1] if name else fields[-1]
                assert last in known, f"{topic.id}: {name}"
                written = samples.choices(known[last])
                assert not written or (
                    written and set(words) - {comparisons.UNSAID} <= set(written)
                ), f"{topic.id}: {name}"


def _named_within(step: Step) -> Iterator[tuple[str, list[str]]]:
    """The fields within its own that a comparison reads, each with the words that it looks for
    there; not what is computed."""
    data = step.data
    if "lagrum_efter" in data:
        yield data["lagrum_efter"]["delfält"], list(data["lagrum_efter"]["värden"])
    yield from data.get("om", {}).items()
    computed = (
        "om avgift tas ut",
        "avgiftens belopp",
        "hur ofta avgiften tas ut",
        "om behovet måste prövas",
        "dagen",
        "antalet gånger och hur långa",
        "åldern för samtycke i orden",
    )
    if data.get("läses") in computed:
        return
    if "delfält" in data:
        yield data["delfält"], []
    scales = data.get("skala", {})
    for name, scale in (
        scales if isinstance(scales, dict) else {data.get("delfält", ""): scales}
    ).items():
        yield from ((name, step if isinstance(step, list) else [step]) for step in scale)
    counted = data.get("mängd", "alla")
    if counted != "alla":
        yield data.get("delfält", ""), counted
    bounds: BedomningIntervall = data.get("intervall", {})
    lists = (bounds.get("från"), bounds.get("till"), bounds.get("lika"), bounds.get("inte_olika"))
    yield from ((name, []) for names in lists for name in names or ())


# Every limit is pinned


@pytest.mark.parametrize("topic", KNOWN.topics)
def test_no_small_change_of_a_file_goes_unnoticed_by_its_examples(topic: str) -> None:
    assert mutate_verdicts.survivors(topic, mutate_verdicts.content(topic), KNOWN) == []


def test_every_kind_of_small_change_is_tried() -> None:
    told = [
        told
        for topic in KNOWN.topics
        for told, _ in mutate_verdicts.mutants(mutate_verdicts.content(topic), KNOWN.by_code)
    ]
    assert len(told) > 250
    for kind in (
        "byter plats med nästa",
        "inom.1: 16",
        "inom.1: 18",
        "lagrum: IK999",
        ".avser.den unge: borttaget",
        "bedömningar.0:",
    ):
        assert any(kind in one for one in told), kind


# The day in force


def dated(first: Any, second: Any) -> tuple[Topic, verdicts.Verdicts]:
    data: Any = {
        "namn": "Regin",
        "fält": ["insats.utförare.regi"],
        "bedömningar": [first, second],
        "exempel": [
            {
                "från": "egen",
                "till": "extern",
                "datum": "2026-12-31",
                "blir": {"ändrad utförare": "SoL 11 kap. 5 §"},
            },
            {
                "från": "egen",
                "till": "extern",
                "datum": "2027-01-01",
                "blir": {"effekten får läsas ur texten": "SoL 3 kap. 1 §"},
            },
        ],
    }
    topic = verdicts.topic("regi", data, KNOWN.by_code)
    return topic, verdicts.made(KNOWN.by_code, [topic, KNOWN.topics["skrivsätt"]])


def test_a_verdict_depends_on_the_day_in_force() -> None:
    until = {
        "blir": "ändrad utförare",
        "lagrum": "SoL 11 kap. 5 §",
        "gäller": {"från": "2025-07-01", "till": "2026-12-31"},
    }
    since = {
        "blir": "effekten får läsas ur texten",
        "lagrum": "SoL 3 kap. 1 §",
        "gäller": {"från": "2027-01-01"},
    }
    topic, by = dated(until, since)
    assert list(verdict_examples.wrong(topic, by)) == []
    change = verdict_examples.fact(topic, topic.examples[0])
    told = {
        day: [j.verdict for j in judgement.judge(change, day, by)]
        for day in ("2020-01-01", "2027-06-01", None)
    }
    assert told == {"2020-01-01": ["other-provider"], "2027-06-01": ["unclear"], None: ["unclear"]}


# Files that could not work


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (
            {
                "bedömningar": [
                    {"skala": ["a", "b"], "upp": "fler utförare", "blir": "ändrad utförare"}
                ]
            },
            "en av tillkommer, skala",
        ),
        ({"bedömningar": [{"delfält": "x"}]}, "här står ingen"),
        ({"bedömningar": [{"blir": "snävare för den enskilde"}]}, "har en motsats"),
        ({"bedömningar": [{"blir": "dyrare"}]}, "utfallet ”dyrare” finns inte"),
        ({"lagrum": None}, "saknar lagrum"),
        ({"bedömningar": None}, "antingen bedömningar eller ett skäl"),
        ({"tyst": "Det rör ingen."}, "antingen bedömningar eller ett skäl"),
    ],
)
def test_a_file_that_could_not_work_is_refused(changes: dict[str, Any], said: str) -> None:
    data: dict[str, Any] = {
        "namn": "X",
        "fält": ["insats.mål"],
        "lagrum": "IK402",
        "bedömningar": [{"blir": "ändrad utförare"}],
        "exempel": [],
    }
    wanted: Any = {key: value for key, value in (data | changes).items() if value is not None}
    with pytest.raises(VerdictError, match=said) as error:
        verdicts.topic("fel", wanted, KNOWN.by_code)
    assert "bedömningar/fel.yaml" in str(error.value)


def test_a_field_is_judged_in_one_file_only() -> None:
    file: Any = mutate_verdicts.content("ingång")
    again = verdicts.topic("igen", file, KNOWN.by_code)
    with pytest.raises(VerdictError, match=r"insats\.ingång bedöms redan i ingång"):
        verdicts.made(KNOWN.by_code, [KNOWN.topics["ingång"], again])


# The comparisons


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [(None, 1, "tillkommer"), (1, None, "försvinner"), (1, 2, None), (None, None, None)],
)
def test_come_or_gone(before: Any, after: Any, expected: str | None) -> None:
    assert comparisons.come_or_gone(before, after) == expected


SCALE = ["låg", ["mellan", "osagt"], "hög"]


@pytest.mark.parametrize(
    ("scale", "before", "after", "expected"),
    [
        (SCALE, "låg", "hög", "upp"),
        (SCALE, "hög", None, "ned"),
        (SCALE, "mellan", None, "jämsides"),
        (SCALE, "mellan", "mellan", None),
        (SCALE, "annat", "hög", None),
        ({"a": SCALE, "b": SCALE}, {"a": "låg"}, {"a": "hög"}, "upp"),
        ({"a": SCALE, "b": SCALE}, {"a": "låg", "b": "hög"}, {"a": "hög", "b": "låg"}, None),
        ({"a": SCALE, "b": SCALE}, {"a": "mellan"}, {}, None),
    ],
)
def test_on_scale(scale: Any, before: Any, after: Any, expected: str | None) -> None:
    assert comparisons.on_scale(scale, before, after) == expected


@pytest.mark.parametrize(
    ("counted", "before", "after", "expected"),
    [
        ("alla", ["a"], ["a", "b"], "fler"),
        ("alla", ["a"], None, "färre"),
        ("alla", ["a"], ["b"], "byts"),
        ("alla", ["a", "b"], ["b", "a"], None),
        (["a"], ["a", "b"], ["a", "c"], None),
        (["a"], ["b"], ["a"], "fler"),
    ],
)
def test_as_sets(counted: Any, before: Any, after: Any, expected: str | None) -> None:
    assert comparisons.as_sets(counted, before, after) == expected


@pytest.mark.parametrize(
    ("bounds", "before", "after", "expected"),
    [
        (
            {"från": ["från"], "till": ["till"]},
            {"från": 2, "till": 4},
            {"från": 1, "till": 4},
            "vidare",
        ),
        ({"från": ["från"], "till": ["till"]}, {"från": 2}, {"från": 2, "till": 4}, "snävare"),
        (
            {"från": ["från"], "till": ["till"]},
            {"från": 2, "till": 4},
            {"från": 3, "till": 5},
            None,
        ),
        ({"från": ["från"]}, {"från": 0}, {}, "oförändrat"),
        ({"till": ["högst", "antal"]}, {"antal": 4}, {"antal": 4, "högst": 5}, "vidare"),
        ({"till": ["till"], "inom": [0, 17]}, {"till": 17}, {"till": 40}, "oförändrat"),
        ({"från": ["från"], "inom": [0, 17]}, {"från": 18}, {"från": 17}, "vidare"),
        ({"från": ["från"], "inom": [0, 17]}, {"från": 18}, {"från": 30}, "oförändrat"),
        ({"till": ["till"], "lika": ["av"]}, {"till": 1}, {"till": 2, "av": "x"}, None),
        ({"till": ["till"], "inte_olika": ["av"]}, {"till": 1}, {"till": 2, "av": "x"}, "vidare"),
        (
            {"till": ["till"], "inte_olika": ["av"]},
            {"till": 1, "av": "y"},
            {"till": 2, "av": "x"},
            None,
        ),
        ({"till": ["till"], "gränser": "ja"}, None, {"till": 2}, None),
        ({"till": ["till"]}, None, {"till": 2}, "snävare"),
    ],
)
def test_as_intervals(bounds: Any, before: Any, after: Any, expected: str | None) -> None:
    assert comparisons.as_intervals(bounds, before, after) == expected
    if expected is not None:
        opposite = {**comparisons.OPPOSITE, "snävare": "vidare"}[expected]
        assert comparisons.as_intervals(bounds, after, before) == opposite


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("bedömningar/ingång.yaml", "skala:", "skalla:", "Menade du ”skala”"),
        ("bedömningar/ingång.yaml", "insats.ingång", "insats.avgift", "bedöms redan i avgift"),
        (
            "utfall/effekt.yaml",
            "motsats: more-open",
            "motsats: editorial",
            "inte varandras motsats",
        ),
        ("utfall/effekt.yaml", "more-open:", "more-children:", "more-children finns redan"),
    ],
)
def test_a_catalogue_that_could_not_work_is_refused_by_file(
    file: str, old: str, new: str, said: str, tmp_path: Path
) -> None:
    for folder in ("bedömningar", "utfall"):
        shutil.copytree(CATALOGUE / folder, tmp_path / folder)
    text = (tmp_path / file).read_text("utf-8")
    assert old in text
    (tmp_path / file).write_text(text.replace(old, new), "utf-8")
    with pytest.raises(Refused) as error:
        verdicts.load(
            program_files.read(tmp_path / "utfall", "utfall"),
            program_files.read(tmp_path / "bedömningar", "bedomning"),
        )
    assert said in str(error.value)
