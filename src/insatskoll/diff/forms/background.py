"""What has happened before a letter: the decision that is revised, what of an earlier proposal was
not adopted, what a court has annulled, and proposals that the nämnd has sent back or rejected."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from insatskoll.bilaga import phrases
from insatskoll.catalogue.model import Revision
from insatskoll.diff.telling import Telling
from insatskoll.values import immutable

if TYPE_CHECKING:
    from insatskoll.reading.schema_types import Handelseuppgifter

# What became of what was not adopted, as the list of it begins.
_LEFT = {
    "kvar": "Den här delen av förslaget antogs inte då, och gick vidare som förslag:",
    "avslag": "Den här delen av förslaget avslogs:",
    "återremiss": "Den här delen av förslaget återremitterades:",
}
_SENT_BACK = {"återremiss": "återremitterades", "avslag": "avslogs"}


@immutable
class Left:
    """What of a proposal was not adopted: what the list of it begins with, the changes in
    sentences, and why if that is said."""

    opening: str
    changes: tuple[str, ...]
    why: str


def when(revision: Revision) -> str:
    """When a decision was taken: ”den 19 maj 2025 (§ 103)”."""
    beslut = revision.beslut or {}
    day = f"den {phrases.datum(beslut['datum'])}" if "datum" in beslut else "tidigare"
    return f"{day} ({beslut['paragraf']})" if "paragraf" in beslut else day


def decided(telling: Telling, namnd: str) -> list[str]:
    """The decision that is revised, in sentences; nothing where there is none. ``namnd`` is the one
    that is written to."""
    old = telling.comparison.old
    if old.beslut is None:
        return []
    by = old.beslut.get("nämnd", namnd)
    who = "Nämnden" if by == namnd else by
    said = [_taken(old, who, is_latest=not annulled(telling))]
    corrected = [one["datum"] for one in old.handelser if one["slag"] == "rättelse"]
    if corrected:
        days = phrases.lista(f"den {phrases.datum(day)}" for day in dict.fromkeys(corrected))
        said.append(f"Uppgifterna om beslutet rättades {days}.")
    return said


def _taken(old: Revision, who: str, *, is_latest: bool) -> str:
    beslut = old.beslut or {}
    on_behalf = beslut.get("på_nämndens_vägnar")
    day = when(old) if "datum" in beslut else "vid ett tidigare sammanträde"
    if not is_latest:
        by = f" av {on_behalf['vem']} i nämndens ställe" if on_behalf else ""
        return f"Beslutet som gäller fattades {day}{by}."
    if on_behalf:
        other = phrases.versal(on_behalf["vem"])
        return f"{other} beslutade senast om dem i nämndens ställe, {day}."
    return f"{who} beslutade senast om dem {day}."


def document(telling: Telling) -> str:
    """The decision that is revised as a document: ”Beslut den 20 maj 2025 (§ 41), Socialnämnden”;
    empty where there is none."""
    old = telling.comparison.old
    if old.beslut is None:
        return ""
    by = old.beslut.get("nämnd", old.kommun["nämnd"])
    return f"Beslut {when(old)}, {by}" if "datum" in old.beslut else f"Tidigare beslut, {by}"


def left(telling: Telling) -> Left | None:
    """What of the proposal was not adopted when the decision was taken that is revised."""
    told = (telling.comparison.old.beslut or {}).get("inte_antaget")
    if told is None:
        return None
    why = f"Som skäl angavs: {phrases.mening(told['skäl'])}" if "skäl" in told else ""
    return Left(_LEFT[told["följd"]], tuple(told["ändringar"]), why)


def annulled(telling: Telling) -> list[str]:
    """The decisions after the one that is revised which a court has annulled, wholly or in part,
    each in sentences."""
    return [_annulled(record, of) for record, of in _annulments(telling)]


def judgements(telling: Telling) -> list[str]:
    """The same as documents: ”Dom den 1 februari 2026 i mål 1234-25, Förvaltningsrätten i
    Uppsala”."""
    return [
        f"Dom den {phrases.datum(record['datum'])}"
        + (f" i mål {record['målnummer']}" if "målnummer" in record else "")
        + (f", {record['domstol']}" if "domstol" in record else "")
        for record, _ in _annulments(telling)
    ]


def _annulments(telling: Telling) -> Iterator[tuple[Handelseuppgifter, Revision]]:
    kommun = telling.sides[0] or telling.sides[1]
    day = (telling.comparison.old.beslut or {}).get("datum", "")
    for one in kommun.beslut if kommun is not None else ():
        if day and (one.revision.datum or "") >= day:
            for record in one.revision.handelser:
                if record["slag"] == "upphävande":
                    yield record, one.revision


def _annulled(record: Handelseuppgifter, revision: Revision) -> str:
    """What a court has annulled, when, and from when that stands."""
    what = "beslutet"
    if ids := record.get("insatser", ()):
        known = {insats.id: insats.namn for insats in revision.insatser}
        listed = phrases.lista(known.get(i, i) for i in ids)
        what = f"det som beslutades om {listed}"
    case = f" (mål {record['målnummer']})" if "målnummer" in record else ""
    court = f" av {record['domstol']}" if "domstol" in record else ""
    day = phrases.datum(record["datum"])
    final = ""
    if "laga_kraft" in record:
        final = f", med laga kraft den {phrases.datum(record['laga_kraft'])}"
    said = f"{what} {when(revision)} upphävdes den {day}{court}{case}{final}"
    return phrases.mening(said)


def sent_back(telling: Telling) -> list[str]:
    """The proposals that the nämnd has sent back or rejected since the decision that is revised,
    each in sentences."""
    kommun, old, new = telling.sides[1], telling.comparison.old, telling.comparison.new
    if kommun is None or new.beslut is not None:
        return []
    since = old.datum or ""
    facts = (one.facts for one in kommun.handelser)
    return [
        _sent_back(one, new) for one in facts if one["slag"] in _SENT_BACK and one["datum"] >= since
    ]


def _sent_back(record: Handelseuppgifter, new: Revision) -> str:
    proposed = record.get("förslag", "")
    which = "Förslaget"
    if proposed and proposed != new.kommun.get("förslag", {}).get("datum"):
        which = f"Ett förslag från den {phrases.datum(proposed)}"
    paragraph = f" ({record['paragraf']})" if "paragraf" in record else ""
    said = f"{which} {_SENT_BACK[record['slag']]} den {phrases.datum(record['datum'])}{paragraph}."
    why = f" Som skäl angavs: {phrases.mening(record['text'])}" if "text" in record else ""
    return said + why
