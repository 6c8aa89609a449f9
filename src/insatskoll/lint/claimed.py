"""What the texts of a file claim, as subjects for the rules that judge claims (påståenden)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from insatskoll.law.claims import reading
from insatskoll.law.claims.said import Said
from insatskoll.law.predicates import Subject
from insatskoll.reading.places import DataPath, value_at

SCOPE = "påstående"
_CONDITIONS = ("villkor", "gemensamma_villkor")
# The own wording of the conditions is judged as they are.
_OWN_CONDITIONS = ("egen_text", "villkor")


def subjects(
    around: Subject, holders: Mapping[DataPath, Mapping[str, object]]
) -> Iterator[Subject]:
    """The claims in the texts of ``around``, a whole file, each with the words that make it.

    ``holders`` are what a text can belong to, by the beginning of its path: an insats (the empty
    path) and its parts. What a sentence says twice is judged where it says it first.
    """
    for path, said in _once_a_sentence(reading.claims(around.data)):
        holder = holders.get(path[:2], holders.get(()))
        known: dict[str, object] = {} if holder is None else {"insats": holder}
        known |= _condition(around.data, path)
        data = {
            **said.data,
            **known,
            "kommun": around.revision.kommun,
            "fält": _field(path),
        }
        if said.shown is not None:
            text: str = value_at(around.data, path)
            data["ord"] = " ".join(text[slice(*said.shown)].split())
        yield replace(around, data=data, path=path, words=said.place, within=around)


def _once_a_sentence(claims: Iterable[tuple[DataPath, Said]]) -> Iterator[tuple[DataPath, Said]]:
    """The claims without those that repeat one in the same sentence of the same text."""
    before: dict[str, list[Said]] = {}
    text: DataPath = ()
    for path, said in claims:
        if path != text:
            text, before = path, {}
        same = before.setdefault(said.kind, [])
        if same and same[0].sentence != said.sentence:
            same.clear()
        if not any(said.repeats(other) for other in same):
            same.append(said)
            yield path, said


def _field(path: DataPath) -> str:
    """The field of the text at ``path``; that of the conditions for the own wording of them."""
    steps = [step for step in path if isinstance(step, str)]
    if path[-2:] == _OWN_CONDITIONS:
        steps[-2:] = ["villkor", "beskrivning"]
    return ".".join(steps)


def _condition(data: object, path: DataPath) -> dict[str, object]:
    """The condition that the text at ``path`` stands in, as a claim has it, if it is in one, or is
    the own wording of the only one."""
    if path[-2:] == _OWN_CONDITIONS:
        worded: list[object] = value_at(data, (*path[:-2], "villkor")) or []
        return {"villkor": worded[0]} if len(worded) == 1 else {}
    for at, step in enumerate(path):
        if step in _CONDITIONS and at + 1 < len(path):
            return {"villkor": value_at(data, path[: at + 2])}
    return {}
