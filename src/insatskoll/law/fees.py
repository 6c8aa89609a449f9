"""What the field avgift of an insats says: that something is taken for it, that nothing is, or
neither for sure.

What its texts claim tells (``catalogue/påståenden/avgift.yaml``), clause by clause.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from insatskoll.law.claims import reading
from insatskoll.law.claims.figures import number

KIND = "avgift"  # the claims about what an insats costs, and what they say of it
ASKED, FREE, MISSED = "tas ut", "ingen", "vid frånvaro"
# What says that nobody pays the nämnd for the insats itself.
_NONE = frozenset({FREE, "annat", "borttagen", "någon annan betalar", "någon annan tar ut"})
_UNSURE = frozenset({"mellan andra", MISSED})
# What takes a sum away from those who take part, if it is so.
_NOT_THEIRS = frozenset({"borttagen", "mellan andra", "någon annan betalar", "någon annan tar ut"})
_OTHER = frozenset({"annat", "uppehälle"})  # what a fee is for that is none for the insats
# Before what stands in ``belopp``, which speaks of nothing else.
_SUM = "avgift: "


def is_free(fee: object) -> bool | None:
    """Whether ``fee``, the field avgift of an insats, says that nothing is taken for the insats
    itself.

    True: it says so (a fee for food or material is none for the insats); False: a sum above zero or
    a demand; None: it says nothing of it, or not for sure. A sum in ``belopp`` counts whatever
    ``beskrivning`` says, unless that tells what else it is for.
    """
    if fee == "nej":
        return True
    if not isinstance(fee, dict):
        return None
    amount, described = (str(fee.get(name, "")) for name in ("belopp", "beskrivning"))
    if not amount and not described:
        return _free_in_words(str(fee.get("grund", "")))
    claims = told(described)
    asked = _asked(amount)
    if asked and any(claim.get("för") in _OTHER for claim in claims):
        return None if _by_tariff(amount, str(fee.get("grund", ""))) else True
    if asked:
        return None if any(claim[KIND] in _NOT_THEIRS for claim in claims) else False
    if any(claim[KIND] == ASKED and (not amount or "belopp" in claim) for claim in claims):
        return False
    if amount:
        return True if asked is False else None
    return _none_is_taken(claims)


def _by_tariff(amount: str, ground: str) -> bool:
    """Whether a sum is taken each time after the municipality's tariff, so that it may be a fee for
    the insats, whatever it is said to be for."""
    each = any(claim.get("per") == "tillfälle" for claim in told(_SUM + amount.casefold()))
    return each and "taxa" in ground.casefold()


def told(text: str) -> list[Mapping[str, Any]]:
    """What ``text`` claims that an insats costs, clause by clause."""
    return [one.values for one in reading.said(text) if one.kind == KIND and KIND in one.values]


def _asked(amount: str) -> bool | None:
    """Whether a text that is to be a sum says that something is to be paid; None if it does not
    say."""
    if not amount:
        return False
    claims = told(_SUM + amount.casefold())
    if any(claim[KIND] == ASKED for claim in claims):
        return None if any(claim[KIND] in _NOT_THEIRS for claim in claims) else True
    if claims:
        return None if _none_is_taken(claims) is None else False
    figures = [value for word in amount.split() if (value := number(word.casefold())) is not None]
    return any(figures) if figures else None


def _free_in_words(text: str) -> bool | None:
    return True if any(claim[KIND] == FREE for claim in told(text)) else None


def _none_is_taken(claims: list[Mapping[str, Any]]) -> bool | None:
    """Whether claims, of which none is of a fee, tell that nothing is taken."""
    kinds = {claim[KIND] for claim in claims}
    for_some = any(
        claim[KIND] == "någon annan betalar" and claim.get("gäller") == "vissa" for claim in claims
    )
    return True if kinds & _NONE and not kinds & _UNSURE and not for_some else None
