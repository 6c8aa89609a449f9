"""The examples of judgements, run: each as a change of its own, forwards and backwards."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, cast

from insatskoll.diff.facts import About, Fact, FactPath, FileKind, Item, Order
from insatskoll.diff.judgement import Judgement, judge
from insatskoll.diff.verdicts import Topic, Verdicts

if TYPE_CHECKING:
    from insatskoll.reading.schema_types import BedomningExempel


def wrong(topic: Topic, by: Verdicts) -> Iterator[str]:
    """What does not come out as the examples of a topic have it, in words."""
    for number, example in enumerate(topic.examples, 1):
        where = f"bedömningar/{topic.id}.yaml: exempel {number}"
        change = fact(topic, example)
        if change.before is None and change.after is None:
            yield f"{where} har varken från eller till"
            continue
        day = example.get("datum")
        if example.get("ny") == "ja" and topic.start is None:
            yield f"{where} är nytt, men ämnet har inget utgångsläge"
            continue
        found = _judged(change, day, by)
        if (was := _told(found, by)) != example["blir"]:
            yield f"{where} blir {_listed(was)}, inte {_listed(example['blir'])}"
        mirrored = sorted(by.by_code[judgement.verdict].mirror for judgement in found)
        back = sorted(judgement.verdict for judgement in _judged(_reversed(change), day, by))
        if back != mirrored:
            words = ", ".join(by.by_code[code].words for code in back) or "inget"
            yield f"{where} blir baklänges {words}, som inte är motsatsen"


def _judged(change: Fact, day: str | None, by: Verdicts) -> tuple[Judgement, ...]:
    """What a change means; one to what already holds is none."""
    return () if change.before == change.after else judge(change, day, by)


def fact(topic: Topic, example: BedomningExempel) -> Fact:
    """The change that an example of a topic is."""
    path, _, _ = str(example.get("fält", topic.fields[0])).partition(" > ")
    kind, *names = path.split(".")
    steps: FactPath = tuple(names)
    before, after = example.get("från"), example.get("till")
    if example.get("ny") == "ja" and topic.start is not None:
        before = topic.start.before(after)
    if example.get("omordnas") == "ja":
        steps = (*steps, Order())
        before, after = (
            tuple(map(Item, cast("list[str]", side or ()))) for side in (before, after)
        )
    return Fact(About(cast("FileKind", kind), "a", "a"), steps, before, after)


def _reversed(change: Fact) -> Fact:
    return Fact(change.subject, change.path, change.after, change.before)


def _told(judgements: tuple[Judgement, ...], by: Verdicts) -> dict[str, str]:
    return {by.by_code[judgement.verdict].words: judgement.basis for judgement in judgements}


def _listed(verdicts: Mapping[str, str]) -> str:
    return ", ".join(f"{words} ({basis})" for words, basis in verdicts.items()) or "inget"
