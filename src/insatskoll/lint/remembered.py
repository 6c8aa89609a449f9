"""Keeps what was found in a municipality until something that it was found in is another.

A municipality's row is asked for by its folder and by what the command asked. It answers if the
program, the rules and the concepts are the same, if the folder is, and if those before it in the
run have the same of what it has (see ``Outcome.said``).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from insatskoll.catalogue import loading
from insatskoll.lint import rows
from insatskoll.lint.report import Outcome
from insatskoll.names import absolute
from insatskoll.reading.cache import Cache
from insatskoll.reading.trees import Source


@dataclass
class Remembered:
    """The rows in ``cache``. ``asked`` is what the command asked, and ``basis`` all that decides
    what is found besides the municipality and its neighbours."""

    cache: Cache
    asked: str
    basis: str
    new: list[tuple[Source, Outcome]] = field(default_factory=list)
    confirmed: dict[str, object] = field(default_factory=dict)

    def keep(self) -> None:
        """Keeps what is new, of the folders that are as they were before they were read."""
        answers = self.confirmed
        for source, found in self.new:
            if source.looked is not None and (content := source.unchanged) is not None:
                told = {
                    "basis": self._basis(source.folder),
                    "status": source.looked.status,
                    "content": content,
                }
                answers[self._question(source.folder)] = told | {
                    "row": rows.row(found, source.folder)
                }
        self.cache.save(answers)

    def kept(self, source: Source) -> Outcome | None:
        """What was found in a municipality, if it still is, but for what its neighbours have."""
        question = self._question(source.folder)
        answer = self.cache.load(question)
        if not isinstance(answer, dict) or answer.get("basis") != self._basis(source.folder):
            return None
        if not source.is_still(answer.get("status"), answer.get("content")):
            return None
        try:
            outcome = rows.outcome(answer.get("row"), source.folder)
        except rows.NoRow:
            return None
        if (
            source.looked is not None
            and source.looked.settled
            and source.looked.status != answer.get("status")
        ):
            self.confirmed[question] = answer | {
                "status": source.looked.status
            }  # as the disk tells it now
        return outcome

    def _question(self, folder: Path) -> str:
        return f"lint\0{absolute(folder)}\0{self.asked}"

    def _basis(self, folder: Path) -> str:
        """What decides besides: also whether the folder's name is right, which those beside it
        tell."""
        return f"{self.basis}\0{list(loading.misnamed(folder))}"
