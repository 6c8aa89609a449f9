"""The report as a comment on a pull request or merge request.

What stands in the files is anyone's text: it is escaped so that it can neither format, link, mention nor command.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from insatskoll.findings import LEVELS, Finding
from insatskoll.lint import Report
from insatskoll.names import in_repository
from insatskoll.reporters import PLURALS, counted, summary, unneeded

MARKER = "<!-- insatskoll lint -->"  # by which a job finds its own comment, and writes it anew
UNFOLDED = 10  # findings that are read without unfolding anything
LONGEST = 60_000  # characters; GitHub takes 65,536

_SPECIAL = re.compile(r"([\\`*_{}\[\]|~$^])")
_CALLS = re.compile(r"[@#!%&~](?=\w)|(?<=\w)[@#!&](?=\w)|(?<=:)(?=//)|(?<=[Ww][Ww][Ww])(?=\.)|(?<=[Hh]-)(?=[0-9])")
_APART = "&#8203;"  # a space without width: a name after it is no name to a forge


def render(report: Report) -> str:
    """A heading, a table of how many, and the open findings by file, folded when they are many."""
    lines = [MARKER, "### Granskning av insatserna", "", *_table(report), "", escape(summary(report)), ""]
    length, told = sum(map(len, lines)), 0
    files = [list(findings) for _, findings in groupby(report.open, key=lambda f: f.path)]
    for found in sorted(files, key=lambda found: min(LEVELS.index(f.level) for f in found)):  # what is cut is the least grave
        block = list(_file(found[0].path, found, folded=len(report.open) > UNFOLDED))
        length += sum(len(line) + 1 for line in block)
        if length > LONGEST:
            rest = counted(len(report.open) - told, "fynd", "fynd")
            lines += [f"… och {rest} till. Hela listan ges av `insatskoll lint`.", ""]
            break
        lines += block
        told += len(found)
    if gone := unneeded(report):
        lines += [escape(gone), ""]
    return "\n".join(lines)


def escape(text: str, *, in_html: bool = False) -> str:
    """``text`` on one line, as Markdown that says just that; ``in_html`` where a tag keeps Markdown from being read."""
    line = " ".join(text.split())
    line = "".join(c for c in line if c.isprintable())
    line = _CALLS.sub(lambda m: f"{m[0]}\0", line)
    line = line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return (line if in_html else _SPECIAL.sub(r"\\\1", line)).replace("\0", _APART)


def _table(report: Report) -> Iterator[str]:
    yield "| Fel | Varningar | Råd | Kända | Godtagna |"
    yield "| ---: | ---: | ---: | ---: | ---: |"
    levels = [sum(f.level == level for f in report.open) for level in LEVELS]
    yield f"| {' | '.join(map(str, (*levels, report.known, report.waived)))} |"


def _file(path: Path, found: list[Finding], *, folded: bool) -> Iterator[str]:
    by_level = [(level, sum(f.level == level for f in found)) for level in LEVELS]
    counts = ", ".join(counted(number, *PLURALS[level]) for level, number in by_level if number)
    name = escape(in_repository(path), in_html=folded)
    yield from ("<details>", f"<summary>{name}: {counts}</summary>", "") if folded else (f"**{name}**", "")
    yield from map(_finding, found)
    yield from ("", "</details>", "") if folded else ("",)


def _finding(finding: Finding) -> str:
    lagrum = f" ({escape(', '.join(finding.lagrum))})" if finding.lagrum else ""
    remedy = f" *{escape(finding.remedy)}*" if finding.remedy.strip() else ""
    return f"- **{finding.level}** {finding.rule}, rad {finding.span.line}: {escape(finding.message)}{lagrum}{remedy}"
