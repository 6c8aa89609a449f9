"""Checks on conditions: whether the insatser of a municipality have them alike."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from insatskoll.law.predicates.parameters import Field, KindOfCondition, PartField, Words
from insatskoll.law.predicates.registry import Hit, Place, Subject, predicate
from insatskoll.law.predicates.text import pattern, texts

if TYPE_CHECKING:
    from insatskoll.reading.schema_types import InsatsData, Villkor


def _conditions(insats: InsatsData, typ: KindOfCondition) -> list[Villkor]:
    """The conditions of a kind, of the insats and of its parts."""
    every = [
        *insats.get("villkor", ()),
        *(villkor for part in insats.get("delar", ()) for villkor in part.get("villkor", ())),
    ]
    return [villkor for villkor in every if villkor["typ"] == typ]


@predicate(
    "villkor-skiljer", whole=True, scopes=("kommun",), gives=("ena", "motsats", "andra", "alla")
)
def conditions_differ(subject: Subject, typ: KindOfCondition, högst_en_av: int) -> Iterator[Hit]:
    """An insats lacks the condition ``typ`` that the others have, or has one that they lack, and
    it is at most one of so many that does so.

    Silent for a condition that gives its reason or holds for some only.
    """
    having = {insats.id: _conditions(insats.data, typ) for insats in subject.revision.insatser}
    total, count = len(having), sum(map(bool, having.values()))
    if not count:
        return
    for insats in subject.revision.insatser:
        own = having[insats.id]
        explained = any("skäl" in villkor for villkor in insats.data.get("villkor", ()))
        common = count if not own else total - count
        partial = any("gäller" in villkor for villkor in own)
        few = (total - common) * högst_en_av <= total
        if few and not explained and not partial:
            words = ("har", "saknar") if own else ("saknar", "har")
            values = dict(zip(("ena", "motsats"), words, strict=True)) | {
                "andra": common,
                "alla": total,
            }
            yield Hit(("villkor",), values, insats=insats.id)


@predicate("nämner-men-saknar", whole=True, scopes=("kommun",), gives=("antal", "alla"))
def mentions_but_lacks(
    subject: Subject,
    ord: Words,  # noqa: A002
    fält: list[Field],
    saknar: PartField,
    färre_än_en_av: int,
) -> Iterator[Hit]:
    """The municipality's own text mentions ``ord``, but fewer than one of so many of its
    insatser have a field.

    ``saknar`` is the field, of the insats or of a part; ``fält`` are the texts of kommun.yaml.
    """
    insatser = subject.revision.insatser
    having = [
        insats
        for insats in insatser
        if saknar in insats.data or any(saknar in part for part in insats.data.get("delar", ()))
    ]
    if not insatser or len(having) * färre_än_en_av >= len(insatser):
        return
    for path, text in texts(subject, fält):
        if pattern(ord).search(text):
            related = tuple(
                Place(f"”{insats.namn}” har det", (saknar,), insats.id) for insats in having[:3]
            )
            yield Hit(path, {"antal": len(having), "alla": len(insatser)}, related)
            return
