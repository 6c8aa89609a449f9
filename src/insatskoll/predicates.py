"""The named checks that rules use where JSON Schema cannot say what is meant.

They are few and general: what differs between rules is a parameter. Each yields :class:`Hit` values, whose
paths are relative to the subject it is given.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from insatskoll.model import Data, Insats, Revision
from insatskoll.places import DataPath, value_at
from insatskoll.revision import checksum


@dataclass(frozen=True)
class Hit:
    """A place where a check fails, with values for the message and related places in the same file."""

    path: DataPath
    values: Data = field(default_factory=dict)
    related: tuple[tuple[str, DataPath], ...] = ()


@dataclass(frozen=True)
class Subject:
    """What a check looks at: ``data`` at ``path`` in its file, and what surrounds it.

    ``registers`` holds the ids that may be referred to besides those in kommun.yaml: ``begrepp`` and ``insatser``.
    """

    data: Any
    revision: Revision
    insats: Insats | None = None
    path: DataPath = ()
    registers: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def at(self, path: DataPath, data: Any) -> Subject:
        """The subject ``data``, which stands at ``path`` in this one."""
        return replace(self, data=data, path=self.path + path)


@dataclass(frozen=True)
class Predicate:
    """A named check: a function of a subject and the rule's parameters."""

    function: Callable[..., Iterator[Hit]]

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


def _predicate(name: str) -> Callable[[Callable[..., Iterator[Hit]]], Callable[..., Iterator[Hit]]]:
    def register(function: Callable[..., Iterator[Hit]]) -> Callable[..., Iterator[Hit]]:
        PREDICATES[name] = Predicate(function)
        return function

    return register


@dataclass(frozen=True)
class _Age:
    """An age stated somewhere: bounds in years (None where unstated), whose age it is, and where it stands."""

    since: float | None
    until: float | None
    whose: str
    path: DataPath
    where: str
    text: str
    conditional: bool = False


def _age(data: Data, path: DataPath, where: str, conditional: bool = False) -> _Age:
    per_year = 12 if data.get("enhet") == "månader" else 1
    bounds = (data.get("från"), data.get("till"))
    since, until = (None if bound is None else bound / per_year for bound in bounds)
    text = f"från {bounds[0]}" if bounds[1] is None else f"till {bounds[1]}" if bounds[0] is None else f"{bounds[0]}–{bounds[1]}"
    return _Age(since, until, data["avser"], path, where, f"{text} {'månader' if per_year == 12 else 'år'}", conditional)


def _ages(data: Data, base: DataPath = ()) -> Iterator[_Age]:
    """Every age that an insats, or a part of one at ``base``, states in its fields."""
    if age := data.get("målgrupp", {}).get("ålder"):
        yield _age(age, (*base, "målgrupp", "ålder"), "målgruppen")
    for index, villkor in enumerate(data.get("villkor", ())):
        if age := villkor.get("ålder"):
            yield _age(age, (*base, "villkor", index, "ålder"), "villkoret", "gäller" in villkor)
    if age := data.get("ålder_i_innehåll"):
        yield _age(age, (*base, "ålder_i_innehåll"), "innehållet")


def _groups(insats: Data) -> Iterator[tuple[DataPath, list[str], list[_Age]]]:
    """Who takes part, and at what ages: the insats as a whole, or each part that has participants or conditions of its own."""
    common = list(_ages(insats))
    participants = insats.get("målgrupp", {}).get("deltagare", [])
    parts = [(i, d) for i, d in enumerate(insats.get("delar", ())) if "deltagare" in d.get("målgrupp", {}) or "villkor" in d]
    if participants or not parts:
        yield (), participants, common
    for index, part in parts:
        base = ("delar", index)
        yield base, part.get("målgrupp", {}).get("deltagare", participants), [*common, *_ages(part, base)]


@_predicate("deltagare-under")
def participants_under(subject: Subject, gräns: int, deltagare: list[str], utan_ålder: list[str]) -> Iterator[Hit]:
    """Someone below ``gräns`` years may take part.

    ``deltagare`` are the kinds of participants that count, an empty list all; ``utan_ålder`` those that count even
    though no lowest age is stated (``alla``: whoever takes part). Only the participant's own age matters, and every stated
    lower bound narrows, but not a condition that holds for some of the insats only.
    """
    for base, participants, ages in _groups(subject.data):
        if deltagare and not set(participants) & set(deltagare):
            continue
        own = [age for age in ages if age.whose == "deltagaren" and not age.conditional]
        own = [age for age in own if age.where != "innehållet"] or own  # a description binds only where nothing else does
        lowest = max((age for age in own if age.since is not None), key=lambda age: age.since or 0, default=None)
        if lowest is None:
            lowest = next((age for age in own if age.until is not None and age.until < gräns), None)
        if lowest is not None:
            if (lowest.since or 0) < gräns:
                yield Hit(lowest.path, {"ålder": lowest.text})
        elif "alla" in utan_ålder or set(participants) & set(utan_ålder):
            place = (*base, "målgrupp")
            text = own[0].text if own else "utan angiven ålder"
            yield Hit(own[0].path if own else place if value_at(subject.data, place) else base, {"ålder": text})


_AGES_IN_NAME = re.compile(r"(?<![0-9-])([0-9]{1,2}) ?[-–] ?([0-9]{1,2})(?![0-9-])")


@_predicate("åldrar-motsäger")
def ages_contradict(subject: Subject) -> Iterator[Hit]:
    """Two ages stated for the same person differ; a part's age lies outside the whole's; the name's age is nobody's;
    or a risk analysis has another age than its insats."""
    for first, second in _contradictions(subject):
        values = {"ena": f"{first.where} säger {first.text}", "andra": f"{second.where} säger {second.text}"}
        same_file = first.where != "insatsen"
        yield Hit(second.path, values, ((f"{first.where.capitalize()} säger {first.text}", first.path),) if same_file else ())


def _contradictions(subject: Subject) -> Iterator[tuple[_Age, _Age]]:
    data: Data = subject.data
    ages = [age for age in _ages(data) if not age.conditional]
    if "insats" in data:
        analysed = [insats.data for insats in subject.revision.insatser if insats.id == data["insats"]]
        stated = [replace(age, where="insatsen") for insats in analysed for age in _ages(insats) if not age.conditional]
        pairs = [(first, replace(second, where="analysen")) for first in stated for second in ages]
    else:
        pairs = [(first, second) for i, first in enumerate(ages) for second in ages[i + 1 :] if first.where != second.where]
    yield from (pair for pair in pairs if _contradict(*pair))
    for index, part in enumerate(data.get("delar", ())):
        for second in _ages(part, ("delar", index)):
            yield from ((first, second) for first in ages if first.whose == second.whose and _outside(second, first))
    if ages and (named := _AGES_IN_NAME.search(data["namn"])) and int(named[1]) < int(named[2]):
        name = _Age(float(named[1]), float(named[2]), "", ("namn",), "namnet", f"{named[1]}–{named[2]} år")
        if all(_differ(age.since, name.since) or _differ(age.until, name.until) for age in ages):
            yield name, ages[0]


def _contradict(first: _Age, second: _Age) -> bool:
    return first.whose == second.whose and (_differ(first.since, second.since) or _differ(first.until, second.until))


def _differ(first: float | None, second: float | None) -> bool:
    return first is not None and second is not None and first != second


def _outside(part: _Age, whole: _Age) -> bool:
    too_young = part.since is not None and whole.since is not None and part.since < whole.since
    too_old = part.until is not None and whole.until is not None and part.until > whole.until
    return too_young or too_old


@_predicate("okänd-referens")
def unknown_reference(subject: Subject, fält: list[str], register: str) -> Iterator[Hit]:
    """A field names something that the register (``enheter``, ``avdelningar``, ``insatser`` or ``begrepp``) does not hold.

    A field ending in ``[]`` is a list of names; one with ``[].x`` a list of groups with the field ``x``.
    """
    known = subject.registers.get(register) or {item["id"] for item in subject.revision.kommun.get(register, ())}
    for path, value in (found for name in fält for found in _values(subject.data, name)):
        if value not in known:
            yield Hit(path, {"referens": value})


def _values(data: Any, field_path: str, path: DataPath = ()) -> Iterator[tuple[DataPath, Any]]:
    """The values at ``field_path``, where ``[]`` stands for each item of a list."""
    segment, _, rest = field_path.partition(".")
    name = segment.removesuffix("[]")
    if not isinstance(data, dict) or name not in data:
        return
    found = data[name]
    items = [((*path, name, i), item) for i, item in enumerate(found)] if segment.endswith("[]") else [((*path, name), found)]
    for item_path, item in items:
        if rest:
            yield from _values(item, rest, item_path)
        else:
            yield item_path, item


@_predicate("namn-skiljer")
def names_differ(subject: Subject, ena: str, andra: str) -> Iterator[Hit]:
    """Two fields name the same thing in different words; order, capitals and punctuation do not count."""
    names = [subject.data.get(name) for name in (ena, andra)]
    if all(names) and len({_words(str(name)) for name in names}) > 1:
        yield Hit((andra,), {"ena": names[0], "andra": names[1]}, ((f"Här heter den ”{names[0]}”", (ena,)),))


def _words(name: str) -> tuple[str, ...]:
    return tuple(sorted(re.findall(r"\w+", name.casefold())))


@_predicate("kontrollsumma")
def checksum_broken(subject: Subject) -> Iterator[Hit]:
    """The frozen decision's checksum is not that of its content."""
    if (actual := checksum(subject.data["beslut"], subject.data["innehåll"])) != subject.data["kontrollsumma"]:
        yield Hit(("kontrollsumma",), {"verklig": actual})
