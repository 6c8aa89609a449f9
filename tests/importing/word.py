"""Makes Word documents as officials write them, with python-docx and raw XML where it has no word
for a thing."""

from __future__ import annotations

import io
import itertools
from collections.abc import Callable, Iterator
from html import escape
from random import Random
from typing import Any

import docx
from docx.opc.constants import RELATIONSHIP_TYPE as RELATION
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml

SPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "v": "urn:schemas-microsoft-com:vml",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
}
_DECLARED = " ".join(f'xmlns:{prefix}="{space}"' for prefix, space in SPACES.items())
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."


def document(
    body: str, notes: str = "", comments: str = "", change: Callable[[Any], None] | None = None
) -> bytes:
    """A document with the raw XML ``body``, ``notes`` (w:footnote) and ``comments``; ``change``
    does what python-docx can to it."""
    made = docx.Document()
    for element in parse_xml(f"<w:body {_DECLARED}>{body}</w:body>"):
        made.element.body.insert(len(made.element.body) - 1, element)
    for kind, relation, inside in (
        ("footnotes", RELATION.FOOTNOTES, notes),
        ("comments", RELATION.COMMENTS, comments),
    ):
        if inside:
            content = f"<w:{kind} {_DECLARED}>{inside}</w:{kind}>".encode()
            name = PackURI(f"/word/{kind}.xml")
            part = Part(name, f"{_WORD}{kind}+xml", content, made.part.package)
            made.part.relate_to(part, relation)
    if change is not None:
        change(made)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def run(text: str, look: str = "") -> str:
    """A run (w:r) with the properties ``look``."""
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def p(*runs: str, properties: str = "") -> str:
    """A paragraph of ``runs``; what is no XML is a run of its own."""
    inside = "".join(one if one.startswith("<") else run(one) for one in runs)
    return f"<w:p><w:pPr>{properties}</w:pPr>{inside}</w:p>"


def tc(inside: str, properties: str = "") -> str:
    """A cell; what is no XML is a paragraph."""
    inside = inside if inside.startswith("<") else p(inside)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside}</w:tc>"


def table(*rows: str) -> str:
    """A table of rows of cells."""
    return "<w:tbl><w:tblPr/>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"


def box(inside: str, old: str | None = None) -> str:
    """A run with a text box, as Word writes it: in a new way and, for old programs, once more."""
    content = f"<w:txbxContent>{inside}</w:txbxContent>"
    again = f"<w:txbxContent>{old or inside}</w:txbxContent>"
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><a:graphic>'
        f"<a:graphicData><wps:wsp><wps:txbx>{content}</wps:txbx></wps:wsp></a:graphicData>"
        "</a:graphic></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape>"
        f"<v:textbox>{again}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent>"
        "</w:r>"
    )


def added(inside: str) -> str:
    """What a tracked change has added."""
    return f'<w:ins w:id="1" w:author="A">{inside}</w:ins>'


def removed(text: str) -> str:
    """What a tracked change has removed."""
    return f'<w:del w:id="2" w:author="A"><w:r><w:delText>{text}</w:delText></w:r></w:del>'


def field(told: str, *result: str) -> str:
    """The runs of a field with its result."""
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    inside = f"<w:r><w:instrText>{told}</w:instrText></w:r>"
    return mark.format("begin") + inside + mark.format("separate") + "".join(
        one if one.startswith("<") else run(one) for one in result
    ) + mark.format("end")  # fmt: skip


def random_body(random: Random) -> tuple[str, str, list[str], list[str]]:
    """A body with all sorts of things inside each other, its notes, the words in it in the order
    they are read, and those that tracked changes have removed."""
    words: list[str] = []
    gone: list[str] = []
    notes: list[str] = []
    numbers = itertools.count(1)

    def word() -> str:
        words.append(f"ord{next(numbers)}x")
        return words[-1]

    def pieces(depth: int) -> Iterator[str]:
        for _ in range(random.randint(1, 4)):
            match random.randrange(9):
                case 0:
                    yield added(run(word() + " "))
                case 1:
                    gone.append(f"ord{next(numbers)}x")
                    yield removed(gone[-1])
                case 2:
                    yield f'<w:hyperlink w:anchor="x">{run(word() + " ")}</w:hyperlink>'
                case 3:
                    yield field("REF x", word() + " ")
                case 4:
                    yield f"<w:sdt><w:sdtContent>{run(word() + ' ')}</w:sdtContent></w:sdt>"
                case 5:
                    yield run(word() + " ") + "<w:r><w:tab/></w:r>"
                case _:
                    yield run(word() + " ", random.choice(["<w:b/>", "<w:sz w:val='30'/>", ""]))
        if depth and random.random() < 0.2:
            yield box(paragraph(depth - 1))
        elif depth and random.random() < 0.2:
            number = len(notes) + 2
            notes.append("")
            notes[number - 2] = f'<w:footnote w:id="{number}">{p(run(word()))}</w:footnote>'
            yield f'<w:r><w:footnoteReference w:id="{number}"/></w:r>'

    def paragraph(depth: int) -> str:
        return p(*pieces(depth))

    def rows(depth: int) -> Iterator[str]:
        for _ in range(random.randint(1, 3)):
            yield "".join(
                tc(block(depth - 1) + "<w:p/>", '<w:gridSpan w:val="2"/>' * random.randrange(2))
                for _ in range(random.randint(1, 3))
            )

    def block(depth: int) -> str:
        kind = random.randrange(6) if depth else 5
        if kind == 0:
            return table(*rows(depth))
        if kind == 1:
            return f"<w:sdt><w:sdtContent>{block(depth - 1)}</w:sdtContent></w:sdt>"
        return paragraph(depth)

    body = "".join(block(3) for _ in range(6))
    return body, "".join(notes), words, gone
