"""Checks on the reasons that a text gives for leaving something out of the documentation."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal, cast

from insatskoll.law.claims import reading, words
from insatskoll.law.claims.said import Said
from insatskoll.law.predicates.parameters import PartField, TextField, Words, listed
from insatskoll.law.predicates.references import values_at
from insatskoll.law.predicates.registry import Hit, Place, Subject, predicate
from insatskoll.law.predicates.text import pattern, texts
from insatskoll.reading.places import DataPath

Reason = Literal["olämpligt", "onödigt", "skydd", "svagt", "verksamhet", "öppet"]
# No words but those that say that there is a reason; words, but no reason that is known.
NOTHING, UNKNOWN = "inget", "okänt"

_SHOWN = 3  # how many of the insatser with the same reason a finding points at


@predicate("skäl-i-ord", gives=("ord",))
def reasons_given(
    subject: Subject,
    fält: Sequence[TextField],
    skäl: Sequence[
        Literal["olämpligt", "onödigt", "skydd", "svagt", "verksamhet", "öppet", "inget", "okänt"]
    ],
    saknar: Sequence[Reason] = (),
    tomma: Words = listed("inget skäl"),
) -> Iterator[Hit]:
    """A text in ``fält`` gives a reason of a kind in ``skäl``, and none of a kind in ``saknar``.

    ``inget`` is a text that only says that there is one, as ``tomma`` tells, and ``okänt`` any
    other that gives none that is known. Gives one hit for each text, with the words as ``ord``:
    all of their clause, so that it can be understood.
    """
    for path, text in texts(subject, fält):
        given = [one for one in reading.said(text) if one.kind == "skäl"]
        kinds = {cast("str", one.values["skäl"]) for one in given}
        if kinds.isdisjoint(saknar) and (found := _found(text, given, skäl, tomma)) is not None:
            start, end = found
            yield Hit(path, {"ord": " ".join(text[start:end].split())}, words=found)


def _found(
    text: str, given: Sequence[Said], wanted: Sequence[str], empty: Words
) -> tuple[int, int] | None:
    """From where to where ``text`` says what is ``wanted``, if it does."""
    if given:
        found = (one for one in given if one.values["skäl"] in wanted)
        return next((words.clause(text, one.start, one.end) for one in found), None)
    said = NOTHING if pattern(empty).search(text) else UNKNOWN
    return (0, len(text)) if said in wanted else None


@predicate("samma-skäl", scopes=("kommun",), gives=("antal",))
def same_reason(subject: Subject, fält: PartField, minst: int) -> Iterator[Hit]:
    """The text in ``fält`` is the same, word for word, in ``minst`` insatser or more.

    Gives one hit for the municipality: where the text that most have first stands, with how many
    have it as ``antal``.
    """
    holders: dict[tuple[str, ...], dict[str, tuple[DataPath, str]]] = {}
    for insats in subject.revision.insatser:
        for base, part in insats.delar:
            for path, text in values_at(part, fält):
                words = tuple(re.findall(r"\w+", str(text).casefold()))
                told = holders.setdefault(words, {})
                told.setdefault(insats.id, ((*base, *path), insats.namn))
    most = max(holders.values(), key=len, default={})
    if len(most) >= minst:
        (first, (place, _)), *others = most.items()
        shown = tuple(Place(f"Så också i ”{n}”", at, one) for one, (at, n) in others[:_SHOWN])
        yield Hit(place, {"antal": len(most)}, shown, first)
