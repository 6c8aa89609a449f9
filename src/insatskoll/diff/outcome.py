"""What a comparison comes to, for whoever has little time: whether it is let through, what in it is
not, and how much someone who knows the law has to read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import field
from typing import TYPE_CHECKING

from insatskoll.bilaga import phrases
from insatskoll.diff.verdicts import Verdict, shipped
from insatskoll.lint import findings
from insatskoll.swedish import counted
from insatskoll.values import immutable

if TYPE_CHECKING:
    from insatskoll.diff.telling import Change, Telling
    from insatskoll.lint.findings import Finding

_ASKS = "needs-assessment"  # what the law does not let a municipality give so


@immutable
class Outcome:
    """How many ``changes`` there are, how many of them fail and are ``accepted``, and how many are
    to be read (``reading``), by the code of the verdict (``to_read``). ``decisions`` are the frozen
    ones that have been touched, ``findings`` those that fail, and ``new`` and ``gone`` all that the
    change introduces and removes. ``signers`` tells that others may sign than before, and
    ``unread`` that a file has come that is not read: both fail."""

    changes: int
    failing: int
    accepted: int
    reading: int
    to_read: Mapping[str, int]
    decisions: int = 0
    findings: int = 0
    new: int = 0
    gone: int = 0
    signers: bool = False
    unread: bool = False
    lacking: Mapping[tuple[str, ...], int] = field(default_factory=dict)

    @property
    def fails(self) -> bool:
        """Whether anything is not let through."""
        counts = self.failing or self.decisions or self.findings
        return bool(counts) or self.signers or self.unread


def of(
    tellings: Sequence[Telling],
    fails: Callable[[Finding], bool] | None = None,
    *,
    signers: bool = False,
    unread: bool = False,
) -> Outcome:
    """What ``tellings`` come to; ``fails`` tells whether a finding does, else those that are
    errors."""
    open_ = [(one, change) for one in tellings for change in one.changes]
    open_ = [(one, change) for one, change in open_ if one.acceptance(change) is None]
    codes = [_to_read(change) for _, change in open_]
    found = [one.findings for one in tellings if one.findings is not None]
    return Outcome(
        changes=sum(len(one.changes) for one in tellings),
        failing=sum(len(one.failing) for one in tellings),
        accepted=sum(len(one.accepted) for one in tellings),
        reading=sum(map(bool, codes)),
        to_read=_in_order(Counter(code for each in codes for code in each)),
        decisions=sum(change.fails for one in tellings for change in one.decisions),
        findings=sum(map(fails or _is_error, new_findings(tellings))),
        new=sum(finding.waived is None for one in found for finding in one.introduced),
        gone=sum(len(one.removed) for one in found),
        signers=signers,
        unread=unread,
        lacking=_lacking(tellings),
    )


def new_findings(tellings: Sequence[Telling]) -> Iterator[Finding]:
    """What the change introduces of findings, and those about accepted changes that do not hold."""
    for one in tellings:
        yield from one.findings.introduced if one.findings is not None else ()
        yield from one.unheld


def told(outcome: Outcome) -> tuple[str, str]:
    """The verdict, and what there is to read and to know besides: whole sentences, the second
    empty where there is nothing to say."""
    failing = list(_failing(outcome))
    first = f"Underkänns: {phrases.lista(failing)}." if failing else "Inget underkänns."
    return first, " ".join(_besides(outcome))


def needs_reader(verdict: Verdict) -> bool:
    """Whether a change with the verdict is for someone who knows the law to read: it takes
    something from those whom it concerns, only its words tell what it means, or the law does not
    let it be given so."""
    unclear = verdict.code.startswith("unclear")
    return verdict.tightens or unclear or verdict.code == _ASKS


def _failing(outcome: Outcome) -> Iterator[str]:
    if outcome.failing:
        yield counted(outcome.failing, "ändring", "ändringar")
    if outcome.findings:
        yield counted(outcome.findings, "fynd", "fynd")
    if outcome.decisions:
        yield counted(outcome.decisions, "fryst beslut", "frysta beslut")
    if outcome.signers:
        yield "andra får skriva under"
    if outcome.unread:
        yield "filer som inte läses"


def _besides(outcome: Outcome) -> Iterator[str]:
    for roles, number in outcome.lacking.items():
        asked = counted(number, "ändring", "ändringar")
        yield f"Ska godtas av {' eller '.join(roles)}: {asked}."
    if outcome.reading:
        by_code = shipped().by_code
        each = [f"{by_code[code].words} {number}" for code, number in outcome.to_read.items()]
        of_all = f"{outcome.reading} av {counted(outcome.changes, 'ändring', 'ändringar')}"
        yield f"Att läsa för en jurist: {of_all} ({', '.join(each)})."
    elif outcome.changes and not outcome.accepted:
        yield "Inget utfall tar något från den enskilde eller från skyddet, och inget är oklart."
    if outcome.accepted:
        yield f"Godtagna: {outcome.accepted}."
    if outcome.new or outcome.gone:
        yield f"Nya fynd: {outcome.new}, borta: {outcome.gone}."


def _lacking(tellings: Sequence[Telling]) -> dict[tuple[str, ...], int]:
    asked = Counter(
        roles
        for one in tellings
        for gated in one.failing.values()
        for roles in dict.fromkeys(gated.lacking.values())
    )
    return dict(sorted(asked.items()))


def _to_read(change: Change) -> set[str]:
    given = {judgement.verdict for judgement in change.judgements}
    return {code for code in given if needs_reader(shipped().by_code[code])}


def _in_order(counts: Counter[str]) -> dict[str, int]:
    return {code: counts[code] for code in shipped().by_code if counts[code]}


def _is_error(finding: Finding) -> bool:
    return findings.fails(finding, "fel")
