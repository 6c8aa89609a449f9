"""Checks about decisions and time. No clock: the day is the one at which the revision is judged."""

from __future__ import annotations

from collections.abc import Iterator

from insatskoll.law.predicates.parameters import Field, InsatsField
from insatskoll.law.predicates.registry import Hit, Subject, predicate
from insatskoll.reading.places import parse_path, value_at


@predicate("försenad", gives=("månader", "senast", "dag", "datum"))
def overdue(subject: Subject, månader: Field, senast: list[Field]) -> Iterator[Hit]:
    """The day in the first of the fields ``senast`` lies more months back than the field
    ``månader`` says."""
    interval = value_at(subject.data, parse_path(månader))
    last = next((day for name in senast if (day := value_at(subject.data, parse_path(name)))), None)
    if interval and last and subject.datum and subject.datum > (due := _later(last, interval)):
        yield Hit(
            parse_path(månader),
            {"månader": interval, "senast": last, "dag": due, "datum": subject.datum},
        )


def _later(day: str, months: int) -> str:
    """The day (ÅÅÅÅ-MM-DD) that many months later; the last of the month if it has no such day."""
    year, month, of_month = map(int, day.split("-"))
    year, month = year + (month - 1 + months) // 12, (month - 1 + months) % 12 + 1
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    if month in (4, 6, 9, 11):
        last = 30
    elif month != 2:
        last = 31
    elif leap:
        last = 29
    else:
        last = 28
    return f"{year:04}-{month:02}-{min(of_month, last):02}"


@predicate(
    "syskonfält-saknas", whole=True, scopes=("kommun",), gives=("insats", "fält", "antal", "alla")
)
def field_missing(subject: Subject, fält: list[InsatsField], högst_en_av: int) -> Iterator[Hit]:
    """A field that nearly all insatser have is missing in one, on the insats and on all its parts.

    Nearly all means that at most one of so many lacks it. A field written ``innehåll|syfte`` is
    there if either is.
    """
    insatser = subject.revision.insatser
    for name in fält:
        either = set(name.split("|"))
        lacking = [
            i
            for i in insatser
            if either.isdisjoint(i.data) and all(either.isdisjoint(part) for _, part in i.delar)
        ]
        if len(lacking) * högst_en_av <= len(insatser):
            for insats in lacking:
                values = {
                    "insats": insats.namn,
                    "fält": name.split("|")[0],
                    "antal": len(insatser) - len(lacking),
                    "alla": len(insatser),
                }
                yield Hit((), values, (), insats.id)
