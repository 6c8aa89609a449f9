"""Checks on areas: whether the one named is the municipality, something around it, or only a part
of it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from insatskoll.law.predicates.parameters import TextField, WholeWords, Words, listed
from insatskoll.law.predicates.registry import Hit, Subject, predicate, where
from insatskoll.law.predicates.text import pattern, texts
from insatskoll.patterns import later
from insatskoll.reading.places import value_at
from insatskoll.values import immutable

_KIND_OF_AREA = later(r"^region |s?(?: (?:kommun|stad|län))?$", re.IGNORECASE)
_PREFIX = later(
    (
        r"^(?:(?:endast|bara|enbart|hela|i|inom|inte|någon|en|annan|en annan|annat|ett annat"
        r"|valfri|av|de|den|antingen|både) )+"
    ),
    re.IGNORECASE,
)
# What an area holds besides, and what it is only.
_BESIDES = later(
    r"(?<=\w)[,;]? ?\(?\b(?:även|också|inklusive|inkl\b\.?|inbegripet|liksom|med)\b.*$",
    re.IGNORECASE,
)
_NAME = r"[A-ZÅÄÖ][a-zåäöé]+(?:[ -][A-ZÅÄÖ][a-zåäöé]+)*"
_ONLY = later(
    r"kommun\w*\b.*?\b(?:[Ee]ndast|[Bb]ara|[Ee]nbart|[Uu]tom|[Ff]örutom|[Uu]ndantaget"
    rf"|[Ee]j|[Ii]nte) (?:för |i |inom )*({_NAME})"
    rf"|kommun\w* \(({_NAME})\)$|^({_NAME}) (?:i|inom) .*kommun"
)
_PIECES = later(r",|;|/|&|\boch\b|\beller\b|\bsamt\b|\balternativt\b", re.IGNORECASE)


@immutable
class _Known:
    """What is known of areas, in words; see :func:`another_area`."""

    hela: Words
    delar: Words
    namngivna: Words
    övriga: Words
    omfång: Words
    inga_namn: Words


@predicate("annat-område", scopes=("insats", "del", "kommun", "påstående"), gives=("område",))
def another_area(
    subject: Subject,
    fält: list[TextField],
    hela: WholeWords,
    delar: Words,
    namngivna: WholeWords = listed("kommuner", "större områden"),
    övriga: Words = listed("andra kommuner"),
    omfång: WholeWords = listed("områdets omfång"),
    inga_namn: Words = listed("inte namn på en plats"),
) -> Iterator[Hit]:
    """A field names an area that is not a whole: the municipality or another, or something around
    them.

    An area is a whole if all it lists is: one of ``namngivna``, one of ``hela``, or anything that
    says kommun and none of ``delar``, with or without ``omfång`` after it; and if one of what it
    lists is ``övriga``. All are regular expressions. A condition that gives its reason (``skäl``)
    is passed over. What follows ”bara” is no part of the municipality if it begins with
    ``inga_namn``. A claim that names one is found where its words stand.
    """
    known = _Known(hela, delar, namngivna, övriga, omfång, inga_namn)
    for path, area in texts(subject, fält):
        if "skäl" in (value_at(subject.data, path[:-1]) or {}):
            continue
        if not _whole(area, subject.revision.kommun["namn"], known):
            told = {"område": " ".join(area.split())}
            claimed = subject.words is not None
            yield Hit((), told) if claimed else Hit(path, told, words=where(area, area))


def _whole(area: str, kommun: str, known: _Known) -> bool:
    area = area.strip(" .")
    pieces = [piece.strip() for piece in _PIECES.split(_BESIDES.sub("", area)) if piece.strip()]
    if any(pattern(known.övriga).search(piece) for piece in pieces):
        return True
    return all(_whole_piece(piece, kommun, known) for piece in pieces)


def _whole_piece(piece: str, kommun: str, known: _Known) -> bool:
    plain = _without_extent(_PREFIX.sub("", " ".join(piece.split())), known.omfång) or piece
    if plain.casefold() == kommun.casefold() or pattern(known.hela).fullmatch(plain):
        return True
    own = _KIND_OF_AREA.sub("", kommun).casefold()
    name = re.sub(r"^kommun(?:en|erna)? | kommun(?:er|erna)?s?$", "", plain.casefold())
    # a municipality may call itself so, whatever its name is here
    name = name.removesuffix(" stad")
    forms = {name, name.removesuffix("s")}
    if forms & {own, own.removesuffix("s")}:
        return True
    if any(pattern(known.namngivna).fullmatch(form) for form in forms):
        return True
    if (only := _ONLY.search(plain)) and not pattern(known.inga_namn).match(
        place := next(filter(None, only.groups()))
    ):
        return _whole_piece(place, kommun, known)
    says_kommun = re.search(r"kommun(?:en|er|erna)?s?\b", plain, re.IGNORECASE)
    return bool(says_kommun) and not pattern(known.delar).search(plain)


def _without_extent(area: str, extents: Words) -> str:
    """The area without what is said after it of how far it goes, which is all of it."""
    return re.sub(rf" (?:{pattern(extents).pattern})$", "", area, flags=re.IGNORECASE)
