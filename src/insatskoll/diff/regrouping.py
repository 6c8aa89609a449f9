"""Insatser that have been split or merged without saying so: which of several are pieces of one.

What is a split one way is a merger the other, so both are asked the same: is this one whole made of
those?
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from insatskoll.catalogue.model import Insats
from insatskoll.diff.likeness import Likenesses, divides_ages, of_different_ages
from insatskoll.values import immutable

_CONTAINED = 0.8
_RUN = 5  # words in a row that two texts hardly share by chance
_FEWEST_RUNS = 8
_FEWEST_WORDS = 8  # different ones, that a piece has in its texts


@immutable
class _Demand:
    """How much of each piece's words the whole must have (``held``), how much of the whole's the
    pieces together (``covered``), and how much of it each must have alone (``own``), 0–1."""

    held: float
    covered: float
    own: float


_SURE = _Demand(held=0.75, covered=0.6, own=0.15)
_OTHERWISE_THE_SAME = 0.9  # by fields or by words
_MOSTLY = 0.5  # by fields
_BEFORE = 0.4  # of a piece's words, that what takes it in may have had before
_PERHAPS = _Demand(held=0.6, covered=0.5, own=0.12)


def pieces(whole: Insats, others: Sequence[Insats], alike: Likenesses) -> list[Insats]:
    """Those of ``others`` that ``whole`` is surely made of, if they are several: named as its
    parts, with text out of it, or with words that are its."""
    parts = {del_["namn"].casefold() for del_ in whole.data.get("delar", ())}
    named = [one for one in others if one.namn.casefold() in parts]
    ways = (
        named,
        _quoted(whole, others),
        _worded(whole, others, alike, _SURE),
        _called_and_told(whole, others, alike),
    )
    return next((found for found in ways if len(found) > 1), [])


def perhaps_pieces(whole: Insats, others: Sequence[Insats], alike: Likenesses) -> list[Insats]:
    """Those of ``others`` that ``whole`` may be made of, if they are several."""
    ways = (
        _worded(whole, others, alike, _PERHAPS),
        _named_after(whole, others, alike),
        _named_in(whole, others, alike),
        _of_its_ages(whole, others, alike),
        _of_ages_apart(whole, others, alike),
    )
    return next((found for found in ways if len(found) > 1), [])


def is_told_as(first: Insats, second: Insats, alike: Likenesses) -> bool:
    """Whether two are written of in the same words, and are mostly the same in other respects."""
    likeness = alike.between(first, second)
    return (likeness.text or 0) >= _OTHERWISE_THE_SAME and likeness.fields >= _MOSTLY


def _named_after(whole: Insats, others: Sequence[Insats], alike: Likenesses) -> list[Insats]:
    """Those that are called as ``whole``, each with something more: Kurs for Kurs 3–11 år and Kurs
    12–18 år."""
    return [
        one
        for one in others
        if len(one.namn) > len(whole.namn)
        and (likeness := alike.between(whole, one)).names == "longer"
        and likeness.is_likely
    ]


def _named_in(whole: Insats, others: Sequence[Insats], alike: Likenesses) -> list[Insats]:
    """Those whose names ``whole`` has in its own, each with a word that no other of them has:
    Kompassen and Gläntan in Kompassen och Gläntan."""
    called = [
        one
        for one in others
        if len(one.namn) < len(whole.namn)
        and (likeness := alike.between(whole, one)).names == "longer"
        and likeness.is_likely
    ]
    words = [set(one.namn.casefold().split()) for one in called]
    own = [some.difference(*words[:i], *words[i + 1 :]) for i, some in enumerate(words)]
    return called if all(own) else []


def _called_and_told(whole: Insats, others: Sequence[Insats], alike: Likenesses) -> list[Insats]:
    """Those that are called as ``whole``, with something more, and whose texts are together what is
    written of it, if they are otherwise the same."""
    called = [
        one
        for one in others
        if (likeness := alike.between(whole, one)).names == "longer"
        and len(one.namn) > len(whole.namn)
        and likeness.fields >= _OTHERWISE_THE_SAME
        and not likeness.against
    ]
    return called if len(called) > 1 and alike.is_sum(whole, called) else []


def _of_its_ages(whole: Insats, others: Sequence[Insats], alike: Likenesses) -> list[Insats]:
    """Those between which the ages that ``whole`` is for are divided, told of in its words."""
    told = [one for one in others if _told_alike(whole, one, alike)]
    return told if divides_ages(whole, told) else []


def _of_ages_apart(whole: Insats, others: Sequence[Insats], alike: Likenesses) -> list[Insats]:
    """Those that are as ``whole``, each for people of another age than the others."""
    told = [one for one in others if is_told_as(whole, one, alike)]
    return told if of_different_ages(told) else []


def _told_alike(first: Insats, second: Insats, alike: Likenesses) -> bool:
    return (alike.between(first, second).text or 0) >= _OTHERWISE_THE_SAME


def has_taken_in(before: Insats, after: Insats, piece: Insats, alike: Likenesses) -> bool:
    """Whether what ``piece`` is about, or the ages that it is for, may stand in an insats ``after``
    and did not ``before``."""
    if _told_alike(after, piece, alike) and divides_ages(after, [before, piece]):
        return True
    likeness = alike.between(after, piece)
    akin = likeness.fields >= _OTHERWISE_THE_SAME and likeness.names != "other"
    if akin and alike.is_sum(after, [before, piece]):
        return True
    if alike.words(piece) < _FEWEST_WORDS:
        return False
    return (
        alike.held_by(after, piece) >= _PERHAPS.held
        and alike.held_by(before, piece) <= _BEFORE
        and alike.covered_by(after, [piece]) >= _PERHAPS.own
    )


def _quoted(whole: Insats, others: Iterable[Insats]) -> list[Insats]:
    """Those with text out of ``whole``, word for word, each with a piece of its own."""
    runs = _runs(_text(whole))
    taken = [
        one
        for one in others
        if len(own := _runs(_text(one))) >= _FEWEST_RUNS
        and len(own & runs) >= _CONTAINED * len(own)
    ]
    # Copies of one text are no parts of it: parts are different pieces.
    total = sum(len(_runs(_text(one))) for one in taken)
    return [] if total * _CONTAINED > len(runs) else taken


def _worded(
    whole: Insats, others: Sequence[Insats], alike: Likenesses, demand: _Demand
) -> list[Insats]:
    """Those whose words ``whole`` has, each with some that no other of them has."""
    if alike.words(whole) < _FEWEST_WORDS:
        return []
    held = sorted(
        (-share, one.id, one)
        for one in others
        if alike.words(one) >= _FEWEST_WORDS and (share := alike.held_by(whole, one)) >= demand.held
    )
    taken: list[Insats] = []
    for _, _, one in held:
        more = alike.covered_by(whole, [*taken, one]) - alike.covered_by(whole, taken)
        if more >= demand.own:
            taken.append(one)
    together = alike.covered_by(whole, taken)
    rest = ([other for other in taken if other is not one] for one in taken)
    apart = all(together - alike.covered_by(whole, some) >= demand.own for some in rest)
    if not apart or together < demand.covered:
        return []
    ids = {one.id for one in taken}
    return [one for one in others if one.id in ids]


def _text(insats: Insats) -> str:
    parts = (insats.data, *insats.data.get("delar", ()))
    return " ".join(part["innehåll"] for part in parts if "innehåll" in part)


@lru_cache(maxsize=4096)
def _runs(text: str) -> frozenset[tuple[str, ...]]:
    words = re.findall(r"\w+", text.casefold())
    return frozenset(tuple(words[i : i + _RUN]) for i in range(len(words) - _RUN + 1))
