"""Whether ``decide`` can have written a decision or a record that a change adds, and which it has
added and taken back.

Anybody can write a file that verifies in itself. What ``decide`` writes is what the files held when
it did: so a new decision is compared with the municipality's files in the commit that added it, and
with itself there, since it may have been altered later in the same change. So is a new record with
itself.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from insatskoll.catalogue import canonical, commits, file_names, loading, records, standing
from insatskoll.catalogue.model import (
    Beslut,
    FileProblems,
    Handelse,
    Kommun,
    Revision,
    decided_revision,
)
from insatskoll.diff.decisions import mark
from insatskoll.diff.facts import compare
from insatskoll.diff.patch import plain
from insatskoll.reading import git, hygiene
from insatskoll.reading.git import Repository

_ALTERED = "ändrat efter commiten {commit} som skrev det"
_ALTERED_RECORD = "ändrad efter commiten {commit} som skrev den"
_NOT_THE_FILES = "innehåller något annat än kommunens filer i commiten {commit} som lade till det"
_NOT_ALL_PROPOSED = (
    "antar något som varken gällde eller stod i kommunens filer i commiten {commit} som lade till "
    "det"
)


def doubts(
    repository: Repository, commit: str, old: Kommun | None, new: Kommun
) -> Mapping[str, str]:
    """Why the decisions and records that have come between ``old`` and ``new``, which is what the
    folder of municipalities ``repository`` has in ``commit``, cannot have been written by
    ``decide``: in words, by id. None of a municipality that is new, or whose decision is
    reconstructed or entered late: those hold something else than the files, which only the
    minutes can tell; nor of one that comes before another, which the chain of decisions tells of.
    Raises :class:`git.GitError`."""
    if old is None or new.revision is None:
        return {}
    last = max((one.order for one in old.beslut), default=("", 0, 0))
    there = {one.id for one in old.beslut}
    late = _late(new)
    come = [
        one
        for one in new.beslut
        if one.order > last
        and one.id not in late | there
        and one.data["beslut"].get("rekonstruerad") != "ja"
    ]
    noted = {one.id for one in old.handelser}
    recorded = [one for one in new.handelser if one.id not in noted]
    return {
        **dict(_doubts(repository, commit, new.id, come)),
        **dict(_altered(repository, commit, new.id, recorded)),
    }


def taken_back(
    repository: Repository, since: str, commit: str, only: str | None = None
) -> Iterator[str]:
    """In sentences, the decisions and records that commits up to ``commit``, and not up to
    ``since``, have added to the folder of municipalities ``repository``, or to that of ``only``
    one, and that are gone again. Raises :class:`git.GitError`."""
    added = [
        (path, by, one)
        for by, one in git.additions(repository, since, commit)
        if _is_frozen(path := one.path) and only in (None, path.split("/")[0])
    ]
    folders = {path.split("/")[0] for path, _, _ in added}
    then, now = (_paths(repository, at, folders) for at in (since, commit))
    moved = {one.id for path, _, one in added if path in now}
    told: set[str] = set()
    for path, by, one in added:
        if path in then | now | told or one.id in moved:
            continue
        told.add(path)
        kommun_id, part, name = path.split("/")
        what, gone = ("Beslutet", "borttaget") if part == "beslut" else ("Händelsen", "borttagen")
        named = git.shown_path(name.removesuffix(".yaml"))
        yield (
            f"{git.shown_path(kommun_id)}: {what} {named} skrevs i commiten {by[:10]}, och är "
            f"sedan {gone}."
        )


def _paths(repository: Repository, commit: str, folders: Collection[str]) -> set[str]:
    if not folders or git.folder(repository, commit) is None:
        return set()
    return {one.path for one in git.files(repository, commit, folders)}


def _is_frozen(path: str) -> bool:
    steps = path.split("/")
    return len(steps) == 3 and steps[1] in file_names.FROZEN and steps[2].endswith(".yaml")


def _altered(
    repository: Repository, commit: str, kommun_id: str, come: list[Handelse]
) -> Iterator[tuple[str, str]]:
    """The new records that say something else than in the commit that added them."""
    for one in come:
        path = f"{kommun_id}/{records.FOLDER}/{one.id}.yaml"
        added = git.added_in(repository, commit, path)
        found = git.file(repository, added, path, hygiene.MAX_BYTES) if added is not None else None
        if added is None or found is None:
            continue
        written = loading.load_document(one.document.path, "handelse", found[1])
        if isinstance(written, FileProblems) or Handelse(one.id, written).data != one.data:
            yield one.id, _ALTERED_RECORD.format(commit=added[:10])


def _late(kommun: Kommun) -> set[str]:
    """The decisions that have been entered after a later one, as the records say."""
    order = {one.id: one.order for one in kommun.beslut}
    said = [one for one in kommun.handelser if one.facts["slag"] == "infört"]
    pairs = [(one.about or "", one.facts.get("efter", "")) for one in said]
    return {
        name
        for name, after in pairs
        if {name, after} <= order.keys() and order[name] < order[after]
    }


def _doubts(
    repository: Repository, commit: str, kommun_id: str, come: list[Beslut]
) -> Iterator[tuple[str, str]]:
    for beslut in come:
        added = git.added_in(repository, commit, f"{kommun_id}/beslut/{beslut.id}.yaml")
        if added is None or (then := commits.kommun(repository, added, kommun_id)) is None:
            continue
        if why := _why(beslut, then):
            yield beslut.id, why.format(commit=added[:10])


def _why(beslut: Beslut, then: Kommun) -> str | None:
    """What is wrong with a decision by what there was ``then``, when it was added; None if nothing
    is, or the files cannot tell."""
    written = next((one for one in then.beslut if one.id == beslut.id), None)
    if written is not None and mark(written) != mark(beslut):
        return _ALTERED
    if then.revision is None or then.problems:
        return None
    frozen = canonical.freeze(then.revision, beslut.data["beslut"])
    if "inte_antaget" not in beslut.data["beslut"]:
        return None if frozen["innehåll"] == beslut.data["innehåll"] else _NOT_THE_FILES
    proposed = decided_revision(then.id, frozen)
    return None if _is_part_of(beslut, proposed, then) else _NOT_ALL_PROPOSED


def _is_part_of(beslut: Beslut, proposed: Revision, then: Kommun) -> bool:
    """Whether all that a decision changes is changed in what was ``proposed`` too, from what was in
    force before it."""
    frozen = next((one for one in then.beslut if one.id == beslut.id), beslut)
    held = standing.in_force([one for one in then.beslut if one.order < frozen.order])
    if held is None:
        return False
    whole = set(map(plain, compare(held, proposed).facts))
    made = decided_revision(then.id, beslut.data)
    return whole.issuperset(map(plain, compare(held, made).facts))
