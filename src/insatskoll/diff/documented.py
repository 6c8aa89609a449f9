"""What a clause says of how something is documented: the level before and after, and the reasons in
sentences of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from insatskoll.bilaga import phrases
from insatskoll.catalogue.documentation import documentation_level, invokes_reasons
from insatskoll.diff import stated
from insatskoll.diff.facts import Fact

if TYPE_CHECKING:
    from insatskoll.reading.schema_types import Dokumentation


def _sides(fact: Fact) -> tuple[Dokumentation, Dokumentation]:
    """How the field says that something was and is documented; nothing where it is not there."""
    before, after = (cast("Dokumentation", side or {}) for side in (fact.before, fact.after))
    return before, after


def another_level(fact: Fact, *, briefly: bool) -> tuple[str, str] | None:
    """How something was and is documented, if that is what has changed, as both sides say; without
    reasons if ``briefly``."""
    if not _is_another_level(fact):
        return None
    say = _briefly if briefly else phrases.dokumentation_sätt
    before, after = _sides(fact)
    return say(before), say(after)


def further(fact: Fact) -> str:
    """What a clause about another level does not say: the reasons and the rest, in sentences of
    their own."""
    there = all(isinstance(side, dict) for side in (fact.before, fact.after))
    if not there or not _is_another_level(fact):
        return ""
    before, after = _sides(fact)
    now = stated.documentation(after, before)
    was = stated.documentation(before, after, earlier=True)
    return " ".join(filter(None, [now, was]))


def states_a_level(fact: Fact) -> bool:
    """Whether a level is stated that is another than the one that only reasons for it, or nothing,
    told of before."""
    if fact.field != "dokumentation":
        return False
    before, after = _sides(fact)
    if any(name in before for name in ("nivå", "lagrum")) or "nivå" not in after:
        return False
    return invokes_reasons(before) and documentation_level(before) != after["nivå"]


def _is_another_level(fact: Fact) -> bool:
    """Whether what has changed is how something is documented, as both sides say, and not only for
    which reasons."""
    if fact.field != "dokumentation":
        return False
    sides = _sides(fact)
    if any("nivå" not in side and "lagrum" not in side for side in sides):
        return False
    levels = [_level(side) for side in sides]
    return all(levels) and levels[0] != levels[1]


def _level(documentation: Dokumentation) -> str:
    """The level of documentation alone, in words."""
    level = documentation_level(documentation)
    return phrases.dokumentation({"nivå": level}) if level else ""


def _briefly(documentation: Dokumentation) -> str:
    """The level, and whether it is for special reasons, without which."""
    brief: Dokumentation = {}
    if level := documentation_level(documentation):
        brief["nivå"] = level
    if invokes_reasons(documentation):
        brief["särskilda_skäl"] = {"åberopas": "ja"}
    return phrases.dokumentation(brief)
