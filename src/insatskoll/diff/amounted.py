"""What more or fewer of what is given does, where the number is said without a figure, or may be
made larger: ett hembesök, varannan tisdag, med möjlighet till förlängning."""

from __future__ import annotations

from insatskoll.diff import context, lexicon
from insatskoll.diff.context import Place
from insatskoll.diff.elements import Elements
from insatskoll.diff.ways import Moves

_ONE = frozenset({"en", "ett"})
_EVERY_OTHER = frozenset({"varannan", "vartannat"})
_ALL_DAYS = 7
_TURNING = context.ABOUT_OTHERS | {"nekar", "belastar", "kräver", "anmäls", "redogör"}
_LINKING = frozenset({"och", "men", "vid behov"})


def told(here: Place) -> Moves | None:
    """More or less that is given, and how much; None where the words do not tell."""
    if here.role != "ges" or here.asked or here.kinds & _TURNING:
        return None
    readers = (_one_or_several, _every_other, _not_each_day, _prolonged)
    return next((found for reader in readers if (found := reader(here))), None)


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


def _not_each_day(here: Place) -> Moves | None:
    """Every second day, or every week, that was every day."""
    measures = [side[0].measure if len(side) == 1 else None for side in (here.lost, here.gained)]
    for sign, (all_days, seldom) in ((-1, measures), (1, measures[::-1])):
        if all_days is None or seldom is None or len(all_days.days) != _ALL_DAYS:
            continue
        rare = seldom.kind == "takt gånger" and (seldom.by != "dagar" or seldom.high < 1)
        if rare and not seldom.about and context.gives(here.kinds):
            return {"effekt": sign, "omfattning": sign}
    return None


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
