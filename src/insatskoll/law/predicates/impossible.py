"""Checks on what cannot be: an id used twice, a span that ends before it begins."""

from __future__ import annotations

from collections.abc import Iterator

from insatskoll.law.predicates.parameters import Field
from insatskoll.law.predicates.references import values_at
from insatskoll.law.predicates.registry import Hit, Place, Subject, predicate
from insatskoll.law.predicates.text import places
from insatskoll.reading.places import DataPath, value_at


@predicate("dubblett", gives=("dubblett",))
def used_twice(subject: Subject, fält: list[Field]) -> Iterator[Hit]:
    """A value in one of ``fält`` (as in ``okänd-referens``) stands in it twice. Gives one hit for
    each after the first."""
    for name in fält:
        first: dict[object, DataPath] = {}
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
