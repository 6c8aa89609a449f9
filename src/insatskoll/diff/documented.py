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

_KEPT = frozenset({"uppföljning", "beskrivning"})  # what is noted, and how


def _sides(fact: Fact) -> tuple[Dokumentation, Dokumentation]:
    """How the field says that something was and is documented; nothing where it is not there."""
    before, after = (cast("Dokumentation", side or {}) for side in (fact.before, fact.after))
    return before, after


def another_level(fact: Fact) -> tuple[str, str] | None:
    """How something was and is documented, if that is what has changed, as both sides say."""
    if not _is_another_level(fact):
        return None
    before, after = _sides(fact)
    return phrases.dokumentation_sätt(before), phrases.dokumentation_sätt(after)


def further(fact: Fact, *, ended: bool = True) -> tuple[str, bool]:
    """What a clause about another level does not say, in sentences of their own, and whether that
    is all there is: of an exemption that has ``ended``, as the clause tells, only what is noted
    where that is not all."""
    there = all(isinstance(side, dict) for side in (fact.before, fact.after))
    if not there:
        return "", True
    before, after = _sides(fact)
    earlier = before
    if ended and _is_exempt(before) and not _is_exempt(after):
        kept = _KEPT if documentation_level(after) != "individnivå" else frozenset[str]()
        left = {key: one for key, one in before.items() if key in kept | {"nivå", "lagrum"}}
        earlier = cast("Dokumentation", left)
    now = stated.documentation(after, before)
    was = stated.documentation(earlier, after, earlier=True)
    whole = was == stated.documentation(before, after, earlier=True)
    return " ".join(filter(None, [now, was])), whole


def _is_exempt(documentation: Dokumentation) -> bool:
    """Whether something is documented by an exemption, which has its reasons."""
    return documentation_level(documentation) == "avidentifierad" or invokes_reasons(documentation)


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
