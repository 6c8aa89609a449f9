"""The command import."""

from __future__ import annotations

import json
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from insatskoll.cli.common import print_rich, refuse_bundled, say, tell, usable
from insatskoll.swedish import counted

if TYPE_CHECKING:
    from insatskoll.catalogue.model import Kommun
    from insatskoll.importing.blocks import Source
    from insatskoll.importing.plan import Plan
    from insatskoll.lint.configuration import Settings

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
            "-o",
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
    update: Annotated[
        bool,
        typer.Option(
            "--uppdatera",
            help="För in ett ändrat dokument i kommunens filer. Visar ändringarna först.",
        ),
    ] = False,
    write: Annotated[
        bool, typer.Option("--skriv", help="Med --uppdatera: skriv det som visas.")
    ] = False,
    anyway: Annotated[
        bool,
        typer.Option("--ändå", help="Med --uppdatera: också om dokumentet verkar vara en annans."),
    ] = False,
) -> None:
    """Läs in kommunens dokument till en katalog.

    Word, PDF med text, Excel, ODT, Markdown och vanlig text. Ett fält fylls bara i av ord i
    dokumentet, och rapporten visar vilka. Det som är tveksamt blir en fråga, och det som inget fält
    har står i rapporten. Inget skrivs över.

    Med --uppdatera ändras bara de fält vars ord har ändrats i dokumentet. Det ni har skrivit
    i filerna i övrigt står kvar, kommentarer också.

    \b
    Exempel:
      insatskoll import bilaga.docx --kommun Exempel
      insatskoll import bilaga.pdf riskanalys.docx --kommun Exempel
      insatskoll import bilaga.docx --kommun Exempel --rapport fynd.json
      insatskoll import bilaga.docx --kommun Exempel --ändringar avvisade
      insatskoll import bilaga.docx --kommun Exempel --uppdatera
      insatskoll import bilaga.docx --kommun Exempel --uppdatera --skriv
    """
    from insatskoll import errors
    from insatskoll.importing import plan
    from insatskoll.importing.updating import compared
    from insatskoll.lint import configuration
    from insatskoll.scaffold import kommun as scaffold

    if not kommun.strip():
        raise errors.UsageError("Skriv kommunens namn efter --kommun, till exempel Uppsala.")
    kommun = scaffold.usable_name(kommun)
    for given, flag in ((write, "--skriv"), (anyway, "--ändå")):
        if given and not update:
            raise errors.UsageError(f"Flaggan {flag} hör ihop med --uppdatera.")
    settings = configuration.load_settings()
    folder = output or settings.catalogue / "kommuner" / plan.folder_name(kommun)
    if not update:
        _refuse_taken(folder)
    found = plan.plan(_read(documents, changes), kommun, plan.concepts(settings.catalogue))
    if update:
        held = _existing(folder, settings, found, anyway=anyway)
        _update(held, found, compared.form(documents), write=write)
    else:
        _write(folder, found, report or folder / _REPORT, settings if output is None else None)


def _write(folder: Path, found: Plan, report: Path, settings: Settings | None) -> None:
    """Writes a new municipality, and tells of it; with the ``settings`` of the catalogue that it
    lies in also what editors and git need beside it."""
    from insatskoll import names, writing
    from insatskoll.importing import report as told
    from insatskoll.scaffold import kommun as scaffold

    beside = scaffold.beside(settings.folder, settings.catalogue) if settings else None
    files = dict(beside.files) if beside else {}
    top = settings.folder if settings else None
    files |= {folder / one.path: found.text(one, folder, top).encode() for one in found.made}
    files = writing.together(files, {report: _report(found, report)})
    known = beside.before if beside else {}
    writing.write_all(files, {path: known.get(path) for path in files}, given=folder)
    for line in (*told.lines(found), *(beside.told if beside else ())):
        tell(line)
    at = names.shown(report)
    tell(f"Skrivet i {names.shown(folder)}. Läs {at} och granska med insatskoll lint.")


def _existing(folder: Path, settings: Settings, found: Plan, *, anyway: bool) -> Kommun:
    """The municipality that a revised document is brought into. Raises :class:`UsageError` where
    that may be another's, and the official does not say that it is right."""
    import sys

    from insatskoll import errors
    from insatskoll.catalogue import workspace
    from insatskoll.importing.updating import compared

    refuse_bundled(workspace.find_targets([str(folder)], settings.catalogue), settings)
    kommun = usable(folder)
    doubt = "" if anyway else compared.doubt(kommun, found)
    if doubt and sys.stdin.isatty():
        anyway = typer.confirm(f"{doubt} Är det rätt dokument?")
    if doubt and not anyway:
        raise errors.UsageError(
            f"{doubt} Är det rätt dokument? Kör i så fall om med --ändå. Inget är ändrat."
        )
    return kommun


def _update(kommun: Kommun, found: Plan, form: str, *, write: bool) -> None:
    """Shows what a revised document changes, and writes it if asked to. ``form`` is the format
    that the catalogue is printed in, to be compared with it."""
    import sys

    from insatskoll import writing
    from insatskoll.diff import facts
    from insatskoll.diff.forms import terminal
    from insatskoll.diff.telling import Telling
    from insatskoll.importing.updating import compared

    made = compared.updated(kommun, compared.printed(kommun, form), found)
    for told in found.passed_over:
        say(f"Ur dokumentet: {told}.")
    assert kommun.revision is not None
    if made.texts and made.kommun.revision is not None:
        found_in = facts.compare(kommun.revision, made.kommun.revision)
        print_rich(terminal.render(Telling(found_in, places=("", "dokumentet"))))
    for one in made.asked:
        say(f"Att göra: {one}")
    if not made.texts:
        say("Dokumentet ändrar inga fält.")
        return
    if not write and sys.stdin.isatty():
        write = typer.confirm("Skriv ändringarna?")
    if write:
        writing.write_all({p: t.encode() for p, t in made.texts.items()}, made.before)
    count = counted(len(made.texts), "fil", "filer")
    if write:
        tell(f"Skrivet: {count}.")
    else:
        say(f"Inget är skrivet. Med --skriv ändras {count}.")


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
