"""What is known around the facts of a comparison: what ids are called on either side, and the files
that they are about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from insatskoll.catalogue import printed
from insatskoll.catalogue.model import Insats, Revision
from insatskoll.diff.facts import About, Comparison, Fact, Item

if TYPE_CHECKING:
    from insatskoll.reading.schema_types import InsatsData, RiskanalysData

COMMON = "Gemensamt för bilagan"
ANALYSES = "Risk- och konsekvensanalyser"
_UNITS = ("enheter", "enhet")  # the fields of an insats that name units by their ids


class Known:
    """The two revisions of a comparison, looked up by id."""

    def __init__(self, comparison: Comparison) -> None:
        sides = (comparison.old, comparison.new)
        self.names: list[dict[str, str]] = [
            {
                **{enhet["id"]: enhet["namn"] for enhet in side.kommun.get("enheter", ())},
                **{one["id"]: one["namn"] for one in side.kommun.get("avdelningar", ())},
            }
            for side in sides
        ]
        self._new_ids = {
            **dict.fromkeys(_UNITS, _given_new_ids(comparison, "enheter")),
            "avdelning": _given_new_ids(comparison, "avdelningar"),
        }
        for new_ids in self._new_ids.values():
            self.names[0] |= {new: self.names[1][new] for new in new_ids.values()}
        self.insatser: list[dict[str, Insats]] = [
            {insats.id: insats for insats in side.insatser} for side in sides
        ]
        self.common = [side.kommun for side in sides]
        self.analyses = [side.riskanalyser for side in sides]
        self.headings: dict[str, str] = {
            thing["id"]: thing["namn"]
            for side in sides
            for thing in side.kommun.get("avdelningar", ())
        }
        self.merged = {
            insats_id
            for group in comparison.groups
            if len(group.old) > 1
            for insats_id in group.new
        }

    def resolved(self, fact: Fact) -> Fact:
        """The fact, where it is about units or an avdelning, with those by the same id on both
        sides that have been given new ids and kept their names."""
        new_ids = self._new_ids.get(fact.field, {}) if fact.subject.kind == "insats" else {}
        before = _with_new_ids(fact.before, new_ids)
        return fact if before == fact.before else replace(fact, before=before)

    def section(self, fact: Fact) -> str:
        """The heading that a fact is told under: its insats's avdelning, or what is common."""
        if fact.subject.kind == "insats":
            return self.headings.get(fact.subject.avdelning, fact.subject.avdelning)
        return ANALYSES if fact.subject.kind == "riskanalys" else COMMON

    def insats(self, subject: About, side: int) -> InsatsData | None:
        """The insats that ``subject`` is, before (0) or after (1); None where it is not."""
        insats = self.insatser[side].get((subject.old, subject.new)[side] or "")
        return insats.data if insats else None

    def file(self, subject: About, side: int) -> InsatsData | RiskanalysData | None:
        """The file of an insats or an analysis, before or after; None where it is not."""
        if subject.kind == "insats":
            return self.insats(subject, side)
        if subject.kind == "riskanalys":
            return self.analyses[side].get((subject.old, subject.new)[side] or "")
        return None

    def printed(self, fact: Fact, value: object) -> object:
        """``value`` of the fact as it is printed. What is noted for those who work with the files
        is not."""
        if fact.field in printed.INTERNAL:
            return None
        side = 0 if value is fact.before else 1
        return printed.field(fact.field, value, self._participants(fact, side))

    def _participants(self, fact: Fact, side: int) -> Sequence[str]:
        """Who takes part in what the fact is about, before or after."""
        file = self.file(fact.subject, side)
        own: Sequence[str] = file.get("målgrupp", {}).get("deltagare", ()) if file else ()
        insats = self.insats(fact.subject, side)
        if insats and fact.path[:1] == ("delar",) and isinstance(step := fact.path[1], Item):
            place = (step.old, step.new)[side]
            if place is not None:
                own = insats["delar"][place].get("målgrupp", {}).get("deltagare", own)
        return own


def _with_new_ids(value: object, new_ids: Mapping[str, str]) -> object:
    if isinstance(value, str):
        return new_ids.get(value, value)
    if isinstance(value, list):
        return [_with_new_ids(one, new_ids) for one in value]
    return value


def _given_new_ids(comparison: Comparison, field: str) -> dict[str, str]:
    """The new ids, by the old, of the units or avdelningar that have been given others; the name
    tells which they are, where no other has it and the id is none of before."""
    old, new = (_ids_by_name(side, field) for side in (comparison.old, comparison.new))
    taken = {one for ids in old.values() for one in ids}
    return {
        old[name][0]: new[name][0]
        for name in old.keys() & new.keys()
        if len(old[name]) == len(new[name]) == 1 and new[name][0] not in taken
    }


def _ids_by_name(side: Revision, field: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one in cast("Mapping[str, Sequence[Mapping[str, str]]]", side.kommun).get(field, ()):
        found.setdefault(one["namn"], []).append(one["id"])
    return found
