"""What concerns children, in whichever field the file says it, stands under its heading in the
tjänsteskrivelse."""

from __future__ import annotations

from typing import Any

import pytest

from insatskoll.diff.facts import compare
from insatskoll.diff.forms import letter
from insatskoll.diff.telling import Telling
from tests.revisions import revision

NOTHING = "Ingen ändring gäller vilka barn som kan delta"


def _age(avser: str = "deltagaren", **bounds: Any) -> dict[str, Any]:
    return {"avser": avser, **bounds}


def _condition(age: dict[str, Any]) -> dict[str, Any]:
    return {"villkor": [{"typ": "ålder", "ålder": age}]}


CONCERN: dict[str, dict[str, Any]] = {
    "deltagare": {"målgrupp": {"deltagare": ["barn"]}},
    "föräldrar": {"målgrupp": {"deltagare": ["föräldrar"], "ålder": _age(från=18)}},
    "unga": {"målgrupp": {"deltagare": ["unga"]}},
    "deltagarens ålder": {"målgrupp": {"ålder": _age(från=13, till=20)}},
    "bara högsta ålder": {"målgrupp": {"ålder": _age(till=20)}},
    "ålder i villkor": _condition(_age(från=16, till=25)),
    "ålder i innehåll": {"ålder_i_innehåll": _age(från=15, till=17)},
    "månader": _condition(_age(från=20, till=60, enhet="månader")),
    "barnets ålder": _condition(_age("barnet", till=12)),
    "den unges ålder": _condition(_age("den unge", till=20)),
    "deltagarens barn": _condition(_age("deltagarens barn", från=0, till=6)),
    "samtycke": {"samtycke": {"under_15": "vårdnadshavare"}},
    "medföljande barn": {"målgrupp": {"medföljande_barn": "ja"}},
    "delens ålder": {
        "delar": [{"namn": "Start", **_condition(_age(från=12, till=17))}, {"namn": "Slut"}]
    },
    "delens samtycke": {
        "delar": [
            {"namn": "Start", "samtycke": {"från_15": "utan vårdnadshavare"}},
            {"namn": "Slut"},
        ]
    },
}
DO_NOT: dict[str, dict[str, Any]] = {
    "ingenting sagt": {},
    "äldre": {"målgrupp": {"deltagare": ["äldre"], "ålder": _age(från=65)}},
    "vuxna": {"målgrupp": {"deltagare": ["vuxna", "anhöriga"]}},
    "vuxna till och med 24": {"målgrupp": {"deltagare": ["vuxna"], "ålder": _age(till=24)}},
    "från 18": _condition(_age(från=18)),
    "unga vuxna": {"målgrupp": {"deltagare": ["vuxna"], "ålder": _age(från=18, till=25)}},
    "till och med 64": _condition(_age(till=64)),
    "inga medföljande barn": {"målgrupp": {"medföljande_barn": "nej", "deltagare": ["vuxna"]}},
}


def _section(old: Any, new: Any) -> str:
    text = " ".join(letter.html(Telling(compare(old, new))).split())
    return text.split("<h2>Konsekvenser för barn</h2>")[1].split("<h2>")[0]


def _changes(data: dict[str, Any]) -> list[str]:
    """What is said under the heading when the insats becomes narrower, comes, and goes."""
    five, seven = ({"omfattning": {"högst": n, "enhet": "samtal"}} for n in (5, 7))
    other = {"b": {"innehåll": "Mötesplats för äldre."}}
    return [
        _section(revision(a=data | seven, **other), revision(a=data | five, **other)),
        _section(revision(**other), revision(a=data, **other)),
        _section(revision(a=data, **other), revision(**other)),
    ]


def _verdicts_of_removal(data: dict[str, Any]) -> set[str]:
    other = {"b": {"innehåll": "Mötesplats för äldre."}}
    telling = Telling(compare(revision(a=data, **other), revision(**other)))
    return {one.verdict for change in telling.changes for one in change.judgements}


@pytest.mark.parametrize("data", CONCERN.values(), ids=CONCERN)
def test_what_concerns_children_is_told_under_their_heading(data: dict[str, Any]) -> None:
    narrower, added, removed = _changes(data)
    assert "minskas från högst sju till högst fem samtal" in narrower
    assert "A läggs till som ny insats." in added
    assert "Insatsen a tas bort" in removed


@pytest.mark.parametrize("data", DO_NOT.values(), ids=DO_NOT)
def test_what_is_only_for_grown_ups_is_not(data: dict[str, Any]) -> None:
    assert all(NOTHING in section for section in _changes(data))


@pytest.mark.parametrize(
    "name", ["deltagare", "deltagarens ålder", "barnets ålder", "samtycke", "delens ålder"]
)
def test_an_insats_that_children_take_part_in_themselves_goes(name: str) -> None:
    assert "fewer-children" in _verdicts_of_removal(CONCERN[name])


@pytest.mark.parametrize("name", ["föräldrar", "deltagarens barn"])
def test_an_insats_for_their_parents_goes(name: str) -> None:
    assert "fewer-children" not in _verdicts_of_removal(CONCERN[name])


def test_young_people_who_are_of_age_are_no_children() -> None:
    of_age = {"målgrupp": {"deltagare": ["unga"], "ålder": _age(från=18, till=25)}}
    assert all(NOTHING in section for section in _changes(of_age))


def test_a_common_condition_is_told_where_some_insats_concerns_children() -> None:
    stricter = {"gemensamma_villkor": [{"typ": "folkbokföring", "område": "Exempels kommun"}]}
    for data, told in ((CONCERN["samtycke"], True), (DO_NOT["äldre"], False)):
        assert ("införs" in _section(revision(a=data), revision(stricter, a=data))) is told


WHO: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "deltagarens barn, målgruppen": (
        {"målgrupp": {"ålder": _age("deltagarens barn", från=0, till=6)}},
        {"målgrupp": {"ålder": _age("deltagarens barn", från=0, till=3)}},
    ),
    "deltagarens barn, villkoret": (
        _condition(_age("deltagarens barn", från=0, till=6)),
        _condition(_age("deltagarens barn", från=0, till=3)),
    ),
    "i månader": (
        _condition(_age("barnet", till=18, enhet="månader")),
        _condition(_age("barnet", till=12, enhet="månader")),
    ),
    "en annan enhet": (
        _condition(_age("barnet", till=12, enhet="ej angiven")),
        _condition(_age("barnet", till=12)),
    ),
    "en ålder som inte stod där": ({}, {"målgrupp": {"ålder": _age(från=13, till=20)}}),
    "en ålder som stryks": ({"målgrupp": {"ålder": _age("den unge", till=20)}}, {}),
    "någon annans ålder": (
        _condition(_age(från=0, till=6)),
        _condition(_age("deltagarens barn", från=0, till=6)),
    ),
    "åldern i innehållet": (
        {"ålder_i_innehåll": _age("deltagarens barn", till=6)},
        {"ålder_i_innehåll": _age("deltagarens barn", till=3)},
    ),
    "villkorets ord": (
        {
            "målgrupp": {"deltagare": ["barn"]},
            "villkor": [{"typ": "annat", "beskrivning": "Barnet ska gå i skolan."}],
        },
        {
            "målgrupp": {"deltagare": ["barn"]},
            "villkor": [{"typ": "annat", "beskrivning": "Barnet ska gå i förskolan."}],
        },
    ),
    "målgruppens ord": (
        {"målgrupp": {"deltagare": ["barn"], "beskrivning": "Barn i lågstadiet."}},
        {"målgrupp": {"deltagare": ["barn"], "beskrivning": "Barn i mellanstadiet."}},
    ),
    "en avgift som får läsas": (
        {"målgrupp": {"deltagare": ["barn"]}, "avgift": {"beskrivning": "Enligt taxan."}},
        {"målgrupp": {"deltagare": ["barn"]}, "avgift": {"beskrivning": "Enligt den nya taxan."}},
    ),
    "en omfattning som får läsas": (
        {"målgrupp": {"deltagare": ["barn"]}, "omfattning": {"beskrivning": "Några samtal."}},
        {"målgrupp": {"deltagare": ["barn"]}, "omfattning": {"beskrivning": "Enstaka samtal."}},
    ),
    "en avgränsning som nämner barn": ({"avgränsning": "Inte för den som är under 18 år."}, {}),
}


@pytest.mark.parametrize(("before", "after"), WHO.values(), ids=WHO)
def test_what_only_a_reader_can_tell_of_children_is_told_under_their_heading(
    before: Any, after: Any
) -> None:
    for old, new in ((before, after), (after, before)):
        section = _section(revision(a=old), revision(a=new))
        assert NOTHING not in section and "<li>" in section
        assert "får läsas" not in section, "what is unclear stands in the notes"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            {"målgrupp": {"beskrivning": "Vuxna."}},
            {"målgrupp": {"beskrivning": "Vuxna och ungdomar."}},
        ),
        ({"villkor": [{"typ": "annat", "beskrivning": "Skriven i kommunen."}]}, {}),
    ],
)
def test_the_letter_does_not_say_that_nothing_is_about_children_where_it_cannot_know(
    before: Any, after: Any
) -> None:
    section = _section(revision(a=before), revision(a=after))
    assert NOTHING not in section and "[fyll i: vilka barn" in section


def test_another_wording_is_no_change_of_who_may_take_part() -> None:
    old, new = (
        {"målgrupp": {"beskrivning": text}} for text in ("Vuxna som vill", "vuxna som vill.")
    )
    assert NOTHING in _section(revision(a=old), revision(a=new))


OF_AGE: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "äldre från 65 till 70": (
        {"målgrupp": {"deltagare": ["äldre"], "ålder": _age(från=65)}},
        {"målgrupp": {"deltagare": ["äldre"], "ålder": _age(från=70)}},
    ),
    "vuxna från 18 till 21": (
        {"målgrupp": {"deltagare": ["vuxna"]}} | _condition(_age(från=18)),
        {"målgrupp": {"deltagare": ["vuxna"]}} | _condition(_age(från=21)),
    ),
    "vuxna får en ålder": (
        {"målgrupp": {"deltagare": ["vuxna"]}},
        {"målgrupp": {"deltagare": ["vuxna"], "ålder": _age(från=21)}},
    ),
    "vuxna blir äldre": (
        {"målgrupp": {"deltagare": ["vuxna"]}},
        {"målgrupp": {"deltagare": ["äldre"]}},
    ),
    "bara åldern säger det": (_condition(_age(från=18)), _condition(_age(från=21))),
    "en del": (
        {
            "delar": [{"namn": "A", "målgrupp": {"deltagare": ["äldre"], "ålder": _age(från=65)}}],
            "målgrupp": {"deltagare": ["vuxna"]},
        },
        {
            "delar": [{"namn": "A", "målgrupp": {"deltagare": ["äldre"], "ålder": _age(från=70)}}],
            "målgrupp": {"deltagare": ["vuxna"]},
        },
    ),
}


@pytest.mark.parametrize(("before", "after"), OF_AGE.values(), ids=OF_AGE)
def test_a_change_among_those_who_are_all_of_age_is_not_said_to_leave_children_open(
    before: Any, after: Any
) -> None:
    for old, new in ((before, after), (after, before)):
        assert NOTHING in _section(revision(a=old), revision(a=new))


def _aged(**bounds: Any) -> dict[str, Any]:
    return {"målgrupp": {"deltagare": ["unga"]}} | _condition(_age(**bounds))


def test_another_highest_age_above_childhood_leaves_the_children_as_they_were() -> None:
    twenty, seventeen, sixteen = (revision(a=_aged(från=13, till=n)) for n in (20, 17, 16))
    assert NOTHING in _section(twenty, seventeen) and NOTHING in _section(seventeen, twenty)
    assert "17–20-åringar inte längre kan få" in _section(twenty, sixteen)
    parents = {"målgrupp": {"deltagare": ["föräldrar"]}}
    old, new = (revision(a=parents | _condition(_age(från=15, till=n))) for n in (20, 17))
    assert NOTHING not in _section(old, new), "the children of those who are 18–20"


GROWN = {"målgrupp": {"deltagare": ["vuxna"]}} | _condition(_age(från=18))
AGE = GROWN["villkor"][0]


@pytest.mark.parametrize(
    "other",
    [
        {"villkor": [AGE, {"typ": "folkbokföring", "område": "Exempels kommun", "skäl": "Få."}]},
        {"villkor": [{**AGE, "skäl": "Unga får stöd av andra."}]},
        {"målgrupp": {"deltagare": ["vuxna"], "beskrivning": "Vuxna som vill ändra sina vanor."}},
        {"målgrupp": {"deltagare": ["vuxna", "anhöriga"]}},
    ],
)
def test_what_is_not_of_age_leaves_those_of_age_who_were(other: dict[str, Any]) -> None:
    for old, new in ((GROWN, GROWN | other), (GROWN | other, GROWN)):
        assert NOTHING in _section(revision(a=old), revision(a=new))


@pytest.mark.parametrize(
    "other",
    [
        {"villkor": [{**AGE, "beskrivning": "Den som är myndig eller nästan det."}]},
        {"målgrupp": {"deltagare": ["vuxna"], "beskrivning": "Vuxna och deras barn."}},
        {"målgrupp": {"deltagare": ["vuxna"], "beskrivning": "Från 16 år efter samtal."}},
        {"målgrupp": {"deltagare": ["vuxna"], "medföljande_barn": "nej"}},
    ],
)
def test_what_may_be_of_someone_younger_is_asked_of(other: dict[str, Any]) -> None:
    for old, new in ((GROWN, GROWN | other), (GROWN | other, GROWN)):
        assert NOTHING not in _section(revision(a=old), revision(a=new))


ADULTS = {"deltagare": ["vuxna"], "ålder": _age(från=18)}
MAYBE: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "en text": (
        {"målgrupp": ADULTS | {"beskrivning": "Vuxna."}},
        {"målgrupp": ADULTS | {"beskrivning": "Även ungdomar."}},
    ),
    "en text om åldern": (
        {"målgrupp": ADULTS},
        {"målgrupp": ADULTS | {"ålder": _age(från=18, förtydligande="yngre efter prövning")}},
    ),
    "villkorets ord": (
        {"målgrupp": ADULTS},
        {
            "målgrupp": ADULTS,
            "villkor": [
                {"typ": "ålder", "ålder": _age(från=21), "beskrivning": "Yngre efter samtal."}
            ],
        },
    ),
    "anhöriga utan ålder": (
        {"målgrupp": {"deltagare": ["vuxna"]}},
        {"målgrupp": {"deltagare": ["anhöriga"]}},
    ),
    "enheten är inte angiven": (
        _condition(_age(från=18, enhet="ej angiven")),
        _condition(_age(från=21, enhet="ej angiven")),
    ),
    "en del säger ingenting": (
        {"delar": [{"namn": "A", "målgrupp": ADULTS}, {"namn": "B"}]},
        {"delar": [{"namn": "A", "målgrupp": ADULTS | {"ålder": _age(från=21)}}, {"namn": "B"}]},
    ),
}


@pytest.mark.parametrize(("before", "after"), MAYBE.values(), ids=MAYBE)
def test_where_a_field_or_a_text_leaves_it_open_the_letter_says_so(before: Any, after: Any) -> None:
    for old, new in ((before, after), (after, before)):
        section = _section(revision(a=old), revision(a=new))
        assert "Bilagan säger inte om barn är bland dem" in section and NOTHING not in section


PERHAPS_YOUNG = [["unga"], ["unga", "vuxna"], ["barn"]]


@pytest.mark.parametrize("kinds", PERHAPS_YOUNG, ids=" och ".join)
@pytest.mark.parametrize("bounds", [{"från": 16, "till": 20}, {"från": 14}, {"till": 15}], ids=str)
def test_an_age_that_may_shut_children_out_is_told_on_their_axis(
    kinds: list[str], bounds: dict[str, Any]
) -> None:
    """Where no field says how old they are: surely where they are called children and it is a
    lowest age, and otherwise for a reader."""
    group: dict[str, Any] = {"målgrupp": {"deltagare": kinds}}
    limited = group | _condition(_age(**bounds))
    for before, after, sure in (
        (group, limited, {"narrower", "fewer-children"}),
        (limited, group, {"more-open", "more-children"}),
    ):
        (change,) = Telling(compare(revision(a=before), revision(a=after))).changes
        found = {one.verdict for one in change.judgements}
        certain = kinds == ["barn"] and "från" in bounds
        assert found == (sure if certain else {*sure} & {"narrower", "more-open"} | {UNCLEAR})


UNCLEAR = "unclear-children"


@pytest.mark.parametrize(
    ("data", "age"),
    [
        ({"målgrupp": {"deltagare": ["vuxna"]}}, _age(från=16)),
        ({"målgrupp": {"deltagare": ["unga"]}}, _age(till=25)),
        ({"målgrupp": {"deltagare": ["unga"], "ålder": _age(från=18, till=25)}}, _age(från=20)),
        ({"målgrupp": {"deltagare": ["föräldrar"]}}, _age("deltagarens barn", till=6)),
        ({}, _age(från=16)),
    ],
)
def test_an_age_that_shuts_no_children_out_is_not(data: dict[str, Any], age: Any) -> None:
    (change,) = Telling(compare(revision(a=data), revision(a=data | _condition(age)))).changes
    assert {one.verdict for one in change.judgements} == {"narrower"}


def test_the_age_of_children_who_come_with_their_parents_is_told_on_their_axis() -> None:
    together: dict[str, Any] = {"målgrupp": {"deltagare": ["barn tillsammans med förälder"]}}
    limited = together | _condition(_age("deltagarens barn", till=6))
    (change,) = Telling(compare(revision(a=together), revision(a=limited))).changes
    assert {one.verdict for one in change.judgements} == {"narrower", UNCLEAR}


# What is common, in the insatser that it touches


LIVES = {"gemensamma_villkor": [{"typ": "folkbokföring", "område": "Exempels kommun"}]}
OWN = {"villkor": LIVES["gemensamma_villkor"]}


def test_a_common_condition_that_goes_only_for_grown_ups_is_not_about_children() -> None:
    child, adult = {"namn": "Barnen"} | CONCERN["deltagare"], {"namn": "Vuxna"} | DO_NOT["äldre"]
    old = revision(LIVES, a=child, b=adult)
    assert NOTHING in _section(old, revision(a=child | OWN, b=adult))
    told = _section(old, revision(a=child, b=adult | OWN))
    assert "för insatsen Barnen tas bort" in told and "Vuxna" not in told


def test_what_is_common_is_told_with_the_insatser_for_children_and_their_ages() -> None:
    consent = {"samtycke": {"under_15": "vårdnadshavare", "från_15": "utan vårdnadshavare"}}
    group = {"a": {"namn": "Grupp", "målgrupp": {"ålder": _age(från=13, till=17)}}}
    told = _section(revision(**group), revision(consent, **group))
    assert "Deltagaren ska vara 13–17 år." in told
    talk = {"b": {"namn": "Samtal", "målgrupp": {"ålder": _age(från=13, till=20)}}}
    told = _section(revision(**group, **talk), revision(consent, **group, **talk))
    assert "Grupp (deltagaren ska vara 13–17 år)" in told
    assert "Samtal (deltagaren ska vara 13–20 år)" in told
    many = {f"i{n}": CONCERN["unga"] for n in range(9)}
    assert "Insatserna är" not in _section(revision(**many), revision(consent, **many))


def test_a_change_of_consent_is_told_with_the_ages_of_those_it_is_for() -> None:
    aged = {"målgrupp": {"ålder": _age(från=13, till=20)}}
    sides = (
        {"samtycke": {"under_15": who}} for who in ("vårdnadshavare", "samtliga vårdnadshavare")
    )
    old, new = (revision(a=aged | side) for side in sides)
    told = _section(old, new)
    assert told.count("Deltagaren ska vara 13–20 år.") == 1


@pytest.mark.parametrize("whole", [True, False])
def test_an_analysis_of_what_an_insats_is_to_children_is_told_also_where_all_are_of_age(
    whole: bool,
) -> None:
    adult = {"a": {"namn": "Träffen"} | DO_NOT["äldre"]}
    plain = {"namn": "Träffen", "insats": "a", "bedömning": "Det går bra."}
    held = None if whole else {"a": plain}
    children = plain | {"barnkonsekvensanalys": ["Barn följer ibland med."]}
    told = _section(
        revision(None, None, held, **adult), revision(None, None, {"a": children}, **adult)
    )
    assert NOTHING not in told and "Träffen" in told
    other = {"a": plain | {"bedömning": "Det går mycket bra."}}
    assert NOTHING in _section(
        revision(None, None, held, **adult), revision(None, None, other, **adult)
    )


# A limit that decides whether children may take part, whoever an insats is meant for

MEANT_FOR: dict[str, tuple[dict[str, Any], bool, bool]] = {
    # whether it is told where an age of 18 comes, and where it goes
    "anhöriga": ({"målgrupp": {"deltagare": ["vuxna", "anhöriga"]}}, True, True),
    "vuxna": ({"målgrupp": {"deltagare": ["vuxna"]}}, False, True),
    "ingen sagd": ({}, True, True),
    "äldre": ({"målgrupp": {"deltagare": ["äldre"]}}, False, False),
    "personal": ({"målgrupp": {"deltagare": ["personal"]}}, False, False),
}


@pytest.mark.parametrize("name", MEANT_FOR)
def test_a_limit_that_shuts_children_out_or_lets_them_in_is_told(name: str) -> None:
    data, comes, goes = MEANT_FOR[name]
    free, limited = revision(a=data), revision(a=data | _condition(_age(från=18)))
    for old, new, told in ((free, limited, comes), (limited, free, goes)):
        section = _section(old, new)
        assert ("18 år" in section) is told, section
        assert told is not (NOTHING in section)
    asked = "Bilagan anger inte vems samtycke som krävs"
    assert (asked in _section(limited, free)) is goes and asked not in _section(free, limited)
    consent = data | {"samtycke": {"under_15": "vårdnadshavare", "från_15": "vårdnadshavare"}}
    old = revision(a=consent | _condition(_age(från=18)))
    assert asked not in _section(old, revision(a=consent))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"från": 18}, {"från": 21}),
        ({"från": 70}, None),
        ({"från": 65}, {"från": 70}),
        ({"från": 18}, {"från": 18, "till": 64}),
    ],
)
def test_a_limit_above_childhood_is_not(before: Any, after: Any) -> None:
    sides = [{} if one is None else _condition(_age(**one)) for one in (before, after)]
    for old, new in (sides, sides[::-1]):
        section = _section(revision(a=old), revision(a=new))
        assert "<li>" not in section and "samtycke som krävs" not in section


def test_texts_that_only_a_reader_can_judge_are_named_by_their_insats() -> None:
    young = {"namn": "Prata", "målgrupp": {"deltagare": ["unga"]}}
    texts = [{"innehåll": f"Kom hit och prata.{more}"} for more in (" Du kan vara anonym.", "")]
    section = _section(*(revision(a=young | text) for text in texts))
    assert NOTHING not in section and "Prata" in section
    grown = DO_NOT["vuxna"]
    section = _section(*(revision(a=grown | text) for text in texts))
    assert "Texten ändras" not in section
    words = [{"innehåll": text} for text in ("Vi ses", "vi ses.")]
    assert NOTHING in _section(*(revision(a=young | text) for text in words))


def test_what_an_insats_is_not_is_about_children_only_where_it_names_the_young() -> None:
    for words, asked in (("Stödet är inte behandling.", False), ("Inte för ungdomar.", True)):
        grown = {"målgrupp": {"deltagare": ["anhöriga"]}}
        old, new = revision(a=grown), revision(a=grown | {"avgränsning": words})
        assert ("Bilagan säger inte om barn" in _section(old, new)) is asked


def test_a_new_analysis_says_what_an_insats_is_to_children() -> None:
    analysis = {"namn": "A", "insats": "a", "barnkonsekvensanalys": ["Barn får stöd tidigare."]}
    told = _section(revision(a={}), revision(None, None, {"a": analysis}, a={}))
    assert "Barnkonsekvensanalysen: ”Barn får stöd tidigare”." in told
    longer = analysis | {"barnkonsekvensanalys": ["Barn får stöd. " * 60]}
    told = _section(revision(a={}), revision(None, None, {"a": longer}, a={}))
    assert "Barnkonsekvensanalysen står i analysen." in told


def test_an_age_among_grown_ups_is_no_text_in_an_insats_for_children() -> None:
    ages = [{"målgrupp": {"ålder": _age(från=16, till=till)}} for till in (66, 67)]
    assert "Texten ändras" not in _section(*(revision(a=one) for one in ages))


def test_how_often_insatser_are_followed_up_is_not_about_children() -> None:
    young = {"målgrupp": {"deltagare": ["unga"]}}
    often = [{"uppföljningsintervall": {"månader": many}} for many in (12, 24)]
    assert NOTHING in _section(*(revision(one, a=young) for one in often))
