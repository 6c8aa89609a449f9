"""Every clause has all its words: whatever value a field has had becomes any other, on either
level, and each piece that a clause asks for is in its file."""

from __future__ import annotations

import json
import random
import re
from collections import Counter
from dataclasses import replace
from itertools import combinations
from typing import Any

import pytest

from insatskoll.diff import phrasebook
from insatskoll.diff.forms import json_form
from tests.revisions import edited, real_revisions, revision, values
from tests.test_diff_forms import BROKEN, in_terminal, telling

_MOST = 6  # values of a field, the shortest and some of the longer
_APART = {"namn", "avdelning", "avdelningar", "delar", "källa", "avvikelser", "scb_kod"}
_PARTS = {
    "karaktär", "målgrupp", "samtycke", "dokumentation", "omfattning", "innehåll", "villkor",
    "gäller_till",
}  # fmt: skip
_OPTIONAL = {"insats.insatstyp"}  # only some types have words of their own
Sides = tuple[dict[str, Any], dict[str, Any]]


class _Recorded(dict[str, str]):
    """The pieces of a clause, with those that were asked for and are not there."""

    def __init__(self, words: Any, path: str, lacking: Counter[str]) -> None:
        super().__init__(words)
        self.path, self.lacking = path, lacking

    def get(self, name: Any, default: Any = None) -> Any:
        if name not in self and self.path not in _OPTIONAL:
            self.lacking[f"{self.path}: {name}"] += 1
        return super().get(name, default)


@pytest.fixture
def lacking(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    found: Counter[str] = Counter()
    shipped = {
        path: replace(one, words=_Recorded(one.words, path, found))
        for path, one in phrasebook.shipped().items()
    }
    monkeypatch.setattr(phrasebook, "shipped", lambda: shipped)
    return found


def picked(kind: str, field: str) -> list[Any]:
    """Some of the values of a field, and none."""
    every = sorted(values(kind)[field], key=lambda v: (len(text := json.dumps(v)), text))
    return [None, *every[:: max(1, len(every) // _MOST)][:_MOST]]


def check(old: Sides, new: Sides) -> None:
    """What is told both ways, of what is common and of one insats."""
    for before, after in ((old, new), (new, old)):
        one = telling(*(revision(common, a=data) for common, data in (before, after)))
        for change in one.changes:
            own = re.sub(r"”[^”]*”", "”x”", change.clause)
            quoted = BROKEN.search(change.before + change.after)
            assert quoted or not BROKEN.search(own), change.clause


def only(field: str, value: Any) -> dict[str, Any]:
    return {} if value is None else {field: value}


@pytest.mark.parametrize("field", sorted(values("insats").keys() - _APART))
def test_any_value_of_an_insats_can_become_any_other(field: str, lacking: Counter[str]) -> None:
    for first, second in combinations(picked("insats", field), 2):
        old, new = only(field, first), only(field, second)
        check(({}, old), ({}, new))
        if field in _PARTS:
            parts = ({"delar": [{"namn": "Ett"} | one, {"namn": "Två"}]} for one in (old, new))
            before, after = parts
            check(({}, before), ({}, after))
    assert not lacking


@pytest.mark.parametrize("field", sorted(values("kommun").keys() - _APART))
def test_any_value_that_is_common_can_become_any_other(field: str, lacking: Counter[str]) -> None:
    needed = field in ("nämnd", "bilaga")
    for first, second in combinations(picked("kommun", field), 2):
        if not needed or None not in (first, second):
            check((only(field, first), {}), (only(field, second), {}))
    assert not lacking


@pytest.mark.parametrize("seed", range(6))
def test_real_municipalities_can_be_edited_in_any_way(seed: int) -> None:
    chance = random.Random(seed)
    for whole in real_revisions():
        other = edited(whole, chance)
        for one in (telling(whole, other), telling(other, whole)):
            assert in_terminal(one) and json_form.render([one])
            assert all(change.judgements for change in one.changes)
