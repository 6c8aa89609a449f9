"""What a document's layout tells and does not tell: an answer is no question, a label that comes
again is no table of contents, and a table is one of insatser where its heads say so."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import pytest

from insatskoll.importing import formats, plan
from insatskoll.importing.blocks import texts
from insatskoll.importing.plan import Plan

TOP = "# Insatser utan behovsprövning\n\nSocialnämnden\n\n## Vuxna\n\n"


def read(text: str, top: str = TOP) -> Plan:
    """What a document in Markdown becomes."""
    return plan.plan([formats.source("underlag.md", (top + text).encode())], "Test")


def insatser(read: Plan) -> dict[str, Any]:
    """The insatser by name."""
    return {one.sheet.data["namn"]: one.sheet.data for one in read.made if one.kind == "insats"}


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"[^\W_]+", text.casefold()))


def lost(text: str, top: str = TOP) -> Counter[str]:
    """The words of a document that neither a field, nor a leftover, nor a label has."""
    source = formats.source("underlag.md", (top + text).encode())
    made = plan.plan([source], "Test")
    kept: Counter[str] = Counter()
    for one in made.made:
        for said, _ in {(filling.words, filling.spot): None for filling in one.sheet.fillings}:
            kept += words(said)
        for left in one.sheet.leftovers:
            kept += words(left.words)
    for (label, _), many in made.labels.items():
        kept += Counter({word: many * times for word, times in words(label).items()})
    whole = Counter[str]()
    for each in texts(source.blocks):
        whole += words(each.words)
    return whole - kept


def left(read: Plan) -> list[str]:
    """The words that no field has."""
    return [left.words for one in read.made for left in one.sheet.leftovers]


def asked(read: Plan) -> list[str]:
    """What the official is asked."""
    return [question.why for one in read.made for question in one.sheet.questions]


# Answers that are words of labels

ANSWERS = ("Individnivå", "Vårdnadshavare", "Remiss", "Anmälan", "Undantag", "Personakt")


@pytest.mark.parametrize("answer", ANSWERS)
@pytest.mark.parametrize(
    "form",
    [
        "Målgrupp: Vuxna\n\nDokumentation: {0}\n\nOmfattning: Fem samtal.",
        "**Målgrupp** Vuxna\n\n**Dokumentation** {0}\n\n**Omfattning** Fem samtal.",
        "#### Målgrupp\n\nVuxna\n\n#### Dokumentation\n\n{0}\n\n#### Omfattning\n\nFem samtal.",
        "#### Målgrupp\n\nVuxna\n\n#### Dokumentation\n\n- {0}\n\n#### Omfattning\n\nFem samtal.",
        "**Målgrupp**\n\nVuxna\n\n**Dokumentation**\n\n{0}\n\n**Omfattning**\n\nFem samtal.",
        "- Målgrupp: Vuxna\n- Dokumentation: {0}\n- Omfattning: Fem samtal.",
        "Målgrupp – Vuxna\n\nDokumentation – {0}\n\nOmfattning – Fem samtal.",
        "Målgrupp:\nVuxna\n\nDokumentation:\n{0}\n\nOmfattning:\nFem samtal.",
    ],
)
def test_an_answer_in_words_of_labels_is_no_label(form: str, answer: str) -> None:
    text = "".join(f"### Samtal {name}\n\n{form.format(answer)}\n\n" for name in "AB")
    assert lost(text) == Counter()
    for one in insatser(read(text)).values():
        assert one["omfattning"]["antal"] == 5
        assert answer in str(one["dokumentation"]) or answer == "Individnivå"
    if answer == "Individnivå":
        levels = [one["dokumentation"]["nivå"] for one in insatser(read(text)).values()]
        assert levels == ["individnivå"] * 2


def test_labels_with_labels_under_them_stay_labels() -> None:
    text = (
        "### Samtal A\n\n#### Målgrupp och villkor\n\nVuxna\n\n**Omfattning**\n\nFem samtal.\n\n"
        "#### Samtycke\n\nBarn under 15 år\n\nVårdnadshavares samtycke krävs.\n\n"
        "#### Dokumentation\n\nIndividnivå: Ja\n\n### Samtal B\n\n#### Målgrupp\n\nUnga\n\n"
        "#### Omfattning\n\nSex samtal.\n\n#### Dokumentation\n\nIndividnivå: Nej\n"
    )
    made = insatser(read(text))
    assert made["Samtal A"]["omfattning"]["antal"] == 5
    assert made["Samtal A"]["dokumentation"]["nivå"] == "individnivå"
    assert "Omfattning" not in str(made)


# Labels that come again

FIVE = (
    "{h}Målgrupp\n\n{who}\n\n{h}Innehåll\n\n{said}\n\n{h}Omfattning\n\nFem samtal.\n\n"
    "{h}Dokumentation\n\nInsatsen dokumenteras på individnivå.\n\n"
)
LISTED = "Innehåll\n\n- Samtal A\n- Samtal B\n- Samtal C\n\n"


@pytest.mark.parametrize("many", [2, 3, 5])
@pytest.mark.parametrize("h", ["#### ", "**"])
def test_a_label_that_comes_again_is_no_table_of_contents(h: str, many: int) -> None:
    parts = []
    for at in range(many):
        one = FIVE.format(h=h, who="Vuxna", said=f"Samtal nummer {at} om vardagen.")
        one = re.sub(r"^(\*\*.+)$", r"\1**", one, flags=re.MULTILINE)
        parts.append(f"### Samtal {'ABCDE'[at]}\n\n{one}")
    text = "".join(parts)
    for whole in (text, f"## {LISTED}{text}"):
        made = insatser(read(whole))
        assert list(made) == [f"Samtal {name}" for name in "ABCDE"[:many]]
        assert [one["innehåll"] for one in made.values()] == [
            f"Samtal nummer {at} om vardagen." for at in range(many)
        ]


def test_a_table_of_contents_without_styles_is_no_content() -> None:
    text = (
        "Innehåll\n\nInledning\n\nSamtalsgrupp\n\nFöräldrastöd\n\nInledning\n\n"
        "Nämnden ger stöd.\n\nSamtalsgrupp\n\nMålgrupp: Vuxna\n\nOmfattning: Fem samtal.\n\n"
        "Föräldrastöd\n\nMålgrupp: Föräldrar\n\nOmfattning: Sex träffar.\n"
    )
    source = formats.source("underlag.md", text.encode())
    assert list(insatser(plan.plan([source], "Test"))) == ["Samtalsgrupp", "Föräldrastöd"]
    assert "Innehållsförteckningen" in str(source.passed_over)
