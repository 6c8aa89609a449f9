"""Tests that what a condition is taken to need is what the engine asks for."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from insatskoll.law import condition_needs
from insatskoll.reading import schema

NAMES = st.sampled_from(["a", "b"])
WORDS = st.sampled_from(["x", "y", 1, True, None])
DATA = st.recursive(
    WORDS, lambda inner: st.dictionaries(NAMES, inner) | st.lists(inner, max_size=2), max_leaves=6
)


def _schemas(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.fixed_dictionaries(
        {},
        optional={
            "required": st.lists(NAMES, unique=True),
            "properties": st.dictionaries(NAMES, inner),
            "allOf": st.lists(inner, min_size=1, max_size=2),
            "anyOf": st.lists(inner, min_size=1, max_size=2),
            "not": inner,
            "const": WORDS,
            "enum": st.lists(WORDS, min_size=1, max_size=3, unique_by=repr),
        },
    )


SCHEMAS: st.SearchStrategy[Any] = st.recursive(st.just({}) | st.booleans(), _schemas, max_leaves=8)


@given(SCHEMAS, st.lists(DATA, min_size=1, max_size=5))
def test_the_answer_is_the_engines(condition: Any, data: list[Any]) -> None:
    holds = schema.compile_fast(condition).is_valid
    asked = condition_needs.asked_first(condition, holds)
    for one in data:
        assert asked(one) == holds(one)


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"typ": "b"},
        {"typ": 1},
        {"typ": "a"},
        {"typ": "a", "del": {}},
        {"typ": "a", "del": None},
    ],
)
def test_the_engine_is_not_asked_where_a_need_is_not_met(data: Any) -> None:
    part = {"required": ["namn"]}
    condition = {
        "allOf": [
            {"required": ["typ"], "properties": {"typ": {"const": "a"}}},
            {"required": ["del"], "properties": {"del": part}},
        ]
    }
    asked: list[Any] = []

    def engine(one: Any) -> bool:
        asked.append(one)
        return True

    held = condition_needs.asked_first(condition, engine)
    met = data == {"typ": "a", "del": None}  # what is no group need not have a group's fields
    assert held(data) is met
    assert asked == [data] * met


def test_a_condition_without_needs_is_put_as_it_is() -> None:
    def holds(_: Any) -> bool:
        return True

    assert condition_needs.asked_first({"not": {"required": ["typ"]}}, holds) is holds
