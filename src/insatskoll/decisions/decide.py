"""Makes a decision of the files as they stand: plans the frozen file and the changelog, and writes
nothing itself."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal, cast

from insatskoll import dates
from insatskoll.catalogue import canonical, chain, modelines, standing
from insatskoll.catalogue.model import Beslut, Kommun, Revision, make_beslut
from insatskoll.decisions import changelog
from insatskoll.diff.facts import Comparison, compare
from insatskoll.diff.telling import Telling
from insatskoll.errors import Refused
from insatskoll.lint.findings import Finding
from insatskoll.lint.report import Report
from insatskoll.names import short, shown
from insatskoll.patterns import later
from insatskoll.reading import accepted, document, files, hygiene, schema
from insatskoll.reading.document import Document
from insatskoll.reading.hygiene import UnreadableDocument
from insatskoll.swedish import counted

if TYPE_CHECKING:
    from insatskoll.reading.schema_types import BeslutData, Beslutsuppgifter

# How many years from the proposal's day a decision may be, and from the latest decision or the act
# where there is none.
YEARS, YEARS_ALONE = 3, 10
_WHO = ("IK601", "IK605")  # the rules of what a decision is found by, and of who decides
_NUMBER = later(r"§? ?([0-9]{1,5})(?: ?§)?")
_ADDRESS = later(r"://|\bwww\.|@", re.IGNORECASE)
_Option = Literal["datum", "paragraf", "diarienummer", "nämnd", "händelse"]
# What each field of the decision is asked for with, and what to write there.
_OPTIONS: dict[_Option, tuple[str, str]] = {
    "datum": ("--datum", "Skriv sammanträdets datum, till exempel 2025-10-20."),
    "paragraf": ("--paragraf", "Skriv paragrafen i protokollet på en rad, till exempel ”§ 12”."),
    "diarienummer": ("--dnr", "Skriv ärendets diarienummer på en rad, till exempel ”SN 2025/1”."),
    "nämnd": ("--nämnd", "Skriv nämndens namn på en rad, till exempel Socialnämnden."),
    "händelse": ("--händelse", "Skriv vad som hände på en rad, till exempel Reviderad."),
}


class DecisionRefused(Refused):
    """The files cannot be decided as asked; the message says why."""


@dataclass(frozen=True)
class Wanted:
    """What the nämnd decided: the day (ÅÅÅÅ-MM-DD), the paragraph in its minutes and the diary
    number; which nämnd and what happened, where that is not to follow from the files; ``unchanged``
    if it confirmed the latest decision as it is; and ``removed``, the ids of the insatser that it
    took away."""

    datum: str
    paragraf: str
    diarienummer: str
    namnd: str | None = None
    handelse: str | None = None
    unchanged: bool = False
    removed: tuple[str, ...] = ()


@dataclass(frozen=True)
class Plan:
    """A decision to be written: the frozen file as it will be read, the municipality with it, and
    the changes since the decision that it replaces, None for the first. ``written`` tells that the
    frozen file is there already, since an earlier run was stopped before it had told the
    changelog."""

    beslut: Beslut
    kommun: Kommun
    comparison: Comparison | None
    written: bool = False

    def files(self, changes: Path) -> tuple[dict[Path, bytes], dict[Path, bytes | None]]:
        """What is to be written, the frozen decision and the changelog ``changes`` with it, and
        what is there before.

        Raises :class:`changelog.ChangelogError`, and :class:`DecisionRefused` if all of it is
        written already.
        """
        text, raw = changelog.read(changes)
        path, frozen = self.beslut.document.path, self.beslut.document.text.encode()
        entry = self._entry()
        if self.written and entry.partition("\n")[0] in text:
            raise _exists(path)
        files = {path: frozen, changes: changelog.added(text, entry).encode()}
        before: dict[Path, bytes | None] = {path: None, changes: raw}
        if self.written:
            del files[path], before[path]
        return files, before

    def doubtful(self, report: Report) -> tuple[str, ...]:
        """What of a report on ``kommun`` is to be looked at in who decided, and under which number,
        in words."""
        path, namnd = self.beslut.document.path, self.beslut.data["beslut"].get("nämnd")
        assert self.kommun.revision is not None
        # as the proposal has it
        meant = self.kommun.revision.kommun.get("förslag", {}).get("nämnd") == namnd
        found = (
            f for f in report.findings if f.path == path and f.rule in _WHO and f.level != "fel"
        )
        return tuple(f.message for f in found if not meant or f.data_path != ("beslut", "nämnd"))

    def hindering(self, report: Report) -> Report:
        """Of a report on ``kommun`` the findings that hinder the decision: those at ``fel`` that
        are not accepted with a reason, but for those about the proposal, which is not decided."""
        assert self.kommun.document is not None
        proposal = self.kommun.document.path
        found = (f for f in report.findings if f.level == "fel" and f.waived is None)
        left = [f for f in found if f.path != proposal or f.data_path[:1] != ("förslag",)]
        in_files = {(f.rule, f.message) for f in left if f.path != self.beslut.document.path}
        # What the frozen file has from the files is told where it can be mended.
        left = [
            f
            for f in left
            if f.path != self.beslut.document.path or (f.rule, f.message) not in in_files
        ]
        return replace(report, findings=tuple(left), skipped=(), unneeded=())

    def split(self, report: Report) -> tuple[Report, tuple[str, ...]]:
        """A report divided into what is found in files that are there, and, in words, what is found
        only in the frozen file, which is not: it comes from the options."""
        path = self.beslut.document.path
        messages = tuple(_in_options(f) for f in report.findings if f.path == path)
        return replace(
            report, findings=tuple(f for f in report.findings if f.path != path)
        ), messages

    def _entry(self) -> str:
        facts, decided = self.beslut.data["beslut"], self.beslut.revision
        head = f"{decided.kommun['namn']} {facts['datum']} {facts['paragraf']}"
        if self.comparison is None:
            count = counted(len(decided.insatser), "insats", "insatser")
            return changelog.entry(
                head, f"({facts['diarienummer']}), första beslutet, {count}.", []
            )
        telling = Telling(self.comparison)
        rest = (
            f"({facts['diarienummer']}), ersätter beslutet {facts['ersätter']}. "
            f"{telling.unchanged_words}"
        )
        return changelog.entry(head, rest, telling.summary)


def plan(kommun: Kommun, asked: Wanted) -> Plan:
    """The decision of the files of ``kommun`` as they stand.

    Raises :class:`DecisionRefused`, and :class:`workspace.UsageError` if the date is none.
    """
    dates.check_date(asked.datum)
    for file in kommun.problems:
        raise DecisionRefused(file.told())
    assert kommun.revision is not None
    if (
        there := next((beslut for beslut in kommun.beslut if beslut.id == asked.datum), None)
    ) is not None:
        return _completed(kommun, there, asked)
    path = _path(kommun, asked.datum)
    _check_content(kommun.revision)
    latest = _latest(kommun, asked)
    held = standing.in_force(kommun.beslut)
    _check_day(kommun.revision, asked, latest)
    facts = _facts(kommun, asked, latest)
    _check_characters(facts)
    frozen = canonical.freeze(kommun.revision, facts)
    _check_fields(frozen)
    read = _read_back(path, frozen)
    beslut = make_beslut(kommun.id, read)
    comparison = compare(held, beslut.revision) if held is not None else None
    if comparison is not None:
        _check_change(comparison, asked)
    _check_removed(comparison, asked)
    # The files are judged as what they become: decided, at the day of the decision or the later one
    # from which they apply.
    decided = replace(
        kommun, revision=replace(kommun.revision, beslut=facts), beslut=(*kommun.beslut, beslut)
    )
    return Plan(beslut, decided, comparison)


def _completed(kommun: Kommun, there: Beslut, asked: Wanted) -> Plan:
    """The rest of a decision whose frozen file is there, asked for with the same facts: the
    changelog, if it lacks it."""
    facts = there.data["beslut"]
    given = _given(asked) | {
        "nämnd": asked.namnd or facts.get("nämnd"),
        "händelse": asked.handelse or facts.get("händelse"),
    }
    links = chain.links(kommun)
    if (
        any(facts.get(name) != value for name, value in given.items())
        or links[-1].beslut is not there
        or links[-1].problems
    ):
        raise _exists(there.document.path)
    latest = links[-2].beslut if len(links) > 1 else None
    comparison = compare(latest.revision, there.revision) if latest is not None else None
    return Plan(there, kommun, comparison, written=True)


def _exists(path: Path) -> DecisionRefused:
    return DecisionRefused(f"{shown(path)} finns redan. Ett beslut skrivs aldrig över.")


def _check_content(proposal: Revision) -> None:
    if not proposal.insatser:
        raise DecisionRefused(
            f"{proposal.kommun_id} har inga insatser, så det finns inget att besluta. "
            "Kontrollera att mappen heter insatser och "
            "att filernas namn slutar på .yaml."
        )


def _check_day(proposal: Revision, asked: Wanted, latest: Beslut | None) -> None:
    """Refuses a day that must be a slip of the pen. No clock is asked: what there is to go by is
    the proposal's own day."""
    proposed = proposal.kommun.get("förslag", {}).get("datum")
    if proposed is not None and asked.datum < proposed:
        raise DecisionRefused(
            f"--datum: {asked.datum} ligger före förslaget i kommun.yaml, som är från "
            f"{proposed}. Ett förslag beslutas inte "
            "innan det finns. Kontrollera dagen. Stämmer den, så rätta först förslagets "
            "(förslag, datum) i kommun.yaml."
        )
    if proposed is not None:
        fits = dates.within_reason(asked.datum, YEARS, [proposed])
        near = f"förslaget i kommun.yaml, som är från {proposed}"
    else:
        known = latest.id if latest is not None else dates.IN_FORCE
        fits = dates.within_reason(asked.datum, YEARS_ALONE, [known])
        near = (
            f"det senaste beslutet, {known}"
            if latest is not None
            else f"lagens ikraftträdande, {known}"
        )
    if not fits:
        raise DecisionRefused(
            f"--datum: {asked.datum} ligger långt från {near}. Kontrollera årtalet. "
            "Stämmer det, så skriv först förslagets dag "
            f"(förslag, datum) i kommun.yaml: ett beslut får ligga högst {YEARS} år från den."
        )


def _check_removed(comparison: Comparison | None, asked: Wanted) -> None:
    """What the decision before had and this one lacks must have been taken away on purpose, and not
    with a file that was lost."""
    gone: list[str] = []
    if comparison is not None:
        followed = {former for group in comparison.groups for former, _ in group.edges}
        gone = [insats.id for insats in comparison.old.insatser if insats.id not in followed]
    if unknown := [name for name in asked.removed if name not in gone]:
        raise DecisionRefused(
            f"--borttagna: ”{unknown[0]}” har inte försvunnit sedan det senaste beslutet."
        )
    if left := [name for name in gone if name not in asked.removed]:
        count = counted(len(left), "insats", "insatser")
        raise DecisionRefused(
            f"{count} i det senaste beslutet finns inte längre: {', '.join(left)}. "
            f"Har nämnden tagit bort {_them(left)}: lägg till --borttagna {','.join(gone)}. "
            "Har en insats fått nytt id: skriv det gamla i tidigare_id. Kontrollera annars filerna."
        )


def _them(names: list[str]) -> str:
    return "den" if len(names) == 1 else "dem"


def _latest(kommun: Kommun, asked: Wanted) -> Beslut | None:
    """The decision to be replaced, which must be older, and rest on none that has been tampered
    with."""
    links = chain.links(kommun)
    for link in links:
        if link.problems:
            raise DecisionRefused(
                f"{shown(link.beslut.document.path)}: {link.state} (IK603). Återställ "
                "filen ur versionshistoriken; "
                "ett nytt beslut bygger bara på beslut som stämmer. Kommandot insatskoll "
                f"show {kommun.id} --beslut visar alla."
            )
    if links and asked.datum <= links[-1].beslut.id:
        raise DecisionRefused(
            f"Det senaste beslutet är från {links[-1].beslut.id}. Ett nytt beslut ska ha ett "
            "senare datum."
        )
    if not links and asked.unchanged:
        raise DecisionRefused(
            f"{kommun.id} har inget beslut att bekräfta. Kör kommandot utan --oförändrad."
        )
    return links[-1].beslut if links else None


def _facts(kommun: Kommun, asked: Wanted, latest: Beslut | None) -> Beslutsuppgifter:
    """The facts of the decision, as text in the form that the reader wants."""
    proposal = kommun.revision
    assert proposal is not None
    namnd = proposal.kommun.get("förslag", {}).get("nämnd", proposal.kommun["nämnd"])
    if latest is None:
        happened = "Antagen"
    elif asked.unchanged:
        happened = "Bekräftad"
    else:
        happened = "Reviderad"
    facts: Beslutsuppgifter = {
        "nämnd": _text(namnd if asked.namnd is None else asked.namnd), **_given(asked)
    }  # fmt: skip
    facts["händelse"] = _text(happened if asked.handelse is None else asked.handelse)
    if latest is not None:
        facts["ersätter"] = latest.id
        facts["ersätter_kontrollsumma"] = latest.data["kontrollsumma"]
    if kommun.handelser:
        facts["senaste_händelse"] = kommun.handelser[-1].id
        facts["senaste_händelse_kontrollsumma"] = kommun.handelser[-1].data["kontrollsumma"]
    return facts


def _in_options(finding: Finding) -> str:
    """A finding in a file that is not written, in words, with the option that it comes from."""
    field = cast("_Option", finding.data_path[-1] if finding.data_path else "")
    option, _ = _OPTIONS.get(field, ("Beslutet", ""))
    return f"{option}: {finding.message} {finding.remedy}".rstrip()


def _given(asked: Wanted) -> Beslutsuppgifter:
    """The facts that are always asked for. A paragraph that is only a number gets its sign: ”12” is
    ”§ 12”."""
    paragraf = _text(asked.paragraf)
    number = _NUMBER.fullmatch(paragraf)
    return {
        "datum": asked.datum,
        "paragraf": f"§ {number[1]}" if number else paragraf,
        "diarienummer": _text(asked.diarienummer),
    }


def _text(value: str) -> str:
    return unicodedata.normalize("NFC", value.strip(" "))


def _path(kommun: Kommun, datum: str) -> Path:
    folder = kommun.folder / "beslut"
    if folder.is_symlink() or kommun.folder.is_symlink():
        raise DecisionRefused(f"{shown(folder)} är en länk. Ersätt den med en mapp.")
    path = folder / f"{datum}.yaml"
    if files.there(path):
        raise _exists(path)
    return path


def _check_characters(facts: Beslutsuppgifter) -> None:
    """Refuses characters in an option that the reader would refuse in the file."""
    for name, (option, remedy) in _OPTIONS.items():
        try:
            read = document.parse(Path(option), canonical.to_yaml({name: facts[name]}))
        except UnreadableDocument as error:
            raise DecisionRefused(f"{option}: {error.problems[0].message}. {remedy}") from None
        for problem in document.damage(read):
            raise DecisionRefused(f"{option}: {problem.message}. {remedy}")


def _check_fields(frozen: BeslutData) -> None:
    """Refuses what an option gives and the schema does not allow, in terms of the option."""
    for error in schema.errors(frozen, "beslut"):
        if error.path[:1] == ("beslut",) and error.path[-1] in _OPTIONS:
            option, remedy = _OPTIONS[error.path[-1]]
            raise DecisionRefused(
                f"{option}: "
                f"{error.message.replace(f'Fältet ”{error.path[-1]}”', 'Värdet', 1)}. {remedy}"
            )
    facts = frozen["beslut"]
    if not re.search("[1-9]", facts["paragraf"]):
        raise DecisionRefused(
            f"--paragraf: ”{facts['paragraf']}” har inget nummer. {_OPTIONS['paragraf'][1]}"
        )
    if not re.search("[0-9]", facts["diarienummer"]) or _ADDRESS.search(facts["diarienummer"]):
        raise DecisionRefused(
            f"--dnr: ”{short(facts['diarienummer'])}” är inget diarienummer. "
            f"{_OPTIONS['diarienummer'][1]}"
        )


def _read_back(path: Path, frozen: BeslutData) -> Document:
    """The frozen file as the reader will have it, which must be what was frozen."""
    text = canonical.frozen_text(frozen, modelines.line(path, "beslut"))
    size = len(text.encode("utf-8"))
    if size > hygiene.MAX_BYTES:
        raise DecisionRefused(
            f"Kommunen är för stor för ett beslut: filen skulle bli {size} byte, och högst "
            f"{hygiene.MAX_BYTES} går att läsa. "
            "Korta texterna."
        )
    try:
        read = document.parse(path, text)
    except UnreadableDocument as error:
        raise DecisionRefused(
            f"Kommunen går inte att frysa i ett beslut: {error.problems[0].message}."
        ) from None
    if wrong := schema.errors(read.data, "beslut"):
        place = ".".join(map(str, wrong[0].path))
        raise DecisionRefused(
            f"Kommunen går inte att frysa i ett beslut: {place}: {wrong[0].message}. "
            f"{wrong[0].remedy}"
        )
    back = accepted.beslut(read)
    actual = canonical.checksum(back["beslut"], back["innehåll"])
    if back != frozen or actual != frozen["kontrollsumma"]:
        raise DecisionRefused(
            "Kommunen går inte att frysa i ett beslut: filen läses inte tillbaka som den skrevs."
        )
    return read


def _check_change(comparison: Comparison, asked: Wanted) -> None:
    changed, named = bool(comparison.facts), comparison.old.beteckning
    if not changed and not asked.unchanged:
        raise DecisionRefused(
            f"Inget har ändrats sedan {named}. Lägg till --oförändrad om "
            "nämnden har bekräftat det som det är."
        )
    if changed and asked.unchanged:
        raise DecisionRefused(
            f"Filerna är inte oförändrade sedan {named}. Kommandot insatskoll "
            "diff visar ändringarna."
        )
