"""Checks on what the risk analysis of an insats says beside the insats itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from insatskoll.law.predicates.parameters import PartField
from insatskoll.law.predicates.registry import Hit, Place, Subject, predicate
from insatskoll.reading.places import parse_path

_REASONS = ("utan_personuppgifter", "bedömning")


@predicate("skäl-i-analysen", scopes=("del",), gives=())
def reasons_in_analysis(
    subject: Subject, plats: PartField, finns: Literal["ja", "nej"]
) -> Iterator[Hit]:
    """A risk analysis of the insats argues for the documentation that the part has, or none does
    (``finns: nej``).

    It does if its own documentation is of the same level and it says something of leaving out
    personal details, or of its conclusion. Gives one hit, at ``plats``, which shows where.
    """
    found = _argued(subject)
    if (found is not None) == (finns == "ja"):
        there = () if found is None else (found,)
        yield Hit(parse_path(plats), related=there)


def _argued(subject: Subject) -> Place | None:
    """Where the analysis gives the reasons."""
    if subject.insats is None:
        return None
    level = subject.as_insats.get("dokumentation", {}).get("nivå")
    for name, analysis in subject.revision.riskanalyser.items():
        if analysis["insats"] != subject.insats.id:
            continue
        argued = [field for field in _REASONS if field in analysis]
        if argued and analysis.get("dokumentation", {}).get("nivå") == level:
            return Place("Här står skälen i riskanalysen", (argued[0],), analysis=name)
    return None
