"""What holds for whom, before and after: the verdict of a fact is what it has done to the state,
wherever it is written."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING, Any, cast

import pytest
from hypothesis import HealthCheck, given, settings

from insatskoll.catalogue import loading
from insatskoll.catalogue.model import Insats, Revision, absent
from insatskoll.diff import causes, differences, effects, facts, state, written
from insatskoll.diff import common as common_rules
from insatskoll.diff.facts import Item
from insatskoll.diff.known import Known
from insatskoll.diff.meaning import Meaning, meanings
from insatskoll.diff.telling import Telling
from insatskoll.diff.verdicts import shipped
from insatskoll.reading import samples
from tests.catalogues import CATALOGUE
from tests.revisions import revision, revisions

if TYPE_CHECKING:
    from insatskoll.reading.schema_types import InsatsData

HOME = {"typ": "folkbokföring", "område": "Exempels kommun"}
NIGHT = HOME | {"gäller": "mer än en natt"}
OVER_18 = {"typ": "ålder", "ålder": {"från": 18, "avser": "deltagaren"}}
OVER_21 = {"typ": "ålder", "ålder": {"från": 21, "avser": "deltagaren"}}
JOURNAL = {"nivå": "individnivå"}
EXEMPT = {"nivå": "avidentifierad", "lagrum": "SoL 14 kap. 5 §"}
CONSENT = {"under_15": "samtliga vårdnadshavare", "från_15": "vårdnadshavare"}
THREE = {"högst": 3, "enhet": "samtal"}
CHILDREN = {"målgrupp": {"deltagare": ["barn"]}}


def common(*conditions: Any, **more: Any) -> dict[str, Any]:
    return ({"gemensamma_villkor": list(conditions)} if conditions else {}) | more


def parted(*parts: dict[str, Any], **more: Any) -> dict[str, Any]:
    named = [{"namn": name} | part for name, part in zip("ABC", parts, strict=False)]
    return more | {"delar": named}


def meant(old: Revision, new: Revision) -> list[Meaning]:
    comparison = facts.compare(old, new)
    return meanings(comparison, Known(comparison))


def where(meaning: Meaning) -> str:
    path = meaning.fact.path
    steps = [step.name if isinstance(step, Item) else str(step) for step in path]
    return ".".join(filter(None, [meaning.fact.subject.id, *steps]))


def told(old: Revision, new: Revision) -> dict[str, str]:
    """The verdicts by the place of the fact."""
    return {where(m): " ".join(j.verdict for j in m.judgements) for m in meant(old, new)}


def both_ways(old: Revision, new: Revision, expected: dict[str, str]) -> None:
    """The verdicts of a change, and their mirror images the other way."""
    by_code = shipped().by_code
    assert told(old, new) == expected
    mirrored = {
        place: {by_code[code].mirror for code in codes.split()} for place, codes in expected.items()
    }
    back = {place: {*codes.split()} for place, codes in told(new, old).items()}
    assert back == mirrored


def test_every_field_of_a_part_that_the_whole_has_too_is_resolved() -> None:
    files = samples.schemas()
    part = files["gemensamt.schema.json"]["$defs"]["del"]
    shared = part["properties"].keys() & files["insats.schema.json"]["properties"].keys()
    # a text is its own where it stands
    assert shared - {"namn", "innehåll", "egen_text"} == set(state.FIELDS)


# What is common


def test_a_common_condition_written_out_changes_nothing() -> None:
    old = revision(common(HOME), a={}, b={})
    new = revision(common(HOME), a={"villkor": [HOME]}, b={})
    both_ways(old, new, {"a.villkor.folkbokföring": "editorial"})
    (out,), (back,) = meant(old, new), meant(new, old)
    assert out.moved == effects.Move("gemensamt", "insatsen", kept=True, same=True)
    assert back.moved == effects.Move("insatsen", "gemensamt", kept=True, same=True)


def test_equal_conditions_moved_to_common_text_change_nothing_for_those_who_had_them() -> None:
    some = {name: {"villkor": [HOME]} for name in "abc"}
    old = revision(**some, d={}, e={"villkor": [NIGHT]}, f={"villkor": [OVER_18]})
    new = revision(
        common(HOME), a={}, b={}, c={}, d={}, e={"villkor": [NIGHT]}, f={"villkor": [OVER_18]}
    )
    both_ways(
        old,
        new,
        {
            "gemensamma_villkor.folkbokföring": "narrower",
            **{f"{name}.villkor.folkbokföring": "editorial" for name in "abc"},
        },
    )
    for first, second in ((old, new), (new, old)):
        (it,) = [m for m in meant(first, second) if m.fact.subject.kind == "kommun"]
        assert it.caused is not None
        assert {about.id for about in it.caused.touched} == {"d", "e", "f"}
        assert {about.id for about in it.caused.untouched} == {"a", "b", "c"}
        own = [m.moved for m in meant(first, second) if m.fact.subject.id == "a"]
        assert own[0] is not None and own[0].same and not own[0].kept


def test_a_told_change_names_the_insatser_that_it_touches() -> None:
    old = revision(a={"villkor": [HOME]}, b={})
    (change, moved) = Telling(facts.compare(old, revision(common(HOME), a={}, b={}))).changes
    assert (change.touched, change.untouched) == (("b",), ("a",))
    assert change.clause == (
        "ett krav på folkbokföring i Exempels kommun införs för insatsen b, så att den som inte är "
        "folkbokförd där inte längre kan få insatsen utan behovsprövning"
    )
    assert moved.move == effects.Move("insatsen", "gemensamt", kept=False, same=True)
    assert moved.clause == (
        "villkoret om folkbokföring i Exempels kommun flyttas till de gemensamma villkoren, vilket "
        "inte ändrar vad som gäller för insatsen a"
    )


def test_a_common_condition_touches_nobody_who_must_meet_more_already() -> None:
    teens = {"typ": "ålder", "ålder": {"från": 13, "till": 20, "avser": "deltagaren"}}
    wider = {"typ": "ålder", "ålder": {"från": 12, "till": 21, "avser": "deltagaren"}}
    old, new = (revision(base, a={"villkor": [teens]}) for base in (common(), common(wider)))
    both_ways(old, new, {"gemensamma_villkor.ålder": "editorial"})
    old, new = (revision(base, a={"villkor": [wider]}) for base in (common(), common(teens)))
    both_ways(old, new, {"gemensamma_villkor.ålder": "narrower fewer-children"})


def test_a_common_condition_about_a_larger_area_touches_nobody_who_must_live_in_a_part() -> None:
    both = HOME | {"område": "Exempels kommun eller Grannkommunen"}
    old, new = (revision(base, a={"villkor": [HOME]}) for base in (common(), common(both)))
    both_ways(old, new, {"gemensamma_villkor.folkbokföring": "editorial"})
    old, new = (revision(base, a={"villkor": [both]}) for base in (common(), common(HOME)))
    both_ways(old, new, {"gemensamma_villkor.folkbokföring": "narrower"})


def test_a_common_condition_of_the_same_kind_in_other_words_is_for_a_reader() -> None:
    other = HOME | {"område": "Nordvik"}
    old, new = (revision(base, a={"villkor": [HOME]}) for base in (common(), common(other)))
    both_ways(old, new, {"gemensamma_villkor.folkbokföring": "unclear"})


def test_another_condition_in_words_is_a_condition_more() -> None:
    first, second = ({"typ": "situation", "beskrivning": text} for text in ("Ett.", "Två."))
    old, new = (revision(base, a={"villkor": [first]}) for base in (common(), common(second)))
    both_ways(old, new, {"gemensamma_villkor.situation": "narrower"})


def test_a_common_consent_is_that_of_each_insats() -> None:
    old = revision(common(samtycke=CONSENT), a=CHILDREN, b=CHILDREN)
    new = revision(common(samtycke=CONSENT), a=CHILDREN | {"samtycke": CONSENT}, b=CHILDREN)
    both_ways(old, new, {"a.samtycke": "editorial"})
    free = {"från_15": "utan vårdnadshavare"}
    old = revision(a=CHILDREN | {"samtycke": CONSENT}, b=CHILDREN | {"samtycke": free})
    new = revision(common(samtycke=CONSENT), a=CHILDREN, b=CHILDREN | {"samtycke": free}, c={})
    verdicts = told(old, new)
    assert verdicts["a.samtycke"] == "editorial"
    assert verdicts["samtycke"] == "more-consent"
    (it,) = [m for m in meant(old, new) if m.fact.subject.kind == "kommun"]
    assert it.caused is not None and [about.id for about in it.caused.touched] == ["b"]


def test_consent_for_children_is_nothing_to_an_insats_for_grown_ups() -> None:
    grown = {"målgrupp": {"deltagare": ["vuxna"]}}
    old, new = (revision(common(samtycke=s), a=grown, b=CHILDREN) for s in (CONSENT, {}))
    new = revision(a=grown, b=CHILDREN)
    (it,) = meant(old, new)
    assert it.caused is not None and [about.id for about in it.caused.touched] == ["b"]


def aged(low: int, high: int, whose: str = "deltagaren", **more: Any) -> dict[str, Any]:
    """An insats for children of some ages."""
    age = {"från": low, "till": high, "avser": whose}
    return CHILDREN | {"villkor": [{"typ": "ålder", "ålder": age} | more]}


FREE = {"under_15": "vårdnadshavare", "från_15": "utan vårdnadshavare", "lämplighet": "De vet."}
STRICT = {"samtycke": {"under_15": "samtliga vårdnadshavare"}}


@pytest.mark.parametrize(
    ("insats", "touched"),
    [
        (aged(7, 12), False),  # the law asks for the consent that it asks for
        (aged(7, 12) | STRICT, False),
        (aged(7, 14, "barnet"), False),
        (aged(7, 15), True),
        (aged(13, 19) | STRICT, True),
        (aged(7, 12, gäller="den som kommer ensam"), True),
        (aged(7, 12) | {"målgrupp": {"deltagare": ["familjer"]}}, True),
        (aged(7, 12, "deltagarens barn") | {"målgrupp": {"deltagare": ["barn"]}}, True),
        (CHILDREN | STRICT, True),
        ({"målgrupp": {"deltagare": ["föräldrar"]}}, False),
        ({"målgrupp": {"deltagare": ["föräldrar", "unga"]}}, True),
        ({"målgrupp": {"deltagare": ["föräldrar"], "medföljande_barn": "ja"}}, True),
        ({}, True),
    ],
)
def test_consent_from_an_age_is_nothing_to_an_insats_for_the_younger(
    insats: dict[str, Any], touched: bool
) -> None:
    old = revision(a=insats, b=CHILDREN)
    new = revision(common(samtycke=FREE), a=insats, b=CHILDREN)
    (it,) = meant(old, new)
    assert it.caused is not None
    assert [about.id for about in it.caused.touched] == (["a", "b"] if touched else ["b"])


def test_consent_below_an_age_is_nothing_to_an_insats_for_the_older() -> None:
    for low, touched in ((15, []), (14, ["a"])):
        both = {"under_15": "samtliga vårdnadshavare"}
        new = revision(common(samtycke=both), a=aged(low, 19))
        (it,) = meant(revision(a=aged(low, 19)), new)
        assert it.caused is not None
        assert [about.id for about in it.caused.touched] == touched


def test_a_common_consent_in_words_is_for_a_reader_whatever_the_age() -> None:
    words = {"beskrivning": "Vi frågar alltid hemma."}
    new = revision(common(samtycke=words), a=aged(7, 12))
    both_ways(revision(a=aged(7, 12)), new, {"samtycke": "unclear-children"})


def test_an_age_that_widens_as_consent_comes_is_touched_by_it() -> None:
    old = revision(a=aged(7, 12))
    verdicts = told(old, revision(common(samtycke=FREE), a=aged(7, 16)))
    assert verdicts["samtycke"] == "less-consent"


def most(count: int, **more: Any) -> dict[str, Any]:
    return {"omfattning": {"högst": count, "enhet": "samtal"} | more}


@pytest.mark.parametrize(
    ("before", "after", "verdict"),
    [
        (most(8), most(6), "narrower less-scope"),
        ({}, most(6), "narrower less-scope"),
        ({}, most(8), "editorial"),  # no more than the parts are together
        (most(12), most(9), "editorial"),
        (most(7), most(6) | most(7, enhet="timmar"), "unclear-scope unclear"),
        ({}, most(6, gäller="den som är ny"), "unclear-scope unclear"),
    ],
)
def test_the_extent_of_the_whole_holds_for_parts_that_have_their_own(
    before: dict[str, Any], after: dict[str, Any], verdict: str
) -> None:
    parts = (most(3), most(5))
    old, new = (revision(a=parted(*parts, **side)) for side in (before, after))
    both_ways(old, new, {"a.omfattning": verdict})


def test_a_whole_whose_parts_are_others_too_is_for_a_reader() -> None:
    old = revision(a=parted(most(3), most(5), **most(8)))
    verdicts = told(old, revision(a=parted(most(3), most(4), **most(6))))
    assert verdicts["a.omfattning"] == "unclear-scope unclear"
    assert verdicts["a.delar.B.omfattning"] == "narrower less-scope"


def test_what_is_always_noted_is_noted_of_each_insats() -> None:
    noted = {"uppföljning": ["antal"]}
    own = {"dokumentation": JOURNAL | noted}
    bare = {"dokumentation": JOURNAL}
    both_ways(revision(noted, a=bare), revision(noted, a=own), {"a.dokumentation": "editorial"})
    both_ways(
        revision(a=own, b=bare),
        revision(noted, a=bare, b=bare),
        {"a.dokumentation": "editorial", "uppföljning": "more-documentation"},
    )
    verdicts = told(revision(a=bare), revision(noted, a={"dokumentation": EXEMPT}))
    assert verdicts == {
        "uppföljning": "more-documentation",
        "a.dokumentation": "less-documentation",
    }


def documented(*rules: tuple[str, dict[str, Any]]) -> dict[str, Any]:
    """Common rules of documentation, each with what it is for."""
    return {"gemensam_dokumentation": [{"gäller": g, "dokumentation": d} for g, d in rules]}


ALL_BY_JOURNAL = documented(("alla insatser", JOURNAL | {"beskrivning": "I journalen."}))


@pytest.mark.parametrize("own", [JOURNAL, {"lagrum": "SoL 14 kap. 3 §"}])
def test_the_common_level_written_out_changes_nothing(own: dict[str, Any]) -> None:
    old = revision(ALL_BY_JOURNAL, a={}, b={})
    new = revision(ALL_BY_JOURNAL, a={"dokumentation": own}, b={})
    both_ways(old, new, {"a.dokumentation": "editorial"})
    parts = revision(ALL_BY_JOURNAL, a=parted({"dokumentation": own}, {}), b={})
    assert set(told(revision(ALL_BY_JOURNAL, a=parted({}, {}), b={}), parts).values()) == {
        "editorial"
    }


def test_the_level_moved_to_the_common_rules_changes_nothing_for_those_who_had_it() -> None:
    old = revision(a={"dokumentation": JOURNAL}, b={"dokumentation": JOURNAL})
    new = revision(documented(("samtliga insatser", JOURNAL)), a={}, b={})
    both_ways(
        old,
        new,
        {
            "gemensam_dokumentation.samtliga insatser": "editorial",
            "a.dokumentation": "editorial",
            "b.dokumentation": "editorial",
        },
    )


def test_another_common_level_is_that_of_each_that_has_none_of_its_own() -> None:
    old, new = (
        revision(documented(("alla insatser", level)), a={}, b={"dokumentation": JOURNAL})
        for level in (JOURNAL, EXEMPT)
    )
    verdicts = told(old, new)
    assert set(verdicts.values()) == {"less-documentation"}
    assert set(told(new, old).values()) == {"more-documentation"}
    for meaning in meant(old, new):
        assert meaning.caused is not None
        assert [about.id for about in meaning.caused.touched] == ["a"]


def test_another_common_level_is_nothing_to_who_have_their_own() -> None:
    text = {"beskrivning": "Nämnden kan besluta om undantag."}
    own = {"a": {"dokumentation": JOURNAL}, "b": {"dokumentation": EXEMPT}}
    old, new = (
        revision(documented(("alla insatser", level | text)), **own) for level in (JOURNAL, EXEMPT)
    )
    assert set(told(old, new).values()) == set(told(new, old).values()) == {"editorial"}
    reworded = documented(("alla insatser", JOURNAL | {"beskrivning": "Undantag finns."}))
    assert set(told(old, revision(reworded, **own)).values()) == {"unclear-documentation"}


def test_without_its_own_level_an_insats_has_the_common_one() -> None:
    both_ways(
        revision(ALL_BY_JOURNAL, a={"dokumentation": EXEMPT}),
        revision(ALL_BY_JOURNAL, a={}),
        {"a.dokumentation": "more-documentation"},
    )


def test_a_new_insats_under_a_common_level_is_documented_so() -> None:
    exempt = documented(("alla insatser", EXEMPT))
    comes_and_goes(
        revision(exempt, b={}),
        revision(exempt, a={}, b={}),
        {"a": "more-open less-documentation"},
        {"a": "narrower"},
    )


@pytest.mark.parametrize(
    "rules",
    [
        documented(("insatser i grupp", JOURNAL)),  # is it one of them?
        documented(("alla insatser i grupp", JOURNAL)),
        documented(("alla insatser", JOURNAL), ("insatser i grupp", EXEMPT)),
        documented(("alla insatser", JOURNAL), ("övriga insatser", EXEMPT)),
        documented(("alla insatser", {"uppföljning": ["antal"]})),
    ],
)
def test_whether_a_rule_is_for_an_insats_only_a_reader_tells(rules: dict[str, Any]) -> None:
    old, new = (revision(rules, a=a, b={}) for a in ({}, {"dokumentation": JOURNAL}))
    both_ways(old, new, {"a.dokumentation": "unclear-documentation"})


def test_a_common_rule_for_some_is_judged_by_what_it_says() -> None:
    old, new = (
        revision(documented(("alla insatser", JOURNAL), ("insatser i grupp", level)), a={})
        for level in (JOURNAL, EXEMPT)
    )
    assert set(told(old, new).values()) == {"less-documentation"}
    assert set(told(new, old).values()) == {"more-documentation"}


def test_a_common_rule_that_is_for_others_than_before_is_for_a_reader() -> None:
    old, new = (
        revision(documented((for_whom, EXEMPT)), a={})
        for for_whom in ("alla insatser", "alla insatser i grupp")
    )
    assert "editorial" not in {*told(old, new).values()}


# Parts


def test_an_insats_that_is_divided_is_judged_by_what_holds_in_each_part() -> None:
    old = revision(a={"dokumentation": JOURNAL})
    new = revision(
        a=parted({"dokumentation": EXEMPT}, {"dokumentation": JOURNAL, "villkor": [OVER_21]})
    )
    verdicts = told(old, new)
    assert "less-documentation" in verdicts["a.delar.A"]
    assert "narrower" not in verdicts["a.delar.A"]
    assert verdicts["a.delar.B"] == "narrower"
    assert verdicts["a.dokumentation"] == "less-documentation"
    (level,) = [m for m in meant(old, new) if m.fact.path == ("dokumentation",)]
    assert level.moved == effects.Move("insatsen", "delen", kept=False, same=False)
    back = told(new, old)
    assert "more-documentation" in back["a.delar.A"] and back["a.delar.B"] == "more-open"


def test_what_moves_into_every_part_changes_nothing() -> None:
    for field, value in (
        ("dokumentation", JOURNAL),
        ("samtycke", CONSENT),
        ("villkor", [OVER_18]),
        ("karaktär", "stöd"),
    ):
        old = revision(a=parted({}, {}, **{field: value}))
        new = revision(a=parted({field: value}, {field: value}))
        assert {*told(old, new).values()} == {"editorial"}, field
        assert {*told(new, old).values()} == {"editorial"}, field


def test_what_moves_into_one_part_is_judged_of_the_one_that_lost_it() -> None:
    both_ways(
        revision(a=parted({}, {}, villkor=[OVER_18])),
        revision(a=parted({"villkor": [OVER_18]}, {})),
        {"a.villkor.ålder": "more-open unclear-children", "a.delar.A.villkor.ålder": "editorial"},
    )
    old, new = (
        revision(a=parted({}, {}, omfattning=THREE)),
        revision(a=parted({"omfattning": THREE}, {})),
    )
    assert told(old, new) == {
        "a.omfattning": "more-open more-scope",
        "a.delar.A.omfattning": "unclear-scope unclear",
    }


def test_a_part_may_ask_for_more_than_the_whole() -> None:
    both_ways(
        revision(a=parted({}, {}, villkor=[OVER_18])),
        revision(a=parted({"villkor": [OVER_21]}, {}, villkor=[OVER_18])),
        {"a.delar.A.villkor.ålder": "narrower"},
    )
    both_ways(
        revision(a=parted({}, {}, villkor=[OVER_21])),
        revision(a=parted({"villkor": [OVER_18]}, {}, villkor=[OVER_21])),
        {"a.delar.A.villkor.ålder": "editorial"},
    )


def test_a_new_part_of_an_insats_with_another_id_is_judged_as_any() -> None:
    """Its condition of the same kind as the whole's is held against that, and has no id."""
    other = HOME | {"område": "Grannkommunen"}
    old = revision(a=parted({}, villkor=[HOME]))
    new = revision(b=parted({}, {"villkor": [other]}, villkor=[HOME], tidigare_id="a"))
    assert told(old, new)["b.delar.B"] == "unclear"


def test_a_new_part_that_asks_for_more_than_the_insats_did_is_narrower() -> None:
    old = revision(a=parted({}, {}))
    new = revision(a=parted({}, {}, {"villkor": [OVER_21]}))
    assert told(old, new) == {"a.delar.C": "narrower"}
    assert told(new, old) == {"a.delar.C": "narrower"}
    held = revision(a=parted({}, {}, {"villkor": [OVER_18]}, villkor=[OVER_21]))
    assert told(revision(a=parted({}, {}, villkor=[OVER_21])), held) == {"a.delar.C": "unclear"}


ADVICE = {
    "karaktär": "rådgivning",
    "innehåll": "Den som vill får råd och information om stödet.",
    "omfattning": THREE,
    "dokumentation": {"nivå": "utan personliga förhållanden"},
}
GROUP = {
    "karaktär": "stöd",
    "innehåll": "Deltagarna träffas i en grupp och delar erfarenheter.",
    "omfattning": {"antal": 8, "enhet": "träffar"},
    "dokumentation": JOURNAL,
}


@pytest.mark.parametrize("stated", [{}, {"tidigare_id": "a"}])
def test_a_part_that_is_an_insats_of_its_own_is_no_other_for_it(stated: dict[str, Any]) -> None:
    old = revision(a=parted(ADVICE, {}, GROUP))
    new = revision(a=parted(ADVICE, {}), c=GROUP | {"namn": "C"} | stated)
    assert all_told(old, new) <= {"editorial", "unclear"}
    assert all_told(new, old) <= {"editorial", "unclear"}


def test_parts_that_become_insatser_are_each_held_against_its_own() -> None:
    old = revision(a=parted(ADVICE, GROUP))
    new = revision(
        b=ADVICE | {"namn": "Råd till anhöriga", "tidigare_id": "a"},
        c=GROUP | {"namn": "Stöd i grupp", "tidigare_id": "a"},
    )
    assert all_told(old, new) <= {"editorial", "unclear"}
    assert all_told(new, old) <= {"editorial", "unclear"}
    less = revision(
        b=ADVICE | {"namn": "Råd till anhöriga", "tidigare_id": "a"},
        c=GROUP | {"namn": "Stöd i grupp", "tidigare_id": "a", "dokumentation": EXEMPT},
    )
    assert "less-documentation" in all_told(old, less)
    assert "more-documentation" not in all_told(old, less)


# Conditions that imply one another


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ([NIGHT], [HOME], "narrower"),
        ([{"typ": "föräldraskap", "gäller": "kursen"}], [{"typ": "föräldraskap"}], "narrower"),
        ([OVER_18], [OVER_21], "narrower"),
        (
            [{"typ": "annat", "beskrivning": "A."}],
            [{"typ": "annat", "beskrivning": "B."}],
            "unclear",
        ),
    ],
)
def test_conditions(before: Any, after: Any, expected: str) -> None:
    verdicts = told(revision(a={"villkor": before}), revision(a={"villkor": after}))
    found = {one for codes in verdicts.values() for one in codes.split()} - {"editorial"}
    assert found == {expected}


def test_the_reason_for_a_condition_turns_nobody_away() -> None:
    old = revision(a={"villkor": [HOME]})
    new = revision(a={"villkor": [HOME | {"skäl": "Platserna är få."}]})
    assert set(told(old, new).values()) == set(told(new, old).values()) == {"editorial"}
    stricter = revision(a={"villkor": [HOME | {"skäl": "Platserna är få."}, OVER_21]})
    assert "narrower" in told(old, stricter).values()


def situations(*texts: str, **more: Any) -> dict[str, Any]:
    return {"villkor": [{"typ": "situation", "beskrivning": text} | more for text in texts]}


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        # divided, and put together, in any order and said of whom they are put to anew
        (
            ["Personen saknar arbete och vill pröva på att arbeta."],
            ["Personen saknar arbete.", "Personen vill pröva på att arbeta."],
            {"editorial"},
        ),
        (
            ["Personen har skulder och har en egen bostad."],
            ["Personen har en egen bostad.", "Personen har skulder."],
            {"editorial"},
        ),
        (
            ["Den sökande bor i kommunen, och hen vårdar en närstående."],
            ["Den sökande bor i kommunen.", "Den sökande vårdar en närstående."],
            {"editorial"},
        ),
        (
            ["Är förälder och behöver stöd och råd."],
            ["Är förälder.", "Behöver stöd och råd."],
            {"editorial"},
        ),
        (
            ["Personen har skulder och bor här.", "Personen är vuxen."],
            ["Personen har skulder.", "Personen bor här och är vuxen."],
            {"editorial"},
        ),
        # one less
        (
            ["Personen saknar arbete och vill pröva på att arbeta."],
            ["Personen saknar arbete."],
            {"more-open"},
        ),
        # one has become another
        (
            ["Personen saknar arbete och bor i kommunen."],
            ["Personen saknar arbete.", "Personen bor i staden."],
            {"unclear"},
        ),
        # what does not surely part them
        (["Personen bor i Uppsala."], ["Personen bor i Uppsala och Knivsta."], {"unclear"}),
        (["Personen har barn."], ["Personen har barn och unga hemma."], {"unclear"}),
        (["En vän kan delta och är med."], ["En vän kan delta."], {"unclear"}),
        (
            ["Personen har inte arbete och är ung."],
            ["Personen har inte arbete."],
            {"unclear"},
        ),
    ],
)
def test_a_condition_that_asks_for_several_things(
    before: list[str], after: list[str], expected: set[str]
) -> None:
    by_code = shipped().by_code
    old, new = revision(a=situations(*before)), revision(a=situations(*after))
    assert set(" ".join(told(old, new).values()).split()) == expected
    back = set(" ".join(told(new, old).values()).split())
    assert back == {by_code[code].mirror for code in expected}


def test_demands_of_others_are_not_put_together() -> None:
    text = ["Personen saknar arbete och är ung."]
    old = revision(a=situations(*text))
    new = revision(
        a={
            "villkor": [
                *situations("Personen saknar arbete.")["villkor"],
                *situations("Personen är ung.", gäller="gruppen")["villkor"],
            ]
        }
    )
    assert "more-open" in all_told(old, new)


# All of it


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(revisions(), revisions())
def test_every_difference_of_the_state_comes_of_a_fact(old: Revision, new: Revision) -> None:
    """Or of who takes part, which decides whose age it is."""
    comparison = facts.compare(old, new)
    said = common_rules.both(old.kommun, new.kommun)
    placed = [place for fact in comparison.facts if (place := written.place_of(fact, comparison))]
    for subject, before, after in facts.insatser(comparison):
        if before is None or after is None:
            continue
        own = [
            place
            for fact in comparison.facts
            if (place := written.place_of(fact, comparison)) and fact.subject.id in ("", subject.id)
        ]
        for effect in differences.compared(subject, (before, after), said).effects:
            comes_of = any(causes.comes_of(effect, place) for place in own)
            assert comes_of or effect.fact.field == "ålder", (effect, placed)


# What is new, and what is gone


def comes_and_goes(
    old: Revision, new: Revision, comes: dict[str, str], goes: dict[str, str]
) -> None:
    """The verdicts on an insats that is new, and on the same when it is taken away: nobody then
    gets it, in whatever way it was given."""
    assert told(old, new) == comes
    assert told(new, old) == goes


NEW = {
    "dokumentation": EXEMPT,
    "avgift": {"belopp": "100 kronor"},
    "utförare": {"namn": ["Attendo AB"]},
    "målgrupp": {"deltagare": ["barn"]},
    "samtycke": {"under_15": "vårdnadshavare", "från_15": "utan vårdnadshavare"},
    "villkor": [OVER_18],
}


def test_a_new_insats_is_judged_on_every_axis() -> None:
    comes_and_goes(
        revision(b={}),
        revision(a=NEW, b={}),
        {
            "a": (
                "more-open less-consent more-children higher-fee less-documentation other-provider"
            )
        },
        {"a": "narrower fewer-children"},
    )


def test_in_a_new_municipality_an_insats_is_held_against_nothing() -> None:
    """There is no decision that it can be less than; one that is new in a municipality is."""
    here, nowhere = revision(a=NEW, b={}), absent("k")
    assert told(nowhere, here)["a"] == "more-open more-children"
    assert told(here, nowhere)["a"] == "narrower fewer-children"
    undecided = revision(b={})
    assert "less-documentation" in told(undecided, here)["a"]


def test_a_new_insats_as_the_law_has_it_is_only_something_more() -> None:
    plain = {
        "dokumentation": JOURNAL | {"lagrum": "SoL 14 kap. 3 §", "beskrivning": "I journalen."},
        "avgift": "nej",
        "utförare": {"regi": "egen", "enheter": ["a"]},
        "samtycke": {"under_15": "vårdnadshavare", "beskrivning": "Vi frågar hemma."},
        "målgrupp": {"deltagare": ["barn"]},
    }
    both_ways(revision(b={}), revision(a=plain, b={}), {"a": "more-open more-children"})


@pytest.mark.parametrize(
    "given",
    [
        {"dokumentation": JOURNAL | {"uppföljning": ["antal"]}},
        {"samtycke": {"under_15": "vårdnadshavare"}},
        {"samtycke": {"under_15": "samtliga vårdnadshavare", "från_15": "vårdnadshavare"}},
    ],
)
def test_what_the_law_has_without_a_decision_is_no_news(given: dict[str, Any]) -> None:
    """Nor is what is noted besides, which is neither more nor less than anything."""
    noted = {"uppföljning": ["ålder"]}
    comes_and_goes(
        revision(noted, b={}),
        revision(noted, a=CHILDREN | given, b={}),
        {"a": "more-open more-children"},
        {"a": "narrower fewer-children"},
    )
    old = revision(noted, a=parted(CHILDREN, CHILDREN))
    new = revision(noted, a=parted(CHILDREN, CHILDREN, CHILDREN | given))
    assert told(old, new) == {"a.delar.C": "unclear"}


@pytest.mark.parametrize(
    "exempt",
    [
        {"lagrum": "SoL 14 kap. 4 §"},
        {"nivå": "utan personliga förhållanden", "uppföljning": ["antal"]},
        EXEMPT,
    ],
)
def test_what_is_new_and_exempt_is_documented_less(exempt: dict[str, Any]) -> None:
    """Whichever the exemption is: less is noted of who gets it than of who applies."""
    given = {"dokumentation": exempt}
    comes_and_goes(
        revision(b={}),
        revision(a=given, b={}),
        {"a": "more-open less-documentation"},
        {"a": "narrower"},
    )
    noted = {"dokumentation": JOURNAL}
    old = revision(a=noted | parted({}, {}))
    new = revision(a=noted | parted({}, {}, given))
    assert "less-documentation" in told(old, new)["a.delar.C"]


def test_a_new_insats_is_judged_by_its_parts() -> None:
    divided = parted({"dokumentation": EXEMPT}, {"dokumentation": JOURNAL})
    comes_and_goes(
        revision(b={}),
        revision(a=divided, b={}),
        {"a": "more-open less-documentation"},
        {"a": "narrower"},
    )


def test_a_new_insats_of_a_type_that_needs_an_assessment_is_told_so() -> None:
    both_ways(
        revision(b={}),
        revision(a={"insatstyp": "kontaktfamilj"}, b={}),
        {"a": "needs-assessment more-open"},
    )


def test_a_new_part_is_judged_on_every_axis() -> None:
    old = revision(a=parted({"dokumentation": JOURNAL}, {}, målgrupp={"deltagare": ["vuxna"]}))
    part = {name: NEW[name] for name in ("dokumentation", "målgrupp", "samtycke", "villkor")}
    new = revision(
        a=parted({"dokumentation": JOURNAL}, {}, part, målgrupp={"deltagare": ["vuxna"]})
    )
    assert told(old, new) == {"a.delar.C": "narrower less-consent more-children less-documentation"}
    assert told(new, old) == {"a.delar.C": "narrower fewer-children"}


def test_what_holds_for_the_whole_is_no_news_in_a_part_that_comes_or_goes() -> None:
    free = {"samtycke": {"från_15": "utan vårdnadshavare"}}
    old, new = revision(a=parted({}, **free)), revision(a=parted({}, {}, **free))
    for sides in ((old, new), (new, old)):
        effects_ = [e for m in meant(*sides) if m.caused is not None for e in m.caused.effects]
        assert effects_ == []


def test_a_new_part_like_the_others_is_for_a_reader() -> None:
    young = {"målgrupp": {"deltagare": ["barn"]}, "dokumentation": JOURNAL}
    old, new = revision(a=parted(young, young)), revision(a=parted(young, young, young))
    assert told(old, new) == {"a.delar.C": "unclear"}
    assert told(new, old) == {"a.delar.C": "narrower fewer-children"}


# Ages that both must be met


def age(low: int | None, high: int | None = None, of: str = "deltagaren") -> dict[str, Any]:
    bounds = {"från": low, "till": high}
    said = {name: bound for name, bound in bounds.items() if bound is not None}
    return {"typ": "ålder", "ålder": said | {"avser": of}}


def all_told(old: Revision, new: Revision) -> set[str]:
    return {code for codes in told(old, new).values() for code in codes.split()}


def test_an_age_that_another_keeps_from_biting_changes_nothing() -> None:
    base = common(age(16))
    old, new = (revision(base, a={"villkor": [age(low, 20)]}) for low in (13, 15))
    both_ways(old, new, {"a.villkor.ålder.ålder": "editorial"})
    old, new = (revision(base, a={"villkor": [age(13, high)]}) for high in (20, 17))
    both_ways(old, new, {"a.villkor.ålder.ålder": "narrower"})  # those of 18 to 20


def test_an_age_that_bites_into_another_is_judged_of_both() -> None:
    old, new = (
        revision(base, a={"villkor": [age(13, 20)]}) for base in (common(), common(age(16)))
    )
    both_ways(old, new, {"gemensamma_villkor.ålder": "narrower fewer-children"})


@pytest.mark.parametrize(
    "other",
    [
        age(16, of="deltagarens barn"),  # another's age
        age(16) | {"gäller": "gruppen"},  # only for some
        age(21),  # an age that nobody has together with the other
    ],
)
def test_an_age_of_another_or_for_some_keeps_none_from_biting(other: Any) -> None:
    old, new = (revision(common(other), a={"villkor": [age(low, 20)]}) for low in (13, 15))
    assert told(old, new) == {"a.villkor.ålder.ålder": "narrower fewer-children"}


def test_ages_in_one_list_are_not_taken_as_one() -> None:
    old, new = (revision(a={"villkor": [age(low, 20), age(16, 25)]}) for low in (13, 15))
    assert "narrower" in all_told(old, new)


def test_an_age_that_all_have_reached_turns_nobody_away() -> None:
    both_ways(revision(a={}), revision(a={"villkor": [age(0)]}), {"a.villkor.ålder": "editorial"})
    both_ways(revision(a={}), revision(a={"villkor": [age(1)]}), {"a.villkor.ålder": "narrower"})


@pytest.mark.parametrize(
    "group", [{}, {"deltagare": ["anhöriga"]}, {"deltagare": ["vuxna", "anhöriga"]}]
)
def test_an_age_of_18_may_shut_out_the_children_of_those_who_are_of_any_age(
    group: dict[str, Any],
) -> None:
    data = {"målgrupp": {"beskrivning": "Den som stöder någon."} | group}
    old, new = (revision(a=data | villkor) for villkor in ({}, {"villkor": [age(18)]}))
    both_ways(old, new, {"a.villkor.ålder": "narrower unclear-children"})
    for low in (16, 25, 70):
        limited = revision(a=data | {"villkor": [age(low)]})
        both_ways(old, limited, {"a.villkor.ålder": "narrower"})


@pytest.mark.parametrize("kinds", [["vuxna"], ["äldre"], ["personal"], ["föräldrar"]])
def test_an_age_of_18_of_those_who_are_grown_up_is_about_no_child(kinds: list[str]) -> None:
    data = {"målgrupp": {"deltagare": kinds}}
    old, new = (revision(a=data | villkor) for villkor in ({}, {"villkor": [age(18)]}))
    both_ways(old, new, {"a.villkor.ålder": "narrower"})


@pytest.mark.parametrize("kinds", [["barn", "unga"], ["unga"]])
def test_a_new_age_that_no_child_has_shuts_the_children_out(kinds: list[str]) -> None:
    young = {"målgrupp": {"deltagare": kinds}}
    old, new = (revision(a=young | villkor) for villkor in ({}, {"villkor": [age(18)]}))
    both_ways(old, new, {"a.villkor.ålder": "narrower fewer-children"})
    shared = revision(common(age(18)), a=young)
    both_ways(old, shared, {"gemensamma_villkor.ålder": "narrower fewer-children"})


@pytest.mark.parametrize("low", [13, 15, 16])
@pytest.mark.parametrize("of", ["deltagaren", "barnet", "den unge"])
def test_a_new_age_that_some_children_have_not_reached(low: int, of: str) -> None:
    young = {"målgrupp": {"deltagare": ["barn", "unga"]}}
    old, new = (revision(a=young | v) for v in ({}, {"villkor": [age(low, of=of)]}))
    both_ways(old, new, {"a.villkor.ålder": "narrower fewer-children"})


@pytest.mark.parametrize(
    ("kinds", "asked"),
    [
        (["vuxna"], age(18)),  # no child took part
        (["unga"], age(13)),  # none need be that young
        (["barn"], age(18) | {"gäller": "gruppen"}),
        (["barn tillsammans med förälder"], age(18, of="föräldern")),
    ],
)
def test_a_new_age_that_shuts_out_no_child_for_sure(kinds: list[str], asked: Any) -> None:
    group = {"målgrupp": {"deltagare": kinds}}
    old, new = (revision(a=group | villkor) for villkor in ({}, {"villkor": [asked]}))
    assert all_told(old, new) == {"narrower"} and all_told(new, old) == {"more-open"}


def test_a_first_day_that_is_the_bilagas_own_is_no_later() -> None:
    bilaga = {"bilaga": {"titel": "Insatser", "gäller_från": "2026-01-01"}}
    for day, expected in (
        ("2026-01-01", "editorial"),
        ("2025-07-01", "editorial"),
        ("2026-02-01", "narrower"),
    ):
        old, new = (revision(bilaga, a=one) for one in ({}, {"gäller_från": day}))
        both_ways(old, new, {"a.gäller_från": expected})
    assert told(revision(a={}), revision(a={"gäller_från": "2026-01-01"})) == {
        "a.gäller_från": "narrower"
    }


# An extent that is divided among parts


def extent(most: int | None, unit: str = "samtal", **more: Any) -> dict[str, Any]:
    return {} if most is None else {"omfattning": {"högst": most, "enhet": unit} | more}


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ([extent(4), extent(4)], {"unclear"}),  # only that it is divided
        ([extent(5), extent(5)], {"unclear", "unclear-scope"}),
        ([extent(8), extent(8)], {"unclear", "unclear-scope"}),
        ([extent(3), extent(3)], {"narrower", "less-scope"}),
        ([extent(5), extent(3, "träffar")], {"unclear", "unclear-scope"}),
        ([extent(5), extent(3, gäller="nya")], {"unclear", "unclear-scope"}),
        ([extent(5), extent(None)], {"more-open", "more-scope", "unclear", "unclear-scope"}),
    ],
)
def test_an_extent_that_is_divided_is_less_only_if_all_of_it_is(
    parts: list[Any], expected: set[str]
) -> None:
    old, new = revision(a=extent(8)), revision(a=parted(*parts))
    by_code = shipped().by_code
    assert all_told(old, new) - {"editorial"} == expected
    assert all_told(new, old) - {"editorial"} == {by_code[code].mirror for code in expected}


def test_an_extent_that_is_divided_among_the_same_parts_is_the_same() -> None:
    old = revision(a=parted({}, {}, **extent(8)))
    for most, expected in (
        (4, {"editorial"}),
        (5, {"unclear", "unclear-scope"}),
        (3, {"narrower", "less-scope"}),
    ):
        assert all_told(old, revision(a=parted(extent(most), extent(most)))) == expected


def test_an_extent_of_the_whole_holds_also_beside_those_of_its_parts() -> None:
    old = revision(a=parted({}, {}, **extent(8)))
    new = revision(a=parted(extent(5), {}, **extent(8)))
    assert all_told(old, new) == {"unclear", "unclear-scope"}


# Parts that come beside others


def test_a_new_part_for_fewer_ages_than_the_insats_is_narrower() -> None:
    old = revision(a=parted({}, {}, villkor=[age(13, 20)]))
    new = revision(a=parted({}, {}, {"villkor": [age(16, 20)]}, villkor=[age(13, 20)]))
    assert told(old, new) == {"a.delar.C": "narrower fewer-children"}


@pytest.mark.parametrize("asked", [OVER_21, age(16, 20)])
def test_a_new_part_that_asks_for_no_more_than_every_other_is_for_a_reader(asked: Any) -> None:
    same = {"villkor": [asked]}
    old, new = revision(a=parted(same, same)), revision(a=parted(same, same, same))
    assert told(old, new) == {"a.delar.C": "unclear"}


# Units by their names


def units(**names: str) -> dict[str, Any]:
    return {"enheter": [{"id": one, "namn": name} for one, name in names.items()]}


def given_by(*ids: str) -> dict[str, Any]:
    return {"utförare": {"regi": "egen", "enheter": list(ids)}}


def told_words(old: Revision, new: Revision) -> list[str]:
    return [change.clause for change in Telling(facts.compare(old, new)).changes]


def test_a_unit_that_has_another_id_and_the_same_name_is_the_same() -> None:
    old = revision(units(x="Hamnen", z="Sjön"), a=given_by("x"), b=given_by("x", "z"))
    new = revision(units(y="Hamnen", z="Sjön"), a=given_by("y"), b=given_by("y"))
    verdicts = {"a.utförare.enheter": "editorial", "b.utförare.enheter": "fewer-providers"}
    assert told(old, new) == {"enheter.y.id": "", **verdicts}
    assert told(new, old)["b.utförare.enheter"] == "more-providers"
    (clause,) = told_words(old, new)
    assert "Sjön" in clause and "Hamnen" not in clause.split("Sjön")[0]


def test_one_provider_in_place_of_another_is_one_verdict_whatever_fields_tell_it() -> None:
    base = units(x="Hamnen", z="Sjön")
    own = {"utförare": {"regi": "egen", "enheter": ["x"]}}
    hired = {"utförare": {"regi": "extern", "namn": ["Vändrum AB"]}}
    one = "other-provider"
    paths = ("a.utförare.regi", "a.utförare.enheter", "a.utförare.namn")
    both_ways(revision(base, a=own), revision(base, a=hired), dict.fromkeys(paths, one))
    old, new = revision(base, a=given_by("x")), revision(base, a=given_by("x", "z"))
    assert told(old, new) == {"a.utförare.enheter": "more-providers"}
    both = {"utförare": given_by("x")["utförare"] | {"namn": ["Vändrum AB"]}}
    assert told(revision(base, a=given_by("x")), revision(base, a=both)) == {"a.utförare.namn": one}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (units(x="Hamnen"), units(y="Norra Hamnen")),  # another name
        (units(x="Hamnen", y="Sjön"), units(x="Hamnen", y="Sjön")),  # another unit
        (units(x="Hamnen", z="Hamnen"), units(y="Hamnen", z="Hamnen")),  # which of two?
    ],
)
def test_another_unit_is_another_provider(before: Any, after: Any) -> None:
    old, new = revision(before, a=given_by("x")), revision(after, a=given_by("y"))
    assert told(old, new)["a.utförare.enheter"] == "other-provider"
    assert told(new, old)["a.utförare.enheter"] == "other-provider"


def test_a_new_id_of_an_avdelning_is_not_told() -> None:
    old, new = (
        revision({"avdelningar": [{"id": one, "namn": "Stöd"}]}, a={"avdelning": one})
        for one in ("x", "y")
    )
    assert told_words(old, new) == []


# The real insatser


KOMMUNER = {
    folder.name: found
    for folder in loading.kommun_folders(CATALOGUE)
    if (found := loading.load_kommun(folder).revision) is not None
}
MOVED = (
    "karaktär",
    "gäller_från",
    "gäller_till",
    "målgrupp",
    "samtycke",
    "dokumentation",
    "villkor",
)


def put(whole: Revision, insats: Insats, **fields: Any) -> Revision:
    """A revision in which an insats has other fields; None for one that it no longer has."""
    said = {name: value for name, value in {**insats.data, **fields}.items() if value is not None}
    other = Insats(insats.id, cast("InsatsData", said))
    others = (other if one is insats else one for one in whole.insatser)
    return replace(whole, insatser=tuple(others))


@pytest.mark.parametrize("kommun", KOMMUNER)
def test_what_moves_between_a_real_insats_and_its_parts_changes_nothing(kommun: str) -> None:
    whole = KOMMUNER[kommun]
    for insats, field in product(whole.insatser, MOVED):
        parts: Any = insats.data.get("delar", [{"namn": "Ett"}, {"namn": "Två"}])
        if field not in insats.data or any(field in part for part in parts):
            continue
        value = dict(insats.data)[field]
        said = put(whole, insats, delar=parts)
        moved = put(whole, insats, delar=[part | {field: value} for part in parts], **{field: None})
        assert all_told(said, moved) | all_told(moved, said) <= {"editorial"}, (insats.id, field)


@pytest.mark.parametrize("kommun", KOMMUNER)
def test_what_a_revision_of_a_real_insats_means_is_the_opposite_backwards(kommun: str) -> None:
    whole, by_code = KOMMUNER[kommun], shipped().by_code
    fields = (*MOVED, "omfattning", "avgift", "utförare", "ingång", "form")
    for field in fields:
        values = [dict(i.data)[field] for i in whole.insatser if field in i.data]
        for insats, value in zip(whole.insatser, values, strict=False):
            new = put(whole, insats, **{field: value})
            back = {by_code[code].mirror for code in all_told(whole, new)}
            assert all_told(new, whole) == back, (insats.id, field)
