"""Checks on fees: whether what the insats costs is a fee of the nämnd's, and whether what is said
of it goes together."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeVar, cast

from insatskoll.law import fees
from insatskoll.law.claims import reading
from insatskoll.law.predicates.parameters import TextField
from insatskoll.law.predicates.references import values_at
from insatskoll.law.predicates.registry import Hit, Place, Subject, predicate
from insatskoll.reading.places import DataPath

if TYPE_CHECKING:
    from insatskoll.reading.schema_types import InsatsData

_T = TypeVar("_T")
_FIELD = "avgift"
_EVERYONE, _EVERY_INSATS = frozenset({"alla", "alla insatser"}), "alla insatser"
_SHOWN = 3  # insatser that a finding shows


@predicate("tar-ut-avgift", gives=())
def charges(
    subject: Subject, fält: list[TextField], säger: Literal["tas ut", "oklart"] = "tas ut"
) -> Iterator[Hit]:
    """What ``fält`` says of a fee for the insats itself: ``tas ut``, or
    ``oklart``: it speaks of a cost, but not so that it is sure whether something is taken.

    See :func:`insatskoll.law.fees.is_free`.
    """
    wanted = False if säger == "tas ut" else None
    for path, value in (pair for name in fält for pair in values_at(subject.data, name)):
        if isinstance(value, dict) and fees.is_free(value) is wanted:
            yield Hit(path)


@predicate("avgift-tas-ut", scopes=("påstående",), gives=("annat",))
def charged_for(subject: Subject) -> Iterator[Hit]:
    """A claim about what an insats is, where the insats costs something: in the field avgift, or in
    its texts if it has none. Only the first that claims the same."""
    claim, within = cast("Mapping[str, Any]", subject.data), subject.within
    if "insats" not in claim or within is None:
        return
    kind = claim["slag"]
    first = _known(within, f"första {kind}", lambda: _first(within, kind))
    if (subject.path, subject.words) != first:
        return
    there = _charged(claim["insats"], lambda: _told(within))
    if there is not None:
        yield _hit(*there)


class _Told(NamedTuple):
    """What is said of a fee: where, in which words, and what it claims."""

    path: DataPath
    words: str
    values: Mapping[str, Any]

    @property
    def asked(self) -> bool:
        """Whether something is taken for the insats."""
        return bool(self.values[fees.KIND] == fees.ASKED)

    @property
    def missed(self) -> bool:
        """Whether something is taken of somebody who does not come."""
        return bool(self.values[fees.KIND] == fees.MISSED)

    @property
    def free(self) -> bool:
        """Whether nothing is, for anybody."""
        is_free = self.values[fees.KIND] == fees.FREE
        return bool(is_free and self.values.get("gäller") in _EVERYONE)


@predicate("avgift-motsägs", scopes=("påstående",), gives=("annat",))
def contradicted_fee(subject: Subject) -> Iterator[Hit]:
    """A claim that nothing is taken, for anybody, where a fee is, or that a fee is taken, if only
    of somebody who does not come, where the field says that none is or has another sum for the
    same."""
    claim = cast("Mapping[str, Any]", subject.data)
    told = _Told(subject.path, claim["ord"], claim)
    if fees.KIND not in claim or subject.within is None:
        return
    if "insats" not in claim:
        if told.free and claim["gäller"] == _EVERY_INSATS:
            yield from _against_insatser(subject, subject.within)
        return
    insats: InsatsData = claim["insats"]
    if told.free:
        within = subject.within
        there = _charged(insats, lambda: _told(within))
        if there is not None and not (_FIELD in told.path and _also_asks(insats)):
            yield _hit(*there)
    elif (told.asked or told.missed) and _FIELD not in told.path:
        if _field_is_free(insats):
            yield _hit("säger avgiften att inget tas ut", (_FIELD,))
        elif told.asked and (said := _other_sum(told, insats, _sums(subject.within))):
            yield _hit(said, (_FIELD,))


def _hit(said: str, path: DataPath) -> Hit:
    return Hit((), {"annat": said}, (_place(said, path),))


def _place(said: str, path: DataPath, insats: str | None = None) -> Place:
    return Place(f"{said[0].upper()}{said[1:]}", path, insats)


def _against_insatser(subject: Subject, within: Subject) -> Iterator[Hit]:
    """Where the common texts say that no insats costs anything, and nothing else, those that do."""
    if any(one.asked or one.values.get("gäller") == "vissa" for one in _told(within)):
        return
    places = _known(within, "insatser som kostar", lambda: list(_costing(subject)))
    if places:
        said = places[0].text
        yield Hit((), {"annat": f"{said[0].lower()}{said[1:]}"}, tuple(places[:_SHOWN]))


def _costing(subject: Subject) -> Iterator[Place]:
    for one in subject.revision.insatser:
        there = _charged(one.data, partial(_claims, one.data))
        if there is not None:
            yield _place(f"i ”{one.namn}” {there[0]}", there[1], one.id)


def _charged(insats: InsatsData, texts: Callable[[], list[_Told]]) -> tuple[str, DataPath] | None:
    """What says that an insats costs something: the field, or the first of its texts if it has
    none."""
    fee = insats.get("avgift")
    if fee is None:
        asked = next((one for one in texts() if one.asked), None)
        return None if asked is None else (f"säger texten ”{asked.words}”", asked.path)
    if fees.is_free(fee) is not False or not isinstance(fee, dict):
        return None
    said = fee.get("belopp", fee.get("beskrivning", ""))
    return f"säger avgiften ”{' '.join(said.split())}”", (_FIELD,)


def _also_asks(insats: InsatsData) -> bool:
    """Whether the words in the field avgift themselves tell of a fee too."""
    fee = insats.get("avgift")
    described = fee.get("beskrivning", "") if isinstance(fee, dict) else ""
    return any(claim[fees.KIND] == fees.ASKED for claim in fees.told(described))


def _field_is_free(insats: InsatsData) -> bool:
    """Whether the field avgift says that nothing is taken, for anybody."""
    fee = insats.get("avgift")
    if fee is None or not fees.is_free(fee):
        return False
    if not isinstance(fee, dict):
        return True
    claims = fees.told(fee.get("beskrivning", ""))
    return not claims or any(claim.get("gäller") in _EVERYONE for claim in claims)


def _sums(subject: Subject) -> set[object]:
    """The sums that the texts of a file tell of, besides those in the field avgift."""
    told = (one for one in _told(subject) if one.asked and _FIELD not in one.path)
    return _known(
        subject,
        "belopp",
        lambda: {one.values["belopp"] for one in told if "belopp" in one.values},
    )


def _other_sum(told: _Told, insats: InsatsData, sums: set[object]) -> str:
    """What the field avgift says, if its sum is another than the one told for as much, and the
    texts tell of one sum (``sums``) only."""
    fee, per = insats.get("avgift"), told.values.get("per")
    if not isinstance(fee, dict) or per is None or "belopp" not in told.values:
        return ""
    own = [claim for claim in fees.told(f"avgift: {fee.get('belopp', '')}") if "belopp" in claim]
    stated = {claim["belopp"] for claim in own if claim.get("per") == per}
    if len(own) != 1 or not stated or stated == sums or sums != {told.values["belopp"]}:
        return ""
    return f"säger avgiften ”{fee.get('belopp', '')}”"


def _told(subject: Subject) -> list[_Told]:
    """What the texts of a file tell of fees, read once."""
    return _known(subject, "avgifter", lambda: _claims(subject.data))


def _first(subject: Subject, kind: str) -> tuple[DataPath, tuple[int, int]] | None:
    """Where the first claim of a kind stands."""
    claims = reading.claims(subject.data)
    return next(((path, one.place) for path, one in claims if one.kind == kind), None)


def _claims(data: object) -> list[_Told]:
    return [
        _Told(path, one.words, one.values)
        for path, one in reading.claims(data)
        if one.kind == fees.KIND and fees.KIND in one.values
    ]


def _known(subject: Subject, name: str, found: Callable[[], _T]) -> _T:
    if name not in subject.known:
        subject.known[name] = found()
    return cast("_T", subject.known[name])
