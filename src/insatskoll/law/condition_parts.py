"""What conditions are made of once they are compiled, and how parts are put together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol, TypedDict, cast

from insatskoll.meant import meant
from insatskoll.names import plain
from insatskoll.reading.places import DataPath
from insatskoll.values import immutable

if TYPE_CHECKING:
    from insatskoll.law.shapes import Shape

# A condition as JSON Schema.
Schema = dict[str, object]

MOST = 5_000  # parts of a condition with the definitions that it uses: hundreds are many

TOO_MUCH = (
    "villkoret prövar för mycket, räknat med definitionerna i det. Gör det kortare, eller dela upp "
    "det på flera regler"
)


class FormError(ValueError):
    """The condition cannot be used. ``path`` is where in its file the fault stands, ``key`` that
    the field's name is meant, and ``reason`` what is wrong, without which definition it is wrong
    in."""

    def __init__(
        self, path: DataPath, message: str, *, key: bool = False, reason: str = ""
    ) -> None:
        super().__init__(message)
        self.path = path
        self.key = key
        self.reason = reason or message


@immutable
class Compiled:
    """A condition as JSON Schema. ``ways`` is how many parts it tries, from above, ``steps`` what
    its expressions take for each letter of a text, and ``required`` the fields that a group of
    conditions asks for."""

    schema: Schema
    ways: int = 1
    steps: int = 0
    required: tuple[str, ...] = ()


class Guard(Protocol):
    """What stands between a condition and the engine: nothing for the program's own, bounds for a
    municipality's."""

    def expression(self, text: str, path: DataPath) -> tuple[str, int]:
        """The expression ``text`` as it is to be put, and what it takes.

        Raises :class:`FormError`.
        """

    def listed(self, text: str) -> tuple[str, int]:
        """The same for an expression out of a word list, which is a bounded one."""

    def block(self, written: object, shape: Shape, scope: str, path: DataPath) -> Compiled:
        """A JSON Schema that stands at ``path`` and is put to ``shape``.

        Raises :class:`FormError`.
        """


def negated(one: Compiled) -> Compiled:
    """What holds when ``one`` does not."""
    return replace(one, schema={"not": one.schema}, ways=one.ways + 1, required=())


def all_of(parts: Sequence[Compiled], at: DataPath) -> Compiled:
    """What holds when all of ``parts`` do. Raises :class:`FormError` at ``at`` if that is too much
    to try."""
    required = tuple(name for part in parts for name in part.required)
    return Compiled(
        merged([part.schema for part in parts]),
        _counted(parts, at),
        sum(p.steps for p in parts),
        required,
    )


def any_of(parts: Sequence[Compiled], at: DataPath) -> Compiled:
    """What holds when one of ``parts`` does. Raises as :func:`all_of`."""
    either: Schema = {"anyOf": [part.schema for part in parts]}
    schema = parts[0].schema if len(parts) == 1 else either
    return Compiled(schema, _counted(parts, at), sum(part.steps for part in parts))


def _counted(parts: Sequence[Compiled], at: DataPath) -> int:
    ways = sum(part.ways for part in parts) + (len(parts) > 1)
    if ways > MOST:
        raise FormError(at, TOO_MUCH)
    return ways


class _OfFields(TypedDict, total=False):
    """A schema that does no more than ask for fields and say what they are."""

    required: list[str]
    properties: Schema


def merged(schemas: Sequence[Schema]) -> Schema:
    """What is met when all of ``schemas`` are; those that speak of different fields as one."""
    required: list[str] = []
    properties: Schema = {}
    rest: list[Schema] = []
    for schema in schemas:
        if not schema.keys() <= {"required", "properties"}:
            rest.append(schema)
            continue
        ours = cast("_OfFields", schema)
        if ours.get("properties", {}).keys() & properties.keys():
            rest.append(schema)
            continue
        required += [name for name in ours.get("required", ()) if name not in required]
        properties |= ours.get("properties", {})
    fields: Schema = {"required": required, "properties": properties}
    whole = [{key: value for key, value in fields.items() if value}] if any(fields.values()) else []
    whole += [schema for schema in rest if schema]
    if not whole:
        return {}
    return whole[0] if len(whole) == 1 else {"allOf": whole}


def near(written: str, allowed: Sequence[str]) -> str:
    """The end of a message about a word that is none of ``allowed``."""
    found = meant(written, allowed)
    if found:
        return f" Menade du ”{found}”?"
    return f" Det här går att skriva: {', '.join(allowed)}." if 0 < len(allowed) < 20 else ""


def short(text: str) -> str:
    """``text`` as a message quotes it."""
    return plain(re.sub(r"\s+", " ", text)[:60])
