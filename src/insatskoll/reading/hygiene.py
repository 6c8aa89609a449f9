"""What the bytes and characters of a file must be before its YAML is read."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path
from typing import Any

import yaml

from insatskoll.names import shown
from insatskoll.patterns import later
from insatskoll.reading import encodings, files, yaml_errors
from insatskoll.reading.places import Problem, Span

try:
    from yaml import CSafeLoader

    Loader: Any = CSafeLoader
except ImportError:  # PyYAML built without libyaml: slower, same result
    from yaml import SafeLoader

    Loader = SafeLoader

UTF_16 = Problem(
    "IK905",
    "Filen är sparad i teckenkodningen UTF-16, inte UTF-8",
    Span(),
    "Välj Spara som i textredigeraren och kodningen UTF-8, utan BOM.",
)

# Encodings that nobody knows apart.
_ALIKE = ("Latin-1", "Windows-1252")
_MENDED = ("insatser", "riskanalyser", "kommun.yaml", "profil.yaml")  # what lint --fix writes in
MAX_BYTES = files.MAX_BYTES
MAX_DEPTH = 24
# comparing a list's values with each other takes time in square; a whole decision has some
# thousands
MAX_VALUES = 50_000
MAX_PROBLEMS = 100
EMPTY = "Filen är tom"
MISSING = Problem("IK901", "Filen finns inte", Span(), "Kontrollera namnet.")
TOO_LARGE = Problem(
    "IK907",
    f"Filen är större än {MAX_BYTES // 1_000_000} MB",
    Span(),
    "Dela upp innehållet: en fil per insats.",
)
CONTROL = later(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff"
    "\U000e0000-\U000e0fff]"  # tags, which can carry a whole hidden text
)
LONE_RETURN = later("\r(?!\n)")  # would let a terminal overwrite the line
_LEADING_TAB = later(r"^ *\t", re.MULTILINE)
GLUED_COMMENT = later(r" #[^\s#!]")


class UnreadableDocument(Exception):
    """A file that could not be read; ``problems`` says why, with places in ``text``."""

    def __init__(self, path: Path, problems: list[Problem], text: str = "") -> None:
        super().__init__(f"{shown(path)}: {problems[0].message}")
        self.path = path
        self.problems = problems
        self.text = text


class Found(Exception):
    """Something so wrong that the reading ends there; ``problem`` says what."""

    def __init__(self, rule: str, message: str, span: Span, remedy: str) -> None:
        self.problem = Problem(rule, message, span, remedy)


def raw_bytes(path: Path, within: Path | None, door: files.Door | None = None) -> bytes:
    """The bytes of the file, as ``door`` gives them if there is one. Raises
    :class:`UnreadableDocument` if it is missing, too large or no plain file in ``within``."""
    try:
        return files.read(path, MAX_BYTES, within=within) if door is None else door(path, MAX_BYTES)
    except files.Unread as error:
        problem = {"saknas": MISSING, "stor": TOO_LARGE}.get(error.reason) or Problem(
            "IK901", error.what, Span(), error.remedy
        )
        raise UnreadableDocument(path, [problem]) from None


def decoded(path: Path, raw: bytes) -> str:
    """``raw`` as text. Raises :class:`UnreadableDocument` if it is not UTF-8, and says what."""
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
            span_at(before, len(before)),
            _saved_as(path, raw),
        )
        text = raw.decode("utf-8", errors="replace")
        raise UnreadableDocument(path, [problem], text) from None


def _saved_as(path: Path, raw: bytes) -> str:
    """What to do about a file in another encoding than UTF-8: which, if it can be only one, and
    that it is then put right by itself, if it lies where files are."""
    if (meant := encodings.meant(raw)) is None:
        return "Spara om filen som UTF-8. Det går inte att avgöra vilken teckenkodning den har nu."
    seen = "Latin-1 eller Windows-1252" if meant.encoding in _ALIKE else meant.encoding
    told = f"Spara om filen som UTF-8; den ser ut att vara sparad som {seen}."
    if path.parent.name not in _MENDED and path.name not in _MENDED:
        return told
    return f"{told} Kommandot insatskoll lint --fix gör om den."


def check_characters(text: str) -> None:
    """Raises :class:`Found` at the first character that cannot be seen, or that is not in NFC."""
    if found := CONTROL.search(text):
        name = f"U+{ord(found[0]):04X}"
        raise Found(
            "IK905",
            f"Texten innehåller ett osynligt styrtecken ({name})",
            span_at(text, found.start()),
            "Ta bort tecknet; det följer ofta med när man klistrar in från ett annat program.",
        )
    if "\t" in text and (found := _LEADING_TAB.search(text)):
        raise Found(
            "IK905",
            "Raden är indragen med tabb",
            span_at(text, found.end() - 1),
            "Dra in med mellanslag, två för varje nivå.",
        )
    if not unicodedata.is_normalized("NFC", text):
        at, message = decomposed(text)
        remedy = (
            "Kör insatskoll lint --fix, skriv om bokstaven, eller spara om filen med text i "
            "formen NFC."
        )
        raise Found("IK905", message, span_at(text, at), remedy)


def decomposed(text: str) -> tuple[int, str]:
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


def check_structure(text: str) -> None:
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
        _check_events(text, Loader)
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
            raise Found("IK907", yaml_errors.ALIAS[0], span(event), yaml_errors.ALIAS[1])
        if getattr(event, "tag", None) is not None:
            raise Found("IK907", yaml_errors.TAG[0], span(event), yaml_errors.TAG[1])
        if isinstance(event, yaml.DocumentStartEvent) and (event.version or event.tags):
            raise Found("IK901", yaml_errors.DIRECTIVE[0], span(event), yaml_errors.DIRECTIVE[1])
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                raise too_deep(event)
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


def too_deep(at: Any) -> Found:
    """What to raise where a group lies deeper than any file has it."""
    return Found(
        "IK907",
        f"Filen har fler än {MAX_DEPTH} nivåer",
        span(at),
        "Kontrollera indragningen och att alla parenteser är avslutade.",
    )


def span(node: Any) -> Span:
    """The span of a node or event, cut at the end of its first line."""
    start, end = node.start_mark, node.end_mark
    if end.line != start.line:
        return Span(start.line + 1, start.column + 1, start.line + 1, start.column + 2)
    return Span(
        start.line + 1, start.column + 1, end.line + 1, max(end.column, start.column + 1) + 1
    )


def span_at(text: str, index: int) -> Span:
    """The span of the single character at ``index``."""
    lines = (text[:index] + "x").splitlines()
    return Span(len(lines), len(lines[-1]), len(lines), len(lines[-1]) + 1)
