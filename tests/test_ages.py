"""Ages: what binds an insats from kommun.yaml, and which numbers in a name are an age."""

from __future__ import annotations

from typing import Any

import pytest

from insatskoll.catalogue.model import Insats, Revision
from insatskoll.law.predicates import Subject
from insatskoll.law.rules import load_rules

RULES = load_rules()
GROWN = {"från": 18, "avser": "deltagaren"}


def levels(rule: str, insats: dict[str, Any], common: dict[str, Any] | None = None) -> list[str]:
    kommun: Any = {"namn": "K"}
    if common:
        kommun["gemensamma_villkor"] = [{"typ": "ålder", **common}]
    data: Any = {"namn": "A", "insatstyp": "samtal", "avdelning": "vuxen", **insats}
    held = Insats("a", data)
    subject = Subject(data, Revision("k", kommun, (held,)), held)
    return [
        c.level for c in RULES.rules[rule].checks if c.scope == "insats" for _ in c.hits(subject)
    ]


@pytest.mark.parametrize(
    ("common", "insats", "expected"),
    [
        (
            {"ålder": GROWN},
            {"målgrupp": {"ålder": {"från": 6, "till": 12, "avser": "deltagaren"}}},
            ["fel"],
        ),
        (
            {"ålder": GROWN},
            {"delar": [{"namn": "B", "målgrupp": {"ålder": {"till": 12, "avser": "deltagaren"}}}]},
            ["fel"],
        ),
        (
            {"ålder": {"till": 20, "avser": "deltagaren"}},
            {"målgrupp": {"ålder": {"från": 21, "avser": "deltagaren"}}},
            ["fel"],
        ),
        (
            {"ålder": GROWN},
            {"målgrupp": {"ålder": {"från": 16, "till": 25, "avser": "deltagaren"}}},
            ["varning"],
        ),
        (
            {"ålder": GROWN},
            {"målgrupp": {"ålder": {"från": 18, "till": 25, "avser": "deltagaren"}}},
            [],
        ),
        (
            {"ålder": GROWN, "gäller": "boende"},
            {"målgrupp": {"ålder": {"till": 12, "avser": "deltagaren"}}},
            [],
        ),
        (
            {"ålder": GROWN},
            {"målgrupp": {"ålder": {"från": 0, "till": 6, "avser": "deltagarens barn"}}},
            [],
        ),
    ],
)
def test_an_age_for_all_insatser_is_held_against_their_own(
    common: Any, insats: Any, expected: list[str]
) -> None:
    assert levels("IK404", insats, common) == expected


@pytest.mark.parametrize(
    ("rule", "insats", "lowest"),
    [
        (
            "IK105",
            {"insatstyp": "hem för vård eller boende", "målgrupp": {"deltagare": ["vuxna"]}},
            21,
        ),
        ("IK111", {"insatstyp": "härbärge"}, 21),
        ("IK301", {"målgrupp": {"deltagare": ["barn"]}}, 15),
        (
            "IK302",
            {"målgrupp": {"deltagare": ["barn"]}, "samtycke": {"under_15": "utan vårdnadshavare"}},
            15,
        ),
    ],
)
def test_an_age_for_all_insatser_narrows_who_takes_part(
    rule: str, insats: Any, lowest: int
) -> None:
    assert levels(rule, insats)
    assert levels(rule, insats, {"ålder": {"från": lowest - 1, "avser": "deltagaren"}})
    assert levels(rule, insats, {"ålder": {"från": lowest, "avser": "deltagaren"}}) == []


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Tjejgrupp 13–16 år", ["fel"]),
        ("Grupp för 13-16-åringar", ["fel"]),
        ("Komet 12-18", ["varning"]),
        ("Komet 3–11", []),
        ("Årskurs 7–9", []),
        ("Kvällsöppet 18–21", []),
        ("Föräldrakurs, 6–8 träffar", []),
        ("Mötesplats Storgatan 12–14", []),
        ("Anhöriggrupp, 8–10 deltagare", []),
        ("Steg 1–12", []),
        ("Modul 1–4", []),
        ("Jour 0–24", []),
        ("Läxhjälp åk 4–6", []),
        ("Öppet hus kl. 10–12", []),
        ("Fredagsfik 17–19", []),
        ("Parkvägen 3–5", []),
        ("Samtal, 1–5 gånger", []),
        ("Uppföljning 1–2 år efter programmet", []),
        ("Lunchgrupp (12–13)", []),
        ("Villa Björk 4–6", []),
        ("Drop-in 13–15", []),
    ],
)
def test_only_years_in_a_name_are_an_age(name: str, expected: list[str]) -> None:
    assert (
        levels(
            "IK404",
            {
                "namn": name,
                "målgrupp": {"ålder": {"från": 3, "till": 11, "avser": "deltagarens barn"}},
            },
        )
        == expected
    )


@pytest.mark.parametrize(
    "extra",
    [{"under_15": "utan vårdnadshavare"}, {"från_15": "utan vårdnadshavare", "åldrar": "12–17 år"}],
)
def test_consent_for_those_whom_the_age_shuts_out_is_a_question(extra: dict[str, str]) -> None:
    only_older = {"typ": "ålder", "ålder": {"från": 15, "till": 17, "avser": "deltagaren"}}
    assert (
        levels(
            "IK302",
            {"målgrupp": {"deltagare": ["unga"]}, "villkor": [only_older], "samtycke": extra},
        )
        == []
    )
    assert levels("IK302", {"målgrupp": {"deltagare": ["unga"]}, "samtycke": extra}) == ["fel"]


CHILDREN = {"från": 0, "till": 12, "avser": "barnet"}
ADULT = {"från": 18, "avser": "deltagaren"}


@pytest.mark.parametrize("consent", [{"under_15": "utan vårdnadshavare"}])
def test_a_parent_s_age_does_not_shut_the_children_out(consent: dict[str, str]) -> None:
    both = {"beskrivning": "X.", "deltagare": ["barn", "föräldrar"]}
    data = {
        "målgrupp": both | {"ålder": ADULT},
        "villkor": [{"typ": "ålder", "ålder": CHILDREN}],
        "samtycke": consent,
    }
    assert levels("IK302", data) == ["fel"]
    assert levels("IK304", data) == []


@pytest.mark.parametrize(
    ("name", "group", "expected"),
    [
        ("Stöd för föräldrar till 13–17-åringar", {"deltagare": ["föräldrar"], "ålder": ADULT}, []),
        ("COPE 3–12 år", {"deltagare": ["föräldrar"], "ålder": ADULT}, []),
        (
            "Utslussning 1–2 år",
            {"deltagare": ["unga"], "ålder": {"från": 16, "till": 20, "avser": "deltagaren"}},
            [],
        ),
        (
            "Barngrupper 7–9 år och 10–12 år",
            {"deltagare": ["barn"], "ålder": {"från": 7, "till": 12, "avser": "deltagaren"}},
            [],
        ),
        (
            "Barngrupp 7–9 år",
            {"deltagare": ["barn"], "ålder": {"från": 10, "till": 12, "avser": "deltagaren"}},
            ["fel"],
        ),
        (
            "Tjejgrupp 13–16",
            {"deltagare": ["unga"], "ålder": {"från": 16, "till": 20, "avser": "deltagaren"}},
            ["varning"],
        ),
        (
            "Stödsamtal 13–16",
            {"deltagare": ["unga"], "ålder": {"från": 16, "till": 20, "avser": "deltagaren"}},
            ["varning"],
        ),
        (
            "Ungdomsmottagningen 12–25",
            {"deltagare": ["unga"], "ålder": {"från": 13, "till": 20, "avser": "deltagaren"}},
            ["varning"],
        ),
        (
            "Drop-in 13–16",
            {"deltagare": ["unga"], "ålder": {"från": 16, "till": 20, "avser": "deltagaren"}},
            [],
        ),
    ],
)
def test_whose_age_a_name_has(name: str, group: dict[str, Any], expected: list[str]) -> None:
    assert levels("IK404", {"namn": name, "målgrupp": {"beskrivning": "X."} | group}) == expected


@pytest.mark.parametrize(
    ("name", "words"),
    [
        (
            "Barn till demenssjuka föräldrar",
            "Den som är 21 år eller äldre och har en förälder med demens.",
        ),
        ("Söner och döttrar till dementa", "X."),
    ],
)
def test_children_may_be_somebody_s_and_grown_up(name: str, words: str) -> None:
    age = {"från": 21, "avser": "deltagaren"}
    assert (
        levels(
            "IK710",
            {"namn": name, "målgrupp": {"beskrivning": words, "deltagare": ["barn"], "ålder": age}},
        )
        == []
    )
    assert levels(
        "IK710",
        {"namn": "X", "målgrupp": {"beskrivning": "X.", "deltagare": ["barn"], "ålder": age}},
    ) == ["fel"]
