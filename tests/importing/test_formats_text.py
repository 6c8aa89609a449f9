"""Plain text is made into the paragraphs that it was before a program broke its lines."""

from __future__ import annotations

import re
import sys

import pytest

from insatskoll.importing import formats
from insatskoll.importing.blocks import Style, texts
from insatskoll.importing.formats import lines, plain

_LONG = (
    "Insatsen är ett stöd för föräldrar som vill veta mer om hur barn utvecklas och som behöver "
    "någon att tala med om det som är svårt i vardagen. Träffarna hålls av familjebehandlare en "
    "gång i veckan under hösten och våren. Ingen anmälan behövs."
)


def read(text: str) -> list[str]:
    return [one.words for one in texts(formats.source("a.txt", text.encode()).blocks)]


def broken(text: str, width: int, end: str = "\n") -> str:
    return re.sub(rf"(.{{1,{width}}})(?: |$)", rf"\1{end}", text)


@pytest.mark.parametrize("width", [40, 60, 80, 95])
@pytest.mark.parametrize("end", ["\n", " \n", "\r\n"])
def test_lines_broken_at_a_width_are_one_paragraph(width: int, end: str) -> None:
    text = f"Öppen förskola{end}Målgrupp{end}{broken(_LONG, width, end)}{end}Villkor{end}"
    assert read(text)[-2:] == [_LONG, "Villkor"]
    assert read(text)[:-2] in (["Öppen förskola", "Målgrupp"], ["Öppen förskola Målgrupp"])


def test_a_blank_line_after_each_line_ends_no_paragraph() -> None:
    text = (
        "1 BAKGRUND\n\n"
        + broken(_LONG, 70, " \n\n")
        + "\n1.2 Ansvar\n\n"
        + broken(_LONG, 70, "\n\n")
    )
    assert read(text) == ["1 BAKGRUND", _LONG, "1.2 Ansvar", _LONG]


def test_items_and_labels_begin_paragraphs() -> None:
    text = (
        "Målgrupp: Föräldrar till barn som är yngre än ett år\nVillkor: Barnet är folkbokfört\n"
        "● Insatsen ges till barn 15–18 år utan\nvårdnadshavares samtycke.\n\uf0b7 Ges anonymt\n"
        "1. i grupp,\n2. enskilt\n"
    )
    found = list(texts(formats.source("a.txt", text.encode()).blocks))
    assert [(t.style, t.words, t.spot.paragraph) for t in found] == [
        (Style.BODY, "Målgrupp: Föräldrar till barn som är yngre än ett år", 1),
        (Style.BODY, "Villkor: Barnet är folkbokfört", 2),
        (Style.ITEM, "Insatsen ges till barn 15–18 år utan vårdnadshavares samtycke.", 3),
        (Style.ITEM, "Ges anonymt", 5),
        (Style.BODY, "1. i grupp,", 6),
        (Style.BODY, "2. enskilt", 7),
    ]


@pytest.mark.parametrize(
    ("line", "following", "whole"),
    [
        ("Dokumentations-", "skyldigheten gäller", "Dokumentationsskyldigheten gäller"),
        ("barn-", "och ungdomsinsatser", "barn- och ungdomsinsatser"),
        ("barn- och ungdoms-", "eller vuxeninsatser", "barn- och ungdoms- eller vuxeninsatser"),
        ("BVC-", "sköterska", "BVC-sköterska"),
        ("högst 3-", "5 samtal", "högst 3-5 samtal"),
        ("e-", "tjänsten", "e-tjänsten"),
        ("Malmö-", "Lund", "Malmö-Lund"),
        ("ett drop-", "in för unga", "ett drop-in för unga"),
        ("råd\u00ad", "givning", "rådgivning"),
        ("stöd –", "även i grupp", "stöd – även i grupp"),
        ("stöd", "till barn", "stöd till barn"),
    ],
)
def test_divided_words_are_made_whole(line: str, following: str, whole: str) -> None:
    assert lines.joined(line, following, lines.Words.of(["drop-in"])) == whole


def test_a_word_cut_off_in_a_narrow_column_is_made_whole() -> None:
    text = "Arbetsmarknadskontoret \när det som \nger stöd \ntill alla \nvuxna.\n\n"
    text += "Social- och \narbetsmarknadsko\nntoret i \nstaden\n"
    assert read(text)[1] == "Social- och arbetsmarknadskontoret i staden"


def test_heads_feet_and_numbers_of_pages_are_apart() -> None:
    pages = [
        f"Socialnämnden\nSida {n} (4)\n\nStycke {w} är här.\n" for n, w in enumerate("abcd", 1)
    ]
    found = list(texts(formats.source("a.txt", "\f".join(pages).encode()).blocks))
    body = [(t.words, t.spot.page) for t in found if t.style is Style.BODY]
    assert body == [(f"Stycke {w} är här.", n) for n, w in enumerate("abcd", 1)]
    assert sum(t.style is Style.MARGIN for t in found) == 8
    alone = "\n\n".join(f"Text nummer {w}.\n\n{n}\n" for n, w in enumerate("abcd", 1))
    assert read(alone) == [
        x for n, w in enumerate("abcd", 1) for x in (f"Text nummer {w}.", str(n))
    ]


def test_a_paragraph_goes_on_over_the_page() -> None:
    text = "Uppföljningen av insatserna sker kontinuerligt under hela\n\n\n\n"
    text += "Sida 3 av 9\n\nåret av chefen.\n"
    assert "Uppföljningen av insatserna sker kontinuerligt under hela året av chefen." in read(text)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_the_encodings_of_windows_are_read(encoding: str) -> None:
    source = formats.source("a.txt", "Öppen förskola på Åsgränd".encode(encoding))
    assert [text.words for text in texts(source.blocks)] == ["Öppen förskola på Åsgränd"]


def test_no_word_is_lost() -> None:
    text = "\f".join(
        f"Huvud {n}\n\n{broken(_LONG, 30 + n)}\n• punkt {w}\n" for n, w in enumerate("abcdefgh")
    )
    found = " ".join(read(text)).split()
    assert sorted(found) == sorted(text.replace("•", "").split())


@pytest.mark.parametrize("line", ["en rad som går vidare \n", "ord-\n", "12\n\n", "- \n", "\f"])
def test_much_of_the_same_is_read_in_time_that_grows_with_it(line: str) -> None:
    cost = [_work(line * many) for many in (500, 2000)]
    assert cost[1] < cost[0] * 8


def _work(text: str) -> int:
    """How many steps it takes to read a text."""
    steps = 0

    def counted(*_: object) -> None:
        nonlocal steps
        steps += 1

    sys.setprofile(counted)
    try:
        plain.read(text)
    finally:
        sys.setprofile(None)
    return steps


_DOCUMENT = [
    "Familjer får Barnsäkert av sjuksköterskan. Samtal ges också. Ett samtal är gratis.",
    "Efteråt fylls Barnsäkert-", "enkäten i, och enligt doku-", "mentation sparas den.",
    "ABC-material och Trappan-grupper finns.",
]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "following", "whole"),
    [
        ("fyller i Barnsäkert-", "enkäten hemma", "fyller i Barnsäkert-enkäten hemma"),
        ("enligt doku-", "mentation", "enligt dokumentation"),
        ("Doku-", "mentation sker", "Dokumentation sker"),
        ("flera samtals-", "grupper", "flera samtalsgrupper"),
        ("Samtals-", "grupper", "Samtalsgrupper"),
        ("Samtal-", "gruppen", "Samtalgruppen"),
        ("vid Trappan-", "mötet", "vid Trappan-mötet"),
        ("Fami-", "ljer", "Familjer"),
    ],
)
def test_a_name_keeps_its_hyphen_at_the_end_of_a_line(
    line: str, following: str, whole: str
) -> None:
    """A name that the document has alone is a word, and what it begins has a hyphen of its own."""
    assert lines.joined(line, following, lines.Words.of(_DOCUMENT)) == whole
