"""What another measure does in the place of one."""

from __future__ import annotations

from collections.abc import Mapping

from insatskoll.diff import context, measures
from insatskoll.diff.context import Place
from insatskoll.diff.elements import kinds_of
from insatskoll.diff.measures import Measure, Way
from insatskoll.diff.ways import SAME, Axis, Moves

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
    if here.role == "ges" and "belastar" in kinds_of(here.old) | kinds_of(here.new):
        return None
    kinds = kinds_of(here.old) | kinds_of(here.new)
    if how is None or kinds & (context.ABOUT_OTHERS | {"nekar"}):
        return None
    if one.measure.kind == "ålder":
        return _other_age(one.measure, other.measure, how)
    before = here.old[max(here.i + at - 2, 0) : here.i + at]
    if one.measure.kind == "datum":
        before = here.old
    around = kinds_of(before) | kinds_of(here.old[here.i + at + 1 : here.i + at + 3])
    if here.asked:
        return _asked(one.measure, other.measure, how, around)
    if not _is_given(here, one.measure, around) or _under(one.measure) or _under(other.measure):
        return None
    return _given(one.measure, how, around)


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
    if "senast" in around or "före" in around:
        return {"effekt": -_size(old, new)} if _size(old, new) else None
    least = all(one.high == float("inf") for one in (old, new))
    most = all(one.low == 0 for one in (old, new))
    if least or most:
        return {"effekt": _SIGN[how] if most else -_SIGN[how]}
    if around & {"varaktigt"} and old.high == old.low and new.high == new.low:
        return {"effekt": -_size(old, new)} if _size(old, new) else None
    return None


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
