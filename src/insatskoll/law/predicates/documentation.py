"""Checks on how insatser are documented: against each other, against their risk analysis, and over
the whole list."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from insatskoll.catalogue.model import Insats
from insatskoll.law.predicates.parameters import Level, PartField, Register
from insatskoll.law.predicates.references import values_at
from insatskoll.law.predicates.registry import Hit, Place, Subject, predicate
from insatskoll.reading.places import DataPath, value_at

if TYPE_CHECKING:
    from insatskoll.reading.schema_types import Del, Dokumentationsnivå, InsatsData

_SHOWN = 3  # how many insatser a finding about the whole list points at
_COMPARED = 20  # how many texts with the same sentence a text is compared with


def level(part: InsatsData | Del) -> Dokumentationsnivå | None:
    """The level at which an insats or a part of one is documented, or None if nothing says."""
    return part.get("dokumentation", {}).get("nivå")


@predicate("delar-saknar", whole=True, scopes=("kommun",), gives=("antal",))
def parts_without(
    subject: Subject, fält: list[PartField], nivåer: Sequence[Level] = ()
) -> Iterator[Hit]:
    """Somewhere in the municipality's insatser a part has none of ``fält``.

    With ``nivåer``, only the parts documented at one of those levels count. Gives one hit, at the
    subject, with the number of insatser as ``antal``.
    """
    lacking: dict[str, tuple[Insats, DataPath]] = {}
    for insats in subject.revision.insatser:
        for path, part in insats.delar:
            counts = not nivåer or level(part) in nivåer
            if counts and not any(True for name in fält for _ in values_at(part, name)):
                lacking.setdefault(insats.id, (insats, path))
    if lacking:
        shown = list(lacking.values())[:_SHOWN]
        places = tuple(
            Place(f"Till exempel ”{insats.namn}”", (*path, "namn"), insats.id)
            for insats, path in shown
        )
        yield Hit((), {"antal": len(lacking)}, places)


@predicate("saknas-i-register", whole=True, scopes=("insats", "del"), gives=())
def not_in_register(subject: Subject, register: Register) -> Iterator[Hit]:
    """The insats is not in the register (as in ``okänd-referens``), though others are. An empty
    register says nothing."""
    known = subject.registers.get(register)
    if known and subject.insats is not None and subject.insats.id not in known:
        yield Hit(("namn",))


class _Text(NamedTuple):
    insats: Insats
    path: DataPath
    level: str
    words: Counter[str]


@predicate(
    "lika-innehåll-olika-dokumentation", scopes=("kommun",), gives=("ena", "andra", "här", "där")
)
def same_content_other_level(subject: Subject, likhet: int, minst_ord: int) -> Iterator[Hit]:
    """Two parts of the municipality's insatser say the same of their content, but are documented at
    different levels.

    Alike are texts of at least ``minst_ord`` words that share a whole sentence and ``likhet`` per
    cent of their words.
    """
    by_sentence: dict[str, list[_Text]] = defaultdict(list)
    for insats in subject.revision.insatser:
        for path, part in insats.delar:
            found, text = level(part), part.get("innehåll", "").casefold()
            words = Counter(re.findall(r"\w+", text))
            if found is None or words.total() < minst_ord:
                continue
            this = _Text(insats, path, found, words)
            sentences = dict.fromkeys(
                " ".join(re.findall(r"\w+", sentence)) for sentence in re.split(r"[.!?]\s", text)
            )
            candidates = (other for sentence in sentences for other in by_sentence[sentence])
            for other in candidates:
                if other.level != found and _likeness(this.words, other.words) >= likhet:
                    yield _differs(this, other)
                    break
            for sentence in sentences:
                if len(by_sentence[sentence]) < _COMPARED:
                    by_sentence[sentence].append(this)


def _likeness(first: Counter[str], second: Counter[str]) -> float:
    return 200 * (first & second).total() / (first.total() + second.total())


def _differs(this: _Text, other: _Text) -> Hit:
    field = ("dokumentation", "nivå")
    names = [str(value_at(text.insats.data, (*text.path, "namn"))) for text in (this, other)]
    values = {"ena": names[0], "andra": names[1], "här": this.level, "där": other.level}
    there = Place(f"”{names[1]}” säger {other.level}", (*other.path, *field), other.insats.id)
    return Hit((*this.path, *field), values, (there,), this.insats.id)
