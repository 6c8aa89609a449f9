"""Whatever an official writes comes out as it was written, in every layout and format, whatever it
means in the format.

The files are read back with other libraries than those that wrote them. Many hostile texts stand in
each document, since pandoc and Typst take long to start.
"""

from __future__ import annotations

import io
import itertools
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from functools import cache
from typing import Any

import docx
import lxml.html
import pikepdf
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from insatskoll.bilaga.layouts import LAYOUTS
from insatskoll.bilaga.render import FORMATS, bilaga
from insatskoll.catalogue.model import Revision, make_revision
from tests.test_layouts import needed
from tests.test_render import (
    FULL,
    FULL_ANALYSIS,
    FULL_COND,
    FULL_CONSENT,
    FULL_DOC,
    FULL_PART,
    MINIMAL,
    revision,
)

# What an official may write, with a place for the word that tells one text from another.
WRITTEN = [
    "= 3 {}",
    "1. {}",
    "12) {}",
    "+ {}",
    "- {}",
    "* {}",
    "/ X: {}",
    "/ {}: y",
    "# {}",
    "### {} #",
    "{} ##",
    "> {}",
    ": {}",
    "=== {}",
    "--- {}",
    "| {} |",
    "| a | {} | c",
    "13~15 och 16~18 {}",
    "~~{}~~",
    "C\\# {}",
    "{}\\",
    "\\{}",
    "a\\\\{}",
    "@namn {}",
    "#12 {}",
    "<b>{}</b>",
    "<!-- {} -->",
    "<q9z>{}",
    "$x$ {}",
    "$ {} $",
    "-?{}",
    "{}-?",
    "...{}...",
    "--{}--",
    "---{}",
    "*{}*",
    "_{}_",
    "**{}**",
    "__{}__",
    "`{}`",
    "```{}```",
    "~~~ {}",
    "[x]({})",
    "[{}](y)",
    "![{}](y)",
    "{}![x](y)",
    "[^1]: {}",
    "[x]: {}",
    "[ ] {}",
    "https://a.se/{}",
    "https://a.se/x_y?a=*b&c~d|{}",
    "www.a_b.se/{}",
    "a_b@c.se {}",
    "&amp; {}",
    "&#65;{}",
    "&{};",
    "\"{}\" '{}'",
    "“{}” ‘x’",
    "#let x = {}",
    "#{}",
    "#[{}]",
    "]#x[{}",
    "{{ {} }}",
    "} {} {",
    "// {}",
    "/* {} */",
    "<lbl> {}",
    "@{}[x]",
    "\\u{41}{}",
    "{KOMMUN} {}",
    "{% raw %} {}",
    "{}!",
    "{}:",
    "{};",
    "x^2^ {}",
    "H~2~O {}",
    "\\({}\\)",
    "{}\u00a0",
    "\u00a0{}",
    "\u2003{}\u2003",
    "a\u00a0{}",
    "{} – {} — {}",
    "{}’s",
    "1.{}",
    "1986. {}",
    "+{}",
    "-{}",
    "={}",
    "\u2022 {}",
    "{}\u00adx",
    "50 % {}",
    "å{}ö É ß",
    "x\n2. {}",
    "{}:\n1. x\n  a) y",
    "{}\n* x",
    "x\n\u2022 {}",
    "x:\n\u2013 {}",
    "{}\n| a | b |",
    "x\n# {}",
    "x\n+ {}\n+ y",
    "{}\n    x",
    "x\n> {}",
    "{}\n===",
    "x\n\n10) {}",
    "x\n(a) {}",
    "{}\n---\nx",
    "x\n| {} |\n|---|",
]


def squeezed(text: str) -> str:
    """Text as it is compared: spaces may be where a line is broken, and a sentence gets its
    capital; a soft hyphen is unseen."""
    return re.sub(r"[\s\u00ad\u200e\u200f\u202a-\u202c\u2060]", "", text).casefold()


# Text read back out of the files


def html_text(page: str) -> str:
    main = lxml.html.document_fromstring(page)
    for silent in main.xpath("//style | //nav | //head"):
        silent.drop_tree()
    return str(main.text_content())


def commonmark_text(text: str) -> str:
    return html_text(f"<body>{MarkdownIt('commonmark').render(text)}</body>")


def github_text(text: str) -> str:
    """As GitHub's own reader has it: with tables, struck text and addresses that become links."""
    cmarkgfm = pytest.importorskip("cmarkgfm")
    return html_text(f"<body>{cmarkgfm.github_flavored_markdown_to_html(text)}</body>")


def docx_text(data: bytes) -> str:
    body = docx.Document(io.BytesIO(data)).element.body
    texts = body.iter("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t")
    return "".join(text.text or "" for text in texts)


def pdf_text(data: bytes, header: str) -> str:
    """The text of the pages, in the order in which it is set, without headers and footers."""
    tool = needed(shutil.which("pdftotext"), "pdftotext")
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(data)
        file.flush()
        done = subprocess.run(
            [tool, "-raw", "-enc", "UTF-8", file.name, "-"], capture_output=True, check=True
        )
    return re.sub(
        rf"utkastsida\d+\(\d+\)(?:{re.escape(squeezed(header))})?",
        "",
        squeezed(done.stdout.decode()),
    )


def outline(data: bytes) -> list[str]:
    with pikepdf.open(io.BytesIO(data)) as pdf, pdf.open_outline() as outline:

        def titles(items: Any) -> Iterator[str]:
            for item in items:
                yield str(item.title)
                yield from titles(item.children)

        return list(titles(outline.root))


# Documents full of hostile texts


def with_texts(data: Any, texts: Iterator[str]) -> Any:
    """``data`` with a text out of ``texts`` in the place of each word that begins with ”ord-”."""
    if isinstance(data, dict):
        return {key: with_texts(value, texts) for key, value in data.items()}
    if isinstance(data, list):
        return [with_texts(value, texts) for value in data]
    return next(texts) if isinstance(data, str) and data.startswith("ord-") else data


COMMON: dict[str, Any] = {
    "namn": "ord-namn",
    "bilaga": {
        "titel": "ord-titel",
        "beteckning": "ord-b",
        "inledning": ["ord-inledning", "ord-till"],
    },
    "avdelningar": [
        {"id": "vuxen", "namn": "ord-avdelning"},
        {"id": "tom", "namn": "x", "rubrik": "ord-tom"},
    ],
    "enheter": [
        {"id": "e1", "namn": "ord-ett", "grupp": "ord-g"},
        {"id": "e2", "namn": "ord-två", "grupp": "ord-h"},
    ],
    "matris": {"titel": "ord-matris", "beteckning": "ord-m"},
    "information_om_ansökan": "ord-ansökan",
    "gemensamma_villkor": [FULL_COND, FULL_COND],
    "samtycke": FULL_CONSENT,
    "uppföljning": ["ord-alltid"],
    "riktlinjer": [{"rubrik": "ord-rubrik", "text": "ord-text"}],
    "gemensam_dokumentation": [{"gäller": "ord-vilka", "dokumentation": FULL_DOC}],
}


def few_at_a_time(data: dict[str, Any], number: int) -> list[dict[str, Any]]:
    """The fields of ``data`` on several, so that the row of each in a table is too low to be broken
    between pages."""
    fields = [name for name in data if name != "namn"]
    groups = [fields[start : start + number] for start in range(0, len(fields), number)]
    return [{"namn": "ord-namn"} | {name: data[name] for name in group} for group in groups]


PARTS = few_at_a_time(FULL_PART, 2)
SMALL = [
    *few_at_a_time(FULL, 5),
    *({"namn": "ord-namn", "delar": PARTS[i : i + 2]} for i in range(0, len(PARTS), 2)),
]


def hostile(patterns: Iterator[str]) -> tuple[Revision, list[str]]:
    """A revision that has one of ``patterns`` in every text field, and its texts."""
    given: list[str] = []

    def texts() -> Iterator[str]:
        for number, pattern in enumerate(patterns):
            given.append(pattern.replace("{}", f"q{number}z"))
            yield given[-1]

    source = texts()
    insatser = revision({}, *(with_texts(data, source) for data in SMALL)).insatser
    kommun = MINIMAL | with_texts(COMMON, source)
    analyses = {"a": with_texts(FULL_ANALYSIS, source)}
    return make_revision("exempel", kommun, insatser, riskanalyser=analyses), given


def wrong(shown: Revision, texts: list[str], layout: str) -> list[str]:
    """The texts that some format does not say as they are."""
    files = bilaga(shown, formats=FORMATS, layout=layout).files
    made = {form: files[f"exempel-bilaga.{form}"] for form in FORMATS}
    markdown = made["md"].decode()
    titel = shown.kommun["bilaga"]["titel"]
    read = {
        "html": squeezed(html_text(made["html"].decode())),
        "md": squeezed(commonmark_text(without_tables(markdown))),
        "github": squeezed(github_text(markdown)),
        "docx": squeezed(docx_text(made["docx"])),
        "pdf": pdf_text(made["pdf"], f"{shown.kommun['namn']}{titel}"),
    }
    found = [
        f"{form}: {text!r}"
        for form, output in read.items()
        for text in texts
        # The full stop is the sentence's: within another there is none.
        if squeezed(text).removesuffix(".") not in output
        and (form != "md" or mark(text) in without_tables(markdown))
        # A line that begins with a hyphen is a point of a list, and its hyphen the list's sign.
        and not (text.startswith("- ") and squeezed(text[2:]) in output)
        # A row may go on overleaf, after the other cells of the page.
        and not (form == "pdf" and all(squeezed(line) in output for line in text.splitlines()))
    ]
    names = [" ".join(insats.namn.split()) for insats in shown.insatser]
    titles = [" ".join(title.split()) for title in outline(made["pdf"])]
    found += [f"bokmärken: {name!r}" for name in names if name not in titles]
    headings = [
        " ".join(h.text_content().split())
        for h in lxml.html.document_fromstring(made["html"].decode()).xpath("//*[@id]")
    ]
    found += [f"rubriker: {name!r}" for name in names if name not in headings]
    assert not re.search(r"(?<!\\)[~`]", markdown)  # a forge may read a single one as it likes
    assert not re.search(r"\$(?!</span>)", markdown)
    return found


def mark(text: str) -> str:
    found: str = re.findall(r"q\d+z", text)[0]
    return found


def without_tables(markdown: str) -> str:
    """Markdown without the lines of tables, which CommonMark has not."""
    return "\n".join(line for line in markdown.splitlines() if not line.startswith("|"))


@pytest.mark.parametrize("layout", LAYOUTS)
def test_what_officials_write(layout: str) -> None:
    # Each layout begins the round at another place, so that the fields meet other texts.
    start = LAYOUTS.index(layout) * 17
    shown, texts = hostile(itertools.islice(itertools.cycle(WRITTEN), start, None))
    assert len(texts) > len(WRITTEN)
    assert wrong(shown, texts, layout) == []


SIGNS = [
    *"\\`*_{}[]()<>#+-.!|~=/:;@$%&^\"'§?,–…",
    "  ",
    " ",
    "--",
    "**",
    "://",
    "&lt;",
    "1.",
    "#{",
    "$$",
    "www.",
    "\u00a0",
    "è",
    "Я",
]
PATTERN = st.builds(
    lambda before, within, after: f"{before}{{}}{within}k{after}",
    *[st.lists(st.sampled_from(SIGNS), max_size=5).map("".join)] * 3,
)


@cache
def fields() -> int:
    return len(hostile(itertools.repeat("{}"))[1])


@settings(
    max_examples=4,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(data=st.data())
def test_any_signs_before_within_and_after(data: st.DataObject) -> None:
    patterns = data.draw(st.lists(PATTERN, min_size=fields(), max_size=fields()))
    layout = data.draw(st.sampled_from(LAYOUTS))
    shown, texts = hostile(iter(patterns))
    assert wrong(shown, texts, layout) == []
