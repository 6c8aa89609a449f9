"""What the named checks are made of: the subject they look at, the hits they give, and the
register of their names."""

from __future__ import annotations

import hashlib
import inspect
import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple, cast, get_type_hints

from insatskoll.catalogue.model import Insats, Revision
from insatskoll.law.predicates.parameters import Listed, ParameterError, Visit, read
from insatskoll.reading.document import Document
from insatskoll.reading.places import DataPath
from insatskoll.values import immutable

if TYPE_CHECKING:
    from insatskoll.reading.schema_types import (
        Avvikelse,
        BeslutData,
        InsatsData,
        KommunData,
    )


class Place(NamedTuple):
    """A related place: what is to be seen there, its path, and the insats or the risk analysis
    whose file it is in, if not the hit's own. One that is ``common`` is in kommun.yaml."""

    text: str
    path: DataPath
    insats: str | None = None
    analysis: str | None = None
    common: bool = False


@immutable
class ToWrite:
    """The ``fields`` that somebody may write for what a check found, at ``base`` (a part, or
    nothing) in the file, which is of a ``kind``. ``replaces`` are those, from there, that may
    take the place of what is written already."""

    kind: str
    base: DataPath
    fields: Mapping[str, Any]
    replaces: frozenset[DataPath] = frozenset()


@immutable
class Hit:
    """A place where a check fails, with values for the message and related places.

    The path is relative to the subject, or, where ``insats`` is given, to the top of that insats's
    file. ``words`` tells which of the text's characters it is about, from and to, if not all.
    ``writes`` is what the rule's check suggests, which no function gives itself.
    """

    path: DataPath
    values: Mapping[str, object] = field(default_factory=dict)
    related: tuple[Place, ...] = ()
    insats: str | None = None
    words: tuple[int, int] | None = None
    writes: ToWrite | None = None


def where(text: str, said: str) -> tuple[int, int] | None:
    """The words of a hit that are ``said`` in ``text``, where they first stand."""
    at = text.find(said)
    return (at, at + len(said)) if at >= 0 else None


Waiver = tuple[str, str]  # the rule that is waived, and the reason


def waivers(revision: Revision) -> Iterator[tuple[str | None, DataPath, Waiver]]:
    """The waivers of a municipality: the insats that each stands in (None for the municipality's
    own), its place and words."""
    held: list[tuple[str | None, Sequence[Avvikelse]]] = [
        (insats.id, insats.data.get("avvikelser", ())) for insats in revision.insatser
    ]
    for insats, given in [*held, (None, revision.kommun.get("avvikelser", ()))]:
        for number, waiver in enumerate(given):
            yield (
                insats,
                ("avvikelser", number),
                (waiver["regel"], " ".join(waiver["motivering"].split())),
            )


@immutable
class Held:
    """What a municipality has that would tell that another was copied from it: its ``code`` and
    waivers, and all that it holds (see :func:`contents`)."""

    name: str
    folder: str
    code: str | None
    waivers: tuple[Waiver, ...]
    contents: tuple[str, ...]


def held(revision: Revision) -> Held:
    """What the municipality has."""
    return Held(
        revision.kommun["namn"],
        revision.kommun_id,
        revision.kommun.get("scb_kod"),
        tuple(waiver for _, _, waiver in waivers(revision)),
        tuple(contents(revision)),
    )


@immutable
class Neighbours:
    """What the municipalities that have been linted before in the same run have: who had a code
    or a waiver first, by name."""

    codes: dict[str, str] = field(default_factory=dict)
    waivers: dict[Waiver, str] = field(default_factory=dict)
    folders: dict[str, str] = field(default_factory=dict)  # by what the municipality holds

    def add(self, one: Held) -> None:
        """Notes what a municipality has."""
        for table, key, name in self.entries(one):
            table.setdefault(key, name)

    def entries(self, one: Held) -> Iterator[tuple[dict[Any, str], Any, str]]:
        """What a municipality has, thing by thing: where it is noted, what it is, and whose."""
        if one.code:
            yield self.codes, one.code, one.name
        for waiver in one.waivers:
            yield self.waivers, waiver, one.name
        for content in one.contents:
            yield self.folders, content, one.folder

    def said_of(self, one: Held) -> tuple[str, ...]:
        """Who has what a municipality has, thing by thing, empty for what nobody has: all that
        its linting can ask about."""
        code = self.codes.get(one.code, "") if one.code else ""
        others = (self.waivers.get(waiver, "") for waiver in one.waivers)
        return (code, *others, *(self.folders.get(content, "") for content in one.contents))


def contents(revision: Revision) -> Iterator[str]:
    """What two municipalities have alike only if one is a copy of the other: all of kommun.yaml,
    or the name and all insatser."""
    yield _digest(revision.kommun)
    if revision.insatser:
        yield _digest(
            {
                "namn": revision.kommun["namn"],
                "insatser": {insats.id: insats.data for insats in revision.insatser},
            }
        )


def _digest(data: Mapping[str, object]) -> str:
    return hashlib.sha256(json.dumps(data, sort_keys=True, default=str).encode()).hexdigest()


@immutable
class Subject:
    """What a check looks at: ``data`` at ``path`` in its file, and what surrounds it.

    ``registers`` holds the ids that may be referred to besides those in kommun.yaml: ``begrepp``,
    ``insatser`` and ``riskanalyser`` (the insatser that have a risk analysis). ``decided`` has the
    true checksum of each of the municipality's decisions, by id (see ``canonical.checksums``).
    ``frozen`` is the content of each of them, by the same id. ``document`` is the file that it
    stands in, and ``datum`` (ÅÅÅÅ-MM-DD) the day at which it is judged. ``own_glyphs`` gives the
    characters of the municipality's own fonts, which are read when they are asked for.
    ``neighbours`` are the municipalities that have been linted before it.
    """

    data: object
    revision: Revision
    insats: Insats | None = None
    path: DataPath = ()
    registers: Mapping[str, frozenset[str]] = field(default_factory=dict)
    decided: Mapping[str, str | None] = field(default_factory=dict)
    frozen: Mapping[str, BeslutData] = field(default_factory=dict)
    document: Document | None = None
    datum: str | None = None
    own_glyphs: Callable[[], frozenset[str]] = frozenset
    neighbours: Neighbours = field(default_factory=Neighbours)
    # Which of the characters at its path it is about, if it is something that a text claims.
    words: tuple[int, int] | None = None
    # The subject that has all its texts, if it is a part.
    within: Subject | None = field(default=None, repr=False, compare=False)
    # What checks have found out about the subject and other rules may use again.
    known: dict[Any, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def analysed(self) -> Insats | None:
        """The insats that a risk analysis is about."""
        wanted = self.data.get("insats") if isinstance(self.data, dict) else None
        return next((one for one in self.revision.insatser if one.id == wanted), None)

    @property
    def as_insats(self) -> InsatsData:
        """The data, by the fields of an insats: a part has them too, and a risk analysis some."""
        return cast("InsatsData", self.data)

    @property
    def as_kommun(self) -> KommunData:
        """The data, by the fields of kommun.yaml."""
        return cast("KommunData", self.data)

    @property
    def as_beslut(self) -> BeslutData:
        """The data, by the fields of a frozen decision."""
        return cast("BeslutData", self.data)

    def at(self, path: DataPath, data: object) -> Subject:
        """The subject ``data``, which stands at ``path`` in this one."""
        return replace(self, data=data, path=self.path + path, within=None)


@immutable
class Predicate:
    """A named check: a function of a subject and the rule's parameters.

    ``whole`` tells that it judges by what the municipality's insatser lack, or by how many of them
    there are: then it has no answer while one of the files cannot be read. ``scopes`` are those
    that it can be put to (empty: all), and ``gives`` the values that it has for the message (None:
    it does not say). ``words`` is the parameter with expressions one of which must match in a text
    of the subject if there is to be a hit.
    """

    function: Callable[..., Iterator[Hit]]
    whole: bool = False
    scopes: frozenset[str] = frozenset()
    gives: frozenset[str] | None = None
    words: str = ""

    @cached_property
    def _signature(self) -> Mapping[str, inspect.Parameter]:
        return inspect.signature(self.function).parameters

    @cached_property
    def kinds(self) -> dict[str, Any]:
        """The kind of each parameter, in order."""
        hints = get_type_hints(self.function, include_extras=True)
        return {name: hints[name] for name in list(self._signature)[1:]}

    @cached_property
    def lists(self) -> dict[str, tuple[str, ...]]:
        """The word lists that stand in for each parameter that a rule may leave out, by name."""
        given = self._signature.items()
        return {n: p.default for n, p in given if isinstance(p.default, Listed)}

    def default(self, name: str) -> Any:
        """What the parameter ``name`` is if a rule does not say."""
        return self._signature[name].default

    def missing(self, given: Collection[str]) -> str | None:
        """The first parameter that must be given and is not, or None."""
        nothing = inspect.Parameter.empty
        needed = (n for n in self.kinds if self._signature[n].default is nothing)
        return next((n for n in needed if n not in given), None)

    def parameter(self, name: str, value: object, visit: Visit) -> Any:
        """The parameter ``name`` as a rule gives it, with each text that is more than a text as
        ``visit`` gives it back.

        Raises :class:`ParameterError` if there is none of that name, or it is of the wrong kind.
        """
        if name not in self.kinds:
            raise ParameterError(
                f"parametern {name} finns inte. Det här går att skriva: "
                f"{', '.join(self.kinds) or 'inga parametrar'}"
            )
        try:
            return read(value, self.kinds[name], visit)
        except ParameterError as error:
            raise ParameterError(f"parametern {name} {error}") from None


PREDICATES: dict[str, Predicate] = {}


def predicate(
    name: str,
    *,
    whole: bool = False,
    scopes: Iterable[str] = (),
    gives: Iterable[str] | None = None,
    words: str = "",
) -> Callable[[Callable[..., Iterator[Hit]]], Callable[..., Iterator[Hit]]]:
    """Registers a function as the check called ``name``; its parameters after the subject are the
    rule's.

    ``whole``, ``scopes``, ``gives`` and ``words`` are as in :class:`Predicate`.
    """

    def register(function: Callable[..., Iterator[Hit]]) -> Callable[..., Iterator[Hit]]:
        PREDICATES[name] = Predicate(
            function, whole, frozenset(scopes), None if gives is None else frozenset(gives), words
        )
        return function

    return register
