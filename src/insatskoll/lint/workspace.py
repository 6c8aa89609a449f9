"""Finds what a command is to work on: settings, catalogues, and the municipalities that its
arguments name."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from insatskoll import dates, names, resources
from insatskoll.catalogue import file_names, inventory, loading
from insatskoll.catalogue.model import FileProblems
from insatskoll.errors import NothingToCheck, Refused
from insatskoll.law.selection import ALL, Prefix, Selection
from insatskoll.names import shown
from insatskoll.reading import files
from insatskoll.reading.document import Document
from insatskoll.reading.places import DataPath

SETTINGS_FILE = "insatskoll.yaml"
BASELINE_FILE = "insatskoll-baslinje.json"
_YEARS = 50  # after the act: a day as late as that to judge by is mistyped
DEFAULT_CATALOGUE = "catalogue"


class UsageError(Refused):
    """The command was given something it cannot use; the message says what and how."""


@dataclass(frozen=True)
class Settings:
    """The settings in force: the catalogue's folder, the level that fails a run, where documents
    are written, which rules are put, and the file of the findings that are known."""

    catalogue: Path = Path("catalogue")
    fail_level: str = "fel"
    output: Path = Path("ut")
    selection: Selection = ALL
    baseline: Path = Path(BASELINE_FILE)

    @property
    def folder(self) -> Path:
        """The folder that the settings are for, in which their file lies if there is one."""
        return self.baseline.parent


@dataclass(frozen=True)
class Target:
    """A municipality's folder; ``files`` are the only ones asked for, or None for all."""

    folder: Path
    files: frozenset[Path] | None = None


def top() -> Path:
    """The folder to work in: the nearest that has settings or a catalogue, at or above the working
    folder.

    Nothing is looked for above the top of the repository, nor, where there is none, above the
    catalogue that the working folder lies in. The working folder itself where nothing is found.
    """
    here = Path.cwd()
    end = names.repository(here) or names.above_catalogue(here) or here
    for folder in (here, *here.parents):
        settings = (folder / SETTINGS_FILE).exists() and not loading.misplaced_settings(folder)
        if settings or (folder / "catalogue" / "kommuner").is_dir():
            return Path() if folder == here else folder
        if folder == end:
            break
    return Path()


def load_settings(folder: Path | None = None) -> Settings:
    """The settings of ``folder``, or of :func:`top`. Raises :class:`UsageError` if the file there
    cannot be used."""
    folder = top() if folder is None else folder
    path = folder / SETTINGS_FILE
    _refuse_misnamed(folder)
    if not files.there(path) or loading.misplaced_settings(folder):
        return Settings(
            catalogue=folder / "catalogue", output=folder / "ut", baseline=folder / BASELINE_FILE
        )
    loaded = loading.load_document(path, "konfiguration")
    if isinstance(loaded, FileProblems):
        raise UsageError(loaded.told())
    for name in ("katalog", "utmapp"):
        if not (folder / loaded.data.get(name, "")).resolve().is_relative_to(folder.resolve()):
            span = loaded.span((name,))
            raise UsageError(
                f"{shown(path)}:{span.line}:{span.column}: Mappen i ”{name}” ligger "
                "utanför den här mappen. Ange en mapp i den."
            )
    return Settings(
        catalogue=folder / loaded.data.get("katalog", "catalogue"),
        fail_level=loaded.data.get("underkänn_från", "fel"),
        output=folder / loaded.data.get("utmapp", "ut"),
        selection=_selection(loaded),
        baseline=folder / BASELINE_FILE,
    )


def _refuse_misnamed(folder: Path) -> None:
    """Settings under another name would not be read, and nobody would be told."""
    try:
        present = sorted(path.name for path in folder.iterdir())
    except OSError:  # what cannot be listed is told of when it is read
        present = []
    for name in present:
        if (
            name != SETTINGS_FILE
            and file_names.is_yaml(name)
            and file_names.right_name(name) == SETTINGS_FILE
        ):
            raise UsageError(
                f"{shown(folder / name)}: Inställningarna läses inte ur en fil med det "
                f"namnet. Den ska heta {SETTINGS_FILE}."
            )


def catalogue_in(raw: bytes) -> str | None:
    """The catalogue's folder, as a file with settings of another time names it; None if that file
    cannot be used."""
    loaded = loading.load_document(Path(SETTINGS_FILE), "konfiguration", raw)
    return (
        None
        if isinstance(loaded, FileProblems)
        else str(loaded.data.get("katalog", DEFAULT_CATALOGUE))
    )


def settings_then(raw: bytes | None, settings: Settings) -> Settings | None:
    """``settings`` with the rules and the level that a file of another time had, or that hold
    without one; None if that file cannot be used."""
    if raw is None:
        return replace(settings, fail_level=Settings.fail_level, selection=ALL)
    loaded = loading.load_document(Path(SETTINGS_FILE), "konfiguration", raw)
    if isinstance(loaded, FileProblems):
        return None
    return replace(
        settings,
        fail_level=loaded.data.get("underkänn_från", Settings.fail_level),
        selection=_selection(loaded),
    )


def judge_alike(one: Settings, other: Settings) -> bool:
    """Whether the same rules are put at the same levels, and the same level fails."""
    return one.fail_level == other.fail_level and one.selection.asks_as(other.selection)


def _selection(settings: Document) -> Selection:
    def prefix(text: str, *path: str | int) -> Prefix:
        place: DataPath = ("regler", *path)
        span = settings.span(place, key="nivåer" in path)
        return Prefix(text, f"{shown(settings.path)}:{span.line}:{span.column}")

    chosen = settings.data.get("regler", {})
    select, ignore = (
        tuple(prefix(text, name, index) for index, text in enumerate(chosen.get(name, ())))
        for name in ("välj", "hoppa_över")
    )
    levels = tuple(
        (prefix(text, "nivåer", text), level) for text, level in chosen.get("nivåer", {}).items()
    )
    return Selection(select, ignore, levels)


def find_targets(arguments: Sequence[str], settings: Settings) -> list[Target]:
    """The municipalities that ``arguments`` name, by folder.

    An argument is a catalogue, a municipality's folder, a file in one, or a municipality's name: in
    the catalogue at hand, or else among those that come with the program. Without arguments, all in
    the catalogue at hand. Raises :class:`UsageError` and :class:`NothingToCheck`.
    """
    if not arguments:
        folders = loading.kommun_folders(settings.catalogue)
        if not folders:
            if hidden := loading.hidden_kommuner(settings.catalogue):
                raise NothingToCheck(hidden[0].told())
            if other := file_names.misnamed(settings.catalogue, "kommuner"):
                raise NothingToCheck(
                    f"Mappen {other} i {shown(settings.catalogue)} läses inte. Den ska heta "
                    "kommuner."
                )
            if strays := loading.load_strays(settings.catalogue):
                raise NothingToCheck(strays[0].told())
            raise NothingToCheck(
                f"Det finns inga kommuner i {shown(settings.catalogue / 'kommuner')}. Stå "
                "i mappen som har katalogen. "
                "En ny kommun är en mapp där, till exempel "
                f"{shown(settings.catalogue / 'kommuner' / 'ekbacka')}, med filen "
                "kommun.yaml och mappen insatser. Granska den sedan, så sägs vad filerna "
                "ska innehålla. "
                "Kommandot insatskoll show uppsala visar en kommun som följer med programmet."
            )
        return [Target(folder) for folder in folders]
    found: dict[Path, frozenset[Path] | None] = {}
    for argument in arguments:
        for target in _targets(argument, settings):
            known = found.get(target.folder, frozenset())
            found[target.folder] = (
                None if known is None or target.files is None else known | target.files
            )
    return [Target(folder, files) for folder, files in sorted(found.items())]


def _targets(argument: str, settings: Settings) -> list[Target]:
    path = _plainly(Path(argument))
    for catalogue in (settings.catalogue, resources.CATALOGUE):
        if not path.is_dir() and argument in (
            folder.name for folder in loading.kommun_folders(catalogue)
        ):
            return [Target(catalogue / "kommuner" / argument)]
    for catalogue in (path, path / "catalogue", path.parent if path.name == "kommuner" else path):
        if folders := loading.kommun_folders(catalogue):
            return [Target(folder) for folder in folders]
    if path.is_dir() and is_kommun_folder(path):
        if path.parent.name == "kommuner" and not file_names.is_kommun_name(path.name):
            hidden = file_names.hidden_kommun(path.name)
            raise UsageError(f"{hidden.message}. {hidden.remedy}")
        return [Target(path)]
    if not path.exists():
        raise UsageError(
            f"”{argument}” är varken en fil, en mapp eller en kommun i "
            f"katalogen.{_meant(argument, settings)}"
        )
    folder = _kommun_of(path)
    if folder is not None:
        files = (
            [path] if path.is_file() else [inside for inside in path.rglob("*") if inside.is_file()]
        )
        if path.name not in loading.PARTS and not _any_read(folder, files):
            raise UsageError(
                f"{shown(path)} läses inte, så det finns inget att granska. Ange kommunen "
                "eller en fil som läses."
            )
        return [
            Target(
                folder,
                frozenset(
                    folder / names.absolute(file).relative_to(names.absolute(folder))
                    for file in files
                ),
            )
        ]
    where = (
        f"{shown(path)} ligger inte i någon kommuns mapp. En sådan har filen kommun.yaml "
        "och mappen insatser, och ligger "
        f"i {shown(settings.catalogue / 'kommuner')}."
    )
    if path.is_dir():
        raise NothingToCheck(f"Mappen {where}")
    raise UsageError(f"Filen {where}")


# What is looked at for the sake of the profile.
_LOOKS = (".svg", ".png", ".jpg", ".jpeg", ".ttf", ".otf", ".docx", ".j2", ".css", ".html")


def _any_read(folder: Path, files: Iterable[Path]) -> bool:
    """Whether any of ``files``, which lie in a municipality's ``folder``, is read or is told of as
    one that is not."""
    listing = inventory.sorted_out(inventory.contents(folder).files, inventory.KOMMUN)
    known = {*listing.read, *listing.blocked, *(stray.steps for stray in listing.strays)}
    known |= {(name,) for name in inventory.KOMMUN.files}
    inside = (names.absolute(file).relative_to(names.absolute(folder)) for file in files)
    return any(path.parts in known or path.suffix.casefold() in _LOOKS for path in inside)


def _meant(argument: str, settings: Settings) -> str:
    """A question after the municipality that was probably meant, to end a message with."""
    known = [
        folder.name
        for where in (settings.catalogue, resources.CATALOGUE)
        for folder in loading.kommun_folders(where)
    ]
    written = file_names.right_name(f"{argument[:100]}.yaml").removesuffix(".yaml")
    bare = re.sub(r"s?-?kommun$", "", written)
    near = next((name for name in known if name in (written, bare)), None) or next(
        iter(difflib.get_close_matches(bare, known, n=1, cutoff=0.75)), None
    )
    return f" Menade du {shown(near)}?" if near else ""


def _plainly(path: Path) -> Path:
    """``path`` without ``..`` and with a name of its own, so that a municipality's id is its
    folder's name."""
    full, here = names.absolute(path), Path.cwd()
    return path if path.is_absolute() and ".." not in path.parts else _below(full, here)


def _below(full: Path, here: Path) -> Path:
    return full.relative_to(here) if full != here and full.is_relative_to(here) else full


def _kommun_of(path: Path) -> Path | None:
    """The municipality's folder that a file or a folder lies in."""
    full = names.absolute(path)
    found = next((above for above in full.parents[:3] if is_kommun_folder(above)), None)
    return _below(found, Path.cwd()) if found is not None else None


def catalogues_of(targets: Iterable[Target]) -> list[Path]:
    """The catalogues that the municipalities of ``targets`` lie in."""
    inside = (target.folder.parent for target in targets if target.folder.parent.name == "kommuner")
    return list(dict.fromkeys(folder.parent for folder in inside))


def is_kommun_folder(path: Path) -> bool:
    """Whether ``path`` is a municipality's folder."""
    return (path / "kommun.yaml").exists() or (path / "insatser").is_dir()


def check_date(text: str) -> None:
    """Raises :class:`UsageError` if ``text`` is no day in the calendar, written ÅÅÅÅ-MM-DD."""
    if not dates.exists(text):
        raise UsageError(f"”{text}” är inget datum. Skriv ÅÅÅÅ-MM-DD, till exempel 2025-07-01.")


def check_near_date(text: str) -> None:
    """As :func:`check_date`, and also for a day that can only be a slip of the pen: by year, since
    no clock is asked."""
    check_date(text)
    if not dates.within_reason(text, _YEARS):
        raise UsageError(
            f"”{text}” ligger för långt från lagen, som gäller från {dates.IN_FORCE}. "
            "Kontrollera året."
        )
