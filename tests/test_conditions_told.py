"""A demand that comes, goes or becomes another is told with whom it touches, where that is
certain, and without that where something else may decide the same."""

from __future__ import annotations

from typing import Any

import pytest

from insatskoll.diff.facts import compare
from insatskoll.diff.telling import Change, Telling
from tests.revisions import revision

NORRVIK: dict[str, Any] = {"typ": "folkbokföring", "område": "Norrviks kommun"}
STAYS: dict[str, Any] = {"typ": "vistelse", "område": "Norrviks kommun"}
BOTH = NORRVIK | {"område": "Norrviks kommun eller Söderviks kommun"}
GROUP = {"målgrupp": {"beskrivning": "Vuxna som är utsatta för våld."}}


def of(before: dict[str, Any], after: dict[str, Any], common: Any = ()) -> list[Change]:
    old, new = ({"namn": "Verkstan"} | one for one in (before, after))
    was, now = common or ({}, {})
    return list(Telling(compare(revision(was, a=old), revision(now, a=new))).changes)


def one(before: dict[str, Any], after: dict[str, Any], common: Any = ()) -> str:
    (change,) = of(before, after, common)
    return change.clause


def asked(*conditions: dict[str, Any]) -> dict[str, Any]:
    return {"villkor": list(conditions)}


# Where somebody lives


@pytest.mark.parametrize(
    ("demand", "krav", "who"),
    [
        (NORRVIK, "folkbokföring i Norrviks kommun", "den som inte är folkbokförd där"),
        (STAYS, "att vistas i Norrviks kommun", "den som inte vistas där"),
    ],
)
def test_where_somebody_must_live_is_told_with_whom_it_shuts_out(
    demand: dict[str, Any], krav: str, who: str
) -> None:
    assert one(GROUP, GROUP | asked(demand)) == (
        f"ett krav på {krav} införs för insatsen Verkstan, så att {who} inte längre kan få "
        "insatsen utan behovsprövning"
    )
    assert one(GROUP | asked(demand), GROUP) == (
        f"kravet på {krav} för insatsen Verkstan tas bort, så att även {who} kan få insatsen utan "
        "behovsprövning"
    )


def test_in_a_part_it_is_of_the_part() -> None:
    parts = [{"namn": "Råd"} | asked(NORRVIK), {"namn": "Stöd"}]
    said = one({"delar": [{"namn": "Råd"}, {"namn": "Stöd"}]}, {"delar": parts})
    assert "införs för delen ”Råd” i insatsen Verkstan, så att" in said
    assert said.endswith("inte längre kan få delen utan behovsprövning")


@pytest.mark.parametrize(
    "also",
    [
        asked(STAYS),
        {"målgrupp": {"beskrivning": "Vuxna som bor i Norrviks kommun."}},
        {"avgränsning": "Insatsen är till för kommunens invånare."},
        {"innehåll": "Ges till den som är bosatt i kommunen."},
        {"delar": [{"namn": "Råd"} | asked(NORRVIK)]},
    ],
)
def test_who_is_touched_is_left_unsaid_where_something_else_asks_where_they_live(
    also: dict[str, Any],
) -> None:
    both = also | asked(NORRVIK, *also.get("villkor", ()))
    for said in (one(also, both), one(both, also)):
        assert "så att" not in said, said


def test_what_is_common_may_ask_the_same() -> None:
    for common in ({"gemensamma_villkor": [STAYS]}, {"bilaga": {"inledning": ["För invånare."]}}):
        said = one({}, asked(NORRVIK), (common, common))
        assert said == "ett krav på folkbokföring i Norrviks kommun införs för insatsen Verkstan"


def test_a_demand_for_some_is_told_in_its_words() -> None:
    for more in ({"gäller": "fler än en natt"}, {"beskrivning": "Undantag görs för nyfödda."}):
        said = one({}, asked(NORRVIK | more))
        assert "”" in said and "så att" not in said, said


def test_how_it_is_checked_stands_in_the_whole_condition() -> None:
    (change,) = of({}, asked(NORRVIK | {"kontroll": "utdrag ur registret"}))
    assert "kontroll" not in change.clause
    assert change.long and "utdrag ur registret" in change.after
    (change,) = of({}, asked(NORRVIK | {"skäl": "Platserna är få."}))
    assert change.clause.endswith("Som skäl anges ”Platserna är få”.")


def test_what_becomes_common_is_told_of_those_it_is_new_to() -> None:
    old = revision(a=asked(NORRVIK), b={}, c={"namn": "Lots"})
    new = revision({"gemensamma_villkor": [NORRVIK]}, a={}, b={}, c={"namn": "Lots"})
    for was, now, words in (
        (old, new, ["ett krav på", "införs för insatserna b och Lots", "inte längre kan få "]),
        (new, old, ["kravet på", "för insatserna b och Lots tas bort", "kan få insatserna"]),
    ):
        (said,) = [
            change.clause
            for change in Telling(compare(was, now)).changes
            if "Lots" in change.clause
        ]
        assert all(word in said for word in words), said


def test_an_age_that_becomes_common_is_told_of_those_it_is_new_to() -> None:
    grown = {"typ": "ålder", "ålder": {"avser": "deltagaren", "från": 18}}
    old = revision(a=asked(grown), b={}, c={"namn": "Lots"})
    new = revision({"gemensamma_villkor": [grown]}, a={}, b={}, c={"namn": "Lots"})
    (said,) = [c.clause for c in Telling(compare(old, new)).changes if "Lots" in c.clause]
    assert said == (
        "en nedre åldersgräns på 18 år införs för insatserna b och Lots, så att de som är under "
        "18 år inte längre kan få insatserna utan behovsprövning"
    )


def test_an_area_that_is_widened_is_told_with_those_it_lets_in() -> None:
    wider = one(asked(NORRVIK), asked(BOTH))
    assert wider == (
        "området i kravet på folkbokföring för insatsen Verkstan utvidgas från Norrviks kommun "
        "till Norrviks kommun eller Söderviks kommun, så att även den som är folkbokförd i "
        "Söderviks kommun kan få insatsen utan behovsprövning"
    )
    narrower = one(asked(BOTH), asked(NORRVIK))
    assert "inskränks från" in narrower
    assert narrower.endswith(
        "den som är folkbokförd i Söderviks kommun inte längre kan få insatsen utan behovsprövning"
    )


def test_an_area_that_may_lie_in_the_other_lets_nobody_in_for_certain() -> None:
    for other in ("Norrviks kommun eller Västra Norrvik", "Norrviks kommun, Ås och Bys socknar"):
        assert "så att" not in one(asked(NORRVIK), asked(NORRVIK | {"område": other}))
    assert "gäller Söderviks kommun i stället" in one(
        asked(NORRVIK), asked(NORRVIK | {"område": "Söderviks kommun"})
    )
    also = {"målgrupp": {"beskrivning": "Vuxna bosatta i Norrvik."}}
    assert "så att" not in one(also | asked(NORRVIK), also | asked(BOTH))


# The ages of children


def child(**years: int) -> dict[str, Any]:
    return asked({"typ": "ålder", "ålder": {"avser": "deltagarens barn", **years}})


@pytest.mark.parametrize(
    ("age", "limit", "who"),
    [
        ({"från": 0, "till": 2}, "en övre gräns på 2 år", "barn som har fyllt 3 år"),
        ({"till": 2}, "en övre gräns på 2 år", "barn som har fyllt 3 år"),
        ({"från": 6}, "en nedre gräns på 6 år", "barn som är under 6 år"),
    ],
)
def test_an_age_of_the_children_is_told_as_a_limit(
    age: dict[str, int], limit: str, who: str
) -> None:
    assert one({}, child(**age)) == (
        f"{limit} för barnens ålder införs för insatsen Verkstan, så att föräldrar till {who} "
        "inte längre kan få insatsen utan behovsprövning"
    )
    gone = one(child(**age), {})
    assert gone.startswith(limit.replace("en ", "den ", 1).replace("gräns ", "gränsen "))
    assert f"även föräldrar till {who} kan få" in gone


def test_an_age_of_the_children_both_ways_is_one_demand() -> None:
    said = one({}, child(från=3, till=6))
    assert said.startswith("ett krav på barnens ålder, 3–6 år, införs för insatsen Verkstan")
    assert "föräldrar till barn som är under 3 år" in said
