"""A claim (påstående), as it is read out of a text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Said:
    """A claim: its ``kind`` (slag), what it says by field, and whether it is negated. Its words
    (``words``) stand at ``start`` to ``end`` in the text."""

    kind: str
    values: Mapping[str, Any]
    start: int
    end: int
    words: str
    negated: bool = False

    @property
    def data(self) -> dict[str, Any]:
        """The claim as the rules see it."""
        negated = "ja" if self.negated else "nej"
        return {"slag": self.kind, **self.values, "nekad": negated, "ord": self.words}
