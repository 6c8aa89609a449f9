"""The command schema."""

from __future__ import annotations

from typing import Annotated

import typer

from insatskoll.cli.codes import CLEAN, FINDINGS
from insatskoll.cli.common import say, tell


def schema_command(
    check: Annotated[
        bool, typer.Option("--check", help="Skriv inget; slutkod 1 om något saknas eller är äldre.")
    ] = False,
) -> None:
    """Skriv scheman och inställningar för editorer.

    Scheman hamnar i mappen .insatskoll/schema bredvid katalogen. De förklarar varje fält medan ni
    skriver, i VS Code med tillägget YAML från Red Hat, och kan läsas av andra program.
    Inställningarna i .vscode/settings.json leder VS Code till dem; det som redan står där behålls.
    Kör kommandot igen när programmet har uppdaterats.

    \b
    Exempel:
      insatskoll schema
      insatskoll schema --check   stämmer de? (för byggservern)
    """
    from insatskoll import names, writing
    from insatskoll.lint import configuration
    from insatskoll.scaffold import shared
    from insatskoll.swedish import counted

    settings = configuration.load_settings()
    planned = shared.planned(settings.folder, settings.catalogue)
    if check:
        for path in planned.files:
            there = "är inte som programmet skriver den"
            say(f"{names.shown(path)} {'saknas' if planned.before[path] is None else there}.")
        if planned.to_add:
            say(_by_hand(planned.to_add))
        if planned.files or planned.to_add:
            say("Kör insatskoll schema.", err=True)
        raise typer.Exit(FINDINGS if planned.files or planned.to_add else CLEAN)
    writing.write_all(planned.files, planned.before)
    written = [path for path in planned.files if path.parent.name == "schema"]
    if written:
        count = counted(len(written), "schema", "scheman")
        tell(f"{names.shown(written[0].parent)}: {count} skrivna.")
    for path in planned.files.keys() - set(written):
        tell(f"{names.shown(path)} är skriven.")
    if not planned.files:
        tell("Scheman och inställningar är redan som de ska.")
    if planned.to_add:
        say(_by_hand(planned.to_add))


def _by_hand(to_add: str) -> str:
    return (
        ".vscode/settings.json har kommentarer, eller är inte skriven som inställningar brukar, "
        "och ändras därför inte av programmet. Lägg själv till det här i den:\n" + to_add
    )
