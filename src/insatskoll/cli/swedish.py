"""Swedish for the words that click writes itself: headings, usage and messages about wrong
usage."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import click

from insatskoll.meant import Choices, misspelt
from insatskoll.names import plain

_HEADINGS = {"Options": "Flaggor", "Arguments": "Argument", "Commands": "Kommandon"}
_HELP = {"Show this message and exit.": "Visa den här hjälpen."}

# What people ask for, and what it is called here.
_COMMANDS = {
    "granska": "lint", "kontrollera": "lint", "check": "lint", "validate": "lint", "test": "lint",
    "jämför": "diff", "ändringar": "diff", "compare": "diff", "framställ": "render",
    "bilaga": "render", "publicera": "render", "build": "render", "skriv": "render",
    "export": "render", "exportera": "render", "besluta": "decide", "beslut": "decide",
    "frys": "decide", "visa": "show", "list": "show", "lista": "show", "ls": "show",
    "status": "show", "regler": "rules", "förklara": "explain", "ny": "new", "skapa": "new",
    "create": "new", "init": "new kommun", "start": "new kommun", "börja": "new kommun",
    "läs": "import", "inläsning": "import", "format": "fmt", "formatera": "fmt",
    "fix": "lint --fix", "rätta": "lint --fix", "hjälp": "help", "version": "--version",
}  # fmt: skip
_OPTIONS = {
    "fail-on": "fail-level", "level": "fail-level", "strict": "fail-level", "nivå": "fail-level",
    "rule": "select", "rules": "select", "regel": "select", "regler": "select", "only": "select",
    "skip": "ignore", "exclude": "ignore", "output-format": "format", "utfil": "output",
    "out": "output", "date": "datum", "typ": "insatstyp", "type": "insatstyp",
}  # fmt: skip


class _Formatter(click.HelpFormatter):
    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        args = args.replace("[OPTIONS]", "[FLAGGOR]").replace("COMMAND [ARGS]...", "KOMMANDO …")
        super().write_usage(prog, args, prefix or "Användning: ")

    def write_heading(self, heading: str) -> None:
        super().write_heading(_HEADINGS.get(heading, heading))

    def write_dl(self, rows: Iterable[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().write_dl([(term, help_text(text)) for term, text in rows], *args, **kwargs)


def help_text(text: str) -> str:
    """What click says of a parameter, with the words that it has added in Swedish."""
    known = _HELP.get(text, text)
    return known.replace("[default: ", "[standard: ").replace("[required]", "(krävs)")


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
        return (
            f"Flaggan {error.option_name} finns inte.{_meant(error.option_name, _options(error))}"
        )
    if isinstance(error, click.MissingParameter):
        return f"{_name(error)} saknas."
    if isinstance(error, click.BadParameter):
        if isinstance(error.param, click.Parameter) and isinstance(error.param.type, click.Choice):
            choices = [str(getattr(choice, "value", choice)) for choice in error.param.type.choices]
            chosen = _quoted(r"'(.*?)' is not one of", error)
            meant = _shortened(chosen, choices) or _meant(chosen, choices)
            return f"Värdet till {_name(error)} ska vara något av: {', '.join(choices)}.{meant}"
        return f"Värdet till {_name(error)} går inte att använda."
    if isinstance(error, click.BadOptionUsage):
        return (
            f"Flaggan {error.option_name} används på fel sätt: den behöver ett värde, eller "
            "ska stå utan."
        )
    if isinstance(error, click.UsageError) and error.message.startswith("No such command"):
        written = _quoted(r"No such command '(.*?)'", error)
        known = (
            error.ctx.command.list_commands(error.ctx)
            if error.ctx and isinstance(error.ctx.command, click.Group)
            else []
        )
        near = _COMMANDS.get(written.casefold())
        there = near if near and near.partition(" ")[0] in (*known, "--version") else None
        question = f" Menade du {there}?" if there else _meant(written, known)
        return f"Kommandot {written} finns inte.{question}"
    if error.message.startswith("Got unexpected extra argument"):
        return f"För många argument: {error.message.partition('(')[2].rstrip(')')}."
    return "Kommandot är inte rätt skrivet."


def _quoted(said: str, error: click.ClickException) -> str:
    """What was written, as click quotes it where it has ``said`` so."""
    found = re.match(said, error.message, re.DOTALL)
    return found[1] if found else ""


def _options(error: click.NoSuchOption) -> list[str]:
    """The options that there are where one was asked for that there is not."""
    return (
        [name for p in error.ctx.command.params if isinstance(p, click.Option) for name in p.opts]
        if error.ctx
        else []
    )


_FORMS = {"markdown": "md", "md": "markdown", "word": "docx", "doc": "docx", "htm": "html"}


def _shortened(written: str, known: Iterable[str]) -> str:
    """A question after the form that is called otherwise here."""
    form = _FORMS.get(written.casefold())
    return f" Menade du {form}?" if form and form in known else ""


def _meant(written: str, known: Iterable[str]) -> str:
    """A question after the one of ``known`` that was most likely ``written``, the dashes not
    counted; nothing if none is like it."""
    bare = {name.lstrip("-").casefold(): name for name in known if len(name.lstrip("-")) > 1}
    word = written.lstrip("-").casefold()
    near = _OPTIONS.get(word) if written.startswith("-") else None
    if near not in bare:
        near = Choices(bare).sure(word) or misspelt(word, bare)
    return f" Menade du {bare[near]}?" if near else ""


def _name(error: click.BadParameter) -> str:
    if isinstance(error.param, click.Option):
        return error.param.opts[0]
    if error.param is not None:
        return (error.param.metavar or error.param.name or "").strip("[].")
    return "argumentet"
