"""Any field, whatever it holds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from insatskoll.bilaga.phrases.ages import alder
from insatskoll.bilaga.phrases.conditions import villkor
from insatskoll.bilaga.phrases.consent import samtycke
from insatskoll.bilaga.phrases.documentation import dokumentation, karaktar
from insatskoll.bilaga.phrases.extents import omfattning
from insatskoll.bilaga.phrases.facts import avgift, malgrupp, metod
from insatskoll.bilaga.phrases.joining import lista, meningar, på_en_rad
from insatskoll.patterns import later

# A text of a list that is a sentence of its own, and no name or piece of one.
_SENTENCE = later(r"[A-ZÅÄÖ]\S*(?: \S+){3,}[.!?…]")
_SAY: dict[str, Callable[[Any], str]] = {
    "ålder": alder,
    "ålder_i_innehåll": alder,
    "omfattning": omfattning,
    "dokumentation": dokumentation,
    "samtycke": samtycke,
    "karaktär": karaktar,
    "avgift": avgift,
    "metod": metod,
    "villkor": villkor,
    "gemensamma_villkor": villkor,
    "målgrupp": malgrupp,
}


def say(field: str, value: object) -> str:
    """What the field called ``field`` says, whatever it holds; a list as in running text, its texts
    as paragraphs."""
    if isinstance(value, list) and field != "karaktär":
        said = [say(field, item) for item in value]
        whole = any(len(item) > 100 or _SENTENCE.fullmatch(item.strip()) for item in said)
        return "\n\n".join(said) if whole and len(said) > 1 else lista(said)
    if field in _SAY:
        return _SAY[field](value)
    if isinstance(value, dict):
        return str(value.get("namn") or meningar(say(key, item) for key, item in value.items()))
    return på_en_rad(str(value))
