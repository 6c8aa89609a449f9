"""That a small change of a rule or a word list is noticed by its own examples, and that the tool
which tries it can tell."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from insatskoll.law.rules import load_rules
from insatskoll.law.wordlists import WordList
from tests.catalogues import ROOT

sys.path.insert(0, str(ROOT / "tools"))
import mutate

if TYPE_CHECKING:
    from insatskoll.reading.schema_types import OrdlistaData

EVERY = mutate.everything()


@pytest.mark.parametrize(
    ("expression", "without"),
    [
        ("a|b", ["b", "a"]),
        (r"(?:a|b\|c)d", [r"(?:b\|c)d", "(?:a)d"]),
        ("[a|b](?<=x|y)", ["[a|b](?<=y)", "[a|b](?<=x)"]),
        ("[]|]a", []),
        ("(?P<x>a|b)|c", ["(?P<x>b)|c", "(?P<x>a)|c", "c", "(?P<x>a|b)"]),
    ],
)
def test_an_alternative_is_left_out(expression: str, without: list[str]) -> None:
    assert [left for left, _ in mutate.alternatives(expression)] == without


def test_each_kind_of_change_is_made() -> None:
    check = {
        "omfång": "insats",
        "när": {"insatstyp": ["samtal", "medling"], "syfte": "finns"},
        "kontroll": {"funktion": "nämner", "gräns": 21, "finns": "ja", "ord": ["a|b", "c"]},
    }
    changes = {mutant.change for mutant in mutate.of({"prövningar": [check]}, ["prövningar"])}
    assert changes == {
        "när vänds", "utan samtal", "utan medling", "21 blir 22", "21 blir 20", "ja blir nej",
        "utan a|b",
        "utan c", "utan insatstyp", "utan syfte", "finns blir saknas",
        "utan alternativet a", "utan alternativet b",
    }  # fmt: skip


def test_what_no_example_needs_survives() -> None:
    data: OrdlistaData = {
        "namn": "x",
        "beskrivning": "",
        "ord": ["LVM-hem", "HVB"],
        "exempel": {"träff": ["HVB"], "tyst": ["hem"]},
    }
    one = WordList(data, ROOT)
    assert [m.change for m in mutate.mutants(one) if not mutate.noticed(one, m, load_rules())] == [
        "utan LVM-hem"
    ]


@pytest.mark.parametrize("name", EVERY)
def test_the_examples_notice_a_change(name: str) -> None:
    """For some mutants of each; ``make mutate`` tries them all."""
    chosen = mutate.sampled([name], 4)[name]
    _, alive = mutate.survivors(name, chosen)
    assert alive == []
