"""The diff as a comment on a pull request: folded when it is long, and without power over the forge that shows it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from insatskoll.diff import words
from insatskoll.diff.judgement import said
from insatskoll.diff.report import DECISIONS, Change, Telling
from insatskoll.names import in_repository
from insatskoll.reporters import counted, finding_line
from insatskoll.reporters.markdown import LONGEST, escape

MARKER = "<!-- insatskoll diff -->"  # by which a job finds its own comment, and writes it anew
MOST_FINDINGS = 50
UNFOLDED = 12  # changes that are read without unfolding anything


def render(tellings: Sequence[Telling], remarks: Sequence[str] = ()) -> str:
    """One heading for each municipality, its changes by section, and the summary line."""
    folded = sum(len(telling.changes) for telling in tellings) > UNFOLDED
    said = [line for remark in remarks for line in (escape(remark), "")]
    lines, length = [MARKER, *said, *([] if tellings else ["Inga ändringar.", ""])], 0
    for telling in tellings:
        lines += [f"## {escape(telling.title)}", "", escape(telling.closing), ""]
        lines += _decisions(telling)
        for section, changes in telling.sections:
            block = list(_section(telling, section, changes, folded=folded))
            length += sum(len(line) + 1 for line in block)
            if length > LONGEST:
                return "\n".join([*lines, "… och fler ändringar. Hela listan ges av `insatskoll diff`.", ""])
            lines += block
        lines += _findings(telling)
    return "\n".join(lines)


def _findings(telling: Telling) -> Iterator[str]:
    if telling.findings is None:
        return
    yield from ("### Fynd", "", escape(telling.findings_closing), "")
    for word, findings in (("Nytt", telling.findings.introduced), ("Borta", telling.findings.removed)):
        yield from (f"- **{word}:** {escape(finding_line(finding, in_repository))}" for finding in findings[:MOST_FINDINGS])
    yield ""


def _decisions(telling: Telling) -> Iterator[str]:
    if not telling.decisions:
        return
    yield from (f"### {DECISIONS}", "")
    for sentence, meaning in telling.decisions_told:
        yield f"- {escape(sentence)}" + (f" *({escape(meaning)})*" if meaning else "")
    yield ""


def _section(telling: Telling, section: str, changes: Sequence[Change], *, folded: bool) -> Iterator[str]:
    if folded:
        number = counted(len(changes), "ändring", "ändringar")
        yield from ("<details>", f"<summary>{escape(section, in_html=True)}: {number}</summary>", "")
    else:
        yield from (f"### {escape(section)}", "")
    yield from (escape(telling.opening), "")
    for change in changes:
        yield f"- {escape(change.clause)} *({escape(said(change.judgements))})*"
        if change.long:
            yield f"  > {_word_by_word(change)}"
    yield from ("", "</details>", "") if folded else ("",)


def _word_by_word(change: Change) -> str:
    tags = {"removed": ("<del>", "</del>"), "added": ("<ins>", "</ins>"), "same": ("", "")}
    parts = []
    for kind, text in words.compare(*(" ".join(side.split()) for side in (change.before, change.after))):
        before, after = tags[kind]
        first, last = (" " if edge.isspace() else "" for edge in (text[:1], text[-1:]))
        parts.append(f"{first}{before}{escape(text)}{after}{last}" if text.strip() else " ")
    return "".join(parts)
