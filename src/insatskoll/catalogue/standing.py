"""What stands of the decisions: their facts as corrected, and what is in force when a court has
annulled one of them, wholly or in part.

The frozen files stay as they are; this is how they are read together with the records of what has
happened to them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from insatskoll.catalogue import records
from insatskoll.catalogue.canonical import checksum
from insatskoll.catalogue.model import Beslut, Handelse, Revision, make_revision

if TYPE_CHECKING:
    from insatskoll.reading.schema_types import Beslutsuppgifter, Handelseuppgifter


def marked(beslut: Sequence[Beslut], handelser: Sequence[Handelse]) -> tuple[Beslut, ...]:
    """The decisions in order, each with the records about it and with its facts as corrected. The
    checksum stays that of the file."""
    by_decision: dict[str | None, list[Handelseuppgifter]] = {}
    for one in records.in_order(handelser):
        by_decision.setdefault(one.about, []).append(one.facts)
    found = [_marked(one, by_decision.get(one.id, ())) for one in beslut]
    return tuple(sorted(found, key=lambda one: one.order))


def _marked(beslut: Beslut, about: Sequence[Handelseuppgifter]) -> Beslut:
    if not about:
        return beslut
    data = beslut.data
    revision = replace(
        beslut.revision,
        beslut=corrected(data["beslut"], about),
        fryst=checksum(data["beslut"], data["innehåll"]),
        handelser=tuple(about),
    )
    return replace(beslut, revision=revision)


def corrected(facts: Beslutsuppgifter, about: Sequence[Handelseuppgifter]) -> Beslutsuppgifter:
    """The facts of a decision with the corrections among the records ``about`` it made."""
    found = cast("dict[str, object]", {**facts})
    for record in about:
        found |= {name: change["till"] for name, change in _changes(record)}
    return cast("Beslutsuppgifter", found)


def miscorrects(facts: Beslutsuppgifter, record: Handelseuppgifter) -> bool:
    """Whether a correction says that one of the ``facts`` was something else than it is."""
    had = cast("Mapping[str, object]", facts)
    return any(had.get(name) != change["från"] for name, change in _changes(record))


def _changes(record: Handelseuppgifter) -> Iterator[tuple[str, dict[str, str]]]:
    yield from cast("dict[str, dict[str, str]]", record.get("rättat", {})).items()


def in_force(beslut: Sequence[Beslut], day: str | None = None) -> Revision | None:
    """What is in force when all that is recorded about the decisions is: the content of the latest
    that has not been annulled, and in the part where that has been, of the one before. ``day`` is
    as in :func:`standing`."""
    return next(iter(reversed(standing(beslut, day))), None)


def standing(beslut: Sequence[Beslut], day: str | None = None) -> list[Revision]:
    """What came into force with each of the decisions, in order: those annulled wholly left out,
    and those annulled in part with what they then did not change. With a ``day`` (ÅÅÅÅ-MM-DD) only
    judgements that have legal force by then count."""
    found: list[Revision] = []
    for one in sorted(beslut, key=lambda one: one.order):
        revision = replace(one.revision, asked=day) if one.revision.handelser else one.revision
        if not revision.is_annulled:
            parts = revision.annulled_parts
            found.append(_without(revision, parts, found[-1:]) if parts else revision)
    return found


def _without(revision: Revision, parts: frozenset[str], earlier: Sequence[Revision]) -> Revision:
    """``revision`` where the insatser ``parts`` are as in the one before; new ones are not
    there."""
    kept = [insats for insats in revision.insatser if insats.id not in parts]
    kept += [insats for one in earlier for insats in one.insatser if insats.id in parts]
    made = make_revision(
        revision.kommun_id, revision.kommun, kept, revision.beslut, revision.riskanalyser
    )
    return replace(
        made, handelser=revision.handelser, asked=revision.asked, beslut_id=revision.beslut_id
    )
