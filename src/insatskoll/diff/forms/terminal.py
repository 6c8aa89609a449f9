"""The diff for the terminal."""

from __future__ import annotations

from collections.abc import Iterator

from insatskoll.diff import word_diff
from insatskoll.diff.judgement import said
from insatskoll.diff.telling import DECISIONS, Change, Telling
from insatskoll.lines import Line, line
from insatskoll.lint.findings import finding_line


def render(telling: Telling) -> Iterator[Line]:
    """The changes as lines: by section, each clause and what it means, long texts word by word."""
    yield line(telling.title, style="bold underline")
    yield line()
    if telling.decisions:
        yield line(DECISIONS, style="bold")
        for sentence, meaning in telling.decisions_told:
            yield line(f"– {sentence}", indent=2)
            if meaning:
                yield line(f"→ {meaning}", style="red", indent=4)
        yield line()
    for section, changes in telling.sections:
        yield line(section, style="bold")
        yield line(telling.opening)
        for change in changes:
            yield line(f"– {change.brief if change.long else change.clause}", indent=2)
            if change.long:
                yield line(*_word_by_word(change), indent=4)
            yield line(f"→ {said(change.judgements)}", style="dim", indent=4)
            if (accepted := telling.acceptance(change)) is not None:
                yield line(f"✓ {accepted.told}", style="green", indent=4)
        yield line()
    yield line(telling.closing, style="bold")
    for finding in telling.unheld:
        yield line(f"{finding_line(finding)} {finding.remedy}", indent=2)
    if telling.findings is not None:
        yield line(telling.findings_closing, style="bold")
        for sign, style, findings in (
            ("+", "red", telling.findings.introduced),
            ("−", "green", telling.findings.removed),
        ):
            for finding in findings:
                yield line((f"{sign} ", style), finding_line(finding), indent=2)


def _word_by_word(change: Change) -> Iterator[tuple[str, str]]:
    """What has gone in [-brackets-] and what has come in {+braces+}, as word diffs are written
    where there is no colour."""
    for piece in word_diff.compare(change.before, change.after):
        if piece.kind == "removed":
            yield f"[-{piece.text}-]", "red strike"
        elif piece.kind == "added":
            yield f"{{+{piece.text}+}}", "green underline"
        else:
            yield piece.text, ""
