"""Judgement: what a fact means, on axes of their own, so that it can be read and disputed apart from the fact.

``effect`` is the legal effect for the individual, ``documentation`` whether more or less is recorded. Every judgement
has its mirror image: swapping the revisions swaps it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from insatskoll.diff.facts import Fact
from insatskoll.model import BASES

Effect = Literal["öppnare", "snävare", "oförändrad", "oklar"]
Documentation = Literal["mer", "mindre", "annan grund", ""]

_EDITORIAL = frozenset({"namn", "kortnamn", "namn_i_matris", "titel", "beteckning", "rubrik", "grupp", "scb_kod"})
_WHO_PROVIDES = frozenset({"utförare", "enheter", "platser", "samverkan", "personal", "regi", "avdelning", "nämnd"})


@dataclass(frozen=True)
class Judgement:
    """What a fact means. ``lagrum`` is the provision that the judgement rests on, if any."""

    effect: Effect
    documentation: Documentation = ""
    editorial: bool = False
    lagrum: str = ""


def judge(fact: Fact) -> Judgement:
    """The meaning of ``fact``; ``oklar`` where only a reader of the text can tell."""
    if not fact.path:
        return Judgement("öppnare" if fact.kind == "added" else "snävare", lagrum="SoL 11 kap. 5 §")
    if fact.field in _JUDGES:
        return _JUDGES[fact.field](fact.before, fact.after)
    if fact.field in _EDITORIAL:
        return Judgement("oförändrad", editorial=True)
    if fact.field in _WHO_PROVIDES:
        return Judgement("oförändrad")
    return Judgement("oklar")


def _documentation(before: Any, after: Any) -> Judgement:
    levels = [(side or {}).get("nivå") for side in (before, after)]
    recorded = [level == "individnivå" for level in levels]
    change: Documentation = ""
    if None not in levels and levels[0] != levels[1]:
        change = "annan grund" if recorded[0] == recorded[1] else "mer" if recorded[1] else "mindre"
    return Judgement("oförändrad", change, lagrum=BASES.get(levels[1] or levels[0] or "", ""))


def _extent(before: Any, after: Any) -> Judgement:
    """A ceiling that appears or falls narrows; one that holds for some only says nothing of the rest."""
    sides = [side or {} for side in (before, after)]
    if any("gäller" in side for side in sides):
        return Judgement("oklar")
    ceilings = [side.get("högst", side.get("antal", float("inf"))) for side in sides]
    if ceilings[0] == ceilings[1] or len({side.get("enhet") for side in sides if side.get("enhet")}) > 1:
        return Judgement("oklar")
    return Judgement("snävare" if ceilings[1] < ceilings[0] else "öppnare")


def _condition(before: Any, after: Any) -> Judgement:
    if before is None or after is None:
        return Judgement("snävare" if before is None else "öppnare")
    return Judgement("oklar")


def _age(before: Any, after: Any) -> Judgement:
    if before is None or after is None:
        return Judgement("snävare" if before is None else "öppnare")
    if before["avser"] != after["avser"] or before.get("enhet") != after.get("enhet"):
        return Judgement("oklar")
    low = [side.get("från", 0) for side in (before, after)]
    high = [side.get("till", float("inf")) for side in (before, after)]
    wider = low[1] <= low[0] and high[1] >= high[0]
    narrower = low[1] >= low[0] and high[1] <= high[0]
    return Judgement("oklar" if wider == narrower else "öppnare" if wider else "snävare")


_JUDGES: dict[str, Callable[[Any, Any], Judgement]] = {
    "dokumentation": _documentation,
    "omfattning": _extent,
    "villkor": _condition,
    "ålder": _age,
}
