"""Word documents as officials write them are read whole, in order, and nothing of them twice."""

from __future__ import annotations

import re
from random import Random
from typing import Any, Literal

import pytest

from insatskoll.importing import formats
from insatskoll.importing.blocks import Block, Source, Style, Table, Text, texts
from tests.importing import word
from tests.importing.word import added, box, field, p, removed, run, table, tc

_B = "<w:b/>"


def read(body: str, tracked: Literal["godkända", "avvisade"] = "godkända", **parts: Any) -> Source:
    return formats.source("bilaga.docx", word.document(body, **parts), tracked)


def said(blocks: tuple[Block, ...]) -> list[tuple[str, str]]:
    return [(text.style.name, text.words) for text in texts(blocks)]


def words(body: str, tracked: Literal["godkända", "avvisade"] = "godkända") -> list[str]:
    return [text.words for text in texts(read(body, tracked).blocks)]


def only_table(source: Source) -> Table:
    found = [block for block in source.blocks if isinstance(block, Table)]
    assert len(found) == 1
    return found[0]


# Paragraphs


def test_headings_have_the_level_of_their_style_whatever_it_is_called() -> None:
    def change(made: Any) -> None:
        made.add_heading("Insatser för barn", 1)
        own = made.styles.add_style("Insatsrubrik", 1)
        own.base_style = made.styles["Heading 2"]
        made.add_paragraph("Öppen förskola", style="Insatsrubrik")
        made.styles.add_style("Rubrik 3", 1)
        made.add_paragraph("Målgrupp", style="Rubrik 3")

    outline = p("Egen nivå", properties='<w:outlineLvl w:val="3"/>')
    found = read(outline, change=change).blocks
    assert [(t.style, t.level, t.words) for t in texts(found)] == [
        (Style.HEADING, 4, "Egen nivå"),
        (Style.HEADING, 1, "Insatser för barn"),
        (Style.HEADING, 2, "Öppen förskola"),
        (Style.HEADING, 3, "Målgrupp"),
    ]


def test_headings_that_are_only_bold_or_large_can_be_told() -> None:
    large = '<w:sz w:val="32"/>'
    found = read(p(run("Öppen förskola", _B)) + p(run("Större", large)) + p("Vanlig text.")).blocks
    bold, big, usual = texts(found)
    assert (bold.bold, big.bold, usual.bold) == (True, False, False)
    assert big.size == 16.0 and usual.size is not None and usual.size < 16
    assert (bold.lead, usual.lead) == ("Öppen förskola", "")


def test_the_look_comes_from_styles_too() -> None:
    def change(made: Any) -> None:
        made.styles.add_style("Fet", 1).font.bold = True
        made.add_paragraph("Allt är fetstilt", style="Fet")
        made.add_paragraph("", style="Fet").add_run("Utom här").bold = False
        made.add_paragraph().add_run("Fett tecken", style="Strong")

    found = texts(read("", change=change).blocks)
    assert [text.bold for text in found] == [True, False, True]


@pytest.mark.parametrize(
    ("runs", "lead"),
    [
        ((run("Målgrupp:", _B), run(" Barn")), "Målgrupp:"),
        ((run("Mål", _B), run("grupp:", _B), run(" Barn")), "Målgrupp:"),
        ((run("Målgrupp", '<w:u w:val="single"/>'), run(": Barn")), "Målgrupp"),
        ((run("Målgrupp: Ba", _B), run("rn")), "Målgrupp:"),
        ((run("Målgrupp: "), run("Barn", _B)), ""),
        ((run("Målgrupp", '<w:u w:val="none"/>'), run(": Barn")), ""),
    ],
)
def test_the_words_it_begins_with_are_told_apart(runs: tuple[str, ...], lead: str) -> None:
    (text,) = texts(read(p(*runs)).blocks)
    assert text.lead == lead and text.words == "Målgrupp: Barn"


def test_items_have_their_depth_and_no_typed_bullet() -> None:
    def change(made: Any) -> None:
        made.add_paragraph("Fika", style="List Bullet")
        made.add_paragraph("Spel", style="List Bullet 2")
        made.add_paragraph("• Bingo")

    numbered = '<w:numPr><w:ilvl w:val="1"/><w:numId w:val="7"/></w:numPr>'
    none = '<w:numPr><w:numId w:val="0"/></w:numPr>'
    body = p("Ett", properties=numbered) + p("Två", properties=none)
    found = [(t.style, t.level, t.words) for t in texts(read(body, change=change).blocks)]
    assert found == [
        (Style.ITEM, 1, "Ett"),
        (Style.BODY, None, "Två"),
        (Style.ITEM, 0, "Fika"),
        (Style.ITEM, 1, "Spel"),
        (Style.ITEM, 0, "Bingo"),
    ]


def test_lines_that_the_author_broke_are_paragraphs_unless_a_sentence_goes_on() -> None:
    br = "<w:r><w:br/></w:r>"
    assert words(p("Målgrupp: barn.", br, "Syfte: stöd.")) == ["Målgrupp: barn.", "Syfte: stöd."]
    assert words(p("Insatser utan", br, "behovsprövning")) == ["Insatser utan behovsprövning"]
    heading = '<w:outlineLvl w:val="0"/>'
    assert words(p("Stöd", br, "Trappan", properties=heading)) == ["Stöd Trappan"]


def test_characters_have_one_way_of_writing() -> None:
    hyphen = "<w:r><w:noBreakHyphen/></w:r>"
    odd = "rå\u00addgivning\u00a0o\ufb03ciell A\u030a"
    assert words(p(f"  {odd}  ", "BVC", hyphen, "tid")) == ["rådgivning officiell Å BVC-tid"]


def test_a_drop_cap_belongs_to_its_word() -> None:
    frame = '<w:framePr w:dropCap="drop" w:lines="3"/>'
    assert words(p("S", properties=frame) + p("tödet är öppet.")) == ["Stödet är öppet."]


# Tables


def test_merged_cells_go_over_their_rows_and_columns() -> None:
    down, on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    source = read(
        table(
            tc("Namn", down) + tc("Vem", '<w:gridSpan w:val="2"/>'),
            tc("<w:p/>", on) + tc("Barn") + tc("Vuxna"),
            tc("Trappan") + tc("x") + tc("<w:p/>"),
        )
    )
    found = [[(c.words, c.rows, c.columns) for c in row] for row in only_table(source).rows]
    assert found == [
        [("Namn", 2, 1), ("Vem", 1, 2)],
        [("Barn", 1, 1), ("Vuxna", 1, 1)],
        [("Trappan", 1, 1), ("x", 1, 1), ("", 1, 1)],
    ]


def test_tables_stand_within_tables() -> None:
    inner = table(tc("Tid") + tc("Plats"))
    source = read(table(tc(p("Före") + inner + p("Efter")) + tc("Bredvid")))
    first = only_table(source).rows[0][0]
    assert [type(block) for block in first.blocks] == [Text, Table, Text]
    assert first.words == "Före\nTid\nPlats\nEfter"


def test_rows_of_headings_are_told_where_the_document_says_so() -> None:
    head = "<w:trPr><w:tblHeader/></w:trPr>"
    assert only_table(read(table(head + tc("Insats"), tc("Trappan")))).heads == 1
    assert only_table(read(table(tc("Insats"), tc("Trappan")))).heads == 0

    def change(made: Any) -> None:
        styled = made.add_table(2, 1, style="Light Grid Accent 1")
        styled.cell(0, 0).text, styled.cell(1, 0).text = "Insats", "Trappan"

    assert only_table(read("", change=change)).heads == 1


# Beside the text


def test_a_text_box_is_read_once() -> None:
    found = said(read(p("Före", box(p("I rutan"), old=p("I rutan, äldre"))) + p("Efter")).blocks)
    assert found == [("BODY", "Före"), ("BOX", "I rutan"), ("BODY", "Efter")]


def test_a_footnote_follows_its_paragraph() -> None:
    mark = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    notes = f'<w:footnote w:type="separator" w:id="0">{p("streck")}</w:footnote>'
    notes += f'<w:footnote w:id="2">{p("Enligt beslut.")}</w:footnote>'
    source = read(p("Upp till fem samtal", mark, " ges.") + p("Sedan"), notes=notes)
    assert said(source.blocks) == [
        ("BODY", "Upp till fem samtal ges."),
        ("NOTE", "Enligt beslut."),
        ("BODY", "Sedan"),
    ]


def test_heads_and_feet_are_apart() -> None:
    def change(made: Any) -> None:
        made.sections[0].header.paragraphs[0].text = "Socialnämnden"
        made.sections[0].footer.paragraphs[0].text = "Sida 1"

    found = said(read(p("Text"), change=change).blocks)
    assert found == [("MARGIN", "Socialnämnden"), ("BODY", "Text"), ("MARGIN", "Sida 1")]


def test_the_table_of_contents_is_no_content() -> None:
    contents = p(field('TOC \\o "1-3"', "Trappan", field("PAGEREF x", "3")))
    gallery = '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj>'
    control = (
        f"<w:sdt><w:sdtPr>{gallery}</w:sdtPr><w:sdtContent>{p('Innehåll')}</w:sdtContent></w:sdt>"
    )
    source = read(control + contents + p("Trappan är öppen."))
    assert [style for style, _ in said(source.blocks)] == ["MARGIN", "MARGIN", "BODY"]
    assert any("Innehållsförteckningen" in told for told in source.passed_over)


def test_pages_are_those_that_word_has_marked() -> None:
    mark = "<w:r><w:lastRenderedPageBreak/></w:r>"
    page = '<w:r><w:br w:type="page"/></w:r>'
    found = read(p("Ett") + p("Två", page) + p(mark, "Tre")).blocks
    assert [(text.words, text.spot.page) for text in texts(found)] == [
        ("Ett", 1), ("Två", 1), ("Tre", 2),
    ]  # fmt: skip
    assert [text.spot.page for text in texts(read(p("Ett") + p("Två", page)).blocks)] == [None] * 2


def test_what_is_passed_over_is_told() -> None:
    picture = '<w:r><w:drawing><wp:inline><wp:docPr id="1" name="b" descr="En karta"/>'
    picture += "</wp:inline></w:drawing></w:r>"
    empty = f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{run('Skriv här')}"
    empty += "</w:sdtContent></w:sdt>"
    comments = f'<w:comment w:id="1" w:author="Eva">{p("Stämmer det?")}</w:comment>'
    source = read(p("Text", run("hemligt", "<w:vanish/>"), picture, empty), comments=comments)
    assert said(source.blocks) == [("BODY", "Text")]
    assert source.passed_over == (
        "Dold text: ”hemligt”",
        "En bild: ”En karta”",
        "Ett fält som inte är ifyllt: ”Skriv här”",
        "En kommentar av Eva: ”Stämmer det?”",
    )


def test_forms_and_symbols_are_signs() -> None:
    box_field = '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:checked/>'
    box_field += '</w:checkBox></w:ffData></w:fldChar></w:r><w:r><w:fldChar w:fldCharType="end"/>'
    symbol = '<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>'
    assert words(p(box_field + "</w:r>", " Ja") + p(symbol)) == ["☑ Ja", "✓"]


# Tracked changes

_GONE = "<w:rPr><w:del w:id='9' w:author='A'/></w:rPr>"
_NEW = "<w:rPr><w:ins w:id='9' w:author='A'/></w:rPr>"


@pytest.mark.parametrize(
    ("body", "accepted", "rejected"),
    [
        (
            p("Från ", removed("16"), added(run("18")), " år"),
            ["Från 18 år"],
            ["Från 16 år"],
        ),
        (p("Ett ", properties=_GONE) + p("två"), ["Ett två"], ["Ett", "två"]),
        (p("Ett ", properties=_NEW) + p("två"), ["Ett", "två"], ["Ett två"]),
        (
            p(removed("Borta"), properties=_GONE) + p("Kvar"),
            ["Kvar"],
            ["Borta", "Kvar"],
        ),
        (
            table(tc("Kvar"), "<w:trPr><w:ins w:id='3' w:author='A'/></w:trPr>" + tc("Ny")),
            ["Kvar", "Ny"],
            ["Kvar"],
        ),
        (
            p(f"<w:moveFrom>{run('Flyttat ')}</w:moveFrom>", "mitten ")
            + p(f"<w:moveTo>{run('Flyttat')}</w:moveTo>"),
            ["mitten", "Flyttat"],
            ["Flyttat mitten"],
        ),
    ],
)
def test_tracked_changes_are_accepted_or_rejected(
    body: str, accepted: list[str], rejected: list[str]
) -> None:
    assert words(body) == accepted
    assert words(body, "avvisade") == rejected
    assert "spårade ändringar" in read(body).passed_over[0]


def test_a_tracked_change_of_style_is_accepted_or_rejected() -> None:
    was = "<w:pPrChange w:id='4' w:author='A'><w:pPr/></w:pPrChange>"
    body = p("Rubrik?", properties=f'<w:outlineLvl w:val="0"/>{was}')
    styles = [next(texts(read(body, how).blocks)).style for how in ("godkända", "avvisade")]
    assert styles == [Style.HEADING, Style.BODY]


# Nothing lost


@pytest.mark.parametrize("seed", range(30))
def test_every_word_is_read_once_in_its_order(seed: int) -> None:
    body, notes, kept, gone = word.random_body(Random(seed))
    source = read(body, notes=notes)
    found = re.findall(r"ord\d+x", " ".join(text.words for text in texts(source.blocks)))
    assert sorted(found) == sorted(kept)
    rejected = " ".join(text.words for text in texts(read(body, "avvisade", notes=notes).blocks))
    assert all(f"{one}" in rejected for one in gone)
