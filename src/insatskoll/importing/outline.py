"""From blocks to entries: headings, labels with what stands under them, texts, and rows of tables.

Nothing here knows what an insats is. A heading is one that the document has made as one, or a line
that looks like one and stands where one would; a label is what the words in ``catalogue/inläsning``
say that it is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from enum import StrEnum
from itertools import pairwise

from insatskoll.importing import flattened, labels, tables
from insatskoll.importing.blocks import Block, Spot, Style, Table, Text
from insatskoll.patterns import later
from insatskoll.values import immutable

LOOSE = "efter tabell"  # what words are said under that stand after an insats's own table
UNKNOWN = "okänd rubrik"  # what words are said under where a label means nothing known
_SEVERAL = 3  # places where a label stands
_SHORT = 80  # letters of a label
_LONGEST = 16  # words of a heading that is not made as one
_ENDED = (".", ":", ";", ",", "!")
_POINT = later(r"(?:[•●○▪■–—*-]|\d{1,2}[.)])\s+(?=\S)")
_NUMBER = later(r"\d+(?:\.\d+)*\.?\s+(?=\S)")
_END = later(r"(?:\w+: )?(?:Utkast|Förslag|Beslut)\b[^.]*, kontrollsumma\s+[0-9a-f]{12,}\s")
_DOCUMENTED = ("dokumentation", "individnivå", "motivering")  # what all asks how it is documented
_CONTENTS = later(r".*(?:\.{4,}|…{2,}|\t)\s*\d+$")


class Kind(StrEnum):
    """What an entry is."""

    HEADING = "rubrik"
    LABEL = "etikett"
    TEXT = "text"
    ROW = "rad"
    ASIDE = "vid sidan"  # heads and feet of pages, lists of contents


@immutable
class Entry:
    """A step of the document. ``level`` is a heading's, None where it only looks like one; ``gap``
    how much stands empty before it, where that is known. ``row`` is what a row of a table says.
    ``bold`` where all words are, and ``marked`` a label or
    a heading that its own form tells: bold, large or before a colon."""

    kind: Kind
    words: str
    spot: Spot
    level: int | None = None
    meanings: tuple[str, ...] = ()
    item: int | None = None
    gap: int = 0
    row: tables.Row | None = None
    bold: bool = False
    marked: bool = False


def entries(blocks: Sequence[Block]) -> tuple[Entry, ...]:
    """The entries of a document's blocks, in order."""
    joined = flattened.tables(blocks)
    body = _body_size(joined)
    again = _again(joined)
    found: list[Entry] = []
    columns: tables.Columns | None = None
    for at, block in enumerate(joined):
        if isinstance(block, Table):
            columns, rows = tables.rows(block, columns)
            found += _of_table(block, rows)
            continue
        following = joined[at + 1] if at + 1 < len(joined) else None
        if _lead(block) in again:
            found += _unknown(block)
        else:
            found += _under_label(found, block, list(of_text(block, following, body)))
    return tuple(_gaps(list(_answers(list(_named_above(found))))))


def _under_label(found: Sequence[Entry], text: Text, made: Sequence[Entry]) -> Sequence[Entry]:
    """What a text is, after what is ``found``: the first line under a label says something, also
    where it looks like a heading."""
    empty = bool(found) and found[-1].kind is Kind.LABEL and found[-1].item is None
    empty = empty and not (labels.SECTIONS | {tables.NAME}) & {*found[-1].meanings}
    looks = text.style is Style.BODY and not text.bold
    if empty and looks and len(made) == 1 and made[0].kind is Kind.HEADING:
        return [replace(made[0], kind=Kind.TEXT)]
    return made


def _again(blocks: Sequence[Block]) -> frozenset[str]:
    """What several texts begin with in bold that means nothing known: those are labels, unless a
    heading or a line in bold says the same, which is the name of something."""
    texts = [one for one in blocks if isinstance(one, Text)]
    named = {labels.plain(one.words) for one in texts if _is_bold(one) or one.level is not None}
    counted = Counter(_lead(one) for one in texts)
    several = {words for words, many in counted.items() if words and many >= _SEVERAL}
    return frozenset(words for words in several - named if not labels.meanings(words))


def _lead(text: Text) -> str:
    """The words that a text begins with in bold, as they are compared; none that end a sentence."""
    lead = text.lead.strip()
    alone = text.style is not Style.BODY or lead == text.words.strip() or lead.endswith(".")
    return "" if alone or len(lead) > _SHORT else labels.plain(lead)


def _unknown(text: Text) -> Iterator[Entry]:
    """A label that means nothing known, and what follows it in the text."""
    yield Entry(Kind.LABEL, text.lead.rstrip(" :"), text.spot, None, (UNKNOWN,))
    yield Entry(Kind.TEXT, text.words[len(text.lead) :].lstrip(" :–-"), text.spot)


def of_text(
    text: Text, following: Block | None = None, body: float | None = None
) -> Iterator[Entry]:
    """What a text is: a heading, a label with or without words of its own, or words."""
    if text.style is Style.MARGIN or _CONTENTS.fullmatch(text.words) or _END.match(text.words):
        yield Entry(Kind.ASIDE, text.words, text.spot)
        return
    level = text.level if text.style is Style.HEADING else None
    meant = labels.meanings(text.words) if not text.words.rstrip().endswith(".") else ()
    lead = labels.lead(text.words, text.lead)
    answered = lead is not None and lead.answers(level)
    if meant and not answered and (level is not None or _starts(text.words)):
        marked = _is_bold(text) or text.words.rstrip().endswith(":")
        depth = _depth(text)
        yield Entry(Kind.LABEL, text.words, text.spot, level, meant, depth, marked=marked)
        return
    if lead is not None and (level is None or (meant and answered)):
        depth = _depth(text)
        yield Entry(Kind.LABEL, lead.label, text.spot, level, lead.meanings, depth, marked=True)
        if lead.rest:
            yield Entry(Kind.TEXT, lead.rest, text.spot)
        return
    if text.style is Style.HEADING or _looks_like_heading(text, following, body):
        marked = level is not None or _stands_out(text, body)
        bold = _is_bold(text)
        yield Entry(Kind.HEADING, text.words, text.spot, level, bold=bold, marked=marked)
        return
    yield _text(text)


def _is_bold(text: Text) -> bool:
    return text.bold or (bool(text.lead) and text.lead.strip() == text.words.strip())


def of_cell(texts: Sequence[Text]) -> list[Entry]:
    """What the texts of a cell are: as :func:`of_text`, but nothing is a label that has nothing
    under it there."""
    found = [entry for text in texts for entry in of_text(text)]
    over = [entry.kind is not Kind.LABEL for entry in found[1:]] + [False]
    return [
        replace(entry, kind=Kind.TEXT, meanings=(), level=None)
        if entry.kind is Kind.LABEL and not has
        else entry
        for entry, has in zip(found, over, strict=True)
    ]


def _answers(found: Sequence[Entry]) -> Iterator[Entry]:
    """The entries, where a label with nothing under it that stands under one is what that says: the
    answer to ”Dokumentation” is ”Individnivå”."""
    filled = {
        labels.plain(entry.words)
        for entry, after in pairwise(found)
        if entry.kind is Kind.LABEL and after.kind in (Kind.TEXT, Kind.HEADING)
        and after.level is None
    }  # fmt: skip
    over: Entry | None = None
    before: Entry | None = None
    for entry in found:
        alone = before is over
        before = entry
        told = over is not None and labels.plain(entry.words) not in filled
        if over is not None and told and _is_answer(entry, over, alone):
            yield replace(entry, kind=Kind.TEXT, meanings=())
            continue
        if entry.kind is Kind.LABEL:
            over = entry
        elif entry.kind in (Kind.HEADING, Kind.ROW):
            over = None
        yield entry


def _is_answer(entry: Entry, over: Entry, alone: bool) -> bool:
    """Whether what looks like a label or a heading says what the label ``over`` it asks: that is
    one by its form, or both mean the same and nothing else stands between."""
    if entry.level is not None or entry.marked or entry.row is not None:
        return False
    form = over.level is not None or over.marked
    if entry.kind is Kind.HEADING:
        return form and alone
    if entry.kind is not Kind.LABEL or entry.meanings == (tables.NAME,):
        return False
    form = form or (over.item is None and entry.item is not None)
    return form or (alone and bool(_family(entry) & _family(over)))


def _family(entry: Entry) -> frozenset[str]:
    return frozenset("dokumentation" if one in _DOCUMENTED else one for one in entry.meanings)


def _text(text: Text) -> Entry:
    point = _POINT.match(text.words) if text.style is Style.BODY else None
    if point and not point[0][0].isdigit():
        return Entry(Kind.TEXT, text.words[point.end() :], text.spot, item=0)
    return Entry(Kind.TEXT, text.words, text.spot, item=_depth(text), bold=_is_bold(text))


def _depth(text: Text) -> int | None:
    return (text.level or 0) if text.style is Style.ITEM else None


def _starts(words: str) -> bool:
    first = words.lstrip("0123456789.() •●")[:1]
    return first.isupper()


def _body_size(blocks: Sequence[Block]) -> float | None:
    """The size that most words are set in, where sizes are known."""
    sizes: Counter[float] = Counter()
    for block in blocks:
        if isinstance(block, Text) and block.size is not None:
            sizes[block.size] += len(block.words)
    return sizes.most_common(1)[0][0] if sizes else None


def _looks_like_heading(text: Text, following: Block | None, body: float | None) -> bool:
    """Whether a text that is not made as a heading is one all the same: short, without a full stop,
    bold or large, or standing before a label or a text of its own."""
    words = text.words.strip()
    if text.style is not Style.BODY or not words or len(words.split()) > _LONGEST:
        return False
    if text.lead and not _is_bold(text):
        return False
    if (
        words.endswith(_ENDED)
        or not _starts(words)
        or (_POINT.match(words) and not _numbered(words))
    ):
        return False
    if _stands_out(text, body):
        return True
    if isinstance(following, Table):
        return body is None
    return body is None and isinstance(following, Text) and following.style is Style.BODY


def _stands_out(text: Text, body: float | None) -> bool:
    large = body is not None and text.size is not None and text.size > body * 1.08
    return text.bold or large


def _numbered(words: str) -> bool:
    found = _NUMBER.match(words)
    return found is not None and words[found.end() :][:1].isupper()


def _gaps(found: Sequence[Entry]) -> Iterator[Entry]:
    before = 0
    for entry in found:
        yield replace(entry, gap=max(0, entry.spot.paragraph - before - 1))
        before = entry.spot.paragraph


def _of_table(table: Table, rows: Sequence[tables.Row]) -> Iterator[Entry]:
    for row in rows:
        if row.heading:
            yield Entry(Kind.HEADING, row.name, row.spot, None, row=row)
        elif row.plain:
            for text in row.plain:
                yield from of_text(text)
        else:
            yield Entry(Kind.ROW, row.name, row.spot, row=row)


def _loose(found: Sequence[Entry]) -> frozenset[Entry]:
    """The texts that begin right after a table of labels without a name: they are said under none
    of those."""
    return frozenset(
        entry
        for before, entry in pairwise(found)
        if before.row is not None
        and before.kind is Kind.ROW
        and before.row.crosses is None
        and not before.row.name
        and entry.kind is Kind.TEXT
    )


def _named_above(found: Sequence[Entry]) -> Iterator[Entry]:
    """The entries, where a table of labels without a name stands under a heading as those labels
    with what they say: the heading has the name. A label that is there already begins another."""
    headed = False
    seen: set[tuple[str, ...]] = set()
    after = _loose(found)
    for entry in found:
        row = entry.row
        if entry in after:
            yield Entry(Kind.LABEL, "", entry.spot, None, (LOOSE,))
        if entry.kind is Kind.HEADING:
            headed, seen = True, set()
        if entry.kind is not Kind.ROW or row is None or row.crosses is not None or row.name:
            yield entry
            continue
        known = {field.meanings for field in row.fields if field.meanings}
        if not headed or known & seen:
            headed = False
            yield entry
            continue
        seen |= known
        for cell in row.fields:
            if cell.label:
                meant = cell.meanings or (UNKNOWN,)
                yield Entry(Kind.LABEL, cell.label, cell.spot, None, meant)
            yield from of_cell(cell.texts)
