"""How much there is of an insats: how many times, how often, how long."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, cast

from insatskoll.bilaga.phrases.joining import IN_LETTERS, after, antal, inner, meningar, with_commas
from insatskoll.patterns import later

if TYPE_CHECKING:
    from insatskoll.reading.schema_types import Omfattning

SINGULAR = {
    "samtal": "ett samtal", "stödsamtal": "ett stödsamtal", "träffar": "en träff",
    "gruppträffar": "en gruppträff", "tillfällen": "ett tillfälle", "hembesök": "ett hembesök",
    "prov": "ett prov", "nätter": "en natt", "dagar": "en dag", "veckor": "en vecka",
    "månader": "en månad", "timmar": "en timme",
}  # fmt: skip
_NUMBER = rf"(?:ett|{'|'.join(IN_LETTERS)}|hela|halva|[0-9]+(?:[–,][0-9]+)?)"
_STRETCH = later(
    rf"(?:(?:cirka|ca|ungefär|högst|minst|upp till|drygt) )*{_NUMBER}(?: (?:och|till|eller"
    rf"|en|halvt?|{_NUMBER}))* "
    r"\w*(?:timm(?:e|ar)|da(?:g|gar)|dygn|natt|nätter|veck(?:a|or)|månad(?:er)?"
    r"|termin(?:er)?|år|period(?:er)?)\b"
    r"(?!.*\b(?:i|om|per|var|varje|varannan|åt)\b)",
    re.IGNORECASE,
)


def _count(number: int, unit: str) -> str:
    if number == 1:
        return SINGULAR.get(unit, f"en {unit}")
    return f"{antal(number)} {unit}"


_COUNTED: tuple[tuple[Literal["antal", "lägst", "högst"], str], ...] = (
    ("antal", ""), ("lägst", "minst "), ("högst", "högst ")
)  # fmt: skip


def omfattning(data: Omfattning) -> str:
    """How much, how often, how long: ”högst sju stödsamtal”, ”en natt i taget, för personer som
    …”."""
    data = cast(
        "Omfattning",
        {
            key: inner(value) if isinstance(value, str) and key != "beskrivning" else value
            for key, value in data.items()
        },
    )
    counts = [(word, _count(data[key], data["enhet"])) for key, word in _COUNTED if key in data]
    parts = [" och ".join(word + count for word, count in counts)]
    if "frekvens" in data:
        parts.append(data["frekvens"])
    if not counts and "enhet" in data:
        parts.insert(0, data["enhet"])
    if "längd" in data:
        once = data.get("antal") == 1 and len(counts) == 1
        parts.append(
            data["längd"]
            + ("" if once or re.search(r"\b(per|varje|var)\b", data["längd"]) else " per gång")
        )
    if "period" in data:
        parts.append(("under " if _STRETCH.match(data["period"]) else "") + data["period"])
    if "gruppstorlek" in data:
        of = "i" if re.match(r"(?:\w+ )?grupp", data["gruppstorlek"]) else "i grupper om"
        parts.append(after(of, data["gruppstorlek"]))
    if "gäller" in data:
        parts.append(after("för" if any(parts) else "gäller", data["gäller"]))
    return meningar([with_commas(parts), data.get("beskrivning", "")])
