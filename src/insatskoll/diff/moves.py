"""What has only moved between an insats and its parts: it says what it said, in another place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from insatskoll.diff.facts import Fact, FactPath, Item
from insatskoll.diff.known import Known

if TYPE_CHECKING:
    from insatskoll.reading.schema_types import InsatsData


def where_to(fact: Fact, known: Known) -> str:
    """Where to something has moved that this fact about the whole insats, or about one of its
    parts, is of.

    It has if the whole said it on one side only, and on the other all of the parts do; otherwise
    nothing is returned.
    """
    if fact.subject.kind != "insats" or fact.kind not in ("added", "removed"):
        return ""
    if not (of := _whose(fact.path)):
        return ""
    into = (fact.kind == "removed") == (of == "insats")
    before, after = (known.insats(fact.subject, side) for side in (0, 1))
    whole, parted = (before, after) if into else (after, before)
    if whole is None or parted is None:
        return ""
    parts = parted.get("delar", ())
    if not parts or not all(_says(part, fact) for part in parts):
        return ""
    if not _says(whole, fact) or _says_else(parted, whole, fact):
        return ""  # what was said is no longer said of all of it, or was not
    return "i delarna" if into else "för hela insatsen"


def _whose(path: FactPath) -> str:
    """Whether a field, or a condition, is the whole insats's or that of a part; nothing if it is
    neither."""
    own = path
    if len(path) > 1 and isinstance(path[-1], Item) and path[-2] == "villkor":
        own = path[:-1]
    if len(own) == 1 and isinstance(own[0], str):
        return "insats"
    return "del" if len(own) == 3 and own[0] == "delar" and isinstance(own[2], str) else ""


def _says(data: Mapping[str, object], fact: Fact) -> bool:
    """Whether an insats or a part says what the fact tells of that has come or gone."""
    said, stated = fact.before if fact.kind == "removed" else fact.after, data.get(fact.field)
    if not isinstance(fact.path[-1], Item):
        return bool(stated == said)
    return isinstance(stated, list) and said in stated


def _says_else(parted: InsatsData, whole: InsatsData, fact: Fact) -> bool:
    """Whether the insats with the parts still says it, or anything else in its place, of them
    all."""
    if not isinstance(fact.path[-1], Item):
        return fact.field in parted
    return _says(parted, fact) or any(
        item not in whole["villkor"] for item in parted.get("villkor", ())
    )
