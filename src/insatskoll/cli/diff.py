"""The command diff."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from insatskoll import names
from insatskoll.cli import changes, reports, terminal
from insatskoll.cli.changes import READ, DiffFormat
from insatskoll.cli.codes import FINDINGS
from insatskoll.cli.common import (
    Level,
    load_begrepp,
    load_rules,
    say,
    tell,
    usable,
)
from insatskoll.cli.reports import Besides

if TYPE_CHECKING:
    from insatskoll.catalogue.model import Kommun
    from insatskoll.diff.decisions import Mark
    from insatskoll.diff.pairs import Pair
    from insatskoll.diff.sides import Compared
    from insatskoll.diff.telling import Telling
    from insatskoll.law.rules import RuleSet
    from insatskoll.lint.configuration import Settings

    Measure = tuple[RuleSet, frozenset[str]]


def diff_command(
    old: Annotated[
        str | None,
        typer.Argument(
            metavar="[FRÅN]",
            help=(
                "Beslutsdatum, git-revision, mapp, fil eller ett intervall som main...HEAD. "
                "Annars: det senaste beslutet."
            ),
            show_default=False,
        ),
    ] = None,
    new: Annotated[
        str | None,
        typer.Argument(
            metavar="[TILL]",
            help="Beslutsdatum, git-revision, mapp eller fil. Annars: filerna som de är nu.",
            show_default=False,
        ),
    ] = None,
    kommun: Annotated[
        str | None,
        typer.Option(
            "--kommun",
            help="Bara den här kommunen. Annars: alla som har ändrats.",
            show_default=False,
        ),
    ] = None,
    per: Annotated[
        tuple[str, str] | None,
        typer.Option(
            "--per",
            metavar="DAG DAG",
            help="Det som gäller den första dagen mot det som gäller den andra.",
            show_default=False,
        ),
    ] = None,
    datum: Annotated[
        str | None,
        typer.Option(
            "--datum",
            metavar="ÅÅÅÅ-MM-DD",
            help=(
                "Dagen som fynd och godtagna ändringar prövas per. Annars: förslagets, beslutets "
                "eller incheckningens."
            ),
            show_default=False,
        ),
    ] = None,
    form: Annotated[
        DiffFormat,
        typer.Option(
            "--format", help="Hur ändringarna visas. De tre sista skrivs som filer i mappen ut."
        ),
    ] = DiffFormat.text,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FIL|MAPP",
            help=(
                "Mapp för html, docx och tjänsteskrivelse, annars: ut. För de andra formaten en "
                "fil; det som skrivs ut är då text."
            ),
            show_default=False,
        ),
    ] = None,
    report: Besides = None,
    link_to: Annotated[
        str | None,
        typer.Option(
            "--link-to",
            metavar="ADRESS",
            help="Länka i Markdown till raderna under den här adressen, som är arkivets topp.",
            show_default=False,
        ),
    ] = None,
    write_over: Annotated[
        bool,
        typer.Option(
            "--skriv-över",
            help="Skriv över en tjänsteskrivelse som någon har fyllt i. Annars: stanna före.",
        ),
    ] = False,
    lint: Annotated[
        bool,
        typer.Option("--lint", help="Visa också vilka fynd som ändringen för in och tar bort."),
    ] = False,
    fail_on: Annotated[
        list[str] | None,
        typer.Option(
            "--fail-on",
            metavar="UTFALL|AXEL",
            help=(
                "Slutkod 1 om någon ändring har det utfallet, med kod eller namn, eller något "
                "utfall på axeln: snävare, less-documentation, barn. Flera med komma."
            ),
            show_default=False,
        ),
    ] = None,
    level: Annotated[
        Level | None,
        typer.Option(
            "--fail-level",
            help="Lägsta nivå på ett nytt fynd som ger slutkod 1 med --lint. Annars: fel.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Visa vad som har ändrats, och vad det betyder.

    Varje ändring bedöms för sig: effekten för den enskilde, barn och samtycke, dokumentation,
    avgift, omfattning, utförare. Formatet docx är bilagan med spårade ändringar för Word, och
    tjänsteskrivelse ett utkast i Word och Markdown, också till ett första beslut.

    \b
    Exempel:
      insatskoll diff                                från senaste beslutet till filerna som de är nu
      insatskoll diff 2025-05-19 --kommun uppsala
      insatskoll diff --per 2025-07-01 2026-07-01    vad som gäller två dagar
      insatskoll diff main...HEAD --format markdown  för en pull request
      insatskoll diff --format docx                  bilagan med spårade ändringar
      insatskoll diff main...HEAD --lint --fail-on snävare,dokumentation
    \b
    main...HEAD med tre punkter är det som har gjorts på den egna grenen. Med två, eller med bara
    main, räknas också det som har ändrats på main sedan dess, åt fel håll.
    """
    from insatskoll import dates, errors
    from insatskoll.cli import failing
    from insatskoll.diff import sides
    from insatskoll.lint import configuration

    settings = configuration.load_settings()
    asked = _asked(fail_on)
    place = reports.place(output, settings, ()) if form in READ else None
    also = reports.besides(report or (), READ, settings, place)
    if per is not None and old is not None:
        raise errors.UsageError("Välj --per eller FRÅN och TILL.")
    if datum is not None:
        dates.check_near_date(datum)
    first = form is DiffFormat.tjänsteskrivelse
    compared = (
        sides.compared(old, new, kommun, settings, undecided=first)
        if per is None
        else sides.compared_days(per, kommun, settings)
    )
    stopping = _stopping(compared, settings) if asked is None else asked
    measure = _measure(compared, settings) if lint else None
    come = _come(compared.pairs)
    of_files = [
        _with_signed(_telling(pair, measure, come, stopping, datum), compared)
        for pair in compared.pairs
    ]
    tellings = [
        telling
        for pair, one in zip(compared.pairs, of_files, strict=True)
        for telling in _with_besides(one, compared.judging or settings, whole=pair.whole)
    ]
    remarks = [*filter(None, [compared.signers]), *compared.remarks, *_questions(of_files)]
    fails_at = level or (compared.judging or settings).fail_level
    found = changes.Changes(
        tellings, remarks, fails_at, changes.address(link_to), bool(compared.signers), compared.lost
    )
    if form in READ:
        found.show(form, place, also)
    else:
        _say_all(remarks)
        keep = form is DiffFormat.tjänsteskrivelse and not write_over
        _write_changes(compared.pairs, of_files, form, output or settings.output, settings, keep)
        found.write(also)
    reasons = [*failing.signers(compared.signers), *failing.touched(tellings)]
    reasons += failing.stopped(tellings, stopping)
    if terminal.quiet():  # otherwise they are told among the changes
        reasons += failing.found(found.failing)
    _say_all(reasons)
    if found.outcome.fails:
        raise typer.Exit(FINDINGS)


def _say_all(texts: Iterable[str]) -> None:
    """Says them beside what the command prints."""
    for text in texts:
        say(text, err=True)


def _questions(tellings: Sequence[Telling]) -> Iterator[str]:
    """What to ask of what may be the same insats under another name, by municipality."""
    from insatskoll.diff import asking

    for one in tellings:
        for question in asking.questions(one.comparison):
            yield f"{names.visible(one.kommun)}: {question}"


def _asked(fail_on: Sequence[str] | None) -> list[str] | None:
    """The verdicts in the option ``--fail-on``, if it is given."""
    from insatskoll.diff import gate
    from insatskoll.errors import UsageError
    from insatskoll.law.selection import Prefix

    if fail_on is None:
        return None
    words = [word.strip() for text in fail_on for word in text.split(",") if word.strip()]
    if not words:
        raise UsageError("--fail-on saknar utfall. Kommandot insatskoll verdicts visar alla.")
    return gate.wanted([Prefix(word, "--fail-on") for word in words])


def _stopping(compared: Compared, settings: Settings) -> list[str]:
    """The verdicts that fail a change by the settings: those of the side that is compared with,
    where the change has others."""
    if not settings.fail_on and compared.judging is None:
        return []
    from insatskoll.diff import gate

    if compared.judging is None:
        return gate.wanted(settings.fail_on)
    return gate.understood(compared.judging.fail_on)


def _come(pairs: Sequence[Pair]) -> set[Mark]:
    """The decisions and records of the municipalities that have come."""
    from insatskoll.diff import decisions

    come = (p.new.kommun for p in pairs if p.old.kommun is None and p.new.kommun is not None)
    return {mark for kommun in come for mark in decisions.marks(kommun)}


def _measure(compared: Compared, settings: Settings) -> Measure:
    """The rules and the concepts to judge both sides by."""
    rules, chosen = load_rules(settings), settings.selection
    if compared.judging is not None:
        # that of another time may name an own rule that is gone
        chosen = compared.judging.selection.within(rules)
    return chosen.of(rules), load_begrepp(settings)


def _with_signed(telling: Telling, compared: Compared) -> Telling:
    """The telling with the signatures that have come."""
    signed = compared.signed.get(telling.comparison.new.kommun_id)
    if not signed:
        return telling
    from insatskoll.decisions import signatures

    come = signatures.come(signed, compared.keys)
    return replace(telling, decisions=(*telling.decisions, *come))


def _with_besides(telling: Telling, settings: Settings, *, whole: bool) -> Iterator[Telling]:
    """The telling of a municipality's files, and where both sides are ``whole`` what a change does
    besides to what is in force."""
    from insatskoll.diff import taking_force

    besides = list(taking_force.besides(telling)) if whole else []
    yield _with_unheld(telling, besides, settings)
    yield from besides


def _with_unheld(telling: Telling, besides: Sequence[Telling], settings: Settings) -> Telling:
    """The telling with the findings about accepted changes that do not hold, neither there nor in
    those ``besides``."""
    if telling.accepted_in is None:
        return telling
    from insatskoll.diff import gate
    from insatskoll.lint.placing import file_finding

    rules = load_rules(settings)
    chosen = settings.selection.within(rules).of(rules)
    found = tuple(
        file_finding(chosen, file, problem)
        for file in gate.unheld(telling, besides)
        for problem in file.problems
        if problem.rule in chosen.rules
    )
    return replace(telling, unheld=found) if found else telling


def _telling(
    pair: Pair,
    measure: Measure | None,
    come: Collection[Mark],
    stopping: Sequence[str],
    datum: str | None,
) -> Telling:
    """What is to be told of a municipality's two sides; with a ``measure`` also how its findings
    change. ``stopping`` are the verdicts that fail a change, and ``datum`` (ÅÅÅÅ-MM-DD) the day at
    which it is judged, where it is not its own.

    ``come`` are the decisions of municipalities that have come, which a removed one may have
    become.
    """
    from insatskoll.catalogue.model import absent
    from insatskoll.diff import decisions, facts, lapsing
    from insatskoll.diff.telling import Telling

    lacking = absent(pair.kommun_id)
    comparison = facts.compare(pair.old.revision or lacking, pair.new.revision or lacking)
    findings = None
    if measure is not None:
        from insatskoll.diff.findings import change
        from insatskoll.diff.matching import renamed

        new_ids = renamed(comparison.groups)
        only = {pair.insats[1]} if pair.insats else None
        findings = change(
            pair.old.kommun, pair.new.kommun, *measure, datum, renamed=new_ids, only=only
        )
    frozen = (
        decisions.changes(pair.old.kommun, pair.new.kommun, come, pair.doubts) if pair.whole else ()
    )
    found_in = (pair.old.place, pair.new.place)
    both = (pair.old.kommun, pair.new.kommun)
    day = datum or pair.day
    lead = lapsing.LEAD if comparison.new.per is not None else ""
    return Telling(
        comparison, found_in, findings, frozen, both, tuple(stopping), day=day, lead=lead
    )


def _write_changes(
    pairs: Sequence[Pair],
    tellings: Sequence[Telling],
    form: DiffFormat,
    folder: Path,
    settings: Settings,
    keep: bool,
) -> None:
    """Writes the forms that are files, all of them or none, and tells which; with ``keep`` over
    none that someone has worked in."""
    from insatskoll import names, writing
    from insatskoll.cli import filled
    from insatskoll.diff.forms import documents

    made: dict[str, bytes] = {}
    for pair, telling in zip(pairs, tellings, strict=True):
        if form is DiffFormat.html:
            made |= documents.html(telling)
        elif form is DiffFormat.docx:
            from insatskoll.tracked.merging import merge

            made |= documents.tracked(telling, _as_it_looks(pair, settings), merge)
        else:
            made |= documents.letter(telling, _as_it_looks(pair, settings))
    files = {folder / name: data for name, data in made.items()}
    if keep:
        filled.stop_for(files)
    writing.write_all(files, given=None if folder is settings.output else folder)
    for path in files:
        tell(names.shown(path))
    if not files:
        tell("Inga ändringar.")


def _as_it_looks(pair: Pair, settings: Settings) -> Kommun:
    """The municipality whose look its documents get: as it is now in the catalogue at hand, or else
    where it was found."""
    from insatskoll.catalogue import workspace

    folder = settings.catalogue / "kommuner" / pair.kommun_id
    found = pair.new.kommun or pair.old.kommun
    assert found is not None
    return usable(folder) if workspace.is_kommun_folder(folder) else found
