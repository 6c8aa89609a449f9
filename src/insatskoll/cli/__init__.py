"""The command line: the only place that prints, and that decides the exit code.

Exit codes: 0 clean, 1 findings at or above the level that fails, 2 wrong usage or unreadable input, 3 nothing to check.
Heavy libraries are imported by the commands that need them, so that the start is quick.
"""

from __future__ import annotations

import os
import sys
from typing import Annotated, Any

import click
import typer

from insatskoll import __version__, names, swedish_cli
from insatskoll.cli import decisions, diff, lint, render, rules
from insatskoll.cli.common import CLEAN, NOTHING, USAGE
from insatskoll.errors import NothingToCheck, Refused, why

app = typer.Typer(
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    help="Granskar, jämför och publicerar kommunens insatser utan behovsprövning.",
)


@app.callback()
def _top(
    version: Annotated[bool, typer.Option("--version", help="Visa programmets version.", is_eager=True)] = False,
) -> None:
    if version:
        click.echo(f"insatskoll {__version__}")
        raise typer.Exit(CLEAN)


# In the order of the help.
app.command("lint")(lint.lint_command)
app.command("diff")(diff.diff_command)
app.command("render")(render.render_command)
app.command("decide")(decisions.decide_command)
app.command("show")(decisions.show_command)
app.command("rules")(rules.rules_command)
app.command("explain")(rules.explain_command)
app.command("new")(rules.new_command)


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
        click.echo(names.plain(str(error)), err=True)
        code = NOTHING
    except Refused as error:
        click.echo(f"Fel: {names.plain(str(error))}", err=True)
        code = USAGE
    except (click.Abort, KeyboardInterrupt):
        click.echo("Avbrutet.", err=True)
        code = USAGE
    except BrokenPipeError:
        sys.stderr.close()
        code = CLEAN
    except OSError as error:
        click.echo(f"Fel: {names.shown(os.fsdecode(error.filename or 'filen'))}: {why(error)}.", err=True)
        code = USAGE
    sys.exit(code or CLEAN)
