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
        return (*self.place, "omfång") if "omfång" in self.data else (COMMON, "omfång")

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
    named = check.get("omfång", common.get("omfång", ()))
    return (named,) if isinstance(named, str) else tuple(named)
