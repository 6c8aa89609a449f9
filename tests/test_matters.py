"""One matter is one sentence: what belongs together is told once, and what does not is not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest

from insatskoll.catalogue.model import Beslut, Kommun, Revision, absent
from insatskoll.diff.facts import compare
from insatskoll.diff.forms import letter, remarks
from insatskoll.diff.telling import Telling
from tests.revisions import revision


def telling(old: Revision, new: Revision) -> Telling:
    return Telling(compare(old, new))


def told(old: Revision, new: Revision) -> list[str]:
    return telling(old, new).summary


def verdicts(old: Revision, new: Revision) -> list[set[str]]:
    return [{j.verdict for j in change.judgements} for change in telling(old, new).changes]


# What is removed and added, and may be the same

RECORDED = {"nivå": "individnivå", "lagrum": "SoL 14 kap. 3 §"}
CRISIS = {
    "namn": "Krisstöd",
    "begrepp": "krisstöd",
    "insatstyp": "samtal",
    "form": ["individuell"],
    "ingång": "öppen",
    "målgrupp": {"beskrivning": "Föräldrar som har upplevt något svårt.", "deltagare": ["vuxna"]},
    "innehåll": "Familjeteamet samtalar med föräldern om det som har hänt och vad som kan hjälpa.",
    "omfattning": {"högst": 4, "enhet": "samtal"},
    "dokumentation": RECORDED,
}
AFTER = CRISIS | {
    "namn": "Samtal efter svåra händelser",
    "innehåll": "En samtalsledare lyssnar och hjälper föräldern att hitta vägar framåt i vardagen.",
}


def test_what_may_be_the_same_insats_is_one_sentence_that_asks() -> None:
    (change,) = telling(revision(kris=CRISIS), revision(samtal=AFTER)).changes
    assert change.main_clause.startswith(
        "Insatsen Krisstöd ersätts av Samtal efter svåra händelser."
    )
    assert {j.verdict for j in change.judgements} == {"unclear"}
    assert change.question.endswith("Skriv då tidigare_id: [kris] i insatser/samtal.yaml.")
    assert remarks.on(change).startswith("Insatsen Krisstöd tas bort, och Samtal efter")


def test_the_letter_counts_it_as_replaced_and_asks_beside_the_words() -> None:
    page = letter.html(telling(revision(kris=CRISIS, b={}), revision(samtal=AFTER, b={})))
    words, _, notes = page.partition("Anteckningar till den som skriver")
    assert "en ändring. En insats ersätts. En insats är oförändrad." in words
    assert "tidigare_id" not in words and "tidigare_id: [kris]" in notes


def test_the_letter_describes_each_insats_that_comes_instead() -> None:
    new = {name: AFTER | {"namn": name.upper(), "syfte": f"Att {name}."} for name in ("x", "y")}
    page = letter.html(telling(revision(kris=CRISIS), revision(**new)))
    assert "Att x." in page and "Att y." in page


def test_what_the_one_has_less_of_is_narrower_whether_or_not_it_is_the_same() -> None:
    fewer = AFTER | {
        "innehåll": "Familjeteamet samtalar med föräldern om vad som kan hjälpa just nu.",
        "omfattning": {"högst": 3, "enhet": "samtal"},
    }
    (found,) = verdicts(revision(kris=CRISIS), revision(samtal=fewer))
    assert {"narrower", "less-scope"} <= found


def test_nothing_is_asked_once_it_is_decided() -> None:
    decided: Any = {"datum": "2025-01-01", "nämnd": "Socialnämnden", "paragraf": "§ 1"}
    (change,) = telling(revision(kris=CRISIS), revision(None, decided, samtal=AFTER)).changes
    assert not change.question and "ersätts av" in change.clause


def test_what_is_another_insats_is_removed_and_the_new_one_added() -> None:
    course = {
        "namn": "Föräldrakurs",
        "insatstyp": "föräldraskapsstöd",
        "form": ["grupp"],
        "innehåll": "Åtta kvällar om gränser, beröm och vardagsrutiner för den som har barn.",
        "dokumentation": RECORDED,
    }
    assert verdicts(revision(kris=CRISIS), revision(kurs=course)) == [{"narrower"}, {"more-open"}]


# Split and merged

BOTH = {
    "målgrupp": {"beskrivning": "Vuxna som utsätts för våld och vuxna som utövar våld."},
    "dokumentation": RECORDED,
}
ONE = BOTH | {"tidigare_id": "a", "målgrupp": {"beskrivning": "Vuxna som utsätts för våld."}}
OTHER = BOTH | {"tidigare_id": "a", "målgrupp": {"beskrivning": "Vuxna som utövar våld."}}


def test_a_text_that_is_only_parted_changes_nothing() -> None:
    assert verdicts(revision(a=BOTH), revision(b=ONE, c=OTHER)) == [{"editorial"}]


@pytest.mark.parametrize(
    "other",
    [
        {"målgrupp": {"beskrivning": "Vuxna män som utövar våld."}},
        {"avgränsning": "Inte för den som bor på skyddat boende."},
        {"villkor": [{"typ": "annat", "beskrivning": "Den som är nykter."}]},
    ],
)
def test_a_word_more_for_one_of_them_is_for_a_reader(other: dict[str, Any]) -> None:
    (found,) = verdicts(revision(a=BOTH), revision(b=ONE, c=OTHER | other))
    assert found & {"unclear", "narrower"} and "editorial" not in found


def test_the_text_of_one_of_them_is_told_as_its_own() -> None:
    group = {"målgrupp": {"beskrivning": "Vuxna som spelar."}}
    (text,) = told(revision(a=BOTH), revision(b=BOTH | {"tidigare_id": "a"}, c=OTHER | group))
    assert "Målgruppen för c är ”Vuxna som spelar”" in text and "läggs till i" not in text
    merged = {"tidigare_id": ["a", "b"], "dokumentation": {"nivå": "avidentifierad"}}
    old = revision(a=RECORD | {"innehåll": "Samtal."}, b=RECORD | {"innehåll": "Vi ses."})
    (text,) = told(old, revision(c=merged | {"innehåll": "Samtal. Alla träffas."}))
    assert "”Vi ses” i innehållet i b ersätts av ”Alla träffas”" in text
    assert "nsatsen dokumenteras avidentifierat" in text and " den dokumenteras" not in text


RECORD = {"dokumentation": RECORDED}


def aged(low: int, high: int, **more: Any) -> dict[str, Any]:
    age = {"från": low, "till": high, "avser": "deltagaren"}
    return {"villkor": [{"typ": "ålder", "ålder": age, **more}], "dokumentation": RECORDED}


def test_ages_that_are_put_together_open_nothing() -> None:
    old = revision(a=aged(3, 11), b=aged(12, 18))
    merged = {"tidigare_id": ["a", "b"]}
    assert verdicts(old, revision(c=aged(3, 18) | merged)) == [{"editorial"}]
    assert "more-open" in verdicts(old, revision(c=aged(3, 19) | merged))[0]
    gap = revision(a=aged(3, 10), b=aged(12, 18))
    assert "more-open" in verdicts(gap, revision(c=aged(3, 18) | merged))[0]


# A text that says again what a field says


def test_a_text_that_only_names_the_new_value_is_the_same_matter() -> None:
    old = {"insatstyp": "råd och stöd", "innehåll": "En volontär följer med på aktiviteter."}
    new = {"insatstyp": "kontaktperson", "innehåll": "En kontaktperson följer med på aktiviteter."}
    assert len(told(revision(a=old), revision(a=new))) == 1
    more = new | {"innehåll": "En kontaktperson följer med på högst två aktiviteter."}
    assert len(told(revision(a=old), revision(a=more))) == 2


# Parts


def test_how_it_is_documented_is_said_where_an_insats_is_divided_and_keeps_it() -> None:
    part = {"dokumentation": RECORDED}
    parts = {"delar": [{"namn": "A"} | part, {"namn": "B"} | part]}
    whole, divided = revision(a=part), revision(a=parts)
    level = "på individnivå (SoL 14 kap. 3 §)"
    assert told(whole, divided) == [
        f"Insatsen a delas in i delarna ”A” och ”B”. Delarna dokumenteras {level}, liksom insatsen "
        "hittills."
    ]
    assert f"Insatsen dokumenteras {level}, liksom delarna hittills." in told(divided, whole)[0]


def test_a_whole_is_documented_as_those_of_the_parts_were_that_had_the_same_level() -> None:
    other = {"dokumentation": {"nivå": "utan personliga förhållanden"}}
    parts = {"delar": [{"namn": "A", "dokumentation": RECORDED}, {"namn": "B"} | other]}
    text = " ".join(told(revision(a=parts), revision(a={"dokumentation": RECORDED})))
    assert "liksom delarna" not in text
    assert text.count("liksom") == text.count("liksom delen ”A” hittills")


def test_a_part_with_another_name_is_no_part_of_itself() -> None:
    old, new = (
        revision(a={"delar": [{"namn": name, "innehåll": "Samtal."}, {"namn": "C"}]})
        for name in ("A", "B")
    )
    (text,) = told(old, new)
    assert text.startswith("Delen ”A” i insatsen a byter namn till B")


def test_the_letter_says_whether_insatser_are_split_or_merged() -> None:
    def said(old: Revision, new: Revision) -> str:
        return " ".join(letter.html(telling(old, new)).split())

    halves = revision(b=ONE, c=OTHER)
    assert "En insats delas upp." in said(revision(a=BOTH), halves)
    merged = said(revision(b=BOTH, c=BOTH), revision(a=BOTH | {"tidigare_id": ["b", "c"]}))
    assert "Två insatser slås samman." in merged
    both = revision(a=BOTH | {"tidigare_id": ["x", "y"]}, b=ONE, c=OTHER)
    text = said(revision(a=BOTH, x=BOTH, y=BOTH), both)
    assert "eller slås samman" not in text


# A new insats


def test_a_new_insats_is_told_with_its_conditions_its_way_in_and_its_parts() -> None:
    exempt = {
        "nivå": "avidentifierad",
        "lagrum": "SoL 14 kap. 5 §",
        "särskilda_skäl": {"motivering": "Ingen vågar annars komma."},
    }
    new = aged(16, 20) | {
        "ingång": "remiss",
        "remiss_från": ["BVC"],
        "gäller_till": "2026-12-31",
        "delar": [{"namn": "Samtal", "dokumentation": exempt}],
    }
    del new["dokumentation"]
    (sentence,) = told(revision(), revision(a=new))
    for words in (
        "Deltagaren ska vara 16–20 år.",
        "Ingången är remiss från BVC.",
        "till och med den 31 december 2026.",
        "Delen ”Samtal” dokumenteras avidentifierat av särskilda skäl (SoL 14 kap. 5 §).",
        "”Ingen vågar annars komma”",
    ):
        assert words in sentence


def test_a_new_part_is_described_as_a_new_insats_is() -> None:
    part = aged(65, 99) | {
        "namn": "Anhörigkafé",
        "målgrupp": {"beskrivning": "Den som hjälper en närstående."},
        "dokumentation": {"nivå": "avidentifierad"},
    }
    first = {"namn": "Samtal", "dokumentation": RECORDED}
    old, new = revision(a={"delar": [first]}), revision(a={"delar": [first, part]})
    assert told(old, new) == [
        "Delen ”Anhörigkafé” läggs till i insatsen a. Den har målgruppen ”Den som hjälper en "
        "närstående” och dokumenteras avidentifierat. Deltagaren ska vara 65–99 år."
    ]


# Another name


def test_the_new_name_in_the_texts_is_no_matter_of_its_own() -> None:
    old = {"namn": "Prata ut", "innehåll": "Prata ut ges på skolan."}
    new = {"namn": "Snack", "innehåll": "Snack ges på skolan."}
    (change,) = telling(revision(a=old), revision(a=new)).changes
    assert change.clause == "insatsen Prata ut byter namn till Snack"
    assert {j.verdict for j in change.judgements} == {"editorial"}
    more = new | {"innehåll": "Snack ges på skolan efter remiss."}
    assert len(told(revision(a=old), revision(a=more))) == 2


# How many


def test_what_a_common_rule_touches_is_not_unchanged() -> None:
    rule = {"gemensamma_villkor": [{"typ": "folkbokföring", "område": "Exempels kommun"}]}
    one = telling(revision(a={}, b={}), revision(rule, a={}, b={}))
    assert one.closing == "Förslaget innebär en ändring, och ingen insats är oförändrad."
    written = {"villkor": rule["gemensamma_villkor"]}
    kept = telling(revision(a=written, b={}), revision(rule, a=written, b={}))
    assert kept.closing == "Förslaget innebär en ändring, och en insats är oförändrad."


def test_what_is_written_in_common_instead_changes_no_insats() -> None:
    rule = {"typ": "folkbokföring", "område": "Exempels kommun"}
    own, common = revision(a={"villkor": [rule]}), revision({"gemensamma_villkor": [rule]}, a={})
    for one in (telling(own, common), telling(common, own)):
        assert one.closing == "Förslaget innebär en ändring, och en insats är oförändrad."
        assert "ändring. En insats är oförändrad." in letter.html(one)
    other = telling(own, revision({"gemensamma_villkor": [rule]}, a={"syfte": "Annat."}))
    assert other.unchanged == 0


def test_a_rule_of_consent_that_becomes_common_is_one_matter_with_or_without_other_rules() -> None:
    rule, rest = {"under_15": "vårdnadshavare"}, {"från_15": "utan vårdnadshavare"}
    own = revision(a={"samtycke": rule}, b={"samtycke": rule | rest})
    common = revision({"samtycke": rule}, a={}, b={"samtycke": rest})
    said = (
        "Reglerna om samtycke för barn under 15 år flyttas till de gemensamma reglerna, vilket "
        "inte ändrar vad som gäller för insatserna a och b."
    )
    assert told(own, common) == [said]
    assert "flyttas från de gemensamma reglerna till insatserna a och b" in told(common, own)[0]
    stricter = revision({"samtycke": {"under_15": "samtliga vårdnadshavare"}}, a={}, b={})
    assert not any("flyttas" in text for text in told(own, stricter))


def test_another_demand_of_where_somebody_lives_is_told_as_that() -> None:
    old, new = ([{"typ": t, "område": "Exempels kommun"}] for t in ("folkbokföring", "vistelse"))
    text = "ravet på folkbokföring för insatsen a ersätts av ett krav på vistelse."
    assert told(revision(a={"villkor": old}), revision(a={"villkor": new})) == [f"K{text}"]
    common = [revision({"gemensamma_villkor": one}, a={}) for one in (old, new)]
    (said,) = told(*common)
    assert said.startswith("Det gemensamma kravet på folkbokföring ersätts av ett krav på vistelse")
    other = {"typ": "annat", "beskrivning": "Bor här."}
    assert "ersätts" not in told(revision(a={"villkor": old}), revision(a={"villkor": [other]}))[0]


def test_an_age_limit_is_told_as_one_whatever_its_reasons() -> None:
    limit = {"typ": "ålder", "ålder": {"från": 18, "avser": "deltagaren"}}
    why = limit | {"skäl": "Samtalen förs mellan vuxna.", "kontroll": "muntlig uppgift"}
    (gone,) = told(revision(a={"villkor": [why]}), revision(a={}))
    assert gone.startswith("Den nedre åldersgränsen på 18 år för insatsen a tas bort")
    assert "Skäl" not in gone and "skäl" not in gone
    (come,) = told(revision(a={}), revision(a={"villkor": [why]}))
    assert come.startswith("En nedre åldersgräns på 18 år införs för insatsen a")
    assert "Som skäl anges ”Samtalen förs mellan vuxna”." in come


def test_insatser_whose_parts_are_documented_otherwise_are_counted_once() -> None:
    level = {"dokumentation": {"nivå": "avidentifierad"}}
    parts = {"delar": [{"namn": "A", "dokumentation": RECORDED}, {"namn": "B"} | level]}
    new = revision(a=parts, b=level, c={"dokumentation": RECORDED})
    page = letter.html(telling(absent("k"), new))
    assert (
        "Av dem dokumenteras en på individnivå, en avidentifierat av särskilda skäl och en på "
        "olika sätt i sina delar." in page
    )


def test_the_summary_says_that_there_are_more() -> None:
    many = {i: {"avgift": {"belopp": "100 kronor"}, "namn": i} for i in "abcdefg"}
    units = [{"id": i, "namn": i} for i in "abcdefg"]
    old = revision({"avdelningar": units}, **{i: {"avdelning": i} for i in many})
    new = revision({"avdelningar": units}, **{i: one | {"avdelning": i} for i, one in many.items()})
    assert "<p>Därutöver finns två ändringar.</p>" in letter.html(telling(old, new))
    few = revision({"avdelningar": units}, **{i: {"avdelning": i, "syfte": "X"} for i in many})
    assert "Därutöver" not in letter.html(telling(few, few))


# What a court has annulled


def test_the_letter_tells_of_a_decision_that_a_court_has_annulled() -> None:
    first: Any = {"datum": "2025-06-10", "nämnd": "Socialnämnden", "paragraf": "§ 41"}
    second: Any = {"datum": "2025-10-20", "nämnd": "Socialnämnden", "paragraf": "§ 60"}
    record: Any = {
        "slag": "upphävande",
        "datum": "2025-12-01",
        "beslut": "2025-10-20",
        "domstol": "Förvaltningsrätten i X",
        "målnummer": "77-25",
        "laga_kraft": "2025-12-22",
    }
    base = revision(None, first, a={})
    later = replace(revision(None, second, a={"syfte": "X"}), handelser=(record,))
    found = Beslut("2025-10-20", cast("Any", None), later)
    kommun = Kommun("k", Path("k"), None, None, beslut=(found,))
    one = Telling(compare(base, revision(a={"syfte": "Y"})), sides=(kommun, kommun))
    page = letter.html(one)
    assert "Beslutet som gäller fattades den 10 juni 2025 (§ 41)." in page
    assert (
        "Beslutet den 20 oktober 2025 (§ 60) upphävdes den 1 december 2025 av Förvaltningsrätten i "
        "X (mål 77-25), med laga kraft den 22 december 2025." in page
    )
    assert "Nämnden beslutade senast" not in page and "upphävd" not in letter.html(
        telling(base, revision(a={"syfte": "Y"}))
    )
