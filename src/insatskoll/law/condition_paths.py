"""From a field to what is asked of its values, as JSON Schema."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from insatskoll.law.condition_parts import Schema, merged
from insatskoll.law.shapes import Shape


class Step(NamedTuple):
    """A field on the way to the one that a condition is about."""

    name: str
    shape: Shape

    @property
    def is_list(self) -> bool:
        """Whether the field is a list, or can be."""
        return self.shape.items is not None

    @property
    def is_grouped(self) -> bool:
        """Whether the field, or each item of its list, always is a group of fields."""
        kinds = (self.shape.items or self.shape).kinds
        return kinds is not None and kinds <= {"object", "array"}


class Asked(NamedTuple):
    """What is asked of a field: of all its values or of one, where a path leads to several."""

    of_all: bool
    schema: Schema
    ways: int = 1
    steps: int = 0


def put(steps: Sequence[Step], asked: Sequence[Asked], may_lack: bool) -> Schema:
    """What is asked of the values that ``steps`` lead to, as a schema for where they begin."""
    if not any(step.is_list for step in steps[:-1]):
        return led(steps, merged([one.schema for one in asked]), needed=not may_lack)
    there = led(steps, {})
    some = [one.schema for one in asked if not one.of_all]
    parts = [led(steps, merged(some)) if some else there]
    parts += [{"not": led(steps, {"not": one.schema})} for one in asked if one.of_all]
    return {"anyOf": [{"not": there}, merged(parts)]} if may_lack else merged(parts)


def led(steps: Sequence[Step], inner: Schema, *, needed: bool = True) -> Schema:
    """What holds where ``inner`` does for a value that ``steps`` lead to.

    Unless ``needed``, it also holds where they lead to none.
    """
    for number, step in reversed(list(enumerate(steps))):
        below = inner if number == len(steps) - 1 else through(step.shape, inner)
        found: Schema = {"properties": {step.name: below}} if below else {}
        if needed:
            grouped = number == 0 or steps[number - 1].is_grouped
            found = ({} if grouped else {"type": "object"}) | {"required": [step.name]} | found
        inner = found
    return inner


def through(shape: Shape, inner: Schema, *, every: bool = False) -> Schema:
    """What is asked of a value, asked of one item of a list (of ``every`` one) where the value is
    or can be a list."""
    if shape.items is None or not inner:
        return inner
    listed: Schema = {"items" if every else "contains": inner}
    single = shape.kinds is None or bool(shape.kinds - {"array"})
    return (
        {"if": {"type": "array"}, "then": listed, "else": inner}
        if single
        else {"type": "array"} | listed
    )


def among(values: Sequence[object]) -> Schema:
    """What is met by each of ``values`` and nothing else."""
    return {"const": values[0]} if len(values) == 1 else {"enum": list(values)}
