"""Reads from and until which day a text says that an insats holds.

Only a sentence whose subject is the insats, the trial or the project as such is read, and only a
day with its year: until when one may apply, or one group meets, is another matter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from insatskoll import dates
from insatskoll.patterns import later

_LONGEST = 20  # characters of a day
_FROM = r"från och med|fr\.? ?o\.? ?m\.?"
Bound = Literal["gäller_från", "gäller_till"]

# What holds, that it does, and the only words that may stand beside them: with any other it could
# be something else that ends.
_WHAT = (
    r"(?:insatsen|verksamheten|försöksverksamhet(?:en)?|försöksperiod(?:en)?|försöket|erbjudandet"
    r"|pilot(?:en|projektet|projekt|verksamhet(?:en)?)|projekt(?:et|tiden|perioden))"
)
_HOLDS = (
    r"(?:gäller|pågår|ges|erbjuds|bedrivs|drivs|finns|löper|tillhandahålls|sträcker sig"
    r"|är beslutad|är tidsbegränsad|är begränsad|ska gälla|ska pågå|ska ges|ska erbjudas|är)"
)
_BESIDE = (
    r"(?:som|ett|en|försök|försöksverksamhet|försöksperiod|pilot|pilotprojekt|projekt|prov|på|nu"
    r"|endast|bara|enbart|därför|och|under|tidsbegränsad|tidsbegränsat|i (?:hela )?kommunen|till"
    r"|i [A-ZÅÄÖ][a-zåäö]+)"
)
_SUBJECT = later(
    r"^(?:[-–•] )?(?i:denna |den här |hela |(?:det|detta|det här|insatsen) är (?:en |ett )?)?"
    rf"(?i:{_WHAT})"
    rf"(?: (?:{_BESIDE}|(?i:{_HOLDS}))){{0,8}},?(?: (?i:{_FROM}) (?:den )?[^.;:!?]{{8,20}},?)?$"
)
_MARK = later(
    r"(?<![\w-])(?:(?P<from>från och med|fr\.? ?o\.? ?m\.?)"
    r"|(?:fram )?(?P<to>till och med|t\.? ?o\.? ?m\.?)) (?:den )?(?=\d)",
    re.IGNORECASE,
)
_BREAK = later(r"(?:[!?;:]|(?<!\b[a-zåäö])\.)\s|\n\s*(?=[-–•\n])")


class ToldDay(NamedTuple):
    """A day that a text tells, the field that it belongs in, and the words for it: which of the
    text's characters they are, from and to."""

    bound: Bound
    day: str
    words: tuple[int, int]


def told(text: str) -> Iterator[ToldDay]:
    """The days that ``text`` says that the insats holds from and until."""
    for mark in _MARK.finditer(text):
        day = _day(text[mark.end() : mark.end() + _LONGEST])
        if day is None:
            continue
        written, found = day
        sentence = _BREAK.split(text[: mark.start()])[-1].rstrip()
        if _SUBJECT.match(" ".join(sentence.split())):
            bound: Bound = "gäller_till" if mark["to"] else "gäller_från"
            yield ToldDay(bound, found, (mark.end(), mark.end() + len(written)))


def _day(text: str) -> tuple[str, str] | None:
    """The day that ``text`` begins with, as it is written and as ÅÅÅÅ-MM-DD."""
    for written, found in dates.named(text):
        if found is not None and text.startswith(written):
            return written, found.isoformat()
    return None
