"""What a decision's file is called: its day, and for one more on the same day the number of its
paragraph too (2025-10-20, 2025-10-20-13)."""

from __future__ import annotations

from collections.abc import Container

from insatskoll.patterns import later

# Where a decision comes among others: its day, its paragraph, and the number in its file's name.
Place = tuple[str, int, int]

_ID = later(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:-([1-9][0-9]{0,4}))?")
_NUMBER = later(r"[0-9]{1,5}")


def is_id(text: str) -> bool:
    """Whether a decision can be called ``text``."""
    return _ID.fullmatch(text) is not None


def day(beslut_id: str) -> str:
    """The day (ÅÅÅÅ-MM-DD) of the decision called ``beslut_id``; all of it where it has none."""
    found = _ID.fullmatch(beslut_id)
    return found[1] if found else beslut_id


def order(beslut_id: str) -> tuple[str, int]:
    """A sort key: by day, and on a day by paragraph."""
    found = _ID.fullmatch(beslut_id)
    return (found[1], int(found[2] or 0)) if found else (beslut_id, 0)


def place(datum: str, paragraf: str, of_id: int = 0) -> Place:
    """Where a decision of a day and a paragraph comes; ``of_id`` is the number in its file's
    name."""
    return datum, number(paragraf) or of_id, of_id


def number(paragraf: str) -> int | None:
    """The number of a paragraph: 12 in ”§ 12”, None in one without."""
    found = _NUMBER.search(paragraf)
    return int(found[0]) if found else None


def new(datum: str, paragraf: str, taken: Container[str]) -> str:
    """What a decision is to be called among those ``taken``: one that is alone on its day has that
    alone."""
    if datum not in taken:
        return datum
    return f"{datum}-{number(paragraf) or 1}"
