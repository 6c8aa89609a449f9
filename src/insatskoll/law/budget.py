"""What the regular expressions of a municipality's own rules may take together in a run."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from insatskoll.errors import Refused

LEAST = 50_000_000  # steps for a whole run
A_LETTER = 500  # further steps for each letter that is read


@dataclass
class Budget:
    """What the expressions of a municipality's own rules may take in a run: some steps, and more
    the more there is to read.

    ``spent`` has the steps by place, the place that a message about it names.
    """

    left: int = LEAST
    spent: Counter[str] = field(default_factory=Counter)

    def read(self, letters: int) -> None:
        """Adds what a text of so many letters gives."""
        self.left += letters * A_LETTER

    def spend(self, place: str, wanted: int) -> None:
        """Takes the steps that the expressions at ``place`` ask for. Raises :class:`Refused` when
        there are none left."""
        self.spent[place] += wanted
        self.left -= wanted
        if self.left < 0:
            most = max(self.spent, key=lambda one: (self.spent[one], one))
            raise Refused(
                f"{most}: uttrycken och villkoren i de egna reglerna tar för lång tid på "
                "så här mycket text, och de här mest. "
                "Gör dem färre, eller låt dem börja med det ord som söks. Skriv ett tak "
                "där något upprepas, till exempel {0,40} "
                "i stället för *"
            )
