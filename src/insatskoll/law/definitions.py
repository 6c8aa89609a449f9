"""Definitions: conditions with a name, in ``catalogue/definitioner``, which rules and other
definitions refer to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field
from pathlib import Path
from typing import TYPE_CHECKING

import jsonschema_rs

from insatskoll.law import rule_files
from insatskoll.law.condition_parts import Compiled, FormError, Guard
from insatskoll.law.rule_files import RuleError
from insatskoll.law.wordlists import WordList
from insatskoll.names import plain
from insatskoll.reading import accepted
from insatskoll.reading.document import Document
from insatskoll.reading.places import DataPath, parse_path
from insatskoll.values import immutable

if TYPE_CHECKING:
    from insatskoll.reading.schema_types import NamngivetVillkor


@immutable
class Definition:
    """A condition with a name. ``data`` is what the file says of it: the only source of its
    explanation and examples."""

    name: str
    data: NamngivetVillkor
    path: Path
    own: Document | None = field(
        default=None, repr=False, compare=False
    )  # its file, if it is the municipality's own

    @property
    def condition(self) -> object:
        """The condition as it is written."""
        return self.data["villkor"]

    @property
    def guard(self) -> Guard:
        """What stands between it and the engine."""
        from insatskoll.law import condition_guard  # only who makes conditions needs it

        return condition_guard.TRUSTED if self.own is None else condition_guard.BOUNDED

    @property
    def place(self) -> DataPath:
        """Where in its file the condition stands."""
        return ("definitioner", self.name, "villkor")

    @property
    def scope(self) -> str:
        """What it speaks of: the kind of file that its examples are fields in."""
        return self.data["omfång"]

    @property
    def target(self) -> DataPath:
        """The field that it speaks of, each item if it is a list; the whole if it is empty."""
        return parse_path(self.data.get("för", ""))

    def at(self, path: DataPath, *, key: bool = False) -> str:
        """Where in its file ``path`` stands, to begin a message with."""
        return rule_files.placed(self.path, self.own, path, key=key)


def read(path: Path, own: Path | None = None) -> Iterator[Definition]:
    """The definitions in a file, of one's ``own`` catalogue if given. Raises :class:`RuleError`."""
    document = rule_files.loaded(path, "definition", own)
    for name, data in accepted.definition(document)["definitioner"].items():
        yield Definition(name, data, path, document if own else None)


def compiled(
    definition: Definition, definitions: Mapping[str, Definition], lists: Mapping[str, WordList]
) -> Compiled:
    """The definition's condition, for what it says that it speaks of. Raises :class:`RuleError`."""
    from insatskoll.law import condition_form, condition_guard, rule_fields, shapes  # as above

    try:
        shape = rule_fields.target(shapes.of(definition.scope), definition.target, definition.scope)
    except rule_fields.Unknown as error:
        raise RuleError(
            f"{definition.at(('definitioner', definition.name, 'för'))}: {plain(str(error))}"
        ) from None
    try:
        found = condition_form.compiled(
            definition.condition,
            shape,
            definition.scope,
            definition.place,
            definition.guard,
            definitions,
            lists,
            (definition.name,),
        )
        condition_guard.validator(found)
    except FormError as error:
        raise RuleError(
            f"{definition.at(error.path, key=error.key)}: {plain(str(error))}"
        ) from None
    except (jsonschema_rs.ValidationError, ValueError):
        raise RuleError(f"{definition.at(definition.place)}: {condition_guard.UNUSABLE}") from None
    return found


def used(condition: object, definitions: Mapping[str, Definition]) -> tuple[Definition, ...]:
    """The definitions that a condition refers to, directly or through others, in the order that
    they are met."""
    from insatskoll.law import condition_form  # as above

    found: dict[str, Definition] = {}
    waiting = list(condition_form.names(condition))
    while waiting:
        name = waiting.pop(0)
        if name in definitions and name not in found:
            found[name] = definitions[name]
            waiting += condition_form.names(definitions[name].condition)
    return tuple(found.values())
