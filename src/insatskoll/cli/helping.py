"""The command help."""

from __future__ import annotations

from typing import Annotated

import click
import typer


def help_command(
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
