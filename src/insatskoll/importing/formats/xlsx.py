"""Reads Excel workbooks: each sheet's tables with their merged cells, and the text around them."""

from __future__ import annotations

import datetime
import io
import re
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from insatskoll.importing.blocks import Block, Cell, Spot, Style, Table, Text
from insatskoll.importing.formats import kinds, runs
from insatskoll.importing.formats.runs import Run
from insatskoll.names import shown
from insatskoll.patterns import later
from insatskoll.reading import packages
from insatskoll.reading.packages import Unfit

MAX_PART = 100_000_000  # bytes of XML
MAX_MERGED = 500_000  # cells that merged ones go over
MAX_CELLS = 400_000  # that the sheets hold, also those that are only coloured: half a minute
MAX_TABLE = 2_000_000  # cells of a table, with the empty ones
_AREA = later(r"([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})")
# A formula whose result the program that wrote it has not kept.
_UNSEEN = later(
    r'<c\s[^>]*\br="([A-Z]+\d+)"[^>]*>\s*<f\b[^>]*(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v></v>)?\s*</c>'
)
_PARTED = "Spara bladen med insatserna i en egen fil, utan tomma rader och kolumner"
_CELL = re.compile(rb"<(?:\w+:)?c[ />]")
_USUAL = later(r"(?:Blad|Sheet|Ark|Taul)\s?\d*", re.IGNORECASE)
_DRAWN = later(r"^xl/(?:drawings/drawing|diagrams/data|charts/chart)\d*\.xml$")
_WORDS = "{http://schemas.openxmlformats.org/drawingml/2006/main}t"
_LONG = 80  # characters of a text below a table, which is no first cell of a row


def read(data: bytes) -> tuple[tuple[Block, ...], list[str]]:
    """The blocks of a workbook, each with its row and the number of its sheet, and what was passed
    over. Raises :class:`Unfit`."""
    with packages.opened(data, kinds.DAMAGED, kinds.MAX_PARTS, kinds.MAX_UNPACKED) as archive:
        told, cells = [], 0
        for part in archive.infolist():
            if not part.filename.endswith((".xml", ".rels")):
                continue
            if part.file_size > MAX_PART:
                raise Unfit(f"Delen {shown(part.filename)} i dokumentet är för stor")
            content = archive.read(part)
            _check(shown(part.filename), content)
            if _DRAWN.match(part.filename):
                found = packages.xml(shown(part.filename), content).iter(_WORDS)
                if words := runs.one_line(" ".join(text.text or "" for text in found)):
                    told.append(f"En textruta eller ett diagram: ”{words}”")
            elif part.filename.startswith("xl/worksheets/"):
                cells += len(_CELL.findall(content))
                if cells > MAX_CELLS:
                    most = f"{MAX_CELLS:_}".replace("_", " ")
                    raise Unfit(f"Arbetsboken har mer än {most} celler. {_PARTED}")
                unseen = _UNSEEN.findall(content.decode("utf-8", "replace"))
                told += [f"Formeln i cell {cell} har inget sparat resultat" for cell in unseen]
    blocks: list[Block] = []
    book = _book(data)
    visible = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    for number, sheet in enumerate(book.worksheets, 1):
        reader = _Sheet(sheet, number)
        if sheet not in visible:
            words = " ".join(text for text in map(_said, reader.cells.values()) if text)
            told.append(
                f"Det dolda bladet ”{runs.one_line(sheet.title)}”: ”{runs.one_line(words)}”"
            )
            continue
        named = len(visible) > 1 or not _USUAL.fullmatch(sheet.title)
        blocks += reader.blocks(named=named, first=len(visible) > 1 and sheet is visible[0])
        told += reader.told()
    return tuple(blocks), told


def _check(name: str, content: bytes) -> None:
    """Refuses what would grow without end when it is read."""
    area = 0

    def each(element: str, attributes: dict[str, str]) -> None:
        nonlocal area
        if element.rpartition(":")[2] == "mergeCell":
            found = _AREA.fullmatch(attributes.get("ref", "").replace("$", "").strip().upper())
            if found is not None:
                left, top, right, bottom = found.groups()
                area += (_column(right) - _column(left) + 1) * (int(bottom) - int(top) + 1)
        if area > MAX_MERGED:
            raise Unfit("Dokumentet har sammanfogade celler över orimligt många rader och kolumner")

    packages.check(name, content, each)


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _book(data: bytes) -> Any:
    import openpyxl

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return openpyxl.load_workbook(io.BytesIO(data), data_only=True, rich_text=True)
    except MemoryError:
        raise
    except Exception as error:  # the library raises whatever a broken file brings it to
        raise Unfit(kinds.DAMAGED) from error


@dataclass
class _Sheet:
    """A sheet: its cells with words by row and column, and over what those go that are merged."""

    sheet: Any
    number: int
    cells: dict[tuple[int, int], Any] = field(default_factory=dict)
    spans: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    covered: set[tuple[int, int]] = field(default_factory=set)
    columns: dict[int, list[int]] = field(default_factory=dict)  # that have words, by row

    def __post_init__(self) -> None:
        self.cells = {
            place: cell for place, cell in sorted(self.sheet._cells.items())
            if _said(cell)
        }  # fmt: skip
        for row, column in self.cells:
            self.columns.setdefault(row, []).append(column)
        for area in self.sheet.merged_cells.ranges:
            high, wide = area.max_row - area.min_row + 1, area.max_col - area.min_col + 1
            self.spans[area.min_row, area.min_col] = (high, wide)
            self.covered |= {
                (row, column)
                for row in range(area.min_row, area.max_row + 1)
                for column in range(area.min_col, area.max_col + 1)
            } - {(area.min_row, area.min_col)}

    def blocks(self, *, named: bool, first: bool) -> list[Block]:
        """The sheet's blocks, with its name where it says anything; before that what the ``first``
        of several begins with as the title of them all."""
        found: list[Block] = []
        if named:
            words = runs.one_line(self.sheet.title)
            found.append(Text(words, self._spot(1), Style.HEADING, 1))
        for part in ("oddHeader", "oddFooter"):
            for place in ("left", "center", "right"):
                said = getattr(getattr(self.sheet, part), place).text
                if said and any(character.isalpha() for character in re.sub("&.", "", said)):
                    found += runs.paragraphs([Run(said)], self._spot(1), Style.MARGIN)
        before = len(found)
        for group in self._groups():
            self._add(found, group)
        if first and _is_title(found[before : before + 2]):
            found[0], found[before] = found[before], found[0]
        return found

    def _spot(self, row: int, column: int | None = None) -> Spot:
        """Where a cell is, or the sheet."""
        from openpyxl.utils import get_column_letter

        place = f"bladet ”{runs.one_line(self.sheet.title)}”"
        place += f", cell {get_column_letter(column)}{row}" if column else ""
        return Spot(row, self.number, place)

    def told(self) -> list[str]:
        """What is hidden, and what stands in notes."""
        told = []
        hidden = [at for at, row in self.sheet.row_dimensions.items() if row.hidden]
        if hidden:
            told.append(f"Dolda rader på bladet ”{runs.one_line(self.sheet.title)}” är lästa")
        if any(column.hidden for column in self.sheet.column_dimensions.values()):
            told.append(f"Dolda kolumner på bladet ”{runs.one_line(self.sheet.title)}” är lästa")
        told += [
            f"En kommentar i cell {cell.coordinate}: ”{runs.one_line(note.text)}”"
            for cell in self.sheet._cells.values()
            if (note := getattr(cell, "comment", None))
        ]
        return told

    def _groups(self) -> list[list[int]]:
        """The rows that follow each other without an empty one between."""
        filled = {row for row, _ in self.cells}
        for (row, column), (high, _) in self.spans.items():
            if (row, column) in self.cells:
                filled |= set(range(row, row + high))
        rows = sorted(filled)
        return [
            [row for _, row in group]
            for _, group in groupby(enumerate(rows), lambda pair: pair[1] - pair[0])
        ]

    def _add(self, found: list[Block], rows: list[int]) -> None:
        """Adds the text and the table in ``rows``; one that goes on after an empty row belongs to
        the one before."""
        wide = {row: self.columns.get(row, []) for row in rows}
        start = next((n for n, row in enumerate(rows) if len(wide[row]) > 1), len(rows))
        end = len(rows)
        while end > start and self._is_below(rows[end - 1], wide[rows[end - 1]]):
            end -= 1
        for row in rows[:start]:
            found += self._texts(row)
        if start < end:
            last = found[-1] if found else None
            table = self._table(rows[start:end])
            if start == 0 and isinstance(last, Table) and _goes_on(last, table):
                found[-1] = Table(last.rows + table.rows, last.spot, last.heads)
            else:
                found.append(table)
        for row in rows[end:]:
            found += self._texts(row)

    def _is_below(self, row: int, columns: Sequence[int]) -> bool:
        """Whether a row is text below a table: one that is long."""
        return len(columns) == 1 and len(_said(self.cells[row, columns[0]])) > _LONG

    def _texts(self, row: int) -> list[Text]:
        return [text for at in self.columns.get(row, ()) for text in self._words((row, at))]

    def _words(self, place: tuple[int, int]) -> list[Text]:
        cell = self.cells.get(place)
        spot = self._spot(*place)
        return runs.paragraphs(_runs(cell), spot) if cell is not None else []

    def _table(self, rows: Sequence[int]) -> Table:
        used = [column for row in rows for column in self.columns.get(row, ())]
        used += [
            column + self.spans.get((row, column), (1, 1))[1] - 1
            for row in rows for column in self.columns.get(row, ())
        ]  # fmt: skip
        left, right = min(used), max(used)
        if (right - left + 1) * len(rows) > MAX_TABLE:
            raise Unfit("Kalkylbladet har för många rader och kolumner. Spara tabellen för sig")
        made = []
        for row in rows:
            cells = []
            for column in range(left, right + 1):
                if (row, column) in self.covered:
                    continue
                high, wide = self.spans.get((row, column), (1, 1))
                cells.append(Cell(tuple(self._words((row, column))), high, wide))
            made.append(tuple(cells))
        return Table(tuple(made), self._spot(rows[0], left), self._heads(rows))

    def _heads(self, rows: Sequence[int]) -> int:
        """How many of the rows are headings by what the sheet says: they are frozen, filtered by,
        or the heading of a table of its own."""
        frozen = self.sheet.freeze_panes
        until = int(re.sub(r"\D", "", frozen)) - 1 if frozen else 0
        if rows[0] <= until < rows[-1]:
            return sum(row <= until for row in rows)
        areas = [self.sheet.auto_filter.ref or ""]
        areas += [table.ref for table in self.sheet.tables.values() if table.headerRowCount]
        firsts = {int(found[0]) for area in areas if (found := re.findall(r"\d+", area))}
        return int(rows[0] in firsts and len(rows) > 1)


def _is_title(first: Sequence[Block]) -> bool:
    """Whether a sheet begins with the title of the whole workbook: a line that is bold, over what
    is none."""
    return len(first) > 1 and isinstance(first[0], Text) and first[0].bold


def _goes_on(last: Table, table: Table) -> bool:
    """Whether a table only has an empty row between itself and the last, whose headings it has."""
    first = [text for cell in table.rows[0] for text in cell.blocks if isinstance(text, Text)]
    above = [text for cell in last.rows[0] for text in cell.blocks if isinstance(text, Text)]
    same = sum(cell.columns for cell in last.rows[0]) >= sum(c.columns for c in table.rows[0])
    bold = all(text.bold for text in first)
    return same and last.spot.page == table.spot.page and (not bold or not _all_bold(above))


def _all_bold(found: Sequence[Text]) -> bool:
    return bool(found) and all(text.bold for text in found)


def _runs(cell: Any) -> Iterator[Run]:
    font = cell.font
    bold, lined = bool(font and font.b), bool(font and font.u)
    size = float(font.sz) if font is not None and font.sz else None
    if isinstance(cell.value, list):  # text with several looks
        for part in cell.value:
            look = getattr(part, "font", None)
            if look is None:
                yield Run(str(part), bold, lined, size)
            else:
                yield Run(part.text, bool(look.b), bool(look.u), float(look.sz or 0) or size)
    else:
        yield Run(_said(cell), bold, lined, size)


def _said(cell: Any) -> str:
    """What a cell shows, as Swedish text."""
    value = cell.value
    match value:
        case None:
            return ""
        case bool():
            return "Sant" if value else "Falskt"
        case int() | float():
            return _number(value, cell.number_format or "")
        case datetime.datetime():
            clock = value.strftime(" %H:%M") if value.time() != datetime.time() else ""
            return value.date().isoformat() + clock
        case datetime.time():
            return value.strftime("%H:%M")
    return str(value) if str(value).strip() else ""


def _number(value: float, form: str) -> str:
    if "%" in form:
        return f"{_number(round(value * 100, 4), '')} %"
    if isinstance(value, int) or value.is_integer():
        return str(int(value))
    return f"{value:.10g}".replace(".", ",")
