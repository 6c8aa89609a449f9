"""The command lint."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import click
import typer

from insatskoll.cli.common import (
    CLEAN,
    FINDINGS,
    USAGE,
    Select,
    Targets,
    load_begrepp,
    load_rules,
    print_rich,
    refuse_bundled,
    say,
)

if TYPE_CHECKING:
    from insatskoll.law.rules import RuleSet
    from insatskoll.lint.baseline import Known
    from insatskoll.lint.run import Report


class Level(StrEnum):
    """The levels of findings."""

    fel = "fel"
    varning = "varning"
    råd = "råd"


class LintFormat(StrEnum):
    """The forms of a lint report."""

    text = "text"
    json = "json"
    github = "github"
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
) -> None:
    """Granska katalogen mot lagen och mot sig själv.

    \b
    Exempel:
      insatskoll lint                      hela katalogen
      insatskoll lint uppsala              en kommun
      insatskoll lint --format github      som kommentarer i en pull request
      insatskoll lint --diff               vad --fix skulle rätta; slutkod 1 om något
      insatskoll lint --select IK1,IK203   bara några regler
      insatskoll lint --write-baseline     räkna dagens fynd som kända
    """
    from dataclasses import replace

    from insatskoll.bilaga import printable
    from insatskoll.bilaga.profile import own_glyphs
    from insatskoll.catalogue import model
    from insatskoll.law import selection
    from insatskoll.lint import baseline, reporters, run, workspace
    from insatskoll.reading import files

    settings = workspace.load_settings()
    if datum is not None:
        workspace.check_near_date(datum)
    wanted = workspace.find_targets(targets or [], settings)
    chosen = (
        selection.prefixes(values or [], flag)
        for values, flag in ((select, "--select"), (ignore, "--ignore"))
    )
    ruleset = settings.selection.overridden(*chosen).of(load_rules(settings))
    begrepp = load_begrepp(settings)

    def checked() -> run.Report:
        kommuner = (printable.checked(model.load_kommun(target.folder)) for target in wanted)
        strays = [
            stray
            for catalogue in workspace.catalogues_of(wanted)
            for stray in model.load_strays(catalogue)
        ]
        found = run.lint(kommuner, ruleset, begrepp, datum, strays, own_glyphs)
        return found.restricted({target.folder: target.files for target in wanted})

    report = checked()
    if preview:
        raise typer.Exit(_preview_fixes(report, ruleset))
    if fix:
        refuse_bundled(wanted, settings)
        if _compose(report):
            report = checked()
        _fix(report, ruleset)
        report = checked()
    covers = baseline.coverage(
        report, {target.folder: target.files for target in wanted}, whole=not targets
    )
    known_in = baseline_file or settings.baseline
    if write_baseline:
        _write_baseline(known_in, report, covers)
        return
    if baseline_file is not None or files.there(known_in):
        report = baseline.marked(report, baseline.load(known_in), covers)
    report = replace(report, fail_level=fail_level.value if fail_level else settings.fail_level)
    if form is LintFormat.text:
        from insatskoll.lint.reporters import text

        print_rich(text.render(report, waived=waived))
    else:
        click.echo(reporters.reporter(form.value)(report), nl=False)
    failed = any(map(report.fails, report.findings))
    raise typer.Exit(USAGE if report.unreadable else FINDINGS if failed else CLEAN)


def _write_baseline(path: Path, report: Report, covers: Callable[[Known], bool]) -> None:
    """Writes the findings of ``report`` as known, and keeps what stood there of what was not
    linted."""
    from insatskoll import names, writing
    from insatskoll.lint import baseline, workspace
    from insatskoll.reading import files

    if report.unreadable:
        raise workspace.UsageError(
            "Baslinjen skrivs inte när en fil inte går att läsa. Kör insatskoll lint och rätta "
            "den först."
        )
    stood, raw = baseline.load_bytes(path) if files.there(path) else ((), None)
    known = {*baseline.of(report), *(one for one in stood if not covers(one))}
    writing.write_all({path: baseline.text(known).encode()}, before={path: raw})
    say(f"{names.shown(path)}: {len(known)} kända fynd.")


_NO_PATCH = (
    "Tecken som styr en terminal eller en logg är utskrivna med sin kod ovan, så "
    "ändringarna går inte att använda som en patch. "
    "Kör insatskoll lint --fix."
)
_UNREAD = (
    "Filer med sammansatta bokstäver (NFD) går inte att läsa förrän de är rättade. Annat i "
    "dem visas därför inte ovan, men "
    "insatskoll lint --fix rättar allt."
)


def _preview_fixes(report: Report, ruleset: RuleSet) -> int:
    """Shows what can be corrected as a unified diff; gives the exit code."""
    from insatskoll import names
    from insatskoll.lint import fixes, reporters

    composed = fixes.composed(report.open)
    planned = [*composed, *fixes.plan(report.open, ruleset)]
    shown = "".join(fix.diff(names.from_here(fix.path)) for fix in planned)
    say(shown, nl=False)
    if names.in_log(shown) != shown:
        say(_NO_PATCH, err=True)
    if composed:
        say(_UNREAD, err=True)
    say(reporters.fixed(planned, "går att rätta"), err=True)
    return USAGE if report.unreadable else FINDINGS if any(fix.mended for fix in planned) else CLEAN


def _compose(report: Report) -> bool:
    """Writes letters that are made of several characters as one, and tells of it; whether there
    were any."""
    from insatskoll import writing
    from insatskoll.lint import fixes, reporters

    planned = fixes.composed(report.open)
    if planned:
        writing.write_all(
            {f.path: f.after.encode() for f in planned},
            before={f.path: f.before.encode() for f in planned},
        )
        say(f"Sammansatta bokstäver (NFD): {reporters.fixed(planned, 'rättade')}", err=True)
    return bool(planned)


def _fix(report: Report, ruleset: RuleSet) -> None:
    """Corrects what can be corrected and tells how much it was."""
    from insatskoll import writing
    from insatskoll.lint import fixes, reporters

    planned = fixes.plan(report.open, ruleset)
    mended = [fix for fix in planned if fix.mended]
    writing.write_all(
        {fix.path: fix.after.encode() for fix in mended},
        before={fix.path: fix.before.encode() for fix in mended},
    )
    say(reporters.fixed(planned, "rättade"), err=True)
