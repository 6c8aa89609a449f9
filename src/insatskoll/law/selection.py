"""Which rules a run puts, and at what level: chosen by the beginnings of their ids, on the command
line or in the settings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple, cast

from insatskoll.errors import Refused
from insatskoll.values import immutable

if TYPE_CHECKING:  # settings are read by commands that need no rules
    from insatskoll.law.rules import Rule, RuleSet
    from insatskoll.reading.schema_types import RegelData


class SelectionError(Refused):
    """The rules cannot be chosen so; the message says where it was asked for."""


class Prefix(NamedTuple):
    """The beginning of a rule's id, or all of it, and where it was asked for
    (``insatskoll.yaml:3:11`` or a flag)."""

    text: str
    origin: str


@immutable
class Selection:
    """What to put: ``select`` (all if empty) but not ``ignore``, the longer beginning before the
    shorter; ``levels`` are the levels that the findings get instead of the rule's own."""

    select: tuple[Prefix, ...] = ()
    ignore: tuple[Prefix, ...] = ()
    levels: tuple[tuple[Prefix, str], ...] = ()

    def overridden(self, select: Sequence[Prefix], ignore: Sequence[Prefix]) -> Selection:
        """The selection with what a command line says instead, where it says something."""
        return replace(
            self, select=tuple(select) or self.select, ignore=tuple(ignore) or self.ignore
        )

    def within(self, ruleset: RuleSet) -> Selection:
        """The selection without what names no rule in ``ruleset``."""

        def known(prefix: Prefix) -> bool:
            return any(rule_id.startswith(prefix.text) for rule_id in ruleset.rules)

        levels = tuple((prefix, level) for prefix, level in self.levels if known(prefix))
        return Selection(
            tuple(filter(known, self.select)), tuple(filter(known, self.ignore)), levels
        )

    def asks_as(self, other: Selection) -> bool:
        """Whether ``other`` asks for the same, wherever it is written."""

        return self.texts == other.texts

    @property
    def texts(self) -> tuple[object, ...]:
        """What it asks for, wherever it is written."""
        select, ignore = ([prefix.text for prefix in asked] for asked in (self.select, self.ignore))
        return select, ignore, [(prefix.text, level) for prefix, level in self.levels]

    def of(self, ruleset: RuleSet) -> RuleSet:
        """The rules chosen out of ``ruleset``. Raises :class:`SelectionError` for what names no
        rule, or leaves none."""
        for prefix in (*self.select, *self.ignore, *(prefix for prefix, _ in self.levels)):
            if not any(rule_id.startswith(prefix.text) for rule_id in ruleset.rules):
                raise SelectionError(
                    f"{prefix.origin}: Ingen regel börjar på ”{prefix.text}”. Kommandot "
                    "insatskoll rules visar alla."
                )
        levelled = {rule_id: self._levelled(rule) for rule_id, rule in ruleset.rules.items()}
        chosen = {rule_id: rule for rule_id, rule in levelled.items() if self._chooses(rule_id)}
        if not chosen:
            raise SelectionError(
                f"{(*self.ignore, *self.select)[0].origin}: Inga regler blir kvar att pröva."
            )
        left_out = {rule_id: rule for rule_id, rule in levelled.items() if rule_id not in chosen}
        return replace(ruleset, rules=chosen, left_out=left_out)

    def _chooses(self, rule_id: str) -> bool:
        wanted = _longest(rule_id, self.select) if self.select else 0
        return wanted is not None and (_longest(rule_id, self.ignore) or -1) < wanted

    def _levelled(self, rule: Rule) -> Rule:
        levels = {prefix.text: level for prefix, level in self.levels}
        length = _longest(rule.id, [prefix for prefix, _ in self.levels])
        if length is None:
            return rule
        checks = [
            {key: value for key, value in check.items() if key != "nivå"}
            for check in rule.data["prövningar"]
        ]
        changed = {"nivå": levels[rule.id[:length]], "prövningar": checks}
        return replace(rule, data=cast("RegelData", rule.data | changed))


ALL = Selection()


def _longest(rule_id: str, prefixes: Sequence[Prefix]) -> int | None:
    """The length of the longest of ``prefixes`` that ``rule_id`` begins with."""
    return max(
        (len(prefix.text) for prefix in prefixes if rule_id.startswith(prefix.text)), default=None
    )


def prefixes(values: Sequence[str], origin: str) -> list[Prefix]:
    """The beginnings in ``values``, each of which may be several with commas between."""
    return [
        Prefix(text.strip().upper(), origin)
        for value in values
        for text in value.split(",")
        if text.strip()
    ]
