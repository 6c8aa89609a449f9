"""Whether the latest decision is the one that was put into git.

Every other decision is held by the next, which names its checksum. The latest has none after it,
and one that is altered and summed anew verifies in itself.
"""

from __future__ import annotations

from insatskoll.catalogue import canonical, commits
from insatskoll.catalogue.model import Beslut, Kommun
from insatskoll.decisions import changelog
from insatskoll.diff.decisions import mark
from insatskoll.reading import git
from insatskoll.reading.git import Repository


def altered(kommun: Kommun) -> str | None:
    """That the latest decision is another than in the commit that added it, in words; None where it
    is not, or git cannot tell.

    One that was taken back and made anew is as it should be: the log names it, and it holds what
    the files do, or did when it was written last. One that is reconstructed or adopted in part
    holds something else than the files, and of that only what the log names is known.
    """
    if not kommun.beslut:
        return None
    latest = kommun.beslut[-1]
    try:
        repository = git.find(kommun.folder.parent)
        head = git.resolve(repository, "HEAD").id
        path = f"{kommun.folder.name}/beslut/{latest.id}.yaml"
        added = git.added_in(repository, head, path)
        first = _decision(_then(repository, added, kommun.folder.name), latest.id)
        if added is None or first is None or mark(first) == mark(latest):
            return None
        written = git.written_in(repository, head, path)
        then = _then(repository, written, kommun.folder.name)
    except git.GitError:
        return None
    content = latest.data["innehåll"]
    held = [first.data["innehåll"], *(_frozen(one, latest) for one in (kommun, then))]
    if _is_in_log(kommun, latest) and (content in held or not _is_of_the_files(latest)):
        return None
    return f"ändrat efter commiten {added[:10]} som skrev det"


def _then(repository: Repository, commit: str | None, kommun_id: str) -> Kommun | None:
    return commits.kommun(repository, commit, kommun_id) if commit is not None else None


def _decision(kommun: Kommun | None, beslut_id: str) -> Beslut | None:
    there = kommun.beslut if kommun is not None else ()
    return next((one for one in there if one.id == beslut_id), None)


def _frozen(kommun: Kommun | None, beslut: Beslut) -> object:
    """What a decision of a municipality's files would hold."""
    if kommun is None or kommun.revision is None:
        return None
    return canonical.freeze(kommun.revision, beslut.data["beslut"])["innehåll"]


def _is_of_the_files(beslut: Beslut) -> bool:
    facts = beslut.data["beslut"]
    return "inte_antaget" not in facts and facts.get("rekonstruerad") != "ja"


def _is_in_log(kommun: Kommun, beslut: Beslut) -> bool:
    try:
        held = changelog.read(kommun.folder / changelog.NAME)
    except changelog.ChangelogError:
        return False
    return changelog.has(held, changelog.entry(changelog.head(beslut.data["beslut"]), "", []))
