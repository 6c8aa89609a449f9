"""The comments of a YAML file, and what each of them stands by.

YAML gives comments to nobody. Here one that has a line to itself goes with the field or item after
it, or, where it is written further in than that, with the group before it; one at the end of a line
goes with what the line says.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import yaml

from insatskoll.reading.composing import composed
from insatskoll.values import immutable

BLANKS = " \t\r\n"  # a hard space is text to YAML
_END = re.compile(r"[ \t:,-]*?([ \t]*#.*)")
Group = tuple[int, int]  # the id of a group's node, and its column


@dataclass
class Comments:
    """The comments of a file, by the ``id`` of the node that they go with: of an entry (the key of
    a field, or an item) the lines ``before`` it, of a group those ``after`` all that is in it; and
    what stands at the ``ends`` of lines, by their numbers from 0. An empty line stands among those
    before as one. ``astray`` are the numbers of lines that go with nothing."""

    before: dict[int, list[str]] = field(default_factory=dict)
    after: dict[int, list[str]] = field(default_factory=dict)
    ends: dict[int, str] = field(default_factory=dict)
    astray: list[int] = field(default_factory=list)

    @property
    def all(self) -> list[str]:
        """The words of all of them, in no order of the file."""
        own = (
            line for held in (self.before, self.after) for told in held.values() for line in told
        )
        told = (line.strip(BLANKS) for line in (*own, *self.ends.values()))
        return sorted(filter(None, told))


@immutable
class _Entry:
    """A field or an item that is written on lines of its own, and the groups that it lies in, the
    outermost first."""

    line: int
    node: int
    groups: tuple[Group, ...]


def is_block(node: yaml.Node) -> bool:
    """Whether ``node`` is a group or a list with its entries on lines of their own."""
    return isinstance(node, yaml.CollectionNode) and not node.flow_style and bool(node.value)


def last_line(node: yaml.Node, lines: Sequence[str]) -> int:
    """The number, from 0, of the last line of what ``node`` says."""
    if is_block(node):
        last = node.value[-1]
        if not isinstance(last, tuple):
            return last_line(last, lines)
        return last_line(last[0] if is_empty(last[1]) else last[1], lines)
    first, end = node.start_mark.line, node.end_mark
    if not (isinstance(node, yaml.ScalarNode) and node.style in ("|", ">")):
        return int(end.line)
    last = end.line if end.column else end.line - 1
    last = min(last, len(lines) - 1)
    while last > first and not lines[last].strip(BLANKS):
        last -= 1
    return int(last)


def is_empty(node: yaml.Node) -> bool:
    """Whether nothing is written for ``node``."""
    return bool(node.start_mark.index == node.end_mark.index)


def found(lines: Sequence[str], root: yaml.Node) -> Comments:
    """The comments in the ``lines`` of a file from where its ``root`` begins."""
    comments, taken = Comments(), set[int]()
    ends: dict[int, int] = {}  # where what a line says ends
    for node in _written(root):
        first, last = node.start_mark.line, last_line(node, lines)
        taken.update(range(first, last + 1))
        if isinstance(node, yaml.ScalarNode) and node.style in ("|", ">"):
            start = node.start_mark.column
            ends[first] = start + len(lines[first][start:].partition("#")[0].rstrip(BLANKS))
        else:
            ends[last] = max(ends.get(last, 0), node.end_mark.column)
    for number, column in ends.items():
        if comment := _END.fullmatch(lines[number][column:]):
            comments.ends[number] = comment[1]
    entries = list(_entries(root, ())) or [_Entry(root.start_mark.line, id(root), ((id(root), 0),))]
    begins = [entry.line for entry in entries]
    between = set(_between(root))
    for number in range(root.start_mark.line, len(lines)):
        said = lines[number].strip(BLANKS)
        if number in taken:
            continue
        if said and (not said.startswith("#") or number in between):
            comments.astray += [number] if "#" in said else []
        else:
            at = bisect_right(begins, number)
            _give(
                comments,
                lines[number].rstrip(BLANKS),
                entries[max(0, at - 1)],
                entries[at : at + 1],
            )
    return comments


def every(text: str) -> list[str]:
    """The words of all comments in a text that can be read, in no order of the file."""
    lines, root = text.split("\n"), composed(text)
    if root is None:
        return sorted(line.strip(BLANKS) for line in lines if line.lstrip(BLANKS)[:1] == "#")
    held = found(lines, root)
    first = (line.strip(BLANKS) for line in lines[: root.start_mark.line])
    astray = (lines[number].strip(BLANKS) for number in held.astray)
    return sorted([*held.all, *(line for line in first if line[:1] == "#"), *astray])


def _give(comments: Comments, line: str, last: _Entry, following: Sequence[_Entry]) -> None:
    """Gives a ``line`` that is empty or a comment to the entry ``following``, or, as what is
    written further in than that, to a group that the ``last`` entry lies in."""
    column = len(line) - len(line.lstrip(BLANKS))
    outer = following[0].groups[-1][1] if following else -1
    inner = [name for name, at in last.groups if line and outer < at <= column]
    if inner or not following:
        comments.after.setdefault((inner or [last.groups[0][0]])[-1], []).append(line.strip(BLANKS))
    else:
        comments.before.setdefault(following[0].node, []).append(line.strip(BLANKS))


def _entries(node: yaml.Node, groups: tuple[Group, ...]) -> Iterator[_Entry]:
    """Every field and item that has lines of its own, in the order of the file."""
    if not is_block(node):
        return
    groups = (*groups, (id(node), node.start_mark.column))
    for one in node.value:
        named, value = one if isinstance(one, tuple) else (one, one)
        yield _Entry(named.start_mark.line, id(named), groups)
        yield from _entries(value, groups)


def _between(node: yaml.Node) -> Iterator[int]:
    """The lines between a key and a text or a bracketed group that begins further down."""
    for one in node.value if is_block(node) else ():
        if isinstance(one, tuple) and not is_block(one[1]) and not is_empty(one[1]):
            yield from range(one[0].end_mark.line + 1, one[1].start_mark.line)
        yield from _between(one[1] if isinstance(one, tuple) else one)


def _written(node: yaml.Node) -> Iterator[yaml.Node]:
    """Every key, text and bracketed group, in the order of the file."""
    if not is_block(node):
        if not is_empty(node):
            yield node
        return
    for one in node.value:
        for part in one if isinstance(one, tuple) else (one,):
            yield from _written(part)
