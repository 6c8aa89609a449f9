"""The diff as a comment on a pull request: folded when it is long, and without power over the forge
that shows it.

A forge takes only so much. What does not fit is left out by weight: long texts first, then the
lightest changes, and it is said how much. Findings and what is narrower for anyone come before all
else.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING
from urllib.parse import quote

from insatskoll.bilaga import phrases
from insatskoll.bilaga.phrases import mening
from insatskoll.diff import outcome, word_diff
from insatskoll.diff.judgement import said
from insatskoll.diff.outcome import Outcome
from insatskoll.diff.telling import DECISIONS, Change, Telling
from insatskoll.diff.verdicts import shipped
from insatskoll.lint.findings import LEVELS, finding_line
from insatskoll.lint.reporters.cutting import Entry, Part, fitting, written
from insatskoll.lint.reporters.markdown import LONGEST, clipped, escape
from insatskoll.names import from_top, in_repository
from insatskoll.swedish import counted
from insatskoll.values import immutable

if TYPE_CHECKING:
    from pathlib import Path

MARKER = "<!-- insatskoll diff -->"  # by which a job finds its own comment, and writes it anew
UNFOLDED = 12  # changes that are read without unfolding anything
FIRST_FINDINGS = 50  # that go before what is narrower
_LINE = 800  # characters of a line; what is longer is cut
_NAME = 200  # characters of a name in a heading
_TAIL = 300  # characters for what is said of what is left out
_LIGHTEST = 99  # more than the weight of any change
_SHORTEST = 100  # characters of a long text that are worth showing


def render(
    tellings: Sequence[Telling],
    remarks: Sequence[str] = (),
    come_to: Outcome | None = None,
    files_at: str = "",
) -> str:
    """What it comes to, one heading for each municipality, its changes by section, and the summary
    line. With the address that the ``files_at`` the top of the repository are at, lines are linked
    to."""
    come_to = come_to or outcome.of(tellings)
    remarked = [line for remark in remarks for line in (clipped(remark, _LINE), "")]
    if not tellings:
        fails = [f"**{outcome.told(come_to)[0]}**", ""] if come_to.fails else []
        return "\n".join([MARKER, *fails, *remarked, "Inga ändringar.", ""])
    head = [MARKER, *_outcome(come_to), *remarked, *_counts(tellings)]
    tellings = sorted(tellings, key=_gravest)
    folded = sum(len(telling.changes) for telling in tellings) > UNFOLDED
    changes: dict[Entry, tuple[Telling, Change]] = {}
    at = _Linking(files_at)
    lines = [line for one in tellings for line in _lines(one, changes, at, folded=folded)]
    taken, room = fitting(lines, LONGEST - sum(len(line) + 1 for line in head) - _TAIL)
    texts, missing = _texts(
        {line: change for line, (_, change) in changes.items() if line in taken}, room
    )
    whole = {
        line: f"{line.text}\n  > {texts[line]}" if line in texts else line.text for line in lines
    }
    shown = {line: Entry(text, line.weight, line.group) for line, text in whole.items()}
    body = written(list(shown.values()), {shown[line] for line in taken})
    return "\n".join([*head, *body, *_tail(lines, taken, changes, missing)])


def _outcome(come_to: Outcome) -> Iterator[str]:
    """The verdict first, and what there is to read."""
    verdict, besides = outcome.told(come_to)
    yield f"**{verdict}** {escape(besides)}".rstrip()
    yield ""


def _counts(tellings: Sequence[Telling]) -> Iterator[str]:
    """How many changes have each verdict, the gravest first."""
    changes = [change for telling in tellings for change in telling.changes]
    given = Counter(code for change in changes for code in {j.verdict for j in change.judgements})
    words = [f"{one.words} {given[code]}" for code, one in shipped().by_code.items() if given[code]]
    yield from (f"Utfall: {escape(', '.join(words))}.", "") if words else ()


def _gravest(telling: Telling) -> tuple[bool, int]:
    """The order of the municipalities: those with what fails first, then by what is gravest."""
    weights = [change.weight for change in telling.changes]
    return not telling.failing, min(weights, default=_LIGHTEST)


@immutable
class _Linking:
    """Where the top of the repository is to be read, as it is on the new side; empty where nothing
    is linked to."""

    address: str

    def to(self, path: Path, line: int) -> str:
        """The address of a line of a file; empty where there is none."""
        inside = from_top(path)
        if not self.address or inside.is_absolute() or ".." in inside.parts:
            return ""
        return f"{self.address}/{quote(os.fsencode(inside.as_posix()))}#L{line}"

    def of_change(self, telling: Telling) -> dict[int, str]:
        """A link to the line of each change that stands in a file now, by the change's ``id``."""
        there = [one for one in telling.gated if one.new is not None] if self.address else ()
        return {
            id(one.change): f" [rad {one.new.span.line}]({to})"
            for one in there
            if one.new is not None and (to := self.to(one.new.path, one.new.span.line))
        }


def _gate(telling: Telling, change: Change, link: str) -> tuple[str, str]:
    """What stands before and after a change for the sake of the gate, with the ``link`` to it."""
    failing = telling.failing.get(id(change))
    if failing is not None:
        place = failing.place
        at = f" {escape(in_repository(place.path))}:{place.span.line}" if place is not None else ""
        return "**Underkänns:** ", f" `{failing.id}`{link or at}"
    acceptance = telling.acceptance(change)
    accepted = "" if acceptance is None else f" *{clipped(mening(acceptance.told), _LINE)}*"
    return "", f"{accepted}{link}"


def _lines(
    telling: Telling,
    changes: dict[Entry, tuple[Telling, Change]],
    linking: _Linking,
    *,
    folded: bool,
) -> Iterator[Entry]:
    """All there is to say of a municipality but long texts; ``changes`` gets what each line is
    about."""
    top = Part((f"## {clipped(telling.title, 2 * _NAME)}", ""))
    yield Entry(f"{escape(telling.closing)}\n", (0, 0), top)
    if telling.decisions:
        group = Part((f"### {DECISIONS}", ""), ("",), top)
        for sentence, meaning in telling.decisions_told:
            text = f"- {clipped(sentence, _LINE)}" + (f" *({escape(meaning)})*" if meaning else "")
            yield Entry(text, (1, 0 if meaning else 1), group, _is_cut(sentence))
    first = min(
        telling.changes, key=lambda change: (not _narrows(change), change.weight), default=None
    )
    links = linking.of_change(telling)
    for section, found in telling.sections:
        group = _section(telling, section, len(found), top, folded=folded)
        for change in found:
            rank = 4 if _narrows(change) else 5
            before, after = _gate(telling, change, links.get(id(change), ""))
            weight = (2 if before or change is first else rank, change.weight)
            clause = change.brief if change.long or _is_cut(change.clause) else change.clause
            meant = escape(said(change.judgements))
            text = f"- {before}{clipped(clause, _LINE)} *({meant})*{after}"
            line = Entry(text, weight, group, not change.long and _is_cut(change.clause))
            changes[line] = (telling, change)
            yield line
    yield from _unheld(telling, top)
    yield from _findings(telling, top, linking)


def _unheld(telling: Telling, top: Part) -> Iterator[Entry]:
    """The accepted changes that do not hold."""
    group = Part(("### Godtagna ändringar som inte håller", ""), ("",), top)
    for finding in telling.unheld:
        told = f"{finding_line(finding, in_repository)} {finding.remedy}"
        yield Entry(f"- {clipped(told, _LINE)}", (6, 0), group, _is_cut(told))


def _is_cut(text: str) -> bool:
    """Whether a line has not room for it."""
    return clipped(text, _LINE) != escape(text)


def _narrows(change: Change) -> bool:
    return any(judgement.verdict == "narrower" for judgement in change.judgements)


def _findings(telling: Telling, top: Part, linking: _Linking) -> Iterator[Entry]:
    if telling.findings is None:
        return
    group = Part(("### Fynd", ""), ("",), top)
    yield Entry(f"{escape(telling.findings_closing)}\n", (0, 1), group)
    open_ = [finding for finding in telling.findings.introduced if finding.waived is None]
    first = {
        id(finding)
        for finding in sorted(open_, key=lambda f: LEVELS.index(f.level))[:FIRST_FINDINGS]
    }
    for word, findings in (
        ("Nytt", telling.findings.introduced),
        ("Borta", telling.findings.removed),
    ):
        for finding in findings:
            rank = 6 if word == "Nytt" else 7
            weight = (3 if id(finding) in first else rank, LEVELS.index(finding.level))
            told = finding_line(finding, in_repository)
            to = linking.to(finding.path, finding.span.line) if word == "Nytt" else ""
            link = f" [rad {finding.span.line}]({to})" if to else ""
            text = f"- **{word}:** {clipped(told, _LINE)}{link}"
            yield Entry(text, weight, group, _is_cut(told))


def _section(telling: Telling, section: str, number: int, top: Part, *, folded: bool) -> Part:
    opening, name = clipped(telling.opening, _NAME), clipped(section, _NAME, in_html=folded)
    if not folded:
        return Part((f"### {name}", "", opening, ""), ("",), top)
    summary = f"<summary>{name}: {counted(number, 'ändring', 'ändringar')}</summary>"
    return Part(("<details>", summary, "", opening, ""), ("", "</details>", ""), top)


def _texts(shown: dict[Entry, Change], room: int) -> tuple[dict[Entry, str], int]:
    """The long texts that there is ``room`` for, the gravest change's first, and how many are cut
    or left out."""
    texts: dict[Entry, str] = {}
    long = sorted(
        (line for line, change in shown.items() if change.long), key=lambda line: line.weight
    )
    for place, line in enumerate(long):
        text, is_whole = _word_by_word(shown[line], room - len("\n  > "))
        if not is_whole and len(text) < _SHORTEST:
            return texts, len(long) - place
        texts[line] = text
        room -= len(text) + len("\n  > ")
        if not is_whole:
            return texts, len(long) - place
    return texts, 0


def _tail(
    lines: Sequence[Entry],
    taken: dict[Entry, None],
    changes: dict[Entry, tuple[Telling, Change]],
    texts: int,
) -> Iterator[str]:
    """How much is left out."""
    out = [line for line in lines if line not in taken]
    narrower = sum(_narrows(changes[line][1]) for line in out if line in changes)
    counts = [
        (sum(line.weight == (0, 0) for line in out), "kommun", "kommuner"),
        (sum(line in changes for line in out), "ändring", "ändringar"),
        (sum(line.weight[0] == 1 for line in out), "beslut", "beslut"),
        (sum(line.weight[0] in (3, 6, 7) for line in out), "fynd", "fynd"),
        (texts, "lång text", "långa texter"),
        (sum(line.cut for line in taken), "rad", "rader"),
    ]
    told = [counted(number, one, many) for number, one, many in counts if number]
    if told:
        graver = f", {narrower} av dem snävare för den enskilde" if narrower else ""
        yield (
            f"Utelämnat eller avkortat, för att rymmas: {', '.join(told)}{graver}. Hela listan "
            "ges av `insatskoll diff`."
        )
    yield from [""] if told else []


def _word_by_word(change: Change, room: int) -> tuple[str, bool]:
    """The text with what has gone and come marked, cut to ``room`` characters, and whether it is
    whole."""
    tags = {"removed": ("<del>", "</del>"), "added": ("<ins>", "</ins>"), "same": ("", "")}
    parts: list[str] = []
    for kind, text in word_diff.compare(
        *(phrases.på_en_rad(side) for side in (change.before, change.after))
    ):
        before, after = tags[kind]
        first, last = (" " if edge.isspace() else "" for edge in (text[:1], text[-1:]))
        part = f"{first}{before}{escape(text)}{after}{last}" if text.strip() else " "
        if len(part) > room:
            left = room - len(before) - len(after) - 2
            return "".join(
                [*parts, *([f"{first}{before}{clipped(text, left)}{after}"] if left > 1 else [])]
            ), False
        parts.append(part)
        room -= len(part)
    return "".join(parts), True
