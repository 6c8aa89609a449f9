"""Days, written ÅÅÅÅ-MM-DD: whether the calendar has them, and whether they lie within reason. No
clock is asked.

What refuses a day and what finds one in a file ask here, so that they cannot disagree.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from insatskoll.errors import UsageError
from insatskoll.patterns import later

# The day when the act that the catalogue is about came into force: what is later is dated from
# here.
IN_FORCE = "2025-07-01"
# Nothing about it was proposed or decided more than three calendar years before.
EARLIEST = "2022-01-01"

_MONTHS = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
_ISO = later(r"(?<![\d/-])(?:19|2\d)\d\d-\d\d-\d\d(?![\d/-])")
_MONTH = r"januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december"
_SHORT = r"jan|feb|mar|apr|jun|jul|aug|sept?|okt|nov|dec"
_IN_WORDS = later(rf"\b(\d{{1,2}}) ({_MONTH}|(?:{_SHORT})\b\.?) (\d{{4}})\b", re.IGNORECASE)
_WITHOUT_YEAR = later(
    rf"\b(\d{{1,2}}) ({_MONTH}|(?:{_SHORT})\b\.?)(?!\w|\.? \d{{4}}\b)", re.IGNORECASE
)
_SLASHED = later(r"(?<![\w/:-])([0-3]?\d)/([01]?\d)[ -](\d{4})\b(?![/-])")
# Other ways to write a day, in which year, month and day cannot be taken for each other.
_FORMS = (
    later(r"(?P<year>\d{4})[-./ ](?P<month>\d{1,2})[-./ ](?P<day>\d{1,2})"),
    later(r"(?P<year>(?:20)?\d\d)(?P<month>[01]\d)(?P<day>[0-3]\d)"),
    later(r"(?P<day>\d{1,2})[./](?P<month>\d{1,2})[-./ ]+(?P<year>\d{4})"),
)
_DIGIT = later(r"\d")  # in all of them
_LEAP_YEAR = 2024  # has every day that some year has


def day(text: str) -> date | None:
    """The day that ``text`` (ÅÅÅÅ-MM-DD) names, or None if it is written otherwise or the calendar
    has no such day."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if found.isoformat() == text else None


def exists(text: str) -> bool:
    """Whether ``text`` is a day in the calendar, written ÅÅÅÅ-MM-DD."""
    return day(text) is not None


def within_reason(text: str, years: int, known: Iterable[str] = ()) -> bool:
    """Whether the day ``text`` is neither long before the act nor more than ``years`` years later
    than what is known.

    Known are the day when the act came into force and the days ``known`` (ÅÅÅÅ-MM-DD): the
    proposal's, or those of the decisions before. A day such as 2206-01-20 is beyond reason whatever
    year it is read in.
    """
    latest = max((IN_FORCE, *known))
    return text >= EARLIEST and text <= f"{min(int(latest[:4]) + years, 9999):04}{latest[4:]}"


def named(text: str) -> list[tuple[str, date | None]]:
    """The days that a running text names, each as it is written, and as the day that it is: None if
    the calendar lacks it."""
    found = [(match[0], day(match[0])) for match in _ISO.finditer(text)]
    found += [
        (match[0], _made(match[3], _month(match[2]), match[1]))
        for match in _IN_WORDS.finditer(text)
    ]
    for match in _SLASHED.finditer(text):
        if 1 <= int(match[2]) <= 12:  # otherwise it is the number of something
            found.append((match[0], _made(match[3], int(match[2]), match[1])))
    return found


def meant(text: str) -> str | None:
    """The day, as ÅÅÅÅ-MM-DD, that ``text`` is another way to write; None if it is not, or could be
    two days."""
    text = text.strip(" .")
    for form in _FORMS:
        if found := form.fullmatch(text):
            year = found["year"].rjust(4, "0").replace("00", "20", 1)
            made = _made(year, int(found["month"]), found["day"])
            return made.isoformat() if made is not None and within_reason(str(made), 10) else None
    days = named(text)
    if len(days) != 1 or days[0][0] != text or days[0][1] is None:
        return None
    return days[0][1].isoformat()


def missing(text: str) -> list[str]:
    """The days that a running text names and the calendar lacks, as they are written: also those
    without a year, if no year has them."""
    if not _DIGIT.search(text):
        return []
    found = [written for written, named_day in named(text) if named_day is None]
    return found + [
        match[0]
        for match in _WITHOUT_YEAR.finditer(text)
        # A greater number may be that of something else.
        if int(match[1]) <= 31 and _made(str(_LEAP_YEAR), _month(match[2]), match[1]) is None
    ]


def _month(word: str) -> int:
    return _MONTHS.index(word[:3].casefold()) + 1


def _made(year: str, month: int, of_month: str) -> date | None:
    return day(f"{year}-{month:02}-{int(of_month):02}")


_YEARS = 50  # after the act: a day as late as that to judge by is mistyped


def check_date(text: str) -> None:
    """Raises :class:`UsageError` if ``text`` is no day in the calendar, written ÅÅÅÅ-MM-DD."""
    if exists(text):
        return
    if _ISO.fullmatch(text):
        raise UsageError(f"Dagen {text} finns inte i almanackan. Kontrollera månad och dag.")
    found = meant(text)
    question = f" Menade du {found}?" if found else ""
    raise UsageError(
        f"”{text}” är inget datum.{question} Skriv ÅÅÅÅ-MM-DD, till exempel 2025-07-01."
    )


def check_near_date(text: str) -> None:
    """As :func:`check_date`, and also for a day that can only be a slip of the pen: by year, since
    no clock is asked."""
    check_date(text)
    if not within_reason(text, _YEARS):
        raise UsageError(
            f"”{text}” ligger för långt från lagen, som gäller från {IN_FORCE}. Kontrollera året."
        )
