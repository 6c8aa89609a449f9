"""A claim (påstående), as it is read out of a text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from insatskoll.values import immutable


@immutable
class Said:
    """A claim: its ``kind`` (slag), what it says by field, and whether it is negated. Its words
    (``words``) stand at ``start`` to ``end`` in the text, in the sentence that begins at
    ``sentence``, if that is known. ``shown`` are the words that they are shown with where they say
    little by themselves."""

    kind: str
    values: Mapping[str, Any]
    start: int
    end: int
    words: str
    negated: bool = False
    sentence: int | None = None
    shown: tuple[int, int] | None = None

    @property
    def place(self) -> tuple[int, int]:
        """From where to where the text is marked for it."""
        return self.shown or (self.start, self.end)

    def repeats(self, other: Said) -> bool:
        """Whether it says once more what ``other`` has said in the same sentence."""
        if self.sentence is None or self.sentence != other.sentence or self.kind != other.kind:
            return False
        return self.negated == other.negated and self.values == other.values

    @property
    def data(self) -> dict[str, Any]:
        """The claim as the rules see it."""
        negated = "ja" if self.negated else "nej"
        return {"slag": self.kind, **self.values, "nekad": negated, "ord": self.words}
