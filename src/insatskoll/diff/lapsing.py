"""What comes to an end or begins by its own day, between two days: nobody has then decided that it
comes or goes, whichever decisions are in force on them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, cast

from insatskoll import dates
from insatskoll.bilaga import phrases
from insatskoll.catalogue import in_force
from insatskoll.catalogue.model import Kommun
from insatskoll.diff import naming
from insatskoll.diff.facts import Comparison, Fact, Item
from insatskoll.values import immutable

if TYPE_CHECKING:
    from insatskoll.diff.telling import Change

LEAD = "Det som gäller ändras så att"

_Data = Mapping[str, object]


def told(changes: Iterable[Change], comparison: Comparison, kommun: Kommun | None) -> list[Change]:
    """The changes between two days, with those of whole insatser, and of their parts, told by the
    day when they end or begin, where that is why. ``kommun`` has the decisions."""
    first, second = comparison.old.per, comparison.new.per
    if first is None or second is None or kommun is None or first >= second:
        return list(changes)
    return [_by_its_day(change, _Between(kommun, first, second)) for change in changes]


def _by_its_day(change: Change, days: _Between) -> Change:
    said = {days.said(fact) for fact in change.own}
    if len(said) != 1 or not (words := said.pop()):
        return change
    known = "insatserna" if len(change.insatser) > 1 else "insatsen"
    whose = f"{known} {naming.named(change.insatser)}"
    parts = {_part(fact) for fact in change.own}
    if parts != {""}:
        if len(parts) > 1:
            return change
        whose = f"delen ”{naming.bare(parts.pop())}” i {whose}"
    return replace(change, clause=f"{whose} {words}", shorter="", main="", sentences=False)


def _part(fact: Fact) -> str:
    """The name of the part that comes or goes; empty for a whole insats."""
    step = fact.path[-1] if fact.path else None
    return step.name if isinstance(step, Item) else ""


@immutable
class _Between:
    """What of the decisions of ``kommun`` holds from the day ``first`` to the day ``second``."""

    kommun: Kommun
    first: str
    second: str

    def said(self, fact: Fact) -> str:
        """What happens by its own day with an insats or a part; empty for what is decided."""
        whole = not fact.path
        part = len(fact.path) == 2 and fact.path[0] == "delar" and isinstance(fact.path[1], Item)
        if fact.subject.kind != "insats" or not (whole or part):
            return ""
        name = _part(fact)
        if fact.after is None and (day := self._ends(fact.subject.old or "", name)):
            return f"upphör att gälla efter den {phrases.datum(day)}"
        if fact.before is None and (day := self._begins(fact.subject.new or "", name)):
            return f"börjar gälla den {phrases.datum(day)}"
        return ""

    def _ends(self, insats: str, part: str) -> str:
        """The last day that it holds, if that is a day of its own."""
        days = (day for day in self._turns() if self._held(insats, part, day) is not None)
        day = max(days, default="")
        held = self._held(insats, part, day) if day else None
        return day if held is not None and _day(held, "gäller_till") == day < self.second else ""

    def _begins(self, insats: str, part: str) -> str:
        """The first day that it holds without a break, if that is a day of its own."""
        days = (day for day in self._turns() if self._held(insats, part, day) is None)
        day = _after(max(days, default=self.first))
        held = self._held(insats, part, day)
        return day if held is not None and _day(held, "gäller_från") == day else ""

    def _turns(self) -> Iterable[str]:
        """The days after which something else may hold, and the first."""
        revisions = [beslut.revision for beslut in self.kommun.beslut]
        begun = {in_force.since(revision) for revision in revisions}
        last: set[str] = set()
        for revision in revisions:
            begun |= {event.get("laga_kraft", "") for event in revision.handelser}
            for insats in revision.insatser:
                for data in cast("Sequence[_Data]", (insats.data, *insats.data.get("delar", ()))):
                    begun.add(_text(data, "gäller_från"))
                    last.add(_text(data, "gäller_till"))
        before = (_before(day) for day in begun if self.first < day <= self.second)
        return {self.first, *before, *(day for day in last if self.first < day < self.second)}

    def _held(self, insats: str, part: str, day: str) -> _Data | None:
        """What holds of it on a day."""
        revision = in_force.on(self.kommun, day).revision
        if revision is None:
            return None
        alone = replace(revision, insatser=tuple(i for i in revision.insatser if i.id == insats))
        found = next(iter(in_force.holding(alone, day).insatser), None)
        if found is None or not part:
            return cast("_Data", found.data) if found is not None else None
        parts = cast("Sequence[_Data]", found.data.get("delar", ()))
        return next((one for one in parts if one.get("namn") == part), None)


def _after(day: str) -> str:
    return (date.fromisoformat(day) + timedelta(1)).isoformat()


def _before(day: str) -> str:
    return (date.fromisoformat(day) - timedelta(1)).isoformat()


def _text(data: _Data, field: str) -> str:
    found = data.get(field)
    return found if isinstance(found, str) and dates.exists(found) else ""


def _day(data: _Data, field: str) -> str:
    """The first or the last day of an insats or a part, by itself or by its parts; empty if it has
    none."""
    if own := _text(data, field):
        return own
    parts = cast("Sequence[_Data]", data.get("delar", ()))
    days = [day for part in parts if (day := _text(part, field))]
    among = min if field == "gäller_från" else max
    return among(days) if days and len(days) == len(parts) else ""
