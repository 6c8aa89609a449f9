"""Which insats a name elsewhere in the document means: in a matrix, or over an analysis."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher

_ALIKE = 0.6  # of the words of both
_SPELT = 0.88  # of the letters of both
_LONGEST, _MOST = 200, 300  # letters of a name, and names, where one may be misspelt


def plain(name: str) -> str:
    """A name as it is compared: its letters and digits, and the words in any order of signs."""
    return re.sub(r"[^a-zåäöé0-9]", "", name.casefold())


class Names:
    """Names, to be asked which of them another one means."""

    def __init__(self, names: Sequence[str]) -> None:
        self._plain = [plain(name) for name in names]
        self._words = [_words(name) for name in names]
        self._same: dict[str, list[int]] = {}
        self._having: dict[str, list[int]] = {}
        for at, name in enumerate(self._plain):
            self._same.setdefault(name, []).append(at)
            for word in self._words[at]:
                self._having.setdefault(word, []).append(at)

    def meant(self, name: str) -> int | None:
        """Which of the names ``name`` means: the same, or the only one that has much the same
        words, or that is spelt much the same."""
        bare = plain(name)
        same = self._same.get(bare, [])
        if not bare or len(same) == 1:
            return same[0] if bare else None
        alike = self._alike(_words(name))
        if len(alike) == 1:
            return alike[0]
        if len(self._plain) > _MOST or len(bare) > _LONGEST:
            return None
        spelt = [at for at in alike or range(len(self._plain)) if _is_spelt(bare, self._plain[at])]
        return spelt[0] if len(spelt) == 1 else None

    def _alike(self, words: set[str]) -> list[int]:
        both = Counter(at for word in words for at in self._having.get(word, ()))
        return [
            at
            for at, many in both.items()
            if many >= _ALIKE * (len(words) + len(self._words[at]) - many)
        ]


def _words(name: str) -> set[str]:
    return set(re.findall(r"[a-zåäöé0-9]+", name.casefold())) - {"vid", "på", "och", "i", "för"}


def _is_spelt(one: str, other: str) -> bool:
    if min(len(one), len(other)) < _SPELT * max(len(one), len(other)):
        return False
    letters = SequenceMatcher(None, one, other, autojunk=False)
    return letters.quick_ratio() >= _SPELT and letters.ratio() >= _SPELT
