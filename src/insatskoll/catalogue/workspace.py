"""Finds what a command is to work on: the folder, and the municipalities that its arguments
name."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from insatskoll import names, resources
from insatskoll.catalogue import file_names, inventory, loading
from insatskoll.errors import NothingToCheck, UsageError
from insatskoll.names import shown
from insatskoll.values import immutable

SETTINGS_FILE = "insatskoll.yaml"


BASELINE_FILE = "insatskoll-baslinje.json"


DEFAULT_CATALOGUE = "catalogue"


@immutable
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


def find_targets(arguments: Sequence[str], catalogue: Path) -> list[Target]:
    """The municipalities that ``arguments`` name, by folder.

    An argument is a catalogue, a municipality's folder, a file in one, or a municipality's name: in
    the catalogue at hand, or else among those that come with the program. Without arguments, all in
    the catalogue at hand. Raises :class:`UsageError` and :class:`NothingToCheck`.
    """
    if not arguments:
        folders = loading.kommun_folders(catalogue)
        if not folders:
            if hidden := loading.hidden_kommuner(catalogue):
                raise NothingToCheck(hidden[0].told())
            if other := file_names.misnamed(catalogue, "kommuner"):
                raise NothingToCheck(
                    f"Mappen {other} i {shown(catalogue)} läses inte. Den ska heta kommuner."
                )
            if strays := loading.load_strays(catalogue):
                raise NothingToCheck(strays[0].told())
            raise NothingToCheck(
                f"Det finns inga kommuner i {shown(catalogue / 'kommuner')}. Har ni en "
                "katalog, stå i mappen som har den. Börja annars på en kommun här, till exempel "
                "med kommandot insatskoll new kommun Ekbacka, eller läs in ert dokument med "
                "insatskoll import. "
                "Kommandot insatskoll show uppsala visar en kommun som följer med programmet."
            )
        return [Target(folder) for folder in folders]
    found: dict[Path, frozenset[Path] | None] = {}
    for argument in arguments:
        for target in _targets(argument, catalogue):
            known = found.get(target.folder, frozenset())
            found[target.folder] = (
                None if known is None or target.files is None else known | target.files
            )
    return [Target(folder, files) for folder, files in sorted(found.items())]


def _targets(argument: str, catalogue: Path) -> list[Target]:
    path = _plainly(Path(argument))
    for known in (catalogue, resources.CATALOGUE):
        if not path.is_dir() and argument in (
            folder.name for folder in loading.kommun_folders(known)
        ):
            return [Target(known / "kommuner" / argument)]
    for given in (path, path / "catalogue", path.parent if path.name == "kommuner" else path):
        if folders := loading.kommun_folders(given):
            return [Target(folder) for folder in folders]
    if path.is_dir() and is_kommun_folder(path):
        if path.parent.name == "kommuner" and not file_names.is_kommun_name(path.name):
            hidden = file_names.hidden_kommun(path.name)
            raise UsageError(f"{hidden.message}. {hidden.remedy}")
        return [Target(path)]
    if not path.exists():
        raise UsageError(
            f"”{argument}” är varken en fil, en mapp eller en kommun i "
            f"katalogen.{_meant(argument, catalogue)}"
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
        f"i {shown(catalogue / 'kommuner')}."
    )
    if path.is_dir():
        raise NothingToCheck(f"Mappen {where}")
    raise UsageError(f"Filen {where}")


def file_target(name: str) -> Target:
    """The one file called ``name``, which need not be there yet, and the municipality that it
    belongs to. Raises :class:`UsageError` for what is no file that is read in a municipality."""
    path = _plainly(Path(name))
    begun = path.name == "kommun.yaml" and names.absolute(path).parents[1].name == "kommuner"
    folder = _below(names.absolute(path).parent, Path.cwd()) if begun else _kommun_of(path)
    if folder is None:
        raise UsageError(
            f"{shown(path)} hör inte till någon kommun. En fil i en kommun heter som till exempel "
            f"{DEFAULT_CATALOGUE}/kommuner/ekbacka/insatser/öppen-mötesplats.yaml."
        )
    steps = names.absolute(path).relative_to(names.absolute(folder)).parts
    held = {*inventory.contents(folder).files, steps}
    listing = inventory.sorted_out(held, inventory.KOMMUN)
    known = {*listing.read, *(stray.steps for stray in listing.strays)}
    known |= {(name,) for name in inventory.KOMMUN.files}
    if path.is_dir() or steps not in known:
        raise UsageError(f"{shown(path)} läses inte, så det finns inget att granska.")
    return Target(folder, frozenset({folder.joinpath(*steps)}))


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


def _meant(argument: str, catalogue: Path) -> str:
    """A question after the municipality that was probably meant, to end a message with."""
    known = [
        folder.name
        for where in (catalogue, resources.CATALOGUE)
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
