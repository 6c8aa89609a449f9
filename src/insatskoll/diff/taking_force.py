"""What a change does to what is in force, by decisions and records that it adds, takes away or
changes.

The files are what somebody proposes; what a decision has frozen is what holds. A change may alter
the one and not the other, so both are compared, and both pass the same gate.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from insatskoll.catalogue import standing
from insatskoll.catalogue.model import Beslut, Kommun, Revision, absent
from insatskoll.diff import lapsing
from insatskoll.diff.facts import compare
from insatskoll.diff.identity import Ids
from insatskoll.diff.telling import Telling

Step = tuple[Revision, Revision]
_NONE = "det att inget beslut gäller"


def besides(telling: Telling) -> Iterator[Telling]:
    """What a change does to what is in force, for each time that it becomes something else, as far
    as ``telling``, of the files, does not tell it. Nothing where the decisions themselves fail it:
    what is in force is then not known."""
    old, new = telling.sides
    if old is None or new is None or any(one.fails for one in telling.decisions):
        return
    known = set(Ids(telling).changes)
    for was, is_ in steps(old, new):
        place = "" if is_.is_there else _NONE
        whole = replace(
            telling, comparison=compare(was, is_), places=("", place), lead=lapsing.LEAD
        )
        whole = replace(whole, findings=None, decisions=())
        named = zip(Ids(whole).changes, whole.changes, strict=True)
        left = {name: change for name, change in named if name not in known}
        if left:
            known |= left.keys()
            yield replace(whole, told=tuple(left.values()))


def steps(old: Kommun, new: Kommun) -> Iterator[Step]:
    """What was in force and what is instead, for each time that it becomes something else between
    ``old`` and ``new``: first what was in force last on either side, and then what each decision
    that has come was decided in place of, where another has come into force after it.

    A first decision is decided in place of nothing, and is no step.
    """
    before, after = standing.in_force(old.beslut), standing.standing(new.beslut)
    if before is None:
        return
    last = after[-1] if after else absent(new.id)
    if not _alike(before, last):
        yield before, last
    come = _come(old, new)
    for was, is_ in pairwise(after[:-1]):
        if is_.beslut in come and not _alike(was, is_):
            yield was, is_


def _come(old: Kommun, new: Kommun) -> list[object]:
    """The facts of the decisions that have come."""
    known = {beslut.id for beslut in old.beslut}
    return [_facts(beslut) for beslut in new.beslut if beslut.id not in known]


def _facts(beslut: Beslut) -> object:
    return beslut.revision.beslut


def _alike(one: Revision, other: Revision) -> bool:
    """Whether two revisions hold the same."""
    return (one.kommun, one.insatser, one.riskanalyser) == (
        other.kommun,
        other.insatser,
        other.riskanalyser,
    )
