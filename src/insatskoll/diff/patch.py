"""Turns an old revision into the new one by the facts alone: the proof that they leave nothing
out."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping
from typing import cast

from insatskoll.catalogue.model import Revision
from insatskoll.diff.facts import Comparison, Fact, FileKind, Item, Order, Step


def content(revision: Revision) -> dict[FileKind, dict[str, Mapping[str, object]]]:
    """The data of a revision's files, by kind and id; that of kommun.yaml has the empty id."""
    return {
        "kommun": {"": revision.kommun},
        "insats": {insats.id: insats.data for insats in revision.insatser},
        "riskanalys": dict(revision.riskanalyser),
    }


def applied(
    old: Revision, comparison: Comparison
) -> dict[FileKind, dict[str, Mapping[str, object]]]:
    """The :func:`content` that ``old`` gets when the facts of ``comparison`` and its groups are
    applied to it."""
    before = content(old)
    after = copy.deepcopy(before)
    facts: dict[tuple[FileKind, str | None, str | None], list[Fact]] = {}
    for fact in comparison.facts:
        facts.setdefault((fact.subject.kind, fact.subject.old, fact.subject.new), []).append(fact)
    for kind, was, now in facts:
        if kind != "kommun" and was is not None and was != now:
            after[kind].pop(was, None)
    for group in comparison.groups:
        for kept in {*group.old} & {*group.new}:
            after["insats"][kept] = copy.deepcopy(before["insats"][kept])
    for (kind, was, now), found in facts.items():
        if kind != "kommun" and now is None:
            continue
        base = {} if kind != "kommun" and was is None else copy.deepcopy(before[kind][was or ""])
        after[kind][now or ""] = patched(base, found)
    return after


def plain(fact: Fact) -> str:
    """A fact by what it says, wherever in a list it stands."""
    return repr((fact.subject.kind, fact.subject.old, fact.subject.new, fact.field, fact.before,
                 fact.after))  # fmt: skip


def patched(data: Mapping[str, object], facts: Iterable[Fact]) -> Mapping[str, object]:
    """The ``data`` of a file with ``facts`` about it."""
    changes = [(fact.path, fact) for fact in facts if fact.path != ("id",)]
    made = _with(data, changes)
    return made if isinstance(made, dict) else {}


_Changes = list[tuple[tuple[Step, ...], Fact]]


def _with(value: object, changes: _Changes) -> object:
    """``value`` with the changes below it, whose paths begin here."""
    whole = [fact for path, fact in changes if not path]
    if whole:
        return copy.deepcopy(whole[0].after)
    if any(isinstance(path[0], Item | Order) for path, _ in changes):
        return _list_with(value if isinstance(value, list) else [], changes)
    result: dict[str, object] = {**value} if isinstance(value, dict) else {}
    below: dict[str, _Changes] = {}
    for (first, *rest), fact in changes:
        assert isinstance(first, str)
        below.setdefault(first, []).append((tuple(rest), fact))
    for key, inner in below.items():
        made = _with(result.get(key), inner)
        if made is None or (made in ({}, []) and result.get(key) != made):
            result.pop(key, None)
        else:
            result[key] = made
    return result


def _list_with(items: list[object], changes: _Changes) -> list[object]:
    by_item: dict[tuple[int | None, int | None], _Changes] = {}
    order: tuple[Item, ...] | None = None
    for (first, *rest), fact in changes:
        if isinstance(first, Order):
            order = cast("tuple[Item, ...]", fact.after)
        else:
            assert isinstance(first, Item)
            by_item.setdefault((first.old, first.new), []).append((tuple(rest), fact))
    kept = list(items)
    for (old, new), inner in by_item.items():
        if old is not None and new is not None:
            kept[old] = _with(kept[old], inner)
    gone = {old for old, new in by_item if new is None}
    placed = {new: _with(None, inner) for (old, new), inner in by_item.items() if old is None}
    moved = {item.new: kept[item.old] for item in order or () if item.old is not None}
    # Where no order is told, those that are left keep theirs.
    told = {item.old for item in order or ()}
    made = [item for index, item in enumerate(kept) if index not in gone | told]
    here = moved | placed
    for index in sorted(here, key=lambda place: -1 if place is None else place):
        made.insert(len(made) if index is None else index, here[index])
    return made
