"""What is stated beside what holds is told in sentences, each thing once."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from insatskoll.diff import judgement, stated
from insatskoll.diff.clauses import few
from insatskoll.diff.facts import compare
from insatskoll.diff.forms import consequences, proposal
from insatskoll.diff.telling import Telling
from tests.revisions import revision

WHY = {"grund": "anonymitet", "motivering": "De unga avstår om de inte får vara anonyma."}
CONSENT = {"från_15": "utan vårdnadshavare", "lämplighet": "Kaféet är öppet för alla."}


@pytest.mark.parametrize(
    ("said", "other", "wanted"),
    [
        ({"särskilda_skäl": WHY}, {}, "Som grund anges anonymitet och som skäl ”De unga avstår om"),
        ({"särskilda_skäl": WHY}, {"särskilda_skäl": WHY}, ""),
        ({"särskilda_skäl": {"grund": "annat"}}, {}, ""),
        ({"särskilda_skäl": {"åberopas": "nej"}}, {}, "Särskilda skäl åberopas inte."),
        ({"nivå": "avidentifierad", "omfattar": "Gäller alla"}, {}, "Undantaget gäller alla."),
        ({"nivå": "individnivå", "omfattar": "alla"}, {}, "Det gäller alla."),
        ({"beslut": "Nämnden, § 3"}, {}, "Som beslut anges Nämnden, § 3."),
        (
            {"uppföljning": ["Antalet besök per dag.", "Kön"]},
            {},
            "För uppföljning antecknas alltid antalet besök per dag och kön.",
        ),
    ],
)
def test_what_is_said_besides_a_level_is_said_in_sentences(
    said: Any, other: Any, wanted: str
) -> None:
    told = stated.documentation(said, other)
    assert told.startswith(wanted) if wanted else not told
    assert ": " not in told


def test_what_was_said_is_told_as_it_has_been() -> None:
    told = stated.documentation({"särskilda_skäl": WHY, "omfattar": "alla"}, {}, earlier=True)  # type: ignore[typeddict-item]
    assert told.startswith("Hittills har anonymitet angetts som grund och ”De unga")
    assert told.endswith("” som skäl. Undantaget har gällt alla.")


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        (CONSENT, "krävs inte samtycke från vårdnadshavare, och som skäl anges ”Kaféet är öppet"),
        (CONSENT | {"från_15": "vårdnadshavare"}, "vårdnadshavare. Om lämpligheten anges ”Kaféet"),
        ({"åldrar": "15–18 år"}, "Som åldrar anges ”15–18 år”."),
    ],
)
def test_why_no_consent_is_asked_for_is_said_in_a_sentence(said: Any, wanted: str) -> None:
    assert wanted in stated.consent(said)


def test_how_a_condition_is_checked_is_said_in_a_sentence() -> None:
    age = {"från": 15, "till": 20, "avser": "deltagaren"}
    told = stated.condition({"typ": "ålder", "ålder": age, "kontroll": "id-handling"})  # type: ignore[typeddict-item]
    assert told == "Deltagaren ska vara 15–20 år. Som kontroll anges ”id-handling”."


def test_what_a_new_insats_says_of_children_is_not_said_twice() -> None:
    new = {
        "målgrupp": {"beskrivning": "Unga.", "deltagare": ["unga"]},
        "villkor": [{"typ": "ålder", "ålder": {"från": 15, "till": 20, "avser": "deltagaren"}}],
        "samtycke": CONSENT,
    }
    (told,) = consequences.of_changes(Telling(compare(revision(a={}), revision(a={}, kafé=new))))
    for once in ("Deltagaren ska vara", "krävs inte samtycke", "Kaféet är öppet"):
        assert told.count(once) == 1


# How the rules of consent are told, and decided

BOTH = {"under_15": "vårdnadshavare", "från_15": "utan vårdnadshavare", "lämplighet": "De kan."}


def _told(before: Any, after: Any) -> str:
    of_children = {"målgrupp": {"deltagare": ["unga"]}}
    sides = (
        revision(a=of_children | ({"samtycke": one} if one else {})) for one in (before, after)
    )
    (change,) = Telling(compare(*sides)).changes
    return f"{change.clause} | {change.shorter}"


def test_rules_of_consent_that_come_with_both_ages_are_told_in_sentences_of_their_own() -> None:
    whole, _ = _told(None, BOTH).split(" | ")
    assert whole.startswith("regler om samtycke läggs till för insatsen a. För barn under 15 år")
    alone = {key: BOTH[key] for key in ("från_15", "lämplighet")}
    assert _told(None, alone).startswith("samtycke från vårdnadshavare inte krävs för barn som")


def test_consent_is_asked_for_of_older_children_too_only_where_it_is_of_younger() -> None:
    asked = {"från_15": "vårdnadshavare"}
    assert "ska krävas även för barn som har fyllt 15 år" in _told({**BOTH}, BOTH | asked)
    without = {"under_15": "utan vårdnadshavare"}
    assert "även" not in _told(BOTH | without, BOTH | without | asked)
    older = {"från_15": "utan vårdnadshavare"}  # nothing is stated of younger ones
    assert "även" not in _told(older, asked)


def test_why_is_left_out_where_there_is_little_room() -> None:
    asked = {key: BOTH[key] for key in ("under_15",)} | {"från_15": "vårdnadshavare"}
    whole, brief = _told(BOTH, asked).split(" | ")
    assert "De kan" in whole
    assert (
        brief == "samtycke från vårdnadshavare ska krävas även för barn som har fyllt 15 år i "
        "insatsen a"
    )


# An age, an extent, a name


@pytest.mark.parametrize(
    ("whose", "was", "now", "wanted"),
    [
        ("deltagarens barn", (3, 12), (3, 10), "så att föräldrar till 11- och 12-åringar inte"),
        ("deltagarens barn", (3, 12), (1, 12), "så att även föräldrar till 1- och 2-åringar kan"),
        ("deltagarens barn", (None, 6), (2, 6), "så att föräldrar till barn som är under 2 år"),
        ("deltagaren", (13, 20), (15, 20), "så att 13- och 14-åringar inte längre kan"),
    ],
)
def test_whose_parents_gain_or_lose_an_insats_is_said(
    whose: str, was: Any, now: Any, wanted: str
) -> None:
    def one(span: tuple[int | None, int]) -> dict[str, Any]:
        age = {"avser": whose, "till": span[1]} | ({"från": span[0]} if span[0] else {})
        return {"villkor": [{"typ": "ålder", "ålder": age}]}

    (change,) = Telling(compare(revision(a=one(was)), revision(a=one(now)))).changes
    assert wanted in change.clause


def test_an_age_of_a_child_that_may_not_be_who_takes_part_tells_of_no_parents() -> None:
    def one(to: int) -> dict[str, Any]:
        return {"villkor": [{"typ": "ålder", "ålder": {"avser": "barnet", "från": 3, "till": to}}]}

    (change,) = Telling(compare(revision(a=one(12)), revision(a=one(10)))).changes
    assert change.clause.endswith("så att insatsen inte längre omfattar 11- och 12-åringar")


@pytest.mark.parametrize(
    ("was", "now", "said"),
    [
        ((8, "2 timmar"), (6, "3 timmar"), "antalet träffar i insatsen a sänks från"),
        ((8, "2 timmar"), (9, "3 timmar"), "omfattningen av insatsen a utökas från"),
        ((8, "två timmar"), (6, "tre timmar"), "antalet träffar i insatsen a sänks från"),
    ],
)
def test_an_extent_that_goes_both_ways_is_only_another(was: Any, now: Any, said: str) -> None:
    def one(extent: tuple[int, str]) -> dict[str, Any]:
        return {"omfattning": {"antal": extent[0], "enhet": "träffar", "längd": extent[1]}}

    (change,) = Telling(compare(revision(a=one(was)), revision(a=one(now)))).changes
    assert said in change.clause


def test_a_new_name_is_told_before_all_else_of_the_insats() -> None:
    def side(name: str, age: int) -> Any:
        asked = {"typ": "ålder", "ålder": {"från": age, "avser": "deltagaren"}}
        return revision(b={"syfte": "Ett."}, a={"namn": name, "villkor": [asked]})

    told = [one.clause for one in Telling(compare(side("Före", 13), side("Efter", 15))).changes]
    assert [text.split(" ")[0] for text in told] == ["insatsen", "den"]
    assert "Före byter namn till Efter" in told[0]


def test_many_insatser_are_counted_and_few_are_named() -> None:
    def side(word: str, number: int) -> Any:
        texts = {f"i{n}": {"syfte": f"Att {word}erna nummer {n} mår bra."} for n in range(number)}
        return revision(**texts)

    for number, wanted in ((9, "i nio insatser"), (8, "i insatserna i0, i1")):
        (change,) = Telling(compare(side("klient", number), side("brukar", number))).changes
        assert wanted in change.clause


# What several insatser and parts are about


def _merged(**data: Any) -> Any:
    a, b = {"innehåll": "Vi pratar."}, {"innehåll": "Vi provar."}
    both = {"innehåll": "Vi pratar och testar.", "namn": "Båda"} | data
    old = revision(a=a | {"namn": "Ett"}, b=b | {"namn": "Två"})
    (change,) = Telling(compare(old, revision(c=both | {"tidigare_id": ["a", "b"]}))).changes
    return change


def test_texts_that_are_written_as_one_are_counted_and_stand_beside() -> None:
    change = _merged()
    assert "Två meningar i innehållet ersätts av ”Vi pratar och testar”" in change.clause
    assert "Vi provar" not in change.clause
    assert change.long and "Vi provar." in change.before and "testar" in change.after


def test_the_same_words_are_said_once_where_some_rest_on_a_provision() -> None:
    told = judgement.by_provision([("x", ""), ("x", "SoL 11 kap. 5 §"), ("y", "")])
    assert told == {"SoL 11 kap. 5 §": ["x"], "": ["y"]}


def test_what_the_files_do_not_say_has_become_of_insatser_is_told_with_the_line() -> None:
    texts = {
        "b": "Råd ges till den som har ont om pengar och vill göra en budget för sitt hushåll.",
        "c": "Stöd ges till den som sörjer någon och behöver prata med en kurator om det.",
    }
    names = {"b": "Råd om pengar", "c": "Stöd i sorg"}
    halves = {key: {"innehåll": text, "namn": names[key]} for key, text in texts.items()}
    whole = {"innehåll": " ".join(texts.values()), "namn": "Råd och stöd"}
    (change,) = Telling(compare(revision(a=whole), revision(**halves))).changes
    assert "tidigare_id: [a] i insatser/b.yaml" in change.question
    said = {key: one | {"tidigare_id": ["a"]} for key, one in halves.items()}
    (change,) = Telling(compare(revision(a=whole), revision(**said))).changes
    assert not change.question


def test_what_is_another_in_one_part_is_one_sentence() -> None:
    whole = {"karaktär": "rådgivning", "dokumentation": {"nivå": "utan personliga förhållanden"}}
    parts = [
        {"namn": "A"} | whole,
        {"namn": "B", "karaktär": "stöd", "dokumentation": {"nivå": "individnivå"}},
    ]
    (change,) = Telling(compare(revision(a=whole), revision(a={"delar": parts}))).changes
    assert change.clause.count("Delen ”B”") == 1
    assert "”B” har karaktär av stöd och dokumenteras på individnivå." in change.clause


def test_another_ground_and_other_reasons_are_one_clause() -> None:
    def side(ground: str, why: str) -> Any:
        reasons = {"grund": ground, "motivering": why}
        return revision(a={"dokumentation": {"nivå": "avidentifierad", "särskilda_skäl": reasons}})

    sides = side("mötesplats", "De kommer och går."), side("anonymitet", "De stannar hemma.")
    (change,) = Telling(compare(*sides)).changes
    assert change.clause.endswith(
        "avidentifierat ändras från mötesplats till anonymitet och de särskilda skälen ändras från "
        "”De kommer och går” till ”De stannar hemma”"
    )
    assert change.clause.count("avidentifierat") == 1


def test_a_ground_of_no_kind_is_none_and_a_provision_comes_last() -> None:
    def side(ground: str, **rest: str) -> Any:
        reasons = {"grund": ground, "motivering": "De kommer och går."}
        how = {"nivå": "avidentifierad", "särskilda_skäl": reasons} | rest
        return revision(**{name: {"dokumentation": how} for name in "ab"})

    sides = side("annat"), side("mötesplats", lagrum="SoL 14 kap. 5 §")
    (change,) = Telling(compare(*sides)).changes
    assert change.clause == (
        "grunden för att dokumentera insatserna a och b avidentifierat anges som mötesplats och "
        "SoL 14 kap. 5 § anges som lagrum för dokumentationen"
    )


# What is common


def test_common_rules_of_consent_are_a_point_whomever_they_are_for() -> None:
    asked: Any = {"samtycke": {"under_15": "vårdnadshavare", "från_15": "utan vårdnadshavare"}}
    young: dict[str, Any] = {"målgrupp": {"deltagare": ["unga"]}}
    own = young | {"samtycke": {"under_15": "vårdnadshavare", "från_15": "vårdnadshavare"}}
    old, new = (revision(a=young, b=young, c=own) for _ in range(2))
    telling = Telling(compare(old, replace(new, kommun={**new.kommun, **asked})))
    (change,) = telling.changes
    assert change.clause.endswith("vårdnadshavare. Ändringen gäller insatserna a och b.")
    said = [one.text for one in proposal.points(telling, [])]
    assert any("gemensamma regler om samtycke läggs till: ”" in one for one in said)
    assert not any("Ändringen gäller" in one for one in said)


def test_all_but_a_few_are_told_by_the_few() -> None:
    asked: Any = {"typ": "ålder", "ålder": {"från": 20, "avser": "deltagaren"}}
    lower: Any = {**asked, "ålder": {"från": 18, "avser": "deltagaren"}}
    own = {"villkor": [asked]}
    many: dict[str, Any] = {f"i{n}": {} for n in range(9)}
    old, new = (revision(**many, x=own) for _ in range(2))
    told = Telling(compare(old, replace(new, kommun={**new.kommun, "gemensamma_villkor": [lower]})))
    assert "Ändringen gäller alla insatser utom x." in told.changes[0].clause


def test_a_name_alone_is_not_cut() -> None:
    assert few(["A" * 80]) == ["A" * 80]
    assert len(few(["A" * 80] * 3)[0]) == 50
