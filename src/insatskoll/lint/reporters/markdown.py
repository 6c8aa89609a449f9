"""The report as a comment on a pull request or merge request.

What stands in the files is anyone's text: it is escaped so that it can neither format, link,
mention nor command.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from insatskoll.lint.findings import LEVELS, Finding
from insatskoll.lint.report import Report
from insatskoll.lint.reporters import summary, unneeded
from insatskoll.lint.reporters.cutting import Entry, Part, fitting, written
from insatskoll.lint.reporters.fences import fenced
from insatskoll.names import in_repository
from insatskoll.patterns import later
from insatskoll.swedish import PLURALS, counted

MARKER = "<!-- insatskoll lint -->"  # by which a job finds its own comment, and writes it anew
UNFOLDED = 10  # findings that are read without unfolding anything
LONGEST = 60_000  # characters; GitHub takes 65,536
_LINE = 800  # characters of a text in a line; what is longer is cut
_TAIL = 200  # characters for how many findings are left out and cut

_SPECIAL = later(r"([\\`*_{}\[\]|~^])")
_CALLS = later(
    r"[@#!%&~](?=\w)|(?<=\w)[@#!&](?=\w)|(?<=:)(?=//)|(?<=[Ww][Ww][Ww])(?=\.)"
    r"|(?<=[Hh]-)(?=[0-9])"
)
_APART = "&#8203;"  # a space without width: a name after it is no name to a forge
# where the short code of an emoji could begin, or a command in a log
_CODE = later(r":(?=[\w+-]*:)")
# a forge looks for short codes in one stretch of text at a time, and this makes two
_SPLIT = "<span></span>"
_DOLLAR = r"<span>\$</span>"  # GitHub's mathematics heeds no backslash, and others no span


def render(report: Report) -> str:
    """A heading, a table of how many, and the open findings by file, folded when they are many."""
    head = [
        MARKER,
        "### Granskning av insatserna",
        "",
        *_table(report),
        "",
        escape(summary(report)),
        "",
    ]
    after = [escape(gone), ""] if (gone := unneeded(report)) else []
    folded = len(report.open) > UNFOLDED
    lines = [
        line
        for path, findings in groupby(report.open, key=lambda f: f.path)
        for line in _file(path, list(findings), folded=folded)
    ]
    # What is cut is the least grave, and of what is as grave that in the files with nothing graver.
    taken, _ = fitting(lines, LONGEST - sum(len(line) + 1 for line in (*head, *after)) - _TAIL)
    body = sorted(_by_file(lines), key=lambda found: min(line.weight for line in found))
    rest = counted(len(lines) - len(taken), "fynd", "fynd")
    tail = (
        [f"… och {rest} till. Hela listan ges av `insatskoll lint`.", ""]
        if len(taken) < len(lines)
        else []
    )
    if cut := sum(line.cut for line in taken):
        tail.append(
            f"{counted(cut, 'rad är avkortad', 'rader är avkortade')}. Hela texten ges av "
            "`insatskoll lint`.\n"
        )
    return "\n".join(
        [*head, *(text for found in body for text in written(found, taken)), *tail, *after]
    )


def clipped(text: str, longest: int, *, in_html: bool = False) -> str:
    """``text`` as :func:`escape` has it, in at most ``longest`` characters: what is longer ends in
    three points."""
    line = (
        escape(text[: longest + 1], in_html=in_html)
        if len(text) > longest
        else escape(text, in_html=in_html)
    )
    if len(text) <= longest and len(line) <= longest:
        return line
    low, high = 0, min(len(text), longest)
    while low < high:  # how much of the text, which is longer when it is escaped
        middle = (low + high + 1) // 2
        low, high = (
            (middle, high)
            if len(escape(text[:middle], in_html=in_html)) < longest
            else (low, middle - 1)
        )
    return f"{escape(text[:low], in_html=in_html)}…"


def escape(text: str, *, in_html: bool = False) -> str:
    """``text`` on one line, as Markdown that says just that; ``in_html`` where a tag keeps Markdown
    from being read."""
    line = " ".join(text.split())
    line = "".join(c for c in line if c.isprintable())
    line = _CALLS.sub(lambda m: f"{m[0]}\0", _CODE.sub(":\1", line))
    line = line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    line = line if in_html else _SPECIAL.sub(r"\\\1", line)
    line = line.replace("$", _DOLLAR.replace("\\", "") if in_html else _DOLLAR)
    return line.replace("\0", _APART).replace("\1", _SPLIT)


def _table(report: Report) -> Iterator[str]:
    yield "| Fel | Varningar | Råd | Kända | Godtagna |"
    yield "| ---: | ---: | ---: | ---: | ---: |"
    levels = [sum(f.level == level for f in report.open) for level in LEVELS]
    yield f"| {' | '.join(map(str, (*levels, report.known, report.waived)))} |"


def _by_file(lines: list[Entry]) -> list[list[Entry]]:
    return [list(found) for _, found in groupby(lines, key=lambda line: line.group)]


def _file(path: Path, found: list[Finding], *, folded: bool) -> Iterator[Entry]:
    by_level = [(level, sum(f.level == level for f in found)) for level in LEVELS]
    counts = ", ".join(counted(number, *PLURALS[level]) for level, number in by_level if number)
    name = clipped(in_repository(path), _LINE, in_html=folded)
    opening = (
        ("<details>", f"<summary>{name}: {counts}</summary>", "") if folded else (f"**{name}**", "")
    )
    group = Part(opening, ("", "</details>", "") if folded else ("",))
    gravest = min(LEVELS.index(finding.level) for finding in found)
    for finding in found:
        cut = any(
            clipped(text, _LINE) != escape(text) for text in (finding.message, finding.remedy)
        )
        yield Entry(_finding(finding), (LEVELS.index(finding.level), gravest), group, cut)


def _finding(finding: Finding) -> str:
    lagrum = f" ({escape(', '.join(finding.lagrum))})" if finding.lagrum else ""
    remedy = f" *{clipped(finding.remedy, _LINE)}*" if finding.remedy.strip() else ""
    line = (
        f"- **{finding.level}** {finding.rule}, rad {finding.span.line}: "
        f"{clipped(finding.message, _LINE)}{lagrum}{remedy}"
    )
    if finding.suggestion is None:
        return line
    return f"{line}\n\n  {fenced(finding.suggestion, '  ')}\n"
