"""The diff for other programs: versioned, described by ``schema/diff.schema.json``. Keys are
English."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

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

VERSION = 1


def render(tellings: Sequence[Telling], remarks: Sequence[str] = ()) -> str:
    """Every municipality's facts, also those that no decision is about, and the changes as they are
    told.

    ``remarks`` are what there is to say of the catalogue itself.
    """
    document = {
        "version": VERSION,
        "tool": {"name": "insatskoll", "version": __version__},
        **({"remarks": list(remarks)} if remarks else {}),
        "comparisons": [_comparison(telling) for telling in tellings],
    }
    return as_json(document)


def _comparison(telling: Telling) -> dict[str, Any]:
    comparison = telling.comparison
    place = {id(fact): number for number, fact in enumerate(comparison.facts)}
    return {
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
        **({"decisions": list(map(_decision, telling.decisions))} if telling.decisions else {}),
        **({"findings": _findings(telling.findings)} if telling.findings is not None else {}),
    }


def _decision(change: DecisionChange) -> dict[str, Any]:
    return {
        "decision": change.id,
        "name": change.name,
        "kind": change.kind,
        "fails": change.fails,
        "sentence": phrases.mening(change.clause),
    }


def _findings(change: FindingsChange) -> dict[str, Any]:
    introduced, removed = (
        list(map(finding_data, found, fingerprints(found)))
        for found in (change.introduced, change.removed)
    )
    return {"introduced": introduced, "removed": removed, "remaining": change.remaining}


def _revision(revision: Revision, name: str) -> dict[str, Any]:
    beslut = revision.beslut or {}
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


def _fact(fact: Fact, judgements: Sequence[Judgement]) -> dict[str, Any]:
    subject = fact.subject
    before, after = (
        [i.name for i in v] if fact.kind == "moved" else v for v in (fact.before, fact.after)
    )
    return {
        "file": {"kind": subject.kind, "old": subject.old, "new": subject.new},
        "path": _path(fact.path),
        "kind": fact.kind,
        "before": before,
        "after": after,
        "judgements": list(map(_judgement, judgements)),
    }


def _path(path: FactPath) -> list[Any]:
    steps: list[Any] = []
    for step in path:
        if isinstance(step, Item):
            steps.append(
                {"item": step.name, "was": step.was or step.name, "old": step.old, "new": step.new}
            )
        elif not isinstance(step, Order):
            steps.append(step)
    return steps


def _judgement(judgement: Judgement) -> dict[str, str]:
    return {
        "axis": judgement.axis,
        "verdict": judgement.verdict,
        "basis": judgement.basis,
        "words": judgement.words,
    }
