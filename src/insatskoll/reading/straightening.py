"""Lines drawn in with something else than spaces, and field names with signs that do not show.

What people paste and what editors put in looks like spaces, and is not: tabs, hard spaces, signs
without width. Between the margin and the first word, around a field's name and after its colon or
its dash, each is made what it looks like. What stands in a text is left: which lines are text is
told by how far in they stand, as in YAML.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from insatskoll.patterns import later
from insatskoll.reading.hygiene import MAX_DEPTH

HARD = "\u00a0\u2007\u202f"
UNSEEN = "\u00ad\u034f\u061c\u180e\u200b-\u200f\u2060-\u2064\ufeff"
WIDTHS = (2, 4, 8)  # of a tab, as editors show it
_LINE = later(r"[^\r\n]*(?:\r\n|\r|\n)?")
_LEAD = later(f"[ \t{HARD}{UNSEEN}]*")
_BLANKS = later(r"[ \t]*")
_DASH = later(f"-([ \t{HARD}{UNSEEN}]+|$)")
_FIELD = later(
    f'([^\\s:#"\'\\[\\]{{}}&*!|>%@`,-][^:#"]{{0,80}}?)(?=:(?:[ \t{HARD}{UNSEEN}]|$)):'
    f"([ \t{HARD}{UNSEEN}]*)"
)
_BLOCK = later(r"[|>](?:([1-9])[+-]?|[+-]([1-9])?)?[ \t]*(?:#.*)?")
_QUOTED = later(r"(\"(?:\\.|[^\"\\])*\"|'[^']*')")
_FLOW_NAME = later(r"((?:^|[{,])[ \t]*)([^\s{}\[\],:#][^{}\[\],:#]{0,80}):(?=[ \t]|$)")
_COMMENT = later(r"[ \t]#")
_ODD = later(f"[\t{HARD}{UNSEEN}]")
_BLANK = later(f"[\\s{UNSEEN}]+")
_NO_WIDTH = later(f"[{UNSEEN}]")
_HARD_ONES = later(f"[{HARD}]")

IsName = Callable[[str], bool]  # whether a word can be the name of a field


class Astray(Exception):
    """A line that is drawn in with something else than spaces could be a text or a field."""


def straightened(text: str, width: int, is_name: IsName) -> str:
    """``text`` with its margins and names as they look, where a tab goes on to the next of columns
    that are ``width`` apart.

    Nothing but what looks like spaces, or like nothing, is changed. Raises :class:`Astray`.
    """
    walk = _Walk(width, is_name)
    return "".join(walk.line(found[0]) for found in _LINE.finditer(text) if found[0])


def has_odd(text: str) -> bool:
    """Whether there is anything in ``text`` that looks like a space, or like nothing, and is
    not."""
    return _ODD.search(text) is not None


def column(blanks: str, width: int, start: int = 0) -> int:
    """How far in ``blanks`` that begin in the column ``start`` lead."""
    at = start
    for one in blanks:
        if one == "\t":
            at = (at // width + 1) * width
        elif one == " " or one in HARD:
            at += 1
    return at


@dataclass
class _Walk:
    """The lines so far: how far in the innermost field or item stands (``own``), whether something
    is to follow below it (``opens``), the columns of the ``items`` around it, and the text that
    goes on: a ``block`` from the column ``content``, ``spaced`` if its first line is drawn in with
    spaces, a text in ``quotes``, or ``brackets`` that are open."""

    width: int
    is_name: IsName
    own: int = -1
    opens: bool = True
    items: list[int] = field(default_factory=list)
    block: bool = False
    content: int | None = None
    spaced: bool = False
    quotes: str = ""
    brackets: int = 0

    def line(self, line: str) -> str:
        """A line, with its end, as it should be."""
        bare = line.rstrip("\r\n")
        end, lead = line[len(bare) :], _LEAD.match(bare)
        assert lead is not None  # it asks for nothing
        said = bare[lead.end() :]
        return f"{self._line(lead[0], said)}{end}"

    def _line(self, lead: str, said: str) -> str:
        at = column(lead, self.width)
        if not said:
            return self._empty(lead, at)
        if self.block and (kept := self._in_block(lead, at, said)) is not None:
            return kept + said
        self.block = False
        if self.quotes:
            self._close_quotes(said)
            return self._quoted(lead) + said
        if self.brackets > 0:
            self.brackets += _depth(said)
            return self._text(lead) + self._within_brackets(said)
        if said.startswith("#"):
            return " " * at + said
        if not self.opens and at > self.own:
            if _ODD.search(lead) and self._looks_like_field(said):
                raise Astray
            return self._text(lead) + said
        return self._structure(lead, at, said)

    def _empty(self, lead: str, at: int) -> str:
        """A line of nothing but blanks: in a block those past its margin are text."""
        within = self.block and self.content is not None and at > self.content
        return lead if within or not _ODD.search(lead) else ""

    def _in_block(self, lead: str, at: int, said: str) -> str | None:
        """What a line in a block begins with; None if the block has ended before it. A block that
        is drawn in with spaces has no fields among its lines that are drawn in with others."""
        spaces = len(lead) - len(lead.lstrip(" "))
        if self.content is None:
            if at <= self.own:
                return None
            self.content = spaces if spaces > self.own else at
            self.spaced = spaces > self.own
        if spaces >= self.content:
            return lead
        if at < self.content:
            return None
        if self.spaced and self._looks_like_field(said):
            raise Astray
        reached, taken = 0, 0
        while reached < self.content:
            reached, taken = column(lead[taken], self.width, reached), taken + 1
        if _ODD.search(lead[:taken]):  # and then so is the rest of what was drawn in
            return " " * at
        return lead

    def _text(self, lead: str) -> str:
        """What a line that a text goes on in begins with: hard spaces that come after enough
        others are part of it."""
        blanks = _BLANKS.match(lead)
        assert blanks is not None
        at = column(blanks[0], self.width)
        if at > self.own:
            return " " * at + lead[blanks.end() :]
        return " " * column(lead, self.width)

    def _quoted(self, lead: str) -> str:
        """What a line within quotation marks begins with: only what the reader passes over."""
        blanks = _BLANKS.match(lead)
        assert blanks is not None
        return " " * column(blanks[0], self.width) + lead[blanks.end() :]

    def _looks_like_field(self, said: str) -> bool:
        found = _FIELD.match(said)
        return _DASH.match(said) is not None or (
            found is not None and self.is_name(_cleaned(found[1]))
        )

    def _structure(self, lead: str, at: int, said: str) -> str:
        """A line that begins with a field or an item, or with a text below its field."""
        written, start = [" " * at], at
        while (dash := _DASH.match(said)) and self._may_be_item(dash[0], at):
            if len(self.items) > MAX_DEPTH:
                raise Astray
            self._close(at)
            self.items.append(at)
            self.own = at
            at = column(dash[1], self.width, at + 1)
            written.append(f"-{' ' * (at - self.own - 1)}" if _ODD.search(dash[1]) else dash[0])
            said = said[dash.end() :]
        found = _FIELD.match(said)
        if found is not None and (at != start or not _ODD.search(lead) or self._named(found)):
            self._close(at)
            self.own = at
            written.append(self._field(found))
            value = said[found.end() :]
        elif at == start and self.opens:
            written, value = [self._text(lead)], said
        else:
            value = said
        self._begin(value)
        if value[:1] in ("[", "{"):
            value = self._within_brackets(value)
        return f"{''.join(written)}{value}"

    def _within_brackets(self, said: str) -> str:
        """What stands between brackets, with the names of fields in it as they look."""
        if not _ODD.search(said):
            return said
        parts = _QUOTED.split(said)
        parts[::2] = [_FLOW_NAME.sub(self._flow_name, part) for part in parts[::2]]
        return "".join(parts)

    def _flow_name(self, found: re.Match[str]) -> str:
        cleaned = _cleaned(found[2])
        return f"{found[1]}{cleaned}:" if self.is_name(cleaned) else found[0]

    def _may_be_item(self, dash: str, at: int) -> bool:
        return not _ODD.search(dash) or self.opens or at in self.items

    def _named(self, found: re.Match[str]) -> bool:
        return self.is_name(_cleaned(found[1]))

    def _field(self, found: re.Match[str]) -> str:
        """A field's name and colon, and what comes after it until its value."""
        name, after = found[1], found[2]
        cleaned = _cleaned(name)
        if cleaned != name and self.is_name(cleaned):
            name = cleaned
        if after[:1] not in ("", " ", "\t") and self.is_name(cleaned):
            after = " "
        return f"{name}:{after}"

    def _close(self, at: int) -> None:
        """Leaves the items that something in the column ``at`` does not stand in."""
        while self.items and self.items[-1] >= at:
            self.items.pop()

    def _begin(self, value: str) -> None:
        """Notes what goes on below a field or an item with this ``value``."""
        value = _without_comment(value)
        block = _BLOCK.fullmatch(value)
        self.block = block is not None
        self.content = None
        if block is not None and (digit := block[1] or block[2]):
            self.content = max(self.own, 0) + int(digit)
        self.opens = not value
        if value[:1] in ("'", '"'):
            self.quotes = value[0]
            self._close_quotes(value[1:])
        elif value[:1] in ("[", "{"):
            self.brackets = max(0, _depth(value))

    def _close_quotes(self, rest: str) -> None:
        bare = rest.replace("''", "") if self.quotes == "'" else re.sub(r"\\.", "", rest)
        if self.quotes in bare:
            self.quotes = ""


def _cleaned(name: str) -> str:
    """A field's name without what does not show in it."""
    return _HARD_ONES.sub(" ", _NO_WIDTH.sub("", name)).strip()


def _without_comment(value: str) -> str:
    found = _COMMENT.search(f" {value}")
    return value[: max(0, found.start() - 1)].strip() if found else value.strip()


def _depth(said: str) -> int:
    bare = re.sub(r"\"[^\"]*\"|'[^']*'| #.*", "", said)
    return sum(map(bare.count, "[{")) - sum(map(bare.count, "]}"))


def only_blanks_differ(before: str, after: str) -> bool:
    """Whether two texts are the same but for what looks like spaces, or like nothing."""
    return _BLANK.sub("", before) == _BLANK.sub("", after)
