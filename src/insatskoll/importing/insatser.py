"""Which entries of a document are insatser, chapters of them, guidelines and analyses.

An insats is a heading whose labels follow the pattern that the document's own insatser have, or a
row of a table. What comes before the first is the introduction and guidelines. A line that only
looks like a heading and stands in the middle of an unfinished insats is part of its text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from insatskoll.importing import labels, parts, prose, segments, tables
from insatskoll.importing.blocks import Spot
from insatskoll.importing.drafts import Crossed, Draft, Reading, Said, Section
from insatskoll.importing.outline import Entry, Kind
from insatskoll.importing.segments import Pattern, Segment
from insatskoll.patterns import later

ENDED = "avslutad"  # what a section or a column is about that tells of what is no longer given
# What a table tells of its insatser, besides names, for its rows to be insatser that are given.
_DESCRIBED = frozenset(
    ("målgrupp", "villkor", "ålder", "lägsta ålder", "högsta ålder", "innehåll", "syfte", "mål",
     "omfattning", "dokumentation", "individnivå", "samtycke", "ingång", "metod", "avgränsning")
)  # fmt: skip
COMMON = "gemensamt"  # what a section is about that says something of all insatser
_SENDER = later(r"[A-ZÅÄÖ][\w-]+ (?:kommun|stad)")  # over the title
_FIELDS = ("ansökan", "uppföljningsintervall")  # sections that are fields of all insatser
_CHAPTER = later(
    r"(?:insatser|avdelning|verksamhetsområde|område|kapitel|del \d|övriga)\b", re.IGNORECASE
)


def read(entries: Sequence[Entry]) -> Reading:
    """Sorts a document's entries into insatser and the rest."""
    found, pattern = segments.split(entries)
    reading = _Sorted(found, pattern).reading()
    if reading.drafts or reading.analyses:
        return reading
    told = prose.pattern(found)
    return reading if told is None else _Sorted(found, told).reading()


class _Sorted:
    """Goes through the segments in order and gives each its place."""

    def __init__(self, found: Sequence[Segment], pattern: Pattern) -> None:
        self.segments, self.pattern = found, pattern
        self.together = _together(found, pattern)
        self.told = prose.beside(found, pattern)
        if pattern.prose and pattern.level is not None:
            self.together = prose.together(found, pattern.level)
        self.drafts: list[Draft] = []
        self.analyses: list[Draft] = []
        self.sections: list[Section] = []
        self.chapters: list[Said] = []
        self.matrix: list[Crossed] = []
        self.aside: list[Said] = []
        self.doubtful: list[Said] = []
        self.bare: list[tuple[Draft, Said]] = []  # rows that only have names and other columns
        self.title: Said | None = None
        self.chapter = ""
        self.current: list[Segment] = []  # of the insats at hand, its own first
        self.analysing: int | None = None  # the level of the analyses' heading
        self.analysed: int | None = None  # and of the names under it

    def reading(self) -> Reading:
        for at, segment in enumerate(self.segments):
            self._place(at, segment)
        self._close()
        if not self.drafts:
            self.drafts = [draft for draft, _ in self.bare]
        else:
            self.doubtful += [said for _, said in self.bare]
        return Reading(
            self.title,
            tuple(self.drafts),
            tuple(self.analyses),
            tuple(self.sections),
            tuple(self.chapters),
            tuple(self.matrix),
            tuple(self.aside),
            tuple(self.doubtful),
        )

    def _place(self, at: int, segment: Segment) -> None:
        if segment.head is None:
            self._section(segment)
        elif self._in_analyses(segment):
            self._analysis(segment)
        elif segment.common:
            self._common(segment)
        elif segment.about and not (self.current and self._is_inner(segment)):
            self._close()
            self._section(segment)
        elif self.current and (self._is_inner(segment) or self._completes(at, segment)):
            self.current.append(segment)
        elif self._is_insats(at) or self._has_parts(at, segment):
            self._close()
            self.current = [segment]
        else:
            self._close()
            self._other(at, segment)

    def _common(self, segment: Segment) -> None:
        """A label as large as the names of insatser: of the insats at hand, if that lacks it, or
        else of them all."""
        lacking = self.pattern.core - {name for one in self.current for name in one.labels}
        if self.current and set(segment.common) & lacking:
            assert segment.head is not None
            self.current[0].entries += [segment.head, *segment.entries]
            return
        self._close()
        self._section(segment, COMMON)

    def _in_analyses(self, segment: Segment) -> bool:
        within = self.analysing is not None and (segment.level or 0) > self.analysing
        if segment.about == "analys" and not within:
            self._close()
            if self.drafts or segment.level is not None:
                self.analysing = segment.level or 0
            return True
        if self.analysing is None:
            return False
        if segment.level is not None and segment.level <= self.analysing:
            self.analysing = None
        return self.analysing is not None

    def _is_inner(self, segment: Segment) -> bool:
        """Whether a heading is a smaller one than the insatser have."""
        own = self.pattern.level
        if own is None:
            return False
        return segment.level is None or segment.level > own

    def _analysis(self, segment: Segment) -> None:
        """A segment among the analyses: their heading, or one of them, or a line of one."""
        assert segment.head is not None
        level = segment.level
        if segment.about == "analys" and (level is None or level == self.analysing):
            self.analysed = None
            self._section(segment, "analys", analyses=True)
            return
        labelled = bool(segment.common) and self.analysed is not None
        entries = [segment.head, *segment.entries] if labelled else segment.entries
        inside = tuple(parts.said(entries, self.aside))
        if self.analyses and labelled:
            last = self.analyses.pop()
            self.analyses.append(replace(last, said=(*last.said, *inside)))
            return
        deeper = level is not None and self.analysed is not None and level > self.analysed
        unnamed = deeper or (level is None and not segment.labels)
        if self.analyses and self.analysed is not None and unnamed:
            last = self.analyses.pop()
            line = Said((), "", segment.head.words, segment.head.spot)
            more = [parts.under(one, last.said[-1]) for one in (line, *inside) if last.said]
            self.analyses.append(replace(last, said=(*last.said, *more)))
            return
        self.analysed = level or 0
        self.analyses.append(Draft(segment.head.words, segment.head.spot, "", inside))

    def _is_insats(self, at: int) -> bool:
        segment = self.segments[at]
        if self.pattern.tables:
            return False
        own = self.pattern.level
        if at in self.told:
            return True
        if self.pattern.prose:
            return at in self.together
        if own is not None and segment.level is not None and segment.level != own:
            return False
        if own is not None and segment.level == own and (self.drafts or self.chapters):
            return not segment.bare and at in self.together
        return self.pattern.fits(segment.labels)

    def _has_parts(self, at: int, segment: Segment) -> bool:
        """Whether a bare heading as large as those of the insatser stands over smaller ones."""
        own = self.pattern.level
        following = self.segments[at + 1] if at + 1 < len(self.segments) else None
        if own is None or segment.level != own or following is None or not segment.bare:
            return False
        return following.level is not None and following.level > own

    def _completes(self, at: int, segment: Segment) -> bool:
        """Whether a line that looks like a heading is only a line of the insats at hand, which
        lacks the labels that follow here."""
        if self.pattern.level is not None or self.pattern.tables:
            return False
        have = {name for one in self.current for name in one.labels}
        lacking = self.pattern.core - have
        if not lacking:
            return False
        brought: set[str] = set()
        for one in self.segments[at:]:
            if one.about or set(one.labels) & have:
                return False
            brought |= set(one.labels)
            if brought & lacking:
                return not self.pattern.core <= brought
        return False

    def _other(self, at: int, segment: Segment) -> None:
        """A heading that is no insats: the title, a chapter, or a section."""
        assert segment.head is not None
        said = Said((), "", segment.head.words, segment.head.spot)
        following = self.segments[at + 1] if at + 1 < len(self.segments) else None
        rows = any(e.kind is Kind.ROW for e in segment.entries)
        leads = following is not None and self._is_insats(at + 1)
        if self.title is None and segment.bare and _SENDER.fullmatch(segment.head.words):
            self.aside.append(said)
            return
        begun = self.drafts or any(one.heading for one in self.sections)
        if segment.head.row is None and self.title is None and not begun:
            self.title = said
            if rows:
                self._under_chapter(segment)
            else:
                self._section(segment, "inledning", heading="")
        elif (
            rows
            or (leads and (self._says_chapter(segment) or segment.bare))
            or (leads and self.drafts)
        ):
            self.chapter = segment.head.words
            self.chapters.append(said)
            self._under_chapter(segment)
        elif segment.bare and following is not None and self._leads_on(at):
            self.chapter = segment.head.words
            self.chapters.append(said)
        else:
            self._section(segment)

    def _says_chapter(self, segment: Segment) -> bool:
        assert segment.head is not None
        return bool(_CHAPTER.match(labels.plain(segment.head.words)))

    def _leads_on(self, at: int) -> bool:
        """Whether a bare heading stands over another that leads to an insats."""
        for next_at, one in enumerate(self.segments[at + 1 :], at + 1):
            if self._is_insats(next_at):
                return True
            if not one.bare or one.about:
                return False
        return False

    def _under_chapter(self, segment: Segment) -> None:
        for entry in segment.entries:
            if entry.kind is Kind.ROW and entry.row is not None:
                self._row(entry.row)
            elif entry.words:
                self.aside.append(Said(entry.meanings, "", entry.words, entry.spot))

    def _row(self, row: tables.Row, analyses: bool = False, ended: bool = False) -> None:
        if row.crosses is not None:
            crossed = Crossed(row.name, row.spot, row.crosses, row.said, row.label)
            self.matrix.append(crossed)
            return
        draft = parts.of_row(row, self.chapter)
        if analyses or _analyses(row):
            self.analyses.append(draft)
        elif ended or any(cell.meanings == (ENDED,) for cell in row.fields):
            self.doubtful.append(_whole(row))
        elif row.heads and not row.heads & _DESCRIBED:
            self.bare.append((draft, _whole(row)))
        else:
            self.drafts.append(draft)

    def _section(
        self,
        segment: Segment,
        about: str = "",
        heading: str | None = None,
        analyses: bool = False,
    ) -> None:
        head = segment.head
        named = head.words if head is not None and heading is None else heading or ""
        said = []
        for entry in segment.entries:
            if entry.kind is Kind.ROW and entry.row is not None:
                self._row(entry.row, analyses, (about or segment.about) == ENDED)
            elif entry.kind is Kind.ASIDE:
                self.aside.append(Said((), "", entry.words, entry.spot))
            else:
                said.append(Said(entry.meanings, "", entry.words, entry.spot, entry.item))
        spot = head.spot if head is not None else Spot(1)
        if said or (named and heading is None):
            after = "efter" if self.drafts and self.pattern.level is None else ""
            told = about or segment.about or after
            meant = segment.common or ((told,) if told in _FIELDS else ())
            self.sections.append(Section(named, spot, told, tuple(said), meant))

    def _close(self) -> None:
        if self.current:
            made = parts.of_segments(self.current, self.chapter, self.pattern.level, self.aside)
            running = self.pattern.prose or not any(one.label for one in made.said)
            self.drafts.append(prose.told(made) if running else made)
            self.current = []


def _together(found: Sequence[Segment], pattern: Pattern) -> frozenset[int]:
    """Which segments are as large as insatser and stand under the same larger heading as one that
    has their labels."""
    together: set[int] = set()
    group: list[int] = []
    for at, segment in enumerate((*found, Segment(None))):
        larger = segment.level is not None and segment.level < (pattern.level or 0)
        if larger or at == len(found) or segment.about == "analys":
            fits = [one for one in group if pattern.fits(found[one].labels)]
            known = [one for one in group if found[one].labels]
            # One without labels is an insats between others, and before or after them a section.
            together |= {one for one in group if fits and known[0] <= one <= known[-1]}
            group = []
        elif segment.level == pattern.level:
            group.append(at)
    return frozenset(together)


def _whole(row: tables.Row) -> Said:
    """All that a row says, each cell with its head."""
    told = [(row.label, row.name)]
    told += [(one.label, " ".join(text.words for text in one.texts)) for one in row.fields]
    words = "; ".join(f"{label}: {said}" if label else said for label, said in told if said)
    return Said((), "", words, row.spot)


def _analyses(row: tables.Row) -> bool:
    """Whether most that a row is known to say belongs to an analysis."""
    meant = [one for cell in row.fields for one in cell.meanings]
    return sum(one in labels.ANALYSIS for one in meant) * 2 > len(meant)
