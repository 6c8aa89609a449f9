"""A check on what is said again: ids and names that are the same, or nearly, and one thing named in
two ways.

Nothing is compared with everything: names meet only where they share words, so the cost follows the
size of the list.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

from insatskoll.law.predicates.parameters import Field, InsatsField, InsatsTextField
from insatskoll.law.predicates.references import values_at
from insatskoll.law.predicates.registry import Hit, Place, Subject, predicate
from insatskoll.patterns import later
from insatskoll.reading.places import DataPath

_WORD = later(r"\w+")
# ”stödgrupp” and ”stödgrupper” are one word in two forms; ”anhöriggrupp” and ”anhörigstöd” are two
# words
_NEAR = 0.85
_TELLING = 8  # letters of a name that is looked for in texts


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


def alike(first: str, second: str) -> bool:
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
            if found is None and earlier is not None and alike(word, earlier[0]):
                found = earlier[1]
        if found is not None:
            yield found, item
        same.setdefault("".join(words), item)
        for rest, word in keys:
            near.setdefault((rest, word[:4]), (word, item))


@predicate("upprepas", gives=("ena", "andra"))
def said_again(
    subject: Subject,
    hur: Literal["lika", "nästan lika", "lika eller nästan lika"] = "lika",
    fält: Sequence[Field] = (),
    insatsfält: Sequence[InsatsField] = (),
    texter: Sequence[InsatsTextField] = (),
    där: str = "Här står ”{ena}”",
) -> Iterator[Hit]:
    """A value in ``fält``, or in ``insatsfält`` of the municipality's insatser, stands there again:
    the same, or the same name but for punctuation, the order of the words or the form of one of
    them.

    Names that differ in capitals or spaces only are the same, which is nothing to tell if they are
    to be nearly the same; a single word without a capital, such as ”skola”, is then no name.
    With ``texter`` it is looked for in those of the insatser's texts instead: a name that has two
    words and there is written in one, or the other way round. ``där`` is what to say at the first
    of the two.
    """
    if hur == "lika":
        pairs = _same(subject, fält, insatsfält)
    elif texter:
        pairs = _in_texts(subject, insatsfält, texter)
    else:
        named = _all_named(subject, fält, insatsfält)
        pairs = _like_pairs(named if "eller" in hur else _written(named))
    for first, second in pairs:
        told = Place(där.replace("{ena}", first.name), first.path, first.insats)
        there = () if texter else (told,)
        yield Hit(second.path, {"ena": first.name, "andra": second.name}, there, second.insats)


def _all_named(
    subject: Subject, fields: Sequence[str], of_insatser: Sequence[str]
) -> Iterator[_Named]:
    """What stands in ``fields`` of the subject and in those of the insatser, field by field."""
    for name in fields:
        yield from (_Named(value, path, None) for path, value in values_at(subject.data, name))
    for insats in subject.revision.insatser if of_insatser else ():
        for name in of_insatser:
            found = values_at(insats.data, name)
            yield from (_Named(value, path, insats.id) for path, value in found)


def _same(
    subject: Subject, fields: Sequence[str], of_insatser: Sequence[str]
) -> Iterator[tuple[_Named, _Named]]:
    """Each value with the first in the same field that is the same."""
    for named in [
        *(_all_named(subject, [name], ()) for name in fields),
        *(_all_named(subject, (), [name]) for name in of_insatser),
    ]:
        first: dict[object, _Named] = {}
        for item in named:
            if (earlier := first.setdefault(item.name, item)) is not item:
                yield earlier, item


def _in_texts(
    subject: Subject, fields: Sequence[str], texts: Sequence[str]
) -> Iterator[tuple[_Named, _Named]]:
    """The names of the insatser with each place in their texts that writes one of them in one word
    where it has two, or the other way round."""
    found = {_joined(one.name): one for one in _all_named(subject, (), fields)}
    names = {joined: one for joined, one in found.items() if len(joined) >= _TELLING}
    starts = {name[:4] for name in names}
    for item in _all_named(subject, (), texts):
        words = list(_WORD.finditer(item.name))
        for i, word in enumerate(words):
            if word[0][:4].casefold() not in starts:
                continue
            for length in range(1, min(3, len(words) - i) + 1):
                joined = "".join(part[0] for part in words[i : i + length]).casefold()
                if joined in names and len(_words(names[joined].name)) != length:
                    end = words[i : i + length][-1].end()
                    yield names[joined], item._replace(name=item.name[word.start() : end])


def _written(named: Iterable[_Named]) -> Iterable[_Named]:
    """The names, each once however it is spaced and capitalized."""
    written: dict[str, _Named] = {}
    for item in named:
        if " " in item.name.strip() or item.name != item.name.lower():
            written.setdefault(" ".join(item.name.casefold().split()), item)
    return written.values()
