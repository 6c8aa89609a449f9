"""What a change does to the frozen decisions themselves, and to the records of what has happened to
them: which it adds, changes, removes or puts in between, and which no longer verify though they are
as they were, since another has been touched.

A decision that has been made never changes, so only a new one that leaves the chain whole is as it
should be (IK603).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Literal, cast

from insatskoll.catalogue import chain, decision_ids, modelines, records
from insatskoll.catalogue.canonical import checksum
from insatskoll.catalogue.model import Beslut, Handelse, Kommun
from insatskoll.values import immutable

Kind = Literal[
    "added", "inserted", "changed", "removed", "broken", "unsigned", "rewritten", "schema-line",
    "signed",
]  # fmt: skip
Mark = tuple[str, str]
_NO_DOUBTS: Mapping[str, str] = {}

_WORDS = {
    "added": "{namn} har tillkommit",
    "inserted": "{namn} har lagts in mellan beslut som redan fanns",
    "changed": "det frysta {namn} har ändrats",
    "removed": "{namn} har tagits bort",
    "broken": "{namn} stämmer inte längre",
    "unsigned": "signaturen till {namn} har tagits bort",
    "rewritten": "i filen för {namn} har något ändrats som kontrollsumman inte omfattar",
    "schema-line": "i filen för {namn} har raden för redigerare ändrats, och inget annat",
    "signed": "{namn} har en ny signatur",
}
_OF_RECORDS = _WORDS | {"changed": "den frysta {namn} har ändrats"}
_PASSING = ("added", "schema-line", "signed")
# what of a file its checksum covers, and the checksum itself
_COVERED = ("beslut", "innehåll", "händelse", "kontrollsumma")
_LAYOUT = "kommentarer eller uppställning"


@immutable
class DecisionChange:
    """A decision, by its id and what it is called, and what has become of it. ``problems`` are what
    the chain of decisions says of it now and did not before, in words. ``record`` tells that it is
    a record of what has happened to one, and ``more`` ends what is said of it."""

    id: str
    name: str
    kind: Kind
    problems: tuple[str, ...] = ()
    record: bool = False
    more: str = ""

    @property
    def fails(self) -> bool:
        """Whether it may not be so: one that has been made has been touched, or one does not verify
        that did."""
        return self.kind not in _PASSING or bool(self.problems)

    @property
    def clause(self) -> str:
        """What has become of it: ”det frysta beslutet 2025-10-20 § 12 har ändrats”."""
        said = (_OF_RECORDS if self.record else _WORDS)[self.kind].format(namn=self.name)
        said = f"{said} ({', '.join(self.problems)})" if self.problems else said
        return f"{said}{self.more}"


def mark(beslut: Beslut) -> Mark:
    """What a decision has in common only with one that says the same: its own checksum and the one
    that its file states."""
    data = beslut.data
    return checksum(data["beslut"], data["innehåll"]), data["kontrollsumma"]


def record_mark(handelse: Handelse) -> Mark:
    """As :func:`mark`, of a record."""
    return records.checksum(handelse.facts), handelse.data["kontrollsumma"]


def marks(kommun: Kommun) -> set[Mark]:
    """Those of all decisions and records of a municipality."""
    return {*map(mark, kommun.beslut), *map(record_mark, kommun.handelser)}


def changes(
    old: Kommun | None,
    new: Kommun | None,
    elsewhere: Collection[Mark] = (),
    doubts: Mapping[str, str] = _NO_DOUBTS,
) -> tuple[DecisionChange, ...]:
    """What has become of the decisions and records of a municipality, by id, from ``old`` to
    ``new``; None where it does not exist.

    ``elsewhere`` are those of municipalities that have come, which one that is gone may have
    become, and ``doubts`` why new ones cannot be what they seem, by id.
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
                between = beslut_id not in entered and _is_between(beslut_id, before, after)
                kind: Kind = "inserted" if between else "added"
                more = _to_check(after[beslut_id], late=beslut_id in entered)
                yield DecisionChange(beslut_id, named, kind, problems, more=more)
            elif mark(before[beslut_id]) != mark(after[beslut_id]):
                yield DecisionChange(beslut_id, named, "changed", problems)
            elif problems:
                yield DecisionChange(beslut_id, named, "broken", problems)
            else:
                yield from _beside(named, (before[beslut_id], old), (after[beslut_id], new))

    return (*changed(), *_records(old, new, elsewhere, doubts))


def _to_check(beslut: Beslut, *, late: bool) -> str:
    """What has to be checked by hand of a new decision, which no file can tell: one that is
    reconstructed, or entered ``late``."""
    known = {
        "rekonstruerat": beslut.data["beslut"].get("rekonstruerad") == "ja",
        "infört i efterhand": late,
    }
    how = " och ".join(words for words, holds in known.items() if holds)
    return f". Det är {how}: kontrollera det mot protokollet" if how else ""


def _about(record: Handelse, kommun: Kommun | None) -> str:
    """Which decision a record is about."""
    decided = kommun.beslut if kommun is not None else ()
    about = next((one for one in decided if one.id == record.about), None)
    return f". Den gäller {about.revision.beteckning}" if about is not None else ""


def _is_between(beslut_id: str, before: Mapping[str, Beslut], after: Mapping[str, Beslut]) -> bool:
    """Whether a decision that has come lies between those that there were, by their days as now
    corrected."""
    own = after[beslut_id].order
    orders = [(after.get(one.id) or one).order for one in before.values()]
    return bool(orders) and min(orders) < own < max(orders)


def _records(
    old: Kommun | None,
    new: Kommun | None,
    elsewhere: Collection[Mark],
    doubts: Mapping[str, str],
) -> Iterator[DecisionChange]:
    """What has become of the records, in the order that they were written."""
    before, after = ({one.id: one for one in side.handelser} if side else {} for side in (old, new))
    if new is None:
        before = {name: one for name, one in before.items() if record_mark(one) not in elsewhere}
    links = chain.record_links(new) if new is not None else ()
    wrong = {link.handelse.id: link.problems for link in links}
    for name in sorted(before.keys() | after.keys()):
        named = f"händelsen {name}"
        if name not in after:
            yield DecisionChange(name, named, "removed", record=True)
        elif name not in before:
            doubted = (doubts[name],) if name in doubts else ()
            problems, more = (*wrong[name], *doubted), _about(after[name], new)
            yield DecisionChange(name, named, "added", problems, record=True, more=more)
        elif before[name].data != after[name].data:
            yield DecisionChange(name, named, "changed", wrong[name], record=True)
        else:
            yield from _beside(named, (before[name], old), (after[name], new))


_Frozen = Beslut | Handelse


def _beside(
    named: str, old: tuple[_Frozen, Kommun | None], new: tuple[_Frozen, Kommun | None]
) -> Iterator[DecisionChange]:
    """What has become of a file whose checksum covers the same as before: of the rest of it, and of
    its signature."""
    (before, had), (after, has) = old, new
    record = isinstance(after, Handelse)
    if before.document.text != after.document.text and (kind := _rewritten(before, after)):
        what = _not_covered(before, after) if kind == "rewritten" else ()
        yield DecisionChange(after.id, named, kind, what, record=record)
    was_signed = had is not None and before.document.path in had.signed
    if was_signed and not (has is not None and after.document.path in has.signed):
        yield DecisionChange(after.id, named, "unsigned", record=record)


def _rewritten(before: _Frozen, after: _Frozen) -> Kind | None:
    """What has become of the text of a file: nothing where only the line breaks are others, as git
    may have them on another machine."""
    texts = [one.document.text.replace("\r\n", "\n") for one in (before, after)]
    if texts[0] == texts[1]:
        return None
    bare = [modelines.without(text) for text in texts]
    return "schema-line" if bare[0] == bare[1] else "rewritten"


def _not_covered(before: _Frozen, after: _Frozen) -> tuple[str, ...]:
    """The fields that the checksum does not cover and that differ; how the file is written if none
    does."""
    was, is_ = (cast("Mapping[str, object]", one.data) for one in (before, after))
    fields = sorted((was.keys() | is_.keys()) - {*_COVERED})
    return tuple(name for name in fields if was.get(name) != is_.get(name)) or (_LAYOUT,)


def _problems(kommun: Kommun | None) -> dict[str, tuple[str, ...]]:
    return {link.beslut.id: link.problems for link in chain.links(kommun)} if kommun else {}
