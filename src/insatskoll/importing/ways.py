"""How one comes to an insats: by oneself, by a referral, or either; and who refers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from insatskoll.importing import values
from insatskoll.law.claims import reading
from insatskoll.patterns import later
from insatskoll.values import immutable

OPEN, REFERRAL, EITHER, OTHER = "öppen", "remiss", "öppen och remiss", "annan"
_CLAUSES = later(r"[.,;:\n]\s*|\s(?=men\b)|\s(?=fast\b)|[()]", re.IGNORECASE)
_NOT = later(r"\b(?:inte|ej|ingen|inget|inga|utan|aldrig|varken|slipper)\b", re.IGNORECASE)
# Of a referral that has just been spoken of: ”men kan lämnas av vården”.
_ALSO = later(r"^men (?:\w+ )?kan (?:\w+ )?(?:lämnas|skickas|ges|göras|skrivas)\b", re.IGNORECASE)
_ONLY_IF = later(
    r"\b(?:om (?:det|du|barnet|den|man|ni|personen)|ibland|oftast|vanligen|vissa|vissa fall"
    r"|(?:under|över|från) \d+ år|för (?:barn|unga|ungdomar|vuxna|föräldrar|äldre|den|dig|dem))\b",
    re.IGNORECASE,
)
_FROM = later(r"\bremiss(?:er)?\s+(?:från|av|via)\s+(?P<who>[^.;()]+)", re.IGNORECASE)
_LISTED = later(r"\s*(?:[,;/\n]|(?<!-)\s(?:och|eller|samt|alternativt)\s)\s*")
_NO_NAME = later(
    r"^(?:som|men|ej|inte|utan|där|när|om|efter|kan|ska|eget|egen|även|då|vilken|så|därefter"
    r"|dock|inga?|ingen)\b",
    re.IGNORECASE,
)
_NAME = 6  # words of the name of somebody who refers


@immutable
class Way:
    """A way in, empty if it cannot be told, and those who refer."""

    value: str
    referrers: tuple[str, ...] = ()


def told(text: str) -> Way:
    """The way in that a text tells."""
    if values.first("ingång i ett", text) is not None:
        return Way(EITHER, tuple(_referrers(text)))
    ways: set[tuple[str, bool]] = set()
    spoken = False
    for clause in filter(None, _CLAUSES.split(text)):
        found = dict(_signs(clause))
        if not found and spoken and _ALSO.match(clause):
            found = {REFERRAL: True}
        spoken = REFERRAL in found
        ways |= set(found.items())
    value = _settled(ways)
    if value and (_ONLY_IF.search(text) or _gainsaid(value, text)):
        return Way("")
    return Way(value, tuple(_referrers(text)) if value != OPEN else ())


def _signs(clause: str) -> Iterator[tuple[str, bool]]:
    """The ways that a clause names, and whether it says that they are there."""
    shown = sorted(values.shown("ingång", clause), key=lambda one: one.start)
    for at, one in enumerate(shown):
        begin = shown[at - 1].end if at else 0
        before = len(_NOT.findall(clause[begin : one.start]))
        after = len(_NOT.findall(clause[one.end :])) if at + 1 == len(shown) else 0
        yield one.value, (before + after) % 2 == 0


def _settled(ways: set[tuple[str, bool]]) -> str:
    """The way that the signs together tell; none where they tell different things."""
    open_there = (OPEN, True) in ways
    referred = (REFERRAL, True) in ways
    if (open_there and (OPEN, False) in ways) or (OTHER, True) in ways:
        return ""
    if referred:
        either = open_there or (REFERRAL, False) in ways
        return EITHER if either else REFERRAL
    return OPEN if open_there or ways == {(REFERRAL, False)} else ""


def _gainsaid(value: str, text: str) -> bool:
    """Whether the claims of the text on its way in are others."""
    claims = {
        str(one.values.get("remiss")) for one in reading.said(text) if one.kind == "ingång"
    } - {"None"}
    return claims == {"krävs"} and value != REFERRAL


def _referrers(text: str) -> Iterator[str]:
    """Those who refer, up to what is no name of anybody."""
    match = _FROM.search(text)
    if match is None:
        return
    for name in _LISTED.split(match["who"].strip()):
        if _NO_NAME.match(name) or values.shown("ingång", name) or len(name.split()) > _NAME:
            return
        if name:
            yield name.strip()
