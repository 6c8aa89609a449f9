"""What a clause says of how something is documented: the level before and after, and the reasons in
sentences of their own."""

from __future__ import annotations

from insatskoll.bilaga import phrases
from insatskoll.catalogue.data import Data
from insatskoll.catalogue.documentation import documentation_level, invokes_reasons
from insatskoll.diff.facts import Fact


def another_level(fact: Fact, *, briefly: bool) -> tuple[str, str] | None:
    """How something was and is documented, if that is what has changed, as both sides say; without
    reasons if ``briefly``."""
    if not _is_another_level(fact):
        return None
    say = _briefly if briefly else phrases.dokumentation_sätt
    return say(fact.before or {}), say(fact.after or {})


def further(fact: Fact) -> str:
    """What a clause about another level does not say: the reasons and the rest, in sentences of
    their own."""
    sides = (fact.before, fact.after)
    if not all(isinstance(side, dict) for side in sides) or not _is_another_level(fact):
        return ""
    was, now = (phrases.mening(phrases.på_en_rad(phrases.dokumentation_mer(s))) for s in sides)
    if was == now:
        return ""
    before = f"Tidigare angavs ”{was.removesuffix('.')}”." if was else ""
    return " ".join(filter(None, [now, before]))


def _is_another_level(fact: Fact) -> bool:
    """Whether what has changed is how something is documented, as both sides say, and not only for
    which reasons."""
    sides = (fact.before or {}, fact.after or {})
    if fact.field != "dokumentation":
        return False
    if any("nivå" not in side and "lagrum" not in side for side in sides):
        return False
    levels = [_level(side) for side in sides]
    return all(levels) and levels[0] != levels[1]


def _level(documentation: Data) -> str:
    """The level of documentation alone, in words."""
    level = documentation_level(documentation)
    return phrases.dokumentation({"nivå": level}) if level else ""


def _briefly(documentation: Data) -> str:
    """The level, and whether it is for special reasons, without which."""
    reasons = {"särskilda_skäl": {"åberopas": "ja"}} if invokes_reasons(documentation) else {}
    return phrases.dokumentation({"nivå": documentation_level(documentation), **reasons})
