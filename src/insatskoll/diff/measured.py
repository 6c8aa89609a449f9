"""What another measure does in the place of one."""

from __future__ import annotations

import math
from collections.abc import Mapping

from insatskoll.diff import context, measures
from insatskoll.diff.context import Place
from insatskoll.diff.elements import Elements, kinds_of
from insatskoll.diff.measures import Measure, Way
from insatskoll.diff.ways import BOTH, SAME, Axis, Moves

_SAYING_SO = frozenset({"ska", "bör", "kräver", "görs"})
_BURDENS = frozenset({"kräver", "ska", "hänvisar"})
_WAITS = frozenset({("väntetiden",), ("kötiden",), ("du", "får", "vänta")})
_ALL_OF_US = frozenset({"vi", "kommunen"})
_FOR_THOSE, _SURELY_GIVEN = frozenset({"för"}), frozenset({"ges", "erbjuds", "får", "ger"})
# Measures of nothing but what is given.
_GIVEN = frozenset(("samtal", "träffar", "hembesök", "platser", "lektioner", "pass"))


def told(here: Place, at: int) -> Moves | None:
    """What another measure does in the place of one."""
    one, other = here.old[here.i + at], here.new[here.j + at]
    if one.measure is None or other.measure is None or one.measure == other.measure:
        return SAME if one.whole == other.whole else None
    how = measures.way(one.measure, other.measure)
    if how == "same":
        return SAME
    if "redogör" in kinds_of(here.old) | kinds_of(here.new) or _is_of_givers(here, at):
        return None
    if here.role == "ges" and _is_a_wait(here, at):
        return {"effekt": -_size(one.measure, other.measure)}
    if here.role == "ges" and "belastar" in kinds_of(here.old) | kinds_of(here.new):
        return None
    kinds = kinds_of(here.old) | kinds_of(here.new)
    if kinds & (context.ABOUT_OTHERS | {"nekar"}):
        return None
    if _is_turned(one.measure, other.measure) and (here.asked or one.measure.kind == "ålder"):
        return _other_side(one.measure, other.measure) if _is_limit(here, at) else None
    if how is None:
        return None
    if one.measure.kind == "ålder":
        return _of_age(here, at, one.measure, other.measure, how)
    before = here.old[max(here.i + at - 2, 0) : here.i + at]
    if one.measure.kind == "datum":
        before = here.old
    around = kinds_of(before) | kinds_of(here.old[here.i + at + 1 : here.i + at + 3])
    if one.measure.kind == "tid" and (event := _event(here, at)):
        return _deadline(here, at, event)
    if here.asked:
        return _asked(one.measure, other.measure, how, around)
    if not _is_given(here, one.measure, around) or _under(one.measure) or _under(other.measure):
        return None
    return _given(one.measure, how, around)


def _is_of_givers(here: Place, at: int) -> bool:
    """Whether a measure is of those who give the insats: Ledarna är minst 18 år; not how often or
    how much they give."""
    measure = here.old[here.i + at].measure
    if measure is None or measure.kind.startswith("takt") or measure.kind in _GIVEN:
        return False
    before = [one for one in here.old[: here.i + at] if not one.kinds & _SAYING_SO]
    return bool(before) and "givare" in before[-1].kinds and before[-1].form not in _ALL_OF_US


def _is_a_wait(here: Place, at: int) -> bool:
    """Whether a sentence says nothing but how long somebody waits, and that it is longer or
    shorter: Väntetiden är högst två veckor."""
    rest = tuple(one.form for one in (*here.old[: here.i + at], *here.old[here.i + at + 1 :]))
    sides = here.old[here.i + at].measure, here.new[here.j + at].measure
    known = all(one is not None and one.kind == "tid" and not one.about for one in sides)
    if not known or rest not in _WAITS or len(here.old) != len(here.new):
        return False
    old, new = sides
    return old is not None and new is not None and old.by == new.by and bool(_size(old, new))


def _is_turned(old: Measure, new: Measure) -> bool:
    """Whether what was the least is the most, or the other way round: > 18 år, < 18 år."""
    if old.aligned != new.aligned or not {old.about, new.about} <= {"", "över"}:
        return False
    least, most = sorted((old, new), key=lambda one: one.high, reverse=True)
    return least.high == math.inf and least.low > 0 == most.low and most.high < math.inf


def _other_side(old: Measure, new: Measure) -> Moves:
    """Those on the other side of a limit are let in, and those on this side are not."""
    if old.kind != "ålder":
        return {"effekt": BOTH}
    was, now = _children(old), _children(new)
    if was == now:
        return {"effekt": BOTH}
    if was is None or now is None:
        return {"effekt": BOTH, "barn": 1 if was is None else -1}
    return {"effekt": BOTH, "barn": BOTH}


def _is_limit(here: Place, at: int) -> bool:
    """Whether a measure is of those who are let in, and not of those of whom something is asked:
    Barn under 8 år måste ha sällskap."""
    return not _burdens(here.old, here.i + at) and not _burdens(here.new, here.j + at)


def _burdens(words: Elements, at: int) -> bool:
    after = words[at + 1 :]
    if not after or kinds_of(after) & {"ger", "får"}:
        return False
    return bool(after[0].kinds & _BURDENS)


def _of_age(here: Place, at: int, old: Measure, new: Measure, how: Way) -> Moves | None:
    """What another age does: of those who take part, or of those who must do something besides or
    are turned away, whom it is better to be none of."""
    found = _other_age(old, new, how)
    after = here.old[here.i + at + 1 :]
    if found is None or _is_limit(here, at):
        return None if _may_be_of_some(here.old, after) else found
    if here.role == "krävs" or "gåva" in kinds_of(after[1:2]):
        return None
    return {"effekt": -found["effekt"]}


def _may_be_of_some(sentence: Elements, after: Elements) -> bool:
    """Whether a sentence may say what is done besides for some: För barn under 12 år hålls ett
    möte."""
    done = kinds_of(after) & {"ger", "kräver", "ska", "kan"}
    given = any(one.form in _SURELY_GIVEN for one in after)
    return sentence[0].form in _FOR_THOSE and bool(done) and not given


def _is_given(here: Place, measure: Measure, around: frozenset[str]) -> bool:
    """Whether a measure is of what is given, or of how soon somebody is answered."""
    kinds = kinds_of(here.old) | kinds_of(here.new)
    if max(len(here.old), len(here.new)) <= context.FRAGMENT or measure.kind in _GIVEN:
        return True
    return context.gives(kinds) or ("inom" in around and not kinds & {"anmäls", "ska"})


def _under(measure: Measure) -> bool:
    """Whether less than so much is said, which nobody promises."""
    in_whole = measure.high == round(measure.high, 6) or measure.kind.startswith("takt")
    return measure.low == 0 and not in_whole


def _other_age(old: Measure, new: Measure, how: Way) -> Moves | None:
    sign = {"wider": 1, "narrower": -1}.get(how)
    if sign is None or old.whose not in ("", "deltagande"):
        return None
    found: dict[Axis, int] = {"effekt": sign}
    if _children(old) != _children(new):
        found["barn"] = sign
    return found


def _children(age: Measure) -> tuple[float, float] | None:
    """The part of an age that is below 18 years."""
    low, high = age.low, min(age.high, measures.GROWN - 1)
    return (low, high) if low <= high else None


_SIGN: Mapping[str, int] = {"wider": 1, "more": 1, "narrower": -1, "less": -1}


def _asked(old: Measure, new: Measure, how: Way, around: frozenset[str]) -> Moves | None:
    """More of what must be done, or have lasted, lets fewer in; a longer time in which it may be
    done lets more."""
    if old.kind in ("tal", "klockslag", "dagar i veckan"):
        return None
    if old.kind == "datum":
        return {"effekt": _size(old, new)} if "senast" in around else None
    if "inom" in around or "senaste" in around:
        return {"effekt": _size(old, new)} if _size(old, new) else None
    if "senast" in around:
        return None
    if "före" in around:
        return {"effekt": -_size(old, new)} if _size(old, new) else None
    least = all(one.high == float("inf") for one in (old, new))
    most = all(one.low == 0 for one in (old, new))
    if least or most:
        return {"effekt": _SIGN[how] if most else -_SIGN[how]}
    if around & {"varaktigt"} and old.high == old.low and new.high == new.low:
        return {"effekt": -_size(old, new)} if _size(old, new) else None
    return None


def _event(here: Place, at: int) -> str:
    """Whether a measure is of the time before something or after it: efter, före."""
    after = here.old[here.i + at + 1 : here.i + at + 2]
    form = after[0].form if after else ""
    return {"efter": "efter", "före": "före", "innan": "före"}.get(form, "")


def _deadline(here: Place, at: int, event: str) -> Moves | None:
    """More time after something in which somebody may do what is asked for lets more in, and more
    time before it in which it must be done fewer; what is given comes sooner or later."""
    old, new = here.old[here.i + at].measure, here.new[here.j + at].measure
    assert old is not None and new is not None
    sign = _size(old, new)
    before = here.old[max(here.i + at - 2, 0) : here.i + at]
    soonest = any(one.form == "tidigast" for one in before)
    latest = (bool(kinds_of(before) & {"senast", "inom"}) and not soonest) or old.low == 0
    leading = kinds_of(here.old[: here.i + at])
    asked = here.role == "krävs" or (here.asked and leading & {"anmäls", "kräver", "ska"})
    if not sign or not asked:
        given = context.gives(kinds_of(here.old)) and event == "efter" and latest
        return {"effekt": -sign} if sign and given else None
    if event == "före":
        return {"effekt": sign if soonest else -sign}
    if soonest or old.high == math.inf:
        return {"effekt": -sign}
    return {"effekt": sign} if latest else None


def _size(old: Measure, new: Measure) -> int:
    """Whether the most that is said is more (1) or less (-1)."""
    pair = (old.high, new.high) if old.high != float("inf") else (old.low, new.low)
    return (pair[1] > pair[0]) - (pair[1] < pair[0])


def _given(old: Measure, how: Way, around: frozenset[str]) -> Moves | None:
    if around & {"senast", "före", "senaste"} or old.kind in ("tal", "datum"):
        return None
    sign = _SIGN[how]
    if "inom" in around:
        return {"effekt": -sign}
    return {"effekt": sign, "omfattning": sign}
