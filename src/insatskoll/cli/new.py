"""The commands that begin on something new: a municipality, an insats, a rule."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import click
import typer

from insatskoll.cli import asking
from insatskoll.cli.codes import USAGE
from insatskoll.cli.common import load_rules, tell, usable

if TYPE_CHECKING:
    from insatskoll.catalogue.model import Revision
    from insatskoll.lint.configuration import Settings
    from insatskoll.scaffold.municipalities import Municipality

commands = typer.Typer(
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


class Forge(StrEnum):
    """Where a change can be checked when it is proposed."""

    github = "github"
    gitlab = "gitlab"
    azure = "azure"
    forgejo = "forgejo"


KommunName = Annotated[
    str | None,
    typer.Argument(
        metavar="[NAMN]", help="Kommunens namn, till exempel Ekbacka.", show_default=False
    ),
]
Nämnd = Annotated[
    str | None,
    typer.Option(
        "--nämnd", help="Nämnden som beslutar; utan den Socialnämnden.", show_default=False
    ),
]
Sections = Annotated[
    list[str] | None,
    typer.Option(
        "--avdelning",
        metavar="NAMN",
        help="Ett kapitel i bilagan. Kan anges flera gånger.",
        show_default=False,
    ),
]
Layout = Annotated[
    str | None,
    typer.Option("--layout", help="Bilagans utformning.", show_default=False),
]
Code = Annotated[
    str | None,
    typer.Option(
        "--scb-kod",
        metavar="KOD",
        help="Kommunens kod hos SCB. Behövs inte för Sveriges kommuner.",
        show_default=False,
    ),
]
ForForge = Annotated[
    Forge | None,
    typer.Option(
        "--ci",
        help="Skriv också filen som granskar varje föreslagen ändring där.",
        show_default=False,
    ),
]

InsatsName = Annotated[
    str | None,
    typer.Argument(
        metavar="[NAMN]", help="Insatsens namn, så som nämnden skriver det.", show_default=False
    ),
]
Whose = Annotated[
    str | None,
    typer.Option("--kommun", help="Kommunen; behövs om katalogen har flera.", show_default=False),
]
Type = Annotated[
    str | None,
    typer.Option("--insatstyp", help="Vad insatsen är, till exempel samtal.", show_default=False),
]
Section = Annotated[
    str | None,
    typer.Option(
        "--avdelning",
        help="Avdelningen (kapitlet) med dess id; behövs om det finns flera.",
        show_default=False,
    ),
]
Participants = Annotated[
    list[str] | None,
    typer.Option(
        "--deltagare",
        help="Vilka som deltar: barn, unga, vuxna … Kan anges flera gånger.",
        show_default=False,
    ),
]


@commands.callback(invoke_without_command=True)
def begin(context: typer.Context) -> None:
    """Börja på en kommun, en insats, en regel eller granskning av ändringar."""
    if context.invoked_subcommand is None:
        click.echo(context.get_help(), err=True)
        context.exit(USAGE)  # what to begin on is missing


@commands.command("kommun")
def kommun_command(
    namn: KommunName = None,
    nämnd: Nämnd = None,
    avdelning: Sections = None,
    layout: Layout = None,
    scb_kod: Code = None,
    ci: ForForge = None,
) -> None:
    """Börja på en ny kommun.

    Filen kommun.yaml hamnar i katalogen, som görs om den inte finns. Den går att granska som den är
    och förklarar varje fält. Finns de inte redan skrivs också inställningar (insatskoll.yaml),
    scheman för editorer och .gitignore. Inget skrivs över. I en terminal frågas det efter det som
    inte anges.

    \b
    Exempel:
      insatskoll new kommun Ekbacka
      insatskoll new kommun "Upplands Väsby" --nämnd Socialnämnden --layout riktlinje
      insatskoll new kommun Malmö --avdelning "Barn och unga" --avdelning Vuxna --ci github
    """
    from insatskoll import names, writing
    from insatskoll.lint import configuration
    from insatskoll.scaffold import kommun

    settings = configuration.load_settings()
    written = _kommun_name(namn)
    place, called = _place(written, scb_kod)
    wanted = kommun.Wanted(
        namn=called,
        id=_kommun_id(called),
        scb_kod=place,
        nämnd=_nämnd(nämnd),
        avdelningar=_avdelningar(avdelning),
        layout=_layout(layout, settings.catalogue),
        forge=ci.value if ci is not None else None,
    )
    begun = kommun.begun(wanted, settings.folder, settings.catalogue)
    writing.write_all(begun.files, begun.before)
    for path in begun.files:
        if path.parent.name != "schema":
            tell(f"{names.shown(path)} är skriven.")
    for told in begun.told:
        tell(told)
    tell(f"Fyll i {names.shown(begun.folder / 'kommun.yaml')}, och börja sedan på en insats:")
    tell('  insatskoll new insats "Insatsens namn"')


def _kommun_name(given: str | None) -> str:
    from insatskoll import errors
    from insatskoll.scaffold import kommun

    def usable_name(written: str) -> str:
        name = kommun.usable_name(written)
        if re.search(r"[/\\]", name):
            raise errors.UsageError(
                "Skriv kommunens namn, inte en mapp. Mappen görs i katalogen, som är den här om "
                "ingen finns."
            )
        return name

    if given is None and asking.can_ask():
        return asking.ask_for("Kommunens namn", usable_name)
    if given is None:
        raise errors.UsageError("Skriv kommunens namn: insatskoll new kommun Ekbacka.")
    return usable_name(given)


def _kommun_id(called: str) -> str:
    from insatskoll import errors
    from insatskoll.scaffold import municipalities

    if found := municipalities.bare_id(called):
        return found
    raise errors.UsageError("Skriv vad kommunen heter, till exempel Ekbacka.")


def _place(written: str, code: str | None) -> tuple[str | None, str]:
    """The municipality's code, if it is known, and what it is called in full. Raises
    :class:`UsageError` for a name that seems to be misspelt, and for another's code."""
    from insatskoll import errors, names
    from insatskoll.scaffold import municipalities

    found = municipalities.named(written)
    if found is None and code is None and (near := municipalities.nearly(written)) is not None:
        found = _meant(written, near)
    if found is not None:
        written = written if municipalities.named(written) == found else found.short
    known = municipalities.coded(code) if code is not None else None
    if code is not None and (known is not None or found is not None) and known != found:
        belongs = f" Den hör till {known.name}." if known is not None else ""
        right = f" {found.name} har {found.code}." if found is not None else ""
        raise errors.UsageError(f"Koden {names.short(code)} är inte rätt.{belongs}{right}")
    if code is not None and not re.fullmatch("[0-9]{4}", code):
        raise errors.UsageError("--scb-kod är fyra siffror, till exempel 0380.")
    return (found.code if found is not None else code), municipalities.called(written)


def _meant(written: str, near: Municipality) -> Municipality | None:
    """The municipality that is ``near`` if that was meant, None if the name is right as it is."""
    from insatskoll import errors, names

    if not asking.can_ask():
        raise errors.UsageError(
            f"Sverige har ingen kommun som heter {names.short(written)}. Menade du {near.short}? "
            "Är namnet rätt, ange också kommunens kod med --scb-kod."
        )
    answer = asking.ask(f"Menade du {near.short}? Svara ja eller nej", "ja")
    return near if answer.casefold() in ("ja", "j", "yes", "y") else None


def _nämnd(given: str | None) -> str:
    if given is None and asking.can_ask():
        return asking.ask("Nämnden som beslutar om insatserna", "Socialnämnden")
    return given if given is not None else "Socialnämnden"


def _avdelningar(given: list[str] | None) -> tuple[str, ...]:
    """The names of the sections, none of which has the id of another."""
    from insatskoll import errors
    from insatskoll.ids import id_of
    from insatskoll.scaffold import kommun

    named = tuple(map(kommun.usable_name, given or ["Insatser"]))
    if len({id_of(name) for name in named}) < len(named):
        raise errors.UsageError("Två avdelningar har samma namn. Ge dem olika namn.")
    return named


def _layout(given: str | None, catalogue: Path) -> str | None:
    from insatskoll.bilaga import layouts
    from insatskoll.scaffold import insats

    if given is None:
        return None
    return insats.chosen("Layouten", given, layouts.layouts([catalogue / "mallar"]))


@commands.command("insats")
def insats_command(
    namn: InsatsName = None,
    kommun: Whose = None,
    insatstyp: Type = None,
    avdelning: Section = None,
    deltagare: Participants = None,
) -> None:
    """Börja på en ny insats.

    Filens namn, insatsens id, kommer av namnet. Filen förklarar fälten som är kvar att fylla i.
    I en terminal frågas det efter det som inte anges.

    \b
    Exempel:
      insatskoll new insats "Öppen mötesplats Kajutan"
      insatskoll new insats "Råd och stöd" --insatstyp samtal --avdelning vuxna --deltagare vuxna
    """
    from insatskoll import names, writing
    from insatskoll.lint import configuration
    from insatskoll.scaffold import insats

    settings = configuration.load_settings()
    loaded = usable(_folder_of(kommun, settings))
    assert loaded.revision is not None
    wanted = insats.Wanted(
        namn=_insats_name(namn),
        insatstyp=_choice("Insatstypen", "--insatstyp", insatstyp, insats.types()),
        avdelning=_section(avdelning, loaded.revision),
        deltagare=_participants(deltagare),
    )
    begun = insats.begun(wanted, loaded, loaded.revision)
    writing.write_all({begun.path: begun.content}, before={begun.path: None})
    tell(f"{names.shown(begun.path)} är skriven.")
    for told in begun.told:
        tell(told)
    tell("Fyll i det som finns i ert underlag, och kör sedan insatskoll lint.")


def _folder_of(given: str | None, settings: Settings) -> Path:
    """The folder of the municipality that the new insats is for."""
    from insatskoll.catalogue import workspace
    from insatskoll.cli.common import refuse_bundled

    targets = workspace.find_targets([] if given is None else [given], settings.catalogue)
    refuse_bundled(targets, settings)
    folders = {target.folder.name: target.folder for target in targets}
    if len(folders) == 1:
        return next(iter(folders.values()))
    return folders[_choice("Kommunen", "--kommun", None, list(folders))]


def _insats_name(given: str | None) -> str:
    from insatskoll import errors
    from insatskoll.scaffold import kommun

    if given is None and asking.can_ask():
        return asking.ask_for("Insatsens namn", kommun.usable_name)
    if given is None:
        raise errors.UsageError('Skriv insatsens namn: insatskoll new insats "Råd och stöd".')
    return kommun.usable_name(given)


def _section(given: str | None, revision: Revision) -> str:
    from insatskoll.scaffold import insats

    known = insats.sections(revision)
    if given is None and len(known) == 1:
        return next(iter(known))
    return _choice("Avdelningen", "--avdelning", given, known)


def _choice(what: str, option: str, given: str | None, known: Mapping[str, str] | list[str]) -> str:
    """The one of ``known`` that is ``given``, or answered. Raises :class:`UsageError`."""
    from insatskoll import errors
    from insatskoll.scaffold import insats

    if given is not None:
        return insats.chosen(what, given, known)
    if asking.can_ask():
        asking.show_choices(list(known))
        return asking.ask_for(what, lambda written: insats.chosen(what, written, known))
    there_is = insats.there_is("", known)
    raise errors.UsageError(f"{what} saknas. Ange den med {option}. {there_is}")


def _participants(given: list[str] | None) -> tuple[str, ...]:
    """Who takes part; nobody if it is not said."""
    from insatskoll.scaffold import insats

    known = insats.participants()

    def read(written: str) -> tuple[str, ...]:
        parts = [part.strip() for part in written.split(",")]
        return tuple(insats.chosen("Deltagaren", part, known) for part in parts if part)

    if given is None and asking.can_ask():
        asking.show_choices(known)
        return asking.ask_for(
            "Vilka som deltar, med komma emellan (tomt om ni inte vet än)", read, ""
        )
    return read(",".join(given or ()))


@commands.command("ci")
def ci_command(
    forge: Annotated[
        Forge, typer.Argument(metavar="TJÄNST", help="github, gitlab, azure eller forgejo.")
    ],
) -> None:
    """Börja granska varje föreslagen ändring.

    Filen som säger åt GitHub, GitLab, Azure DevOps eller Forgejo att granska ändringar hamnar
    överst i git-arkivet. Inget skrivs över.

    \b
    Exempel:
      insatskoll new ci github
    """
    from insatskoll import names, writing
    from insatskoll.lint import configuration
    from insatskoll.scaffold import forges

    path, content = forges.workflow(forge.value, configuration.load_settings().folder)
    writing.write_all({path: content}, before={path: None})
    tell(f"{names.shown(path)} är skriven.")


@commands.command("regel")
def regel_command(
    rule_id: Annotated[str, typer.Argument(metavar="ID", help="Regelns id, till exempel EX001.")],
    namn: Annotated[str, typer.Option("--namn", help="Bristen som regeln finner, i några ord.")],
    datum: Annotated[
        str,
        typer.Option("--datum", metavar="ÅÅÅÅ-MM-DD", help="Dagen då regeln jämfördes med källan."),
    ] = "2025-07-01",
) -> None:
    """Börja på en ny regel.

    ID är egna versaler med tre siffror. Filen hamnar i katalogens mapp regler. Den fungerar som den
    är och förklarar varje fält.

    \b
    Exempel:
      insatskoll new regel EX001 --namn "Mötesplats utan syfte"
    """
    from insatskoll import dates, errors, names, writing
    from insatskoll.lint import configuration
    from insatskoll.scaffold import rule

    dates.check_date(datum)
    if rule_id in load_rules().rules:
        raise errors.UsageError(f"Regeln {rule_id} finns redan. Välj ett annat id.")
    path, text = rule.new_rule(rule_id, namn, datum, configuration.load_settings().catalogue)
    writing.write_all({path: text.encode()}, before={path: None})
    tell(
        f"{names.shown(path)} är skriven. Ändra den, och kör sedan insatskoll explain "
        f"{rule_id} och insatskoll lint."
    )
