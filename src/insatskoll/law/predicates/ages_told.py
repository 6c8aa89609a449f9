"""The ages of who takes part that only the texts tell: what counts where no field has an age."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from insatskoll.law.claims import reading
from insatskoll.law.claims.said import Said
from insatskoll.law.predicates.references import values_at
from insatskoll.patterns import later
from insatskoll.reading.places import DataPath, value_at

# Where an insats, or a part of it, says who takes part.
TEXTS = ("namn", "målgrupp.beskrivning", "villkor[].beskrivning", "innehåll")

_NO = frozenset({"inte", "ej", "ingen", "inga", "aldrig"})
_SENTENCES = later(r"[.!?;\n]")


class ToldAge(NamedTuple):
    """An age in words: bounds in years (None where it has none), whose it is, and the words."""

    since: float | None
    until: float | None
    whose: str
    path: DataPath
    words: tuple[int, int]
    unit: str

    @property
    def text(self) -> str:
        """The age as it is told of one that a field has."""
        per_year = 12 if self.unit == "månader" else 1
        since, until = (_whole(bound, per_year) for bound in (self.since, self.until))
        if until is None:
            return f"från {since} {self.unit}"
        if since is None:
            return f"till {until} {self.unit}"
        return f"{since}–{until} {self.unit}"

    @property
    def fields(self) -> dict[str, object]:
        """What a field for it holds, by name, if its years are whole."""
        if self.unit != "år":
            return {}
        bounds = {"från": _whole(self.since), "till": _whole(self.until)}
        return {name: bound for name, bound in bounds.items() if bound is not None}


def _whole(bound: float | None, per_year: int = 1) -> int | None:
    return None if bound is None else round(bound * per_year)


def told_ages(data: object, base: DataPath = ()) -> Iterator[ToldAge]:
    """The ages of those who take part in an insats, or in the part of it at ``base``, that its
    texts tell; that somebody is not of an age tells the other ages."""
    for place in dict.fromkeys(((), base)):
        part = value_at(data, place) if place else data
        for path, text in (pair for name in TEXTS for pair in values_at(part, name)):
            for one in reading.said(text):
                values = one.values
                if one.kind != "ålder" or values["om"] != "deltagande":
                    continue
                bounds = _bounds(values, negated=one.negated or _denied(text, one))
                if bounds is None or (path[-1] == "innehåll" and bounds[0] is None):
                    continue  # är du under 21 år får du hjälp att ansöka
                if values["vem"] in ("deltagaren", "barnet"):
                    words, unit = (one.start, one.end), str(values["enhet"])
                    yield ToldAge(*bounds, values["vem"], (*place, *path), words, unit)


def _denied(text: str, one: Said) -> bool:
    """Whether the sentence says no before it comes to those under an age: tar inte emot den som är
    under 21 år."""
    if "från" in one.values or "fyll" in one.words:
        return False
    return any(word in _NO for word in _SENTENCES.split(text[: one.start])[-1].casefold().split())


def _bounds(
    values: Mapping[str, Any], *, negated: bool
) -> tuple[float | None, float | None] | None:
    """The bounds in years of an age that a text tells; None if it tells none."""
    per_year = 12 if values["enhet"] == "månader" else 1
    since, until = (
        None if name not in values else values[name] / per_year for name in ("från", "till")
    )
    if not negated:
        return since, until
    if since is not None and since == until:
        return None, since - 1  # men inte 23 år
    if (since is None) == (until is None):
        return None
    return (None, since - 1) if since is not None else ((until or 0) + 1, None)
