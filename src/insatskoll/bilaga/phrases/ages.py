"""An age: as a row, and as a demand."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from insatskoll.bilaga.phrases.joining import inner

if TYPE_CHECKING:
    from insatskoll.reading.schema_types import Alder, InsatsData

WHOSE = {
    "deltagarens barn": "Barnens ålder",
    "barnet": "Barnets ålder",
    "den unge": "Den unges ålder",
    "barnet eller den unge": "Barnets eller den unges ålder",
}
# Whose a number is that is said to be an age, and neither years nor months.
OF = {
    "deltagaren": "deltagarens ålder",
    "deltagarens barn": "åldern på deltagarens barn",
    "barnet": "barnets ålder",
    "den unge": "den unges ålder",
    "barnet eller den unge": "barnets eller den unges ålder",
}


def alder(data: Alder) -> str:
    """The ages alone: ”13–20 år”, ”från 21 år”, ”till och med 6 år (tills …)”. Whose age:
    :func:`alder_avser`."""
    low, high = data.get("från"), data.get("till")
    if low is not None and high is not None:
        text = _span(low, high)
    else:
        text = f"från {low}" if high is None else f"till och med {high}"
    return _with_unit(text, data) + _comment(data)


def _span(low: int, high: int) -> str:
    return f"{low}–{high}" if low != high else f"{low}"


def _with_unit(text: str, data: Alder) -> str:
    unit: str = data.get("enhet", "år")
    if unit == "månader" and re.search(r"(^|[^–0-9])1$", text):
        unit = "månad"
    return text if unit == "ej angiven" else f"{text} {unit}"


def _comment(data: Alder) -> str:
    said = data.get("förtydligande", data.get("kommentar"))
    return f" ({inner(said)})" if said else ""


def alders_rubrik(data: Alder) -> str:
    """The label of the ages: ”Ålder”, or whose they are if not whoever takes part: ”Barnets eller
    den unges ålder”."""
    return WHOSE.get(data["avser"], "Ålder")


def alder_avser(data: Alder) -> str:
    """The age as a demand: ”deltagaren ska vara 13–20 år”, ”deltagarens barn ska ha fyllt 3 år”,
    and where neither years nor months are said ”barnet ska vara i åldrarna 6–16”."""
    low, high = data.get("från"), data.get("till")
    if data.get("enhet") == "ej angiven":
        if high is None:
            number = f"lägst {low}"
        elif low is None:
            number = f"högst {high}"
        elif low != high:
            return f"{data['avser']} ska vara i åldrarna {_span(low, high)}{_comment(data)}"
        else:
            number = str(low)
        return f"{OF[data['avser']]} ska vara {number}{_comment(data)}"
    if high is None:
        said = "ha fyllt " + _with_unit(str(low), data) + _comment(data)
    elif low is None:
        said = "vara högst " + _with_unit(str(high), data) + _comment(data)
    else:
        said = "vara " + alder(data)
    return f"{data['avser']} ska {said}"


def alder_vilka(data: Alder) -> str:
    """The age after those who have it: ”som är 13–20 år”, ”som har fyllt 21 år”, ”i åldrarna 3–19”.
    Empty where that is no Swedish, since neither years nor months are said."""
    low, high = data.get("från"), data.get("till")
    if data.get("enhet") == "ej angiven":
        if low is None or high is None or low == high:
            return ""
        return f"i åldrarna {_span(low, high)}{_comment(data)}"
    if high is None:
        return f"som har fyllt {_with_unit(str(low), data)}{_comment(data)}"
    if low is None:
        return f"som är högst {_with_unit(str(high), data)}{_comment(data)}"
    return f"som är {alder(data)}"


def alder_sagd(data: InsatsData) -> bool:
    """Whether the age in the content has been said of the target group or as a condition."""
    if "ålder_i_innehåll" not in data:
        return False
    said = [
        data.get("målgrupp", {}).get("ålder"),
        *(c.get("ålder") for c in data.get("villkor", ())),
    ]
    again = _printed(data["ålder_i_innehåll"])
    return any(age is not None and _printed(age) == again for age in said)


def _printed(age: Alder) -> tuple[str, str]:
    return age["avser"], alder(age)
