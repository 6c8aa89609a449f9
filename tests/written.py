"""Documents as invented municipalities write them, with what an official would make of them by hand
(``tests/inläsning``). Each is text with headings, points, tables and bold words, and the same as a
Word file."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import docx
import yaml

from insatskoll.importing import formats, plan
from insatskoll.importing.blocks import Source
from insatskoll.importing.plan import Plan

FOLDER = Path(__file__).parent / "inläsning"
NAMES = sorted(path.stem for path in FOLDER.glob("*.yaml"))
_MERGED = "^"  # a cell that goes on from the row above, which Markdown has nothing for
_BOLD = re.compile(r"\*\*(.+?)\*\*")


def forms() -> list[tuple[str, str]]:
    """The municipalities with the forms that their documents can be in."""
    found = []
    for name in NAMES:
        merged = f"| {_MERGED} |" in (FOLDER / f"{name}.md").read_text("utf-8")
        found += [(name, "docx")] if merged else [(name, "docx"), (name, "md")]
    return found


def expected(name: str) -> dict[str, Any]:
    """What the documents of a municipality say, written by hand."""
    found: dict[str, Any] = yaml.load((FOLDER / f"{name}.yaml").read_text("utf-8"), yaml.BaseLoader)
    return found


def sources(name: str, form: str) -> list[Source]:
    """The municipality's documents as they are read, in Word (docx) or as they stand (md)."""
    paths = sorted(FOLDER.glob(f"{name}*.md"), key=lambda path: len(path.name))
    found = []
    for path in paths:
        data = path.read_bytes()
        made = word(data.decode()) if form == "docx" else data
        found.append(formats.source(f"{path.stem}.{form}", made))
    return found


@cache
def imported(name: str, form: str) -> Plan:
    """What the municipality's documents become."""
    return plan.plan(sources(name, form), name.capitalize())


def word(text: str) -> bytes:
    """The text as a Word file: styles for headings and points, and tables of their own."""
    document = docx.Document()
    for part in re.split(r"\n\n+", text.strip()):
        lines = part.split("\n")
        if part.startswith("|"):
            _table(document, [line.strip().strip("|").split("|") for line in lines])
            continue
        for line in lines:
            mark, _, rest = line.partition(" ")
            if mark.strip("#") == "" and mark:
                document.add_heading(rest, len(mark))
            elif mark == "-":
                _runs(document.add_paragraph(style="List Bullet"), rest)
            else:
                _runs(document.add_paragraph(), line)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _runs(paragraph: Any, words: str) -> None:
    for at, piece in enumerate(_BOLD.split(words)):
        if piece:
            paragraph.add_run(piece).bold = at % 2 == 1


def _table(document: Any, rows: Sequence[Sequence[str]]) -> None:
    rows = [row for row in rows if set("".join(row)) - set("- ")]
    made = document.add_table(len(rows), max(map(len, rows)))
    for at, row in enumerate(rows):
        for column, words in enumerate(row):
            cell = made.cell(at, column)
            if words.strip() == _MERGED:
                made.cell(at - 1, column).merge(cell)
            else:
                _runs(cell.paragraphs[0], words.strip())


def facts(data: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[Any, str]]:
    """Every field that holds a word, with it, as it is compared."""
    if isinstance(data, Mapping):
        for key, value in data.items():
            yield from facts(value, (*path, key))
    elif isinstance(data, list):
        for at, value in enumerate(data):
            yield from facts(value, (*path, at))
    else:
        yield path, " ".join(str(data).split()).rstrip(".").casefold()
