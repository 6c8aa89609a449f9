"""Insatser that are split and merged, that go, or lose a part: what all that is there gives
together, before and after. The cases of ``tests/data/delningar.yaml`` were written before the
program could judge them."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from insatskoll.catalogue.model import Revision
from insatskoll.diff import facts
from insatskoll.diff.telling import Telling
from insatskoll.diff.verdicts import shipped
from tests.catalogues import ROOT
from tests.revisions import revision

DATA = yaml.safe_load((ROOT / "tests" / "data" / "delningar.yaml").read_text("utf-8"))
CASES: dict[str, Any] = DATA["fall"]


def insats(written: dict[str, Any]) -> dict[str, Any]:
    """An insats with what all have, and its age as a condition."""
    data = dict(written) if written.get("bara") == "ja" else DATA["gemensamt"] | written
    data.pop("bara", None)
    if bounds := data.pop("ålder", None):
        age = dict(zip(("från", "till"), bounds, strict=False)) | {"avser": "deltagaren"}
        data["villkor"] = [{"typ": "ålder", "ålder": age}]
    return data


def side(case: dict[str, Any], name: str) -> Revision:
    made = {key: insats(written) for key, written in case[name].items()}
    return revision(case.get("kommun"), **made)


def told(case: dict[str, Any]) -> Telling:
    return Telling(facts.compare(side(case, "före"), side(case, "efter")))


def given(telling: Telling) -> set[str]:
    return {one.verdict for change in telling.changes for one in change.judgements}


def words(telling: Telling) -> str:
    return " ".join(change.main_clause for change in telling.changes)


@pytest.mark.parametrize("name", CASES)
def test_what_is_there_together_is_judged(name: str) -> None:
    case, found = CASES[name], given(told(CASES[name]))
    assert set(case["ska"]) <= found
    if case["inte"] == "alla":
        assert found <= {*case["ska"], "editorial"}
    else:
        assert not found & set(case["inte"])


@pytest.mark.parametrize("name", CASES)
def test_what_differs_is_said_and_nothing_else(name: str) -> None:
    case, said = CASES[name], words(told(CASES[name]))
    assert [text for text in case.get("säger", ()) if text not in said] == [], said
    assert [text for text in case.get("säger_inte", ()) if text in said] == [], said


@pytest.mark.parametrize(
    "name", [name for name, case in CASES.items() if "tidigare_id" in str(case)]
)
def test_a_split_is_a_merger_the_other_way(name: str) -> None:
    case, by_code = CASES[name], shipped().by_code
    back = Telling(facts.compare(side(case, "efter"), side(case, "före")))
    assert given(back) == {by_code[code].mirror for code in given(told(case))}


@pytest.mark.parametrize(
    "name", [name for name, case in CASES.items() if "tidigare_id" in str(case)]
)
def test_each_fact_means_what_it_has_done_to_them_all(name: str) -> None:
    telling = told(CASES[name])
    by_facts = {j.verdict for judged in telling.judged.values() for j in judged} - {"editorial"}
    assert by_facts == given(telling) - {"editorial"}
