"""The command line: the only place that prints, and that decides the exit code.

Exit codes: 0 clean, 1 findings at or above the level that fails, 2 wrong usage or unreadable input, 3 nothing to check.
Heavy libraries are imported by the commands that need them, so that the start is quick.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import click
import typer

from insatskoll import __version__, swedish_cli
from insatskoll.errors import NothingToCheck, Refused

if TYPE_CHECKING:
    from insatskoll.baseline import Known
    from insatskoll.decide import Plan
    from insatskoll.diff.report import Telling
    from insatskoll.lint import Report
    from insatskoll.model import Kommun, Revision
    from insatskoll.publish import Order
    from insatskoll.rules import RuleSet
    from insatskoll.sides import Pair
    from insatskoll.workspace import Settings, Target

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
    gitlab = "gitlab"
    sarif = "sarif"
    junit = "junit"
    markdown = "markdown"


class DiffFormat(StrEnum):
    """The forms of a diff: what is printed, and what is written as files."""

    text = "text"
    markdown = "markdown"
    json = "json"
    html = "html"
    docx = "docx"
    tjänsteskrivelse = "tjänsteskrivelse"


class RulesFormat(StrEnum):
    """The forms of the list of rules."""

    text = "text"
    markdown = "markdown"


class NewKind(StrEnum):
    """What can be started with a scaffold."""

    regel = "regel"


class BilagaFormat(StrEnum):
    """The formats of a bilaga."""

    html = "html"
    md = "md"
    docx = "docx"
    pdf = "pdf"
    json = "json"


Select = Annotated[
    list[str] | None,
    typer.Option(
        "--select",
        metavar="REGLER",
        help="Bara de här reglerna: id:n eller början på dem, med komma emellan. Kan anges flera gånger.",
        show_default=False,
    ),
]
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
    fix: Annotated[
        bool, typer.Option("--fix", help="Rätta i filerna det som bara har ett rätt svar, och granska sedan.")
    ] = False,
    preview: Annotated[bool, typer.Option("--diff", help="Visa vad --fix skulle ändra, utan att skriva.")] = False,
    select: Select = None,
    ignore: Annotated[
        list[str] | None,
        typer.Option("--ignore", metavar="REGLER", help="Pröva inte de här reglerna. Skrivs som --select.", show_default=False),
    ] = None,
    baseline_file: Annotated[
        Path | None,
        typer.Option(
            "--baseline",
            metavar="FIL",
            help="Fynd som redan är kända och inte underkänner. Annars: insatskoll-baslinje.json, om den finns.",
            show_default=False,
        ),
    ] = None,
    write_baseline: Annotated[
        bool, typer.Option("--write-baseline", help="Skriv fynden som de är nu till baslinjen, så att bara nya underkänner.")
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

    from insatskoll import baseline, lint, model, publish, reporters, selection, workspace

    settings = workspace.load_settings()
    if datum is not None:
        _check_date(datum)
    wanted = workspace.find_targets(targets or [], settings)
    chosen = (selection.prefixes(values or [], flag) for values, flag in ((select, "--select"), (ignore, "--ignore")))
    ruleset = settings.selection.overridden(*chosen).of(_rules(settings))
    begrepp = _begrepp(settings)

    def checked() -> lint.Report:
        kommuner = (publish.checked(model.load_kommun(target.folder)) for target in wanted)
        return lint.lint(kommuner, ruleset, begrepp, datum).restricted({target.folder: target.files for target in wanted})

    report = checked()
    if preview:
        raise typer.Exit(_preview_fixes(report, ruleset))
    if fix:
        _refuse_bundled(wanted, settings)
        _fix(report, ruleset)
        report = checked()
    covers = baseline.coverage(report, {target.folder: target.files for target in wanted}, whole=not targets)
    known_in = baseline_file or settings.baseline
    if write_baseline:
        _write_baseline(known_in, report, covers)
        return
    if baseline_file is not None or known_in.exists():
        report = baseline.marked(report, baseline.load(known_in), covers)
    report = replace(report, fail_level=fail_level.value if fail_level else settings.fail_level)
    if form is LintFormat.text:
        from insatskoll.reporters import text

        _print_rich(text.render(report, waived=waived))
    else:
        click.echo(reporters.reporter(form.value)(report), nl=False)
    failed = any(map(report.fails, report.findings))
    raise typer.Exit(USAGE if report.unreadable else FINDINGS if failed else CLEAN)


@app.command("diff")
def diff_command(
    old: Annotated[
        str | None,
        typer.Argument(
            metavar="[FRÅN]",
            help="Beslutsdatum, git-revision, mapp, fil eller ett intervall som main..HEAD. Annars: det senaste beslutet.",
            show_default=False,
        ),
    ] = None,
    new: Annotated[
        str | None,
        typer.Argument(
            metavar="[TILL]", help="Beslutsdatum, git-revision, mapp eller fil. Annars: filerna som de är nu.", show_default=False
        ),
    ] = None,
    kommun: Annotated[
        str | None, typer.Option("--kommun", help="Bara den här kommunen. Annars: alla som har ändrats.", show_default=False)
    ] = None,
    form: Annotated[
        DiffFormat,
        typer.Option("--format", help="Hur ändringarna visas. De tre sista skrivs som filer i mappen ut."),
    ] = DiffFormat.text,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", metavar="MAPP", help="Mapp för html, docx och tjänsteskrivelse. Annars: ut.", show_default=False
        ),
    ] = None,
    lint: Annotated[bool, typer.Option("--lint", help="Visa också vilka fynd som ändringen för in och tar bort.")] = False,
    fail_on: Annotated[
        list[str] | None,
        typer.Option(
            "--fail-on",
            metavar="UTFALL",
            help="Slutkod 1 om någon ändring har det utfallet, till exempel narrower eller less-documentation. Flera med komma.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Visa vad som har ändrats, och vad det betyder.

    Varje ändring bedöms för sig: effekten för den enskilde, barn och samtycke, dokumentation, avgift, omfattning, utförare.
    Formatet docx är bilagan med spårade ändringar för Word, och tjänsteskrivelse ett utkast i Word och Markdown.

    \b
    Exempel:
      insatskoll diff                                från senaste beslutet till filerna som de är nu
      insatskoll diff 2025-05-19 --kommun uppsala
      insatskoll diff main..HEAD --format markdown   för en pull request
      insatskoll diff --format docx                  bilagan med spårade ändringar
      insatskoll diff main --lint --fail-on narrower,less-documentation
    """
    from insatskoll import reporters, sides, workspace
    from insatskoll.diff import judgement
    from insatskoll.findings import at_or_above

    settings = workspace.load_settings()
    stopping = _verdicts(fail_on or [])
    pairs = sides.pairs(old, new, kommun, settings)
    tellings = [_telling(pair, settings if lint else None) for pair in pairs]
    if form in (DiffFormat.text, DiffFormat.markdown, DiffFormat.json):
        _print_changes(tellings, form)
    else:
        _write_changes(pairs, tellings, form, output or settings.output, settings)
    failed = 0
    for verdict in stopping:
        if number := sum(verdict in (j.verdict for j in change.judgements) for one in tellings for change in one.changes):
            failed += number
            counted = reporters.counted(number, "ändring", "ändringar")
            click.echo(f"Underkänt: {counted} med utfallet {verdict} ({judgement.VERDICTS[verdict].words}).", err=True)
    introduced = (f for one in tellings if one.findings is not None for f in one.findings.introduced)
    if failed or any(f.waived is None and at_or_above(f.level, settings.fail_level) for f in introduced):
        raise typer.Exit(FINDINGS)


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
    every: Annotated[bool, typer.Option("--all", help="Alla kommuner i katalogen. Så blir det också utan mål.")] = False,
    beslut: Annotated[
        str | None,
        typer.Option(
            "--beslut", metavar="ÅÅÅÅ-MM-DD", help="Ett fryst beslut i stället för filerna som de är nu.", show_default=False
        ),
    ] = None,
    layout: Annotated[
        str | None,
        typer.Option("--layout", metavar="NAMN", help="En annan utformning än kommunens egen.", show_default=False),
    ] = None,
    review: Annotated[
        bool,
        typer.Option("--granskningsbilaga", help="Skriv också en handling till nämnden med godtagna och öppna fynd."),
    ] = False,
    follow: Annotated[
        bool,
        typer.Option("--watch", help="Visa i webbläsaren och framställ på nytt när en fil ändras. Utan --format: bara HTML."),
    ] = False,
) -> None:
    """Framställ den officiella bilagan.

    Alla filer skrivs, eller ingen.

    \b
    Exempel:
      insatskoll render uppsala                      alla format, i mappen ut
      insatskoll render --all --format pdf           alla kommuner som PDF
      insatskoll render uppsala --beslut 2025-05-19  bilagan så som den beslutades
      insatskoll render uppsala --layout tabell      i en annan utformning
      insatskoll render uppsala --granskningsbilaga  med handlingen om godtagna fynd
      insatskoll render uppsala --watch              följ ändringarna i webbläsaren
    """
    from insatskoll import publish, render, workspace, writing

    if every and targets:
        raise workspace.UsageError("Flaggan --all kan inte stå tillsammans med mål.")
    settings = workspace.load_settings()
    wanted = tuple(form.value for form in forms) if forms else ("html",) if follow else render.FORMATS
    found = workspace.find_targets(targets or [], settings)

    def build() -> list[Path]:
        orders = [_order(target, beslut, layout) for target in workspace.find_targets(targets or [], settings)]
        folder = output or settings.output
        files = {folder / name: data for name, data in _made(_render_tasks(orders, wanted, settings, review=review)).items()}
        lacking = [line for order in orders for line in publish.lacks(order)]
        writing.write_all(files)
        for line in lacking:
            click.echo(line, err=True)
        return list(files)

    if not follow:
        for path in build():
            click.echo(str(path))
        return
    from threading import Event

    from insatskoll import watch

    roots = (settings.catalogue, Path(workspace.SETTINGS_FILE), *(target.folder for target in found))
    watch.watch(build, lambda: roots, click.echo, Event())


@app.command("decide")
def decide_command(
    kommun: Annotated[str, typer.Argument(metavar="KOMMUN", help="Kommunen vars filer är beslutade.")],
    datum: Annotated[str, typer.Option("--datum", metavar="ÅÅÅÅ-MM-DD", help="Sammanträdets datum.")],
    paragraf: Annotated[str, typer.Option("--paragraf", metavar="PARAGRAF", help="Paragrafen i protokollet.")],
    diarienummer: Annotated[str, typer.Option("--dnr", metavar="NUMMER", help="Ärendets diarienummer.")],
    namnd: Annotated[
        str | None,
        typer.Option(
            "--nämnd", metavar="NÄMND", help="Nämnden som beslutade. Annars: förslagets eller kommunens.", show_default=False
        ),
    ] = None,
    handelse: Annotated[
        str | None,
        typer.Option(
            "--händelse", metavar="ORD", help="Vad som hände. Annars: Antagen, Reviderad eller Bekräftad.", show_default=False
        ),
    ] = None,
    unchanged: Annotated[
        bool, typer.Option("--oförändrad", help="Nämnden har bekräftat det senaste beslutet som det är.")
    ] = False,
) -> None:
    """Frys filerna som de är nu i ett beslut.

    Beslutet skrivs i kommunens mapp beslut, med kontrollsumma, och ändringarna i CHANGELOG.md. Filerna ska vara granskade utan
    fel: det som lint finner rättar ni eller godtar med skäl. Ett beslut skrivs aldrig över.

    \b
    Exempel:
      insatskoll decide uppsala --datum 2025-10-20 --paragraf "§ 12" --dnr "SN 2025/1"
    """
    from insatskoll import decide, model, workspace, writing

    settings = workspace.load_settings()
    folder = _own_kommun(kommun, settings)
    planned = decide.plan(model.load_kommun(folder), decide.Asked(datum, paragraf, diarienummer, namnd, handelse, unchanged))
    files = planned.files(settings.catalogue.parent / "CHANGELOG.md")
    if _hindered(planned, settings):
        raise typer.Exit(FINDINGS)
    writing.write_all(files)
    _print_decided(planned, files)


@app.command("show")
def show_command(
    kommun: Annotated[
        str | None, typer.Argument(metavar="[KOMMUN]", help="Kommunen. Utan den: alla, i en tabell.", show_default=False)
    ] = None,
    insats: Annotated[
        str | None, typer.Argument(metavar="[INSATS]", help="Insatsens id. Utan det: alla insatser.", show_default=False)
    ] = None,
    beslut: Annotated[bool, typer.Option("--beslut", help="Kommunens beslut, och om de är orörda; slutkod 1 om inte.")] = False,
    historik: Annotated[bool, typer.Option("--historik", help="Vad varje beslut har gjort med insatsen.")] = False,
) -> None:
    """Visa vad katalogen innehåller.

    \b
    Exempel:
      insatskoll show                            alla kommuner
      insatskoll show uppsala                    kommunens insatser
      insatskoll show uppsala --beslut           kommunens beslut
      insatskoll show uppsala medling-vid-brott  en insats i sin helhet
      insatskoll show medling-vid-brott --historik
    """
    from insatskoll import show, workspace

    if beslut or historik:
        raise typer.Exit(_show_over_time(kommun, insats, beslut=beslut, historik=historik))
    targets = workspace.find_targets([kommun] if kommun else [], workspace.load_settings())
    if kommun is None:
        _print_rich([show.overview([_usable(target.folder) for target in targets])])
        return
    revision = _side(_usable(targets[0].folder))
    if insats is None:
        _print_rich([show.insatser(revision)])
        return
    known = {one.id: one for one in revision.insatser}
    if insats not in known:
        raise workspace.UsageError(f"Insatsen ”{insats}” finns inte. Kommandot insatskoll show {kommun} visar alla.")
    _print_rich(show.insats(known[insats], revision))


@app.command("rules")
def rules_command(
    form: Annotated[RulesFormat, typer.Option("--format", help="Hur reglerna skrivs ut.")] = RulesFormat.text,
    output: Annotated[
        Path | None,
        typer.Option("--output", metavar="MAPP", help="Skriv en sida per regel i mappen (med markdown).", show_default=False),
    ] = None,
    check: Annotated[bool, typer.Option("--check", help="Skriv inget; slutkod 1 om mappens sidor inte stämmer.")] = False,
    select: Select = None,
    test: Annotated[bool, typer.Option("--test", help="Kör reglernas egna exempel i stället.")] = False,
) -> None:
    """Lista alla regler, kommunens egna också.

    \b
    Exempel:
      insatskoll rules                                         en tabell
      insatskoll rules --format markdown                       allt om alla regler
      insatskoll rules --format markdown --output docs/regler  en sida per regel
      insatskoll rules --test --select KOM                     kör exemplen i de egna reglerna
    """
    from insatskoll import selection, workspace

    if output is None and check:
        raise workspace.UsageError("Flaggan --check behöver --output med mappen som ska jämföras.")
    known = _rules()
    ruleset = selection.Selection(tuple(selection.prefixes(select or [], "--select"))).of(known)
    if test:
        raise typer.Exit(_test_rules(known, ruleset))
    if form is RulesFormat.text:
        from insatskoll import rule_pages

        if output is not None:
            raise workspace.UsageError("Flaggan --output behöver --format markdown.")
        _print_rich([rule_pages.table(ruleset)])
        return
    if output is not None and select:
        raise workspace.UsageError("Flaggan --output skriver alla regler och kan inte stå med --select.")
    from insatskoll import rule_reference, writing

    if output is None:
        click.echo(rule_reference.whole(ruleset), nl=False)
    elif check:
        for path in (differing := rule_reference.drift(ruleset, output)):
            click.echo(f"{path.as_posix()} stämmer inte med reglerna. Kör make docs.")
        raise typer.Exit(FINDINGS if differing else CLEAN)
    else:
        writing.write_all({output / name: text.encode() for name, text in rule_reference.pages(ruleset).items()})
        for path in rule_reference.left_over(ruleset, output):
            path.unlink()


@app.command("explain")
def explain_command(
    words: Annotated[
        list[str], typer.Argument(metavar="REGEL|LAGRUM...", help="Regelns id (IK203) eller lagrummet (14 kap. 5 § eller 14:5).")
    ],
) -> None:
    """Förklara en regel eller ett lagrum.

    En regel: vad den finner, varför, och vad man gör åt det. Ett lagrum: vad det säger, vilka regler som vilar på det och
    vilka insatser i katalogen som gör det.

    \b
    Exempel:
      insatskoll explain IK203
      insatskoll explain 14:5
      insatskoll explain "SoL 14 kap. 5 §"
    """
    from insatskoll import provision_pages, rule_pages, workspace

    wanted = " ".join(words)
    ruleset = _rules()
    if provision_pages.is_provision(wanted):
        _print_rich(_provision_page(wanted, ruleset))
        return
    rule = ruleset.rules.get(wanted.upper())
    if rule is None:
        raise workspace.UsageError(f"Regeln {wanted} finns inte. Kommandot insatskoll rules visar alla.")
    _print_rich(rule_pages.page(rule, ruleset))


@app.command("new")
def new_command(
    kind: Annotated[NewKind, typer.Argument(metavar="SLAG", help="Vad som ska skapas: regel.")],
    rule_id: Annotated[str, typer.Argument(metavar="ID", help="Regelns id, till exempel EX001.")],
    namn: Annotated[str, typer.Option("--namn", help="Bristen som regeln finner, i några ord.")],
    datum: Annotated[
        str, typer.Option("--datum", metavar="ÅÅÅÅ-MM-DD", help="Dagen då regeln jämfördes med källan.")
    ] = "2025-07-01",
) -> None:
    """Börja på en ny regel.

    SLAG är ordet regel, och ID är egna versaler med tre siffror. Filen hamnar i katalogens mapp regler. Den fungerar som
    den är och förklarar varje fält.

    \b
    Exempel:
      insatskoll new regel EX001 --namn "Mötesplats utan syfte"
    """
    from insatskoll import scaffold, workspace, writing

    _check_date(datum)
    if rule_id in _rules().rules:
        raise workspace.UsageError(f"Regeln {rule_id} finns redan. Välj ett annat id.")
    path, text = scaffold.new_rule(rule_id, namn, datum, workspace.load_settings().catalogue)
    writing.write_all({path: text.encode()})
    click.echo(f"{path.as_posix()} är skriven. Ändra den, och kör sedan insatskoll explain {rule_id} och insatskoll lint.")


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


def _rules(settings: Settings | None = None) -> RuleSet:
    """The program's rules, and those of the catalogue at hand."""
    from insatskoll import workspace
    from insatskoll.rules import load_rules

    return load_rules(own=(settings or workspace.load_settings()).catalogue)


def _write_baseline(path: Path, report: Report, covers: Callable[[Known], bool]) -> None:
    """Writes the findings of ``report`` as known, and keeps what stood there of what was not linted."""
    from insatskoll import baseline, workspace, writing

    if report.unreadable:
        raise workspace.UsageError("Baslinjen skrivs inte när en fil inte går att läsa. Kör insatskoll lint och rätta den först.")
    kept = [known for known in (baseline.load(path) if path.exists() else ()) if not covers(known)]
    known = {*baseline.of(report), *kept}
    writing.write_all({path: baseline.text(known).encode()})
    click.echo(f"{path}: {len(known)} kända fynd.")


def _test_rules(ruleset: RuleSet, chosen: RuleSet) -> int:
    """Puts the examples of the rules ``chosen`` to the whole ``ruleset`` and tells those that do not come out as written."""
    import tempfile

    from insatskoll import examples
    from insatskoll.reporters import counted

    tried, failed = 0, 0
    with tempfile.TemporaryDirectory() as folder:
        for rule in chosen.rules.values():
            for kind, example in examples.of(rule):
                tried += 1
                for wrong in examples.wrong(kind, example, rule, ruleset, Path(folder) / str(tried)):
                    failed += 1
                    click.echo(f"{rule.path}: ”{example['namn']}”: {wrong}")
    click.echo(f"{counted(len(chosen.rules), 'regel', 'regler')}, {tried} exempel: {failed or 'inga'} fel.")
    return FINDINGS if failed else CLEAN


def _provision_page(text: str, ruleset: RuleSet) -> Iterable[Any]:
    """The page of the provision that ``text`` means, with the insatser of the catalogue at hand, or else the bundled one."""
    from insatskoll import model, provision_pages, resources, workspace

    lagrum = provision_pages.find(text, ruleset.lagrum)
    settings = workspace.load_settings()
    folders = model.kommun_folders(settings.catalogue) or model.kommun_folders(resources.CATALOGUE)
    revisions = [revision for folder in folders if (revision := model.load_kommun(folder).revision) is not None]
    begrepp = model.load_begrepp_lagrum(resources.CATALOGUE) | model.load_begrepp_lagrum(settings.catalogue)
    return provision_pages.page(lagrum, ruleset, revisions, begrepp)


def _usable(folder: Path) -> Kommun:
    """The municipality in ``folder``, all of whose files must be usable; the first that is not is told."""
    from insatskoll import model, reporters, workspace

    kommun = model.load_kommun(folder)
    for file in kommun.problems:
        raise workspace.UsageError(file.told(reporters.shown_path(file.path)))
    return kommun


def _own_kommun(argument: str, settings: Settings) -> Path:
    """The folder of the one municipality, in the catalogue at hand, that ``argument`` names."""
    from insatskoll import workspace

    targets = workspace.find_targets([argument], settings)
    _refuse_bundled(targets, settings)
    if len(targets) != 1 or targets[0].files is not None:
        raise workspace.UsageError(f"”{argument}” är inte en kommun. Ange kommunens namn i katalogen, till exempel uppsala.")
    if targets[0].folder.resolve().parent != (settings.catalogue / "kommuner").resolve():
        raise workspace.UsageError(
            f"Kommunen ligger inte i {(settings.catalogue / 'kommuner').as_posix()}. Stå i mappen som har katalogen."
        )
    return targets[0].folder


def _hindered(planned: Plan, settings: Settings) -> bool:
    """Whether findings hinder a decision; they are told."""
    from insatskoll import lint
    from insatskoll.reporters import text

    report = planned.hindering(lint.lint([planned.kommun], settings.selection.of(_rules(settings)), _begrepp(settings)))
    if report.findings:
        _print_rich(text.render(report))
        click.echo("Inget är skrivet. Rätta felen, eller godta dem med skäl under avvikelser, innan filerna blir ett beslut.")
    return bool(report.findings)


def _print_decided(planned: Plan, files: Iterable[Path]) -> None:
    from insatskoll import reporters

    decided = planned.beslut.revision
    count = reporters.counted(len(decided.insatser), "insats", "insatser")
    click.echo(f"{decided.beteckning[:1].upper()}{decided.beteckning[1:]} är fryst: {count}.")
    for path in files:
        click.echo(f"{reporters.shown_path(path)} är skriven.")
    assert planned.kommun.revision is not None
    change = "Ändra" if "förslag" in planned.kommun.revision.kommun else "Skriv"
    click.echo(f"Förslaget i kommun.yaml är nu beslutat. {change} ”förslag” där när nästa revidering börjar.")


def _show_over_time(kommun: str | None, insats: str | None, *, beslut: bool, historik: bool) -> int:
    """Shows the chain of decisions, or the history of one insats; gives the exit code."""
    from insatskoll import history, show, workspace

    if beslut and historik:
        raise workspace.UsageError("Välj --beslut eller --historik.")
    settings = workspace.load_settings()
    if beslut:
        if kommun is None or insats is not None:
            raise workspace.UsageError("Flaggan --beslut behöver en kommun, till exempel insatskoll show uppsala --beslut.")
        loaded = _usable(workspace.find_targets([kommun], settings)[0].folder)
        links = history.chain(loaded)
        _print_rich([show.beslut(links, _side(loaded))])
        return FINDINGS if any(link.problems for link in links) else CLEAN
    if kommun is None:
        raise workspace.UsageError("Flaggan --historik behöver en insats, till exempel insatskoll show cope --historik.")
    if insats is None:
        folder, insats = _folder_with_insats(kommun, settings), kommun
    else:
        folder = workspace.find_targets([kommun], settings)[0].folder
    steps = history.of_insats(_usable(folder), insats)
    if not steps:
        raise workspace.UsageError(
            f"Insatsen ”{insats}” finns varken nu eller i något beslut. Kommandot insatskoll show {kommun} visar alla."
        )
    _print_rich(show.historik(steps))
    return CLEAN


def _folder_with_insats(insats: str, settings: Settings) -> Path:
    """The folder of the one municipality in the catalogue that has, or has had, the insats."""
    from insatskoll import model, resources, workspace

    folders = model.kommun_folders(settings.catalogue) or model.kommun_folders(resources.CATALOGUE)
    if insats in (folder.name for folder in folders):
        raise workspace.UsageError(f"Ange insatsen också: insatskoll show {insats} INSATS --historik.")
    found = []
    for folder in folders:
        kommun = model.load_kommun(folder)
        revisions = [beslut.revision for beslut in kommun.beslut] + ([kommun.revision] if kommun.revision else [])
        if any(one.id == insats for revision in revisions for one in revision.insatser):
            found.append(folder)
    if not found:
        raise workspace.UsageError(f"Ingen kommun i katalogen har, eller har haft, insatsen ”{insats}”.")
    if len(found) > 1:
        names = ", ".join(folder.name for folder in found)
        raise workspace.UsageError(f"Insatsen ”{insats}” finns i flera kommuner: {names}. Ange kommunen före insatsen.")
    return found[0]


def _order(target: Target, beslut: str | None, layout: str | None) -> Order:
    """What is to be printed of the municipality that ``target`` means: its files as they are, or a decision."""
    from insatskoll import publish

    kommun = _usable(target.folder)
    return publish.order(kommun, _side(kommun, beslut), layout)


def _render_tasks(
    orders: Iterable[Order], formats: tuple[str, ...], settings: Settings, *, review: bool
) -> list[Callable[[], dict[str, bytes]]]:
    """What there is to make of ``orders``: their bilagor, and with ``review`` the documents on the findings in them."""
    from functools import partial

    from insatskoll import publish

    tasks: list[Callable[[], dict[str, bytes]]] = []
    ruleset = settings.selection.of(_rules(settings)) if review else None
    for order in orders:
        tasks.append(partial(publish.bilaga, order, formats))
        if ruleset is not None:
            from insatskoll import granskning

            report = granskning.review(order.kommun, order.revision, ruleset, _begrepp(settings))
            tasks.append(partial(granskning.granskning_files, report, order.revision, formats, order.own, order.profile))
    return tasks


def _made(tasks: list[Callable[[], dict[str, bytes]]]) -> dict[str, bytes]:
    """The files that ``tasks`` make; a terminal is told how far it has come."""
    from insatskoll import publish

    terminal = sys.stderr.isatty()

    def told(done: int, of: int) -> None:
        if terminal:
            click.echo(f"\r\x1b[KFramställer: {done} av {of} klara …", nl=False, err=True)

    try:
        return publish.side_by_side(tasks, told)
    finally:
        if terminal:
            click.echo("\r\x1b[K", nl=False, err=True)


def _begrepp(settings: Settings) -> frozenset[str]:
    """The concepts that insatser may refer to: the program's, and those of the catalogue at hand."""
    from insatskoll import model, resources

    return model.load_begrepp(resources.CATALOGUE) | model.load_begrepp(settings.catalogue)


def _side(kommun: Kommun, wanted: str | None = None) -> Revision:
    """The revision that a decision's date means, or else the files as they are now."""
    from insatskoll import workspace

    assert kommun.revision is not None
    decided = {beslut.id: beslut.revision for beslut in kommun.beslut}
    if wanted is None:
        return kommun.revision
    if wanted not in decided:
        known = f" Beslut finns från {', '.join(decided)}." if decided else ""
        raise workspace.UsageError(f"{kommun.id} har inget beslut {wanted}.{known}")
    return decided[wanted]


def _verdicts(asked: Iterable[str]) -> list[str]:
    """The verdicts in the option ``--fail-on``."""
    from insatskoll import workspace
    from insatskoll.diff.judgement import VERDICTS

    wanted = [word.strip() for text in asked for word in text.split(",")]
    for word in wanted:
        if word not in VERDICTS:
            raise workspace.UsageError(f"--fail-on: ”{word}” är inget utfall. Välj bland {', '.join(sorted(VERDICTS))}.")
    return list(dict.fromkeys(wanted))


def _telling(pair: Pair, settings: Settings | None) -> Telling:
    """What is to be told of a municipality's two sides; with ``settings`` also how its findings change."""
    from insatskoll.diff import facts
    from insatskoll.diff.report import Telling
    from insatskoll.model import Revision

    absent = Revision(pair.kommun_id, {}, ())
    comparison = facts.compare(pair.old.revision or absent, pair.new.revision or absent)
    findings = None
    if settings is not None:
        from insatskoll.diff.findings import change

        renamed = {a: b for group in comparison.groups if not group.regrouped for a, b in group.edges if a != b}
        only = {pair.insats[1]} if pair.insats else None
        ruleset = settings.selection.of(_rules(settings))
        findings = change(pair.old.kommun, pair.new.kommun, ruleset, _begrepp(settings), renamed=renamed, only=only)
    return Telling(comparison, (pair.old.place, pair.new.place), findings)


def _write_changes(
    pairs: Sequence[Pair], tellings: Sequence[Telling], form: DiffFormat, folder: Path, settings: Settings
) -> None:
    """Writes the forms that are files, all of them or none, and tells which."""
    from insatskoll import writing
    from insatskoll.diff import documents

    made: dict[str, bytes] = {}
    for pair, telling in zip(pairs, tellings, strict=True):
        if form is DiffFormat.html:
            made |= documents.html(telling)
        else:
            write = documents.tracked if form is DiffFormat.docx else documents.letter
            made |= write(telling, _as_it_looks(pair, settings))
    files = {folder / name: data for name, data in made.items()}
    writing.write_all(files)
    for path in files:
        click.echo(path.as_posix())


def _as_it_looks(pair: Pair, settings: Settings) -> Kommun:
    """The municipality whose look its documents get: as it is now in the catalogue at hand, or else where it was found."""
    from insatskoll import workspace

    folder = settings.catalogue / "kommuner" / pair.kommun_id
    found = pair.new.kommun or pair.old.kommun
    assert found is not None
    return _usable(folder) if workspace.is_kommun_folder(folder) else found


def _print_changes(tellings: Sequence[Telling], form: DiffFormat) -> None:
    if form is DiffFormat.markdown:
        from insatskoll.diff import markdown

        click.echo(markdown.render(tellings), nl=False)
    elif form is DiffFormat.json:
        from insatskoll.diff import json_form

        click.echo(json_form.render(tellings), nl=False)
    elif tellings:
        from insatskoll.diff import terminal

        for telling in tellings:
            _print_rich(terminal.render(telling))
    else:
        click.echo("Inga ändringar.")


def _preview_fixes(report: Report, ruleset: RuleSet) -> int:
    """Shows what can be corrected as a unified diff; gives the exit code."""
    from insatskoll import fixes, reporters

    planned = fixes.plan(report.open, ruleset)
    for fix in planned:
        click.echo(fix.diff(reporters.shown_path(fix.path)), nl=False)
    click.echo(reporters.fixed(planned, "går att rätta"), err=True)
    return USAGE if report.unreadable else FINDINGS if any(fix.mended for fix in planned) else CLEAN


def _fix(report: Report, ruleset: RuleSet) -> None:
    """Corrects what can be corrected and tells how much it was."""
    from insatskoll import fixes, reporters, writing

    planned = fixes.plan(report.open, ruleset)
    writing.write_all({fix.path: fix.after.encode() for fix in planned if fix.mended})
    click.echo(reporters.fixed(planned, "rättade"), err=True)


def _refuse_bundled(targets: Iterable[Target], settings: Settings) -> None:
    """The catalogue that comes with the program is nobody's to change, unless one stands in its repository."""
    from insatskoll import resources, workspace

    bundled = resources.CATALOGUE.resolve()
    if settings.catalogue.resolve() != bundled and any(t.folder.resolve().is_relative_to(bundled) for t in targets):
        raise workspace.UsageError(
            "Katalogen som följer med programmet ändras inte. Kopiera kommunens mapp till er egen katalog."
        )


def _check_date(text: str) -> None:
    from insatskoll import workspace

    workspace.check_date(text)


def _print_rich(renderables: Iterable[Any]) -> None:
    """Prints for people: coloured and fitted in a terminal, plain and unbroken when piped."""
    from rich.console import Console

    console = Console(highlight=False, markup=False, emoji=False)
    if not console.is_terminal:
        console = Console(highlight=False, markup=False, emoji=False, width=100_000, no_color=True)
    for renderable in renderables:
        console.print(renderable)
