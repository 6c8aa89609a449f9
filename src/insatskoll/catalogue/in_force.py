"""What is in force on a day: which of a municipality's decisions, and which of its insatser.

A decision is in force from its own day, or from the later one that the bilaga says, until another
that was decided later is. What a court has annulled is not, from the day when the judgement has
legal force. Within a decision an insats, or a
part of one, may hold from or until a day of its own. No clock is asked: the day is always given.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import cast

from insatskoll.catalogue import standing
from insatskoll.catalogue.model import Insats, Kommun, Revision
from insatskoll.errors import UsageError
from insatskoll.values import immutable


@immutable
class InForce:
    """What is in force on ``day`` (ÅÅÅÅ-MM-DD): a ``revision``, whole as it was decided, or None;
    and in ``coming`` what had then been decided and was to come into force later, in that order.
    ``first`` is the first revision that comes into force at all, None if there is none, and
    ``decided`` tells whether there are any decisions, standing or not."""

    day: str
    revision: Revision | None
    coming: tuple[Revision, ...] = ()
    first: Revision | None = None
    decided: bool = False


def revision_of(kommun: Kommun, wanted: str | None = None) -> Revision:
    """The revision that a decision's id means, or else the files as they are now, which must be
    usable. Raises :class:`UsageError`."""
    assert kommun.revision is not None
    decided = {beslut.id: beslut.revision for beslut in kommun.beslut}
    if wanted is None:
        return kommun.revision
    if wanted not in decided:
        known = f" Beslut finns från {', '.join(decided)}." if decided else ""
        raise UsageError(f"{kommun.id} har inget beslut {wanted}.{known}")
    return decided[wanted]


def since(revision: Revision) -> str:
    """The first day (ÅÅÅÅ-MM-DD) on which a decided revision is in force; empty if it has none."""
    return max(revision.datum or "", revision.kommun["bilaga"].get("gäller_från", ""))


def is_put_off(revision: Revision) -> bool:
    """Whether a decision comes into force later than it was made."""
    return revision.beslut is not None and since(revision) > (revision.datum or "")


def on(kommun: Kommun, day: str) -> InForce:
    """What of the decisions of ``kommun`` is in force on ``day``: the one that was decided last of
    those that have come into force by then."""
    decided = standing.standing(kommun.beslut, day)
    then = [one for one in decided if (one.datum or "") <= day]
    held = [one for one in then if since(one) <= day]
    coming = sorted((one for one in then[_place(then, held) :]), key=since)
    first = min(decided, key=since, default=None)
    return InForce(day, held[-1] if held else None, tuple(coming), first, bool(kommun.beslut))


def _place(then: Sequence[Revision], held: Sequence[Revision]) -> int:
    """Where among those decided by ``then`` those begin that were decided after the one in
    force."""
    return then.index(held[-1]) + 1 if held else 0


def holds(data: Mapping[str, object], day: str) -> bool:
    """Whether what has the fields ``gäller_från`` and ``gäller_till``, or lacks them, holds on
    ``day``."""
    first, last = (cast("str | None", data.get(f"gäller_{word}")) for word in ("från", "till"))
    return (first is None or first <= day) and (last is None or day <= last)


def holding(revision: Revision, day: str) -> Revision:
    """``revision`` with only the insatser, and of each only the parts, that hold on ``day``."""
    kept = (_holding(insats, day) for insats in revision.insatser)
    return replace(revision, insatser=tuple(insats for insats in kept if insats is not None))


def outside(revision: Revision, day: str) -> tuple[Insats, ...]:
    """The insatser of ``revision`` that do not hold on ``day``."""
    return tuple(insats for insats in revision.insatser if _holding(insats, day) is None)


def _holding(insats: Insats, day: str) -> Insats | None:
    """What of an insats holds on ``day``; None for nothing."""
    if not holds(insats.data, day):
        return None
    if "delar" not in insats.data:
        return insats
    parts = [part for part in insats.data["delar"] if holds(part, day)]
    if len(parts) == len(insats.data["delar"]):
        return insats
    return replace(insats, data={**insats.data, "delar": parts}) if parts else None
