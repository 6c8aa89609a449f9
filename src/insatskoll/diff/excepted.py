"""What comes after utom: those or the times to whom or at which something is not given. More of
them is less, and the other way round."""

from __future__ import annotations

from insatskoll.diff import context, listed, measures
from insatskoll.diff.elements import Elements, kinds_of
from insatskoll.diff.ways import Moves

_BUT, _ALSO_BESIDES = frozenset({"utom", "förutom"}), "förutom"
_VERBS = frozenset({"ger", "får", "kan", "ska", "bör", "kräver", "görs", "bistår", "hänvisar"})
_DUTIES = frozenset({"kräver", "ska", "bör", "anmäls"})
_DAYS = "dagar i veckan"
_EXCEPTED = frozenset({_DAYS, "ålder"})
_TURNING = frozenset({"nekar", "begränsar", "belastar", "mjukar upp"}) | context.ABOUT_OTHERS


def differ(old: Elements, new: Elements) -> bool:
    """Whether two sentences both say to whom, or when, something is not given, and not the same of
    it."""
    tails = [[one.whole for one in _tail(side)] for side in (old, new)]
    return all(tails) and tails[0] != tails[1]


def told(old: Elements, new: Elements) -> Moves | None:
    """What a difference in an exception that both sentences have does; None where it cannot be
    told."""
    at = [_place(one) for one in (old, new)]
    if None in at:
        return None
    heads = [side[:i] for side, i in zip((old, new), at, strict=True)]
    tails = [side[(i or 0) + 1 :] for side, i in zip((old, new), at, strict=True)]
    if [one.whole for one in heads[0]] != [one.whole for one in heads[1]]:
        return None
    if kinds_of(old) & _TURNING or kinds_of(new) & _TURNING or kinds_of(heads[0]) & _DUTIES:
        return None
    if more := _more_measured(*tails):
        of_days = any(one.measure and one.measure.kind == _DAYS for one in tails[0])
        return {"effekt": -more, "omfattning": -more} if of_days else {"effekt": -more}
    more = _more_listed(*tails)
    return {"effekt": -more} if more else None


def _tail(sentence: Elements) -> Elements:
    """A sentence from its first exception on; nothing where it has none."""
    at = next((i for i, one in enumerate(sentence) if one.said in _BUT), len(sentence))
    return sentence[at:]


def _place(sentence: Elements) -> int | None:
    """Where the only exception of a sentence begins; förutom is one only after all of something,
    since it may also say what is given besides."""
    found = [i for i, one in enumerate(sentence) if one.said in _BUT]
    if len(found) != 1:
        return None
    (at,) = found
    if sentence[at].said == _ALSO_BESIDES:
        before = sentence[at - 1 : at] if at else ()
        if not any(one.measure or "alla" in one.kinds or one.person for one in before):
            return None
    return at


def _more_measured(old: Elements, new: Elements) -> int:
    """Whether the days or the ages that are excepted are more (1) or fewer (-1)."""
    if len(old) != len(new):
        return 0
    differing = [i for i, (a, b) in enumerate(zip(old, new, strict=True)) if a.whole != b.whole]
    if len(differing) != 1 or _has_verb(old[: differing[0]]):
        return 0
    (at,) = differing
    one, other = old[at].measure, new[at].measure
    if one is None or other is None or one.kind not in _EXCEPTED:
        return 0
    way = measures.way(one, other)
    return {"wider": 1, "narrower": -1}.get(way or "", 0)


def _more_listed(old: Elements, new: Elements) -> int:
    """Whether one more of them is excepted (1), or one less (-1)."""
    shorter, longer = sorted((old, new), key=len)
    runs = listed.only_more(shorter, longer)
    if len(runs) != 1 or _has_verb(longer[: runs[0][1] + 1]):
        return 0
    return 1 if shorter is old else -1


def _has_verb(words: Elements) -> bool:
    return bool(kinds_of(words) & _VERBS)
