"""The command diff."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from insatskoll.cli import changes, reports, terminal
from insatskoll.cli.changes import READ, DiffFormat
from insatskoll.cli.codes import FINDINGS
from insatskoll.cli.common import (
    Level,
    say,
    tell,
    usable,
)
from insatskoll.cli.reports import Besides

if TYPE_CHECKING:
    from insatskoll.catalogue.model import Kommun
    from insatskoll.diff.pairs import Pair
    from insatskoll.diff.telling import Telling
    from insatskoll.lint.configuration import Settings


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
    from insatskoll.api import comparing
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
    barred = comparing.barred(compared, settings, asked)
    told = comparing.told(compared, settings, barred, datum, lint=lint)
    fails_at = level or (compared.judging or settings).fail_level
    found = changes.Changes(
        told.tellings,
        told.remarks,
        fails_at,
        changes.address(link_to),
        bool(compared.signers),
        compared.lost,
    )
    if form in READ:
        found.show(form, place, also)
    else:
        _say_all(told.remarks)
        keep = form is DiffFormat.tjänsteskrivelse and not write_over
        _write_changes(
            compared.pairs, told.of_files, form, output or settings.output, settings, keep
        )
        found.write(also)
    reasons = [*failing.signers(compared.signers), *failing.touched(told.tellings)]
    reasons += failing.stopped(told.tellings, barred.codes)
    if terminal.quiet():  # otherwise they are told among the changes
        reasons += failing.found(found.failing)
    _say_all(reasons)
    if found.outcome.fails:
        raise typer.Exit(FINDINGS)


def _say_all(texts: Iterable[str]) -> None:
    """Says them beside what the command prints."""
    for text in texts:
        say(text, err=True)


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
