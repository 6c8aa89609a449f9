"""The command line: the only place that prints, and that decides the exit code.

Exit codes: 0 clean, 1 findings at or above the level that fails, 2 wrong usage or unreadable input,
3 nothing to check. Heavy libraries are imported by the commands that need them, so that the start
is quick.
"""

from __future__ import annotations

import contextlib
import os
import sys
from typing import Annotated, Any

import click
import typer

from insatskoll import __version__, names
from insatskoll.cli import decisions, diff, lint, render, rules, swedish, verdicts
from insatskoll.cli.common import CLEAN, NOTHING, USAGE
from insatskoll.errors import NothingToCheck, Refused, why

app = typer.Typer(
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    help="Granskar, jämför och publicerar kommunens insatser utan behovsprövning.",
)


@app.callback()
def _top(
    context: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", "-V", help="Visa programmets version.")
    ] = False,
) -> None:
    if version:
        click.echo(f"insatskoll {__version__}")
        raise typer.Exit(CLEAN)
    if context.invoked_subcommand is None:
        click.echo(context.get_help(), err=True)
        raise typer.Exit(USAGE)  # a command is missing


def _help_command(
    context: typer.Context,
    command: Annotated[
        str | None,
        typer.Argument(
            metavar="[KOMMANDO]", help="Utan det: hjälpen för programmet.", show_default=False
        ),
    ] = None,
) -> None:
    """Visa hjälpen för programmet eller för ett kommando."""
    parent = context.parent
    assert parent is not None
    if command is None:
        click.echo(parent.get_help())
        return
    assert isinstance(parent.command, click.Group)
    _, found, _ = parent.command.resolve_command(parent, [command])
    assert found is not None
    click.echo(found.get_help(click.Context(found, info_name=command, parent=parent)))


# In the order of the help.
app.command("lint")(lint.lint_command)
app.command("diff")(diff.diff_command)
app.command("render")(render.render_command)
app.command("decide")(decisions.decide_command)
app.command("show")(decisions.show_command)
app.command("rules")(rules.rules_command)
app.command("verdicts")(verdicts.verdicts_command)
app.command("explain")(rules.explain_command)
app.command("new")(rules.new_command)
app.command("help")(_help_command)


def main() -> None:
    """Runs the command line and ends the process with its exit code. No exception reaches the
    user."""

    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    swedish.install()
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


def _stop_writing() -> None:
    """Nobody reads any longer, as when ``head`` has had its lines: what is left to write is dropped
    without a word."""
    with contextlib.suppress(OSError, ValueError), open(os.devnull, "wb") as nowhere:  # noqa: PTH123
        for stream in (sys.stdout, sys.stderr):
            os.dup2(nowhere.fileno(), stream.fileno())
