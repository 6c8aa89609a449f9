"""Sentences about what is in force on a day, for what is shown, printed and compared."""

from __future__ import annotations

from collections.abc import Iterator

from insatskoll.bilaga import phrases
from insatskoll.catalogue import in_force
from insatskoll.catalogue.in_force import InForce
from insatskoll.catalogue.model import Insats, Revision


def nothing(found: InForce, kommun: str) -> str:
    """That nothing is in force on the day, and what first is."""
    said = f"{kommun}: inget beslut gäller den {phrases.datum(found.day)}."
    if found.first is None:
        none = "Alla kommunens beslut är upphävda" if found.decided else "Kommunen har inga beslut"
        return f"{said} {none}."
    since = phrases.datum(in_force.since(found.first))
    return f"{said} Det första som gäller är {found.first.beteckning}, från den {since}."


def told(found: InForce) -> Iterator[str]:
    """What is in force on the day, and what has been decided by then but is to come into force
    later."""
    if found.revision is not None:
        since = phrases.datum(in_force.since(found.revision))
        day = phrases.datum(found.day)
        yield f"Den {day} gäller {found.revision.beteckning}, sedan den {since}."
    for one in found.coming:
        since = phrases.datum(in_force.since(one))
        yield f"{phrases.versal(one.beteckning)} gäller först från den {since}."


def outside(insatser: tuple[Insats, ...]) -> Iterator[str]:
    """Why each of ``insatser``, which do not hold on the day, does not."""
    for insats in insatser:
        why = phrases.giltighet(insats.data) or "ingen av delarna gäller den dagen"
        yield f"{insats.namn}: {why}"


def put_off(revision: Revision, until: Revision | None) -> str:
    """That a decision is not yet in force, and what is until then."""
    since = phrases.datum(in_force.since(revision))
    said = f"{phrases.versal(revision.beteckning)} gäller först från den {since}."
    return f"{said} Till dess gäller {until.beteckning}." if until is not None else said
