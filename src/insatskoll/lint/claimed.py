"""What the texts of a file claim, as subjects for the rules that judge claims (påståenden)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from insatskoll.law.claims import reading
from insatskoll.law.predicates import Subject
from insatskoll.reading.places import DataPath, value_at

SCOPE = "påstående"
_CONDITIONS = ("villkor", "gemensamma_villkor")


def subjects(
    around: Subject, holders: Mapping[DataPath, Mapping[str, object]]
) -> Iterator[Subject]:
    """The claims in the texts of ``around``, a whole file, each with the words that make it.

    ``holders`` are what a text can belong to, by the beginning of its path: an insats (the empty
    path) and its parts.
    """
    for path, said in reading.claims(around.data):
        holder = holders.get(path[:2], holders.get(()))
        known: dict[str, object] = {} if holder is None else {"insats": holder}
        known |= _condition(around.data, path)
        data = {
            **said.data,
            **known,
            "kommun": around.revision.kommun,
            "fält": ".".join(step for step in path if isinstance(step, str)),
        }
        yield replace(around, data=data, path=path, words=(said.start, said.end), within=around)


def _condition(data: object, path: DataPath) -> dict[str, object]:
    """The condition that the text at ``path`` stands in, as a claim has it, if it is in one."""
    for at, step in enumerate(path):
        if step in _CONDITIONS and at + 1 < len(path):
            return {"villkor": value_at(data, path[: at + 2])}
    return {}
