"""The command line: the only place that prints, and that decides the exit code.

Exit codes: 0 clean, 1 findings at or above the level that fails, 2 wrong usage or unreadable input,
3 nothing to check. Heavy libraries are imported by the commands that need them, so that the start
is quick.
"""

from __future__ import annotations

import contextlib
import os
import sys
from functools import cache
from importlib import import_module
from typing import Any

import click

from insatskoll import __version__, names
from insatskoll.cli import swedish, terminal
from insatskoll.cli.codes import CLEAN, NOTHING, USAGE
from insatskoll.errors import NothingToCheck, Refused, UsageError, why

# The commands in the order of the help: the module and the function of each, and what it does.
_COMMANDS = {
    "new": (
        "new",
        "commands",
        "Börja på en kommun, en insats, en regel eller granskning av ändringar.",
    ),
    "import": ("importing", "import_command", "Läs in kommunens dokument till en katalog."),
    "lint": ("lint", "lint_command", "Granska katalogen mot lagen och mot sig själv."),
    "diff": ("diff", "diff_command", "Visa vad som har ändrats, och vad det betyder."),
    "render": ("render", "render_command", "Framställ den officiella bilagan."),
    "fmt": ("fmt", "fmt_command", "Ge filerna samma form: fälten i ordning, lagom långa rader."),
    "decide": (
        "deciding",
        "decide_command",
        "Frys ett beslut, eller anteckna vad som har hänt med det.",
    ),
    "show": ("decisions", "show_command", "Visa vad katalogen innehåller."),
    "rules": ("rules", "rules_command", "Lista alla regler, kommunens egna också."),
    "verdicts": ("verdicts", "verdicts_command", "Lista utfallen som en ändring kan få."),
    "explain": (
        "rules",
        "explain_command",
        "Förklara en regel, ett lagrum, ett fält eller ett utfall.",
    ),
    "schema": ("schema", "schema_command", "Skriv scheman och inställningar för editorer."),
    "lsp": ("lsp", "lsp_command", "Hjälp medan du skriver, i en redigerare som talar LSP."),
    "completion": (
        "completion",
        "completion_command",
        "Skriv ut det som låter skalet fylla i kommandon med tabb.",
    ),
    "help": ("helping", "help_command", "Visa hjälpen för programmet eller för ett kommando."),
}


class _Commands(click.Group):
    """The commands, each read when it is asked for: the others' code takes longer than the help."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        return _read(cmd_name) if cmd_name in _COMMANDS else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, does) for name, (_, _, does) in _COMMANDS.items()])


@cache
def _read(name: str) -> click.Command:
    import typer

    module, function, _ = _COMMANDS[name]
    asked = getattr(import_module(f"insatskoll.cli.{module}"), function)
    if isinstance(asked, typer.Typer):  # a group of commands
        return terminal.equip(typer.main.get_command(asked), name)
    alone = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
    alone.command(name)(asked)
    return terminal.equip(typer.main.get_command(alone), name)


@click.group(
    cls=_Commands,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    help="Granskar, jämför och publicerar kommunens insatser utan behovsprövning.",
)
@click.option("--version", "-V", is_flag=True, help="Visa programmets version.")
@click.pass_context
def app(context: click.Context, version: bool) -> None:
    """The program; what it says of itself is its help."""
    if version:
        click.echo(f"insatskoll {__version__}")
        context.exit(CLEAN)
    if context.invoked_subcommand is None:
        click.echo(context.get_help(), err=True)
        context.exit(USAGE)  # a command is missing
    if context.invoked_subcommand != "help":
        _check_file_names()


app.params += terminal.options()


def _check_file_names() -> None:
    """Raises :class:`UsageError` where the names of files are read in such a way that their letters
    are lost: those of the program's own files too."""
    encoding = sys.getfilesystemencoding()
    if encoding.casefold() not in ("utf-8", "utf8"):
        raise UsageError(
            f"Filnamn läses här som {encoding} och inte som UTF-8, så att å, ä och ö i dem inte "
            "går att läsa. Ställ in miljön: sätt LC_ALL=C.UTF-8, och ta bort PYTHONUTF8 om den är "
            "satt till 0."
        )


def main() -> None:
    """Runs the command line and ends the process with its exit code. No exception reaches the
    user."""

    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    swedish.install()
    if "INSATSKOLL_COMPLETE" in os.environ:
        _complete()
    code: Any
    try:
        code = app(prog_name="insatskoll", standalone_mode=False)
        sys.stdout.flush()
    except click.ClickException as error:
        click.echo(names.in_log(swedish.message(error)), err=True)
        code = USAGE
    except NothingToCheck as error:
        click.echo(names.plain(str(error)), err=True)
        code = NOTHING
    except Refused as error:
        click.echo(f"Fel: {names.plain(str(error))}", err=True)
        code = USAGE
    except (click.Abort, KeyboardInterrupt):
        click.echo("Avbrutet.", err=True)
        code = USAGE
    except (
        SystemExit
    ):  # typer's own way to end when nobody reads; it says 1, as if there were findings
        if not isinstance(sys.stdout, click.utils.PacifyFlushWrapper):
            raise
        _stop_writing()
        code = CLEAN
    except BrokenPipeError:
        _stop_writing()
        code = CLEAN
    except OSError as error:
        click.echo(
            f"Fel: {names.shown(os.fsdecode(error.filename or 'filen'))}: {why(error)}.", err=True
        )
        code = USAGE
    sys.exit(code or CLEAN)


def _complete() -> None:
    """Answers a shell that asks what can be written next, and ends."""
    with contextlib.suppress(Exception):
        from insatskoll.cli import completing

        does = {name: told for name, (_, _, told) in _COMMANDS.items()}
        sys.stdout.write(completing.answer(app, does, sys.argv[1:]))
        sys.stdout.flush()
    sys.exit(CLEAN)


def _stop_writing() -> None:
    """Nobody reads any longer, as when ``head`` has had its lines: what is left to write is dropped
    without a word."""
    with contextlib.suppress(OSError, ValueError), open(os.devnull, "wb") as nowhere:  # noqa: PTH123
        for stream in (sys.stdout, sys.stderr):
            os.dup2(nowhere.fileno(), stream.fileno())
