"""What the nämnd must be able to offer: that all that is lacking is told, and which provisions make
an insats a duty."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import pytest

from insatskoll.catalogue.loading import load_begrepp
from insatskoll.catalogue.model import Insats, Revision
from insatskoll.law import acts, shapes
from insatskoll.law.checks import told as shortened
from insatskoll.law.predicates import Subject
from insatskoll.law.rules import load_rules
from insatskoll.resources import CATALOGUE

if TYPE_CHECKING:
    from insatskoll.reading.schema_types import InsatsData

RULES = load_rules()


def messages(rule: str, scope: str, *insatser: dict[str, Any]) -> list[str]:
    held = tuple(
        Insats(f"i{number}", cast("InsatsData", {"avdelning": "vuxen", **data}))
        for number, data in enumerate(insatser)
    )
    kommun: Any = {"namn": "Exempels kommun", "bilaga": {"titel": "Insatser"}}
    revision = Revision("k", kommun, held)
    subject = (
        Subject(held[0].data, revision, held[0])
        if scope == "insats"
        else Subject(revision.kommun, revision)
    )
    return [
        message
        for check in RULES.rules[rule].checks
        if check.scope == scope
        for _, message in check.hits(subject)
    ]


def test_every_insats_that_is_lacking_is_told_to_its_end() -> None:
    (message,) = messages(
        "IK506",
        "kommun",
        {"namn": "Brottsofferstöd", "insatstyp": "samtal", "begrepp": "brottsofferstöd"},
    )
    sections = [
        "13 kap. 2",
        "13 kap. 4",
        "13 kap. 5",
        "13 kap. 6",
        "13 kap. 8",
        "13 kap. 9",
        "13 kap. 10",
        "18 kap. 9",
    ]
    assert [section for section in sections if f"(SoL {section} §)" in message] == sections
    assert "…" not in message


def test_a_long_list_is_cut_between_its_items() -> None:
    items = tuple(f"insats nummer {number}" for number in range(100))
    told = shortened(items)
    shown, more = told.rsplit(" och ", 1)
    assert len(told) < 1100
    assert shown.split(", ") == list(items[: len(shown.split(", "))])
    assert more == f"{100 - len(shown.split(', '))} till"


@pytest.mark.parametrize(
    ("lagstadgad", "said"),
    [
        ("SoL 13 kap. 3 §", "SoL 13 kap. 3 § handlar om Konsumentverkets uppgifter"),
        ("SoL 13 kap. 7 §", "får utse en kontaktperson"),
        ("SoL 11 kap. 5 §", "får ge insatser utan behovsprövning"),
        ("SoL 18 kap. 8 §", "ungdomstjänst"),
        ("SoL 14 kap. 5 §", "SoL 14 kap. 5 § handlar om handläggning och dokumentation"),
        (
            "SoL 13 kap. 2 §",
            (
                "SoL 13 kap. 2 § gäller budget- och skuldrådgivning, men det framgår inte att "
                "”Babycafé” är det"
            ),
        ),
        ("SoL 13 kap. 9 §", "stöd till den som vårdar en närstående"),
        ("SoL 6 kap. 3 §", ""),
        ("SoL 18 kap. 5 §", ""),
    ],
)
def test_a_provision_that_makes_the_insats_no_duty(lagstadgad: str, said: str) -> None:
    found = messages(
        "IK508",
        "insats",
        {"namn": "Babycafé", "insatstyp": "råd och stöd", "lagstadgad": lagstadgad},
    )
    assert [said in message for message in found] == ([True] if said else [])


@pytest.mark.parametrize(
    ("lagstadgad", "content"),
    [
        ("SoL 13 kap. 10 §", "Samtal för dig som vill sluta dricka."),
        ("SoL 13 kap. 9 §", "För dig som hjälper någon i din närhet, till exempel en make."),
        ("SoL 13 kap. 2 §", "Hjälp att reda ut privatekonomin."),
        ("SoL 13 kap. 1 §", "För dig som är utsatt för hot eller våld."),
        ("SoL 13 kap. 4 §", "Samtal om relationer."),
    ],
)
def test_words_near_the_duty_are_enough(lagstadgad: str, content: str) -> None:
    insats = {
        "namn": "Öppenvård",
        "insatstyp": "råd och stöd",
        "innehåll": content,
        "lagstadgad": lagstadgad,
    }
    assert messages("IK508", "insats", insats) == []


def test_the_sections_of_the_act_are_all_in_the_table() -> None:
    """Each provision of it that the catalogue tells of is one that it has."""
    act = acts.act()
    assert len(act.parts) == 35
    for name in (name for name in RULES.lagrum if name.startswith("SoL ") and "§" in name):
        assert act.lacks(acts.provision(name)) is None, name


def test_the_duties_name_kinds_and_concepts_that_there_are() -> None:
    kinds = set(shapes.of("insats").fields["insatstyp"].words or ())
    concepts = set(load_begrepp(CATALOGUE))
    for duty in acts.act().duties:
        assert set(duty.kinds) <= kinds, duty.name
        assert set(duty.concepts) <= concepts, duty.name
        assert duty.lagrum in RULES.lagrum, duty.name
