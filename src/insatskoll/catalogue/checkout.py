"""The files of municipalities that a sparse checkout has left out of the folder: they are not here,
and nobody has removed them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from insatskoll.names import plain
from insatskoll.reading import git
from insatskoll.reading.git import GitError, Repository, shown_path

REMEDY = "Hämta allt med git sparse-checkout disable."
_NAMED = 3  # files, at most, that are named in a line


def left_out(root: Path) -> dict[str, list[str]]:
    """The files in the folder ``root`` of municipalities that are not checked out, as paths within
    the folder of each; none where there is no git to ask."""
    if not git.may_be_sparse(root):
        return {}
    try:
        repository = git.find(root)
    except GitError:
        return {}
    return left_out_of(repository)


def left_out_of(repository: Repository) -> dict[str, list[str]]:
    """As :func:`left_out`, of a repository whose folder is that of the municipalities."""
    found: dict[str, list[str]] = {}
    for path in git.not_checked_out(repository):
        kommun_id, _, inside = path.partition("/")
        if inside:
            found.setdefault(kommun_id, []).append(inside)
    return found


def told(kommun_id: str, files: Iterable[str]) -> str:
    """Which ``files`` of a municipality are not checked out, to begin a sentence with."""
    names = sorted(files)
    if len(names) > 1 and "kommun.yaml" in names:
        return f"{shown_path(plain(kommun_id))} är inte utcheckad (sparse checkout)"
    listed = ", ".join(shown_path(f"{plain(kommun_id)}/{name}") for name in names[:_NAMED])
    if len(names) > _NAMED:
        listed += f" och {len(names) - _NAMED} andra filer"
    are = "är inte utcheckade" if len(names) > 1 else "är inte utcheckad"
    return f"{listed} {are} (sparse checkout)"
