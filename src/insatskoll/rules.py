"""Rules: the files in ``catalogue/regler``, read, checked and compiled.

A rule is data. What it tests is JSON Schema wherever that can say it; otherwise a named function from
:mod:`insatskoll.predicates`. Loading refuses a rule that could not work: an unknown provision or function,
wrong parameters, a schema that is none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import jsonschema_rs

from insatskoll import reading, resources, schema
from insatskoll.errors import Refused
from insatskoll.model import Data, FileProblems, load_document
from insatskoll.names import shown
from insatskoll.places import DataPath, parse_path, value_at
from insatskoll.predicates import PREDICATES, Hit, Subject

BUILT_IN = "IK"  # how the ids of the program's own rules begin
RUN_BY_PROGRAM = frozenset({"fil", "avvikelse"})  # scopes that the reader and the linting themselves judge

_PLACEHOLDER = re.compile(r"\{([a-zåäö_0-9]+)\}")


class RuleError(Refused):
    """The rules or the provisions cannot be used; the message says which file and why."""


@dataclass(frozen=True)
class Lagrum:
    """A provision: its designation, gist in own words, days in force (ÅÅÅÅ-MM-DD), where to read it, and its law's name."""

    id: str
    gist: str
    since: str
    until: str | None
    link: str
    law: str


@dataclass(frozen=True)
class Check:
    """One way of finding a rule's defect, compiled. ``number`` is its place among the rule's, from 0."""

    number: int
    scope: str
    target: DataPath
    selects: Callable[[Any], bool]
    selects_kommun: Callable[[Any], bool]
    requires: Callable[[Any], bool]
    required: tuple[str, ...]
    function: Callable[..., Iterator[Hit]] | None
    parameters: Data
    place: DataPath
    level: str
    message: str
    remedy: str
    whole: bool  # it judges by all insatser of the municipality, and waits while one of its files cannot be read

    def hits(self, subject: Subject) -> Iterator[tuple[Hit, str]]:
        """The hits in ``subject``, each with its message. Their paths start at the top of the subject's file."""
        for part in self._targets(subject):
            if not self.selects(part.data):
                continue
            if self.function is not None:
                found = list(self.function(part, **self.parameters))
            elif self.requires(part.data):
                continue
            else:
                missing = [name for name in self.required if isinstance(part.data, dict) and name not in part.data]
                found = [Hit(self.place, {"saknas": ", ".join(missing)})]
            for hit in found:
                yield hit if hit.insats else replace(hit, path=part.path + hit.path), self._text(part, hit)

    def _targets(self, subject: Subject) -> Iterator[Subject]:
        if not self.target:
            yield subject
            return
        found = value_at(subject.data, self.target)
        if isinstance(found, list):
            for index, item in enumerate(found):
                yield subject.at((*self.target, index), item)
        elif found is not None:
            yield subject.at(self.target, found)

    def _text(self, subject: Subject, hit: Hit) -> str:
        values: dict[str, Any] = {"kommun": subject.revision.kommun["namn"]}
        if subject.insats is not None:
            values["insats"] = subject.insats.namn
        if isinstance(subject.data, dict):
            values |= {key: value for key, value in subject.data.items() if isinstance(value, str | int)}
        values["värde"] = value_at(subject.data, hit.path)
        values |= hit.values
        return _PLACEHOLDER.sub(lambda m: str(values.get(m[1], m[0])), self.message)


@dataclass(frozen=True)
class Rule:
    """A legal rule. ``data`` is its file: the only source of messages, explanations and reference pages."""

    data: Data
    path: Path

    @property
    def id(self) -> str:
        """The rule's id, the same for ever."""
        return str(self.data["id"])

    @property
    def namn(self) -> str:
        """The defect, in a few words."""
        return str(self.data["namn"])

    @property
    def level(self) -> str:
        """The level of its findings, unless a check has its own."""
        return str(self.data["nivå"])

    @property
    def lagrum(self) -> tuple[str, ...]:
        """The provisions it rests on."""
        return tuple(self.data.get("lagrum", ()))

    @property
    def waivable(self) -> bool:
        """Whether its findings can be accepted with a reason."""
        return bool(self.data.get("kan_godtas") != "nej")

    @cached_property
    def checks(self) -> tuple[Check, ...]:
        """The rule's checks, compiled at first use."""
        return tuple(_compile(self, check, number) for number, check in enumerate(self.data["prövningar"]))

    def skipped_at(self, datum: str | None) -> str | None:
        """Why the rule is not in force at ``datum`` (ÅÅÅÅ-MM-DD), or None if it is. Without a date, the latest law counts."""
        since, until = (self.data.get("gäller", {}).get(key) for key in ("från", "till"))
        if datum is None:
            return f"gällde till och med {until}" if until else None
        if since and datum < since:
            return f"gäller från {since}, men prövningen görs per {datum}"
        if until and datum > until:
            return f"gällde till och med {until}, men prövningen görs per {datum}"
        return None


@dataclass(frozen=True)
class RuleSet:
    """The rules to put, by id in order, and the provisions they rest on. ``left_out`` are those that there are besides."""

    rules: Mapping[str, Rule]
    lagrum: Mapping[str, Lagrum]
    left_out: Mapping[str, Rule] = field(default_factory=dict)

    @property
    def all(self) -> tuple[Rule, ...]:
        """All rules there are, put or not, by id."""
        return tuple(sorted((*self.rules.values(), *self.left_out.values()), key=lambda rule: rule.id))

    def known(self, rule_id: str) -> Rule | None:
        """The rule called ``rule_id``, put or not."""
        return self.rules.get(rule_id) or self.left_out.get(rule_id)


def load_rules(catalogue: Path = resources.CATALOGUE, own: Path | None = None) -> RuleSet:
    """Reads the rules and provisions of ``catalogue``, and those that the municipality has in its ``own``.

    Raises :class:`RuleError` for the first that cannot be used. The municipality's own add to the others and change none.
    """
    lagrum = {provision.id: provision for path in _files(catalogue, "lagrum") for provision in _provisions(path)}
    rules = {rule.id: rule for path in _files(catalogue, "regler") if (rule := _rule(path, lagrum))}
    if own is None or own.resolve() == catalogue.resolve():
        return RuleSet(rules, lagrum)
    copied: list[Path] = []
    for path in _files(own, "lagrum"):
        if _is_copy(path, catalogue, own):
            continue
        provisions = {provision.id: provision for provision in _provisions(path, own)}
        copied += [path] if provisions.keys() & lagrum.keys() else []
        lagrum |= {name: provision for name, provision in provisions.items() if name not in lagrum}
    owned = [path for path in _files(own, "regler") if not _is_copy(path, catalogue, own)]
    copied += [path for path in owned if path.stem.startswith(BUILT_IN)]
    if copied:
        raise RuleError(_rewriting(copied, lagrum))
    for path in owned:
        rules[path.stem] = _own_rule(path, lagrum, own)
    return RuleSet(rules, lagrum)


def _is_copy(path: Path, catalogue: Path, own: Path) -> bool:
    """Whether the file is one of the program's, copied as it is: it changes nothing."""
    built_in = catalogue / path.parent.name / path.name
    if not built_in.is_file():
        return False
    try:
        content = reading.read(path, within=own)
    except reading.Unread:
        return False
    return content.replace(b"\r\n", b"\n") == reading.read(built_in).replace(b"\r\n", b"\n")


def _rewriting(files: list[Path], lagrum: Mapping[str, Lagrum]) -> str:
    """What to say of own files that would change the program's rules or provisions."""
    first = files[0]
    if len(files) == 1 and first.parent.name == "regler":
        remedy = "Välj egna bokstäver, till exempel KOM001"
        return f"{shown(first)}: egna regler får inte ha id som börjar på {BUILT_IN}. {remedy}"
    if len(files) == 1:
        taken = next(p.id for p in _provisions(first) if p.id in lagrum)
        return f"{shown(first)}: {taken} finns redan. Egna lagrum får inte skriva om andra"
    folders = list(dict.fromkeys(path.parent for path in files))
    alone = all(path in files for folder in folders for path in folder.glob("*.yaml"))
    told = " och ".join(shown(folder) for folder in folders)
    what = f"{'mappen' if len(folders) == 1 else 'mapparna'} {told}" if alone else "dem"
    listed = ", ".join(shown(path.name) for path in files[:3])
    more = f" och {len(files) - 3} till" if len(files) > 3 else ""
    return (
        f"Filer i {told} är programmets egna i en annan utgåva: {listed}{more}. Reglerna och lagrummen följer med programmet. "
        f"Ta bort {what}"
    )


def _rule(path: Path, lagrum: Mapping[str, Lagrum], own: Path | None = None) -> Rule:
    rule = Rule(_load(path, "regel", own), path)
    if rule.id != path.stem:
        raise RuleError(f"{shown(path)}: regeln heter {rule.id} men filen {shown(path.stem)}")
    for reference in rule.lagrum:
        if reference not in lagrum:
            raise RuleError(f"{shown(path)}: lagrummet {reference} finns inte i catalogue/lagrum")
        since = rule.data.get("gäller", {}).get("från", lagrum[reference].since)
        if since < lagrum[reference].since:
            raise RuleError(f"{shown(path)}: regeln gäller från {since}, före {reference} ({lagrum[reference].since})")
    return rule


def _own_rule(path: Path, lagrum: Mapping[str, Lagrum], own: Path) -> Rule:
    """A municipality's own rule: with an id of its own, checks that can be put, and nothing left to go wrong later."""
    rule = _rule(path, lagrum, own)
    scopes = {check.scope for check in rule.checks}
    if scopes & RUN_BY_PROGRAM:
        raise RuleError(f"{shown(path)}: omfånget {min(scopes & RUN_BY_PROGRAM)} är programmets eget. Välj ett annat")
    return rule


def _files(catalogue: Path, folder: str) -> list[Path]:
    return sorted((catalogue / folder).glob("*.yaml"))


def _load(path: Path, kind: str, own: Path | None) -> Data:
    """What stands in the file; no link leads to it from the municipality's ``own`` catalogue."""
    loaded = load_document(path, kind, within=own)
    if isinstance(loaded, FileProblems):
        raise RuleError(loaded.told())
    data: Data = loaded.data
    return data


def _provisions(path: Path, own: Path | None = None) -> Iterator[Lagrum]:
    data = _load(path, "lagrum", own)
    for p in data["bestämmelser"]:
        yield Lagrum(p["lagrum"], p["innehåll"], p["från"], p.get("till"), data["länk"], data["lag"])


def _compile(rule: Rule, data: Data, number: int) -> Check:
    function, parameters, whole = None, {}, False
    if "kontroll" in data:
        parameters = dict(data["kontroll"])
        name = parameters.pop("funktion")
        predicate = PREDICATES.get(name)
        if predicate is None:
            raise RuleError(f"{shown(rule.path)}: kontrollen {name} finns inte. Det här går att skriva: {', '.join(PREDICATES)}")
        if wrong := predicate.wrong_parameters(parameters):
            raise RuleError(f"{shown(rule.path)}: kontrollen {name}: {wrong}")
        function, whole = predicate.function, predicate.whole
    requires = data.get("krav", {"not": {}})
    return Check(
        number=number,
        scope=data["omfång"],
        target=parse_path(data.get("för", "")),
        selects=_validator(rule, data.get("när")),
        selects_kommun=_validator(rule, data.get("när_kommun")),
        requires=_validator(rule, requires),
        required=tuple(requires.get("required", ())),
        function=function,
        parameters=parameters,
        place=parse_path(data.get("plats", "")),
        level=data.get("nivå", rule.level),
        message=data.get("meddelande", ""),
        remedy=str(data.get("åtgärd", rule.data["åtgärd"])).strip(),
        whole=whole,
    )


def _validator(rule: Rule, wanted: Data | None) -> Callable[[Any], bool]:
    if wanted is None:
        return lambda data: True
    try:
        return schema.compile_fast(wanted).is_valid
    except (jsonschema_rs.ValidationError, ValueError) as error:
        raise RuleError(f"{shown(rule.path)}: villkoret är inget giltigt JSON Schema ({str(error).splitlines()[0]})") from None
