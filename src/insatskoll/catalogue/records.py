"""The records of what has happened to a decision or a proposal: their files, and their order.

A decision that has been made never changes. What happens to it later is recorded in the folder
``händelser``, one file for each: frozen with a checksum, numbered in the order that they were
written, each naming the one before and the decision that it is about by their checksums.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from insatskoll.catalogue import canonical
from insatskoll.catalogue.model import Handelse

if TYPE_CHECKING:
    from insatskoll.reading.schema_types import HandelseData, Handelseuppgifter

FOLDER = "händelser"
_LONGEST = 6  # more than the digits of a number


def checksum(facts: Handelseuppgifter) -> str:
    """SHA-256 (64 hexadecimal digits) of what a record says, in the canonical form of a
    decision."""
    text = json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def in_order(handelser: Iterable[Handelse]) -> tuple[Handelse, ...]:
    """The records in the order that they were written."""
    return tuple(sorted(handelser, key=lambda one: (number(one.id), one.id)))


def number(name: str) -> int:
    """The number of the record that is called ``name``: 1 of ”001-återremiss”; 0 without one."""
    digits = name.partition("-")[0]
    return int(digits) if len(digits) < _LONGEST and digits.isascii() and digits.isdigit() else 0


def is_name(name: str, slag: str) -> bool:
    """Whether a record of a kind can be called ``name``."""
    return number(name) > 0 and name == f"{number(name):03}-{slag}"


def next_id(handelser: Sequence[Handelse], slag: str) -> str:
    """What the next record is to be called: ”002-återremiss”."""
    last = max((number(one.id) for one in handelser), default=0)
    return f"{last + 1:03}-{slag}"


def freeze(facts: Handelseuppgifter, handelser: Sequence[Handelse]) -> HandelseData:
    """The data of a new record after those there are."""
    linked: Handelseuppgifter = {**facts}
    if handelser:
        last = in_order(handelser)[-1]
        linked["föregående"] = last.id
        linked["föregående_kontrollsumma"] = last.data["kontrollsumma"]
    return {"händelse": linked, "kontrollsumma": checksum(linked)}


def text(data: HandelseData, modeline: str = "") -> str:
    """The text of a record's file, such that the reader gives back the same data."""
    warning = "# Fryst händelse. Ändra aldrig innehållet: kontrollsumman visar om det har gjorts.\n"
    return f"{modeline}{warning}{canonical.to_yaml(data)}"
