"""Makes lines and paragraphs of the letters on a page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from insatskoll.importing.blocks import Spot, Style, Text
from insatskoll.importing.formats import lines, runs
from insatskoll.importing.formats.pdf_pages import Glyph
from insatskoll.importing.formats.runs import Run
from insatskoll.patterns import later
from insatskoll.values import immutable

_GAP = 0.18  # of the size of the letters, between words
_SMALL, _RAISED = 0.8, 0.15  # of the size of the letters: marks of notes
_SEGMENT = 1.0  # of the size, between what stands beside each other
_LEADING = 1.35  # times the usual distance between lines: the next is a paragraph of its own
_LEADER = later(r"(?:\. ?){4,}\s*\d*$")  # what leads to a page number in a table of contents
_ENDED = later(r"[.:!?][)”\"’]?$")


@immutable
class Line:
    """A line of words, or the part of one that stands in a column."""

    runs: tuple[Run, ...]
    words: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    page: int
    column: int = 0

    @property
    def bold(self) -> bool:
        """Whether all its words are."""
        return all(run.bold for run in self.runs if run.text.strip())


def segments(glyphs: Iterable[Glyph], page: int, *, parted: bool = True) -> list[Line]:
    """The lines that the letters make, ``parted`` where there is room between columns; from the
    top, and from the left."""
    found = []
    for row in _rows(glyphs):
        part: list[Glyph] = []
        for glyph in row:
            if (
                parted
                and part
                and glyph.x0 - part[-1].x1 > _SEGMENT * max(glyph.size, part[-1].size)
            ):
                found.append(part)
                part = []
            if glyph.text.strip() or part:
                part.append(glyph)
        found.append(part)
    made = [_line(part, page) for part in found if any(glyph.text.strip() for glyph in part)]
    return sorted(made, key=lambda line: (line.top, line.x0))


def _rows(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    """The letters of each line, from the left."""
    rows: list[list[Glyph]] = []
    middle = 0.0
    for glyph in sorted(glyphs, key=lambda g: (g.top + g.bottom, g.x0)):
        at = (glyph.top + glyph.bottom) / 2
        if not rows or at - middle > max(glyph.bottom - glyph.top, 1) * 0.4:
            rows.append([])
            middle = at
        rows[-1].append(glyph)
    return [sorted(row, key=lambda glyph: glyph.x0) for row in rows]


def _line(glyphs: Sequence[Glyph], page: int) -> Line:
    """A line of letters with the blanks that are between them; where they stand far apart from each
    other, as in a heading with wide spaces, a word is what is farther apart."""
    glyphs = _without_marks(glyphs)
    solid = [glyph for glyph in glyphs if glyph.text.strip()]
    gaps = [after.x0 - before.x1 for before, after in pairwise(solid)]
    usual = max(median(gaps), 0.0) if len(gaps) > 3 else 0.0
    parts: list[Run] = []
    before: Glyph | None = None
    blank = False
    for glyph in glyphs:
        if not glyph.text.strip():
            blank = blank or usual < _GAP * glyph.size
            continue
        far = before is not None and glyph.x0 - before.x1 > usual + _GAP * glyph.size
        text = f" {glyph.text}" if before is not None and (blank or far) else glyph.text
        if parts and (parts[-1].bold, parts[-1].size) == (glyph.bold, glyph.size):
            parts[-1] = Run(parts[-1].text + text, glyph.bold, size=glyph.size)
        else:
            parts.append(Run(text, glyph.bold, size=glyph.size))
        before, blank = glyph, False
    sizes = Counter(glyph.size for glyph in solid)
    return Line(
        tuple(parts),
        runs.one_line("".join(run.text for run in parts)),
        solid[0].x0,
        max(glyph.x1 for glyph in solid),
        min(glyph.top for glyph in solid),
        max(glyph.bottom for glyph in solid),
        max(sizes, key=lambda size: (sizes[size], size)),
        page,
    )


def _without_marks(glyphs: Sequence[Glyph]) -> Sequence[Glyph]:
    """The letters of a line without the raised small figures that lead to notes: ”15 år” with the
    mark 1 is not ”15 år1”."""
    solid = [glyph for glyph in glyphs if glyph.text.strip()]
    largest = max(glyph.size for glyph in solid)
    foot = max(glyph.bottom for glyph in solid if glyph.size == largest)
    kept = [
        glyph for glyph in glyphs
        if glyph.size > largest * _SMALL or not glyph.text.isdigit()
        or glyph.bottom > foot - largest * _RAISED
    ]  # fmt: skip
    return kept if any(glyph.text.strip() for glyph in kept) else glyphs


def merged(row: Sequence[Line]) -> Line:
    """The parts of a line as one, from the left."""
    first, *rest = row
    if not rest:
        return first
    spaced = [run for line in row for run in (Run(" "), *line.runs)][1:]
    return replace(
        first,
        runs=tuple(spaced),
        words=" ".join(line.words for line in row),
        x1=max(line.x1 for line in row),
        bottom=max(line.bottom for line in row),
    )


def in_order(glyphs: Sequence[Glyph], page: int) -> list[Line]:
    """The lines that letters make in the order they are given, each where the last ended."""
    found: list[list[Glyph]] = []
    for glyph in glyphs:
        before = found[-1][-1] if found else None
        same = before is not None and (
            abs((glyph.top + glyph.bottom) - (before.top + before.bottom)) < before.size
            and glyph.x0 > before.x0 - before.size
        )
        if same:
            found[-1].append(glyph)
        else:
            found.append([glyph])
    return [_line(part, page) for part in found if any(glyph.text.strip() for glyph in part)]


def one_paragraph(
    found: Sequence[Line], known: lines.Words, style: Style = Style.BODY, level: int | None = None
) -> list[Text]:
    """The paragraph that ``found`` are the lines of, or several where it holds items."""
    if not found:
        return []
    made: list[Run] = []
    for line, following in pairwise(found):
        cut, between = lines.seam(line.words, following.words, known)
        made += _shortened(line.runs) if cut else line.runs
        if between:
            made.append(Run(between))
    made += found[-1].runs
    return runs.paragraphs(made, Spot(0, found[0].page), style, level)


def _shortened(made: Sequence[Run]) -> list[Run]:
    """The runs of a line without the hyphen at its end."""
    last = made[-1]
    return [*made[:-1], replace(last, text=re.sub(r"[-\u00ad]\s*$", "", last.text))]


def paragraphs(found: Sequence[Line], known: lines.Words) -> list[Text]:
    """The paragraphs in lines that follow each other in a column, over pages too."""
    made: list[Text] = []
    group: list[Line] = []
    column = Column.of(found)
    for line in found:
        if group and not column.goes_on(group, line):
            made += one_paragraph(group, known)
            group = []
        group.append(line)
    return made + one_paragraph(group, known)


@immutable
class Column:
    """How lines stand in a column: how far it is between them, by their size, and where they end at
    most."""

    leading: dict[int, float]
    right: dict[tuple[int, int], float]

    @staticmethod
    def of(found: Sequence[Line]) -> Column:
        """What the lines show; in each column for itself."""
        steps: dict[int, list[float]] = {}
        for before, after in pairwise(found):
            if 0 < after.top - before.top < before.size * 2.2 and after.size == before.size:
                steps.setdefault(round(before.size), []).append(after.top - before.top)
        right: dict[tuple[int, int], float] = {}
        for line in found:
            key = (line.page, line.column)
            right[key] = max(right.get(key, 0.0), line.x1)
        return Column({size: median(known) for size, known in steps.items()}, right)

    def reaching(self, right: float) -> Column:
        """The same with room for words until ``right``."""
        return Column(self.leading, {key: max(known, right) for key, known in self.right.items()})

    def goes_on(self, group: Sequence[Line], line: Line) -> bool:
        """Whether the paragraph that ``group`` begins goes on in ``line``."""
        before = group[-1]
        if _LEADER.search(before.words):
            return False
        if abs(line.size - before.size) > 0.6 or line.bold != before.bold:
            return line.words[0].islower() and abs(line.size - before.size) <= 0.6 and (
                line.bold or not before.bold
            )  # fmt: skip
        if runs.without_bullet(line.words) is not None:
            return False
        lower = line.words[0].islower()
        if (line.page, line.column) != (before.page, before.column) or line.top < before.top:
            return lower and not _ENDED.search(before.words) and self.full(before, line)
        leading = self.leading.get(round(before.size), before.size * 1.3)
        if line.top - before.top > leading * _LEADING and line.size <= before.size * 1.3:
            return False
        first = group[0]
        hangs = len(group) == 1 and line.x0 > first.x0 + 2
        outdented = len(group) > 1 and abs(line.x0 - before.x0) > 2
        if outdented or (hangs and runs.without_bullet(first.words) is None and not lower):
            return False
        return lower or self.full(before, line)

    def full(self, before: Line, line: Line) -> bool:
        """Whether the first word of ``line`` had no room after ``before``."""
        wide = (line.x1 - line.x0) / max(len(line.words), 1)
        word = wide * (len(line.words.partition(" ")[0]) + 1)
        return before.x1 + word > self.right[before.page, before.column] - wide


def words_of(found: Iterable[Line]) -> lines.Words:
    """The words of a document's lines."""
    return lines.Words.of(line.words for line in found)
