"""What a revision is, and what has been recorded about a decision."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, cast

from insatskoll.bilaga.phrases.joining import datum, lista, på_en_rad

if TYPE_CHECKING:
    from insatskoll.catalogue.model import Revision
    from insatskoll.reading.schema_types import Beslutsuppgifter, Handelseuppgifter


def status(revision: Revision) -> str:
    """What the revision is: ”Beslut Socialnämnden 2025-05-19 § 103”, ”Förslag 2025-09-18”, or
    ”Utkast” without a date; and of a decision if it has been corrected or annulled, that it is what
    is in force on the day that it is shown for, or from which day it is, if later than its own."""
    kommun, beslut = revision.kommun, revision.beslut
    if beslut is None:
        return f"Förslag {revision.proposed}" if "förslag" in kommun else "Utkast"
    named = (beslut[key] for key in ("nämnd", "datum", "paragraf") if key in beslut)
    marks = [f"({', '.join(revision.marks)})"] if revision.marks else []
    since = kommun["bilaga"].get("gäller_från", "")
    when = ""
    if revision.per is not None:
        when = f", gäller den {datum(revision.per)}"
    elif since > beslut.get("datum", since):
        when = f", gäller från den {datum(since)}"
    return " ".join(["Beslut", *named, *marks]) + when


def märke(revision: Revision) -> str:
    """The mark that each page bears of what has not been decided: ”Förslag”, or ”Utkast” without a
    date. Empty for a decision."""
    if revision.beslut is not None:
        return ""
    return "Förslag" if "förslag" in revision.kommun else "Utkast"


def beslutsrader(beslut: Beslutsuppgifter, replaced: str | None) -> list[tuple[str, str]]:
    """What a decision says of itself, as labels and values for the title page: only what it states.
    ``replaced`` is the decision that it replaces, in words."""
    on_behalf = beslut.get("på_nämndens_vägnar")
    rows = {
        "Beslutad": datum(beslut["datum"]) if "datum" in beslut else "",
        "Beslutad genom": on_behalf["vem"] if on_behalf is not None else "",
        "Paragraf": beslut.get("paragraf", ""),
        "Ersätter": replaced or "",
    }
    return [(label, value) for label, value in rows.items() if value]


_CORRECTED = {
    "nämnd": "nämnden",
    "datum": "dagen",
    "paragraf": "paragrafen",
    "diarienummer": "diarienumret",
}


def hänt(record: Handelseuppgifter, revision: Revision, called: Mapping[str, str]) -> str | None:
    """What a correction or an annulment did to the decision of ``revision``, both values told:
    ”Rättelse av beslutet 2025-10-20 § 21: paragrafen, § 12 ska vara § 21”. None for what changes
    nothing in it. ``called`` are the names of the insatser."""
    facts = revision.beslut or {}
    named = " ".join(filter(None, ("beslutet", facts.get("datum"), facts.get("paragraf"))))
    if record["slag"] == "rättelse":
        changes = cast("dict[str, dict[str, str]]", record.get("rättat", {}))
        told = (
            f"{_CORRECTED[name]}, {change['från']} ska vara {change['till']}"
            for name, change in changes.items()
        )
        return f"Rättelse av {named}: {'; '.join(told)}"
    if record["slag"] == "upphävande":
        parts = [called.get(name, name) for name in record.get("insatser", ())]
        return f"Upphävde {named}{f' i fråga om {lista(parts)}' if parts else ''}"
    return None


def händelse(record: Handelseuppgifter) -> str:
    """A record as a line: what it is, when, by whom, and what it is about."""
    who = [record[key] for key in ("nämnd", "paragraf", "domstol") if key in record]
    if "målnummer" in record:
        who.append(f"mål {record['målnummer']}")
    if "diarienummer" in record:
        who.append(f"({record['diarienummer']})")
    told = [" ".join([record["datum"], *who])]
    told += [f"beslutet {record['beslut']}"] if "beslut" in record else []
    told += [f"förslaget {record['förslag']}"] if "förslag" in record else []
    told += [f"laga kraft {record['laga_kraft']}"] if "laga_kraft" in record else []
    told += [f"i fråga om {lista(record['insatser'])}"] if "insatser" in record else []
    changes = cast("dict[str, dict[str, str]]", record.get("rättat", {}))
    told += [f"{name} {change['från']} → {change['till']}" for name, change in changes.items()]
    told += [på_en_rad(record["text"])] if "text" in record else []
    return f"{record['slag']} {', '.join(told)}"
