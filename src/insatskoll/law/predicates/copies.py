"""Checks on a municipality that has been made by copying another: what of the other has been left
in it.

The others are those that come with the program, since it is from them that one begins, and those
that have been linted before it in the same run: its neighbours in the catalogue.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Literal

from insatskoll import resources
from insatskoll.catalogue import loading
from insatskoll.law.predicates.parameters import WholeWords, Words, listed
from insatskoll.law.predicates.references import values_at
from insatskoll.law.predicates.registry import (
    Hit,
    Place,
    Subject,
    Waiver,
    contents,
    predicate,
    waivers,
)
from insatskoll.law.predicates.text import pattern
from insatskoll.patterns import later
from insatskoll.reading import builtin
from insatskoll.reading.places import DataPath, value_at
from insatskoll.values import immutable

_SHOWN = 3  # how many of the places a finding points at
_KIND = later(r"^region |s?( kommun| stad)?$")
_NAMED = later(r"\b([A-ZÅÄÖ][a-zåäöé]+(?:[ -][A-ZÅÄÖ][a-zåäöé]+)?) (?:kommun|stad)s?\b")
_ASCII = str.maketrans("åäöé", "aaoe")


@immutable
class _Bundled:
    """A municipality that comes with the program."""

    folder: str
    namn: str
    code: str
    waivers: frozenset[Waiver]


@predicate("kopierat", scopes=("kommun",), gives=("varför", "andra", "mapp", "antal", "dag"))
def copied(
    subject: Subject,
    vad: Literal["kod", "mapp", "allt", "område", "källa", "beslut", "avvikelser"],
    minst: int = 1,
    inga_namn: WholeWords = listed("inte namn på en kommun"),
) -> Iterator[Hit]:
    """Something of another municipality has been left in this one: ``vad`` says what, and ``minst``
    in how many places of those that may be alike by chance (``källa``, ``avvikelser``).

    A word before ”kommun” that is one of ``inga_namn`` names none.
    """
    if vad in _BY_NAME:
        yield from _BY_NAME[vad](subject, minst, inga_namn)
    else:
        yield from _COPIED[vad](subject, minst)


def _code_of_another(subject: Subject, _: int) -> Iterator[Hit]:
    """The municipality has the code of another, of a neighbour, or another code than the one that
    its name has."""
    kommun = subject.revision.kommun
    code, own = kommun.get("scb_kod"), _base(kommun["namn"])
    for other in bundled():
        if code is not None and (code == other.code) != (own == _base(other.namn)):
            told = (
                f"hör till {other.namn}"
                if code == other.code
                else f"är en annan än den som {other.namn} har, {other.code}"
            )
            yield Hit(("scb_kod",), {"varför": told})
            return
    neighbour = subject.neighbours.codes.get(code, "") if code is not None else ""
    if neighbour and own != _base(neighbour):
        yield Hit(("scb_kod",), {"varför": f"står också i {neighbour}"})


def _folder_of_another(subject: Subject, _: int) -> Iterator[Hit]:
    """The municipality has the name of one that comes with the program, but lies in a folder with
    another name."""
    own = _base(subject.revision.kommun["namn"])
    folder = subject.document.path.absolute().parent.name if subject.document is not None else ""
    for other in bundled():
        if own == _base(other.namn) and own.translate(_ASCII) not in _words(folder):
            yield Hit(("namn",), {"andra": other.namn, "mapp": folder})


def _untouched_copy(subject: Subject, _: int) -> Iterator[Hit]:
    """Nothing has been changed since the municipality's folder was copied from one that has been
    linted before it.

    Two nämnder of one municipality may each have a folder: they have other insatser, and another
    kommun.yaml.
    """
    held = (subject.neighbours.folders.get(one) for one in contents(subject.revision))
    if folder := next(filter(None, held), None):
        yield Hit(("namn",), {"mapp": folder})


def _area_of_another(subject: Subject, _: int, no_names: Words) -> Iterator[Hit]:
    """Insatser are only for those who live in another municipality, which has no part in giving
    them."""
    own = _base(subject.revision.kommun["namn"])
    held: list[tuple[str | None, Mapping[str, object], str]] = [
        (insats.id, insats.data, "villkor") for insats in subject.revision.insatser
    ]
    found = []
    for insats, data, field in [(None, subject.revision.kommun, "gemensamma_villkor"), *held]:
        areas = values_at(data, f"{field}[].område")
        others = [(path, name) for path, area in areas if (name := _other(area, own, no_names))]
        if others and len(others) == len(areas) and not _shared(data, others[0][1]):
            found.append((insats, *others[0]))
    yield from _one_hit(found)


def _source_of_another(subject: Subject, minst: int, no_names: Words) -> Iterator[Hit]:
    """The sources of at least ``minst`` insatser, or of the municipality itself, name another
    municipality and not this one."""
    own = _base(subject.revision.kommun["namn"])
    found: list[tuple[str | None, DataPath, str]] = [
        (insats.id, ("källa", key), name)
        for insats in subject.revision.insatser
        for key, text in insats.data.get("källa", {}).items()
        if (name := _other(str(text), own, no_names)) and not _shared(insats.data, name)
    ]
    common = [
        (("källa", key), name)
        for key, text in subject.revision.kommun.get("källa", {}).items()
        if (name := _other(str(text), own, no_names))
    ]
    if common:
        places = tuple(
            Place(f"Här nämns {name}", path, insats) for insats, path, name in found[:_SHOWN]
        )
        yield Hit(common[0][0], {"andra": common[0][1], "antal": 1 + len(found)}, places)
    elif len(found) >= minst:
        yield from _one_hit(found)


def _decision_of_another(subject: Subject, _: int) -> Iterator[Hit]:
    """Frozen decisions are those of a municipality with another name."""
    own = _base(subject.revision.kommun["namn"])
    names = {
        day: content["innehåll"]["kommun"]["namn"]
        for day, content in sorted(subject.frozen.items())
    }
    others = {day: name for day, name in names.items() if _base(name) != own}
    if others:
        day, name = next(iter(others.items()))
        yield Hit(("namn",), {"andra": name, "dag": day, "antal": len(others)})


def _waivers_of_another(subject: Subject, minst: int) -> Iterator[Hit]:
    """At least ``minst`` of the waivers are, word for word, those of a neighbour or of one that
    comes with the program.

    A municipality that comes with the program keeps those that it has there.
    """
    own = _base(subject.revision.kommun["namn"])
    theirs = [other for other in bundled() if _base(other.namn) == own]
    kept = frozenset[Waiver]().union(*(other.waivers for other in theirs))
    given = [one for one in waivers(subject.revision) if one[2] not in kept]
    same = Counter[str]()
    if len(given) >= minst:
        for other in bundled():
            same[other.namn] = sum(waiver in other.waivers for _, _, waiver in given)
        for _, _, waiver in given:
            if (neighbour := subject.neighbours.waivers.get(waiver, "")) and _base(
                neighbour
            ) != own:
                same[neighbour] += not any(neighbour == other.namn for other in bundled())
    # they have some in common: it is the one with the most
    name = max(same, key=lambda each: same[each], default="")
    if name and same[name] >= minst:
        found = [
            (insats, path) for insats, path, waiver in given if waiver in _those_of(name, subject)
        ]
        places = tuple(
            Place("Samma ord står här", path, insats) for insats, path in found[1 : 1 + _SHOWN]
        )
        yield Hit(found[0][1], {"andra": name, "antal": len(found)}, places, found[0][0])


def _those_of(name: str, subject: Subject) -> frozenset[Waiver]:
    for other in bundled():
        if other.namn == name:
            return other.waivers
    return frozenset(
        waiver for waiver, holder in subject.neighbours.waivers.items() if holder == name
    )


def _one_hit(found: list[tuple[str | None, DataPath, str]]) -> Iterator[Hit]:
    """One finding for all places, at the first of them."""
    if found:
        insats, path, name = found[0]
        places = tuple(
            Place(f"Här nämns {name}", there, other) for other, there, name in found[1 : 1 + _SHOWN]
        )
        yield Hit(path, {"andra": name, "antal": len(found)}, places, insats)


@cache
def bundled() -> tuple[_Bundled, ...]:
    """The municipalities that come with the program."""
    known = builtin.remembered("kommuner", _read_bundled)
    builtin.keep()
    return tuple(
        _Bundled(folder, namn, code, frozenset((rule, reason) for rule, reason in given))
        for folder, namn, code, given in known
    )


def _read_bundled() -> list[list[object]]:
    """The folder, the name, the code and the waivers of each."""
    folders = loading.kommun_folders(resources.CATALOGUE)
    return [
        [
            revision.kommun_id,
            revision.kommun["namn"],
            revision.kommun.get("scb_kod", ""),
            sorted({waiver for _, _, waiver in waivers(revision)}),
        ]
        for revision in (loading.load_kommun(folder).revision for folder in folders)
        if revision is not None
    ]


def _base(name: str) -> str:
    """The municipality's name without what says that it is one."""
    return _KIND.sub("", name.strip().casefold())


def _words(folder: str) -> set[str]:
    return set(re.findall(r"[a-z0-9]+", folder.casefold().translate(_ASCII)))


def _other(text: str, own: str, no_names: Words) -> str | None:
    """The only municipality that ``text`` names, if it is not the own one."""
    no_name = pattern(no_names).fullmatch
    names = {_base(name): name for name in _NAMED.findall(text) if not no_name(name)}
    return (
        next(iter(names.values()))
        if len(names) == 1 and own not in names and not _names(text, own)
        else None
    )


def _names(text: str, base: str) -> bool:
    """Whether ``text`` has the name as a word of its own, with or without the s of the genitive:
    Sala is not in Uppsala."""
    return re.search(rf"\b{re.escape(base)}s?\b", text, re.IGNORECASE) is not None


# The fields of an insats that may name another municipality that has a part in it.
_MAY_NAME = (
    "utförare.namn[]", "utförare.samverkan[]", "utförare.platser[].namn",
    "namn", "innehåll", "syfte", "mål", "avgränsning",
)  # fmt: skip


def _shared(data: Mapping[str, object], name: str) -> bool:
    """Whether another municipality, called ``name``, is said to have a part in the insats."""
    if value_at(data, ("utförare", "regi")) in ("annan kommun", "samverkan"):
        return True
    texts = (text for field in _MAY_NAME for _, text in values_at(data, field))
    return any(_names(text, _base(name)) for text in texts)


_COPIED: dict[str, Callable[[Subject, int], Iterator[Hit]]] = {
    "kod": _code_of_another,
    "mapp": _folder_of_another,
    "allt": _untouched_copy,
    "beslut": _decision_of_another,
    "avvikelser": _waivers_of_another,
}
# What is seen by the names in the texts.
_BY_NAME: dict[str, Callable[[Subject, int, Words], Iterator[Hit]]] = {
    "område": _area_of_another,
    "källa": _source_of_another,
}
