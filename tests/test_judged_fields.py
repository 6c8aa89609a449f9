"""What the fields alone decide: what goes without saying is nothing new, and what they measure is
judged by what it comes to. Each with a revision that looks the same and is not."""

from __future__ import annotations

from typing import Any

import pytest

from insatskoll.catalogue.model import Revision
from insatskoll.diff import facts
from insatskoll.diff.known import Known
from insatskoll.diff.meaning import meanings
from insatskoll.diff.verdicts import shipped
from tests.revisions import revision

EDITORIAL = {"editorial"}


def told(old: Revision, new: Revision) -> set[str]:
    comparison = facts.compare(old, new)
    found = meanings(comparison, Known(comparison))
    return {judgement.verdict for meaning in found for judgement in meaning.judgements}


def both_ways(old: Revision, new: Revision, expected: set[str]) -> None:
    by_code = shipped().by_code
    assert told(old, new) == expected
    assert told(new, old) == {by_code[code].mirror for code in expected}


def of_one(before: dict[str, Any], after: dict[str, Any], expected: set[str]) -> None:
    both_ways(revision(a=before), revision(a=after), expected)


def aged(low: int | None = None, high: int | None = None, **more: Any) -> dict[str, Any]:
    bounds = {"från": low, "till": high}
    said = {name: bound for name, bound in bounds.items() if bound is not None}
    return {"typ": "ålder", "ålder": said | {"avser": "deltagaren"} | more}


def group(*kinds: str, **more: Any) -> dict[str, Any]:
    return {"målgrupp": {"deltagare": list(kinds), **more}}


def test_another_name_of_the_nämnd_is_no_other_provider() -> None:
    both_ways(
        revision({"nämnd": "Socialnämnden"}), revision({"nämnd": "Omsorgsnämnden"}), EDITORIAL
    )


# Children


YOUNG = group("barn", "unga")


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (aged(13, 20), aged(15, 24), {"narrower", "more-open", "fewer-children"}),
        (aged(13, 20), aged(15, 20), {"narrower", "fewer-children"}),
        (aged(13, 15), aged(16, 20), {"narrower", "more-open", "unclear-children"}),
        (aged(21, 30), aged(25, 35), {"narrower", "more-open"}),
        (aged(13, 20), aged(15, 24, avser="den unge"), {"unclear", "unclear-children"}),
    ],
)  # fmt: skip
def test_ages_that_move_take_from_some_and_give_to_others(
    before: dict[str, Any], after: dict[str, Any], expected: set[str]
) -> None:
    of_one({"villkor": [before]}, {"villkor": [after]}, expected)


# Consent


LAW = {"under_15": "vårdnadshavare"}


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ({}, LAW, EDITORIAL),
        ({"från_15": "utan vårdnadshavare"}, LAW | {"från_15": "utan vårdnadshavare"}, EDITORIAL),
        ({}, LAW | {"från_15": "vårdnadshavare"}, {"more-consent"}),
        ({}, {"under_15": "samtliga vårdnadshavare"}, {"more-consent"}),
        ({}, LAW | {"beskrivning": "Den unge frågas först."}, {"unclear-children"}),
    ],
)
def test_the_consent_that_the_law_asks_for_is_nothing_new(
    before: dict[str, Any], after: dict[str, Any], expected: set[str]
) -> None:
    sides = [YOUNG | ({"samtycke": said} if said else {}) for said in (before, after)]
    of_one(sides[0], sides[1], expected)
    old, new = (revision({"samtycke": said} if said else {}, a=YOUNG) for said in (before, after))
    both_ways(old, new, expected)


CONSENT = {"samtycke": {"under_15": "vårdnadshavare", "från_15": "utan vårdnadshavare"}}


@pytest.mark.parametrize(
    ("insats", "expected"),
    [
        (group("anhöriga") | {"villkor": [aged(18)]}, EDITORIAL),
        (group("föräldrar") | {"villkor": [aged(18)]}, EDITORIAL),
        (group("unga", ålder={"från": 18, "avser": "deltagaren"}), EDITORIAL),
        (group("vuxna"), EDITORIAL),
        ({"delar": [{"namn": "Råd", "villkor": [aged(18)]},
                    {"namn": "Stöd", "villkor": [aged(20)]}]}, EDITORIAL),
        (group("anhöriga"), {"less-consent"}),
        (group("anhöriga") | {"villkor": [aged(16)]}, {"less-consent"}),
        (group("barn", "föräldrar") | {"villkor": [aged(18)]}, {"less-consent"}),
        ({"delar": [{"namn": "Råd", "villkor": [aged(18)]}, {"namn": "Stöd"}]},
         {"less-consent"}),
    ],
)  # fmt: skip
def test_a_common_consent_is_for_those_that_minors_take_part_in(
    insats: dict[str, Any], expected: set[str]
) -> None:
    both_ways(revision(a=insats), revision(CONSENT, a=insats), expected)


def test_a_common_limit_of_18_years_leaves_consent_to_nobody() -> None:
    adults = {"gemensamma_villkor": [aged(18)]}
    both_ways(revision(adults, a={}), revision(adults | CONSENT, a={}), EDITORIAL)


# Measures


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("50 kr/träff", "50 kronor per träff", EDITORIAL),
        ("50:- i veckan", "50 kronor per vecka", EDITORIAL),
        ("100 kr per gång", "100 kronor per tillfälle", EDITORIAL),
        ("50 kr/träff", "60 kronor per träff", {"higher-fee"}),
        ("50 kronor per vecka", "50 kronor per dag", {"higher-fee"}),
        ("200 kronor per månad", "100 kronor per vecka", {"higher-fee"}),
        ("100 kronor per månad", "1 200 kronor per år", {"unclear-fee"}),
        ("50 kronor per dag", "200 kronor per vecka", {"unclear-fee"}),
        ("50 kronor per träff", "50 kronor per familj", {"unclear-fee"}),
    ],
)
def test_a_fee_is_compared_by_what_is_paid(before: str, after: str, expected: set[str]) -> None:
    of_one({"avgift": {"belopp": before}}, {"avgift": {"belopp": after}}, expected)


def test_what_else_is_said_of_a_fee_is_no_way_of_writing_it() -> None:
    before = {"belopp": "50 kr/träff", "beskrivning": "Fika ingår."}
    after = {"belopp": "50 kronor per träff", "beskrivning": "Barn betalar inget."}
    of_one({"avgift": before}, {"avgift": after}, {"unclear-fee"})


def extent(name: str, number: int, length: str = "") -> dict[str, Any]:
    return {
        "omfattning": {name: number, "enhet": "träffar"} | ({"längd": length} if length else {})
    }


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (extent("antal", 8, "2 timmar"), extent("antal", 6, "3 timmar"),
         {"unclear", "unclear-scope"}),
        (extent("antal", 8, "två timmar per gång"), extent("antal", 6, "90 minuter"),
         {"unclear", "less-scope"}),
        (extent("antal", 8, "2 timmar"), extent("antal", 6, "en eftermiddag"),
         {"unclear", "unclear-scope"}),
        (extent("högst", 8, "1 timme"), extent("högst", 6, "1 timme"),
         {"narrower", "less-scope"}),
        (extent("högst", 8, "1 timme"), extent("högst", 6, "2 timmar"),
         {"unclear", "unclear-scope"}),
    ],
)  # fmt: skip
def test_fewer_and_longer_meetings_are_no_more_and_fewer_and_shorter_are_less(
    before: dict[str, Any], after: dict[str, Any], expected: set[str]
) -> None:
    of_one(before, after, expected)
