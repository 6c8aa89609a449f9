"""Which of a municipality's files are not as in the latest commit: what is decided should be
possible to find again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from insatskoll.catalogue import inventory
from insatskoll.reading import files, git


def uncommitted(folder: Path) -> list[str]:
    """The files in a municipality's ``folder`` that the latest commit has otherwise or not at all,
    and those that only it has; none where there is no git to ask."""
    try:
        repository = git.find(folder.parent)
        commit = git.resolve(repository, "HEAD").id
        held = git.files(repository, commit, [folder.name])
    except git.GitError:
        return []
    listed = inventory.sorted_out(inventory.contents(folder).files, inventory.KOMMUN).read
    now = {"/".join(steps): folder.joinpath(*steps) for steps in (("kommun.yaml",), *listed)}
    then = {entry.path.partition("/")[2]: entry.id for entry in held if entry.kind == "blob"}
    known = {name for name in then if name == "kommun.yaml" or _is_read(name)}
    changed = {
        name for name, path in now.items() if then.get(name, "") not in set(_ids(path, then))
    }
    return sorted(changed | (known - now.keys()))


def _is_read(name: str) -> bool:
    part, _, rest = name.partition("/")
    return part in inventory.KOMMUN.parts and rest.endswith(".yaml")


def _ids(path: Path, then: dict[str, str]) -> Iterator[str]:
    """The ids that git has, or may have, for the content of a file; its line breaks may be others
    in the work tree."""
    try:
        content = files.read(path)
    except files.Unread:
        return
    kind = "sha256" if any(len(one) == 64 for one in then.values()) else "sha1"
    for raw in (content, content.replace(b"\r\n", b"\n")):
        yield hashlib.new(kind, b"blob %d\0" % len(raw) + raw, usedforsecurity=False).hexdigest()
