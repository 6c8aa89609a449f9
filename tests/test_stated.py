"""What is stated beside what holds is told in sentences, each thing once."""

from __future__ import annotations

from typing import Any

import pytest

from insatskoll.diff import stated
from insatskoll.diff.facts import compare
from insatskoll.diff.forms import consequences
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
