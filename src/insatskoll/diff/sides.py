"""What is compared with what: the arguments of a comparison as pairs of revisions, one pair for
each municipality.

An argument is a decision's date, a folder, a file or a git revision. What a change adds may not
hide what it is compared with: a folder or a file that is called as a revision is refused, and what
git reads as a range is one whatever lies in the folder.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from posixpath import normpath
from typing import TypeVar

from insatskoll import resources
from insatskoll.catalogue import commits, inventory, model
from insatskoll.catalogue.model import Beslut, FileProblems, Insats, Kommun, Revision
from insatskoll.diff import besides
from insatskoll.errors import NothingToCheck
from insatskoll.lint import workspace
from insatskoll.lint.workspace import Settings, UsageError, is_kommun_folder
from insatskoll.names import absolute, shown
from insatskoll.names import repository as nearest_repository
from insatskoll.reading import document, git
from insatskoll.reading.document import UnreadableDocument
from insatskoll.reading.git import GitError, Repository

_T = TypeVar("_T")
_NOW = "filerna som de är nu"
_AS_NEW = "Filen kunde inte läsas där, och det som står i den nu visas som nytt."
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True)
class Side:
    """One side of a pair. ``kommun`` is None if the municipality does not exist there; ``revision``
    is what of it is compared, which is less than all of it when a file was asked for. ``name`` is
    what the side is called where it is neither a decision nor a proposal."""

    kommun: Kommun | None
    revision: Revision | None
    name: str

    @property
    def place(self) -> str:
        """Where it was found, if not in the files as they are now."""
        return "" if self.name == _NOW else self.name


@dataclass(frozen=True)
class Pair:
    """A municipality's two sides. ``insats`` holds the ids, before and after, of the one insats
    that is compared, if not all."""

    kommun_id: str
    old: Side
    new: Side
    insats: tuple[str, str] | None = None

    @property
    def whole(self) -> bool:
        """Whether both sides are whole folders, with all that lies in them, or are not there."""
        return self.insats is None and all(
            s.kommun is None or s.kommun.document is not None for s in (self.old, self.new)
        )


@dataclass(frozen=True)
class Compared:
    """The pairs, and what the reader has to know of them: that the catalogue did not exist on one
    side, or lay elsewhere, and what in it is not read. ``lost`` tells that some of that has come
    between the sides. ``judging`` are the settings of the side that is compared with, where the
    change has others: it is not judged by its own."""

    pairs: tuple[Pair, ...]
    remarks: tuple[str, ...] = ()
    lost: bool = False
    judging: Settings | None = None


@dataclass(frozen=True)
class _Home:
    """Where municipalities are looked for: the folder that holds their folders, and the only one
    that is asked for, if any. ``settings`` is the folder whose settings say where that folder is,
    if they do."""

    root: Path
    only: str | None = None
    settings: Path | None = None

    @cached_property
    def folders(self) -> dict[str, Path]:
        found = _municipalities(self.root)
        return (
            found
            if self.only is None
            else {name: path for name, path in found.items() if name == self.only}
        )

    @cached_property
    def _nearest(self) -> Repository:
        return git.find(self.root)

    @cached_property
    def place(self) -> Repository | None:
        """The repository that the settings lie in, and their folder in it; None if there is
        none."""
        if self.settings is None:
            return None
        folder, top = absolute(self.settings), self._nearest.top
        if nearest_repository(folder) == top:
            return replace(self._nearest, path="/".join(folder.relative_to(top).parts))
        try:
            return git.find(self.settings)
        except GitError:  # only the catalogue lies in a repository
            return None

    @cached_property
    def repository(self) -> Repository:
        """The repository that is asked, and the folder in it. Raises :class:`git.GitError`, also
        where the catalogue lies in one of its own inside that which the settings lie in: a change
        can put any there."""
        found = self._nearest
        around = self.place or found
        if around.top != found.top and found.top.is_relative_to(around.top):
            inner = git.shown_path(found.top.relative_to(around.top).as_posix())
            raise git.Ambiguous(
                f"{inner} är ett eget git-arkiv (submodule) inuti det här, och svarar inte "
                "för vad som har ändrats. "
                "Kör insatskoll inne i det, eller ta bort det."
            )
        return found


@dataclass(frozen=True)
class _Source:
    """What an argument means. ``states`` are the municipalities it has, each with what is the same
    for two that are the same, or None. ``single`` is one that is a municipality by itself, whatever
    its folder is called; ``decided`` one that has only municipalities with a certain decision;
    ``insats`` the id of the only insats that it has; ``path`` where its files lie."""

    name: str
    states: Mapping[str, str | None]
    load: Callable[[Collection[str]], Mapping[str, Kommun]]
    single: bool = False
    decided: bool = False
    insats: str | None = None
    path: Path | None = None
    revision: _InGit | None = None


@dataclass(frozen=True)
class _InGit:
    """A git revision as a source: the folder of municipalities in it and as it is now, and whether
    the former exists."""

    commit: str
    repository: Repository
    present: Repository
    exists: bool

    @property
    def missing(self) -> str:
        """The folder, to be told that it does not exist."""
        return f"Mappen {git.shown_path(self.repository.path or '.')} finns inte i"


class _Unknown(UsageError):
    """Nothing of that name was found, which may still be found elsewhere."""


def compared(old: str | None, new: str | None, kommun: str | None, settings: Settings) -> Compared:
    """The municipalities to compare, by id, with their two sides.

    Without ``old`` the latest decision is compared, without ``new`` the files as they are now;
    ``old`` alone may be a range (``A..B``, ``A...B``) as in git. ``kommun`` is the name or the
    folder of the only one wanted; else those whose files are the same on both sides are left out,
    and there may be none. Raises :class:`UsageError`, :class:`git.GitError` and
    :class:`NothingToCheck`, whose messages name what was asked for.
    """
    home = _home(kommun, settings)
    try:
        return _compared(old, new, home, settings)
    except _Unknown:
        # A municipality that comes with the program, when the catalogue at hand has none of that
        # name.
        bundled = resources.CATALOGUE / "kommuner"
        if home.only is None or home.folders or home.only not in _municipalities(bundled):
            raise
        return _compared(old, new, _Home(bundled, home.only), settings)


def _home(kommun: str | None, settings: Settings) -> _Home:
    root = settings.catalogue / "kommuner"
    if kommun is None or kommun in _municipalities(root):
        return _Home(root, kommun, settings.folder)
    folder = Path(kommun)
    if _exists(kommun) and is_kommun_folder(folder):
        folder = _with_name(folder)
        return _Home(folder.parent, folder.name)
    return _Home(root, kommun, settings.folder)


def _municipalities(root: Path) -> dict[str, Path]:
    """The folders in ``root`` that are municipalities', by name."""
    if not root.is_dir():
        return {}
    return {
        p.name: p
        for p in sorted(root.iterdir())
        if inventory.is_kommun_name(p.name) and is_kommun_folder(p)
    }


def _compared(old: str | None, new: str | None, home: _Home, settings: Settings) -> Compared:
    before, after = _sources(old, new, home)
    for one, other in ((before, after), (after, before)):
        if one.revision is not None and not one.revision.exists and not other.states:
            raise GitError(f"{one.revision.missing} {_revision_word(one)}.")
    left_out = _not_checked_out(before, after, home)
    pairs, read = _pairs(before, after, home, left_out)
    unread = [(pair, file) for pair in read for file in _strays(pair.new.kommun)]
    lost = any(
        pair.whole and _inside(file) not in map(_inside, _strays(pair.old.kommun))
        for pair, file in unread
    )
    remarks = (
        *_remarks(before, after),
        *(f"{_shown(i)} är inte utcheckad (sparse checkout) och jämförs inte." for i in left_out),
        *(file.told() for _, file in unread),
        *(
            f"{file.told()} {_AS_NEW}"
            for pair in read
            if pair.old.kommun
            for file in pair.old.kommun.problems
        ),
    )
    steering = [_steering(source, before, after, home) for source in (before, after)]
    judging = _judging(before, after, steering, home, settings)
    if judging is not None:
        remarks = (
            *remarks,
            (
                f"{workspace.SETTINGS_FILE} har ändrats. Fynden prövas med inställningarna i "
                f"{before.name}."
            ),
        )
    return Compared(tuple(pairs), (*remarks, *besides.remarks(*steering)), lost, judging)


def _steering(
    source: _Source, before: _Source, after: _Source, home: _Home
) -> besides.Files | None:
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
    return besides.in_files(home.root, home.settings, touched) if source.name == _NOW else None


def _judging(
    before: _Source,
    after: _Source,
    steering: Sequence[besides.Files | None],
    home: _Home,
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
    return (
        then if then is not None and (now is None or not workspace.judge_alike(then, now)) else None
    )


def _settings_in(source: _Source, place: Repository, settings: Settings) -> Settings | None:
    if source.revision is None:
        return settings
    found = git.file(place, source.revision.commit, workspace.SETTINGS_FILE, document.MAX_BYTES)
    return workspace.settings_then(None if found is None else found[1], settings)


def _strays(kommun: Kommun | None) -> list[FileProblems]:
    """The files of a municipality in a git revision that are not read because of their names, and
    must be told of."""
    notes = kommun.notes if kommun is not None else ()
    return [
        file
        for file in notes
        if file.problems[0].rule == inventory.RULE and file.problems[0].level is None
    ]


def _inside(file: FileProblems) -> tuple[str, ...]:
    """The end of a file's path, which is the same in two revisions."""
    return file.path.parts[-2:]


def _sources(old: str | None, new: str | None, home: _Home) -> tuple[_Source, _Source]:
    if new is None and old is not None and (ends := _range(old, home)):
        left, right, from_common = ends
        after = _named(right or "HEAD", home)
        before = (
            _common(left or "HEAD", right or "HEAD", home)
            if from_common
            else _named(left or "HEAD", home)
        )
    else:
        before = _source(old, home, other=new) if old is not None else _latest(home)
        after = _source(new, home, other=old) if new is not None else _now(home)
        if new is None and before.path is not None and _is_now(before.path, home):
            raise UsageError(
                f"{before.name[0].upper()}{before.name[1:]} är redan {_NOW}, och allt är "
                "sig likt. Ange vad de ska jämföras med, "
                "eller bara kommunen med --kommun för att jämföra med senaste beslutet."
            )
    return before, after


def _revision_word(source: _Source) -> str:
    return source.name if " " in source.name else f"revisionen ”{source.name}”"


def _remarks(before: _Source, after: _Source) -> Iterator[str]:
    """What to say of the catalogue itself: that it has come, gone or moved between the two
    sides."""
    for source, what in ((before, "Allt är nytt."), (after, "Allt är borttaget.")):
        if source.revision is not None and not source.revision.exists:
            yield f"{source.revision.missing} {_revision_word(source)}. {what}"
            return
    roots = [
        source.revision.repository.path if source.revision else None for source in (before, after)
    ]
    now = next(
        (source.revision.present.path for source in (before, after) if source.revision), None
    )
    was, is_ = (
        root if root is not None else now if source.name == _NOW else None
        for root, source in zip(roots, (before, after), strict=True)
    )
    if None not in (was, is_) and was != is_:
        yield f"Katalogen har flyttats: från {was} i {before.name} till {is_} i {after.name}."


def _not_checked_out(before: _Source, after: _Source, home: _Home) -> list[str]:
    """The municipalities that a sparse checkout has left out, where a revision is compared with the
    files as they are now.

    They have not been removed. Raises :class:`git.GitError` for one that is left out in part, or is
    the only one asked for.
    """
    revision = next((source.revision for source in (before, after) if source.revision), None)
    if revision is None or _NOW not in (before.name, after.name):
        return []
    lacking = {path.split("/")[0]: path for path in git.not_checked_out(revision.present)}
    for kommun_id, path in lacking.items():
        if kommun_id == home.only or (kommun_id in home.folders and home.only is None):
            raise GitError(
                f"{_shown(path)} är inte utcheckad (sparse checkout). "
                "Kör git sparse-checkout disable, eller jämför två revisioner."
            )
    return (
        sorted(lacking.keys() & (before.states.keys() | after.states.keys()))
        if home.only is None
        else []
    )


def _pairs(
    before: _Source, after: _Source, home: _Home, left_out: Collection[str]
) -> tuple[list[Pair], list[Pair]]:
    """The pairs that are to be shown, and all that have been read."""
    wanted = [one for one in _wanted(before, after, home) if one[0] not in left_out]
    named = home.only is not None or before.single or after.single
    read = [
        (i, a, b)
        for i, a, b in wanted
        if named or (state := before.states.get(a)) is None or state != after.states.get(b)
    ]
    olds = {i: _usable_as_old(kommun) for i, kommun in before.load([a for _, a, _ in read]).items()}
    news = {i: _usable(kommun) for i, kommun in after.load([b for _, _, b in read]).items()}
    made = [_pair(i, (before, olds.get(a)), (after, news.get(b))) for i, a, b in read]
    found = [pair for pair in made if pair.old.kommun or pair.new.kommun]
    if not found and len(read) == len(wanted) and not left_out:
        if home.only is not None:
            raise _Unknown(
                f"”{_shown(home.only)}” är varken en kommun i katalogen eller en mapp med en "
                "kommun."
            )
        raise NothingToCheck("Det finns inga kommuner att jämföra.")
    return [
        pair for pair in found if named or _texts(pair.old.kommun) != _texts(pair.new.kommun)
    ], found


def _is_now(path: Path, home: _Home) -> bool:
    """Whether ``path`` is among the files as they are now, or holds them."""
    full = path.resolve()
    folders = [folder.resolve() for folder in home.folders.values()]
    return any(full.is_relative_to(folder) or folder.is_relative_to(full) for folder in folders)


def _texts(kommun: Kommun | None) -> dict[tuple[str, ...], str] | None:
    """What is written in a municipality's files."""
    if kommun is None:
        return None
    insatser = kommun.revision.insatser if kommun.revision is not None else ()
    documents = [kommun.document, *(insats.document for insats in insatser)]
    documents += [beslut.document for beslut in kommun.beslut]
    documents += [analys.document for analys in kommun.riskanalyser]
    return {
        document.path.parts[-2:]: document.text for document in documents if document is not None
    }


def _wanted(before: _Source, after: _Source, home: _Home) -> list[tuple[str, str, str]]:
    """The municipalities to compare: what each is called in the pair, and in either source."""
    if before.single or after.single:
        own = [next(iter(source.states)) for source in (before, after) if source.single]
        name = home.only or own[-1]
        if home.only is None and before.single and after.name == _NOW and name not in after.states:
            raise UsageError(
                f"Kommunen {_shown(name)} i {before.name} finns inte i {_NOW}. Ange vilken "
                "kommun den är med --kommun."
            )
        ids = [(name, own[0] if before.single else name, own[-1] if after.single else name)]
    else:
        ids = [
            (i, i, i)
            for i in sorted(before.states.keys() | after.states.keys())
            if home.only in (None, i)
        ]
    for source, at in ((before, 1), (after, 2)):
        if not source.decided:
            continue
        lacking = [one[0] for one in ids if one[at] not in source.states]
        ids = [one for one in ids if one[at] in source.states]
        if lacking and not ids:
            raise UsageError(f"{_shown(lacking[0])} har inget {source.name}.{_decisions(home)}")
    return ids


def _pair(
    kommun_id: str, old: tuple[_Source, Kommun | None], new: tuple[_Source, Kommun | None]
) -> Pair:
    (before, had), (after, has) = old, new
    sides = [
        Side(k, k.revision if k is not None else None, source.name) for source, k in (old, new)
    ]
    if before.insats is None and after.insats is None:
        return Pair(kommun_id, sides[0], sides[1])
    ids = _one_insats(before, had, after, has)
    told = [
        None if k is None or k.revision is None else _only(k.revision, own)
        for k, own in ((had, ids[0]), (has, ids[1]))
    ]
    if (
        told[0] is not None and told[1] is not None
    ):  # what is common to all insatser is not compared
        alone = tuple(replace(insats, id=ids[1]) for insats in told[0].insatser)
        told[0] = replace(
            told[0], kommun=told[1].kommun, riskanalyser=told[1].riskanalyser, insatser=alone
        )
    return Pair(
        kommun_id, replace(sides[0], revision=told[0]), replace(sides[1], revision=told[1]), ids
    )


def _only(revision: Revision, insats_id: str) -> Revision:
    return replace(
        revision, insatser=tuple(insats for insats in revision.insatser if insats.id == insats_id)
    )


def _one_insats(
    before: _Source, had: Kommun | None, after: _Source, has: Kommun | None
) -> tuple[str, str]:
    """The id that the one insats to compare has on either side; where one side has only the whole
    list, its own there."""
    if before.insats is not None and after.insats is not None:
        return before.insats, after.insats
    known, other = (had, has) if before.insats is not None else (has, had)
    wanted = before.insats or after.insats or ""
    there = (
        {insats.id: insats for insats in other.revision.insatser}
        if other and other.revision
        else {}
    )
    here = (
        {insats.id: insats for insats in known.revision.insatser}
        if known and known.revision
        else {}
    )
    earlier = [name for name in here[wanted].tidigare_id if name in there] if wanted in here else []
    later = [name for name, insats in there.items() if wanted in insats.tidigare_id]
    found = wanted if wanted in there else next(iter([*earlier, *later]), wanted)
    return (wanted, found) if before.insats is not None else (found, wanted)


def _range(text: str, home: _Home) -> tuple[str, str, bool] | None:
    """The ends of a range as git writes it, and whether it starts where they parted; None for what
    is no range, as a path."""
    if ".." not in text:
        return None
    dots = "..." if "..." in text else ".."
    left, _, right = text.partition(dots)
    # No name in git begins or ends with a slash; the path of a folder that is not there does.
    if left.endswith("/") or right.startswith("/"):
        return None
    if _exists(text) and not (
        (left or right) and all(_is_revision(end or "HEAD", home) for end in (left, right))
    ):
        return None
    return left, right, dots == "..."


def _is_revision(text: str, home: _Home) -> bool:
    """Whether git knows a revision of that name. Raises :class:`git.Ambiguous`."""
    try:
        return bool(git.resolve(home.repository, text))
    except git.Ambiguous:
        raise
    except GitError:
        return False


def _source(text: str, home: _Home, other: str | None) -> _Source:
    """What an argument means; ``other`` is the other one."""
    if not text:
        raise UsageError(
            "Ett av argumenten är tomt. Ange ett beslutsdatum, en mapp, en fil eller en "
            "revision i git."
        )
    if (decided := _decision(text, home)) is not None:
        return decided
    if _exists(text):
        found = _at_path(Path(text), home, other)
        if found is not None and _is_revision(text, home):
            what = "mapp" if Path(text).is_dir() else "fil"
            full = _shown(f"./{text}")
            raise UsageError(
                f"”{_shown(text)}” är både en {what} och en revision i git. Menas {what}en, "
                f"skriv {full}."
            )
        if found is not None:
            return found
        what = (
            "mappen finns men har varken kommun.yaml eller kommuner"
            if Path(text).is_dir()
            else "filen är inte YAML"
        )
        return _named(text, home, f", och {what}")
    return _named(text, home, ", ingen mapp och ingen fil")


def _at_path(path: Path, home: _Home, other: str | None) -> _Source | None:
    """The municipalities in a folder, or the insats or decision in a file; None if it is something
    else."""
    if path.is_dir():
        return _folder(path, home)
    return (
        _file(path, home, other)
        if path.suffix == ".yaml" or is_kommun_folder(path.parent.parent)
        else None
    )


def _named(text: str, home: _Home, tried: str = "") -> _Source:
    """A decision or a git revision; ``tried`` is what else has been tried, as the message is to say
    it."""
    if (decided := _decision(text, home)) is not None:
        return decided
    try:
        commit = git.resolve(home.repository, text)
    except git.Ambiguous:
        raise
    except GitError as error:
        raise _Unknown(
            f"”{_shown(text)}” är inget beslut{tried}. {error}{_decisions(home)}"
        ) from None
    return _revision(commit.id, commit.name, home)


def _revision(commit: str, name: str, home: _Home) -> _Source:
    repository = home.repository
    there = _catalogue_then(repository, commit, home)
    snapshot = commits.of(there, commit, name)
    revision = _InGit(commit, there, repository, exists=snapshot is not None)
    if snapshot is None:
        return _Source(name, {}, lambda _: {}, revision=revision)

    def load(wanted: Collection[str]) -> Mapping[str, Kommun]:
        return commits.load(snapshot, wanted)

    states = {kommun_id: entry.id for kommun_id, entry in snapshot.folders.items()}
    return _Source(name, states, load, revision=revision)


def _catalogue_then(repository: Repository, commit: str, home: _Home) -> Repository:
    """The folder of municipalities as the settings in ``commit`` had it; as it is now, if they
    cannot be used or had none."""
    place = home.place
    if place is None:
        return repository
    found = git.file(place, commit, workspace.SETTINGS_FILE, document.MAX_BYTES)
    catalogue = workspace.DEFAULT_CATALOGUE if found is None else workspace.catalogue_in(found[1])
    if place.top != repository.top or catalogue is None:
        return repository
    path = normpath(f"{place.path or '.'}/{catalogue}/kommuner")
    if path == repository.path or path.startswith(("../", "/")):
        return repository
    then = replace(repository, path=path)
    return repository if git.folder(then, commit) is None else then


def _common(first: str, second: str, home: _Home) -> _Source:
    """The revision that two others come from."""
    repository = home.repository
    known = [git.resolve(repository, revision).name for revision in (first, second)]
    commit = git.merge_base(repository, first, second)
    name = f"revisionen som {known[0]} och {known[1]} utgår från"
    return replace(_revision(commit, git.shown_revision(commit), home), name=name)


def _now(home: _Home) -> _Source:
    return _files(_NOW, home.folders)


def _latest(home: _Home) -> _Source:
    """For each municipality its latest decision."""
    folders = home.folders
    if not folders and home.only is None:
        # tells that there are none, and what to do
        workspace.find_targets([], Settings(catalogue=home.root.parent))
    latest = {
        name: max(decided) for name, folder in folders.items() if (decided := _decided(folder))
    }
    if not latest and home.only is None:
        raise NothingToCheck("Ingen kommun i katalogen har ett beslut att jämföra med.")
    if not latest and folders:
        raise UsageError(f"{_shown(home.only or '')} har inget beslut att jämföra med.")
    return _decision_source("beslut att jämföra med", folders, latest)


def _decision(text: str, home: _Home) -> _Source | None:
    folders = home.folders
    if not _DATE.fullmatch(text):
        # a file beside the decisions that is called as a branch must not be taken for it
        return None
    having = {name: text for name, folder in folders.items() if text in _decided(folder)}
    return _decision_source(f"beslut {text}", folders, having) if having else None


def _decision_source(name: str, folders: Mapping[str, Path], which: Mapping[str, str]) -> _Source:
    def load(wanted: Collection[str]) -> Mapping[str, Kommun]:
        loaded = {i: model.load_beslut(folders[i], which[i]) for i in which.keys() & set(wanted)}
        return {i: _holding(i, folders[i], _accepted(beslut)) for i, beslut in loaded.items()}

    return _Source(name, dict.fromkeys(which), load, decided=True)


def _decided(folder: Path) -> list[str]:
    held = [("beslut", path.name) for path in (folder / "beslut").glob("*.yaml")]
    return sorted(Path(name).stem for _, name in inventory.sorted_out(held, inventory.KOMMUN).read)


def _decisions(home: _Home) -> str:
    """Which decisions there are, to end a message with."""
    known: dict[str, list[str]] = {}
    for name, folder in home.folders.items():
        for beslut in _decided(folder):
            known.setdefault(beslut, []).append(name)
    listed = (
        f"{_shown(beslut)} ({', '.join(map(_shown, names))})"
        for beslut, names in sorted(known.items())
    )
    return f" Beslut finns från {', '.join(listed)}." if known else " Inga beslut finns."


def _holding(kommun_id: str, folder: Path, beslut: Beslut) -> Kommun:
    """A municipality of which nothing is known but one decision."""
    return Kommun(
        kommun_id, folder, None, replace(beslut.revision, kommun_id=kommun_id), (beslut,), files=1
    )


def _folder(path: Path, home: _Home) -> _Source | None:
    """A municipality's folder, or one that holds them in ``kommuner``, in ``catalogue/kommuner`` or
    by itself."""
    name = f"mappen {shown(path)}"
    if is_kommun_folder(path):
        return replace(_files(name, {_with_name(path).name: path}), single=True, path=path)
    for root in (path / "kommuner", path / "catalogue" / "kommuner", path):
        if found := _municipalities(root):
            return replace(
                _files(name, {i: f for i, f in found.items() if home.only in (None, i)}), path=root
            )
    return None


def _files(name: str, folders: Mapping[str, Path]) -> _Source:
    def load(wanted: Collection[str]) -> Mapping[str, Kommun]:
        return {
            i: _usable(model.load_kommun(folders[i])) for i in sorted(folders.keys() & set(wanted))
        }

    return _Source(name, dict.fromkeys(folders), load)


def _file(path: Path, home: _Home, other: str | None) -> _Source:
    """The file of one insats or one decision; if it lies in no municipality's folder, it is of that
    which is asked for."""
    folder = _municipality(path) or _borrowed(home, other)
    name = f"filen {shown(path)}"
    try:
        data = document.read(path).data
    except UnreadableDocument as error:
        raise UsageError(_told(FileProblems(path, tuple(error.problems), error.text))) from None
    kind = (
        "beslut" if isinstance(data, dict) and {"beslut", "innehåll"} <= data.keys() else "insats"
    )
    if path.name == "kommun.yaml" or path.parent.name == "riskanalyser":
        raise UsageError(
            f"Filen {shown(path)} är varken en insats eller ett beslut. Ange mappen i stället."
        )
    if folder is None:
        raise UsageError(
            f"Filen {shown(path)} ligger inte i en kommuns mapp (den som har kommun.yaml). "
            "Ange kommunen med --kommun."
        )
    loaded = _accepted(model.load_document(path, kind))
    kommun_id = folder.absolute().name
    if kind == "beslut":
        beslut = model.make_beslut(kommun_id, loaded)
        return _Source(
            name,
            {kommun_id: None},
            lambda _: {kommun_id: _holding(kommun_id, folder, beslut)},
            single=True,
        )
    insats = Insats(path.stem, loaded.data, loaded)

    def load(_: Collection[str]) -> Mapping[str, Kommun]:
        return {kommun_id: _with(_usable(model.load_kommun(folder)), insats)}

    return _Source(name, {kommun_id: None}, load, single=True, insats=insats.id, path=path)


def _with_name(folder: Path) -> Path:
    """The folder written such that its last step is its name."""
    return folder.resolve() if folder.name in {"", ".."} else folder


def _municipality(path: Path) -> Path | None:
    """The municipality's folder that ``path`` is or lies in."""
    return next((step for step in (path, *path.parents[:2]) if is_kommun_folder(step)), None)


def _borrowed(home: _Home, other: str | None) -> Path | None:
    """The municipality that is meant where a file itself does not tell: the one asked for, or that
    of the other argument."""
    if home.only is not None:
        return home.folders.get(home.only)
    return _municipality(Path(other)) if other is not None and _exists(other) else None


def _with(kommun: Kommun, insats: Insats) -> Kommun:
    """The municipality with ``insats`` in place of its own of that id."""
    revision = kommun.revision
    assert revision is not None
    others = [one for one in revision.insatser if one.id != insats.id]
    made = model.make_revision(
        kommun.id, revision.kommun, [*others, insats], riskanalyser=revision.riskanalyser
    )
    return replace(kommun, revision=made)


def _usable(kommun: Kommun) -> Kommun:
    """The municipality, all of whose files must be usable; the first that is not is told."""
    for file in kommun.problems:
        raise UsageError(_told(file))
    return kommun


def _usable_as_old(kommun: Kommun) -> Kommun:
    """The municipality as it was, where only a decision must be usable: what else was damaged is
    told, so that a change which puts it right can be shown."""
    for file in kommun.problems:
        if "beslut" in file.path.parts[-2:-1]:
            raise UsageError(_told(file))
    return kommun


def _accepted(loaded: _T | FileProblems) -> _T:
    if isinstance(loaded, FileProblems):
        raise UsageError(_told(loaded))
    return loaded


def _told(file: FileProblems) -> str:
    return file.told()


def _exists(text: str) -> bool:
    try:
        return Path(text).exists()
    except (OSError, ValueError):  # too long, or with a character that no path has
        return False


def _shown(text: str) -> str:
    return git.shown_path(text)
