"""Where two sentences differ, and what the words around tell: whether something is asked for or
given."""

from __future__ import annotations

from insatskoll.diff.elements import Elements, kinds_of
from insatskoll.diff.ways import Role
from insatskoll.values import immutable

FRAGMENT = 3  # words of a sentence that is a heading
ABOUT_OTHERS = frozenset({"kostar", "dokumenterar", "samtycker"})


@immutable
class Place:
    """Where two sentences differ: the words from ``i`` to ``end`` of the old one have become those
    from ``j`` to ``last`` of the new. ``asked`` tells that the sentence asks for something."""

    old: Elements
    new: Elements
    i: int
    end: int
    j: int
    last: int
    role: Role
    asked: bool

    @property
    def lost(self) -> Elements:
        """The words that have gone."""
        return self.old[self.i : self.end]

    @property
    def gained(self) -> Elements:
        """The words that have come."""
        return self.new[self.j : self.last]

    @property
    def on_one_side(self) -> tuple[Elements, int]:
        """The words that have come, and 1, or that have gone, and -1; no words where some have
        become others."""
        if self.lost and self.gained:
            return (), 0
        return (self.gained, 1) if self.gained else (self.lost, -1)

    @property
    def kinds(self) -> frozenset[str]:
        """What is known of the words around, in either sentence."""
        around = [*self.old[: self.i], *self.old[self.end :]]
        return kinds_of(around) | kinds_of([*self.new[: self.j], *self.new[self.last :]])


def asks(sentence: Elements, role: Role) -> bool:
    """Whether a sentence tells what somebody must do or be to get the insats."""
    kinds = kinds_of(sentence)
    if role == "krävs":
        return True
    if "kräver" in kinds or ("anmäls" in kinds and kinds & {"ska", "senast"}):
        return True
    for at, one in enumerate(sentence):
        if "ska" in one.kinds and any(e.person or "vem" in e.kinds for e in sentence[:at]):
            return not any(e.kinds & {"ger", "får"} for e in sentence[at:])
    return False


def is_let(words: Elements, at: int) -> bool:
    """Whether the word at a place is what somebody does who gets an insats: delta, stanna."""
    return at < len(words) and "deltar" in words[at].kinds


def gives(kinds: frozenset[str]) -> bool:
    """Whether a sentence is about what those who take part get, and not about what they bear."""
    return bool(kinds & {"ger", "får", "gåva"}) and "belastar" not in kinds
