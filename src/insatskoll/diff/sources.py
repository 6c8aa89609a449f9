"""What an argument of a comparison can mean, and how its municipalities are loaded: files, a
decision, or a revision in git."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from pathlib import Path
from posixpath import normpath
from typing import TypeVar

from insatskoll.catalogue import commits, decision_ids, inventory, loading, model, workspace
from insatskoll.catalogue.file_names import in_kommun
from insatskoll.catalogue.model import Beslut, FileProblems, Insats, Kommun
from insatskoll.catalogue.workspace import is_kommun_folder
from insatskoll.diff.home import Home, borrowed, municipalities, municipality, with_name
from insatskoll.errors import NothingToCheck, UsageError
from insatskoll.lint import configuration
from insatskoll.names import absolute, shown
from insatskoll.reading import accepted, document, git, hygiene
from insatskoll.reading.git import Repository
from insatskoll.reading.hygiene import UnreadableDocument
from insatskoll.values import immutable

_T = TypeVar("_T")
NOW = "filerna som de är nu"


@immutable
class Source:
    """What an argument means. ``states`` are the municipalities it has, each with what is the same
    for two that are the same, or None. ``single`` is one that is a municipality by itself, whatever
    its folder is called; ``decided`` one that has only municipalities with a certain decision;
    ``insats`` the id of the only insats that it has; ``path`` where its files lie."""

    name: str
    states: Mapping[str, str | None]
    load: Callable[[Collection[str]], Mapping[str, Kommun]]
    single: bool = False
    decided: bool = False
    insats: str | None = None
    path: Path | None = None
    revision: _InGit | None = None


@immutable
class _InGit:
    """A git revision as a source: the folder of municipalities in it and as it is now, and whether
    the former exists."""

    commit: str
    repository: Repository
    present: Repository
    exists: bool

    @property
    def missing(self) -> str:
        """The folder, to be told that it does not exist."""
        return f"Mappen {git.shown_path(self.repository.path or '.')} finns inte i"


class Unknown(UsageError):
    """Nothing of that name was found, which may still be found elsewhere."""


def as_now(home: Home) -> Source:
    """The files as they are now."""
    return _files(NOW, home.folders)


def latest(home: Home, *, undecided: bool = False) -> Source:
    """For each municipality what is in force: its latest decision that stands; with ``undecided``
    those that have none are there too, with nothing before."""
    folders = home.folders
    if not folders and home.only is None:
        # tells that there are none, and what to do
        workspace.find_targets([], home.root.parent)
    latest = {name: decided for name, folder in folders.items() if (decided := _decided(folder))}
    if not latest and home.only is None and not undecided:
        raise NothingToCheck("Ingen kommun i katalogen har ett beslut att jämföra med.")
    if not latest and folders and not undecided:
        raise UsageError(f"{git.shown_path(home.only or '')} har inget beslut att jämföra med.")

    def load(wanted: Collection[str]) -> Mapping[str, Kommun]:
        return {
            i: _accepted(loading.load_in_force(folders[i], latest[i]))
            for i in latest.keys() & set(wanted)
        }

    return Source("beslut att jämföra med", dict.fromkeys(latest), load, decided=not undecided)


def decision(text: str, home: Home) -> Source | None:
    """The municipalities' decisions of the day ``text``, if they have any: by what their files are
    called, or else by the day as corrected."""
    folders = home.folders
    if not decision_ids.is_id(text):
        # a file beside the decisions that is called as a branch must not be taken for it
        return None
    having = {name: text for name, folder in folders.items() if text in _decided(folder)}
    if not having:
        days = {name: loading.corrected_days(folder) for name, folder in folders.items()}
        having = {
            name: known[text]
            for name, known in days.items()
            if known.get(text) in _decided(folders[name])
        }
    return _decision_source(f"beslut {text}", folders, having) if having else None


def _decision_source(name: str, folders: Mapping[str, Path], which: Mapping[str, str]) -> Source:
    def load(wanted: Collection[str]) -> Mapping[str, Kommun]:
        loaded = {i: loading.load_beslut(folders[i], which[i]) for i in which.keys() & set(wanted)}
        return {i: _standing(i, folders[i], _accepted(beslut)) for i, beslut in loaded.items()}

    return Source(name, dict.fromkeys(which), load, decided=True)


def _decided(folder: Path) -> list[str]:
    held = [("beslut", path.name) for path in (folder / "beslut").glob("*.yaml")]
    read = inventory.sorted_out(held, inventory.KOMMUN).read
    return sorted((Path(name).stem for _, name in read), key=decision_ids.order)


def decisions_told(home: Home) -> str:
    """Which decisions there are, to end a message with."""
    known: dict[str, list[str]] = {}
    for name, folder in home.folders.items():
        for beslut in _decided(folder):
            known.setdefault(beslut, []).append(name)
    listed = (
        f"{git.shown_path(beslut)} ({', '.join(map(git.shown_path, names))})"
        for beslut, names in sorted(known.items())
    )
    return f" Beslut finns från {', '.join(listed)}." if known else " Inga beslut finns."


def _standing(kommun_id: str, folder: Path, beslut: Beslut) -> Kommun:
    """A municipality of which nothing is known but one decision; where a court has annulled a part
    of it, as it stands."""
    if beslut.revision.is_annulled or not beslut.revision.annulled_parts:
        return _holding(kommun_id, folder, beslut)
    until = _decided(folder)
    return _accepted(loading.load_in_force(folder, until[: until.index(beslut.id) + 1]))


def _holding(kommun_id: str, folder: Path, beslut: Beslut) -> Kommun:
    """A municipality of which nothing is known but one decision."""
    return Kommun(
        kommun_id, folder, None, replace(beslut.revision, kommun_id=kommun_id), (beslut,), files=1
    )


def _folder(path: Path, home: Home) -> Source | None:
    """A municipality's folder, or one that holds them in ``kommuner``, in ``catalogue/kommuner`` or
    by itself."""
    name = f"mappen {shown(path)}"
    if is_kommun_folder(path):
        return replace(_files(name, {with_name(path).name: path}), single=True, path=path)
    for root in (path / "kommuner", path / "catalogue" / "kommuner", path):
        if found := municipalities(root):
            return replace(
                _files(name, {i: f for i, f in found.items() if home.only in (None, i)}), path=root
            )
    return None


def _files(name: str, folders: Mapping[str, Path]) -> Source:
    def load(wanted: Collection[str]) -> Mapping[str, Kommun]:
        return {
            i: loading.usable(loading.load_kommun(folders[i]))
            for i in sorted(folders.keys() & set(wanted))
        }

    return Source(name, dict.fromkeys(folders), load)


def in_git(commit: str, name: str, home: Home) -> Source:
    """The municipalities as they were in a commit, which is called ``name``."""
    repository = home.repository
    there = _catalogue_then(repository, commit, home)
    snapshot = commits.of(there, commit, name)
    revision = _InGit(commit, there, repository, exists=snapshot is not None)
    if snapshot is None:
        return Source(name, {}, lambda _: {}, revision=revision)

    def load(wanted: Collection[str]) -> Mapping[str, Kommun]:
        return commits.load(snapshot, wanted)

    states = {kommun_id: entry.id for kommun_id, entry in snapshot.folders.items()}
    return Source(name, states, load, revision=revision)


def _catalogue_then(repository: Repository, commit: str, home: Home) -> Repository:
    """The folder of municipalities as the settings in ``commit`` had it; as it is now, if they
    cannot be used or had none."""
    place = home.place
    if place is None:
        return repository
    found = git.file(place, commit, workspace.SETTINGS_FILE, hygiene.MAX_BYTES)
    catalogue = (
        workspace.DEFAULT_CATALOGUE if found is None else configuration.catalogue_in(found[1])
    )
    if place.top != repository.top or catalogue is None:
        return repository
    path = normpath(f"{place.path or '.'}/{catalogue}/kommuner")
    if path == repository.path or path.startswith(("../", "/")):
        return repository
    then = replace(repository, path=path)
    return repository if git.folder(then, commit) is None else then


def _accepted(loaded: _T | FileProblems) -> _T:
    if isinstance(loaded, FileProblems):
        raise UsageError(loaded.told())
    return loaded


def at_path(path: Path, home: Home, other: str | None) -> Source | None:
    """The municipalities in a folder, or the insats or decision in a file; None if it is something
    else."""
    if path.is_dir():
        return _folder(path, home)
    return (
        _file(path, home, other)
        if path.suffix == ".yaml" or is_kommun_folder(path.parent.parent)
        else None
    )


def _file(path: Path, home: Home, other: str | None) -> Source:
    """The file of one insats or one decision; if it lies in no municipality's folder, it is of that
    which is asked for."""
    folder = municipality(path) or borrowed(home, other)
    name = f"filen {shown(path)}"
    try:
        data = document.read(path).data
    except UnreadableDocument as error:
        raise UsageError(FileProblems(path, tuple(error.problems), error.text).told()) from None
    kind = (
        "beslut" if isinstance(data, dict) and {"beslut", "innehåll"} <= data.keys() else "insats"
    )
    if in_kommun(absolute(path))[0] in ("kommun.yaml", "riskanalyser"):
        raise UsageError(
            f"Filen {shown(path)} är varken en insats eller ett beslut. Ange mappen i stället."
        )
    if folder is None:
        raise UsageError(
            f"Filen {shown(path)} ligger inte i en kommuns mapp (den som har kommun.yaml). "
            "Ange kommunen med --kommun."
        )
    loaded = _accepted(loading.load_document(path, kind))
    kommun_id = folder.absolute().name
    if kind == "beslut":
        beslut = model.make_beslut(kommun_id, loaded)
        return Source(
            name,
            {kommun_id: None},
            lambda _: {kommun_id: _holding(kommun_id, folder, beslut)},
            single=True,
        )
    insats = Insats(path.stem, accepted.insats(loaded), loaded)

    def load(_: Collection[str]) -> Mapping[str, Kommun]:
        return {kommun_id: _with(loading.usable(loading.load_kommun(folder)), insats)}

    return Source(name, {kommun_id: None}, load, single=True, insats=insats.id, path=path)


def _with(kommun: Kommun, insats: Insats) -> Kommun:
    """The municipality with ``insats`` in place of its own of that id."""
    revision = kommun.revision
    assert revision is not None
    others = [one for one in revision.insatser if one.id != insats.id]
    made = model.make_revision(
        kommun.id, revision.kommun, [*others, insats], riskanalyser=revision.riskanalyser
    )
    return replace(kommun, revision=made)
