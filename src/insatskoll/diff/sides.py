"""What is compared with what: the pairs, and what the reader has to know of the two sides."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field, replace
from pathlib import Path

from insatskoll import resources
from insatskoll.bilaga import when
from insatskoll.catalogue import checkout, file_names, in_force, proposals, workspace
from insatskoll.catalogue.model import FileProblems, Kommun
from insatskoll.diff import besides, owners, provenance, signers
from insatskoll.diff.arguments import sources_of
from insatskoll.diff.days import between
from insatskoll.diff.home import Home, home_of, municipalities
from insatskoll.diff.pairs import Pair, pairs_of
from insatskoll.diff.signers import Keys, Signed
from insatskoll.diff.sources import NOW, Source, Unknown
from insatskoll.lint import configuration
from insatskoll.lint.configuration import Settings
from insatskoll.names import absolute, from_top
from insatskoll.reading import git, hygiene
from insatskoll.reading.git import GitError, Repository
from insatskoll.values import immutable

_AS_NEW = "Filen kunde inte läsas där, och det som står i den nu visas som nytt."


@immutable
class Compared:
    """The pairs, and what the reader has to know of them: that the catalogue did not exist on one
    side, or lay elsewhere, and what in it is not read. ``lost`` tells that some of that has come
    between the sides. ``judging`` are the settings of the side that is compared with, where the
    change has others: it is not judged by its own. ``signed`` are the signatures that have come, by
    municipality, which the ``keys`` of that side are to judge, and ``signers`` tells that those who
    may sign have changed. ``owners`` are those of each municipality's file of accepted changes by
    the old side's list of owners, where a role must accept changes; None where there is no list."""

    pairs: tuple[Pair, ...]
    remarks: tuple[str, ...] = ()
    lost: bool = False
    judging: Settings | None = None
    keys: Keys | None = None
    signed: Mapping[str, tuple[Signed, ...]] = field(default_factory=dict)
    signers: str = ""
    owners: Mapping[str, tuple[str, ...] | None] = field(default_factory=dict)


def compared(
    old: str | None,
    new: str | None,
    kommun: str | None,
    settings: Settings,
    *,
    undecided: bool = False,
) -> Compared:
    """The municipalities to compare, by id, with their two sides.

    Without ``old`` the latest decision is compared, and with ``undecided`` one that has none has
    nothing on that side; without ``new`` the files as they are now;
    ``old`` alone may be a range (``A..B``, ``A...B``) as in git. ``kommun`` is the name or the
    folder of the only one wanted; else those whose files are the same on both sides are left out,
    and there may be none. Raises :class:`UsageError`, :class:`git.GitError` and
    :class:`NothingToCheck`, whose messages name what was asked for.
    """
    home = home_of(kommun, settings)
    try:
        return _compared(old, new, home, settings, undecided)
    except Unknown:
        # A municipality that comes with the program, when the catalogue at hand has none of that
        # name.
        bundled = resources.CATALOGUE / "kommuner"
        if home.only is None or home.folders or home.only not in municipalities(bundled):
            raise
        return _compared(old, new, Home(bundled, home.only), settings, undecided)


def compared_days(days: tuple[str, str], kommun: str | None, settings: Settings) -> Compared:
    """What is in force on the second of two ``days`` compared with the first; ``kommun`` is as in
    :func:`compared`. Raises :class:`UsageError` and :class:`NothingToCheck`."""
    pairs, remarks = between(*days, home_of(kommun, settings))
    return Compared(tuple(pairs), tuple(remarks))


def _committed(after: Source, pairs: Sequence[Pair]) -> str | None:
    """The day of the commit that is the new side, where some of it has none of its own."""
    revision = after.revision
    if revision is None or all(pair.day is not None for pair in pairs):
        return None
    return git.day(revision.repository, revision.commit)


def _with_doubts(pair: Pair, before: Source, after: Source) -> Pair:
    """A pair with why its new decisions cannot have been written by ``decide``, where both sides
    are revisions in git, so that it can be known."""
    new, revision = pair.new.kommun, after.revision
    if before.revision is None or revision is None or new is None or not pair.whole:
        return pair
    found = provenance.doubts(revision.repository, revision.commit, pair.old.kommun, new)
    return replace(pair, doubts=found) if found else pair


def _put_off(pairs: Sequence[Pair]) -> Iterator[str]:
    """That a decision which is the base of a comparison comes into force only after the day of what
    is compared with it, and what is in force until then."""
    for pair in pairs:
        base, after = pair.old.revision, pair.new.revision
        if base is None or after is None or not in_force.is_put_off(base):
            continue
        since = in_force.since(base)
        if after.beslut is None and (after.datum or "") < since:
            known = pair.new.kommun or pair.old.kommun
            until = in_force.on(known, after.datum or base.datum or "") if known else None
            yield f"{pair.kommun_id}: {when.put_off(base, until.revision if until else None)}"


def _other_base(pairs: Sequence[Pair]) -> Iterator[str]:
    """That a proposal says it starts from another decision than it is compared with."""
    for pair in pairs:
        old, new, held = pair.old.kommun, pair.new.kommun, pair.old.revision
        started = proposals.base(new) if new is not None else None
        if old is None or held is None or held.beslut is None or started is None:
            continue
        own = next((one.id for one in old.beslut if one.revision.beslut is held.beslut), started)
        if own != started and pair.new.revision is not None and not pair.new.revision.beslut:
            said = f"Förslaget utgår från beslutet {started}, men jämförs med {held.beteckning}."
            yield f"{pair.kommun_id}: {said}"


def _compared(
    old: str | None, new: str | None, home: Home, settings: Settings, undecided: bool
) -> Compared:
    before, after = sources_of(old, new, home, undecided=undecided)
    for one, other in ((before, after), (after, before)):
        if one.revision is not None and not one.revision.exists and not other.states:
            raise GitError(f"{one.revision.missing} {_revision_word(one)}.")
    left_out = _not_checked_out(before, after, home)
    pairs, read = pairs_of(before, after, home, left_out)
    unread = [(pair, file) for pair in read for file in _strays(pair.new.kommun)]
    lost = any(
        pair.whole and _inside(file) not in map(_inside, _strays(pair.old.kommun))
        for pair, file in unread
    )
    told = [
        *_remarks(before, after),
        *itertools.starmap(_left_out, sorted(left_out.items())),
        *map(_renamed, _with_former(pairs)),
    ]
    told += [file.told() for _, file in unread]
    told += [*_put_off(pairs), *_other_base(pairs)]
    if before.revision is not None and after.revision is not None:
        since, at = before.revision.commit, after.revision
        told += provenance.taken_back(at.repository, since, at.commit, home.only)
    told += [f"{file.told()} {_AS_NEW}" for pair in read for file in _damaged(pair)]
    steering = [_steering(source, before, after, home) for source in (before, after)]
    judging = _judging(before, after, steering, home, settings)
    if judging is not None:
        by = f"Ändringen prövas med inställningarna i {before.name}."
        told.append(f"{workspace.SETTINGS_FILE} har ändrats. {by}")
    asks = bool((judging or settings).requires)
    held = _listed(before) if asks else None
    told += _other_owners(held, before, after) if asks else ()
    pairs, signed = _signatures(before, after, pairs, read)
    keys = _keys(before, after, home, settings)
    committed = _committed(after, pairs)
    pairs = [replace(_with_doubts(pair, before, after), committed=committed) for pair in pairs]
    remarks = (*told, *besides.remarks(*steering))
    return Compared(
        tuple(pairs),
        remarks,
        lost,
        judging,
        keys[0] if signed else None,
        signed,
        signers.remark(*keys),
        _owners(held, pairs) if asks and before.revision is not None else {},
    )


def _owners(held: bytes | None, pairs: Sequence[Pair]) -> dict[str, tuple[str, ...] | None]:
    """Who owns the file of accepted changes of each municipality, by the old side's list; None
    where there is no list."""
    asked = {pair.kommun_id: pair.new.kommun for pair in pairs if pair.new.kommun is not None}
    if held is None:
        return dict.fromkeys(asked)
    text = held.decode("utf-8-sig", "replace")
    return {
        kommun_id: owners.owners_in(text, from_top(kommun.folder / file_names.ACCEPTED).as_posix())
        for kommun_id, kommun in asked.items()
    }


def _listed(source: Source) -> bytes | None:
    """The list of owners in the revision that a source is; None if it is none."""
    revision = source.revision
    return None if revision is None else owners.listed(revision.repository, revision.commit)


def _other_owners(held: bytes | None, before: Source, after: Source) -> Iterator[str]:
    """That the list of owners that the old side ``held`` has been changed, and which holds."""
    if before.revision is None or (after.revision is None and after.name != NOW):
        return
    as_now = after.revision is None
    now = owners.listed_now(before.revision.repository) if as_now else _listed(after)
    if held != now:
        yield f"CODEOWNERS har ändrats. Ägarna i {before.name} gäller för den här ändringen."


def _signatures(
    before: Source, after: Source, pairs: Sequence[Pair], read: Sequence[Pair]
) -> tuple[list[Pair], dict[str, tuple[Signed, ...]]]:
    """The pairs with those of ``read`` that have nothing new but signatures, and these."""
    if before.revision is None:
        return [*pairs], {}
    found = {pair.kommun_id: tuple(signers.come(pair, before, after)) for pair in read}
    signed = {kommun_id: come for kommun_id, come in found.items() if come}
    told = {pair.kommun_id for pair in pairs} | signed.keys()
    return [pair for pair in read if pair.kommun_id in told], signed


def _keys(before: Source, after: Source, home: Home, settings: Settings) -> list[Keys | None]:
    """The keys of either side, where the old one is a revision that had any settings to have."""
    place = home.place if before.revision is not None else None
    if place is None:
        return [None, None]
    return [signers.keys(source, place, settings) for source in (before, after)]


def _left_out(kommun_id: str, in_part: bool) -> str:
    how = "bara delvis" if in_part else "inte"
    return f"{git.shown_path(kommun_id)} är {how} utcheckad (sparse checkout) och jämförs inte."


def _with_former(pairs: Sequence[Pair]) -> list[Pair]:
    return [pair for pair in pairs if pair.former_id]


def _renamed(pair: Pair) -> str:
    was, now = git.shown_path(pair.former_id), git.shown_path(pair.kommun_id)
    return f"Mappen {was} heter nu {now}, och är samma kommun."


def _damaged(pair: Pair) -> tuple[FileProblems, ...]:
    """The files that could not be read on the old side."""
    return pair.old.kommun.problems if pair.old.kommun else ()


def _steering(source: Source, before: Source, after: Source, home: Home) -> besides.Files | None:
    """What decides findings and print on one side besides the municipalities' words; None if the
    side has nothing but those."""
    own = {i for i in before.states.keys() | after.states.keys() if home.only in (None, i)}
    touched = sorted(
        i for i in own if (state := before.states.get(i)) is None or state != after.states.get(i)
    )
    if source.revision is not None:
        return besides.in_revision(
            source.revision.repository, home.place, source.revision.commit, touched
        )
    return besides.in_files(home.root, home.settings, touched) if source.name == NOW else None


def _judging(
    before: Source,
    after: Source,
    steering: Sequence[besides.Files | None],
    home: Home,
    settings: Settings,
) -> Settings | None:
    """The settings of the side that is compared with, if those of the other put other rules or fail
    at another level."""
    if (
        before.revision is None
        or home.place is None
        or not besides.differ(workspace.SETTINGS_FILE, *steering)
    ):
        return None
    then, now = (_settings_in(source, home.place, settings) for source in (before, after))
    if then is None or (now is not None and configuration.judge_alike(then, now)):
        return None
    return then


def _settings_in(source: Source, place: Repository, settings: Settings) -> Settings | None:
    if source.revision is None:
        return settings
    found = git.file(place, source.revision.commit, workspace.SETTINGS_FILE, hygiene.MAX_BYTES)
    return configuration.settings_then(None if found is None else found[1], settings)


def _strays(kommun: Kommun | None) -> list[FileProblems]:
    """The files of a municipality in a git revision that are not read because of their names, and
    must be told of."""
    notes = kommun.notes if kommun is not None else ()
    return [
        file
        for file in notes
        if file.problems[0].rule == file_names.RULE and file.problems[0].level is None
    ]


def _inside(file: FileProblems) -> tuple[str, ...]:
    """The end of a file's path, which is the same in two revisions."""
    return file.path.parts[-2:]


def _remarks(before: Source, after: Source) -> Iterator[str]:
    """What to say of the catalogue itself: that it has come, gone or moved between the two
    sides."""
    for source, what in ((before, "Allt är nytt."), (after, "Allt är borttaget.")):
        if source.revision is not None and not source.revision.exists:
            yield f"{source.revision.missing} {_revision_word(source)}. {what}"
            return
    was, is_ = (_root(source, before, after) for source in (before, after))
    if None not in (was, is_) and was != is_:
        yield f"Katalogen har flyttats: från {was} i {before.name} till {is_} i {after.name}."


def _root(source: Source, before: Source, after: Source) -> str | None:
    """The path in the repository of a source's catalogue; None where it has none."""
    if source.revision is not None:
        return source.revision.repository.path
    if source.name != NOW:
        return None
    revision = before.revision or after.revision
    return revision.present.path if revision is not None else None


def _revision_word(source: Source) -> str:
    return source.name if " " in source.name else f"revisionen ”{source.name}”"


def _is_work_tree(source: Source, folder: Path) -> bool:
    """Whether a source is files that git has put there: those as they are now, or one of the
    ``folder`` with them."""
    if source.name == NOW:
        return True
    return source.path is not None and absolute(source.path).is_relative_to(absolute(folder))


def _top_of(repository: Repository) -> Path:
    return repository.top / repository.path


def _not_checked_out(before: Source, after: Source, home: Home) -> dict[str, bool]:
    """The municipalities that a sparse checkout has left out of the files as they are now, where
    these are compared, and whether each is left out in part only.

    They have not been removed. Raises :class:`git.GitError` where there is no other to compare:
    one of them is the only one asked for, or they are all there are.
    """
    revision = next((source.revision for source in (before, after) if source.revision), None)
    folder = home.root if revision is None else absolute(_top_of(revision.present))
    if not any(_is_work_tree(source, folder) for source in (before, after)):
        return {}
    left_out = (
        checkout.left_out(folder) if revision is None else checkout.left_out_of(revision.present)
    )
    known = before.states.keys() | after.states.keys()
    single = {i for source in (before, after) if source.single for i in source.states}
    asked = {home.only} if home.only is not None else single or known
    lacking = {kommun_id: files for kommun_id, files in left_out.items() if kommun_id in asked}
    if not lacking:
        return {}
    if single or lacking.keys() >= asked:
        first = min(lacking)
        raise GitError(
            f"{checkout.told(first, lacking[first])}. "
            "Kör git sparse-checkout disable, eller jämför två revisioner."
        )
    return {kommun_id: kommun_id in home.folders for kommun_id in lacking}
