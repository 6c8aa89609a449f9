"""Reads Markdown, with tables as GitHub has them and footnotes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import unquote

from insatskoll.importing.blocks import Block, Cell, Spot, Style, Table, Text
from insatskoll.importing.formats import runs
from insatskoll.importing.formats.runs import Run
from insatskoll.patterns import later
from insatskoll.reading.packages import Unfit

if TYPE_CHECKING:
    from markdown_it.token import Token

MAX_NESTING = 60  # lists and quotes within each other; the library leaves out what is deeper
_DEEPER = later(rf"(?m)^(?:[ \t]*(?:>|[-+*]|\d{{1,9}}[.)])[ \t]*){{{MAX_NESTING // 2},}}")
_TASK = later(r"\[([ xX])\](?=\s)")
_NOTE = later(r"\[\^([^\]\s]+)\](:\s*)?")
_FRONT = later(r"---[ \t]*\n(.*?\n)(?:---|\.\.\.)[ \t]*(?:\n|$)", re.DOTALL)
_COMMENT = later(r"<!--.*?(?:-->|$)", re.DOTALL)
_BREAKS = later(r"<(?:/?(?:p|div|h[1-6]|li|ul|ol|tr|td|th|table)\b[^<>]*|br\s*/?)>", re.IGNORECASE)
_ADDRESS = later(r"<[a-z][^<>]*?\s(?:src|href)\s*=\s*[\"']?([^\"'\s<>]+)", re.IGNORECASE)
_TAG = later(r"</?[a-zA-Z][^<>]*>")


def read(text: str) -> tuple[tuple[Block, ...], list[str]]:
    """The blocks of a Markdown text, each with the number of its line, and what was passed over.

    Raises :class:`Unfit` where it goes too deep.
    """
    from markdown_it import MarkdownIt

    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if _DEEPER.search(text):
        raise Unfit("Texten har för många listor eller citat inuti varandra")
    front = _FRONT.match(text)
    blocks: list[Block] = []
    if front is not None:
        for number, line in enumerate(front[1].split("\n"), 2):
            blocks += runs.paragraphs([Run(line)], Spot(number))
        text = "\n" * front[0].count("\n") + text[front.end() :]
    parser = MarkdownIt("commonmark", {"maxNesting": MAX_NESTING}).enable(
        ["table", "strikethrough"]
    )
    known: dict[str, dict[str, dict[str, str]]] = {}
    reader = _Reader(parser.parse(text, known))
    blocks += reader.blocks()
    for name, said in known.get("references", {}).items():
        if name.startswith("^"):  # a note of one word looks like the address of a link
            words = f"{unescape(said['href'])} {said['title']}"
            blocks += runs.paragraphs([Run(words)], Spot(text.count("\n") + 1), Style.NOTE)
    return tuple(blocks), reader.passed


@dataclass
class _Reader:
    """Goes through the tokens of a text."""

    tokens: Sequence[Token]
    passed: list[str] = field(default_factory=list)
    _at: int = 0
    _line: int = 1

    def blocks(self) -> list[Block]:
        """The blocks up to the end, or to the end of the table row."""
        found: list[Block] = []
        lists, first = 0, False
        level: int | None = None
        for token in self._rest():
            match token.type:
                case "heading_open":
                    level = int(token.tag[1:])
                case "heading_close":
                    level = None
                case "bullet_list_open" | "ordered_list_open":
                    lists += 1
                case "bullet_list_close" | "ordered_list_close":
                    lists -= 1
                case "list_item_open":
                    first = True
                case "inline":
                    found += self._paragraph(token, level, lists if first else 0)
                    first = False
                case "table_open":
                    found.append(self._table())
                case "fence" | "code_block":
                    for line in token.content.split("\n"):
                        found += runs.paragraphs([Run(line)], Spot(self._line))
                case "html_block":
                    found += runs.paragraphs([Run(self._html(token.content))], Spot(self._line))
        return found

    def _rest(self) -> Iterator[Token]:
        while self._at < len(self.tokens):
            token = self.tokens[self._at]
            self._at += 1
            self._line = token.map[0] + 1 if token.map else self._line
            yield token

    def _paragraph(self, token: Token, level: int | None, depth: int) -> list[Text]:
        style, place = Style.BODY, None
        if level is not None:
            style, place = Style.HEADING, level
        elif depth:
            style, place = Style.ITEM, depth - 1
        found = self._runs(token.children or ())
        note = _NOTE.match("".join(run.text for run in found))
        if note is not None and note[2]:
            style, place = Style.NOTE, None
        spot = Spot(self._line)
        return runs.paragraphs(map(_without_notes, found), spot, style, place)

    def _table(self) -> Table:
        spot = Spot(self._line)
        rows: list[tuple[Cell, ...]] = []
        cells: list[Cell] = []
        heads = 0
        for token in self._rest():
            match token.type:
                case "inline":
                    found = map(_without_notes, self._runs(token.children or ()))
                    cells.append(Cell(tuple(runs.paragraphs(found, Spot(self._line)))))
                case "tr_close":
                    rows.append(tuple(cells))
                    cells = []
                case "thead_close":
                    heads = len(rows)
                case "table_close":
                    break
        if rows and heads and not any(cell.blocks for cell in rows[0]):
            rows, heads = rows[1:], 0  # the format asks for a head where there is none
        return Table(tuple(rows), spot, heads)

    def _runs(self, children: Sequence[Token]) -> list[Run]:
        found: list[Run] = []
        look = Run("")
        bold = 0
        before = ""
        for child in children:
            last, before = before, child.type
            if last == "link_open" and _NOTE.fullmatch(f"[{child.content}]"):
                continue  # a note of one word, which looks like a link
            match child.type:
                case "strong_open":
                    bold += 1
                case "strong_close":
                    bold -= 1
                case "text" | "code_inline":
                    found.append(replace(look, text=child.content, bold=bold > 0))
                case "softbreak":
                    found.append(Run(" "))
                case "hardbreak":
                    found.append(Run("\n"))
                case "html_inline":
                    tag = child.content.lower()
                    if tag in ("<u>", "</u>"):
                        look = replace(look, underlined=tag == "<u>")
                    found.append(Run(self._html(child.content)))
                case "link_open":
                    self._link(str(child.attrs.get("href", "")), children)
                case "image":
                    words = runs.one_line(child.content)
                    self.passed.append(f"En bild: ”{words}”" if words else "En bild")
        return found

    def _link(self, address: str, around: Sequence[Token]) -> None:
        """Tells of the address of a link, where the words around it do not, and it leads out of the
        document."""
        said = "".join(child.content for child in around)
        plain = unquote(address)
        leads = re.search("[/.:]", plain) is not None  # a note of one word looks like an address
        if leads and not address.startswith("#") and plain.removeprefix("mailto:") not in said:
            self.passed.append(f"En länk leder till {runs.one_line(plain)}")

    def _html(self, text: str) -> str:
        """The words of a piece of HTML; what it shows or leads to is told."""
        for address in _ADDRESS.findall(text):
            self.passed.append(f"En bild eller en länk leder till {runs.one_line(address)}")
        for comment in _COMMENT.findall(text):
            if words := runs.one_line(comment[4:].removesuffix("-->")):
                self.passed.append(f"En anmärkning som inte syns: ”{words}”")
        return unescape(_TAG.sub(" ", _BREAKS.sub("\n", _COMMENT.sub("", text)))).strip(" ")


def _without_notes(run: Run) -> Run:
    """A run without its marks of notes, its boxes as signs."""
    text = _NOTE.sub("", run.text)
    boxed = _TASK.match(text)
    if boxed is not None:
        text = ("☐" if boxed[1] == " " else "☑") + text[3:]
    return replace(run, text=text)
