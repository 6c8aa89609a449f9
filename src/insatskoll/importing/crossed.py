"""A matrix of insatser and units that a format without tables has laid out as lines: the names of
the units, and then for each insats its name and as many crosses as it has units.

Under which units the crosses stand is lost. The insats's own text tells, where it names exactly as
many of them as there are crosses.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from insatskoll.importing import labels
from insatskoll.importing.blocks import Block, Style, Text
from insatskoll.importing.drafts import Draft
from insatskoll.patterns import later
from insatskoll.values import immutable

_ROW = later(r"(?P<name>[A-ZÅÄÖ].*?)(?P<crosses>(?: [xX×])+)")
_FEWEST = 3  # rows of a matrix
_COMPOUND = 9  # letters of a word that is the name of nothing but a unit
_HEADS = 60  # texts before the rows that may be names of units
_PARTS = later(r"(?<=[a-zåäö0-9]) (?=[A-ZÅÄÖ](?![A-ZÅÄÖ0-9]))")
_LABEL = later(r"(?:insats|verksamhet|enhet)(?:er)?(?:\s*/\s*\w+)?\s+(?=[A-ZÅÄÖ])", re.IGNORECASE)
_ENDING = later(r"(?:erna|arna|orna|en|na|s)$")
_SEVERAL = later(r"(?:erna|arna|orna)$")
_WORD = later(r"\w+(?:-\w+)*")


@immutable
class Counted:
    """A row: the name of the insats, how many crosses it has, and where it stands."""

    name: str
    many: int
    text: Text


@immutable
class Lines:
    """A matrix of lines: its rows, the names of the units with the texts that they stand in, and
    the title that it has, if any."""

    rows: tuple[Counted, ...] = ()
    units: tuple[tuple[str, Text], ...] = ()


def parted(blocks: Sequence[Block]) -> tuple[list[Block], Lines]:
    """The blocks without the lines of a matrix, and those."""
    found = [_row(block) for block in blocks]
    at = next(
        (
            at
            for at in range(len(found) - _FEWEST + 1)
            if all(found[n] is not None for n in range(at, at + _FEWEST))
        ),
        None,
    )
    if at is None:
        return list(blocks), Lines()
    end = next((n for n in range(at, len(found)) if found[n] is None), len(found))
    begin = _title(blocks, at)
    rows = tuple(row for row in found[at:end] if row is not None)
    units = tuple(_units(blocks[begin:at]))
    heads = [block for block in blocks[begin:at] if block not in {text for _, text in units}]
    return [*blocks[:begin], *heads, *blocks[end:]], Lines(rows, units)


def _row(block: Block) -> Counted | None:
    match = _ROW.fullmatch(block.words) if isinstance(block, Text) else None
    if match is None or not isinstance(block, Text):
        return None
    return Counted(match["name"], len(match["crosses"].split()), block)


def _title(blocks: Sequence[Block], at: int) -> int:
    """Where the names of the units begin: after the nearest text that ends something, or the
    matrix's own title."""
    for n in range(at - 1, max(at - _HEADS, 0), -1):
        block = blocks[n]
        if not isinstance(block, Text) or block.words.endswith((".", ":", "!", "?")):
            return n + 1
        if "matris" in labels.meanings(block.words) or block.style is Style.MARGIN:
            return n + 1
    return at


def _units(blocks: Sequence[Block]) -> Iterator[tuple[str, Text]]:
    """The names of the units: from the text that has the label of the rows before the first."""
    texts = [block for block in blocks if isinstance(block, Text)]
    first = next((n for n, text in enumerate(texts) if _LABEL.match(text.words)), None)
    if first is None:
        return
    held: list[tuple[str, Text]] = []
    for text in texts[first:]:
        words = _LABEL.sub("", text.words) if text is texts[first] else text.words
        near = bool(held) and text.spot.paragraph - held[-1][1].spot.paragraph == 1
        if near:
            held[-1] = (f"{held[-1][0]} {words}", held[-1][1])
            held.append(("", text))
            continue
        held += [(name, text) for name in _PARTS.split(words)]
    yield from held


def meant(draft: Draft, many: int, units: Sequence[str]) -> list[str]:
    """The units that an insats names, if it names as many as it has crosses."""
    text = " ".join((draft.name, *(one.words for one in draft.said)))
    words = [match[0] for match in _WORD.finditer(text)]
    stems = [_stem(word) for word in words]
    several = {_stem(word) for word in words if _SEVERAL.search(word.casefold())}
    found = [unit for unit in units if _named(unit, words, stems, several)]
    return found if len(found) == many else []


def _named(unit: str, words: Sequence[str], stems: Sequence[str], several: set[str]) -> bool:
    own = [_stem(match[0]) for match in _WORD.finditer(unit)]
    if several & set(own):
        return True
    wanted = Counter(own)
    for at in range(len(stems) - len(own) + 1):
        there = Counter(stems[at : at + len(own)]) == wanted
        alone = words[at][:1].isupper() or len(own[0]) > _COMPOUND
        if there and (len(own) > 1 or alone):
            return True
    return False


def _stem(word: str) -> str:
    bare = word.casefold()
    return _ENDING.sub("", bare) if len(bare) > 5 else bare
