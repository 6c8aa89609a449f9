"""The ages that a text tells of who takes part, as the schema has them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from insatskoll.law.claims import ages as lasting
from insatskoll.law.claims import reading
from insatskoll.patterns import later
from insatskoll.values import immutable

# Years that are told without a word for it, beside those whose they are.
_BARE = later(
    r"\b(?P<who>personer|individer|kvinnor|män|barn|unga|ungdomar|vuxna|elever)"
    r"(?: (?:i åldern|i åldrarna|mellan))? (?P<from>\d{1,2})\s?[-–]\s?(?P<to>\d{1,2})\b"
    r"(?!\s?(?:år|åring|mån|veck|dag|tim|min|kr|gång|samtal|träff|tillf|,))",
    re.IGNORECASE,
)
# Where a text is on whom it is for, an age needs nobody beside it.
_ALONE = later(
    r"(?:\bi (?:åldern|åldrarna) |\bmellan )?\b(?P<from>\d{1,2})\s?[-–]\s?(?P<to>\d{1,2})"
    r"[, ]*(?P<u1>år|mån)"
    r"|\bi (?:åldern|åldrarna) (?P<low>\d{1,2})\s?[-–]\s?(?P<high>\d{1,2})\b"
    r"|\b(?P<bound>över|från|fyllt|minst|under|upp till|till och med|högst) (?P<one>\d{1,2}) år\b",
    re.IGNORECASE,
)
# Years that no age has been read from.
_YEARS = later(
    r"(?<![\w§])(?P<figure>\d{1,2})(?:\s?[-–]\s?\d{1,2})?\s?(?:-?åring\w*|års?\b)"
    r"(?!\s+(?:sedan|tillbaka|framåt|efter|i rad))",
    re.IGNORECASE,
)
_PARENTS = later(r"\b(?:föräld|familj|vårdnadshavare|mamm|papp)\w*", re.IGNORECASE)
_CHILD = later(r"\b(?:barn|ungdom|tonår|elev)\w*", re.IGNORECASE)
_SOME = later(r"(?:^|[.!?] )För (?:dem|den|de) som\b[^.!?]*$")
_OTHER = later(
    r"\b(?:vårdar|stödjer|stöder|stöttar|hjälper|(?:anhöriga?|närstående) till|(?:lever|bor|sambo)"
    r"(?: ihop)? med)\b[^.,;]*$",
    re.IGNORECASE,
)
_IN_YEARS = later(r"\d\s*(?:år|mån|åring)", re.IGNORECASE)
_CHILDREN = frozenset(("barn", "unga", "barn tillsammans med förälder"))


@immutable
class Age:
    """An age as a field has it, and the words that tell it at ``start`` to ``end``."""

    data: dict[str, Any]
    start: int
    end: int
    words: str
    about: bool = False  # only roughly, by school years, or only of some of them


def told(text: str, deltagare: Sequence[str] = ()) -> list[Age]:
    """The ages of who takes part that a text tells, each once."""
    found: list[Age] = []
    for one in reading.said(text):
        values = one.values
        if one.kind != "ålder" or values.get("om") != "deltagande" or one.negated:
            continue
        if values.get("vem") in ("personalen", "föräldern"):
            continue
        data = {key: values[key] for key in ("från", "till") if key in values}
        data["avser"] = _whose(str(values.get("vem")), deltagare)
        if values.get("enhet") == "månader":
            data["enhet"] = "månader"
        some = _of_some(text[: one.start])
        roughly = some or ("ungefär" in values and not _IN_YEARS.search(one.words))
        found.append(Age(data, one.start, one.end, one.words, roughly))
    taken = [(age.start, age.end) for age in found]
    for match in _BARE.finditer(text):
        if any(start < match.end() and match.start() < end for start, end in taken):
            continue
        who = "barnet" if match["who"].casefold() in ("barn", "elever") else "deltagaren"
        data = {"från": int(match["from"]), "till": int(match["to"])}
        data |= {"avser": _whose(who, deltagare), "enhet": "ej angiven"}
        found.append(Age(data, match.start("from"), match.end(), match[0]))
    return _once(sorted(found, key=lambda age: age.start))


def alone(text: str, deltagare: Sequence[str] = ()) -> list[Age]:
    """As :func:`told`, where the whole text is on whom an insats is for."""
    found = told(text, deltagare)
    if found:
        return found
    denied = [one for one in reading.said(text) if one.kind == "ålder" and one.negated]
    for match in _ALONE.finditer(text):
        if any(one.start < match.end() and match.start() < one.end for one in denied):
            continue
        figure = min(match.start(name) for name in ("from", "low", "one") if match[name])
        if lasting.has_lasted(text, figure):
            continue
        data = _bounds(match)
        before = text[: match.start()]
        child, parent = _CHILD.search(before), _PARENTS.search(before)
        whose = "deltagaren"
        if child is not None:
            theirs = parent is not None and parent.start() < child.start()
            whose = _whose("deltagarens barn" if theirs else "barnet", deltagare)
        some = _of_some(before)
        found.append(Age({**data, "avser": whose}, match.start(), match.end(), match[0], some))
    return _once(found)


def _of_some(before: str) -> bool:
    """Whether an age that stands after ``before`` is that of some of those who take part, or of
    somebody else: whom they care for."""
    return _SOME.search(before) is not None or _OTHER.search(before) is not None


def unread(text: str, found: Sequence[Age]) -> str:
    """The years in a text that no age among those ``found`` in it has, and that are not for how
    long something has gone on; nothing if there are none."""
    taken = [(age.start, age.end) for age in found]
    taken += [
        (one.start, one.end)
        for one in reading.said(text)
        if one.kind == "ålder" and one.values.get("om") != "deltagande"
    ]
    left = [
        match[0]
        for match in _YEARS.finditer(text)
        if not any(start < match.end() and match.start() < end for start, end in taken)
        and not lasting.has_lasted(text, match.start("figure"))
    ]
    return "; ".join(left)


def _bounds(match: re.Match[str]) -> dict[str, Any]:
    if match["bound"]:
        years, bound = int(match["one"]), match["bound"].casefold()
        if bound in ("över", "från", "fyllt", "minst"):
            return {"från": years}
        return {"till": years - 1 if bound == "under" else years}
    low, high = match["from"] or match["low"], match["to"] or match["high"]
    unit = {"enhet": "månader"} if match["u1"] == "mån" else {}
    if match["low"]:
        unit = {"enhet": "ej angiven"}
    return {"från": int(low), "till": int(high), **unit}


def _whose(who: str, deltagare: Sequence[str]) -> str:
    if who == "barnet" and deltagare and _CHILDREN.issuperset(deltagare):
        return "deltagaren"
    if who == "barnet" and "unga" in deltagare and "barn" in deltagare:
        return "barnet eller den unge"
    if who == "barnet" and "unga" in deltagare:
        return "den unge"
    return who if who in ("deltagaren", "deltagarens barn", "barnet") else "deltagaren"


def _once(ages: Sequence[Age]) -> list[Age]:
    found: list[Age] = []
    for age in ages:
        if not any(_same(age, other) for other in found):
            found.append(age)
    return found


def _same(one: Age, other: Age) -> bool:
    return all(one.data.get(key) == other.data.get(key) for key in ("från", "till", "enhet"))
