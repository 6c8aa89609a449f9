"""Which types of insatser may not be given without an assessment of needs (SoL 11 kap. 5 §).

The rules that find them say which: those that rest on a point of that paragraph and ask for a type.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, Literal, cast, get_args

from insatskoll.reading import builtin

if TYPE_CHECKING:
    from insatskoll.catalogue.model import Insats, Revision
    from insatskoll.law.checks import Check
    from insatskoll.law.rules import Rule, RuleSet

Assessed = Literal["måste prövas", "kan behöva prövas", "behöver inte prövas"]
ANSWERS: tuple[Assessed, ...] = get_args(Assessed)
_PROVISION = "SoL 11 kap. 5 §"
_TYPE = "insatstyp"
_ALWAYS, _PERHAPS, _NEVER = ANSWERS


def assessed(insatstyp: str) -> Assessed:
    """Whether an insats of a type always needs an assessment, needs one for some who may come to
    it, or needs none as far as its type tells."""
    by_type = cast("Mapping[str, Assessed]", builtin.remembered("behovsprövning", _by_type))
    return by_type.get(insatstyp, _NEVER)


def found(insats: Insats, revision: Revision) -> Assessed:
    """Whether an insats needs an assessment, by its type and, where that does not tell, by what the
    rules find of who may come to it; what they only ask somebody to look into is not enough."""
    how = assessed(str(insats.data.get(_TYPE, "")))
    if how != _PERHAPS:
        return how
    from insatskoll.law.predicates import Subject

    subject = Subject(insats.data, revision, insats)
    return _ALWAYS if any(check.hits(subject) for check in _perhaps()) else _NEVER


@cache
def _perhaps() -> tuple[Check, ...]:
    """The errors of the rules that find a type which needs an assessment for some."""
    from insatskoll.law import checks  # few changes are of such a type
    from insatskoll.law.rules import load_rules

    ruleset = load_rules()
    rules = [
        rule
        for rule in ruleset.rules.values()
        if any(how == _PERHAPS for _, how in _told(rule, ruleset))
    ]
    compiled = (check for rule in rules for check in checks.compiled(rule))
    return tuple(one for one in compiled if one.level == "fel" and one.scope == "insats")


def _by_type() -> dict[str, str]:
    """The types that rules ask for; where one rule finds them always, that goes before another."""
    from insatskoll.law.rules import load_rules  # most runs know what they say

    ruleset = load_rules()
    told = [one for rule in ruleset.rules.values() for one in _told(rule, ruleset)]
    return dict(sorted(told, key=lambda one: one[1] == _ALWAYS))


def _told(rule: Rule, ruleset: RuleSet) -> Iterator[tuple[str, str]]:
    """The types that the errors of a rule about the paragraph are found for, and whether they
    always are."""
    if not any(basis.startswith(_PROVISION) for basis in rule.lagrum):
        return
    shared = rule.data.get("för_alla", {})
    for check in rule.data["prövningar"]:
        if check.get("nivå", rule.level) != "fel":
            continue
        asked = [one["när"] for one in (shared, check) if "när" in one]
        alone = len(asked) == 1 and "kontroll" not in check and "kontroll" not in shared
        for condition in asked:
            types, rest = _types(condition, ruleset)
            how = _ALWAYS if alone and not rest else _PERHAPS
            yield from ((one, how) for one in types)


def _types(condition: object, ruleset: RuleSet) -> tuple[list[str], bool]:
    """The types that a condition asks for, and whether it asks for anything else."""
    named = ruleset.definitions.get(condition) if isinstance(condition, str) else None
    written = condition if named is None else named.condition
    if not isinstance(written, dict) or _TYPE not in written:
        return [], True
    types = written[_TYPE]
    return [types] if isinstance(types, str) else list(types), len(written) > 1
