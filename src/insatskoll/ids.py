"""The ids that files, sections and units are known by, and the id that a name makes."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 100  # characters


def id_of(text: str) -> str:
    """The id that is most like ``text``, whole words of it if it is long; empty if it has neither
    letters nor digits."""
    plain = unicodedata.normalize("NFC", text).casefold().strip()
    words = re.findall(r"[a-zåäöé0-9]+", "".join(map(_letter, plain)))
    found = "-".join(words)
    if len(found) > LONGEST:
        found = found[: LONGEST + 1].rpartition("-")[0] or found[:LONGEST]
    return found


def _letter(character: str) -> str:
    """A letter as an id can have it: without an accent that ids do not have."""
    if character in "åäöé":
        return character
    return unicodedata.normalize("NFKD", character)[:1]
