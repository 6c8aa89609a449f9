"""Days, written ÅÅÅÅ-MM-DD: whether the calendar has them, and whether they lie within reason. No clock is asked.

What refuses a day and what finds one in a file ask here, so that they cannot disagree.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

# No decision under this act or the ones before it can be older than the first socialtjänstlag.
FIRST_ACT = "1982-01-01"
# The day when the act that the catalogue is about came into force: what is later is dated from here.
IN_FORCE = "2025-07-01"

_MONTHS = (
    "januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober", "november", "december",
)  # fmt: skip
_ISO = re.compile(r"(?<![\d/-])(?:19|2\d)\d\d-\d\d-\d\d(?![\d/-])")
_IN_WORDS = re.compile(rf"\b(\d{{1,2}}) ({'|'.join(_MONTHS)}) (\d{{4}})\b", re.IGNORECASE)


def day(text: str) -> date | None:
    """The day that ``text`` (ÅÅÅÅ-MM-DD) names, or None if it is written otherwise or the calendar has no such day."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if found.isoformat() == text else None


def exists(text: str) -> bool:
    """Whether ``text`` is a day in the calendar, written ÅÅÅÅ-MM-DD."""
    return day(text) is not None


def within_reason(text: str, years: int, known: Iterable[str] = ()) -> bool:
    """Whether the day ``text`` is neither older than the first act nor more than ``years`` years later than what is known.

    Known are the day when the act came into force and the days ``known`` (ÅÅÅÅ-MM-DD): the proposal's, or those of
    the decisions before. A day such as 2206-01-20 is beyond reason whatever year it is read in.
    """
    latest = max((IN_FORCE, *known))
    return text >= FIRST_ACT and text <= f"{min(int(latest[:4]) + years, 9999):04}{latest[4:]}"


def named(text: str) -> list[tuple[str, date | None]]:
    """The days that a running text names, each as it is written, and as the day that it is: None if the calendar lacks it."""
    found = [(match[0], day(match[0])) for match in _ISO.finditer(text)]
    for match in _IN_WORDS.finditer(text):
        month = _MONTHS.index(match[2].casefold()) + 1
        found.append((match[0], day(f"{match[3]}-{month:02}-{int(match[1]):02}")))
    return found
