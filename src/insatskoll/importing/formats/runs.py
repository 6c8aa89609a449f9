"""Makes paragraphs of runs: stretches of text with one look, as word processors, pages and
marked-up text have them."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Literal

from insatskoll.importing.blocks import Block, Cell, Spot, Style, Table, Text
from insatskoll.patterns import later
from insatskoll.reading.hygiene import CONTROL
from insatskoll.values import immutable

Tracked = Literal["godkända", "avvisade"]  # how tracked changes are read


@immutable
class Run:
    """A stretch of text with one look. A line break in it is one that the author made."""

    text: str
    bold: bool = False
    underlined: bool = False
    size: float | None = None


# What is written in several ways, or is not seen: soft hyphens, ligatures, marks of direction, and
# the places that fonts of symbols use for theirs.
_SAME = (
    {n: bytes([n]).decode("cp1252", "ignore") for n in range(0x80, 0xA0)}  # as browsers have them
    | {ord(c): None for c in "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"}
    | {ord(c): "-" for c in "\u2010\u2011"}
    | {ord(c): "\n" for c in "\v\f\r\x85\u2028\u2029"}
    | {c: unicodedata.normalize("NFKC", chr(c)) for c in range(0xFB00, 0xFB07)}
    | {0xF0B7: "•", 0xF0A7: "▪", 0xF0D8: "•", 0xF076: "•", 0xF02D: "–", 0xF0E0: "→"}
    | {0xF06F: "☐", 0xF071: "☐", 0xF0A8: "☐", 0xF0FE: "☑", 0xF0FD: "☒", 0xF0FC: "✓", 0xF0FB: "✗"}
)
_BULLET = later(r"(?:[•·▪▫◦‣⁃∙●○■□◆◇►▶➢➤✦*–—-]|o(?= ))\s+(?=\S)")
_UNFINISHED = later(r"[^.:;!?…)”\"’]$")


def plain(text: str) -> str:
    """``text`` with one way of writing each character, and none that the reader of the files
    refuses; its line breaks are kept."""
    text = CONTROL.sub("", text.translate(_SAME))
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def one_line(text: str) -> str:
    """``text`` as one line with single spaces."""
    return " ".join(plain(text).split())


def without_bullet(words: str) -> str | None:
    """The words after a typed bullet; None if there is none."""
    found = _BULLET.match(words)
    return words[found.end() :] if found else None


def paragraphs(
    runs: Iterable[Run], spot: Spot, style: Style = Style.BODY, level: int | None = None
) -> list[Text]:
    """The paragraphs that ``runs`` make: one, or one for each of the lines that the author broke
    them into where these are not one sentence. None of blanks."""
    lines = _joined(_lines(runs), style)
    return [_text(line, spot, style, level) for line in lines]


def _lines(runs: Iterable[Run]) -> list[list[Run]]:
    """The runs of each line that has words, with single spaces."""
    lines: list[list[Run]] = [[]]
    for run in runs:
        for number, part in enumerate(plain(run.text).split("\n")):
            if number:
                lines.append([])
            words = re.sub(r"\s+", " ", part)
            if not lines[-1] or lines[-1][-1].text.endswith(" "):
                words = words.lstrip()
            if words:
                lines[-1].append(replace(run, text=words))
    return [line for line in lines if line]


def _joined(lines: list[list[Run]], style: Style) -> list[list[Run]]:
    """``lines`` with those that go on in the next made one."""
    joined: list[list[Run]] = []
    for line in lines:
        if joined and _goes_on(joined[-1], line, style):
            joined[-1] += [Run(" "), *line]
        else:
            joined.append(list(line))
    return joined


def _goes_on(line: list[Run], following: list[Run], style: Style) -> bool:
    if style is Style.HEADING:
        return True
    before, after = (_words(part) for part in (line, following))
    return bool(_UNFINISHED.search(before)) and after[:1].islower() and not _BULLET.match(after)


def _words(line: Sequence[Run]) -> str:
    """The words of a line; a letter and its accent may have different looks."""
    return unicodedata.normalize("NFC", "".join(run.text for run in line)).strip()


def _text(line: list[Run], spot: Spot, style: Style, level: int | None) -> Text:
    words = " ".join(_words(line).split())
    bullet = without_bullet(words) if style in (Style.BODY, Style.ITEM) else None
    lead = _lead(line)
    if bullet is not None:
        lead = (without_bullet(lead) or "") if _BULLET.match(lead) else lead
        words, style, level = bullet, Style.ITEM, level or 0
        lead = lead if words.startswith(lead) else ""
    heard = [run for run in line if _has_words(run.text)] or line
    sizes = Counter[float]()
    for run in heard:
        if run.size is not None:
            sizes[run.size] += len(run.text)
    size = max(sizes, key=lambda known: (sizes[known], known)) if sizes else None
    return Text(words, spot, style, level, all(run.bold for run in heard), size, lead)


def _lead(line: list[Run]) -> str:
    """The bold or underlined words that a line begins with, whole ones."""
    lead, rest = "", ""
    for number, run in enumerate(line):
        if _has_words(run.text) and not (run.bold or run.underlined):
            rest = _words(line[number:]) if not run.text.startswith(" ") else ""
            break
        lead += run.text
    if not any(run.bold or run.underlined for run in line):
        return ""
    if rest[:1].isalnum() and lead[-1:].isalnum():  # the look ends in the middle of a word
        lead = lead.rpartition(" ")[0]
    return unicodedata.normalize("NFC", " ".join(lead.split()))


def _has_words(text: str) -> bool:
    return any(character.isalnum() for character in text)


def numbered(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """``blocks`` with their paragraphs counted in reading order."""
    return tuple(_numbered(blocks, iter(range(1, 10**9))))


def _numbered(blocks: Iterable[Block], numbers: Iterator[int]) -> Iterator[Block]:
    for block in blocks:
        if isinstance(block, Text):
            yield replace(block, spot=Spot(next(numbers), block.spot.page))
            continue
        rows = []
        first: int | None = None
        for row in block.rows:
            cells = []
            for cell in row:
                inside = tuple(_numbered(cell.blocks, numbers))
                first = inside[0].spot.paragraph if inside and first is None else first
                cells.append(Cell(inside, cell.rows, cell.columns))
            rows.append(tuple(cells))
        yield Table(tuple(rows), Spot(first or next(numbers), block.spot.page), block.heads)
