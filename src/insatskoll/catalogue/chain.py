"""The chain that a municipality's decisions form, each verified against its own checksum and the
one it replaces."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from insatskoll.catalogue import decision_ids, records, standing
from insatskoll.catalogue.canonical import broken_link, checksum, checksums
from insatskoll.catalogue.model import Beslut, Handelse, Kommun
from insatskoll.values import immutable

if TYPE_CHECKING:
    from insatskoll.reading.schema_types import Beslutsuppgifter


@immutable
class Link:
    """A decision in the chain, and what is wrong with it, in words; nothing if it verifies."""

    beslut: Beslut
    problems: tuple[str, ...]

    @property
    def state(self) -> str:
        """The decision's state in words."""
        return ", ".join(self.problems) or "stämmer"


@immutable
class RecordLink:
    """A record in the chain of them, and what is wrong with it, in words; nothing if it
    verifies."""

    handelse: Handelse
    problems: tuple[str, ...]


def links(kommun: Kommun) -> tuple[Link, ...]:
    """The municipality's decisions in order, each verified against its own checksum and the
    decision it replaces."""
    there, lacking = seen(kommun), unrecorded(kommun)
    return tuple(
        Link(beslut, (*_problems(beslut, there[beslut.id]), *lacking.get(beslut.id, ())))
        for beslut in sorted(kommun.beslut, key=lambda one: one.order)
    )


def record_links(kommun: Kommun) -> tuple[RecordLink, ...]:
    """The municipality's records in order, each verified against its own checksum, the record
    before it, and the decision that it is about."""
    found: list[RecordLink] = []
    known = {beslut.id: beslut for beslut in kommun.beslut}
    stated = {beslut.id: beslut.data["beslut"] for beslut in kommun.beslut}
    before: Handelse | None = None
    for one in records.in_order(kommun.handelser):
        problems = list(_wrong_with(one, before))
        if one.about in known:
            problems += _wrong_decision(one, known[one.about], stated[one.about])
            stated[one.about] = standing.corrected(stated[one.about], [one.facts])
        elif one.about is not None:
            problems.append(f"beslutet {one.about} som den gäller saknas")
        found.append(RecordLink(one, tuple(problems)))
        before = one
    return tuple(found)


def _wrong_with(one: Handelse, before: Handelse | None) -> Iterator[str]:
    facts = one.facts
    if records.checksum(facts) != one.data["kontrollsumma"]:
        yield "ändrad sedan den skrevs"
    if not records.is_name(one.id, facts["slag"]):
        yield "filen heter inte som händelsen"
    named = facts.get("föregående")
    if named != (before.id if before else None):
        yield "en händelse före den saknas" if named else "säger inte vilken händelse den följer på"
    elif before and facts.get("föregående_kontrollsumma") != records.checksum(before.facts):
        yield f"händelsen {before.id} är ändrad"


def _wrong_decision(one: Handelse, beslut: Beslut, stated: Beslutsuppgifter) -> Iterator[str]:
    """What is wrong with the decision that a record is about, which until then has been corrected
    to what is ``stated``."""
    actual = beslut.revision.fryst or checksum(beslut.data["beslut"], beslut.data["innehåll"])
    if one.facts.get("beslut_kontrollsumma") != actual:
        yield f"beslutet {one.about} som den gäller är ändrat"
    if standing.miscorrects(stated, one.facts):
        yield f"rättar något annat än det som står i beslutet {one.about}"


def seen(kommun: Kommun) -> dict[str, dict[str, str | None]]:
    """For each decision, by id, those of :func:`checksums` that its link is about: itself, the one
    that it says it replaces, and the one that was right before it when it was frozen.

    One that was entered late came after the decision that was then the latest, whatever its day.
    """
    actual = checksums(kommun)
    place = {name: number for number, name in enumerate(actual)}
    named = {one.id: one.data["beslut"].get("ersätter") for one in kommun.beslut}
    late = {
        one.about: place.get(one.facts.get("efter", ""), len(place))
        for one in kommun.handelser
        if one.facts["slag"] == "infört"
    }
    found: dict[str, dict[str, str | None]] = {}
    in_time: str | None = None
    entered: list[str] = []
    for name in actual:
        known = [one for one in entered if late[one] < place[name]]
        before = max((*known[-1:], *filter(None, [in_time])), key=place.__getitem__, default=None)
        own = {one for one in (before, named.get(name), name) if one in actual}
        found[name] = {one: actual[one] for one in sorted(own, key=place.__getitem__)}
        if name in late:
            entered.append(name)
        else:
            in_time = name
    return found


def unrecorded(kommun: Kommun) -> dict[str, list[str]]:
    """The decisions, by id, with which something is wrong in the record that was the latest when
    they were frozen, and what, in words."""
    known = {one.id: records.checksum(one.facts) for one in kommun.handelser}
    found: dict[str, list[str]] = {}
    for beslut in kommun.beslut:
        facts = beslut.data["beslut"]
        if (named := facts.get("senaste_händelse")) is None:
            continue
        if named not in known:
            found[beslut.id] = [f"händelsen {named} saknas"]
        elif known[named] != facts.get("senaste_händelse_kontrollsumma"):
            found[beslut.id] = [f"händelsen {named} är ändrad"]
    return found


_BROKEN = {
    "ändrat": "det ersatta beslutet är ändrat",
    "saknas": "det ersatta beslutet saknas",
    "emellan": "ett beslut har kommit emellan",
    "obundet": "säger inte vilket beslut det ersätter, med kontrollsumma",
}


def _problems(beslut: Beslut, actual: Mapping[str, str | None]) -> Iterator[str]:
    data = beslut.data
    if actual[beslut.id] != data["kontrollsumma"]:
        yield "ändrat efter beslutet"
    if (broken := broken_link(beslut.id, data["beslut"], actual)) is not None:
        yield _BROKEN[broken]
    if data["beslut"].get("datum") != decision_ids.day(beslut.id):
        yield "filen heter inte som beslutets datum"
