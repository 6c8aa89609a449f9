"""Swedish for the words that click writes itself: headings, usage and messages about wrong usage."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import click

from insatskoll.names import plain

_HEADINGS = {"Options": "Flaggor", "Arguments": "Argument", "Commands": "Kommandon"}
_HELP = {"Show this message and exit.": "Visa den här hjälpen."}


class _Formatter(click.HelpFormatter):
    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        args = args.replace("[OPTIONS]", "[FLAGGOR]").replace("COMMAND [ARGS]...", "KOMMANDO …")
        super().write_usage(prog, args, prefix or "Användning: ")

    def write_heading(self, heading: str) -> None:
        super().write_heading(_HEADINGS.get(heading, heading))

    def write_dl(self, rows: Iterable[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        said = [
            (term, _HELP.get(text, text).replace("[default: ", "[standard: ").replace("[required]", "(krävs)"))
            for term, text in rows
        ]
        super().write_dl(said, *args, **kwargs)


def install() -> None:
    """Makes every command's help Swedish."""
    click.Context.formatter_class = _Formatter


def message(error: click.ClickException) -> str:
    """What is wrong with the command line, with a hint at its help."""
    hint = ""
    if isinstance(error, click.UsageError) and error.ctx is not None:
        hint = f"\nHjälp: {error.ctx.command_path} --help"
    return f"Fel: {plain(_said(error))}{hint}"


def _said(error: click.ClickException) -> str:
    if isinstance(error, click.NoSuchOption):
        near = f" Menade du {error.possibilities[0]}?" if error.possibilities else ""
        return f"Flaggan {error.option_name} finns inte.{near}"
    if isinstance(error, click.MissingParameter):
        return f"{_name(error)} saknas."
    if isinstance(error, click.BadParameter):
        if isinstance(error.param, click.Parameter) and isinstance(error.param.type, click.Choice):
            return f"Värdet till {_name(error)} ska vara något av: {', '.join(map(str, error.param.type.choices))}."
        return f"Värdet till {_name(error)} går inte att använda."
    if isinstance(error, click.BadOptionUsage):
        return f"Flaggan {error.option_name} används på fel sätt: den behöver ett värde, eller ska stå utan."
    if error.message.startswith("No such command"):
        return f"Kommandot {error.message.split()[3].strip(chr(39) + '.')} finns inte."
    if error.message.startswith("Got unexpected extra argument"):
        return f"För många argument: {error.message.partition('(')[2].rstrip(')')}."
    return "Kommandot är inte rätt skrivet."


def _name(error: click.BadParameter) -> str:
    if isinstance(error.param, click.Option):
        return error.param.opts[0]
    if error.param is not None:
        return (error.param.metavar or error.param.name or "").strip("[].")
    return "argumentet"
