"""Writes a file's data as YAML in the catalogue's manner: fields in the schema's order, long texts
folded, short lists and small facts on one line, and what is asked of the official as comments."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from insatskoll.catalogue.canonical import to_flow, to_yaml
from insatskoll.importing.ordering import ordered
from insatskoll.reading import document

_WIDTH = 110
_LINE = 96  # letters of what may stand on one line


def wrapped(value: object) -> object:
    """``value`` with its long texts on lines, as the file will have them: paragraphs stay apart,
    and a point of a list is one line more than it was."""
    if isinstance(value, dict):
        return {key: wrapped(held) for key, held in value.items()}
    if isinstance(value, list):
        return [wrapped(item) for item in value]
    if isinstance(value, str) and "\n" in value:
        return "\n".join(line for part in value.split("\n") for line in _lines(part))
    return value


def _lines(part: str) -> list[str]:
    if not part.strip():
        return [""]
    indent = re.match(r"\s*(?:- )?", part)
    hang = " " * len(indent[0]) if indent else ""
    return textwrap.wrap(
        part, _WIDTH - 8, subsequent_indent=hang, break_long_words=False, break_on_hyphens=False
    )


def text(data: Mapping[str, object], kind: str, asked: Mapping[str, Sequence[str]], head: str) -> str:
    """A file's text. ``asked`` are the questions by the name of the field at the top that they are
    about; ``head`` is the first line. The reader gives back ``data``, wrapped."""
    made = {key: wrapped(value) for key, value in ordered(data, kind).items()}
    lines = [head]
    apart = kind == "kommun"
    for key, value in made.items():
        block = list(_field(key, value, 0))
        if apart and len(block) > 1 and len(lines) > 1:
            lines.append("")
        lines += [*_comments(asked.get(key, ())), *block]
    for key, questions in asked.items():
        if key not in made:
            lines += _comments(questions)
    whole = "\n".join(lines) + "\n"
    if document.parse(Path("kontroll.yaml"), whole).data != made:
        whole = "\n".join([head, to_yaml(made)])  # what the manner cannot write, plainly
    return whole


def _comments(questions: Sequence[str]) -> Iterator[str]:
    for question in questions:
        yield from textwrap.wrap(
            question, _WIDTH, initial_indent="# Fråga: ", subsequent_indent="#   "
        )


def _field(key: str, value: object, depth: int) -> Iterator[str]:
    space = "  " * depth
    name = to_flow([key])[1:-1]
    if isinstance(value, str) and (len(value) > _LINE - len(space) or "\n" in value):
        yield from (f"{space}{line}" for line in _block(f"{name}: ", value))
        return
    line = f"{space}{name}: {_flow(value)}"
    plain = not isinstance(value, list | dict)
    if plain or (len(line) <= _LINE and not _deep(value) and (depth or _small(value))):
        yield line
        return
    yield f"{space}{name}:"
    yield from _inner(value, depth + 1)


def _inner(value: object, depth: int) -> Iterator[str]:
    space = "  " * depth
    if isinstance(value, dict):
        for key, held in value.items():
            yield from _field(str(key), held, depth)
        return
    assert isinstance(value, list)
    for item in value:
        if isinstance(item, dict):
            first, *rest = [line for key, held in item.items() for line in _field(key, held, 0)]
            flow = f"{space}- {_flow(item)}"
            if len(flow) <= _LINE and not _deep(item):
                yield flow
                continue
            yield f"{space}- {first}"
            yield from (f"{space}  {line}" if line else "" for line in rest)
        elif isinstance(item, str) and (len(item) > _LINE - len(space) or "\n" in item):
            yield from (f"{space}{line}" if line else "" for line in _block("- ", item))
        else:
            yield f"{space}- {_flow(item)}"


def _block(before: str, value: str) -> list[str]:
    if "\n" in value:
        return [f"{before}|-", *(f"  {line}" if line else "" for line in value.split("\n"))]
    folded = textwrap.wrap(value, _WIDTH - 6, break_long_words=False, break_on_hyphens=False)
    return [f"{before}>-", *(f"  {line}" for line in folded)]


def _flow(value: object) -> str:
    if isinstance(value, str):
        return to_flow([value])[1:-1]
    return to_flow(value) if isinstance(value, list | dict) else str(value)


def _deep(value: object) -> bool:
    """Whether a value holds more than belongs on one line: texts, or values in values."""
    if isinstance(value, dict):
        return any(
            isinstance(held, dict) and any(isinstance(one, dict | list) for one in held.values())
            for held in value.values()
        )
    if isinstance(value, list):
        return any(isinstance(held, dict) or len(str(held)) > 60 for held in value)
    return False


def _small(value: object) -> bool:
    return isinstance(value, list) or (isinstance(value, dict) and len(value) <= 3)
