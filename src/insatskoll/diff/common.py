"""What kommun.yaml says of all insatser, as fields of one.

A rule of documentation that is only for some of them is no matter for the state, for which those
are only its words tell. Where such a rule and that for all are of different levels, what holds of
an insats that says nothing is therefore not known, and neither counts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from re import Pattern
from typing import TYPE_CHECKING, NamedTuple, cast

from insatskoll.catalogue.documentation import documentation_level
from insatskoll.diff.facts import Fact, FactPath, Item

if TYPE_CHECKING:
    from insatskoll.reading.schema_types import GemensamDokumentation, KommunData

Fields = Mapping[str, object]


class Common(NamedTuple):
    """What is said of all insatser: ``fields`` of one, of which the last goes before where two say
    the same, and the first ``day`` of all."""

    fields: Sequence[Fields]
    day: str

    def beside(self, own: Fields) -> Fields:
        """What an insats or a part says of its own, without a first day that is that of all."""
        if cast("str", own.get("gäller_från", "~")) > self.day:
            return own
        return {name: value for name, value in own.items() if name != "gäller_från"}


_RULES = "gemensam_dokumentation"
_LIST = "alla insatser"
# What kommun.yaml says of all insatser, and the field that says the same of one.
_FIELDS: Mapping[str, FactPath] = {
    "samtycke": ("samtycke",),
    "gemensamma_villkor": ("villkor",),
    "uppföljning": ("dokumentation", "uppföljning"),
}


def both(old: KommunData, new: KommunData) -> tuple[Common, Common]:
    """What is said of all insatser before and after. The day is the later of both, for every new
    bilaga has its own."""
    ruled = _is_known(old) and _is_known(new)
    day = max(side.get("bilaga", {}).get("gäller_från", "") for side in (old, new))
    return Common(_side(old, ruled=ruled), day), Common(_side(new, ruled=ruled), day)


def path_of(fact: Fact, old: KommunData, new: KommunData) -> FactPath | None:
    """The path in an insats of what a fact about kommun.yaml tells of; nothing if it is not said of
    all of them."""
    name, *inner = fact.path
    if name in _FIELDS:
        return *_FIELDS[str(name)], *inner
    rule = inner[0] if name == _RULES and inner else None
    if not isinstance(rule, Item) or not (_for_all(rule.name) or _for_all(rule.was)):
        return None
    if inner[1:2] == ["gäller"] or not (_is_known(old) and _is_known(new)):
        return None
    return "dokumentation", *inner[2:]


def _side(kommun: KommunData, *, ruled: bool) -> list[Fields]:
    found: list[Fields] = []
    for name, (field, *within) in _FIELDS.items():
        if name in kommun:
            value = cast("Fields", kommun)[name]
            found.append({str(field): {str(within[0]): value} if within else value})
    rules = _of_all(kommun) if ruled else ()
    return [*found, *({"dokumentation": rule["dokumentation"]} for rule in rules)]


def _of_all(kommun: KommunData) -> list[GemensamDokumentation]:
    return [rule for rule in kommun.get("gemensam_dokumentation", ()) if _for_all(rule["gäller"])]


def _is_known(kommun: KommunData) -> bool:
    """Whether the rules are all of one level, so that it holds for all of whom nothing else is
    said."""
    rules = kommun.get("gemensam_dokumentation", ())
    levels = {documentation_level(rule["dokumentation"]) for rule in rules} - {None}
    return len(levels) < 2


def _for_all(said: str) -> bool:
    return _words().search(said) is not None


@cache
def _words() -> Pattern[str]:
    from insatskoll.law import wordlists  # only who has such rules needs it
    from insatskoll.law.predicates import text

    return text.pattern(wordlists.program(_LIST).expressions)
