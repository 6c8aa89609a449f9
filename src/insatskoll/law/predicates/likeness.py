"""Checks on likeness: names that are nearly the same, texts that have been copied, and one thing
named in two ways.

Nothing is compared with everything: names and texts meet only where they share words, so the cost
follows the size of the list.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from insatskoll.law.predicates.parameters import Field, InsatsField, WholeExpression, YesNo
from insatskoll.law.predicates.references import values_at
from insatskoll.law.predicates.registry import Hit, Place, Subject, predicate
from insatskoll.reading.places import DataPath

_WORD = re.compile(r"\w+")
# ”stödgrupp” and ”stödgrupper” are one word in two forms; ”anhöriggrupp” and ”anhörigstöd” are two
# words
_NEAR = 0.85


class _Named(NamedTuple):
    """Something with a name: the name as written, where it stands, and in which insats (None: in
    the subject's file)."""

    name: str
    path: DataPath
    insats: str | None


def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(text.casefold()))


def _joined(text: str) -> str:
    return "".join(_words(text))


def _alike(first: str, second: str) -> bool:
    """Two words that are forms or misspellings of each other. Numbers and short words are alike
    only when they are the same."""
    if first == second:
        return True
    if min(len(first), len(second)) < 5 or any(map(str.isdigit, first + second)):
        return False
    return SequenceMatcher(None, first, second, autojunk=False).ratio() >= _NEAR


def _like_pairs(named: Iterable[_Named]) -> Iterator[tuple[_Named, _Named]]:
    """Each name with the first before it that has the same words, or the same but for one that is
    in another form."""
    same: dict[str, _Named] = {}
    near: dict[tuple[tuple[str, ...], str], tuple[str, _Named]] = {}
    for item in named:
        words = sorted(_words(item.name))
        found = same.get("".join(words))
        keys = [((*words[:i], *words[i + 1 :]), word) for i, word in enumerate(words)]
        for rest, word in keys:
            earlier = near.get((rest, word[:4]))
            if found is None and earlier is not None and _alike(word, earlier[0]):
                found = earlier[1]
        if found is not None:
            yield found, item
        same.setdefault("".join(words), item)
        for rest, word in keys:
            near.setdefault((rest, word[:4]), (word, item))


@predicate("liknande-namn", scopes=("kommun",), gives=("ena", "andra"))
def similar_names(
    subject: Subject,
    fält: list[InsatsField],
    kommunfält: Sequence[Field] = (),
    även_lika: YesNo = "nej",
    där: str = "Här skrivs det ”{ena}”",
) -> Iterator[Hit]:
    """Two of the names in ``fält`` (of the insatser) and ``kommunfält`` are the same, but for
    punctuation, the order of the words or the form of one of them.

    Names that differ in capitals or spaces only are the same, which is nothing to tell unless
    ``även_lika``: they must be of different things. A single word without a capital, such as
    ”skola”, is then no name. ``där`` is what to say at the first of the two.
    """
    named = [
        _Named(value, path, None)
        for name in kommunfält
        for path, value in values_at(subject.data, name)
    ]
    for insats in subject.revision.insatser:
        named += [
            _Named(value, path, insats.id)
            for name in fält
            for path, value in values_at(insats.data, name)
        ]
    for first, second in _like_pairs(named if även_lika == "ja" else _written(named)):
        place = Place(där.replace("{ena}", first.name), first.path, first.insats)
        yield Hit(second.path, {"ena": first.name, "andra": second.name}, (place,), second.insats)


def _written(named: Iterable[_Named]) -> Iterable[_Named]:
    """The names, each once however it is spaced and capitalized."""
    written: dict[str, _Named] = {}
    for item in named:
        if " " in item.name.strip() or item.name != item.name.lower():
            written.setdefault(" ".join(item.name.casefold().split()), item)
    return written.values()


@predicate("kopierad-text", scopes=("kommun",), gives=("insats", "andra", "andel"))
def copied_text(
    subject: Subject, fält: list[InsatsField], minst_ord: int, andel: int
) -> Iterator[Hit]:
    """A text of at least ``minst_ord`` words has ``andel`` per cent or more of its runs of five
    words in another insats's.

    Each text is compared with the first that has the same run, so a copy points at its original.
    """
    first: dict[tuple[str, ...], tuple[str, DataPath]] = {}
    names = {insats.id: insats.namn for insats in subject.revision.insatser}
    for insats in subject.revision.insatser:
        own: dict[tuple[str, ...], tuple[str, DataPath]] = {}
        for path, text in (pair for name in fält for pair in values_at(insats.data, name)):
            words = _words(text)
            if len(words) < minst_ord:
                continue
            runs = {words[i : i + 5] for i in range(len(words) - 4)}
            shared = Counter(first[run] for run in runs if run in first)
            for (other, other_path), count in shared.most_common(1):
                if (percent := 100 * count // len(runs)) >= andel:
                    place = Place(f"Så står det också i ”{names[other]}”", other_path, other)
                    yield Hit(
                        path,
                        {"insats": insats.namn, "andra": names[other], "andel": percent},
                        (place,),
                        insats.id,
                    )
            own.update((run, (insats.id, path)) for run in runs)
        for run, holder in own.items():
            first.setdefault(run, holder)


@predicate("namn-i-text", scopes=("kommun",), gives=("ena", "andra"))
def name_in_text(subject: Subject, fält: list[InsatsField]) -> Iterator[Hit]:
    """A text in ``fält`` writes the name of an insats in one word where the name has two, or the
    other way round."""
    names = {
        joined: i.namn for i in subject.revision.insatser if len(joined := _joined(i.namn)) >= 8
    }
    starts = {name[:4] for name in names}
    for insats in subject.revision.insatser:
        for path, text in (pair for name in fält for pair in values_at(insats.data, name)):
            words = list(_WORD.finditer(text))
            for i, word in enumerate(words):
                if word[0][:4].casefold() not in starts:
                    continue
                for length in range(1, min(3, len(words) - i) + 1):
                    joined = "".join(part[0] for part in words[i : i + length]).casefold()
                    if joined in names and len(_words(names[joined])) != length:
                        written = text[word.start() : words[i : i + length][-1].end()]
                        yield Hit(path, {"ena": names[joined], "andra": written}, (), insats.id)


@predicate("filnamn", gives=("fil", "rätt"))
def file_name(subject: Subject, mönster: WholeExpression, plats: Field) -> Iterator[Hit]:
    """The file's name, without its ending, does not match ``mönster``."""
    assert subject.document is not None
    if not re.fullmatch(mönster, subject.document.path.stem, re.IGNORECASE):
        name = subject.insats.namn if subject.insats is not None else subject.document.path.stem
        yield Hit((plats,), {"fil": subject.document.path.name, "rätt": f"{as_id(name)}.yaml"})


def as_id(name: str) -> str:
    """The id that goes with a name: its words in small letters, with dashes between."""
    words = re.findall(r"[a-zåäöé0-9]+", unicodedata.normalize("NFC", name).casefold())
    return "-".join(words)[:100].strip("-") or "exempel"
