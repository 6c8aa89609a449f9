"""Rules: the files in ``catalogue/regler``, with the definitions and provisions that they build on,
read and checked.

A rule is data. What it tests is a condition wherever that can say it; otherwise a named function
from :mod:`insatskoll.law.predicates`. Loading refuses a rule that could not work: an unknown
provision, definition or function, wrong parameters, a field that is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import field, replace
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from insatskoll import resources
from insatskoll.law import (
    check_parameters,
    checks,
    definitions,
    rule_files,
    rule_form,
    wordlists,
)
from insatskoll.law.checks import Check
from insatskoll.law.condition_parts import Guard
from insatskoll.law.definitions import Definition
from insatskoll.law.predicates import PREDICATES
from insatskoll.law.rule_files import BUILT_IN, RuleError
from insatskoll.law.rule_form import RUN_BY_PROGRAM, Written
from insatskoll.law.wordlists import WordList
from insatskoll.meant import meant
from insatskoll.names import plain, shown
from insatskoll.reading import accepted, builtin
from insatskoll.reading.document import Document
from insatskoll.reading.places import DataPath
from insatskoll.values import immutable

if TYPE_CHECKING:
    from insatskoll.reading.schema_types import RegelData, RegelExemplen, RegelRattning


@immutable
class Lagrum:
    """A provision: its designation, gist in own words, days in force (ÅÅÅÅ-MM-DD), where to read
    it, and its law's name."""

    id: str
    gist: str
    since: str
    until: str | None
    link: str
    law: str


@immutable
class Rule:
    """A legal rule. ``data`` is its file: the only source of messages, explanations and reference
    pages. The program's own lacks its :attr:`examples`."""

    data: RegelData
    path: Path
    own: Document | None = field(
        default=None, repr=False, compare=False
    )  # its file, if it is the municipality's own
    definitions: Mapping[str, Definition] = field(
        default_factory=dict, repr=False, compare=False
    )  # that it may name
    ordlistor: Mapping[str, WordList] = field(
        default_factory=dict, repr=False, compare=False
    )  # that it may name

    # What the program's own file says, with what it builds on as that is too.
    as_shipped: RegelData | None = field(default=None, repr=False, compare=False)

    @property
    def shipped(self) -> bool:
        """Whether it is one of the program's own, as it came with the program."""
        return self.as_shipped is self.data

    def at(self, path: DataPath, *, key: bool = False) -> str:
        """Where in the rule's file ``path`` stands, to begin a message with:
        ”regler/KOM001.yaml:12:5”."""
        return rule_files.placed(self.path, self.own, path, key=key)

    def expression(
        self, text: str, path: DataPath, flags: int = re.IGNORECASE, *, whole: bool = False
    ) -> str:
        """The regular expression ``text``, which stands at ``path``; with a bound on what it costs
        if the rule is one's own.

        Raises :class:`RuleError`.
        """
        if self.own is None:
            return text
        from insatskoll.law import expressions  # only one's own rules need it

        try:
            return expressions.bounded(text, flags, whole=whole)
        except expressions.ExpressionError as error:
            raise RuleError(f"{self.at(path)}: uttrycket ”{plain(text[:60])}” {error}") from None

    @property
    def guard(self) -> Guard:
        """What stands between its conditions and the engine."""
        from insatskoll.law import condition_guard  # only who makes conditions needs it

        return condition_guard.TRUSTED if self.own is None else condition_guard.BOUNDED

    @property
    def id(self) -> str:
        """The rule's id, the same for ever."""
        return str(self.data["id"])

    @property
    def namn(self) -> str:
        """The defect, in a few words."""
        return str(self.data["namn"])

    @cached_property
    def examples(self) -> RegelExemplen:
        """What it finds and what it is silent on, read at first use where it is the program's."""
        if rule_files.EXAMPLES in self.data:
            return self.data["exempel"]
        return rule_files.examples(self.path)

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

    @property
    def builds_on(self) -> tuple[Definition, ...]:
        """The definitions that its conditions refer to, directly or through others."""
        conditions = [
            condition
            for written in rule_form.written(self.data)
            for key in rule_form.CONDITIONS
            for condition, _ in written.conditions(key)
        ]
        return definitions.used(conditions, self.definitions)

    @cached_property
    def checks(self) -> tuple[Check, ...]:
        """The rule's checks, compiled at first use."""
        return checks.compiled(self)

    def skipped_at(self, datum: str | None) -> str | None:
        """Why the rule is not in force at ``datum`` (ÅÅÅÅ-MM-DD), or None if it is. Without a date,
        the latest law counts."""
        in_force = self.data.get("gäller", {})
        since, until = (in_force.get("från"), in_force.get("till"))
        if datum is None:
            return f"gällde till och med {until}" if until else None
        if since and datum < since:
            return f"gäller från {since}, men prövningen görs per {datum}"
        if until and datum > until:
            return f"gällde till och med {until}, men prövningen görs per {datum}"
        return None


@immutable
class RuleSet:
    """The rules to put, by id in order, and what they build on, by name: provisions, definitions
    and word lists.

    ``left_out`` are the rules that there are besides.
    """

    rules: Mapping[str, Rule]
    lagrum: Mapping[str, Lagrum]
    definitions: Mapping[str, Definition] = field(default_factory=dict)
    ordlistor: Mapping[str, WordList] = field(default_factory=dict)
    left_out: Mapping[str, Rule] = field(default_factory=dict)

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
    """Reads the rules of ``catalogue`` and what they build on, and those that the municipality has
    in its ``own``.

    Raises :class:`RuleError` for the first that cannot be used. The municipality's own add to the
    others and change none.
    """
    shared = _built_in() if catalogue == resources.CATALOGUE else _shared(catalogue)
    if own is None or own.resolve() == catalogue.resolve():
        return shared
    paths = {folder: rule_files.own_files(catalogue, own, folder) for folder in rule_files.FOLDERS}
    provisions = [(path, one) for path in paths["lagrum"] for one in _provisions(path, own)]
    named = [one for path in paths["definitioner"] for one in definitions.read(path, own)]
    rewriting = [
        (path, one.id, _place_of(one, path, own))
        for path, one in provisions
        if one.id in shared.lagrum
    ]
    rewriting += [
        (one.path, one.name, one.at(("definitioner", one.name), key=True))
        for one in named
        if one.name in shared.definitions
    ]
    rewriting += [
        (path, "", shown(path)) for path in paths["regler"] if path.stem.startswith(BUILT_IN)
    ]
    rule_files.refuse_rewriting(rewriting)
    base = RuleSet(
        {},
        {one.id: one for _, one in provisions} | dict(shared.lagrum),
        {**shared.definitions, **_by_name(named)},
        {**shared.ordlistor, **_own_lists(paths["ordlistor"], own, shared.ordlistor)},
    )
    for definition in named:
        _check_definition(definition, base)
    rules = {rule.id: rule for rule in (_own_rule(path, base, own) for path in paths["regler"])}
    _refuse_impossible_silencers(rules, shared)
    return replace(base, rules={**shared.rules, **rules})


def _place_of(one: Lagrum, path: Path, own: Path) -> str:
    """Where in the municipality's own file the provision stands."""
    document = rule_files.loaded(path, "lagrum", own)
    index = [found["lagrum"] for found in accepted.lagrum(document)["bestämmelser"]].index(one.id)
    return rule_files.placed(path, document, ("bestämmelser", index, "lagrum"))


def _own_lists(paths: list[Path], own: Path, taken: Mapping[str, WordList]) -> dict[str, WordList]:
    """The municipality's own word lists."""
    try:
        return wordlists.load(paths, own, taken)
    except wordlists.WordListError as error:
        raise RuleError(str(error)) from None


def _by_name(found: list[Definition]) -> dict[str, Definition]:
    """One's own definitions by name. Refuses one with a name that another of them has."""
    named: dict[str, Definition] = {}
    for one in found:
        if (other := named.get(one.name)) is not None:
            place = one.at(("definitioner", one.name), key=True)
            said = (
                f"definitionen ”{one.name}” finns redan i {shown(other.path)}. Välj ett annat namn"
            )
            raise RuleError(f"{place}: {said}")
        named[one.name] = one
    return named


def _check_definition(one: Definition, base: RuleSet) -> None:
    """Refuses one's own definition if it cannot be used."""
    for index, reference in enumerate(one.data.get("lagrum", ())):
        if reference not in base.lagrum:
            place = one.at(("definitioner", one.name, "lagrum", index))
            raise RuleError(f"{place}: {_unknown_provision(reference, base.lagrum)}")
    definitions.compiled(one, base.definitions, base.ordlistor)


def _unknown_provision(reference: str, known: Mapping[str, Lagrum]) -> str:
    near = meant(reference, known)
    hint = f"Menade du {near}?" if near else "Lägg till det där, med innehållet i egna ord"
    return f"lagrummet {reference} finns inte i catalogue/lagrum. {hint}"


def _refuse_impossible_silencers(rules: Mapping[str, Rule], shared: RuleSet) -> None:
    known = {**shared.rules, **rules}
    for rule in rules.values():
        for index, louder in enumerate(rule.data.get("tystas_av", ())):
            if louder not in known:
                near = meant(louder, known)
                hint = f" Menade du {near}?" if near else ""
                raise RuleError(
                    f"{rule.at(('tystas_av', index))}: regeln {louder} finns inte.{hint}"
                )
            if rule.id in _waited_for(louder, known):
                said = (
                    f"{rule.id} skulle vänta på sig själv, och alltid vara tyst. Ta bort {louder}"
                )
                raise RuleError(f"{rule.at(('tystas_av', index))}: {said}")


def _waited_for(rule_id: str, known: Mapping[str, Rule]) -> set[str]:
    """The rule and all that it waits for, directly or through others."""
    found: set[str] = set()
    waiting = [rule_id]
    while waiting:
        name = waiting.pop()
        if name in known and name not in found:
            found.add(name)
            waiting += known[name].data.get("tystas_av", ())
    return found


@cache
def _built_in() -> RuleSet:
    """The program's own rules, which no run changes: read once, also where many runs share a
    process."""
    found = _shared(resources.CATALOGUE)
    builtin.keep()
    return found


def _shared(catalogue: Path) -> RuleSet:
    paths = {folder: rule_files.listed(catalogue, folder) for folder in rule_files.FOLDERS}
    base = RuleSet(
        {},
        {one.id: one for path in paths["lagrum"] for one in _provisions(path)},
        {one.name: one for path in paths["definitioner"] for one in definitions.read(path)},
        wordlists.load(paths["ordlistor"]),
    )
    rules = [_rule(path, base) for path in paths["regler"]]
    return replace(base, rules={rule.id: rule for rule in rules})


def _rule(path: Path, base: RuleSet, own: Path | None = None) -> Rule:
    """The rule in a file, which builds on what ``base`` has."""
    document = rule_files.loaded(path, "regel", own)
    shipped = own is None and path.is_relative_to(resources.CATALOGUE)
    data = accepted.regel(document)
    rule = Rule(
        data,
        path,
        document if own else None,
        base.definitions,
        base.ordlistor,
        data if shipped else None,
    )
    if rule.id != path.stem:
        at = rule.at(("id",))
        raise RuleError(f"{at}: regeln heter {rule.id} men filen {shown(path.stem)}")
    in_force = rule.data.get("gäller", {})
    if in_force.get("till", "9999") < in_force.get("från", ""):
        said = f"regeln gäller till {in_force['till']}, före den dag från vilken den gäller"
        raise RuleError(f"{rule.at(('gäller', 'till'))}: {said} ({in_force['från']})")
    _check_provisions(rule, base.lagrum)
    for number, check in enumerate(rule.data["prövningar"]):
        if not rule_form.scopes(check, rule.data.get("för_alla", {})):
            said = "prövningen saknar omfång. Skriv det i prövningen, eller i"
            at = rule.at(("prövningar", number))
            raise RuleError(f"{at}: {said} {rule_form.COMMON} om det gäller alla")
    return rule


def _check_provisions(rule: Rule, lagrum: Mapping[str, Lagrum]) -> None:
    """Refuses a rule that rests on a provision that there is not, or was not in force."""
    for index, reference in enumerate(rule.lagrum):
        if reference not in lagrum:
            at = rule.at(("lagrum", index))
            raise RuleError(f"{at}: {_unknown_provision(reference, lagrum)}")
        since = rule.data.get("gäller", {}).get("från", lagrum[reference].since)
        if since < lagrum[reference].since:
            said = f"regeln gäller från {since}, före {reference} ({lagrum[reference].since})"
            raise RuleError(f"{rule.at(('gäller', 'från'))}: {said}")
    for number, check in enumerate(rule.data["prövningar"]):
        for index, reference in enumerate(check.get("lagrum", ())):
            if reference not in rule.lagrum:
                said = f"en prövning har lagrummet {reference}, som inte är något av regelns"
                raise RuleError(f"{rule.at(('prövningar', number, 'lagrum', index))}: {said}")


def _own_rule(path: Path, base: RuleSet, own: Path) -> Rule:
    """A municipality's own rule: with an id of its own, checks that can be put, and nothing left to
    go wrong later."""
    from insatskoll.law import opposing, rule_fields, suggesting  # as above

    rule = _rule(path, base, own)
    for written in rule_form.written(rule.data):
        if written.scope in RUN_BY_PROGRAM:
            said = f"omfånget {written.scope} är programmets eget. Välj ett annat"
            raise RuleError(f"{rule.at(written.scope_place)}: {said}")
        _refuse_beside_claims(rule, written)
        for wrong in (
            *rule_fields.misnamed(written, rule.data.get("rättning")),
            *opposing.wrong(written),
            *suggesting.wrong(written),
        ):
            raise RuleError(f"{rule.at(wrong.path)}: {plain(wrong.message)}")
        _check_mending(rule, written.data.get("rättning"), (*written.place, "rättning"))
    _check_mending(rule, rule.data.get("rättning"), ("rättning",))
    _ = rule.checks  # compiling refuses what cannot work
    for written in rule_form.written(rule.data):
        if not written.asks:
            said = (
                "prövningen säger inte vad som är en brist, så att allt vore det. Skriv när, krav"
            )
            raise RuleError(f"{rule.at(written.place)}: {said} eller kontroll")
    return rule


def _refuse_beside_claims(rule: Rule, written: Written) -> None:
    """Refuses what would point at a place in a claim: a claim is words in a text, and has none."""
    if written.scope != rule_form.CLAIM:
        return
    for key in ("plats", "för"):
        if key in written.data:
            said = f"ett påstående är ord i en text, och fyndet pekar på dem. Ta bort {key}"
            raise RuleError(f"{rule.at((*written.place, key), key=True)}: {said}")
    predicate = PREDICATES.get(written.function)
    if predicate is not None and rule_form.CLAIM not in predicate.scopes:
        said = (
            f"kontrollen {written.function} letar i fält, och ett påstående är redan läst ur en "
            "text. Skriv när eller krav om påståendet, eller välj ett annat omfång"
        )
        raise RuleError(f"{rule.at(written.parameter_place('funktion'))}: {said}")


def _check_mending(rule: Rule, mending: RegelRattning | None, place: DataPath) -> None:
    """Refuses a ``rättning`` of one's own rule whose expressions cannot be used, or whose new text
    names a group they lack."""
    if mending is None:
        return
    for index, one in enumerate(mending["ersätt"]):
        at = (*place, "ersätt", index)
        pattern = re.compile(rule.expression(one["mönster"], (*at, "mönster")), re.IGNORECASE)
        try:
            pattern.sub(one["med"], "")
        except (re.error, IndexError):
            raise RuleError(
                f"{rule.at((*at, 'med'))}: texten nämner en parentes som mönstret inte har"
            ) from None
    check_parameters.spared(rule, mending.get("utom", ()), (*place, "utom"))


def _provisions(path: Path, own: Path | None = None) -> Iterator[Lagrum]:
    data = accepted.lagrum(rule_files.loaded(path, "lagrum", own))
    for p in data["bestämmelser"]:
        yield Lagrum(
            p["lagrum"], p["innehåll"], p["från"], p.get("till"), data["länk"], data["lag"]
        )
