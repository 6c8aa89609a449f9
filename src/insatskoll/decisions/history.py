"""What has happened over a municipality's decisions: the life of one insats in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Literal

from insatskoll.catalogue import chain, standing
from insatskoll.catalogue.chain import Link
from insatskoll.catalogue.model import Insats, Kommun, Revision
from insatskoll.diff.facts import compare
from insatskoll.diff.matching import groups
from insatskoll.diff.telling import about
from insatskoll.values import immutable

What = Literal["första", "tillagd", "borttagen", "ändrad", "oförändrad", "saknas"]


@immutable
class Step:
    """What a revision did to an insats. ``insatser`` are those that it was then: none where it was
    not there, several where it had been divided or was yet to be merged. ``former`` are the ids in
    the revision before, where they were others, and ``problems`` what is wrong with the
    decision."""

    revision: Revision
    what: What
    insatser: tuple[Insats, ...] = ()
    former: tuple[str, ...] = ()
    sentences: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()


def of_insats(kommun: Kommun, insats_id: str) -> tuple[Step, ...]:
    """The life of an insats, from the first decision to the files as they stand, by an id that it
    has or has had.

    It is followed through new ids, forwards and backwards. Empty if no revision has the id.
    """
    links = chain.links(kommun)
    now = [kommun.revision] if kommun.revision else []
    stood = {id(one.beslut): one for one in standing.standing(kommun.beslut)}
    whole = [stood[id(one.beslut.revision.beslut)] for one in links if not _gone(one)]
    steps = iter(_of_revisions([*whole, *now], insats_id))
    found: list[Step] = []
    before: list[Revision] = []
    for link in links:
        if _gone(link):  # nothing followed on it
            alone = _of_revisions([*before, link.beslut.revision], insats_id)
            step = alone[-1] if alone else Step(link.beslut.revision, "saknas")
        else:
            before.append(whole[len(before)])
            step = next(steps, Step(before[-1], "saknas"))
        found.append(replace(step, problems=link.problems))
    found += [next(steps, Step(one, "saknas")) for one in now]
    return tuple(found) if any(step.insatser for step in found) else ()


def _gone(link: Link) -> bool:
    return link.beslut.revision.is_annulled


def _of_revisions(revisions: Sequence[Revision], insats_id: str) -> list[Step]:
    """The life of an insats in revisions that followed on each other; none if no revision has the
    id."""
    pairs = [predecessors(*both) for both in pairwise(revisions)]
    lives = _lives(revisions, pairs, insats_id)
    return list(_steps(revisions, pairs, lives)) if lives else []


def _lives(
    revisions: Sequence[Revision], pairs: Sequence[Mapping[str, tuple[str, ...]]], insats_id: str
) -> list[set[str]]:
    """The ids that the insats has in each revision, out from the latest that has one called
    ``insats_id``."""
    ids = [{insats.id for insats in revision.insatser} for revision in revisions]
    latest = max((place for place, there in enumerate(ids) if insats_id in there), default=None)
    if latest is None:
        return []
    lives: list[set[str]] = [set() for _ in revisions]
    lives[latest] = {insats_id}
    for place in range(latest, len(pairs)):
        lives[place + 1] = {
            new for new, former in pairs[place].items() if lives[place].intersection(former)
        }
    known = {insats_id}
    for place in range(latest - 1, -1, -1):
        # Where it was away and has come back, it is known by the ids that it had later.
        lives[place] = {
            old for new in lives[place + 1] for old in pairs[place].get(new, ())
        } or known & ids[place]
        known |= lives[place]
    return lives


def _steps(
    revisions: Sequence[Revision],
    pairs: Sequence[Mapping[str, tuple[str, ...]]],
    lives: Sequence[set[str]],
) -> Iterator[Step]:
    for place, revision in enumerate(revisions):
        now = tuple(insats for insats in revision.insatser if insats.id in lives[place])
        if place == 0:
            yield Step(revision, "första" if now else "saknas", now)
            continue
        before = lives[place - 1]
        if not now and not before:
            yield Step(revision, "saknas")
            continue
        if not now or not before:
            yield Step(revision, "tillagd" if now else "borttagen", now)
            continue
        comparison = compare(revisions[place - 1], revision)
        told = tuple(dict.fromkeys(said for insats in now for said in about(comparison, insats.id)))
        former = {
            old
            for insats in now
            for old in pairs[place - 1].get(insats.id, ())
            if old not in lives[place]
        }
        yield Step(
            revision, "ändrad" if told or former else "oförändrad", now, tuple(sorted(former)), told
        )


def predecessors(old: Revision, new: Revision) -> dict[str, tuple[str, ...]]:
    """For each insats in ``new`` that was in ``old`` the ids that it had there, its own first."""
    found: dict[str, list[str]] = {}
    for group in groups(old, new):
        for former, insats_id in group.edges:
            found.setdefault(insats_id, []).append(former)
    return {insats_id: tuple(former) for insats_id, former in found.items()}
