"""Insatser that are said to be one and have nothing in common: what a file says of its former id
is then not what has happened, and what is gone is told as gone.

Only what tells insatser apart is asked, and only where both say it: the name, the words, and whom
and what it is for. What most of them have says nothing of any two. An insats that has been renamed
and written anew still has something of what it was.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import cast

from insatskoll.catalogue.model import Insats
from insatskoll.diff.likeness import Likenesses
from insatskoll.patterns import later

_FEWEST = 3  # respects in which two must be told to be unlike
_NAME = 0.25  # from which two names have something in common
_TEXT = 0.12  # from which two texts have: what two insatser of one municipality have anyhow
_HELD = 0.3  # of the words of one, from which they are also in the other
_STEM = 5  # letters that two forms of a word begin with

_WORD = later(r"[^\W\d_]{4,}")


def are_strangers(
    first: Insats, second: Insats, everyone: Collection[Insats], alike: Likenesses
) -> bool:
    """Whether two insatser are unlike in every respect that both tell of, which are at least
    three; ``everyone`` are those of both revisions."""
    others = [one for one in everyone if one is not first and one is not second]
    found = [
        _names(first, second, alike),
        _texts(first, second, alike),
        *_values(first, second, others),
        _people(first, second, others),
    ]
    told = [one for one in found if one is not None]
    return not any(told) and len(told) >= _FEWEST


def _names(first: Insats, second: Insats, alike: Likenesses) -> bool:
    likeness = alike.between(first, second)
    return likeness.names != "other" or likeness.name >= _NAME


def _texts(first: Insats, second: Insats, alike: Likenesses) -> bool | None:
    """None where one has no text to compare."""
    text = alike.between(first, second).text
    if text is None:
        return None
    held = max(alike.held_by(first, second), alike.held_by(second, first))
    return text >= _TEXT or held >= _HELD


def _values(first: Insats, second: Insats, others: Collection[Insats]) -> Iterable[bool | None]:
    """For each field that tells what an insats is, whether they have any value in common; None
    where one has none, or what they have in common is what most others have."""
    ours, theirs = _told(first), _told(second)
    for field in ours.keys() & theirs.keys():
        yield _shared(ours[field], theirs[field], [_told(one).get(field, ()) for one in others])


def _people(first: Insats, second: Insats, others: Collection[Insats]) -> bool | None:
    """Whether they are said to be for people in words that are not those of most."""
    ours, theirs = _stems(first), _stems(second)
    if not ours or not theirs:
        return None
    return _shared(ours, theirs, list(map(_stems, others)))


def _shared(
    ours: Collection[str], theirs: Collection[str], others: Sequence[Collection[str]]
) -> bool | None:
    shared = {*ours} & {*theirs}
    if not shared:
        return False
    common = {v for v in shared if others and sum(v in one for one in others) >= len(others) / 2}
    return None if shared == common else True


def _told(insats: Insats) -> Mapping[str, Collection[str]]:
    data = insats.data
    provider = data.get("utförare", {})
    found: dict[str, Collection[object]] = {
        "begrepp": [data.get("begrepp")],
        "insatstyp": [data.get("insatstyp")],
        "metod": [data.get("metod", {}).get("namn")],
        "deltagare": data.get("målgrupp", {}).get("deltagare", ()),
        "utförare": [*provider.get("enheter", ()), *provider.get("namn", ())],
        "delar": [part.get("namn") for part in data.get("delar", ())],
    }
    some = {field: [one for one in values if one] for field, values in found.items()}
    return cast(
        "Mapping[str, Collection[str]]", {f: values for f, values in some.items() if values}
    )


def _stems(insats: Insats) -> set[str]:
    """How the words for whom it is for begin."""
    said = insats.data.get("målgrupp", {}).get("beskrivning", "")
    return {word[:_STEM] for word in _WORD.findall(said.casefold())}
