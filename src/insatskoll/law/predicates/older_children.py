"""A check on whether anything is said of the consent for those who are 15–17 years old."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from insatskoll.catalogue.model import Insats
from insatskoll.law.predicates.ages import between, groups
from insatskoll.law.predicates.consent import LIMIT, stated_fields, texts_told
from insatskoll.law.predicates.parameters import ParticipantOrAll
from insatskoll.law.predicates.registry import Hit, Place, Subject, predicate

_OLDEST = 17
_SHOWN = 3  # how many of the insatser a finding points at


@predicate("samtycke-från-15", whole=True, scopes=("kommun",), gives=("antal",))
def nothing_of_the_older(
    subject: Subject, deltagare: Sequence[ParticipantOrAll] = ("barn", "unga")
) -> Iterator[Hit]:
    """Somebody who is 15–17 years old may take part in an insats, and neither a field nor a text
    says anything of the consent for them.

    ``deltagare`` are the kinds of participants that count. Gives one hit for the municipality, with
    how many insatser there are as ``antal``.
    """
    silent = [
        one for one in subject.revision.insatser if _is_silent(_about(subject, one), deltagare)
    ]
    if silent:
        shown = [Place(f"Till exempel ”{one.namn}”", ("namn",), one.id) for one in silent[:_SHOWN]]
        yield Hit((), {"antal": len(silent)}, tuple(shown))


def _about(subject: Subject, insats: Insats) -> Subject:
    return replace(subject, data=insats.data, insats=insats, path=(), within=None)


def _is_silent(subject: Subject, kinds: Sequence[str]) -> bool:
    """Whether those who are 15–17 years old take part in an insats, or a part of it, that nothing
    is said for."""
    for base, participants, ages in groups(subject.as_insats, subject.revision.kommun):
        if set(participants).isdisjoint(kinds):
            continue
        if between(participants, ages, LIMIT, _OLDEST, kinds) and not _told(subject, base):
            return True
    return False


def _told(subject: Subject, base: tuple[str | int, ...]) -> bool:
    return "från_15" in stated_fields(subject, base) or any(texts_told(subject, base))
