"""The municipalities of two sources in pairs, and the one insats of a file that was asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import field, replace

from insatskoll.catalogue import file_names, loading
from insatskoll.catalogue.model import Insats, Kommun, Revision
from insatskoll.diff.home import Home
from insatskoll.diff.sources import NOW, Source, Unknown, decisions_told
from insatskoll.errors import NothingToCheck, UsageError
from insatskoll.reading import git
from insatskoll.values import immutable


@immutable
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
        return "" if self.name == NOW else self.name


@immutable
class Pair:
    """A municipality's two sides. ``insats`` holds the ids, before and after, of the one insats
    that is compared, if not all, and ``former_id`` is what its folder was called, if something
    else. ``doubts`` tells why new decisions cannot be what they seem, by their ids, and
    ``committed`` the day (ÅÅÅÅ-MM-DD) of the new side's commit, where it is a revision in git."""

    kommun_id: str
    old: Side
    new: Side
    insats: tuple[str, str] | None = None
    former_id: str = ""
    doubts: Mapping[str, str] = field(default_factory=dict)
    committed: str | None = None

    @property
    def day(self) -> str | None:
        """The day of the new side: that of its proposal or decision, or else of its commit; None
        where it has neither."""
        revision = self.new.revision
        stated = (revision.per or revision.datum) if revision is not None else None
        return stated or self.committed

    @property
    def whole(self) -> bool:
        """Whether both sides are whole folders, with all that lies in them, or are not there."""
        return self.insats is None and all(
            s.kommun is None or s.kommun.document is not None for s in (self.old, self.new)
        )


def pairs_of(
    before: Source, after: Source, home: Home, left_out: Collection[str]
) -> tuple[list[Pair], list[Pair]]:
    """The pairs that are to be shown, and all that have been read."""
    wanted = [one for one in _wanted(before, after, home) if one[0] not in left_out]
    named = home.only is not None or before.single or after.single
    read = [
        (i, a, b)
        for i, a, b in wanted
        if named or (state := before.states.get(a)) is None or state != after.states.get(b)
    ]
    loaded = _loaded(before, after, [(a, b) for _, a, b in read])
    others = _under_another_name(before, after, home, left_out, loaded)
    olds, news = (
        {**side, **more}
        for side, more in zip(loaded, _loaded(before, after, [(i, i) for i in others]), strict=True)
    )
    former = {} if before.single or after.single else _former_ids(olds, news)
    made = [
        replace(
            _pair(i, (before, olds.get(a)), (after, news.get(b))),
            former_id=former.get(i, "") if b else "",
        )
        for i, a, b in _followed(read, others, former, olds.keys() & news.keys())
        if not others or _is_asked_for((i, a, b), former, home, news)
    ]
    found = [pair for pair in made if pair.old.kommun or pair.new.kommun]
    if not found and len(read) == len(wanted) and not left_out:
        if home.only is not None:
            name = git.shown_path(home.only)
            raise Unknown(f"”{name}” är varken en kommun i katalogen eller en mapp med en kommun.")
        raise NothingToCheck("Det finns inga kommuner att jämföra.")
    return [pair for pair in found if named or pair.former_id or _differ(pair)], found


def _loaded(
    before: Source, after: Source, wanted: Sequence[tuple[str, str]]
) -> tuple[dict[str, Kommun], dict[str, Kommun]]:
    """The municipalities of either side, by what they are called there."""
    olds, news = before.load([a for a, _ in wanted]), after.load([b for _, b in wanted])
    return (
        {i: _usable_as_old(kommun) for i, kommun in olds.items()},
        {i: loading.usable(kommun) for i, kommun in news.items()},
    )


def _under_another_name(
    before: Source,
    after: Source,
    home: Home,
    left_out: Collection[str],
    loaded: tuple[Mapping[str, Kommun], Mapping[str, Kommun]],
) -> list[str]:
    """The folders that the only municipality asked for may have on the other side, where it is not
    in its own."""
    if home.only is None or before.single or after.single or before.decided or after.decided:
        return []
    states = [
        {i: state for i, state in source.states.items() if i not in left_out and i != home.only}
        for source in (before, after)
    ]
    old, new = states
    if home.only in _displaced(*loaded):
        return sorted(i for i in old.keys() | new.keys() if old.get(i) != new.get(i))
    if home.only in after.states and home.only not in before.states:
        return sorted(old.keys() - new.keys())
    if home.only in before.states and home.only not in after.states:
        return sorted(new.keys() - old.keys())
    return []


def _is_asked_for(
    one: tuple[str, str, str], former: Mapping[str, str], home: Home, news: Collection[str]
) -> bool:
    """Whether a municipality is the only one asked for, by its folder now, or else by what that
    was."""
    kommun_id, _, after = one
    if home.only in news:
        return after == home.only
    return former.get(kommun_id, kommun_id) == home.only


def _followed(
    read: Sequence[tuple[str, str, str]],
    others: Sequence[str],
    former: Mapping[str, str],
    both: Collection[str],
) -> list[tuple[str, str, str]]:
    """What is compared with what, when each municipality has been followed to its folder: what
    another has left, or taken, is alone on its side."""
    found = []
    for i, a, b in [*read, *((i, i, i) for i in others)]:
        if not former:
            found.append((i, a, b))
            continue
        has_left, is_taken = a in former.values(), i in former
        if is_taken:
            found.append((i, former[i], b))
        if is_taken and not has_left and i in both:
            found.append((i, a, ""))
        if not is_taken and (not has_left or i in both):
            found.append((i, "" if has_left else a, b))
    return found


def _former_ids(olds: Mapping[str, Kommun], news: Mapping[str, Kommun]) -> dict[str, str]:
    """What the folders of municipalities that have got another were called before, by what they are
    called now: where there is one municipality of the code or the name on either side."""
    moved = _displaced(olds, news)
    gone = {i: kommun for i, kommun in olds.items() if i not in news or i in moved}
    come = {i: kommun for i, kommun in news.items() if i not in olds or i in moved}
    alike = [
        (new, old) for new in sorted(come) for old in sorted(gone) if _one(gone[old], come[new])
    ]
    counts = [Counter(pair[side] for pair in alike) for side in (0, 1)]
    return {new: old for new, old in alike if counts[0][new] == 1 == counts[1][old]}


def _displaced(olds: Mapping[str, Kommun], news: Mapping[str, Kommun]) -> set[str]:
    """The folders that hold another municipality than before: of another code, or of another name
    where one has no code."""
    return {
        i
        for i in olds.keys() & news.keys()
        if olds[i].revision is not None
        and news[i].revision is not None
        and not _one(olds[i], news[i])
    }


def _one(old: Kommun, new: Kommun) -> bool:
    """Whether two folders are of one municipality: by its code, or its name where one has no
    code."""
    if old.revision is None or new.revision is None:
        return False
    was, is_ = old.revision.kommun, new.revision.kommun
    code = "scb_kod" if "scb_kod" in was and "scb_kod" in is_ else "namn"
    return was.get(code) is not None and was.get(code) == is_.get(code)


def _differ(pair: Pair) -> bool:
    """Whether anything is written otherwise in the municipality's files, or signed otherwise."""
    old, new = pair.old.kommun, pair.new.kommun
    return _texts(old) != _texts(new) or _signed(old) != _signed(new)


def _signed(kommun: Kommun | None) -> set[tuple[str, ...]]:
    """Which of a municipality's files have a signature."""
    return {path.parts[-2:] for path in kommun.signed} if kommun is not None else set()


def _texts(kommun: Kommun | None) -> dict[tuple[str, ...], str] | None:
    """What is written in a municipality's files."""
    if kommun is None:
        return None
    insatser = kommun.revision.insatser if kommun.revision is not None else ()
    documents = [kommun.document, *(insats.document for insats in insatser)]
    documents += [beslut.document for beslut in kommun.beslut]
    documents += [handelse.document for handelse in kommun.handelser]
    documents += [analys.document for analys in kommun.riskanalyser]
    documents.append(kommun.accepted)
    return {
        document.path.parts[-2:]: document.text for document in documents if document is not None
    }


def _wanted(before: Source, after: Source, home: Home) -> list[tuple[str, str, str]]:
    """The municipalities to compare: what each is called in the pair, and in either source."""
    if before.single or after.single:
        ids = [_single(before, after, home)]
    else:
        known = sorted(before.states.keys() | after.states.keys())
        ids = [(i, i, i) for i in known if home.only in (None, i)]
    for source, at in ((before, 1), (after, 2)):
        if not source.decided:
            continue
        lacking = [one[0] for one in ids if one[at] not in source.states]
        ids = [one for one in ids if one[at] in source.states]
        if lacking and not ids:
            name = git.shown_path(lacking[0])
            raise UsageError(f"{name} har inget {source.name}.{decisions_told(home)}")
    return ids


def _single(before: Source, after: Source, home: Home) -> tuple[str, str, str]:
    """The only municipality, where a source is one by itself, whatever its folder is called."""
    own = [next(iter(source.states)) for source in (before, after) if source.single]
    name = home.only or own[-1]
    if home.only is None and before.single and after.name == NOW and name not in after.states:
        raise UsageError(
            f"Kommunen {git.shown_path(name)} i {before.name} finns inte i {NOW}. Ange vilken "
            "kommun den är med --kommun."
        )
    return name, own[0] if before.single else name, own[-1] if after.single else name


def _pair(
    kommun_id: str, old: tuple[Source, Kommun | None], new: tuple[Source, Kommun | None]
) -> Pair:
    (before, had), (after, has) = old, new
    sides = [
        Side(k, k.revision if k is not None else None, source.name) for source, k in (old, new)
    ]
    if before.insats is None and after.insats is None:
        return Pair(kommun_id, sides[0], sides[1])
    ids = _one_insats(before, had, after, has)
    was, now = (_only(side.revision, own) for side, own in zip(sides, ids, strict=True))
    if was is not None and now is not None:  # what is common to all insatser is not compared
        alone = tuple(replace(insats, id=ids[1]) for insats in was.insatser)
        was = replace(was, insatser=alone, kommun=now.kommun, riskanalyser=now.riskanalyser)
    return Pair(kommun_id, replace(sides[0], revision=was), replace(sides[1], revision=now), ids)


def _only(revision: Revision | None, insats_id: str) -> Revision | None:
    """The revision with no insats but one; None if there is none of it."""
    if revision is None:
        return None
    return replace(revision, insatser=tuple(i for i in revision.insatser if i.id == insats_id))


def _one_insats(
    before: Source, had: Kommun | None, after: Source, has: Kommun | None
) -> tuple[str, str]:
    """The id that the one insats to compare has on either side; where one side has only the whole
    list, its own there."""
    if before.insats is not None and after.insats is not None:
        return before.insats, after.insats
    known, other = (had, has) if before.insats is not None else (has, had)
    wanted = before.insats or after.insats or ""
    there, here = _insatser(other), _insatser(known)
    earlier = [name for name in here[wanted].tidigare_id if name in there] if wanted in here else []
    later = [name for name, insats in there.items() if wanted in insats.tidigare_id]
    found = wanted if wanted in there else next(iter([*earlier, *later]), wanted)
    return (wanted, found) if before.insats is not None else (found, wanted)


def _insatser(kommun: Kommun | None) -> dict[str, Insats]:
    if kommun is None or kommun.revision is None:
        return {}
    return {insats.id: insats for insats in kommun.revision.insatser}


def _usable_as_old(kommun: Kommun) -> Kommun:
    """The municipality as it was, where only a decision must be usable: what else was damaged is
    told, so that a change which puts it right can be shown."""
    for file in kommun.problems:
        if file.path.parent.name in file_names.FROZEN:
            raise UsageError(file.told())
    return kommun
