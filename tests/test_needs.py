"""Whether an insats may be given without an assessment at all, by its state on either side: the
housing of SoL 11 kap. 5 § 5, for those under 21 and for children, as the rules find it."""

from __future__ import annotations

from typing import Any

import pytest

from insatskoll.catalogue.model import Revision
from insatskoll.diff import facts
from insatskoll.diff.known import Known
from insatskoll.diff.meaning import meanings
from insatskoll.diff.verdicts import shipped
from tests.revisions import revision

NEEDS, FREE = "needs-assessment", "needs-no-assessment"


def aged(low: int, *, whose: str = "deltagaren") -> dict[str, Any]:
    return {"typ": "ålder", "ålder": {"från": low, "avser": whose}}


def group(*kinds: str, **more: Any) -> dict[str, Any]:
    return {"målgrupp": {"deltagare": list(kinds), **more}}


FROM_21 = {"villkor": [aged(21)]}
FROM_18 = {"villkor": [aged(18)]}
WOMEN = group("vuxna", ålder={"från": 21, "avser": "deltagaren"})
HOME = {"insatstyp": "stödboende"}


def told(old: Revision, new: Revision) -> dict[str, list[str]]:
    """The verdicts on the assessment, by the field that they are told of."""
    comparison = facts.compare(old, new)
    found: dict[str, list[str]] = {}
    for meaning in meanings(comparison, Known(comparison)):
        verdicts = [j.verdict for j in meaning.judgements if j.axis == "assessment"]
        if verdicts:
            found.setdefault(".".join(facts.names_of(meaning.fact.path)), []).extend(verdicts)
    return found


def both_ways(old: Revision, new: Revision, expected: dict[str, list[str]]) -> None:
    by_code = shipped().by_code
    assert told(old, new) == expected
    assert told(new, old) == {k: [by_code[c].mirror for c in v] for k, v in expected.items()}


@pytest.mark.parametrize("kind", ["jourhem", "stödboende", "skyddat boende"])
@pytest.mark.parametrize(
    ("before", "after", "field"),
    [
        (FROM_21, FROM_18, "villkor.ålder"),
        (FROM_21, {"villkor": [aged(20)]}, "villkor.ålder"),
        (FROM_21, {}, "villkor"),
        (WOMEN, group("vuxna", ålder={"från": 18, "avser": "deltagaren"}), "målgrupp.ålder"),
        (WOMEN, WOMEN | {"målgrupp": WOMEN["målgrupp"] | {"medföljande_barn": "ja"}},
         "målgrupp.medföljande_barn"),
        (WOMEN, WOMEN | {"målgrupp": WOMEN["målgrupp"] | {"deltagare": ["vuxna", "barn"]}},
         "målgrupp.deltagare"),
    ],
)  # fmt: skip
def test_housing_opened_to_the_young_or_to_children_needs_an_assessment(
    kind: str, before: dict[str, Any], after: dict[str, Any], field: str
) -> None:
    old, new = (revision(a={"insatstyp": kind} | side) for side in (before, after))
    both_ways(old, new, {field: [NEEDS]})


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (HOME | {"villkor": [aged(25)]}, HOME | FROM_21),
        (HOME | FROM_18, HOME | {"villkor": [aged(16)]}),  # it was so already
        (HOME | FROM_21, HOME | FROM_21 | {"innehåll": "Något annat."}),
        # nobody under 21 could come by the other limit
        (HOME | {"villkor": [aged(21), aged(18)]}, HOME | FROM_21),
        (HOME | FROM_21, HOME | {"villkor": [aged(21), aged(0, whose="deltagarens barn")]}),
        ({"insatstyp": "härbärge"} | FROM_21, {"insatstyp": "härbärge"} | FROM_18),
        ({"insatstyp": "samtal"} | FROM_21, {"insatstyp": "samtal"}),
    ],
)
def test_what_needed_none_and_needs_none_is_not_said_to(
    before: dict[str, Any], after: dict[str, Any]
) -> None:
    both_ways(revision(a=before), revision(a=after), {})


def test_a_common_limit_bounds_them_too() -> None:
    common = {"gemensamma_villkor": [aged(21)]}
    both_ways(revision(common, a=HOME), revision(a=HOME), {"gemensamma_villkor": [NEEDS]})
    both_ways(revision(common, a=HOME | FROM_21), revision(common, a=HOME), {})
    both_ways(revision(common, a=HOME), revision(a=HOME | FROM_21), {})


def test_only_what_opens_it_is_told_so() -> None:
    old = revision(a=HOME | FROM_21 | {"innehåll": "Ett.", "form": ["grupp"]})
    new = revision(a=HOME | FROM_18 | {"innehåll": "Två.", "form": ["individuell"]})
    both_ways(old, new, {"villkor.ålder": [NEEDS]})


def test_a_type_that_may_need_one_is_judged_by_who_may_come() -> None:
    shelter = {"insatstyp": "härbärge"}
    both_ways(revision(a=shelter), revision(a=HOME), {"insatstyp": [NEEDS]})
    both_ways(revision(a=shelter | FROM_21), revision(a=HOME | FROM_21), {})
    family = {"insatstyp": "familjehem"} | FROM_21
    both_ways(revision(a=family), revision(a=HOME | FROM_21), {"insatstyp": [FREE]})
    both_ways(revision(a=family), revision(a=HOME), {})


def test_a_new_home_needs_one_if_the_young_may_come() -> None:
    assert told(revision(b={}), revision(b={}, a=HOME | FROM_18)) == {"": [NEEDS]}
    assert told(revision(b={}), revision(b={}, a=HOME | FROM_21)) == {}


def test_a_part_opened_to_the_young_opens_the_home() -> None:
    parts = [
        [{"namn": "Natt", "villkor": [aged(21)]}, {"namn": "Dag", "villkor": [aged(low)]}]
        for low in (21, 18)
    ]
    old, new = (revision(a=HOME | {"delar": some}) for some in parts)
    both_ways(old, new, {"villkor.ålder": [NEEDS]})


def test_what_has_no_type_is_compared_all_the_same() -> None:
    old, new = revision(a=HOME | FROM_21), revision(a=HOME)
    del new.insatser[0].data["insatstyp"]  # type: ignore[misc]
    assert told(old, new) == {}
