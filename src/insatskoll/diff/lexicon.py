"""What is known of words when two texts are compared: the files in ``catalogue/omskrivningar``.

Some words weigh: they decide who gets what. Some can stand for each other, and some say nothing of
their own. The rest are plain.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Literal

from insatskoll.catalogue import program_files
from insatskoll.values import immutable

if TYPE_CHECKING:
    from insatskoll.reading.schema_types import OmskrivningData

Kind = Literal["weighs", "person", "small", "plain"]
_ANY = "*"
_BEGINNING = 4  # letters that two forms of a word have in common at least
_ENDING = 3  # letters that they may end with
# What a phrase does if one of its words does: gör en anmälan om, kostar inget.
_OF_A_PHRASE = frozenset(
    {
        "anmäls", "belastar", "bistår", "dokumenterar", "ger", "görs", "kan", "kostar", "kräver",
        "nekar", "samtycker", "ska", "utesluter",
    }
)  # fmt: skip
_EACH_DAY = ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag")
_WEEKDAYS = {name: frozenset({day}) for day, name in enumerate(_EACH_DAY)} | {
    "vardagar": frozenset(range(5)),
    "helger": frozenset({5, 6}),
    "alla dagar": frozenset(range(7)),
}


@immutable
class Token:
    """A word or several in a text: what it stands for, so that those of one meaning are equal, and
    what kind it is."""

    said: str
    kind: Kind


@immutable
class _Entry:
    """A line of a file: its words, the last of which may be only a beginning."""

    words: tuple[str, ...]
    open_end: bool
    token: Token | None  # what it stands for; None for the words as they stand, which weigh

    def fits(self, words: Sequence[str], at: int) -> bool:
        """Whether the words from ``at`` are those of the entry."""
        here = tuple(words[at : at + len(self.words)])
        if not self.open_end or len(here) < len(self.words):
            return here == self.words
        return here[:-1] == self.words[:-1] and here[-1].startswith(self.words[-1])


@immutable
class Measures:
    """The words that measures are said in: the units (of which kind, and how many of its smallest),
    the phrases that bound a number, how often, and the days of the week (0 to 6)."""

    units: Mapping[str, tuple[str, float]]
    bounds: Sequence[tuple[tuple[str, ...], str]]
    often: Mapping[str, tuple[str, float]]
    weekdays: Mapping[str, frozenset[int]]


class Lexicon:
    """What the files say of words."""

    def __init__(self, files: Iterable[OmskrivningData]) -> None:
        told = list(files)
        self._weighing = [
            _entry(written, None)
            for data in told
            for group in data.get("väger", {}).values()
            for written in group
        ]
        self._first: dict[str, list[_Entry]] = {}
        for entry in sorted(self._entries(told), key=lambda e: (-len(e.words), e.open_end)):
            self._first.setdefault(entry.words[0][:2], []).append(entry)
        self.weighing = frozenset(
            entry.words[0] for entry in self._weighing if len(entry.words) == 1
        )
        self.misspelt = {
            right: frozenset(wrong)
            for data in told
            for right, wrong in data.get("felskrivningar", {}).items()
        }
        self._expressions = {
            name: words for data in told for name, words in data.get("uttryck", {}).items()
        }
        self._kinds = _kinds(told)
        self._held = {
            larger: frozenset(smaller)
            for data in told
            for larger, smaller in data.get("rymmer", {}).items()
        }
        self.refers = frozenset(word for data in told for word in data.get("syftar", ()))
        self.measures = _measures(told)

    def _entries(self, told: Sequence[OmskrivningData]) -> Iterator[_Entry]:
        same = {one for data in told for group in data.get("detsamma", ()) for one in group}
        for data in told:
            for group in data.get("personer", ()):
                yield from (_entry(one, Token(group[0], "person")) for one in group)
            for group in (*data.get("detsamma", ()), *_with_nouns(data)):
                weighs = any(self._weighs(one.rstrip(_ANY)) for one in group)
                token = Token(group[0], "weighs" if weighs else "plain")
                yield from (_entry(one, token) for one in group)
            yield from (_entry(one, Token(one, "small")) for one in data.get("småord", ()))
            for group in data.get("riktning", {}).values():
                yield from (_entry(one, None) for one in group if " " in one and one not in same)
        yield from self._weighing

    def _weighs(self, phrase: str) -> bool:
        words = phrase.split()
        return any(
            entry.fits(words, 0) and len(entry.words) == len(words) for entry in self._weighing
        )

    def read(self, words: Sequence[str]) -> list[Token]:
        """What ``words``, in small letters, stand for; the longest that is known first."""
        return [token for token, _ in self.tokens(words)]

    def tokens(self, words: Sequence[str]) -> Iterator[tuple[Token, int]]:
        """What ``words`` stand for, each with how many of them it is."""
        at = 0
        while at < len(words):
            entry = self._at(words, at)
            length = 1 if entry is None else len(entry.words)
            yield _token(words[at : at + length], entry), length
            at += length

    def expression(self, name: str) -> str:
        """The words of a name as alternatives of a regular expression, the longest first."""
        words = sorted(self._expressions[name], key=lambda one: (-len(one), one))
        return "|".join(
            re.escape(one.rstrip(_ANY)) + (r"\w*" if one.endswith(_ANY) else "") for one in words
        )

    def phrases(self, kind: str) -> frozenset[str]:
        """The words that do one thing in a sentence."""
        return self._kinds[kind][0]

    def kinds(self, form: str) -> frozenset[str]:
        """What a word, or several, in small letters does in a sentence: begränsar, nekar."""
        found = frozenset(
            kind
            for kind, (whole, beginnings) in self._kinds.items()
            if form in whole or form.startswith(beginnings)
        )
        if found or " " not in form:
            return found
        return frozenset().union(*map(self.kinds, form.split())) & _OF_A_PHRASE

    def holds(self, larger: str, smaller: str) -> bool:
        """Whether all of a group are also of a larger one: mammor, föräldrar."""
        held = self._held.get(larger, frozenset())
        return smaller in held or any(self.holds(one, smaller) for one in held)

    def weighs(self, words: Sequence[str]) -> bool:
        """Whether any of ``words`` decides who gets what."""
        return any(token.kind == "weighs" for token in self.read(words))

    def _at(self, words: Sequence[str], at: int) -> _Entry | None:
        return next((e for e in self._first.get(words[at][:2], ()) if e.fits(words, at)), None)


def _with_nouns(data: OmskrivningData) -> Iterator[list[str]]:
    """Verbs with what is said in their place, a noun and a verb that says nothing of its own:
    granskar, gör en granskning av, gör granskning av; granska, göra en granskning av."""
    infinitives = data.get("hjälpverb", {})
    for row in data.get("lättverb", ()):
        noun = row["substantiv"]
        nouns = dict.fromkeys((noun, noun.removeprefix("en ").removeprefix("ett ")))
        present, infinitive = row["verb"]
        yield [present, *(f"{verb} {one}" for verb in row["med"] for one in nouns)]
        also = [infinitives[verb] for verb in row["med"]]
        yield [infinitive, *(f"{verb} {one}" for verb in also for one in nouns)]


def _kinds(told: Sequence[OmskrivningData]) -> dict[str, tuple[frozenset[str], tuple[str, ...]]]:
    """The words by what they do in a sentence: those that are whole, and those that only begin."""
    found: dict[str, list[str]] = {}
    for data in told:
        for kind, words in data.get("riktning", {}).items():
            found.setdefault(kind, []).extend(words)
    return {
        kind: (
            frozenset(word for word in words if not word.endswith(_ANY)),
            tuple(word.rstrip(_ANY) for word in words if word.endswith(_ANY)),
        )
        for kind, words in found.items()
    }


def _measures(told: Sequence[OmskrivningData]) -> Measures:
    units = {
        word: (kind, float(unit["antal"]))
        for data in told
        for kind, of_it in data.get("enheter", {}).items()
        for unit in of_it
        for word in unit["ord"]
    }
    bounds = [
        (tuple(phrase.split()), kind)
        for data in told
        for kind, phrases in data.get("gränser", {}).items()
        for phrase in phrases
    ]
    often = {word: units[name] for data in told for word, name in data.get("ofta", {}).items()}
    days = {
        word: _WEEKDAYS[name]
        for data in told
        for name, words in data.get("veckodagar", {}).items()
        for word in words
    }
    return Measures(units, sorted(bounds, key=lambda one: -len(one[0])), often, days)


def _entry(written: str, token: Token | None) -> _Entry:
    return _Entry(tuple(written.rstrip(_ANY).split()), written.endswith(_ANY), token)


def _token(words: Sequence[str], entry: _Entry | None) -> Token:
    said = " ".join(words)
    if entry is None:
        # numbers and signs weigh, and so does what only a hyphen tells from a word
        return Token(said, "plain" if said.isalpha() else "weighs")
    return entry.token or Token(said, "weighs")


@cache
def shipped() -> Lexicon:
    """The program's own."""
    return Lexicon(program_files.known("omskrivningar", "omskrivning").values())


def of_one_word(first: str, second: str, ending: int = _ENDING) -> bool:
    """Whether two words begin so alike that they are forms of one."""
    if first == second:
        return True
    if not (first.isalpha() and second.isalpha()):
        return False
    pairs = enumerate(zip(first, second, strict=False))
    alike = next((at for at, (a, b) in pairs if a != b), min(len(first), len(second)))
    return alike >= _BEGINNING and max(len(first), len(second)) - alike <= ending
