"""What the receivers of reports take: what is over that they leave out, some without a word, so
that the sender chooses what goes first and says how much is left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from insatskoll.lint.findings import LEVELS, Finding, finding_line
from insatskoll.lint.reporters.listing import Listed
from insatskoll.names import in_log, in_repository

# of each level in a step of GitHub Actions and of Azure Pipelines; the rest is dropped
ANNOTATIONS = 10
# results in a run that code scanning in GitHub takes at all, and those that it keeps of them
SARIF_RESULTS, SARIF_SHOWN = 25_000, 5_000
SARIF_RELATED = 100  # places of a result that it shows
SARIF_TAGS = 10  # of a rule that it shows
# bytes of a list for GitLab, whose page for a merge request gives up before the limit of the upload
GITLAB_BYTES = 10_000_000


def gravest_first(findings: Sequence[Finding]) -> list[Finding]:
    """The findings by level, and within each in their order."""
    return sorted(findings, key=lambda one: LEVELS.index(one.level))


def annotated(
    findings: Sequence[Finding], taken: Mapping[str, int] | None = None
) -> tuple[list[Finding], list[Finding]]:
    """Those of ``findings`` that there is room for at their lines, the gravest first, and the rest;
    ``taken`` are the places that are taken already, by level."""
    used = Counter(taken or {})
    shown: list[Finding] = []
    rest: list[Finding] = []
    for finding in gravest_first(findings):
        used[finding.level] += 1
        (shown if used[finding.level] <= ANNOTATIONS else rest).append(finding)
    return shown, rest


def in_words(rest: Sequence[Finding]) -> Iterator[str]:
    """What there is no room for at the lines, for the log: each with its file and line."""
    if rest:
        yield f"{len(rest)} till, utöver de {ANNOTATIONS} av varje nivå som visas vid raderna:"
    yield from lines(rest)


def lines(findings: Sequence[Finding]) -> Iterator[str]:
    """A line of the log for each of ``findings``."""
    for finding in findings:
        remedy = f" {' '.join(finding.remedy.split())}" if finding.remedy else ""
        yield in_log(f"{finding_line(finding, in_repository)}{remedy}".replace("\n", " "))


def results(listing: Sequence[Listed]) -> tuple[Sequence[Listed], int]:
    """What a log can hold, and how many are left out: where there are more than are shown those
    that are open come first, the gravest of them before the others."""
    if len(listing) <= SARIF_SHOWN:
        return listing, 0
    ordered = sorted(
        listing, key=lambda one: (not one.is_open, LEVELS.index(one.finding.level), not one.fails)
    )
    return ordered[:SARIF_RESULTS], max(0, len(ordered) - SARIF_RESULTS)
