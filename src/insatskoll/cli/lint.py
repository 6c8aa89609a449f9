"""The command lint."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import click
import typer

from insatskoll.cli.common import Level, Select, Targets
from insatskoll.cli.reports import Besides, Output


class LintFormat(StrEnum):
    """The forms of a lint report."""

    text = "text"
    json = "json"
    github = "github"
    azure = "azure"
    gitlab = "gitlab"
    sarif = "sarif"
    junit = "junit"
    markdown = "markdown"


def lint_command(
    targets: Targets = None,
    form: Annotated[
        LintFormat, typer.Option("--format", help="Hur fynden skrivs ut.")
    ] = LintFormat.text,
    fail_level: Annotated[
        Level | None,
        typer.Option(
            "--fail-level",
            help="Lägsta nivå som underkänner granskningen. Annars: fel.",
            show_default=False,
        ),
    ] = None,
    datum: Annotated[
        str | None,
        typer.Option(
            "--datum",
            metavar="ÅÅÅÅ-MM-DD",
            help="Pröva reglerna per den här dagen.",
            show_default=False,
        ),
    ] = None,
    waived: Annotated[bool, typer.Option("--waived", help="Visa även godtagna fynd.")] = False,
    fix: Annotated[
        bool,
        typer.Option(
            "--fix", help="Rätta i filerna det som bara har ett rätt svar, och granska sedan."
        ),
    ] = False,
    preview: Annotated[
        bool, typer.Option("--diff", help="Visa vad --fix skulle ändra, utan att skriva.")
    ] = False,
    select: Select = None,
    ignore: Annotated[
        list[str] | None,
        typer.Option(
            "--ignore",
            metavar="REGLER",
            help="Pröva inte de här reglerna. Skrivs som --select.",
            show_default=False,
        ),
    ] = None,
    baseline_file: Annotated[
        Path | None,
        typer.Option(
            "--baseline",
            metavar="FIL",
            help=(
                "Fynd som redan är kända och inte underkänner. Annars: "
                "insatskoll-baslinje.json, om den finns."
            ),
            show_default=False,
        ),
    ] = None,
    write_baseline: Annotated[
        bool,
        typer.Option(
            "--write-baseline",
            help="Skriv fynden som de är nu till baslinjen, så att bara nya underkänner.",
        ),
    ] = False,
    no_cache: Annotated[
        bool,
        typer.Option("--no-cache", help="Granska allt på nytt, också det som inte har ändrats."),
    ] = False,
    output: Output = None,
    report_to: Besides = None,
    stdin_filename: Annotated[
        str | None,
        typer.Option(
            "--stdin-filename",
            metavar="FIL",
            help="Med målet -: namnet som filen på standard in har i katalogen.",
            show_default=False,
        ),
    ] = None,
    exit_zero: Annotated[
        bool,
        typer.Option("--exit-zero", help="Slutkod 0 också när det finns fynd som underkänner."),
    ] = False,
    statistics: Annotated[
        bool,
        typer.Option("--statistics", help="Hur många fynd varje regel har, i stället för fynden."),
    ] = False,
) -> None:
    """Granska katalogen mot lagen och mot sig själv.

    Med målet - granskas en fil som kommer på standard in, till exempel ur en redigerare, i stället
    för filen som har namnet. Resten av kommunen läses som den är sparad. En sådan fil rättas inte:
    --fix och --diff gäller sparade filer.

    \b
    Exempel:
      insatskoll lint                      hela katalogen
      insatskoll lint uppsala              en kommun
      insatskoll lint --format github      som kommentarer i en pull request
      insatskoll lint --diff               vad --fix skulle rätta; slutkod 1 om något
      insatskoll lint --select IK1,IK203   bara några regler
      insatskoll lint --write-baseline     räkna dagens fynd som kända
      insatskoll lint --format sarif --output fynd.sarif
      insatskoll lint - --stdin-filename catalogue/kommuner/uppsala/kommun.yaml < kommun.yaml
    """
    from insatskoll import errors
    from insatskoll.cli import again, reports, terminal, typed
    from insatskoll.reading.cache import NOTHING

    changing = fix or preview or write_baseline
    given = typed.typed(targets or (), stdin_filename, changing=changing)
    paths = [*(targets or ()), *([str(baseline_file)] if baseline_file else ())]
    cache = NOTHING if no_cache or given is not None else again.cache(paths)
    manner = (terminal.quiet(), terminal.colour(), exit_zero, statistics)
    asked = (targets, form, fail_level, datum, waived, select, ignore, baseline_file, manner)
    question = again.question(asked, paths, cache, terminal=sys.stdout.isatty())
    filed = output is not None or bool(report_to)
    answer = None if changing or filed else question.answer()
    if answer is None:
        from insatskoll.cli import linting

        run = linting.Linting(targets or [], datum, select or [], ignore or [], question, given)
        looked_at = (*run.folders, *run.catalogues)
        place = reports.place(output, run.settings, looked_at)
        also = reports.besides(report_to or (), LintFormat, run.settings, place, looked_at)
        if (also or place is not None) and (preview or write_baseline):
            raise errors.UsageError(
                "--output och --report hör till rapporten, inte till --diff eller --write-baseline."
            )
        if preview:
            raise typer.Exit(run.preview_fixes())
        if fix:
            run.fix()
        if write_baseline:
            run.write_baseline(baseline_file)
            return
        report = run.judged(fail_level and fail_level.value, baseline_file)
        wanted = [*also, *([(form, place)] if place is not None else [])]
        reports.write_all(
            {to: linting.filed(report, one.value, waived=waived) for one, to in wanted}
        )
        form = form if place is None else LintFormat.text
        if statistics:
            text = linting.statistics(report)
        else:
            text = linting.told(report, form.value, waived=waived)
        answer = text, linting.code(report, exit_zero=exit_zero)
        if not run.tell_left_out() and not filed:
            question.keep(*answer)
    text, code = answer
    click.echo(text, nl=False, color=True)
    raise typer.Exit(code)
