"""The diff for other programs: versioned, described by ``schema/diff.schema.json``. Keys are
English."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, Literal, cast

from insatskoll import __version__
from insatskoll.bilaga import phrases
from insatskoll.catalogue.model import Revision
from insatskoll.diff.facts import Fact, FactPath, Item, Order
from insatskoll.diff.judgement import Judgement
from insatskoll.diff.telling import Telling
from insatskoll.json_text import as_json
from insatskoll.lint.findings import fingerprints
from insatskoll.lint.reporters.json_report import finding_data

if TYPE_CHECKING:  # at run time the rules are not needed to tell what is given
    from insatskoll.diff.decisions import DecisionChange
    from insatskoll.diff.findings import FindingsChange
    from insatskoll.reading.schema_types import (
        DiffComparison,
        DiffComparisonsDecisions,
        DiffComparisonsFindings,
        DiffData,
        DiffFact,
        DiffItem,
        DiffJudgement,
        DiffRevision,
        DiffStep,
    )

VERSION: Final = 1


def render(tellings: Sequence[Telling], remarks: Sequence[str] = ()) -> str:
    """Every municipality's facts, also those that no decision is about, and the changes as they are
    told.

    ``remarks`` are what there is to say of the catalogue itself.
    """
    document: DiffData = {
        "version": VERSION,
        "tool": {"name": "insatskoll", "version": __version__},
        "remarks": list(remarks),
        "comparisons": [_comparison(telling) for telling in tellings],
    }
    if not remarks:
        del document["remarks"]
    return as_json(document)


def _comparison(telling: Telling) -> DiffComparison:
    comparison = telling.comparison
    place = {id(fact): number for number, fact in enumerate(comparison.facts)}
    told: DiffComparison = {
        "kommun": comparison.new.kommun_id,
        "name": telling.kommun,
        "old": _revision(comparison.old, telling.names[0]),
        "new": _revision(comparison.new, telling.names[1]),
        "unchanged": telling.unchanged,
        "regrouped": [
            {"old": list(g.old), "new": list(g.new)} for g in comparison.groups if g.regrouped
        ],
        "changes": [
            {
                "section": change.section,
                "insatser": list(change.insatser),
                "sentence": telling.sentence(change),
                "judgements": list(map(_judgement, change.judgements)),
                "before": change.before or None,
                "after": change.after or None,
                "facts": [place[id(fact)] for fact in change.facts],
            }
            for change in telling.changes
        ],
        "facts": [_fact(fact, telling.judged.get(id(fact), ())) for fact in comparison.facts],
    }
    if telling.decisions:
        told["decisions"] = list(map(_decision, telling.decisions))
    if telling.findings is not None:
        told["findings"] = _findings(telling.findings)
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


def _fact(fact: Fact, judgements: Sequence[Judgement]) -> DiffFact:
    subject = fact.subject
    before, after = fact.before, fact.after
    if fact.kind == "moved":
        before, after = (
            [item.name for item in cast("tuple[Item, ...]", side)] for side in (before, after)
        )
    return {
        "file": {"kind": subject.kind, "old": subject.old, "new": subject.new},
        "path": _path(fact.path),
        "kind": fact.kind,
        "before": before,
        "after": after,
        "judgements": list(map(_judgement, judgements)),
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
