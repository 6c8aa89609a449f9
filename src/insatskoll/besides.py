"""What decides the findings and the print besides the municipalities' own words, and how it differs between two sides.

A comparison shows insatser. Settings, known findings, own rules, templates and profiles can change what is found and what is
printed with not a word of an insats changed, so that a change of them is told.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path, PurePosixPath

from insatskoll import git, inventory, reading
from insatskoll.git import Entry, Repository
from insatskoll.names import shortened

Files = Mapping[str, Collection[str]]  # what there is, by path, and the ids that git may give its content

SETTINGS, BASELINE = "insatskoll.yaml", "insatskoll-baslinje.json"
_SHARED = ("regler", "lagrum", "begrepp", "mallar")
_LOOKS = frozenset((".svg", ".png", ".jpg", ".jpeg", ".ttf", ".otf", ".woff", ".woff2", ".docx", ".css"))
_LISTED = 5  # paths that a remark names
_CHANGED = {
    BASELINE: "Listan över kända fynd har ändrats. Fynden i den visas inte i en granskning",
    "regler": "Egna regler eller lagrum har ändrats",
    "begrepp": "Begrepp har ändrats",
    "utseende": "Det som styr hur bilagan ser ut och vad som trycks har ändrats. Läs bilagan också",
}


def in_revision(kommuner: Repository, settings: Repository | None, commit: str, kommun_ids: Iterable[str]) -> Files:
    """What there was in ``commit``: beside the folder ``kommuner``, in those of ``kommun_ids``, and in the settings' folder.

    Raises :class:`git.GitError`.
    """
    above = PurePosixPath(kommuner.path).parent.as_posix()
    catalogue = replace(kommuner, path="" if above == "." else above)
    held = git.files(catalogue, commit, _SHARED) if git.folder(catalogue, commit) else []
    own = list(kommun_ids)
    if own and git.folder(kommuner, commit) is not None:
        held += (replace(e, path=f"kommuner/{e.path}") for e in git.files(kommuner, commit, own) if _steers(e.path))
    if settings is not None:
        held += (e for e in git.folder(settings, commit) or () if e.path in (SETTINGS, BASELINE))
    return {entry.path: (entry.id,) for entry in held if _is_file(entry)}


def in_files(kommuner: Path, settings: Path | None, kommun_ids: Iterable[str]) -> Files:
    """As :func:`in_revision`, in the files as they are now."""
    found = {
        "/".join((name, *steps)): kommuner.parent.joinpath(name, *steps)
        for name in _SHARED
        for steps in inventory.contents(kommuner.parent / name).files
    }
    for kommun_id in kommun_ids:
        for steps in inventory.contents(kommuner / kommun_id, lambda steps: steps[0] == "mallar").files:
            if _steers(inside := "/".join((kommun_id, *steps))):
                found[f"kommuner/{inside}"] = kommuner.joinpath(kommun_id, *steps)
    if settings is not None:
        found |= {name: settings / name for name in (SETTINGS, BASELINE) if (settings / name).is_file()}
    return {name: _ids(path) for name, path in found.items()}


def differ(name: str, before: Files | None, after: Files | None) -> bool:
    """Whether one side has another file ``name`` than the other; not where a side has nothing but insatser."""
    if before is None or after is None or (name not in before and name not in after):
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
    first = name.split("/", maxsplit=1)[0]
    return {"lagrum": "regler", "mallar": "utseende", "kommuner": "utseende"}.get(first, first)


def _steers(path: str) -> bool:
    """Whether a file in a municipality's folder, whose name ``path`` begins with, decides what is printed."""
    _, *steps = path.split("/")
    at_top = len(steps) == 1 and (steps[0] == "profil.yaml" or PurePosixPath(steps[0]).suffix.casefold() in _LOOKS)
    return at_top or (len(steps) > 1 and steps[0] == "mallar")


def _is_file(entry: Entry) -> bool:
    return entry.kind == "blob"


def _ids(path: Path) -> tuple[str, ...]:
    """The ids that git may give the content, with the line ends of either kind of system."""
    try:
        content = reading.read(path)
    except reading.Unread:
        return ()
    texts = {content, content.replace(b"\r\n", b"\n")}
    return tuple(hash_(b"blob %d\0" % len(text) + text).hexdigest() for text in texts for hash_ in (hashlib.sha1, hashlib.sha256))
