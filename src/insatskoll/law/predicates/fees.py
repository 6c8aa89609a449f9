"""Checks on fees: whether what the insats costs is a fee of the nämnd's."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from insatskoll.law import fees
from insatskoll.law.predicates.parameters import TextField
from insatskoll.law.predicates.references import values_at
from insatskoll.law.predicates.registry import Hit, Subject, predicate


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
