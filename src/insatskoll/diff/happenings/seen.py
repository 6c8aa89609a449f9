"""What a reading is given, and what it answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import field
from typing import TYPE_CHECKING

from insatskoll.bilaga import phrases
from insatskoll.diff.facts import Fact, Item
from insatskoll.diff.known import Known
from insatskoll.values import immutable

if TYPE_CHECKING:
    from insatskoll.reading.schema_types import Villkor

LONG = 90  # characters of a text that stands whole in a clause, as it was and as it is


@immutable
class Seen:
    """A fact with its two sides as they are printed (``before`` and ``after``) and in words
    (``was`` and ``says``), and what it means (``verdicts``, codes)."""

    fact: Fact
    known: Known
    before: object
    after: object
    was: str
    says: str
    verdicts: frozenset[str] = frozenset()

    @property
    def long(self) -> bool:
        """Whether either side is too long to be quoted in a clause."""
        return max(len(self.was), len(self.says)) > LONG

    @property
    def plainly(self) -> str:
        """What has happened to it, if nothing more is known: it has come, gone or changed."""
        if self.fact.before is None:
            return "tillkommer"
        return "försvinner" if self.fact.after is None else "ändras"

    @property
    def alone(self) -> bool:
        """Whether no other age decides the same: the age is that of a target group, or the only
        condition of an age that there is on either side, and for all."""
        if "villkor" not in self.fact.path:
            return self.fact.subject.kind == "insats"
        if self.fact.subject.kind != "insats":
            return False
        ages = [
            [one for one in self._conditions(side) if "ålder" in one or one["typ"] == "ålder"]
            for side in (0, 1)
        ]
        return all(len(found) < 2 and "gäller" not in one for found in ages for one in found)

    def _conditions(self, side: int) -> Iterator[Villkor]:
        """The conditions that hold for what the fact is about: its own, those of the whole, and
        those of all insatser."""
        yield from self.known.common[side].get("gemensamma_villkor", ())
        insats = self.known.insats(self.fact.subject, side)
        if insats is None:
            return
        yield from insats.get("villkor", ())
        step = self.fact.path[1] if self.fact.path[0] == "delar" else None
        if isinstance(step, Item) and (place := (step.old, step.new)[side]) is not None:
            yield from insats["delar"][place].get("villkor", ())


@immutable
class Happening:
    """What has happened, by the name that ``catalogue/satser`` has a clause for, with what stands
    in its slots. ``whole`` tells whether the clause says all of what was and is. ``further`` are
    sentences of their own that follow, and ``brief`` the name of a clause that says less, for where
    all of what was and is stands beside it; a ``detail`` is left out there, and so is ``aside``, a
    sentence that follows."""

    name: str
    slots: Mapping[str, str] = field(default_factory=dict)
    whole: bool = True
    further: str = ""
    aside: str = ""
    brief: str = ""
    detail: bool = False


Reading = Callable[[Seen], list[Happening]]


def sides(seen: Seen) -> dict[str, str]:
    """The slots with what was and what is, as they are quoted."""
    return {"före": quoted(seen.was), "efter": quoted(seen.says)}


def quoted(text: str) -> str:
    """``text`` as it stands between quotation marks or in a clause: on one line, without its last
    full stop, which is the clause's own."""
    line = phrases.på_en_rad(text)
    return line if line.endswith("..") else line.removesuffix(".")


def plain(seen: Seen) -> list[Happening]:
    """It has come, gone or changed, from what it said to what it says."""
    return [Happening(seen.plainly, sides(seen), whole=not seen.long)]
