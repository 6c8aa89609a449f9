"""Records what happens to a decision or a proposal without deciding anything: a correction, an
annulment, a proposal that is sent back or turned down, a reservation. Writes nothing itself."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Literal, cast

from insatskoll import dates
from insatskoll.bilaga import phrases
from insatskoll.catalogue import decision_ids, modelines, records, standing
from insatskoll.catalogue.model import Beslut, Kommun
from insatskoll.decisions import asked as asking
from insatskoll.decisions import changelog
from insatskoll.decisions.asked import DecisionRefused
from insatskoll.decisions.decide import YEARS, YEARS_ALONE, check_near, record_path, verified
from insatskoll.diff.facts import compare
from insatskoll.names import short
from insatskoll.values import immutable

if TYPE_CHECKING:
    from insatskoll.reading.schema_types import HandelseData, Handelseuppgifter

_HEADS = {
    "rättelse": "Rättelse",
    "upphävande": "Upphävt av domstol",
    "återremiss": "Återremiss",
    "avslag": "Avslag",
    "reservation": "Reservation",
    "infört": "Infört i efterhand",
}


@immutable
class Record:
    """A record to be written: where, and what it says."""

    kommun: Kommun
    path: Path
    data: HandelseData

    def files(self) -> tuple[dict[Path, bytes], dict[Path, bytes | None]]:
        """What is to be written, the record and the log, and what is there before. Raises
        :class:`changelog.ChangelogError`."""
        assert self.kommun.revision is not None
        log, name = self.kommun.folder / changelog.NAME, self.kommun.revision.kommun["namn"]
        held = changelog.read(log)
        text = records.text(self.data, modelines.line(self.path, "handelse")).encode()
        made = {self.path: text, log: changelog.added(held, self.entry(), name)}
        return made, {self.path: None, log: held}

    def entry(self) -> str:
        """The record as it is told in the log."""
        return entry(self.data["händelse"])


def entry(facts: Handelseuppgifter) -> str:
    """A record as it is told in the log."""
    head = f"{_HEADS[facts['slag']]} {facts['datum']}"
    return changelog.entry(head, phrases.mening(phrases.händelse(facts)), [])


def correction(
    kommun: Kommun, about: str, day: str, new: Mapping[str, str | None], why: str | None
) -> Record:
    """The record of a correction, made on ``day``, of the facts ``new`` of a decision. What was
    decided cannot be corrected.

    Raises :class:`DecisionRefused`, and :class:`UsageError` if a day is none.
    """
    beslut = _decision(kommun, about)
    dates.check_date(day)
    had = cast("Mapping[str, str]", beslut.revision.beslut or {})
    datum = new.get("datum")
    wanted = asking.checked({name: value for name, value in new.items() if name != "datum"})
    decided = had.get("datum", decision_ids.day(beslut.id))
    if datum is not None:
        dates.check_date(datum)
        check_near("--datum", datum, YEARS_ALONE, dates.IN_FORCE, "lagens ikraftträdande")
        wanted["datum"] = decided = datum
    _check_order(kommun, beslut, {**had, **wanted})
    changed = {
        name: {"från": had[name], "till": value}
        for name, value in wanted.items()
        if had.get(name) not in (None, value)
    }
    if not changed:
        raise DecisionRefused(
            f"--rättar: Inget skiljer sig från det som står i {beslut.revision.beteckning}. Ange "
            "det rätta med --paragraf, --dnr, --nämnd eller --datum. Innehållet i ett beslut "
            "rättas inte: det ändras genom ett nytt beslut."
        )
    _check_after(day, decided, "Rättelsen")
    check_near("--den", day, YEARS_ALONE, decided, "beslutet")
    said = asking.checked({"text": why})
    nämnd = changed.get("nämnd", {}).get("till") or had.get("nämnd")
    facts: dict[str, object] = {"nämnd": nämnd} if nämnd else {}
    return _record(kommun, "rättelse", day, beslut, {**facts, **said, "rättat": changed})


def annulment(
    kommun: Kommun,
    about: str,
    day: str,
    force: str,
    court: Mapping[str, str | None],
    parts: Collection[str] = (),
) -> Record:
    """The record of a ``court``'s judgement of ``day``, which has legal force from ``force``, that
    annuls a decision, or only in the insatser ``parts``.

    Raises :class:`DecisionRefused`, and :class:`UsageError` if a day is none.
    """
    beslut = _decision(kommun, about)
    for one in (day, force):
        dates.check_date(one)
    decided = (beslut.revision.beslut or {}).get("datum", decision_ids.day(beslut.id))
    _check_after(day, decided, "Domen")
    check_near("--datum", day, YEARS_ALONE, decided, "beslutet")
    check_near("--laga-kraft", force, YEARS_ALONE, day, "domen")
    if force < day:
        raise DecisionRefused(
            f"--laga-kraft: Domen kan inte få laga kraft ({force}) innan den meddelas ({day})."
        )
    if beslut.revision.is_annulled:
        raise DecisionRefused(f"{phrases.versal(beslut.revision.beteckning)} är redan upphävt.")
    known = {insats.id for insats in beslut.revision.insatser} | {
        insats.id
        for one in standing.standing(_earlier(kommun, beslut))[-1:]
        for insats in one.insatser
    }
    if unknown := [name for name in parts if name not in known]:
        raise DecisionRefused(
            f"--insatser: ”{short(unknown[0])}” finns varken i beslutet eller i det före. Ange "
            "insatsernas id."
        )
    facts: dict[str, object] = {**asking.checked(court), "laga_kraft": force}
    if parts:
        facts["insatser"] = sorted(parts)
    return _record(kommun, "upphävande", day, beslut, facts)


def returned(
    kommun: Kommun,
    slag: Literal["återremiss", "avslag"],
    day: str,
    given: Mapping[str, str | None],
) -> Record:
    """The record that the nämnd has sent the proposal back, or turned it down. Raises
    :class:`DecisionRefused`, and :class:`UsageError` if the day is none."""
    dates.check_date(day)
    proposal, held = kommun.revision, standing.in_force(kommun.beslut)
    assert proposal is not None
    stated = proposal.kommun.get("förslag", {})
    if held is not None and not stated and not compare(held, proposal).facts:
        raise DecisionRefused(
            f"Det finns inget förslag: filerna är som {held.beteckning}, och kommun.yaml har inget "
            "förslag."
        )
    if day < stated.get("datum", ""):
        raise DecisionRefused(
            f"--datum: {day} ligger före förslaget i kommun.yaml, som är från {stated['datum']}."
        )
    known = stated.get("datum") or (held.datum if held is not None else None) or dates.IN_FORCE
    near = "förslaget" if "datum" in stated else "det som gäller"
    check_near("--datum", day, YEARS if "datum" in stated else YEARS_ALONE, known, near)
    nämnd = given.get("nämnd") or stated.get("nämnd", proposal.kommun["nämnd"])
    facts: dict[str, object] = {**asking.checked({**given, "nämnd": nämnd})}
    if "datum" in stated:
        facts["förslag"] = stated["datum"]
    return _record(kommun, slag, day, None, facts)


def reservation(kommun: Kommun, about: str, said: str) -> Record:
    """The record of a reservation against a decision, made when it was. Raises
    :class:`DecisionRefused`."""
    beslut = _decision(kommun, about)
    day = (beslut.revision.beslut or {}).get("datum", decision_ids.day(beslut.id))
    text = asking.checked({"reservation": said})["reservation"]
    return _record(kommun, "reservation", day, beslut, {"text": text})


def _record(
    kommun: Kommun, slag: str, day: str, beslut: Beslut | None, said: Mapping[str, object]
) -> Record:
    facts: dict[str, object] = {"slag": slag, "datum": day}
    if beslut is not None:
        facts["beslut"] = beslut.id
        facts["beslut_kontrollsumma"] = beslut.data["kontrollsumma"]
    data = records.freeze(cast("Handelseuppgifter", facts | dict(said)), kommun.handelser)
    return Record(kommun, record_path(kommun, slag), data)


def _decision(kommun: Kommun, about: str) -> Beslut:
    """The decision called ``about``, none of whose files has been tampered with."""
    for file in kommun.problems:
        raise DecisionRefused(file.told())
    verified(kommun)
    found = next((beslut for beslut in kommun.beslut if beslut.id == about), None)
    if found is None:
        known = ", ".join(beslut.id for beslut in kommun.beslut) or "inga"
        raise DecisionRefused(
            f"{kommun.id} har inget beslut ”{short(about)}”. Besluten är {known}."
        )
    return found


def _earlier(kommun: Kommun, beslut: Beslut) -> list[Beslut]:
    return [one for one in kommun.beslut if one.order < beslut.order]


def _check_order(kommun: Kommun, beslut: Beslut, facts: Mapping[str, str]) -> None:
    """A day or a paragraph that would put the decision before or after another is no slip of the
    pen, nor is one that makes it another."""
    datum, paragraf = facts.get("datum", ""), facts.get("paragraf", "")
    own = decision_ids.place(datum, paragraf, beslut.order[-1])
    for other in kommun.beslut:
        if other.id == beslut.id:
            continue
        if (other.order < beslut.order) != (other.order < own):
            raise DecisionRefused(
                f"--rättar: Med {datum} {paragraf} skulle beslutet byta plats med "
                f"{other.revision.beteckning}. Kontrollera dagen och paragrafen mot protokollet."
            )
        if other.order[:2] == own[:2] and own[1]:
            raise DecisionRefused(
                f"--rättar: Det finns redan ett beslut {datum} {paragraf}. Kontrollera dagen och "
                "paragrafen mot protokollet."
            )


def _check_after(day: str, decided: str, what: str) -> None:
    if day < decided:
        raise DecisionRefused(f"{what} kan inte vara från {day}: beslutet är från {decided}.")
