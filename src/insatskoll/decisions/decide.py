"""Makes a decision of the files as they stand: plans the frozen file, the log and the end of the
proposal, and writes nothing itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field, replace
from pathlib import Path
from typing import TYPE_CHECKING, cast

from insatskoll import dates
from insatskoll.bilaga import phrases
from insatskoll.catalogue import (
    canonical,
    chain,
    decision_ids,
    editing,
    modelines,
    proposals,
    records,
    standing,
)
from insatskoll.catalogue.model import Beslut, Handelse, Kommun, Revision, make_beslut
from insatskoll.decisions import asked as asking
from insatskoll.decisions import changelog, partly
from insatskoll.decisions.asked import DecisionRefused
from insatskoll.decisions.partly import Left
from insatskoll.diff import matching
from insatskoll.diff.asking import nothing_alike
from insatskoll.diff.facts import Comparison, compare
from insatskoll.diff.telling import Telling
from insatskoll.lint.findings import Finding
from insatskoll.lint.report import Report
from insatskoll.names import shown
from insatskoll.reading import accepted, document, files, hygiene, schema
from insatskoll.reading.document import Document
from insatskoll.reading.hygiene import UnreadableDocument
from insatskoll.swedish import counted
from insatskoll.values import immutable

if TYPE_CHECKING:
    from insatskoll.reading.schema_types import (
        BeslutData,
        Beslutsuppgifter,
        HandelseData,
        Handelseuppgifter,
        PåNämndensVägnar,
    )

# How many years from the proposal's day a decision may be, and from the latest decision or the act
# where there is none.
YEARS, YEARS_ALONE = 3, 10
_WHO = ("IK601", "IK605", "IK614")  # the rules of what a decision is found by, and of who decides


@immutable
class Wanted:
    """What the nämnd decided: the day (ÅÅÅÅ-MM-DD), the paragraph in its minutes and the diary
    number; which nämnd and what happened, where that is not to follow from the files; ``unchanged``
    if it confirmed the latest decision as it is; and ``removed``, the ids of the insatser that it
    took away.

    ``left`` is what of the proposal it did not adopt, ``reservations`` are those against the
    decision, ``on_behalf`` who decided in its place, and ``late`` tells that the decision is older
    than one that is in the catalogue already.
    """

    datum: str
    paragraf: str
    diarienummer: str
    namnd: str | None = None
    handelse: str | None = None
    unchanged: bool = False
    removed: tuple[str, ...] = ()
    left: Left = field(default_factory=Left)
    reservations: tuple[str, ...] = ()
    on_behalf: PåNämndensVägnar | None = None
    late: bool = False


@immutable
class Plan:
    """A decision to be written: the frozen file as it will be read, the municipality with it, and
    the changes since what was in force, None for the first. ``written`` tells that the frozen file
    is there already, since an earlier run was stopped before it had told the log. ``record`` is
    that of a decision that is entered late, and ``ended`` the text of kommun.yaml without the
    proposal, None where it stays as it is."""

    beslut: Beslut
    kommun: Kommun
    comparison: Comparison | None
    written: bool = False
    record: tuple[Path, HandelseData] | None = None
    ended: str | None = None

    def files(self, *, again: bool = False) -> tuple[dict[Path, bytes], dict[Path, bytes | None]]:
        """What is to be written, the frozen decision and the log among it, and what is there
        before.

        Raises :class:`changelog.ChangelogError`, and :class:`DecisionRefused` if all of it is
        written already, but for when it may be asked for ``again``.
        """
        log = self.kommun.folder / changelog.NAME
        held, entry = changelog.read(log), self.entry()
        path, frozen = self.beslut.document.path, self.beslut.document.text.encode()
        told = self.written and changelog.has(held, entry)
        if told and self.ended is None and not again:
            raise _exists(path)
        name = self.beslut.revision.kommun["namn"]
        made: dict[Path, bytes] = {path: frozen, log: changelog.added(held, entry, name)}
        before: dict[Path, bytes | None] = {path: None, log: held}
        for there in [*[path] * self.written, *[log] * told]:
            del made[there], before[there]
        if self.record is not None:
            at, data = self.record
            made[at] = records.text(data, modelines.line(at, "handelse")).encode()
            before[at] = None
        if self.ended is not None and self.kommun.document is not None:
            made[self.kommun.document.path] = self.ended.encode()
            before[self.kommun.document.path] = files.read(self.kommun.document.path)
        return made, before

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

    def open_warnings(self, report: Report) -> int:
        """How many warnings of a report are neither mended nor accepted, but for those about the
        proposal."""
        assert self.kommun.document is not None
        own = [
            f
            for f in report.findings
            if f.level == "varning" and f.waived is None and f.path != self.beslut.document.path
        ]
        proposal = self.kommun.document.path
        return len([f for f in own if f.path != proposal or f.data_path[:1] != ("förslag",)])

    @property
    def next_step(self) -> str:
        """What is to be done with the proposal in kommun.yaml now."""
        assert self.kommun.revision is not None
        has = "förslag" in self.kommun.revision.kommun
        if self.record is not None:
            return "Ställ nu filerna som de var före --i-efterhand."
        if "inte_antaget" in self.beslut.data["beslut"] and has and self.ended is None:
            return (
                "Det som inte antogs står kvar i filerna som förslag. Skriv den nya dagen under "
                "förslag i kommun.yaml, eller ta bort det."
            )
        if has and self.ended is None:
            return (
                "Förslaget i kommun.yaml är nu beslutat, men har kommentarer. Ta bort ”förslag” "
                "där."
            )
        return "Skriv ”förslag” i kommun.yaml när nästa revidering börjar."

    def split(self, report: Report) -> tuple[Report, tuple[str, ...]]:
        """A report divided into what is found in files that are there, and, in words, what is found
        only in the frozen file, which is not: it comes from the options."""
        path = self.beslut.document.path
        messages = tuple(_in_options(f) for f in report.findings if f.path == path)
        return replace(
            report, findings=tuple(f for f in report.findings if f.path != path)
        ), messages

    def entry(self) -> str:
        """The decision as it is told in the log."""
        facts, decided = self.beslut.data["beslut"], self.beslut.revision
        head = changelog.head(facts)
        left = facts.get("inte_antaget", {})
        told = [f"Inte antaget: {one}" for one in left.get("ändringar", ())]
        told += [f"Skäl: {phrases.mening(left['skäl'])}"] if "skäl" in left else []
        told += [f"Reservation: {one}" for one in facts.get("reservationer", ())]
        if (on_behalf := facts.get("på_nämndens_vägnar")) is not None:
            told.append(f"Beslutat av {on_behalf['vem']} i nämndens ställe ({on_behalf['stöd']}).")
        if self.comparison is None:
            count = counted(len(decided.insatser), "insats", "insatser")
            return changelog.entry(head, f"Första beslutet: {count}.", told)
        telling = Telling(self.comparison)
        lead = f"{facts['händelse']}. Ersätter {self.comparison.old.beteckning}. "
        return changelog.entry(head, lead + telling.unchanged_words, [*telling.summary, *told])


def plan(kommun: Kommun, asked: Wanted) -> Plan:
    """The decision of the files of ``kommun`` as they stand.

    Raises :class:`DecisionRefused`, and :class:`workspace.UsageError` if the date is none.
    """
    dates.check_date(asked.datum)
    for file in kommun.problems:
        raise DecisionRefused(file.told())
    proposal = kommun.revision
    assert proposal is not None
    _check_base(kommun, asked)
    if (there := _same(kommun, asked)) is not None:
        return _completed(kommun, there, asked)
    _check_content(proposal)
    name = _name(kommun, asked)
    latest = _replaced(kommun, name, asked)
    held = standing.in_force(_before(kommun, _place(asked, name)), asked.datum)
    _check_day(proposal, asked, latest)
    _check_reported(asked)
    facts = _facts(kommun, asked, latest)
    adopted, left = partly.adopted(proposal, held, asked.left)
    if left:
        why = asking.checked({"text": asked.left.why}).get("text")
        facts["inte_antaget"] = {"följd": asked.left.follow, "ändringar": left}
        facts["inte_antaget"] |= {"skäl": why} if why is not None else {}
    frozen = canonical.freeze(adopted, facts)
    if "förslag" in proposal.kommun:
        frozen["förslag"] = proposal.kommun["förslag"]
    beslut = make_beslut(kommun.id, _read_back(_path(kommun, name), frozen))
    comparison = compare(held, beslut.revision) if held is not None else None
    if comparison is not None:
        _check_change(comparison, asked)
    _check_removed(comparison, asked)
    # The files are judged as what they become: decided, at the day of the decision or the later one
    # from which they apply.
    decided = replace(
        kommun, revision=replace(proposal, beslut=facts), beslut=(*kommun.beslut, beslut)
    )
    if asked.late:
        at, data = _entered(kommun, beslut)
        entered = Handelse(at.stem, document.parse(at, records.text(data)))
        decided = replace(decided, handelser=(*kommun.handelser, entered))
        return Plan(beslut, decided, comparison, record=(at, data))
    goes_on = left and asked.left.follow == "kvar"
    return Plan(beslut, decided, comparison, ended=None if goes_on else _without_proposal(kommun))


def _same(kommun: Kommun, asked: Wanted) -> Beslut | None:
    """The decision there is of the same day and paragraph."""
    paragraf = asking.paragraph(asked.paragraf)
    for beslut in kommun.beslut:
        facts = beslut.data["beslut"]
        if (facts.get("datum"), facts.get("paragraf")) == (asked.datum, paragraf):
            return beslut
    return None


def _completed(kommun: Kommun, there: Beslut, asked: Wanted) -> Plan:
    """The rest of a decision whose frozen file is there, asked for with the same facts: the log, if
    it lacks it."""
    facts = there.data["beslut"]
    given = _given(asked) | {
        "nämnd": asked.namnd or facts.get("nämnd", ""),
        "händelse": asked.handelse or facts.get("händelse", ""),
    }
    links = chain.links(kommun)
    if (
        any(facts.get(name) != value for name, value in given.items())
        or links[-1].beslut is not there
        or links[-1].problems
    ):
        raise _exists(there.document.path)
    held = standing.in_force(_before(kommun, there.order), asked.datum)
    comparison = compare(held, there.revision) if held is not None else None
    goes_on = facts.get("inte_antaget", {}).get("följd") == "kvar"
    is_same = there.data.get("förslag") == _proposal(kommun)
    ended = _without_proposal(kommun) if is_same and not goes_on else None
    return Plan(there, kommun, comparison, written=True, ended=ended)


def _proposal(kommun: Kommun) -> object:
    return kommun.revision.kommun.get("förslag") if kommun.revision is not None else None


def _without_proposal(kommun: Kommun) -> str | None:
    """The text of kommun.yaml without the proposal, which has been decided; None where it has none,
    or where it cannot go without taking a comment with it."""
    assert kommun.document is not None
    if _proposal(kommun) is None:
        return None
    held = kommun.document
    return editing.put(held.path, held.text, "kommun", ("förslag",), None)


def _entered(kommun: Kommun, beslut: Beslut) -> tuple[Path, HandelseData]:
    """The record of a decision that is entered after a later one."""
    facts: Handelseuppgifter = {
        "slag": "infört",
        "datum": beslut.data["beslut"].get("datum", ""),
        "beslut": beslut.id,
        "beslut_kontrollsumma": beslut.data["kontrollsumma"],
        "efter": kommun.beslut[-1].id,
    }
    return record_path(kommun, "infört"), records.freeze(facts, kommun.handelser)


def record_path(kommun: Kommun, slag: str) -> Path:
    """Where the next record of a municipality lies. Raises :class:`DecisionRefused`."""
    folder = kommun.folder / records.FOLDER
    if folder.is_symlink() or kommun.folder.is_symlink():
        raise DecisionRefused(f"{shown(folder)} är en länk. Ersätt den med en mapp.")
    return folder / f"{records.next_id(kommun.handelser, slag)}.yaml"


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
        known = latest.order[0] if latest is not None else dates.IN_FORCE
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


def _check_base(kommun: Kommun, asked: Wanted) -> None:
    """A proposal that starts from an older decision would take back what a later one changed."""
    if not asked.late and (behind := proposals.behind(kommun)) is not None:
        raise DecisionRefused(f"{behind}. {proposals.REMEDY}")


def _check_reported(asked: Wanted) -> None:
    """Refuses that a decision was reported to the nämnd before it was made, or long after."""
    day = asked.on_behalf.get("anmält") if asked.on_behalf is not None else None
    if day is None:
        return
    if day < asked.datum:
        raise DecisionRefused(
            f"--anmält: Beslutet kan inte vara anmält {day}: det är från {asked.datum}."
        )
    check_near("--anmält", day, YEARS, asked.datum, "beslutet")


def check_near(option: str, day: str, years: int, known: str, what: str) -> None:
    """Refuses a day that is so far from one that is ``known``, that of ``what``, that it must be a
    slip of the pen. No clock is asked."""
    if not dates.within_reason(day, years, [known]):
        raise DecisionRefused(
            f"{option}: {day} ligger långt från {what}, {known}. Kontrollera årtalet."
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
        otherwise = "Har en insats fått nytt id: skriv det gamla i tidigare_id. "
        otherwise = _said_untruly(comparison, left) or otherwise
        raise DecisionRefused(
            f"{count} i det senaste beslutet finns inte längre: {', '.join(left)}. "
            f"Har nämnden tagit bort {_them(left)}: lägg till --borttagna {','.join(gone)}. "
            f"{otherwise}Kontrollera annars filerna."
        )


def _said_untruly(comparison: Comparison | None, left: Sequence[str]) -> str:
    """What the files say, untruly, that those ``left`` have become."""
    if comparison is None:
        return ""
    old, new = (
        {insats.id: insats for insats in side.insatser} for side in (comparison.old, comparison.new)
    )
    untrue = matching.untrue(comparison.old, comparison.new, comparison.groups)
    said = [nothing_alike(old[a], new[b]) for a, b in untrue if a in left]
    return "".join(f"{one} " for one in said)


def _them(names: list[str]) -> str:
    return "den" if len(names) == 1 else "dem"


def verified(kommun: Kommun) -> None:
    """Refuses to build on a decision that has been tampered with. Raises
    :class:`DecisionRefused`."""
    for link in chain.links(kommun):
        if link.problems:
            raise DecisionRefused(
                f"{shown(link.beslut.document.path)}: {link.state} (IK603). Återställ "
                "filen ur versionshistoriken; "
                "ett nytt beslut bygger bara på beslut som stämmer. Kommandot insatskoll "
                f"show {kommun.id} --beslut visar alla."
            )


def _name(kommun: Kommun, asked: Wanted) -> str:
    """What the decision is to be called: by its day, and by its paragraph too where that day has
    one."""
    return decision_ids.new(asked.datum, asked.paragraf, {beslut.id for beslut in kommun.beslut})


def _place(asked: Wanted, name: str) -> decision_ids.Place:
    """Where a decision that is to be called ``name`` comes."""
    paragraf = asking.paragraph(asked.paragraf)
    return decision_ids.place(asked.datum, paragraf, decision_ids.order(name)[1])


def _before(kommun: Kommun, place: decision_ids.Place) -> list[Beslut]:
    """The decisions before a place among them, in order."""
    return [beslut for beslut in kommun.beslut if beslut.order < place]


def _replaced(kommun: Kommun, name: str, asked: Wanted) -> Beslut | None:
    """The decision right before, which the new one is chained to; it rests on none that has been
    tampered with, and comes last if it is not entered late."""
    verified(kommun)
    _check_order_of_day(kommun, asked)
    earlier = _before(kommun, _place(asked, name))
    is_last = len(earlier) == len(kommun.beslut)
    if not is_last and not asked.late:
        raise DecisionRefused(
            f"Det senaste beslutet är från {kommun.beslut[-1].order[0]}. Ett nytt beslut ska ha "
            "ett senare datum. Fattades beslutet tidigare, men har inte förts in: ställ filerna "
            "som de beslutades, och lägg till --i-efterhand."
        )
    if is_last and asked.late:
        raise DecisionRefused(
            "--i-efterhand: Inget senare beslut finns här. Kör kommandot utan --i-efterhand."
        )
    if not earlier and asked.unchanged:
        raise DecisionRefused(
            f"{kommun.id} har inget beslut att bekräfta. Kör kommandot utan --oförändrad."
        )
    return earlier[-1] if earlier else None


def _check_order_of_day(kommun: Kommun, asked: Wanted) -> None:
    """Two decisions of a day are in the order of their paragraphs, or one is entered late."""
    number = decision_ids.number(asked.paragraf)
    for beslut in kommun.beslut:
        facts = beslut.revision.beslut or {}
        if beslut.order[0] != asked.datum:
            continue
        taken = decision_ids.number(facts.get("paragraf", ""))
        if number is None or taken is None or number <= taken:
            raise DecisionRefused(
                f"Beslutet {beslut.id} {facts.get('paragraf', '')} är fryst, och besluten samma "
                "dag ska komma i paragrafernas ordning. Kontrollera paragrafen mot protokollet."
            )


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
    said = asking.checked({
        "nämnd": namnd if asked.namnd is None else asked.namnd,
        "händelse": happened if asked.handelse is None else asked.handelse,
    })  # fmt: skip
    facts = cast("Beslutsuppgifter", {"nämnd": said["nämnd"], **_given(asked), **said})
    if latest is not None:
        facts["ersätter"] = latest.id
        facts["ersätter_kontrollsumma"] = latest.data["kontrollsumma"]
    if kommun.handelser:
        facts["senaste_händelse"] = kommun.handelser[-1].id
        facts["senaste_händelse_kontrollsumma"] = kommun.handelser[-1].data["kontrollsumma"]
    if asked.reservations:
        facts["reservationer"] = [
            asking.checked({"reservation": one})["reservation"] for one in asked.reservations
        ]
    if asked.on_behalf is not None:
        facts["på_nämndens_vägnar"] = asked.on_behalf
    return facts


def _given(asked: Wanted) -> dict[str, str]:
    """The facts that are always asked for."""
    said = asking.checked({"paragraf": asked.paragraf, "diarienummer": asked.diarienummer})
    return {"datum": asked.datum, **said}


def _in_options(finding: Finding) -> str:
    """A finding in a file that is not written, in words, with the option that it comes from."""
    field = str(finding.data_path[-1] if finding.data_path else "")
    option, _ = asking.OPTIONS.get(field, ("Beslutet", ""))
    return f"{option}: {finding.message} {finding.remedy}".rstrip()


def _path(kommun: Kommun, name: str) -> Path:
    folder = kommun.folder / "beslut"
    if folder.is_symlink() or kommun.folder.is_symlink():
        raise DecisionRefused(f"{shown(folder)} är en länk. Ersätt den med en mapp.")
    path = folder / f"{name}.yaml"
    if files.there(path):
        raise _exists(path)
    return path


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
