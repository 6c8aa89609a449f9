"""Says in Swedish why a rule's condition is no JSON Schema, and where in it the fault is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import jsonschema_rs

from insatskoll.names import plain
from insatskoll.reading import schema
from insatskoll.reading.places import DataPath

_FIELDS = "en lista med namn på fält, till exempel [syfte, mål]"
_BRANCHES = "en lista med minst ett villkor, till exempel [{required: [syfte]}, {required: [mål]}]"
_GROUP = "ett villkor för varje fält, till exempel {syfte: {minLength: 20}}"
_NUMBER = "ett tal"
_COUNT = "ett heltal som är 0 eller mer"
_EXPRESSION = "ett reguljärt uttryck inom citattecken"
# What is written after a keyword; a keyword that is not here takes a condition.
_TAKES = {
    "required": _FIELDS,
    "dependentRequired": "en lista med fält för varje fält, till exempel {avgift: [syfte]}",
    "anyOf": _BRANCHES, "allOf": _BRANCHES, "oneOf": _BRANCHES, "prefixItems": _BRANCHES,
    "properties": _GROUP, "patternProperties": "ett villkor för varje reguljärt uttryck",
    "dependentSchemas": _GROUP, "$defs": "ett villkor för varje namn",
    "enum": "en lista med värden, till exempel [samtal, medling]",
    "type": ("något av string, integer, number, boolean, array, object och null, "
             "eller en lista med sådana"),
    "pattern": _EXPRESSION,
    "$ref": "namnet på ett av programmets scheman, till exempel gemensamt.schema.json#/$defs/datum",
    "minimum": _NUMBER, "maximum": _NUMBER, "exclusiveMinimum": _NUMBER,
    "exclusiveMaximum": _NUMBER, "multipleOf": "ett tal som är större än 0", "minLength": _COUNT,
    "maxLength": _COUNT, "minItems": _COUNT, "maxItems": _COUNT, "minContains": _COUNT,
    "maxContains": _COUNT, "minProperties": _COUNT, "maxProperties": _COUNT,
    "uniqueItems": "true eller false", "title": "en text", "description": "en text",
    "$comment": "en text", "format": "en text", "examples": "en lista med värden",
}  # fmt: skip
_CONDITION = "ett villkor, till exempel {required: [syfte]}"
_OF_NAMES = frozenset({"properties", "patternProperties", "dependentSchemas", "$defs"})


def explain(condition: object, error: Exception) -> tuple[DataPath, str]:
    """Where in ``condition`` it goes wrong, and what is to be written there; ``error`` is what
    compiling it gave."""
    path: DataPath = tuple(getattr(error, "instance_path", ()))
    if not path:
        for place, reference in _references(condition, ()):
            if not _leads_somewhere(condition, reference):
                return place, (
                    f"”$ref” leder till ”{_short(reference)}”, som inte finns. Skriv "
                    f"{_TAKES['$ref']}"
                )
        return (), f"skriv {_CONDITION}"
    keyword = _keyword(path)
    if keyword is None:
        return path, f"skriv {_CONDITION}"
    expression = getattr(error, "instance", None)
    if keyword in ("pattern", "patternProperties") and isinstance(expression, str):
        told = f"uttrycket ”{_short(expression)}” efter ”{keyword}” är inget giltigt"
        return path, f"{told} reguljärt uttryck"
    return path, f"efter ”{keyword}” skrivs {_TAKES.get(keyword, _CONDITION)}"


def _keyword(path: DataPath) -> str | None:
    """The last keyword on the way, or None if the fault is in the condition for a name."""
    keyword: str | None = None
    named = False
    for step in path:
        if isinstance(step, int):
            continue
        named = not named and keyword in _OF_NAMES
        keyword = None if named else step
    return keyword


def _references(node: object, at: DataPath) -> Iterator[tuple[DataPath, str]]:
    inner: Iterable[tuple[str | int, object]] = ()
    if isinstance(node, dict):
        inner = node.items()
    elif isinstance(node, list):
        inner = enumerate(node)
    for key, value in inner:
        if key in ("$ref", "$dynamicRef") and isinstance(value, str):
            yield (*at, key), value
        else:
            yield from _references(value, (*at, key))


def _leads_somewhere(condition: Any, reference: str) -> bool:
    try:
        schema.compile_fast({"$defs": condition.get("$defs", {}), "$ref": reference})
    except (jsonschema_rs.ValidationError, ValueError):
        return False
    return True


def _short(text: object) -> str:
    return plain(str(text)[:60])
