"""What fields and values a kind of file can have, out of its schema: for what names them without
being a file of that kind."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, cached_property
from typing import Any

from insatskoll.reading import schema_words
from insatskoll.values import immutable

SCOPES = ("insats", "del", "kommun", "beslut", "riskanalys", "påstående")
_SCHEMAS = {"påstående": "pastaende"}  # of scopes that are not called as their schema
_BRANCHES = ("allOf", "anyOf", "oneOf")


@immutable
class Shape:
    """What may stand in a place: the schemas for it, each with the file that its references are in;
    one of them holds."""

    nodes: tuple[tuple[str, object], ...]

    @cached_property
    def all(self) -> tuple[tuple[str, Any], ...]:
        """The schemas with those that they refer to and consist of."""
        return tuple(found for name, node in self.nodes for found in _opened(name, node))

    @cached_property
    def fields(self) -> dict[str, Shape]:
        """The fields that a group here can have."""
        found: dict[str, list[tuple[str, object]]] = {}
        for name, node in self.all:
            for field, inner in node.get("properties", {}).items():
                if inner.get("not") != {}:  # a field that must not be there
                    found.setdefault(field, []).append((name, inner))
        return {field: Shape(tuple(inner)) for field, inner in found.items()}

    @cached_property
    def any_field(self) -> Shape | None:
        """What each field is, where a group may have fields of any name (as insatser by their
        id)."""
        found = [
            (name, n["additionalProperties"])
            for name, n in self.all
            if isinstance(n.get("additionalProperties"), dict)
        ]
        return Shape(tuple(found)) if found else None

    @cached_property
    def items(self) -> Shape | None:
        """What the items of a list here are; None if it is no list."""
        found = [(name, node["items"]) for name, node in self.all if "items" in node]
        return Shape(tuple(found)) if found else None

    @cached_property
    def words(self) -> tuple[str, ...] | None:
        """The texts that can stand here; None if it can be any text, or none at all."""
        texts = [node for _, node in self.all if node.get("type") == "string"]
        if not texts or any("enum" not in node for node in texts):
            return None
        return tuple(dict.fromkeys(word for node in texts for word in node["enum"]))

    @cached_property
    def kinds(self) -> frozenset[str] | None:
        """The kinds of values that can stand here, as JSON Schema names them; None if it is not
        said for all."""
        found: set[str] = set()
        for _, node in self.all:
            kind = node.get("type", ())
            found.update([kind] if isinstance(kind, str) else kind)
        # A branch without a type of its own may let in anything, unless what it is a branch of has
        # one.
        open_ended = (
            any("const" in node and "type" not in node for _, node in self.all) and not found
        )
        if "number" in found:
            found.add("integer")
        return frozenset(found) if found and not open_ended else None

    def field(self, name: str) -> Shape | None:
        """The field called ``name``, or None if there can be none."""
        return self.fields.get(name) or self.any_field

    def names(self) -> frozenset[str]:
        """The names of all fields here and below."""
        found: set[str] = set()
        waiting = [self]
        while waiting:
            shape = waiting.pop()
            inner = [
                shape.any_field,
                shape.items,
                *(s for n, s in shape.fields.items() if n not in found),
            ]
            found |= shape.fields.keys()
            waiting += [one for one in inner if one is not None]
        return frozenset(found)


@cache
def of(scope: str) -> Shape:
    """What a rule of ``scope`` is put to. A part has the fields of its insats besides its own."""
    if scope != "del":
        name = f"{_SCHEMAS.get(scope, scope)}.schema.json"
        return Shape(((name, schema_words.content(name)),))
    insats, part = (
        schema_words.content("insats.schema.json"),
        schema_words.content("gemensamt.schema.json")["$defs"]["del"],
    )
    inherited = {
        name: node
        for name, node in insats["properties"].items()
        if name not in ("delar", "avvikelser")
    }
    return Shape(
        (("gemensamt.schema.json", part), ("insats.schema.json", {"properties": inherited}))
    )


def _opened(name: str, node: object) -> Iterator[tuple[str, object]]:
    if not isinstance(node, dict):
        return
    yield name, node
    if "$ref" in node:
        yield from _opened(*schema_words.referred(name, node["$ref"]))
    for key in _BRANCHES:
        for branch in node.get(key, ()):
            yield from _opened(name, branch)
    for key in ("then", "else"):
        if key in node:
            yield from _opened(name, node[key])
