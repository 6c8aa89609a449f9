"""Checks on whether what is said in one place goes with what is said in another."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Literal, NamedTuple

from insatskoll.catalogue.file_names import free_id
from insatskoll.law.predicates import likeness
from insatskoll.law.predicates.parameters import Field
from insatskoll.law.predicates.references import values_at
from insatskoll.law.predicates.registry import Hit, Place, Subject, predicate
from insatskoll.law.predicates.text import places
from insatskoll.patterns import later
from insatskoll.reading.places import DataPath, value_at

_ID = later(r"[a-zåäöé0-9]+(?:-[a-zåäöé0-9]+)*")
_SHORTEST = 3  # letters of a word that tells something in a file's name
# Words that tell nothing apart in a name.
_SMALL = frozenset({
    "av", "de", "den", "det", "en", "ett", "för", "hos", "i", "inom", "med", "och", "om", "på",
    "till", "vid",
})  # fmt: skip


class _Said(NamedTuple):
    """What is said somewhere else; ``path`` and ``insats`` are where, if that can be pointed at."""

    text: str
    path: DataPath | None = None
    insats: str | None = None


@predicate("skiljer", gives=("andra", "som_id"))
def differs(
    subject: Subject,
    fält: list[Field],
    i: Literal["filen", "insatsen", "insatsens delar", "kommunen", "filnamnet"] = "filen",
    mot: Sequence[str] = (),
    hur: Literal[
        "lika", "samma ord", "nästan samma ord", "något ord", "del av", "början", "är ett id"
    ] = "lika",
    där: str = "Här står ”{andra}”",
    fast: Literal["nästan samma ord"] | None = None,
) -> Iterator[Hit]:
    """None of ``fält`` agrees with any of the fields ``mot`` in another place ``i``.

    The other place is the same file, the insats that a risk analysis is about or its parts,
    kommun.yaml, or the name of the file itself, which has no fields. ``hur`` is how they should
    agree: be the same, have the same words in any order, have them in other forms or with other
    small words between, share a word, be a part of each other, be the beginning of the other up to
    a hyphen, or the other be what an id can be. With ``fast`` there is a hit only where they agree
    so. Nothing is compared where either place says nothing. The hit is at the first of ``fält``,
    and ``där`` is what to say at the other place. In the message, ``som_id`` is the id that the
    file could have, which no other has.
    """
    own = [(path, str(value)) for name in fält for path, value in values_at(subject.data, name)]
    others = list(_others(subject, i, mot))
    if i == "filnamnet" and hur == "något ord":  # a name that cannot be an id is told as that
        others = [other for other in others if _ID.fullmatch(other.text)]
    pairs = [(text, other.text) for _, text in own for other in others]
    unlike = pairs and not any(_AGREE[hur](*pair) for pair in pairs)
    if unlike and (fast is None or any(_AGREE[fast](*pair) for pair in pairs)):
        first = others[0]
        told = där.replace("{andra}", first.text)
        there = () if first.path is None else (Place(told, first.path, first.insats),)
        values = {"andra": first.text, "som_id": _free_id(subject, first.text, own[0][1])}
        yield Hit(own[0][0], values, there)


def _free_id(subject: Subject, *names: str) -> str:
    """The id that the first of ``names`` with one that is free makes."""
    taken = {insats.id for insats in subject.revision.insatser}
    able = [found for name in names if (found := free_id(name, "insats"))] or ["exempel"]
    numbered = (f"{able[0]}-{number}" for number in range(2, len(taken) + 3))
    return next(one for one in (*able, *numbered) if one not in taken)


def _others(subject: Subject, where: str, fields: Sequence[str]) -> Iterator[_Said]:
    if where == "filnamnet":
        if subject.document is not None:
            yield _Said(subject.document.path.stem)
    elif where == "kommunen":
        for _, value in _at(subject.revision.kommun, fields):
            yield _Said(str(value))
    elif where == "filen":
        yield from (_Said(str(value), path) for path, value in _at(subject.data, fields))
    elif (insats := subject.analysed) is not None:
        parts = insats.delar if where == "insatsens delar" else [((), insats.data)]
        for base, part in parts:
            yield from (
                _Said(str(value), (*base, *path), insats.id) for path, value in _at(part, fields)
            )


def _at(data: object, fields: Sequence[str]) -> Iterator[tuple[DataPath, object]]:
    return (found for name in fields for found in values_at(data, name))


def _words(text: str) -> list[str]:
    return sorted(re.findall(r"\w+", text.casefold()))


def _nearly_the_same(first: str, second: str) -> bool:
    """Whether two names differ in small words and in the forms of others only."""
    one, other = ([word for word in _words(text) if word not in _SMALL] for text in (first, second))
    return len(one) == len(other) and all(map(likeness.alike, one, other))


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def _share_a_word(text: str, name: str) -> bool:
    """Whether a word of ``name`` is in ``text``, or a part of a word there or the other way round:
    ”rådgivning” is shared with ”familjerådgivning”. A name without words to tell agrees with
    everything."""
    telling = [word for word in _words(name) if len(word) >= _SHORTEST or word.isdigit()]
    said = _words(text)
    shared = any(a in b or (len(b) >= _SHORTEST and b in a) for a in telling for b in said)
    return shared or not telling


def _is_part(first: str, second: str) -> bool:
    one, other = _letters(first), _letters(second)
    return one in other or other in one


_AGREE: dict[str, Callable[[str, str], bool]] = {
    "lika": str.__eq__,
    "nästan samma ord": _nearly_the_same,
    "samma ord": lambda first, second: _words(first) == _words(second),
    "något ord": _share_a_word,
    "del av": _is_part,
    "början": lambda first, second: f"{second}-".startswith(f"{first}-"),
    "är ett id": lambda _, second: _ID.fullmatch(second) is not None,
}


def _is_above(one: Any, other: Any) -> bool:
    """Whether both are numbers, or both days, and the first is the later."""
    return type(one) is type(other) and type(one) in (int, str) and bool(one > other)


@predicate("omvänt", gives=("ena", "andra"))
def reversed_span(subject: Subject, lägre: str, högre: str) -> Iterator[Hit]:
    """Somewhere in the subject a number, or a day, ``lägre`` is above the ``högre`` beside it."""
    for path, value in places(subject):
        if path[-1:] == (lägre,):
            above = value_at(subject.data, (*path[:-1], högre))
            if _is_above(value, above):
                place = Place(f"Här står {lägre} {value}", path)
                yield Hit((*path[:-1], högre), {"ena": value, "andra": above}, (place,))
