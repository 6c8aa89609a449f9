"""Checks on what the nämnd must be able to offer: insatser that are lacking, and claims in those
that it must. Which duties there are, and what shows that an insats is one, is in ``law.acts``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Literal

from insatskoll.law import acts
from insatskoll.law.acts import Duty
from insatskoll.law.claims import reading
from insatskoll.law.predicates.parameters import Field, InsatsTextField
from insatskoll.law.predicates.registry import Hit, Subject, predicate
from insatskoll.law.predicates.text import pattern, texts

if TYPE_CHECKING:
    from insatskoll.reading.schema_types import InsatsData

_COVERED = "covered by another"  # by what it is known of a file


@predicate("saknar-insatser", whole=True, scopes=("kommun",), gives=("saknas",))
def insatser_lacking(subject: Subject, fält: list[InsatsTextField], plats: Field) -> Iterator[Hit]:
    """The municipality's insatser cover some of the nämnd's duties but not all of them.

    A duty is covered by an insats of its kind or concept, by its provision as the insats's
    ``lagstadgad``, or by its words in the insats's texts in ``fält``. Gives one hit at the field
    ``plats`` with the names of those lacking as ``saknas``. A catalogue that covers none of them is
    not meant to hold them, and gives none.
    """
    insatser = [
        (i.data, [text for _, text in texts(subject.at((), i.data), fält)])
        for i in subject.revision.insatser
    ]
    duties = acts.act().duties
    lacking = [
        duty for duty in duties if not any(_covers(data, found, duty) for data, found in insatser)
    ]
    if lacking and len(lacking) < len(duties):
        yield Hit((plats,), {"saknas": tuple(f"{duty.name} ({duty.lagrum})" for duty in lacking)})


@predicate("gäller-skyldighet", scopes=("påstående",), gives=("skyldighet", "skyldighetens"))
def of_a_duty(
    subject: Subject,
    lagrum: Sequence[str] = (),
    texter: Sequence[InsatsTextField] = (),
    täcks: Literal["nej"] | None = None,
) -> Iterator[Hit]:
    """The claim stands in an insats that the nämnd must be able to offer, by one of the provisions
    ``lagrum`` if any are given: its name and the provision are given for the message. Words for it
    in the fields ``texter`` tell of it as those in its name do. With ``täcks: nej`` no text of the
    insats says that another is for those whom it leaves out."""
    if subject.insats is None or (täcks == "nej" and _covered(subject.within or subject)):
        return
    data = subject.insats.data
    for duty in acts.act().duties:
        if lagrum and duty.lagrum not in lagrum:
            continue
        words = pattern(duty.words)
        said = (text for _, text in texts(subject.at((), data), texter)) if texter else ()
        if is_of(data, duty) or any(words.search(text) for text in said):
            yield Hit((), {"skyldighet": duty.name, "skyldighetens": duty.lagrum})
            return


def _covered(around: Subject) -> bool:
    """Whether a text in the file says that another insats is for those whom this one leaves out."""
    if _COVERED not in around.known:
        around.known[_COVERED] = any(
            "täcks" in one.values for _, one in reading.claims(around.data)
        )
    found: bool = around.known[_COVERED]
    return found


def is_of(data: InsatsData, duty: Duty) -> bool:
    """Whether an insats says that it is the duty's: by its provision, or as :func:`is_about`."""
    return data.get("lagstadgad") == duty.lagrum or is_about(data, duty)


def is_about(data: InsatsData, duty: Duty) -> bool:
    """Whether an insats is the duty's by its kind, its concept or its name."""
    named = _is_kind_of(data, duty)
    return named or bool(pattern(duty.words).search(str(data.get("namn", ""))))


def is_for(data: InsatsData, duty: Duty) -> bool:
    """Whether the target group of an insats is said to be those whom the duty is to."""
    described = data.get("målgrupp", {}).get("beskrivning", "")
    return bool(duty.group) and bool(pattern(duty.group).search(described))


def _is_kind_of(data: InsatsData, duty: Duty) -> bool:
    return data.get("insatstyp") in duty.kinds or data.get("begrepp") in duty.concepts


def _covers(insats: InsatsData, found: list[str], duty: Duty) -> bool:
    if insats.get("lagstadgad") == duty.lagrum:
        return True
    if not duty.covering and _is_kind_of(insats, duty):
        return True
    words = pattern(duty.covering or duty.words)
    return any(words.search(text) for text in found)
