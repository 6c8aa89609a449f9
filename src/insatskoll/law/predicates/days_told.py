"""A check on whether the texts of an insats say that it holds for other days than its fields."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from insatskoll.law.claims import days
from insatskoll.law.predicates.registry import Hit, Place, Subject, predicate
from insatskoll.law.predicates.text import texts
from insatskoll.reading.places import DataPath, part_at, value_at


@predicate("texten-säger-annan-dag", gives=("dag", "fältets", "gräns"))
def other_day(subject: Subject, brist: Literal["annan", "saknas"]) -> Iterator[Hit]:
    """A text says that the insats, or a part of it, holds until or from a day, and the field for
    that has another (``annan``), or there is none (``saknas``).

    The day from which it holds is never missed: it may be told of what has long been so.
    """
    for path, text in texts(subject):
        for told in days.told(text):
            place, stated = _field(subject, part_at(path), told.bound)
            if brist == "annan" and stated is not None and stated != told.day:
                related = (Place(f"Fältet säger {stated}", place),)
                yield Hit(path, _values(told, stated), related, words=told.words)
            elif brist == "saknas" and stated is None and told.bound == "gäller_till":
                yield Hit(path, _values(told, ""), words=told.words)


def _field(subject: Subject, part: DataPath, bound: str) -> tuple[DataPath, str | None]:
    """Where the day stands that a text in a ``part`` is about, and what it is: that of the part, or
    else of the whole."""
    own = (*part, bound)
    stated = value_at(subject.data, own)
    if stated is None and part:
        own = (bound,)
        stated = value_at(subject.data, own)
    return own, stated


def _values(told: days.ToldDay, stated: str) -> dict[str, str]:
    word = "till" if told.bound == "gäller_till" else "från"
    return {"dag": told.day, "fältets": stated, "gräns": f"{word} och med"}
