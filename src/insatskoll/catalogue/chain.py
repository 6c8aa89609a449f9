"""The chain that a municipality's decisions form, each verified against its own checksum and the
one it replaces."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from insatskoll.catalogue.canonical import broken_link, checksums
from insatskoll.catalogue.model import Beslut, Kommun


@dataclass(frozen=True)
class Link:
    """A decision in the chain, and what is wrong with it, in words; nothing if it verifies."""

    beslut: Beslut
    problems: tuple[str, ...]

    @property
    def state(self) -> str:
        """The decision's state in words."""
        return ", ".join(self.problems) or "stämmer"


def links(kommun: Kommun) -> tuple[Link, ...]:
    """The municipality's decisions in order of date, each verified against its own checksum and the
    decision it replaces."""
    actual = checksums(kommun)
    return tuple(
        Link(beslut, tuple(_problems(beslut, actual)))
        for beslut in sorted(kommun.beslut, key=lambda b: b.id)
    )


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
    if data["beslut"].get("datum") != beslut.id:
        yield "filen heter inte som beslutets datum"
