"""What a comparison tells of each municipality, with its findings, its decisions and its
signatures: the same for the command and for whoever asks from a script."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from insatskoll import names
from insatskoll.catalogue import loading
from insatskoll.catalogue.file_names import ACCEPTED
from insatskoll.catalogue.model import absent
from insatskoll.diff import asking, decisions, facts, lapsing, outcome, taking_force
from insatskoll.diff.barred import NOTHING, Barred
from insatskoll.diff.decisions import Mark
from insatskoll.diff.outcome import Outcome
from insatskoll.diff.pairs import Pair
from insatskoll.diff.sides import Compared
from insatskoll.diff.telling import Telling
from insatskoll.lint.configuration import Settings
from insatskoll.lint.findings import fails
from insatskoll.values import immutable

if TYPE_CHECKING:  # the rules take longer to read than the rest, and most runs put none
    from insatskoll.law.rules import RuleSet

    _Measure = tuple[RuleSet, frozenset[str]]


@immutable
class Told:
    """What is told: the ``tellings`` in order, those of the files alone (``of_files``, one a pair),
    and the ``remarks`` on the catalogue itself."""

    tellings: Sequence[Telling]
    of_files: Sequence[Telling]
    remarks: Sequence[str]


def barred(compared: Compared, settings: Settings, asked: Sequence[str] | None = None) -> Barred:
    """What fails a change: the verdicts that are ``asked`` for, or those by the settings, and the
    roles by these: those of the side that is compared with, where the change has others."""
    judging = compared.judging or settings
    if asked is None and not judging.fail_on and not judging.requires:
        return NOTHING
    from insatskoll.diff import gate

    strict = compared.judging is None
    if asked is None:
        read = gate.wanted if strict else gate.understood
        asked = read(judging.fail_on)
    return Barred(tuple(asked), gate.required(judging.requires, strict=strict))


def told(
    compared: Compared,
    settings: Settings,
    barred: Barred = NOTHING,
    datum: str | None = None,
    *,
    lint: bool = False,
) -> Told:
    """What there is to tell of the municipalities that are ``compared``; with ``lint`` also how
    their findings change. ``barred`` is what fails a change, and ``datum``
    (ÅÅÅÅ-MM-DD) the day at which it is judged, where it is not its own."""
    measure = _measure(compared, settings) if lint else None
    come = _come(compared.pairs)
    of_files = [
        _with_signed(_telling(pair, measure, come, barred, datum), compared)
        for pair in compared.pairs
    ]
    tellings = [
        telling
        for pair, one in zip(compared.pairs, of_files, strict=True)
        for telling in _with_besides(one, compared.judging or settings, whole=pair.whole)
    ]
    remarks = [*filter(None, [compared.signers]), *compared.remarks, *_questions(of_files)]
    remarks += _owned(tellings, compared.owners, barred)
    return Told(tellings, of_files, remarks)


def outcome_of(told: Told, compared: Compared, settings: Settings) -> Outcome:
    """What it comes to, by the level of a finding that fails in the settings that judge."""
    level = (compared.judging or settings).fail_level
    return outcome.of(
        told.tellings,
        lambda finding: fails(finding, level),
        signers=bool(compared.signers),
        unread=compared.lost,
    )


def _questions(tellings: Sequence[Telling]) -> Iterator[str]:
    """What to ask of what may be the same insats under another name, by municipality."""
    for one in tellings:
        for question in asking.questions(one.comparison):
            yield f"{names.visible(one.kommun)}: {question}"


def _owned(
    tellings: Sequence[Telling], owners: Mapping[str, Sequence[str] | None], barred: Barred
) -> Iterator[str]:
    """Who owns the file that changes are accepted in, where a role must accept one or has, by the
    list of owners in the repository; or that nobody does."""
    for telling in tellings if barred.requires else ():
        kommun_id, kommun = telling.comparison.new.kommun_id, names.visible(telling.kommun)
        asked = any(
            judgement.verdict in barred.requires
            for one in telling.gated
            for judgement in one.change.judgements
        )
        if not asked or kommun_id not in owners:
            continue
        by = owners[kommun_id]
        if by:
            yield f"Enligt CODEOWNERS äger {ACCEPTED} för {kommun}: {', '.join(by)}."
        else:
            which = " enligt CODEOWNERS" if by is not None else ", eftersom CODEOWNERS saknas"
            anyone = "Då kan vem som helst skriva att den har rollen."
            yield f"Ingen äger {ACCEPTED} för {kommun}{which}. {anyone}"


def _come(pairs: Sequence[Pair]) -> set[Mark]:
    """The decisions and records of the municipalities that have come."""
    come = (p.new.kommun for p in pairs if p.old.kommun is None and p.new.kommun is not None)
    return {mark for kommun in come for mark in decisions.marks(kommun)}


def _measure(compared: Compared, settings: Settings) -> _Measure:
    """The rules and the concepts to judge both sides by."""
    from insatskoll.law.rules import load_rules

    rules, chosen = load_rules(own=settings.catalogue), settings.selection
    if compared.judging is not None:
        # that of another time may name an own rule that is gone
        chosen = compared.judging.selection.within(rules)
    return chosen.of(rules), loading.known_begrepp(settings.catalogue)


def _with_signed(telling: Telling, compared: Compared) -> Telling:
    """The telling with the signatures that have come."""
    signed = compared.signed.get(telling.comparison.new.kommun_id)
    if not signed:
        return telling
    from insatskoll.decisions import signatures

    come = signatures.come(signed, compared.keys)
    return replace(telling, decisions=(*telling.decisions, *come))


def _with_besides(telling: Telling, settings: Settings, *, whole: bool) -> Iterator[Telling]:
    """The telling of a municipality's files, and where both sides are ``whole`` what a change does
    besides to what is in force."""
    besides = list(taking_force.besides(telling)) if whole else []
    yield _with_unheld(telling, besides, settings)
    yield from besides


def _with_unheld(telling: Telling, besides: Sequence[Telling], settings: Settings) -> Telling:
    """The telling with the findings about accepted changes that do not hold, neither there nor in
    those ``besides``."""
    if telling.accepted_in is None:
        return telling
    from insatskoll.diff import gate
    from insatskoll.law.rules import load_rules
    from insatskoll.lint.placing import file_finding

    rules = load_rules(own=settings.catalogue)
    chosen = settings.selection.within(rules).of(rules)
    found = tuple(
        file_finding(chosen, file, problem)
        for file in gate.unheld(telling, besides)
        for problem in file.problems
        if problem.rule in chosen.rules
    )
    return replace(telling, unheld=found) if found else telling


def _telling(
    pair: Pair,
    measure: _Measure | None,
    come: Collection[Mark],
    barred: Barred,
    datum: str | None,
) -> Telling:
    """What is to be told of a municipality's two sides; with a ``measure`` also how its findings
    change. ``barred`` is what fails a change, and ``datum`` (ÅÅÅÅ-MM-DD) the day at
    which it is judged, where it is not its own.

    ``come`` are the decisions of municipalities that have come, which a removed one may have
    become.
    """
    lacking = absent(pair.kommun_id)
    comparison = facts.compare(pair.old.revision or lacking, pair.new.revision or lacking)
    findings = None
    if measure is not None:
        from insatskoll.diff.findings import change
        from insatskoll.diff.matching import renamed

        new_ids = renamed(comparison.groups)
        only = {pair.insats[1]} if pair.insats else None
        findings = change(
            pair.old.kommun, pair.new.kommun, *measure, datum, renamed=new_ids, only=only
        )
    frozen = (
        decisions.changes(pair.old.kommun, pair.new.kommun, come, pair.doubts) if pair.whole else ()
    )
    found_in = (pair.old.place, pair.new.place)
    both = (pair.old.kommun, pair.new.kommun)
    day = datum or pair.day
    lead = lapsing.LEAD if comparison.new.per is not None else ""
    return Telling(comparison, found_in, findings, frozen, both, barred, day=day, lead=lead)
