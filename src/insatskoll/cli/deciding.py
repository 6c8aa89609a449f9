"""The command decide: freezes a decision, or records what has happened to one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import click
import typer

from insatskoll.cli.codes import FINDINGS
from insatskoll.cli.common import load_begrepp, load_rules, print_rich, refuse_bundled, say, tell

if TYPE_CHECKING:
    from insatskoll.catalogue.model import Kommun
    from insatskoll.decisions.decide import Plan
    from insatskoll.decisions.recording import Record
    from insatskoll.lint.configuration import Settings
    from insatskoll.lint.report import Report


class Follow(StrEnum):
    """What becomes of what was not adopted."""

    kvar = "kvar"
    avslag = "avslag"
    återremiss = "återremiss"


class Basis(StrEnum):
    """On what ground somebody decided in the place of the nämnd."""

    delegation = "delegation"
    brådskande = "brådskande"


def _option(flag: str, metavar: str, text: str) -> Any:
    return typer.Option(flag, metavar=metavar, help=text, show_default=False)


def _flag(flag: str, text: str) -> Any:
    return typer.Option(flag, help=text)


_Text = str | None
_Words = list[str] | None
# What each course of a decision needs besides the municipality, and what else it can be given.
_ALWAYS = {"--dry-run"}
_SIGN = "--signera"
_WHO = {"--nämnd", _SIGN}
_LISTS = ("--borttagna", "--utom", "--insatser")
_COURSES: Mapping[str, tuple[tuple[str, ...], set[str]]] = {
    "": (
        ("--datum", "--paragraf", "--dnr"),
        _WHO | {
            "--händelse", "--oförändrad", "--borttagna", "--utom", "--följd", "--reservation",
            "--beslutsfattare", "--stöd", "--anmält", "--i-efterhand", "--skäl",
        },
    ),
    "--rättar": (("--den",), _WHO | {"--datum", "--paragraf", "--dnr", "--skäl"}),
    "--upphävt": (("--datum", "--laga-kraft", "--domstol", "--mål"), {"--insatser", _SIGN}),
    "--återremiss": (("--datum", "--paragraf", "--dnr"), _WHO | {"--skäl"}),
    "--avslag": (("--datum", "--paragraf", "--dnr"), _WHO | {"--skäl"}),
    "--mot": (("--reservation",), {_SIGN}),
    "--ångra": ((), set()),
    _SIGN: ((), set()),  # where nothing else is asked for
}  # fmt: skip


def decide_command(
    context: typer.Context,
    kommun: Annotated[
        str, typer.Argument(metavar="KOMMUN", help="Kommunen vars filer är beslutade.")
    ],
    datum: Annotated[_Text, _option("--datum", "ÅÅÅÅ-MM-DD", "Sammanträdets datum.")] = None,
    paragraf: Annotated[
        _Text, _option("--paragraf", "PARAGRAF", "Paragrafen i protokollet.")
    ] = None,
    diarienummer: Annotated[_Text, _option("--dnr", "NUMMER", "Ärendets diarienummer.")] = None,
    namnd: Annotated[
        _Text,
        _option("--nämnd", "NÄMND", "Nämnden som beslutade. Annars: förslagets eller kommunens."),
    ] = None,
    handelse: Annotated[
        _Text,
        _option("--händelse", "ORD", "Vad som hände. Annars: Antagen, Reviderad eller Bekräftad."),
    ] = None,
    unchanged: Annotated[
        bool, _flag("--oförändrad", "Nämnden har bekräftat det senaste beslutet som det är.")
    ] = False,
    removed: Annotated[
        _Words,
        _option(
            "--borttagna",
            "ID",
            "Insatserna som nämnden har tagit bort sedan det senaste beslutet, med komma emellan.",
        ),
    ] = None,
    without: Annotated[
        _Words,
        _option(
            "--utom",
            "ID",
            "Det i förslaget som nämnden inte antog: insatsers id, eller ändringars id så som "
            "--dry-run visar dem. Flera med komma.",
        ),
    ] = None,
    follow: Annotated[
        Follow,
        typer.Option(
            "--följd",
            help="Vad som händer med det som inte antogs: kvar som förslag, avslaget eller "
            "återremitterat.",
        ),
    ] = Follow.kvar,
    reservations: Annotated[
        _Words,
        _option("--reservation", "TEXT", "En reservation som antecknades. Kan anges flera gånger."),
    ] = None,
    against: Annotated[
        _Text,
        _option("--mot", "BESLUT", "Reservationen gäller det här beslutet, som redan är fryst."),
    ] = None,
    decider: Annotated[
        _Text,
        _option("--beslutsfattare", "VEM", "Vem som beslutade i nämndens ställe. Kräver --stöd."),
    ] = None,
    basis: Annotated[
        Basis | None,
        typer.Option(
            "--stöd",
            help="På vilken grund: delegation, eller brådskande ärende.",
            show_default=False,
        ),
    ] = None,
    reported: Annotated[
        _Text,
        _option("--anmält", "ÅÅÅÅ-MM-DD", "Dagen då beslutet anmäldes till nämnden."),
    ] = None,
    late: Annotated[
        bool,
        _flag("--i-efterhand", "Beslutet fattades före ett som redan är fryst."),
    ] = False,
    corrects: Annotated[
        _Text,
        _option(
            "--rättar",
            "BESLUT",
            "Rätta en uppenbar felskrivning i beslutet: det rätta anges med --paragraf, --dnr, "
            "--nämnd eller --datum.",
        ),
    ] = None,
    corrected: Annotated[
        _Text, _option("--den", "ÅÅÅÅ-MM-DD", "Dagen då rättelsen gjordes.")
    ] = None,
    why: Annotated[
        _Text,
        _option(
            "--skäl", "TEXT", "Skälen för rättelsen, återremissen eller avslaget, också av en del."
        ),
    ] = None,
    annulled: Annotated[
        _Text,
        _option("--upphävt", "BESLUT", "En domstol har upphävt beslutet. --datum är domens dag."),
    ] = None,
    court: Annotated[_Text, _option("--domstol", "DOMSTOL", "Domstolen som upphävde.")] = None,
    case: Annotated[_Text, _option("--mål", "NUMMER", "Målets nummer.")] = None,
    force: Annotated[
        _Text, _option("--laga-kraft", "ÅÅÅÅ-MM-DD", "Dagen då domen fick laga kraft.")
    ] = None,
    parts: Annotated[
        _Words,
        _option(
            "--insatser",
            "ID",
            "Insatserna som beslutet är upphävt för, med komma emellan. Utan dem: hela beslutet.",
        ),
    ] = None,
    returned: Annotated[
        bool, _flag("--återremiss", "Nämnden skickade tillbaka förslaget.")
    ] = False,
    refused: Annotated[bool, _flag("--avslag", "Nämnden avslog förslaget.")] = False,
    recall: Annotated[
        bool,
        _flag("--ångra", "Ta tillbaka det som skrevs sist, innan det är publicerat."),
    ] = False,
    key: Annotated[
        _Text,
        _option(
            _SIGN,
            "NYCKEL",
            "Signera det som skrivs, med en nyckel från ssh-keygen eller minisign. Ensamt: "
            "signera det som skrevs sist.",
        ),
    ] = None,
    dry: Annotated[
        bool, _flag("--dry-run", "Visa allt som skulle skrivas, och ändringarnas id; skriv inget.")
    ] = False,
) -> None:
    """Frys ett beslut, eller anteckna vad som har hänt med det.

    Filerna som de är nu blir beslutet. Det skrivs i kommunens mapp beslut, med kontrollsumma, och
    ändringarna i kommunens ändringslogg. Filerna ska vara granskade utan fel: det som lint finner
    rättar ni eller godtar med skäl. Ett beslut skrivs aldrig över. Det som händer med det sedan
    skrivs i mappen händelser.

    \b
    Exempel:
      insatskoll decide uppsala --datum 2025-10-20 --paragraf "§ 12" --dnr "SN 2025/1"
                 --borttagna samarbetssamtal-på-uppdrag-av-tingsrätten
      insatskoll decide uppsala … --utom lots --dry-run    allt utom ändringarna i en insats
      insatskoll decide uppsala --återremiss --datum 2025-10-20 --paragraf 12 --dnr "SN 2025/1"
      insatskoll decide uppsala --rättar 2025-10-20 --paragraf 21 --den 2025-11-03
      insatskoll decide uppsala --upphävt 2025-10-20 --datum 2026-02-01 --laga-kraft 2026-03-01
                 --domstol "Förvaltningsrätten i Uppsala" --mål 1234-25
      insatskoll decide uppsala --ångra
      insatskoll decide uppsala --signera ~/.ssh/id_ed25519
    """
    given = _given(context)
    given |= {flag: _listed(flag, given[flag]) for flag in _LISTS}
    _run(kommun, _course(given), given)


def _given(context: click.Context) -> dict[str, Any]:
    """What each option was given, by its flag."""
    given = {
        option.opts[0]: context.params[option.name]
        for option in context.command.params
        if isinstance(option, click.Option) and option.name in context.params
    }
    given["--reservation"] = tuple(given["--reservation"] or ())
    if given["--följd"] == Follow.kvar:
        given["--följd"] = None
    return given


def _listed(flag: str, words: _Words) -> tuple[str, ...]:
    """The ids that an option is given; one that is given none is a slip, and not the same as one
    that is not given."""
    from insatskoll import errors

    names = tuple(name.strip() for text in words or () for name in text.split(","))
    if not all(names):
        raise errors.UsageError(f"{flag} saknar ett id. Skriv id:n med komma emellan.")
    return names


def _course(given: Mapping[str, Any]) -> str:
    """Which course is asked for, by its option; the empty one freezes a decision."""
    from insatskoll import errors

    asked = [flag for flag in _COURSES if flag and given[flag] not in (None, False)]
    if _SIGN in asked and (len(asked) > 1 or any(given[flag] for flag in _COURSES[""][0])):
        asked.remove(_SIGN)
    if len(asked) > 1:
        raise errors.UsageError(f"Välj {' eller '.join(asked)}.")
    course = asked[0] if asked else ""
    needed, possible = _COURSES[course]
    known = {course, *needed, *possible, *_ALWAYS}
    for flag, value in given.items():
        if flag not in known and value not in (None, False, ()):
            what = f"används inte med {course}" if course else "hör inte till ett beslut"
            raise errors.UsageError(f"{flag} {what}.")
    lacking = [flag for flag in needed if given[flag] in (None, False, ())]
    if lacking:
        with_what = f" med {course}" if course else ""
        raise errors.UsageError(f"Ange också {' och '.join(lacking)}{with_what}.")
    if (given["--beslutsfattare"] is None) != (given["--stöd"] is None):
        raise errors.UsageError("Ange både --beslutsfattare och --stöd.")
    if given["--anmält"] is not None and given["--stöd"] is None:
        raise errors.UsageError("--anmält hör till --beslutsfattare och --stöd.")
    if given["--följd"] is not None and not given["--utom"]:
        raise errors.UsageError("--följd hör till --utom.")
    if course == "" and given["--skäl"] is not None and given["--följd"] is None:
        raise errors.UsageError("--skäl hör till --följd avslag eller --följd återremiss.")
    return course


def _run(argument: str, course: str, given: Mapping[str, Any]) -> None:
    """Does what is asked for; what is read is what is decided, whoever else decides at the same
    time."""
    from insatskoll import errors, writing
    from insatskoll.catalogue import checkout, loading
    from insatskoll.lint import configuration

    settings = configuration.load_settings()
    folder = _own_kommun(argument, settings)
    if files := checkout.left_out(folder.parent).get(folder.name):
        raise errors.UsageError(f"{checkout.told(folder.name, files)}. {checkout.REMEDY}")
    with writing.alone(settings.catalogue.parent):
        kommun = loading.load_kommun(folder)
        if course == "":
            _decide(kommun, given, settings)
        elif course == _SIGN:
            _sign_latest(kommun, given)
        elif course == "--ångra":
            _recall(kommun, dry=given["--dry-run"])
        else:
            _record(_recorded(kommun, course, given), given)


def _decide(kommun: Kommun, given: Mapping[str, Any], settings: Settings) -> None:
    from insatskoll import writing
    from insatskoll.decisions import decide

    planned = decide.plan(kommun, _wanted(given))
    files, before = planned.files(again=given[_SIGN] is not None)
    if not planned.written and _hindered(planned, settings):
        raise typer.Exit(FINDINGS)
    _add_signature(planned.beslut.document.path, given, files, before)
    if given["--dry-run"]:
        _show_plan(kommun, planned, files)
        return
    writing.write_all(files, before)
    writing.sweep(kommun.folder / "beslut")
    _print_decided(planned, files)


def _add_signature(
    path: Path,
    given: Mapping[str, Any],
    files: dict[Path, bytes],
    before: dict[Path, bytes | None],
) -> None:
    """Adds to the ``files`` that are to be written the signature of the one at ``path``, if it is
    asked for. In a dry run the key is not used."""
    from insatskoll.decisions import signing

    if given[_SIGN] is None:
        return
    signer = signing.signer(given[_SIGN])
    place = signer.beside(path)
    text = files[path] if path in files else signing.frozen(path)
    files[place] = b"" if given["--dry-run"] else signer.signed(text)
    before[place] = None


def _sign_latest(kommun: Kommun, given: Mapping[str, Any]) -> None:
    """Signs what was written last."""
    from insatskoll import names, writing
    from insatskoll.decisions import signing

    path = signing.latest(kommun)
    files: dict[Path, bytes] = {}
    before: dict[Path, bytes | None] = {}
    _add_signature(path, given, files, before)
    if given["--dry-run"]:
        _show_files(files)
        return
    writing.write_all(files, before)
    tell(f"{names.shown(path)} är signerad.")
    for place in files:
        tell(f"{names.shown(place)} är skriven.")


def _wanted(given: Mapping[str, Any]) -> Any:
    from insatskoll import dates
    from insatskoll.decisions import asked, decide
    from insatskoll.decisions.partly import Left

    on_behalf: Any = None
    if given["--stöd"] is not None:
        who = asked.checked({"beslutsfattare": given["--beslutsfattare"]})["beslutsfattare"]
        on_behalf = {"vem": who, "stöd": given["--stöd"]}
        if given["--anmält"] is not None:
            dates.check_date(given["--anmält"])
            on_behalf["anmält"] = given["--anmält"]
    return decide.Wanted(
        given["--datum"], given["--paragraf"], given["--dnr"], given["--nämnd"],
        given["--händelse"], given["--oförändrad"], given["--borttagna"],
        Left(given["--utom"], given["--följd"] or "kvar", given["--skäl"]),
        given["--reservation"], on_behalf, given["--i-efterhand"],
    )  # fmt: skip


def _recorded(kommun: Kommun, course: str, given: Mapping[str, Any]) -> Record:
    from insatskoll.decisions import recording
    from insatskoll.errors import UsageError

    facts = {
        "datum": given["--datum"], "paragraf": given["--paragraf"],
        "diarienummer": given["--dnr"], "nämnd": given["--nämnd"],
    }  # fmt: skip
    if course == "--rättar":
        return recording.correction(kommun, given[course], given["--den"], facts, given["--skäl"])
    if course == "--upphävt":
        court = {"domstol": given["--domstol"], "målnummer": given["--mål"]}
        return recording.annulment(
            kommun, given[course], given["--datum"], given["--laga-kraft"], court,
            given["--insatser"],
        )  # fmt: skip
    if course == "--mot":
        if len(given["--reservation"]) != 1:
            raise UsageError("Ange en --reservation i taget med --mot.")
        return recording.reservation(kommun, given[course], given["--reservation"][0])
    datum = facts.pop("datum")
    said = {**facts, "text": given["--skäl"]}
    slag: Any = course.removeprefix("--")
    return recording.returned(kommun, slag, datum, said)


def _record(planned: Record, given: Mapping[str, Any]) -> None:
    from insatskoll import names, writing
    from insatskoll.bilaga import phrases

    facts = planned.data["händelse"]
    files, before = planned.files()
    _add_signature(planned.path, given, files, before)
    tell(phrases.mening(phrases.händelse(facts)))
    if given["--dry-run"]:
        _show_files(files)
        return
    writing.write_all(files, before)
    for path in files:
        tell(f"{names.shown(path)} är skriven.")
    told = {
        "återremiss": "Inget är beslutat. Förslaget i filerna går vidare: ändra det, och skriv "
        "den nya dagen under förslag i kommun.yaml.",
        "avslag": "Inget är beslutat. Ställ filerna som de är i det som gäller, och ta bort "
        "förslag ur kommun.yaml, om förslaget inte ska läggas fram på nytt.",
        "upphävande": "Kommandot insatskoll show --beslut visar vad som nu är i kraft, och diff "
        "jämför med det.",
    }  # fmt: skip
    if facts["slag"] in told:
        tell(told[facts["slag"]])


def _recall(kommun: Kommun, *, dry: bool) -> None:
    from insatskoll import names, writing
    from insatskoll.bilaga import phrases
    from insatskoll.decisions import recall

    taken = recall.recall(kommun)
    if dry:
        tell(f"{phrases.versal(taken.name)} skulle ångras.")
    else:
        writing.write_all(taken.files, taken.before)
        tell(f"Ångrat: {taken.name}.")
    for path, data in taken.files.items():
        done = "borttagen" if data is None else "återställd"
        would = "tas bort" if data is None else "återställas"
        tell(f"{names.shown(path)} {f'skulle {would}' if dry else f'är {done}'}.")
    if not dry:
        tell("Är det redan publicerat eller undertecknat är det ett nytt beslut som behövs.")


def _own_kommun(argument: str, settings: Settings) -> Path:
    """The folder of the one municipality, in the catalogue at hand, that ``argument`` names."""
    from insatskoll import errors, names
    from insatskoll.catalogue import workspace

    targets = workspace.find_targets([argument], settings.catalogue)
    refuse_bundled(targets, settings)
    if len(targets) != 1 or targets[0].files is not None:
        _not_one(argument)
    if targets[0].folder.resolve().parent != (settings.catalogue / "kommuner").resolve():
        raise errors.UsageError(
            f"Kommunen ligger inte i {names.shown(settings.catalogue / 'kommuner')}. Stå i "
            "mappen som har katalogen."
        )
    return targets[0].folder


def _not_one(argument: str) -> NoReturn:
    from insatskoll import errors

    raise errors.UsageError(
        f"”{argument}” är inte en kommun. Ange kommunens namn i katalogen, till exempel uppsala."
    )


def _hindered(planned: Plan, settings: Settings) -> bool:
    """Whether findings hinder a decision; they are told, and what else is to be known."""
    from insatskoll.bilaga.profile import own_glyphs
    from insatskoll.catalogue import loading
    from insatskoll.lint import run
    from insatskoll.lint.reporters import text

    rules, strays = (
        settings.selection.of(load_rules(settings)),
        loading.load_strays(settings.catalogue),
    )
    whole = run.lint(
        [planned.kommun], rules, load_begrepp(settings), strays=strays, own_glyphs=own_glyphs
    )
    for message in planned.doubtful(whole):
        say(f"Kontrollera: {message}", err=True)
    report = planned.hindering(whole)
    found, messages = planned.split(report)
    for message in messages:
        say(message)
    if found.findings:
        print_rich(text.render(found))
    if report.findings:
        say(
            "Inget är skrivet. Rätta felen, eller godta dem med skäl under avvikelser, innan "
            "filerna blir ett beslut."
        )
    else:
        _say_what_is_left(planned, whole)
    return bool(report.findings)


def _say_what_is_left(planned: Plan, report: Report) -> None:
    """Tells what does not hinder a decision, but should be known before it: warnings that nobody
    has accepted, and files that are not committed."""
    from insatskoll import names, swedish
    from insatskoll.decisions.uncommitted import uncommitted

    kommun = planned.kommun
    opened = planned.open_warnings(report)
    if opened:
        count = swedish.counted(opened, "varning är öppen", "varningar är öppna")
        say(f"{count}. Kommandot insatskoll lint {kommun.id} visar dem.", err=True)
    if changed := uncommitted(kommun.folder):
        one, many = "fil är inte incheckad", "filer är inte incheckade"
        count = swedish.counted(len(changed), one, many)
        listed = ", ".join(names.shown(name) for name in changed[:5])
        more = " …" if len(changed) > 5 else ""
        say(f"{count} i git: {listed}{more}", err=True)


def _print_decided(planned: Plan, files: Iterable[Path]) -> None:
    from insatskoll import names, swedish
    from insatskoll.bilaga import phrases

    decided = planned.beslut.revision
    count = swedish.counted(len(decided.insatser), "insats", "insatser")
    tell(f"{phrases.versal(decided.beteckning)} är fryst: {count}.")
    for path in files:
        tell(f"{names.shown(path)} är skriven.")
    tell(f"Kontrollsumma för protokollet: {planned.beslut.data['kontrollsumma']}")
    tell(planned.next_step)


def _show_plan(kommun: Kommun, planned: Plan, files: Mapping[Path, bytes]) -> None:
    """Tells all that would be written, and the changes with their ids."""
    from insatskoll import swedish
    from insatskoll.bilaga import phrases
    from insatskoll.decisions import partly

    decided = planned.beslut.revision
    count = swedish.counted(len(decided.insatser), "insats", "insatser")
    tell(f"{phrases.versal(decided.beteckning)} skulle frysas: {count}.")
    if planned.comparison is not None and kommun.revision is not None:
        for name, sentence in partly.changes(kommun.revision, planned.comparison.old):
            tell(f"{name}\n  {sentence}")
    tell(f"\n{planned.entry()}")
    _show_files(files)


def _show_files(files: Mapping[Path, bytes]) -> None:
    from insatskoll import names

    for path in files:
        tell(f"{names.shown(path)} skulle skrivas.")
    tell("Inget är skrivet (--dry-run).")
