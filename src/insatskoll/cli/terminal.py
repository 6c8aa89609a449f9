"""How much is printed, and in colour or not: what ``--quiet`` and ``--color`` ask for, the same for
every command that prints."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from rich.console import Console

_QUIET = "insatskoll.quiet"
_COLOURS = {"auto": None, "always": True, "never": False}
# Some commands print nothing but the answer that was asked for.
_ANSWERING = ("show", "rules", "verdicts", "explain")
_NEITHER = ("lsp", "completion", "help")


def equip(command: click.Command, name: str) -> click.Command:
    """``command``, which is called ``name``, and its own commands, with the options."""
    if isinstance(command, click.Group):
        for inner in command.commands.values():
            equip(inner, name)
    elif name not in _NEITHER:
        command.params += [_colour()] if name in _ANSWERING else options()
    return command


def options() -> list[click.Parameter]:
    """The options ``--quiet`` and ``--color``."""
    return [_quiet(), _colour()]


def _colour() -> click.Option:
    return click.Option(
        ["--color"],
        type=click.Choice(list(_COLOURS)),
        default="auto",
        expose_value=False,
        callback=_note_colour,
        help="Färger: bara i en terminal (auto), alltid eller aldrig.",
    )


def _quiet() -> click.Option:
    return click.Option(
        ["--quiet", "-q"],
        is_flag=True,
        expose_value=False,
        callback=_note_quiet,
        help="Säg bara det som är fel eller underkänner.",
    )


def _note_colour(context: click.Context, _: click.Parameter, value: str) -> None:
    if (asked := _COLOURS.get(value)) is not None:
        context.color = asked


def _note_quiet(context: click.Context, _: click.Parameter, value: bool) -> None:
    if value:
        context.meta[_QUIET] = True


def quiet() -> bool:
    """Whether only what is wrong is to be told."""
    context = click.get_current_context(silent=True)
    return context is not None and bool(context.meta.get(_QUIET))


def colour() -> bool | None:
    """Whether there are to be colours; None if the terminal and the environment decide."""
    context = click.get_current_context(silent=True)
    return None if context is None else context.color


def console() -> Console | None:
    """What draws, where lines are fitted or coloured; None where they are to be plain text."""
    asked = colour()
    wished = any(name in os.environ for name in ("FORCE_COLOR", "TTY_COMPATIBLE"))
    if not (asked or wished or sys.stdout.isatty()):
        return None  # told without the library that draws in terminals
    from rich.console import Console

    manner: dict[str, Any] = {}
    if asked:
        manner = {"force_terminal": True, "no_color": False}
    elif asked is False:
        manner = {"color_system": None}
    drawing = Console(highlight=False, markup=False, emoji=False, **manner)
    if asked and drawing.color_system is None:  # a terminal that says it has none
        manner["color_system"] = "standard"
        drawing = Console(highlight=False, markup=False, emoji=False, **manner)
    return drawing if drawing.is_terminal else None
