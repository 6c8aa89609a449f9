"""An insats as the bilaga has it: without what is only for those who work with the files, and with
each age's person said.

What is printed is read by those whom it binds. An age that is the child's must not seem to bind the
parent who comes along, and what is noted about the document that a file was written from is no part
of the decision.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, cast

from insatskoll.catalogue.model import File

if TYPE_CHECKING:
    from insatskoll.reading.schema_types import Alder, Vems

# Fields that are the catalogue's own, at any depth: accepted findings, where the facts come from,
# and notes; and what is printed for itself, in other languages.
INTERNAL = frozenset({"andra_språk", "avvikelser", "källa", "anmärkning"})
# Fields that are no text of the nämnd's.
NO_TEXT = INTERNAL | {"begrepp", "tidigare_id", "avdelning", "enheter", "insatstyp"}
# Fields that hold one of a few words to choose between, and those that refer to something.
CHOICES = frozenset({
    "avgift", "avser", "deltagare", "enhet", "form", "från_15", "grund", "id", "ingång",
    "insatstyp", "karaktär", "lagrum", "manualbaserad", "medföljande_barn", "nivå",
    "ord_för_individnivå", "regi", "scb_kod", "typ", "under_15", "åberopas",
})  # fmt: skip
# The municipality's own wording for fields: texts, though they are called as the fields are.
OWN_TEXT = "egen_text"
_CHILDREN = {"barn": "barnet", "barn tillsammans med förälder": "barnet", "unga": "den unge"}
# Kinds of participants that are grown up by what they are called; a parent, a relative or one of a
# couple may be younger.
OF_AGE = frozenset({"vuxna", "äldre", "personal"})
_ADULT = 18
# Nobody is a parent, or lives in a couple, at a lower age than this.
_EXPECTING = 15
_OLDEST_CHILD, _OLDEST_YOUNG = 20, 25
# The fields that hold an age.
AGES = ("ålder", "ålder_i_innehåll")


def is_choice(names: Sequence[str]) -> bool:
    """Whether a field, by the names on its path, holds one of a few words to choose between."""
    return names[-1] in CHOICES and OWN_TEXT not in names


def whose(age: Alder, participants: Collection[str]) -> Vems:
    """Whose age it is, as the subject of a sentence: ”deltagaren”, ”barnet eller den unge”.

    It is whose it is stated to be. Only where a stated ”deltagaren” would bind grown-ups to an age
    that none of them can have, it is that of the children who take part with them.
    """
    stated = age["avser"]
    words = dict.fromkeys(word for kind, word in _CHILDREN.items() if kind in participants)
    if stated != "deltagaren" or not words or not _is_the_childrens(age, frozenset(participants)):
        return stated
    return cast("Vems", " eller ".join(words))


def _is_the_childrens(age: Alder, participants: frozenset[str]) -> bool:
    # with ”barn tillsammans med förälder” comes a parent
    grown_ups = participants - {"barn", "unga"}
    if not grown_ups:
        return False
    months = 12 if age.get("enhet") == "månader" else 1
    low, high = (age[bound] / months if bound in age else None for bound in ("från", "till"))
    if high is not None and high < (_ADULT if grown_ups <= OF_AGE else _EXPECTING):
        return True
    # A span that begins before anybody is a parent is that of the children or the young whose
    # parents come along.
    oldest = _OLDEST_YOUNG if "unga" in participants else _OLDEST_CHILD
    theirs = not participants.isdisjoint({"barn", "unga"}) and not grown_ups.isdisjoint(
        {"föräldrar", "familjer"}
    )
    others = not grown_ups.isdisjoint({*OF_AGE, "blivande föräldrar", "anhöriga"})
    return (
        theirs
        and not others
        and low is not None
        and low < _EXPECTING
        and (high is None or high <= oldest)
    )


def file(data: File) -> File:
    """The data of a file (an insats, a risk analysis, kommun.yaml) as they are printed; ``data``
    stay as they are."""
    return cast("File", field("", data, ()))


def field(name: str, value: object, participants: Collection[str]) -> object:
    """What the field ``name`` holds as it is printed, where ``participants`` take part."""
    if isinstance(value, list):
        return [field(name, item, participants) for item in value]
    if not isinstance(value, dict):
        return value
    if name in AGES:
        return age(cast("Alder", value), participants)
    own = value.get("målgrupp", {}).get("deltagare", value.get("deltagare", participants))
    return {key: field(key, item, own) for key, item in value.items() if key not in INTERNAL}


def age(data: Alder, participants: Collection[str]) -> Alder:
    """An age as it is printed: whose it is, and what is said besides the figures, which was called
    otherwise before."""
    said = cast(
        "Alder",
        {key: item for key, item in data.items() if key not in ("kommentar", *INTERNAL)},
    )
    if "kommentar" in data:
        said.setdefault("förtydligande", data["kommentar"])
    said["avser"] = whose(data, participants)
    return said
