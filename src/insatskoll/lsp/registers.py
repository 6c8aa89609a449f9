"""What the fields refer to by name: units, sections, insatser, concepts, provisions and rules.

That is for completion, hover, definitions, references and renaming.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from insatskoll import resources
from insatskoll.catalogue import loading
from insatskoll.catalogue.referring import (
    CONCEPT,
    INSATS,
    PROVISION,
    RULE,
    SECTION,
    UNIT,
    Fields,
    fields_of,
    of,
)
from insatskoll.law import provisions
from insatskoll.lsp import files
from insatskoll.lsp.kommuner import Held, Named
from insatskoll.reading import accepted
from insatskoll.reading.document import Document, iter_paths
from insatskoll.reading.places import DataPath, value_at
from insatskoll.values import immutable

OWN = (UNIT, SECTION, INSATS)  # those that the municipality names itself

_NAMES: Mapping[Fields, str] = {
    ("kommun", "enheter", "id"): UNIT,
    ("kommun", "avdelningar", "id"): SECTION,
}


@immutable
class Use:
    """A place in a file that refers to something, or with ``names`` gives it its name."""

    register: str
    id: str
    document: Document
    path: DataPath
    names: bool = False


@immutable
class Place:
    """A place in a file: from one character to another in its text."""

    document: Document
    start: int
    end: int


def named_at(kind: str, fields: Fields) -> str | None:
    """What a field gives a name to, if anything."""
    return _NAMES.get((kind, *fields))


def entries(held: Held, register: str) -> list[Named]:
    """All that can be referred to in a register, in the order that it has."""
    if register in (UNIT, SECTION):
        return _own(held, "enheter" if register == UNIT else "avdelningar")
    if register == INSATS:
        return [
            Named(one.path.stem, str(value_at(one.data, ("namn",)) or one.path.stem))
            for one in held.documents()
            if one.path.parent.name == "insatser"
        ]
    if register == CONCEPT:
        if not held.concepts:
            held.concepts.update({one.id: one for one in _concepts(held.catalogue)})
        return list(held.concepts.values())
    if register == PROVISION:
        return [Named(one.id, one.law, one.gist) for one in held.ruleset.lagrum.values()]
    return [
        Named(rule.id, rule.namn, rule.data["förklaring"].strip())
        for rule in held.ruleset.rules.values()
    ]


def _own(held: Held, field: str) -> list[Named]:
    common = held.document(held.folder / "kommun.yaml")
    listed = value_at(common.data, (field,)) if common is not None else None
    return [
        Named(one["id"], str(one.get("namn", "")), str(one.get("rubrik", one.get("grupp", ""))))
        for one in (listed if isinstance(listed, list) else ())
        if isinstance(one, dict) and isinstance(one.get("id"), str)
    ]


def _concepts(catalogue: Path) -> list[Named]:
    found: dict[str, Named] = {}
    for path in _begrepp_files(catalogue):
        loaded = loading.load_document(path, "begrepp")
        if isinstance(loaded, Document):
            for name, data in accepted.begrepp(loaded)["begrepp"].items():
                found[name] = Named(name, data["namn"], data["beskrivning"].strip())
    return list(found.values())


def _begrepp_files(catalogue: Path) -> list[Path]:
    folders = dict.fromkeys((resources.CATALOGUE, catalogue))
    return [path for one in folders for path in sorted((one / "begrepp").glob("*.yaml"))]


def find(held: Held, register: str, wanted: object) -> Named | None:
    """What an id means. A provision may be written in other ways than as it is known."""
    if not isinstance(wanted, str):
        return None
    if register == PROVISION:
        try:
            one = provisions.find(wanted[:100], held.ruleset.lagrum)
        except provisions.UnknownProvision:
            return None
        return Named(one.id, one.law, one.gist)
    if register == RULE:
        rule = held.ruleset.known(wanted)
        if rule is None:
            return None
        return Named(rule.id, rule.namn, rule.data["förklaring"].strip())
    return next((one for one in entries(held, register) if one.id == wanted), None)


def uses(held: Held) -> Iterator[Use]:
    """Every place in the municipality's files that refers to something or names it."""
    for document in held.documents():
        kind = files.kind_of(document.path) or ""
        if kind == "insats":
            yield Use(INSATS, document.path.stem, document, ("namn",), names=True)
        for path, value in iter_paths(document.data):
            if not isinstance(value, str):
                continue
            fields = fields_of(path)
            register, own = of(kind, fields), named_at(kind, fields)
            if register is not None or own is not None:
                yield Use(register or own or "", value, document, path, names=own is not None)


def use_at(held: Held, document: Document, index: int) -> Use | None:
    """What the character ``index`` of a file refers to or names."""
    spot = document.at(index)
    kind = files.kind_of(document.path) or ""
    fields, value = fields_of(spot.path), value_at(document.data, spot.path)
    if kind == "insats" and fields == ("namn",):
        return Use(INSATS, document.path.stem, document, spot.path, names=True)
    register, own = of(kind, fields), named_at(kind, fields)
    if not isinstance(value, str) or (register is None and own is None):
        return None
    return Use(register or own or "", value, document, spot.path, names=own is not None)


def defined_at(held: Held, register: str, wanted: str) -> Place | None:
    """Where what an id means is told, in whatever file that is."""
    if register in OWN:
        found = (u for u in uses(held) if u.names and (u.register, u.id) == (register, wanted))
        return next((place_of(use) for use in found), None)
    if register == CONCEPT:
        for path in reversed(_begrepp_files(held.catalogue)):
            if place := _at(path, "begrepp", lambda _: ("begrepp", wanted), key=True):
                return place
    if register == PROVISION and (one := find(held, register, wanted)):
        for path in sorted(
            path
            for folder in dict.fromkeys((resources.CATALOGUE, held.catalogue))
            for path in (folder / "lagrum").glob("*.yaml")
        ):
            if place := _at(path, "lagrum", lambda data: _provision(data, one.id)):
                return place
    rule = held.ruleset.known(wanted) if register == RULE else None
    return _at(rule.path, "regel", lambda _: ("id",)) if rule is not None else None


def _provision(data: object, wanted: str) -> DataPath:
    listed = value_at(data, ("bestämmelser",))
    told = [one.get("lagrum") for one in listed] if isinstance(listed, list) else []
    return ("bestämmelser", told.index(wanted), "lagrum") if wanted in told else ("", "")


def _at(path: Path, kind: str, where: object, *, key: bool = False) -> Place | None:
    """The place in a file that ``where`` gives the way to, if it is there."""
    loaded = loading.load_document(path, kind)
    if not isinstance(loaded, Document):
        return None
    assert callable(where)
    try:
        way = where(loaded.data)
        start, end = loaded.key(way) if key else loaded.extent(way)
    except KeyError:
        return None
    return Place(loaded, start, end)


def place_of(use: Use) -> Place:
    """Where something is referred to or named."""
    return Place(use.document, *use.document.extent(use.path))
