"""Conditions as a jurist writes them, field by field, made into JSON Schema.

A condition is the name of a definition, a list of conditions that all hold, or a group: each field
(``dokumentation.nivå``) with what is asked of it, beside ``någon``, ``alla``, ``ingen``, ``inte``,
``nämner`` and ``schema``. A field that is named must be there, unless ``får_saknas: ja``. Where a
path passes through a list it leads to the values of all its items.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from typing import Protocol

from insatskoll.law.condition_fields import (
    ALL,
    ANY,
    MENTIONS,
    NONE,
    NOT,
    OF_ITEMS,
    SCHEMA,
    Fields,
)
from insatskoll.law.condition_parts import (
    Compiled,
    FormError,
    Guard,
    all_of,
    any_of,
    near,
    negated,
    short,
)
from insatskoll.law.shapes import Shape
from insatskoll.law.wordlists import WordList
from insatskoll.reading.places import DataPath
from insatskoll.values import immutable

DEEPEST = 20  # definitions that build on each other

_EXAMPLE = "ett villkor, till exempel {insatstyp: samtal}"
_CONDITIONS = "en lista med minst ett villkor, till exempel [{syfte: finns}, {mål: finns}]"


class Named(Protocol):
    """A condition with a name of its own, with the guard that it needs and the place where it
    stands."""

    @property
    def condition(self) -> object:
        """The condition as it is written."""

    @property
    def scope(self) -> str:
        """What it speaks of."""

    @property
    def guard(self) -> Guard:
        """What stands between it and the engine."""

    @property
    def place(self) -> DataPath:
        """Where in its file it stands."""


def compiled(
    condition: object,
    shape: Shape,
    scope: str,
    at: DataPath,
    guard: Guard,
    definitions: Mapping[str, Named],
    lists: Mapping[str, WordList],
    within: tuple[str, ...] = (),
) -> Compiled:
    """``condition``, which stands at ``at``, for what is of the ``shape`` in a file of the
    ``scope``.

    ``within`` is the definition that it is the condition of, if any. Raises :class:`FormError`.
    """
    return _Compiler(scope, guard, definitions, lists, within).condition(condition, shape, at)


def names(condition: object) -> Iterator[str]:
    """The definitions that a condition names."""
    if isinstance(condition, str):
        yield condition
    elif isinstance(condition, list):
        for inner in condition:
            yield from names(inner)
    elif isinstance(condition, dict):
        for key, inner in condition.items():
            if key in (ANY, ALL, NONE, NOT):
                yield from names(inner)
            elif isinstance(inner, dict) and key not in (SCHEMA, MENTIONS):
                for about_items in OF_ITEMS:
                    yield from names(inner.get(about_items))


@immutable
class _Compiler:
    scope: str
    guard: Guard
    definitions: Mapping[str, Named]
    lists: Mapping[str, WordList]
    trail: tuple[str, ...]  # the definitions that have led here

    @cached_property
    def fields(self) -> Fields:
        """What compiles the conditions on fields."""
        return Fields(self.scope, self.guard, self.lists, self.condition)

    def condition(self, node: object, shape: Shape, at: DataPath) -> Compiled:
        """The condition ``node``, for what is of the ``shape``."""
        if isinstance(node, str):
            return self._definition(node, shape, at)
        if isinstance(node, list) and node:
            return all_of(
                [self.condition(inner, shape, (*at, i)) for i, inner in enumerate(node)], at
            )
        if not isinstance(node, dict) or not node:
            raise FormError(at, f"skriv {_EXAMPLE}", key=isinstance(node, dict))
        return all_of(
            [self._entry(key, value, shape, (*at, key)) for key, value in node.items()], at
        )

    def _definition(self, name: str, shape: Shape, at: DataPath) -> Compiled:
        found = self.definitions.get(name)
        if found is None:
            raise FormError(
                at,
                f"definitionen ”{short(name)}” finns inte.{near(name, tuple(self.definitions))}",
            )
        if name in self.trail:
            raise FormError(
                at, f"definitionen bygger på sig själv: {' → '.join((*self.trail, name))}"
            )
        if len(self.trail) == DEEPEST:
            raise FormError(at, f"fler än {DEEPEST} definitioner bygger på varandra")
        inner = replace(self, guard=found.guard, trail=(*self.trail, name))
        try:
            return inner.condition(found.condition, shape, found.place)
        except FormError as error:
            reason = error.reason
            if {found.scope, self.scope} - {"insats", "del"} and found.scope != self.scope:
                reason = (
                    f"den handlar om {found.scope}, och det som prövas är {self.scope}. Använd "
                    f"den där omfånget är {found.scope}, eller en annan definition"
                )
            said = f"definitionen ”{name}” går inte att använda här: {reason}"
            raise FormError(at, said, reason=reason) from None

    def _entry(self, key: object, value: object, shape: Shape, at: DataPath) -> Compiled:
        if key == SCHEMA:
            return self.guard.block(value, shape, self.scope, at)
        if key == NOT:
            if isinstance(value, list):
                raise FormError(
                    at,
                    f"efter ”{NOT}” skrivs ett villkor. Skriv ”{NONE}” om inget av flera får gälla",
                )
            return negated(self.condition(value, shape, at))
        if key in (ANY, ALL, NONE):
            return self._several(key, value, shape, at)
        if key == MENTIONS:
            return self.fields.texts(value, shape, at)
        return self.fields.field(str(key), value, shape, at)

    def _several(self, key: str, value: object, shape: Shape, at: DataPath) -> Compiled:
        if not isinstance(value, list) or not value:
            raise FormError(at, f"efter ”{key}” skrivs {_CONDITIONS}")
        parts = [self.condition(inner, shape, (*at, i)) for i, inner in enumerate(value)]
        if key == ALL:
            return all_of(parts, at)
        return any_of(parts, at) if key == ANY else negated(any_of(parts, at))
