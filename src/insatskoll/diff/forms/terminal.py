"""The diff for the terminal."""

from __future__ import annotations

from collections.abc import Iterator

from rich.padding import Padding
from rich.text import Text

from insatskoll.diff import word_diff
from insatskoll.diff.judgement import said
from insatskoll.diff.telling import DECISIONS, Change, Telling
from insatskoll.lint.reporters import finding_line


def render(telling: Telling) -> Iterator[Text | Padding]:
    """The changes as rich renderables: by section, each clause and what it means, long texts word
    by word."""
    yield Text(telling.title, style="bold underline")
    yield Text()
    if telling.decisions:
        yield Text(DECISIONS, style="bold")
        for sentence, meaning in telling.decisions_told:
            yield Padding(Text(f"– {sentence}"), (0, 0, 0, 2), expand=False)
            if meaning:
                yield Padding(Text(f"→ {meaning}", style="red"), (0, 0, 0, 4), expand=False)
        yield Text()
    for section, changes in telling.sections:
        yield Text(section, style="bold")
        yield Text(telling.opening)
        for change in changes:
            yield Padding(Text(f"– {change.clause}"), (0, 0, 0, 2), expand=False)
            if change.long:
                yield Padding(_word_by_word(change), (0, 0, 0, 4), expand=False)
            yield Padding(
                Text(f"→ {said(change.judgements)}", style="dim"), (0, 0, 0, 4), expand=False
            )
        yield Text()
    yield Text(telling.closing, style="bold")
    if telling.findings is not None:
        yield Text(telling.findings_closing, style="bold")
        for sign, style, findings in (
            ("+", "red", telling.findings.introduced),
            ("−", "green", telling.findings.removed),
        ):
            for finding in findings:
                yield Padding(
                    Text.assemble((f"{sign} ", style), finding_line(finding)),
                    (0, 0, 0, 2),
                    expand=False,
                )


def _word_by_word(change: Change) -> Text:
    """What has gone in [-brackets-] and what has come in {+braces+}, as word diffs are written
    where there is no colour."""
    text = Text()
    for piece in word_diff.compare(change.before, change.after):
        if piece.kind == "removed":
            text.append(f"[-{piece.text}-]", style="red strike")
        elif piece.kind == "added":
            text.append(f"{{+{piece.text}+}}", style="green underline")
        else:
            text.append(piece.text)
    return text
