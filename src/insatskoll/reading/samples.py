"""What the schemas themselves say of a field: its title, what can be written there, and lines to
paste."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

import yaml

from insatskoll import resources
from insatskoll.patterns import later
from insatskoll.values import immutable

_COMMON = "gemensamt.schema.json"
_REFERRED = later(r'"\$ref": *"(?:\./)?([a-z]+\.schema\.json)')


@cache
def schemas() -> dict[str, Any]:
    """The program's schemas, by file name."""
    return {path.name: schema(path.name) for path in sorted(resources.SCHEMA.glob("*.schema.json"))}


@cache
def schema(name: str) -> Any:
    """One of the program's schemas, by file name."""
    return json.loads(_text(name))


def with_referred(name: str) -> dict[str, Any]:
    """The schema in a file and those that it refers to, by file name."""
    found = [name]
    for one in found:  # it grows
        found += sorted(set(_REFERRED.findall(_text(one))) - set(found))
    return {one: schema(one) for one in found}


@cache
def _text(name: str) -> str:
    path = resources.SCHEMA / name
    return path.read_text("utf-8")


def title(kind: str, fields: Sequence[str]) -> str:
    """The title that the schema for ``kind`` gives the field at ``fields`` (names only, lists
    passed through)."""
    return str(_within(kind, fields)[1]["title"])


def definite(kind: str, fields: Sequence[str]) -> str:
    """What the field at ``fields`` is called in running text, with its article: ”målgruppen”."""
    field = _within(kind, fields)[1]
    title = str(field["title"])
    return str(field.get("definite") or f"uppgiften om {title[:1].lower()}{title[1:]}")


def item(kind: str, fields: Sequence[str]) -> str:
    """What an item of the list at ``fields`` is called in running text: ”delen”; nothing if it has
    no word of its own."""
    return str(_within(kind, fields)[1].get("item", ""))


def beside(kind: str, fields: Sequence[str]) -> Mapping[str, Any]:
    """The fields that there are in the group that has the field at ``fields``, with their schemas;
    empty if it is unknown."""
    try:
        _, node = _group(*_within(kind, fields[:-1], branches=True))
    except KeyError:
        return {}
    return dict(node.get("properties", {}))


def choices(field: Mapping[str, object]) -> list[str]:
    """The words that can be written in a field, itself or one at a time in its list; empty if any
    can."""
    _, node = _resolved(_COMMON, field)
    _, inner = _resolved(_COMMON, node.get("items", node))
    return [str(word) for word in inner.get("enum", ())]


def is_list(field: Mapping[str, object]) -> bool:
    """Whether a list is written in a field."""
    return bool(_resolved(_COMMON, field)[1].get("type") == "array")


def order(kind: str, fields: Sequence[str]) -> list[str]:
    """The names of the fields in the group at ``fields``, in the order of the schema; empty if it
    is unknown."""
    return list(beside(kind, [*fields, ""]))


def may_be_long(kind: str, fields: Sequence[str]) -> bool:
    """Whether the text at ``fields``, or each in the list there, may be so long that it is broken
    into lines."""
    try:
        name, node = _resolved(*_within(kind, fields))
    except KeyError:
        return False
    node = _resolved(name, node.get("items", node))[1]
    return node.get("type") == "string" and not {"enum", "maxLength", "format"} & node.keys()


def words(kind: str, fields: Sequence[str]) -> list[str]:
    """The words that can be written at ``fields``, or one at a time in the list there, also where
    something else can."""
    written = (one.get("enum", ()) for one in texts(kind, fields))
    return list(dict.fromkeys(str(word) for words in written for word in words))


def texts(kind: str, fields: Sequence[str]) -> list[Mapping[str, Any]]:
    """The schemas of the texts that can be written at ``fields``, or one at a time in the list
    there."""
    try:
        waiting = [_within(kind, fields, branches=True)]
    except KeyError:
        return []
    found = []
    while waiting:
        name, node = _resolved(*waiting.pop(0))
        waiting += [(name, one) for one in (*node.get("oneOf", ()), node.get("items")) if one]
        found += [node] if node.get("type") == "string" else []
    return found


@cache
def names(kind: str) -> frozenset[str]:
    """All names of fields in the schema for ``kind`` and in what it shares with others."""
    nodes = (*_nodes(f"{kind}.schema.json"), *_nodes(_COMMON))
    return frozenset(name for node in nodes for name in node.get("properties", ()))


@cache
def all_words(kind: str) -> frozenset[str]:
    """All fixed values in the schema for ``kind`` and in what it shares with others."""
    nodes = (*_nodes(f"{kind}.schema.json"), *_nodes(_COMMON))
    return frozenset(str(word) for node in nodes for word in node.get("enum", ()))


def _nodes(name: str) -> Iterator[Mapping[str, Any]]:
    """The schemas within the schema file ``name``."""
    waiting: list[Any] = [schemas()[name]]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            yield one
            waiting += one.values()
        elif isinstance(one, list):
            waiting += one


def form(kind: str, fields: Sequence[str]) -> str:
    """Whether a ``group``, a ``list`` of groups, a list of ``words`` or a ``text`` is written at
    ``fields``; nothing if it is unknown."""
    try:
        name, node = _resolved(*_within(kind, fields))
    except KeyError:
        return ""
    if node.get("type") == "array":
        inner = _resolved(name, node.get("items", {}))[1]
        return "list" if inner.get("type") == "object" else "words"
    return "group" if node.get("type") == "object" else "text"


def is_deprecated(kind: str, fields: Sequence[str]) -> bool:
    """Whether the field at ``fields`` is only there for what was written before."""
    try:
        return bool(_within(kind, fields)[1].get("deprecated", False))
    except KeyError:
        return False


def told(kind: str, fields: Sequence[str]) -> tuple[str, str, list[str]]:
    """The title, the explanation and the examples, each on a line of YAML, that the schema has for
    the field at ``fields``; empty if it is unknown."""
    try:
        name, node = _within(kind, fields)
    except KeyError:
        return "", "", []
    inner = _resolved(name, node)[1]
    examples = node.get("examples", inner.get("examples", ()))
    written = [
        yaml.safe_dump(
            one, allow_unicode=True, sort_keys=False, default_flow_style=True, width=10**6
        )
        for one in examples
    ]
    lines = [one.removesuffix("\n").removesuffix("\n...") for one in written]
    return str(node.get("title", "")), str(node.get("description", "")), lines


def lines(group: Mapping[str, Any], names: Sequence[str]) -> str:
    """Those of the fields of a ``group`` (a schema) that are called ``names``, as they can be
    pasted into a file."""
    example: Mapping[str, object] = next(iter(group.get("examples", ())), {})
    known = group.get("properties", {})
    values = {
        name: example[name] if name in example else _value(known.get(name, {})) for name in names
    }
    return str(
        yaml.safe_dump(values, allow_unicode=True, sort_keys=False, default_flow_style=False)
    ).rstrip("\n")


def beginning(kind: str) -> str:
    """The least that a file of a ``kind`` can hold, to be pasted into a new one; nothing if it need
    not hold anything."""
    schema = schemas()[f"{kind}.schema.json"]
    return lines(schema, schema["required"]) if "required" in schema else ""


def required(kind: str) -> tuple[str, ...]:
    """The fields that a file of a ``kind`` must have."""
    return tuple(schemas()[f"{kind}.schema.json"].get("required", ()))


def sample(field: Mapping[str, Any]) -> object:
    """A value that a field with the schema ``field`` can have."""
    return _value(field)


@immutable
class Place:
    """What the schema has at a place: ``node`` itself, the ``file`` that it stands in, and the
    ``steps`` to it there. A group that can be written in place of a word is passed through."""

    file: str
    node: Any
    steps: tuple[str, ...] = ()

    @property
    def pointer(self) -> str:
        """A reference to it."""
        return f"{self.file}#{''.join(f'/{step}' for step in self.steps)}"

    @property
    def group(self) -> Mapping[str, Any]:
        """The group of fields that can be written here; empty if none can."""
        return next((one.node for one in self._branches() if "properties" in one.node), {})

    @property
    def words(self) -> list[str]:
        """The words that can be written here, not in a list."""
        return [str(word) for one in self._branches() for word in one.node.get("enum", ())]

    @property
    def is_list(self) -> bool:
        """Whether a list can be written here."""
        return any("items" in one.node for one in self._branches())

    def at(self, step: str | int) -> Place:
        """The field ``step`` of the group here, or what is in the list here. Raises KeyError."""
        within = ("items",) if isinstance(step, int) else ("properties", step)
        here = next((one for one in self._branches() if within[0] in one.node), self)
        node = here.node
        for one in within:
            node = node[one]
        return replace(here, node=node, steps=(*here.steps, *within))

    def _branches(self) -> Iterator[Place]:
        """What stands here, or all that can."""
        here = self
        while "properties" not in here.node and "$ref" in here.node:
            file, _, way = here.node["$ref"].partition("#")
            steps = tuple(step for step in way.split("/") if step)
            found, node = _at(file or here.file, steps)
            here = Place(found, node, steps)
        yield here
        for index, branch in enumerate(here.node.get("oneOf", ())):
            yield replace(here, node=branch, steps=(*here.steps, "oneOf", str(index)))


def place(kind: str, path: Sequence[str | int]) -> Place | None:
    """What the schema for ``kind`` has at ``path``; None if it has nothing by those names."""
    here = Place(f"{kind}.schema.json", schemas()[f"{kind}.schema.json"])
    try:
        for step in path:
            here = here.at(step)
    except KeyError:
        return None
    return here


def example(kind: str, fields: Sequence[str]) -> Any:
    """A value that the field at ``fields`` (names only, lists passed through) can have. Raises
    KeyError."""
    return _value(_within(kind, fields)[1])


def _value(field: Mapping[str, Any]) -> object:
    """A value that the field can have, from its examples or else as simple as it can be."""
    _, node = _resolved(_COMMON, field)
    for given in (field.get("examples"), node.get("examples"), node.get("enum")):
        if given:
            return given[0]
    for branch in node.get("oneOf", ()):
        return _value(branch)
    match node.get("type"):
        case "object":
            known = node.get("properties", {})
            return {name: _value(known[name]) for name in node.get("required") or list(known)[:1]}
        case "array":
            return [_value(node.get("items", {}))]
        case "integer" | "number":
            return node.get("minimum", 1)
    if node.get("format") == "date":
        return "2025-07-01"
    return "exempel" if "[a-z" in node.get("pattern", "") else "…"


def _within(kind: str, fields: Sequence[str], *, branches: bool = False) -> tuple[str, Any]:
    """The schema of the field at ``fields``, lists passed through, and the file that it stands in;
    with ``branches`` also of a field in a group that something else can be written for. Raises
    KeyError."""
    name = f"{kind}.schema.json"
    node: Any = schemas()[name]
    for field in fields:
        name, node = _resolved(name, node)
        name, node = _resolved(name, node.get("items", node))
        if branches:
            name, node = _group(name, node)
        node = node["properties"][field]
    return name, node


def _group(name: str, node: Any) -> tuple[str, Any]:
    """The group of fields that ``node`` is, or that its items are; where something else can be
    written too, the only one that has fields."""
    name, node = _resolved(name, node)
    name, node = _resolved(name, node.get("items", node))
    groups = [one for one in _branches(name, node) if "properties" in one[1]]
    return groups[0] if "properties" not in node and len(groups) == 1 else (name, node)


def _branches(name: str, node: Any) -> list[tuple[str, Any]]:
    return [_resolved(name, one) for one in node.get("oneOf", ())]


def _resolved(name: str, node: Any) -> tuple[str, Any]:
    """What a reference in the schema ``name`` leads to, and the schema that it stands in."""
    while "properties" not in node and "$ref" in node:
        file, _, pointer = node["$ref"].partition("#")
        name, node = _at(file or name, [step for step in pointer.split("/") if step])
    return name, node


def _at(name: str, steps: Sequence[str]) -> tuple[str, Any]:
    """The node in the schema ``name``, or else in the one that has it: of a reference within a
    schema only that is known."""
    for file in (name, *schemas()):
        node = schemas()[file]
        for step in steps:
            node = node.get(step) if isinstance(node, dict) else None
        if node is not None:
            return file, node
    raise KeyError(steps)
