"""Areas: what is the whole municipality or something around it, and what is only a part."""

from __future__ import annotations

from typing import Any

import pytest

from insatskoll.catalogue.model import Revision
from insatskoll.law.predicates import Subject
from insatskoll.law.rules import load_rules
from insatskoll.lint import claimed

RULE = load_rules().rules["IK403"]


def found(kommun: str, insats: dict[str, object]) -> list[str]:
    own: Any = {"namn": kommun}
    subject = Subject(insats, Revision("k", own, ()))
    subjects = {"insats": [subject], "påstående": list(claimed.subjects(subject, {(): insats}))}
    return [
        message
        for check in RULE.checks
        for one in subjects.get(check.scope, ())
        for _, message in check.hits(one)
    ]


def is_part(kommun: str, area: str) -> bool:
    return bool(found(kommun, {"villkor": [{"typ": "vistelse", "område": area}]}))


@pytest.mark.parametrize(
    ("kommun", "area"),
    [
        ("Linköpings kommun", "Linköping"),
        ("Linköpings kommun", "Linköpings kommun"),
        ("Linköpings kommun", "linköpings kommun"),
        ("Linköpings kommun", "Linköpings kommuns geografiska område"),
        ("Linköpings kommun", "hela Linköping"),
        ("Borås stad", "Borås"),
        ("Borås stad", "Borås stad"),
        ("Region Gotland", "Gotland"),
        ("Region Gotland", "hela ön"),
        ("Stockholms stad", "hela staden"),
        ("Uppsala kommun", "Uppsala län"),
        ("Uppsala kommun", "kommunen"),
        ("Uppsala kommun", "inom kommunens gränser"),
        ("Uppsala kommun", "kommunens"),
        ("Uppsala kommun", "Uppsala och Knivsta kommuner"),
        ("Uppsala kommun", "Uppsala, Tierp eller Östhammar"),
        ("Uppsala kommun", "Östra Göinge kommun"),
        ("Uppsala kommun", "en annan kommun"),
        ("Uppsala kommun", "kommunen eller någon av grannkommunerna"),
        ("Uppsala kommun", "Region Uppsala"),
        ("Uppsala kommun", "Sverige"),
        ("Uppsala kommun", "oavsett bostadsort"),
        ("Exempels kommun", "Exempels stad"),
        ("Exempels kommun", "Exempel stad"),
        ("Exempels kommun", "Stockholms stad"),
        ("Exempels kommun", "Exempels kommun inklusive skärgården"),
        ("Exempels kommun", "kommunen med skärgården och landsbygden"),
        ("Exempels kommun", "kommunen, även landsbygden"),
        ("Exempels kommun", "Exempels kommun (även Knivsta)"),
        ("Exempels kommun", "Exempels kommuns alla delar"),
        ("Exempels kommun", "kommunens samtliga stadsdelar"),
        ("Exempels kommun", "endast Exempels kommun"),
        ("Exempels kommun", "Boende i Exempels kommun"),
        ("Exempels kommun", "Exempels kommun (inte Uppsala)"),
        ("Exempels kommun", "Annan kommun som har avtal"),
        ("Exempels kommun", "Sverige eller annat nordiskt land"),
        ("Borås kommun", "Borås Stad"),
        ("Borås kommun", "Västra Götaland"),
        ("Borås kommun", "Västra Götalands län"),
        ("Partille kommun", "Göteborgsregionen"),
        ("Lunds kommun", "Skåne"),
        ("Exempels kommun", "kommundelen Norrby eller någon annan del av kommunen"),
        ("Exempels kommun", "Norrby och övriga kommunen"),
    ],
)
def test_a_whole(kommun: str, area: str) -> None:
    assert not is_part(kommun, area)


@pytest.mark.parametrize(
    ("kommun", "area"),
    [
        ("Linköpings kommun", "Skäggetorp"),
        ("Linköpings kommun", "skäggetorp"),
        ("Linköpings kommun", "Linköpings innerstad"),
        ("Norrtälje kommun", "Norrtälje tätort"),
        ("Uppsala kommun", "stadsdelen Gottsunda"),
        ("Uppsala kommun", "Gottsunda, Valsätra och Sävja"),
        ("Uppsala kommun", "östra Uppsala"),
        ("Uppsala kommun", "Uppsala kommuns norra delar"),
        ("Uppsala kommun", "kommunens centralort"),
        ("Uppsala kommun", "landsbygden i kommunen"),
        ("Uppsala kommun", "Uppsala kommun, bara Gottsunda"),
        ("Uppsala kommun", "Almunge kommundel"),
        ("Uppsala kommun", "Vaksala församling"),
        ("Uppsala kommun", "postnummer 756"),
        ("Exempels kommun", "Exempels kommun (endast Sävja)"),
        ("Exempels kommun", "Exempels kommun (Sävja)"),
        ("Exempels kommun", "Exempels kommun utom Sävja"),
        ("Exempels kommun", "Sävja i Exempels kommun"),
        ("Exempels kommun", "Sävja, även Gottsunda"),
        ("Exempels kommun", "Sävja med omnejd"),
        ("Exempels kommun", "även landsbygden"),
    ],
)
def test_a_part(kommun: str, area: str) -> None:
    assert is_part(kommun, area)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Föräldrar som bor i Norrmalm.", "Norrmalm"),
        ("Bara för dig som bor i Östra kommundelen.", "Östra kommundelen"),
        ("Ungdomar boende i stadsdelen Norrängen.", "stadsdelen Norrängen"),
        ("Den som är bosatt i centralorten.", "centralorten"),
        ("Familjer som bor på landsbygden.", "landsbygden"),
        ("Du som är skriven i norra delen av kommunen.", "norra delen av kommunen"),
        ("Barn från bostadsområdet Berga.", "bostadsområdet Berga"),
        ("Den som bor i Exempels kommun eller i Sverige.", ""),
        ("Den som bor i kommunen.", ""),
        ("Den som bor i eget boende, i HVB eller på en institution.", ""),
        ("Den som bor i Flerstegsboendet.", ""),
        ("Barn som bor i familjehem.", ""),
        ("Den som är folkbokförd i Uppsala eller Tierp.", ""),
        ("Du som bor i kommundelen Norrby eller någon annan del av kommunen.", ""),
        ("Välkommen, oavsett om du bor i Berga eller i Norrmalm.", ""),
        ("Föräldrar som bor isär.", ""),
        ("Vuxna som lever i en relation.", ""),
        ("Ungdomar som bor på SiS-institution.", ""),
        ("Du som bor i Villa Solhem eller i egen lägenhet.", ""),
        ("Du som bor på Solhem eller i egen lägenhet.", ""),
    ],
)
def test_in_words(text: str, expected: str) -> None:
    messages = found("Exempels kommun", {"målgrupp": {"beskrivning": text}})
    assert [f"bor i {expected}." in message for message in messages] == ([True] if expected else [])


def test_there_are_as_many_municipalities_as_there_are() -> None:
    assert load_rules().ordlistor["kommuner"].length == 290
