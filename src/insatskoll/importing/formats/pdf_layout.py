"""Reads PDF files by where things stand: tables by their lines or columns, text in columns, heads
and feet."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from statistics import mean, median

from insatskoll.importing.blocks import Block, Cell, Spot, Style, Table, Text
from insatskoll.importing.formats import lines, pdf_lines
from insatskoll.importing.formats.pdf_lines import Line
from insatskoll.importing.formats.pdf_pages import Document, Glyph, Grid, Page
from insatskoll.patterns import later

_GUTTER = 7.0  # points, between columns
_EDGE = 0.09  # of the page, at the top and at the bottom, where heads and feet are
_SAME = 2.0  # points, between the lines of a table that are one
_FULL = 0.72  # of a column that running text fills, on average
_APART = 1.45  # times the usual distance between lines: a row of a table ends
_NUMBER = later(
    r"(?:sid(?:a|an)?\.?\s*)?\d{1,4}(?:\s*(?:\(|av|/)\s*\d{1,4}\s*\)?)?|[-–]\s*\d{1,4}\s*[-–]",
    re.IGNORECASE,
)


@dataclass
class _Flow:
    """Lines that follow each other."""

    lines: list[Line] = field(default_factory=list)


@dataclass
class _Rows:
    """A table: its rows, and where its columns begin."""

    table: Table
    edges: tuple[float, ...]


def read(document: Document, known: lines.Words) -> list[Block]:
    """The blocks of a document whose structure is only seen."""
    seen = {page.number: _outside(page) for page in document.pages}
    margins = _margins(document, seen)
    parts: list[_Flow | _Rows] = []
    for page in document.pages:
        left = [line for line in seen[page.number] if (page.number, line.top) not in margins]
        for part in _page(page, left, known):
            _add(parts, part)
    blocks: list[Block] = []
    for part in parts:
        blocks += [part.table] if isinstance(part, _Rows) else pdf_lines.paragraphs(
            part.lines, known
        )  # fmt: skip
    found = [line for page in document.pages for line in seen[page.number]]
    return [*margin_texts([li for li in found if (li.page, li.top) in margins]), *blocks]


def margin_texts(found: Sequence[Line]) -> list[Text]:
    """What heads and feet say, each once."""
    once = {_form(line.words): line for line in reversed(found) if _has_words(line.words)}
    return [Text(line.words, Spot(0, line.page), Style.MARGIN) for line in reversed(once.values())]


def _has_words(text: str) -> bool:
    return any(character.isalnum() for character in text)


def _form(words: str) -> str:
    return re.sub(r"\d+", "0", words)


def _outside(page: Page) -> list[Line]:
    """The lines outside the tables of a page."""
    glyphs = [glyph for glyph in page.glyphs if not any(_within(glyph, g.box) for g in page.grids)]
    found = pdf_lines.segments(glyphs, page.number)
    turned = [glyph for glyph in page.turned if not any(_within(glyph, g.box) for g in page.grids)]
    return found + [
        replace(line, top=page.height, bottom=page.height, x0=0.0)
        for line in pdf_lines.segments(turned, page.number)
    ]


def _within(glyph: Glyph, box: tuple[float, float, float, float]) -> bool:
    across, down = glyph.middle
    return box[0] <= across <= box[2] and box[1] <= down <= box[3]


def _margins(document: Document, seen: dict[int, list[Line]]) -> set[tuple[int, float]]:
    """The places (page, top) of the lines that are heads, feet or numbers of pages."""
    near: list[Line] = []
    for page in document.pages:
        high, low = page.height * _EDGE, page.height * (1 - _EDGE)
        near += [line for line in seen[page.number] if line.bottom < high or line.top > low]
    pages = Counter(form for form, _ in {(_form(line.words), line.page) for line in near})
    least = max(2, len(document.pages) * 2 // 5)
    return {
        (line.page, line.top)
        for line in near
        if pages[_form(line.words)] >= least or _NUMBER.fullmatch(line.words)
    }


def _add(parts: list[_Flow | _Rows], part: _Flow | _Rows) -> None:
    """Adds ``part`` to what comes before, to which it may belong."""
    last = parts[-1] if parts else None
    if isinstance(part, _Flow):
        if isinstance(last, _Flow):
            last.lines += part.lines
        elif part.lines:
            parts.append(part)
        return
    if isinstance(last, _Rows) and _go_on(last, part):
        parts[-1] = _joined(last, part)
    else:
        parts.append(part)


def _go_on(first: _Rows, second: _Rows) -> bool:
    """Whether a table goes on in the one at the top of the next page."""
    return (
        len(first.edges) == len(second.edges)
        and all(abs(a - b) < 3 * _SAME for a, b in zip(first.edges, second.edges, strict=True))
        and second.table.spot.page != first.table.spot.page
    )


def _joined(first: _Rows, second: _Rows) -> _Rows:
    """Two parts of a table as one, with its headings once and the row that was parted whole."""
    rows, more = list(first.table.rows), list(second.table.rows)
    words = [cell.words for cell in rows[0]]
    heads = first.table.heads
    if more and [cell.words for cell in more[0]] == words:
        more, heads = more[1:], 1
    if more and len(more[0]) == len(rows[-1]) and not more[0][0].blocks:
        rows[-1] = tuple(
            Cell(_mended(above.blocks, below.blocks), above.rows, above.columns)
            for above, below in zip(rows[-1], more[0], strict=True)
        )
        more = more[1:]
    return _Rows(Table((*rows, *more), first.table.spot, heads), first.edges)


def _mended(above: tuple[Block, ...], below: tuple[Block, ...]) -> tuple[Block, ...]:
    """The blocks of a cell that goes on over the page, a parted sentence whole."""
    last, first = (above or (None,))[-1], (below or (None,))[0]
    if not isinstance(last, Text) or not isinstance(first, Text):
        return above + below
    if first.style is Style.ITEM or not first.words[:1].islower() or last.words[-1:] in ".:!?":
        return above + below
    return (*above[:-1], replace(last, words=f"{last.words} {first.words}"), *below[1:])


def _page(page: Page, found: list[Line], known: lines.Words) -> list[_Flow | _Rows]:
    """The text and tables of a page, from the top."""
    parts: list[_Flow | _Rows] = []
    left = sorted(found, key=lambda line: (line.top, line.x0))
    for grid in sorted(page.grids, key=lambda grid: grid.box[1]):
        above = [line for line in left if line.top < grid.box[1]]
        left = left[len(above) :]
        parts += _bands(above, page.rules, known)
        parts.append(_of_grid(grid, page, known))
    return parts + _bands(left, page.rules, known)


# Tables with lines


def _of_grid(grid: Grid, page: Page, known: lines.Words) -> _Rows:
    boxes = [box for row in grid.rows for box in row]
    across = _edges([edge for box in boxes for edge in (box[0], box[2])])
    down = _edges([edge for box in boxes for edge in (box[1], box[3])])
    rows = []
    for row in grid.rows:
        cells = []
        for box in row:
            high = max(_place(down, box[3]) - _place(down, box[1]), 1)
            wide = max(_place(across, box[2]) - _place(across, box[0]), 1)
            cells.append(Cell(_in_box(box, page, known), high, wide))
        rows.append(tuple(cells))
    return _Rows(Table(tuple(rows), Spot(0, page.number)), tuple(across))


def _in_box(
    box: tuple[float, float, float, float], page: Page, known: lines.Words
) -> tuple[Block, ...]:
    glyphs = [glyph for glyph in page.glyphs if _within(glyph, box)]
    turned = [glyph for glyph in page.turned if _within(glyph, box)]
    found = pdf_lines.segments(glyphs, page.number, parted=False)
    found += pdf_lines.segments(turned, page.number, parted=False)
    return tuple(pdf_lines.paragraphs(found, known))


def _edges(values: list[float]) -> list[float]:
    """The lines of a table, those that are nearly one as one."""
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > _SAME:
            found.append(value)
    return found


def _place(edges: Sequence[float], value: float) -> int:
    return min(range(len(edges)), key=lambda at: abs(edges[at] - value))


# Columns


def _bands(
    found: Sequence[Line], rules: Sequence[float], known: lines.Words
) -> list[_Flow | _Rows]:
    """What lines are: text over the whole width, text in columns, or a table without lines."""
    rows = _in_rows(found)
    parts: list[_Flow | _Rows] = []
    flow = _Flow()
    at = 0
    while at < len(rows):
        end, gutters = _columns(rows, at)
        if not gutters:
            flow.lines.append(pdf_lines.merged(rows[at]))
            at += 1
            continue
        if flow.lines:
            parts.append(flow)
            flow = _Flow()
        parts.append(_in_columns(rows[at:end], gutters, rules, known))
        at = end
    return [*parts, flow] if flow.lines else parts


def _in_rows(found: Sequence[Line]) -> list[list[Line]]:
    rows: list[list[Line]] = []
    for line in sorted(found, key=lambda line: (line.top + line.bottom, line.x0)):
        first = rows[-1][0] if rows else None
        if first and abs(line.top + line.bottom - first.top - first.bottom) < line.size * 0.7:
            rows[-1].append(line)
        else:
            rows.append([line])
    return [sorted(row, key=lambda line: line.x0) for row in rows]


def _columns(rows: Sequence[list[Line]], start: int) -> tuple[int, list[tuple[float, float]]]:
    """Up to which row columns reach that begin with the row ``start``, and the room between them;
    none if there are no columns."""
    first = rows[start]
    gutters = [
        (before.x1, after.x0) for before, after in pairwise(first)
        if after.x0 - before.x1 >= _GUTTER
    ]  # fmt: skip
    end, last, many = start + 1, start, 1
    while gutters and end < len(rows):
        left = [room for gutter in gutters if (room := _room(gutter, rows[end])) is not None]
        if not left:
            break
        gutters = left
        if len(rows[end]) > 1:
            last, many = end, many + 1
        elif rows[end][0].top - rows[end - 1][0].top > _step(rows) * 2 and _is_new(rows, end):
            break
        end += 1
    while end > last + 1 and _is_new(rows, end - 1):
        end -= 1
    return (end, gutters) if many > 1 else (start + 1, [])


def _is_new(rows: Sequence[list[Line]], at: int) -> bool:
    """Whether a row with one line may be something else than the columns before it."""
    line, before = rows[at][0], rows[at - 1][0]
    apart = line.top - before.top > _step(rows) * _APART
    return apart or line.bold != before.bold or abs(line.size - before.size) > 0.6


def _room(gutter: tuple[float, float], row: Sequence[Line]) -> tuple[float, float] | None:
    """What a row leaves of the room between columns."""
    start, end = gutter
    for line in row:
        if line.x0 <= start < line.x1:
            start = line.x1
        elif start < line.x0 < end:
            if line.x1 > end or line.x0 - start >= _GUTTER:
                end = line.x0
            else:
                start = line.x1
    return (start, end) if end - start >= _GUTTER else None


def _step(rows: Sequence[list[Line]]) -> float:
    """How far it usually is from one row to the next."""
    steps = [
        after[0].top - before[0].top for before, after in pairwise(rows)
        if after[0].top > before[0].top
    ]  # fmt: skip
    return median(steps) if steps else 0.0


def _in_columns(
    rows: Sequence[list[Line]],
    gutters: Sequence[tuple[float, float]],
    rules: Sequence[float],
    known: lines.Words,
) -> _Flow | _Rows:
    """Text in columns, or the table that it is."""
    edges = [(start + end) / 2 for start, end in gutters]
    placed = [[(sum(line.x0 > edge for edge in edges), line) for line in row] for row in rows]
    groups = _groups(placed, rules)
    if len(edges) == 1 and _is_running(placed, groups):
        flow = _Flow()
        for column in (0, 1):
            flow.lines += [
                replace(line, column=column) for row in placed for at, line in row if at == column
            ]
        return flow
    cells = tuple(
        tuple(
            Cell(
                tuple(pdf_lines.paragraphs([x for row in group for n, x in row if n == at], known))
            )
            for at in range(len(edges) + 1)
        )
        for group in groups
    )
    starts = tuple(
        min((x.x0 for row in placed for n, x in row if n == at), default=0.0)
        for at in range(len(edges) + 1)
    )
    return _Rows(Table(cells, Spot(0, rows[0][0].page)), starts)


_Row = list[tuple[int, Line]]  # the lines beside each other, each with the number of its column


def _groups(placed: Sequence[_Row], rules: Sequence[float]) -> list[list[_Row]]:
    """The lines of each row of a table: parted by lines across, where there are any; else where
    there is room above, or where the first column begins something new."""
    first = [line for row in placed for at, line in row if at == 0]
    beside = [line.x0 for row in placed for at, line in row if at == 1]
    column = pdf_lines.Column.of(first).reaching(min(beside, default=0.0) - _GUTTER)
    step = _step([[line for _, line in row] for row in placed])
    ruled = [_has_rule(before, after, rules) for before, after in pairwise(placed)]
    if _is_single(placed):
        return [[row] for row in placed]
    groups: list[list[_Row]] = [[placed[0]]] if placed else []
    for number, (before, row) in enumerate(pairwise(placed)):
        size = row[0][1].size
        usual = min(step, size * 1.5) if step else size * 1.5
        apart = row[0][1].top - before[0][1].top > usual * _APART
        if ruled[number] or (sum(ruled) < 2 and (apart or _begins(groups[-1], row, column))):
            groups.append([])
        groups[-1].append(row)
    return groups


def _is_single(placed: Sequence[_Row]) -> bool:
    """Whether each row of lines is a row of the table: all have as many cells, and none seems to go
    on from the row above."""
    most = max((len(row) for row in placed), default=0)
    whole = [row for row in placed if len(row) == most]
    lower = sum(line.words[0].islower() for row in placed for _, line in row)
    return len(whole) * 10 >= len(placed) * 9 and lower * 10 < most * len(placed)


def _has_rule(before: _Row, after: _Row, rules: Sequence[float]) -> bool:
    """Whether a line goes across between two rows of lines."""
    start = max(line.bottom for _, line in before) - 2
    end = min(line.top for _, line in after) + 2
    at = bisect_left(rules, start)
    return at < len(rules) and rules[at] <= end


def _begins(group: Sequence[_Row], row: _Row, column: pdf_lines.Column) -> bool:
    """Whether a row of lines begins a row of the table: the first column has words that do not go
    on from those above, and another has words beside them."""
    if row[0][0] or len(row) < 2 or row[0][1].words[0].islower():
        return False
    above = [line for other in group for at, line in other if at == 0]
    here = {at for at, _ in row[1:]}
    if any(at in here and line.words[-1] in ".!?" for at, line in group[-1]):
        return True
    return not above or group[-1][0][0] > 0 or not column.full(above[-1], row[0][1])


def _is_running(placed: Sequence[_Row], groups: Sequence[list[_Row]]) -> bool:
    """Whether two columns are running text: their lines are full, and no rows begin in both."""
    for column in (0, 1):
        found = [line for row in placed for at, line in row if at == column]
        if len(found) < 4:
            return False
        start, end = min(line.x0 for line in found), max(line.x1 for line in found)
        if mean((line.x1 - start) / max(end - start, 1) for line in found) < _FULL:
            return False
    both = sum(len(group[0]) > 1 for group in groups)
    return len(groups) < 3 or both * 10 < len(groups) * 6
