"""Whether the sentences of a proposal decide about the bilaga or its insatser."""

from __future__ import annotations

from typing import Any

import pytest

from insatskoll.catalogue.model import Revision
from insatskoll.law.predicates import Subject
from insatskoll.law.rules import load_rules

(CHECK,) = load_rules().rules["IK607"].checks


def decides(sentence: str) -> bool:
    data = {"nämnd": "Socialnämnden", "datum": "2025-09-18", "beslutssats": [sentence]}
    kommun: Any = {"namn": "K", "förslag": data}
    return not list(CHECK.hits(Subject(kommun, Revision("k", kommun, ()))))


@pytest.mark.parametrize(
    "sentence",
    [
        (
            "Socialnämnden beslutar att insatserna i bilaga 1 får tillhandahållas utan "
            "individuell behovsprövning."
        ),
        "Nämnden bifaller förslaget till förteckning över insatser.",
        "Nämnden ger sitt bifall till bilagan.",
        "Att insatserna i bilagan ges från den 1 september.",
        "Att insatserna enligt bilagan ska vara tillgängliga utan behovsprövning.",
        "Sätter bilagan i kraft.",
        "att sätta bilagan i kraft den 1 september",
        "Bilagan ersätter den tidigare bilagan från den 1 september.",
        "Bilaga 1 läggs fast att gälla från 1 september.",
        "Nämnden beslutar om tidplan för införandet och antar bilagan.",
        "Nämnden godkänner att bilagan gäller från den 1 september.",
        "Socialnämnden beslutar om undantag enligt 14 kap. 5 § för insatserna Lots och Urinprov.",
    ],
)
def test_the_nämnd_decides(sentence: str) -> None:
    assert decides(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Nämnden avser att anta bilagan i oktober.",
        "Nämnden kommer att anta bilagan i oktober.",
        "Nämnden godkänner att bilagan skickas på remiss.",
        "Nämnden beslutar att bilagan remitteras till råden.",
        "Nämnden beslutar om tidplan för bilagan.",
        "Nämnden bifaller yrkandet om återremiss av bilagan.",
        "Nämnden lägger bilagan till handlingarna.",
        "Förvaltningen redovisar hur insatserna ges.",
    ],
)
def test_the_nämnd_decides_nothing_about_them(sentence: str) -> None:
    assert not decides(sentence)
