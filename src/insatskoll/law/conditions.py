"""The conditions of a check, made out of what its rule says. Those of the program's own rules are
remembered, so that most runs make none."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import jsonschema_rs

from insatskoll.law import (
    condition_cost,
    condition_form,
    condition_guard,
    rule_fields,
    rule_form,
    shapes,
)
from insatskoll.law.condition_parts import Compiled, FormError, all_of
from insatskoll.law.rule_files import RuleError
from insatskoll.law.rule_form import RUN_BY_PROGRAM, Condition, Written
from insatskoll.law.shapes import Shape
from insatskoll.names import plain
from insatskoll.reading.places import parse_path

if TYPE_CHECKING:
    from insatskoll.law.rules import Rule


def of(rule: Rule, written: Written) -> dict[Condition, Compiled | None]:
    """The check's conditions by kind, None for a kind that it has none of. Raises
    :class:`RuleError`."""
    return {key: _made(rule, written, key) for key in rule_form.CONDITIONS}


def _made(rule: Rule, written: Written, key: Condition) -> Compiled | None:
    parts = written.conditions(key)
    if not parts:
        return None
    shape, scope = (
        (shapes.of("kommun"), "kommun")
        if key == "när_kommun"
        else (_shape(rule, written), written.scope)
    )
    try:
        found = [
            condition_form.compiled(
                condition, shape, scope, place, rule.guard, rule.definitions, rule.ordlistor
            )
            for condition, place in parts
        ]
        return all_of(found, parts[-1][1])
    except FormError as error:
        raise RuleError(f"{rule.at(error.path, key=error.key)}: {plain(str(error))}") from None


def _shape(rule: Rule, written: Written) -> Shape:
    """What a check's conditions are put to."""
    if written.scope in RUN_BY_PROGRAM:
        raise RuleError(
            f"{rule.at(written.scope_place)}: omfånget {written.scope} kan inte ha villkor"
        )
    try:
        return rule_fields.target(
            shapes.of(written.scope), parse_path(written.data.get("för", "")), written.scope
        )
    except rule_fields.Unknown as error:
        raise RuleError(f"{rule.at((*written.place, 'för'))}: {plain(str(error))}") from None


def steps(condition: Compiled | None) -> int:
    """What a condition of the municipality's own takes for each letter."""
    if condition is None:
        return 0
    return condition.steps + condition.ways // condition_cost.WAYS_A_STEP


def validator(rule: Rule, written: Written, condition: Compiled) -> Callable[[object], bool]:
    """What says whether data fulfil a condition of the municipality's own. Raises
    :class:`RuleError`."""
    try:
        return condition_guard.validator(condition)
    except (jsonschema_rs.ValidationError, ValueError):
        raise RuleError(f"{rule.at(written.place)}: {condition_guard.UNUSABLE}") from None
