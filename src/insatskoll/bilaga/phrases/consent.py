"""Whose consent a child needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from insatskoll.bilaga.phrases.joining import labelled, meningar
from insatskoll.patterns import later

if TYPE_CHECKING:
    from insatskoll.reading.schema_types import Samtycke

CONSENT = {
    "vårdnadshavare": "krävs samtycke från vårdnadshavare",
    "samtliga vårdnadshavare": "krävs samtycke från samtliga vårdnadshavare",
    "utan vårdnadshavare": "krävs inte samtycke från vårdnadshavare",
}
# Ages that say no more than that there is a bound at 15 years: whoever is a child is under 18.
_AGAIN = {
    (False, True): later(r"(?:från |över )?15(?:(?:–| till )1[78])? år"),
    (True, False): later(r"under 15 år"),
    (True, True): later(r"under (?:15 (?:år )?)?och över 15 år|under 15 (?:år )?och från 15 år"),
}


def samtycke(data: Samtycke) -> str:
    """Whose consent a child's insats needs, under and from 15 years."""
    return meningar(
        [
            f"För barn under 15 år {CONSENT[data['under_15']]}" if "under_15" in data else "",
            f"För barn som har fyllt 15 år {CONSENT[data['från_15']]}" if "från_15" in data else "",
            _ages(data),
            labelled("Lämplighet", data["lämplighet"]) if "lämplighet" in data else "",
            data.get("beskrivning", ""),
        ]
    )


def _ages(data: Samtycke) -> str:
    """The ages that are named with the consent, where they are not just those that it is for."""
    if "åldrar" not in data:
        return ""
    bounds = ("under_15" in data, "från_15" in data)
    again = _AGAIN.get(bounds)
    named = data["åldrar"].strip().rstrip(".").casefold()
    return "" if again and again.fullmatch(named) else labelled("Åldrar", data["åldrar"])
