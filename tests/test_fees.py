"""Whether words about what an insats costs are of a fee for it, and what the rules say of that."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest

from insatskoll.catalogue.model import Insats, Revision
from insatskoll.law.fees import is_free
from insatskoll.law.predicates import PREDICATES, Subject
from insatskoll.law.rules import load_rules

RULES = load_rules()


def subject(fee: Any, **fields: Any) -> Subject:
    kommun: Any = {"namn": "K"}
    data: Any = {"namn": "A", "insatstyp": "samtal", "avdelning": "vuxen", "avgift": fee, **fields}
    return Subject(data, Revision("k", kommun, ()), Insats("a", data))


def is_fee(fee: Any) -> bool:
    return bool(list(PREDICATES["tar-ut-avgift"].function(subject(fee), ["avgift"])))


@pytest.mark.parametrize(
    "fee",
    [
        {"belopp": "500 kr", "beskrivning": "Fika ingår."},
        {"belopp": "500 kr", "beskrivning": "Material ingår."},
        {"belopp": "500 kr", "beskrivning": "Barn deltar gratis."},
        {"belopp": "500 kr", "beskrivning": "Materialet är gratis."},
        {
            "belopp": "200 kr",
            "beskrivning": "Materialet kostar inget, men varje samtal kostar 200 kr.",
        },
        {"belopp": "200"},
        {"belopp": "0–200 kronor"},
        {"belopp": "500 kr inklusive material"},
        {"belopp": "enligt taxa"},
        {"belopp": "0 kr", "beskrivning": "Från det sjätte samtalet 200 kr."},
        {"beskrivning": "Första samtalet är gratis, sedan 300 kr per samtal."},
        {"beskrivning": "Första samtalet är gratis och sedan kostar det 300 kr."},
        {"beskrivning": "Medlemsavgift 100 kr. Fika ingår."},
        {"beskrivning": "Kursen kostar 500 kronor, fika ingår."},
        {"beskrivning": "Gratis för barn, vuxna betalar 50 kr."},
        {"beskrivning": "Insatsen är avgiftsbelagd."},
        {"beskrivning": "En avgift tas ut."},
        {"beskrivning": "Avgift enligt kommunens taxa."},
        {"beskrivning": "Det kostar inte mer än 200 kr."},
        {"beskrivning": "Avgiften på 200 kr täcker även lunch."},
        {"beskrivning": "Avgiften är 300 kr och omfattar även fika."},
        {"beskrivning": "Behandlingen är inte gratis."},
        {"beskrivning": "Insatsen är inte kostnadsfri."},
        {"beskrivning": "Du betalar på plats."},
        {"beskrivning": "Deltagaren betalar en avgift."},
        {"beskrivning": "Avgift tas ut av kommunen."},
        {"beskrivning": "En avgift på 100 kr tas ut av deltagarna."},
        {"beskrivning": "Avgift debiteras månadsvis."},
        {"belopp": "300 kr per samtal hos oss"},
        {"belopp": "300 kr per samtal för kommuninvånare"},
        {"belopp": "100 kr per gång till kommunen"},
        {"belopp": "300 kr per samtal i egen verksamhet"},
        {"belopp": "120 kr (tidigare 100 kr)"},
        {"belopp": "100 kr var gång"},
        {"beskrivning": "Kommunen tar ut 100 kr per gång."},
        {"beskrivning": "Socialnämnden tar ut 250 kronor per samtal."},
        {"beskrivning": "Vi tar ut 100 kr per gång."},
        {"beskrivning": "Kommunen debiterar 100 kr."},
        {"beskrivning": "För varje samtal debiterar kommunen 100 kr."},
        {"beskrivning": "Då fakturerar vi 100 kr."},
        {"beskrivning": "Kostar 300 kr på mottagningen vid stadsdelskontoret."},
        {"beskrivning": "Hos oss betalar du 100 kr."},
        {"beskrivning": "Hos oss kostar det 300 kr."},
        {"beskrivning": "Avgift 120 kr per gång (tidigare 100 kr)."},
        {"beskrivning": "Avgift 100 kr per gång (tidigare avgiftsfri)."},
        {"beskrivning": "Priset är 100 kr per gång och faktureras av kommunen."},
        {"beskrivning": "Priset är 100 kr per gång och debiteras av nämnden."},
        {"beskrivning": "Priset är 100 kr och betalas till kommunen."},
        {"beskrivning": "100 kr per gång tas ut av staden."},
        {"beskrivning": "300 kr för samtalen och materialet."},
        {"beskrivning": "Avgift 300 kr för kursen med material."},
        {"belopp": "300 kr", "beskrivning": "Gäller även material."},
        {"belopp": "300 kr", "beskrivning": "Gäller även för materialet."},
        {"belopp": "300 kr", "beskrivning": "Avgiften gäller samtalen och materialet."},
        {"belopp": "300 kr", "beskrivning": "Avgiften gäller både material och samtal."},
        {"belopp": "300 kr", "beskrivning": "Avgiften gäller inte fika."},
        {"belopp": "300 kr", "beskrivning": "Gäller även fika och lunch."},
        {"belopp": "300 kr", "beskrivning": "Kommunen betalar resten."},
        {"belopp": "300 kr", "beskrivning": "Bidrag kan sökas från kommunen."},
        {"belopp": "300 kr", "beskrivning": "Gäller såväl samtal som material."},
        {"beskrivning": "Avgift enligt kommunens taxa debiteras."},
        {"beskrivning": "Vi tar självkostnadspris 100 kr."},
    ],
)
def test_a_fee(fee: Any) -> None:
    assert is_fee(fee)


@pytest.mark.parametrize(
    "fee",
    [
        "nej",
        {"belopp": "0"},
        {"belopp": "0 kr"},
        {"belopp": "0:-"},
        {"belopp": "0,00 kronor"},
        {"belopp": "Nej"},
        {"belopp": "noll kronor"},
        {"belopp": "Avgift tas inte ut"},
        {"belopp": "0 kr", "beskrivning": "Fika kostar 10 kr."},
        {"belopp": "0 kr", "beskrivning": "Beslut om avgiften finns hos fullmäktige."},
        {"belopp": "50 kr", "beskrivning": "Beloppet gäller materialet."},
        {"belopp": "50 kr", "beskrivning": "För fika."},
        {"belopp": "20 kr för fika"},
        {"beskrivning": "Ingen kostnad."},
        {"beskrivning": "Behandlingen kostar ingenting."},
        {"beskrivning": "Kommunen tar inte ut någon avgift."},
        {"beskrivning": "Kommunen betalar hela behandlingen."},
        {"beskrivning": "Avgiften är noll kronor."},
        {"beskrivning": "Avgift: nej."},
        {"beskrivning": "Avgiften på 200 kr tas inte längre ut."},
        {"beskrivning": "Deltagaren betalar själv sin bussbiljett."},
        {"beskrivning": "Självkostnadspris för kaffe."},
        {"beskrivning": "Resor bekostas av deltagaren."},
        {"beskrivning": "Du betalar bara för fika, 20 kr."},
        {"beskrivning": "Du betalar 20 kr, för fika."},
        {"beskrivning": "Insatsen är kostnadsfri, men lunch kostar 60 kr."},
        {"beskrivning": "En pärm med material kostar 50 kronor."},
        {"beskrivning": "Uppgift om avgift finns inte."},
        {"beskrivning": "Samtalet är gratis. Din operatörs samtalstaxa gäller."},
        {"beskrivning": "Insatsen är fri från avgift."},
        {"beskrivning": "Fri från kostnad"},
        {"beskrivning": "Avgiftsbefriad"},
        {"beskrivning": "Deltagarna är befriade från avgift."},
        {"beskrivning": "Kostnaden bärs av nämnden."},
        {"beskrivning": "Kommunen tar hela kostnaden."},
        {"beskrivning": "Förvaltningen betalar hela kostnaden."},
        {"beskrivning": "Kostnaden faller på socialnämnden."},
        {"beskrivning": "Kostnaden står kommunen för."},
        {"beskrivning": "Avgift tas enligt 32 kap. 2 § inte ut."},
        {"beskrivning": "Tidigare avgift på 100 kr är borttagen."},
        {"beskrivning": "Hemkommunen ersätter kostnaden, 1 200 kr per dygn."},
        {"beskrivning": "Medlemsavgift till föreningen på 100 kr tas ut av föreningen."},
        {"beskrivning": "Avgift utgår inte."},
        {"beskrivning": "Insatsen är inte förenad med någon kostnad."},
        {"beskrivning": "Du behöver inte betala något."},
        {"beskrivning": "Föreningen tar ut en medlemsavgift på 200 kr."},
        {"beskrivning": "Behandlingen finansieras av statsbidrag."},
        {"beskrivning": "Bussresan kostar 35 kr."},
        {"beskrivning": "Vi tar inte betalt."},
        {"beskrivning": "Kommunen står för alla kostnader för deltagaren."},
        {"beskrivning": "Kommunen betalar hela kostnaden för dig."},
        {"beskrivning": "Priset är 900 kr per dygn och faktureras hemkommunen."},
        {"beskrivning": "Priset är 900 kr och betalas av kommunen."},
        {"beskrivning": "Ingen avgift (tidigare 100 kr)."},
        {"beskrivning": "Kommunen faktureras av regionen."},
        {"beskrivning": "Kommunen debiteras 900 kr per dygn."},
        {"beskrivning": "Kommunen betalar deltagarens kostnad."},
        {"beskrivning": "Avgiften (tidigare 100 kr) är borttagen."},
        {"beskrivning": "Priset är 100 kr och tas ut av föreningen."},
        {"belopp": "50 kr", "beskrivning": "Beloppet gäller materialet till kursen."},
        {"belopp": "50 kr", "beskrivning": "Avgiften avser materialet i kursen och fika."},
        {"belopp": "50 kr", "beskrivning": "Avgiften gäller kurslitteratur och kursmaterial."},
        {"belopp": "50 kr", "beskrivning": "Avgiften gäller inte samtalen utan bara fika."},
        {"belopp": "50 kr", "beskrivning": "Gäller gruppens fika."},
        {"beskrivning": "Ingen deltagare betalar för behandlingen."},
        {"beskrivning": "Ingen avgift för samtalet, telefonsamtalet kostar 1 kr per minut."},
        {"beskrivning": "Kommunen ska betala 900 kr per dygn."},
        {"beskrivning": "300 kr betalt av kommunen."},
        {"beskrivning": "Regionen tar ut 100 kr."},
    ],
)
def test_no_fee(fee: Any) -> None:
    assert is_free(fee)
    assert not is_fee(fee)


@pytest.mark.parametrize(
    "fee",
    [
        {"grund": "Kommunfullmäktige 2025-04-28 § 71"},
        {"belopp": "se bilaga"},
        {"belopp": "1 200 kr per dygn", "beskrivning": "Hemkommunen betalar."},
        {"beskrivning": "Avgiften betalas inte tillbaka vid avbokning."},
        {"beskrivning": "Kommunen betalar hälften av kostnaden."},
        {"beskrivning": "Du betalar eller kommunen betalar."},
        {"beskrivning": "Se taxan."},
        {"beskrivning": "Regionen fakturerar kommunen 900 kr."},
        {"beskrivning": "Ersättning till utföraren: 800 kr per timme."},
        {"beskrivning": "Utföraren får 500 kr per deltagare av nämnden."},
        {"beskrivning": "Den tidigare avgiften var 300 kr."},
        {"beskrivning": "Värde 500 kr, men du betalar inget."},
        {"beskrivning": "Samtalet kostar 1 kr/min."},
        {"beskrivning": "Behandlingshemmet fakturerar kommunen 900 kr."},
        {"beskrivning": "900 kr per dygn mellan kommunen och regionen."},
        {"beskrivning": "900 kr per dygn till föreningen från kommunen."},
        {"beskrivning": "Föreningen får 900 kr av kommunen."},
        {"beskrivning": "Kommunens kostnad är 900 kr per dygn."},
        {"beskrivning": "Kommunen ger föreningen 900 kr."},
        {"beskrivning": "Kommunen lämnar bidrag med 5 000 kr."},
        {"beskrivning": "Kommunen betalar kostnaden för barn."},
        {"beskrivning": "Avgiften var 300 kr."},
        {
            "belopp": "900 kr",
            "beskrivning": "Beloppet är ersättning från kommunen till föreningen.",
        },
        {"belopp": "900 kr", "beskrivning": "Gäller mellan kommunen och föreningen."},
        {"belopp": "900 kr", "beskrivning": "Beloppet betalas av kommunen till föreningen."},
        {"belopp": "100 kr (tidigare)"},
        {"belopp": "100 kr (fram till 2024)"},
    ],
)
def test_words_that_decide_nothing_of_a_fee_are_a_question(fee: Any) -> None:
    assert is_free(fee) is None
    found = [
        check.level
        for check in RULES.rules["IK502"].checks
        for _ in check.hits(subject(fee, karaktär="behandling"))
    ]
    assert found == ["varning"]


@pytest.mark.parametrize(
    ("rule", "fields", "fee", "found"),
    [
        (
            "IK502",
            {"karaktär": "behandling"},
            {"belopp": "500 kr", "beskrivning": "Fika ingår."},
            True,
        ),
        ("IK502", {"karaktär": "behandling"}, {"belopp": "0"}, False),
        ("IK502", {"karaktär": "behandling"}, {"beskrivning": "Ingen kostnad."}, False),
        (
            "IK503",
            {"insatstyp": "medling"},
            {"belopp": "500 kr", "beskrivning": "Barn deltar gratis."},
            True,
        ),
        ("IK502", {"karaktär": "behandling"}, {"belopp": "300 kr per samtal hos oss"}, True),
        (
            "IK502",
            {"karaktär": "behandling"},
            {"belopp": "300 kr", "beskrivning": "Gäller även material."},
            True,
        ),
        ("IK503", {}, {"beskrivning": "Kommunen tar ut 100 kr per gång."}, True),
        ("IK503", {}, {"beskrivning": "Avgift: nej."}, False),
        (
            "IK504",
            {"insatstyp": "familjerådgivning"},
            {"beskrivning": "Socialnämnden tar ut 250 kronor."},
            True,
        ),
        ("IK503", {}, {"belopp": "Avgift tas inte ut"}, False),
        (
            "IK504",
            {"insatstyp": "familjerådgivning"},
            {"belopp": "200 kr", "beskrivning": "Barn är gratis."},
            True,
        ),
        (
            "IK504",
            {"insatstyp": "familjerådgivning"},
            {"beskrivning": "Resor bekostas av deltagaren."},
            False,
        ),
    ],
)
def test_the_rules_about_fees_judge_by_the_clause(
    rule: str, fields: dict[str, Any], fee: Any, found: bool
) -> None:
    assert (
        any(hit for check in RULES.rules[rule].checks for hit in check.hits(subject(fee, **fields)))
        is found
    )


LEAST = 0.03  # seconds: what is less is lost in the noise


@pytest.mark.parametrize(
    "piece",
    [
        "a",
        "avgift ",
        "1 ",
        "1",
        "kr ",
        "inte ",
        ", ",
        "100 kr ",
        " ",
        "\u00a0",
        "1 000 ",
        "a-",
        "1.",
        "kommunen ",
    ],
)
def test_no_text_costs_more_than_in_proportion(piece: str) -> None:
    def cost(length: int) -> float:
        text = (piece * length)[:length]
        asked = ({"belopp": "100 kr", "beskrivning": text}, {"beskrivning": text}, {"belopp": text})
        return timed(lambda: [is_free(fee) for fee in asked])

    for tries in (1, 3):  # what else the machine does can only make it slower
        long, short = (min(cost(length) for _ in range(tries)) for length in (16_000, 8_000))
        if long < 3.4 * max(short, LEAST):
            return
    pytest.fail(f"{long:.3f} s, and {short:.3f} s for half of it")


def timed(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start
