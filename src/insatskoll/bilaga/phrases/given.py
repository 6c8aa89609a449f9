"""Who gives an insats and where, and the way in to it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from insatskoll.bilaga.phrases.joining import inner, lista, meningar

if TYPE_CHECKING:
    from insatskoll.reading.schema_types import InsatsData, Plats, Utforare

REGI = {
    "egen": "i egen regi",
    "extern": "i extern regi",
    "annan kommun": "i en annan kommuns regi",
}


def ingang(data: InsatsData) -> str:
    """The way in, from the insats's ``ingång`` and ``remiss_från``: ”öppen”, ”remiss från BVC”."""
    return " ".join(
        [data["ingång"], *([f"från {lista(data['remiss_från'])}"] if "remiss_från" in data else [])]
    )


def utforare(data: Utforare, enheter: Mapping[str, str]) -> str:
    """Who gives it: ”Ges av Trappan, tillsammans med Region Exempel”. ``enheter``: the units' names
    by id."""
    rows = utforare_rader(data, enheter)
    return meningar(text if label == "Utförare" else f"{label}: {text}" for label, text in rows)


def utforare_rader(data: Utforare, enheter: Mapping[str, str]) -> list[tuple[str, str]]:
    """The same as rows, each a label and what it says: who gives it, where, and the staff."""
    by = [*(enheter.get(unit, unit) for unit in data.get("enheter", ())), *data.get("namn", ())]
    given = [f"av {lista(by)}"] if by else []
    together = lista(data["samverkan"]) if "samverkan" in data else ""
    if data.get("regi") == "samverkan":
        given.append(f"i samverkan med {together}" if together else "i samverkan")
    else:
        given += [REGI[data["regi"]]] if "regi" in data else []
        given += [f"tillsammans med {together}"] if together else []
    places = [
        inner(place["namn"])
        + _at(place, enheter)
        + (f" för {place['för']}" if "för" in place else "")
        for place in data.get("platser", ())
    ]
    rows = [
        ("Utförare", f"Ges {', '.join(given)}" if given else ""),
        ("Platser och team", lista(places)),
        ("Personal", lista(data.get("personal", ()))),
    ]
    return [(label, text) for label, text in rows if text]


def _at(place: Plats, enheter: Mapping[str, str]) -> str:
    """At which unit a place is, unless the place is called by the words of the unit: ”Nexus
    stödcentrum” is at Nexus."""
    if "enhet" not in place:
        return ""
    unit = enheter.get(place["enhet"], place["enhet"])
    return "" if is_called_by(place["namn"], unit) else f" vid {unit}"


def is_called_by(name: str, unit: str) -> bool:
    """Whether each word of the name of a unit begins a word of the name of a place."""
    words = re.findall(r"\w+", name.casefold())
    parts = re.findall(r"\w+", unit.casefold())
    return all(any(word.startswith(part) for word in words) for part in parts)
