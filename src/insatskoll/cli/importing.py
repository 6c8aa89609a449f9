"""The command import."""

from __future__ import annotations

import json
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from insatskoll.cli.common import say

if TYPE_CHECKING:
    from insatskoll.importing.blocks import Source
    from insatskoll.importing.plan import Plan

_REPORT = "inläsning.md"


class Changes(StrEnum):
    """How tracked changes in a document are read."""

    accepted = "godkända"
    rejected = "avvisade"


def import_command(
    documents: Annotated[
        list[Path], typer.Argument(metavar="FIL...", help="Dokumenten som läses in.")
    ],
    kommun: Annotated[
        str, typer.Option("--kommun", metavar="NAMN", help="Kommunens namn, till exempel Exempel.")
    ],
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "--ut",
            metavar="MAPP",
            help="Mappen att skriva i. Annars: kommunens mapp i katalogen.",
            show_default=False,
        ),
    ] = None,
    report: Annotated[
        Path | None,
        typer.Option(
            "--rapport",
            metavar="FIL",
            help=(
                f"Var rapporten skrivs; slutar namnet på .json skrivs den för program. Annars: "
                f"{_REPORT} i samma mapp."
            ),
            show_default=False,
        ),
    ] = None,
    changes: Annotated[
        Changes, typer.Option("--ändringar", help="Hur spårade ändringar i dokumentet läses.")
    ] = Changes.accepted,
) -> None:
    """Läs in kommunens dokument till en katalog.

    Word, PDF med text, Excel, ODT, Markdown och vanlig text. Ett fält fylls bara i av ord i
    dokumentet, och rapporten visar vilka. Det som är tveksamt blir en fråga, och det som inget fält
    har står i rapporten. Inget skrivs över.

    \b
    Exempel:
      insatskoll import bilaga.docx --kommun Exempel
      insatskoll import bilaga.pdf riskanalys.docx --kommun Exempel
      insatskoll import bilaga.docx --kommun Exempel --rapport fynd.json
      insatskoll import bilaga.docx --kommun Exempel --ändringar avvisade
    """
    from insatskoll import names, writing
    from insatskoll.importing import plan
    from insatskoll.importing import report as told
    from insatskoll.lint import configuration
    from insatskoll.scaffold import kommun as scaffold

    settings = configuration.load_settings()
    folder = output or settings.catalogue / "kommuner" / plan.folder_name(kommun)
    _refuse_taken(folder)
    found = plan.plan(_read(documents, changes), kommun, plan.concepts(settings.catalogue))
    beside = scaffold.beside(settings.folder, settings.catalogue)
    files = dict(beside.files) if output is None else {}
    top = settings.folder if output is None else None
    files |= {folder / one.path: found.text(one, folder, top).encode() for one in found.made}
    at = report or folder / _REPORT
    files[at] = _report(found, at)
    writing.write_all(files, {path: beside.before.get(path) for path in files}, given=folder)
    for line in (*told.lines(found), *(beside.told if output is None else ())):
        say(line)
    say(f"Skrivet i {names.shown(folder)}. Läs {names.shown(at)} och granska med insatskoll lint.")


def _read(documents: Sequence[Path], changes: Changes) -> list[Source]:
    from insatskoll.importing import formats

    return [formats.read(path, changes.value) for path in documents]


def _refuse_taken(folder: Path) -> None:
    """Raises :class:`UsageError` if there is something in the folder already."""
    from insatskoll import errors, names

    if folder.is_dir() and any(folder.iterdir()):
        raise errors.UsageError(
            f"Mappen {names.shown(folder)} finns redan och är inte tom. Välj en annan med "
            "--output, eller ta bort den."
        )


def _report(found: Plan, path: Path) -> bytes:
    from insatskoll.importing import report as told

    if path.suffix.lower() == ".json":
        return (json.dumps(told.as_data(found), ensure_ascii=False, indent=2) + "\n").encode()
    return told.markdown(found).encode()
