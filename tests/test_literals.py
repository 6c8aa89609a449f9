"""Tests that the letters which a regular expression is taken to need are in all that it matches."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from typing import Any

import pytest

from insatskoll import resources
from insatskoll.catalogue.loading import load_kommun
from insatskoll.catalogue.model import Revision, judged
from insatskoll.law import literals
from insatskoll.law.checks import Check
from insatskoll.law.literals import Wanted
from insatskoll.law.predicates import Subject
from insatskoll.law.predicates.text import every_text, first, may_say, pattern, texts
from insatskoll.law.rules import load_rules

CHECKS = [check for rule in load_rules().all for check in rule.checks if check.wanted]
REVISIONS = [
    judged(revision)
    for folder in sorted((resources.CATALOGUE / "kommuner").iterdir())
    if (revision := load_kommun(folder).revision) is not None
]


def wanted(expression: str) -> tuple[Wanted, ...]:
    return (Wanted(expression, literals.needed(expression)),)


def subject(data: Mapping[str, Any], revision: Revision = REVISIONS[0]) -> Subject:
    return Subject(data, revision)


@pytest.mark.parametrize(
    ("expression", "needed"),
    [
        (r"\bfamiljehem\b", {"familjehem"}),
        (r"behov(?:en|et)?\b", {"behov"}),
        (r"(?:Avslag|avvis)\w*|nekas", {"avslag", "avvis", "nekas"}),
        (r"en (?:bedömning|prövning) görs", {"bedömning", "prövning"}),
        (r"(?:inte )?kan", {"kan"}),
        (r"(?:enligt )+lag", {"enligt "}),
        (r"[a-z]+ hos\b", {" hos"}),
        (r"(?!utan)(?<=med )hjälp", {"hjälp"}),
    ],
)
def test_what_is_needed(expression: str, needed: set[str]) -> None:
    assert literals.needed(expression) == frozenset(needed)


@pytest.mark.parametrize("expression", [r"\d+", r"ordet|\d+", r"(?:familj)?", r"(?:familj)*", "af"])
def test_nothing_is_needed(expression: str) -> None:
    assert literals.needed(expression) is None


def test_letters_that_match_each_other_in_any_case_are_folded_to_the_same() -> None:
    every = map(chr, range(sys.maxunicode + 1))
    cased = [one for one in every if one.lower() != one or one.upper() != one]
    joined = "".join(cased)
    for one in cased:
        for other in re.findall(re.escape(one), joined, re.IGNORECASE):
            assert literals.folded(one) == literals.folded(other), (one, other)


def test_a_check_may_find_whatever_its_expressions_match() -> None:
    found = 0
    for revision in REVISIONS:
        subjects = [subject(insats.data, revision) for insats in revision.insatser]
        for check in CHECKS:
            for one in (*subjects, subject(revision.kommun, revision)):
                found += _matches(check, one)
    assert found > 80


def _matches(check: Check, one: Subject) -> int:
    fields = check.parameters.get("fält", ())
    left = may_say(one, check.wanted, fields)
    found = [
        w.expression
        for w in check.wanted
        if any(pattern((w.expression,)).search(text) for _, text in texts(one, fields))
    ]
    assert set(found) <= set(left)
    return len(found)


def test_the_first_of_some_expressions_is_what_they_find_together() -> None:
    found = 0
    for revision in REVISIONS:
        every = [
            text
            for insats in revision.insatser
            for _, text in every_text(subject(insats.data, revision))
        ]
        for check in CHECKS:
            words = tuple(w.expression for w in check.wanted)
            for text in every[::7]:
                together, one = pattern(words).search(text), first(words, text)
                assert (together and together.span()) == (one and one.span())
                found += one is not None
    assert found > 50


def test_most_expressions_need_something() -> None:
    every = [w.literals for check in CHECKS for w in check.wanted]
    assert sum(one is not None for one in every) > 0.8 * len(every)


def test_a_text_may_say_what_it_says_in_any_case() -> None:
    said = subject({"innehåll": "FAMİLJEHEM"})
    assert may_say(said, wanted(r"\bfamiljehem"))
    assert not may_say(said, wanted(r"\bjourhem"))


def test_only_the_fields_that_are_looked_at_may_say_something() -> None:
    said = subject({"innehåll": "Samtal", "syfte": "Stöd hemma"})
    assert may_say(said, wanted(r"hemma"), ["syfte"])
    assert not may_say(said, wanted(r"hemma"), ["innehåll"])


def test_a_part_may_say_what_its_own_texts_say() -> None:
    whole = subject({"delar": [{"innehåll": "Samtal"}, {"innehåll": "Hembesök"}]})
    first, second = (
        Subject(part, whole.revision, within=whole) for part in whole.as_insats["delar"]
    )
    assert may_say(second, wanted(r"hembesök"))
    assert not may_say(first, wanted(r"hembesök"))
