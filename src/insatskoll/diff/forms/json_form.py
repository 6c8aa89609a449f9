"""The diff for other programs: versioned, described by ``schema/diff.schema.json``. Keys are
English."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final, Literal, cast

from insatskoll import __version__
from insatskoll.bilaga import phrases
from insatskoll.catalogue.model import Revision
from insatskoll.diff import outcome
from insatskoll.diff.facts import Fact, FactPath, Item, Order
from insatskoll.diff.identity import Ids
from insatskoll.diff.judgement import Judgement
from insatskoll.diff.outcome import Outcome
from insatskoll.diff.places import Both, Place, Places
from insatskoll.diff.telling import Telling
from insatskoll.diff.verdicts import shipped
from insatskoll.json_text import as_json
from insatskoll.lint.findings import fingerprints
from insatskoll.lint.reporters.json_report import finding_data, span_data
from insatskoll.names import from_here

if TYPE_CHECKING:  # at run time the rules are not needed to tell what is given
    from insatskoll.catalogue.acceptances import Acceptance
    from insatskoll.diff.decisions import DecisionChange
    from insatskoll.diff.findings import FindingsChange
    from insatskoll.diff.gate import Gated
    from insatskoll.reading.schema_types import (
        DiffAccepted,
        DiffChange,
        DiffComparison,
        DiffComparisonsDecisions,
        DiffComparisonsFindings,
        DiffData,
        DiffFact,
        DiffItem,
        DiffJudgement,
        DiffOutcome,
        DiffPlace,
        DiffPlaces,
        DiffRevision,
        DiffStep,
    )

VERSION: Final = 1


def render(
    tellings: Sequence[Telling], remarks: Sequence[str] = (), come_to: Outcome | None = None
) -> str:
    """The diff as text, as :func:`data` has it."""
    return as_json(data(tellings, remarks, come_to))


def data(
    tellings: Sequence[Telling], remarks: Sequence[str] = (), come_to: Outcome | None = None
) -> DiffData:
    """What it comes to, every municipality's facts, also those that no decision is about, and the
    changes as they are told.

    ``remarks`` are what there is to say of the catalogue itself.
    """
    document: DiffData = {
        "version": VERSION,
        "tool": {"name": "insatskoll", "version": __version__},
        "outcome": _outcome(come_to or outcome.of(tellings)),
        "remarks": list(remarks),
        "comparisons": [_comparison(telling) for telling in tellings],
    }
    if not remarks:
        del document["remarks"]
    return document


def _outcome(come_to: Outcome) -> DiffOutcome:
    by_code = shipped().by_code
    return {
        "fails": come_to.fails,
        "sentence": " ".join(filter(None, outcome.told(come_to))),
        "changes": come_to.changes,
        "failing": come_to.failing,
        "accepted": come_to.accepted,
        "toRead": come_to.reading,
        "verdicts": [
            {"verdict": code, "words": by_code[code].words, "changes": number}
            for code, number in come_to.to_read.items()
        ],
        "lacking": [
            {"roles": list(roles), "changes": number} for roles, number in come_to.lacking.items()
        ],
        "decisions": come_to.decisions,
        "findings": come_to.findings,
        "signers": come_to.signers,
        "unread": come_to.unread,
    }


def _comparison(telling: Telling) -> DiffComparison:
    comparison = telling.comparison
    number = {id(fact): number for number, fact in enumerate(comparison.facts)}
    places = Places(telling)
    told: DiffComparison = {
        "kommun": comparison.new.kommun_id,
        "name": telling.kommun,
        "old": _revision(comparison.old, telling.names[0]),
        "new": _revision(comparison.new, telling.names[1]),
        "unchanged": telling.unchanged,
        "regrouped": [
            {"old": list(g.old), "new": list(g.new)} for g in comparison.groups if g.regrouped
        ],
        "changes": [_change(one, telling, number) for one in telling.gated],
        "facts": [
            _fact(fact, name, telling, places)
            for fact, name in zip(comparison.facts, Ids(telling).facts, strict=True)
        ],
    }
    if telling.decisions:
        told["decisions"] = list(map(_decision, telling.decisions))
    if telling.unheld:
        found = list(telling.unheld)
        told["unheld"] = list(map(finding_data, found, fingerprints(found)))
    if telling.findings is not None:
        told["findings"] = _findings(telling.findings)
    return told


def _change(one: Gated, telling: Telling, number: Mapping[int, int]) -> DiffChange:
    change = one.change
    told: DiffChange = {
        "id": one.id,
        "places": _places((one.old, one.new)),
        "fails": bool(one.failing),
        "accepted": None if one.accepted is None else _accepted(one.accepted),
        "section": change.section,
        "insatser": list(change.insatser),
        "sentence": telling.sentence(change),
        "judgements": list(map(_judgement, change.judgements)),
        "before": change.before or None,
        "after": change.after or None,
        "facts": [number[id(fact)] for fact in change.every_fact],
    }
    if one.lacking:
        told["lacking"] = [
            {"verdict": code, "roles": list(roles)} for code, roles in one.lacking.items()
        ]
    return told


def _decision(change: DecisionChange) -> DiffComparisonsDecisions:
    return {
        "decision": change.id,
        "name": change.name,
        "kind": change.kind,
        "fails": change.fails,
        "sentence": phrases.mening(change.clause),
    }


def _findings(change: FindingsChange) -> DiffComparisonsFindings:
    introduced, removed = (
        list(map(finding_data, found, fingerprints(found)))
        for found in (change.introduced, change.removed)
    )
    return {"introduced": introduced, "removed": removed, "remaining": change.remaining}


def _revision(revision: Revision, name: str) -> DiffRevision:
    beslut = revision.beslut or {}
    kind: Literal["decision", "proposal", "files"]
    if revision.beslut is not None:
        kind = "decision"
    elif revision.datum:
        kind = "proposal"
    else:
        kind = "files"
    return {
        "kind": kind,
        "name": name,
        "date": revision.datum,
        "paragraph": beslut.get("paragraf"),
        "diaryNumber": beslut.get("diarienummer"),
    }


def _places(both: Both) -> DiffPlaces:
    old, new = map(_place, both)
    return {"old": old, "new": new}


def _accepted(acceptance: Acceptance) -> DiffAccepted:
    told: DiffAccepted = {
        "reason": acceptance.reason,
        "by": acceptance.by,
        "role": acceptance.role,
        "until": acceptance.until,
    }
    if acceptance.besides:
        told["besides"] = [
            {"reason": one.reason, "by": one.by, "role": one.role, "until": one.until}
            for one in acceptance.besides
        ]
    return told


def _place(place: Place | None) -> DiffPlace | None:
    if place is None:
        return None
    return {"path": from_here(place.path), **span_data(place.span), "stands": place.stands}


def _fact(fact: Fact, name: str, telling: Telling, places: Places) -> DiffFact:
    subject = fact.subject
    before, after = fact.before, fact.after
    if fact.kind == "moved":
        before, after = (
            [item.name for item in cast("tuple[Item, ...]", side)] for side in (before, after)
        )
    return {
        "id": name,
        "places": _places(places.of(fact)),
        "file": {"kind": subject.kind, "old": subject.old, "new": subject.new},
        "path": _path(fact.path),
        "kind": fact.kind,
        "before": before,
        "after": after,
        "judgements": list(map(_judgement, telling.judged.get(id(fact), ()))),
    }


def _path(path: FactPath) -> list[DiffStep]:
    steps: list[DiffStep] = []
    for step in path:
        if isinstance(step, Item):
            was = step.was or step.name
            item: DiffItem = {"item": step.name, "was": was, "old": step.old, "new": step.new}
            steps.append(item)
        elif not isinstance(step, Order):
            steps.append(step)
    return steps


def _judgement(judgement: Judgement) -> DiffJudgement:
    told = {
        "axis": judgement.axis,
        "verdict": judgement.verdict,
        "basis": judgement.basis,
        "words": judgement.words,
    }
    return cast("DiffJudgement", told)
