"""Where municipalities are looked for: the catalogue's folder, and the repository around it."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from pathlib import Path

from insatskoll.catalogue import file_names
from insatskoll.catalogue.workspace import is_kommun_folder
from insatskoll.lint.configuration import Settings
from insatskoll.names import absolute
from insatskoll.names import repository as nearest_repository
from insatskoll.reading import git
from insatskoll.reading.git import GitError, Repository
from insatskoll.values import immutable


@immutable
class Home:
    """Where municipalities are looked for: the folder that holds their folders, and the only one
    that is asked for, if any. ``settings`` is the folder whose settings say where that folder is,
    if they do."""

    root: Path
    only: str | None = None
    settings: Path | None = None

    @cached_property
    def folders(self) -> dict[str, Path]:
        """The municipalities' folders, by name."""
        found = municipalities(self.root)
        return (
            found
            if self.only is None
            else {name: path for name, path in found.items() if name == self.only}
        )

    @cached_property
    def _nearest(self) -> Repository:
        return git.find(self.root)

    @cached_property
    def place(self) -> Repository | None:
        """The repository that the settings lie in, and their folder in it; None if there is
        none."""
        if self.settings is None:
            return None
        folder, top = absolute(self.settings), self._nearest.top
        if nearest_repository(folder) == top:
            return replace(self._nearest, path="/".join(folder.relative_to(top).parts))
        try:
            return git.find(self.settings)
        except GitError:  # only the catalogue lies in a repository
            return None

    @cached_property
    def repository(self) -> Repository:
        """The repository that is asked, and the folder in it. Raises :class:`git.GitError`, also
        where the catalogue lies in one of its own inside that which the settings lie in: a change
        can put any there."""
        found = self._nearest
        around = self.place or found
        if around.top != found.top and found.top.is_relative_to(around.top):
            inner = git.shown_path(found.top.relative_to(around.top).as_posix())
            raise git.Ambiguous(
                f"{inner} är ett eget git-arkiv (submodule) inuti det här, och svarar inte "
                "för vad som har ändrats. "
                "Kör insatskoll inne i det, eller ta bort det."
            )
        return found


def home_of(kommun: str | None, settings: Settings) -> Home:
    """Where to look for ``kommun``, a name or a folder, or for all of them."""
    root = settings.catalogue / "kommuner"
    if kommun is None or kommun in municipalities(root):
        return Home(root, kommun, settings.folder)
    folder = Path(kommun)
    if exists(kommun) and is_kommun_folder(folder):
        folder = with_name(folder)
        return Home(folder.parent, folder.name)
    return Home(root, kommun, settings.folder)


def municipalities(root: Path) -> dict[str, Path]:
    """The folders in ``root`` that are municipalities', by name."""
    if not root.is_dir():
        return {}
    return {
        p.name: p
        for p in sorted(root.iterdir())
        if file_names.is_kommun_name(p.name) and is_kommun_folder(p)
    }


def with_name(folder: Path) -> Path:
    """The folder written such that its last step is its name."""
    return folder.resolve() if folder.name in {"", ".."} else folder


def municipality(path: Path) -> Path | None:
    """The municipality's folder that ``path`` is or lies in."""
    return next((step for step in (path, *path.parents[:2]) if is_kommun_folder(step)), None)


def borrowed(home: Home, other: str | None) -> Path | None:
    """The municipality that is meant where a file itself does not tell: the one asked for, or that
    of the other argument."""
    if home.only is not None:
        return home.folders.get(home.only)
    return municipality(Path(other)) if other is not None and exists(other) else None


def exists(text: str) -> bool:
    """Whether there is anything at the path ``text``."""
    try:
        return Path(text).exists()
    except (OSError, ValueError):  # too long, or with a character that no path has
        return False


def is_now(path: Path, home: Home) -> bool:
    """Whether ``path`` is among the files as they are now, or holds them."""
    full = path.resolve()
    folders = [folder.resolve() for folder in home.folders.values()]
    return any(full.is_relative_to(folder) or folder.is_relative_to(full) for folder in folders)
