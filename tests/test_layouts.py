"""The layouts in every format, each with the municipality that it is modelled on, opened again with
the real tools."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

import docx
import pikepdf
import pytest
from docx.oxml.ns import qn
from markdown_it import MarkdownIt

from insatskoll import resources
from insatskoll.bilaga import layouts
from insatskoll.bilaga.layouts import LAYOUTS
from insatskoll.bilaga.render import FORMATS, bilaga, render_bilaga, render_html
from insatskoll.catalogue.model import Revision
from insatskoll.reading import schema
from tests import golden
from tests.layouts import OWN, revision_of, sample
from tests.test_render import FULL, FULL_DOC, FULL_PART, revision, scope, structure

TABLES = ("tabell", "tabell-utförlig")
PDFTOTEXT, SOFFICE = shutil.which("pdftotext"), shutil.which("soffice")


def needed(tool: str | None, name: str) -> str:
    """The tool's path; without it the test is skipped, or fails where everything must be run."""
    if tool is None:
        if os.environ.get("INSATSKOLL_KRAV_ALLT") == "1":
            pytest.fail(f"{name} saknas, men INSATSKOLL_KRAV_ALLT=1 kräver att alla prov körs.")
        pytest.skip(f"{name} saknas: provet av bilagans filer körs inte.")
    return tool


@pytest.fixture(scope="module")
def bilagor(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Path]]:
    """The whole bilaga of each layout's own municipality, by layout and format."""
    folder = tmp_path_factory.mktemp("bilagor")
    return {
        layout: dict(
            zip(FORMATS, render_bilaga(revision_of(kommun), (), FORMATS, folder), strict=True)
        )
        for layout, kommun in OWN.items()
    }


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Path]]:
    folder = tmp_path_factory.mktemp("prov")
    return {
        layout: dict(zip(FORMATS, render_bilaga(sample(kommun), (), FORMATS, folder), strict=True))
        for layout, kommun in OWN.items()
    }


def test_the_schema_the_program_and_the_templates_know_the_same_layouts() -> None:
    known = json.loads((resources.SCHEMA / "kommun.schema.json").read_text("utf-8"))["properties"][
        "layout"
    ]["description"]
    assert re.findall(r"(?:^|[.:] )([a-zåäö-]+):", known) == list(LAYOUTS)
    assert layouts.layouts() == sorted(LAYOUTS)
    assert {layout: revision_of(kommun).kommun["layout"] for layout, kommun in OWN.items()} == {
        name: name for name in OWN
    }
    guide = (resources.SCHEMA.parent / "docs" / "layouter.md").read_text("utf-8")
    assert re.findall(r"^## (\S+)$\n\n(?=[^|]*!\[)", guide, re.MULTILINE) == list(LAYOUTS)


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("kommun", OWN.values())
def test_any_municipality_in_any_layout(kommun: str, layout: str) -> None:
    shown = revision_of(kommun)
    html = render_html(shown, layout=layout)
    ids = re.findall(r' id="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'(?:href="#|aria-labelledby=")([^"]+)', html)) <= set(ids)
    assert {f"insats-{insats.id}" for insats in shown.insatser} | {
        f"riskanalys-{name}" for name in shown.riskanalyser
    } <= set(ids)
    contents = html[html.index("<nav") : html.index("</nav>")]
    for insats in shown.insatser:
        assert f'href="#insats-{insats.id}"' in contents
    levels = [int(level) for level in re.findall(r"<h([1-6])[ >]", html)]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert "None" not in html and "{'" not in html and "Undefined" not in html
    assert ".." not in re.sub(r"<style>.*?</style>", "", html, flags=re.DOTALL)
    assert not re.search(
        r"<(h\d|th|td|li|dd|dt|p)\b[^>]*>\s*</\1>",
        re.sub(r'<section class="bilagedel liggande.*?</section>', "", html, flags=re.DOTALL),
    )


# What the data lack


def lacks(made: Revision, layout: str) -> list[str]:
    return list(bilaga(made, formats=("html",), layout=layout).lacking)


def test_what_the_data_lack_is_told_and_not_printed() -> None:
    made = revision(
        None,
        {"ingång": "öppen"},
        {},
        {"dokumentation": {"nivå": "avidentifierad"}, "innehåll": "Samtal."},
    )
    assert lacks(made, layout="tabell") == [
        "Layouten tabell visar beskrivning, som inte anges för 2 av 3 insatser.",
        "Layouten tabell visar dokumentation, som inte anges för 2 av 3 insatser.",
        "Layouten tabell visar ingång, som inte anges för 2 av 3 insatser.",
        "Layouten tabell visar skäl för undantag, som inte anges för 1 av 3 insatser.",
    ]
    told = {line.split(" visar ")[1].split(",")[0] for line in lacks(made, layout="riktlinje")}
    assert told == {"beskrivning", "mål", "villkor", "omfattning", "dokumentation"}
    told = {
        line.split(" visar ")[1].split(",")[0] for line in lacks(made, layout="tabell-utförlig")
    }
    assert told == {
        "målgrupp och villkor",
        "innehåll",
        "arbetssätt och vetenskapligt stöd",
        "utförare",
        "dokumentation",
    }
    told = {line.split(" visar ")[1].split(",")[0] for line in lacks(made, layout="lista")}
    assert told == {"målgrupp", "innehåll"}
    assert "Layouten lista visar målgrupp, som inte anges för någon insats." in lacks(
        made, layout="lista"
    )
    assert all(
        "anges inte" not in render_html(made, layout=layout).casefold() for layout in LAYOUTS
    )


@pytest.mark.parametrize("layout", LAYOUTS)
def test_no_bilaga_says_of_itself_that_something_is_not_stated(layout: str) -> None:
    for kommun in OWN.values():
        html = render_html(revision_of(kommun), layout=layout)
        written = str(
            [revision_of(kommun).kommun, *(i.data for i in revision_of(kommun).insatser)]
        ).casefold()
        assert "anges inte" not in html.casefold() or "anges inte" in written


@pytest.mark.parametrize(
    ("layout", "heading", "field", "value"),
    [
        ("tabell", "Ingång", "ingång", "öppen"),
        ("tabell", "Dokumenteras på individnivå", "dokumentation", {"nivå": "individnivå"}),
        ("tabell-utförlig", "Utförare", "utförare", {"regi": "egen"}),
        ("tabell-utförlig", "Arbetssätt och vetenskapligt stöd", "metod", {"namn": "MI"}),
    ],
)
def test_a_column_that_nobody_in_the_chapter_has_is_left_out(
    layout: str, heading: str, field: str, value: Any
) -> None:
    kommun = {"avdelningar": [{"id": "vuxen", "namn": "Vuxen"}, {"id": "barn", "namn": "Barn"}]}
    html = render_html(revision(kommun, {field: value}, {}, {"avdelning": "barn"}), layout=layout)
    first, second = html.split("<thead")[1:3]
    assert heading in first.split("</thead>")[0] and heading not in second.split("</thead>")[0]
    assert first.count("<td") == first.count('scope="col"') * 2 - 2, (
        "a cell for each column in both rows"
    )
    assert second.count("<td") == second.count('scope="col"') - 1


def test_a_heading_stands_only_over_what_is_there() -> None:
    """What a description would say is in the aims: it must not be said that the nämnd has described
    nothing."""
    html = render_html(
        revision(None, {"syfte": "Må bra.", "utförare": {"regi": "egen"}}), layout="riktlinje"
    )
    assert "Beskrivning av insatsen" not in html and "<h4>Uppgifter om insatsen</h4>" in html
    assert "Beskrivning av insatsen" in render_html(
        revision(None, {"innehåll": "Samtal."}), layout="riktlinje"
    )
    assert not any(
        "beskrivning" in line
        for line in lacks(revision(None, {"syfte": "Må bra."}), layout="riktlinje")
    )


@pytest.mark.parametrize("layout", LAYOUTS)
def test_nothing_is_lacking_when_everything_is_there(layout: str) -> None:
    assert lacks(revision({"enheter": [{"id": "e1", "namn": "Enhet"}]}, FULL), layout=layout) == []


def test_a_common_text_on_documentation_is_pointed_to() -> None:
    common = {"gemensam_dokumentation": [{"gäller": "alla", "dokumentation": FULL_DOC}]}
    told = {"innehåll": "Samtal."}, {"dokumentation": {"nivå": "individnivå"}}
    assert "Se Dokumentation under Gemensamt för alla insatser." in render_html(
        revision(common, *told), layout="tabell"
    )
    assert "Se Dokumentation under Generella krav på insatserna." in render_html(
        revision(common, {}), layout="riktlinje"
    )


def test_a_guideline_with_the_heading_of_a_common_text_stands_with_it() -> None:
    kommun = {
        "riktlinjer": [{"rubrik": "Samtycke", "text": "Om samtycke."}],
        "samtycke": {"under_15": "vårdnadshavare"},
    }
    html = render_html(revision(kommun))
    assert html.count(">Samtycke</h3>") == 1 and html.index("Om samtycke.") > html.index(
        ">Samtycke</h3>"
    )
    del kommun["samtycke"]
    assert ">Riktlinjer</h2>" in render_html(revision(kommun))


# Formats


class _Text(HTMLParser):
    """A page's text, a block on each line."""

    def __init__(self) -> None:
        super().__init__()
        self.lines, self.silent = [""], 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent += tag in ("style", "nav")
        if not self.silent and tag not in ("a", "strong", "span"):
            self.lines.append(
                {"li": "- ", "dd": "  ", "td": "| ", "th": "| "}.get(
                    tag, f"{tag} " if tag[0] == "h" else ""
                )
            )

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in ("style", "nav")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.lines[-1] += data


def text_of(path: Path) -> str:
    """What a file says, without what changes with the program's version or the data's checksum."""
    if path.suffix == ".html":
        parser = _Text()
        parser.feed(path.read_text("utf-8"))
        lines = parser.lines
    elif path.suffix == ".docx":
        lines = list(docx_lines(docx.Document(str(path))))
    elif path.suffix == ".pdf":
        done = subprocess.run(
            [str(PDFTOTEXT), str(path), "-"], capture_output=True, text=True, check=True
        )
        lines = done.stdout.replace("\f", "\n---\n").splitlines()
    else:
        lines = path.read_text("utf-8").splitlines()
    text = "\n".join(
        line if path.suffix == ".md" else line.strip()
        for line in lines
        if line.strip() or path.suffix == ".md"
    )
    text = re.sub(r"(kontrollsumma\s+)[0-9a-f]{16}", r"\1…", text)
    return re.sub(r"(insatskoll\s+)\d+\.\d+\.\d+", r"\1…", text) + "\n"


def docx_lines(document: Any) -> Iterator[str]:
    for block in document.iter_inner_content():
        if hasattr(block, "rows"):
            for row in block.rows:
                yield from (
                    f"| {' ¶ '.join(p.text for p in cell.paragraphs)}" for cell in row.cells
                )
        else:
            yield f"[{block.style.name}] {block.text}"


GOLDEN = {
    (layout, form): f"bilaga/{layout}.{form}{'' if form == 'md' else '.txt'}"
    for layout in LAYOUTS
    for form in ("html", "md", "docx", "pdf")
}


@pytest.mark.parametrize(("layout", "form"), GOLDEN)
def test_the_text_of_every_layout_and_format(
    samples: dict[str, dict[str, Path]], layout: str, form: str
) -> None:
    if form == "pdf":
        needed(PDFTOTEXT, "pdftotext")
    golden.check(GOLDEN[layout, form], text_of(samples[layout][form]))


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_same_bytes_twice(
    samples: dict[str, dict[str, Path]], layout: str, tmp_path: Path
) -> None:
    for path in render_bilaga(sample(OWN[layout]), (), FORMATS, tmp_path):
        assert path.read_bytes() == samples[layout][path.suffix[1:]].read_bytes(), path.name


@pytest.mark.parametrize("layout", LAYOUTS)
def test_json_follows_its_schema(bilagor: dict[str, dict[str, Path]], layout: str) -> None:
    text = bilagor[layout]["json"].read_text("utf-8")
    data, shown = json.loads(text), revision_of(OWN[layout])
    assert schema.errors(data, "bilaga") == []
    assert [insats["id"] for insats in data["insatser"]] == [insats.id for insats in shown.insatser]
    assert [name for chapter in data["chapters"] for name in chapter["insatser"]] == [
        insats.id for insats in shown.insatser
    ]
    assert len(data["analyses"]) == len(shown.riskanalyser)
    assert "avvikelser" not in text
    html = bilagor[layout]["html"].read_text("utf-8").replace("&#34;", '"').replace("&#39;", "'")
    if layout != "tabell":  # it says this in two columns
        for insats in data["insatser"]:
            for part in (insats, *insats["parts"]):
                said = part["sentences"].get("documentation", "")
                # of several parts that are alike it is said once, of all of them
                pieces = re.split(r"(?<=\.) | och (?=dokumenteras)|^Delen (?=dokumenteras)", said)
                assert all(piece in html for piece in pieces)


def test_markdown_is_headings_and_paragraphs_on_the_forges(
    bilagor: dict[str, dict[str, Path]],
) -> None:
    for layout, kommun in OWN.items():
        text = bilagor[layout]["md"].read_text("utf-8")
        tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(text)
        assert not [t.content for t in tokens if t.type == "html_block"], layout
        inline = [child for t in tokens for child in t.children or ()]
        assert not [child.content for child in inline if child.type == "html_inline"], layout
        headings = [
            after.content for before, after in pairwise(tokens) if before.type == "heading_open"
        ]
        assert {insats.namn for insats in revision_of(kommun).insatser} <= set(headings), layout
        tables = sum(t.type == "table_open" for t in tokens)
        assert tables == (1 if layout == "avsnitt" else 0)


@pytest.mark.parametrize("layout", TABLES)
def test_markdown_of_a_row_is_a_section(bilagor: dict[str, dict[str, Path]], layout: str) -> None:
    text = bilagor[layout]["md"].read_text("utf-8")
    column = {"tabell": "Ingång", "tabell-utförlig": "Utförare"}[layout]
    assert len(re.findall(rf"^\*\*{column}:\*\* \S", text, re.MULTILINE)) == len(
        revision_of(OWN[layout]).insatser
    )


@pytest.mark.parametrize("layout", LAYOUTS)
def test_pdf_is_archival_accessible_and_has_bookmarks(
    bilagor: dict[str, dict[str, Path]], layout: str
) -> None:
    shown = revision_of(OWN[layout])
    with pikepdf.open(bilagor[layout]["pdf"]) as pdf:
        meta = pdf.open_metadata()
        assert (meta["pdfaid:part"], meta["pdfaid:conformance"], meta["pdfuaid:part"]) == (
            "2",
            "A",
            "1",
        )
        assert str(pdf.Root.Lang) == "sv-SE" and pdf.Root.MarkInfo.Marked
        nodes = list(structure(pdf.Root.StructTreeRoot))
        levels = [int(str(n.S)[2:]) for n in nodes if re.fullmatch(r"/H\d", str(n.get("/S", "")))]
        assert levels[0] == 1 and all(after <= before + 1 for before, after in pairwise(levels))
        with pdf.open_outline() as outline:
            names = [item.title for top in outline.root for item in top.children]
        assert {insats.namn for insats in shown.insatser} <= set(names)
        for font in fonts(pdf):
            descriptor = font.get("/FontDescriptor", {})
            assert {"/FontFile2", "/FontFile3"} & set(descriptor.keys()), font.get("/BaseFont")
        rows = [
            scope(cell)
            for table in nodes
            if table.get("/S") == "/Table"
            for cell in structure(table)
            if cell.get("/S") == "/TH"
        ]
        assert rows.count("/Row") == (len(shown.insatser) if layout in (*TABLES, "avsnitt") else 0)
        turned = sum(page.mediabox[2] > page.mediabox[3] for page in pdf.pages)
        least = 3 if layout in TABLES else 1 if layout == "avsnitt" else 0
        assert turned >= least and (turned > 0) == (least > 0)


def fonts(pdf: Any) -> Iterator[Any]:
    for item in pdf.objects:
        if (
            isinstance(item, pikepdf.Dictionary)
            and item.get("/Type") == "/Font"
            and item.get("/Subtype") != "/Type0"
        ):
            yield item


@pytest.mark.parametrize("layout", LAYOUTS)
def test_pdf_has_no_clipped_text_no_lonely_heading_and_headings_on_each_page_of_a_table(
    bilagor: dict[str, dict[str, Path]], layout: str
) -> None:
    tool = needed(PDFTOTEXT, "pdftotext")
    pdf = bilagor[layout]["pdf"]
    boxes = subprocess.run(
        [tool, "-bbox", str(pdf), "-"], capture_output=True, text=True, check=True
    ).stdout
    pages = re.findall(r'<page width="([\d.]+)" height="([\d.]+)">(.*?)</page>', boxes, re.DOTALL)
    words = re.compile(
        r'<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" '
        r'yMax="([-\d.]+)">(.*?)</word>'
    )
    placed = []
    for width, height, content in pages:
        found = [(*map(float, word[:4]), word[4]) for word in words.findall(content)]
        margin = 40 if float(width) > float(height) else 70
        assert all(margin <= x0 and x1 <= float(width) - margin + 1 for x0, _, x1, _, _ in found)
        assert all(y0 > 0 and y1 < float(height) for _, y0, _, y1, _ in found)
        placed.append((float(height), found))
    with pikepdf.open(pdf) as opened, opened.open_outline() as outline:
        numbers: dict[Any, int] = {page.objgen: number for number, page in enumerate(opened.pages)}
        for item in (entry for top in outline.root for entry in (top, *top.children)):
            target: Any = item.destination
            height, found = placed[numbers[target[0].objgen]]
            top = height - float(target[3])
            below = [word for _, y0, _, y1, word in found if y0 > top + 22 and y1 < height - 55]
            assert below, f"{item.title} at the foot of page {numbers[target[0].objgen] + 1}"
    if layout in TABLES:
        for height, found in placed:
            if height < 600 and len(found) > 60:
                assert [word for _, y0, _, _, word in found if y0 < 130 and word == "Insats"]


def test_pdf_breaks_words_that_are_wider_than_their_column(tmp_path: Path) -> None:
    tool = needed(PDFTOTEXT, "pdftotext")
    long = "Arbetsmarknadsrehabiliteringssamordningsinsatser" * 2
    for layout in TABLES:
        made = revision(
            None,
            {
                "namn": long,
                "utförare": {"namn": [long]},
                "metod": {"namn": long},
                "ingång": "remiss",
                "remiss_från": [long],
            },
            {"dokumentation": {"nivå": "individnivå"}},
        )
        path = render_bilaga(made, (), ["pdf"], tmp_path, layout=layout)[0]
        boxes = subprocess.run(
            [tool, "-bbox", str(path), "-"], capture_output=True, text=True, check=True
        ).stdout
        turned = re.findall(r'<page width="841[^>]*>(.*?)</page>', boxes, re.DOTALL)
        columns: list[tuple[float, float]] = [
            (float(a), float(b))
            for page in turned
            for a, b in re.findall(r'xMin="([\d.]+)"[^>]*xMax="([\d.]+)"', page)
        ]
        assert columns and max(right for _, right in columns) <= 842 - 44
        assert max(right - left for left, right in columns) < 250


@pytest.mark.parametrize("layout", LAYOUTS)
def test_docx_has_real_styles_sections_and_repeated_headings(
    bilagor: dict[str, dict[str, Path]], layout: str
) -> None:
    shown = revision_of(OWN[layout])
    document = docx.Document(str(bilagor[layout]["docx"]))
    xml = document.element.xml
    assert document.core_properties.language == "sv-SE"
    assert document.core_properties.title == shown.kommun["bilaga"]["titel"]
    assert 'TOC \\o "1-2"' in xml
    orientations = [int(section.orientation) for section in document.sections]
    assert orientations == {"avsnitt": [0, 1], "tabell": [0, 1], "tabell-utförlig": [0, 1, 0]}.get(
        layout, [0]
    )
    for section in document.sections:
        tabs = [
            stop.position.cm for stop in section.header.paragraphs[0].paragraph_format.tab_stops
        ]
        assert [round(tab, 1) for tab in tabs] == ([26.5] if section.orientation else [16.0])
    styles = [p.style.name for p in document.paragraphs if p.style is not None]
    assert styles.count("Title") == 1
    names = [
        row.cells[0].paragraphs[0]
        for table in document.tables
        for row in table.rows[1:]
        if layout in TABLES
    ]
    assert [p.text for p in names] == (
        [insats.namn for insats in shown.insatser] if layout in TABLES else []
    )
    assert {p.style.name for p in names if p.style is not None} <= {"Radrubrik"}
    for table in document.tables:
        assert table.rows[0]._tr.xpath("./w:trPr/w:tblHeader") and table.rows[0]._tr.xpath(
            "./w:trPr/w:cantSplit"
        )
    ids = re.findall(r'<w:bookmarkStart [^>]*w:name="([^"]+)"', xml)
    assert set(re.findall(r'<w:hyperlink [^>]*w:anchor="([^"]+)"', xml)) <= set(ids)


def test_word_s_styles_build_on_styles_that_are_there() -> None:
    styles = docx.Document(str(resources.TEMPLATES / "referens.docx")).styles.element
    known = {style.get(qn("w:styleId")) for style in styles}
    based = {base.get(qn("w:val")) for base in styles.iter(qn("w:basedOn"))}
    assert based <= known
    usual = [style.get(qn("w:type")) for style in styles if style.get(qn("w:default")) == "1"]
    assert len(usual) == len(set(usual)), "one style for what has none, of each kind"


def test_docx_opens_in_libreoffice(bilagor: dict[str, dict[str, Path]], tmp_path: Path) -> None:
    soffice, pdftotext = needed(SOFFICE, "LibreOffice"), needed(PDFTOTEXT, "pdftotext")
    command = [
        soffice,
        f"-env:UserInstallation={(tmp_path / 'lo').as_uri()}",
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(tmp_path),
    ]
    subprocess.run(
        [*command, *(str(files["docx"]) for files in bilagor.values())],
        capture_output=True,
        timeout=150,
        check=True,
    )
    for layout, kommun in OWN.items():
        made = tmp_path / f"{kommun}-bilaga.pdf"
        text = subprocess.run(
            [pdftotext, str(made), "-"], capture_output=True, text=True, check=True
        ).stdout
        said = re.sub(r"\s+", "", text)
        for insats in revision_of(kommun).insatser:
            assert re.sub(r"\s+", "", insats.namn) in said, (layout, insats.namn)
        with pikepdf.open(made) as pdf:
            turned = sum(page.mediabox[2] > page.mediabox[3] for page in pdf.pages)
            assert (turned > 0) is (layout in (*TABLES, "avsnitt"))


@pytest.mark.parametrize("layout", LAYOUTS)
def test_parts_and_untrusted_text_in_every_format(layout: str, tmp_path: Path) -> None:
    odd = '<b>a</b> | `c` *d* _e_ #f $g$ [h](i) \\j {{ k }} & l; "m"'
    part = FULL_PART | {"namn": odd, "innehåll": f"{odd}\n\n- {odd}\n- två"}
    made: Revision = revision(
        {"namn": odd},
        {"namn": odd, "delar": [part, {"namn": "Två"}], "innehåll": odd, "syfte": f"A\n\n- {odd}"},
    )
    _, md, word, pdf, _ = render_bilaga(made, (), FORMATS, tmp_path, layout=layout)
    shown = "".join(
        t.content
        for token in MarkdownIt("gfm-like", {"linkify": False}).parse(md.read_text("utf-8"))
        for t in token.children or ()
        if t.type != "html_inline"
    )
    assert shown.count(odd) >= 5
    assert text_of(word).count(odd) >= 5
    with pikepdf.open(pdf) as opened:
        assert len(opened.pages) >= 2


def test_rows_of_an_own_template_need_no_id(tmp_path: Path) -> None:
    (tmp_path / "mallar").mkdir()
    text = (resources.TEMPLATES / "_delar.html.j2").read_text("utf-8")
    (tmp_path / "mallar" / "_delar.html.j2").write_text(
        text.replace(' id="insats-{{ insats.id }}"', ""), "utf-8"
    )
    paths = render_bilaga(
        sample("knivsta"), (), ("md", "docx", "pdf"), tmp_path, [tmp_path / "mallar"]
    )
    assert all(path.stat().st_size for path in paths)


def test_tables_stay_tables_when_the_page_is_printed() -> None:
    css = (resources.TEMPLATES / "bilaga.css").read_text("utf-8")
    assert re.findall(r"@media ([^{]+) \{\n  \.insatser,", css) == ["screen and (max-width: 56rem)"]


def test_running_text_is_printed_as_it_is_written_in_every_layout() -> None:
    written = revision(
        {}, {"innehåll": "Vi erbjuder:\n\nsamtal", "målgrupp": {"beskrivning": "unga:\n\nalla"}}
    )
    for layout in LAYOUTS:
        text = re.sub(r"<[^>]+>", "", render_html(written, layout=layout))
        assert "Vi erbjuder:\n" in text and "samtal\n" in text and "alla\n" in text, layout
        assert "Samtal" not in text and "Alla\n" not in text and ":." not in text, layout
