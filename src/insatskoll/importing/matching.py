"""Which insats a name elsewhere in the document means: in a matrix, or over an analysis."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

_ALIKE = 0.6  # of the words of both
_SPELT = 0.88  # of the letters of both
_LONGEST = 200  # letters of a name that may be misspelt


def plain(name: str) -> str:
    """A name as it is compared: its letters and digits, and the words in any order of signs."""
    return re.sub(r"[^a-zåäöé0-9]", "", name.casefold())


def meant(name: str, names: Sequence[str]) -> int | None:
    """Which of ``names`` a name means: the same, or the only one that has much the same words, or
    that is spelt much the same."""
    same = [at for at, one in enumerate(names) if plain(one) == plain(name)]
    if len(same) == 1:
        return same[0]
    words = _words(name)
    alike = [at for at, one in enumerate(names) if _likeness(words, _words(one)) >= _ALIKE]
    if len(alike) == 1:
        return alike[0]
    spelt = [at for at in alike or range(len(names)) if _is_spelt(plain(name), plain(names[at]))]
    return spelt[0] if len(spelt) == 1 else None


def _words(name: str) -> set[str]:
    return set(re.findall(r"[a-zåäöé0-9]+", name.casefold())) - {"vid", "på", "och", "i", "för"}


def _likeness(one: set[str], other: set[str]) -> float:
    return len(one & other) / max(1, len(one | other))


def _is_spelt(one: str, other: str) -> bool:
    if min(len(one), len(other)) < _SPELT * max(len(one), len(other)) or len(one) > _LONGEST:
        return False
    letters = SequenceMatcher(None, one, other, autojunk=False)
    return letters.quick_ratio() >= _SPELT and letters.ratio() >= _SPELT
