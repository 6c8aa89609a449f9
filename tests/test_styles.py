"""A style sheet of a municipality's own dresses the words of a bilaga, and does nothing else to
them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from insatskoll.bilaga import render, styles
from insatskoll.bilaga.layouts import RenderError
from insatskoll.resources import TEMPLATES
from tests.test_render import revision

HIDES = [
    "p { display: none }",
    "p { DISPLAY : NONE !important }",
    "p { d\\69splay: none }",
    "p { visibility: hidden }",
    "p { opacity: 0 }",
    "p { font-size: 0 }",
    "p { font-size: 1px }",
    "p { font-size: .1rem }",
    "p { font-size: 50% }",
    "p { font-size: .5em }",
    "p { font-size: calc(1px) }",
    "p { font: 0/0 a }",
    "p { font-family: Wingdings }",
    "p { line-height: 0 }",
    "p { color: #fff }",
    "p { color: transparent }",
    "p { color: var(--paper) }",
    "p { background: #000 }",
    "p { background: var(--ink) }",
    "p { background: var(--brand) }",
    ":root { --ink: #fff }",
    "p { -webkit-text-fill-color: transparent }",
    "p { -webkit-text-security: disc }",
    "p { position: absolute; left: -9999px }",
    "p { position: fixed }",
    "p { text-indent: -9999px }",
    "p { text-indent: 9999px }",
    "p { margin-left: -50em }",
    "p { margin: 0 -50em }",
    "p { margin-top: -2em }",
    "p { padding-left: 5000px }",
    "p { letter-spacing: -1em }",
    "p { height: 0; overflow: hidden }",
    "p { max-height: 1px }",
    "p { width: 1px }",
    "p { width: 5000px }",
    "p { clip: rect(0 0 0 0) }",
    "p { clip-path: inset(50%) }",
    "p { transform: scale(0) }",
    "p { scale: 0 }",
    "p { filter: blur(9px) }",
    "p { mask: none }",
    "p { zoom: 0 }",
    "p { content-visibility: hidden }",
    "p { content: 'Avslag' }",
    "p { content: none }",
    "p::after { content: ' inte' }",
    "p::before { content: attr(title) }",
    "p { quotes: 'inte ' '' }",
    "p { text-decoration: line-through }",
    "p { text-transform: lowercase }",
    "p { direction: rtl; unicode-bidi: bidi-override }",
    "p { order: 2 }",
    "p { float: left }",
    "p { white-space: nowrap }",
    "li { list-style-type: 'Ej: ' }",
    "ol { list-style-type: none }",
    "li { counter-reset: a 5 }",
    "p { animation: a 1s }",
    "p { all: unset }",
    "p { border: 500px solid }",
    "p { box-shadow: 0 0 0 99px #fff }",
    "p { outline: 99px solid #fff }",
    "title { display: block }",
    "* { padding: 2rem }",
    "section { p { display: none } }",
    "section { & p { display: none } }",
    "@media print { p { display: none } }",
    "@media print { @media screen { p { display: none } } }",
    "@supports (color: red) { p { display: none } }",
    "@font-face { font-family: Arial; src: local(Blank) }",
    "@keyframes a { to { opacity: 0 } }",
    "@counter-style a { system: cyclic; symbols: 'x' }",
    "@page { @top-left { content: 'UTKAST' } }",
    "@page { margin: 20cm }",
    "@page { size: 1cm 1cm }",
    "@layer a { p { display: none } }",
    "p { color: var(--ink); } } p { display: none }",
    "p { @program; }",
    "p, @program; { color: inherit }",
    "p { color }",
    # A box in a line, or a part of one, that is laid over the lines above or below it.
    "main a { background: var(--paper); padding-top: 160px }",
    "li a { border-top: 20px solid #fff }",
    "li a { border: 20px solid #fff }",
    "li a { border-width: 0 0 20px }",
    "li a { border-style: solid; border-block-start-width: 20px }",
    "span { padding: 2rem 0 }",
    "span { padding: 5% }",
    "span { padding-block: 10px }",
    "h2, h2 strong { padding-bottom: 2rem }",
    "p > em, p { padding-bottom: 2rem }",
    ".egen { padding-top: 2rem }",
    "a.insats { padding-top: 2rem }",
    "p :not(h2) { padding-top: 2rem }",
    "dd { padding-top: 160px; background: var(--paper) }",
    "td p { padding-top: 160px; background: var(--paper) }",
    "section { a { padding-top: 2rem } }",
    "a { &:hover { padding-top: 2rem } }",
    "p { &::first-letter { padding: 1px } }",
    "p::first-letter { padding-right: 30px; background: var(--paper) }",
    "p:FIRST-LETTER { background: var(--paper) }",
    "li::before { background: var(--paper) }",
    "li:before { padding-right: 32px }",
    "li::after { border-left: 20px solid #fff }",
    "li::marker { margin-left: 32px }",
    "p::egen { color: inherit }",
]
DRESSES = [
    "",
    "/* Egen stil */",
    "h1 { font-family: Georgia, 'Times New Roman', serif; font-size: 24pt; font-weight: 700 }",
    "body { font-family: Times New Roman, serif; line-height: 1.4 }",
    "h2, h3 { color: var(--brand); letter-spacing: .5px; text-transform: uppercase }",
    "p { margin: 0 0 1rem; text-align: justify; hyphens: auto }",
    (
        ".insats { border: 1px solid #7a1f3d; border-top: 3px solid var(--brand); padding: "
        ".5rem 1rem; border-radius: 4px }"
    ),
    "td { border-bottom: thin solid rgb(1, 2, 3); vertical-align: top }",
    ".notis { background: var(--tint); color: inherit }",
    "table { border-collapse: collapse; width: 100%; max-width: 60rem }",
    "a:hover { text-decoration: underline }",
    "li { list-style-type: square; margin-left: auto }",
    "section { p { font-style: italic } }",
    "@media print { h2 { break-before: page; break-after: avoid } p { orphans: 3; widows: 3 } }",
    "@media (max-width: 40rem) { h1 { font-size: 1.5rem } }",
    "@page { size: A4 landscape; margin: 2cm 2.5cm }",
    "@page :first { margin-top: 3cm }",
    "p { font-size: 12px !important }",
    "h2, .insats > h3, section.text { padding-top: 2rem; border-top: 20px solid var(--brand) }",
    "td, th { padding: 1rem .5rem } li { padding: 10px 0 } div:first-child { padding: 2em }",
    "p { padding: .5rem 0 } dt, dd { padding: .3rem 0; border-bottom: 1px solid #ccc }",
    "p.egen, ul#egen { padding: 1rem; border: 10px solid #123456 }",
    (
        "a { border-bottom: 1px solid; padding: 2px 20px } mark, code { padding: .1em .3em; "
        "border-radius: 8px }"
    ),
    (
        "a { border-left: 10px solid; border-inline: 10px solid; border-color: #123456; "
        "border-style: dotted }"
    ),
    "section { & { padding: 1rem } h3 { padding: 1rem } &.egen { padding: 1rem } }",
    (
        "li::marker, dt::after { color: var(--brand); font-weight: 700 } p::first-letter { "
        "font-size: 2rem }"
    ),
    "::selection { background: var(--mark); color: inherit }",
    ".kolofon, .notis, #matris table { padding: 1rem } .logotyp img { padding: 1rem 0 }",
]


@pytest.mark.parametrize("sheet", HIDES)
def test_what_could_hide_move_strike_add_or_change_words_is_refused(sheet: str) -> None:
    assert styles.wrong(sheet)


@pytest.mark.parametrize("sheet", DRESSES)
def test_what_dresses_them_is_not(sheet: str) -> None:
    assert styles.wrong(sheet) == ""


def test_the_attribute_is_judged_alike() -> None:
    assert styles.wrong_attribute("width: 20%; text-align: right") == ""
    assert styles.wrong_attribute("text-align: right; opacity: 0") == "opacity: 0"
    assert styles.wrong_attribute("color: inherit } p { display: none")
    assert styles.wrong_attribute("padding: 2rem", "div") == ""
    assert styles.wrong_attribute("padding: 2rem", "a") == "padding: 2rem"


def test_only_blocks_have_the_classes_that_may_take_room() -> None:
    found = re.findall(
        r'<(\w+)[^>]*class="([^"]*)"',
        "".join(p.read_text("utf-8") for p in TEMPLATES.glob("*.html.j2")),
    )
    named = {(element, name) for element, names in found for name in names.split()}
    assert {name for _, name in named} >= styles._CLASSES
    assert {element for element, name in named if name in styles._CLASSES} <= styles._BLOCKS | {
        "ul"
    }


@pytest.fixture
def own(tmp_path: Path) -> Path:
    folder = tmp_path / "mallar"
    folder.mkdir()
    return folder


def _refused(own: Path) -> str:
    with pytest.raises(RenderError) as caught:
        render.render_html(revision(), own=[own])
    return str(caught.value)


@pytest.mark.usefixtures("in_this_process")
def test_it_is_told_with_file_and_line(own: Path) -> None:
    sheet = own / "bilaga.css"
    sheet.write_text(
        (
            '{% include "inbyggd/bilaga.css" %}\nh1 { font-size: 24pt }\n.insats dl {\n  '
            "display:none;\n}\n"
        ),
        "utf-8",
    )
    told = _refused(own)
    assert told.startswith(
        f"Mallen {sheet.as_posix()}, rad 4: Stilen ”display: none” får inte användas."
    )
    assert "\n" not in told and "profil.yaml" in told
    sheet.write_text('{% include "inbyggd/bilaga.css" %}\nh1 { font-size: 24pt }\n', "utf-8")
    assert "font-size: 24pt" in render.render_html(revision(), own=[own])


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ("@import 'a.css';", " gör en sida med en stilmall som hämtar något"),
        ("@\\69mport 'a.css';", " gör en sida med en stilmall som hämtar något"),
        ("p { background: url( a.png ) }", " gör en sida med en stilmall som hämtar något"),
        ("p { d\\69splay: none }", ": Stilen ”display: none” får inte användas"),
        ("p { DISPLAY/**/: NONE }", ": Stilen ”"),
    ],
)
@pytest.mark.usefixtures("in_this_process")
def test_however_it_is_written(own: Path, wrong: str, words: str) -> None:
    sheet = own / "bilaga.css"
    sheet.write_text(f"h1 {{ margin: 0 }}\n\n{wrong}\n", "utf-8")
    assert _refused(own).startswith(f"Mallen {sheet.as_posix()}, rad 3{words}")


def test_so_it_is_in_a_template(own: Path) -> None:
    template = own / "_kolofon.html.j2"
    template.write_text('<div class="kolofon">\n<p style="opacity:0">Upphävd</p></div>', "utf-8")
    assert _refused(own).startswith(
        f"Mallen {template.as_posix()}, rad 2: Stilen ”opacity: 0” får inte användas."
    )
    template.write_text("<style>{{ 'p { dis' ~ 'play: none }' }}</style>", "utf-8")
    assert _refused(own).startswith("Mallen inbyggd/avsnitt.html.j2 med det egna i")


@pytest.mark.usefixtures("in_this_process")
def test_a_style_around_ours_does_not_pass(own: Path) -> None:
    for sheet in (
        'p { {% include "inbyggd/bilaga.css" %} }',
        'p, {% include "inbyggd/bilaga.css" %}',
    ):
        (own / "bilaga.css").write_text(sheet, "utf-8")
        assert "får inte användas" in _refused(own)


OUT_OF_IT = "</style><p>Avgiften är 500 kr.</p>"


@pytest.mark.parametrize(
    ("sheet", "line"),
    [
        (f"/*{OUT_OF_IT}*/", ", rad 2"),
        (f'p:not("{OUT_OF_IT}"){{margin:0}}', ", rad 2"),
        (f'@media print, "{OUT_OF_IT}" {{p{{margin:0}}}}', ", rad 2"),
        ("/* a\n</STYLE x>Avgiften är 500 kr. */", ", rad 3"),
        ("/* <!-- */", ", rad 2"),
        ("/*{{ '<' | safe }}/style>Avgiften är 500 kr.*/", ""),
        ("{% autoescape false %}/*{{ '\\x3c/style>' }}*/{% endautoescape %}", ""),
    ],
)
@pytest.mark.parametrize("name", ["bilaga.css", "egen.css"])
@pytest.mark.usefixtures("in_this_process")
def test_a_style_sheet_does_not_get_out_of_its_element(
    own: Path, sheet: str, line: str, name: str
) -> None:
    (own / "bilaga.css").write_text('{% include "egen.css" %}', "utf-8")
    (own / name).write_text(f"h1 {{ margin: 0 }}\n{sheet}\n", "utf-8")
    told = _refused(own)
    assert (
        told.startswith(f"Mallen {(own / name).as_posix()}{line}: ”<")
        and "får inte stå i en stilmall" in told
    )


def test_less_than_and_a_note_that_is_not_printed_stay_in_it(own: Path) -> None:
    (own / "bilaga.css").write_text(
        "{# </style> #}\n@media (width < 40rem) { h1 { margin: 0 } }\n/* a < b */", "utf-8"
    )
    assert "/* a < b */" in render.render_html(revision(), own=[own])
