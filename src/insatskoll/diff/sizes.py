"""How much is given, as far as the measures of a sentence say it, where no word tells which way a
change of it goes: how often, how many times, for how long, on which days."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence

from insatskoll.diff import context, measures
from insatskoll.diff.elements import Elements, Sentence, kinds_of
from insatskoll.diff.measures import Measure
from insatskoll.diff.standing import Difference

_Size = tuple[str | float, ...]
_NOT_GIVEN = frozenset({"redogör", "belastar", "anmäls", "dokumenterar", "journalför", "kostar"})
_A_TIME = frozenset({"tid", "arbetsdagar"})
_NO_SIZE = frozenset({"ålder", "datum"})
_NUMBER, _COUNTED = "tal", "antal"
# Before a time within which something is done, or after it.
_WITHIN, _NEAR = frozenset({"inom", "senaste", "senast", "före"}), 2
_AFTER = frozenset({"sedan", "tillbaka", "före", "innan", "efter", "senare"})
_HAS = frozenset({"har", "haft", "varit", "bott", "hade"})
_OF_A_GIFT = frozenset({"ger", "får", "gåva"})


def differ(found: Sequence[Difference]) -> bool:
    """Whether how much is given is said otherwise in one of the sentences that differ, or in those
    that have come than in those that have gone."""
    gone, come = Counter[_Size](), Counter[_Size]()
    for one in found:
        if one.before is not None and one.after is not None:
            if _differ_in(one):
                return True
        elif one.before is not None:
            gone.update(_sizes(one.before))
        elif one.after is not None:
            come.update(_sizes(one.after))
    return _are_others(gone, come)


def _differ_in(one: Difference) -> bool:
    sides = [side for side in (one.before, one.after) if side is not None]
    if any(kinds_of(side.words) & _NOT_GIVEN for side in sides):
        return False
    if one.moves is not None and any(context.asks(side.words, "ges") for side in sides):
        return False  # what the one who takes part must do, which is known
    return _are_others(*map(_sizes, sides))


def _are_others(old: Counter[_Size], new: Counter[_Size]) -> bool:
    """Whether some size is only in one of them; a number may be of something, by another name."""
    numbers = [Counter(_counted(one) for one in side) for side in (old, new)]
    lost, gained = old - new - numbers[1], new - old - numbers[0]
    return any(one[0] != _NUMBER for one in (*lost, *gained))


def _counted(size: _Size) -> _Size:
    return (_COUNTED, *size[1:]) if size[0] == _NUMBER else size


def _sizes(sentence: Sentence) -> Counter[_Size]:
    if kinds_of(sentence.words) & _NOT_GIVEN:
        return Counter()
    return Counter(_said(sentence.words))


def _said(words: Elements) -> Iterator[_Size]:
    for at, one in enumerate(words):
        if one.measure is not None and one.measure.kind not in _NO_SIZE:
            if one.measure.kind not in _A_TIME or _is_of_what_is_given(words, at):
                yield _size(one.measure)
        elif "hur ofta" in one.kinds:
            yield (one.said,)


def _is_of_what_is_given(words: Elements, at: int) -> bool:
    """Whether a time is one for which something is given: not inom två dagar, för två år sedan, nor
    one that something has lasted."""
    after = kinds_of(words[at + 1 : at + 2]) | {one.form for one in words[at + 1 : at + 2]}
    if kinds_of(words[max(at - _NEAR, 0) : at]) & _WITHIN or after & _AFTER:
        return False
    if any(one.person or "barns" in one.kinds for one in words[max(at - 1, 0) : at]):
        return False  # how old somebody is: barn upp till ett år
    for one in reversed(words[:at]):
        if one.kinds & _OF_A_GIFT:
            return True
        if one.form in _HAS:
            return False
    return True


def _size(measure: Measure) -> _Size:
    """What must be the same for two to be as much: how many days, and not which, and how many times
    whatever they are called."""
    rate = measures.as_rate(measure)
    if rate is not None:
        return ("takt", rate.by, round(rate.low, 6), round(rate.high, 6))
    if measure.kind == "klockslag" and measure.high < math.inf:
        return (measure.kind, round(measure.high - measure.low, 6))
    kind = measure.kind if measure.kind in (_NUMBER, *_A_TIME) else _COUNTED
    return (kind, measure.low, measure.high)
