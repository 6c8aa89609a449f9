"""Checks whether what a text claims stands alone, or something else in the same file takes the
edge off it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal, cast

from insatskoll.law.claims import reading
from insatskoll.law.predicates.registry import Hit, Subject, predicate
from insatskoll.reading.places import DataPath

_KNOWN = "said too"  # by what the claims of a file are known
_FIRST = "said first"
_HOW = ("hur", "löfte")  # the fields that tell how
_Told = tuple[str, str, str]  # the kind of a claim, what it tells people apart by, and how


@predicate("sägs-inte-också", scopes=("påstående",), gives=())
def not_said_too(
    subject: Subject,
    hur: Sequence[Literal["oavsett", "skydd"]] = (),
    löfte: Sequence[Literal["har undantag"]] = (),
) -> Iterator[Hit]:
    """No text of the same file claims something of the same kind, about the same thing, whose
    ``hur`` or ``löfte`` is one of these."""
    claim = cast("Mapping[str, Any]", subject.data)
    told = _told(subject.within or subject)
    others = (*hur, *löfte)
    if all((claim["slag"], claim.get("skiljer_på", ""), one) not in told for one in others):
        yield Hit(())


def _told(around: Subject) -> set[_Told]:
    """What the claims of a file tell, all of it at once."""
    if _KNOWN not in around.known:
        around.known[_KNOWN] = {
            (one.kind, one.values.get("skiljer_på", ""), one.values.get(name, ""))
            for _, one in reading.claims(around.data)
            for name in _HOW
        }
    known: set[_Told] = around.known[_KNOWN]
    return known


@predicate("sägs-först", scopes=("påstående",), gives=())
def said_first(
    subject: Subject, lika: Sequence[str], helst: Sequence[str] = (), inte_grund: Sequence[str] = ()
) -> Iterator[Hit]:
    """The claim is the first of its file of its kind whose fields in ``lika`` say what it says, so
    that what all of them ask for is told once. One that has a field in ``helst`` goes before, and
    one whose ``grund`` is in ``inte_grund`` does not count."""
    claim = cast("Mapping[str, Any]", subject.data)
    around = subject.within or subject
    key = (_FIRST, claim["slag"], *((name, str(claim.get(name))) for name in lika))
    if key not in around.known:
        same = (
            (not all(name in one.values for name in helst), number, path, one.place)
            for number, (path, one) in enumerate(reading.claims(around.data))
            if one.kind == claim["slag"]
            and all(one.values.get(name) == claim.get(name) for name in lika)
            and one.values.get("grund") not in inte_grund
        )
        around.known[key] = min(same, default=None)
    first: tuple[bool, int, DataPath, tuple[int, int]] | None = around.known[key]
    if first is not None and first[2:] == (subject.path, subject.words):
        yield Hit(())
