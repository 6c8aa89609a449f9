"""What data must have for a condition to hold, where that is seen at once: most conditions fail on
a field that is not there, or on a word. The engine need not be asked about those."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import islice

from insatskoll.reading import schema

_MOST = 4  # needs that are looked at: the engine sees to the rest
_DEEPEST = 6

# A field, by the way to it through groups, and the words that it may be; None: any value.
Need = tuple[tuple[str, ...], frozenset[str] | None]


def asked_first(condition: object, holds: Callable[[object], bool]) -> Callable[[object], bool]:
    """``holds``, which says whether data fulfil the JSON Schema ``condition``, but asked only of
    those that have what it needs."""
    needs = tuple(islice(_needs(condition, _DEEPEST), _MOST))
    if not needs:
        return holds

    def held(data: object) -> bool:
        return not _lacks(data, needs) and holds(data)

    return held


def trusted_validator(condition: Mapping[str, object]) -> Callable[[object], bool]:
    """What says whether data fulfil one of the program's own conditions, a JSON Schema, which is
    made ready when something has all that it needs: most conditions of a run are never put."""
    ready: list[Callable[[object], bool]] = []

    def holds(data: object) -> bool:
        if not ready:
            ready.append(schema.compile_fast(condition).is_valid)
        return ready[0](data)

    return asked_first(condition, holds)


def _needs(schema: object, depth: int) -> Iterator[Need]:
    # What stands beside these is passed over in some drafts.
    if not isinstance(schema, dict) or not depth or not {"$ref", "$schema"}.isdisjoint(schema):
        return
    words = [schema["const"]] if "const" in schema else schema.get("enum", [])
    if words and all(isinstance(word, str) for word in words):
        yield (), frozenset(words)
    fields = schema.get("properties", {})
    for name in schema.get("required", ()):
        inner: list[Need] = list(_needs(fields.get(name), depth - 1))
        for way, allowed in inner or [((), None)]:
            yield (name, *way), allowed
    for part in schema.get("allOf", ()):
        yield from _needs(part, depth - 1)


def _lacks(data: object, needs: tuple[Need, ...]) -> bool:
    for way, allowed in needs:
        value = data
        for name in way:
            if not isinstance(value, dict):
                break  # a schema asks for fields of groups only
            if name not in value:
                return True
            value = value[name]
        else:
            if allowed is not None and not (isinstance(value, str) and value in allowed):
                return True
    return False
