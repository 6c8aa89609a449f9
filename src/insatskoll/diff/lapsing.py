"""What comes to an end or begins by its own day, between two days of one decision: nobody has then
decided that it comes or goes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from insatskoll.bilaga import phrases
from insatskoll.diff import naming
from insatskoll.diff.facts import Comparison, Fact

if TYPE_CHECKING:
    from insatskoll.diff.telling import Change

LEAD = "Det som gäller ändras så att"


def told(changes: Iterable[Change], comparison: Comparison) -> list[Change]:
    """The changes between two days, with those of whole insatser told by the day when they end or
    begin, where one decision is in force on both days."""
    old, new = comparison.old, comparison.new
    if old.per is None or new.per is None or old.beslut != new.beslut:
        return list(changes)
    return [_by_its_day(change, old.per, new.per) for change in changes]


def _by_its_day(change: Change, first: str, second: str) -> Change:
    said = {_said(fact, first, second) for fact in change.own}
    if len(said) != 1 or not (words := said.pop()):
        return change
    known = "insatserna" if len(change.insatser) > 1 else "insatsen"
    clause = f"{known} {naming.named(change.insatser)} {words}"
    return replace(change, clause=clause, shorter="", main="", sentences=False)


def _said(fact: Fact, first: str, second: str) -> str:
    """What happens with a whole insats between two days; empty for what is something else."""
    if fact.path or fact.subject.kind != "insats":
        return ""
    data = cast("Mapping[str, object]", fact.before or fact.after)
    begins, ends = _day(data, "gäller_från", min), _day(data, "gäller_till", max)
    if fact.after is None and ends and first <= ends < second:
        return f"upphör att gälla efter den {phrases.datum(ends)}"
    if fact.before is None and begins and first < begins <= second:
        return f"börjar gälla den {phrases.datum(begins)}"
    return ""


def _day(data: Mapping[str, object], field: str, among: Callable[[Iterable[str]], str]) -> str:
    """The first or the last day of an insats, by itself or by its parts; empty if it has none."""
    own = data.get(field)
    if isinstance(own, str):
        return own
    parts = cast("Sequence[Mapping[str, object]]", data.get("delar", ()))
    days = [day for part in parts if isinstance(day := part.get(field), str)]
    return among(days) if days and len(days) == len(parts) else ""
