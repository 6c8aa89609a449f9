"""The order that a schema has its fields in."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from insatskoll.resources import SCHEMA


@cache
def _schema(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((SCHEMA / name).read_text("utf-8"))
    return found


def ordered(data: object, kind: str) -> Any:
    """``data`` with its fields in the order of the schema of a ``kind``."""
    return _ordered(data, _schema(f"{kind}.schema.json"), f"{kind}.schema.json")


def _ordered(data: Any, schema: dict[str, Any], file: str) -> Any:
    schema, file = _resolved(schema, file)
    if isinstance(data, list):
        return [_ordered(item, schema.get("items", {}), file) for item in data]
    if not isinstance(data, dict):
        return data
    fields = _fields(schema)
    names = [name for name in fields if name in data] + [n for n in data if n not in fields]
    return {name: _ordered(data[name], fields.get(name, {}), file) for name in names}


def _resolved(schema: dict[str, Any], file: str) -> tuple[dict[str, Any], str]:
    while "$ref" in schema:
        where, _, path = schema["$ref"].partition("#")
        file = where or file
        schema = _schema(file)
        for step in path.strip("/").split("/"):
            schema = schema[step] if step else schema
    return schema, file


def _fields(schema: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = dict(schema.get("properties", {}))
    for one in schema.get("oneOf", ()):
        found |= one.get("properties", {})
    return found
