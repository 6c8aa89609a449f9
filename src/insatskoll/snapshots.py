"""Municipalities as they were in a git revision, read through the same reader as the files of today."""

from __future__ import annotations

import tempfile
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from insatskoll import git, model
from insatskoll.document import MAX_BYTES
from insatskoll.git import Entry, GitError, Repository
from insatskoll.model import FileProblems, Kommun

_PARTS = frozenset({"insatser", "beslut", "riskanalyser"})


@dataclass(frozen=True)
class Snapshot:
    """The folder of municipalities in a commit, each with an id that another folder has only if it holds the same.
    ``name`` is how the user calls the commit."""

    repository: Repository
    commit: str
    name: str
    folders: Mapping[str, Entry]


def of(repository: Repository, commit: str, name: str) -> Snapshot:
    """The municipalities in ``repository``'s folder as ``commit`` had it. Raises :class:`git.GitError` if it had none."""
    held = git.folder(repository, commit)
    if held is None:
        raise GitError(f"Mappen {git.shown_path(repository.path)} finns inte i revisionen ”{name}”.")
    return Snapshot(repository, commit, name, {entry.path: entry for entry in held if entry.kind != "blob" or entry.is_link})


def load(snapshot: Snapshot, kommun_ids: Collection[str]) -> dict[str, Kommun]:
    """Those of ``kommun_ids`` that the snapshot has. Paths in them are written ``revision:path``; no file need be left of them.

    Raises :class:`git.GitError`.
    """
    wanted = snapshot.folders.keys() & set(kommun_ids)
    for kommun_id in sorted(wanted):
        if (kind := snapshot.folders[kommun_id].kind) != "tree":
            what = "en länk" if kind == "blob" else "ett annat git-arkiv (submodule)"
            raise GitError(f"{_shown(snapshot, kommun_id)} är {what} och kan inte läsas.")
    held = [entry for entry in git.files(snapshot.repository, snapshot.commit, wanted) if _is_read(entry)]
    with tempfile.TemporaryDirectory(prefix="insatskoll-") as temporary:
        _write(snapshot.repository, held, Path(temporary))
        return {
            kommun_id: _loaded(Path(temporary) / kommun_id, _shown(snapshot, kommun_id), own)
            for kommun_id in sorted(wanted)
            if (own := [entry for entry in held if entry.path.startswith(f"{kommun_id}/")])
        }


def _loaded(copy: Path, shown: Path, held: Iterable[Entry]) -> Kommun:
    kommun = model.load_kommun(copy, shown)
    links = [shown / entry.path.partition("/")[2] for entry in held if not _is_regular(entry)]
    found = [problem for problem in kommun.problems if problem.path not in links]
    return replace(kommun, problems=(*(FileProblems(link, (model.LINK,)) for link in links), *found))


def _shown(snapshot: Snapshot, kommun_id: str) -> Path:
    """How a municipality's folder is called in messages: as git itself would have it."""
    return Path(f"{snapshot.name}:{'/'.join(filter(None, (snapshot.repository.path, kommun_id)))}")


def _is_regular(entry: Entry) -> bool:
    return entry.kind == "blob" and not entry.is_link


def _is_read(entry: Entry) -> bool:
    """Whether the reader would look at the file, or a link in its place; all else a folder holds is left where it is."""
    steps = entry.path.split("/")
    if {"", ".", ".."} & set(steps) or "\\" in entry.path:  # no tree made by git has it, but one made by hand may
        return False
    match steps:
        case [_, "kommun.yaml"]:
            return True
        case [_, part]:
            return part in _PARTS
        case [_, part, name]:
            return part in _PARTS and name.endswith(".yaml")
    return False


def _write(repository: Repository, held: Iterable[Entry], folder: Path) -> None:
    """Writes the files into ``folder``; in place of one that is too large something as large, which the reader refuses."""
    regular = [entry for entry in held if _is_regular(entry)]
    for entry in regular:
        (folder / entry.path).parent.mkdir(parents=True, exist_ok=True)
    for entry, content in git.blobs(repository, [entry for entry in regular if entry.size <= MAX_BYTES]):
        (folder / entry.path).write_bytes(content)
    for entry in regular:
        if entry.size > MAX_BYTES:
            with (folder / entry.path).open("wb") as file:
                file.truncate(MAX_BYTES + 1)
