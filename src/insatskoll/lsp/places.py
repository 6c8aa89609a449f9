"""From a reference to what it means, and from that to all that refers to it."""

from __future__ import annotations

from collections.abc import Iterator

from lsprotocol import types

from insatskoll.catalogue import referring
from insatskoll.lsp import files, registers
from insatskoll.lsp.kommuner import Held, Kommuner
from insatskoll.lsp.registers import Place
from insatskoll.lsp.texts import Text
from insatskoll.reading.document import Document
from insatskoll.reading.places import DataPath, value_at

MOST = 200  # that anybody looks through
_LISTS = {"avdelningar": "namn", "enheter": "namn", "delar": "namn", "riktlinjer": "rubrik"}


def location(place: Place, encoding: str) -> types.Location:
    """A place as the editor goes to it."""
    text = Text(place.document.text, encoding)
    return types.Location(files.uri_of(place.document.path), text.range(place.start, place.end))


def definition(held: Held, document: Document, index: int, encoding: str) -> types.Location | None:
    """Where that is told which the character ``index`` of a file refers to."""
    use = registers.use_at(held, document, index)
    place = registers.defined_at(held, use.register, use.id) if use is not None else None
    return location(place, encoding) if place is not None else None


def references(
    held: Held, document: Document, index: int, encoding: str, *, named: bool
) -> list[types.Location]:
    """All places in the municipality's files that refer to what the character ``index`` of a file
    refers to; with ``named`` also where it gets its name."""
    use = registers.use_at(held, document, index)
    if use is None:
        return []
    found = [
        other
        for other in registers.uses(held)
        if (other.register, other.id) == (use.register, use.id) and (named or not other.names)
    ]
    return [location(registers.place_of(one), encoding) for one in found]


def outline(document: Document, encoding: str) -> list[types.DocumentSymbol]:
    """The fields of a file, and within them the sections, units and parts by their names."""
    text, data = Text(document.text, encoding), document.data
    if not isinstance(data, dict):
        return []
    listed = []
    for name in data:
        children = list(_children(document, text, name))
        kind = types.SymbolKind.Array if children else types.SymbolKind.Field
        listed.append(_symbol(document, text, (name,), name, kind, children))
    return listed


def _children(document: Document, text: Text, name: str) -> Iterator[types.DocumentSymbol]:
    listed = value_at(document.data, (name,))
    if name not in _LISTS or not isinstance(listed, list):
        return
    for number, item in enumerate(listed):
        called = item.get(_LISTS[name]) if isinstance(item, dict) else None
        if isinstance(called, str) and called:
            yield _symbol(document, text, (name, number), called, types.SymbolKind.Object, [])


def _symbol(
    document: Document,
    text: Text,
    path: DataPath,
    called: str,
    kind: types.SymbolKind,
    children: list[types.DocumentSymbol],
) -> types.DocumentSymbol:
    start, end = document.extent(path)
    name = document.key(path) if isinstance(path[-1], str) else (start, start)
    return types.DocumentSymbol(
        name=called[:200],
        kind=kind,
        range=text.range(name[0], max(end, name[1])),
        selection_range=text.range(*name),
        children=children,
    )


def everywhere(kommuner: Kommuner, query: str, encoding: str) -> list[types.WorkspaceSymbol]:
    """The insatser, units and sections whose name or id has the words of a query."""
    words = query.casefold().split()
    found = []
    for held in list(kommuner.held.values()):
        names = {
            (register, one.id): one.name
            for register in registers.OWN
            for one in registers.entries(held, register)
        }
        for use in registers.uses(held):
            called = names.get((use.register, use.id), use.id) if use.names else ""
            said = f"{called} {use.id}".casefold()
            if not use.names or not all(word in said for word in words):
                continue
            kind = (
                types.SymbolKind.File
                if use.register == referring.INSATS
                else (types.SymbolKind.Object)
            )
            place = location(registers.place_of(use), encoding)
            found.append(
                types.WorkspaceSymbol(place, called, kind, container_name=held.folder.name)
            )
            if len(found) >= MOST:
                return found
    return found
