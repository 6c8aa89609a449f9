"""Checks on what the insatser of a municipality have in common."""

from __future__ import annotations

from collections.abc import Iterator

from insatskoll.law.predicates.parameters import InsatsField
from insatskoll.law.predicates.registry import Hit, Subject, predicate


@predicate(
    "syskonfält-saknas", whole=True, scopes=("kommun",), gives=("insats", "fält", "antal", "alla")
)
def field_missing(subject: Subject, fält: list[InsatsField], högst_en_av: int) -> Iterator[Hit]:
    """A field that nearly all insatser have is missing in one, on the insats and on all its parts.

    Nearly all means that at most one of so many lacks it. A field written ``innehåll|syfte`` is
    there if either is.
    """
    insatser = subject.revision.insatser
    for name in fält:
        either = set(name.split("|"))
        lacking = [
            i
            for i in insatser
            if either.isdisjoint(i.data) and all(either.isdisjoint(part) for _, part in i.delar)
        ]
        if len(lacking) * högst_en_av <= len(insatser):
            for insats in lacking:
                values = {
                    "insats": insats.namn,
                    "fält": name.split("|")[0],
                    "antal": len(insatser) - len(lacking),
                    "alla": len(insatser),
                }
                yield Hit((), values, (), insats.id)
