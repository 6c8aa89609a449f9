"""The command line: the only place that prints, and that decides the exit code.

Exit codes: 0 clean, 1 findings at or above the level that fails, 2 wrong usage or unreadable input, 3 nothing to check.
Heavy libraries are imported by the commands that need them, so that the start is quick.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import click
import typer

from insatskoll import __version__, swedish_cli
from insatskoll.errors import NothingToCheck, Refused

if TYPE_CHECKING:
    from insatskoll.model import Kommun, Revision
    from insatskoll.rules import RuleSet

CLEAN, FINDINGS, USAGE, NOTHING = 0, 1, 2, 3

app = typer.Typer(
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    help="Granskar, jämför och publicerar kommunens insatser utan behovsprövning.",
)


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


class DiffFormat(StrEnum):
    """The forms of a diff."""

    text = "text"
    markdown = "markdown"


class BilagaFormat(StrEnum):
    """The formats of a bilaga."""

    html = "html"
    md = "md"
    docx = "docx"
    pdf = "pdf"


Targets = Annotated[
    list[str] | None,
    typer.Argument(metavar="[MÅL]...", help="Kommuner, mappar eller filer. Utan mål: hela katalogen.", show_default=False),
]


@app.callback()
def _top(
    version: Annotated[bool, typer.Option("--version", help="Visa programmets version.", is_eager=True)] = False,
) -> None:
    if version:
        click.echo(f"insatskoll {__version__}")
        raise typer.Exit(CLEAN)


@app.command("lint")
def lint_command(
    targets: Targets = None,
    form: Annotated[LintFormat, typer.Option("--format", help="Hur fynden skrivs ut.")] = LintFormat.text,
    fail_level: Annotated[
        Level | None,
        typer.Option("--fail-level", help="Lägsta nivå som underkänner granskningen. Annars: fel.", show_default=False),
    ] = None,
    datum: Annotated[
        str | None,
        typer.Option("--datum", metavar="ÅÅÅÅ-MM-DD", help="Pröva reglerna per den här dagen.", show_default=False),
    ] = None,
    waived: Annotated[bool, typer.Option("--waived", help="Visa även godtagna fynd.")] = False,
) -> None:
    """Granska katalogen mot lagen och mot sig själv.

    \b
    Exempel:
      insatskoll lint                      hela katalogen
      insatskoll lint uppsala              en kommun
      insatskoll lint --format github      som kommentarer i en pull request
    """
    from insatskoll import findings, lint, model, reporters, resources, workspace

    settings = workspace.load_settings()
    if datum is not None:
        _check_date(datum)
    wanted = workspace.find_targets(targets or [], settings)
    ruleset = _rules()
    begrepp = model.load_begrepp(resources.CATALOGUE) | model.load_begrepp(settings.catalogue)
    kommuner = (model.load_kommun(target.folder) for target in wanted)
    report = lint.lint(kommuner, ruleset, begrepp, datum).restricted({target.folder: target.files for target in wanted})
    if form is LintFormat.text:
        from insatskoll.reporters import text

        _print_rich(text.render(report, waived=waived))
    else:
        click.echo(reporters.reporter(form.value)(report), nl=False)
    limit = fail_level.value if fail_level else settings.fail_level
    failed = any(findings.at_or_above(f.level, limit) for f in report.open)
    raise typer.Exit(USAGE if report.unreadable else FINDINGS if failed else CLEAN)


@app.command("diff")
def diff_command(
    old: Annotated[
        str | None,
        typer.Argument(metavar="[FRÅN]", help="Beslutsdatum eller mapp. Annars: det senaste beslutet.", show_default=False),
    ] = None,
    new: Annotated[
        str | None,
        typer.Argument(metavar="[TILL]", help="Beslutsdatum eller mapp. Annars: filerna som de är nu.", show_default=False),
    ] = None,
    kommun: Annotated[
        str | None, typer.Option("--kommun", help="Bara den här kommunen. Annars: alla som har ett beslut.", show_default=False)
    ] = None,
    form: Annotated[DiffFormat, typer.Option("--format", help="Hur ändringarna skrivs ut.")] = DiffFormat.text,
) -> None:
    """Visa vad som har ändrats sedan ett beslut, och vad det betyder.

    \b
    Exempel:
      insatskoll diff                            från senaste beslutet till filerna som de är nu
      insatskoll diff 2025-05-19 --kommun uppsala
      insatskoll diff --format markdown          för en pull request
    """
    from insatskoll import workspace
    from insatskoll.diff import facts, report

    settings = workspace.load_settings()
    targets = workspace.find_targets([kommun] if kommun else [], settings)
    comparisons = []
    for target in targets:
        loaded = _usable(target.folder)
        if kommun is None and old is None and not loaded.beslut:
            continue
        comparisons.append(facts.compare(_side(loaded, old, latest=True), _side(loaded, new, latest=False)))
    if not comparisons:
        raise NothingToCheck("Ingen kommun i katalogen har ett beslut att jämföra med.")
    if form is DiffFormat.markdown:
        click.echo("\n".join(report.markdown(comparison) for comparison in comparisons), nl=False)
    else:
        from insatskoll.diff import terminal

        for comparison in comparisons:
            _print_rich(terminal.render(comparison))


@app.command("render")
def render_command(
    targets: Targets = None,
    forms: Annotated[
        list[BilagaFormat] | None,
        typer.Option("--format", help="Format; kan anges flera gånger. Annars: alla.", show_default=False),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", metavar="MAPP", help="Mapp att skriva i. Annars: ut.", show_default=False)
    ] = None,
    beslut: Annotated[
        str | None,
        typer.Option(
            "--beslut", metavar="ÅÅÅÅ-MM-DD", help="Ett fryst beslut i stället för filerna som de är nu.", show_default=False
        ),
    ] = None,
) -> None:
    """Framställ den officiella bilagan.

    \b
    Exempel:
      insatskoll render uppsala                  alla format, i mappen ut
      insatskoll render --format pdf             alla kommuner som PDF
    """
    from insatskoll import render, workspace

    settings = workspace.load_settings()
    wanted = tuple(form.value for form in forms) if forms else render.FORMATS
    for target in workspace.find_targets(targets or [], settings):
        loaded = _usable(target.folder)
        revision = _side(loaded, beslut, latest=False)
        earlier = [b.revision for b in loaded.beslut if revision.beslut is None or b.id <= revision.beslut["datum"]]
        for path in render.render_bilaga(revision, earlier, wanted, output or settings.output):
            click.echo(str(path))


@app.command("show")
def show_command(
    kommun: Annotated[
        str | None, typer.Argument(metavar="[KOMMUN]", help="Kommunen. Utan den: alla, i en tabell.", show_default=False)
    ] = None,
    insats: Annotated[
        str | None, typer.Argument(metavar="[INSATS]", help="Insatsens id. Utan det: alla insatser.", show_default=False)
    ] = None,
) -> None:
    """Visa vad katalogen innehåller.

    \b
    Exempel:
      insatskoll show                            alla kommuner
      insatskoll show uppsala                    kommunens insatser
      insatskoll show uppsala medling-vid-brott  en insats i sin helhet
    """
    from insatskoll import show, workspace

    targets = workspace.find_targets([kommun] if kommun else [], workspace.load_settings())
    if kommun is None:
        _print_rich([show.overview([_usable(target.folder) for target in targets])])
        return
    revision = _side(_usable(targets[0].folder), None, latest=False)
    if insats is None:
        _print_rich([show.insatser(revision)])
        return
    known = {one.id: one for one in revision.insatser}
    if insats not in known:
        raise workspace.UsageError(f"Insatsen ”{insats}” finns inte. Kommandot insatskoll show {kommun} visar alla.")
    _print_rich(show.insats(known[insats], revision))


@app.command("rules")
def rules_command() -> None:
    """Lista alla regler."""
    from insatskoll import rule_pages

    _print_rich([rule_pages.table(_rules())])


@app.command("explain")
def explain_command(rule_id: Annotated[str, typer.Argument(metavar="REGEL", help="Regelns id, till exempel IK203.")]) -> None:
    """Förklara en regel: vad den finner, varför, och vad man gör åt det."""
    from insatskoll import rule_pages, workspace

    ruleset = _rules()
    rule = ruleset.rules.get(rule_id.upper())
    if rule is None:
        raise workspace.UsageError(f"Regeln {rule_id} finns inte. Kommandot insatskoll rules visar alla.")
    _print_rich(rule_pages.page(rule, ruleset))


def main() -> None:
    """Runs the command line and ends the process with its exit code. No exception reaches the user."""

    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    swedish_cli.install()
    code: Any
    try:
        code = app(standalone_mode=False)
    except click.ClickException as error:
        click.echo(swedish_cli.message(error), err=True)
        code = USAGE
    except NothingToCheck as error:
        click.echo(str(error), err=True)
        code = NOTHING
    except Refused as error:
        click.echo(f"Fel: {error}", err=True)
        code = USAGE
    except (click.Abort, KeyboardInterrupt):
        click.echo("Avbrutet.", err=True)
        code = USAGE
    except BrokenPipeError:
        sys.stderr.close()
        code = CLEAN
    except OSError as error:
        click.echo(f"Fel: {error.strerror}: {error.filename or ''}", err=True)
        code = USAGE
    sys.exit(code or CLEAN)


def _rules() -> RuleSet:
    from insatskoll.rules import load_rules

    return load_rules()


def _usable(folder: Path) -> Kommun:
    """The municipality in ``folder``, all of whose files must be usable; the first that is not is told."""
    from insatskoll import model, reporters, workspace

    kommun = model.load_kommun(folder)
    for file in kommun.problems:
        first = file.problems[0]
        place = f"{reporters.shown_path(file.path)}:{first.span.line}:{first.span.column}"
        raise workspace.UsageError(f"{place}: {first.message}. {first.remedy}")
    return kommun


def _side(kommun: Kommun, wanted: str | None, *, latest: bool) -> Revision:
    """The revision that an argument means: a decision's date, a folder, or else the latest decision or the files."""
    from insatskoll import workspace

    decided = {beslut.id: beslut.revision for beslut in kommun.beslut}
    assert kommun.revision is not None
    if wanted is None:
        if not latest:
            return kommun.revision
        if not decided:
            raise workspace.UsageError(f"{kommun.id} har inget beslut att jämföra med.")
        return decided[max(decided)]
    if wanted in decided:
        return decided[wanted]
    folder = Path(wanted)
    for candidate in (folder, folder / kommun.id, folder / "kommuner" / kommun.id):
        if workspace.is_kommun_folder(candidate):
            revision = _usable(candidate).revision
            assert revision is not None
            return revision
    known = f" Beslut finns från {', '.join(decided)}." if decided else ""
    raise workspace.UsageError(f"”{wanted}” är varken ett beslut i {kommun.id} eller en mapp med kommunen.{known}")


def _check_date(text: str) -> None:
    from datetime import date

    from insatskoll import workspace

    try:
        valid = date.fromisoformat(text).isoformat() == text
    except ValueError:
        valid = False
    if not valid:
        raise workspace.UsageError(f"”{text}” är inget datum. Skriv ÅÅÅÅ-MM-DD, till exempel 2025-07-01.")


def _print_rich(renderables: Iterable[Any]) -> None:
    """Prints for people: coloured and fitted in a terminal, plain and unbroken when piped."""
    from rich.console import Console

    console = Console(highlight=False, markup=False, emoji=False)
    if not console.is_terminal:
        console = Console(highlight=False, markup=False, emoji=False, width=100_000, no_color=True)
    for renderable in renderables:
        console.print(renderable)
