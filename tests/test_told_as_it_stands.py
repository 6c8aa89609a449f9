"""Sentences that a secretary can leave as they stand: each kind of remark that one has had on a
letter, on texts of other insatser."""

from __future__ import annotations

from typing import Any

from insatskoll.catalogue.model import Revision
from insatskoll.diff.facts import compare
from insatskoll.diff.forms import letter
from insatskoll.diff.telling import Telling
from tests.revisions import revision


def told(old: Revision, new: Revision) -> list[str]:
    return Telling(compare(old, new)).summary


def of_one(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    return told(revision(a={"namn": "Verkstan"} | before), revision(a={"namn": "Verkstan"} | after))


# Conditions

LIVES = {
    "typ": "vistelse",
    "beskrivning": "Deltagaren ska vistas i Norrvik.",
    "skäl": "Platserna är få.",
    "kontroll": "samtal vid första besöket",
}


def test_the_reason_for_a_condition_is_a_sentence_of_its_own() -> None:
    (said,) = of_one({}, {"villkor": [LIVES]})
    assert "”Deltagaren ska vistas i Norrvik”. Som skäl anges ”Platserna är få”." in said
    assert "kontroll" not in said  # it stands in the whole condition


def test_a_condition_that_goes_is_told_without_why_it_was_asked_for() -> None:
    assert of_one({"villkor": [LIVES]}, {}) == [
        "Villkoret ”Deltagaren ska vistas i Norrvik” för insatsen Verkstan tas bort."
    ]


def test_a_condition_that_becomes_common_is_called_by_what_it_asks_for() -> None:
    old = revision(a={"villkor": [LIVES]}, b={"villkor": [LIVES]})
    (said,) = told(old, revision({"gemensamma_villkor": [LIVES]}, a={}, b={}))
    assert said.startswith("Villkoret ”Deltagaren ska vistas i Norrvik” flyttas till")


# Ages

YOUNG = {"avser": "den unge", "från": 16, "till": 20}


def limit(why: str, **age: Any) -> dict[str, Any]:
    return {"villkor": [{"typ": "ålder", "ålder": YOUNG | age, "skäl": why}]}


def test_the_years_of_the_young_are_told_and_the_reason_with_the_same_figures_with_them() -> None:
    old, new = (f"Verkstan är för den som är {years} år." for years in ("16–20", "14–20"))
    assert of_one(limit(old), limit(new, från=14)) == [
        "Den nedre gränsen för den unges ålder i insatsen Verkstan sänks från 16 till 14 år, så "
        "att insatsen även omfattar 14- och 15-åringar."
    ]
    (said,) = of_one(limit(old), limit(old, till=18))
    assert said.endswith("så att insatsen inte längre omfattar 19- och 20-åringar.")


def test_another_reason_for_an_age_is_told_by_itself() -> None:
    assert (
        len(of_one(limit("Lokalen är liten."), limit("De yngre har en fritidsgård.", från=18))) == 2
    )


# Consent


def test_why_no_consent_is_asked_for_is_a_sentence_of_its_own() -> None:
    asked = {"samtycke": {"under_15": "vårdnadshavare", "från_15": "vårdnadshavare"}}
    why = {"lämplighet": "Den unge söker hjälp på egen hand."}
    free = {"samtycke": asked["samtycke"] | {"från_15": "utan vårdnadshavare"} | why}
    (said,) = of_one(asked, free)
    assert said.endswith("insatsen Verkstan. Som skäl anges ”Den unge söker hjälp på egen hand”.")
    (said,) = of_one(free, asked)
    assert said.endswith("Hittills har ”Den unge söker hjälp på egen hand” angetts som skäl.")


def test_a_text_that_is_no_reason_for_that_is_told_as_a_text() -> None:
    asked = {"under_15": "vårdnadshavare"}
    (said,) = of_one({"samtycke": asked}, {"samtycke": asked | {"lämplighet": "Gruppen är lugn."}})
    assert "läggs till i reglerna om samtycke" in said and "Som skäl" not in said


# Forms, extents, and the municipality


def test_how_an_insats_is_given_is_said_in_adverbs() -> None:
    assert of_one({"form": ["individuell"]}, {"form": ["individuell", "digital"]}) == [
        "Insatsen Verkstan ges också digitalt."
    ]
    assert of_one({"form": ["grupp", "individuell"]}, {"form": ["individuell"]}) == [
        "Insatsen Verkstan ges inte längre i grupp."
    ]
    assert of_one({"form": ["grupp"]}, {"form": ["öppen verksamhet"]}) == [
        "Insatsen Verkstan ges som öppen verksamhet i stället för i grupp."
    ]


def test_an_extent_in_prose_stands_in_quotation_marks() -> None:
    counted = {"omfattning": {"högst": 4, "enhet": "träffar"}}
    prose = {"omfattning": {"beskrivning": "Två till sex träffar efter vad gruppen vill."}}
    assert of_one(counted, prose) == [
        "Omfattningen av insatsen Verkstan ändras från ”högst fyra träffar” till ”Två till sex "
        "träffar efter vad gruppen vill”."
    ]
    assert "”" not in of_one(counted, {"omfattning": {"högst": 5, "enhet": "träffar"}})[0]


def test_the_name_of_the_namnd_is_told_as_a_name() -> None:
    (said,) = told(revision({"nämnd": "Socialnämnden"}), revision({"nämnd": "Välfärdsnämnden"}))
    assert said == "Nämnden heter Välfärdsnämnden i stället för Socialnämnden."


def test_the_unit_of_time_between_follow_ups_is_said_once() -> None:
    old, new = (revision({"uppföljningsintervall": {"månader": many}}) for many in (12, 18))
    assert told(old, new) == ["Tiden mellan uppföljningarna förlängs från 12 till 18 månader."]


# The letter


def test_titles_stand_in_quotation_marks_and_names_as_in_a_sentence() -> None:
    bilaga = {"titel": "Förteckning", "beteckning": "Bilaga 3"}
    old = revision({"bilaga": bilaga}, a={"syfte": "Ett."}, b={"syfte": "Ett."})
    new = revision({"bilaga": bilaga}, a={"syfte": "Två saker."}, b={"syfte": "Helt annat."})
    page = letter.html(Telling(compare(old, new)))
    assert "beslutar att anta ”Förteckning” enligt bilaga 3," in page
    assert "en reviderad lydelse av ”Förteckning”." in page and "Bilaga 3 anger" in page
    notes = page.partition("Anteckningar till den som skriver")[2]
    assert notes and "samt:" not in notes


# Parts, extents, fees, units


def part(name: str, **data: Any) -> dict[str, Any]:
    return {"namn": name, "innehåll": f"Så går {name.lower()} till."} | data


def test_of_two_parts_one_that_goes_is_told_as_the_part_that_goes() -> None:
    level = {"dokumentation": {"nivå": "individnivå", "lagrum": "SoL 14 kap. 3 §"}}
    kept = {"omfattning": {"högst": 9, "enhet": "pass"}, "karaktär": "stöd"} | level
    advice = {"karaktär": "rådgivning", "dokumentation": {"nivå": "utan personliga förhållanden"}}
    parts = [part("Uppföljning", **advice), part("Träningen", **kept)]
    (said, *_) = of_one({"delar": parts}, {"innehåll": "Träningen: så går träningen till."} | kept)
    assert said.startswith(
        "Delen ”Uppföljning” i insatsen Verkstan tas bort, och insatsen delas inte längre in i "
        "delar. Insatsen dokumenteras på individnivå"
    )
    assert "Uppdelningen" not in said


def test_the_same_of_all_parts_is_said_once() -> None:
    why = "Gruppen är öppen för alla."
    exempt = {"särskilda_skäl": {"åberopas": "ja", "grund": "mötesplats", "motivering": why}}
    whole = {"dokumentation": {"nivå": "avidentifierad"} | exempt}
    parts = [part(name, dokumentation={"nivå": "individnivå"}) for name in ("Kök", "Verkstad")]
    (said, *_) = of_one(whole, {"delar": parts})
    assert why.removesuffix(".") not in said and said.count("på individnivå") == 1


def test_a_number_and_a_length_are_told_one_by_one() -> None:
    old = {"antal": 4, "enhet": "kvällar", "längd": "3 timmar", "gruppstorlek": "6–8 föräldrar"}
    new = old | {"antal": 5, "längd": "2 timmar"}
    assert of_one({"omfattning": old}, {"omfattning": new}) == [
        "Antalet kvällar i insatsen Verkstan höjs från fyra till fem och varje tillfälle "
        "förkortas från 3 till 2 timmar."
    ]


def test_an_extent_of_all_beside_those_of_the_parts_is_not_told_as_common() -> None:
    parts = {"delar": [part(n, omfattning={"antal": 3, "enhet": "samtal"}) for n in ("A", "B")]}
    (said,) = of_one(parts, parts | {"omfattning": {"högst": 5, "enhet": "samtal"}})
    assert "gemensamt" not in said and "ändrar inte" not in said


def test_a_sum_in_place_of_a_text_is_told_as_the_sum() -> None:
    taken = {"avgift": {"beskrivning": "En avgift tas ut."}}
    assert of_one(taken, {"avgift": {"belopp": "90 kronor per gång", "grund": "KF § 2"}}) == [
        "Avgiften för insatsen Verkstan anges till 90 kronor per gång."
    ]


def given_by(*units: str) -> dict[str, Any]:
    return {"utförare": {"regi": "egen", "enheter": list(units)}}


UNITS = {"x": "Kompassen", "y": "Vuxenenheten", "z": "Familjehuset"}


def with_units(*ids: str, **insatser: Any) -> Revision:
    return revision({"enheter": [{"id": i, "namn": UNITS[i]} for i in ids]}, **insatser)


def test_a_unit_that_another_takes_the_place_of_everywhere_is_one_matter() -> None:
    old = with_units("x", "y", a=given_by("x"), b=given_by("x", "y"), c=given_by("y"))
    new = with_units("z", "y", a=given_by("z"), b=given_by("z", "y"), c=given_by("y"))
    found = Telling(compare(old, new)).changes
    assert "Enheten Kompassen ersätts av Familjehuset." in [one.main_clause for one in found]
    assert {j.verdict for one in found for j in one.judgements} == {"other-provider"}


def test_a_unit_that_gives_something_else_is_not_one_in_the_place_of_another() -> None:
    old = with_units("x", "y", a=given_by("x"), b=given_by("x"), c=given_by("y"))
    new = with_units("z", "y", a=given_by("z"), b=given_by("y"), c=given_by("y"))
    assert told(old, new) == [
        "Insatsen a ges av Familjehuset i stället för av Kompassen.",
        "Insatsen b ges av Vuxenenheten i stället för av Kompassen.",
    ]


# Consent that follows from the ages


def of_ages(low: int, **consent: str) -> dict[str, Any]:
    age = {"typ": "ålder", "ålder": {"avser": "deltagaren", "från": low, "till": 20}}
    return {"villkor": [age], "samtycke": {"från_15": "vårdnadshavare"} | consent}


def test_consent_for_children_who_no_longer_come_is_told_with_that() -> None:
    young = of_ages(12, under_15="vårdnadshavare")
    said = of_one(young, of_ages(16))
    assert said[-1].endswith("tas bort, eftersom insatsen inte längre ges till så unga.")
    said = of_one(of_ages(16), young)
    assert said[-1] == (
        "Samtycke från vårdnadshavare krävs för barn under 15 år, som nu kan delta i insatsen "
        "Verkstan."
    )
    (only,) = of_one(young, of_ages(12))  # as many may come as before
    assert "eftersom" not in only


# What is common, and what is about children


def test_insatser_that_only_what_is_common_changes_are_counted_by_themselves() -> None:
    (old, new) = (
        revision(common, a={"syfte": why}, b={}, c={})
        for common, why in (
            ({}, "Ett."),
            ({"gemensamma_villkor": [LIVES]}, "Att alla ska må bra."),
        )
    )
    page = letter.html(Telling(compare(old, new)))
    assert "En insats ändras. En ändring gäller det som är gemensamt i bilagan. Två" in page
    assert "Två insatser berörs bara av det som ändras gemensamt." in page


def test_an_analysis_of_insatser_for_adults_is_not_told_as_about_children() -> None:
    adults = {"målgrupp": {"deltagare": ["vuxna"]}}
    for deltagare, about in ((adults, False), ({"målgrupp": {"deltagare": ["barn"]}}, True)):
        old = revision(a=deltagare)
        new = revision(
            None, None, {"a": {"namn": "A", "innehåll": "Här är risken liten."}}, a=deltagare
        )
        page = letter.html(Telling(compare(old, new)))
        assert ("De här ändringarna rör barn" in page) is about


# Lists, and extents that are counted in another way


def test_what_is_noted_besides_is_told_by_itself_also_beside_what_is_long() -> None:
    long = f"sådant som {'är viktigt för uppföljningen, ' * 3}utan namn"
    old, new = (revision({"uppföljning": [long, *more]}) for more in ([], ["antal besök"]))
    assert told(old, new) == ["Det som alltid antecknas för uppföljning utökas med antal besök."]
    assert told(new, old) == ["Det som alltid antecknas för uppföljning minskas med antal besök."]


def test_a_limit_in_place_of_a_least_number_is_told_as_another_extent() -> None:
    least, most = ({"omfattning": {key: 4, "enhet": "samtal"}} for key in ("lägst", "högst"))
    assert of_one(least, most) == [
        "Omfattningen av insatsen Verkstan ändras från minst fyra till högst fyra samtal."
    ]


# Conditions by their texts, days, and rules of consent


def test_a_text_that_is_struck_from_a_condition_is_not_the_condition() -> None:
    age = {"typ": "ålder", "ålder": {"avser": "deltagaren", "från": 13}}
    described = age | {"beskrivning": "Ungdomar i Norrvik."}
    assert of_one({"villkor": [described]}, {"villkor": [age]}) == [
        "”Ungdomar i Norrvik” stryks ur villkoret om ålder för insatsen Verkstan."
    ]
    assert of_one({"villkor": [age]}, {"villkor": [described]}) == [
        "”Ungdomar i Norrvik” läggs till i villkoret om ålder för insatsen Verkstan."
    ]


def test_an_age_of_somebody_else_is_told_as_what_is_asked_for() -> None:
    (was, now) = (
        {"villkor": [{"typ": "ålder", "ålder": {"avser": whose, "från": 5, "till": 9}}]}
        for whose in ("deltagaren", "barnet")
    )
    assert of_one(was, now) == [
        "Ålderskravet för insatsen Verkstan ändras från att deltagaren ska vara 5–9 år till att "
        "barnet ska vara 5–9 år."
    ]


def test_the_days_of_an_insats_are_one_matter_and_its_name_ends_in_no_stop() -> None:
    days = {"gäller_från": "2026-08-01", "gäller_till": "2027-06-30"}
    old, new = revision(a={"namn": "Verkstan."}), revision(a={"namn": "Verkstan."} | days)
    assert told(old, new) == [
        "Insatsen Verkstan gäller från och med den 1 augusti 2026 och gäller till och med den 30 "
        "juni 2027 i stället för tills vidare."
    ]
    assert "Insatsen Verkstan gäller från och med" in letter.html(Telling(compare(old, new)))


def test_new_rules_of_consent_are_told_in_sentences_with_the_reason() -> None:
    why = "Den unge väljer själv."
    rules = {"under_15": "vårdnadshavare", "från_15": "utan vårdnadshavare", "lämplighet": why}
    (said,) = of_one({}, {"samtycke": rules})
    assert said.startswith("Regler om samtycke läggs till för insatsen Verkstan. För barn under")
    assert said.endswith("och som skäl anges ”Den unge väljer själv”.")


def test_an_insats_of_an_old_decision_without_a_type_stops_no_letter() -> None:
    old = revision(a={}, b={})
    for insats in old.insatser:
        insats.data.pop("insatstyp", None)  # type: ignore[misc]
    page = letter.html(Telling(compare(old, revision(a={"syfte": "Ett."}, b={}))))
    assert "Förslag till beslut" in page
    assert "Förslag till beslut" in letter.html(Telling(compare(revision(a={}), old)))


# What is told twice in a letter


def test_a_new_insats_is_described_once_and_told_in_short_elsewhere() -> None:
    rules = {"under_15": "vårdnadshavare", "från_15": "vårdnadshavare"}
    new: dict[str, Any] = {"målgrupp": {"beskrivning": "Barn som sörjer.", "deltagare": ["barn"]}}
    new |= {"samtycke": rules, "namn": "Sorgegruppen", "innehåll": "Barnen träffas. " * 20}
    page = letter.html(Telling(compare(revision(b={}), revision(b={}, a=new))))
    children = page.partition("Konsekvenser för barn")[2].partition("<h2>")[0]
    assert "Sorgegruppen läggs till som ny insats. Fler barn kan delta." in children
    assert "målgruppen" not in children
    assert "och detsamma gäller för barn som har fyllt 15 år" in children


def test_a_level_in_place_of_reasons_alone_is_told_as_the_level() -> None:
    reasons = {"särskilda_skäl": {"åberopas": "ja", "motivering": "De ska våga komma."}}
    now = {"dokumentation": {"nivå": "individnivå", "lagrum": "SoL 14 kap. 3 §"}}
    assert of_one({"dokumentation": reasons}, now) == [
        "Insatsen Verkstan dokumenteras på individnivå (SoL 14 kap. 3 §). Hittills har ”De ska "
        "våga komma” angetts som skäl."
    ]


# Documentation


EXEMPT: dict[str, Any] = {
    "nivå": "avidentifierad",
    "lagrum": "SoL 14 kap. 5 §",
    "omfattar": "alla",
    "beslut": "Nämnden 2025-05-20 § 77",
    "särskilda_skäl": {"grund": "mötesplats", "motivering": "De ska våga komma."},
    "uppföljning": ["antal besökare"],
}
INDIVIDUAL = {"nivå": "individnivå", "lagrum": "SoL 14 kap. 3 §"}


def documented(one: dict[str, Any]) -> dict[str, Any]:
    return {"dokumentation": one}


def test_an_exemption_that_has_ended_is_one_sentence() -> None:
    assert of_one(documented(EXEMPT), documented(INDIVIDUAL)) == [
        "Insatsen Verkstan dokumenteras på individnivå (SoL 14 kap. 3 §) i stället för "
        "avidentifierat av särskilda skäl (SoL 14 kap. 5 §)."
    ]


def test_what_is_noted_no_longer_is_told_where_not_all_is_documented() -> None:
    advice = {"nivå": "utan personliga förhållanden", "lagrum": "SoL 14 kap. 4 §"}
    (said,) = of_one(documented(EXEMPT), documented(advice))
    assert said.endswith(". För uppföljning har alltid antecknats antal besökare.")
    assert "Hittills" not in said


def test_the_reasons_for_a_new_exemption_are_told() -> None:
    (said,) = of_one(documented(INDIVIDUAL), documented(EXEMPT))
    assert "Som grund anges mötesplats och som skäl ”De ska våga komma”. Undantaget gäller" in said


def test_the_decision_on_an_exemption_is_a_reference() -> None:
    again = EXEMPT | {"beslut": "Nämnden 2025-10-14 § 90"}
    without = {key: one for key, one in EXEMPT.items() if key != "beslut"}
    reference = "änvisningen till beslutet om undantaget för insatsen Verkstan"
    assert of_one(documented(EXEMPT), documented(again)) == [
        f"H{reference} ändras från Nämnden 2025-05-20 § 77 till Nämnden 2025-10-14 § 90."
    ]
    assert of_one(documented(EXEMPT), documented(without)) == [
        f"H{reference}, Nämnden 2025-05-20 § 77, tas bort."
    ]
    (said,) = of_one(documented(INDIVIDUAL | {"beslut": "§ 1"}), documented(INDIVIDUAL))
    assert "beslutet om dokumentationen av insatsen" in said  # there is no exemption


def test_whom_an_exemption_is_for_is_told_of_the_exemption() -> None:
    some = EXEMPT | {"omfattar": "Gäller den som kommer till kaféet."}
    (said,) = of_one(documented(EXEMPT), documented(some))
    assert said == (
        "Undantaget från dokumentation på individnivå i insatsen Verkstan gäller den som kommer "
        "till kaféet i stället för alla."
    )


# Extents


def extent(**fields: Any) -> dict[str, Any]:
    return {"omfattning": {"enhet": "timmar"} | fields}


def test_for_how_long_a_number_is_stands_with_it() -> None:
    assert of_one(extent(högst=6, period="per år"), extent(högst=8, period="per år")) == [
        "Omfattningen av insatsen Verkstan utökas från högst sex till högst åtta timmar per år."
    ]
    (said,) = of_one(extent(högst=6, period="per år"), extent(högst=6, period="per månad"))
    assert "från högst sex timmar per år till högst sex timmar per månad" in said


def test_how_often_a_course_is_given_is_not_how_many_each_time() -> None:
    weekly = {"antal": 10, "enhet": "träffar", "frekvens": "varannan vecka"}
    (said,) = of_one({"omfattning": weekly}, {"omfattning": weekly | {"antal": 8}})
    assert "träffar varannan" not in said


def test_how_often_and_how_long_are_told_each_by_itself() -> None:
    course = {"antal": 10, "enhet": "träffar", "frekvens": "varannan vecka", "period": "5 månader"}
    shorter = course | {"frekvens": "varje vecka", "period": "tre månader"}
    (said,) = of_one({"omfattning": course}, {"omfattning": shorter})
    assert said == (
        "Insatsen Verkstan ges varje vecka i stället för varannan vecka och tiden förkortas från "
        "5 till tre månader."
    )


# Texts


def test_a_sentence_more_in_a_short_text_is_told_alone() -> None:
    one, two = "Vi lagar mat.", "Vi lagar mat. Den som vill får med sig en låda."
    assert of_one({"innehåll": one}, {"innehåll": two}) == [
        "”Den som vill får med sig en låda” läggs till i innehållet i insatsen Verkstan."
    ]
    assert of_one({"innehåll": two}, {"innehåll": one}) == [
        "”Den som vill får med sig en låda” stryks ur innehållet i insatsen Verkstan."
    ]
    (said,) = of_one({"innehåll": one}, {"innehåll": "Vi äter. Den som vill får en låda."})
    assert "ändras från ”Vi lagar mat” till" in said


def test_personnel_that_is_named_is_told_as_such() -> None:
    group = {"utförare": {"regi": "egen", "personal": ["kuratorer"]}}
    (said,) = of_one({"utförare": {"regi": "egen"}}, group)
    assert said == "Kuratorer anges som personal i insatsen Verkstan."


# An insats that is divided


ADVICE = {"nivå": "utan personliga förhållanden", "lagrum": "SoL 14 kap. 4 §"}


def test_a_new_part_is_told_as_what_it_is_and_the_other_as_what_the_insats_was() -> None:
    whole = {"omfattning": {"högst": 6, "enhet": "samtal"}, "dokumentation": INDIVIDUAL}
    new = {"omfattning": {"högst": 2, "enhet": "samtal"}, "dokumentation": ADVICE}
    (said, *_) = of_one(whole, {"delar": [part("Råd", **new), part("Stöd", **whole)]})
    assert said == (
        "Insatsen Verkstan delas in i delarna ”Råd” och ”Stöd”. Delen ”Råd” omfattar högst två "
        "samtal och dokumenteras utan uppgifter om personliga förhållanden (SoL 14 kap. 4 §). "
        "Delen ”Stöd” omfattar högst sex samtal och dokumenteras på individnivå (SoL 14 kap. 3 §), "
        "liksom insatsen hittills."
    )


def test_what_no_part_is_as_the_insats_was_is_told_of_the_insats() -> None:
    whole = {"dokumentation": EXEMPT}
    parts = [part("Råd", dokumentation=ADVICE), part("Stöd", dokumentation=INDIVIDUAL)]
    (said, *_) = of_one(whole, {"delar": parts})
    assert said.endswith(
        "Hittills har insatsen dokumenterats avidentifierat av särskilda skäl (SoL 14 kap. 5 §)."
    )
    assert "i stället" not in said and "De ska våga komma" not in said


def test_the_reasons_of_a_part_are_told_with_it() -> None:
    parts = [part("Kafé", dokumentation=EXEMPT), part("Stöd", dokumentation=INDIVIDUAL)]
    (said, *_) = of_one({"dokumentation": INDIVIDUAL}, {"delar": parts})
    assert "Som grund anges mötesplats och som skäl ”De ska våga komma”." in said
    assert said.endswith("liksom insatsen hittills.")


def test_a_part_that_keeps_some_is_told_which() -> None:
    whole = {"omfattning": {"högst": 6, "enhet": "samtal"}, "dokumentation": INDIVIDUAL}
    more = {"omfattning": {"beskrivning": "Efter behov."}, "dokumentation": INDIVIDUAL}
    parts = [part("Råd", **whole | {"dokumentation": ADVICE}), part("Stöd", **more)]
    (said, *_) = of_one(whole, {"delar": parts})
    assert "”Råd” omfattar som hittills högst sex samtal och dokumenteras utan" in said
    assert "”Stöd” har omfattningen ”Efter behov” och dokumenteras som hittills på" in said
    assert "Hittills har insatsen" not in said


def test_a_condition_of_one_part_is_still_told() -> None:
    age = {"villkor": [{"typ": "ålder", "ålder": {"från": 18, "avser": "deltagaren"}}]}
    (said, *_) = of_one({}, {"delar": [part("Råd", **age), part("Stöd")]})
    assert "åldersgräns på 18 år" in said


def test_how_long_a_new_insats_goes_on_is_said_as_that() -> None:
    new = {"omfattning": {"period": "sex månader"}, "målgrupp": {"beskrivning": "Alla."}}
    (said, *_) = told(revision(), revision(a=new))
    assert "pågår i sex månader" in said and "omfattar under" not in said


def test_what_is_stated_of_an_extent_is_told_alone() -> None:
    course = {"antal": 8, "enhet": "träffar", "frekvens": "varannan vecka"}
    more = course | {"gruppstorlek": "5–8 anhöriga"}
    assert of_one({"omfattning": course}, {"omfattning": more}) == [
        "Gruppstorleken i insatsen Verkstan anges till 5–8 anhöriga."
    ]
    (said,) = of_one({"omfattning": more}, {"omfattning": course})
    assert said == "Uppgiften om gruppstorleken i insatsen Verkstan, 5–8 anhöriga, tas bort."


def test_the_most_for_a_time_that_goes_is_a_limit() -> None:
    limit = {"omfattning": {"högst": 6, "enhet": "timmar", "period": "per månad"}}
    assert of_one(limit, {}) == [
        "Begränsningen av insatsen Verkstan till högst sex timmar per månad tas bort."
    ]
    course = {"omfattning": {"högst": 6, "enhet": "timmar", "period": "två månader"}}
    assert "egränsningen" not in of_one(course, {})[0]


def test_numbers_that_are_compared_are_written_alike() -> None:
    (said,) = of_one(extent(högst=10), extent(högst=15))
    assert "från högst 10 till högst 15 timmar" in said


def test_a_number_beside_something_else_tells_its_own_direction() -> None:
    old = {"högst": 5, "enhet": "samtal", "längd": "60 minuter"}
    new = old | {"högst": 8, "längd": "45 minuter"}
    assert of_one({"omfattning": old}, {"omfattning": new}) == [
        "Antalet samtal i insatsen Verkstan höjs från högst fem till högst åtta och varje "
        "tillfälle förkortas från 60 till 45 minuter."
    ]


def test_days_with_a_till_of_their_own_stand_in_quotation_marks() -> None:
    open_days = [{"omfattning": {"frekvens": d}} for d in ("måndag till fredag", "helger")]
    (said,) = of_one(*open_days)
    assert "från ”måndag till fredag” till ”helger”" in said


def test_one_sentence_of_several_is_told_alone_in_a_short_text_too() -> None:
    texts = [{"innehåll": f"Kom in. Kaféet har öppet {n} dagar."} for n in ("tre", "två")]
    assert of_one(*texts) == [
        "”Kaféet har öppet tre dagar” i innehållet i insatsen Verkstan ersätts av ”Kaféet har "
        "öppet två dagar”."
    ]


# Conditions


def living(**more: Any) -> dict[str, Any]:
    return {"villkor": [{"typ": "folkbokföring", "område": "Exempels kommun"} | more]}


def test_a_demand_to_live_somewhere_says_whom_it_shuts_out_and_lets_in() -> None:
    asked = "krav på folkbokföring i Exempels kommun"
    assert of_one({}, living()) == [
        f"Ett {asked} införs för insatsen Verkstan, så att den som inte är folkbokförd där inte "
        "längre kan få insatsen utan behovsprövning."
    ]
    assert of_one(living(), {}) == [
        "Kravet på folkbokföring i Exempels kommun för insatsen Verkstan tas bort, så att även den "
        "som inte är folkbokförd där kan få insatsen utan behovsprövning."
    ]
    (said,) = of_one({}, living(gäller="den som är ung"))
    assert "inte längre" not in said  # not everybody


def test_a_demand_that_all_share_already_shuts_nobody_out() -> None:
    common = {"gemensamma_villkor": living()["villkor"]}
    said = " ".join(told(revision(common, a={}), revision(common, a=living())))
    assert "inte längre kan få" not in said


def test_an_age_of_the_children_is_a_demand() -> None:
    asked = {"typ": "ålder", "ålder": {"till": 1, "avser": "deltagarens barn"}}
    (said,) = of_one({}, {"villkor": [asked]})
    assert said.startswith("En övre gräns på 1 år för barnens ålder införs för")


def test_where_a_condition_asks_to_live_is_told_as_whom_it_holds_for() -> None:
    (said,) = of_one(living(), living(område="Ängs kommun"))
    assert "gäller Ängs kommun i stället för Exempels kommun" in said


def test_who_no_longer_can_get_what_is_taken_away_is_told() -> None:
    aged: dict[str, Any] = {
        "namn": "Drogprov",
        "villkor": [{"typ": "ålder", "ålder": {"från": 12, "till": 20, "avser": "deltagaren"}}],
    }
    (said,) = told(revision(b={}, a=aged), revision(b={}))
    assert said == (
        "Insatsen Drogprov tas bort, så att 12–20-åringar inte längre kan få den utan "
        "behovsprövning."
    )
    parts = aged | {"delar": [part("A"), part("B")]}
    for one in (parts, aged | {"villkor": []}):
        (said,) = told(revision(b={}, a=one), revision(b={}))
        assert said == "Insatsen Drogprov tas bort."


# Consent


def test_another_reason_for_asking_for_no_consent_is_a_reason() -> None:
    free = {"under_15": "vårdnadshavare", "från_15": "utan vårdnadshavare"}
    sides = ({"samtycke": free | {"lämplighet": text}} for text in ("Kort.", "De söker själva."))
    assert of_one(*sides) == [
        "Skälet till att samtycke från vårdnadshavare inte krävs för barn som har fyllt 15 år i "
        "insatsen Verkstan ändras från ”Kort” till ”De söker själva”."
    ]


def test_whose_consent_is_asked_for_stands_apart_from_whose_children_they_are() -> None:
    sides = ({"samtycke": {"under_15": w}} for w in ("vårdnadshavare", "samtliga vårdnadshavare"))
    assert of_one(*sides) == [
        "Samtycke för barn under 15 år i insatsen Verkstan krävs från samtliga vårdnadshavare i "
        "stället för från vårdnadshavare."
    ]


# Units


def test_a_unit_that_goes_with_what_it_gave_is_not_told_by_itself() -> None:
    units = {"enheter": [{"id": "hus", "namn": "Huset"}, {"id": "lag", "namn": "Laget"}]}
    gives = [{"utförare": {"regi": "egen", "enheter": [one]}} for one in ("hus", "lag")]
    left: Any = {"enheter": units["enheter"][1:]}
    old, new = revision(units, a=gives[0]), revision(left, a=gives[1])
    assert told(old, new) == ["Insatsen a ges av Laget i stället för av Huset."]
    (change,) = Telling(compare(old, new)).changes
    assert [fact.subject.kind for fact in change.every_fact] == ["insats", "kommun"]
    assert len(change.facts) == 1
    assert told(revision(units, a=gives[1]), new) == ["Enheten Huset tas bort."]


# Insatser that are merged


def test_whom_what_is_merged_is_for_is_told_as_it_is_and_as_it_was() -> None:
    def group(text: str, **more: Any) -> dict[str, Any]:
        return {"målgrupp": {"beskrivning": text}, "innehåll": "Vi fikar.", **more}

    old = revision(a=group("Äldre.", namn="Dagträff"), b=group("Äldre som är ensamma.", namn="Sol"))
    new = revision(c=group("Äldre.", namn="Solträff", tidigare_id=["a", "b"]))
    (said,) = told(old, new)
    assert (
        "Målgruppen är ”Äldre”, där den hittills har varit ”Äldre som är ensamma” för Sol." in said
    )
    assert "stryks" not in said
