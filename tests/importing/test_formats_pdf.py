"""PDF files are read in the order that a person reads them, with their tables, heads and feet."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Sequence

import pytest
import typst
from fpdf import FPDF

from insatskoll.importing import formats
from insatskoll.importing.blocks import Source, Style, Table, Text, texts
from insatskoll.importing.formats import pdf_tagged
from insatskoll.reading.packages import Unfit

_LONG = (
    "Insatsen ger stöd till föräldrar som vill veta mer om hur barn utvecklas och som behöver "
    "någon att tala med om det som är svårt i vardagen. Träffarna hålls av familjebehandlare en "
    "gång i veckan under hösten och våren."
)


def made(draw: Callable[[FPDF], object], pages: int = 1) -> bytes:
    """A file that says nothing of its structure; ``draw`` is called for each page."""
    pdf = FPDF(format="A4")
    pdf.set_font("Helvetica", size=11)
    for _ in range(pages):
        pdf.add_page()
        draw(pdf)
    return bytes(pdf.output())


def _lines(pdf: FPDF, text: str) -> None:
    pdf.multi_cell(180, 6, text, align="L", new_x="LMARGIN", new_y="NEXT")


def read(data: bytes) -> Source:
    return formats.source("a.pdf", data)


def said(source: Source) -> list[str]:
    return [t.words for t in texts(source.blocks) if t.style is not Style.MARGIN]


def cells(table: Table) -> list[list[str]]:
    return [[cell.words for cell in row] for row in table.rows]


def only_table(source: Source) -> Table:
    (table,) = (block for block in source.blocks if isinstance(block, Table))
    return table


# What is only seen


def test_lines_are_paragraphs_and_headings_can_be_told() -> None:
    def draw(pdf: FPDF) -> None:
        pdf.set_font("Helvetica", "B", 15)
        pdf.multi_cell(180, 8, "Öppen förskola", new_x="LMARGIN", new_y="NEXT")
        pdf.set_font("Helvetica", "B", 11)
        _lines(pdf, "Målgrupp")
        pdf.set_font("Helvetica", "", 11)
        _lines(pdf, _LONG)
        pdf.ln(3)
        _lines(pdf, _LONG)
        _lines(pdf, "Villkor")

    source = read(made(draw))
    assert said(source) == ["Öppen förskola", "Målgrupp", _LONG, _LONG, "Villkor"]
    found = list(texts(source.blocks))
    assert [(t.bold, t.size) for t in found[:3]] == [(True, 15.0), (True, 11.0), (False, 11.0)]
    assert {text.spot.page for text in found} == {1}


def test_a_bold_beginning_is_told_apart() -> None:
    def draw(pdf: FPDF) -> None:
        pdf.set_font("Helvetica", "B", 11)
        pdf.write(6, "Målgrupp: ")
        pdf.set_font("Helvetica", "", 11)
        pdf.write(6, "barn och unga")

    (text,) = texts(read(made(draw)).blocks)
    assert (text.words, text.lead, text.bold) == (
        "Målgrupp: barn och unga", "Målgrupp:", False,
    )  # fmt: skip


def test_words_divided_at_the_ends_of_lines_are_whole() -> None:
    def draw(pdf: FPDF) -> None:
        for line in ("Dokumentations-", "skyldigheten gäller barn-", "och ungdomsinsatser hos"):
            pdf.cell(text=line, new_x="LMARGIN", new_y="NEXT")
        pdf.cell(text="BVC-", new_x="LMARGIN", new_y="NEXT")
        pdf.cell(text="sköterskan", new_x="LMARGIN", new_y="NEXT")

    words = "Dokumentationsskyldigheten gäller barn- och ungdomsinsatser hos BVC-sköterskan"
    assert " ".join(said(read(made(draw)))) == words


def test_letters_drawn_one_by_one_are_words() -> None:
    def draw(pdf: FPDF) -> None:
        pdf.set_char_spacing(4)
        pdf.cell(text="Öppen ingång", new_x="LMARGIN", new_y="NEXT")
        pdf.set_char_spacing(0)
        across = 20.0
        for letter in "Stöd till alla":
            pdf.text(across, 60, letter)
            across += pdf.get_string_width(letter)

    assert said(read(made(draw))) == ["Öppen ingång", "Stöd till alla"]


def test_two_columns_are_read_one_after_the_other() -> None:
    def draw(pdf: FPDF) -> None:
        _lines(pdf, "Riktlinjer för öppna insatser")
        with pdf.text_columns(ncols=2, gutter=8, text_align="L") as columns:
            columns.write("Först. " + _LONG + " " + _LONG + "\n\n")
            columns.new_column()
            columns.write("Sedan. " + _LONG + " " + _LONG)

    words = " ".join(said(read(made(draw))))
    assert words == f"Riktlinjer för öppna insatser Först. {_LONG} {_LONG} Sedan. {_LONG} {_LONG}"


def table(borders: str, rows: Sequence[Sequence[str]], widths: tuple[int, ...]) -> bytes:
    def draw(pdf: FPDF) -> None:
        _lines(pdf, "Före tabellen")
        with pdf.table(
            borders_layout=borders, col_widths=widths, text_align="LEFT", v_align="TOP"
        ) as drawn:
            for row in rows:
                cells = drawn.row()
                for cell in row:
                    cells.cell(cell)
        pdf.ln(8)
        _lines(pdf, "Efter tabellen")

    return made(draw)


@pytest.mark.parametrize("borders", ["ALL", "HORIZONTAL_LINES", "NONE", "SINGLE_TOP_LINE"])
def test_tables_have_their_cells_with_lines_and_without(borders: str) -> None:
    rows = [
        ("Insats", "Beskrivning", "Ingång"),
        ("Trappan", _LONG, "Öppen"),
        ("Lyckträffen", "En träffpunkt för daglediga som vill ha sällskap.", "Remiss"),
        ("Krisstöd", _LONG, "Öppen"),
    ]
    source = read(table(borders, rows, (20, 60, 20)))
    assert cells(only_table(source)) == [list(row) for row in rows]
    assert said(source)[0] == "Före tabellen" and said(source)[-1] == "Efter tabellen"


def test_a_table_goes_on_over_the_page_with_its_headings_once() -> None:
    rows = [("Insats", "Beskrivning")] + [(f"Insats {n}", _LONG) for n in range(30)]
    found = [
        block for block in read(table("ALL", rows, (20, 80))).blocks if isinstance(block, Table)
    ]
    assert [cells(one) for one in found] == [[list(row) for row in rows]]


def test_merged_cells_of_a_table_with_lines() -> None:
    def draw(pdf: FPDF) -> None:
        with pdf.table(first_row_as_headings=False) as drawn:
            head = drawn.row()
            head.cell("Namn", rowspan=2)
            head.cell("Vem", colspan=2)
            for words in (("Barn", "Vuxna"), ("Trappan", "x", "")):
                row = drawn.row()
                for cell in words:
                    row.cell(cell)

    table = only_table(read(made(draw)))
    assert [[(c.words, c.rows, c.columns) for c in row] for row in table.rows] == [
        [("Namn", 2, 1), ("Vem", 1, 2)],
        [("Barn", 1, 1), ("Vuxna", 1, 1)],
        [("Trappan", 1, 1), ("x", 1, 1), ("", 1, 1)],
    ]


def test_turned_headings_of_a_matrix_are_words() -> None:
    def draw(pdf: FPDF) -> None:
        with pdf.table(line_height=25, first_row_as_headings=False) as drawn:
            for words in (("Insats", ""), ("Trappan", "x")):
                row = drawn.row()
                for cell in words:
                    row.cell(cell)
        with pdf.rotation(90, 150, 32):
            pdf.text(150, 32, "Barn, unga")

    assert cells(only_table(read(made(draw)))) == [["Insats", "Barn, unga"], ["Trappan", "x"]]


def test_the_mark_of_a_note_is_no_part_of_the_word_before() -> None:
    def draw(pdf: FPDF) -> None:
        pdf.write(6, "Från 15")
        pdf.char_vpos = "SUP"
        pdf.write(6, "1")
        pdf.char_vpos = "LINE"
        pdf.write(6, " år")

    assert said(read(made(draw))) == ["Från 15 år"]


def test_heads_feet_and_numbers_of_pages_are_apart() -> None:
    def draw(pdf: FPDF) -> None:
        pdf.text(20, 12, "Socialnämnden")
        pdf.text(180, 12, f"{pdf.page_no()} (4)")
        pdf.text(20, 60, f"Stycke {'abcd'[pdf.page_no() - 1]} är här.")

    source = read(made(draw, 4))
    assert said(source) == [f"Stycke {letter} är här." for letter in "abcd"]
    assert "Socialnämnden" in [t.words for t in texts(source.blocks) if t.style is Style.MARGIN]


def test_a_sentence_goes_on_over_the_page() -> None:
    def draw(pdf: FPDF) -> None:
        words = "Insatsen ges till alla som bor i kommunen och som behöver stöd i sitt"
        pdf.text(20, 270, words) if pdf.page_no() == 1 else pdf.text(20, 40, "föräldraskap.")

    (whole,) = said(read(made(draw, 2)))
    assert whole.endswith("i sitt föräldraskap.")


# What the file tells of itself

_TAGGED = """
#set document(title: "Insatser")
#set text(lang: "sv", size: 11pt, hyphenate: true)
#set page(header: [Socialnämnden], numbering: "1")
= Insatser för barn
== Öppen förskola
*Målgrupp:* Föräldrar med barn. #lorem(60)
- Fika
- Sång
  - Ute
+ Först
#table(columns: 3, table.header([Namn], [Barn], [Vuxna]), table.cell(colspan: 2)[Trappan], [x],
  table.cell(rowspan: 2)[Nexus], [x], [], [], [x])
Efter#footnote[Enligt beslut.] tabellen.
"""


@pytest.fixture(scope="module")
def tagged() -> bytes:
    return bytes(typst.compile(_TAGGED.encode(), format="pdf"))


def test_the_structure_that_a_file_tells_is_kept(tagged: bytes) -> None:
    source = read(tagged)
    found = [(t.style.name, t.level, t.words[:14]) for t in texts(source.blocks)]
    kept = [one for one in found if one[0] in ("HEADING", "ITEM", "NOTE")]
    assert kept == [
        ("HEADING", 1, "Insatser för b"),
        ("HEADING", 2, "Öppen förskola"),
        ("ITEM", 0, "Fika"),
        ("ITEM", 0, "Sång"),
        ("ITEM", 1, "Ute"),
        ("ITEM", 0, "1. Först"),
        ("NOTE", None, kept[-1][2]),
    ]
    table = only_table(source)
    assert table.heads == 1
    assert [[(c.words, c.rows, c.columns) for c in row] for row in table.rows] == [
        [("Namn", 1, 1), ("Barn", 1, 1), ("Vuxna", 1, 1)],
        [("Trappan", 1, 2), ("x", 1, 1)],
        [("Nexus", 2, 1), ("x", 1, 1), ("", 1, 1)],
        [("", 1, 1), ("x", 1, 1)],
    ]
    (body,) = (t for t in texts(source.blocks) if t.lead == "Målgrupp:")
    assert body.words.startswith("Målgrupp: Föräldrar med barn. Lorem ipsum")
    assert found[0] == ("MARGIN", None, "Socialnämnden")


def test_no_word_is_lost_whether_the_structure_is_told_or_seen(
    tagged: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = words(read(tagged))
    monkeypatch.setattr(pdf_tagged, "read", lambda *_: None)
    assert words(read(tagged)) == told
    assert len(told) > 60


def words(source: Source) -> list[str]:
    """The words, without the number of a list or a note, which only one way tells."""
    found = (t.words for t in texts(source.blocks) if t.style is not Style.MARGIN)
    return sorted(set(re.findall(r"[^\W\d]{2,}", " ".join(found))) - {"Socialnämnden"})


# What cannot be read


def refused(data: bytes) -> str:
    with pytest.raises(Unfit) as caught:
        read(data)
    return str(caught.value)


def test_what_cannot_be_read_says_what_to_do() -> None:
    picture = io.BytesIO()
    from PIL import Image

    Image.new("L", (40, 40)).save(picture, "PNG")
    assert "inskannad" in refused(made(lambda pdf: pdf.image(picture, 10, 10, 150)))
    assert "ingen text" in refused(made(lambda pdf: None))
    locked = FPDF()
    locked.set_encryption("ägare", user_password="hemligt")
    locked.add_page()
    assert "lösenord" in refused(bytes(locked.output()))
    whole = made(lambda pdf: pdf.text(20, 20, "Text"))
    assert "skadad" in refused(b"%PDF-1.7\n" + b"x" * 500)
    assert refused(whole[: len(whole) // 3])


def pdf_of(*objects: str) -> bytes:
    """A file of raw objects, numbered from 1, of which the first is the catalogue."""
    out, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{content}\nendobj\n".encode()
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    head = f"xref\n0 {size}\n0000000000 65535 f \n{table}"
    end = f"trailer\n<</Size {size}/Root 1 0 R>>\nstartxref\n{len(out)}\n%%EOF"
    return out + (head + end).encode()


@pytest.mark.parametrize(
    "objects",
    [
        ("<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[2 0 R]/Count 1>>"),
        ("<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R 3 0 R]/Count 9>>", "2 0 R"),
        ("<</Type/Catalog/Pages 1 0 R>>",),
        ("<</Type/Catalog>>",),
        ("<<" * 3000,),
    ],
)
def test_a_file_that_refers_to_itself_ends(objects: tuple[str, ...]) -> None:
    assert refused(pdf_of(*objects))


def test_a_structure_in_a_circle_is_passed_over() -> None:
    content = "BT /F 12 Tf 20 100 Td (Text) Tj ET"
    source = read(
        pdf_of(
            "<</Type/Catalog/Pages 2 0 R/StructTreeRoot 6 0 R>>",
            "<</Type/Pages/Kids[3 0 R]/Count 1>>",
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 4 0 R"
            "/Resources<</Font<</F 5 0 R>>>>>>",
            f"<</Length {len(content)}>>\nstream\n{content}\nendstream",
            "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
            "<</Type/StructTreeRoot/K 7 0 R>>",
            "<</S/Sect/K[7 0 R 7 0 R]>>",
        )
    )
    (text,) = source.blocks
    assert isinstance(text, Text) and text.words == "Text"
