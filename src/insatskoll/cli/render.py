"""The command render."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import click
import typer

from insatskoll.cli.common import (
    Targets,
    load_begrepp,
    load_rules,
    revisions_on,
    say,
    tell,
    usable,
)

if TYPE_CHECKING:
    from insatskoll.bilaga.publish import Order
    from insatskoll.catalogue.workspace import Target
    from insatskoll.lint.configuration import Settings
    from insatskoll.lint.findings import Finding


class BilagaFormat(StrEnum):
    """The formats of a bilaga."""

    html = "html"
    md = "md"
    docx = "docx"
    pdf = "pdf"
    json = "json"
    fragment = "fragment"


def render_command(
    targets: Targets = None,
    forms: Annotated[
        list[BilagaFormat] | None,
        typer.Option(
            "--format",
            help=(
                "Format; kan anges flera gånger. Annars: alla utom fragment, som är webbsidans "
                "text för sig, att lägga in i en annan sida."
            ),
            show_default=False,
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="MAPP",
            help="Mapp att skriva i. Annars: ut. Med - skrivs den enda filen på standard ut.",
            show_default=False,
        ),
    ] = None,
    every: Annotated[
        bool, typer.Option("--all", help="Alla kommuner i katalogen. Så blir det också utan mål.")
    ] = False,
    beslut: Annotated[
        str | None,
        typer.Option(
            "--beslut",
            metavar="ÅÅÅÅ-MM-DD",
            help="Ett fryst beslut i stället för filerna som de är nu, med datumet i filnamnet.",
            show_default=False,
        ),
    ] = None,
    per: Annotated[
        str | None,
        typer.Option(
            "--per",
            metavar="ÅÅÅÅ-MM-DD",
            help="Beslutet som gäller den dagen, med dagen i filnamnet.",
            show_default=False,
        ),
    ] = None,
    layout: Annotated[
        str | None,
        typer.Option(
            "--layout",
            metavar="NAMN",
            help="En annan utformning än kommunens egen.",
            show_default=False,
        ),
    ] = None,
    language: Annotated[
        str | None,
        typer.Option(
            "--språk",
            metavar="SPRÅK",
            help="Texterna på ett annat språk, till exempel ar, eller lättläst. För sig.",
            show_default=False,
        ),
    ] = None,
    review: Annotated[
        bool,
        typer.Option(
            "--granskningsbilaga",
            help="Skriv också en handling till nämnden med godtagna och öppna fynd.",
        ),
    ] = False,
    register: Annotated[
        bool,
        typer.Option(
            "--diarieuppgifter",
            help="Skriv också en fil till diariet: beslutet, och filerna med kontrollsummor.",
        ),
    ] = False,
    follow: Annotated[
        bool,
        typer.Option(
            "--watch",
            help=(
                "Visa i webbläsaren och framställ på nytt när en fil ändras. Utan --format: bara "
                "HTML."
            ),
        ),
    ] = False,
) -> None:
    """Framställ den officiella bilagan.

    Alla filer skrivs, eller ingen.

    \b
    Exempel:
      insatskoll render uppsala                      alla format, i mappen ut
      insatskoll render --all --format pdf           alla kommuner som PDF
      insatskoll render uppsala --beslut 2025-05-19  bilagan så som den beslutades
      insatskoll render uppsala --per 2025-09-01     bilagan som gäller den dagen
      insatskoll render uppsala --layout tabell      i en annan utformning
      insatskoll render uppsala --granskningsbilaga  med handlingen om godtagna fynd
      insatskoll render uppsala --språk lättläst     texterna på lättläst svenska
      insatskoll render uppsala --format fragment    texten att lägga in i en annan sida
      insatskoll render uppsala --watch              följ ändringarna i webbläsaren
    """
    from insatskoll import errors, names, writing
    from insatskoll.bilaga import render
    from insatskoll.catalogue import workspace
    from insatskoll.lint import configuration

    if every and targets:
        raise errors.UsageError("Flaggan --all kan inte stå tillsammans med mål.")
    if beslut is not None and per is not None:
        raise errors.UsageError("Välj --beslut eller --per.")
    if language is not None:
        _refuse_beside_language(forms or [], any((beslut, per, layout, review, register)))
    printed = str(output) == "-"
    if printed and follow:
        raise errors.UsageError("Flaggan --watch skriver filer: ange en mapp efter --output.")
    settings = configuration.load_settings()
    if forms:
        wanted = tuple(form.value for form in forms)
    elif follow:
        wanted = ("html",)
    else:
        wanted = tuple(name for name in render.FORMATS if language is None or name != "json")
    found = workspace.find_targets(targets or [], settings.catalogue)

    def build() -> list[Path]:
        orders = _orders(
            workspace.find_targets(targets or [], settings.catalogue), beslut, per, layout
        )
        folder = output or settings.output
        lacking: dict[str, list[str]] = {}
        if language is None:
            tasks = _render_tasks(
                orders, wanted, settings, lacking, review=review, register=register
            )
        else:
            tasks = _translated(orders, language, wanted, lacking)
        files = {folder / name: data for name, data in _made(tasks).items()}
        if printed:
            _print(files)
        else:
            writing.write_all(files, given=output)
        for line in (line for order in orders for line in lacking[order.kommun.id]):
            say(line, err=True)
        return list(files)

    if not follow:
        written = build()
        for path in written if not printed else ():
            tell(names.shown(path))
        return
    _follow(build, [target.folder for target in found], settings)


def _refuse_beside_language(forms: list[BilagaFormat], others: bool) -> None:
    """Refuses what does not go with texts in another language. Raises :class:`UsageError`."""
    from insatskoll import errors

    if others:
        raise errors.UsageError(
            "Texterna på andra språk hör till filerna som de är nu: ange --språk utan --beslut, "
            "--per, --layout, --granskningsbilaga och --diarieuppgifter."
        )
    if BilagaFormat.json in forms:
        raise errors.UsageError(
            "Texterna på andra språk finns inte som json: välj ett annat format."
        )


def _follow(build: Callable[[], list[Path]], folders: list[Path], settings: Settings) -> None:
    """Shows in a browser what ``build`` makes, again and again, with the findings beside it."""
    from threading import Event

    from insatskoll.bilaga import watch
    from insatskoll.catalogue import workspace

    roots = (settings.catalogue, Path(workspace.SETTINGS_FILE), *folders)
    watch.watch(build, lambda: roots, say, Event(), lambda: _found(folders, settings))


def _found(folders: Iterable[Path], settings: Settings) -> Iterable[Finding]:
    """What lint finds in the municipalities' files as they are now, but for what has been
    accepted."""
    from insatskoll.bilaga import printable
    from insatskoll.catalogue import loading, modelines
    from insatskoll.lint import run

    rules = settings.selection.of(load_rules(settings))
    loaded = [
        modelines.checked(printable.checked(loading.load_kommun(folder))) for folder in folders
    ]
    report = run.lint(loaded, rules, load_begrepp(settings), own_glyphs=printable.own_glyphs)
    return report.open


def _print(files: Mapping[Path, bytes]) -> None:
    """Prints the one file that has been made, as it is. Raises :class:`UsageError` if there are
    several, or if it is no text and would end up in a terminal."""
    from insatskoll import errors

    if len(files) != 1:
        raise errors.UsageError(
            "Bara en fil kan skrivas på standard ut: ange en kommun och ett format."
        )
    ((path, data),) = files.items()
    if path.suffix in (".docx", ".pdf") and sys.stdout.isatty():
        raise errors.UsageError("Word och PDF går inte att visa i en terminal: ange en mapp.")
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def _orders(
    targets: Iterable[Target], beslut: str | None, per: str | None, layout: str | None
) -> list[Order]:
    """What is to be printed of the municipalities that ``targets`` mean: their files as they are, a
    decision, or what is in force on the day ``per``. Tells of those that then have nothing in
    force, if not all."""
    from insatskoll.bilaga import publish
    from insatskoll.catalogue import in_force

    kommuner = [usable(target.folder) for target in targets]
    if per is None:
        return [publish.order(one, in_force.revision_of(one, beslut), layout) for one in kommuner]
    return [
        publish.order(one, replace(found, per=per), layout)
        for one, found in revisions_on(kommuner, per)
    ]


def _translated(
    orders: Iterable[Order], language: str, formats: tuple[str, ...], lacking: dict[str, list[str]]
) -> list[Callable[[], dict[str, bytes]]]:
    """What there is to make of ``orders`` in another language."""
    from functools import partial

    from insatskoll.bilaga import publish

    return [partial(publish.translated, one, language, formats, lacking) for one in orders]


def _render_tasks(
    orders: Iterable[Order],
    formats: tuple[str, ...],
    settings: Settings,
    lacking: dict[str, list[str]],
    *,
    review: bool,
    register: bool,
) -> list[Callable[[], dict[str, bytes]]]:
    """What there is to make of ``orders``: their bilagor, with ``register`` what the diarium is
    told of them, and with ``review`` the documents on the findings in them.

    ``lacking`` is filled in as they are made: what the layouts show and the data lack, by
    municipality.
    """
    from functools import partial

    from insatskoll.bilaga import publish

    tasks: list[Callable[[], dict[str, bytes]]] = []
    ruleset = settings.selection.of(load_rules(settings)) if review else None
    for order in orders:
        tasks.append(partial(publish.bilaga, order, formats, lacking, registered=register))
        if ruleset is not None:
            from insatskoll.decisions import review as reviewing

            report = reviewing.review(order.kommun, order.revision, ruleset, load_begrepp(settings))
            made = partial(
                reviewing.granskning_files,
                report,
                order.revision,
                formats,
                order.own,
                order.profile,
                dated=order.dated,
            )
            tasks.append(made)
    return tasks


def _made(tasks: list[Callable[[], dict[str, bytes]]]) -> dict[str, bytes]:
    """The files that ``tasks`` make; a terminal is told how far it has come."""
    from insatskoll.bilaga import publish

    terminal = sys.stderr.isatty()

    def told(done: int, of: int) -> None:
        if terminal:
            click.echo(f"\r\x1b[KFramställer: {done} av {of} klara …", nl=False, err=True)

    try:
        return publish.side_by_side(tasks, told)
    finally:
        if terminal:
            click.echo("\r\x1b[K", nl=False, err=True)
