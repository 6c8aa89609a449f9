"""A text as the editor has it: its lines and columns, counted as the protocol counts them.

A line ends at LF, CR LF or CR and nowhere else, and a column counts code units of the encoding that
the editor and the server have agreed on, most often UTF-16: å is one, an emoji two.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property

from lsprotocol import types

from insatskoll.reading.places import Span
from insatskoll.values import immutable

_BREAK = re.compile("\r\n|\n|\r")
_UNITS = {"utf-16": ("utf-16-le", 2), "utf-8": ("utf-8", 1), "utf-32": ("utf-32-le", 4)}


@immutable
class Text:
    """The ``source`` of a file, whose columns are counted in the units of an ``encoding``."""

    source: str
    encoding: str = "utf-16"

    @cached_property
    def starts(self) -> list[int]:
        """Where each line begins."""
        return [0, *(found.end() for found in _BREAK.finditer(self.source))]

    def line(self, number: int) -> str:
        """A line, from 0, without its end; empty if there is none."""
        if not 0 <= number < len(self.starts):
            return ""
        start = self.starts[number]
        after = self.starts[number + 1] if number + 1 < len(self.starts) else len(self.source)
        return self.source[start:after].rstrip("\r\n")

    def offset(self, position: types.Position) -> int:
        """The character at a position; the last of the line, or of the text, if it is past it."""
        number, column = int(position.line), int(position.character)
        if number >= len(self.starts):
            return len(self.source)
        start, line = self.starts[number], self.line(number)
        if self.encoding == "utf-32" or line.isascii():
            return start + min(column, len(line))
        taken = 0
        for before, character in enumerate(line):
            if taken >= column:
                return start + before
            taken += self._units(character)
        return start + len(line)

    def position(self, offset: int) -> types.Position:
        """Where the character at ``offset`` stands."""
        number = bisect_right(self.starts, max(0, offset)) - 1
        return types.Position(number, self._units(self.source[self.starts[number] : offset]))

    def range(self, start: int, end: int) -> types.Range:
        """From one character to another."""
        return types.Range(self.position(start), self.position(end))

    def span(self, span: Span) -> types.Range:
        """A stretch that the reader or a rule has told of, which is as long as the text allows."""
        return self.range(
            self._index(span.line, span.column), self._index(span.end_line, span.end_column)
        )

    def _index(self, line: int, column: int) -> int:
        if line > len(self.starts):
            return len(self.source)
        return self.starts[line - 1] + min(column - 1, len(self.line(line - 1)))

    def _units(self, text: str) -> int:
        if text.isascii():
            return len(text)
        codec, size = _UNITS.get(self.encoding, _UNITS["utf-16"])
        return len(text.encode(codec, "surrogatepass")) // size

    def changed(self, change: types.TextDocumentContentChangeEvent) -> Text:
        """The text after a change that the editor tells of: a part of it, or all."""
        if not isinstance(change, types.TextDocumentContentChangePartial):
            return Text(change.text, self.encoding)
        start, end = (self.offset(one) for one in (change.range.start, change.range.end))
        new = self.source[:start] + change.text + self.source[max(start, end) :]
        return Text(new, self.encoding)

    def replaced_by(self, new: str) -> list[types.TextEdit]:
        """The one edit that makes ``new`` of the text, no longer than it need be; none if it is the
        same."""
        old = self.source
        if old == new:
            return []
        most = min(len(old), len(new))
        first = next((n for n in range(most) if old[n] != new[n]), most)
        last = next((n for n in range(most - first) if old[-1 - n] != new[-1 - n]), most - first)
        return [types.TextEdit(self.range(first, len(old) - last), new[first : len(new) - last])]
