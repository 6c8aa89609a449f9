"""The findings beside a bilaga that is being written: a panel for the browser that follows along,
never in what is published.

Everything in it is text from files, and is written as text. Nothing in it is fetched.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from itertools import groupby
from pathlib import Path

from insatskoll.lint.findings import LEVELS, Finding
from insatskoll.lint.reporters.grouping import order_of_work
from insatskoll.names import shown, visible
from insatskoll.patterns import later
from insatskoll.reading import files
from insatskoll.swedish import PLURALS, counted

ID = "insatskoll-fynd"
MOST = 200  # findings that are shown
_AROUND = 3  # lines before and after the one that a finding points at
_WIDEST = 300  # characters of a line of the file
_HEADING = later(r'(<(h[1-6]|th)\b[^>]*\bid="insats-([^"]*)"[^>]*>.*?)(</\2>)', re.DOTALL)
_STYLE = f"""
#{ID} {{ color-scheme: light; box-sizing: border-box; margin: 0; padding: .75rem 1rem;
  color: #1a1a1a; background: #fff; border: 0 solid #5a6572; border-top-width: 3px;
  font: 1rem/1.5 system-ui, sans-serif; text-align: left; overflow: auto;
  z-index: 9; position: sticky; bottom: 0; max-height: 45vh; }}
#{ID} * {{ color: inherit; max-width: none; overflow-wrap: anywhere; }}
#{ID} summary {{ cursor: pointer; }}
#{ID} > details > summary {{ font-weight: 700; }}
#{ID} ol {{ margin: .5rem 0; padding: 0; list-style: none; }}
#{ID} li {{ margin: 0; padding: .35rem 0; border-top: 1px solid #c3cad2; }}
#{ID} p {{ margin: .35rem 0; }}
#{ID} a {{ color: #0b4a6f; text-decoration: underline; }}
#{ID} code {{ font: .95em/1.5 ui-monospace, monospace; background: none; user-select: all; }}
#{ID} pre {{ margin: .35rem 0; padding: .5rem; overflow: auto; background: #f3f6f9; color: #1a1a1a;
  font: .9rem/1.5 ui-monospace, monospace; white-space: pre-wrap; }}
#{ID} mark {{ color: #1a1a1a; background: #ffe08a; }}
#{ID} :focus-visible, .{ID} :focus-visible {{ outline: 3px solid #0b4a6f; outline-offset: 2px; }}
.{ID} {{ font-size: 1rem; font-weight: 400; margin-inline-start: .5em; }}
@media (min-width: 80rem) {{
  body:has(> #{ID}) {{ padding-right: 28rem; }}
  #{ID} {{ position: fixed; inset: 0 0 0 auto; width: 27rem; max-height: none;
    border-width: 0 0 0 3px; }}
}}
@media print {{ #{ID}, .{ID} {{ display: none; }} }}
"""


def in_order(findings: Sequence[Finding]) -> list[Finding]:
    """``findings`` in the order of work: the graver first, and of them what keeps files from being
    read."""

    def key(finding: Finding) -> tuple[object, ...]:
        return LEVELS.index(finding.level), not finding.rule.startswith("IK90"), finding.order

    return sorted(findings, key=key)


def panel(findings: Sequence[Finding], headings: frozenset[str] = frozenset()) -> str:
    """The panel. ``headings`` are the insatser that have a heading to lead to in the page."""
    told = in_order(findings)
    rows: list[str] = []
    met: set[str] = set()
    for finding in told[:MOST]:
        insats = _insats(finding)
        first = insats is not None and insats not in met
        met |= {insats} if insats is not None else set()
        rows.append(_row(finding, insats if insats in headings else None, first=first))
    left = f"<p>… och {len(told) - MOST} till.</p>" if len(told) > MOST else ""
    order = order_of_work(told)
    first_of_all = f"<p>{escape(order)}</p>" if order else ""
    return (
        f'<aside id="{ID}" aria-label="Fynd i filerna" tabindex="0"><style>{_STYLE}</style>'
        f"<details open><summary>{escape(_counted(told))}</summary>"
        f"{first_of_all}<ol>{''.join(rows)}</ol>{left}</details></aside>"
    )


def linked(page: str, findings: Sequence[Finding]) -> str:
    """``page`` with the panel, and with a link at each insats that has findings."""
    shown_ones = in_order(findings)[:MOST]
    counts = {
        insats: len([*same])
        for insats, same in groupby(sorted(filter(None, map(_insats, shown_ones))))
    }
    headings: set[str] = set()

    def with_link(match: re.Match[str]) -> str:
        headings.add(match[3])
        if match[3] not in counts:
            return match[0]
        link = f'<a href="#{_place(match[3])}">{counts[match[3]]} fynd</a>'
        return f'{match[1]} <span class="{ID}">{link}</span>{match[4]}'

    page = _HEADING.sub(with_link, page)
    beside = panel(findings, frozenset(headings))
    before, body, after = page.rpartition("</body>")
    return f"{before}{beside}{body}{after}" if body else page + beside


def _counted(findings: Sequence[Finding]) -> str:
    if not findings:
        return "Inga fynd"
    levels = ((level, sum(f.level == level for f in findings)) for level in LEVELS)
    return ", ".join(counted(number, *PLURALS[level]) for level, number in levels if number)


def _insats(finding: Finding) -> str | None:
    """The insats whose file a finding stands in, as its heading in the page is called."""
    return escape(finding.path.stem) if finding.path.parent.name == "insatser" else None


def _place(insats: str) -> str:
    return f"{ID}-{insats}"


def _row(finding: Finding, heading: str | None, *, first: bool) -> str:
    """A finding: where and what, and unfolded the lines of the file and what to do."""
    where = f"{shown(finding.path)}:{finding.span.line}:{finding.span.column}"
    insats = _insats(finding)
    place = f' id="{_place(insats)}"' if first and insats is not None else ""
    back = f'<p><a href="#insats-{heading}">Till insatsen i bilagan</a></p>' if heading else ""
    lagrum = f"<p>Lagrum: {_text(', '.join(finding.lagrum))}</p>" if finding.lagrum else ""
    written = finding.suggestion
    suggested = f"<p>{_text(written.lead)}</p><pre>{_lines(written.text)}</pre>" if written else ""
    return (
        f"<li{place}><details><summary><strong>{finding.level}</strong> {_text(finding.rule)} "
        f"<code>{_text(where)}</code><br>{_text(finding.message)}</summary>"
        f"{_excerpt(finding)}{lagrum}<p>Gör så här: {_lines(finding.remedy)}</p>"
        f"{suggested}</details>{back}</li>"
    )


def _excerpt(finding: Finding) -> str:
    """The lines of the file around the place, each with its number, and the place marked."""
    span = finding.span
    text = _read(finding.path)
    every = text.splitlines() if text is not None else []
    first = max(1, span.line - _AROUND)
    lines = every[first - 1 : span.line + _AROUND]
    if not lines:
        return f"<pre>{_text(finding.source)}</pre>" if finding.source.strip() else ""
    rows = [
        f"{number:>4}  {_marked(line, finding) if number == span.line else _text(line[:_WIDEST])}"
        for number, line in enumerate(lines, start=first)
    ]
    return f"<pre>{chr(10).join(rows)}</pre>"


def _marked(line: str, finding: Finding) -> str:
    span = finding.span
    start = min(span.column - 1, len(line))
    end = span.end_column - 1 if span.end_line == span.line else len(line)
    end = max(end, start + 1)
    cut = start - _WIDEST // 2 if start > _WIDEST else 0
    before, within, after = line[cut:start], line[start:end], line[end : cut + _WIDEST]
    return f"{_text(before)}<mark>{_text(within[:_WIDEST]) or ' '}</mark>{_text(after)}"


def _read(path: Path) -> str | None:
    try:
        return files.read_text(path)
    except files.Unread:
        return None


def _lines(text: str) -> str:
    """A text of several lines."""
    return "<br>".join(map(_text, text.strip().splitlines()))


def _text(text: str) -> str:
    """A line as a page shows it: what cannot be seen is written out."""
    return escape(visible(text.replace("\t", " ")))
