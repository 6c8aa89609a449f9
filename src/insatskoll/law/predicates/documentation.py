"""A check on how insatser are documented, against each other."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from insatskoll.catalogue.model import Insats
from insatskoll.law.predicates.registry import Hit, Place, Subject, predicate
from insatskoll.reading.places import DataPath, value_at

if TYPE_CHECKING:
    from insatskoll.reading.schema_types import Del, Dokumentationsnivå, InsatsData

_COMPARED = 20  # how many texts with the same sentence a text is compared with


def level(part: InsatsData | Del) -> Dokumentationsnivå | None:
    """The level at which an insats or a part of one is documented, or None if nothing says."""
    return part.get("dokumentation", {}).get("nivå")


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
