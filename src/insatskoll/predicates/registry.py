"""What the named checks are made of: the subject they look at, the hits they give, and the register of their names."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from insatskoll.document import Document
from insatskoll.model import Data, Insats, Revision
from insatskoll.places import DataPath


class Place(NamedTuple):
    """A related place: what is to be seen there, its path, and the insats whose file it is in, if not the hit's own."""

    text: str
    path: DataPath
    insats: str | None = None


@dataclass(frozen=True)
class Hit:
    """A place where a check fails, with values for the message and related places.

    The path is relative to the subject, or, where ``insats`` is given, to the top of that insats's file.
    """

    path: DataPath
    values: Data = field(default_factory=dict)
    related: tuple[Place, ...] = ()
    insats: str | None = None


@dataclass(frozen=True)
class Subject:
    """What a check looks at: ``data`` at ``path`` in its file, and what surrounds it.

    ``registers`` holds the ids that may be referred to besides those in kommun.yaml: ``begrepp``, ``insatser``
    and ``riskanalyser`` (the insatser that have a risk analysis).
    ``decided`` has the true checksum of each of the municipality's decisions, by id (see :func:`insatskoll.revision.checksums`).
    ``frozen`` is the content of each of them, by the same id.
    ``document`` is the file that it stands in, and ``datum`` (ÅÅÅÅ-MM-DD) the day at which it is judged.
    """

    data: Any
    revision: Revision
    insats: Insats | None = None
    path: DataPath = ()
    registers: Mapping[str, frozenset[str]] = field(default_factory=dict)
    decided: Mapping[str, str | None] = field(default_factory=dict)
    frozen: Mapping[str, Data] = field(default_factory=dict)
    document: Document | None = None
    datum: str | None = None
    # What checks have found out about the subject and other rules may use again.
    known: dict[Any, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    def at(self, path: DataPath, data: Any) -> Subject:
        """The subject ``data``, which stands at ``path`` in this one."""
        return replace(self, data=data, path=self.path + path)


@dataclass(frozen=True)
class Predicate:
    """A named check: a function of a subject and the rule's parameters.

    ``whole`` tells that it judges by what the municipality's insatser lack, or by how many of them there are: then it has
    no answer while one of the files cannot be read.
    """

    function: Callable[..., Iterator[Hit]]
    whole: bool = False

    def wrong_parameters(self, given: Data) -> str | None:
        """What is wrong with the parameters a rule gives, or None."""
        expected = {p.name: p for p in list(inspect.signature(self.function).parameters.values())[1:]}
        for name in given:
            if name not in expected:
                return f"parametern {name} finns inte. Det här går att skriva: {', '.join(expected)}"
        for name, parameter in expected.items():
            if name not in given and parameter.default is parameter.empty:
                return f"parametern {name} saknas"
            kind = {"int": int, "str": str}.get(str(parameter.annotation), list)
            if name in given and (not isinstance(given[name], kind) or isinstance(given[name], bool)):
                return f"parametern {name} har fel slags värde"
        return None


PREDICATES: dict[str, Predicate] = {}


def predicate(name: str, *, whole: bool = False) -> Callable[[Callable[..., Iterator[Hit]]], Callable[..., Iterator[Hit]]]:
    """Registers a function as the check called ``name``; its parameters after the subject are the rule's.

    ``whole`` is as in :class:`Predicate`.
    """

    def register(function: Callable[..., Iterator[Hit]]) -> Callable[..., Iterator[Hit]]:
        PREDICATES[name] = Predicate(function, whole)
        return function

    return register
