"""That a rule only asks where nothing but words in running text can tell: it is no graver than a
warning, and its message says ”kontrollera”.

What is running text the schemas say. A check reads it if a condition of its, or of a definition
that it builds on, asks what a text mentions, or if its named function is given words to look for.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Annotated, Any, get_args, get_origin, get_type_hints, is_typeddict

import pytest

from insatskoll.law import definitions
from insatskoll.law.predicates import PREDICATES
from insatskoll.law.predicates import parameters as kinds
from insatskoll.law.rule_form import CONDITIONS, Written, written
from insatskoll.law.rules import Rule, load_rules
from tests.catalogues import ROOT

RULES = load_rules().all
WORDS = {kinds.WORDS, kinds.WHOLE_WORDS, kinds.EXPRESSION, kinds.WHOLE_EXPRESSION}
FIELDS = {
    *(kinds.FIELD, kinds.INSATS_FIELD, kinds.PART_FIELD),
    *(kinds.TEXT_FIELD, kinds.INSATS_TEXT_FIELD),
}
# Texts about one thing only, so that the words in them leave no doubt of what is meant.
OF_THEIR_OWN = {
    "samtycke.beskrivning": "säger bara vad som gäller om samtycke",
    "avgift.beskrivning": "säger bara vad insatsen kostar och varför",
    "beslutssats": "är det som nämnden ska besluta, ord för ord",
}
# Functions whose words are no ground for a finding.
NO_GROUND = {
    "skriv-hellre": "ordet är självt det som ska bytas",
    "oskyddat-värde": "tecknen är själva det som ska rättas",
    "kopierat": "ord tystar ett fynd om namn på kommuner",
    "åldrar-motsäger": "ord tystar ett fynd om åldrar",
    "ålder-binder-vuxna": "ord tystar ett fynd om åldrar",
    "omöjlig-ålder": "ord tystar ett fynd om tal",
}
# What a function is asked for, where words only keep it silent.
SILENCING = {("samtycke", "inget"): "ord tystar ett fynd om åldrar"}
# Functions that take words and are only asked of what is no running text.
OF_ONE_LINE = {
    "annat-område": "läser ett område",
    "omfattar-del": "läser vilka ett undantag omfattar",
    "beslutshänvisning": "läser vilket beslut som avses",
    "beslutar-inte": "läser beslutssatsen",
}
# What claims alone may be held to be wrong for: they contradict the law and admit one reading.
BY_CLAIMS = {
    ("IK108", "ekonomiskt bistånd utan prövning"): "nekar prövningen av det som alltid prövas",
    ("IK302", "behövs inte"): "nekar samtycket för en ålder som är under 15 år",
    ("IK509", "inget"): "nekar det som den som säger det är skyldig att göra",
    ("IK511", "över självkostnad"): "lägger något på det som lagen sätter som högsta avgift",
    ("IK513", "avgift.beskrivning"): "motsäger beloppet i samma fält, som bara handlar om avgiften",
}
# Rules that look for characters that stand for no words.
BY_CHARACTERS = {"IK802", "IK807"}
EVERY = "alla texter"
# What holds texts that are named as the fields that they stand instead of.
OWN_WORDING = {"egen_text", "egen_text_del"}


def running() -> set[str]:
    """The names of the fields that hold running text."""
    found: set[str] = set()
    for name in ("gemensamt", "insats", "kommun", "riskanalys", "beslut"):
        schema = json.loads((ROOT / "schema" / f"{name}.schema.json").read_text("utf-8"))
        found |= set(_running(schema))
    return found


def _running(node: Any, name: str = "") -> Iterator[str]:
    if isinstance(node, dict):
        node = {key: item for key, item in node.items() if key not in OWN_WORDING}
        if name and str(node.get("$ref", "")).endswith(("$defs/text", "$defs/texter")):
            yield name
        for key, item in node.items():
            if key == "properties":
                for inner, of in item.items():
                    yield from _running(of, inner)
            else:
                yield from _running(item, name if key == "items" else "")
    elif isinstance(node, list):
        for item in node:
            yield from _running(item)


RUNNING = running()


def marks(kind: Any) -> set[str]:
    """The kinds of texts that a parameter takes."""
    if get_origin(kind) is Annotated:
        return {get_args(kind)[1]}
    inner = get_type_hints(kind, include_extras=True) if is_typeddict(kind) else {}
    return {mark for one in (*get_args(kind), *inner.values()) for mark in marks(one)}


def read_by_function(one: Written) -> Iterator[str]:
    """The fields in which the named function of a check looks for words."""
    if not one.function or one.function in NO_GROUND:
        return
    if (one.function, one.kontroll.get("säger")) in SILENCING:
        return
    predicate = PREDICATES[one.function]
    given = one.kontroll.keys() | predicate.lists.keys()
    if any(name in given and marks(kind) & WORDS for name, kind in predicate.kinds.items()):
        named = [name for name, kind in predicate.kinds.items() if marks(kind) & FIELDS]
        fields = [field for name in named for field in as_list(one.kontroll.get(name, []))]
        yield from fields or [EVERY]


def as_list(value: Any) -> list[str]:
    return value if isinstance(value, list) else [value]


def read_by_conditions(rule: Rule, one: Written) -> Iterator[str]:
    """The fields of which a check's conditions ask what they mention."""
    conditions = [condition for key in CONDITIONS for condition, _ in one.conditions(key)]
    built_on = definitions.used(conditions, rule.definitions)
    for condition in (*conditions, *(definition.data["villkor"] for definition in built_on)):
        yield from _mentioned(condition, "")


def _mentioned(node: Any, field: str) -> Iterator[str]:
    if isinstance(node, list):
        for item in node:
            yield from _mentioned(item, field)
    elif isinstance(node, dict):
        for key, item in node.items():
            if key in ("nämner", "nämner_inte", "pattern"):
                yield from item["i"] if isinstance(item, dict) else [field]
            elif key in ("någon", "ingen", "alla", "inte", "schema", "properties", "items"):
                yield from _mentioned(item, field)
            else:
                under = not key.endswith(("_post", "_saknas"))
                yield from _mentioned(item, f"{field}.{key}" if under else field)


def every(rule: Rule, one: Written) -> list[str]:
    """The fields in which a check looks for words."""
    found = [*read_by_function(one), *read_by_conditions(rule, one)]
    return [name.replace("[]", "").strip(".") for name in found]


def texts(rule: Rule, one: Written) -> list[str]:
    """The running texts by whose words alone a check may have found what it finds."""
    return [
        name
        for name in every(rule, one)
        if (name == EVERY or name.split(".")[-1] in RUNNING)
        and not name.endswith(tuple(OF_THEIR_OWN))
    ]


JUDGED = [
    pytest.param(rule, one, id=f"{rule.id}-{one.number}-{one.scope}")
    for rule in RULES
    for one in written(rule.data)
    if rule.id not in BY_CHARACTERS and texts(rule, one)
]


def asks(rule: Rule, one: Written) -> bool:
    level = one.data.get("nivå", rule.level)
    return level in ("varning", "råd") and "ontrollera" in one.data.get("meddelande", "")


@pytest.mark.parametrize(("rule", "one"), JUDGED)
def test_what_only_words_can_tell_is_a_question_and_no_graver_than_a_warning(
    rule: Rule, one: Written
) -> None:
    assert asks(rule, one), (texts(rule, one), one.data.get("meddelande"))


def claimed(rule: Rule) -> Iterator[tuple[Written, str]]:
    """The checks of claims that hold something to be wrong, each with what is claimed."""
    for one in written(rule.data):
        if one.scope != "påstående" or one.data.get("nivå", rule.level) != "fel":
            continue
        condition: Any = one.data.get("när", {})
        asked = {**condition, **one.kontroll}
        asked.pop("funktion", None)
        yield one, next(str(value) for value in asked.values() if isinstance(value, str))


def test_what_is_claimed_is_wrong_only_where_it_is_said_why() -> None:
    """A claim is read out of running text, whatever else the check asks of the insats."""
    found = {(rule.id, what) for rule in RULES for _, what in claimed(rule)}
    assert found == BY_CLAIMS.keys()


CLAIMS = [
    pytest.param(rule, one, id=f"{rule.id}-{one.number}")
    for rule in RULES
    for one in written(rule.data)
    if one.scope == "påstående" and one.data.get("nivå", rule.level) != "fel"
]


@pytest.mark.parametrize(("rule", "one"), CLAIMS)
def test_what_is_claimed_is_asked_about(rule: Rule, one: Written) -> None:
    assert asks(rule, one), one.data.get("meddelande")


MENTIONS = {"funktion": "nämner", "ord": ["x"]}


@pytest.mark.parametrize(
    "check",
    [
        {"när": {"innehåll": {"nämner": ["x"]}}},
        {"när": {"någon": [{"nämner": {"i": ["namn", "syfte"], "ord": ["x"]}}]}},
        {"när": {"villkor": {"någon_post": {"beskrivning": {"nämner_inte": ["x"]}}}}},
        {"när": {"schema": {"properties": {"mål": {"pattern": "x"}}}}},
        {"krav": {"inte": {"mål": {"nämner": ["x"]}}}},
        {"kontroll": MENTIONS},
        {"kontroll": MENTIONS | {"fält": ["mål"]}},
    ],
)
def test_a_rule_that_asserts_what_only_words_can_tell_is_seen(check: Any) -> None:
    check = {"omfång": "insats", "meddelande": "Fel."} | check
    rule = replace(RULES[0], data={**RULES[0].data, "prövningar": [check], "för_alla": {}})
    (one,) = written(rule.data)
    assert texts(rule, one)
    assert not asks(rule, one)


def test_what_is_no_ground_is_said_of_functions_and_fields_that_there_are() -> None:
    """Each function that takes words is judged, or it is said why it is not."""
    wordy = {
        name
        for name, one in PREDICATES.items()
        if any(marks(kind) & WORDS for kind in one.kinds.values())
    }
    judged = {one.function for rule in RULES for one in written(rule.data) if texts(rule, one)}
    assert NO_GROUND.keys() <= wordy
    assert wordy - NO_GROUND.keys() - judged == OF_ONE_LINE.keys()
    read = [name for rule in RULES for one in written(rule.data) for name in every(rule, one)]
    for name in OF_THEIR_OWN:
        assert name.split(".")[-1] in RUNNING
        assert any(field.endswith(name) for field in read), name
    assert len(JUDGED) > 40
