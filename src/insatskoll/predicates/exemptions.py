"""Checks on what a text says has decided an exemption: a nämnd, a day, a point."""

from __future__ import annotations

import re
from collections.abc import Iterator

from insatskoll import dates
from insatskoll.places import DataPath
from insatskoll.predicates.parameters import Field
from insatskoll.predicates.references import values_at
from insatskoll.predicates.registry import Hit, Place, Subject, predicate

_BODY = re.compile(r"((?:\w+- och )?\w*(?:nämnden|nämnd|styrelsen|fullmäktige))(?:s)?\b", re.IGNORECASE)
_POINT = re.compile(r"\b(?:besluts|att-)?(?:punkt(?:en)?|att-sats(?:en)?) (\d{1,3})\b", re.IGNORECASE)
_NUMBERED = re.compile(r"^\s*(\d{1,3})[.)]\s", re.MULTILINE)
# What names something that can be looked up, besides a body, a day and a point: a section of minutes, a number in a register.
_FOUND_BY = re.compile(r"§|\b\d{4}[/:]\d|\d{2,}|\b(protokoll|förslag|beslutssats|bilaga|bilagan|riktlinje)", re.IGNORECASE)
_LATER = re.compile(r"\b(senare|ännu inte|inte än)\b", re.IGNORECASE)
_AN_ATTACHMENT = re.compile(r"(se |enligt )?bilaga \d+\.?", re.IGNORECASE)
_YEAR = 365


@predicate("beslut-utan-namn", gives=("värde",))
def names_nothing(subject: Subject, fält: list[Field]) -> Iterator[Hit]:
    """A text in ``fält`` (as in ``okänd-referens``) names no body, day, section or point, or only says that it comes later."""
    for path, text in _texts(subject, fält):
        named = dates.named(text) or _POINT.search(text)
        unnamed = not (named or _BODY.search(text) or _FOUND_BY.search(text))
        if unnamed or (_LATER.search(text) and not named) or _AN_ATTACHMENT.fullmatch(text.strip()):
            yield Hit(path, {"värde": text})


@predicate("beslut-av-annan", gives=("nämnd", "andra"))
def decided_by_other(subject: Subject, fält: list[Field]) -> Iterator[Hit]:
    """A text in ``fält`` names a body that is neither the municipality's nämnd, the proposal's, nor that of a decision."""
    kommun = subject.revision.kommun
    known = {kommun["nämnd"], kommun.get("förslag", {}).get("nämnd", "")}
    known |= {str(content["beslut"].get("nämnd", "")) for content in subject.frozen.values()}
    for path, text in _texts(subject, fält):
        for body in _BODY.findall(text):
            if not any(_may_be(body, name) for name in known):
                yield Hit(path, {"nämnd": body, "andra": kommun["nämnd"]})
                break


@predicate("beslut-dag", gives=("dag", "datum"))
def impossible_day(subject: Subject, fält: list[Field], fel: str, tidigast: str) -> Iterator[Hit]:
    """A text in ``fält`` names a day that is impossible in the way ``fel``: ``finns inte`` in the calendar, ``för tidigt``
    (before ``tidigast``), or ``för sent``: after the day of the proposal, though its section is known, or a year after. The day
    of one of the municipality's decisions is never too late."""
    own = dates.day(subject.revision.datum or "")
    for path, text in _texts(subject, fält):
        for written, found in dates.named(text):
            late = own is not None and found is not None and found > own and ("§" in text or (found - own).days > _YEAR)
            late = late and str(found) not in subject.frozen
            wrong = {
                "finns inte": found is None,
                "för tidigt": found is not None and found.isoformat() < tidigast,
                "för sent": late,
            }
            if wrong[fel]:
                yield Hit(path, {"dag": written, "datum": subject.revision.datum or ""})
                break


@predicate("beslut-punkt", gives=("punkt", "antal"))
def no_such_point(subject: Subject, fält: list[Field]) -> Iterator[Hit]:
    """A text in ``fält`` names a point of the proposal beyond those that the proposal has.

    A point of a decision on another day, or in a section of minutes, is not the proposal's.
    """
    points: list[str] = subject.revision.kommun.get("förslag", {}).get("beslutssats", [])
    numbers = [int(number) for text in points for number in _NUMBERED.findall(text)]
    count = max([len(points), *numbers], default=0)
    for path, text in _texts(subject, fält):
        proposed = "förslag" in text.casefold() or not (dates.named(text) or "§" in text)
        found = _POINT.search(text)
        if count and found and proposed and not 1 <= int(found[1]) <= count:
            there = Place("Förslagets punkter", ("förslag", "beslutssats")) if subject.insats is None else None
            yield Hit(path, {"punkt": int(found[1]), "antal": count}, (there,) if there else ())


def _texts(subject: Subject, fält: list[Field]) -> Iterator[tuple[DataPath, str]]:
    return ((path, text) for name in fält for path, text in values_at(subject.data, name) if isinstance(text, str))


def _may_be(body: str, name: str) -> bool:
    """Whether a text's word for a body may mean the nämnd called ``name``: one word of its name is enough, and the act's own
    word, socialnämnden, means whatever nämnd has its duties."""
    words, known = (set(re.findall(r"\w+", _plain(text))) for text in (body, name))
    plain = _plain(body)
    return plain in ("nämnd", "social nämnd", "") or plain in _plain(name) or bool((words & known) - {"och", "nämnd", "kommun"})


def _plain(name: str) -> str:
    """A body's name without what differs between its forms."""
    text = re.sub(r"nämnden", "nämnd", name.casefold())
    return re.sub(r"(\w)(s?)nämnd", r"\1\2 nämnd", text).replace("-", " ").strip()
