"""From and to which day an insats holds, by the words that a document has for it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from insatskoll import dates
from insatskoll.patterns import later

_TO = r"(?:till och med|t\.? ?o\.? ?m\.?|till|[-–])"
_BEFORE_FROM = later(r"\b(?:från och med|fr\.? ?o\.? ?m\.?|från)(?: den)?\s*$", re.IGNORECASE)
_BEFORE_TO = later(rf"(?:^|[\s\d]){_TO}(?: den)?\s*$", re.IGNORECASE)
_PLAIN = later(
    r"\b(?:insatsen|delen|den|gäller|giltig|från|till|och med|fr\.? ?o\.? ?m|t\.? ?o\.? ?m)\b",
    re.IGNORECASE,
)
_WORD = later(r"\w")
_LAST = later(r"\b(?:till|t\.? ?o\.? ?m\.?|slut\w*)", re.IGNORECASE)


def told(text: str, label: str = "") -> Mapping[str, str]:
    """The fields ``gäller_från`` and ``gäller_till`` that ``text`` states under ``label``: ”till
    och med den 31 december 2026”, ”2026-03-01–2026-12-31”. Empty where it has a day of which it
    does not say whether it is the first or the last, or one that the calendar lacks."""
    found: dict[str, str] = {}
    read = 0
    days = sorted(dates.named(text), key=lambda one: text.find(one[0]))
    for written, day in days:
        at = text.index(written, read)
        field = _field(text[read:at], label, last=bool(found) or len(days) == 1)
        if day is None or field is None or field in found:
            return {}
        found[field] = day.isoformat()
        read = at + len(written)
    return found


def besides(text: str) -> str:
    """The words of ``text`` if they say more than that, and until or from which days, an insats
    holds; else nothing."""
    rest = text
    for written, _ in dates.named(text):
        rest = rest.replace(written, " ")
    return text if _WORD.search(_PLAIN.sub(" ", rest)) else ""


def _field(before: str, label: str, *, last: bool) -> str | None:
    """The field of a day with the words ``before`` it, by the ``label`` where they say nothing."""
    if _BEFORE_FROM.search(before):
        return "gäller_från"
    if _BEFORE_TO.search(before) or (last and not before.strip() and _LAST.search(label)):
        return "gäller_till"
    return None if last or before.strip() else "gäller_från"
