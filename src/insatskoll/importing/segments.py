"""A document's headings with what stands under each, and the pattern that its insatser follow: the
labels that they have, and how large their headings are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from insatskoll.importing import labels
from insatskoll.importing.outline import LOOSE, UNKNOWN, Entry, Kind
from insatskoll.patterns import later
from insatskoll.values import immutable

_COMMON = 0.5  # of the insatser that have a label which belongs to the pattern
_LIKE = 0.5  # of the pattern that an insats has
_PAGE = later(r"(?:sida?\s*)?\d{1,3}(?:\s*(?:\(|av|/)\s*\d{1,3}\)?)?", re.IGNORECASE)
_DEEPEST = 99  # how deep a heading without a level is


@dataclass
class Segment:
    """A heading and the entries under it."""

    head: Entry | None
    entries: list[Entry] = field(default_factory=list)

    @property
    def labels(self) -> list[str]:
        """What the labels under the heading mean, without those of sections."""
        found = [m for e in self.entries if e.kind is Kind.LABEL for m in e.meanings]
        return [
            one
            for one in dict.fromkeys(found)
            if one not in labels.SECTIONS and one not in (LOOSE, UNKNOWN)
        ]

    @property
    def smaller(self) -> list[str]:
        """As :attr:`labels`, only of those that are smaller than the heading."""
        held = [e for e in self.entries if e.level is None or e.level > (self.level or 0)]
        return Segment(self.head, held).labels

    @property
    def about(self) -> str:
        """Which of :data:`labels.SECTIONS` the heading begins, if any."""
        if self.head is None:
            return "inledning"
        meant = self.head.meanings or labels.meanings(self.head.words)
        return next((one for one in meant if one in labels.SECTIONS), "")

    @property
    def common(self) -> tuple[str, ...]:
        """What the heading means where it is a label as large as the names of insatser: what is
        said of them all."""
        head = self.head
        labelled = head is not None and head.kind is Kind.LABEL and not self.about
        return head.meanings if head is not None and labelled else ()

    @property
    def level(self) -> int | None:
        """The heading's level."""
        return self.head.level if self.head else None

    @property
    def bare(self) -> bool:
        """Whether nothing stands under the heading."""
        return not any(e.kind is not Kind.ASIDE for e in self.entries)


@immutable
class Pattern:
    """The labels that the document's insatser have, and their level if they have one; or whether
    they are rows of tables, or ``prose`` under headings."""

    core: frozenset[str]
    level: int | None
    tables: bool
    prose: bool = False

    def fits(self, found: Iterable[str]) -> bool:
        """Whether an insats may have the labels ``found``."""
        return bool(self.core) and len(self.core & set(found)) >= max(1, _LIKE * len(self.core))


def split(entries: Sequence[Entry]) -> tuple[list[Segment], Pattern]:
    """The segments of a document, and the pattern of its insatser. Where their labels are smaller
    than their names, or rows of tables, a label that is as large as those, or a heading, begins a
    segment of its own."""
    found = _segments(entries)
    sure = [one for one in found if len(one.labels) > 1 and not one.about]
    within = [one for one in sure if len(one.smaller) > 1]
    pattern = _pattern(found, sure)
    if pattern.tables:
        return _segments(entries, _DEEPEST), pattern
    if len(within) * 2 < len(sure):
        return found, pattern
    pattern = _pattern(found, within)
    return _segments(entries, pattern.level), pattern


def _segments(entries: Sequence[Entry], level: int | None = None) -> list[Segment]:
    found = [Segment(None)]
    for at, entry in enumerate(entries):
        if _PAGE.fullmatch(entry.words.strip()) and entry.kind is not Kind.ROW:
            found[-1].entries.append(Entry(Kind.ASIDE, entry.words, entry.spot))
            continue
        following = entries[at + 1] if at + 1 < len(entries) else None
        if entry.kind is Kind.HEADING or _is_section(entry, following, level):
            found.append(Segment(entry))
        else:
            found[-1].entries.append(entry)
    return found


def _is_section(entry: Entry, following: Entry | None, level: int | None) -> bool:
    """Whether a label is the heading of something else than a field of an insats."""
    if entry.kind is not Kind.LABEL:
        return False
    alone = following is None or following.spot != entry.spot
    if level is not None and entry.level is not None and entry.level <= level:
        return True
    if set(entry.meanings) & labels.SECTIONS and following is not None:
        return alone
    return entry.meanings == ("insats",) and alone


def _pattern(segments: Sequence[Segment], sure: Sequence[Segment]) -> Pattern:
    rows = sum(
        1
        for one in segments
        for e in one.entries
        if e.kind is Kind.ROW and e.row is not None and e.row.crosses is None
    )
    if rows and rows >= 2 * len(sure):
        return Pattern(frozenset(), None, tables=True)
    counted = Counter(name for one in sure for name in one.labels)
    core = frozenset(name for name, many in counted.items() if many > _COMMON * len(sure))
    fitting = [one for one in sure if len(core & set(one.labels)) >= max(1, _LIKE * len(core))]
    return Pattern(core, _level(fitting), tables=False)


def _level(fitting: Sequence[Segment]) -> int | None:
    """The level of the insatser: the largest that many of those have that tell whom they are for;
    parts of insatser are smaller, and seldom do."""
    telling = [one for one in fitting if "målgrupp" in one.labels] or fitting
    levels = Counter(one.level for one in telling)
    most = max(levels.values(), default=0)
    many = [level for level, times in levels.items() if times * 2 >= most]
    return min(many, key=lambda level: _DEEPEST if level is None else level, default=None)
