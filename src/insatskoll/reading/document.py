"""Reads YAML text into plain data and remembers where every key and value stands.

Only what YAML 1.2 calls a boolean, null or number becomes one; dates, times, ``ja``/``nej`` and
numbers with a leading zero stay text. Aliases, anchors, tags and several documents in a file are
refused, and so is whatever cannot be read the same way everywhere. The text is untrusted: its size
and depth are checked before the parser sees it, since libyaml overflows the stack on deep nesting.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field
from itertools import islice
from pathlib import Path

import yaml

from insatskoll.reading import files, scalars, yaml_errors
from insatskoll.reading.building import Builder
from insatskoll.reading.composing import composed
from insatskoll.reading.hygiene import (
    EMPTY,
    MAX_BYTES,
    MAX_PROBLEMS,
    TOO_LARGE,
    Found,
    UnreadableDocument,
    check_characters,
    check_structure,
    decoded,
    raw_bytes,
    span,
    span_at,
)
from insatskoll.reading.places import DataPath, Problem, Span, value_at
from insatskoll.values import immutable


@immutable
class Spot:
    """A place in a file: the path of what stands there, from and to where, and whether it is the
    name of a field and not its value."""

    path: DataPath
    start: int
    end: int
    on_key: bool


@immutable
class Document:
    """A YAML file: its plain data, and the way from a place in the data to one in the text."""

    path: Path
    text: str
    data: object
    _root: yaml.Node = field(repr=False, compare=False)
    _inside: dict[int, dict[str, tuple[yaml.Node, yaml.Node]]] = field(
        default_factory=dict, repr=False, compare=False
    )
    _texts: dict[DataPath, scalars.Written] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def known(cls, path: Path, data: object) -> Document:
        """A file of which only the ``data`` are known, and no place is asked for."""
        return cls(path, "", data, yaml.MappingNode("", []))

    def span(self, path: DataPath, *, key: bool = False) -> Span:
        """Where ``path`` stands: the value if it fits on a line, else its key; the nearest ancestor
        if it is missing.

        ``key=True`` asks for the key in any case.
        """
        node, key_node = self._root, None
        for segment in path:
            if isinstance(node, yaml.MappingNode):
                found = self._fields(node).get(str(segment))
                if found is None:
                    break
                key_node, node = found
            elif (
                isinstance(node, yaml.SequenceNode)
                and isinstance(segment, int)
                and segment < len(node.value)
            ):
                key_node, node = None, node.value[segment]
            else:
                break
        else:
            one_line = (
                node.start_mark.line == node.end_mark.line
                and node.start_mark.column < node.end_mark.column
            )
            if not key and (one_line or key_node is None):
                return span(node)
        return span(key_node if key_node is not None else node)

    def _fields(self, node: yaml.MappingNode) -> dict[str, tuple[yaml.Node, yaml.Node]]:
        """The fields of a group by name, each with the places of its name and its value. Looked
        through once for all."""
        if id(node) not in self._inside:
            self._inside[id(node)] = {k.value: (k, v) for k, v in reversed(node.value)}
        return self._inside[id(node)]

    def extent(self, path: DataPath) -> tuple[int, int]:
        """Where in ``text`` the value at ``path`` is written, from and to; quotation marks and the
        mark of a block are within.

        Raises :class:`KeyError` if the path leads nowhere.
        """
        node = self._node(path)
        return node.start_mark.index, node.end_mark.index

    def at(self, index: int) -> Spot:
        """What is written at the character ``index`` of ``text``."""
        node: yaml.Node = self._root
        path: DataPath = ()
        while True:
            inner = next((one for one in _parts(node) if _covers(one[1], one[2], index)), None)
            if inner is None:
                break
            step, key, node = inner
            path = (*path, step)
            if key is not None and index <= key.end_mark.index:
                return Spot(path, key.start_mark.index, key.end_mark.index, on_key=True)
        start, end = node.start_mark.index, node.end_mark.index
        return Spot(path, start, end, on_key=False)

    def key(self, path: DataPath) -> tuple[int, int]:
        """Where in ``text`` the name of the field at ``path`` is written, from and to. Raises
        :class:`KeyError`."""
        group = self._node(path[:-1])
        if not isinstance(group, yaml.MappingNode):
            raise KeyError(path[-1])
        name = self._fields(group)[str(path[-1])][0]
        return name.start_mark.index, name.end_mark.index

    def _node(self, path: DataPath) -> yaml.Node:
        """The node of the value at ``path``. Raises :class:`KeyError`."""
        node = self._root
        for segment in path:
            try:
                node = (
                    self._fields(node)[str(segment)][1]
                    if isinstance(node, yaml.MappingNode)
                    else node.value[segment]
                )
            except (IndexError, TypeError):
                raise KeyError(segment) from None
        return node

    def column(self, path: DataPath) -> int | None:
        """The column, from 0, of the fields of the group at ``path`` or the items of the list; None
        if they do not all begin a line of their own. Raises :class:`KeyError`."""
        node = self._node(path)
        if not isinstance(node, yaml.CollectionNode) or node.flow_style or not node.value:
            return None
        keys = [one[0] for one in node.value] if isinstance(node, yaml.MappingNode) else []
        column: int = node.start_mark.column
        return column if all(key.start_mark.column == column for key in keys) else None

    def end(self, path: DataPath) -> int | None:
        """Where in ``text`` what the value at ``path`` says ends; None if what comes after it is
        part of it too. Raises :class:`KeyError`."""
        node = self._node(path)
        while isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
            last = node.value[-1]
            node = last[1] if isinstance(last, tuple) else last
        begin, end = node.start_mark.index, node.end_mark.index
        if not (isinstance(node, yaml.ScalarNode) and node.style in ("|", ">")):
            return int(end)
        written = self.text[begin:end]
        return None if "+" in written.partition("\n")[0] else int(begin + len(written.rstrip()))

    def words(self, path: DataPath, start: int, end: int) -> Span:
        """Where the characters ``start`` to ``end`` of the text at ``path`` stand; where the text
        does, as :meth:`span` gives it, if they stand nowhere."""
        value = value_at(self.data, path)
        if not isinstance(value, str):
            return self.span(path)
        node = self._node(path)
        if path not in self._texts:
            written = self.text[node.start_mark.index : node.end_mark.index]
            self._texts[path] = scalars.Written(written, value)
        found = self._texts[path].origin(start, end)
        if found is None:
            return self.span(path)
        (line, column), (end_line, end_column) = map(self._texts[path].place, found)
        top, left = node.start_mark.line + 1, node.start_mark.column
        return Span(
            top + line,
            column + 1 + (0 if line else left),
            top + end_line,
            end_column + 1 + (0 if end_line else left),
        )

    def unquoted(self) -> Iterator[tuple[DataPath, str]]:
        """Every value that is written without quotation marks, as written, with its path."""
        yield from _unquoted(self._root, ())


def _parts(node: yaml.Node) -> Iterator[tuple[str | int, yaml.Node | None, yaml.Node]]:
    """The fields of a group, or the items of a list: each with its step, its name and its value."""
    if isinstance(node, yaml.MappingNode):
        yield from ((key.value, key, value) for key, value in node.value)
    elif isinstance(node, yaml.SequenceNode):
        yield from ((number, None, value) for number, value in enumerate(node.value))


def _covers(key: yaml.Node | None, value: yaml.Node, index: int) -> bool:
    begin = (value if key is None else key).start_mark.index
    return bool(begin <= index <= value.end_mark.index)


def _unquoted(node: yaml.Node, path: DataPath) -> Iterator[tuple[DataPath, str]]:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from _unquoted(value, (*path, key.value))
    elif isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            yield from _unquoted(item, (*path, index))
    elif isinstance(node, yaml.ScalarNode) and not node.style:
        yield path, node.value


def read(path: Path, within: Path | None = None, door: files.Door | None = None) -> Document:
    """Reads the YAML file ``path``; ``within`` is a folder from which no step to it may be a link.
    ``door`` is what reads it, where many files are read in one folder (:func:`files.many`).

    Raises :class:`UnreadableDocument` with every reason found, in the order of the file.
    """
    return decode(path, raw_bytes(path, within, door))


def decode(path: Path, raw: bytes) -> Document:
    """Builds a document out of a file's bytes; ``path`` is only a name. Raises as :func:`read`."""
    if len(raw) > MAX_BYTES:
        raise UnreadableDocument(path, [TOO_LARGE])
    return parse(path, decoded(path, raw))


def parse(path: Path, text: str) -> Document:
    """Builds a document out of ``text``; ``path`` is only a name. Raises as :func:`read`."""
    try:
        # What makes no sense to tell line by line.
        for whole in (
            yaml_errors.pointer(text),
            yaml_errors.conflict(text),
            yaml_errors.doubled(text),
        ):
            if whole is not None:
                raise UnreadableDocument(path, [whole], text)
        check_characters(text)
        check_structure(text)
        root = composed(text)
        if root is None or root.value == "":  # nothing, or nothing between --- and the end
            raise Found("IK901", EMPTY, Span(), "Skriv innehållet eller ta bort filen.")
        builder = Builder(text)
        data = builder.build(root, 0)
    except yaml.YAMLError as error:
        raise UnreadableDocument(
            path, [yaml_errors.conflict_within(text) or yaml_errors.explain(error, text)], text
        ) from None
    except Found as found:
        raise UnreadableDocument(path, [found.problem], text) from None
    if builder.problems:
        raise UnreadableDocument(
            path, sorted(builder.problems, key=lambda p: p.span)[:MAX_PROBLEMS], text
        )
    return Document(path, text, data, root)


_LOST = (
    "Texten är skadad: här står ett ersättningstecken (U+FFFD) i stället för en bokstav som "
    "har gått förlorad"
)


def damage(read: Document) -> list[Problem]:
    """What has been lost or left in the texts of a file that can be read all the same, each with
    its place.

    A letter that is lost is told once for a value. What only the comments have is nobody's text.
    """
    whole = yaml_errors.conflict_within(read.text)
    if whole is not None and yaml_errors.conflict_within(
        "\n".join(v for _, v in iter_paths(read.data) if isinstance(v, str))
    ):
        return [whole]
    if "\ufffd" not in read.text and "\\" not in read.text:
        return []
    lost = (
        path
        for path, value in iter_paths(read.data)
        if isinstance(value, str) and "\ufffd" in value
    )
    remedy = (
        "Skriv det som ska stå här. Hämta texten ur källan; den går inte att få tillbaka ur filen."
    )
    return [
        Problem("IK905", _LOST, _lost_at(read, path), remedy) for path in islice(lost, MAX_PROBLEMS)
    ]


def _lost_at(read: Document, path: DataPath) -> Span:
    """Where the first lost letter of the value at ``path`` stands; the value, if it is written as a
    code."""
    at = read.text.find("\ufffd", *read.extent(path))
    return span_at(read.text, at) if at >= 0 else read.span(path)


def iter_paths(data: object, path: DataPath = ()) -> Iterator[tuple[DataPath, object]]:
    """Every place in ``data`` with its value, depth first, in the order of the file."""
    yield path, data
    if isinstance(data, dict):
        for key, value in data.items():
            yield from iter_paths(value, (*path, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from iter_paths(value, (*path, index))
