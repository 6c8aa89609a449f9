"""The decisions on a bilaga so far: the rows of its document history, and what the one that is
printed says of itself on the title page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, TypedDict

from insatskoll.bilaga import phrases
from insatskoll.catalogue import decision_ids
from insatskoll.catalogue.model import Revision

if TYPE_CHECKING:
    from insatskoll.reading.schema_types import Beslutsuppgifter, Handelseuppgifter


class HistoryRow(TypedDict):
    """A decision as the history of the document tells of it."""

    datum: str
    beslut: str
    händelse: str


def rows(revisions: Sequence[Revision]) -> list[HistoryRow]:
    """The decisions, and what has been recorded about them, by day."""
    ordered = _ordered(revisions)
    told = [
        _row(facts, [revision for revision, _ in ordered[:place]])
        for place, (_, facts) in enumerate(ordered)
    ]
    called = {insats.id: insats.namn for revision, _ in ordered for insats in revision.insatser}
    told += [
        row
        for revision, _ in ordered
        for record in revision.handelser
        if (row := _record_row(record, revision, called)) is not None
    ]
    return sorted(told, key=lambda row: row["datum"])


def of_decision(revision: Revision, tidigare: Sequence[Revision]) -> list[tuple[str, str]]:
    """What the decision of ``revision`` says of itself, as the title page has it; nothing of what
    has not been decided."""
    if revision.beslut is None:
        return []
    ordered = _ordered((*tidigare, revision))
    place = [_named(one, facts) for one, facts in ordered].index(_named(revision, revision.beslut))
    replaced = _replaced(revision.beslut, [one for one, _ in ordered[:place]])
    return phrases.beslutsrader(revision.beslut, replaced)


def _ordered(revisions: Sequence[Revision]) -> list[tuple[Revision, Beslutsuppgifter]]:
    """The decisions among ``revisions``, each once, as they were made."""
    unique: dict[object, tuple[Revision, Beslutsuppgifter]] = {}
    for revision in revisions:
        if revision.beslut is not None:
            unique.setdefault(_named(revision, revision.beslut), (revision, revision.beslut))
    return sorted(
        unique.values(),
        key=lambda one: (
            one[1].get("datum", ""),
            decision_ids.number(one[1].get("paragraf", "")) or 0,
        ),
    )


def _named(revision: Revision, facts: Beslutsuppgifter) -> object:
    """What tells a decision from others."""
    return revision.beslut_id or (facts.get("datum", ""), facts.get("paragraf", ""))


def _row(beslut: Beslutsuppgifter, earlier: Sequence[Revision]) -> HistoryRow:
    """What happened, after the decisions ``earlier``. That the file of a decision is reconstructed
    is told where that decision is printed."""
    event = beslut.get("händelse", "Beslutad")
    if replaced := _replaced(beslut, earlier):
        event += f", ersätter {replaced}"
    on_behalf = beslut.get("på_nämndens_vägnar")
    by = _by_whom(beslut, f"genom {on_behalf['vem']}" if on_behalf is not None else None)
    return {"datum": beslut.get("datum", ""), "beslut": by, "händelse": event}


def _replaced(beslut: Beslutsuppgifter, earlier: Sequence[Revision]) -> str | None:
    """What a decision replaced, by its day as corrected, and by its paragraph too where the day has
    more than one: not one that had been annulled by then, though it names it."""
    if "ersätter" not in beslut:
        return None
    then = [replace(one, asked=beslut.get("datum")) for one in earlier]
    named = next((one for one in then if one.beslut_id == beslut["ersätter"]), None)
    if named is None:  # it is older than the catalogue
        return f"beslutet {beslut['ersätter']}"
    if named.is_annulled:
        stood = [one for one in then if not one.is_annulled]
        if not stood:
            return None
        named = stood[-1]
    facts = named.beslut or {}
    days = [one.datum for one in earlier] + [beslut.get("datum")]
    paragraf = facts.get("paragraf") if days.count(named.datum) > 1 else None
    return " ".join(filter(None, ("beslutet", facts.get("datum"), paragraf)))


def _record_row(
    record: Handelseuppgifter, revision: Revision, called: Mapping[str, str]
) -> HistoryRow | None:
    """A correction or an annulment of the decision of ``revision``; other records are of no
    concern to the reader of the document. ``called`` are the names of the insatser."""
    if (event := phrases.hänt(record, revision, called)) is None:
        return None
    if record["slag"] == "upphävande":
        who = f"{record['domstol']} mål {record['målnummer']}"
        return {"datum": record["laga_kraft"], "beslut": who, "händelse": event}
    return {"datum": record["datum"], "beslut": _by_whom(record), "händelse": event}


def _by_whom(facts: Beslutsuppgifter | Handelseuppgifter, by: str | None = None) -> str:
    """Nämnd, whoever decided in its place, paragraph and diary number, as far as they are known."""
    diary = [f"({facts['diarienummer']})"] if "diarienummer" in facts else []
    return " ".join([*filter(None, (facts.get("nämnd"), by, facts.get("paragraf"))), *diary])
