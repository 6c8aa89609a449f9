"""Checks on what the nämnd must be able to offer: insatser that are lacking, and insatser that say
less than the duty."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from insatskoll.law.predicates.parameters import Duty, Field, InsatsTextField
from insatskoll.law.predicates.registry import Hit, Subject, predicate
from insatskoll.law.predicates.text import pattern, texts

if TYPE_CHECKING:
    from insatskoll.reading.schema_types import InsatsData


@predicate("saknar-insatser", whole=True, scopes=("kommun",), gives=("saknas",))
def insatser_lacking(
    subject: Subject, skyldigheter: list[Duty], fält: list[InsatsTextField], plats: Field
) -> Iterator[Hit]:
    """The municipality's insatser cover some of the duties ``skyldigheter`` but not all of them.

    A duty has a ``namn``, its ``lagrum``, and what covers it: ``insatstyp`` and ``begrepp``
    (lists), ``lagrum`` as the insats's ``lagstadgad``, or one of the regular expressions ``ord`` in
    the insats's texts in ``fält``. Gives one hit at the field ``plats`` with the names of those
    lacking as ``saknas``. A catalogue that covers none of them is not meant to hold them, and gives
    none.
    """
    insatser = [
        (i.data, [text for _, text in texts(subject.at((), i.data), fält)])
        for i in subject.revision.insatser
    ]
    lacking = [
        duty
        for duty in skyldigheter
        if not any(_covers(data, found, duty) for data, found in insatser)
    ]
    if lacking and len(lacking) < len(skyldigheter):
        yield Hit(
            (plats,), {"saknas": tuple(f"{duty['namn']} ({duty['lagrum']})" for duty in lacking)}
        )


def _covers(insats: InsatsData, found: list[str], duty: Duty) -> bool:
    named = insats.get("insatstyp") in duty.get("insatstyp", ()) or insats.get(
        "begrepp"
    ) in duty.get("begrepp", ())
    if named or insats.get("lagstadgad") == duty["lagrum"]:
        return True
    words = pattern(tuple(duty.get("ord", ())))
    return any(words.search(text) for text in found)
