"""Writes a file's data as YAML in the catalogue's layout, and what is asked of the official as
comments beside the fields."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence

from insatskoll.catalogue.canonical import to_readable_yaml
from insatskoll.catalogue.formatting import formatted
from insatskoll.reading import tidy

_WIDTH = 110


def text(
    data: Mapping[str, object], kind: str, asked: Mapping[str, Sequence[str]], head: str
) -> str:
    """A file's text. ``asked`` are the questions by the name of the field at the top that they are
    about; ``head`` is the first line with its end, if there is one. The reader gives back
    ``data``."""
    lines: list[str] = []
    for name, questions in asked.items():
        if name not in data:
            lines += _comments(questions)
    for name, value in data.items():
        lines += [*_comments(asked.get(name, ())), to_readable_yaml({name: value}).rstrip("\n")]
    whole = head + "\n".join(lines) + "\n"
    try:
        return formatted(whole, kind)
    except tidy.Untidy:
        return whole


def _comments(questions: Sequence[str]) -> Iterator[str]:
    for question in dict.fromkeys(questions):
        yield from textwrap.wrap(
            question, _WIDTH, initial_indent="# Fråga: ", subsequent_indent="#   "
        )
