"""What can be written next on the command line, for the shell that asks when somebody presses Tab.

Little more is read than the names of files, and nothing of the engine is loaded. The shell is only
given words that no shell does anything with: a name that holds anything else is left out.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path

import click
from click.shell_completion import CompletionItem, ShellComplete

from insatskoll import resources

SHELL = "INSATSKOLL_COMPLETE"  # in the environment: the shell that asks
WORD = "INSATSKOLL_WORD"  # the word that has been begun; those before it are arguments

_MOST = 2_000  # names in a folder
_HARMLESS = re.compile(r"[\w-][\w.,=+-]*")
_CATALOGUE = re.compile(r"^katalog:[ \t]*[\"']?([\w.-]+(?:/[\w.-]+)*)[\"']?[ \t]*$", re.MULTILINE)
_VERDICT = re.compile(r"^  ([a-z][a-z-]*):$", re.MULTILINE)

Values = Callable[[click.Context], Iterator[str]]


def answer(app: click.Group, does: dict[str, str], words: list[str]) -> str:
    """The lines that answer a shell: what may come after ``words``, each with what it is after a
    tab; ``:file`` and ``:dir`` ask the shell itself for names. ``does`` tells what the commands of
    ``app`` do. Nothing that goes wrong is told."""
    begun, before = os.environ.get(WORD, ""), ""
    if begun.startswith("--") and "=" in begun:
        option, _, begun = begun.partition("=")
        words, before = [*words, option], f"{option}="
    with suppress(Exception):
        asked = ShellComplete(_Offering(app, does), {}, "insatskoll", "")
        found = asked.get_completions(words, begun)
        return "".join(_line(item, before) for item in islice(found, _MOST))
    return ""


def _line(item: CompletionItem, before: str) -> str:
    if item.type in ("file", "dir"):
        return "" if before else f":{item.type}\n"
    value = before + str(item.value)
    if not _HARMLESS.fullmatch(value):
        return ""
    about = " ".join((item.help or "").split())
    return f"{value}\t{about}\n"


class _Offering(click.CommandCollection):
    """The commands, whose arguments offer what there is; only the one asked for is read."""

    def __init__(self, app: click.Group, does: dict[str, str]) -> None:
        super().__init__("insatskoll", sources=[app], params=list(app.params))
        self.does = does

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        command = super().get_command(ctx, cmd_name)
        return command and _offering(command)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """The commands, or the options that may stand before them."""
        named = [
            CompletionItem(name, help=does)
            for name, does in self.does.items()
            if name.startswith(incomplete)
        ]
        return named or click.Command.shell_complete(self, ctx, incomplete)


def _offering(command: click.Command) -> click.Command:
    if isinstance(command, click.Group):
        for inner in command.commands.values():
            _offering(inner)
    for param in command.params:
        kind = _KINDS.get(param.opts[0]) or _KINDS.get((param.metavar or "").strip("[]."))
        if kind is not None:
            param.type = kind
    return command


class _Kind(click.ParamType):
    """Values that there are, and perhaps files."""

    name = "text"

    def __init__(self, values: Values | None, files: str = "", *, many: bool = False) -> None:
        self.values, self.files, self.many = values, files, many

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """The values that begin as ``incomplete`` does; after the last comma, if there are
        ``many``."""
        first, comma, begun = incomplete.rpartition(",") if self.many else ("", "", incomplete)
        named = self.values(ctx) if self.values is not None else ()
        there = sorted({name for name in named if name[:1].isalnum()})  # none is like an option
        found = [
            CompletionItem(f"{first}{comma}{value}") for value in there if value.startswith(begun)
        ]
        return found + ([CompletionItem(incomplete, type=self.files)] if self.files else [])


def _catalogues() -> Iterator[Path]:
    """The catalogue at hand, if there is one, and the one that comes with the program."""
    here = Path.cwd()
    for folder in (here, *here.parents):
        named = folder / (_named_in(folder / "insatskoll.yaml") or "catalogue")
        if (named / "kommuner").is_dir():
            yield named
            break
        if (folder / ".git").exists():
            break
    yield resources.CATALOGUE


def _named_in(settings: Path) -> str | None:
    """The catalogue's folder in a file of settings; the command itself reads it as it should be."""
    from insatskoll.reading import files

    with suppress(files.Unread):
        found = _CATALOGUE.search(files.read_text(settings, 100_000))
        return found[1] if found else None
    return None


def _names(folder: Path) -> Iterator[str]:
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in islice(entries, _MOST):
            yield entry.name


def _stems(folder: Path) -> Iterator[str]:
    return (name.removesuffix(".yaml") for name in _names(folder) if name.endswith(".yaml"))


def _kommuner(_: click.Context) -> Iterator[str]:
    for catalogue in _catalogues():
        folder = catalogue / "kommuner"
        yield from (name for name in _names(folder) if (folder / name / "kommun.yaml").is_file())


def _in_kommun(ctx: click.Context, part: str) -> Iterator[str]:
    """The files in a ``part`` of the municipality that has been written, or of all at hand."""
    written = ctx.params.get("kommun") or ctx.params.get("targets") or ()
    chosen = (written,) if isinstance(written, str) else tuple(written)
    for catalogue in _catalogues():
        kommuner = catalogue / "kommuner"
        asked = [name for name in _names(kommuner) if not chosen or name in chosen]
        for name in asked:
            yield from _stems(kommuner / name / part)
        if asked:
            return


def _insatser(ctx: click.Context) -> Iterator[str]:
    return _in_kommun(ctx, "insatser")


def _decisions(ctx: click.Context) -> Iterator[str]:
    return _in_kommun(ctx, "beslut")


def _rules(_: click.Context) -> Iterator[str]:
    for catalogue in _catalogues():
        yield from _stems(catalogue / "regler")


def _verdicts(_: click.Context) -> Iterator[str]:
    from insatskoll.reading import files

    for path in sorted((resources.CATALOGUE / "utfall").glob("*.yaml")):
        yield from _VERDICT.findall(files.read_text(path))


def _failing(ctx: click.Context) -> Iterator[str]:
    yield from _verdicts(ctx)
    yield from _stems(resources.CATALOGUE / "utfall")


def _explained(ctx: click.Context) -> Iterator[str]:
    yield from _rules(ctx)
    yield from _verdicts(ctx)


def _layouts(_: click.Context) -> Iterator[str]:
    from insatskoll.bilaga.layouts import LAYOUTS

    yield from LAYOUTS


def _commands(ctx: click.Context) -> Iterator[str]:
    parent = ctx.find_root().command
    yield from parent.does if isinstance(parent, _Offering) else ()


_FILE, _FOLDER, _DATE = _Kind(None, "file"), _Kind(None, "dir"), _Kind(_decisions)

# What an option, or else a word for what is to be written, stands for.
_KINDS = {
    "--kommun": _Kind(_kommuner), "--borttagna": _Kind(_insatser, many=True),
    "--layout": _Kind(_layouts), "--datum": _DATE,
    "MÅL": _Kind(_kommuner, "file"), "KOMMUN": _Kind(_kommuner), "INSATS": _Kind(_insatser),
    "REGLER": _Kind(_rules, many=True), "UTFALL|AXEL": _Kind(_failing, many=True),
    "ÅÅÅÅ-MM-DD": _DATE, "FRÅN": _Kind(_decisions, "file"), "TILL": _Kind(_decisions, "file"),
    "REGEL|LAGRUM|DEFINITION|UTFALL|FÄLT": _Kind(_explained), "KOMMANDO": _Kind(_commands),
    "FIL": _FILE, "FIL|MAPP": _FILE, "MAPP": _FOLDER,
}  # fmt: skip
