"""Markdown is read with its headings, lists, tables and notes."""

from __future__ import annotations

import pytest

from insatskoll.importing import formats
from insatskoll.importing.blocks import Source, Style, Table, texts
from insatskoll.reading.packages import Unfit


def read(text: str) -> Source:
    return formats.source("a.md", text.encode())


def said(text: str) -> list[tuple[str, int | None, str]]:
    return [(one.style.name, one.level, one.words) for one in texts(read(text).blocks)]


def test_headings_paragraphs_and_items() -> None:
    text = """# Insatser

Öppen förskola
------

Första raden
går vidare.\\
Ny rad.

- Fika
  - Kaffe

  Mer om fika.
1. [ ] Boka
2. [x] Betala

> Ett citat
"""
    assert said(text) == [
        ("HEADING", 1, "Insatser"),
        ("HEADING", 2, "Öppen förskola"),
        ("BODY", None, "Första raden går vidare."),
        ("BODY", None, "Ny rad."),
        ("ITEM", 0, "Fika"),
        ("ITEM", 1, "Kaffe"),
        ("BODY", None, "Mer om fika."),
        ("ITEM", 0, "☐ Boka"),
        ("ITEM", 0, "☑ Betala"),
        ("BODY", None, "Ett citat"),
    ]


def test_bold_beginnings_and_headings_that_are_only_bold() -> None:
    lead, whole, under = texts(
        read("**Målgrupp:** barn\n\n**Villkor**\n\n<u>Syfte</u> är\n").blocks
    )
    assert (lead.lead, lead.bold, lead.spot.paragraph) == ("Målgrupp:", False, 1)
    assert (whole.bold, whole.spot.paragraph, under.lead) == (True, 3, "Syfte")


def test_tables_have_their_heads() -> None:
    text = "| Namn | Barn |\n|---|:-:|\n| **Trappan**<br>i stan | x |\n| Nexus | |\n"
    (table,) = formats.source("a.txt", text.encode()).blocks
    assert isinstance(table, Table) and table.heads == 1
    found = [[cell.words for cell in row] for row in table.rows]
    assert found == [["Namn", "Barn"], ["Trappan i stan", "x"], ["Nexus", ""]]
    (bare,) = read("| | |\n|---|---|\n| Syfte | stöd |\n").blocks
    assert isinstance(bare, Table) and (bare.heads, len(bare.rows)) == (0, 1)


def test_notes_pictures_and_html() -> None:
    text = "Fem samtal[^1] ges. ![karta](x.png)\n\n[^1]: Enligt beslut.\n\n"
    text += "<div>Ruta<br>rad</div>\n\n<!-- att göra -->\n\nSlut[^2]\n\n[^2]: SoL\n"
    source = read(text)
    assert [(t.style, t.words) for t in texts(source.blocks)] == [
        (Style.BODY, "Fem samtal ges."),
        (Style.NOTE, "Enligt beslut."),
        (Style.BODY, "Ruta rad"),
        (Style.BODY, "Slut"),
        (Style.NOTE, "SoL"),
    ]
    assert source.passed_over == ("En bild: ”karta”", "En anmärkning som inte syns: ”att göra”")


def test_what_stands_before_the_text_and_a_table_of_contents() -> None:
    text = "---\ntitel: Insatser\n---\n\n## Innehåll\n\n"
    text += "- [Trappan](#a)\n- [Nexus](#b)\n- [Lots](#c)\n\n"
    text += "## Trappan\n\nEtt\n\n## Nexus\n\nTvå\n\n## Lots\n\nTre\n"
    source = read(text)
    found = [(t.style.name, t.words) for t in texts(source.blocks)]
    assert found[0] == ("BODY", "titel: Insatser")
    assert found[1:5] == [("MARGIN", w) for w in ("Innehåll", "Trappan", "Nexus", "Lots")]
    assert found[5] == ("HEADING", "Trappan")
    assert source.passed_over == ("Innehållsförteckningen är inte läst som innehåll",)


def test_a_list_of_what_comes_is_no_table_of_contents_without_its_name() -> None:
    text = "## Verksamheter\n\n- Trappan\n- Nexus\n- Lots\n\n## Trappan\n\n## Nexus\n\n## Lots\n"
    assert "MARGIN" not in {style for style, _, _ in said(text)}


def test_too_deep_is_refused_and_not_lost() -> None:
    with pytest.raises(Unfit, match="inuti varandra"):
        read("# a\n\n" + ">" * 500 + " ord\n")
