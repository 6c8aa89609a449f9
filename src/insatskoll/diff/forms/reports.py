"""The diff as the reports that build servers, forges and editors read: each change at its line, by
the same reporters as the findings.

What fails is an error, what takes something from those whom it concerns a warning, and the rest a
note.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from insatskoll.bilaga import phrases
from insatskoll.catalogue import file_names
from insatskoll.diff.judgement import said
from insatskoll.diff.telling import FROZEN
from insatskoll.diff.verdicts import Verdict, shipped
from insatskoll.lint.findings import Finding, Related
from insatskoll.lint.reporters import azure, github, gitlab, junit, listing, sarif
from insatskoll.lint.reporters.listing import Listed
from insatskoll.names import in_log
from insatskoll.reading.places import Span
from insatskoll.values import immutable

if TYPE_CHECKING:
    from pathlib import Path

    from insatskoll.diff.decisions import DecisionChange
    from insatskoll.diff.gate import Gated
    from insatskoll.diff.telling import Telling
    from insatskoll.law.rules import RuleSet

_TOUCHED = "IK603"
_NOTHING = "Inga ändringar."


@immutable
class Told:
    """What a report tells of: the municipalities, the ``remarks`` on the catalogue itself, and
    whether a finding fails the run."""

    tellings: Sequence[Telling]
    remarks: Sequence[str]
    fails: Callable[[Finding], bool]


def in_github(told: Told) -> str:
    """Commands for GitHub Actions, the gravest first since few of them are shown, and how many
    changes there are."""
    return github.told(_open(told), [in_log(line) for line in _closing(told)])


def in_azure(told: Told) -> str:
    """Commands for Azure Pipelines, as :func:`in_github`."""
    return azure.told(_open(told), _closing(told))


def _open(told: Told) -> list[Finding]:
    return [one.finding for one in _listing(told) if one.is_open]


def _closing(told: Told) -> list[str]:
    last = [f"{one.title}: {one.closing}" for one in told.tellings] or [_NOTHING]
    return [*told.remarks, *last]


def in_gitlab(told: Told) -> str:
    """The list of GitLab's Code Quality."""
    return gitlab.told(_listing(told))


def in_junit(told: Told) -> str:
    """A case for each change, which is called what the change is."""
    return junit.told(_listing(told), _NOTHING)


def in_sarif(told: Told, ruleset: RuleSet) -> str:
    """A SARIF log: the rules are the verdicts, and those of ``ruleset`` that found anything."""
    held = _listing(told)
    found = {one.finding.rule for one in held}
    rules = [_described(one) for one in shipped().by_code.values() if one.code in found]
    rules += [sarif.described_rule(one, ruleset) for one in ruleset.all if one.id in found]
    return sarif.told(sarif.Log("diff", rules, held, list(map(sarif.note, told.remarks))))


def _described(verdict: Verdict) -> dict[str, object]:
    """A verdict as a log has it, as a rule."""
    return {
        "id": verdict.code,
        "name": phrases.versal(verdict.words),
        "shortDescription": {"text": phrases.mening(verdict.words)},
        "fullDescription": {"text": verdict.explanation},
        "help": {"text": verdict.explanation},
        "defaultConfiguration": {"level": sarif.LEVELS["varning" if verdict.tightens else "råd"]},
        "properties": {"tags": [verdict.axis_words]},
    }


def _listing(told: Told) -> list[Listed]:
    """All there is to list, file by file."""
    found: list[Listed] = []
    for one in told.tellings:
        found += [_change(one, gated) for gated in one.gated]
        found += [_decision(one, decision) for decision in one.decisions if decision.fails]
        introduced = one.findings.introduced if one.findings is not None else ()
        found += listing.of([*one.unheld, *introduced], told.fails)
    return sorted(found, key=lambda one: (str(one.finding.path), one.finding.span, one.name))


def _change(telling: Telling, one: Gated) -> Listed:
    """A change as a finding: its verdict is the rule, the gravest of those that fail it first."""
    change, place = one.change, one.place
    given = sorted(change.judgements, key=lambda judgement: judgement.weight)
    code = (*one.failing, *(judgement.verdict for judgement in given))[0]
    sentence = phrases.mening(f"{telling.opening} {change.brief}")
    finding = Finding(
        path=_common(telling) if place is None else place.path,
        span=Span() if place is None else place.span,
        rule=code,
        level=_level(one),
        message=f"{sentence} ({said(given)})",
        remedy=f"Underkänns. Godtas med {one.id}." if one.failing else f"Ändringens id: {one.id}.",
        related=_before(one),
        waived=one.accepted.by_whom if one.accepted is not None else None,
    )
    return Listed(finding, _fingerprint(one.id), one.id, bool(one.failing), is_change=True)


def _level(one: Gated) -> str:
    if one.failing:
        return "fel"
    verdicts = [shipped().by_code[judgement.verdict] for judgement in one.change.judgements]
    return "varning" if any(verdict.tightens for verdict in verdicts) else "råd"


def _before(one: Gated) -> tuple[Related, ...]:
    """Where it stood before, if that is another place than where it is told."""
    old = one.old
    if old is None or one.new is None or not old.stands:
        return ()
    return (Related(old.path, old.span, "Före ändringen"),)


def _decision(telling: Telling, one: DecisionChange) -> Listed:
    """What has become of a frozen decision, as a finding in its file."""
    path = next(
        (
            beslut.document.path
            for side in reversed(telling.sides)
            for beslut in (side.beslut if side is not None else ())
            if beslut.id == one.id
        ),
        _common(telling),
    )
    finding = Finding(path, Span(), _TOUCHED, "fel", phrases.mening(one.clause), f"{FROZEN}.")
    name = f"{telling.comparison.new.kommun_id}/beslut/{one.id}-{one.kind}"
    return Listed(finding, _fingerprint(name), name, fails=True)


def _common(telling: Telling) -> Path:
    """The municipality's own file: the place of what has no other."""
    folders = [side.folder for side in reversed(telling.sides) if side is not None]
    return folders[0] / file_names.KOMMUN_FILES[0]


def _fingerprint(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()[:32]
