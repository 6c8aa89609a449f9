"""What a sentence does in which nothing but a sum of money is another: what somebody pays, or the
sum that bounds who gets something."""

from __future__ import annotations

import math
from collections import Counter
from itertools import pairwise

from insatskoll.diff.elements import Element, Elements, Sentence, kinds_of
from insatskoll.diff.measures import Measure
from insatskoll.diff.ways import Moves, Role

_KRONOR, _FREE, _INCLUDED, _FOR = "kronor", "gratis", "ingår", "för"
_PAID = frozenset({"tas ut", "annat"})  # what texts claim of what those who take part pay
_EACH = frozenset({"per", "varje", "gång"})
# Who has so much: hushåll med skulder, den som har en inkomst.
_HAVING = frozenset({"med", "har", "ha", "vars"})
_LACKING = frozenset({"saknar", "sakna", "utan", "slipper", "utom", "förutom"})
_THE_ONE = "klient*"  # what those who get the insats are called
_NEAR = 3  # words between a sum and what it is of
_MORE, _LESS = frozenset({"mer", "högre", "mera"}), frozenset({"mindre", "lägre"})


def told(before: Sentence, after: Sentence, role: Role) -> Moves | None:
    """What another sum does; None where more differs, or the words do not tell what it is of."""
    old, new = before.words, after.words
    said = [one for one in (*old, *new) if one.said != _FREE]
    if kinds_of(said) & {"nekar", "redogör"} or not any(map(_is_sum_word, said)):
        return None
    sums = [_sums(side) for side in (old, new)]
    if len(sums[0]) == len(sums[1]) == 1:
        return _other_sum(before, after, sums[0][0], sums[1][0], role)
    if sorted(map(len, sums)) != [0, 1]:
        return None
    if sums[1]:
        return {"avgift": 1} if _begins_to_cost(before, after) else None
    return {"avgift": -1} if _begins_to_cost(after, before) else None


def _is_sum_word(word: Element) -> bool:
    return word.said == _KRONOR


def _sums(words: Elements) -> list[int]:
    """The places of the sums: numbers before kronor."""
    return [
        at
        for at, (one, two) in enumerate(pairwise(words))
        if one.measure is not None and one.measure.kind == "tal" and _is_sum_word(two)
    ]


def _other_sum(before: Sentence, after: Sentence, i: int, j: int, role: Role) -> Moves | None:
    old, new = before.words, after.words
    rest = [
        [one.whole for one in (*side[:at], *side[at + 1 :])] for side, at in ((old, i), (new, j))
    ]
    was, now = old[i].measure, new[j].measure
    if rest[0] != rest[1] or i != j or was is None or now is None or not _alike(was, now):
        return None
    sign = _sign(was, now)
    if not sign:
        return None
    if "ekonomi" in kinds_of(old):
        return _bounds_who(old, i, was, sign, role)
    paid = _is_paid(before.text) and _is_paid(after.text) and "lindrar" not in kinds_of(old)
    return {"avgift": sign} if paid else None


def _alike(was: Measure, now: Measure) -> bool:
    """Whether two sums are bounded in the same way."""
    ends = [(one.low == 0, math.isinf(one.high), one.about) for one in (was, now)]
    return ends[0] == ends[1]


def _sign(was: Measure, now: Measure) -> int:
    ends = [(one.low, one.high if math.isfinite(one.high) else one.low) for one in (was, now)]
    low, high = (b - a for a, b in zip(*ends, strict=True))
    if low >= 0 and high >= 0 and (low or high):
        return 1
    return -1 if low <= 0 and high <= 0 and (low or high) else 0


def _is_paid(text: str) -> bool:
    """Whether all that a sentence claims of what it costs is that those who take part pay it."""
    from insatskoll.law import fees  # reads texts, which few changes are of

    claims = fees.told(text)
    return bool(claims) and all(claim[fees.KIND] in _PAID for claim in claims)


# Who has so much


def _bounds_who(words: Elements, at: int, sum_: Measure, sign: int, role: Role) -> Moves | None:
    """A sum that bounds who gets something: hushåll med skulder på minst 50 000 kronor får råd."""
    bound = _bound(words, at, sum_)
    around = words[max(at - _NEAR, 0) : at + 2 + _NEAR]
    others = [one for one in words if not _is_sum_word(one)]
    kinds = kinds_of(others)
    if not bound or "ekonomi" not in kinds_of(around):
        return None
    if kinds & {"kostar", "mjukar upp", "belastar", "förbehåller"}:
        return None
    if any(one.form in _LACKING for one in words):
        return None
    if role == "ges" and not _is_who(words, at):
        return None
    return {"effekt": sign * bound}


def _bound(words: Elements, at: int, sum_: Measure) -> int:
    """Whether a sum is the most (1) or the least (-1) that somebody may have."""
    before = words[at - 1].form if at else ""
    after = [one.form for one in words[at + 2 : at + 4]]
    if sum_.low == 0 or before == "under" or (after[:1] == ["eller"] and _LESS & {*after}):
        return 1
    if math.isinf(sum_.high) or before == "över" or (after[:1] == ["eller"] and _MORE & {*after}):
        return -1
    return 0


def _is_who(words: Elements, at: int) -> bool:
    """Whether the words before a sum tell who gets what those after it tell."""
    having = any(one.form in _HAVING for one in words[1:at])
    given = words[at + 2 :]
    if not having or kinds_of(words[:at]) & {"ger", "får", "givare"}:
        return False
    kinds = kinds_of(given)
    return "ger" in kinds or ("får" in kinds and bool(kinds & {"gåva", "deltar"}))


# Free before


def _begins_to_cost(free: Sentence, costing: Sentence) -> bool:
    """Whether what was free (is free, is included) costs so much, and nothing else differs."""
    said = {one.said for one in free.words}
    if not said & {_FREE, _INCLUDED} or _FREE in {one.said for one in costing.words}:
        return False
    costs = kinds_of([one for one in free.words if one.said != _FREE]) & {"kostar", "avgift"}
    if costs or "lindrar" in kinds_of(costing.words) or "ekonomi" in kinds_of(costing.words):
        return False
    rest = [_besides_the_price(side.words) for side in (free, costing)]
    if not rest[0] or rest[0] != rest[1] - _payer(rest[0]):
        return False
    at = _sums(costing.words)[0]
    sum_ = costing.words[at].measure
    beside = (one.said for one in (*costing.words[at - 1 : at], *costing.words[at + 2 : at + 3]))
    bought = at > 0 and _FOR in beside and _FREE in said
    return sum_ is not None and sum_.high > 0 and (_is_paid(costing.text) or bought)


def _payer(others: Counter[object]) -> Counter[object]:
    """The one who pays, if they are the one who takes part, and are not named where it is free."""
    return Counter() if _THE_ONE in others else Counter({_THE_ONE: 1})


def _besides_the_price(words: Elements) -> Counter[object]:
    """The words of a sentence but for those that tell what it costs, and each time that it does."""
    sums = _sums(words)
    out = {place for at in sums for place in (at, at + 1)}
    out |= {at - 1 for at in sums if at and words[at - 1].said == _FOR}
    out |= {at + 2 for at in sums if at + 2 < len(words) and words[at + 2].said == _FOR}
    each = (at for at, one in enumerate(words) if one.form in _EACH and sums and at > sums[0])
    out |= {place for at in each for place in (at, at + 1)}
    return Counter(
        one.whole
        for at, one in enumerate(words)
        if at not in out
        and not one.kinds & {"kostar", "avgift"}
        and one.said not in (_INCLUDED, _FREE)
    )
