"""Completes a claim with what else is told beside it: the age that it holds for.

What stands in the same clause tells it, else what came before in the sentence and no other claim
has taken, else what follows. A claim that recalls may also take what an earlier sentence told.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from insatskoll.law.claims.patterns import Pattern
from insatskoll.law.claims.said import Said
from insatskoll.law.claims.words import Clause

_MORE = ("från", "till")  # what is taken of an age


class Told:
    """What the sentences of a text have told so far that claims can be completed with."""

    def __init__(self) -> None:
        # Those of the sentence by kind, in order, each with where it begins.
        self._figures: dict[str, list[tuple[int, Said]]] = {}
        self._earlier: dict[str, Said] = {}
        self._taken: set[int] = set()

    def begin(self, figures: Sequence[Said]) -> None:
        """Goes on to a sentence that tells ``figures``, in order."""
        self._earlier |= {kind: told[-1][1] for kind, told in self._figures.items()}
        self._figures = {}
        for one in figures:
            self._figures.setdefault(one.kind, []).append((one.start, one))

    def completed(self, one: Said, pattern: Pattern, clause: Clause) -> Said:
        """The claim that ``pattern`` made in ``clause``, with what it takes."""
        values = dict(one.values)
        for kind in pattern.takes:
            figure = self._near(kind, one, clause)
            if figure is None and pattern.recalls:
                earlier = self._earlier.get(kind)
                figure = None if earlier is None or earlier.start in self._taken else earlier
            if figure is not None:
                self._taken.add(figure.start)
                values[kind] = {key: figure.values[key] for key in _MORE if key in figure.values}
        return replace(one, values=values)

    def _near(self, kind: str, one: Said, clause: Clause) -> Said | None:
        """What a sentence tells nearest to the claim, its own clause before the others."""
        figures = self._figures.get(kind, [])
        first, last = (
            bisect_left(figures, place, key=_start)
            for place in (clause.words[0].start, clause.words[-1].end)
        )
        if within := figures[first:last]:
            return min(within, key=lambda told: (abs(told[0] - one.start), told[0]))[1]
        if first and figures[first - 1][0] not in self._taken:
            return figures[first - 1][1]
        return figures[last][1] if not first and last < len(figures) else None


def _start(told: tuple[int, Said]) -> int:
    return told[0]
