"""The decision that a proposal starts from, where it says which: another may have been made since,
as when two proposals are prepared side by side."""

from __future__ import annotations

from collections.abc import Iterator

from insatskoll.catalogue import canonical
from insatskoll.catalogue.model import Beslut, FileProblems, Kommun
from insatskoll.reading.places import Problem

RULE = "IK608"
_FIELD = ("förslag", "utgår_från")


def base(kommun: Kommun) -> str | None:
    """The id of the decision that the proposal says it starts from."""
    revision = kommun.revision
    return revision.kommun.get("förslag", {}).get("utgår_från") if revision is not None else None


def behind(kommun: Kommun) -> str | None:
    """That the proposal starts from another decision than the latest that stands, in words; None
    if it does not, does not say, or has been decided."""
    named = base(kommun)
    if named is None or kommun.revision is None:
        return None
    if named not in {beslut.id for beslut in kommun.beslut}:
        return f"Förslaget utgår från beslutet {named}, som inte finns"
    latest = latest_standing(kommun)
    if latest is None or latest.id == named:
        return None
    if canonical.freeze(kommun.revision, {})["innehåll"] == latest.data["innehåll"]:
        return None
    return f"Förslaget utgår från beslutet {named}, men det senaste är {latest.revision.beteckning}"


def latest_standing(kommun: Kommun) -> Beslut | None:
    """The latest decision that has not been annulled."""
    stands = [one for one in kommun.beslut if not one.revision.is_annulled]
    return stands[-1] if stands else None


REMEDY = (
    "Gå igenom vad det senaste beslutet ändrade, för in det i förslaget, och skriv det beslutet "
    "under utgår_från."
)


def failing(kommun: Kommun) -> Iterator[FileProblems]:
    """That the proposal starts from another decision than the latest, where it says so."""
    document, message = kommun.document, behind(kommun)
    if document is not None and message is not None:
        problem = Problem(RULE, message, document.span(_FIELD), REMEDY, where=_FIELD)
        yield FileProblems(document.path, (problem,), document.text, unreadable=False, used=True)
