"""What a document's layout tells and does not tell: an answer is no question, a label that comes
again is no table of contents, and a table is one of insatser where its heads say so."""

from __future__ import annotations

import io
import random
import re
from collections import Counter
from typing import Any

import docx
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


# Tables

HEADS = ("Målgrupp", "Ingång", "Samtycke", "Dokumentation", "Omfattning", "Kostnad", "Övrigt")
WORDS = (
    "Remiss", "Anmälan", "Vårdnadshavare", "På individnivå", "Personakt", "Undantag", "Skäl", "0",
    "Nej", "13", "Rådgivning", "Mötesplats", "Vuxna", "Insats", "Deltagare", "Plats", "Målgrupp",
    "Samtycke krävs", "Program", "50 kr", "Fem träffar.", "Grund", "Barn under femton",
    "2024-12-31",
)  # fmt: skip


def table(heads: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    lines = [heads, ("---",) * len(heads), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


@pytest.mark.parametrize("seed", range(12))
def test_no_word_of_a_table_is_lost_whatever_its_cells_say(seed: int) -> None:
    chance = random.Random(seed)
    heads = ("Insats", "Målgrupp", *chance.sample(HEADS[1:], 4))
    rows = [(f"Stöd {at}", *chance.sample(WORDS, 5)) for at in range(4)]
    assert lost(table(heads, rows)) == Counter()
    assert len(insatser(read(table(heads, rows)))) == 4


@pytest.mark.parametrize("seed", range(12))
def test_no_word_under_a_label_is_lost_whatever_it_says(seed: int) -> None:
    chance = random.Random(seed)
    one = "".join(f"**{head}:** {chance.choice(WORDS)}\n\n" for head in HEADS[:-1])
    text = "".join(f"### Stöd {name}\n\n{one}" for name in "AB")
    assert lost(text) == Counter()


def test_ages_in_columns_of_their_own_are_bounds_and_unknown_columns_are_left() -> None:
    text = table(
        ("Nr", "Insats", "Målgrupp", "Ålder fr.o.m.", "Ålder t.o.m.", "Beredning", "Avgift"),
        [
            ("1", "Samtal", "Unga", "13", "20", "4", "0"),
            ("2", "Grupp", "Vuxna", "18", "", "5", "0"),
            ("3", "Kurs", "Föräldrar", "13", "17", "Stöd ges tillsammans med skolan.", "0"),
        ],
    )
    made = read(text)
    ages = [one["målgrupp"].get("ålder") for one in insatser(made).values()]
    assert ages == [
        {"från": 13, "avser": "deltagaren", "till": 20},
        {"från": 18, "avser": "deltagaren"},
        None,  # the parents', or their children's
    ]
    assert [one.get("innehåll") for one in insatser(made).values()] == [
        None, None, "Stöd ges tillsammans med skolan."
    ]  # fmt: skip
    assert {"1", "4", "5"} <= set(left(made))
    assert lost(text) == Counter()


GIVEN = table(("Insats", "Målgrupp", "Omfattning"), [("Samtal", "Vuxna", "Fem samtal.")])


@pytest.mark.parametrize(
    "other",
    [
        "## Avslutade insatser\n\n" + GIVEN.replace("Samtal |", "Pappagrupp |"),
        "## Utgått\n\n" + table(("Benämning", "Utgick", "Skäl"), [("Pappagrupp", "2024", "Få.")]),
        table(("Insats", "Slutdatum", "Motivering"), [("Pappagrupp", "2024-12-31", "Få.")]),
        table(("Insats", "Kontakt", "Skäl"), [("Pappagrupp", "08-123", "Få.")]),
        table(("Insats", "Målgrupp", "Avslutad"), [("Pappagrupp", "Pappor", "2024-12-31")]),
    ],
)
def test_rows_that_may_be_no_insatser_are_asked_about(other: str) -> None:
    made = read(f"{GIVEN}\n{other}")
    assert list(insatser(made)) == ["Samtal"]
    assert any("Pappagrupp" in words for words in left(made))
    assert "Är raden en insats som ges" in asked(made)


def test_a_list_of_names_and_units_is_one_of_insatser_where_there_is_no_other() -> None:
    text = table(("Insats", "Ansvarig enhet"), [("Samtal", "Navet"), ("Grupp", "Ankaret")])
    assert list(insatser(read(text))) == ["Samtal", "Grupp"]


def test_what_stands_after_the_table_of_an_insats_is_under_no_label_of_it() -> None:
    one = "### {0}\n\n| Målgrupp | Vuxna |\n|---|---|\n| Omfattning | Fem samtal. |\n\n"
    text = one.format("Samtal A") + one.format("Samtal B") + "Frågor besvaras av Lena Modig.\n"
    made = read(text)
    assert "Lena" not in str(insatser(made))
    assert "Frågor besvaras av Lena Modig." in left(made)
    assert "Vad hör texten efter tabellen till" in asked(made)


@pytest.mark.parametrize("sign", [" – ", ": ", ". ", ", ", " "])
def test_the_title_has_no_sign_of_what_the_bilaga_is_called(sign: str) -> None:
    made = read(
        "### Samtal\n\nMålgrupp: Vuxna\n\nOmfattning: Fem samtal.\n",
        f"# Bilaga 2{sign}Öppna insatser\n\n## Vuxna\n\n",
    )
    assert made.made[0].sheet.data["bilaga"]["titel"] == "Öppna insatser"
    assert made.made[0].sheet.data["bilaga"]["beteckning"] == "Bilaga 2"


def test_the_first_heading_in_a_table_is_a_chapter_and_no_title() -> None:

    document = docx.Document()
    document.add_paragraph("Sammanställning")
    made = document.add_table(1, 3)
    for at, head in enumerate(("Insats", "Målgrupp", "Omfattning")):
        made.rows[0].cells[at].text = head
    for chapter, name in (("Unga", "Samtal A"), ("Vuxna", "Samtal B")):
        cells = made.add_row().cells
        cells[0].merge(cells[2]).text = chapter
        for cell, words in zip(made.add_row().cells, (name, "Alla", "Fem samtal"), strict=True):
            cell.text = words
    out = io.BytesIO()
    document.save(out)
    found = plan.plan([formats.source("underlag.docx", out.getvalue())], "Test")
    sheet = found.made[0].sheet.data
    assert [one["namn"] for one in sheet["avdelningar"]] == ["Unga", "Vuxna"]
    assert sheet["bilaga"]["titel"] not in ("Unga", "Vuxna")


# Without labels

TOLD = "Den som är 21 år eller äldre kan få upp till tre samtal."
LABELLED = "#### Målgrupp\n\nAnhöriga\n\n#### Dokumentation\n\nIndividnivå\n\n"


@pytest.mark.parametrize("first", [True, False])
def test_running_text_among_insatser_with_labels_is_one_too(first: bool) -> None:
    text = f"### Samtal om alkohol\n\n{TOLD} Insatsen dokumenteras på individnivå.\n\n"
    other = f"### Anhörigstöd\n\n{LABELLED}"
    made = insatser(read(text + other if first else other + text))
    assert set(made) == {"Samtal om alkohol", "Anhörigstöd"}
    assert made["Samtal om alkohol"]["dokumentation"]["nivå"] == "individnivå"
    assert made["Samtal om alkohol"]["omfattning"]["högst"] == 3


@pytest.mark.parametrize(
    ("section", "many"),
    [
        (f"# Samtal\n\n{TOLD}\n", 1),
        (f"# Vuxna\n\n- B1 {TOLD}\n- B2 Stöd för dig från 18 år, högst 5 samtal.\n", 2),
        ("# Vuxna\n\nAlla från 18 år är välkomna.\n\nMan kan få högst 5 samtal.\n", 1),
        ("# Lagstiftning\n\nNämnden följer lagen. Uppgifter dokumenteras.\n", 0),
        ("# Om riktlinjen\n\nRiktlinjen ses över varje år.\n", 0),
    ],
)
def test_guidelines_that_tell_of_insatser_are_asked_about(section: str, many: int) -> None:
    made = read(f"### Anhörigstöd\n\n{LABELLED}{section}")
    assert list(insatser(made)) == ["Anhörigstöd"]
    assert [one.why for one in made.made[0].sheet.questions].count("Är det här en insats") == many
