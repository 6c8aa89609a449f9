"""The command show: what there is, and what has been decided."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from insatskoll.cli.codes import CLEAN, FINDINGS
from insatskoll.cli.common import (
    print_rich,
    say,
    usable,
)

if TYPE_CHECKING:
    from insatskoll.catalogue.chain import Link
    from insatskoll.catalogue.model import Insats, Kommun, Revision
    from insatskoll.decisions.signatures import Accepted
    from insatskoll.lint.configuration import Settings


def show_command(
    kommun: Annotated[
        str | None,
        typer.Argument(
            metavar="[KOMMUN]", help="Kommunen. Utan den: alla, i en tabell.", show_default=False
        ),
    ] = None,
    insats: Annotated[
        str | None,
        typer.Argument(
            metavar="[INSATS]", help="Insatsens id. Utan det: alla insatser.", show_default=False
        ),
    ] = None,
    beslut: Annotated[
        bool,
        typer.Option(
            "--beslut",
            help="Kommunens beslut, och om de och deras signaturer stämmer; slutkod 1 om inte.",
        ),
    ] = False,
    historik: Annotated[
        bool, typer.Option("--historik", help="Vad varje beslut har gjort med insatsen.")
    ] = False,
    per: Annotated[
        str | None,
        typer.Option(
            "--per",
            metavar="ÅÅÅÅ-MM-DD",
            help="Det som gäller den dagen: vilket beslut, och vilka insatser.",
            show_default=False,
        ),
    ] = None,
    påståenden: Annotated[
        bool,
        typer.Option("--påståenden", help="Vad texterna påstår, och var, så som reglerna läser."),
    ] = False,
    kontrollsumma: Annotated[
        str | None,
        typer.Option(
            "--kontrollsumma",
            metavar="SUMMA",
            help=(
                "Med --beslut: den som står i protokollet, minst 12 tecken; slutkod 1 om inget "
                "beslut har den."
            ),
            show_default=False,
        ),
    ] = None,
) -> None:
    """Visa vad katalogen innehåller.

    \b
    Exempel:
      insatskoll show                            alla kommuner
      insatskoll show uppsala                    kommunens insatser
      insatskoll show uppsala --beslut           kommunens beslut
      insatskoll show uppsala --per 2025-09-01   det som gäller den dagen
      insatskoll show uppsala medling-vid-brott  en insats i sin helhet
      insatskoll show medling-vid-brott --historik
      insatskoll show uppsala medling-vid-brott --påståenden
    """
    from insatskoll import errors
    from insatskoll.catalogue import in_force, workspace
    from insatskoll.cli import tables
    from insatskoll.lint import configuration

    views = {
        "--beslut": beslut,
        "--historik": historik,
        "--påståenden": påståenden,
        "--per": per is not None,
    }
    if len(chosen := [flag for flag, given in views.items() if given]) > 1:
        raise errors.UsageError(f"Välj {' eller '.join(chosen)}.")
    if kontrollsumma is not None and not beslut:
        raise errors.UsageError("Flaggan --kontrollsumma behöver --beslut och en kommun.")
    if beslut or historik:
        code = _show_over_time(kommun, insats, beslut=beslut, historik=historik)
        raise typer.Exit(
            max(
                code,
                _compare_checksum(str(kommun), kontrollsumma)
                if kontrollsumma is not None
                else CLEAN,
            )
        )
    targets = workspace.find_targets(
        [kommun] if kommun else [], configuration.load_settings().catalogue
    )
    if per is not None:
        _show_day([usable(target.folder) for target in targets], insats, per)
        return
    if kommun is None:
        if påståenden:
            raise errors.UsageError("Flaggan --påståenden behöver en kommun.")
        print_rich([tables.overview([usable(target.folder) for target in targets])])
        return
    revision = in_force.revision_of(usable(targets[0].folder))
    if påståenden:
        print_rich(tables.claims(revision, _one(revision, insats) if insats is not None else None))
    elif insats is None:
        print_rich([tables.insatser(revision)])
    else:
        print_rich(tables.insats(_one(revision, insats), revision))


def _one(revision: Revision, insats: str) -> Insats:
    """The insats of that id. Raises :class:`UsageError`."""
    from insatskoll import errors

    found = next((one for one in revision.insatser if one.id == insats), None)
    if found is None:
        raise errors.UsageError(
            f"Insatsen ”{insats}” finns inte.{_meant(insats, revision)} Kommandot "
            f"insatskoll show {revision.kommun_id} visar alla."
        )
    return found


def _show_day(kommuner: list[Kommun], insats: str | None, day: str) -> None:
    """Shows what is in force on ``day`` in each of the municipalities, or of the one insats in
    it."""
    from insatskoll.catalogue import in_force
    from insatskoll.cli import tables
    from insatskoll.cli.common import revisions_on

    for kommun, whole in revisions_on(kommuner, day):
        if insats is not None:
            one = _one(whole, insats)
            shown = next((i for i in in_force.holding(whole, day).insatser if i.id == insats), one)
            print_rich(tables.of_day(in_force.on(kommun, day), (one,)))
            print_rich(tables.insats(shown, whole))
        else:
            print_rich(tables.of_day(in_force.on(kommun, day), whole.insatser))
            print_rich([tables.insatser(in_force.holding(whole, day))])


def _meant(written: str, revision: Revision) -> str:
    """A question after the insats that was most likely ``written``, by its id or its name."""
    from insatskoll.catalogue import referring
    from insatskoll.meant import Choices

    called = {one.id: one.namn for one in revision.insatser}
    near = referring.nearest(written, Choices(called), called)
    return f" Menade du {near}?" if near else ""


def _show_over_time(kommun: str | None, insats: str | None, *, beslut: bool, historik: bool) -> int:
    """Shows the chain of decisions, or the history of one insats; gives the exit code."""
    from insatskoll import errors
    from insatskoll.catalogue import chain, workspace
    from insatskoll.cli import tables
    from insatskoll.decisions import history, signatures
    from insatskoll.lint import configuration

    settings = configuration.load_settings()
    if beslut:
        if kommun is None or insats is not None:
            raise errors.UsageError(
                "Flaggan --beslut behöver en kommun, till exempel insatskoll show uppsala --beslut."
            )
        loaded = _whole(workspace.find_targets([kommun], settings.catalogue)[0].folder)
        links = _links(loaded)
        signed = signatures.of(loaded, _accepted(settings))
        print_rich(tables.beslut(loaded, links, signed))
        wrong = [link.problems for link in links]
        wrong += [link.problems for link in chain.record_links(loaded)]
        return FINDINGS if any(wrong) or any(one.fails for one in signed) else CLEAN
    if kommun is None:
        raise errors.UsageError(
            "Flaggan --historik behöver en insats, till exempel insatskoll show cope --historik."
        )
    if insats is None:
        folder, insats = _folder_with_insats(kommun, settings), kommun
    else:
        folder = workspace.find_targets([kommun], settings.catalogue)[0].folder
    steps = history.of_insats(usable(folder), insats)
    if not steps:
        raise errors.UsageError(
            f"Insatsen ”{insats}” finns varken nu eller i något beslut. Kommandot "
            f"insatskoll show {kommun} visar alla."
        )
    print_rich(tables.historik(steps))
    return CLEAN


def _links(kommun: Kommun) -> Sequence[Link]:
    """The chain of decisions; the latest also held against what git has of it."""
    from dataclasses import replace

    from insatskoll.catalogue import chain
    from insatskoll.decisions import origin

    links = chain.links(kommun)
    if not links or (altered := origin.altered(kommun)) is None:
        return links
    last = links[-1]
    return (*links[:-1], replace(last, problems=(*last.problems, altered)))


def _accepted(settings: Settings) -> Accepted:
    """The keys whose signatures the settings accept. Raises :class:`files.Unread`."""
    from insatskoll.decisions.signatures import Accepted
    from insatskoll.reading import files

    ssh = files.read(settings.signers) if settings.signers is not None else None
    return Accepted(ssh, settings.minisign)


def _whole(folder: Path) -> Kommun:
    """The municipality in ``folder``, all of whose files can be read, whether or not what is frozen
    has been touched."""
    from insatskoll import errors
    from insatskoll.catalogue import loading

    kommun = loading.load_kommun(folder)
    for file in kommun.problems:
        if file.problems[0].rule != loading.TAMPERED:
            raise errors.UsageError(file.told())
    return kommun


def _compare_checksum(kommun: str, given: str) -> int:
    """Tells which decision has the checksum that stands in the minutes; gives the exit code."""
    from insatskoll import errors
    from insatskoll.catalogue import workspace
    from insatskoll.catalogue.canonical import checksums
    from insatskoll.lint import configuration

    wanted = given.strip().lower()
    if not (12 <= len(wanted) <= 64 and set(wanted) <= set("0123456789abcdef")):
        raise errors.UsageError(
            "--kontrollsumma: Skriv minst de 12 första tecknen, siffror och bokstäverna "
            "a–f, utan mellanslag."
        )
    loaded = usable(
        workspace.find_targets([kommun], configuration.load_settings().catalogue)[0].folder
    )
    having = [
        day
        for day, actual in checksums(loaded).items()
        if actual is not None and actual.startswith(wanted)
    ]
    if having:
        say(
            f"Kontrollsumman i protokollet är den som beslutet {having[0]} har. Innehållet är "
            "det som beslutades."
        )
        return CLEAN
    say("Inget av besluten har kontrollsumman i protokollet. Beslutet är ändrat eller borttaget.")
    return FINDINGS


def _folder_with_insats(insats: str, settings: Settings) -> Path:
    """The folder of the one municipality in the catalogue that has, or has had, the insats."""
    from insatskoll import errors, names, resources
    from insatskoll.catalogue import loading

    folders = loading.kommun_folders(settings.catalogue) or loading.kommun_folders(
        resources.CATALOGUE
    )
    if insats in (folder.name for folder in folders):
        raise errors.UsageError(f"Ange insatsen också: insatskoll show {insats} INSATS --historik.")
    found = []
    for folder in folders:
        kommun = loading.load_kommun(folder)
        revisions = [beslut.revision for beslut in kommun.beslut] + (
            [kommun.revision] if kommun.revision else []
        )
        if any(one.id == insats for revision in revisions for one in revision.insatser):
            found.append(folder)
    if not found:
        raise errors.UsageError(
            f"Ingen kommun i katalogen har, eller har haft, insatsen ”{insats}”."
        )
    if len(found) > 1:
        listed = ", ".join(names.shown(folder.name) for folder in found)
        raise errors.UsageError(
            f"Insatsen ”{insats}” finns i flera kommuner: {listed}. Ange kommunen före insatsen."
        )
    return found[0]
