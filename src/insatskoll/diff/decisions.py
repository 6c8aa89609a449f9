"""What a change does to the frozen decisions themselves, and to the records of what has happened to
them: which it adds, changes, removes or puts in between, and which no longer verify though they are
as they were, since another has been touched.

A decision that has been made never changes, so only a new one that leaves the chain whole is as it
should be (IK603).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from insatskoll.catalogue import chain, decision_ids
from insatskoll.catalogue.canonical import checksum
from insatskoll.catalogue.model import Beslut, Handelse, Kommun

Kind = Literal["added", "inserted", "changed", "removed", "broken", "unsigned"]
Mark = tuple[str, str]
_NO_DOUBTS: Mapping[str, str] = {}

_WORDS = {
    "added": "{namn} har tillkommit",
    "inserted": "{namn} har lagts in mellan beslut som redan fanns",
    "changed": "det frysta {namn} har ändrats",
    "removed": "{namn} har tagits bort",
    "broken": "{namn} stämmer inte längre",
    "unsigned": "signaturen till {namn} har tagits bort",
}


@dataclass(frozen=True)
class DecisionChange:
    """A decision, by its id and what it is called, and what has become of it. ``problems`` are what
    the chain of decisions says of it now and did not before, in words."""

    id: str
    name: str
    kind: Kind
    problems: tuple[str, ...] = ()

    @property
    def fails(self) -> bool:
        """Whether it may not be so: one that has been made has been touched, or one does not verify
        that did."""
        return self.kind != "added" or bool(self.problems)

    @property
    def clause(self) -> str:
        """What has become of it: ”det frysta beslutet 2025-10-20 § 12 har ändrats”."""
        said = _WORDS[self.kind].format(namn=self.name)
        return f"{said} ({', '.join(self.problems)})" if self.problems else said


def mark(beslut: Beslut) -> Mark:
    """What a decision has in common only with one that says the same: its own checksum and the one
    that its file states."""
    data = beslut.data
    return checksum(data["beslut"], data["innehåll"]), data["kontrollsumma"]


def changes(
    old: Kommun | None,
    new: Kommun | None,
    elsewhere: Collection[Mark] = (),
    doubts: Mapping[str, str] = _NO_DOUBTS,
) -> tuple[DecisionChange, ...]:
    """What has become of the decisions of a municipality, by id, from ``old`` to ``new``; None
    where it does not exist.

    ``elsewhere`` are the decisions of municipalities that have come, which one that is gone may
    have become, and ``doubts`` why new ones cannot be what they seem, by id.
    """
    before, after = (
        {beslut.id: beslut for beslut in side.beslut} if side else {} for side in (old, new)
    )
    if new is None:
        before = {
            beslut_id: beslut
            for beslut_id, beslut in before.items()
            if mark(beslut) not in elsewhere
        }
    known, found = _problems(old), _problems(new)
    entered = {one.about for one in new.handelser if one.facts["slag"] == "infört"} if new else {}

    def changed() -> Iterator[DecisionChange]:
        for beslut_id in sorted(before.keys() | after.keys(), key=decision_ids.order):
            problems = tuple(
                problem
                for problem in found.get(beslut_id, ())
                if problem not in known.get(beslut_id, ())
            )
            problems += (doubts[beslut_id],) if beslut_id in doubts else ()
            named = (before.get(beslut_id) or after[beslut_id]).revision.beteckning
            if beslut_id not in after:
                yield DecisionChange(beslut_id, named, "removed")
            elif beslut_id not in before:
                between = _is_between(beslut_id, before) and beslut_id not in entered
                yield DecisionChange(beslut_id, named, "inserted" if between else "added", problems)
            elif mark(before[beslut_id]) != mark(after[beslut_id]):
                yield DecisionChange(beslut_id, named, "changed", problems)
            elif problems:
                yield DecisionChange(beslut_id, named, "broken", problems)
            elif _unsigned(before[beslut_id], after[beslut_id], old, new):
                yield DecisionChange(beslut_id, named, "unsigned")

    return (*changed(), *(_records(old, new) if new is not None else ()))


def _is_between(beslut_id: str, there: Collection[str]) -> bool:
    own = decision_ids.order(beslut_id)
    orders = [decision_ids.order(one) for one in there]
    return bool(orders) and min(orders) < own < max(orders)


def _records(old: Kommun | None, new: Kommun) -> Iterator[DecisionChange]:
    """What has become of the records, in the order that they were written."""
    before, after = ({one.id: one for one in side.handelser} if side else {} for side in (old, new))
    for name in sorted(before.keys() | after.keys()):
        named = f"händelsen {name}"
        if name not in after:
            yield DecisionChange(name, named, "removed")
        elif name not in before:
            yield DecisionChange(name, named, "added", _wrong(name, new))
        elif before[name].data != after[name].data:
            yield DecisionChange(name, named, "changed", _wrong(name, new))
        elif _unsigned(before[name], after[name], old, new):
            yield DecisionChange(name, named, "unsigned")


def _unsigned(
    before: Beslut | Handelse, after: Beslut | Handelse, old: Kommun | None, new: Kommun | None
) -> bool:
    """Whether what was signed no longer is."""
    had = old is not None and before.document.path in old.signed
    return had and not (new is not None and after.document.path in new.signed)


def _wrong(name: str, kommun: Kommun) -> tuple[str, ...]:
    links = chain.record_links(kommun)
    return next((link.problems for link in links if link.handelse.id == name), ())


def _problems(kommun: Kommun | None) -> dict[str, tuple[str, ...]]:
    return {link.beslut.id: link.problems for link in chain.links(kommun)} if kommun else {}
