"""Where a change stands: the file and the lines of the field, before and after it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from insatskoll.diff.facts import Fact, Item, Order
from insatskoll.reading.places import DataPath, Span, value_at
from insatskoll.values import immutable

if TYPE_CHECKING:
    from insatskoll.catalogue.model import Kommun, Revision
    from insatskoll.diff.telling import Change, Telling
    from insatskoll.reading.document import Document

_NAMES = {"id": "tidigare_id"}  # where something about the file itself is told in it


@immutable
class Place:
    """A place in a file. ``stands`` tells that the field stands there: otherwise it is where the
    field would be, in what it would stand in."""

    path: Path
    span: Span
    stands: bool = True


Both = tuple[Place | None, Place | None]


class Places:
    """The places of a telling's changes, before and after."""

    def __init__(self, telling: Telling) -> None:
        comparison = telling.comparison
        old, new = comparison.old, comparison.new
        self.sides = (_Side(old, telling.sides[0]), _Side(new, telling.sides[1]))

    def of(self, fact: Fact) -> Both:
        """Where a fact stands on either side; None where the file is not there."""
        old, new = (side.place(fact, number) for number, side in enumerate(self.sides))
        return old, new

    def of_change(self, change: Change) -> Both:
        """Where the first of what a change is about stands, on either side."""
        told = change.own or change.facts
        if told:
            return self.of(told[0])
        if change.group is None:
            return None, None
        ids = (change.group.old, change.group.new)
        old, new = (side.insats(names[0]) for side, names in zip(self.sides, ids, strict=True))
        return old, new


class _Side:
    def __init__(self, revision: Revision, kommun: Kommun | None) -> None:
        self.revision = revision
        self.kommun = kommun
        self.insatser = {insats.id: insats for insats in revision.insatser}
        frozen = kommun.beslut if kommun is not None and revision.beslut is not None else ()
        self.frozen = [one.document for one in frozen]

    def insats(self, insats_id: str) -> Place | None:
        """Where an insats stands, as a whole."""
        return self._at(self._insats(insats_id), ("namn",))

    def place(self, fact: Fact, side: int) -> Place | None:
        """Where a fact stands; None if its file is not on this ``side``."""
        file = self._file(fact, side)
        steps: list[str | int] = []
        for step in fact.path:
            if isinstance(step, Order):
                break
            if isinstance(step, Item):
                number = (step.old, step.new)[side]
                if number is None:
                    return self._at(file, tuple(steps), stands=False)
                steps.append(number)
            else:
                steps.append(step)
        if len(steps) == 1:
            steps = [_NAMES.get(str(steps[0]), steps[0])]
        return self._at(file, tuple(steps) or ("namn",))

    def _file(self, fact: Fact, side: int) -> tuple[Document, DataPath] | None:
        """The file that a fact is about, and where in it what is compared begins."""
        subject = fact.subject
        own = (subject.old, subject.new)[side] or ""
        if subject.kind == "insats":
            return self._insats(own)
        if subject.kind == "riskanalys":
            analyses = self.kommun.riskanalyser if self.kommun is not None else ()
            found = next((one.document for one in analyses if one.id == own), None)
            data = self.revision.riskanalyser.get(own)
            return self._decided("riskanalyser", data) if found is None else (found, ())
        if self.revision.document is None:
            return self._decided("kommun", self.revision.kommun)
        return self.revision.document, ()

    def _insats(self, insats_id: str) -> tuple[Document, DataPath] | None:
        insats = self.insatser.get(insats_id)
        if insats is None:
            return None
        if insats.document is None:
            return self._decided("insatser", insats.data)
        return insats.document, ()

    def _decided(self, part: str, data: object) -> tuple[Document, DataPath] | None:
        """The frozen decision that holds ``data``, and where in it: what is in force may come from
        several, and may be compared under another id."""
        for document in self.frozen:
            held = value_at(document.data, ("innehåll", part))
            if held is data:
                return document, ("innehåll", part)
            names = held.items() if isinstance(held, Mapping) else ()
            found = next((name for name, one in names if one is data), None)
            if found is not None:
                return document, ("innehåll", part, found)
        return None

    def _at(
        self, file: tuple[Document, DataPath] | None, path: DataPath, *, stands: bool = True
    ) -> Place | None:
        if file is None:
            return None
        document, within = file
        whole = (*within, *path)
        there = stands and value_at(document.data, whole) is not None
        return Place(document.path, document.span(whole), there)
