"""Writes a YAML file in one layout: fields in order, two spaces a level, texts broken at a width.

What the file says is not changed, and no comment is lost: what is written is read again, and if it
says anything else the file is left as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path

import yaml

from insatskoll.reading import comments, document
from insatskoll.reading.comments import BLANKS, is_block, is_empty
from insatskoll.reading.composing import composed
from insatskoll.reading.hygiene import UnreadableDocument
from insatskoll.reading.places import value_at

LIMIT = 120  # characters that a line may have
WIDTH = 110  # of the lines of a text that is broken anew
_STEP = 2
_MODELINE = re.compile(r"# *(yaml-language-server:|vim?:|-\*-)")
_SPACE = re.compile(r"(?<=[^ \t\n]) (?=[^ \t\n])")  # where a line may be broken

Fields = tuple[str, ...]
Order = Callable[[Fields], Sequence[str]]  # the fields of the group at a place, in their order
Breaks = Callable[[Fields], bool]  # whether the text at a place may have several lines


class Untidy(Exception):
    """The layout of a file cannot be changed without changing more; the message says why, and
    ``line`` where, from 1."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.line = line


def tidied(text: str, order: Order, breaks: Breaks) -> str:
    """``text``, which can be read, in the one layout. Raises :class:`Untidy`."""
    plain = text.replace("\r\n", "\n")
    if (lone := plain.find("\r")) >= 0:
        number = plain.count("\n", 0, lone) + 1
        raise Untidy("En rad slutar med tecknet CR, som bara gamla datorer använder", number)
    root = composed(plain)
    if root is None or is_empty(root):
        raise Untidy("Filen är tom", 1)
    printer = _Printer(plain, root, order, breaks)
    new = printer.text()
    if (line := _says_another(plain, new)) is not None:
        raise Untidy("Innehållet går inte att flytta utan att filen säger något annat", line)
    return new.replace("\n", "\r\n") if text.count("\r\n") * 2 > text.count("\n") else new


def _says_another(before: str, after: str) -> int | None:
    """The line of what first has other data or comments in one text than in the other; None if all
    is the same."""
    try:
        old, new = (document.parse(Path(), one) for one in (before, after))
    except UnreadableDocument as error:
        return error.problems[0].span.line
    if old.data != new.data:
        return next(
            old.span(path).line
            for path, value in reversed(list(document.iter_paths(old.data)))
            if value_at(new.data, path) != value
        )
    return None if comments.every(before) == comments.every(after) else 1


class _Printer:
    """Prints the nodes of a file anew."""

    def __init__(self, text: str, root: yaml.Node, order: Order, breaks: Breaks) -> None:
        self.source = text
        self.lines = text.split("\n")
        self.root = root
        self.order = order
        self.breaks = breaks
        self.comments = comments.found(self.lines, root)
        if self.comments.astray:
            raise Untidy(
                "En kommentar står mitt i något som den inte kan följa med",
                self.comments.astray[0] + 1,
            )

    def text(self) -> str:
        """The whole file."""
        head = self._head()
        if is_block(self.root):
            printed = [*head, *self._group(self.root, 0, ())]
        else:
            first, rest = self._value(self.root, 0, 0, ())
            printed = [*head, first + self.comments.ends.get(self._last(self.root), ""), *rest]
            printed += self._under(id(self.root), 0)
        while printed and not printed[-1].strip(BLANKS):
            printed.pop()
        return "\n".join(printed) + "\n"

    def _head(self) -> list[str]:
        """What stands before all fields and stays there. Comments right above the first field go
        with it."""
        number = self.root.start_mark.line
        if self.lines[number][: self.root.start_mark.column].strip(" -"):
            raise Untidy("Innehållet börjar mitt på en rad", number + 1)
        head = [line.rstrip(BLANKS) for line in self.lines[:number]]
        own: list[str] = []
        while head and head[-1].startswith("#") and not _MODELINE.match(head[-1]):
            own.insert(0, head.pop())
        if own and isinstance(self.root, yaml.MappingNode) and is_block(self.root):
            self.comments.before.setdefault(id(self.root.value[0][0]), [])[:0] = own
        else:
            head += own
        blank = bool(head) and not head[-1]
        while head and not head[-1]:
            head.pop()
        return [*head, ""] if blank and head else head

    def _last(self, node: yaml.Node) -> int:
        return comments.last_line(node, self.lines)

    def _group(self, node: yaml.Node, column: int, at: Fields) -> list[str]:
        """The lines of a group whose entries stand in ``column``."""
        printed: list[str] = []
        if isinstance(node, yaml.MappingNode):
            for key, value in self._ordered(node, at):
                printed += self._before(key, column)
                printed += self._field(key, value, column, (*at, key.value))
        else:
            for item in node.value:
                printed += [*self._before(item, column), *self._item(item, column, at)]
        while printed and not printed[0]:
            printed.pop(0)
        return [*printed, *self._under(id(node), column)]

    def _ordered(
        self, node: yaml.MappingNode, at: Fields
    ) -> list[tuple[yaml.ScalarNode, yaml.Node]]:
        """The fields of a group in their order. One that is unknown stays after the one before."""
        order = {name: number for number, name in enumerate(self.order(at))}
        ranked, last = [], -1
        for pair in node.value:
            last = order.get(pair[0].value, last)
            ranked.append((last, pair))
        return [pair for _, pair in sorted(ranked, key=lambda one: one[0])]

    def _before(self, entry: yaml.Node, column: int) -> list[str]:
        return _indented(_closed_up(self.comments.before.get(id(entry), ())), column)

    def _under(self, group: int, column: int) -> list[str]:
        return _indented(_closed_up(self.comments.after.get(group, ())), column)

    def _field(self, key: yaml.Node, value: yaml.Node, column: int, at: Fields) -> list[str]:
        head = f"{' ' * column}{self._slice(key)}:"
        end = self.comments.ends.get(self._last(key), "")
        if is_empty(value):
            return [head + end]
        if is_block(value):
            return [head + end, *self._group(value, column + _STEP, at)]
        first, rest = self._value(value, column, len(head) + 1, at)
        return [f"{head} {first}{self._end(key, value)}", *rest]

    def _item(self, item: yaml.Node, column: int, at: Fields) -> list[str]:
        dash = f"{' ' * column}-"
        if is_empty(item):
            return [dash]
        if not is_block(item):
            first, rest = self._value(item, column, len(dash) + 1, at)
            return [f"{dash} {first}{self._end(item, item)}", *rest]
        inner = self._group(item, column + _STEP, at)
        above = 0  # comments of the field that comes first stand before the item
        while inner[above].lstrip(BLANKS).startswith("#"):
            above += 1
        told = _indented([line.strip(BLANKS) for line in inner[:above]], column)
        return [*told, f"{dash} {inner[above].lstrip(BLANKS)}", *inner[above + 1 :]]

    def _end(self, key: yaml.Node, value: yaml.Node) -> str:
        """The comment at the end of a field or an item that is no group."""
        numbers = dict.fromkeys((self._last(key), value.start_mark.line, self._last(value)))
        told = [self.comments.ends[number] for number in numbers if number in self.comments.ends]
        if len(told) > 1:
            raise Untidy("Två kommentarer hör till samma värde", self._last(value) + 1)
        return told[0] if told else ""

    def _slice(self, node: yaml.Node) -> str:
        return self.source[node.start_mark.index : node.end_mark.index]

    def _value(self, node: yaml.Node, column: int, start: int, at: Fields) -> tuple[str, list[str]]:
        """A text or a bracketed group in a group whose entries stand in ``column``: what follows on
        the line, from the column ``start``, and the lines after it."""
        if not isinstance(node, yaml.ScalarNode):
            return self._bracketed(node, column, start, at)
        if node.style in ("|", ">"):
            return self._block(node, column)
        written = self._slice(node).rstrip(BLANKS)
        if "\n" not in written and (start + len(written) <= LIMIT or not self.breaks(at)):
            return written, []
        if _can_fold(node.value) and self.breaks(at):
            lines = node.value.split("\n")
            broken = [line for one in lines for line in (*_filled(one, column + _STEP), "")]
            return ">-", _indented(broken[:-1], column + _STEP)
        first, *rest = written.split("\n")
        return first.rstrip(BLANKS), _indented(
            [line.strip(BLANKS) for line in rest], column + _STEP
        )

    def _block(self, node: yaml.ScalarNode, column: int) -> tuple[str, list[str]]:
        """A text that is written in lines of its own under its field."""
        head, *body = self.source[node.start_mark.index : node.end_mark.index].split("\n")
        if re.search("[0-9+]", head.partition("#")[0]):
            raise Untidy(
                "Ett tecken efter | eller > säger var texten börjar eller slutar",
                node.start_mark.line + 1,
            )
        body = body[: self._last(node) - node.start_mark.line]
        first = next((line for line in body if line.strip(BLANKS)), "")
        base = len(first) - len(first.lstrip(" "))
        bare = [line[base:] for line in body]
        if node.style == ">" and not any(line[:1] in (" ", "\t") for line in bare):
            bare = _rewrapped(bare, column + _STEP)
        return head.partition("#")[0].rstrip(BLANKS), _indented(bare, column + _STEP)

    def _bracketed(
        self, node: yaml.Node, column: int, start: int, at: Fields
    ) -> tuple[str, list[str]]:
        """A group in brackets: on one line, if it is or fits there."""
        written = self._slice(node)
        flat = self._flat(node, at)
        several = "\n" in written
        if not several or ("#" not in written and "\n" not in flat and start + len(flat) <= LIMIT):
            return flat, []
        first, *rest = written.split("\n")
        return first.rstrip(BLANKS), _indented(
            [line.strip(BLANKS) for line in rest], column + _STEP
        )

    def _flat(self, node: yaml.Node, at: Fields) -> str:
        """A value within brackets, its fields in order."""
        if isinstance(node, yaml.MappingNode):
            pairs = self._ordered(node, at)
            return f"{{{', '.join(self._pair(key, value, at) for key, value in pairs)}}}"
        if isinstance(node, yaml.SequenceNode):
            return f"[{', '.join(self._flat(item, at) for item in node.value)}]"
        return self._slice(node).rstrip(BLANKS)

    def _pair(self, key: yaml.ScalarNode, value: yaml.Node, at: Fields) -> str:
        told = "" if is_empty(value) else f" {self._flat(value, (*at, key.value))}"
        return f"{self._slice(key)}:{told}"


def _indented(lines: Sequence[str], column: int) -> list[str]:
    """``lines`` from ``column`` on."""
    return [f"{' ' * column}{line}" if line else "" for line in lines]


def _closed_up(lines: Sequence[str]) -> list[str]:
    """``lines`` with at most one empty line between others."""
    return [line for n, line in enumerate(lines) if line or not n or lines[n - 1]]


def _can_fold(value: str) -> bool:
    """Whether a text can be broken into lines wherever it has a space, and be read as it was."""
    return bool(_SPACE.search(value)) and all(
        line and line[0] not in " \t" and line[-1] not in " \t" for line in value.split("\n")
    )


def _filled(text: str, column: int) -> list[str]:
    """``text`` in lines that are as long as they may be, from ``column`` on."""
    lines: list[str] = []
    for word in _SPACE.split(text):
        if lines and column + len(lines[-1]) + 1 + len(word) <= WIDTH:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def _rewrapped(lines: Sequence[str], column: int) -> list[str]:
    """The lines of a text, where each paragraph is broken anew from its first line that is too
    long."""
    printed: list[str] = []
    paragraph: list[str] = []
    for line in (*lines, ""):
        if line:
            paragraph.append(line)
            continue
        long = next((n for n, one in enumerate(paragraph) if column + len(one) > LIMIT), None)
        if long is not None:
            paragraph[long:] = _filled(" ".join(paragraph[long:]), column)
        printed += [*paragraph, line]
        paragraph = []
    return printed[:-1]
