"""Running text: what its lines stand for is printed, in every field, layout and format."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from html import unescape
from typing import Any

import docx
import lxml.html
import pytest

from insatskoll.bilaga import phrases, running
from insatskoll.bilaga.layouts import LAYOUTS
from insatskoll.bilaga.render import bilaga, render_html
from tests.test_layouts import needed
from tests.test_render import revision


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        ("Ett stycke\nsom bryts\n  här.", ["Ett stycke som bryts här."]),
        ("Ett.\n\nTvå.", ["Ett.", "Två."]),
        ("Krav:\n- intyg\n- anmälan\n  i tid", ["Krav:", ["intyg", "anmälan i tid"]]),
        (
            "Vi erbjuder\n1. Medling\n2. Samtal\n  a) enskilt",
            ["Vi erbjuder", "1. Medling", "2. Samtal", "a) enskilt"],
        ),
        ("1. Medling\nmed flera\n2. Samtal", ["1. Medling med flera", "2. Samtal"]),
        (
            "- Barn\n  - under 15 år\n    - med samtycke\n- Vuxna",
            [["Barn", ["under 15 år", ["med samtycke"]], "Vuxna"]],
        ),
        ("- a\n    - b\n  - c\n- d", [["a", ["b", "c"], "d"]]),
        (" - a\n- b\n - c", [["a", "b", "c"]]),
        ("  - a\n- b\n  - c", [["a", "b", ["c"]]]),
        ("- Barn\n  1) små\n- Vuxna", [["Barn"], "1) små", ["Vuxna"]]),
        ("* ett\n* två", ["* ett", "* två"]),
        ("• ett\n• två", ["• ett", "• två"]),
        ("Krav:\n– ett\n– två", ["Krav:", "– ett", "– två"]),
        ("| a | b |\n| c | d |", ["| a | b |", "| c | d |"]),
        ("Stöd\n– till exempel samtal – för barn.", ["Stöd – till exempel samtal – för barn."]),
        (
            "Se lagen\ns. 4 i\nåret\n2025. Det är\n-5 grader\n112 svarar.",
            ["Se lagen s. 4 i året 2025. Det är -5 grader 112 svarar."],
        ),
        ("Det gäller\ni grupp\n14 kap. 3 §", ["Det gäller i grupp 14 kap. 3 §"]),
        ("a. ett\nb. två", ["a. ett", "b. två"]),
    ],
)
def test_what_lines_stand_for(text: str, blocks: list[Any]) -> None:
    assert running.blocks(text) == blocks
    signs = re.sub(r"(?m)^\s*- ", "", text)  # a list has signs of its own
    assert "".join(_flat(running.blocks(text)).split()) == "".join(signs.split())


def _flat(blocks: list[Any]) -> str:
    return "".join(block if isinstance(block, str) else _flat(block) for block in blocks)


def test_a_sentence_before_or_after_a_list_keeps_to_itself() -> None:
    said = phrases.mening(
        phrases.villkor(
            {
                "typ": "folkbokföring",
                "beskrivning": "Krav:\n- intyg\n- anmälan",
                "område": "Ekbacka",
            }
        )
    )
    assert running.blocks(said) == [
        "Krav:",
        ["intyg", "anmälan"],
        "Den sökande ska vara folkbokförd i Ekbacka.",
    ]
    why = phrases.skal(
        {"särskilda_skäl": {"åberopas": "ja", "motivering": "- ett\n- två."}, "beskrivning": "mer"}
    )
    assert running.blocks(why) == [
        "Särskilda skäl åberopas.",
        "Skälen är följande:",
        ["ett", "två."],
        "Mer.",
    ]


LISTED = (
    "{}:\n- intyg{}\n  - inre{}\n- anmälan{}\n\n1. Medling{}\n2. Samtal{}\n  a) enskilt{}\n\n* "
    "stjärna{}\n"
)
LISTED += "• punkt{}\n\n| a | b{} |"
FIELDS = (
    "innehåll", "syfte", "mål", "avgränsning", "målgrupp", "villkor", "samtycke", "lämplighet",
    "beskrivning", "motivering", "avgift", "stöd", "omfattning", "del",
)  # fmt: skip


def listed(field: str) -> str:
    return LISTED.replace("{}", f" {field}x")


def full() -> dict[str, Any]:
    """An insats with a text of many lines in every field that may have one."""
    return {
        **{field: listed(field) for field in ("innehåll", "syfte", "mål", "avgränsning")},
        "målgrupp": {"beskrivning": listed("målgrupp")},
        "villkor": [{"typ": "annat", "beskrivning": listed("villkor")}],
        "samtycke": {
            "under_15": "vårdnadshavare",
            "lämplighet": listed("lämplighet"),
            "beskrivning": listed("samtycke"),
        },
        "dokumentation": {
            "nivå": "avidentifierad",
            "särskilda_skäl": {"åberopas": "ja", "motivering": listed("motivering")},
            "beskrivning": listed("beskrivning"),
        },
        "avgift": {"beskrivning": listed("avgift")},
        "metod": {"namn": "COPE", "stöd": listed("stöd")},
        "omfattning": {"antal": 5, "enhet": "samtal", "beskrivning": listed("omfattning")},
    }


WRITTEN = revision(
    {},
    full(),
    {
        "delar": [
            {"namn": "A"},
            {"namn": "B", "villkor": [{"typ": "annat", "beskrivning": listed("del")}]},
        ]
    },
)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_field_has_its_lists_and_lines_in_every_layout(layout: str) -> None:
    page = lxml.html.document_fromstring(render_html(WRITTEN, layout=layout))
    said = [" ".join(node.text_content().split()) for node in page.iter("p", "li")]
    for field in FIELDS:
        mark = f"{field}x"
        lines = [
            f"1. Medling {mark}",
            f"2. Samtal {mark}",
            f"a) enskilt {mark}",
            f"* stjärna {mark}",
            f"• punkt {mark}",
        ]
        points = [f"anmälan {mark}", f"inre {mark}", f"| a | b {mark} |"]
        lost = [line for line in lines + points if line not in said and f"{line}." not in said]
        assert lost == [], (layout, field)
        assert page.xpath(
            '//li[starts-with(normalize-space(.), "intyg '
            f'{mark}")]/ul/li[normalize-space(.)="inre {mark}"]'
        )


def test_lists_and_lines_are_kept_in_the_files() -> None:
    files = bilaga(WRITTEN, formats=("md", "docx"), layout="avsnitt").files
    lines = [
        paragraph.text
        for paragraph in docx.Document(io.BytesIO(files["exempel-bilaga.docx"])).paragraphs
    ]
    markdown = files["exempel-bilaga.md"].decode()
    for field in ("villkor", "samtycke", "motivering", "innehåll"):
        mark = f"{field}x"
        for line in (
            f"intyg {mark}",
            f"inre {mark}",
            f"1. Medling {mark}",
            f"a) enskilt {mark}",
            f"• punkt {mark}",
        ):
            assert line in lines, line
        assert re.search(rf"(?m)^- +intyg {mark}\n(?:\n)?  +- +inre {mark}$", markdown), field
        assert re.search(rf"(?m)^2\\?\. Samtal {mark}$", markdown), field


def test_an_inner_point_keeps_its_sign_in_a_row_of_facts() -> None:
    files = bilaga(WRITTEN, formats=("md", "docx", "pdf"), layout="lista").files
    rows = "\n".join(
        paragraph.text
        for paragraph in docx.Document(io.BytesIO(files["exempel-bilaga.docx"])).paragraphs
    )
    for text in (
        rows,
        unescape(files["exempel-bilaga.md"].decode()),
        "\n".join(pdf_pages(files["exempel-bilaga.pdf"])),
    ):
        assert re.search(r"– intyg syftex\W*\n\s*– inre syftex\W*\n\s*– anmälan syftex", text)
    assert "\n\u2003– inre syftex\n" in rows
    # In the PDF the lines stand under one another, beside the label.
    assert re.search(
        r"(?m)^ {12,}– intyg syftex", "\n".join(pdf_pages(files["exempel-bilaga.pdf"]))
    )


def test_the_page_number_of_a_name_read_from_the_right_stands_last_in_the_contents() -> None:
    made = revision(
        {}, {"namn": "Samtal på עברית", "innehåll": listed("innehåll")}, {"namn": "Vanlig"}
    )
    pages = pdf_pages(bilaga(made, formats=("pdf",)).files["exempel-bilaga.pdf"])
    entry = next(line for line in pages[1].splitlines() if "Samtal på" in line)
    assert re.search(r"Samtal på \W*עברית\W*[. ]+\W*2$", entry)
    lines = [line.strip() for line in pages[1].splitlines()]
    for line in (
        "1. Medling innehållx",
        "a) enskilt innehållx",
        "• inre innehållx",
        "• punkt innehållx",
    ):
        assert line in lines


def pdf_pages(data: bytes) -> list[str]:
    tool = needed(shutil.which("pdftotext"), "pdftotext")
    done = subprocess.run(
        [tool, "-layout", "-enc", "UTF-8", "-", "-"], input=data, capture_output=True, check=True
    )
    return done.stdout.decode().split("\f")
