"""What the commands share: exit codes, arguments, what is loaded, and how it is printed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import click
import typer

from insatskoll import lines, names
from insatskoll.cli import terminal

if TYPE_CHECKING:
    from insatskoll.catalogue.model import Kommun, Revision
    from insatskoll.catalogue.workspace import Target
    from insatskoll.law.rules import RuleSet
    from insatskoll.lint.configuration import Settings


class Level(StrEnum):
    """The levels of findings."""

    fel = "fel"
    varning = "varning"
    råd = "råd"


Select = Annotated[
    list[str] | None,
    typer.Option(
        "--select",
        metavar="REGLER",
        help=(
            "Bara de här reglerna: id:n eller början på dem, med komma emellan. Kan anges "
            "flera gånger."
        ),
        show_default=False,
    ),
]


Targets = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[MÅL]...",
        help="Kommuner, mappar eller filer. Utan mål: hela katalogen.",
        show_default=False,
    ),
]


def load_rules(settings: Settings | None = None) -> RuleSet:
    """The program's rules, and those of the catalogue at hand."""
    from insatskoll.law.rules import load_rules
    from insatskoll.lint import configuration

    return load_rules(own=(settings or configuration.load_settings()).catalogue)


def load_begrepp(settings: Settings) -> frozenset[str]:
    """The concepts that insatser may refer to: the program's, and those of the catalogue at
    hand."""
    from insatskoll.catalogue import loading

    return loading.known_begrepp(settings.catalogue)


def usable(folder: Path) -> Kommun:
    """The municipality in ``folder``, all of whose files must be usable; the first that is not is
    told, and those that are not checked out."""
    from insatskoll.catalogue import checkout, loading

    if files := checkout.left_out(folder.parent).get(folder.name):
        say(f"{checkout.told(folder.name, files)} och räknas inte.", err=True)

    return loading.usable(loading.load_kommun(folder))


def revisions_on(kommuner: Iterable[Kommun], day: str) -> list[tuple[Kommun, Revision]]:
    """The municipalities that have a decision in force on ``day`` (ÅÅÅÅ-MM-DD), each with it. Tells
    of the others; raises :class:`UsageError` if there is none, or the day is none."""
    from insatskoll import dates, errors
    from insatskoll.bilaga import when
    from insatskoll.catalogue import in_force

    dates.check_near_date(day)
    held: list[tuple[Kommun, Revision]] = []
    lacking: list[str] = []
    for kommun in kommuner:
        found = in_force.on(kommun, day)
        if found.revision is not None:
            held.append((kommun, found.revision))
        else:
            lacking.append(when.nothing(found, kommun.id))
    if len(lacking) == 1 and not held:
        raise errors.UsageError(lacking[0])
    for line in lacking:
        say(line, err=True)
    if not held:
        raise errors.UsageError(f"Inget beslut gäller {day} i någon kommun.")
    return held


def refuse_bundled(targets: Iterable[Target], settings: Settings) -> None:
    """The catalogue that comes with the program is nobody's to change, unless one stands in its
    repository."""
    from insatskoll import errors, resources

    bundled = resources.CATALOGUE.resolve()
    if settings.catalogue.resolve() != bundled and any(
        t.folder.resolve().is_relative_to(bundled) for t in targets
    ):
        raise errors.UsageError(
            "Katalogen som följer med programmet ändras inte. Börja på en kommun i er egen med "
            "insatskoll new kommun."
        )


def say(text: str, *, err: bool = False, nl: bool = True) -> None:
    """Prints text for people. What the files say cannot steer the terminal, or the build server
    whose log it becomes."""
    click.echo(names.in_log(text), err=err, nl=nl)


def tell(text: str, *, err: bool = False) -> None:
    """Prints what has been done, as :func:`say` does; nothing if that is not to be told."""
    if not terminal.quiet():
        say(text, err=err)


def print_rich(renderables: Iterable[Any]) -> None:
    """Prints for people, as :func:`say` does: coloured and fitted in a terminal, plain and unbroken
    when piped."""
    click.echo(drawn(renderables), nl=False, color=True)


def drawn(renderables: Iterable[Any]) -> str:
    """What :func:`print_rich` prints."""
    console = terminal.console()
    if console is None:
        return undrawn(renderables)
    parts = []
    for renderable in renderables:
        with console.capture() as captured:
            console.print(
                lines.drawing(renderable) if isinstance(renderable, lines.Line) else renderable
            )
        parts.append(names.in_log(captured.get(), coloured=True))
    return "".join(parts)


def undrawn(renderables: Iterable[Any]) -> str:
    """What :func:`print_rich` prints where there is no terminal, or in a file."""
    return "".join(map(names.in_log, _plain(renderables)))


def _plain(renderables: Iterable[Any]) -> Iterator[str]:
    for renderable in renderables:
        text = (
            lines.plain(renderable)
            if isinstance(renderable, lines.Line)
            else lines.undrawn(renderable)
        )
        yield "".join(f"{one.rstrip(' ')}\n" for one in text.splitlines())
