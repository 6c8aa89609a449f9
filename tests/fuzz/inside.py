"""The program run and judged: what may never come out of it, whatever it is given."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests import program

# A line feed and a tab are the only control characters that may be printed.
_STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
_ENGLISH = re.compile(r"Error\b|\b(expected|invalid|cannot|unexpected|must be|failed)\b")


@dataclass(frozen=True)
class Judged:
    """A run, and what the program must never do that it did; empty if nothing."""

    code: int
    out: str
    err: str
    fault: str


def run(*arguments: str | Path, cwd: Path) -> Judged:
    """Runs the program with ``arguments`` in ``cwd``, and judges how it ended."""
    ended = program.tried(*arguments, cwd=cwd)
    return Judged(ended.code, ended.out, ended.err, ended.crash or "; ".join(_wrong(ended)))


def _wrong(ended: program.Run) -> Iterator[str]:
    said = ended.out + ended.err
    if ended.code not in {0, 1, 2, 3}:
        yield f"slutkod {ended.code}"
    if ended.code in {2, 3} and not said.strip():
        yield f"slutkod {ended.code} utan ett ord"
    if found := _STEERING.search(said):
        yield f"styrtecknet {found[0]!r} i utskriften"
    for line in ended.err.splitlines():
        if line.startswith("Fel:") and _ENGLISH.search(line):
            yield f"engelska i meddelandet: {line}"
