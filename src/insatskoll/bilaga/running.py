"""Running text as it is printed: what its lines stand for, told from where they are merely
broken."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from insatskoll.patterns import later

# A paragraph, or a list: its points, and after a point that has inner points a list of those.
Block = str | list[object]

_HYPHEN = later(r"([ \t]*)-[ \t]+(?=\S)")
# Other signs, numbers and letters that a point begins with.
_SIGN = later(
    r"\s*(?:[*+•●○▪■□◦‣⁃·∙➢✓✔|]|\d{1,2}(?:\.\d{1,2})*[.)]|\(?(?:[^\W\d_]|[ivx]{2,4}"
    r"|\d{1,2})\))\s+\S"
)
# What may as well stand in a sentence: a dash, and a letter that is short for a word.
_MAYBE_SIGN = later(r"\s*(?:[–—]|(?:[^\W\d_]|[ivx]{2,4})\.)\s+\S")
_STEP = 2  # how much further in than a point its inner points begin, at least


def blocks(text: str) -> list[Block]:
    """The paragraphs of ``text``, parted by empty lines, and the lists of its lines that begin with
    a hyphen.

    Lines that begin as points of other kinds, such as ”1.”, ”a)” and ”•”, are paragraphs of their
    own, with their signs; any other line goes on from the one before.
    """
    made: list[Block] = []
    for part in re.split(r"\n\s*\n", text):
        made += _built(_told_apart(part.split("\n")))
    return made


def is_parted(text: str) -> bool:
    """Whether ``text`` is anything else than one paragraph."""
    made = blocks(text)
    return len(made) > 1 or any(isinstance(block, list) for block in made)


def begins_with_point(text: str) -> bool:
    """Whether ``text`` has several lines, or only a point, and the first is a point of a list."""
    bare = text.strip()
    return bool(
        _HYPHEN.match(bare)
        or ("\n" in bare and (_SIGN.match(bare) or _MAYBE_SIGN.match(bare)) and is_parted(bare))
    )


def ends_with_point(text: str) -> bool:
    """Whether the last of several lines is a point of a list, which need be no sentence."""
    if "\n" not in text.strip():
        return False
    last = blocks(text)[-1]
    return isinstance(last, list) or bool(
        is_parted(text) and (_SIGN.match(last) or _MAYBE_SIGN.match(last))
    )


def _told_apart(lines: Sequence[str]) -> Iterator[tuple[int | None, str]]:
    """What begins anew, with how far in it begins if it is a point with a hyphen, and the lines
    that it goes on for."""
    indent: int | None = None
    words: list[str] = []
    for number, line in enumerate(lines):
        point = _HYPHEN.match(line)
        if words and (point or _is_point(lines, number)):
            yield indent, " ".join(words)
            words = []
        if not words:
            indent = len(point[1].expandtabs()) if point else None
        words += (line[point.end() :] if point else line).split()
    if words:
        yield indent, " ".join(words)


def _is_point(lines: Sequence[str], number: int) -> bool:
    if not _MAYBE_SIGN.match(lines[number]):
        return bool(_SIGN.match(lines[number]))
    near = (lines[other] for other in (number - 1, number + 1) if 0 <= other < len(lines))
    return lines[number - 1].rstrip().endswith(":") or any(map(_MAYBE_SIGN.match, near))


def _built(told: Iterable[tuple[int | None, str]]) -> list[Block]:
    made: list[Block] = []
    # the lists that the last point is in, with how far in their points begin
    within: list[tuple[int, list[object]]] = []
    for indent, text in told:
        if indent is None:
            within = []
            made.append(text)
            continue
        while len(within) > 1 and indent < within[-1][0] and indent < within[-2][0] + _STEP:
            within.pop()
        if not within or indent >= within[-1][0] + _STEP:
            inner: list[object] = []
            (within[-1][1] if within else made).append(inner)
            within.append((indent, inner))
        within[-1] = (min(indent, within[-1][0]), within[-1][1])
        within[-1][1].append(text)
    return made
