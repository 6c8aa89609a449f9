"""Two texts compared word by word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

from insatskoll.patterns import later

# A word goes with the space after it, so that spaces are not matched as words.
_WORDS = later(r"\w+\s*|[^\w\s]\s*|\s+")
_SENTENCES = later(r"[^.!?\n]+(?:[.!?]+\s*|\n+|$)|[.!?\n]+\s*")
# What may be compared: tokens times tokens, and pairs of equal tokens. Together some tenths of a
# second.
_MOST_TOKENS, _MOST_PAIRS = 2_000_000, 100_000


Step = tuple[Literal["replace", "delete", "insert", "equal"], int, int, int, int]


class Piece(NamedTuple):
    """A stretch of text that both have, or that only the old or only the new has."""

    kind: Literal["same", "removed", "added"]
    text: str


def compare(old: str, new: str) -> list[Piece]:
    """The pieces that make up both texts: without the added ones they are ``old``, without the
    removed ones ``new``.

    Very long texts are compared sentence by sentence instead, and if that is too much they are told
    as replaced.
    """
    for unit in (_WORDS, _SENTENCES):
        before, after = unit.findall(old), unit.findall(new)
        start, end = _in_common(before, after)
        left, right = before[start : len(before) - end], after[start : len(after) - end]
        if pieces := _pieces(left, right):
            break
    else:
        pieces = [Piece("removed", "".join(left)), Piece("added", "".join(right))]
    return _tidy(
        [
            Piece("same", "".join(before[:start])),
            *pieces,
            Piece("same", "".join(before[len(before) - end :])),
        ]
    )


def steps(left: Sequence[str], right: Sequence[str]) -> list[Step]:
    """How one row of words becomes another, as difflib tells it. In rows that are too long for that
    all is replaced that stands between what they begin and what they end with in common."""
    if not _takes_long(left, right):
        return SequenceMatcher(None, left, right, autojunk=False).get_opcodes()
    start, end = _in_common(left, right)
    last, other = len(left) - end, len(right) - end
    found: list[Step] = [
        ("equal", 0, start, 0, start),
        ("replace", start, last, start, other),
        ("equal", last, len(left), other, len(right)),
    ]
    return [one for one in found if one[1] < one[2] or one[3] < one[4]]


def _in_common(left: Sequence[str], right: Sequence[str]) -> tuple[int, int]:
    """How many words two rows have in common at their beginning, and then at their end."""
    most = min(len(left), len(right))
    start = 0
    while start < most and left[start] == right[start]:
        start += 1
    end = 0
    while end < most - start and left[-1 - end] == right[-1 - end]:
        end += 1
    return start, end


def _takes_long(left: Sequence[str], right: Sequence[str]) -> bool:
    return len(left) * len(right) > _MOST_TOKENS or _equal_pairs(left, right) > _MOST_PAIRS


def _pieces(left: list[str], right: list[str]) -> list[Piece]:
    """The pieces of two lists of tokens; none where it would take too long."""
    words, others = ([token.rstrip() for token in side] for side in (left, right))
    if _takes_long(words, others):
        return []
    pieces = [Piece("same", "")]
    for op, a, b, c, d in SequenceMatcher(None, words, others, autojunk=False).get_opcodes():
        if op == "equal":
            for word, token, other in zip(words[a:b], left[a:b], right[c:d], strict=True):
                pieces += _spaced(word, token[len(word) :], other[len(word) :])
        else:
            pieces += [Piece("removed", "".join(left[a:b])), Piece("added", "".join(right[c:d]))]
    return pieces


def _spaced(word: str, space: str, other: str) -> list[Piece]:
    """A word that both have, with the space after it on either side."""
    if space == other:
        return [Piece("same", word + space)]
    return [Piece("same", word), Piece("removed", space), Piece("added", other)]


def _equal_pairs(left: Sequence[str], right: Sequence[str]) -> int:
    words, others = Counter(left), Counter(right)
    return sum(number * others[word] for word, number in words.items())


def _tidy(pieces: list[Piece]) -> list[Piece]:
    """Between two stretches that are the same one removed and one added, and the space that both
    end with after them."""
    tidy: list[Piece] = []
    changed = {"removed": "", "added": ""}
    for piece in [*pieces, Piece("same", "")]:
        if piece.kind != "same":
            changed[piece.kind] += piece.text
            continue
        removed, added = changed["removed"], changed["added"]
        spaces = [side[len(side.rstrip()) :] for side in (removed, added)]
        space = spaces[0] if spaces[0] == spaces[1] and removed.strip() and added.strip() else ""
        found = [
            Piece("removed", removed.removesuffix(space)),
            Piece("added", added.removesuffix(space)),
        ]
        found.append(Piece("same", space + piece.text))
        for new in found:
            if new.text and tidy and tidy[-1].kind == new.kind:
                tidy[-1] = Piece(new.kind, tidy[-1].text + new.text)
            elif new.text:
                tidy.append(new)
        changed = {"removed": "", "added": ""}
    return tidy
