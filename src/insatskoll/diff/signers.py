"""Who may sign, and what is signed, on either side of a comparison.

A change can bring both a signature and the key that it is believed by. So it is told when those who
may sign have changed, and a signature that has come is for the keys of the other side to judge.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field

from insatskoll.catalogue import file_names
from insatskoll.catalogue.model import Beslut, Handelse, Kommun
from insatskoll.catalogue.workspace import SETTINGS_FILE
from insatskoll.diff.pairs import Pair
from insatskoll.diff.sources import NOW, Source
from insatskoll.lint import configuration
from insatskoll.lint.configuration import Settings
from insatskoll.reading import files, git, hygiene
from insatskoll.reading.git import Repository
from insatskoll.values import immutable

CHANGED = "Vilka som får signera besluten har ändrats"
_ASK = "Kontrollera det med dem det gäller. Nya signaturer prövas mot nycklarna som fanns förut."
_LARGEST = 100_000  # bytes of a signature or of a file of keys


@immutable
class Keys:
    """The keys whose signatures are believed: ``ssh`` the content of the file ``named``, of allowed
    signers, and ``minisign`` the public keys by whose they are."""

    named: str | None = None
    ssh: bytes | None = None
    minisign: Mapping[str, str] = field(default_factory=dict)


@immutable
class Signed:
    """A signature that has come between two sides, in a file with the ``ending``: of what, and the
    bytes of both."""

    of: Beslut | Handelse
    ending: str
    signature: bytes
    text: bytes


def keys(source: Source, place: Repository, settings: Settings) -> Keys | None:
    """The keys that the settings of a source name; None for one that has no settings. Raises
    :class:`git.GitError`."""
    if source.revision is None:
        if source.name != NOW:
            return None
        held = files.read(settings.signers, _LARGEST) if settings.signers is not None else None
        path = settings.signers.relative_to(settings.folder) if settings.signers else None
        return Keys(path.as_posix() if path else None, _as_written(held), settings.minisign)
    commit = source.revision.commit
    found = git.file(place, commit, SETTINGS_FILE, hygiene.MAX_BYTES)
    named, minisign = configuration.signers_in(found[1]) if found is not None else (None, {})
    ssh = git.file(place, commit, named, _LARGEST) if named is not None else None
    return Keys(named, _as_written(ssh[1] if ssh is not None else None), minisign)


def remark(before: Keys | None, after: Keys | None) -> str:
    """That those who may sign are others than before, and where it is said; empty if they are
    not."""
    if before is None or after is None or before == after:
        return ""
    where = {one.named for one in (before, after) if one.named and before.ssh != after.ssh}
    if (before.named, before.minisign) != (after.named, after.minisign):
        where.add(SETTINGS_FILE)
    return f"{CHANGED}: {', '.join(map(git.shown_path, sorted(where)))}. {_ASK}"


def _as_written(held: bytes | None) -> bytes | None:
    return held.replace(b"\r\n", b"\n") if held is not None else None


def come(pair: Pair, before: Source, after: Source) -> Iterator[Signed]:
    """The signatures that the new side has and the old has not, or has otherwise."""
    old, new = pair.old.kommun, pair.new.kommun
    if new is None or not new.signed:
        return
    known = {key: one.signature for key, one in _all(before, old)}
    for key, one in _all(after, new):
        if known.get(key) != one.signature:
            yield one


def _all(source: Source, kommun: Kommun | None) -> Iterator[tuple[tuple[str, str], Signed]]:
    """The signatures on a side, each by what it signs and the ending of its file."""
    if kommun is None:
        return
    frozen: tuple[Beslut | Handelse, ...] = (*kommun.beslut, *kommun.handelser)
    for one in frozen:
        path = one.document.path
        if path not in kommun.signed:
            continue
        for ending in file_names.SIGNATURES:
            inside = "/".join(path.parts[-3:])
            if source.revision is None:
                place = path.with_name(f"{path.name}{ending}")
                held = files.read(place, _LARGEST) if files.there(place) else None
                text = files.read(path)
            else:
                there = source.revision.repository, source.revision.commit
                entry = git.file(*there, f"{inside}{ending}", _LARGEST)
                whole = git.file(*there, inside, hygiene.MAX_BYTES)
                held, text = entry[1] if entry else None, whole[1] if whole else b""
            if held is not None:
                yield (
                    ("/".join(path.parts[-2:]), ending),
                    Signed(one, ending, held, text.replace(b"\r\n", b"\n")),
                )
