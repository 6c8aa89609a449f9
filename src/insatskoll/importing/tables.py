"""What the tables of a document say, row by row: a row is an insats whose cells are told by the
heads of their columns, or a whole table is one whose rows have a label first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from insatskoll.importing import labels
from insatskoll.importing.blocks import Cell, Spot, Table, Text, texts
from insatskoll.patterns import later
from insatskoll.values import immutable

NAME = "insats"
_CROSS = later(r"[xX×✓✔☑●•■]|[jJ]a")
_MOST_CROSSES = 0.85  # of the cells beside the names that are crosses or empty in a matrix


@immutable
class Field:
    """What a cell says, under which head, and what that means; over how many ``rows`` it goes."""

    meanings: tuple[str, ...]
    label: str
    texts: tuple[Text, ...]
    spot: Spot
    rows: int = 1


@immutable
class Row:
    """A row: its ``name`` and fields; or a ``heading`` over rows; or ``plain`` texts, of a table
    that only sets out a page. ``crosses`` are the heads of the columns that it is marked in, with
    the head over each, where a table is a matrix. ``label`` is the head over the name, and ``said``
    are all words of a row of a matrix. ``heads`` is all that the heads of its table mean."""

    name: str
    spot: Spot
    fields: tuple[Field, ...] = ()
    heading: bool = False
    plain: tuple[Text, ...] = ()
    crosses: tuple[tuple[str, str], ...] | None = None
    label: str = ""
    said: str = ""
    heads: frozenset[str] = frozenset()


@immutable
class Columns:
    """The heads of a table's columns and what they mean; ``name`` is where the insats's name
    stands."""

    heads: tuple[str, ...]
    meanings: tuple[tuple[str, ...], ...]
    name: int


def rows(table: Table, before: Columns | None = None) -> tuple[Columns | None, list[Row]]:
    """What a table says, and its columns; ``before`` are those of the table before it, which one
    without heads goes on with."""
    grid = _grid(table)
    if not grid or not grid[0]:
        return None, []
    columns, first = _columns(grid, table.heads)
    matrix = _matrix(grid) if columns is None else None
    if matrix is not None:
        return None, matrix
    if columns is None and before is not None and len(grid[0]) == len(before.heads):
        columns, first = before, 0
    if columns is not None and columns.name >= 0:
        return columns, _records(grid[first:], columns)
    labelled = _labelled(grid)
    if labelled is not None:
        return None, [labelled]
    return None, [Row("", table.spot, plain=tuple(texts((table,))))]


def _grid(table: Table) -> list[list[Cell | None]]:
    """The cells by row and column; a cell over several stands in the first, None in the others."""
    grid: list[list[Cell | None]] = []
    taken: set[tuple[int, int]] = set()
    for at, row in enumerate(table.rows):
        made: list[Cell | None] = []
        for cell in row:
            while (at, len(made)) in taken:
                made.append(None)
            for down in range(1, cell.rows):
                taken |= {(at + down, len(made) + right) for right in range(cell.columns)}
            made += [cell, *[None] * (cell.columns - 1)]
        while (at, len(made)) in taken:
            made.append(None)
        grid.append(made)
    width = max((len(row) for row in grid), default=0)
    return [row + [None] * (width - len(row)) for row in grid]


def _words(cell: Cell | None) -> str:
    return " ".join(cell.words.split()) if cell is not None else ""


def _columns(grid: Sequence[Sequence[Cell | None]], heads: int) -> tuple[Columns | None, int]:
    """The columns, where a row among the first is one of heads, and the first row of content."""
    for at in range(min(len(grid), max(2, heads))):
        high = _height(grid, at)
        over = [_heads(grid, at, high, column) for column in range(len(grid[at]))]
        found = tuple(" ".join(words) for words in over)
        meant = tuple(labels.meanings(words[-1]) if words else () for words in over)
        known = sum(1 for one in meant if one)
        if known < 2 or known * 2 < sum(1 for words in found if words):
            continue
        name = next((n for n, one in enumerate(meant) if NAME in one), -1)
        if name < 0 and not meant[0]:
            name = 0
        if name < 0 and len(found) == 2:
            continue  # a label and its text, twice
        return Columns(found, meant, max(name, 0)), max(at + high, heads)
    return None, heads


def _height(grid: Sequence[Sequence[Cell | None]], at: int) -> int:
    """Over how many rows the heads of the columns go that begin in a row: a head over several
    columns has theirs below it, and those beside it go over both or have nothing below."""
    over = [n for n, cell in enumerate(grid[at]) if cell is not None and cell.columns > 1]
    if not over or len(grid) <= at + 2 or not any(_words(grid[at][n]) for n in over):
        return 1
    within = {n + k for n in over for k in range(getattr(grid[at][n], "columns", 1))}
    below = {n for n, cell in enumerate(grid[at + 1]) if _words(cell)}
    beside = [n for n, cell in enumerate(grid[at]) if _words(cell) and n not in within]
    return 2 if beside and below and below <= within else 1


def _heads(
    grid: Sequence[Sequence[Cell | None]], at: int, high: int, column: int
) -> tuple[str, ...]:
    """The heads over a column, from the top: also the one that goes over several columns."""
    found: list[str] = []
    for row in grid[at : at + high]:
        start = next((n for n in range(column, -1, -1) if row[n] is not None), column)
        cell = row[start]
        if cell is not None and start + cell.columns > column and _words(cell):
            found.append(_words(cell))
    return tuple(dict.fromkeys(found))


def _shared(grid: Sequence[Sequence[Cell | None]], name: int) -> list[Sequence[Cell | None]]:
    """The rows, where a cell that goes over several with names of their own is in each of them."""
    lines: list[Sequence[Cell | None]] = []
    over: dict[int, tuple[Cell, int]] = {}  # by column: what goes on down, and how far
    for row in grid:
        line = list(row)
        for column, cell in enumerate(row):
            above, left = over.pop(column, (None, 0))
            if cell is not None and cell.rows > 1 and column != name:
                over[column] = cell, cell.rows - 1
            elif cell is None and above is not None:
                line[column] = above if _words(row[name]) else None
                over |= {column: (above, left - 1)} if left > 1 else {}
        lines.append(line)
    return lines


def _records(grid: Sequence[Sequence[Cell | None]], columns: Columns) -> list[Row]:
    found: list[Row] = []
    meant = frozenset(one for head in columns.meanings for one in head)
    for line in _shared(grid, columns.name):
        filled = [(at, cell) for at, cell in enumerate(line) if cell is not None and _words(cell)]
        if not filled or tuple(_words(cell) for cell in line) == columns.heads:
            continue
        spot = _spot(filled[0][1])
        name = _words(line[columns.name])
        if len(filled) == 1 and name and filled[0][1].columns > 1:
            found.append(Row(name, spot, heading=True))
            continue
        fields = tuple(
            Field(
                columns.meanings[at],
                columns.heads[at],
                tuple(texts(cell.blocks)),
                _spot(cell),
                cell.rows,
            )
            for at, cell in filled
            if at != columns.name
        )
        fields = _by_part(fields)
        parted = bool(fields) and any(_is_part(one) for one in fields)
        same = not name or (parted and bool(found) and found[-1].name == name)
        if same and found and not found[-1].heading:
            last = found.pop()
            found.append(replace(last, fields=last.fields + fields))
            continue
        label = columns.heads[columns.name]
        found.append(Row(name, spot, fields, label=label, heads=meant))
    return found


def _is_part(field: Field) -> bool:
    return field.meanings == ("del",)


def _by_part(fields: Sequence[Field]) -> tuple[Field, ...]:
    """The fields of a row, where the part of the insats that they are about comes before them, and
    after those that go on over several rows: they are about the whole."""
    part = [one for one in fields if _is_part(one)]
    whole = [one for one in fields if part and one.rows > 1 and not _is_part(one)]
    return (*whole, *part, *(one for one in fields if one not in part and one not in whole))


def _spot(cell: Cell) -> Spot:
    return next((text.spot for text in texts(cell.blocks)), Spot(0))


def _matrix(grid: Sequence[Sequence[Cell | None]]) -> list[Row] | None:
    """The rows of a table of names and crosses, with the heads that each is crossed under."""
    first = _first_crossed(grid)
    if first is None or first == 0 or len(grid[0]) < 3:
        return None
    heads = [_words(cell) for cell in grid[first - 1]]
    over = _over(grid[first - 2]) if first > 1 else [""] * len(heads)
    found = []
    for line in grid[first:]:
        name = _words(line[0])
        marks = [_words(cell) for cell in line[1:]]
        if sum(1 for mark in marks if not mark or _CROSS.fullmatch(mark)) < _MOST_CROSSES * len(
            marks
        ):
            return None
        crossed = tuple(
            (heads[at], over[at]) for at, mark in enumerate(marks, 1) if _CROSS.fullmatch(mark)
        )
        if name:
            spot = next((_spot(cell) for cell in line if cell is not None), Spot(0))
            said = " ".join(filter(None, map(_words, line)))
            found.append(Row(name, spot, crosses=crossed, label=heads[0], said=said))
    return found


def _first_crossed(grid: Sequence[Sequence[Cell | None]]) -> int | None:
    for at, line in enumerate(grid):
        marks = [_words(cell) for cell in line[1:]]
        if any(_CROSS.fullmatch(mark) for mark in marks) and all(
            not mark or _CROSS.fullmatch(mark) for mark in marks
        ):
            return at
    return None


def _over(line: Sequence[Cell | None]) -> list[str]:
    """The heads over several columns, for each of those."""
    found: list[str] = []
    for cell in line:
        last = found[-1] if found else ""
        found.append(_words(cell) if cell is not None else last)
    return found


def _labelled(grid: Sequence[Sequence[Cell | None]]) -> Row | None:
    """A table that is one insats: its rows have a label and what that says. None if it is not."""
    pairs = [(line[0], line[1:]) for line in grid]
    meant = [labels.meanings(_words(first)) for first, _ in pairs]
    known = sum(1 for one in meant if one)
    if len(grid[0]) < 2 or known < 2 or (known * 2 < len(pairs) and NAME not in meant[0]):
        return None
    name = label = ""
    spot: Spot | None = None
    fields: list[Field] = []
    for at, (first, rest) in enumerate(pairs):
        said = tuple(text for cell in rest if cell is not None for text in texts(cell.blocks))
        if first is None:
            continue
        if NAME in meant[at] and not name:
            name, label, spot = " ".join(text.words for text in said), _words(first), _spot(first)
        elif not meant[at] and not said and not name and at == 0:
            name, spot = _words(first), _spot(first)
        elif said or _words(first):
            fields.append(Field(meant[at], _words(first), said, _spot(first)))
    at_first = spot or next((one.spot for one in fields), Spot(0))
    return Row(name, at_first, tuple(fields), label=label)
