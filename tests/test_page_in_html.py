"""How the page's lists and tables are put together in HTML: what a reader who listens goes by."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from insatskoll.bilaga.layouts import LAYOUTS
from insatskoll.bilaga.render import bilaga, render_html
from insatskoll.catalogue.loading import load_begrepp, load_kommun
from insatskoll.decisions import review
from insatskoll.law.rules import load_rules
from insatskoll.resources import CATALOGUE
from tests.layouts import OWN, revision_of
from tests.test_render import revision

TWO = {
    "villkor": [
        {"typ": "annat", "beskrivning": "Vara folkbokförd i kommunen."},
        {"typ": "annat", "beskrivning": "Ha hyreskontrakt."},
    ],
    "målgrupp": {"beskrivning": "Vuxna."},
}


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("kommun", OWN.values())
def test_each_word_of_a_list_of_facts_stands_once_in_a_row(kommun: str, layout: str) -> None:
    html = render_html(revision_of(kommun), layout=layout)
    lists = re.findall(r"<dl>(.*?)</dl>", html, re.DOTALL)
    assert lists
    for rows in lists:
        assert re.sub(
            r"<div>\s*<dt>.*?</dt>\s*(<dd>.*?</dd>\s*)+</div>\s*", "", rows, flags=re.S
        ) == ("\n")
        words = re.findall(r"<dt>(.*?)</dt>", rows)
        assert all(one != after for one, after in pairwise(words)), words


def test_all_that_is_said_of_a_word_is_in_every_format() -> None:
    for layout in LAYOUTS:
        made = bilaga(revision(None, TWO), formats=("html", "md"), layout=layout).files
        for text in (one.decode() for one in made.values()):
            assert "folkbokförd i kommunen." in text and "hyreskontrakt." in text


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_table_has_a_caption(layout: str) -> None:
    earlier = [one.revision for one in load_kommun(CATALOGUE / "kommuner" / "uppsala").beslut]
    html = render_html(revision_of("uppsala"), earlier, layout=layout)
    tables = re.findall(r"<table\b.*?</table>", html, re.DOTALL)
    assert all(re.search(r"<caption\b[^>]*>[^<]+</caption>", table) for table in tables)


def test_the_review_s_tables_have_captions() -> None:
    kommun = load_kommun(CATALOGUE / "kommuner" / "knivsta")
    assert kommun.revision is not None
    report = review.review(kommun, kommun.revision, load_rules(), load_begrepp(CATALOGUE))
    files = review.granskning_files(report, kommun.revision, ("html",))
    html = files["knivsta-granskning.html"].decode()
    assert html.count("<table") == html.count("<caption") > 3


def test_captions_that_repeat_a_heading_are_not_printed_on_paper() -> None:
    earlier = [one.revision for one in load_kommun(CATALOGUE / "kommuner" / "uppsala").beslut]
    made = bilaga(revision_of("uppsala"), earlier, ("md",))
    md = made.files["uppsala-bilaga.md"].decode()
    assert md.count("Dokumenthistorik") == 2, "in the contents, and as a heading"


def test_on_paper_the_page_tells_of_the_pdf_where_there_is_one() -> None:
    told = "Bilagan finns också som PDF"
    both = bilaga(revision_of("knivsta"), formats=("html", "pdf")).files["knivsta-bilaga.html"]
    assert f"{told}, gjord för utskrift" in both.decode()
    assert told not in render_html(revision_of("knivsta"))


def in_words(kommun: dict[str, object], *insatser: dict[str, object]) -> list[tuple[str, str]]:
    html = render_html(revision(kommun, *insatser))
    _, _, words = html.partition("Insatser per enhet</h3>")
    return re.findall(r"<dt>(.*?)</dt>\s*<dd>(.*?)</dd>", words.partition("</section>")[0])


def test_the_matrix_is_told_in_words_after_it() -> None:
    units = [{"id": name, "namn": f"Enhet {name.upper()}"} for name in ("a", "b", "c")]
    kommun: dict[str, object] = {"enheter": units, "matris": {"titel": "Insatser per verksamhet"}}
    insatser: list[dict[str, object]] = [
        {"namn": "Samtal.", "utförare": {"enheter": ["a", "c"]}},
        {"namn": "Grupp, för unga", "utförare": {"enheter": ["a"]}},
        {"namn": "Lots"},
    ]
    told = in_words(kommun, *insatser)
    assert told == [("Enhet A", "Grupp, för unga; Samtal"), ("Enhet C", "Samtal")]
    insatser[1]["namn"] = "Grupp"
    assert in_words(kommun, *insatser)[0] == ("Enhet A", "Grupp, Samtal")
    assert "Insatser per enhet" not in render_html(revision({"enheter": units}, *insatser))


def test_the_matrix_in_words_is_its_crosses() -> None:
    html = render_html(revision_of("uppsala"))
    body = re.search(r'<section class="bilagedel liggande matris".*?</section>', html, re.DOTALL)
    assert body is not None
    crosses = body[0].count("<td>×</td>")
    told = re.findall(r"<dd>(.*?)</dd>", body[0])
    assert crosses == sum(len(one.split(", ")) for one in told) > 40
