"""The commands' pages, made out of the help that each prints."""

from __future__ import annotations

import re
from collections.abc import Iterator

import click

from insatskoll.cli import app, swedish
from insatskoll.law.pages import cell

INDEX = "README.md"
_UNBROKEN = "\b"  # click's mark of a paragraph whose lines stay as they are


def pages() -> dict[str, str]:
    """The pages by file name: all commands in a table, and one for each."""
    swedish.install()
    context = click.Context(app, info_name="insatskoll")
    found = {name: command for name in app.list_commands(context)
             if (command := app.get_command(context, name)) is not None}  # fmt: skip
    lines = ["# Kommandon", "", "| Kommando | Vad det gör |", "| --- | --- |"]
    for name, command in found.items():
        lines.append(f"| [`{name}`]({name}.md) | {cell(_first(command))} |")
    whole = {INDEX: "\n".join([*lines, ""])}
    for name, command in found.items():
        whole[f"{name}.md"] = "\n".join(_page(command, f"insatskoll {name}", "#"))
    return whole


def _first(command: click.Command) -> str:
    return (command.help or "").partition("\n\n")[0].replace("\n", " ")


def _page(command: click.Command, called: str, mark: str) -> Iterator[str]:
    context = click.Context(command, info_name=called)
    yield from (f"{mark} {called}", "")
    for paragraph in (command.help or "").split("\n\n"):
        yield from _paragraph(paragraph.strip("\n"))
    usage = " ".join(command.get_usage(context).split()).removeprefix("Användning: ")
    yield from ("```text", usage, "```", "")
    rows = [record for parameter in command.get_params(context)
            if (record := parameter.get_help_record(context)) is not None]  # fmt: skip
    if rows:
        yield from ("| Flagga eller argument | Betydelse |", "| --- | --- |")
        yield from (f"| `{cell(term)}` | {cell(_said(text))} |" for term, text in rows)
        yield ""
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            if inner is not None:
                yield from _page(inner, f"{called} {name}", f"{mark}#")


def _said(text: str) -> str:
    return " ".join(swedish.help_text(text).split())


def _paragraph(text: str) -> Iterator[str]:
    """A paragraph of a help text; one whose lines stay as they are is shown as what is typed."""
    if text.startswith(_UNBROKEN):
        lines = text.removeprefix(_UNBROKEN).strip("\n").splitlines()
        if re.match(r"\s", lines[0]) is None and not lines[0].startswith("insatskoll"):
            yield from (lines.pop(0), "")
        yield from ("```text", *(line.removeprefix("  ") for line in lines), "```", "")
    else:
        yield from (" ".join(text.split()), "")
