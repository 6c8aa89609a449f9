"""The texts of insatser that have been split or merged: which of their sentences have come and
gone, when all of them are read together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, cast

from insatskoll.catalogue import printed
from insatskoll.diff import directions
from insatskoll.diff.comparisons import within
from insatskoll.diff.happenings.texts import sentences
from insatskoll.patterns import later

if TYPE_CHECKING:
    from collections.abc import Mapping

    from insatskoll.reading.schema_types import InsatsData

# The running texts that several insatser may have parted between them.
FIELDS = ("målgrupp.beskrivning", "innehåll", "syfte", "mål", "avgränsning")
_MOST = 200  # sentences that are compared
_WORDS = later(r"\w+")
_JOINING = frozenset({"och", "samt", "eller"})
_DENYING = frozenset({"inte", "ej", "icke", "aldrig", "bara", "endast", "enbart", "utan", "dock"})
_AGES = later(r"\b([0-9]+)\s*[–-]\s*([0-9]+)\b|\b([0-9]+)(?= år\b)")


def come_and_gone(
    olds: Iterable[InsatsData], news: Iterable[InsatsData], field: str
) -> tuple[list[str], list[str]]:
    """The sentences of a field that are in none of the new insatser, and those that were in none of
    the old. An age that is that of the insats itself is told by its own field."""
    before, after = (list(dict.fromkeys(_said(side, field))) for side in (olds, news))
    if max(len(before), len(after)) > _MOST:
        return [], [" ".join(told for told, _ in after)]
    gone = [one for one, told in before if not _is_in(told, after, field)]
    come = [one for one, told in after if not _is_in(told, before, field)]
    if _is_only_parted(gone, come, before, after):
        return [], []
    return gone, come


_Told = tuple[str, str]  # a sentence as it is written, and as it is compared


def _said(insatser: Iterable[InsatsData], field: str) -> Iterator[_Told]:
    for insats in insatser:
        bounds = {str(bound) for bound in _bounds(insats)}
        for part in (insats, *insats.get("delar", ())):
            text = within(part, field)
            for one in sentences(text) if isinstance(text, str) else ():
                yield one, _without_own_ages(one, bounds)


def _without_own_ages(sentence: str, bounds: set[str]) -> str:
    """A sentence with a sign where the age stands that the insats is for."""

    def masked(found: re.Match[str]) -> str:
        return "#" if {number for number in found.groups() if number} <= bounds else found[0]

    return _AGES.sub(masked, sentence)


def _bounds(insats: InsatsData) -> Iterator[int]:
    for part in (insats, *insats.get("delar", ())):
        for holder in (part, part.get("målgrupp", {}), *part.get("villkor", ())):
            for name in printed.AGES:
                age = cast("Mapping[str, Mapping[str, int]]", holder).get(name, {})
                yield from (age[bound] for bound in ("från", "till") if bound in age)


def _is_in(told: str, others: Sequence[_Told], field: str) -> bool:
    name = field.rpartition(".")[2]
    return any(told == other or directions.same_said(told, other, name) for _, other in others)


def _is_only_parted(
    gone: Sequence[str], come: Sequence[str], before: Sequence[_Told], after: Sequence[_Told]
) -> bool:
    """Whether sentences have been parted between insatser, or put together: no word has come or
    gone for them all, and none that denies stands where it may deny something else."""
    if denies([*gone, *come]):
        return False
    was, now = ({w for _, told in side for w in _words(told)} for side in (before, after))
    return (was ^ now) <= _JOINING


def denies(told: Iterable[str]) -> bool:
    """Whether some sentences deny or limit something."""
    return not _DENYING.isdisjoint(word for one in told for word in _words(one))


def _words(text: str) -> list[str]:
    return _WORDS.findall(text.casefold())
