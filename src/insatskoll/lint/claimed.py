"""What the texts of a file claim, as subjects for the rules that judge claims (påståenden)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from insatskoll.law.claims import reading
from insatskoll.law.predicates import Subject
from insatskoll.reading.places import DataPath

SCOPE = "påstående"


def subjects(
    around: Subject, holders: Mapping[DataPath, Mapping[str, object]]
) -> Iterator[Subject]:
    """The claims in the texts of ``around``, a whole file, each with the words that make it.

    ``holders`` are what a text can belong to, by the beginning of its path: an insats (the empty
    path) and its parts.
    """
    for path, said in reading.claims(around.data):
        holder = holders.get(path[:2], holders.get(()))
        known = {} if holder is None else {"insats": holder}
        data = {
            **said.data,
            **known,
            "kommun": around.revision.kommun,
            "fält": ".".join(step for step in path if isinstance(step, str)),
        }
        yield replace(around, data=data, path=path, words=(said.start, said.end), within=around)
