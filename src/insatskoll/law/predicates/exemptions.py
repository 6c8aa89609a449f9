"""Checks on what a text says has decided an exemption: a nämnd, a point."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Literal, cast

from insatskoll import dates
from insatskoll.law.predicates.parameters import Field, TextField, Words, listed
from insatskoll.law.predicates.references import values_at
from insatskoll.law.predicates.registry import Hit, Place, Subject, predicate, where
from insatskoll.law.predicates.text import pattern
from insatskoll.patterns import later
from insatskoll.reading.places import DataPath

_BODY = later(r"((?:\w+- och )?\w*(?:nämnden|nämnd|styrelsen|fullmäktige))(?:s)?\b", re.IGNORECASE)
_WORDS = ("ett", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio")
_NUMBER = rf"(?:\d{{1,3}}|{'|'.join(_WORDS)})\b"
_POINT = later(
    rf"\b(?:besluts|att-)?(?:punkt(?:en|er|erna)?|att-sats(?:en|er|erna)?) "
    rf"({_NUMBER}(?:(?: ?[-–] ?| och | till ){_NUMBER}(?![-/:]| (?:jan|feb|mar|apr|maj|jun"
    r"|jul|aug|sep|okt|nov|dec)))*)",
    re.IGNORECASE,
)
_NUMBERED = later(r"^\s*(\d{1,3})[.)]\s", re.MULTILINE)
# What names something that can be looked up, besides a body, a day and a point: a section of
# minutes, a number in a register.
_FOUND_BY = later(r"§(?! ?0+\b)|\b\d{4}[/:]\d|\d{2,}")
_AN_ATTACHMENT = later(r"(se |enligt )?bilaga \d+\.?", re.IGNORECASE)
_NO_SECTION = later(r"§ ?0+\b(?![.:/-]\d)")


@predicate("beslutshänvisning", gives=("värde", "nämnd", "andra", "punkt", "antal"))
def reference_to_decision(
    subject: Subject,
    fält: list[TextField],
    brist: Literal[
        "säger inget",
        "annan nämnd",
        "punkten finns inte",
    ],
    handlingar: Words = listed("handlingar att slå upp i"),
    beslutat: Words = listed("att något är beslutat"),
    senare: Words = listed("senare"),
) -> Iterator[Hit]:
    """What is wrong with a text in ``fält`` that says what has decided
    an exemption.

    It says nothing that can be looked up, names the body of another, or a point that the proposal
    lacks.
    What can be looked up is a day, a section or a number, or one of ``handlingar``; a body and
    ``beslutat`` alone is nothing, and neither is what comes ``senare``.
    """
    if brist == "säger inget":
        yield from _names_nothing(subject, fält, handlingar, beslutat, senare)
    else:
        yield from _FAULTS[brist](subject, fält)


def _names_nothing(
    subject: Subject, fält: list[Field], documents: Words, decided: Words, later: Words
) -> Iterator[Hit]:
    """A text in ``fält`` names no day, section or point, or only says
    that it comes later.

    What a body does or did is enough, but not that it has decided.
    """
    own = subject.revision.kommun["nämnd"]
    for path, text in _texts(subject, fält):
        named = dates.named(text) or _POINT.search(text)
        body = _BODY.search(text) and not _only_a_body(text, own, decided)
        found_by = _FOUND_BY.search(text) or pattern(documents).search(text)
        unnamed = not (named or body or found_by) or _NO_SECTION.search(text)
        if (
            unnamed
            or (pattern(later).search(text) and not named)
            or _AN_ATTACHMENT.fullmatch(text.strip())
        ):
            yield Hit(path, {"värde": text})


def _decided_by_other(subject: Subject, fält: list[Field]) -> Iterator[Hit]:
    """A text in ``fält`` names only bodies that are neither the municipality's nämnd, the
    proposal's, nor that of a decision."""
    known = _bodies_known(subject)
    for path, text in _texts(subject, fält):
        bodies = _BODY.findall(text)
        if bodies and not any(_may_be(body, name) for body in bodies for name in known):
            values = {"nämnd": bodies[0], "andra": subject.revision.kommun["nämnd"]}
            yield Hit(path, values, words=where(text, bodies[0]))


def _bodies_known(subject: Subject) -> set[str]:
    """The names of the municipality's nämnd: its own, the proposal's and those of its decisions."""
    kommun = subject.revision.kommun
    known = {kommun["nämnd"], kommun.get("förslag", {}).get("nämnd", "")}
    return known | {str(one["beslut"].get("nämnd", "")) for one in subject.frozen.values()}


@predicate("annan-nämnd", scopes=("påstående",), gives=("andra",))
def another_body(subject: Subject) -> Iterator[Hit]:
    """A claim says that a nämnd decides on the insatser, or gives them, that is not the
    municipality's; ``andra`` is what that is called."""
    named = str(cast("Mapping[str, object]", subject.data).get("nämnd", ""))
    if named and not any(_may_be(named, name) for name in _bodies_known(subject)):
        own = subject.revision.kommun["nämnd"]
        there = (Place("Kommunens nämnd", ("nämnd",)),) if subject.insats is None else ()
        yield Hit((), {"andra": own}, there)


def _no_such_point(subject: Subject, fält: list[Field]) -> Iterator[Hit]:
    """A text in ``fält`` names a point of the proposal beyond those that the proposal has.

    A point of a decision on another day, or in a section of minutes, is not the proposal's.
    """
    points: list[str] = subject.revision.kommun.get("förslag", {}).get("beslutssats", [])
    numbers = [int(number) for text in points for number in _NUMBERED.findall(text)]
    count = max([len(points), *numbers], default=0)
    for path, text in _texts(subject, fält):
        proposed = "förslag" in text.casefold() or not (dates.named(text) or "§" in text)
        found = _POINT.search(text)
        beyond = [
            number for number in _numbers(found[1] if found else "") if not 1 <= number <= count
        ]
        if count and beyond and proposed:
            there = (
                Place("Förslagets punkter", ("förslag", "beslutssats"))
                if subject.insats is None
                else None
            )
            yield Hit(path, {"punkt": beyond[-1], "antal": count}, (there,) if there else ())


def _numbers(text: str) -> list[int]:
    words = re.findall(_NUMBER, text.casefold())
    return [_WORDS.index(word) + 1 if word in _WORDS else int(word) for word in words]


def _only_a_body(text: str, own: str, decided: Words) -> bool:
    """Whether ``text`` says that a body has decided, and nothing of when or where."""
    besides = _BODY.sub("", re.sub(re.escape(own), "", text, flags=re.IGNORECASE))
    return not re.search(r"\w", pattern(decided).sub("", besides))


def _texts(subject: Subject, fält: list[Field]) -> Iterator[tuple[DataPath, str]]:
    return (
        (path, text)
        for name in fält
        for path, text in values_at(subject.data, name)
        if isinstance(text, str)
    )


def _may_be(body: str, name: str) -> bool:
    """Whether a text's word for a body may mean the nämnd called ``name``: one word of its name is
    enough, and the act's own word, socialnämnden, means whatever nämnd has its duties."""
    words, known = (set(re.findall(r"\w+", _plain(text))) for text in (body, name))
    plain = _plain(body)
    return (
        plain in ("nämnd", "social nämnd", "")
        or plain in _plain(name)
        or bool((words & known) - {"och", "nämnd", "kommun"})
    )


def _plain(name: str) -> str:
    """A body's name without what differs between its forms."""
    text = re.sub(r"nämnden", "nämnd", name.casefold())
    return re.sub(r"(\w)(s?)nämnd", r"\1\2 nämnd", text).replace("-", " ").strip()


_FAULTS: dict[str, Callable[[Subject, list[Field]], Iterator[Hit]]] = {
    "annan nämnd": _decided_by_other,
    "punkten finns inte": _no_such_point,
}
