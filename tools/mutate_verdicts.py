"""Changes the files of judgements a little and sees that their own examples notice, as
``mutate.py`` does with the rules.

A verdict, a basis or a place on a scale is exchanged, a bound is moved by one, and what may be left
out is left out.
"""

from __future__ import annotations

import copy
import sys
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, cast

from insatskoll import resources
from insatskoll.diff import verdict_examples, verdicts
from insatskoll.diff.verdicts import NO_VERDICT, VerdictError, Verdicts
from insatskoll.reading import document

if TYPE_CHECKING:
    from insatskoll.reading.schema_types import BedomningData

Tree = dict[str, Any]
OUTCOMES = ("tillkommer", "upp", "jämsides", "fler", "byts", "vidare", "oförändrat", "mer", "blir")
OPTIONAL = ("jämsides", "byts", "oförändrat", "när", "om", "läses", "delfält", "lagrum_efter")
OTHER_BASIS = "IK999"


def mutants(data: Tree, known: Mapping[str, verdicts.Verdict]) -> Iterator[tuple[str, Tree]]:
    """Every file that differs from ``data`` in one thing that decides what is judged, with what it
    is."""
    for name in ("lagrum", "lagrum_efter", "läses", "utgångsläge", "följer_av_lag"):
        if name in data:
            yield from _changed(data, (), name, data[name])
    yield from _questions(data, (), "bedömningar", data, known)


def survivors(name: str, data: Tree, by: Verdicts) -> list[str]:
    """The changes of a file of judgements that none of its examples notices."""
    return [told for told, mutant in mutants(data, by.by_code) if not _noticed(name, mutant, by)]


def _noticed(name: str, mutant: Tree, by: Verdicts) -> bool:
    try:
        topic = verdicts.topic(name, cast("BedomningData", mutant), by.by_code)
        others = [one for one in by.topics.values() if one.id != name]
        return any(verdict_examples.wrong(topic, verdicts.made(by.by_code, [*others, topic])))
    except (VerdictError, KeyError, AttributeError, TypeError, ValueError):
        return True


def _questions(
    whole: Tree,
    path: tuple[Any, ...],
    key: str,
    holder: Tree,
    known: Mapping[str, verdicts.Verdict],
) -> Iterator[tuple[str, Tree]]:
    for index, question in enumerate(holder.get(key, ())):
        at = (*path, key, index)
        if len(holder[key]) > 1:
            yield _told(at, "borttagen"), _without(whole, at)
        if "turordning" in question:
            if "lagrum" in question:
                yield from _changed(whole, at, "lagrum", question["lagrum"])
            yield from _questions(whole, at, "turordning", question, known)
        else:
            yield from _step(whole, at, question, known)


def _step(
    whole: Tree, at: tuple[Any, ...], step: Tree, known: Mapping[str, verdicts.Verdict]
) -> Iterator[tuple[str, Tree]]:
    for outcome in OUTCOMES:
        if outcome in step:
            for other in _other_verdicts(step[outcome], known):
                yield _told((*at, outcome), other), _with(whole, (*at, outcome), other)
    if "lagrum" in step:
        yield from _changed(whole, at, "lagrum", step["lagrum"])
    for name in OPTIONAL:
        if name in step:
            yield from _changed(whole, at, name, step[name])
    for name in ("skala", "mängd", "intervall"):
        if name in step:
            yield from _within(whole, (*at, name), step[name])


def _other_verdicts(words: str, known: Mapping[str, verdicts.Verdict]) -> list[str]:
    """The opposite, and another on the same axis that is the same both ways, or not, as this one
    is."""
    own = next((verdict for verdict in known.values() if verdict.words == words), None)
    if own is None:
        return [next(v.words for v in known.values() if v.mirror == v.code)]
    alike = [
        v.words
        for v in known.values()
        if v.code != own.code and (v.mirror == v.code) == (own.mirror == own.code)
    ]
    opposite = [known[own.mirror].words] if own.mirror != own.code else [NO_VERDICT]
    return [*opposite, alike[0]]


def _changed(whole: Tree, at: tuple[Any, ...], name: str, value: Any) -> Iterator[tuple[str, Tree]]:
    """A basis exchanged, or something that may be left out left out, and each of what it holds."""
    path = (*at, name)
    if name == "lagrum":
        yield _told(path, OTHER_BASIS), _with(whole, path, OTHER_BASIS)
        return
    yield _told(path, "borttaget"), _without(whole, path)
    if name == "lagrum_efter":
        for key in value["värden"]:
            inner = (*path, "värden", key)
            yield _told(inner, OTHER_BASIS), _with(whole, inner, OTHER_BASIS)
    if name == "om":
        for field, words in value.items():
            yield from _items(whole, (*path, field), words)
            if len(value) > 1:
                yield _told((*path, field), "borttaget"), _without(whole, (*path, field))


def _within(whole: Tree, path: tuple[Any, ...], value: Any) -> Iterator[tuple[str, Tree]]:
    """Steps of a scale in another order, words that are not counted, bounds moved by one."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if name == "inom":
                for index, end in enumerate(inner):
                    for number in (end - 1, end + 1):
                        if number >= 0:
                            yield (
                                _told((*path, name, index), str(number)),
                                _with(whole, (*path, name, index), number),
                            )
            elif name in ("från", "till", "lika", "inte_olika"):
                yield _told((*path, name), "borttaget"), _without(whole, (*path, name))
                yield from _items(whole, (*path, name), inner)
            elif name == "gränser":
                yield _told((*path, name), "borttaget"), _without(whole, (*path, name))
            else:  # a scale of a field
                yield from _scale(whole, (*path, name), inner)
    elif path[-1] == "skala":
        yield from _scale(whole, path, value)
    elif value == "alla":
        yield _told(path, "inga"), _with(whole, path, [])
    else:
        yield from _items(whole, path, value)


def _scale(whole: Tree, path: tuple[Any, ...], steps: list[Any]) -> Iterator[tuple[str, Tree]]:
    for index in range(len(steps) - 1):
        swapped = [*steps[:index], steps[index + 1], steps[index], *steps[index + 2 :]]
        yield _told((*path, index), "byter plats med nästa"), _with(whole, path, swapped)
    yield from _items(whole, path, steps)
    for index, step in enumerate(steps):
        if isinstance(step, list):
            yield from _items(whole, (*path, index), step)


def _items(whole: Tree, path: tuple[Any, ...], items: list[Any]) -> Iterator[tuple[str, Tree]]:
    for index, item in enumerate(items):
        yield (
            _told((*path, item if isinstance(item, str) else index), "borttaget"),
            _without(whole, (*path, index)),
        )


def _with(whole: Tree, path: tuple[Any, ...], value: Any) -> Tree:
    return _edited(whole, path, lambda holder: holder.__setitem__(path[-1], value))


def _without(whole: Tree, path: tuple[Any, ...]) -> Tree:
    return _edited(whole, path, lambda holder: holder.__delitem__(path[-1]))


def _edited(whole: Tree, path: tuple[Any, ...], change: Callable[[Any], None]) -> Tree:
    found = copy.deepcopy(whole)
    holder: Any = found
    for step in path[:-1]:
        holder = holder[step]
    change(holder)
    return found


def _told(path: tuple[Any, ...], what: str) -> str:
    return f"{'.'.join(map(str, path))}: {what}"


def content(name: str) -> Tree:
    """What stands in a file of judgements."""
    read = document.read(resources.CATALOGUE / "bedömningar" / f"{name}.yaml")
    return cast("Tree", read.data)


def main() -> int:
    """Tries every mutant of every file and tells of those that survive; gives the exit code."""
    by = verdicts.shipped()
    total, left = 0, 0
    for name in by.topics:
        data = content(name)
        total += sum(1 for _ in mutants(data, by.by_code))
        for told in survivors(name, data, by):
            left += 1
            print(f"{name}: {told}")
    print(f"{total} mutanter av bedömningarna, {left} som inget exempel märker.")
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main())
