"""An insats of the segments or the row that it stands in: what is said of it under each label, and
its parts, under smaller headings or under names in bold within a text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from insatskoll.importing import outline, phrased, tables
from insatskoll.importing.blocks import Spot
from insatskoll.importing.drafts import Draft, Said
from insatskoll.importing.outline import UNKNOWN, Entry, Kind
from insatskoll.importing.segments import Segment

_DOCUMENTED = ("dokumentation", "individnivå", "motivering", "karaktär")
_OF_PART = (
    "innehåll",
    "omfattning",
    "dokumentation",
    "målgrupp",
    "villkor",
    "samtycke",
    "karaktär",
)
PART = "del"  # what the column of parts means
_FEWEST, _MOST = 2, 50  # parts of an insats


def of_segments(
    segments: Sequence[Segment], chapter: str, level: int | None, aside: list[Said]
) -> Draft:
    """The insats whose own segment is the first; ``level`` is that of insatser, if they have one.
    Heads of pages go to ``aside``."""
    own, *inner = _outside(segments)
    assert own.head is not None
    told = list(said(own.entries, aside))
    parts: list[Draft] = []
    for segment in inner:
        assert segment.head is not None
        inside = tuple(said(segment.entries, aside))
        head, spot = segment.head.words, segment.head.spot
        if level is not None and (inside or segment.labels):
            parts.append(Draft(head, spot, "", inside))
            continue
        before = told[-1] if told else Said((), "", "", spot)
        told.append(under(Said((), "", head, spot), before))
        told += [under(one, before) for one in inside]
    if parts and not _sure(parts, told):
        told += [one for part in parts for one in _unparted(part)]
        parts = []
    draft = Draft(own.head.words, own.head.spot, chapter, tuple(told), tuple(parts))
    return _with_named(_given_back(draft))


def of_row(row: tables.Row, chapter: str) -> Draft:
    """The insats that a row of a table is."""
    told: list[Said] = []
    part = ""
    for cell in row.fields:
        if cell.meanings == (PART,):
            part = " ".join(text.words for text in cell.texts)
            told.append(Said((PART,), cell.label, part, cell.spot, None, cell.spot, (), part))
        else:
            told += [replace(one, part=one.part or part) for one in of_cell(cell)]
    return _with_named(Draft(row.name, row.spot, chapter, tuple(told), label=row.label))


def said(entries: Iterable[Entry], aside: list[Said]) -> Iterator[Said]:
    """What the entries under one heading say, each under its label."""
    meant: tuple[str, ...] = ()
    label = part = ""
    under: Spot | None = None
    within: tuple[str, ...] = ()
    empty: Said | None = None
    depth: int | None = None  # of the point that the label is
    loose: bool | None = None  # whether the labels under the name of a part are no points
    for entry in entries:
        if entry.kind is Kind.ASIDE:
            aside.append(Said((), "", entry.words, entry.spot))
        elif entry.kind is Kind.LABEL:
            if empty is not None:
                yield empty
            meant, label, under = entry.meanings, entry.words, entry.spot
            within = meant if entry.level is not None else within
            depth = entry.item
            loose = depth is None if loose is None else loose
            part = part if _goes_on(entry, loose) else ""
            empty = Said(meant, label, "", entry.spot, None, under, within, part)
        elif entry.kind is Kind.ROW and entry.row is not None:
            for cell in entry.row.fields:
                yield from of_cell(cell)
        else:
            empty = None
            if named := _named(entry):
                part, loose = named, None
                if depth is not None and entry.item == depth:  # beside the label, and not under it
                    meant, label, under = (), "", None
            yield Said(meant, label, entry.words, entry.spot, entry.item, under, within, part)
    if empty is not None:
        yield empty


def _goes_on(label: Entry, loose: bool) -> bool:
    """Whether a part goes on in a label: one that is a point as the name of the part is, or, where
    its labels are no points, one of what a part may have."""
    return label.meanings[0] in _OF_PART if loose else label.item is not None


def of_cell(cell: tables.Field) -> Iterator[Said]:
    """What a cell says: under its column's head, and under the labels and the names of parts within
    it."""
    known = cell.meanings or ((UNKNOWN,) if cell.label else ())
    meant, label, under, part = known, cell.label, cell.spot, ""
    for entry in outline.of_cell(cell.texts):
        if entry.kind is Kind.LABEL:
            meant, label, under = entry.meanings, entry.words, entry.spot
        else:
            if named := _named(entry):
                part, meant, label, under = named, known, cell.label, cell.spot
            yield Said(meant, label, entry.words, entry.spot, entry.item, under, (), part)


def _named(entry: Entry) -> str:
    """The name of a part that may begin here: a point of a list, or a line of its own, in bold."""
    if not entry.bold or not (entry.item is not None or entry.kind is Kind.HEADING):
        return ""
    return entry.words.strip(" .:")


def _sure(parts: Sequence[Draft], told: Sequence[Said]) -> bool:
    """Whether what stands under smaller headings are parts: labels of their own tell so, or words
    elsewhere that begin with the name of one."""
    if len(parts) > _MOST:
        return False
    if any(one.label for part in parts for one in part.said):
        return True
    every = [*told, *(one for part in parts for one in part.said)]
    return any(_begins(one, part.name) for one in every for part in parts)


def _begins(one: Said, name: str) -> bool:
    return re.match(rf"{re.escape(name)}[:.]? ", one.words) is not None


def _unparted(part: Draft) -> Iterator[Said]:
    """What stands under a smaller heading that is no part's and means nothing known."""
    yield Said((UNKNOWN,), part.name, "", part.spot, None, part.spot)
    for one in part.said:
        yield replace(one, meanings=(UNKNOWN,), label=part.name, under=part.spot)


def _with_named(draft: Draft) -> Draft:
    """The insats with the parts that are named within its texts, and with what is said of a part by
    its name."""
    inside: dict[str, list[Said]] = {}
    for one in draft.said:
        if one.part:
            inside.setdefault(one.part, []).append(one)
    made = [
        Draft(name, held[0].spot, "", _beneath(held), label=_head(held[0]))
        for name, held in inside.items()
    ]
    own = tuple(one for one in draft.said if not one.part)
    labelled = any(one.under != held[0].under for held in inside.values() for one in held[1:])
    if (
        _FEWEST <= len(inside) <= _MOST
        and not draft.parts
        and (labelled or _sure_by_name(made, own))
    ):
        draft = replace(draft, said=own, parts=tuple(made))
    own_said, parts = _of_parts(draft.said, draft.parts)
    return replace(draft, said=tuple(own_said), parts=tuple(parts))


def _head(named: Said) -> str:
    """The head of the column that names a part; nothing where a text does."""
    return named.label if named.meanings == (PART,) else ""


def _beneath(held: Sequence[Said]) -> tuple[Said, ...]:
    """What stands under the name of a part, first in ``held``; the rest of the point that the name
    begins is no point."""
    name, *rest = held
    return tuple(replace(one, item=None) if one.item == name.item else one for one in rest)


def _sure_by_name(parts: Sequence[Draft], own: Sequence[Said]) -> bool:
    return any(_begins(one, part.name) for one in own for part in parts)


def _given_back(draft: Draft) -> Draft:
    """The insats with what its last part ends with that is said of the whole: points in the
    program's own words that name no part."""
    if not draft.parts:
        return draft
    *rest, last = draft.parts
    kept, back = list(last.said), list[Said]()
    while kept and kept[-1].item is not None and _ours(kept[-1], draft.parts):
        back.insert(0, replace(kept.pop(), meanings=(), label="", under=None))
    return replace(draft, said=(*draft.said, *back), parts=(*rest, replace(last, said=tuple(kept))))


def _ours(one: Said, parts: Sequence[Draft]) -> bool:
    if any(_begins(one, part.name) for part in parts):
        return True
    return bool(phrased.consent(one.words) or phrased.documentation(one.words))


def _outside(segments: Sequence[Segment]) -> list[Segment]:
    """An insats and its parts, where a heading as large as those of the insats ends a part."""
    own, *inner = segments
    back: list[Entry] = []
    made: list[Segment] = []
    for segment in inner:
        level = segment.level
        end = next(
            (
                at
                for at, entry in enumerate(segment.entries)
                if level is not None
                and entry.kind is Kind.LABEL
                and entry.level is not None
                and entry.level <= level
            ),
            len(segment.entries),
        )
        back += segment.entries[end:]
        made.append(Segment(segment.head, segment.entries[:end]))
    return [Segment(own.head, [*own.entries, *back]), *made]


def _of_parts(told: Sequence[Said], parts: Sequence[Draft]) -> tuple[list[Said], list[Draft]]:
    """What is said of the insats, without what names one of its parts first: that is the part's."""
    names = sorted((part.name for part in parts), key=len, reverse=True)
    theirs: dict[str, list[Said]] = {}
    rest = [one for one in told if not _moved(one, names, theirs)]
    kept = {part.name: [o for o in part.said if not _moved(o, names, theirs)] for part in parts}
    made = [replace(part, said=(*kept[part.name], *theirs.get(part.name, ()))) for part in parts]
    return rest, made


def _moved(one: Said, names: Sequence[str], theirs: dict[str, list[Said]]) -> bool:
    """Whether what is said begins with the name of a part, and has been put among what is said of
    that."""
    name = next((name for name in names if _begins(one, name)), None)
    about = next((meaning for meaning in one.meanings if meaning in _DOCUMENTED), "")
    if name is None or not (one.item is not None or about):
        return False
    words = one.words[len(name) :].lstrip(":. ")
    meanings = one.meanings if about else ("dokumentation",)
    moved = replace(one, meanings=meanings, label=name, words=words, item=None, part="")
    theirs.setdefault(name, []).append(replace(moved, under=one.spot))
    return True


def under(one: Said, before: Said) -> Said:
    """A text under a line that is no heading: it is said under the label before that."""
    if one.meanings:
        return one
    return replace(one, meanings=before.meanings, label=before.label, under=before.under)
