"""What decides the findings and the print besides the municipalities' own words, and how it differs
between two sides.

A comparison shows insatser. Settings, known findings, own rules, templates and profiles can change
what is found and what is printed with not a word of an insats changed, so that a change of them is
told.
"""

from __future__ import annotations

import hashlib
import os
import posixpath
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath

from insatskoll.catalogue import inventory
from insatskoll.catalogue.file_names import ACCEPTED
from insatskoll.catalogue.loading import PARTS
from insatskoll.catalogue.workspace import BASELINE_FILE, SETTINGS_FILE
from insatskoll.names import shortened
from insatskoll.reading import files, git
from insatskoll.reading.git import Repository

# what there is, by path, and the ids that git may give its content
Files = Mapping[str, Collection[str]]

_SHARED = ("regler", "definitioner", "ordlistor", "lagrum", "begrepp", "mallar")
_READ = frozenset((".yaml",))
_LOOKS = frozenset(
    (
        ".j2",
        ".html",
        ".css",
        ".svg",
        ".png",
        ".jpg",
        ".jpeg",
        ".ttf",
        ".otf",
        ".woff",
        ".woff2",
        ".docx",
    )
)
_MOST = 20_000_000  # bytes of a file: more than any that is used
_UNREAD = "?"
_LISTED = 5  # paths that a remark names
_CHANGED = {
    BASELINE_FILE: "Listan över kända fynd har ändrats. Fynden i den visas inte i en granskning",
    "regler": "Regler, definitioner, ordlistor eller lagrum i katalogen har ändrats",
    "begrepp": "Begrepp har ändrats",
    ACCEPTED: "Listan över godtagna ändringar har ändrats. Ändringarna i den underkänns inte",
    "utseende": "Det som styr hur bilagan ser ut och vad som trycks har ändrats. Läs bilagan också",
}


def in_revision(
    kommuner: Repository, settings: Repository | None, commit: str, kommun_ids: Iterable[str]
) -> Files:
    """What there was in ``commit``: beside the folder ``kommuner``, in those of ``kommun_ids``, and
    in the settings' folder.

    Raises :class:`git.GitError`.
    """
    catalogue = posixpath.join(kommuner.path, "..")
    wanted = {posixpath.join(catalogue, name): name for name in _SHARED}
    wanted |= {posixpath.join(kommuner.path, name): f"kommuner/{name}" for name in kommun_ids}
    if settings is not None:
        wanted |= {
            posixpath.join(settings.path, name): name for name in (SETTINGS_FILE, BASELINE_FILE)
        }
    named = {
        at: name
        for path, name in wanted.items()
        if not (at := posixpath.normpath(path)).startswith("..")
    }
    found: dict[str, tuple[str, ...]] = {}
    for entry in git.listed(kommuner, commit, named):
        at = next(place for place in _and_above(entry.path) if place in named)
        name = named[at] + entry.path[len(at) :]
        if entry.kind == "blob" and _steers(name):
            found[name] = (entry.id,)
    return found


def _and_above(path: str) -> Iterator[str]:
    """The path, and the folders that it lies in."""
    while path:
        yield path
        path = posixpath.dirname(path)


def in_files(kommuner: Path, settings: Path | None, kommun_ids: Iterable[str]) -> Files:
    """As :func:`in_revision`, in the files as they are now."""
    found = {
        f"{name}{inside}": path
        for name in _SHARED
        for inside, path in _below(kommuner.parent / name)
    }
    for kommun_id in kommun_ids:
        found |= {
            f"kommuner/{kommun_id}{inside}": path
            for inside, path in _below(kommuner / kommun_id, kommun=True)
        }
    if settings is not None:
        found |= {name: settings / name for name in (SETTINGS_FILE, BASELINE_FILE)}
    return {
        name: _ids(path) for name, path in found.items() if _steers(name) and os.path.lexists(path)
    }


def _below(folder: Path, *, kommun: bool = False) -> Iterator[tuple[str, Path]]:
    """What lies below a folder, as the end of its path; the folder itself where it is a link or a
    file."""
    if folder.is_symlink() or folder.is_file():
        yield "", folder
        return
    for steps in inventory.contents(
        folder, lambda steps: not kommun or steps[0] not in PARTS
    ).files:
        yield "/" + "/".join(steps), folder.joinpath(*steps)


def differ(name: str, before: Files | None, after: Files | None) -> bool:
    """Whether one side has another file ``name`` than the other; not where a side has nothing but
    insatser."""
    if before is None or after is None or (name not in before and name not in after):
        return False
    if (
        _UNREAD in after.get(name, ()) and name in before
    ):  # what cannot be read is used by nothing, and told where it would be
        return False
    return not set(before.get(name, ())) & set(after.get(name, ()))


def remarks(before: Files | None, after: Files | None) -> Iterator[str]:
    """What to say of what differs between two sides."""
    differing: dict[str, list[str]] = {}
    for name in sorted((before or {}).keys() | (after or {}).keys()):
        if differ(name, before, after):
            differing.setdefault(_kind(name), []).append(name)
    for kind, said in _CHANGED.items():
        if names := differing.get(kind):
            more = f" och {len(names) - _LISTED} till" if len(names) > _LISTED else ""
            yield f"{said}: {', '.join(shortened(name) for name in names[:_LISTED])}{more}."


def _kind(name: str) -> str:
    if name.endswith(f"/{ACCEPTED}"):
        return ACCEPTED
    first = name.split("/", maxsplit=1)[0]
    return {
        "definitioner": "regler",
        "lagrum": "regler",
        "ordlistor": "regler",
        "mallar": "utseende",
        "kommuner": "utseende",
    }.get(first, first)


def _steers(name: str) -> bool:
    """Whether a file decides what is found or printed: only what is read does, or a link in its
    place."""
    first, *steps = name.split("/")
    suffix = PurePosixPath(name).suffix.casefold()
    if not steps:
        return True
    if first != "kommuner":
        return suffix in (_LOOKS if first == "mallar" else _READ)
    inside = steps[1:]
    return inside in ([], ["profil.yaml"], [ACCEPTED], ["mallar"]) or (
        suffix in _LOOKS and inside[0] not in PARTS
    )


def _ids(path: Path) -> tuple[str, ...]:
    """The ids that git may give the content, with the line ends of either kind of system."""
    try:
        content = os.fsencode(path.readlink()) if path.is_symlink() else files.read(path, _MOST)
    except files.Unread:
        return (_UNREAD,)
    texts = {content, content.replace(b"\r\n", b"\n")}
    return tuple(
        hash_(b"blob %d\0" % len(text) + text).hexdigest()
        for text in texts
        for hash_ in (hashlib.sha1, hashlib.sha256)
    )
