"""Findings that are the same but for where, told once with their places; and what to do first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from insatskoll.lint.findings import LEVELS, Finding
from insatskoll.patterns import later
from insatskoll.swedish import PLURALS, counted
from insatskoll.values import immutable

LEAST = 3  # findings that are told together; fewer are told each where it stands
_QUOTED = later(r"”[^”]*”|\d+")
# The rules of files that are not read at all, and of those whose fields are not what they must be.
_NOT_READ = frozenset(("IK901", "IK902", "IK905", "IK907", "IK909"))
_ILL_WRITTEN = frozenset(("IK903",))


@immutable
class Group:
    """Findings of one kind, in the order of report."""

    findings: tuple[Finding, ...]

    @property
    def first(self) -> Finding:
        """The one that speaks for all."""
        return self.findings[0]

    @property
    def message(self) -> str | None:
        """What is said of all of them; None if each is told of something of its own."""
        said = {finding.message for finding in self.findings}
        return self.first.message if len(said) == 1 else None

    @property
    def count(self) -> str:
        """How many they are: of insatser, if each stands in an insats of its own."""
        files = {finding.path for finding in self.findings}
        each = len(files) == len(self.findings)
        if each and all(path.parent.name == "insatser" for path in files):
            return f"{len(files)} insatser"
        return f"{len(self.findings)} ställen"


def grouped(findings: Sequence[Finding]) -> tuple[list[Finding], list[Group]]:
    """Those to be told each where it stands, and those that are told together: as many as
    :data:`LEAST`, with one remedy and one kind of message between them."""
    kinds: dict[tuple[object, ...], list[Finding]] = {}
    for finding in findings:
        kinds.setdefault(_kind(finding), []).append(finding)
    together = [Group(tuple(same)) for same in kinds.values() if _go_together(same)]
    taken = {id(finding) for group in together for finding in group.findings}
    alone = [finding for finding in findings if id(finding) not in taken]
    return alone, sorted(together, key=lambda group: LEVELS.index(group.first.level))


def _kind(finding: Finding) -> tuple[object, ...]:
    suggested = finding.suggestion.text if finding.suggestion is not None else None
    words = _QUOTED.sub("”", finding.message)
    return (
        finding.rule, finding.level, finding.check, words, finding.remedy, finding.lagrum,
        suggested, finding.waived,
    )  # fmt: skip


def _go_together(findings: Sequence[Finding]) -> bool:
    """Whether nothing is lost when ``findings`` of one kind are told together: one that is
    explained by other places is told with them, and an accepted one with its reason."""
    return len(findings) >= LEAST and not any(
        finding.related or finding.waived is not None for finding in findings
    )


def order_of_work(findings: Sequence[Finding]) -> str:
    """What to do first, and what after that; nothing if there is only one thing to begin with."""
    stages = [*_stages(findings)]
    if len(stages) < 2:
        return ""
    return f"Först: {', sedan '.join(stages)}."


def _stages(findings: Sequence[Finding]) -> Iterator[str]:
    grave = [finding for finding in findings if finding.level == "fel"]
    unread = {finding.path for finding in grave if finding.rule in _NOT_READ}
    ill_written = {f.path for f in grave if f.rule in _ILL_WRITTEN} - unread
    rest = sum(finding.rule not in _NOT_READ | _ILL_WRITTEN for finding in grave)
    warned = sum(finding.level == "varning" for finding in findings)
    if unread:
        yield f"{counted(len(unread), 'fil', 'filer')} som inte går att läsa"
    if ill_written:
        yield f"{counted(len(ill_written), 'fil', 'filer')} med fält som inte är rätt skrivna"
    if rest:
        other = "andra " if unread or ill_written else ""
        yield f"{rest} {other}fel"
    if warned:
        yield counted(warned, *PLURALS["varning"])
