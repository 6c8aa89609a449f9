"""Municipalities as they were in a git revision, read through the same reader as the files of
today."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from pathlib import Path

from insatskoll.catalogue import file_names, loading
from insatskoll.catalogue.model import FileProblems, Kommun
from insatskoll.names import RevisionPath
from insatskoll.reading import git
from insatskoll.reading.document import Document
from insatskoll.reading.git import Entry, GitError, Repository
from insatskoll.reading.hygiene import MAX_BYTES, MISSING, TOO_LARGE
from insatskoll.reading.places import Problem
from insatskoll.values import immutable


@immutable
class Snapshot:
    """The folder of municipalities in a commit, each with an id that another folder has only if it
    holds the same. ``name`` is how the user calls the commit."""

    repository: Repository
    commit: str
    name: str
    folders: Mapping[str, Entry]


def of(repository: Repository, commit: str, name: str) -> Snapshot | None:
    """The municipalities that ``commit`` has in ``repository``'s folder, None without it. Raises
    :class:`git.GitError`."""
    held = git.folder(repository, commit)
    if held is None:
        return None
    folders = {
        e.path: e
        for e in held
        if (e.kind != "blob" or e.is_link) and file_names.is_kommun_name(e.path)
    }
    return Snapshot(repository, commit, name, folders)


def load(snapshot: Snapshot, kommun_ids: Collection[str]) -> dict[str, Kommun]:
    """Those of ``kommun_ids`` that the snapshot has. Paths in them are written ``revision:path``;
    no file need be left of them.

    Raises :class:`git.GitError`.
    """
    wanted = snapshot.folders.keys() & set(kommun_ids)
    for kommun_id in sorted(wanted):
        if (kind := snapshot.folders[kommun_id].kind) != "tree":
            what = "en länk" if kind == "blob" else "ett annat git-arkiv (submodule)"
            raise GitError(f"{_shown(snapshot, kommun_id)} är {what} och kan inte läsas.")
    held = [
        entry
        for entry in git.files(snapshot.repository, snapshot.commit, wanted)
        if _is_possible(entry)
    ]
    read = git.blobs(snapshot.repository, (entry for entry in held if _is_read(entry)))
    contents = {entry.path: content for entry, content in read}
    own = {
        kommun_id: {e.path: e for e in held if e.path.startswith(f"{kommun_id}/")}
        for kommun_id in sorted(wanted)
    }
    return {
        i: _made(_shown(snapshot, i), entries, contents) for i, entries in own.items() if entries
    }


def kommun(repository: Repository, commit: str, kommun_id: str) -> Kommun | None:
    """A municipality as it was in a commit, None if it was not there. Raises
    :class:`git.GitError`."""
    snapshot = of(repository, commit, commit)
    return None if snapshot is None else load(snapshot, [kommun_id]).get(kommun_id)


def _made(folder: Path, entries: Mapping[str, Entry], contents: Mapping[str, bytes]) -> Kommun:
    def load(path: Path, kind: str) -> Document | FileProblems:
        inside = path.relative_to(folder.parent).as_posix()
        if inside in contents:
            return loading.load_document(path, kind, contents[inside])
        entry = entries.get(inside)
        return FileProblems(path, (_unread(entry),))

    kommun = loading.make_kommun(folder, [tuple(path.split("/")[1:]) for path in entries], load)
    # What is not read, or damaged, is told but hinders nothing: a change that puts it right must be
    # possible to show.
    strays = tuple(
        file for file in kommun.problems if file.used or file.problems[0].rule == file_names.RULE
    )
    return replace(
        kommun,
        problems=tuple(f for f in kommun.problems if f not in strays),
        notes=(*kommun.notes, *strays),
    )


def _unread(entry: Entry | None) -> Problem:
    """Why the content of what a folder held was not read."""
    if entry is None:
        return MISSING
    if entry.kind == "commit":
        return loading.SUBMODULE
    return TOO_LARGE if _is_regular(entry) else loading.LINK


def _shown(snapshot: Snapshot, kommun_id: str) -> RevisionPath:
    """How a municipality's folder is called in messages: as git itself would have it."""
    return RevisionPath(f"{snapshot.name}:{snapshot.repository.path or '.'}") / kommun_id


def _is_regular(entry: Entry) -> bool:
    return entry.kind == "blob" and not entry.is_link


def _is_possible(entry: Entry) -> bool:
    """Whether a file can have such a path: no tree made by git has another, but one made by hand
    may."""
    return not {"", ".", ".."} & set(entry.path.split("/")) and "\\" not in entry.path


def _is_read(entry: Entry) -> bool:
    """Whether the reader may want the content of the file."""
    match entry.path.split("/"):
        case [_, "kommun.yaml" | file_names.ACCEPTED]:
            wanted = True
        case [_, part, name]:
            wanted = part in loading.PARTS and name.endswith(".yaml")
        case _:
            wanted = False
    return wanted and _is_regular(entry) and entry.size <= MAX_BYTES
