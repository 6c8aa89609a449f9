"""What it does that those who come are described by more words, or by fewer: one who cares for
somebody, one who cares for somebody at home. Only what surely holds of fewer of those who are
meant is read so."""

from __future__ import annotations

from collections.abc import Sequence

from insatskoll.diff import lexicon, rewording
from insatskoll.diff.conjuncts import is_verb
from insatskoll.diff.elements import Sentence, kinds_of
from insatskoll.diff.ways import Moves

_RELATIVE, _AND, _NOT = "som", "och", frozenset({"inte", "ej", "aldrig"})
_NEAR = frozenset({"i", "från", "hos", "av"})
_HAVING = frozenset({"med", "till"})  # of whom it is said at once: familjer med barn
# What stands before what somebody has, or before whom somebody does something to.
_BEFORE_A_THING = frozenset(
    {"en", "ett", "någon", "något", "har", "väntar", "för", "av", "egen", "eget", "egna", "sin"}
)
# With these, fewer who are meant may be more who come.
_TURNING = frozenset(
    {
        "nekar", "begränsar", "vidgar", "mjukar upp", "kostar", "dokumenterar", "samtycker", "kan",
        "får", "ska", "bör", "kräver", "utesluter", "många", "några", "förbehåller",
    }
)  # fmt: skip
_ALL = frozenset({"alla", "samtliga", "varje", "båda", "hela"})
_LOOSE = frozenset({"eller", "exempelvis", "exempel", "bland", "särskilt", "samt", "|"})


def told(before: Sentence, after: Sentence) -> Moves | None:
    """What it does that a description is longer, or shorter; None where more differs."""
    sides = [rewording.pieces(one.text) for one in (before, after)]
    shorter, longer = sorted(sides, key=len)
    sentence = before if shorter is sides[0] else after
    if _turns(sentence, shorter):
        return None
    for first, last in _runs(shorter, longer):
        if _is_description(longer, first, last):
            return {"effekt": -1 if shorter is sides[0] else 1}
    return None


def _turns(sentence: Sentence, pieces: Sequence[str]) -> bool:
    """Whether a description holds of those of whom it is not true, or of all of somebody."""
    if kinds_of(sentence.words) & _TURNING or not _ALL.isdisjoint(pieces[1:]):
        return True
    return any(
        one.measure is not None and one.measure.kind != "ålder" and one.measure.low == 0
        for one in sentence.words
    )


def _runs(shorter: Sequence[str], longer: Sequence[str]) -> list[tuple[int, int]]:
    """Where the longer of two texts has words in a row that the shorter does not have."""
    more = len(longer) - len(shorter)
    if more <= 0:
        return []
    return [
        (at, at + more)
        for at in range(1, len(shorter) + 1)
        if [*longer[:at], *longer[at + more :]] == [*shorter]
    ]


def _is_description(longer: Sequence[str], first: int, last: int) -> bool:
    run, begins = longer[first:last], longer[first]
    if not _LOOSE.isdisjoint(run) or _is_loose(run):
        return False
    if begins == _AND:
        verb = 2 if len(run) > 1 and run[1] in _NOT else 1
        return len(run) > verb and is_verb(run, verb) and not _has_eller(longer)
    if begins == _RELATIVE:
        return any(is_verb(run, at) for at in range(1, len(run))) and _is_noun(longer, first)
    if begins in _HAVING and any(is_verb(longer, at) for at in range(first)):
        return False
    return (
        begins in _NEAR | _HAVING
        and len(run) > 1
        and _is_thing(longer, first)
        and not _is_time(run)
    )


def _has_eller(pieces: Sequence[str]) -> bool:
    return "eller" in pieces


def _is_loose(run: Sequence[str]) -> bool:
    known = lexicon.shipped()
    kinds = [known.kinds(one) for one in run]
    return any(
        one & {"mjukar upp", "vidgar", "kostar", "samtycker", "dokumenterar", "kräver", "kan"}
        for one in kinds
    )


def _is_noun(pieces: Sequence[str], at: int) -> bool:
    before = pieces[at - 1]
    return before not in ("den", "de", "det", "så") and not is_verb(pieces, at - 1)


def _is_thing(pieces: Sequence[str], at: int) -> bool:
    """Whether what stands before a place is somebody or something, and not what somebody is."""
    before = pieces[at - 1]
    if "vem" in lexicon.shipped().kinds(before):
        return True
    return at > 1 and pieces[at - 2] in _BEFORE_A_THING and not is_verb(pieces, at - 1)


def _is_time(run: Sequence[str]) -> bool:
    known = lexicon.shipped().measures
    return any(
        one in known.units or one in known.weekdays or one.isdigit() or one.endswith("tid")
        for one in run
    )
