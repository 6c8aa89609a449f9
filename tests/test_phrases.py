"""The sentences that the bilaga is made of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from insatskoll.bilaga import phrases

if TYPE_CHECKING:
    from insatskoll.reading.schema_types import (
        Dokumentation,
        InsatsData,
        Samtycke,
        Utforare,
        Villkor,
    )


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"från": 13, "till": 20}, "13–20 år"),
        ({"från": 21}, "från 21 år"),
        (
            {"till": 6, "förtydligande": "tills barnet börjar förskoleklass"},
            "till och med 6 år (tills barnet börjar förskoleklass)",
        ),
        ({"från": 0, "till": 18, "enhet": "månader"}, "0–18 månader"),
        ({"till": 1, "enhet": "månader"}, "till och med 1 månad"),
        ({"från": 3, "till": 19, "enhet": "ej angiven"}, "3–19"),
        ({"från": 15, "till": 15}, "15 år"),
        ({"från": 0, "till": 0}, "0 år"),
    ],
)
def test_alder(data: Any, said: str) -> None:
    age: Any = {"avser": "deltagaren", **data}
    assert phrases.alder(age) == said


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"från": 21, "avser": "deltagaren"}, "deltagaren ska ha fyllt 21 år"),
        ({"från": 3, "till": 18, "avser": "deltagarens barn"}, "deltagarens barn ska vara 3–18 år"),
        (
            {"till": 6, "avser": "deltagarens barn", "förtydligande": "tills"},
            "deltagarens barn ska vara högst 6 år (tills)",
        ),
        (
            {"från": 3, "avser": "deltagaren", "enhet": "ej angiven"},
            "deltagarens ålder ska vara lägst 3",
        ),
        ({"till": 16, "avser": "barnet", "enhet": "ej angiven"}, "barnets ålder ska vara högst 16"),
        (
            {"från": 6, "till": 16, "avser": "den unge", "enhet": "ej angiven"},
            "den unge ska vara i åldrarna 6–16",
        ),
        (
            {"från": 1, "till": 1, "avser": "barnet", "enhet": "ej angiven"},
            "barnets ålder ska vara 1",
        ),
        (
            {
                "från": 3,
                "till": 19,
                "avser": "deltagarens barn",
                "enhet": "ej angiven",
                "förtydligande": "tills",
            },
            "deltagarens barn ska vara i åldrarna 3–19 (tills)",
        ),
        (
            {"från": 6, "avser": "deltagarens barn", "enhet": "månader"},
            "deltagarens barn ska ha fyllt 6 månader",
        ),
    ],
)
def test_alder_avser(data: Any, said: str) -> None:
    assert phrases.alder_avser(data) == said


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"högst": 7, "enhet": "stödsamtal"}, "högst sju stödsamtal"),
        ({"antal": 5, "enhet": "gruppträffar"}, "fem gruppträffar"),
        ({"antal": 1, "enhet": "gruppträffar"}, "en gruppträff"),
        ({"antal": 1, "enhet": "samtal", "längd": "en timme"}, "ett samtal, en timme"),
        ({"lägst": 1, "enhet": "samtal"}, "minst ett samtal"),
        ({"lägst": 2, "högst": 13, "enhet": "träffar"}, "minst två träffar och högst 13 träffar"),
        ({"antal": 12, "enhet": "veckor"}, "tolv veckor"),
        (
            {
                "högst": 1,
                "enhet": "nätter",
                "frekvens": "en natt i taget",
                "gäller": "personer som är folkbokförda",
            },
            "högst en natt, en natt i taget, för personer som är folkbokförda",
        ),
        (
            {"antal": 7, "enhet": "tillfällen", "frekvens": "en gång per vecka"},
            "sju tillfällen, en gång per vecka",
        ),
        ({"period": "cirka två månader"}, "under cirka två månader"),
        # how often it is says nothing of how much it is in all, though it begins with the same
        # count
        (
            {"högst": 2, "enhet": "hembesök", "frekvens": "två hembesök per vecka"},
            "högst två hembesök, två hembesök per vecka",
        ),
        (
            {"antal": 2, "enhet": "träffar", "frekvens": "två träffar per vecka"},
            "två träffar, två träffar per vecka",
        ),
        ({"period": "terminsvis"}, "terminsvis"),
        ({"period": "ungefär 6–7 veckor"}, "under ungefär 6–7 veckor"),
        ({"period": "två och ett halvt år"}, "under två och ett halvt år"),
        ({"period": "tre gånger om året"}, "tre gånger om året"),
        ({"period": "två dagar i veckan"}, "två dagar i veckan"),
        ({"period": "en natt i taget"}, "en natt i taget"),
        (
            {"antal": 2, "enhet": "samtal", "gäller": "för personer i Ekbacka"},
            "två samtal, för personer i Ekbacka",
        ),
        ({"gäller": "för personer i Ekbacka"}, "gäller för personer i Ekbacka"),
        ({"gäller": "gäller alla"}, "gäller alla"),
        ({"gruppstorlek": "grupper om 4–8 personer"}, "i grupper om 4–8 personer"),
        ({"gruppstorlek": "i grupper om 4–8 personer"}, "i grupper om 4–8 personer"),
        ({"gruppstorlek": "små grupper"}, "i små grupper"),
        (
            {"högst": 3, "enhet": "samtal", "längd": "60–90 minuter"},
            "högst tre samtal, 60–90 minuter per gång",
        ),
        ({"enhet": "samtal"}, "samtal"),
        ({"gruppstorlek": "25–30 föräldrar"}, "i grupper om 25–30 föräldrar"),
        ({"gäller": "alla"}, "gäller alla"),
        ({"beskrivning": "Antalet samtal varierar."}, "Antalet samtal varierar"),
        (
            {"högst": 2, "enhet": "prov", "beskrivning": "antalet varierar"},
            "högst två prov. Antalet varierar",
        ),
    ],
)
def test_omfattning(data: Any, said: str) -> None:
    assert phrases.omfattning(data) == said


def test_every_unit_has_a_singular() -> None:
    import json

    from insatskoll.resources import SCHEMA

    schema = json.loads((SCHEMA / "gemensamt.schema.json").read_text("utf-8"))
    units = schema["$defs"]["omfattning"]["properties"]["enhet"]["enum"]
    assert set(phrases.extents.SINGULAR) == set(units)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"nivå": "individnivå"}, "på individnivå"),
        (
            {"nivå": "utan personliga förhållanden", "lagrum": "SoL 14 kap. 4 §"},
            "utan uppgifter om personliga förhållanden (SoL 14 kap. 4 §)",
        ),
        ({"nivå": "avidentifierad"}, "avidentifierat"),
        (
            {"nivå": "avidentifierad", "särskilda_skäl": {"åberopas": "ja"}},
            "avidentifierat av särskilda skäl",
        ),
        (
            {"nivå": "avidentifierad", "särskilda_skäl": {"åberopas": "nej"}},
            "avidentifierat. Särskilda skäl åberopas inte",
        ),
        (
            {
                "nivå": "avidentifierad",
                "lagrum": "SoL 14 kap. 5 §",
                "särskilda_skäl": {"grund": "anonymitet", "motivering": "Gruppen avstår annars."},
                "omfattar": "alla",
                "beslut": "Socialnämnden § 103",
                "uppföljning": ["antal deltagare", "tid"],
                "beskrivning": "utan namn",
            },
            "avidentifierat av särskilda skäl (SoL 14 kap. 5 §). Undantaget gäller alla. "
            "Skälen gäller anonymitet: "
            "Gruppen avstår annars. "
            "Beslut: Socialnämnden § 103. För uppföljning antecknas alltid "
            "antal deltagare och tid. Utan namn",
        ),
        ({"lagrum": "SoL 14 kap. 3 §"}, "på individnivå (SoL 14 kap. 3 §)"),
        (
            {"lagrum": "14:5 §", "särskilda_skäl": {"motivering": "Få kommer annars."}},
            "avidentifierat av särskilda skäl (14:5 §). Skälen är följande: Få kommer annars",
        ),
        (
            {"särskilda_skäl": {"åberopas": "ja", "motivering": "Få kommer annars."}},
            "särskilda skäl åberopas. Skälen är följande: Få kommer annars",
        ),
        ({"uppföljning": ["antal"]}, "För uppföljning antecknas alltid antal"),
    ],
)
def test_dokumentation(data: Any, said: str) -> None:
    assert phrases.dokumentation(data) == said


def test_dokumenteras_is_a_sentence() -> None:
    assert phrases.dokumenteras({"nivå": "individnivå"}) == "Dokumenteras på individnivå."
    assert phrases.dokumenteras({"omfattar": "alla"}) == "Dokumentationen gäller alla."


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (
            {"typ": "ålder", "ålder": {"från": 18, "avser": "deltagaren"}},
            "Deltagaren ska ha fyllt 18 år",
        ),
        (
            {
                "typ": "ålder",
                "beskrivning": "Barn.",
                "ålder": {"från": 5, "till": 20, "avser": "deltagaren"},
                "kontroll": "id",
            },
            "Barn som är 5–20 år. Kontroll: id",
        ),
        (
            {
                "typ": "folkbokföring",
                "område": "Exempels kommun",
                "gäller": "fler än en natt",
                "skäl": "platserna är få",
            },
            (
                "För fler än en natt ska den sökande vara folkbokförd i Exempels kommun. "
                "Skäl: platserna är få"
            ),
        ),
        (
            {"typ": "vistelse", "område": "Exempels kommun"},
            "Den sökande ska vistas i Exempels kommun",
        ),
        (
            {
                "typ": "folkbokföring",
                "beskrivning": "Barn och ungdomar.",
                "område": "Uppsala kommun",
            },
            "Barn och ungdomar ska vara folkbokförda i Uppsala kommun",
        ),
        (
            {"typ": "folkbokföring", "beskrivning": "barnet", "område": "Exempel"},
            "Barnet ska vara folkbokfört i Exempel",
        ),
        (
            {"typ": "folkbokföring", "beskrivning": "Den unge.", "område": "Exempel"},
            "Den unge ska vara folkbokförd i Exempel",
        ),
        (
            {
                "typ": "vistelse",
                "beskrivning": "Föräldrarna",
                "område": "Exempel",
                "kontroll": "id",
            },
            "Föräldrarna ska vistas i Exempel. Kontroll: id",
        ),
        (
            {"typ": "folkbokföring", "beskrivning": "Barn som är utsatta.", "område": "Exempel"},
            "Barn som är utsatta. Den sökande ska vara folkbokförd i Exempel",
        ),
        ({"typ": "bakgrund", "beskrivning": "Barn.", "område": "Exempel"}, "Barn. Område: Exempel"),
        ({"typ": "föräldraskap"}, "Deltagaren ska vara förälder"),
        ({"typ": "föräldraskap", "beskrivning": "Föräldrar med barn."}, "Föräldrar med barn"),
        (
            {"typ": "föräldraskap", "beskrivning": "barnen bor hemma"},
            "Barnen bor hemma. Deltagaren ska vara förälder",
        ),
        ({"typ": "anhörigskap"}, "Deltagaren ska vara anhörig"),
        ({"typ": "situation", "beskrivning": "den sökande är gravid"}, "Den sökande är gravid"),
        (
            {"typ": "situation", "beskrivning": "Varken studerar eller arbetar."},
            "Den sökande varken studerar eller arbetar",
        ),
        (
            {"typ": "annat", "beskrivning": "Vill adoptera ett barn."},
            "Den sökande vill adoptera ett barn",
        ),
        ({"typ": "annat", "beskrivning": "Villaägare."}, "Villaägare"),
    ],
)
def test_villkor(data: Any, said: str) -> None:
    assert phrases.villkor(data) == said


@pytest.mark.parametrize(
    "text",
    [
        "Har barnet fyllt tre år får det delta utan förälder.",
        "Har barn fyllt tre år deltar de utan förälder.",
        "Har inte barnet fyllt tre år följer en förälder med.",
        "Bor den enskilde i en annan kommun gäller högst tre besök.",
        "Är man yngre än 18 år krävs samtycke.",
        "Är barn under tio år med ska en vuxen följa med.",
        "Vill du delta ska du anmäla dig.",
        "Vill föräldrar delta behöver båda samtycka.",
        "Söker Anna stöd får hon det.",
        "Varken barnet eller föräldern får delta.",
        "Kan barn delta?",
        "HAR-programmet är öppet.",
        "HAR fyllt 18 år.",
        "SÖKER asyl.",
    ],
)
def test_a_condition_with_a_subject_of_its_own_stands_as_it_is(text: str) -> None:
    assert phrases.villkor({"typ": "situation", "beskrivning": text}) == text.removesuffix(".")


@pytest.mark.parametrize(
    "text",
    [
        "Behöver stöd för att enas om vårdnad, boende och umgänge",
        "Har barn som är under 18 år",
        "Har fyllt i ett pappersformulär",
        "Har inte bostad",
        "Bor i en annan kommun",
        "Är gravid",
        "Söker asyl. Det ska visas upp",
    ],
)
def test_a_condition_without_a_subject_is_about_whoever_applies(text: str) -> None:
    said = f"Den sökande {text[0].lower()}{text[1:]}"
    assert phrases.villkor({"typ": "situation", "beskrivning": text}) == said


_PARENT, _RELATIVE = "Deltagaren ska vara förälder", "Deltagaren ska vara anhörig"


@pytest.mark.parametrize(
    ("kind", "text", "more"),
    [
        ("föräldraskap", "Har fyllt i ett pappersformulär.", _PARENT),
        ("föräldraskap", "Ska inte vara gravid", _PARENT),
        ("föräldraskap", "Inga föräldrar", _PARENT),
        ("föräldraskap", "Vårdnadshavare ska samtycka", _PARENT),
        ("föräldraskap", "Föräldraskapsstöd ska ha getts", _PARENT),
        ("anhörigskap", "Anhörigstödet ska ha kontaktats", _RELATIVE),
        ("anhörigskap", "Anhöriga ska ha kontaktats", _RELATIVE),
        # here the other sentence would demand more than the text does
        ("föräldraskap", "Föräldrar och andra vuxna som är viktiga för barnet", ""),
        ("föräldraskap", "Mamma eller pappa till barn under sex år", ""),
        ("föräldraskap", "Blivande föräldrar", ""),
        ("föräldraskap", "Den som är förälder eller vårdnadshavare", ""),
        ("föräldraskap", "Den sökande ska vara förälder till ett barn", ""),
        ("anhörigskap", "Den som är anhörig till någon med missbruk", ""),
        ("anhörigskap", "Anhöriga till någon med missbruk", ""),
    ],
)
def test_what_kind_a_condition_is_is_said_unless_its_text_says_it(
    kind: Any, text: str, more: str
) -> None:
    said = phrases.villkor({"typ": kind, "beskrivning": text})
    assert said.endswith(more) and ("Deltagaren ska vara" in said) == bool(more)


def test_a_word_that_the_text_begins_with_is_not_said_twice() -> None:
    condition: Villkor = {
        "typ": "folkbokföring",
        "område": "i Exempels kommun",
        "gäller": "gäller fler än en natt",
    }
    assert (
        phrases.villkor(condition)
        == "Den sökande ska vara folkbokförd i Exempels kommun. Villkoret gäller fler än en natt"
    )
    assert phrases.dokumentation({"omfattar": "gäller alla"}) == "Dokumentationen gäller alla"


@pytest.mark.parametrize(
    ("short", "name", "said"),
    [
        ("COPE", "COPE (Community Parent Education)", ""),
        ("COPE", "COPE-gruppen", ""),
        ("COPE", "COPENHAGEN-modellen", "COPE"),
        ("ABC", "Alla barn i centrum", "ABC"),
    ],
)
def test_a_short_name_is_said_unless_it_is_a_word_of_the_name(
    short: str, name: str, said: str
) -> None:
    insats: InsatsData = {"namn": name, "insatstyp": "samtal", "avdelning": "vuxen"}
    assert phrases.kortnamn({**insats, "kortnamn": short}) == said
    assert phrases.kortnamn(insats) == ""


def test_samtycke() -> None:
    data: Samtycke = {
        "under_15": "samtliga vårdnadshavare",
        "från_15": "utan vårdnadshavare",
        "lämplighet": "Den unge kan själv.",
    }
    assert phrases.samtycke(data) == (
        "För barn under 15 år krävs samtycke från samtliga vårdnadshavare. "
        "För barn som har fyllt 15 år krävs inte samtycke från vårdnadshavare. Lämplighet: "
        "Den unge kan själv"
    )


def test_utforare() -> None:
    names = {"a": "Trappan", "b": "Råd- och behandlingsgruppen"}
    data: Utforare = {
        "regi": "egen",
        "enheter": ["a", "b", "okänd"],
        "samverkan": ["Region Exempel"],
        "platser": [{"namn": "Storgatan", "enhet": "a", "för": "män"}, {"namn": "Lillgatan"}],
        "personal": ["lots"],
    }
    assert phrases.utforare(data, names) == (
        "Ges av Trappan, Råd- och behandlingsgruppen och okänd, i egen regi, tillsammans "
        "med Region Exempel. "
        "Platser och team: Storgatan vid Trappan för män och Lillgatan. Personal: lots"
    ).replace("gruppen och okänd", "gruppen samt okänd")
    assert phrases.utforare({"regi": "extern"}, {}) == "Ges i extern regi"
    assert phrases.utforare({"regi": "samverkan"}, {}) == "Ges i samverkan"
    assert (
        phrases.utforare({"regi": "samverkan", "namn": ["A"], "samverkan": ["B", "C"]}, {})
        == "Ges av A, i samverkan med B och C"
    )
    assert phrases.utforare({"personal": ["lots"]}, {}) == "Personal: lots"


def test_small_ones() -> None:
    assert phrases.lista([]) == ""
    assert phrases.lista(["a"]) == "a"
    assert phrases.lista(["a", "b"]) == "a och b"
    assert phrases.lista(["a", "b och c", "d"]) == "a, b och c samt d"
    assert phrases.datum("2025-05-09") == "9 maj 2025"
    assert phrases.mening("på dagen m.m.") == "På dagen m.m."
    assert phrases.mening("klart") == "Klart."
    assert phrases.faktum("högst sju samtal") == "högst sju samtal"
    assert phrases.faktum("Ett. Två") == "Ett. Två."
    assert phrases.faktum("manualbaserad. Stöd: gott") == "Manualbaserad. Stöd: gott."
    assert phrases.faktum("ja, enligt SoL 13 kap. 4 §") == "ja, enligt SoL 13 kap. 4 §"
    assert phrases.faktum("En avgift tas ut för insatsen") == "En avgift tas ut för insatsen."
    assert phrases.karaktar("stöd") == "stöd"
    assert phrases.karaktar(["rådgivning", "mötesplats"]) == "rådgivning och mötesplats"
    insats: InsatsData = {"namn": "A", "insatstyp": "samtal", "avdelning": "vuxen"}
    referred: InsatsData = {**insats, "ingång": "remiss", "remiss_från": ["BVC", "MVC"]}
    assert phrases.ingang(referred) == "remiss från BVC och MVC"
    assert phrases.ingang({**insats, "ingång": "öppen"}) == "öppen"
    assert phrases.avgift("nej") == "avgiftsfri"
    assert phrases.avgift({"belopp": "200 kronor", "grund": "taxan"}) == "200 kronor. Grund: taxan"
    assert (
        phrases.metod({"namn": "COPE", "manualbaserad": "ja", "stöd": "Gott."})
        == "COPE, manualbaserad. Arbetssätt och vetenskapligt stöd: Gott"
    )
    assert phrases.metod({"manualbaserad": "nej"}) == "inte manualbaserad"


@pytest.mark.parametrize(
    ("data", "whether", "why"),
    [
        ({"nivå": "individnivå"}, "Ja.", ""),
        ({"nivå": "individnivå", "lagrum": "SoL 14 kap. 3 §"}, "Ja (SoL 14 kap. 3 §).", ""),
        (
            {"lagrum": "SoL 14 kap. 4 §"},
            "Nej, utan uppgifter om personliga förhållanden (SoL 14 kap. 4 §).",
            "",
        ),
        (
            {
                "nivå": "avidentifierad",
                "omfattar": "alla",
                "särskilda_skäl": {"åberopas": "ja", "grund": "mötesplats"},
            },
            "Nej, avidentifierat. Undantaget gäller alla.",
            "Särskilda skäl åberopas. Skälen gäller mötesplatser.",
        ),
        (
            {"nivå": "avidentifierad", "särskilda_skäl": {"åberopas": "nej"}},
            "Nej, avidentifierat.",
            "Särskilda skäl åberopas inte.",
        ),
        (
            {"särskilda_skäl": {"åberopas": "ja", "motivering": "Få kommer annars."}},
            "Nej.",
            "Särskilda skäl åberopas. Skälen är följande: Få kommer annars.",
        ),
        ({"särskilda_skäl": {"åberopas": "nej"}}, "", "Särskilda skäl åberopas inte."),
        ({"beskrivning": "förs i pärm"}, "", "Förs i pärm."),
    ],
)
def test_whether_and_why_in_two_columns(data: Any, whether: str, why: str) -> None:
    assert (phrases.individuellt(data), phrases.skal(data)) == (whether, why)


def test_documentation_of_which_only_the_provision_is_known() -> None:
    assert (
        phrases.dokumenteras({"lagrum": "SoL 14 kap. 3 §"})
        == "Dokumenteras på individnivå (SoL 14 kap. 3 §)."
    )
    assert phrases.dokumenteras({"lagrum": "LSS 21 a §"}) == "Dokumenteras enligt LSS 21 a §."
    reasons: Dokumentation = {"särskilda_skäl": {"motivering": "Få kommer annars."}}
    said = (
        "Dokumenteras avidentifierat av särskilda skäl (SoL 14 kap. 5 §). "
        "Skälen är följande: Få kommer annars."
    )
    assert phrases.dokumenteras({"lagrum": "SoL 14 kap. 5 §", **reasons}) == said
    assert (
        phrases.dokumenteras(reasons)
        == "Särskilda skäl åberopas. Skälen är följande: Få kommer annars."
    )


@pytest.mark.parametrize(
    "text",
    [
        "De säger: ”Vi vill vara anonyma.”",
        "(Det gäller alltid.)",
        "De säger (”nej tack.”)",
        "Vi erbjuder:",
        "Samtal;",
        "Samtal,",
        "Varför?",
        "هل تريد المساعدة؟",
        "Han sade »kom!»",
        "Och så vidare…",
        'Han sade "kom."',
        "Nej. \u200f",
        "你好。",
        "Enligt m.m.",
    ],
)
def test_no_full_stop_follows_what_has_come_to_its_end(text: str) -> None:
    assert phrases.mening(text) == text.strip()
    assert (
        phrases.skal({"särskilda_skäl": {"motivering": text}})
        == f"Skälen är följande: {text.strip()}"
    )


@pytest.mark.parametrize(
    "text",
    [
        "Stöd (samtal)",
        "Han sade ”kom”",
        "Stöd (samtal m.m.)",
        "Stöd (råd etc.)",
        "Ring 112",
        "العربية",
    ],
)
def test_a_full_stop_follows_what_has_not(text: str) -> None:
    assert phrases.mening(text) == f"{text}."


@pytest.mark.parametrize(
    ("frequency", "said"),
    [
        ("varje vecka", "Varje vecka, en timme per gång."),
        ("varje vecka!", "Varje vecka! en timme per gång."),
        ("hur ofta?", "Hur ofta? en timme per gång."),
        ("varje vecka…", "Varje vecka… en timme per gång."),
        ("varje vecka:", "Varje vecka: en timme per gång."),
        ("varje vecka m.m.", "Varje vecka m.m., en timme per gång."),
    ],
)
def test_no_comma_follows_a_sign_that_parts(frequency: str, said: str) -> None:
    assert phrases.mening(phrases.omfattning({"frekvens": frequency, "längd": "en timme"})) == said


@pytest.mark.parametrize(
    "text",
    [
        "stod@ekbacka.se besvarar anmälan",
        "https://ekbacka.se/stod",
        "www.ekbacka.se",
        "ekbacka.se",
        "iPad lånas ut",
        "a) ett",
        "b. två",
        "eHälsa",
        "covid19-stöd",
        "mailto:a",
        "n_n",
        "ა ბ",
    ],
)
def test_a_name_an_address_and_the_letter_of_a_point_keep_their_first_letter(text: str) -> None:
    assert phrases.versal(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "samtal",
        "e-tjänst",
        "i grupp",
        "öppet, för alla",
        "råd/stöd",
        "t.ex. samtal",
        "krav:",
        "nej.",
        "å ena",
    ],
)
def test_an_ordinary_word_gets_its_capital(text: str) -> None:
    assert phrases.versal(text) == text[0].upper() + text[1:]
