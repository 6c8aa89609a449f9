"""Whose consent a child needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from insatskoll.bilaga.phrases.joining import labelled, meningar

if TYPE_CHECKING:
    from insatskoll.reading.schema_types import Samtycke

CONSENT = {
    "vårdnadshavare": "krävs samtycke från vårdnadshavare",
    "samtliga vårdnadshavare": "krävs samtycke från samtliga vårdnadshavare",
    "utan vårdnadshavare": "krävs inte samtycke från vårdnadshavare",
}


def samtycke(data: Samtycke) -> str:
    """Whose consent a child's insats needs, under and from 15 years."""
    return meningar(
        [
            f"För barn under 15 år {CONSENT[data['under_15']]}" if "under_15" in data else "",
            f"För barn som har fyllt 15 år {CONSENT[data['från_15']]}" if "från_15" in data else "",
            labelled("Åldrar", data["åldrar"]) if "åldrar" in data else "",
            labelled("Lämplighet", data["lämplighet"]) if "lämplighet" in data else "",
            data.get("beskrivning", ""),
        ]
    )
