"""A check on whether two texts of an insats say that it is differently much."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple, cast

from insatskoll.law.claims import reading
from insatskoll.law.claims.figures import number
from insatskoll.law.claims.said import Said
from insatskoll.law.predicates.registry import Hit, Place, Subject, predicate
from insatskoll.reading.places import DataPath, part_at

_STEM = 5  # letters that all forms of a unit have
_BY_UNIT = "amounts by unit"  # what is remembered of a file
_DESCRIBED = frozenset({"innehåll", "omfattning", "målgrupp", "syfte", "villkor", "namn"})


class _Amount(NamedTuple):
    """So much as a text says that an insats is, and where it stands."""

    number: int
    words: str
    path: DataPath


@predicate("antal-i-en-annan-text", scopes=("påstående",), gives=("annat",))
def more_elsewhere(subject: Subject) -> Iterator[Hit]:
    """A claim gives the most that an insats is, and another text of the same insats says that it is
    more: högst fem samtal, and åtta samtal somewhere else.

    Only the same unit is compared, not a kind of it, and not what is per something. Where fields
    say how much it is they are compared instead.
    """
    claim = cast("Mapping[str, Any]", subject.data)
    whole, most = subject.within, claim.get("högst")
    if whole is None or most is None or "insats" not in claim or claim["nekad"] == "ja":
        return
    if "lägst" in claim or "per" in claim or not _plain(claim["ord"], claim["enhet"]):
        return
    if "enhet" in claim["insats"].get("omfattning", {}) or _field(subject.path) is None:
        return
    if _BY_UNIT not in whole.known:
        whole.known[_BY_UNIT] = _by_unit(whole)
    for one in whole.known[_BY_UNIT].get((part_at(subject.path), claim["enhet"]), ()):
        if one.number > most and _field(one.path) != _field(subject.path):
            said = f"en annan text säger {one.words}"
            yield Hit((), {"annat": said}, (Place(f"Här står ”{one.words}”", one.path),))
            return


def _by_unit(whole: Subject) -> dict[tuple[DataPath, str], list[_Amount]]:
    """The most that each field of an insats, or of a part of it, says of each unit."""
    found: dict[tuple[DataPath, str], dict[str, _Amount]] = {}
    for path, said in reading.claims(whole.data):
        field, amount = _field(path), _exact(said)
        if field is None or amount is None:
            continue
        told = found.setdefault((part_at(path), said.values["enhet"]), {})
        if field not in told or told[field].number < amount:
            told[field] = _Amount(amount, said.words, path)
    return {key: list(told.values()) for key, told in found.items()}


def _exact(said: Said) -> int | None:
    """The number of an amount that is exact and of the whole, or None."""
    if said.kind != "antal" or said.negated or "per" in said.values:
        return None
    exact: int | None = said.values.get("antal")
    return exact if _plain(said.words, said.values["enhet"]) else None


def _plain(words: str, unit: str) -> bool:
    """Whether the words count the unit itself, and not a kind of it as uppföljningsträffar are."""
    *before, last = words.casefold().split()
    stands = bool(before) and number(before[-1]) is not None
    return stands and last.startswith(unit[:_STEM])


def _field(path: DataPath) -> str | None:
    """The field of an insats, or of a part, that a text which says how much it is stands in."""
    own = path[len(part_at(path)) :]
    return str(own[0]) if own and own[0] in _DESCRIBED else None
