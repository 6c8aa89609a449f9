"""What fails a change: the verdicts that it may not have, and those that someone in a certain role
must let through."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from insatskoll.values import immutable

# the roles of which one must accept a change with a verdict, by the verdict's code
Required = Mapping[str, tuple[str, ...]]


@immutable
class Barred:
    """The codes of the verdicts that fail a change which nobody has accepted (``stopping``), and
    the roles of which one must have accepted it (``requires``)."""

    stopping: tuple[str, ...] = ()
    requires: Required = field(default_factory=dict)

    @property
    def codes(self) -> list[str]:
        """The codes of all of them, each once."""
        return list(dict.fromkeys((*self.stopping, *self.requires)))


NOTHING = Barred()
