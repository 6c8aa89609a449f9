"""Checks on what cannot be: an id used twice, a span that ends before it begins, a day beyond
reason."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from insatskoll import dates
from insatskoll.catalogue.canonical import NOT_DECIDED
from insatskoll.catalogue.data import Data
from insatskoll.law.predicates.parameters import Field
from insatskoll.law.predicates.references import values_at
from insatskoll.law.predicates.registry import Hit, Place, Subject, predicate
from insatskoll.law.predicates.text import places, texts
from insatskoll.reading.places import DataPath, parse_path, value_at


@predicate("dubblett", gives=("dubblett",))
def used_twice(subject: Subject, fält: list[Field]) -> Iterator[Hit]:
    """A value in one of ``fält`` (as in ``okänd-referens``) stands in it twice. Gives one hit for
    each after the first."""
    for name in fält:
        first: dict[Any, DataPath] = {}
        for path, value in values_at(subject.data, name):
            if first.setdefault(value, path) != path:
                yield Hit(
                    path, {"dubblett": value}, (Place(f"Här står ”{value}” först", first[value]),)
                )


@predicate("omvänt", gives=("ena", "andra"))
def reversed_span(subject: Subject, lägre: str, högre: str) -> Iterator[Hit]:
    """Somewhere in the subject a number ``lägre`` is above the number ``högre`` beside it."""
    for path, value in places(subject):
        if path[-1:] == (lägre,) and isinstance(value, int):
            above = value_at(subject.data, (*path[:-1], högre))
            if isinstance(above, int) and value > above:
                place = Place(f"Här står {lägre} {value}", path)
                yield Hit((*path[:-1], högre), {"ena": value, "andra": above}, (place,))


@predicate("orimlig-dag", gives=("värde",))
def beyond_reason(subject: Subject, fält: list[Field], år: int) -> Iterator[Hit]:
    """A day in one of ``fält`` is long before the act, or more than ``år`` years after the act in
    force and the decisions before it."""
    own = subject.document.path.stem if subject.document is not None else ""
    for name in fält:
        path = parse_path(name)
        found = value_at(subject.data, path)
        known = [
            day for day in subject.frozen if day != own and dates.exists(day) and day < str(found)
        ]
        if isinstance(found, str) and not dates.within_reason(found, år, known):
            yield Hit(path, {"värde": found})


@predicate("omöjlig-dag-i-text", gives=("dag",))
def impossible_day_in_text(subject: Subject, inte_i: Sequence[str] = ()) -> Iterator[Hit]:
    """A running text names a day that the calendar lacks. Fields called ``inte_i`` are passed
    over."""
    for path, text in texts(subject):
        missing = dates.missing(text)
        if missing and path[-1] not in inte_i:
            yield Hit(path, {"dag": missing[0]})


@predicate("inaktuellt-förslag", gives=("värde", "beslut"))
def stale_proposal(subject: Subject) -> Iterator[Hit]:
    """The files have changed since the latest decision, but their proposal is dated before it."""
    proposed = subject.revision.kommun.get("förslag", {}).get("datum")
    latest = max(filter(dates.exists, subject.frozen), default=None)
    if proposed is None or latest is None or proposed >= latest:
        return
    if _decided(subject) != subject.frozen[latest]["innehåll"]:
        yield Hit(("förslag", "datum"), {"värde": proposed, "beslut": latest})


def _decided(subject: Subject) -> Data:
    """What a decision of the files as they stand would hold."""

    def kept(data: Data) -> Data:
        return {key: value for key, value in data.items() if key not in NOT_DECIDED}

    revision = subject.revision
    content = {
        "kommun": kept(revision.kommun),
        "insatser": {i.id: kept(i.data) for i in revision.insatser},
    }
    analyses = {name: kept(data) for name, data in revision.riskanalyser.items()}
    return content | ({"riskanalyser": analyses} if analyses else {})
