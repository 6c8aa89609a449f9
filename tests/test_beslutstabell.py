"""The decision table of SoL 11 kap. 5 §, tested whole against one written from the statute and not
from the rules.

The statute lets the nämnd provide insatser for *personal* needs without assessment, and lists in
seven points what always needs one. Point 5 speaks of care of children, or of young people who are
18–20 years old. Care of those who have turned 21 is thereby allowed. A child who comes with an
adult to a skyddat boende is taken in there too, whatever the adult's age.
"""

from __future__ import annotations

import json
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from insatskoll.catalogue import canonical
from insatskoll.catalogue.model import Insats, Kommun, make_revision
from insatskoll.law.rules import RuleSet, load_rules
from insatskoll.lint.run import lint
from insatskoll.reading import accepted, document, schema
from tests.catalogues import INSATS, KOMMUN, ROOT

ALWAYS = {
    "kontaktperson": "IK101",  # point 1
    "kontaktfamilj": "IK101",
    "särskilt kvalificerad kontaktperson": "IK101",
    "familjehem": "IK102",  # point 2
    "LVM-hem": "IK103",  # point 3
    "särskilt ungdomshem": "IK104",  # point 4
    "särskilt boende för äldre": "IK106",  # point 6, 8 kap. 4 §
    "bostad med särskilt stöd": "IK106",  # point 6, 8 kap. 11 §
    "hem för viss annan heldygnsvård": "IK107",  # point 7
    "ekonomiskt bistånd": "IK108",  # no personal need: 12 kap.
}
BY_AGE = {"jourhem", "stödboende", "skyddat boende", "hem för vård eller boende"}  # point 5
NEVER = {
    "akutboende",
    "anhörigstöd",
    "annan",
    "arbetsrehabilitering",
    "boendestöd",
    "budget- och skuldrådgivning",
    "familjerådgivning",
    "föräldraskapsstöd",
    "gruppverksamhet",
    "hembesök",
    "hemtjänst",
    "härbärge",
    "informationssamtal",
    "konflikthantering",
    "lots",
    "medling",
    "mötesplats",
    "praktiskt stöd",
    "provtagning",
    "råd och stöd",
    "samarbetssamtal",
    "samhällsvägledning",
    "samtal",
    "screening",
    "uppsökande arbete",
    "utbildning",
    "vräkningsförebyggande stöd",
}
# The age span, and whether somebody who has not turned 21 can be received.
SPANS: dict[str, tuple[dict[str, Any] | None, bool]] = {
    "none": (None, True),
    "0-17": ({"från": 0, "till": 17, "avser": "deltagaren"}, True),
    "16-20": ({"från": 16, "till": 20, "avser": "deltagaren"}, True),
    "18+": ({"från": 18, "avser": "deltagaren"}, True),
    "20+": ({"från": 20, "avser": "deltagaren"}, True),
    "21+": ({"från": 21, "avser": "deltagaren"}, False),
    "0-20 as the participant's child": ({"från": 0, "till": 20, "avser": "deltagarens barn"}, True),
}
CHILDREN = ("ja", "nej", None)
PLACES = ("målgrupp", "villkor")  # where the span is stated

RULES = [f"IK{number}" for number in range(101, 109)]
LOADED = load_rules()
RULESET = RuleSet({name: LOADED.rules[name] for name in RULES}, LOADED.lagrum)
ALL = json.loads((ROOT / "schema" / "gemensamt.schema.json").read_text("utf-8"))["$defs"][
    "insatstyp"
]["enum"]


def expected(insatstyp: str, span: str, children: str | None) -> set[str]:
    if insatstyp in ALWAYS:
        return {ALWAYS[insatstyp]}
    if insatstyp not in BY_AGE:
        return set()
    # the law names all four forms, and a child who comes along is cared for there
    with_children = children == "ja"
    return {"IK105"} if SPANS[span][1] or with_children else set()


def insats(insatstyp: str, span: str, children: str | None, place: str) -> dict[str, Any]:
    data: dict[str, Any] = INSATS | {"insatstyp": insatstyp}
    age = SPANS[span][0]
    group: dict[str, Any] = {"medföljande_barn": children} if children else {}
    if age and place == "målgrupp":
        group["ålder"] = age
    if group:
        data["målgrupp"] = group
    if age and place == "villkor":
        data["villkor"] = [{"typ": "ålder", "ålder": age}]
    return data


def test_the_table_covers_the_closed_list_and_no_more() -> None:
    assert sorted([*ALWAYS, *BY_AGE, *NEVER]) == sorted(ALL)


@pytest.mark.parametrize("insatstyp", ALL)
def test_every_age_and_accompanying_child(insatstyp: str) -> None:
    cases = {f"fall-{index}": case for index, case in enumerate(product(SPANS, CHILDREN, PLACES))}
    insatser = []
    for name, case in cases.items():
        text = canonical.to_be_read(insats(insatstyp, *case))
        read = document.parse(Path(f"{name}.yaml"), text)
        assert schema.errors(read.data, "insats") == []
        insatser.append(Insats(name, accepted.insats(read), read))
    kommun_document = document.parse(Path("kommun.yaml"), canonical.to_be_read(KOMMUN))
    revision = make_revision("exempel", accepted.kommun(kommun_document), insatser)
    kommun = Kommun("exempel", Path(), kommun_document, revision)
    fired: dict[str, set[str]] = {name: set() for name in cases}
    for finding in lint([kommun], RULESET).findings:
        fired[finding.path.stem].add(finding.rule)
    wrong = {
        cases[name]: found
        for name, found in fired.items()
        if found != expected(insatstyp, *cases[name][:2])
    }
    assert wrong == {}
