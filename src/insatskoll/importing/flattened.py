"""Makes tables again of those that a format without tables has laid out as text, cell after cell.

Such a table begins with the heads of its columns, and its cells come in order, row by row, with an
empty line between most of them. What a row begins with is told by what a column's cells are like
throughout: a label in them, or yes and no.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from insatskoll.importing import documented, labels, values
from insatskoll.importing.blocks import Block, Cell, Style, Table, Text
from insatskoll.patterns import later

_FEWEST_ROWS = 2
_FEWEST = 4  # columns that a row of heads has, where it is told by their names alone
_HEAD = 6  # pieces that the heads may be laid out in
_NAME = 12  # words of a name
_OFTEN = 3  # rows that have the same cell
_ENDED = (".", "!", "?", ":", ";")
_YES = later(r"(?P<before>.*?)\b(?P<answer>[Jj]a|[Nn]ej)\b\.?(?=\s|$)\s*(?P<rest>.*)", re.DOTALL)
_SENTENCE = later(r"(?<=[\w)\].]) (?=(?:[A-ZÅÄÖ][a-zåäöé]+|[A-ZÅÄÖ]) )")
_SECTION = later(r"(?:[Bb]ilaga \d|BILAGA \d|\d+(?:\.\d+)*\s+[A-ZÅÄÖ]{3,})")
_REFERS = later(r"(?:detta|det|den|de|därför|därmed|dessutom|även|också)\s", re.IGNORECASE)
_CUT = later(r"\d\s?[-–]$")


@dataclass
class _Row:
    """A row in the making: its name, and the texts of each column."""

    name: str
    first: Text
    cells: dict[int, list[Text]] = field(default_factory=dict)


def tables(blocks: Sequence[Block]) -> list[Block]:
    """The blocks, with a table in the place of every one that is laid out as text."""
    if any(isinstance(block, Table) for block in blocks):
        return list(blocks)
    texts = _joined(blocks)
    found: list[Block] = []
    at = done = 0
    while at < len(texts):
        heads, after = _heads(texts, at)
        rows, again, end = _rows(texts, at, after, heads) if heads else ([], [], at)
        if len(rows) < _FEWEST_ROWS:
            at += 1
            continue
        found += [block for block in blocks if done <= block.spot.paragraph < _line(texts, at)]
        found += [replace(text, style=Style.MARGIN) for text in texts[at:after]]
        found += again
        found.append(_table(rows, heads, texts[at]))
        at, done = end, _line(texts, end)
    return [*found, *(block for block in blocks if block.spot.paragraph >= done)]


def _line(texts: Sequence[Text], at: int) -> int:
    return texts[at].spot.paragraph if at < len(texts) else texts[-1].spot.paragraph + 1


def _joined(blocks: Sequence[Block]) -> list[Text]:
    """The texts, with what a narrow column has cut put together: ”3-” and ”12 år”, and lines that
    follow one another without an end."""
    found: list[Text] = []
    last = 0
    for block in blocks:
        if not isinstance(block, Text) or block.style is Style.MARGIN:
            continue
        before = found[-1] if found else None
        near = block.spot.paragraph - last == 1 and not lines_apart(block.words)
        if before is not None and _CUT.search(before.words) and block.words[:1].isdigit():
            found[-1] = replace(before, words=before.words + block.words)
        elif before is not None and near and not _ended(before.words):
            found[-1] = replace(before, words=f"{before.words} {block.words}")
        else:
            found.append(block)
        last = block.spot.paragraph
    return found


def lines_apart(words: str) -> bool:
    """Whether a line begins something of its own: a numbered heading, or the heads of columns."""
    return bool(_SECTION.match(words)) or bool(labels.columns(words))


def _heads(texts: Sequence[Text], at: int) -> tuple[list[tuple[tuple[str, ...], str]], int]:
    """The heads that begin at a text, what each means and its words, and where they end."""
    found: list[tuple[tuple[str, ...], str]] = []
    index = at
    for index in range(at, min(at + _HEAD, len(texts))):
        words = texts[index].words
        if found and not labels.plain(words):
            continue  # only in parentheses
        meant = labels.columns(words) if words[:1].isupper() and "." not in words[:-1] else ()
        if not meant:
            break
        found += [(one, " ".join(one)) for one in meant]
    columns = [name for one, _ in found for name in one]
    if len(found) < _FEWEST or len(set(columns)) < len(columns):
        return [], at
    if "insats" not in columns:
        found = [(("insats",), "insats"), *found]
    return found, index


def _table(rows: Sequence[_Row], heads: Sequence[tuple[tuple[str, ...], str]], at: Text) -> Table:
    made = [tuple(Cell((Text(words, at.spot),)) for _, words in heads)]
    for row in rows:
        name = Text(row.name, row.first.spot)
        made.append(
            (Cell((name,)), *(Cell(tuple(row.cells.get(n, ()))) for n in range(1, len(heads))))
        )
    return Table(tuple(made), at.spot, 1)


def _rows(
    texts: Sequence[Text], head: int, at: int, heads: Sequence[tuple[tuple[str, ...], str]]
) -> tuple[list[_Row], list[Text], int]:
    """The rows under the heads, which stand from ``head`` to ``at``; those again on other pages;
    and where the table ends."""
    columns = [one for one, _ in heads]
    end = next((n for n in range(at, len(texts)) if _SECTION.match(texts[n].words)), len(texts))
    again = [_letters(text) for text in texts[head:at]]
    body: list[Text] = []
    repeated: list[Text] = []
    n = at
    while n < end:
        if [_letters(text) for text in texts[n : n + len(again)]] == again:
            held = texts[n : n + len(again)]
            repeated += [replace(text, style=Style.MARGIN) for text in held]
            n += len(again)
        else:
            body.append(texts[n])
            n += 1
    yes = next((n for n, one in enumerate(columns) if "individnivå" in one), None)
    if yes is not None:
        return list(_by_answers(body, columns, yes)), repeated, end
    return list(_by_labels(body, columns)), repeated, end


def _letters(text: Text) -> str:
    return re.sub(r"\W", "", text.words).casefold()


def _by_answers(
    whole: Sequence[Text], columns: Sequence[tuple[str, ...]], yes: int
) -> Iterator[_Row]:
    """Rows of a table with a column of yes and no: each has one, and the next row's name comes
    after what the answer's piece ends with."""
    way = next((n for n, one in enumerate(columns) if "ingång" in one), None)
    row: _Row | None = None
    answered = True
    for text in whole:
        match = _YES.match(text.words)
        before = match["before"].strip() if match else ""
        fits = match is not None and (not before or (way is not None and _is_way(before)))
        if match is None or not fits or answered:
            name, rest = _name(text.words)
            if answered and row is not None and _REFERS.match(text.words):
                _add(row, len(columns) - 1, text.words, text)
            elif answered:
                if row is not None:
                    yield row
                row, answered = _Row(name, text), False
                _add(row, 1, rest, text)
            elif row is not None:
                to = way if way is not None and _is_way(text.words) and 1 in row.cells else 1
                _add(row, to, text.words, text)
            continue
        assert row is not None
        if before and way is not None:
            _add(row, way, before, text)
        _add(row, yes, match["answer"], text)
        _add(row, min(yes + 1, len(columns) - 1), match["rest"], text)
        answered = True
    if row is not None:
        yield row


def _is_way(words: str) -> bool:
    shown = values.first("ingång", words)
    return shown is not None and shown.start < 8 and len(words.split()) < 22


def _name(words: str) -> tuple[str, str]:
    """The name that a row begins with, and the rest: the next cell begins with a capital, which is
    no abbreviation's."""
    for match in _SENTENCE.finditer(words):
        before, after = words[: match.start()], words[match.end() :]
        first = after.split(" ", 1)[0]
        if len(before.split()) > _NAME:
            break
        if not (first.isupper() and len(first) > 1):
            return before, after
    if len(words.split()) <= _NAME and not words.rstrip().endswith(_ENDED):
        return words, ""
    return _known_name(words)


def _known_name(words: str) -> tuple[str, str]:
    """The name of a row whose next cell begins in small letters: the word that says what kind of
    insats it is, which a name ends with."""
    first, _, rest = words.partition(" ")
    return (first, rest) if values.first("insatstyp", first) else (words, "")


def _add(row: _Row, column: int, words: str, text: Text) -> None:
    if words.strip():
        row.cells.setdefault(column, []).append(Text(words.strip(), text.spot))


def _by_labels(whole: Sequence[Text], columns: Sequence[tuple[str, ...]]) -> Iterator[_Row]:
    """Rows of a table whose second column begins with a label: the name is what stands before."""
    wanted = set(columns[1])
    starts = [_labelled(text, wanted) for text in whole]
    firsts = [n for n, one in enumerate(starts) if one is not None and one[2] == columns[1][0]]
    bounds = [_name_from(whole, n, starts) for n in firsts]
    common = Counter(text.words for text in whole)
    for at, first in enumerate(firsts):
        found = starts[first]
        assert found is not None
        begin = bounds[at]
        stop = bounds[at + 1] if at + 1 < len(firsts) else len(whole)
        name = " ".join([*(text.words for text in whole[begin:first]), found[0]]).strip()
        row = _Row(_tidied(name), whole[begin])
        _add(row, 1, found[1], whole[first])
        _fill(row, whole[first + 1 : stop], columns, common)
        yield row


def _labelled(text: Text, wanted: set[str]) -> tuple[str, str, str] | None:
    """What stands before a label of the second column, the text from it on, and what it means."""
    for match in re.finditer(r"(?:^|(?<=\s))[A-ZÅÄÖ][^\s:]*(?: [^\s:]+){0,3}:", text.words):
        for start in range(match.start(), match.end()):
            if start and text.words[start - 1] != " ":
                continue
            meant = labels.meanings(text.words[start : match.end() - 1])
            if meant and meant[0] in wanted and text.words[start].isupper():
                before = text.words[:start].strip()
                if len(before.split()) <= _NAME:
                    return before, text.words[start:], meant[0]
    return None


def _name_from(
    whole: Sequence[Text], at: int, starts: Sequence[tuple[str, str, str] | None]
) -> int:
    """Where the name of the row begins whose label stands in the text ``at``."""
    found = starts[at]
    assert found is not None
    before, begin = found[0], at
    while begin > 0 and starts[begin - 1] is None:
        started = before[:1].isupper() and not whole[begin - 1].words.rstrip().endswith("/")
        if started or len(whole[begin - 1].words.split()) > _NAME:
            break
        if documented.is_about(whole[begin - 1].words):
            break
        begin -= 1
        before = f"{whole[begin].words} {before}".strip()
    return begin


def _tidied(name: str) -> str:
    return re.sub(r"/ (?=[A-ZÅÄÖ])", "/", " ".join(name.split()))


def _fill(
    row: _Row,
    texts: Sequence[Text],
    columns: Sequence[tuple[str, ...]],
    common: Counter[str],
) -> None:
    """Gives the texts of a row their columns, in order; what goes on after the last column is the
    rest of a cell that a page has cut."""
    kinds = {name: n for n, one in enumerate(columns) for name in one}
    at, resumed = 1, 0
    for text in _apart(texts, common):
        column = resumed or _column(text, kinds, at, common)
        unended = [
            n
            for n, held in sorted(row.cells.items())
            if not _ended(held[-1].words) and n != kinds.get("utförare")
        ]
        if text.words[:1].islower() and unended and at >= max(kinds.values()) - 1:
            column = resumed = unended[0]
        if (
            column in row.cells
            and text.words[:1].islower()
            and not _ended(row.cells[column][-1].words)
        ):
            last = row.cells[column].pop()
            _add(row, column, f"{last.words} {text.words}", last)
            continue
        _add(row, column, text.words, text)
        at = max(at, column)


def _apart(texts: Sequence[Text], common: Counter[str]) -> Iterator[Text]:
    """The texts, with a cell that stands in many rows cut from the end of another."""
    often = [words for words, many in common.items() if many >= _OFTEN and len(words) > _NAME]
    for text in texts:
        end = next((one for one in often if text.words.endswith(f" {one}")), None)
        if end is None:
            yield text
            continue
        yield replace(text, words=text.words.removesuffix(end).strip())
        yield replace(text, words=end)


def _ended(words: str) -> bool:
    return words.rstrip().endswith(_ENDED)


def _column(text: Text, kinds: dict[str, int], at: int, common: Counter[str]) -> int:
    words = text.words
    lead = labels.lead(words)
    if lead is not None and lead.meanings[0] in kinds:
        return kinds[lead.meanings[0]]
    last = kinds.get("dokumentation")
    if last is not None and (documented.is_about(words) or "dokumentation" in words.casefold()):
        return last
    given = kinds.get("utförare")
    if given is not None and (common[words] > 2 or _is_body(words)) and len(words.split()) < 30:
        return given
    content = kinds.get("innehåll", 1)
    method = kinds.get("metod")
    if at <= content and (at < content or method is None):
        return content
    if method is not None and at >= content and values.first("metodord", words):
        return method
    return max(at, content) if at != given else content


def _is_body(words: str) -> bool:
    """Whether a text is nothing but the name of somebody who gives insatser."""
    return bool(
        re.search(r"\b(?:\w*kontoret|\w*förvaltning\w*|[A-ZÅÄÖ]\w+ (?:kommun|stad))\b", words)
    ) and (not re.search(r"[.!?] [A-ZÅÄÖ]", words))
