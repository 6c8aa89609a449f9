"""Damages that a file gets on its way through Windows, Word and hurried hands, each of which has
one right answer: what it was."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from insatskoll.reading import document, slips
from insatskoll.reading.document import Document
from insatskoll.reading.places import DataPath

Damage = Callable[[Document, str, random.Random], bytes]


def _lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)


def _structure(read: Document) -> list[int]:
    """The lines that begin with a field or an item, and are drawn in."""
    keys = {read.span(path, key=True).line - 1 for path in _fields(read)}
    return [n for n, line in enumerate(_lines(read.text)) if n in keys and line.startswith(" ")]


def _fields(read: Document) -> Iterator[DataPath]:
    for path, _ in document.iter_paths(read.data):
        if path and isinstance(path[-1], str):
            yield path


def _in_lines(read: Document, chance: random.Random, change: Callable[[str], str]) -> bytes:
    lines, there = _lines(read.text), _structure(read)
    for n in chance.sample(there, min(len(there), chance.randint(1, 4))):
        lines[n] = change(lines[n])
    return "".join(lines).encode()


def _at_names(
    read: Document, chance: random.Random, change: Callable[[str], str], most: int = 3
) -> bytes:
    places = sorted(read.key(path) for path in _fields(read))
    text = read.text
    for start, end in sorted(chance.sample(places, min(len(places), most)), reverse=True):
        text = text[:start] + change(text[start:end]) + text[end:]
    return text.encode()


def _at_values(
    read: Document, kind: str, chance: random.Random, change: Callable[[str], str]
) -> bytes:
    text, places = read.text, []
    for path, value in document.iter_paths(read.data):
        fields = tuple(step for step in path if isinstance(step, str))
        if isinstance(value, str) and value in slips._known_words(kind, fields)[0]:
            places.append(read.extent(path))
    for start, end in sorted(chance.sample(places, min(len(places), 2)), reverse=True):
        text = text[:start] + change(text[start:end]) + text[end:]
    return text.encode()


def with_mark(read: Document, kind: str, chance: random.Random) -> bytes:
    return b"\xef\xbb\xbf" + read.text.encode()


def in_utf_16(read: Document, kind: str, chance: random.Random) -> bytes:
    return chance.choice([b"\xff\xfe", b""]) + read.text.encode("utf-16-le")


def in_one_byte(read: Document, kind: str, chance: random.Random) -> bytes:
    return read.text.encode(chance.choice(["cp1252", "cp1252", "mac-roman"]))


def with_tabs(read: Document, kind: str, chance: random.Random) -> bytes:
    def tabbed(line: str) -> str:
        pairs = (len(line) - len(line.lstrip(" "))) // 2
        return "\t" * pairs + line[2 * pairs :]

    return _in_lines(read, chance, tabbed)


def with_tabs_all_over(read: Document, kind: str, chance: random.Random) -> bytes:
    return re.sub("^( +)", lambda m: "\t" * (len(m[0]) // 2) + " " * (len(m[0]) % 2), read.text,
                  flags=re.MULTILINE).encode()  # fmt: skip


def with_hard_spaces(read: Document, kind: str, chance: random.Random) -> bytes:
    def hard(line: str) -> str:
        first = len(line) - len(line.lstrip(" "))
        return "\u00a0" * first + line[first:]

    return _in_lines(read, chance, hard)


def with_hard_spaces_all_over(read: Document, kind: str, chance: random.Random) -> bytes:
    return re.sub("^ +", lambda m: "\u00a0" * len(m[0]), read.text, flags=re.MULTILINE).encode()


def with_hard_separators(read: Document, kind: str, chance: random.Random) -> bytes:
    return _in_lines(
        read, chance, lambda line: re.sub(r"^( *(?:- )?\w+:) (?=\S)", "\\1\u00a0", line, count=1)
    )


def with_unseen_in_names(read: Document, kind: str, chance: random.Random) -> bytes:
    def unseen(name: str) -> str:
        at = chance.randint(0, len(name))
        return name[:at] + chance.choice("\u200b\u00ad\u2060\ufeff") + name[at:]

    return _at_names(read, chance, unseen)


def with_names_in_capitals(read: Document, kind: str, chance: random.Random) -> bytes:
    return _at_names(read, chance, lambda name: chance.choice([name.upper(), name.capitalize()]))


def with_values_in_capitals(read: Document, kind: str, chance: random.Random) -> bytes:
    return _at_values(read, kind, chance, lambda v: chance.choice([v.upper(), v.capitalize()]))


def _misspelt(word: str, chance: random.Random) -> str:
    at = chance.randrange(1, max(2, len(word)))
    match chance.randrange(4):
        case 0:
            return word[:at] + word[at + 1 :]
        case 1:
            return word[:at] + word[at : at + 1] * 2 + word[at + 1 :]
        case 2:
            return word[:at] + chance.choice("aeinrst") + word[at + 1 :]
    return word[:at] + word[at + 1 : at + 2] + word[at : at + 1] + word[at + 2 :]


def with_misspelt_names(read: Document, kind: str, chance: random.Random) -> bytes:
    return _at_names(read, chance, lambda name: _misspelt(name, chance), 1)


def with_misspelt_values(read: Document, kind: str, chance: random.Random) -> bytes:
    return _at_values(read, kind, chance, lambda value: _misspelt(value, chance))


def with_mixed_line_ends(read: Document, kind: str, chance: random.Random) -> bytes:
    lines = _lines(read.text)
    for n in chance.sample(range(len(lines)), max(1, len(lines) // 3)):
        lines[n] = lines[n].replace("\n", "\r\n")
    return "".join(lines).encode()


# Those that always have one answer, and those that may come to look like something else: such a
# file is then left.
CERTAIN: tuple[Damage, ...] = (
    with_mark, in_utf_16, with_tabs_all_over, with_hard_spaces, with_hard_spaces_all_over,
    with_hard_separators, with_unseen_in_names, with_names_in_capitals, with_values_in_capitals,
    with_mixed_line_ends,
)  # fmt: skip
UNCERTAIN: tuple[Damage, ...] = (
    in_one_byte, with_tabs, with_misspelt_names, with_misspelt_values,
)  # fmt: skip


def files(catalogue: Path) -> list[tuple[Path, str]]:
    """The files of a catalogue's municipalities that people write in, each with its kind."""
    kinds = {"insatser": "insats", "riskanalyser": "riskanalys"}
    found = []
    for path in sorted((catalogue / "kommuner").rglob("*.yaml")):
        kind = path.stem if path.stem in ("kommun", "profil") else kinds.get(path.parent.name)
        if kind is not None:
            found.append((path, kind))
    return found
