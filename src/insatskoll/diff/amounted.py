"""What more or fewer of what is given does, where the number is said without a figure, or may be
made larger: ett hembesök, varannan tisdag, med möjlighet till förlängning."""

from __future__ import annotations

from dataclasses import replace

from insatskoll.diff import context, lexicon, measured, measures
from insatskoll.diff.context import Place
from insatskoll.diff.elements import Element, Elements
from insatskoll.diff.ways import Moves

_ONE = frozenset({"en", "ett"})
_ON = frozenset({"på"})
_EVERY_OTHER = frozenset({"varannan", "vartannat"})
_TURNING = context.ABOUT_OTHERS | {"nekar", "belastar", "kräver", "anmäls", "redogör"}
_LINKING = frozenset({"och", "men", "vid behov"})


def told(here: Place) -> Moves | None:
    """More or less that is given, and how much; None where the words do not tell."""
    if here.role != "ges" or here.asked or here.kinds & _TURNING:
        return None
    readers = (_otherwise_counted, _one_or_several, _every_other, _prolonged)
    found = (reader(here) for reader in readers)
    return next((moves for moves in found if moves is not None), None)


def _otherwise_counted(here: Place) -> Moves | None:
    """Days of the week for how often, or the other way round: måndag till fredag, en gång i
    veckan. As many may be others."""
    old, new = _as_rate(here.lost), _as_rate(here.gained)
    if old is None or new is None or old.measure is None or new.measure is None:
        return None
    if measures.way(old.measure, new.measure) == "same" and old.measure.low != 1:
        return None
    before = [*here.old[: here.i], old, *here.old[here.end :]]
    after = [*here.new[: here.j], new, *here.new[here.last :]]
    return measured.told(replace(here, old=before, new=after), 0)


def _as_rate(words: Elements) -> Element | None:
    """Words that say nothing but on which days or how often, as how often it is."""
    said = [one for one in words if one.form not in _ON]
    rate = measures.as_rate(said[0].measure) if len(said) == 1 and said[0].measure else None
    return None if rate is None else replace(said[0], said=rate.aligned, measure=rate)


def _one_or_several(here: Place) -> Moves | None:
    sides = (here.lost, here.gained)
    for sign, (few, many) in ((1, sides), (-1, sides[::-1])):
        if not _is_one(few) or len(many) != 1 or (measure := many[0].measure) is None:
            continue
        unit = lexicon.shipped().measures.units.get(few[1].form)
        is_more = measure.high > 1 and (measure.low > 1 or measure.low == 0) and not measure.about
        if unit is not None and unit[0] == measure.kind and is_more and _is_given(here, few):
            return {"effekt": sign, "omfattning": sign}
    return None


def _is_one(words: Elements) -> bool:
    return len(words) == 2 and words[0].form in _ONE and words[1].measure is None


def _is_given(here: Place, few: Elements) -> bool:
    return context.gives(here.kinds | few[1].kinds)


def _every_other(here: Place) -> Moves | None:
    words, sign = here.on_one_side
    after = here.old[here.end : here.end + 1]
    if [one.form in _EVERY_OTHER for one in words] != [True] or not after:
        return None
    days = after[0].measure
    if days is None or days.kind != "dagar i veckan" or not context.gives(here.kinds):
        return None
    return {"effekt": -sign, "omfattning": -sign}


def _prolonged(here: Place) -> Moves | None:
    """That what is given may be given for longer."""
    words, sign = here.on_one_side
    longer = [one for one in words if "förlänger" in one.kinds]
    rest = [one for one in words if one not in longer and one.form not in _LINKING]
    if len(longer) != 1 or rest or not _is_last(here) or not context.gives(here.kinds):
        return None
    measured = any(one.measure is not None for one in here.old)
    return {"effekt": sign} if measured else None


def _is_last(here: Place) -> bool:
    return here.end == len(here.old) and here.last == len(here.new)
