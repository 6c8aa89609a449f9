"""Makes templates/referens.docx, the styles that pandoc gives the bilaga in Word.

Starts from pandoc's own reference document, and gives the same bytes each time. Run from the top of
the checkout:

    python tools/make_reference_docx.py
"""

from __future__ import annotations

import io
import subprocess
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

import docx
import pypandoc
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor

TARGET = Path(__file__).parents[1] / "templates" / "referens.docx"
FONT, BRAND, INK, MUTED = "Calibri", "0B4A6F", "1B2430", "4A5766"

# Style: size, bold, colour, space before and after (points), then paragraph properties.
STYLES: dict[str, tuple[float, bool, str, float, float, dict[str, Any]]] = {
    "Normal": (11, False, INK, 0, 6, {"line_spacing": 1.15}),
    "Body Text": (11, False, INK, 0, 6, {}),
    "First Paragraph": (11, False, INK, 0, 6, {}),
    "Compact": (11, False, INK, 0, 2, {}),
    "Logotyp": (11, False, INK, 0, 0, {"keep_with_next": True}),
    "Title": (28, True, BRAND, 60, 10, {"keep_with_next": True}),
    "Subtitle": (13, False, MUTED, 0, 14, {"keep_with_next": True}),
    "heading 1": (20, True, BRAND, 0, 12, {"keep_with_next": True, "page_break_before": True}),
    "heading 2": (15, True, INK, 20, 6, {"keep_with_next": True}),
    "heading 3": (11, True, BRAND, 10, 3, {"keep_with_next": True}),
    "heading 4": (11, True, INK, 8, 3, {"keep_with_next": True}),
    "TOC Heading": (14, True, BRAND, 24, 6, {"keep_with_next": True}),
    "toc 1": (11, True, INK, 5, 1, {}),
    "toc 2": (10.5, False, INK, 0, 1, {"left_indent": Cm(0.6)}),
    "Fakta": (10.5, False, INK, 0, 2, {"left_indent": Cm(3.2), "first_line_indent": Cm(-3.2)}),
    "Märke": (14, True, BRAND, 0, 10, {"keep_with_next": True}),
    "Notis": (10.5, False, INK, 8, 8, {"left_indent": Cm(0.4)}),
    "Kolofon": (9, False, MUTED, 4, 0, {}),
    "Table Caption": (10, False, MUTED, 0, 4, {"keep_with_next": True}),
    "Kolumnrubrik": (9, True, BRAND, 0, 0, {"line_spacing": 1.0, "keep_with_next": True}),
    "Radrubrik": (9, True, INK, 0, 0, {"line_spacing": 1.0}),
    "Tabelltext": (9, False, INK, 0, 3, {"line_spacing": 1.0}),
    "Matrisrubrik": (8.5, True, BRAND, 0, 0, {"line_spacing": 1.0}),
    "Matrisrad": (8.5, False, INK, 0, 0, {"line_spacing": 1.0}),
    "Matriskryss": (8.5, True, BRAND, 0, 0, {"line_spacing": 1.0, "alignment": 1}),
    "header": (8.5, False, MUTED, 0, 0, {}),
    "footer": (8.5, False, MUTED, 0, 0, {}),
}


def main() -> None:
    """Writes the file."""
    raw = subprocess.run(
        [pypandoc.get_pandoc_path(), "--print-default-data-file=reference.docx"],
        capture_output=True,
        check=True,
    ).stdout
    document = docx.Document(io.BytesIO(raw))
    for name, values in STYLES.items():
        set_style(document, name, *values)
    set_language(document)
    add_plain_table(document)
    set_table_style(document)
    set_page(document)
    properties = document.core_properties
    properties.created = properties.modified = datetime(2025, 7, 1)
    properties.title = properties.author = properties.last_modified_by = ""
    properties.language = "sv-SE"
    made = io.BytesIO()
    document.save(made)
    TARGET.write_bytes(with_fixed_dates(made.getvalue()))


def set_style(
    document: Any,
    name: str,
    size: float,
    bold: bool,
    colour: str,
    before: float,
    after: float,
    extra: dict[str, Any],
) -> None:
    """Sets a paragraph style's look; makes the style if pandoc's reference lacks it."""
    found = [
        s
        for s in document.styles
        if s.name.lower() == name.lower() and s.type == WD_STYLE_TYPE.PARAGRAPH
    ]
    style = found[0] if found else document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    if not found:
        style.base_style = document.styles["Normal"]
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for attribute in list(fonts.attrib):
        del fonts.attrib[attribute]
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), FONT)
    style.font.size, style.font.bold, style.font.italic = Pt(size), bold, False
    style.font.color.rgb = RGBColor.from_string(colour)
    form = style.paragraph_format
    form.space_before, form.space_after, form.widow_control = Pt(before), Pt(after), True
    form.alignment = extra.get("alignment", 0)
    for key, value in extra.items():
        setattr(form, key, value)
    if name == "Radrubrik":
        # An insats, as Rubrik 2 is elsewhere: so it comes into Word's contents.
        level = OxmlElement("w:outlineLvl")
        level.set(qn("w:val"), "1")
        form.element.get_or_add_pPr().append(level)
    if name == "Märke":
        box = OxmlElement("w:bdr")
        for key, value in (("val", "single"), ("sz", "12"), ("space", "0"), ("color", BRAND)):
            box.set(qn(f"w:{key}"), value)
        style.element.get_or_add_rPr().append(box)
    if name == "Notis":
        borders, left = OxmlElement("w:pBdr"), OxmlElement("w:left")
        for key, value in (("val", "single"), ("sz", "24"), ("space", "8"), ("color", BRAND)):
            left.set(qn(f"w:{key}"), value)
        borders.append(left)
        # Word wants the properties in the order of its schema: before these.
        form.element.get_or_add_pPr().insert_element_before(
            borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc"
        )


def set_language(document: Any) -> None:
    """Swedish for spelling and hyphenation."""
    defaults = (
        document.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    )
    for old in defaults.findall(qn("w:lang")):
        defaults.remove(old)
    language = OxmlElement("w:lang")
    for key in ("val", "eastAsia"):
        language.set(qn(f"w:{key}"), "sv-SE")
    defaults.append(language)


def add_plain_table(document: Any) -> None:
    """The style that Word's tables are based on, which pandoc's document names and lacks."""
    style = parse_xml(
        f'<w:style {nsdecls("w")} w:type="table" w:default="1" w:styleId="TableNormal">'
        '<w:name w:val="Normal Table"/><w:uiPriority w:val="99"/><w:semiHidden/>'
        '<w:unhideWhenUsed/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
        '<w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/>'
        '<w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/>'
        "</w:tblCellMar></w:tblPr></w:style>"
    )
    based = document.styles["Table"].element
    based.addprevious(style)
    del based.attrib[qn("w:default")]


def set_table_style(document: Any) -> None:
    """Thin lines between the rows; the page's width."""
    properties = document.styles["Table"].element.find(qn("w:tblPr"))
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "bottom", "insideH", "insideV"):
        line = OxmlElement(f"w:{side}")
        for key, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", "C9D2DB")):
            line.set(qn(f"w:{key}"), value)
        borders.append(line)
    margins = properties.find(qn("w:tblCellMar"))
    margins.addprevious(borders)
    for side, width in (("top", 30), ("left", 70), ("bottom", 30), ("right", 70)):
        found = margins.find(qn(f"w:{side}"))
        found.set(qn("w:w"), str(width))


def set_page(document: Any) -> None:
    """A4, and a header and a footer from the second page on. The words in braces are filled in by
    convert.py."""
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.top_margin, section.bottom_margin = Cm(3), Cm(2.5)
    section.left_margin = section.right_margin = Cm(2.5)
    section.header_distance, section.footer_distance = Cm(1.25), Cm(1)
    section.different_first_page_header_footer = True
    header = section.header.paragraphs[0]
    header.style = document.styles["header"]
    header.paragraph_format.tab_stops.add_tab_stop(Cm(16), WD_TAB_ALIGNMENT.RIGHT)
    header.add_run("{KOMMUN}\t{RUBRIK}")
    mark = section.header.add_paragraph(style="header")
    mark.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    run = mark.add_run("{MÄRKE}")
    run.font.bold, run.font.size, run.font.color.rgb = True, Pt(11), RGBColor.from_string(BRAND)
    for footer in (section.footer, section.first_page_footer):
        paragraph = footer.paragraphs[0]
        paragraph.style = document.styles["footer"]
        paragraph.paragraph_format.tab_stops.add_tab_stop(Cm(16), WD_TAB_ALIGNMENT.RIGHT)
        paragraph.add_run("{STATUS}\tSida ")
        add_field(paragraph, "PAGE")
        paragraph.add_run(" (")
        add_field(paragraph, "NUMPAGES")
        paragraph.add_run(")")
        footer.add_paragraph("{SIDFOT}", style="footer")


def add_field(paragraph: Any, instruction: str) -> None:
    """Adds a field that Word fills in."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), f" {instruction} ")
    run, text = OxmlElement("w:r"), OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)


def with_fixed_dates(raw: bytes) -> bytes:
    """The same package with every entry dated alike."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(raw)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in sorted(old.namelist(), key=lambda n: (n != "[Content_Types].xml", n)):
            new.writestr(
                zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), old.read(name), zipfile.ZIP_DEFLATED
            )
    return out.getvalue()


if __name__ == "__main__":
    main()
