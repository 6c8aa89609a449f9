"""A rule's checks as they are written, each as it holds for one scope with what the rule says of
all of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from insatskoll.catalogue.data import Data
from insatskoll.reading.places import DataPath

COMMON = "för_alla"
CHECKS = "prövningar"
SCOPE = "omfång"
KONTROLL = "kontroll"
FIELDS = "fält"  # the parameter that a scope can be written with
CONDITIONS = ("när", "när_kommun", "krav")
RUN_BY_PROGRAM = frozenset(
    {"fil", "avvikelse"}
)  # scopes that the reader and the linting themselves judge


@dataclass(frozen=True)
class Written:
    """A check for one of its scopes. ``number`` is its place among the rule's, from 0."""

    number: int
    scope: str
    data: Data
    common: Data

    @property
    def place(self) -> DataPath:
        """Where in the rule's file it stands."""
        return (CHECKS, self.number)

    @property
    def scope_place(self) -> DataPath:
        """Where in the rule's file its scope stands."""
        return (*self.place, SCOPE) if SCOPE in self.data else (COMMON, SCOPE)

    @property
    def fields(self) -> list[Any] | None:
        """The fields that its scope is written with, or None if it is only named."""
        named = self.data.get(SCOPE, self.common.get(SCOPE))
        return named[self.scope] if isinstance(named, dict) else None

    @property
    def kontroll(self) -> Data:
        """The named check and its parameters, with those that the rule says of all its checks and
        the fields of the scope; nothing if the check has none."""
        if KONTROLL not in self.data:
            return {}
        given = {**self.common.get(KONTROLL, {}), **self.data[KONTROLL]}
        return given if self.fields is None else given | {FIELDS: self.fields}

    def parameter_place(self, name: str) -> DataPath:
        """Where in the rule's file the parameter ``name`` of the named check stands."""
        if name == FIELDS and self.fields is not None:
            return (*self.scope_place, self.scope)
        own = (*self.place, KONTROLL)
        if name not in self.data[KONTROLL] and name in self.common.get(KONTROLL, {}):
            return (COMMON, KONTROLL, name)
        return (*own, name) if name in self.data[KONTROLL] else own

    def conditions(self, key: str) -> tuple[tuple[Any, DataPath], ...]:
        """The conditions of a kind (``när``, ``när_kommun``, ``krav``) that all hold, each with its
        place."""
        shared = [(self.common[key], (COMMON, key))] if key in self.common else []
        own = [(self.data[key], (*self.place, key))] if key in self.data else []
        return (*shared, *own)


def written(rule: Mapping[str, Any]) -> Iterator[Written]:
    """The checks of a rule (its file's data), one for each scope that each of them has."""
    common = rule.get(COMMON, {})
    for number, check in enumerate(rule[CHECKS]):
        for scope in scopes(check, common):
            yield Written(number, scope, check, common)


def scopes(check: Mapping[str, Any], common: Mapping[str, Any]) -> tuple[str, ...]:
    """What a check is put to; nothing if neither it nor the rule says."""
    named = check.get(SCOPE, common.get(SCOPE, ()))
    return (named,) if isinstance(named, str) else tuple(named)
