"""Reads YAML text into plain data and remembers where every key and value stands.

Only what YAML 1.2 calls a boolean, null or number becomes one; dates, times, ``ja``/``nej`` and
numbers with a leading zero stay text. Aliases, anchors, tags and several documents in a file are
refused, and so is whatever cannot be read the same way everywhere. The text is untrusted: its size
and depth are checked before the parser sees it, since libyaml overflows the stack on deep nesting.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

import yaml

from insatskoll.names import short_text, shown
from insatskoll.reading import files, indentation, yaml_errors
from insatskoll.reading.places import DataPath, Problem, Span

try:
    from yaml import CSafeLoader as _Loader
except ImportError:  # PyYAML built without libyaml: slower, same result
    from yaml import SafeLoader as _Loader  # type: ignore[assignment]

MAX_BYTES = files.MAX_BYTES
MAX_DEPTH = 24
# comparing a list's values with each other takes time in square; a whole decision has some
# thousands
MAX_VALUES = 50_000
MAX_PROBLEMS = 100

EMPTY = "Filen är tom"
MISSING = Problem("IK901", "Filen finns inte", Span(), "Kontrollera namnet.")
UTF_16 = Problem(
    "IK905",
    "Filen är sparad i teckenkodningen UTF-16, inte UTF-8",
    Span(),
    "Välj Spara som i textredigeraren och kodningen UTF-8, utan BOM.",
)
TOO_LARGE = Problem(
    "IK907",
    f"Filen är större än {MAX_BYTES // 1_000_000} MB",
    Span(),
    "Dela upp innehållet: en fil per insats.",
)

_INT = re.compile(r"[-+]?(0|[1-9][0-9]*)")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|(0|[1-9][0-9]*)(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_SPECIAL_FLOAT = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
_CONSTANTS = {
    "true": True,
    "True": True,
    "TRUE": True,
    "false": False,
    "False": False,
    "FALSE": False,
} | dict.fromkeys(("", "~", "null", "Null", "NULL"))
_CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff"
    "\U000e0000-\U000e0fff]"  # tags, which can carry a whole hidden text
)
_LONE_RETURN = re.compile("\r(?!\n)")  # would let a terminal overwrite the line
_LEADING_TAB = re.compile(r"^ *\t", re.MULTILINE)
_GLUED_COMMENT = re.compile(r" #[^\s#!]")


class UnreadableDocument(Exception):
    """A file that could not be read; ``problems`` says why, with places in ``text``."""

    def __init__(self, path: Path, problems: list[Problem], text: str = "") -> None:
        super().__init__(f"{shown(path)}: {problems[0].message}")
        self.path = path
        self.problems = problems
        self.text = text


@dataclass(frozen=True)
class Document:
    """A YAML file: its plain data, and the way from a place in the data to one in the text."""

    path: Path
    text: str
    data: Any
    _root: yaml.Node = field(repr=False, compare=False)
    _inside: dict[int, dict[str, tuple[yaml.Node, yaml.Node]]] = field(
        default_factory=dict, repr=False, compare=False
    )

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
                return _span(node)
        return _span(key_node if key_node is not None else node)

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
        return node.start_mark.index, node.end_mark.index

    def unquoted(self) -> Iterator[tuple[DataPath, str]]:
        """Every value that is written without quotation marks, as written, with its path."""
        yield from _unquoted(self._root, ())


def _unquoted(node: yaml.Node, path: DataPath) -> Iterator[tuple[DataPath, str]]:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from _unquoted(value, (*path, key.value))
    elif isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            yield from _unquoted(item, (*path, index))
    elif isinstance(node, yaml.ScalarNode) and not node.style:
        yield path, node.value


def read(path: Path, within: Path | None = None) -> Document:
    """Reads the YAML file ``path``; ``within`` is a folder from which no step to it may be a link.

    Raises :class:`UnreadableDocument` with every reason found, in the order of the file.
    """
    return decode(path, _read_bytes(path, within))


def decode(path: Path, raw: bytes) -> Document:
    """Builds a document out of a file's bytes; ``path`` is only a name. Raises as :func:`read`."""
    if len(raw) > MAX_BYTES:
        raise UnreadableDocument(path, [TOO_LARGE])
    return parse(path, _decode(path, raw))


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
        _check_characters(text)
        _check_structure(text)
        root = yaml.compose(text, Loader=_Loader)
        if root is None or root.value == "":  # nothing, or nothing between --- and the end
            raise _Found("IK901", EMPTY, Span(), "Skriv innehållet eller ta bort filen.")
        builder = _Builder(text)
        data = builder.build(root, 0)
    except yaml.YAMLError as error:
        raise UnreadableDocument(
            path, [yaml_errors.conflict_within(text) or yaml_errors.explain(error, text)], text
        ) from None
    except _Found as found:
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
    return _span_at(read.text, at) if at >= 0 else read.span(path)


class _Found(Exception):
    def __init__(self, rule: str, message: str, span: Span, remedy: str) -> None:
        self.problem = Problem(rule, message, span, remedy)


def _read_bytes(path: Path, within: Path | None) -> bytes:
    try:
        return files.read(path, MAX_BYTES, within=within)
    except files.Unread as error:
        problem = {"saknas": MISSING, "stor": TOO_LARGE}.get(error.reason) or Problem(
            "IK901", error.what, Span(), error.remedy
        )
        raise UnreadableDocument(path, [problem]) from None


def _decode(path: Path, raw: bytes) -> str:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise UnreadableDocument(path, [UTF_16])
    if raw.startswith(b"\xef\xbb\xbf"):
        problem = Problem(
            "IK905",
            "Filen börjar med ett osynligt märke för teckenkodning (BOM)",
            Span(),
            "Spara om filen som UTF-8 utan BOM.",
        )
        raise UnreadableDocument(path, [problem])
    utf_16 = raw[:2].count(0) == 1
    try:
        text = raw.decode("utf-8")
        if not utf_16:
            return text
        raise UnreadableDocument(path, [UTF_16])
    except UnicodeDecodeError as error:
        if utf_16:
            raise UnreadableDocument(path, [UTF_16]) from None
        before = raw[: error.start].decode("utf-8")
        problem = Problem(
            "IK905",
            "Filen är inte sparad i teckenkodningen UTF-8",
            _span_at(before, len(before)),
            "Spara om filen som UTF-8; den ser ut att vara sparad som Latin-1 eller Windows-1252.",
        )
        text = raw.decode("utf-8", errors="replace")
        raise UnreadableDocument(path, [problem], text) from None


def _check_characters(text: str) -> None:
    if found := _CONTROL.search(text):
        name = f"U+{ord(found[0]):04X}"
        raise _Found(
            "IK905",
            f"Texten innehåller ett osynligt styrtecken ({name})",
            _span_at(text, found.start()),
            "Ta bort tecknet; det följer ofta med när man klistrar in från ett annat program.",
        )
    if found := _LEADING_TAB.search(text):
        raise _Found(
            "IK905",
            "Raden är indragen med tabb",
            _span_at(text, found.end() - 1),
            "Dra in med mellanslag, två för varje nivå.",
        )
    if not unicodedata.is_normalized("NFC", text):
        at, message = _decomposed(text)
        remedy = (
            "Kör insatskoll lint --fix, skriv om bokstaven, eller spara om filen med text i "
            "formen NFC."
        )
        raise _Found("IK905", message, _span_at(text, at), remedy)


def _decomposed(text: str) -> tuple[int, str]:
    """The index of the first letter in ``text``, which is not in NFC, that is not, and what to say
    of it."""
    normal = unicodedata.normalize("NFC", text)
    start = next(
        (i for i, (a, b) in enumerate(zip(text, normal, strict=False)) if a != b), len(normal) - 1
    )
    while start and unicodedata.combining(text[start]):
        start -= 1
    end = start + 1
    while end < len(text) and unicodedata.combining(text[end]):
        end += 1
    letter = unicodedata.normalize("NFC", text[start:end])
    if end > start + 1:
        return start, f"Bokstaven ”{letter}” är sammansatt av flera tecken (NFD)"
    return (
        start,
        f"Tecknet ”{letter}” är skrivet med en ovanlig teckenkod (U+{ord(text[start]):04X})",
    )


def _check_structure(text: str) -> None:
    """Refuses anchors, aliases, tags and deep nesting before the composer, which recurses, sees
    them.

    A file without the characters that could spell them skips the walk: flow nesting is no deeper
    than the number of brackets, block nesting no deeper than the longest line.
    """
    shallow = (
        text.count("[") + text.count("{") < 200
        and max(map(len, text.splitlines()), default=0) < 400
    )
    if shallow and not any(c in text for c in "&*!%"):
        return
    try:
        _check_events(text, _Loader)
    except yaml.YAMLError as error:
        # Newer libyaml looks ahead and gives up some thousand levels down; the slow parser gets to
        # the first that is too many.
        if "nesting depth" not in str(error):
            raise
        _check_events(text, yaml.SafeLoader)


def _check_events(text: str, loader: Any) -> None:
    depth = 0
    for event in yaml.parse(text, Loader=loader):
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None) is not None:
            raise _Found("IK907", yaml_errors.ALIAS[0], _span(event), yaml_errors.ALIAS[1])
        if getattr(event, "tag", None) is not None:
            raise _Found("IK907", yaml_errors.TAG[0], _span(event), yaml_errors.TAG[1])
        if isinstance(event, yaml.DocumentStartEvent) and (event.version or event.tags):
            raise _Found("IK901", yaml_errors.DIRECTIVE[0], _span(event), yaml_errors.DIRECTIVE[1])
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                raise _too_deep(event)
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


def _too_deep(at: Any) -> _Found:
    return _Found(
        "IK907",
        f"Filen har fler än {MAX_DEPTH} nivåer",
        _span(at),
        "Kontrollera indragningen och att alla parenteser är avslutade.",
    )


class _Builder:
    """Builds plain data from composed nodes, collecting problems that do not stop the building."""

    def __init__(self, text: str) -> None:
        self.problems: list[Problem] = []
        self.lines = text.splitlines() if _GLUED_COMMENT.search(text) or "\t#" in text else None
        self.escapes = "\\" in text
        self.values = 0

    def build(self, node: yaml.Node, depth: int) -> Any:
        if isinstance(node, yaml.ScalarNode):
            return self.scalar(node)
        if depth >= MAX_DEPTH:
            raise _too_deep(node)
        self.values += len(node.value)
        if self.values > MAX_VALUES:
            raise _Found(
                "IK907",
                f"Filen har fler än {MAX_VALUES} värden",
                _span(node),
                "Dela upp innehållet: en fil per insats.",
            )
        if isinstance(node, yaml.SequenceNode):
            return [self.build(item, depth + 1) for item in node.value]
        data: dict[str, Any] = {}
        keys: dict[str, yaml.Node] = {}
        for key_node, value_node in node.value:
            key = self.key(key_node)
            value = self.build(value_node, depth + 1)
            if key in keys:
                self.problems.append(
                    indentation.not_a_dash(key, _span(key_node))
                    or Problem(
                        "IK902",
                        f"Fältet ”{short_text(key, 60)}” står två gånger",
                        _span(key_node),
                        "Behåll ett av dem. YAML använder annars tyst det sista.",
                        (("Första gången här", _span(keys[key])),),
                    )
                )
            keys[key] = key_node
            data[key] = value
        return data

    def key(self, node: yaml.Node) -> str:
        if not isinstance(node, yaml.ScalarNode):
            raise _Found(
                "IK901",
                "En lista eller en grupp av fält kan inte vara ett fältnamn",
                _span(node),
                "Skriv ett namn.",
            )
        name: str = node.value
        if not name.isprintable() or name != name.strip():
            odd = next((c for c in name if not c.isprintable()), " ")
            self.problems.append(
                Problem(
                    "IK901",
                    (
                        "Fältnamnet "
                        f"”{short_text(''.join(c for c in name if c.isprintable()).strip(), 60)}” "
                        "innehåller ett "
                    )
                    + (
                        "mellanslag i början eller slutet"
                        if odd == " "
                        else f"osynligt tecken (U+{ord(odd):04X})"
                    ),
                    _span(node),
                    "Ta bort tecknet, och dra in raden med vanliga mellanslag.",
                )
            )
        else:
            self.check_escapes(node)
        return name

    def scalar(self, node: yaml.ScalarNode) -> Any:
        text: str = node.value
        if node.style:
            self.check_escapes(node)
            return text
        if self.lines is not None:
            self.check_glued_comment(node)
        if text in _CONSTANTS:
            return _CONSTANTS[text]
        if text[0] in "0123456789+-.":
            return self.number(node, text)
        return text

    def number(self, node: yaml.ScalarNode, text: str) -> Any:
        if _SPECIAL_FLOAT.fullmatch(text):
            return self.refuse_number(node)
        if _INT.fullmatch(text):
            return int(text) if len(text) <= 15 else self.refuse_number(node)
        if _FLOAT.fullmatch(text):
            value = float(text)
            if not math.isfinite(value):
                return self.refuse_number(node)
            # 13.0 is the integer 13 to a schema, and must not be printed as 13.0.
            return int(value) if value.is_integer() and abs(value) < 1e15 else value
        return text

    def refuse_number(self, node: yaml.ScalarNode) -> None:
        self.problems.append(
            Problem(
                "IK901",
                "Talet är för stort eller inget riktigt tal",
                _span(node),
                "Sätt citattecken runt värdet om det är en text eller ett nummer.",
            )
        )

    def check_escapes(self, node: yaml.ScalarNode) -> None:
        if not self.escapes:
            return
        if _CONTROL.search(node.value) or _LONE_RETURN.search(node.value):
            message = "Värdet innehåller ett styrtecken, skrivet som teckenkod"
        elif not unicodedata.is_normalized("NFC", node.value):
            message = _decomposed(node.value)[1]
        else:
            return
        self.problems.append(
            Problem(
                "IK905",
                message,
                _span(node),
                "Ta bort teckenkoden, eller skriv tecknet som det är.",
            )
        )

    def check_glued_comment(self, node: yaml.ScalarNode) -> None:
        assert self.lines is not None
        end = node.end_mark
        rest = self.lines[end.line][end.column :] if end.line < len(self.lines) else ""
        if re.match(r"[ \t]+#[^\s#!]", rest):
            start = end.column + rest.index("#")
            self.problems.append(
                Problem(
                    "IK901",
                    f"Texten efter # försvinner: ”{short_text(rest.strip(), 60)}”",
                    Span(end.line + 1, start + 1, end.line + 1, len(self.lines[end.line]) + 1),
                    (
                        "Sätt citattecken runt hela värdet, eller ett mellanslag efter # om "
                        "det är en kommentar."
                    ),
                )
            )


def _span(node: Any) -> Span:
    """The span of a node or event, cut at the end of its first line."""
    start, end = node.start_mark, node.end_mark
    if end.line != start.line:
        return Span(start.line + 1, start.column + 1, start.line + 1, start.column + 2)
    return Span(
        start.line + 1, start.column + 1, end.line + 1, max(end.column, start.column + 1) + 1
    )


def _span_at(text: str, index: int) -> Span:
    """The span of the single character at ``index``."""
    lines = (text[:index] + "x").splitlines()
    return Span(len(lines), len(lines[-1]), len(lines), len(lines[-1]) + 1)


def iter_paths(data: Any, path: DataPath = ()) -> Iterator[tuple[DataPath, Any]]:
    """Every place in ``data`` with its value, depth first, in the order of the file."""
    yield path, data
    if isinstance(data, dict):
        for key, value in data.items():
            yield from iter_paths(value, (*path, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from iter_paths(value, (*path, index))
