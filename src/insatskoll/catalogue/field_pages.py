"""The fields of the files that people write, for whoever looks one up: what each is for, and what
can be written there."""

from __future__ import annotations

from collections.abc import Iterator

from insatskoll.lines import Line, line
from insatskoll.meant import Choices
from insatskoll.reading import samples
from insatskoll.reading.samples import Place

FILES = {
    "insats": "en insats fil",
    "kommun": "kommun.yaml",
    "profil": "profil.yaml",
    "godtagna": "godtagna.yaml",
    "riskanalys": "en riskanalys fil",
}
_DEPTH = 3  # groups within each other that are looked through
Found = tuple[str, tuple[str, ...], Place]


def page(wanted: str) -> list[Line]:
    """Everything about the fields called ``wanted``, or about all fields of the kind of file that
    is; empty if there are none."""
    name = wanted.casefold().replace(" ", "_")
    whole = samples.place(name, ()) if name in FILES else None
    if whole is not None:
        return [line(f"Fälten i {FILES[name]}", style="bold"), *_listed(whole)]
    same: dict[str, Found] = {}  # what is shared between files is told of the first
    for found in _called(name):
        same.setdefault(found[2].pointer, found)
    return [one for found in same.values() for one in _field(found)][:-1]


def nearest(wanted: str) -> str | None:
    """The field that was most likely meant by a word that no field is called."""
    outermost = (name for kind in FILES for name in samples.order(kind, ()))
    anywhere = sorted({name for kind in FILES for name in samples.names(kind)})
    found = Choices(dict.fromkeys(outermost)).meant(wanted)
    return found or Choices(anywhere).sure(wanted)


def _called(name: str) -> Iterator[Found]:
    """The fields with a name, the outermost of each kind of file first."""
    for kind in FILES:
        whole = samples.place(kind, ())
        level: list[tuple[tuple[str, ...], Place]] = [((), whole)] if whole is not None else []
        for _ in range(_DEPTH):
            inner = [((*way, field), place.at(field)) for way, place in level
                     for field in place.group.get("properties", {})]  # fmt: skip
            yield from ((kind, way, place) for way, place in inner if way[-1] == name)
            level = [(way, _each(place)) for way, place in inner]


def _each(place: Place) -> Place:
    """What stands at a place, or what each in the list there is."""
    return place.at(0) if place.is_list and not place.group else place


def _field(found: Found) -> Iterator[Line]:
    kind, way, place = found
    yield line((".".join(way), "bold"), f"  i {FILES[kind]}")
    if told := place.node.get("description"):
        yield line(told, indent=2)
    if words := samples.words(kind, way):
        yield line("Det här går att skriva:", indent=2)
        yield from (line(word, indent=4) for word in words)
    if _each(place).group:
        yield line("Fälten i den:", indent=2)
        yield from _listed(_each(place))
    yield line()


def _listed(place: Place) -> Iterator[Line]:
    """The fields of a group, each with what it is for."""
    for name, field in place.group.get("properties", {}).items():
        if not field.get("deprecated"):
            yield line((name, "bold"), f"  {field.get('description', '')}", indent=4)
