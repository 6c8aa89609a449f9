"""Checks that one thing in the catalogue agrees with another: references, names, checksums."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal

from insatskoll.catalogue.canonical import before, broken_link, checksum
from insatskoll.catalogue.referring import offered
from insatskoll.law.predicates.parameters import Field, InsatsField, Register
from insatskoll.law.predicates.registry import Hit, Subject, predicate
from insatskoll.meant import Choices
from insatskoll.reading import accepted
from insatskoll.reading.places import DataPath

if TYPE_CHECKING:
    from insatskoll.reading.schema_types import Avdelning, Enhet, KommunData


@predicate("okänd-referens", gives=("referens", "finns"))
def unknown_reference(subject: Subject, fält: list[Field], register: Register) -> Iterator[Hit]:
    """A field names something that the register (``enheter``, ``avdelningar``, ``insatser`` or
    ``begrepp``) does not hold.

    A field ending in ``[]`` is a list of names; one with ``[].x`` a list of groups with the field
    ``x``.
    """
    known = subject.registers.get(register) or frozenset(
        entry["id"] for entry in _own(subject.revision.kommun, register)
    )
    for path, value in (found for name in fält for found in values_at(subject.data, name)):
        if value not in known:
            yield Hit(path, {"referens": value, "finns": offered(value, _choices(known))})


def _own(kommun: KommunData, register: Register) -> Sequence[Avdelning | Enhet]:
    """What the municipality itself has in a register; nothing in those that are others'."""
    if register == "avdelningar":
        return kommun["avdelningar"]
    return kommun.get("enheter", ()) if register == "enheter" else ()


@lru_cache(maxsize=8)
def _choices(known: frozenset[str]) -> Choices:
    """A register to choose from, made ready once for all that refers to it."""
    return Choices(sorted(known))


def values_at(data: object, field_path: str) -> list[tuple[DataPath, Any]]:
    """The values at ``field_path``, where ``[]`` stands for each item of a list."""
    found: list[tuple[DataPath, object]] = [((), data)]
    for name, is_list in _steps(field_path):
        inner: list[tuple[DataPath, object]] = []
        for path, value in found:
            if not isinstance(value, dict) or name not in value:
                continue
            if is_list:
                inner += [((*path, name, i), item) for i, item in enumerate(value[name])]
            else:
                inner.append(((*path, name), value[name]))
        if not inner:
            return inner
        found = inner
    return found


@lru_cache(maxsize=1024)
def _steps(field_path: str) -> tuple[tuple[str, bool], ...]:
    """The names on the way, each with whether each item of its list is meant."""
    segments = field_path.split(".")
    return tuple((segment.removesuffix("[]"), segment.endswith("[]")) for segment in segments)


@predicate("beslutskedja", scopes=("beslut",), gives=("ersatt", "verklig", "före"))
def replaced_broken(
    subject: Subject,
    brist: Literal["ändrat självt", "saknas", "ändrat", "emellan", "obundet"],
    plats: Literal["ersätter", "ersätter_kontrollsumma"] = "ersätter",
) -> Iterator[Hit]:
    """What is wrong with the frozen decision, with the one that it replaces, or with the way that
    it is named.

    ``brist`` is ``ändrat självt`` if its checksum is not that of its content. Of the one replaced
    it is ``saknas`` if that is gone, ``ändrat`` if it is not what it was, and ``emellan`` if
    another lies between the two; ``obundet`` tells that there is a decision before and that this
    one does not name it by its checksum.
    """
    if brist == "ändrat självt":
        yield from _changed(subject)
        return
    beslut, own = (
        subject.as_beslut["beslut"],
        subject.document.path.stem if subject.document is not None else "",
    )
    if broken_link(own, beslut, subject.decided) == brist:
        replaced, earlier = (
            beslut.get("ersätter", "utan datum"),
            before(own, subject.decided),
        )
        place = ("beslut", plats) if plats in beslut else ("beslut",)
        yield Hit(
            place, {"ersatt": replaced, "verklig": subject.decided.get(replaced), "före": earlier}
        )


def _changed(subject: Subject) -> Iterator[Hit]:
    """The frozen decision's checksum is not that of its content."""
    written = subject.as_beslut if subject.document is None else accepted.beslut(subject.document)
    if (actual := checksum(written["beslut"], written["innehåll"])) != written["kontrollsumma"]:
        yield Hit(("kontrollsumma",), {"verklig": actual})


@predicate("nämns-ingenstans", whole=True, scopes=("kommun", "insats", "del"), gives=("post",))
def not_referred_to(
    subject: Subject,
    register: Literal["enheter", "avdelningar", "riskanalyser"],
    fält: Sequence[InsatsField] = (),
) -> Iterator[Hit]:
    """An entry of the municipality's ``register`` (``enheter``, ``avdelningar``) that no insats
    refers to in ``fält``; or, with ``riskanalyser``, an insats that no risk analysis is about,
    though others are."""
    if register == "riskanalyser":
        known = subject.registers.get(register)
        if known and subject.insats is not None and subject.insats.id not in known:
            yield Hit(("namn",), {"post": subject.insats.namn})
    if register == "riskanalyser" or subject.insats is not None:
        return
    used = {
        value
        for insats in subject.revision.insatser
        for name in fält
        for _, value in values_at(insats.data, name)
    }
    for index, entry in enumerate(subject.revision.kommun.get(register, ())):
        if entry["id"] not in used:
            yield Hit((register, index), {"post": entry["namn"]})
