"""The clauses that changes are told in: the files in ``catalogue/satser``, read and filled in.

A file says what each of its fields is called, and has a clause for each thing that can happen to
one. Words in braces are slots. A slot with nothing to say takes the space before it with it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

from insatskoll.catalogue import program_files
from insatskoll.errors import Refused
from insatskoll.patterns import later
from insatskoll.values import immutable

if TYPE_CHECKING:
    from insatskoll.reading.schema_types import SatsData

_CHANGED = "ändras"
_MOVED = "insats.flyttat"
_SLOT = later(r"( ?)\{([^{}]+)\}")


class Word(str):
    """The name of a piece of a clause that the file of the field may have under ``ord``."""

    __slots__ = ()


@immutable
class Clauses:
    """What is said of a field: what it is called, the reading that tells what has happened to it,
    the clauses by what happens, each as it stands after ”att” and by itself, and the pieces of
    clauses by their names."""

    called: str
    reads: str
    said: Mapping[str, tuple[str, str]]
    words: Mapping[str, str]

    def filled(self, happening: str, slots: Mapping[str, str]) -> tuple[str, str]:
        """The clause for a ``happening`` with the ``slots`` filled in, after ”att” and by itself;
        where there is none of its own, that for what has changed. Raises KeyError if there is
        neither."""
        after_that, by_itself = self.said.get(happening) or self.said[_CHANGED]
        said = self._fill(after_that, slots)
        return said, said if by_itself == after_that else self._fill(by_itself, slots)

    def _fill(self, text: str, slots: Mapping[str, str]) -> str:
        def one(match: re.Match[str]) -> str:
            name = match[2]
            value = self._fill(self.called, slots) if name == "det" else slots[name]
            if isinstance(value, Word):
                value = self._fill(self.words.get(value, ""), slots)
            return f"{match[1]}{value}" if value else ""

        return _SLOT.sub(one, text)


def of(path: str) -> Clauses:
    """What is said of the field at ``path`` (”insats.avgift”). Raises KeyError: every field that is
    told of has its file."""
    return shipped()[path]


def moved(own: Clauses) -> Clauses:
    """What is said of a field that has only moved between an insats and its parts."""
    return replace(shipped()[_MOVED], called=own.called)


@cache
def shipped() -> Mapping[str, Clauses]:
    """The program's own, by field. Raises :class:`Refused` for the first file that cannot be
    used."""
    files: Mapping[str, SatsData] = program_files.known("satser", "sats")
    found: dict[str, Clauses] = {}
    for name, data in files.items():
        for field, called in data["fält"].items():
            if field in found:
                raise Refused(f"satser/{name}.yaml: fältet {field} står också i en annan fil")
            said = {happens: _forms(one) for happens, one in data["satser"].items()}
            found[field] = Clauses(called, data.get("läses", ""), said, data.get("ord", {}))
    return found


def _forms(written: Any) -> tuple[str, str]:
    return (written, written) if isinstance(written, str) else (written["sats"], written["mening"])
