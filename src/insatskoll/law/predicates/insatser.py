"""Checks on what the insatser of a municipality have in common, and what one of them lacks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from insatskoll.law.predicates.parameters import (
    InsatsField,
    KindOfCondition,
    Level,
    PartField,
    TextField,
    Words,
    YesNo,
)
from insatskoll.law.predicates.references import values_at
from insatskoll.law.predicates.registry import Hit, Place, Subject, predicate
from insatskoll.law.predicates.text import pattern, texts
from insatskoll.reading.places import DataPath

if TYPE_CHECKING:
    from insatskoll.catalogue.model import Insats
    from insatskoll.reading.schema_types import InsatsData, Villkor

_SHOWN = 3  # how many insatser a finding about the whole list points at


def _conditions(insats: InsatsData, typ: KindOfCondition) -> list[Villkor]:
    """The conditions of a kind, of the insats and of its parts."""
    every = [
        *insats.get("villkor", ()),
        *(villkor for part in insats.get("delar", ()) for villkor in part.get("villkor", ())),
    ]
    return [villkor for villkor in every if villkor["typ"] == typ]


@predicate(
    "avviker-från-övriga",
    whole=True,
    scopes=("kommun",),
    gives=("insats", "fält", "ena", "motsats", "andra", "alla"),
)
def differs_from_the_others(
    subject: Subject,
    fält: list[InsatsField],
    högst_en_av: int,
    typ: KindOfCondition = "",
    åt_båda_håll: YesNo = "nej",
) -> Iterator[Hit]:
    """An insats lacks a field that the others have, on the insats and on all its parts, and it is
    at most one of so many that does so. With ``åt_båda_håll: ja`` also one that has what the others
    lack.

    A field written ``innehåll|syfte`` is there if either is. With ``typ`` only conditions of that
    kind count, and an insats is passed over that gives its reason or has one that holds for some
    only.
    """
    insatser = subject.revision.insatser
    for name in fält:
        either = name.split("|")
        having = {one.id: _holds(one, either, typ) for one in insatser}
        count = sum(having.values())
        for one in insatser:
            common = len(insatser) - count if having[one.id] else count
            few = (len(insatser) - common) * högst_en_av <= len(insatser)
            counts = åt_båda_håll == "ja" or not having[one.id]
            if few and common and counts and not (typ and _explained(one.data, typ)):
                words = ("har", "saknar") if having[one.id] else ("saknar", "har")
                values = dict(zip(("ena", "motsats"), words, strict=True))
                values |= {"insats": one.namn, "fält": either[0]}
                place = (either[0],) if typ else ()
                yield Hit(place, values | {"andra": common, "alla": len(insatser)}, (), one.id)


def _holds(insats: Insats, either: list[str], typ: str) -> bool:
    """Whether the insats or a part of it has one of the fields, and of the kind if one is asked
    for."""
    return bool(_conditions(insats.data, typ)) if typ else _has_any(insats, either)


def _explained(insats: InsatsData, typ: str) -> bool:
    """Whether it says why it has not the conditions of a kind that the others have, or has one for
    some only, or one of another kind on where somebody is."""
    own = insats.get("villkor", ())
    reasons = any("skäl" in villkor for villkor in own)
    instead = any("område" in villkor and villkor["typ"] != typ for villkor in own)
    return reasons or instead or any("gäller" in villkor for villkor in _conditions(insats, typ))


@predicate("insatser-utan", whole=True, scopes=("kommun",), gives=("antal", "har", "alla"))
def insatser_lack(
    subject: Subject,
    fält: list[PartField],
    nivåer: Sequence[Level] = (),
    färre_än_en_av: int = 0,
    ord: Words = (),  # noqa: A002
    texter: Sequence[TextField] = (),
) -> Iterator[Hit]:
    """Insatser of the municipality have none of ``fält``: a part of one of them at least, or, with
    ``färre_än_en_av``, so many that fewer than one of that many has any, on itself or on a part.

    With ``nivåer``, only the parts documented at one of those levels count. With ``ord`` the
    municipality's own text in ``texter`` must mention one of the expressions, and the hit is there;
    else it is at the subject. Gives one hit, with how many insatser lack it (``antal``), how many
    have it (``har``) and how many there are (``alla``).
    """
    place: DataPath | None = ()
    if ord:
        found = (path for path, text in texts(subject, texter) if pattern(ord).search(text))
        place = next(found, None)
    insatser = subject.revision.insatser
    lacking = {
        one.id: found_lacking
        for one in insatser
        if (found_lacking := _lacking_parts(one, fält, nivåer))
        and not (färre_än_en_av and _has_any(one, fält))
    }
    having = [one for one in insatser if one.id not in lacking]
    too_many = färre_än_en_av and len(having) * färre_än_en_av >= len(insatser)
    if place is None or not lacking or too_many:
        return
    if färre_än_en_av:
        shown = [Place(f"”{one.namn}” har det", (fält[0],), one.id) for one in having[:_SHOWN]]
    else:
        examples = [one for one in insatser if one.id in lacking][:_SHOWN]
        shown = [
            Place(f"Till exempel ”{one.namn}”", (*lacking[one.id][0], "namn"), one.id)
            for one in examples
        ]
    values = {"antal": len(lacking), "har": len(having), "alla": len(insatser)}
    yield Hit(place, values, tuple(shown))


def _lacking_parts(
    insats: Insats, fields: Sequence[str], levels: Sequence[Level]
) -> list[DataPath]:
    """The parts of the insats, at one of the levels if any is asked for, that have none of the
    fields."""
    counted = [
        (path, part)
        for path, part in insats.delar
        if not levels or part.get("dokumentation", {}).get("nivå") in levels
    ]
    return [path for path, part in counted if not any(values_at(part, name) for name in fields)]


def _has_any(insats: Insats, fields: Sequence[str]) -> bool:
    """Whether the insats or a part of it has one of the fields."""
    parts = (insats.data, *(part for _, part in insats.delar))
    return any(values_at(part, name) for part in parts for name in fields)
