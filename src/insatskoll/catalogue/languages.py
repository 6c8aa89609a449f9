"""An insats in other languages than the one that it is decided in, and whether the text still is of
what the insats says.

A translation is written after a text and does not change with it. It names what it was written
after by a checksum (``underlag``), and is out of date when that is another.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping

from insatskoll.catalogue import printed
from insatskoll.catalogue.model import resolved

EASY = "lättläst"
_LENGTH = 12
# What nobody reads in the bilaga, and is not translated.
_ASIDE = frozenset({"begrepp", "tidigare_id", "insatstyp", "form", "namn_i_matris", "avdelning"})
_FROM_THE_RIGHT = frozenset(
    {"ar", "arc", "ckb", "dv", "fa", "he", "ku-Arab", "prs", "ps", "sd", "ug", "ur", "yi"}
)


def basis(data: Mapping[str, object]) -> str:
    """What a text in another language says that it is written after (``underlag``): the beginning
    of a checksum of what the insats says, whatever its notes and its other languages are."""
    said = {key: one for key, one in printed.file(resolved(data)).items() if key not in _ASIDE}
    canonical = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()[:_LENGTH]


def tag(language: str) -> str:
    """The language as a document names it (BCP 47)."""
    return "sv" if language == EASY else language


def from_the_right(language: str) -> bool:
    """Whether the language is written from right to left."""
    return language in _FROM_THE_RIGHT or language.split("-", maxsplit=1)[0] in _FROM_THE_RIGHT
