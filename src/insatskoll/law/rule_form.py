"""A rule's checks as they are written, each as it holds for one scope with what the rule says of
all of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final, Literal, cast

from insatskoll.reading.places import DataPath
from insatskoll.values import immutable

if TYPE_CHECKING:
    from insatskoll.reading.schema_types import (
        RegelData,
        RegelFörAlla,
        RegelOmfangsord,
        RegelProvning,
    )

# An example's kind: what the rule is to find, and what is to be left.
Kind = Literal["träff", "tyst"]
EXAMPLES: Mapping[Kind, str] = {
    "träff": "Det här finner regeln", "tyst": "Här håller regeln tyst"
}  # fmt: skip
COMMON = "för_alla"
CHECKS = "prövningar"
SCOPE: Final = "omfång"
KONTROLL: Final = "kontroll"
FIELDS: Final = "fält"  # the parameter that a scope can be written with
Condition = Literal["när", "när_kommun", "krav"]
CONDITIONS: tuple[Condition, ...] = ("när", "när_kommun", "krav")
CLAIM: Final = "påstående"  # the scope of what a text claims
RUN_BY_PROGRAM = frozenset(
    {"fil", "avvikelse"}
)  # scopes that the reader and the linting themselves judge


@immutable
class Written:
    """A check for one of its scopes. ``number`` is its place among the rule's, from 0."""

    number: int
    scope: RegelOmfangsord
    data: RegelProvning
    common: RegelFörAlla

    @property
    def place(self) -> DataPath:
        """Where in the rule's file it stands."""
        return (CHECKS, self.number)

    @property
    def scope_place(self) -> DataPath:
        """Where in the rule's file its scope stands."""
        return (*self.place, SCOPE) if SCOPE in self.data else (COMMON, SCOPE)

    @property
    def function(self) -> str:
        """The name of the check's function; empty if it names none."""
        return str(self.kontroll.get("funktion", ""))

    @property
    def fields(self) -> list[str] | None:
        """The fields that its scope is written with, or None if it is only named."""
        named = self.data.get(SCOPE, self.common.get(SCOPE))
        return (
            cast("Mapping[str, list[str]]", named)[self.scope] if isinstance(named, dict) else None
        )

    @property
    def kontroll(self) -> Mapping[str, object]:
        """The named check and its parameters, with those that the rule says of all its checks and
        the fields of the scope; nothing if the check has none. What a rule says of all its checks
        is also for one that says nothing itself, unless it is a requirement."""
        shared = self.common.get(KONTROLL, {})
        if KONTROLL not in self.data and ("krav" in self.data or not shared):
            return {}
        given = {**shared, **self.data.get(KONTROLL, {})}
        return given if self.fields is None else given | {FIELDS: self.fields}

    def parameter_place(self, name: str) -> DataPath:
        """Where in the rule's file the parameter ``name`` of the named check stands."""
        if name == FIELDS and self.fields is not None:
            return (*self.scope_place, self.scope)
        if KONTROLL in self.data and name in self.data[KONTROLL]:
            return (*self.place, KONTROLL, name)
        if name in self.common.get(KONTROLL, {}):
            return (COMMON, KONTROLL, name)
        return (*self.place, KONTROLL) if KONTROLL in self.data else self.place

    @property
    def asks(self) -> bool:
        """Whether anything tells what it finds; without that all that there is would be found."""
        return bool(self.kontroll) or any(self.conditions(key) for key in CONDITIONS)

    def conditions(self, key: Condition) -> tuple[tuple[object, DataPath], ...]:
        """The conditions of a kind (``när``, ``när_kommun``, ``krav``) that all hold, each with its
        place."""
        shared: list[tuple[object, DataPath]] = []
        if key != "krav" and key in self.common:
            shared.append((self.common[key], (COMMON, key)))
        own = [(self.data[key], (*self.place, key))] if key in self.data else []
        return (*shared, *own)


def written(rule: RegelData) -> Iterator[Written]:
    """The checks of a rule (its file's data), one for each scope that each of them has."""
    common = rule.get("för_alla", {})
    for number, check in enumerate(rule["prövningar"]):
        for scope in scopes(check, common):
            yield Written(number, scope, check, common)


def scopes(check: RegelProvning, common: RegelFörAlla) -> tuple[RegelOmfangsord, ...]:
    """What a check is put to; nothing if neither it nor the rule says."""
    named = check.get(SCOPE, common.get(SCOPE, ()))
    return (named,) if isinstance(named, str) else tuple(named)
