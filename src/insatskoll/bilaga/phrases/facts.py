"""What is said of an insats in a few words: for whom, by which method, at what cost, how long."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from insatskoll.bilaga.phrases.ages import alder_avser
from insatskoll.bilaga.phrases.joining import datum, labelled, lista, meningar

if TYPE_CHECKING:
    from insatskoll.reading.schema_types import Avgift, InsatsData, Malgrupp, Metod


def giltighet(data: InsatsData) -> str:
    """The days that an insats, or a part of one, holds: ”insatsen gäller till och med den 31
    december 2026”; empty where it holds as long as the bilaga does."""
    bounds = (("från och med", data.get("gäller_från")), ("till och med", data.get("gäller_till")))
    said = " ".join(f"{word} den {datum(day)}" for word, day in bounds if day is not None)
    what = "insatsen" if "insatstyp" in data else "delen"
    return f"{what} gäller {said}" if said else ""


def avgift(data: Avgift) -> str:
    """What it costs: ”avgiftsfri”, or the sum and what it rests on."""
    if isinstance(data, str):
        return "avgiftsfri"
    basis = labelled("Grund", data["grund"]) if "grund" in data else ""
    return meningar([data.get("belopp", ""), basis, data.get("beskrivning", "")])


def kortnamn(data: InsatsData) -> str:
    """The short name of an insats, unless its name has it as a word of its own: then empty."""
    short = data.get("kortnamn", "")
    return "" if re.search(rf"(?<!\w){re.escape(short)}(?!\w)", data["namn"]) else short


def metod(data: Metod) -> str:
    """The method: ”COPE, manualbaserad. Arbetssätt och vetenskapligt stöd: …”."""
    return meningar(
        [
            metodnamn(data),
            labelled("Arbetssätt och vetenskapligt stöd", data["stöd"]) if "stöd" in data else "",
        ]
    )


def metodnamn(data: Metod) -> str:
    """The method without what is said in support of it: ”COPE, manualbaserad”; empty if it has no
    name."""
    manual = {"ja": "manualbaserad", "nej": "inte manualbaserad"}.get(
        data.get("manualbaserad", ""), ""
    )
    return ", ".join(filter(None, (data.get("namn", ""), manual)))


def malgrupp(data: Malgrupp) -> str:
    """Whom it is for: the description, who takes part, and the age."""
    children = {"ja": "Barn får följa med", "nej": "Barn får inte följa med"}
    return meningar(
        [
            data.get("beskrivning", ""),
            f"Deltagare: {lista(data['deltagare'])}" if "deltagare" in data else "",
            alder_avser(data["ålder"]) if "ålder" in data else "",
            children.get(data.get("medföljande_barn", ""), ""),
        ]
    )


def metodrad(data: Metod) -> str:
    """The method without what is said in support of it, as a row has it: ”COPE”, ”COPE. Metoden är
    manualbaserad”; empty if it has no name, and nobody says whether there is a manual."""
    manual = {"ja": "metoden är manualbaserad", "nej": "metoden är inte manualbaserad"}.get(
        data.get("manualbaserad", ""), ""
    )
    return meningar([data.get("namn", ""), manual])


def lagstadgad(provision: str) -> str:
    """That the nämnd has to offer it, and by which provision: ”nämnden är skyldig att erbjuda
    insatsen (SoL 13 kap. 4 §)”."""
    if provision == "ja":
        return "nämnden är enligt lag skyldig att erbjuda insatsen"
    return f"nämnden är skyldig att erbjuda insatsen ({provision})"
