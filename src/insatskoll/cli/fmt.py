"""The command fmt."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from insatskoll.cli.codes import CLEAN, FINDINGS, USAGE
from insatskoll.cli.common import Targets, refuse_bundled, say, tell

if TYPE_CHECKING:
    from insatskoll.catalogue.formatting import Formatted
    from insatskoll.catalogue.model import FileProblems
    from insatskoll.catalogue.workspace import Target


def fmt_command(
    targets: Targets = None,
    check: Annotated[
        bool,
        typer.Option("--check", help="Skriv inget; slutkod 1 om någon fil ser ut på annat sätt."),
    ] = False,
    preview: Annotated[
        bool, typer.Option("--diff", help="Visa vad som skulle ändras, utan att skriva.")
    ] = False,
) -> None:
    """Ge filerna samma form: fälten i ordning, lagom långa rader.

    Det filerna säger ändras inte, och kommentarerna följer med sina fält. Frysta beslut lämnas.

    \b
    Exempel:
      insatskoll fmt                hela katalogen
      insatskoll fmt uppsala        en kommun
      insatskoll fmt --check        bara se efter; slutkod 1 om något skulle ändras
      insatskoll fmt --diff         visa ändringarna
    """
    from insatskoll import lines, names, writing
    from insatskoll.catalogue import workspace
    from insatskoll.lint import configuration

    settings = configuration.load_settings()
    wanted = workspace.find_targets(targets or [], settings.catalogue)
    files, broken = _planned(wanted)
    changed = [file for file in files if file.changed]
    if preview:
        parts = (lines.unified(f.before, f.after, names.from_here(f.path)) for f in changed)
        say("".join(parts), nl=False)
    elif not check:
        refuse_bundled(wanted, settings)
        before = {file.path: file.before.encode() for file in changed}
        writing.write_all({file.path: file.after.encode() for file in changed}, before=before)
    _tell(files, broken, written=not (check or preview))
    if broken:
        raise typer.Exit(USAGE)
    raise typer.Exit(FINDINGS if changed and (check or preview) else CLEAN)


def _planned(wanted: Sequence[Target]) -> tuple[list[Formatted], list[FileProblems]]:
    """The files that are asked for, and those of them that cannot be read."""
    from insatskoll.catalogue import formatting

    files: list[Formatted] = []
    broken: list[FileProblems] = []
    for target in wanted:
        there = formatting.files_of(target.folder)
        asked = [path for path in there if target.files is None or path in target.files]
        for found in formatting.planned(target.folder, asked):
            if isinstance(found, formatting.Formatted):
                files.append(found)
            else:
                broken.append(found)
    return files, broken


def _tell(files: Sequence[Formatted], broken: Sequence[FileProblems], *, written: bool) -> None:
    """Tells which files were changed, or would be, and which are left and why."""
    from insatskoll.names import shown
    from insatskoll.swedish import counted

    told = tell if written else say  # what is to be changed is what was asked
    for problem in broken:
        say(f"Fel: {problem.told()}", err=True)
    for file in files:
        if file.left is not None:
            why, line = file.left
            say(f"{shown(file.path)}:{line}: {why}. Filen lämnas som den är.", err=True)
        elif file.changed:
            told(shown(file.path), err=True)
    changed = sum(file.changed for file in files)
    done = "har fått ny form" if written else "skulle få ny form"
    rest = f" {counted(len(files) - changed, 'fil', 'filer')} är som de ska."
    told(f"{counted(changed, 'fil', 'filer')} {done}.{rest}", err=True)
