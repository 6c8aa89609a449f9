"""Rules: the files in ``catalogue/regler``, read, checked and compiled.

A rule is data. What it tests is JSON Schema wherever that can say it; otherwise a named function
from :mod:`insatskoll.law.predicates`. Loading refuses a rule that could not work: an unknown
provision or function, wrong parameters, a schema that is none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import jsonschema_rs

from insatskoll import resources
from insatskoll.catalogue.model import Data, FileProblems, load_document
from insatskoll.errors import Refused
from insatskoll.law import condition_cost, condition_errors, expressions, rule_fields, wordlists
from insatskoll.law.predicates import PREDICATES, Hit, Subject
from insatskoll.law.predicates import parameters as kinds
from insatskoll.law.predicates.parameters import ParameterError
from insatskoll.law.predicates.registry import Predicate
from insatskoll.law.wordlists import WordList
from insatskoll.meant import meant
from insatskoll.names import plain, short_text, shown
from insatskoll.reading import files, schema
from insatskoll.reading.document import Document
from insatskoll.reading.places import DataPath, parse_path, value_at

BUILT_IN = "IK"  # how the ids of the program's own rules begin
# scopes that the reader and the linting themselves judge
RUN_BY_PROGRAM = frozenset({"fil", "avvikelse"})

_CHARACTER = re.compile(r"U\+(?:10|[0-9A-F])?[0-9A-F]{4}")
_LONGEST = 300
_LONGEST_LIST = 1000
_PLACEHOLDER = re.compile(r"\{([a-zåäö_0-9]+)\}")


class RuleError(Refused):
    """The rules or the provisions cannot be used; the message says which file and why."""


@dataclass(frozen=True)
class Lagrum:
    """A provision: its designation, gist in own words, days in force (ÅÅÅÅ-MM-DD), where to read
    it, and its law's name."""

    id: str
    gist: str
    since: str
    until: str | None
    link: str
    law: str


@dataclass(frozen=True)
class Check:
    """One way of finding a rule's defect, compiled. ``number`` is its place among the rule's, from
    0."""

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
    lagrum: tuple[str, ...]  # those of the rule's that what it finds rests on
    own: str | None  # where it stands, if it is the municipality's own
    # it judges by all insatser of the municipality, and waits while one of its files cannot be read
    whole: bool
    # what the expressions and conditions take for each letter, if it is the municipality's own
    steps: int
    kommun_steps: int  # the same for the condition on kommun.yaml, which is put once for a revision

    def hits(self, subject: Subject) -> Iterator[tuple[Hit, str]]:
        """The hits in ``subject``, each with its message. Their paths start at the top of the
        subject's file.

        Raises :class:`RuleError` if a municipality's own rule goes wrong, whatever in.
        """
        try:
            yield from self._hits(subject)
        except Exception as error:
            if self.own is None:
                raise
            raise RuleError(
                f"{self.own}: prövningen går inte att göra ({type(error).__name__}). Ändra den"
            ) from error

    def _hits(self, subject: Subject) -> Iterator[tuple[Hit, str]]:
        for part in self._targets(subject):
            if not self.selects(part.data):
                continue
            if self.function is not None:
                found = list(self.function(part, **self.parameters))
            elif self.requires(part.data):
                continue
            else:
                missing = [
                    name
                    for name in self.required
                    if isinstance(part.data, dict) and name not in part.data
                ]
                found = [Hit(self.place, {"saknas": ", ".join(missing)})]
            for hit in found:
                yield (
                    hit if hit.insats else replace(hit, path=part.path + hit.path),
                    self._text(part, hit),
                )

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
            values |= {
                key: value for key, value in subject.data.items() if isinstance(value, str | int)
            }
        values["värde"] = value_at(subject.data, hit.path)
        values |= hit.values
        return _PLACEHOLDER.sub(lambda m: _told(values.get(m[1], m[0])), self.message)


def _told(value: Any) -> str:
    """A value as a message holds it: on one line, and no longer than a name can be. A list is cut
    between its items."""
    if isinstance(value, tuple):
        items = [_told(item) for item in value]
        kept = [
            item
            for i, item in enumerate(items)
            if i == 0 or len(", ".join(items[: i + 1])) <= _LONGEST_LIST
        ]
        more = len(items) - len(kept)
        return ", ".join(kept) + (f" och {more} till" if more else "")
    return short_text(" ".join(str(value).split()), _LONGEST)


@dataclass(frozen=True)
class Rule:
    """A legal rule. ``data`` is its file: the only source of messages, explanations and reference
    pages."""

    data: Data
    path: Path
    # its file, if it is the municipality's own
    own: Document | None = field(default=None, repr=False, compare=False)
    # those that it may name
    ordlistor: Mapping[str, WordList] = field(default_factory=dict, repr=False, compare=False)

    def at(self, path: DataPath, *, key: bool = False) -> str:
        """Where in the rule's file ``path`` stands, to begin a message with:
        ”regler/KOM001.yaml:12:5”."""
        if self.own is None:
            return shown(self.path)
        span = self.own.span(path, key=key)
        return f"{shown(self.path)}:{span.line}:{span.column}"

    def expression(
        self, text: str, path: DataPath, flags: int = re.IGNORECASE, *, whole: bool = False
    ) -> str:
        """The regular expression ``text``, which stands at ``path``; with a bound on what it costs
        if the rule is one's own.

        Raises :class:`RuleError`.
        """
        if self.own is None:
            return text
        try:
            return expressions.bounded(text, flags, whole=whole)
        except expressions.ExpressionError as error:
            raise RuleError(f"{self.at(path)}: uttrycket ”{plain(text[:60])}” {error}") from None

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
        return tuple(
            _compile(self, check, number) for number, check in enumerate(self.data["prövningar"])
        )

    def skipped_at(self, datum: str | None) -> str | None:
        """Why the rule is not in force at ``datum`` (ÅÅÅÅ-MM-DD), or None if it is. Without a date,
        the latest law counts."""
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
    """The rules to put, by id in order, and the provisions they rest on. ``left_out`` are those
    that there are besides."""

    rules: Mapping[str, Rule]
    lagrum: Mapping[str, Lagrum]
    left_out: Mapping[str, Rule] = field(default_factory=dict)
    ordlistor: Mapping[str, WordList] = field(default_factory=dict)

    @property
    def all(self) -> tuple[Rule, ...]:
        """All rules there are, put or not, by id."""
        return tuple(
            sorted((*self.rules.values(), *self.left_out.values()), key=lambda rule: rule.id)
        )

    def known(self, rule_id: str) -> Rule | None:
        """The rule called ``rule_id``, put or not."""
        return self.rules.get(rule_id) or self.left_out.get(rule_id)


def load_rules(catalogue: Path = resources.CATALOGUE, own: Path | None = None) -> RuleSet:
    """Reads the rules and provisions of ``catalogue``, and those that the municipality has in its
    ``own``.

    Raises :class:`RuleError` for the first that cannot be used. The municipality's own add to the
    others and change none.
    """
    shared = _built_in() if catalogue == resources.CATALOGUE else _shared(catalogue)
    if own is None or own.resolve() == catalogue.resolve():
        return shared
    lagrum, rules = dict(shared.lagrum), dict(shared.rules)
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
    ordlistor = {**shared.ordlistor, **_own_lists(catalogue, own, shared.ordlistor)}
    own_rules = [_own_rule(path, lagrum, own, ordlistor) for path in owned]
    rules |= {rule.id: rule for rule in own_rules}
    for rule in own_rules:
        for index, louder in enumerate(rule.data.get("tystas_av", ())):
            if louder not in rules:
                near = meant(louder, rules)
                hint = f" Menade du {near}?" if near else ""
                raise RuleError(
                    f"{rule.at(('tystas_av', index))}: regeln {louder} finns inte.{hint}"
                )
    return RuleSet(rules, lagrum, ordlistor=ordlistor)


def _own_lists(catalogue: Path, own: Path, taken: Mapping[str, WordList]) -> dict[str, WordList]:
    """The municipality's own word lists."""
    try:
        owned = [path for path in wordlists.files(own) if not _is_copy(path, catalogue, own)]
        return wordlists.load(owned, own, taken)
    except wordlists.WordListError as error:
        raise RuleError(str(error)) from None


@cache
def _built_in() -> RuleSet:
    """The program's own rules and provisions, which no run changes: read once, also where many runs
    share a process."""
    return _shared(resources.CATALOGUE)


def _shared(catalogue: Path) -> RuleSet:
    lagrum = {
        provision.id: provision
        for path in _files(catalogue, "lagrum")
        for provision in _provisions(path)
    }
    ordlistor = wordlists.load(wordlists.files(catalogue))
    loaded = (_rule(path, lagrum, ordlistor) for path in _files(catalogue, "regler"))
    return RuleSet({rule.id: rule for rule in loaded}, lagrum, ordlistor=ordlistor)


def _is_copy(path: Path, catalogue: Path, own: Path) -> bool:
    """Whether the file is one of the program's, copied as it is: it changes nothing."""
    built_in = catalogue / path.parent.name / path.name
    if not built_in.is_file():
        return False
    try:
        content = files.read(path, within=own)
    except files.Unread:
        return False
    return content.replace(b"\r\n", b"\n") == files.read(built_in).replace(b"\r\n", b"\n")


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
        f"Filer i {told} är programmets egna i en annan utgåva: {listed}{more}. Reglerna "
        "och lagrummen följer med programmet. "
        f"Ta bort {what}"
    )


def _rule(
    path: Path,
    lagrum: Mapping[str, Lagrum],
    ordlistor: Mapping[str, WordList],
    own: Path | None = None,
) -> Rule:
    document = _load(path, "regel", own)
    rule = Rule(document.data, path, document if own else None, ordlistor)
    if rule.id != path.stem:
        raise RuleError(f"{shown(path)}: regeln heter {rule.id} men filen {shown(path.stem)}")
    in_force = rule.data.get("gäller", {})
    if in_force.get("till", "9999") < in_force.get("från", ""):
        said = (
            f"regeln gäller till {in_force['till']}, före den dag från vilken den gäller "
            f"({in_force['från']})"
        )
        raise RuleError(f"{rule.at(('gäller', 'till'))}: {said}")
    for reference in rule.lagrum:
        if reference not in lagrum:
            raise RuleError(f"{shown(path)}: lagrummet {reference} finns inte i catalogue/lagrum")
        since = rule.data.get("gäller", {}).get("från", lagrum[reference].since)
        if since < lagrum[reference].since:
            raise RuleError(
                f"{shown(path)}: regeln gäller från {since}, före {reference} "
                f"({lagrum[reference].since})"
            )
    for check in rule.data["prövningar"]:
        for reference in check.get("lagrum", ()):
            if reference not in rule.lagrum:
                raise RuleError(
                    f"{shown(path)}: en prövning har lagrummet {reference}, som inte är något "
                    "av regelns"
                )
    return rule


def _own_rule(
    path: Path, lagrum: Mapping[str, Lagrum], own: Path, ordlistor: Mapping[str, WordList]
) -> Rule:
    """A municipality's own rule: with an id of its own, checks that can be put, and nothing left to
    go wrong later."""
    rule = _rule(path, lagrum, ordlistor, own)
    for number, check in enumerate(rule.data["prövningar"]):
        if check["omfång"] in RUN_BY_PROGRAM:
            place = ("prövningar", number, "omfång")
            raise RuleError(
                f"{rule.at(place)}: omfånget {check['omfång']} är programmets eget. Välj ett annat"
            )
        for key in ("när", "när_kommun", "krav"):
            # names are looked for in what has the right form
            _validator(rule, check.get(key), ("prövningar", number, key))
        for wrong in rule_fields.misnamed(check, number, rule.data.get("rättning")):
            raise RuleError(f"{rule.at(wrong.path)}: {plain(wrong.message)}")
        _check_mending(rule, check.get("rättning"), ("prövningar", number, "rättning"))
    _check_mending(rule, rule.data.get("rättning"), ("rättning",))
    _ = rule.checks  # compiling refuses what cannot work
    return rule


def _check_mending(rule: Rule, mending: Data | None, place: DataPath) -> None:
    """Refuses a ``rättning`` of one's own rule whose expressions cannot be used, or whose new text
    names a group they lack."""
    for index, one in enumerate((mending or {}).get("ersätt", ())):
        at = (*place, "ersätt", index)
        pattern = re.compile(rule.expression(one["mönster"], (*at, "mönster")), re.IGNORECASE)
        try:
            pattern.sub(one["med"], "")
        except (re.error, IndexError):
            raise RuleError(
                f"{rule.at((*at, 'med'))}: texten nämner en parentes som mönstret inte har"
            ) from None
    for index, text in enumerate((mending or {}).get("utom", ())):
        rule.expression(text, (*place, "utom", index), 0)


def _files(catalogue: Path, folder: str) -> list[Path]:
    if files.there(catalogue / folder) and not (catalogue / folder).is_dir():
        raise RuleError(
            f"{shown(catalogue / folder)}: här finns en fil där en mapp väntades. Ersätt den "
            "med en mapp"
        )
    return sorted((catalogue / folder).glob("*.yaml"))


def _load(path: Path, kind: str, own: Path | None) -> Document:
    """What stands in the file; no link leads to it from the municipality's ``own`` catalogue."""
    loaded = load_document(path, kind, within=own)
    if isinstance(loaded, FileProblems):
        raise RuleError(loaded.told())
    return loaded


def _provisions(path: Path, own: Path | None = None) -> Iterator[Lagrum]:
    data = _load(path, "lagrum", own).data
    for p in data["bestämmelser"]:
        yield Lagrum(
            p["lagrum"], p["innehåll"], p["från"], p.get("till"), data["länk"], data["lag"]
        )


def _compile(rule: Rule, data: Data, number: int) -> Check:
    function, parameters, whole = None, {}, False
    place: DataPath = ("prövningar", number)
    if "kontroll" in data:
        parameters = dict(data["kontroll"])
        name = parameters.pop("funktion")
        predicate = PREDICATES.get(name)
        if predicate is None:
            raise RuleError(
                f"{rule.at((*place, 'kontroll', 'funktion'))}: kontrollen {name} finns inte. "
                f"Det här går att skriva: {', '.join(PREDICATES)}"
            )
        if predicate.scopes and data["omfång"] not in predicate.scopes:
            raise RuleError(
                f"{rule.at((*place, 'omfång'))}: kontrollen {name} går inte att göra i "
                f"omfånget {data['omfång']}. "
                f"Det här går att skriva: {', '.join(sorted(predicate.scopes))}"
            )
        parameters = _parameters(rule, predicate, name, parameters, (*place, "kontroll"))
        function, whole = predicate.function, predicate.whole
    requires = data.get("krav", {"not": {}})
    steps: list[int] = []
    kommun_steps: list[int] = []
    return Check(
        number=number,
        scope=data["omfång"],
        target=parse_path(data.get("för", "")),
        selects=_validator(rule, data.get("när"), (*place, "när"), steps),
        selects_kommun=_validator(
            rule, data.get("när_kommun"), (*place, "när_kommun"), kommun_steps
        ),
        requires=_validator(rule, requires, (*place, "krav"), steps),
        required=tuple(requires.get("required", ())),
        function=function,
        parameters=parameters,
        place=parse_path(data.get("plats", "")),
        level=data.get("nivå", rule.level),
        message=data.get("meddelande", ""),
        remedy=str(data.get("åtgärd", rule.data["åtgärd"])).strip(),
        lagrum=tuple(data.get("lagrum", rule.lagrum)),
        own=rule.at(place) if rule.own is not None else None,
        whole=whole,
        steps=sum(steps) + (_steps(parameters, data) if rule.own is not None else 0),
        kommun_steps=sum(kommun_steps),
    )


def _steps(parameters: Data, data: Data) -> int:
    """What the expressions of an own check take together for each letter of a text."""
    if "kontroll" not in data:
        return 0
    counted: list[int] = []

    def visit(mark: str, text: str) -> str:
        if mark in (kinds.EXPRESSION, kinds.WHOLE_EXPRESSION):
            counted.append(_steps_of(text, whole=mark == kinds.WHOLE_EXPRESSION))
        return text

    predicate = PREDICATES[data["kontroll"]["funktion"]]
    for name, value in parameters.items():
        predicate.parameter(name, value, visit)
    return sum(counted)


def _steps_of(text: str, *, whole: bool) -> int:
    """The steps of an expression; of one out of the program's own word lists at most what is let
    through from others."""
    try:
        return expressions.steps(text, whole=whole)
    except expressions.ExpressionError:
        return expressions.MOST


def _parameters(rule: Rule, predicate: Predicate, name: str, given: Data, place: DataPath) -> Data:
    """The parameters of a check, of the right kinds; those of one's own rule with a bound on its
    regular expressions."""
    at = place
    besides: list[str] = []

    def visit(mark: str, text: str) -> Any:
        if mark in (kinds.LIST, kinds.WHOLE_LIST):
            wanted = _word_list(rule, text, whole=mark == kinds.WHOLE_LIST)
            besides.extend(wanted.besides)
            return wanted.expressions
        if mark == kinds.CHARACTER and not _CHARACTER.fullmatch(text):
            raise ParameterError(
                f"har värdet ”{plain(text[:20])}”. Skriv tecknets kod, till exempel U+00AD"
            )
        if mark in (kinds.EXPRESSION, kinds.WHOLE_EXPRESSION):
            return rule.expression(text, at, whole=mark == kinds.WHOLE_EXPRESSION)
        return text

    try:
        found = {}
        for parameter, value in given.items():
            at = (*place, parameter)
            found[parameter] = predicate.parameter(parameter, value, visit)
        at = place
        if missing := predicate.missing(given):
            raise ParameterError(f"parametern {missing} saknas")
        if besides and "utom" not in predicate.kinds:
            raise ParameterError(
                "ordlistan har utom, och det finns inget utom här. Välj en annan lista"
            )
        return found | ({"utom": (*found.get("utom", ()), *besides)} if besides else {})
    except ParameterError as error:
        raise RuleError(f"{rule.at(at)}: kontrollen {name}: {error}") from None


def _word_list(rule: Rule, name: str, *, whole: bool) -> WordList:
    """The list that ``rule`` names; ``whole`` if its words must be all of a value. Raises
    :class:`ParameterError`."""
    if (found := rule.ordlistor.get(name)) is None:
        near = meant(name, rule.ordlistor)
        hint = f" Menade du ”{near}”?" if near else ""
        raise ParameterError(f"nämner ordlistan ”{plain(name[:80])}”, som inte finns.{hint}")
    if found.whole != whole:
        needed = (
            "ord som ska vara hela texten (helt: ja)"
            if whole
            else "ord som får stå var som helst (utan helt)"
        )
        raise ParameterError(f"nämner ordlistan ”{name}”, men här behövs en lista med {needed}")
    return found


def _validator(
    rule: Rule, wanted: Data | None, place: DataPath, steps: list[int] | None = None
) -> Callable[[Any], bool]:
    """What says whether data fulfil a condition; ``steps`` is given those that it takes for each
    letter."""
    if wanted is None:
        return lambda data: True
    steps = [] if steps is None else steps
    try:
        if rule.own is not None:
            steps.append(condition_cost.ways(wanted) // condition_cost.WAYS_A_STEP)
        found = schema.compile_fast(wanted)
        if rule.own is not None:
            found = schema.compile_fast(_bounded(rule, wanted, place, steps))
        return found.is_valid
    except condition_cost.CostError as error:
        raise RuleError(
            f"{rule.at((*place, *error.path), key=not error.path)}: villkoret {error}"
        ) from None
    except (jsonschema_rs.ValidationError, ValueError) as error:
        path, told = condition_errors.explain(wanted, error)
        raise RuleError(
            f"{rule.at((*place, *path), key=not path)}: villkoret är inget giltigt JSON "
            f"Schema: {told}"
        ) from None


_DATA = frozenset({"const", "enum", "default", "examples"})  # what holds values and no conditions


def _bounded(rule: Rule, condition: Any, place: DataPath, steps: list[int]) -> Any:
    """A condition of one's own rule with a bound on what its regular expressions cost; ``steps`` is
    given that of each.

    Raises :class:`RuleError`.
    """

    def pattern(text: str, at: DataPath) -> str:
        linear = schema.is_linear(text)
        limited = text if linear else rule.expression(text, at, 0)
        steps.append(expressions.ONE_PASS if linear else expressions.steps(limited))
        return limited

    if isinstance(condition, list):
        return [
            _bounded(rule, inner, (*place, index), steps) for index, inner in enumerate(condition)
        ]
    if not isinstance(condition, dict):
        return condition
    bounded: Data = {}
    for key, inner in condition.items():
        at = (*place, key)
        if key == "pattern" and isinstance(inner, str):
            bounded[key] = pattern(inner, at)
        elif key == "patternProperties" and isinstance(inner, dict):
            bounded[key] = {
                pattern(text, (*at, text)): _bounded(rule, c, (*at, text), steps)
                for text, c in inner.items()
            }
        else:
            bounded[key] = inner if key in _DATA else _bounded(rule, inner, at, steps)
    return bounded
