"""Where in the fields of a file the cursor stands, also while what is written cannot be read.

The lines up to the cursor are looked through by their indentation, which is what people see too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from insatskoll.values import immutable

_START = re.compile(r"( *)((?:- +)*)(-$)?")
_NAME = re.compile(r"([^:#]*):(?:$| +(.*))")
_GLUED_DASH = re.compile(r" *(?:- +)*-(?![ -])")
_GLUED_COLON = re.compile(r" *(?:- +)*[a-zåäö_0-9]+:(?![ /])")
_NO_NAME = "'\"[]{},&*!|>%@`-"  # what a plain name does not begin with
_BLOCK = re.compile(r"[|>][-+0-9]*\s*(#.*)?")
_COMMENT = re.compile(r"(?:^|\s)#")
_OPENING = {"{": "}", "[": "]"}
_MOST = 2_000  # characters between brackets that are looked through

Fields = tuple[str, ...]


@immutable
class Cursor:
    """The cursor: the ``fields`` that it stands in (lists passed through), whether a ``value`` is
    written there and not a name, what ``written`` begins there, the ``present`` names in the same
    group, the ``column`` of the group, and whether it is within brackets (``flow``). ``glued``
    tells that the blank before what is written is lacking, ``holds`` that lines below lie in the
    field whose name is written."""

    fields: Fields
    value: bool
    written: str
    present: frozenset[str] = frozenset()
    column: int = 0
    flow: bool = False
    dash: bool = False
    glued: bool = False
    holds: bool = False


@immutable
class _Line:
    """A line: its ``indent``, its ``dashes`` with what is between them, and the ``name`` and the
    ``rest`` if it begins with a field's."""

    indent: int
    dashes: str
    name: str | None = None
    rest: str = ""


def _split(line: str) -> _Line:
    start = _START.match(line)
    assert start is not None  # it asks for nothing
    dashes = f"{start[2]}{start[3] or ''}"
    found = _NAME.match(line, start.end())
    name = found[1].strip() if found else ""
    if found is None or not name or name[0] in _NO_NAME:
        return _Line(len(start[1]), dashes)
    return _Line(len(start[1]), dashes, name, found[2] or "")


@immutable
class _Level:
    """A field, or with ``dash`` an item, that later lines may lie in. ``group`` tells groups
    apart."""

    column: int
    name: str
    dash: bool
    group: int


@dataclass
class _Walk:
    """The lines so far: the ``levels`` that are open, the names by group, the groups that are
    lists, a text of several lines that is being passed through, and brackets that have been
    opened."""

    levels: list[_Level] = field(default_factory=list)
    names: dict[tuple[int, int], set[str]] = field(default_factory=dict)
    lists: set[int] = field(default_factory=set)  # groups that items stand in
    inside: int | None = None  # the column of the field that goes on over several lines
    opened: str = ""

    @property
    def fields(self) -> Fields:
        return tuple(level.name for level in self.levels if not level.dash)

    def _close(self, column: int, *, dash: bool) -> None:
        """Leaves the levels that something in ``column`` does not lie in."""
        while self.levels:
            last = self.levels[-1]
            stays = last.column < column or (dash and last.column == column and not last.dash)
            if stays:
                break
            self.levels.pop()

    def group(self, column: int) -> tuple[int, int]:
        """What tells the group in ``column`` that the next field lies in from others."""
        return (self.levels[-1].group if self.levels else -1, column)

    def takes(self, group: tuple[int, int]) -> bool:
        """Whether a field can stand in the column of ``group``: where the others of it do, and not
        among the items of a list."""
        if group[0] in self.lists:
            return False
        columns = {column for owner, column in self.names if owner == group[0]}
        return not columns or group[1] in columns

    def enter(self, number: int, line: _Line) -> int:
        """Goes to a line; gives the column of what is written after its dashes."""
        column, dashes = line.indent, line.dashes
        for at, character in enumerate(dashes):
            if character == "-":
                self._close(column + at, dash=True)
                self.lists.add(self.group(0)[0])
                self.levels.append(_Level(column + at, "", dash=True, group=number * 1000 + at))
        column += len(dashes)
        if not dashes or dashes.endswith(" "):
            self._close(column, dash=False)
        return column

    def take(self, number: int, line: str) -> None:
        """Takes a whole line."""
        bare = line.strip()
        if self.is_within(line):
            if 0 < len(self.opened) < _MOST:
                self.opened = _unclosed(f"{self.opened}\n{line}")
            return
        self.inside, self.opened = None, ""
        if not bare or bare.startswith("#"):
            return
        said = _split(line)
        column = self.enter(number, said)
        if said.name is None:
            return
        self.names.setdefault(self.group(column), set()).add(said.name)
        self.levels.append(_Level(column, said.name, dash=False, group=number * 1000 + 999))
        rest = said.rest
        if _BLOCK.fullmatch(rest):
            self.inside = column
        elif rest[:1] in _OPENING and (opened := _unclosed(rest)):
            self.inside, self.opened = column, opened

    def is_within(self, line: str) -> bool:
        """Whether a line goes on with what the one before began: it is written further in."""
        indent = len(line) - len(line.lstrip(" "))
        return self.inside is not None and (not line.strip() or indent > self.inside)


def find(lines: Sequence[str], number: int, column: int) -> Cursor | None:
    """What stands at a ``column`` of the line ``number`` (both from 0, in characters); None where
    nothing can be proposed: in a comment, or in a text of several lines."""
    walk = _Walk()
    for at, line in enumerate(lines[:number]):
        walk.take(at, line)
    here = lines[number][:column] if number < len(lines) else ""
    if walk.is_within(here) and here:
        return _within(f"{walk.opened}\n{here}", walk.fields) if walk.opened else None
    if _COMMENT.search(re.sub(r"\"[^\"]*\"|'[^']*'", "", here)):
        return None
    parted = _parted(here)
    glued = parted != here
    if glued and _parted(parted) != parted:
        return None  # two blanks are lacking, and an edit writes only one
    said = _split(parted)
    at = walk.enter(number, said)
    if said.name is not None:
        fields, rest = (*walk.fields, said.name), said.rest
        if rest[:1] in _OPENING:
            return _within(rest, fields)
        return Cursor(fields, value=True, written=rest, column=at, glued=glued)
    dash = bool(walk.levels) and walk.levels[-1].dash
    group = walk.group(at)
    deeper = _next_indent(lines, number) > at
    if not parted[at:] and (_goes_on(lines, number, column) or deeper or not walk.takes(group)):
        return None
    present = _present(walk, lines, number, group)
    written = parted[at:]
    return Cursor(walk.fields, False, written, present, at, dash=dash, glued=glued, holds=deeper)


def _next_indent(lines: Sequence[str], number: int) -> int:
    """How far in the next line that says something begins."""
    below = (line for line in lines[number + 1 :] if line.strip())
    line = next(below, "")
    return len(line) - len(line.lstrip(" "))


def _goes_on(lines: Sequence[str], number: int, column: int) -> bool:
    """Whether the cursor stands in the indentation of what is written further to the right."""
    after = lines[number][column:] if number < len(lines) else ""
    return after[:1] == " " and bool(after.strip())


def _parted(here: str) -> str:
    """A line up to the cursor with the blank that it lacks after its dash or its colon."""
    if found := _GLUED_DASH.match(here):
        return f"{here[: found.end()]} {here[found.end() :]}"
    if found := _GLUED_COLON.match(here):
        return f"{here[: found.end()]} {here[found.end() :]}"
    return here


def _present(
    walk: _Walk, lines: Sequence[str], number: int, group: tuple[int, int]
) -> frozenset[str]:
    """The names in the ``group`` on the lines before and after the one with the cursor."""
    column = group[1]
    names = set(walk.names.get(group, ()))
    for line in lines[number + 1 :]:
        indent = len(line) - len(line.lstrip(" "))
        if not line.strip() or indent > column or line.lstrip().startswith("#"):
            continue
        said = _split(line)
        if indent < column or said.dashes or said.name is None:
            break
        names.add(said.name)
    return frozenset(names)


def _unclosed(text: str) -> str:
    """``text``, which begins with a bracket, if the bracket is not closed in it; else nothing."""
    return text[:_MOST] if _Brackets(text).levels else ""


def _within(text: str, fields: Fields) -> Cursor | None:
    """What stands at the end of ``text``, which begins with a bracket."""
    brackets = _Brackets(text[:_MOST])
    if not brackets.levels:
        return None
    steps = tuple(name for _, name, _ in brackets.levels if name)
    kind, name, names = brackets.levels[-1]
    value = kind == "[" or bool(name)
    return Cursor(
        (*fields, *steps),
        value,
        brackets.token.lstrip(),
        frozenset(names),
        flow=True,
        glued=text.endswith(":") and bool(name),
    )


class _Brackets:
    """Text in brackets: those that are open at its end, each with the field that is being written
    in it and the names that it has, and what has been written of the last word."""

    def __init__(self, text: str) -> None:
        self.levels: list[tuple[str, str, list[str]]] = []
        self.token = ""
        quote = ""
        for at, character in enumerate(text):
            if quote:
                self.token += character
                quote = "" if character == quote else quote
            elif character in "'\"" and not self.token.strip():
                quote = character
                self.token += character
            elif character in _OPENING:
                self.levels.append((character, "", []))
                self.token = ""
            elif character in "]}":
                if self.levels:
                    self.levels.pop()
                self.token = ""
                if not self.levels:
                    break
            elif character == ",":
                self._next()
            elif character == ":" and text[at + 1 : at + 2] in (" ", "\n", ""):
                self._name()
            else:
                self.token += character

    def _next(self) -> None:
        if self.levels:
            kind, _, names = self.levels[-1]
            self.levels[-1] = (kind, "", names)
        self.token = ""

    def _name(self) -> None:
        if self.levels and self.levels[-1][0] == "{" and not self.levels[-1][1]:
            kind, _, names = self.levels[-1]
            name = self.token.strip().strip("'\"")
            self.levels[-1] = (kind, name, [*names, name])
            self.token = ""
        else:
            self.token += ":"
