"""An insats as the bilaga has it: without what is only for those who work with the files, and with each age's person said.

What is printed is read by those whom it binds. An age that is the child's must not seem to bind the parent who comes
along, and what is noted about the document that a file was written from is no part of the decision.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from insatskoll.model import Data

# Fields that are the catalogue's own, at any depth: accepted findings, where the facts come from, and notes.
INTERNAL = frozenset({"avvikelser", "källa", "anmärkning"})
_CHILDREN = {"barn": "barnet", "barn tillsammans med förälder": "barnet", "unga": "den unge"}
_PARENTS = frozenset({"barn tillsammans med förälder", "föräldrar", "familjer"})
_ADULT = 18
# Nobody who waits for a child is younger, and nobody is called a child or young who is older.
_EXPECTING = 15
_OLDEST_CHILD, _OLDEST_YOUNG = 20, 25
# The fields that hold an age.
AGES = ("ålder", "ålder_i_innehåll")


def whose(age: Mapping[str, Any], participants: Collection[str]) -> str:
    """Whose age it is, as the subject of a sentence: ”deltagaren”, ”barnet eller den unge”.

    Where grown-ups take part with children, an age that they cannot have had to mind is the children's. Where that cannot
    be told it stays whose it is said to be.
    """
    stated = str(age["avser"])
    words = dict.fromkeys(word for kind, word in _CHILDREN.items() if kind in participants)
    if stated != "deltagaren" or not words or not _is_the_childrens(age, frozenset(participants)):
        return stated
    return " eller ".join(words)


def _is_the_childrens(age: Mapping[str, Any], participants: frozenset[str]) -> bool:
    grown_ups = participants - {"barn", "unga"}  # with ”barn tillsammans med förälder” comes a parent
    months = 12 if age.get("enhet") == "månader" else 1
    low, high = age.get("från", 0) / months, age.get("till", 0) / months
    if not grown_ups:
        return False
    if "till" in age and high < (_EXPECTING if "blivande föräldrar" in grown_ups else _ADULT):
        return True
    # Parents of those who take part are seldom so young, but others are.
    parents = bool(grown_ups & _PARENTS) and grown_ups.isdisjoint({"vuxna", "blivande föräldrar"})
    return parents and low < _ADULT and high <= (_OLDEST_YOUNG if "unga" in participants else _OLDEST_CHILD)


def file(data: Data) -> Data:
    """The data of a file (an insats, a risk analysis, kommun.yaml) as they are printed; ``data`` stay as they are."""
    printed: Data = field("", data, ())
    return printed


def field(name: str, value: Any, participants: Collection[str]) -> Any:
    """What the field ``name`` holds as it is printed, where ``participants`` take part."""
    if isinstance(value, list):
        return [field(name, item, participants) for item in value]
    if not isinstance(value, dict):
        return value
    if name in AGES:
        return age(value, participants)
    own = value.get("målgrupp", {}).get("deltagare", value.get("deltagare", participants))
    return {key: field(key, item, own) for key, item in value.items() if key not in INTERNAL}


def age(data: Mapping[str, Any], participants: Collection[str]) -> Data:
    """An age as it is printed: whose it is, and what is said besides the figures, which was called otherwise before."""
    said = {key: item for key, item in data.items() if key not in ("kommentar", *INTERNAL)}
    if "kommentar" in data:
        said.setdefault("förtydligande", data["kommentar"])
    return said | {"avser": whose(data, participants)}
