"""Reads plain text, also what programs take out of PDF files: lines broken at a width, blank lines
between all lines, words divided at the ends of lines, and the heads and feet of pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from insatskoll.importing.blocks import Block, Spot, Style, Text
from insatskoll.importing.formats import lines, runs
from insatskoll.patterns import later
from insatskoll.values import immutable

_PAGE_NUMBER = later(
    r"(?:sid(?:a|an)?\.?|s\.|page)\s*\d{1,4}(?:\s*(?:\(|av|/|of)\s*\d{1,4}\s*\)?)?"
    r"|\d{1,4}\s*(?:\(\s*\d{1,4}\s*\)|(?:av|/)\s*\d{1,4})|[-–]\s*\d{1,4}\s*[-–]",
    re.IGNORECASE,
)
_ALONE = later(r"\d{1,4}")
_ITEM = later(r"\(?(?:\d{1,2}|[a-zåäö])[.)]\s+\S")
_ENDED = later(r"[.:!?][)”\"’]?$")
# Words that no line of a paragraph ends with unless it goes on.
_OPEN = later(
    r"(?:^|\s)(?:och|eller|samt|att|som|om|en|ett|den|det|de|i|på|av|till|för|med|från|vid|mellan"
    r"|utan|under|efter|inom|genom|enligt|är|kan|ska|har|får|sin|sitt|sina|utifrån|via|mot|hos)$",
    re.IGNORECASE,
)
_RULE = later(r"[-=_*.~]{3,}")
_LABEL = later(r"[A-ZÅÄÖ][^\W\d][\w /-]{1,40}:(?:\s|$)")
_FULL = 0.86  # of the width, for letters are not equally wide
_PAGE_GAP = 2  # blank lines that pages or parts have between them
_EDGE = 3  # lines at the top and at the bottom of a page where a head or foot may be


@immutable
class _Line:
    """A line with words: its number from 1, its page, the blank lines before it, whether a page may
    begin with it, and whether it ends with a blank."""

    words: str
    number: int
    page: int
    gap: int
    begins: bool
    trailing: bool


def read(text: str) -> tuple[Block, ...]:
    """The paragraphs of a plain text, each with the number of its line."""
    found = _lines(text)
    paged = "\f" in text
    margins = _margins(found, paged)
    known = lines.Words.of(line.words for line in found)
    blocks: list[Block] = []
    group: list[_Line] = []
    habits = _Habits.of(found)
    for at, line in enumerate(found):
        spot = Spot(line.number, line.page if paged else None)
        if line.number in margins:
            blocks.append(Text(line.words, spot, Style.MARGIN))
            continue
        following = _next(found, at, margins)
        group.append(line)
        if following is None or not _goes_on(group[-1], following, habits):
            blocks += _paragraph(group, habits, known, paged)
            group = []
    return tuple(sorted(blocks, key=lambda block: block.spot.paragraph))


def _next(found: Sequence[_Line], at: int, margins: frozenset[int]) -> _Line | None:
    """The next line that is no head or foot, with all the blank lines before it."""
    gap = 0
    for place in range(at + 1, len(found)):
        line = found[place]
        gap += line.gap
        if line.number not in margins:
            begins = line.begins or gap > line.gap
            return _Line(line.words, line.number, line.page, gap, begins, line.trailing)
        gap += 1
    return None


def _lines(text: str) -> list[_Line]:
    found: list[_Line] = []
    gap, page = 0, 1
    spaced = sum(1 for line in re.findall(r"(?m)^ \S", text)) * 20 < text.count("\n") + 20
    for number, line in enumerate(re.split(r"\r\n|\n|\r|(?=\f)", text), 1):
        breaks = line.count("\f")
        page += breaks
        words = runs.one_line(line)
        if not words or _RULE.fullmatch(words):
            gap += 1 + breaks * _PAGE_GAP
            continue
        begins = breaks > 0 or (spaced and re.match(r" \S", line) is not None)
        found.append(_Line(words, number, page, gap, begins, line[-1:].isspace()))
        gap = 0
    return found


_NARROW = 0.6  # of the text's width, in a few lines: a heading and no column
_FEW = 3  # lines
_AROUND = 4  # lines before and after one, to see whether there are blank lines between them


@immutable
class _Habits:
    """How a text is broken: how wide its lines usually are, and around each; the lines in the midst
    of those that have a blank line after each; whether lines that go on end with a blank."""

    usual: int
    widths: dict[int, int]
    spread: frozenset[int]
    trailing: bool

    @staticmethod
    def of(found: Sequence[_Line]) -> _Habits:
        """What the lines of a text show."""
        goes_on = [
            line for line, after in pairwise(found)
            if not after.gap and after.words[0].islower()
        ]  # fmt: skip
        blank = sum(line.trailing for line in goes_on)
        trailing = bool(goes_on) and blank * 10 >= len(goes_on) * 8
        lengths = sorted(len(line.words) for line in found) or [0]
        usual = lengths[len(lengths) * 9 // 10]
        return _Habits(usual, _widths(found, usual), _spread(found), trailing)


def _widths(found: Sequence[_Line], usual: int) -> dict[int, int]:
    """How wide the text is around each line: its own block, if that is more than a heading."""
    widths: dict[int, int] = {}
    block: list[_Line] = []
    for at, line in enumerate(found):
        block.append(line)
        if at + 1 == len(found) or found[at + 1].gap:
            width = max(len(one.words) for one in block)
            if len(block) <= _FEW and width < usual * _NARROW:
                width = usual
            widths |= {one.number: width for one in block}
            block = []
    return widths


def _spread(found: Sequence[_Line]) -> frozenset[int]:
    """The lines among those that have one blank line between them."""
    single = [line.gap == 1 for line in found]
    chosen = set()
    for at, line in enumerate(found):
        near = single[max(at - _AROUND, 0) : at + _AROUND + 1]
        if len(near) > _AROUND and sum(near) * 10 >= len(near) * 6:
            chosen.add(line.number)
    return frozenset(chosen)


def _goes_on(line: _Line, following: _Line, habits: _Habits) -> bool:
    """Whether the paragraph that ``line`` belongs to goes on in the line ``following``."""
    if _begins_item(following.words):
        return False
    lower = following.words[0].islower() or following.words[0] in ",;)"
    ended = _ENDED.search(line.words) is not None
    open_ended = _OPEN.search(line.words) is not None or line.words.endswith((",", "-"))
    if following.begins or following.gap >= _PAGE_GAP:
        return lower and not ended and (open_ended or len(line.words) > habits.usual * _NARROW)
    if following.gap:
        if lower and open_ended:
            return True
        return line.number in habits.spread and _goes_on_spread(line.words, following.words)
    if lower:
        return True
    if habits.trailing and not line.trailing:
        return False
    width = habits.widths[line.number]
    if open_ended and len(line.words) * 2 > width:
        return True
    if _LABEL.match(following.words):
        return False
    return _is_full(line.words, following.words, width)


def _goes_on_spread(line: str, following: str) -> bool:
    """Whether a paragraph goes on in a text with a blank line after each line."""
    ended = _ENDED.search(line) is not None
    if following[0].islower() and not ended:
        return len(line) > 25
    width = max(len(line), len(following), 70)
    if _LABEL.match(following) or (ended and len(following) < width / 2):
        return False
    return _is_full(line, following, width)


def _is_full(line: str, following: str, width: int) -> bool:
    """Whether the first word of the next line had no room in a line."""
    return len(line) + 1 + len(following.partition(" ")[0]) > width * _FULL


def _begins_item(words: str) -> bool:
    return runs.without_bullet(words) is not None or _ITEM.match(words) is not None


def _paragraph(
    group: Sequence[_Line], habits: _Habits, known: lines.Words, paged: bool
) -> list[Text]:
    parts = []
    for line, following in pairwise(group):
        cut, between = lines.seam(line.words, following.words, known)
        if habits.trailing and _broken_word(line, following, known):
            between = ""
        parts.append(line.words[: len(line.words) - cut] + between)
    spot = Spot(group[0].number, group[0].page if paged else None)
    return runs.paragraphs([runs.Run("".join(parts) + group[-1].words)], spot)


def _broken_word(line: _Line, following: _Line, known: lines.Words) -> bool:
    """Whether a line ends in the middle of a word without a hyphen, as in narrow columns: only
    where no blank ends it, as one does the others, and the whole word stands elsewhere."""
    if line.trailing or following.gap or not following.words[0].islower():
        return False
    end, start = line.words.rpartition(" ")[2], re.match(r"[^\W\d_]+", following.words)
    return (
        start is not None
        and end.isalpha()
        and min(len(end), len(start[0])) > 1
        and known.any_begins(end + start[0])
    )


# Heads and feet


def _margins(found: Sequence[_Line], paged: bool) -> frozenset[int]:
    """The numbers of the lines that are numbers of pages, or heads and feet around these."""
    numbers = {line.number for line in found if _PAGE_NUMBER.fullmatch(line.words)} | _counted(
        found
    )
    edges = _edges(found, paged, numbers)
    said = Counter(_form(line.words) for line in edges)
    most = max(3, len({line.page for line in found}) // 2) if paged else 3
    repeated = {line.number for line in edges if said[_form(line.words)] >= most}
    return frozenset(numbers | repeated)


def _form(words: str) -> str:
    return re.sub(r"\d+", "0", words)


def _edges(found: Sequence[_Line], paged: bool, numbers: set[int]) -> list[_Line]:
    """The lines where a head or foot may be."""
    chosen: dict[int, _Line] = {}
    for at, line in enumerate(found):
        near = found[max(at - _EDGE, 0) : at + _EDGE + 1]
        turns = paged and (near[0].page != line.page or near[-1].page != line.page)
        if turns or any(one.number in numbers for one in near):
            chosen[line.number] = line
    return list(chosen.values())


def _counted(found: Sequence[_Line]) -> set[int]:
    """The lines with a number alone, where these count the pages: each higher than the last, and
    one more almost always."""
    alone = [
        (int(line.words), line.number) for at, line in enumerate(found)
        if _ALONE.fullmatch(line.words)
        and (line.gap or line.begins or at + 1 == len(found) or found[at + 1].gap)
    ]  # fmt: skip
    steps = [after[0] - before[0] for before, after in pairwise(alone)]
    if len(alone) < 3 or min(steps) < 1 or steps.count(1) * 3 < len(steps) * 2:
        return set()
    return {number for _, number in alone}
