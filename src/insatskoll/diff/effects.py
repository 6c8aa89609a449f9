"""What the facts of a comparison have done to the state: for each insats what holds for whom before
and after, how that differs, and which facts that comes of.

A fact that has changed nothing that holds has no effects: what it tells of is only written
elsewhere, or said twice. One about what is common has the effects that it has in each insats.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Literal, NamedTuple

from insatskoll.diff.facts import About, Fact
from insatskoll.diff.state import Level, Stratum
from insatskoll.values import immutable

# Texts of a rule that decide nothing by themselves.
_TEXTS = frozenset({"lämplighet", "beskrivning"})


@immutable
class Effect:
    """A difference of the state: the ``fact`` on the resolved fields of an insats or of a part of
    it, and what holds there before and after. ``new`` tells that it is held against what holds
    without the insats, so that only what is certain is news. ``share`` tells of a part's share of
    what held for all of it whether all shares are the ``same``, or only a reader can tell, and
    ``parted`` that it is of sentences that several insatser have between them."""

    fact: Fact
    before: Stratum
    after: Stratum
    new: bool = False
    share: Literal["", "same", "unclear"] = ""
    parted: bool = False

    @property
    def part(self) -> str:
        """The newest name of the part; nothing for the whole insats."""
        return self.after.name or self.before.name

    @property
    def sides(self) -> tuple[Stratum, Stratum]:
        """What holds before and after."""
        return self.before, self.after

    @property
    def judged(self) -> Fact | None:
        """The fact that tells what it means: of a share for a reader, one that tells of no number;
        nothing where all is the same."""
        if self.share == "same":
            return None
        return self.fact if not self.share else replace(self.fact, after=self.fact.before)

    @property
    def only_moved(self) -> bool:
        """Whether the parts say what the whole did, or the other way."""
        return self.fact.before == self.fact.after


class Pair(NamedTuple):
    """Strata that belong together. Where a part comes or goes in an insats that has others, the
    whole insats stands on the side where it is not, and ``others`` are the strata there."""

    before: Stratum
    after: Stratum
    others: tuple[Stratum, ...] = ()

    @property
    def sides(self) -> tuple[Stratum, Stratum]:
        """The strata before and after."""
        return self.before, self.after


@immutable
class Move:
    """Where what a fact tells of was written (``source``) and now is (``target``).

    ``kept`` tells that the other place says it on both sides, so that it is only written out, or
    struck where it stood twice; ``same`` that what holds is the same.
    """

    source: Level
    target: Level
    kept: bool
    same: bool


@immutable
class Caused:
    """What a fact has done to the state: its effects, where it has moved what it tells of, and for
    one about what is common which insatser it touches and which not."""

    effects: tuple[Effect, ...] = ()
    move: Move | None = None
    touched: tuple[About, ...] = ()
    untouched: tuple[About, ...] = ()


def weighs(effect: Effect) -> bool:
    """Whether an effect is more than another text in rules that otherwise are the same."""
    before, after = effect.fact.before, effect.fact.after
    if not isinstance(before, dict) or not isinstance(after, dict):
        return True
    changed = {key for key in {*before, *after} if before.get(key) != after.get(key)}
    return not changed <= _TEXTS
