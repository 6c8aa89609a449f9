"""Provisions in running text: each use of one is judged as a careful jurist would, and what only
looks like a wrong one is left alone."""

from __future__ import annotations

from typing import Any, cast

import pytest

from insatskoll.catalogue.model import Revision
from insatskoll.law.acts import act, provision
from insatskoll.law.claims import reading
from insatskoll.law.claims.citations import cited
from insatskoll.law.predicates import Subject
from insatskoll.law.predicates.provisions import cited_in_text
from tests.catalogues import ROOT

FAULTS = ("upphävt", "finns inte", "handlar om annat")
# Texts that cite provisions, each after what is wrong: “rätt” for nothing.
TEXTS = [
    line.split("\t") for line in (ROOT / "tests/data/lagrum.tsv").read_text("utf-8").splitlines()
]


def faults(text: str) -> list[str]:
    """What is wrong with the provisions that a text cites."""
    subjects = [
        Subject(one.data, cast("Revision", None))
        for one in reading.said(text)
        if one.kind == "lagrum"
    ]
    check: Any = cited_in_text
    return [kind for kind in FAULTS for one in subjects for _ in check(one, kind)]


@pytest.mark.parametrize(("fault", "text"), TEXTS, ids=[text[:60] for _, text in TEXTS])
def test_a_provision_is_judged_by_what_the_text_says(fault: str, text: str) -> None:
    assert faults(text) == ([] if fault == "rätt" else [fault])


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("14 kap 3-5 §§ SoL", ["14 kap. 3 §", "14 kap. 4 §", "14 kap. 5 §"]),
        ("SoL 14:5 och 11:5 SoL", ["14 kap. 5 §", "11 kap. 5 §"]),
        ("5 § i 14 kapitlet socialtjänstlagen", ["14 kap. 5 §"]),
        ("kap. 14 § 5", ["14 kap. 5 §"]),
        ("fjortonde kapitlet femte paragrafen", ["14 kap. 5 §"]),
        ("11 kap. 5 § och 6 § samma kapitel", ["11 kap. 5 §", "11 kap. 6 §"]),
        ("3 kap. 6 a § SoL", ["3 kap. 6 a §"]),
        ("13 kap. SoL", ["13 kap."]),
        ("kl. 14:05", []),
        ("§ 88", []),
    ],
)
def test_a_provision_is_read_however_it_is_written(text: str, wanted: list[str]) -> None:
    assert [one.provision.written for one in cited(text)] == wanted


def test_a_section_with_a_letter_exists_where_the_act_has_one() -> None:
    assert act().lacks(provision("16 kap. 2 a §")) is None
    assert act().lacks(provision("16 kap. 2 b §")) == "paragrafen"
    assert act().lacks(provision("36 kap.")) == "kapitlet"
    assert act().lacks(provision("11 kap. 5 §"), 8) == "punkten"
