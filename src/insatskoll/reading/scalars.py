"""From a stretch of a value to where it is written, whatever the value is written as.

YAML folds lines, takes away indentation and has signs for others. None of it touches the order of
what is not white space: the n:th such character of the value is the n:th of what is written, once
the marks of the style are passed over and each sign is taken for what it stands for.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from insatskoll.patterns import later

_WHITE = frozenset(" \t\r\n")
_BREAK = later("\r\n|[\n\r\x85\u2028\u2029]")
_HEADER = later(r"[|>][^\n]*(?:\n|\Z)")
# \x41, \u00e5 and \U0001f600 by their first letter; any other sign is of one character.
_CODES = {"x": 2, "u": 4, "U": 8}
_SIGNS = {
    "0": "\0", "a": "\a", "b": "\b", "t": "\t", "\t": "\t", "n": "\n", "v": "\v", "f": "\f",
    "r": "\r", "e": "\x1b", "N": "\x85", "_": "\xa0", "L": "\u2028", "P": "\u2029",
}  # fmt: skip


class Written:
    """How the text ``value`` is ``written``: as it stands in its file, with the marks of its
    style."""

    def __init__(self, written: str, value: str) -> None:
        self.solid = [at for at, character in enumerate(value) if character not in _WHITE]
        self.begins, self.ends = array("L"), array("L")
        self.breaks = [found.end() for found in _BREAK.finditer(written)]
        said = []
        for character, begin, end in _characters(written):
            if character not in _WHITE:
                said.append(character)
                self.begins.append(begin)
                self.ends.append(end)
        self.known = said == [value[at] for at in self.solid]

    def origin(self, start: int, end: int) -> tuple[int, int] | None:
        """Where the characters ``start`` to ``end`` of the value are written, from and to, without
        white space at either end.

        None if there is nothing else among them, or if the value is not written so.
        """
        first, last = bisect_left(self.solid, start), bisect_left(self.solid, end) - 1
        if not self.known or last < first:
            return None
        return self.begins[first], self.ends[last]

    def place(self, at: int) -> tuple[int, int]:
        """The line and the column of a place in what is written, from 0, as if it began a file."""
        line = bisect_right(self.breaks, at)
        return line, at - self.breaks[line - 1] if line else at


def _characters(written: str) -> Iterator[tuple[str, int, int]]:
    """The characters that ``written`` says, each with where it begins and ends there. White space
    may be of another kind and number than in the value."""
    match written[:1]:
        case "|" | ">":
            header = _HEADER.match(written)
            begin = header.end() if header else 1
            yield from ((written[at], at, at + 1) for at in range(begin, len(written)))
        case "'":
            yield from _single(written)
        case '"':
            yield from _double(written)
        case _:
            yield from ((character, at, at + 1) for at, character in enumerate(written))


def _single(written: str) -> Iterator[tuple[str, int, int]]:
    at, end = 1, len(written.rstrip()) - 1
    while at < end:
        length = 2 if written[at : at + 2] == "''" else 1
        yield written[at], at, at + length
        at += length


def _double(written: str) -> Iterator[tuple[str, int, int]]:
    at, end = 1, len(written.rstrip()) - 1
    while at < end:
        length = _length(written, at)
        yield _said(written[at : at + length]), at, at + length
        at += length


def _length(written: str, at: int) -> int:
    """How many characters the one at ``at`` is written with."""
    if written[at] != "\\":
        return 1
    return 2 + _CODES.get(written[at + 1 : at + 2], 0)


def _said(sign: str) -> str:
    """What a character between double quotation marks stands for."""
    if len(sign) == 1:
        return sign
    if sign[1] in _CODES:
        return chr(int(sign[2:], 16))
    return _SIGNS.get(sign[1], sign[1])
