"""Conditions as they are written in rules: what each says, and what is refused, with what was
probably meant."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from insatskoll import resources
from insatskoll.catalogue.canonical import to_be_read
from insatskoll.catalogue.loading import kommun_folders, load_kommun
from insatskoll.catalogue.model import judged
from insatskoll.law import condition_form, condition_guard, definitions, rule_form, shapes
from insatskoll.law.claims import reading, sources
from insatskoll.law.condition_engine import with_letters
from insatskoll.law.condition_fields import OPERATIONS, WORDS
from insatskoll.law.condition_parts import Compiled, FormError
from insatskoll.law.expressions import ExpressionError, bounded
from insatskoll.law.rule_files import RuleError
from insatskoll.law.rules import load_rules
from insatskoll.law.shapes import Shape
from insatskoll.lint.examples import INSATS, KOMMUN
from insatskoll.reading import schema
from tests.catalogues import lint_folder, write_kommun
from tests.test_own_rules import RULE

RULES = load_rules()


class Named:
    """A definition without a file."""

    guard = condition_guard.BOUNDED
    place = ()
    scope = "insats"

    def __init__(self, condition: Any) -> None:
        self.condition = condition


NAMED = {
    "samtal": Named({"insatstyp": "samtal"}),
    "samtal i grupp": Named(["samtal", {"form": {"innehåller": "grupp"}}]),
    "runt": Named(["rundgång"]),
    "rundgång": Named({"inte": "runt"}),
    "om kommunen": Named({"matris": "finns"}),
    "steg för steg": Named("om kommunen"),
}


def compiled(condition: Any, scope: str = "insats") -> Compiled:
    return condition_form.compiled(
        condition,
        shapes.of(scope),
        scope,
        ("när",),
        condition_guard.BOUNDED,
        NAMED,
        RULES.ordlistor,
    )


def holds(condition: Any, data: dict[str, Any]) -> bool:
    return condition_guard.validator(compiled(condition))(data)


TWO = {
    "villkor": [
        {"typ": "ålder", "ålder": {"från": 13}},
        {"typ": "annat", "beskrivning": "Bor här."},
    ]
}
MEANINGS: list[tuple[Any, list[dict[str, Any]], list[dict[str, Any]]]] = [
    ({"insatstyp": "samtal"}, [{"insatstyp": "samtal"}], [{"insatstyp": "medling"}, {}]),
    ({"insatstyp": ["samtal", "medling"]}, [{"insatstyp": "medling"}], [{"insatstyp": "lots"}, {}]),
    ({"syfte": "finns"}, [{"syfte": "x"}], [{"mål": "x"}]),
    ({"syfte": "saknas"}, [{"mål": "x"}], [{"syfte": "x"}]),
    (
        {"avgift.grund": "saknas"},
        [{"avgift": "nej"}, {"avgift": {"belopp": "x"}}, {}],
        [{"avgift": {"grund": "x"}}],
    ),
    (
        {"avgift.grund": {"inte": "x"}},
        [{"avgift": {"grund": "y"}}],
        [{"avgift": "nej"}, {"avgift": {"grund": "x"}}],
    ),
    ({"syfte": {"schema": {"const": "finns"}}}, [{"syfte": "finns"}], [{"syfte": "x"}, {}]),
    (
        {"omfattning.högst": "saknas"},
        [{}, {"omfattning": {"antal": 1}}],
        [{"omfattning": {"högst": 1}}],
    ),
    ({"insatstyp": {"inte": "samtal"}}, [{"insatstyp": "lots"}], [{"insatstyp": "samtal"}, {}]),
    ({"begrepp": {"inte": "a", "får_saknas": "ja"}}, [{"begrepp": "b"}, {}], [{"begrepp": "a"}]),
    ({"inte": {"begrepp": "a"}}, [{"begrepp": "b"}, {}], [{"begrepp": "a"}]),
    (
        {"form": {"innehåller": "grupp"}},
        [{"form": ["digital", "grupp"]}],
        [{"form": ["digital"]}, {}],
    ),
    ({"form": {"inte": "grupp"}}, [{"form": ["digital"]}], [{"form": ["digital", "grupp"]}, {}]),
    (
        {"form": {"bara": ["grupp", "digital"]}},
        [{"form": ["grupp"]}],
        [{"form": ["grupp", "individuell"]}, {}],
    ),
    (
        {"karaktär": {"innehåller": "stöd"}},
        [{"karaktär": "stöd"}, {"karaktär": ["rådgivning", "stöd"]}],
        [{"karaktär": "rådgivning"}, {"karaktär": ["rådgivning"]}, {}],
    ),
    (
        {"karaktär": {"bara": "stöd"}},
        [{"karaktär": "stöd"}, {"karaktär": ["stöd"]}],
        [{"karaktär": ["rådgivning", "stöd"]}, {}],
    ),
    (
        {"karaktär": {"innehåller": "stöd", "minst": 2}},
        [{"karaktär": ["rådgivning", "stöd"]}],
        [{"karaktär": "stöd"}, {"karaktär": ["stöd"]}, {"karaktär": ["rådgivning", "information"]}],
    ),
    (
        {"omfattning.högst": {"minst": 2, "mest": 5}},
        [{"omfattning": {"högst": 2}}, {"omfattning": {"högst": 5}}],
        [{"omfattning": {"högst": 1}}, {"omfattning": {"högst": 6}}, {"omfattning": {}}, {}],
    ),
    (
        {"omfattning.högst": {"mest": 5, "får_saknas": "ja"}},
        [{}, {"omfattning": {}}],
        [{"omfattning": {"högst": 6}}],
    ),
    ({"villkor.ålder.från": {"minst": 13}}, [TWO], [{"villkor": [{"typ": "annat"}]}, {}]),
    ({"villkor.typ": {"innehåller": "annat"}}, [TWO], [{"villkor": [{"typ": "ålder"}]}, {}]),
    ({"villkor.typ": {"inte": "annat"}}, [{"villkor": [{"typ": "ålder"}]}], [TWO, {}]),
    (
        {"villkor.typ": {"bara": ["annat", "ålder"]}},
        [TWO],
        [{"villkor": [{"typ": "ålder"}, {"typ": "bakgrund"}]}, {}],
    ),
    (
        {"villkor.kontroll": "saknas"},
        [TWO, {}],
        [{"villkor": [{"typ": "annat", "kontroll": "id"}, {"typ": "ålder"}]}],
    ),
    (
        {"villkor.kontroll": {"inte": "id", "får_saknas": "ja"}},
        [TWO, {}],
        [{"villkor": [{"typ": "x", "kontroll": "id"}]}],
    ),
    (
        {"villkor": {"någon_post": {"typ": "annat", "ålder": "saknas"}}},
        [TWO],
        [{"villkor": [{"typ": "ålder"}]}, {}],
    ),
    ({"villkor": {"ingen_post": {"typ": "annat"}}}, [{"villkor": [{"typ": "ålder"}]}], [TWO, {}]),
    ({"villkor": {"varje_post": {"typ": "annat"}}}, [{"villkor": [{"typ": "annat"}]}], [TWO, {}]),
    ({"villkor": {"minst": 2}}, [TWO], [{"villkor": [{"typ": "annat"}]}, {}]),
    (
        {"innehåll": {"nämner": ["famil\\w+", "barn"]}},
        [{"innehåll": "FAMILJER"}, {"innehåll": "Barn."}],
        [{"innehåll": "x"}],
    ),
    ({"innehåll": {"nämner": ["^\\w+$"]}}, [{"innehåll": "Åäö"}], [{"innehåll": "å ö"}]),
    ({"innehåll": {"nämner_inte": ["barn"]}}, [{"innehåll": "Vuxna."}], [{"innehåll": "BARN"}, {}]),
    (
        {"nämner": {"i": ["syfte", "villkor.beskrivning"], "ord": ["bor"]}},
        [TWO, {"syfte": "Bor."}],
        [{"mål": "Bor."}],
    ),
    ({"någon": [{"syfte": "finns"}, {"mål": "finns"}]}, [{"mål": "x"}], [{}]),
    (
        {"alla": [{"syfte": "finns"}, {"mål": "finns"}]},
        [{"mål": "x", "syfte": "x"}],
        [{"mål": "x"}],
    ),
    ({"ingen": [{"syfte": "finns"}, {"mål": "finns"}]}, [{}], [{"mål": "x"}]),
    ([{"syfte": "finns"}, {"mål": "finns"}], [{"mål": "x", "syfte": "x"}], [{"syfte": "x"}]),
    (
        "samtal i grupp",
        [{"insatstyp": "samtal", "form": ["grupp"]}],
        [{"insatstyp": "samtal"}, {"form": ["grupp"]}],
    ),
    (
        {"inte": "samtal i grupp"},
        [{"insatstyp": "samtal"}],
        [{"insatstyp": "samtal", "form": ["grupp"]}],
    ),
    ({"schema": {"required": ["mål"]}}, [{"mål": "x"}], [{}]),
    ({"syfte": {"schema": {"minLength": 3}}}, [{"syfte": "abc"}], [{"syfte": "ab"}, {}]),
    (
        {"schema": {"$defs": {"a": {"required": ["mål"]}}, "$ref": "#/$defs/a"}},
        [{"mål": "x"}],
        [{}],
    ),
    (
        {
            "någon": [
                {"schema": {"$defs": {"a": {"required": [f]}}, "$ref": "#/$defs/a"}}
                for f in ("mål", "syfte")
            ]
        },
        [{"mål": "x"}, {"syfte": "x"}],
        [{}],
    ),
]


@pytest.mark.parametrize(
    ("condition", "met", "unmet"), MEANINGS, ids=[str(m[0])[:60] for m in MEANINGS]
)
def test_a_condition_says_what_it_reads_as(
    condition: Any, met: list[Any], unmet: list[Any]
) -> None:
    assert [holds(condition, data) for data in met] == [True] * len(met)
    assert [holds(condition, data) for data in unmet] == [False] * len(unmet)


@pytest.mark.parametrize(
    ("day", "before", "not_before"),
    [
        (
            "2025-07-01",
            ["2025-06-30", "2024-12-31", "1999-12-31"],
            ["2025-07-01", "2025-07-02", "2025-10-01", "2026-01-01"],
        ),
        (
            "2025-05-22",
            ["2025-05-21", "2025-04-30", "2025-05-19"],
            ["2025-05-22", "2025-05-30", "2025-06-01"],
        ),
        ("2000-01-01", ["1999-12-31", "1000-12-31"], ["2000-01-01", "2000-01-02"]),
    ],
)
def test_days_are_before_and_from_a_day(day: str, before: list[str], not_before: list[str]) -> None:
    for one in (*before, *not_before):
        data = {"bilaga": {"gäller_från": one}}
        for asked, expected in (("före", one in before), ("tidigast", one in not_before)):
            found = compiled({"bilaga.gäller_från": {asked: day}}, "kommun")
            assert condition_guard.validator(found)(data) is expected, (asked, one)


REFUSED: list[tuple[Any, tuple[Any, ...], str]] = [
    ({"omfatning": "finns"}, ("omfatning",), "finns inte i en insats. Menade du ”omfattning”?"),
    ({"omfattning.högs": {"mest": 5}}, ("omfattning.högs",), "Menade du ”högst”?"),
    ({"villkor.typp": {"innehåller": "annat"}}, ("villkor.typp",), "Menade du ”typ”?"),
    ({"insatstyp": "samtl"}, ("insatstyp",), "Menade du ”samtal”?"),
    ({"insatstyp": ["samtal", "medlin"]}, ("insatstyp", 1), "Menade du ”medling”?"),
    ({"insatstyp": {"inte": ["hemtjenst"]}}, ("insatstyp", "inte", 0), "Menade du ”hemtjänst”?"),
    ({"form": {"innehåller": "grup"}}, ("form", "innehåller"), "Menade du ”grupp”?"),
    ({"karaktär": {"bara": ["rådgivnig"]}}, ("karaktär", "bara", 0), "Menade du ”rådgivning”?"),
    ({"namn": 5}, ("namn",), "ska vara en text, och kan inte vara ett heltal"),
    ({"form": "grupp"}, ("form",), "kan ha flera värden. Skriv {innehåller: …}"),
    ({"villkor.typ": "annat"}, ("villkor.typ",), "kan ha flera värden. Skriv {innehåller: …}"),
    ({"form": {"innehaller": "grupp"}}, ("form", "innehaller"), "Menade du ”innehåller”?"),
    ({"syfte": {"minst": 3}}, ("syfte", "minst"), "gäller tal och listor"),
    ({"omfattning.högst": {"nämner": ["x"]}}, ("omfattning.högst", "nämner"), "gäller texter"),
    ({"omfattning.högst": {"minst": "3"}}, ("omfattning.högst", "minst"), "skriv ett tal"),
    ({"villkor": {"minst": 1.5}}, ("villkor", "minst"), "skriv ett heltal"),
    (
        {"syfte": {"nämner": [{"lista": "i hemet"}]}},
        ("syfte", "nämner", 0, "lista"),
        "Menade du ”i hemmet”?",
    ),
    (
        {"syfte": {"nämner": [{"lista": "alla"}]}},
        ("syfte", "nämner", 0, "lista"),
        "kan inte stå i ett villkor",
    ),
    ({"syfte": {"nämner": [{"list": "alla"}]}}, ("syfte", "nämner", 0), "skriv en lista med ord"),
    ({"syfte": {"nämner": "x"}}, ("syfte", "nämner"), "en lista med ord"),
    ({"syfte": {"nämner": ["bara {kvinnor}"]}}, ("syfte", "nämner", 0), "har {kvinnor}, som"),
    ({"syfte": {"nämner": ["a{2"]}}, ("syfte", "nämner", 0), "har { som inte säger"),
    ({"syfte": {"nämner": ["a{,3}"]}}, ("syfte", "nämner", 0), "har {,3}. Skriv {0,3}"),
    ({"syfte": {"nämner": ["("]}}, ("syfte", "nämner", 0), "inget giltigt reguljärt uttryck"),
    ({"syfte": {"nämner": ["(?<!x)(a+)+$"]}}, ("syfte", "nämner", 0), "kan ta för lång tid"),
    ({"nämner": {"i": ["sytfe"], "ord": ["x"]}}, ("nämner", "i", 0), "Menade du ”syfte”?"),
    ({"nämner": ["x"]}, ("nämner",), "skrivs fält och ord"),
    ({"syfte": {"någon_post": {"typ": "annat"}}}, ("syfte", "någon_post"), "ingen lista med post"),
    (
        {"villkor": {"någon_post": {"tpy": "annat"}}},
        ("villkor", "någon_post", "tpy"),
        "Menade du ”typ”?",
    ),
    ({"syfte": {"får_saknas": "ja"}}, ("syfte",), "skriv också vad som gäller"),
    ({"syfte": {"är": "x", "får_saknas": "nej"}}, ("syfte", "får_saknas"), "skrivs ja"),
    ({"syfte": None}, ("syfte",), "skriv det som fältet ska vara"),
    ({"syfte": []}, ("syfte",), "skriv minst ett värde"),
    ({"syfte": [["x"]]}, ("syfte", 0), "inte en grupp eller en lista"),
    ({"syfte": {"inte": "finns"}}, ("syfte", "inte"), "skriv syfte: saknas"),
    ({"syfte": {"inte": ["saknas"]}}, ("syfte", "inte", 0), "skriv syfte: finns"),
    ({"mål": {"är": "saknas"}}, ("mål", "är"), "skriv mål: saknas"),
    ({"syfte": ["finns"]}, ("syfte", 0), "skriv syfte: finns"),
    ({"inte": {"syfte": "Finns"}}, ("inte", "syfte"), "skriv syfte: finns"),
    ({"form": {"innehåller": "saknas"}}, ("form", "innehåller"), "skriv form: saknas"),
    ({"form": {"bara": ["saknas"]}}, ("form", "bara", 0), "skriv form: saknas"),
    ({"insatstyp": {"är": "saknas"}}, ("insatstyp", "är"), "skriv insatstyp: saknas"),
    ({"villkor.typ": {"inte": "finns"}}, ("villkor.typ", "inte"), "skriv villkor.typ: saknas"),
    ({"syfte": {"saknas": "ja"}}, ("syfte", "saknas"), "skriv det direkt: syfte: saknas"),
    ({"inte": [{"syfte": "finns"}]}, ("inte",), "Skriv ”ingen” om inget av flera får gälla"),
    ({"någon": {"syfte": "finns"}}, ("någon",), "en lista med minst ett villkor"),
    ({"alla": []}, ("alla",), "en lista med minst ett villkor"),
    ({"någn": [{"syfte": "finns"}]}, ("någn",), "Menade du ”någon”?"),
    ({"källa.avsnitt": {"före": "2025-02-30"}}, ("källa.avsnitt", "före"), "skriv en dag"),
    ("samtall", (), "definitionen ”samtall” finns inte. Menade du ”samtal”?"),
    ("runt", (), "bygger på sig själv: runt → rundgång → runt"),
    (
        {"inte": "steg för steg"},
        ("inte",),
        "”steg för steg” går inte att använda här: fältet ”matris” finns inte",
    ),
    ({}, (), "skriv ett villkor"),
    ([], (), "skriv ett villkor"),
    (5, (), "skriv ett villkor"),
    ([{"syfte": "finns"}, 5], (1,), "skriv ett villkor"),
    ({"properties": {"syfte": {}}}, ("properties",), "JSON Schema skrivs under schema"),
    ({"schema": {"propertis": {}}}, ("schema", "propertis"), "Menade du ”properties”?"),
    ({"schema": {"properties": {"mll": {}}}}, ("schema", "properties", "mll"), "Menade du ”mål”?"),
    ({"schema": {"type": "strng"}}, ("schema", "type"), "efter ”type” skrivs"),
    ({"syfte": {"schema": {"$ref": "#/$defs/x"}}}, ("syfte", "schema", "$ref"), "som inte finns"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("condition", "path", "said"), REFUSED, ids=[str(r[0])[:60] for r in REFUSED]
)
def test_what_cannot_be_asked_is_refused_where_it_is_written(
    condition: Any, path: tuple[Any, ...], said: str
) -> None:
    with pytest.raises(FormError) as error:
        compiled(condition)
    assert said in str(error.value)
    assert error.value.path == ("när", *path)


ODD: list[Any] = [
    None,
    True,
    0,
    -1,
    1.5,
    "",
    "x",
    "finns",
    "(",
    [],
    [None],
    ["x"],
    [[]],
    [{}],
    {},
    {"x": 1},
    {"är": {}},
    ["("],
]


@pytest.mark.parametrize("name", [*WORDS, *OPERATIONS])
def test_any_value_after_any_word_is_put_or_refused_in_swedish(name: str) -> None:
    for field in (
        "syfte",
        "form",
        "karaktär",
        "villkor",
        "omfattning.högst",
        "avgift",
        "villkor.typ",
    ):
        for value in ODD:
            for condition in (
                {name: value},
                {field: {name: value}},
                {"inte": {name: value}},
                {field: {name: [value]}},
            ):
                try:
                    condition_guard.validator(compiled(condition))(
                        {"villkor": [{"typ": "annat"}], "syfte": "x"}
                    )
                except FormError as error:
                    assert not re.search(r"\b(is not|the|Error|must|schemas)\b", str(error)), error


def test_no_field_is_called_as_one_of_the_words() -> None:
    for scope in shapes.SCOPES:
        assert not shapes.of(scope).names() & {*WORDS}, scope


def test_definitions_that_double_are_refused_before_anything_is_built() -> None:
    named = {"d0": Named({"syfte": "finns"})} | {
        f"d{i}": Named([f"d{i - 1}"] * 8) for i in range(1, 19)
    }
    with pytest.raises(FormError, match="prövar för mycket"):
        condition_form.compiled(
            "d18", shapes.of("insats"), "insats", (), condition_guard.BOUNDED, named, {}
        )


def test_no_more_than_some_definitions_build_on_each_other() -> None:
    named = {"d0": Named({"syfte": "finns"})} | {f"d{i}": Named(f"d{i - 1}") for i in range(1, 40)}
    condition_form.compiled(
        "d19", shapes.of("insats"), "insats", (), condition_guard.BOUNDED, named, {}
    )
    with pytest.raises(FormError, match="bygger på varandra"):
        condition_form.compiled(
            "d20", shapes.of("insats"), "insats", (), condition_guard.BOUNDED, named, {}
        )


# -- the same, asked in another way ------------------------------------------------------------


def judge(condition: Any, data: Any) -> bool:
    """Whether ``data`` meets ``condition``: read straight off the form, with no schema."""
    if isinstance(condition, str):
        return judge(RULES.definitions[condition].condition, data)
    if isinstance(condition, list):
        return all(judge(one, data) for one in condition)
    return all(_entry(key, asked, data) for key, asked in condition.items())


def _entry(key: str, asked: Any, data: Any) -> bool:
    match key:
        case "någon":
            return any(judge(one, data) for one in asked)
        case "alla":
            return all(judge(one, data) for one in asked)
        case "ingen":
            return not any(judge(one, data) for one in asked)
        case "inte":
            return not judge(asked, data)
        case "nämner":
            return any(_entry(field, {"nämner": asked["ord"]}, data) for field in asked["i"])
    if asked == "saknas":
        return not list(_found(key.split("."), data))
    wanted = {} if asked == "finns" else asked if isinstance(asked, dict) else {"är": asked}
    whole = list(_found(key.split("."), data))
    if not whole:
        return "får_saknas" in wanted
    return all(_asked(one, value, whole) for one, value in wanted.items() if one != "får_saknas")


def _found(path: list[str], data: Any) -> Iterator[Any]:
    """What stands at a path, lists passed through but the last."""
    if not path:
        yield data
    elif isinstance(data, list):
        for item in data:
            yield from _found(path, item)
    elif isinstance(data, dict) and path[0] in data:
        yield from _found(path[1:], data[path[0]])


def _asked(operation: str, value: Any, whole: list[Any]) -> bool:
    values = [item for one in whole for item in (one if isinstance(one, list) else [one])]
    wanted = _spelt(value) if isinstance(value, list) else [value]
    match operation:
        case "är" | "innehåller":
            return any(one in wanted for one in values)
        case "inte":
            return not any(one in wanted for one in values)
        case "bara":
            return all(one in wanted for one in values)
        case "nämner":
            return any(re.search(word, one, re.IGNORECASE) for word in wanted for one in values)
        case "nämner_inte":
            return not any(re.search(word, one, re.IGNORECASE) for word in wanted for one in values)
        case "minst":
            return any(number >= value for number in _numbers(whole))
        case "mest":
            return any(number <= value for number in _numbers(whole))
        case "före":
            return any(one < value for one in whole)
        case "tidigast":
            return all(one >= value for one in whole)
        case "någon_post":
            return any(judge(value, one) for one in values)
        case "ingen_post":
            return not any(judge(value, one) for one in values)
        case "varje_post":
            return all(judge(value, one) for one in values)
    raise AssertionError(operation)


def _spelt(words: list[Any]) -> list[Any]:
    """The words, with those of a list in the place of its name."""
    found: list[Any] = []
    for word in words:
        named = isinstance(word, dict)
        found += RULES.ordlistor[word["lista"]].expressions if named else [word]
    return found


def _numbers(values: list[Any]) -> list[Any]:
    """Numbers as they are, and how long lists are."""
    return [
        len(one) if isinstance(one, list) else one for one in values if not isinstance(one, str)
    ]


def _claims(example: Mapping[str, Any]) -> list[Any]:
    """What the texts of an example claim, as the rules see it."""
    insats = INSATS | example.get("insats", {})
    whole = {"insats": insats, "kommun": KOMMUN | example.get("kommun", {})}
    return [
        {**one.data, **whole, "fält": ".".join(map(str, path))}
        for file in whole.values()
        for path, one in reading.claims(file)
    ]


@cache
def subjects() -> dict[str, list[Any]]:
    """All there is in the catalogue and in the rules' examples, by scope."""
    found: dict[str, list[Any]] = {scope: [] for scope in shapes.SCOPES}
    for folder in kommun_folders(resources.CATALOGUE):
        revision = load_kommun(folder).revision
        assert revision is not None
        revision = judged(revision)
        found["kommun"].append(revision.kommun)
        for insats in revision.insatser:
            found["insats"].append(insats.data)
            found["del"] += [part for _, part in insats.delar]
    for rule in RULES.rules.values():
        for example in (*rule.examples["träff"], *rule.examples["tyst"]):
            found["insats"].append(INSATS | example.get("insats", {}))
            found["del"].append(INSATS | example.get("insats", {}))
            found["kommun"].append(KOMMUN | example.get("kommun", {}))
            found["riskanalys"].append(example.get("riskanalys", {}))
            found["påstående"] += _claims(example)
            content = {"kommun": KOMMUN | example.get("kommun", {})}
            found["beslut"].append({"beslut": example.get("beslut", {}), "innehåll": content})
    for file in sources.files():
        for sentence in file.get("exempel", ())[::3]:
            found["påstående"] += _claims({"insats": {"innehåll": sentence["text"]}})
    return {scope: _different(some) for scope, some in found.items()}


def _different(subjects: list[Any]) -> list[Any]:
    """Each of ``subjects`` once: most examples say nothing of most files."""
    return list({json.dumps(one, sort_keys=True): one for one in subjects}.values())


CONDITIONS = [
    pytest.param(
        written.scope,
        written.data.get("för", ""),
        key,
        condition,
        id=f"{rule.id}-{written.number}-{key}",
    )
    for rule in RULES.rules.values()
    for written in rule_form.written(rule.data)
    for key in rule_form.CONDITIONS
    for condition, _ in written.conditions(key)
]


@pytest.mark.parametrize(("scope", "target", "key", "condition"), CONDITIONS)
def test_each_condition_of_the_program_selects_what_it_reads_as(
    scope: str, target: str, key: str, condition: Any
) -> None:
    if key == "när_kommun":
        scope, target = "kommun", ""
    shape: Shape = shapes.of(scope)
    steps = target.split(".") if target else []
    for step in steps:
        shape = shape.fields[step]
    shape = shape.items or shape
    found = condition_form.compiled(
        condition, shape, scope, (), condition_guard.TRUSTED, RULES.definitions, RULES.ordlistor
    )
    validator = condition_guard.validator(found)
    tried = 0
    for subject in subjects()[scope]:
        for one in _found(steps, subject):
            for item in one if isinstance(one, list) else [one]:
                tried += 1
                assert validator(item) is judge(condition, item), item
    assert tried > 5


# -- in a rule --------------------------------------------------------------------------------


def own(folder: Path, text: str, defined: str = "") -> Path:
    """A catalogue with one rule of its own, whose checks are ``text``, and perhaps definitions."""
    for name in ("regler", "definitioner") if defined else ("regler",):
        (folder / name).mkdir(parents=True)
    (folder / "regler" / "KOM001.yaml").write_text(to_be_read(RULE) + text, "utf-8")
    if defined:
        (folder / "definitioner" / "egna.yaml").write_text(defined, "utf-8")
    return folder


def found(catalogue: Path, folder: Path) -> list[tuple[str, str]]:
    report = lint_folder(folder, load_rules(own=catalogue))
    return sorted((f.path.name, f.message) for f in report.findings if f.rule == "KOM001")


def test_what_is_wrong_in_a_condition_is_told_with_line_and_column(tmp_path: Path) -> None:
    text = "prövningar:\n  - omfång: insats\n    krav: {omfatning.högst: {mest: 5}}\n"
    text += "    meddelande: Här.\n"
    lines = (to_be_read(RULE) + text).splitlines()
    line = next(number for number, line in enumerate(lines, start=1) if "omfatning" in line)
    with pytest.raises(
        RuleError, match=rf"KOM001\.yaml:{line}:12: fältet ”omfatning” finns inte i en insats"
    ):
        load_rules(own=own(tmp_path, text))


def test_a_check_is_put_to_each_of_its_scopes(tmp_path: Path) -> None:
    text = (
        "prövningar:\n  - omfång: [insats, kommun]\n    när: {namn: {nämner: [exempel]}}\n"
        "    plats: namn\n    meddelande: Heter {namn}.\n"
    )
    folder = write_kommun(
        tmp_path / "k",
        {"a": {"namn": "Exempel"}, "b": {"namn": "Samtal"}},
        {"namn": "Exempels kommun"},
    )
    assert found(own(tmp_path / "own", text), folder) == [
        ("a.yaml", "Heter Exempel."),
        ("kommun.yaml", "Heter Exempels kommun."),
    ]


def test_a_field_that_one_of_the_scopes_lacks_is_refused(tmp_path: Path) -> None:
    text = "prövningar:\n  - omfång: [insats, kommun]\n    när: {insatstyp: samtal}\n"
    text += "    meddelande: Här.\n"
    with pytest.raises(RuleError, match=r"”insatstyp” finns inte i kommun\.yaml"):
        load_rules(own=own(tmp_path, text))


def test_what_holds_for_all_checks_is_said_once(tmp_path: Path) -> None:
    text = (
        "för_alla: {omfång: insats, när: {insatstyp: samtal}}\nprövningar:\n"
        "  - krav: {syfte: finns}\n    meddelande: Syfte.\n"
        "  - när: {mål: saknas}\n    meddelande: Mål.\n"
        "  - omfång: kommun\n    när: {namn: finns}\n    meddelande: Aldrig.\n"
    )
    with pytest.raises(RuleError, match=r"KOM001\.yaml:.*”insatstyp” finns inte i kommun.yaml"):
        load_rules(own=own(tmp_path / "a", text))
    text = text[: text.index("  - omfång: kommun")]
    insatser = {
        "a": {"insatstyp": "samtal"},
        "b": {"insatstyp": "lots"},
        "c": {"insatstyp": "samtal", "syfte": "Stöd.", "mål": "M."},
    }
    folder = write_kommun(tmp_path / "k", insatser)
    assert found(own(tmp_path / "b", text), folder) == [("a.yaml", "Mål."), ("a.yaml", "Syfte.")]


WHERE = "  - omfång: {insats: [syfte], kommun: ['bilaga.inledning[]']}\n    meddelande: Här.\n"


def test_a_check_says_once_for_each_scope_which_fields_it_looks_at(tmp_path: Path) -> None:
    text = f"prövningar:\n{WHERE}    kontroll: {{funktion: nämner, ord: [kaffe]}}\n"
    folder = write_kommun(
        tmp_path / "k",
        {"a": {"syfte": "Kaffe.", "innehåll": "Kaffe."}},
        {"bilaga": {"titel": "Kaffe", "inledning": ["Kaffe."]}},
    )
    assert found(own(tmp_path / "own", text), folder) == [
        ("a.yaml", "Här."),
        ("kommun.yaml", "Här."),
    ]


def test_what_the_named_checks_have_in_common_is_said_once(tmp_path: Path) -> None:
    text = (
        "för_alla: {omfång: {insats: [syfte]}, kontroll: {funktion: nämner, ord: [kaffe]}}\n"
        "prövningar:\n  - kontroll: {utom: [kaffekopp]}\n    meddelande: Kaffe.\n"
        "  - kontroll: {ord: [te]}\n    meddelande: Te.\n"
        "  - krav: {mål: finns}\n    meddelande: Mål.\n"
    )
    insatser = {
        "a": {"syfte": "Kaffe.", "mål": "Te."},
        "b": {"syfte": "Te ur kaffekopp.", "mål": "M."},
        "c": {"syfte": "Saft."},
    }
    folder = write_kommun(tmp_path / "k", insatser)
    assert found(own(tmp_path / "own", text), folder) == [
        ("a.yaml", "Kaffe."),
        ("b.yaml", "Te."),
        ("c.yaml", "Mål."),
    ]


@pytest.mark.parametrize("rest", ["", "    när: {mål: finns}\n"])
def test_a_check_that_all_share_is_for_one_that_says_nothing_itself(
    rest: str, tmp_path: Path
) -> None:
    text = (
        "för_alla: {omfång: insats, kontroll: {funktion: nämner, fält: [syfte], ord: [kaffe]}}\n"
        f"prövningar:\n  - meddelande: Här.\n{rest}"
    )
    insatser = {
        "a": {"syfte": "Kaffe.", "mål": "M."},
        "b": {"syfte": "Te.", "mål": "M."},
    }
    folder = write_kommun(tmp_path / "k", insatser)
    assert found(own(tmp_path / "own", text), folder) == [("a.yaml", "Här.")]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("prövningar: [{omfång: insats, meddelande: Här.}]\n", "säger inte vad som är en brist"),
        (
            "för_alla: {omfång: insats, kontroll: {ord: [a]}}\nprövningar: [{meddelande: Här.}]\n",
            "kontrollen saknar funktion",
        ),
        (
            "för_alla: {omfång: insats, kontroll: {funktion: nämner, fält: [syfte]}}\n"
            "prövningar: [{när: {mål: finns}, meddelande: Här.}]\n",
            "kontrollen nämner: parametern ord saknas",
        ),
    ],
)
def test_a_check_that_nothing_tells_what_to_find_is_refused(
    text: str, said: str, tmp_path: Path
) -> None:
    with pytest.raises(RuleError, match=rf"KOM001\.yaml:[0-9]+:[0-9]+: .*{said}"):
        load_rules(own=own(tmp_path, text))


@pytest.mark.parametrize(
    ("rest", "said"),
    [
        ("", "fält i omfång är till för en kontroll, och prövningen har ingen"),
        (
            "    kontroll: {funktion: nämner, ord: [a], fält: [mål]}\n",
            "fälten står både i omfång och i kontroll",
        ),
        ("    kontroll: {funktion: omvänt, lägre: a, högre: b}\n", "parametern fält finns inte"),
        ("    kontroll: {ord: [a]}\n", "kontrollen saknar funktion"),
    ],
)
def test_fields_with_a_scope_that_nothing_looks_at_are_refused(
    rest: str, said: str, tmp_path: Path
) -> None:
    with pytest.raises(RuleError, match=rf"KOM001\.yaml:[0-9]+:[0-9]+: .*{said}"):
        load_rules(own=own(tmp_path, f"prövningar:\n{WHERE}{rest}"))


def test_a_field_that_the_scope_lacks_is_told_at_its_place(tmp_path: Path) -> None:
    text = f"prövningar:\n{WHERE}    kontroll: {{funktion: nämner, ord: [a]}}\n"
    with pytest.raises(RuleError, match=r"KOM001\.yaml:[0-9]+:[0-9]+: .*Menade du ”syfte”"):
        load_rules(own=own(tmp_path, text.replace("[syfte]", "[sytfe]")))


def test_a_check_without_a_scope_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match=r"KOM001\.yaml:[0-9]+:[0-9]+: prövningen saknar omfång"):
        load_rules(
            own=own(tmp_path, "prövningar:\n  - krav: {syfte: finns}\n    meddelande: Här.\n")
        )


def test_the_fields_that_a_requirement_misses_are_told(tmp_path: Path) -> None:
    krav = "{syfte: finns, omfattning.högst: {mest: 5}}"
    text = (
        f"prövningar:\n  - omfång: insats\n    krav: {krav}\n    meddelande: Saknar {{saknas}}.\n"
    )
    folder = write_kommun(tmp_path / "k", {"a": {"omfattning": {"antal": 1, "enhet": "samtal"}}})
    assert found(own(tmp_path / "own", text), folder) == [("a.yaml", "Saknar syfte, högst.")]


# -- definitions ------------------------------------------------------------------------------

DEFINED = """\
definitioner:
  långa samtal:
    omfång: insats
    förklaring: Samtal som är fler än tio.
    villkor: {insatstyp: samtal, omfattning.antal: {minst: 10}}
    exempel:
      stämmer: [{omfattning: {antal: 10, enhet: samtal}}]
      stämmer_inte: [{omfattning: {antal: 9, enhet: samtal}}]
"""
USED = """\
prövningar:
  - omfång: insats
    när: [långa samtal, {inte: ges i hemmet}]
    meddelande: Långt.
"""


def test_a_municipality_adds_its_own_to_the_programs(tmp_path: Path) -> None:
    insatser = {
        "a": {"omfattning": {"antal": 10, "enhet": "samtal"}},
        "b": {"omfattning": {"antal": 9, "enhet": "samtal"}},
    }
    folder = write_kommun(tmp_path / "k", insatser)
    assert found(own(tmp_path / "own", USED, DEFINED), folder) == [("a.yaml", "Långt.")]


WRONG = [
    (
        "  långa samtal:",
        "  ges i hemmet:",
        r"egna\.yaml:2:3: definitionen ”ges i hemmet” är programmets egen",
    ),
    ("  långa samtal:", "  a:", r"egna\.yaml:2:3: .* har minst två tecken"),
    (
        "omfattning.antal",
        "omfattning.antall",
        r"egna\.yaml:5:34: fältet ”antall” finns inte i en insats",
    ),
    (
        "{insatstyp: samtal, ",
        "{insatstyp: samtl, ",
        r"egna\.yaml:5:26: ”samtl” är inget värde .*Menade du ”samtal”",
    ),
    ("villkor: {", "vilkor: {", r"egna\.yaml.*”vilkor” finns inte här. Menade du ”villkor”"),
    (
        "    omfång: insats",
        "    omfång: insats\n    för: vilkor",
        r"egna\.yaml:4:10: fältet ”vilkor” finns inte",
    ),
    (
        "    omfång: insats",
        "    omfång: insats\n    lagrum: [SoL 99 kap. 1 §]",
        r"egna\.yaml:4:14: lagrummet SoL 99",
    ),
    ("  långa samtal:", "  Långa samtal:", r"egna\.yaml.*Långa samtal.*små bokstäver"),
    ("villkor: {insats", "villkor: [långa samtal, {insats", r"egna\.yaml.*"),
    ("minst: 10", "nämner: ['(']", r"egna\.yaml:5:[0-9]+: "),
    (
        "villkor: {insatstyp: samtal, omfattning.antal: {minst: 10}}",
        "villkor: långa samtal",
        "egna.yaml:5:.*bygger på sig själv",
    ),
]


@pytest.mark.parametrize(("old", "new", "said"), WRONG, ids=[new.strip() for _, new, _ in WRONG])
def test_a_definition_that_cannot_be_used_is_refused_where_it_stands(
    old: str, new: str, said: str, tmp_path: Path
) -> None:
    assert old in DEFINED
    with pytest.raises(RuleError) as error:
        load_rules(own=own(tmp_path, USED, DEFINED.replace(old, new)))
    assert re.search(said, str(error.value), re.DOTALL), error.value


def test_a_name_that_two_files_have_is_refused(tmp_path: Path) -> None:
    catalogue = own(tmp_path, USED, DEFINED)
    (catalogue / "definitioner" / "fler.yaml").write_text(DEFINED, "utf-8")
    with pytest.raises(
        RuleError, match=r"fler\.yaml:2:3: definitionen ”långa samtal” finns redan i .*egna\.yaml"
    ):
        load_rules(own=catalogue)


def test_the_programs_own_files_copied_as_they_are_change_nothing(tmp_path: Path) -> None:
    catalogue = own(tmp_path, USED, DEFINED)
    for path in (resources.CATALOGUE / "definitioner").glob("*.yaml"):
        (catalogue / "definitioner" / path.name).write_bytes(path.read_bytes())
    assert set(load_rules(own=catalogue).definitions) == {*RULES.definitions, "långa samtal"}


def test_a_definition_that_is_not_there_is_told_in_the_rule(tmp_path: Path) -> None:
    with pytest.raises(
        RuleError, match=r"KOM001\.yaml:[0-9]+:11: definitionen ”långa samtal” finns inte"
    ):
        load_rules(own=own(tmp_path, USED))


@pytest.mark.parametrize("name", RULES.definitions)
def test_the_programs_definitions_are_used_and_can_be(name: str) -> None:
    definition = RULES.definitions[name]
    assert set(definition.data.get("lagrum", ())) <= RULES.lagrum.keys()
    assert definitions.compiled(definition, RULES.definitions, RULES.ordlistor).schema
    assert any(definition in rule.builds_on for rule in RULES.rules.values())


def test_no_condition_is_written_in_two_rules() -> None:
    """What several rules ask for has a name: a copy drifts from what it was copied from."""
    seen: dict[str, set[str]] = {}
    for rule in RULES.rules.values():
        for written in rule_form.written(rule.data):
            for key in rule_form.CONDITIONS:
                for part in _parts([one for one, _ in written.conditions(key)]):
                    seen.setdefault(part, set()).add(rule.id)
    for name, definition in RULES.definitions.items():
        for part in _parts([definition.condition]):
            seen.setdefault(part, set()).add(name)
    assert len(seen) > 150
    assert {
        part: places for part, places in seen.items() if len(places) > 1 and len(part) > 45
    } == {}


def _parts(node: Any) -> Iterator[str]:
    """What a condition consists of, itself with, each as a text."""
    if isinstance(node, dict):
        yield json.dumps(node, ensure_ascii=False, sort_keys=True)
        for inner in node.values():
            yield from _parts(inner)
    elif isinstance(node, list):
        for inner in node:
            yield from _parts(inner)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "tom"),
        (b"definitioner: {}\n", "egna.yaml"),
        (b"definitioner: [a]\n", "egna.yaml"),
        (b"definitioner:\n  a: 1\n", "egna.yaml"),
        (b"\xff\xfe", "egna.yaml"),
        (b"definitioner: &a {b: *a}\n", "egna.yaml"),
        (b"- " * 3000, "egna.yaml"),
    ],
)
def test_a_file_of_definitions_that_is_none_is_refused(
    content: bytes, said: str, tmp_path: Path
) -> None:
    catalogue = own(tmp_path, USED, DEFINED)
    (catalogue / "definitioner" / "egna.yaml").write_bytes(content)
    with pytest.raises(RuleError, match=said) as error:
        load_rules(own=catalogue)
    assert "Traceback" not in str(error.value)


def test_a_link_among_the_definitions_is_not_followed(tmp_path: Path) -> None:
    catalogue = own(tmp_path / "own", USED, DEFINED)
    outside = tmp_path / "hemligt.yaml"
    outside.write_text(DEFINED.replace("långa samtal", "hemligt"), "utf-8")
    (catalogue / "definitioner" / "fler.yaml").symlink_to(outside)
    with pytest.raises(RuleError, match=r"fler\.yaml") as error:
        load_rules(own=catalogue)
    assert "hemligt" not in str(error.value)


UNLIKE = [
    "(?i)x", "(?s:.)", r"\p{L}", "[[:alpha:]]", "[a&&b]", "t*+", "t?+", r"x\Z", r"x\z", "(?#x)y",
    "x{,3}", "a{2", "", " ", r"[\W]", r"\<a", "(?>a)", "(?U)a", r"\a", "(?=",
]  # fmt: skip
ALIKE = [
    "slut$", "a(?!$)", "(?:slut|a)$", r"^\d$", r"[\d]", r"[^\D]", r"\D", r"\w+", "(?-i:Slut)",
    "(?<!s)lut", r"\$", "[$]", r"\bslut\b", "a{1,2}?", r"\x61", r"x\.y", "(?i:SLUT)",
]  # fmt: skip
TEXTS = ["slut", "slut\n", "Slut", "a", "a\n", "b", "3", "٣", "$", "x.y", "é", ""]


@pytest.mark.parametrize("text", UNLIKE)
def test_what_the_engines_read_differently_is_refused_by_both(text: str) -> None:
    with pytest.raises(FormError):
        compiled({"syfte": {"nämner": [text]}})
    with pytest.raises(ExpressionError):
        bounded(text)


@pytest.mark.parametrize("text", ALIKE)
def test_an_expression_says_the_same_in_a_condition_and_in_a_check(text: str) -> None:
    of_condition = [holds({"syfte": {"nämner": [text]}}, {"syfte": one}) for one in TEXTS]
    of_check = [re.search(bounded(text), one, re.IGNORECASE) is not None for one in TEXTS]
    assert of_condition == of_check


def test_every_expression_in_the_programs_conditions_is_put_in_one_pass() -> None:
    """Which bounds what they cost, also in a municipality's rule that refers to them."""
    texts = list(
        _expressions([check for rule in RULES.rules.values() for check in rule.data["prövningar"]])
    )
    texts += _expressions([definition.data["villkor"] for definition in RULES.definitions.values()])
    assert len(texts) > 50
    for text in texts:
        assert schema.is_linear(f"(?i){with_letters(text)}"), text


def _expressions(node: Any) -> Iterator[str]:
    """The texts after ``nämner`` in conditions; the parameters of named functions are something
    else."""
    if isinstance(node, list):
        for inner in node:
            yield from _expressions(inner)
    elif isinstance(node, dict):
        for key, inner in node.items():
            if key in ("nämner", "nämner_inte"):
                yield from _spelt(inner if isinstance(inner, list) else inner["ord"])
            elif key != "kontroll":
                yield from _expressions(inner)
