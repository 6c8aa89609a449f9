"""The chain that a municipality's decisions form, each verified against its own checksum and the
one it replaces."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from insatskoll.catalogue import decision_ids, records, standing
from insatskoll.catalogue.canonical import broken_link, checksum, checksums
from insatskoll.catalogue.model import Beslut, Handelse, Kommun


@dataclass(frozen=True)
class Link:
    """A decision in the chain, and what is wrong with it, in words; nothing if it verifies."""

    beslut: Beslut
    problems: tuple[str, ...]

    @property
    def state(self) -> str:
        """The decision's state in words."""
        return ", ".join(self.problems) or "stämmer"


@dataclass(frozen=True)
class RecordLink:
    """A record in the chain of them, and what is wrong with it, in words; nothing if it
    verifies."""

    handelse: Handelse
    problems: tuple[str, ...]


def links(kommun: Kommun) -> tuple[Link, ...]:
    """The municipality's decisions in order of date, each verified against its own checksum and the
    decision it replaces."""
    actual = checksums(kommun)
    return tuple(
        Link(
            beslut,
            (*_problems(beslut, seen_by(beslut, actual, kommun)), *unrecorded(beslut, kommun)),
        )
        for beslut in sorted(kommun.beslut, key=lambda b: decision_ids.order(b.id))
    )


def record_links(kommun: Kommun) -> tuple[RecordLink, ...]:
    """The municipality's records in order, each verified against its own checksum, the record
    before it, and the decision that it is about."""
    found: list[RecordLink] = []
    before: Handelse | None = None
    for one in records.in_order(kommun.handelser):
        found.append(RecordLink(one, tuple(_wrong_with(one, before, kommun))))
        before = one
    return tuple(found)


def _wrong_with(one: Handelse, before: Handelse | None, kommun: Kommun) -> Iterator[str]:
    facts = one.facts
    if records.checksum(facts) != one.data["kontrollsumma"]:
        yield "ändrad sedan den skrevs"
    if not one.id[:3].isdigit() or one.id[3:] != f"-{facts['slag']}":
        yield "filen heter inte som händelsen"
    named = facts.get("föregående")
    if named != (before.id if before else None):
        yield "en händelse före den saknas" if named else "säger inte vilken händelse den följer på"
    elif before and facts.get("föregående_kontrollsumma") != records.checksum(before.facts):
        yield f"händelsen {before.id} är ändrad"
    if one.about is not None:
        yield from _wrong_decision(one, kommun)


def _wrong_decision(one: Handelse, kommun: Kommun) -> Iterator[str]:
    beslut = next((beslut for beslut in kommun.beslut if beslut.id == one.about), None)
    if beslut is None:
        yield f"beslutet {one.about} som den gäller saknas"
        return
    data = beslut.data
    if one.facts.get("beslut_kontrollsumma") != checksum(data["beslut"], data["innehåll"]):
        yield f"beslutet {one.about} som den gäller är ändrat"
    earlier = [
        other.facts
        for other in records.in_order(kommun.handelser)
        if other.about == one.about and other.id <= one.id
    ]
    if standing.miscorrected(data["beslut"], earlier):
        yield f"rättar något annat än det som står i beslutet {one.about}"


def seen_by(
    beslut: Beslut, actual: Mapping[str, str | None], kommun: Kommun
) -> Mapping[str, str | None]:
    """Of the decisions ``actual`` those that were in the catalogue when ``beslut`` was frozen: one
    that was entered late comes after the decision that was then the latest, whatever its day."""
    late = {
        one.about: one.facts.get("efter", "")
        for one in kommun.handelser
        if one.facts["slag"] == "infört"
    }
    own = decision_ids.order(beslut.id)
    return {
        name: summa
        for name, summa in actual.items()
        if name not in late or decision_ids.order(late[name]) < own or name == beslut.id
    }


def unrecorded(beslut: Beslut, kommun: Kommun) -> Iterator[str]:
    """What is wrong with the record that was the latest when ``beslut`` was frozen."""
    facts = beslut.data["beslut"]
    if (named := facts.get("senaste_händelse")) is None:
        return
    known = {one.id: records.checksum(one.facts) for one in kommun.handelser}
    if named not in known:
        yield f"händelsen {named} saknas"
    elif known[named] != facts.get("senaste_händelse_kontrollsumma"):
        yield f"händelsen {named} är ändrad"


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
