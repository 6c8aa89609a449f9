"""Whether the words name everyone who takes part, somebody only, or leave it open."""

from __future__ import annotations

from typing import Any

import pytest

from insatskoll.catalogue.model import Insats, Revision
from insatskoll.law.predicates import Subject
from insatskoll.law.rules import load_rules

RULE = load_rules().rules["IK206"]


def judged(words: str, participants: list[str], more: dict[str, Any] | None = None) -> str:
    """The level of the finding, or ”tyst”."""
    documentation = {"nivå": "avidentifierad", "omfattar": words}
    kommun: Any = {"namn": "K"}
    data: Any = {
        "namn": "Tjejjouren Ro",
        "målgrupp": {"deltagare": participants},
        "dokumentation": documentation,
    } | (more or {})
    subject = Subject(data, Revision("k", kommun, ()), Insats("a", data))
    return next((check.level for check in RULE.checks for _ in check.hits(subject)), "tyst")


@pytest.mark.parametrize(
    ("words", "participants", "expected"),
    [
        ("alla", [], "tyst"),
        ("ALLA", [], "tyst"),
        ("Alla deltagare i insatsen", [], "tyst"),
        ("varje deltagare", [], "tyst"),
        ("var och en som deltar", [], "tyst"),
        ("hela insatsen", [], "tyst"),
        ("insatsen i sin helhet", [], "tyst"),
        ("deltagarna", [], "tyst"),
        ("de som deltar", [], "tyst"),
        ("alla som deltar i tjejjouren Ro", [], "tyst"),
        ("alla som söker stöd hos mottagningen", [], "tyst"),
        ("alla, utan undantag", [], "tyst"),
        ("alla föräldrar i gruppen", ["föräldrar"], "tyst"),
        ("alla föräldrar och barn som deltar", ["föräldrar", "barn"], "tyst"),
        ("samtliga anhöriga", ["anhöriga"], "tyst"),
        ("alla som ringer eller chattar", [], "tyst"),
        ("alla personer som vänder sig till verksamheten", [], "tyst"),
        ("alla medverkande", [], "tyst"),
        ("alla kursdeltagare", [], "tyst"),
        ("alla drop-in-besökare", [], "tyst"),
        ("hela målgruppen", [], "tyst"),
        ("alla i gruppen", [], "tyst"),
        ("alla par", ["par"], "tyst"),
        ("alla barn och vuxna som deltar", [], "tyst"),
        ("alla som får stödet", [], "tyst"),
        ("alla som tar emot stödet", [], "tyst"),
        ("alla över 18 år", [], "fel"),
        ("de som kräver anonymitet", [], "fel"),
        ("alla unga", ["unga", "vuxna"], "fel"),
        ("vuxna deltagare", ["vuxna", "barn"], "fel"),
        ("alla som har fyllt arton", [], "fel"),
        ("deltagare som inte vill uppge namn", [], "fel"),
        ("bara de som själva ber om det", [], "fel"),
        ("alla som kommer till gruppen i Gottsunda", [], "fel"),
        ("kvinnorna i gruppen", [], "fel"),
        ("nya besökare", [], "fel"),
        ("de flesta", [], "fel"),
        ("alla som deltar anonymt", [], "fel"),
        ("den som önskar", [], "fel"),
        ("alla barn som deltar", ["barn", "föräldrar"], "fel"),
        ("alla utom personalen", [], "tyst"),
        ("alla unga", [], "varning"),
        ("deltagare från andra kommuner", [], "fel"),
        ("alla besökare som inte är inskrivna i någon annan insats", [], "fel"),
        ("Samtliga som nyttjar öppna förskolan", ["föräldrar"], "tyst"),
        ("alla som kommer med sina barn", ["föräldrar"], "tyst"),
        ("alla ungdomar och deras föräldrar", ["unga", "föräldrar"], "tyst"),
        ("Alla, både de som är med en gång och de som kommer ofta", [], "tyst"),
        ("de som följer hela programmet", [], "varning"),
        ("alla, inte bara den som ber om det", [], "tyst"),
        ("inte bara den som ber om det, utan alla", [], "tyst"),
        ("inte bara barn utan även vuxna", ["barn", "vuxna"], "tyst"),
        ("alla deltagare, både nya och återkommande", [], "tyst"),
        ("både nya och återkommande besökare", [], "tyst"),
        ("både barn och föräldrar", ["barn", "föräldrar"], "tyst"),
        ("Alla kvinnor och män som deltar", [], "tyst"),
        ("alla flickor och pojkar", ["unga"], "tyst"),
        ("alla som söker stöd när de behöver det", [], "tyst"),
        ("Allihop", [], "tyst"),
        ("insatsen i dess helhet", [], "tyst"),
        ("både barn och vuxna, alltså alla", [], "tyst"),
        ("alla barn, inte de vuxna", [], "fel"),
        ("alla deltagare, men inte personalen", [], "tyst"),
        ("alla barn, både flickor och pojkar", ["barn", "vuxna"], "fel"),
        ("inte alla", [], "fel"),
        ("bara kvinnor och flickor", [], "fel"),
        ("den som ber om det, men inte alla", [], "fel"),
        ("alla, även återkommande", [], "tyst"),
        ("alla, också den som är under 18 år", [], "tyst"),
        ("alla, även barn under 12 år", [], "tyst"),
        ("alla (även anhöriga som bara kommer ibland)", [], "tyst"),
        ("alla, även barn, men inte den som är över 18 år", [], "fel"),
        ("unga, även vuxna", ["unga", "vuxna"], "tyst"),
        ("alla när som helst", [], "tyst"),
        ("alla, oberoende av ålder", [], "tyst"),
        ("alla inklusive barn", [], "tyst"),
        ("alla, dessutom medföljande barn", [], "tyst"),
        ("alla, om inte annat beslutas", [], "varning"),
        ("inga undantag: alla", [], "tyst"),
        ("Alla. Den som vill får ändå lämna sitt namn.", [], "tyst"),
        ("Alla. Undantaget gäller bara de anonyma mötena.", [], "varning"),
        ("alla deltagare i Anonyma anhöriga", [], "varning"),
        ("alla utom personalen", ["personal", "vuxna"], "fel"),
        ("alla utom ledarna", [], "tyst"),
        ("alla utom de yngsta", [], "fel"),
        ("alla som vill", [], "tyst"),
        ("alla som ber om hjälp", [], "tyst"),
        ("alla tjejer som kommer till jouren", ["unga"], "tyst"),
        ("alla killar som kommer till jouren", ["unga"], "fel"),
    ],
)
def test_whom_the_exemption_covers(words: str, participants: list[str], expected: str) -> None:
    assert judged(words, participants) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("alla deltagare 15–20 år", "tyst"),
        ("alla från 15 år", "tyst"),
        ("alla under 21 år", "tyst"),
        ("alla i åldern 13–25 år", "tyst"),
        ("alla deltagare 15–17 år", "fel"),
        ("alla från 18 år", "fel"),
        ("alla under 18 år", "fel"),
        ("alla kvinnor som söker stöd", "tyst"),
        ("kvinnor under 18 år", "fel"),
    ],
)
def test_what_the_target_group_or_a_condition_says_restricts_nothing(
    words: str, expected: str
) -> None:
    group = {"beskrivning": "Våldsutsatta kvinnor.", "deltagare": ["unga"]}
    age = {"typ": "ålder", "ålder": {"från": 15, "till": 20, "avser": "deltagaren"}}
    assert judged(words, [], {"målgrupp": group, "villkor": [age]}) == expected
