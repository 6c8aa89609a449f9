"""Which entries of a document are insatser, chapters of them, guidelines and analyses.

An insats is a heading whose labels follow the pattern that the document's own insatser have, or a
row of a table. What comes before the first is the introduction and guidelines. A line that only
looks like a heading and stands in the middle of an unfinished insats is part of its text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from insatskoll.importing import labels, tables
from insatskoll.importing.blocks import Spot
from insatskoll.importing.outline import Entry, Kind, of_text
from insatskoll.patterns import later

# What a heading means that is no label of an insats.
SECTIONS = frozenset(
    ("inledning", "riktlinje", "analys", "historik", "innehållsförteckning", "matris")
)
_COMMON = 0.5  # of the insatser that have a label which belongs to the pattern
_LIKE = 0.5  # of the pattern that an insats has
_PAGE = later(r"(?:sida?\s*)?\d{1,3}(?:\s*(?:\(|av|/)\s*\d{1,3}\)?)?", re.IGNORECASE)
_NUMBER = later(r"^\d+(?:\.\d+)*\.?\s+(?=[A-ZÅÄÖ])")
_CHAPTER = later(
    r"(?:insatser|avdelning|verksamhetsområde|område|kapitel|del \d|övriga)\b", re.IGNORECASE
)


@dataclass(frozen=True)
class Said:
    """Words of the document and what they are said under: the meanings of the label, the label as
    written, and where. ``item`` is the depth of a point of a list, and ``under`` where the label
    stands. ``within`` is what the heading means that the label stands under."""

    meanings: tuple[str, ...]
    label: str
    words: str
    spot: Spot
    item: int | None = None
    under: Spot | None = None
    within: tuple[str, ...] = ()


@dataclass(frozen=True)
class Draft:
    """An insats as the document has it: its name, the chapter it stands in, what is said of it, and
    its parts. ``label`` is the head that its name has in a table."""

    name: str
    spot: Spot
    chapter: str = ""
    said: tuple[Said, ...] = ()
    parts: tuple[Draft, ...] = ()
    label: str = ""


@dataclass(frozen=True)
class Section:
    """A heading that is no insats, and what stands under it. ``about`` is what it means, if known:
    one of :data:`SECTIONS`."""

    heading: str
    spot: Spot
    about: str
    said: tuple[Said, ...] = ()


@dataclass(frozen=True)
class Crossed:
    """A row of a matrix: the name that it has, the units that it is marked under, each with the
    head over it, all its words, and the head over its name."""

    name: str
    spot: Spot
    units: tuple[tuple[str, str], ...]
    words: str = ""
    label: str = ""


@dataclass(frozen=True)
class Reading:
    """A document's insatser, its other sections and chapters, its matrix, and its title. ``aside``
    is what is nothing of that: heads of pages, and words under the heading of a chapter."""

    title: Said | None
    drafts: tuple[Draft, ...]
    sections: tuple[Section, ...]
    chapters: tuple[Said, ...]
    matrix: tuple[Crossed, ...]
    aside: tuple[Said, ...]

    @property
    def labels(self) -> dict[tuple[str, str], int]:
        """The labels that have become fields: as written, what each means, and how many there
        are."""
        found: Counter[tuple[str, str]] = Counter()
        heads = [*(one.label for one in self.drafts), *(one.label for one in self.matrix)]
        found.update((label, "insats") for label in heads if label)
        for draft in self.drafts:
            for part in (draft, *draft.parts):
                held = {(one.label, one.meanings, one.under) for one in part.said if one.label}
                found.update((label, " och ".join(meanings)) for label, meanings, _ in held)
        return dict(sorted(found.items()))


def unnumbered(heading: str) -> str:
    """A heading without the number that it has among the others."""
    return _NUMBER.sub("", heading)


@dataclass
class _Segment:
    """A heading and the entries under it."""

    head: Entry | None
    entries: list[Entry] = field(default_factory=list)

    @property
    def labels(self) -> list[str]:
        found = [m for e in self.entries if e.kind is Kind.LABEL for m in e.meanings]
        return [one for one in dict.fromkeys(found) if one not in SECTIONS]

    @property
    def about(self) -> str:
        if self.head is None:
            return "inledning"
        meant = self.head.meanings or labels.meanings(self.head.words)
        return next((one for one in meant if one in SECTIONS), "")

    @property
    def level(self) -> int | None:
        return self.head.level if self.head else None

    @property
    def bare(self) -> bool:
        """Whether nothing stands under the heading."""
        return not any(e.kind is not Kind.ASIDE for e in self.entries)


def read(entries: Sequence[Entry]) -> Reading:
    """Sorts a document's entries into insatser and the rest."""
    segments = _segments(entries)
    pattern = _pattern(segments)
    kinds = _Sorted(segments, pattern)
    return kinds.reading()


def _segments(entries: Sequence[Entry]) -> list[_Segment]:
    found = [_Segment(None)]
    for at, entry in enumerate(entries):
        if _PAGE.fullmatch(entry.words.strip()) and entry.kind is not Kind.ROW:
            found[-1].entries.append(Entry(Kind.ASIDE, entry.words, entry.spot))
            continue
        following = entries[at + 1] if at + 1 < len(entries) else None
        if entry.kind is Kind.HEADING or _is_section(entry, following):
            found.append(_Segment(entry))
        else:
            found[-1].entries.append(entry)
    return found


def _is_section(entry: Entry, following: Entry | None) -> bool:
    """Whether a label is the heading of something else than a field of an insats."""
    if entry.kind is not Kind.LABEL:
        return False
    if set(entry.meanings) & SECTIONS and following is not None:
        return following.spot != entry.spot
    return entry.meanings == ("insats",) and (following is None or following.spot != entry.spot)


@dataclass(frozen=True)
class _Pattern:
    """The labels that the document's insatser have, and their level if they have one."""

    core: frozenset[str]
    level: int | None
    tables: bool

    def fits(self, found: Iterable[str]) -> bool:
        return bool(self.core) and len(self.core & set(found)) >= max(1, _LIKE * len(self.core))


def _pattern(segments: Sequence[_Segment]) -> _Pattern:
    rows = sum(
        1
        for one in segments
        for e in one.entries
        if e.kind is Kind.ROW and e.row is not None and e.row.crosses is None
    )
    sure = [one for one in segments if len(one.labels) > 1 and not one.about]
    if rows and rows >= 2 * len(sure):
        return _Pattern(frozenset(), None, tables=True)
    counted = Counter(name for one in sure for name in one.labels)
    core = frozenset(name for name, many in counted.items() if many > _COMMON * len(sure))
    fitting = [one for one in sure if len(core & set(one.labels)) >= max(1, _LIKE * len(core))]
    levels = Counter(one.level for one in fitting)
    level = levels.most_common(1)[0][0] if levels else None
    return _Pattern(core, level, tables=False)


class _Sorted:
    """Goes through the segments in order and gives each its place."""

    def __init__(self, segments: Sequence[_Segment], pattern: _Pattern) -> None:
        self.segments, self.pattern = segments, pattern
        self.drafts: list[Draft] = []
        self.sections: list[Section] = []
        self.chapters: list[Said] = []
        self.matrix: list[Crossed] = []
        self.aside: list[Said] = []
        self.title: Said | None = None
        self.chapter = ""
        self.current: list[_Segment] = []  # of the insats at hand, its own first
        self.analysing: int | None = None  # the level of the analyses' heading

    def reading(self) -> Reading:
        for at, segment in enumerate(self.segments):
            self._place(at, segment)
        self._close()
        return Reading(
            self.title,
            tuple(self.drafts),
            tuple(self.sections),
            tuple(self.chapters),
            tuple(self.matrix),
            tuple(self.aside),
        )

    def _place(self, at: int, segment: _Segment) -> None:
        if segment.head is None:
            self._section(segment)
        elif self._in_analyses(segment):
            self._section(segment, "analys")
        elif segment.about and not (self.current and self._is_inner(segment)):
            self._close()
            self._section(segment)
        elif self.current and (self._is_inner(segment) or self._completes(at, segment)):
            self.current.append(segment)
        elif self._is_insats(segment) or self._has_parts(at, segment):
            self._close()
            self.current = [segment]
        else:
            self._close()
            self._other(at, segment)

    def _in_analyses(self, segment: _Segment) -> bool:
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

    def _is_inner(self, segment: _Segment) -> bool:
        """Whether a heading is a smaller one than the insatser have."""
        own = self.pattern.level
        if own is None:
            return False
        return segment.level is None or segment.level > own

    def _is_insats(self, segment: _Segment) -> bool:
        if self.pattern.tables:
            return False
        own = self.pattern.level
        if own is not None and segment.level is not None and segment.level != own:
            return False
        if own is not None and segment.level == own and (self.drafts or self.chapters):
            return not segment.bare
        return self.pattern.fits(segment.labels)

    def _has_parts(self, at: int, segment: _Segment) -> bool:
        """Whether a bare heading as large as those of the insatser stands over smaller ones."""
        own = self.pattern.level
        following = self.segments[at + 1] if at + 1 < len(self.segments) else None
        if own is None or segment.level != own or following is None or not segment.bare:
            return False
        return following.level is not None and following.level > own

    def _completes(self, at: int, segment: _Segment) -> bool:
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

    def _other(self, at: int, segment: _Segment) -> None:
        """A heading that is no insats: the title, a chapter, or a section."""
        assert segment.head is not None
        said = Said((), "", segment.head.words, segment.head.spot)
        following = self.segments[at + 1] if at + 1 < len(self.segments) else None
        rows = any(e.kind is Kind.ROW for e in segment.entries)
        leads = following is not None and self._is_insats(following)
        if self.title is None and not self.drafts and not self.sections:
            self.title = said
            if rows:
                self._under_chapter(segment)
            else:
                self._section(segment, heading="")
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

    def _says_chapter(self, segment: _Segment) -> bool:
        assert segment.head is not None
        return bool(_CHAPTER.match(labels.plain(segment.head.words)))

    def _leads_on(self, at: int) -> bool:
        """Whether a bare heading stands over another that leads to an insats."""
        for one in self.segments[at + 1 :]:
            if self._is_insats(one):
                return True
            if not one.bare or one.about:
                return False
        return False

    def _under_chapter(self, segment: _Segment) -> None:
        for entry in segment.entries:
            if entry.kind is Kind.ROW and entry.row is not None:
                self._row(entry.row)
            elif entry.words:
                self.aside.append(Said(entry.meanings, "", entry.words, entry.spot))

    def _row(self, row: tables.Row) -> None:
        if row.crosses is not None:
            crossed = Crossed(row.name, row.spot, row.crosses, row.said, row.label)
            self.matrix.append(crossed)
            return
        said = [one for cell in row.fields for one in _of_cell(cell)]
        self.drafts.append(Draft(row.name, row.spot, self.chapter, tuple(said), label=row.label))

    def _section(self, segment: _Segment, about: str = "", heading: str | None = None) -> None:
        head = segment.head
        named = head.words if head is not None and heading is None else heading or ""
        said = []
        for entry in segment.entries:
            if entry.kind is Kind.ROW and entry.row is not None:
                self._row(entry.row)
            elif entry.kind is Kind.ASIDE:
                self.aside.append(Said((), "", entry.words, entry.spot))
            else:
                said.append(Said(entry.meanings, "", entry.words, entry.spot, entry.item))
        spot = head.spot if head is not None else Spot(1)
        if said or (named and heading is None):
            after = "efter" if self.drafts and self.pattern.level is None else ""
            told = about or segment.about or after
            self.sections.append(Section(named, spot, told, tuple(said)))

    def _close(self) -> None:
        if not self.current:
            return
        own, *inner = _outside(self.current)
        assert own.head is not None
        said = list(_said(own.entries, self.aside))
        parts = []
        for segment in inner:
            assert segment.head is not None
            told = tuple(_said(segment.entries, self.aside))
            if self.pattern.level is not None and (told or segment.labels):
                parts.append(Draft(segment.head.words, segment.head.spot, "", told))
                continue
            before = said[-1] if said else Said((), "", "", segment.head.spot)
            line = Said((), "", segment.head.words, segment.head.spot)
            said.append(_under(line, before))
            said += [_under(one, before) for one in told]
        said, parts = _of_parts(said, parts)
        self.drafts.append(
            Draft(own.head.words, own.head.spot, self.chapter, tuple(said), tuple(parts))
        )
        self.current = []


def _outside(segments: Sequence[_Segment]) -> list[_Segment]:
    """An insats and its parts, where a heading as large as those of the insats ends a part."""
    own, *inner = segments
    back: list[Entry] = []
    made: list[_Segment] = []
    for segment in inner:
        level = segment.level
        end = next(
            (
                at
                for at, entry in enumerate(segment.entries)
                if level is not None
                and entry.kind is Kind.LABEL
                and entry.level is not None
                and entry.level < level
            ),
            len(segment.entries),
        )
        back += segment.entries[end:]
        made.append(_Segment(segment.head, segment.entries[:end]))
    return [_Segment(own.head, [*own.entries, *back]), *made]


def _of_parts(said: Sequence[Said], parts: Sequence[Draft]) -> tuple[list[Said], list[Draft]]:
    """What is said of the insats, without what names one of its parts first: that is the part's."""
    names = sorted((part.name for part in parts), key=len, reverse=True)
    theirs: dict[str, list[Said]] = {}
    rest = [one for one in said if not _moved(one, names, theirs)]
    kept = {part.name: [o for o in part.said if not _moved(o, names, theirs)] for part in parts}
    made = [replace(part, said=(*kept[part.name], *theirs.get(part.name, ()))) for part in parts]
    return rest, made


def _moved(one: Said, names: Sequence[str], theirs: dict[str, list[Said]]) -> bool:
    """Whether what is said begins with the name of a part, and has been put among what is said of
    that."""
    name = next((n for n in names if re.match(rf"{re.escape(n)}[:.]? ", one.words)), None)
    if name is None or not (one.item is not None or "dokumentation" in one.meanings):
        return False
    words = one.words[len(name) :].lstrip(":. ")
    moved = replace(one, meanings=("dokumentation",), label=name, words=words, item=None)
    theirs.setdefault(name, []).append(replace(moved, under=one.spot))
    return True


def _under(one: Said, before: Said) -> Said:
    """A text under a line that is no heading: it is said under the label before that."""
    if one.meanings:
        return one
    return replace(one, meanings=before.meanings, label=before.label, under=before.under)


def _said(entries: Iterable[Entry], aside: list[Said]) -> Iterator[Said]:
    """What the entries under one heading say, each under its label."""
    meant: tuple[str, ...] = ()
    label = ""
    under: Spot | None = None
    within: tuple[str, ...] = ()
    empty: Said | None = None
    for entry in entries:
        if entry.kind is Kind.ASIDE:
            aside.append(Said((), "", entry.words, entry.spot))
        elif entry.kind is Kind.LABEL:
            meant, label, under = entry.meanings, entry.words, entry.spot
            within = meant if entry.level is not None else within
            empty = Said(meant, label, "", entry.spot, None, under, within)
        elif entry.kind is Kind.ROW and entry.row is not None:
            for cell in entry.row.fields:
                yield from _of_cell(cell)
        else:
            empty = None
            yield Said(meant, label, entry.words, entry.spot, entry.item, under, within)
    if empty is not None:
        yield empty


def _of_cell(cell: tables.Field) -> Iterator[Said]:
    """What a cell says: under its column's head, and under the labels within it."""
    meant, label, under = cell.meanings, cell.label, cell.spot
    for text in cell.texts:
        for entry in of_text(text):
            if entry.kind is Kind.LABEL:
                meant, label, under = entry.meanings, entry.words, entry.spot
            else:
                yield Said(meant, label, entry.words, entry.spot, entry.item, under)
