"""Whether ``decide`` can have written a decision that a change adds.

Anybody can write a file that verifies in itself. What ``decide`` writes is what the files held when
it did: so a new decision is compared with the municipality's files in the commit that added it, and
with itself there, since it may have been altered later in the same change.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from insatskoll.catalogue import canonical, commits
from insatskoll.catalogue.model import Beslut, Kommun
from insatskoll.diff.decisions import mark
from insatskoll.reading import git
from insatskoll.reading.git import Repository

_ALTERED = "ändrat efter commiten {commit} som skrev det"
_NOT_THE_FILES = "innehåller något annat än kommunens filer i commiten {commit} som lade till det"


def doubts(
    repository: Repository, commit: str, old: Kommun | None, new: Kommun
) -> Mapping[str, str]:
    """Why the decisions that have come between ``old`` and ``new``, which is what the folder of
    municipalities ``repository`` has in ``commit``, cannot have been written by ``decide``: in
    words, by id. None of a municipality that is new, or whose decision is reconstructed, adopted
    only in part, or entered late: those hold something else than the files; nor of one that comes
    before another, which the chain of decisions tells of. Raises :class:`git.GitError`."""
    if old is None or new.revision is None:
        return {}
    last = max((one.order for one in old.beslut), default=("", 0, 0))
    there = {one.id for one in old.beslut}
    late = {one.about for one in new.handelser if one.facts["slag"] == "infört"}
    come = [
        one
        for one in new.beslut
        if one.order > last and one.id not in late | there and _is_of_the_files(one)
    ]
    return dict(_doubts(repository, commit, new.id, come))


def _is_of_the_files(beslut: Beslut) -> bool:
    facts = beslut.data["beslut"]
    return "inte_antaget" not in facts and facts.get("rekonstruerad") != "ja"


def _doubts(
    repository: Repository, commit: str, kommun_id: str, come: list[Beslut]
) -> Iterator[tuple[str, str]]:
    for beslut in come:
        added = git.added_in(repository, commit, f"{kommun_id}/beslut/{beslut.id}.yaml")
        snapshot = commits.of(repository, added, added) if added is not None else None
        if added is None or snapshot is None:
            continue
        then = commits.load(snapshot, [kommun_id]).get(kommun_id)
        if then is not None and (why := _why(beslut, then)):
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
    return None if frozen["innehåll"] == beslut.data["innehåll"] else _NOT_THE_FILES
