"""What headings, the heads of columns and the words that lead in a text mean, by the words in
``catalogue/inläsning``.

A phrase there matches words whole; ``*`` at the end of a word is any ending, alone one to four
words, and ``**`` one or more. Case, numbers before a heading, signs and what stands in
parentheses make no difference.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from insatskoll.catalogue import program_files
from insatskoll.patterns import later
from insatskoll.values import immutable

if TYPE_CHECKING:
    from insatskoll.reading.schema_types import InlasningData, InlasningVärden

# What a heading means that is no label of an insats.
SECTIONS = frozenset(
    (
        "inledning", "riktlinje", "analys", "historik", "innehållsförteckning", "matris",
        "ansökan", "uppföljningsintervall", "avslutad",
    )
)  # fmt: skip
# What labels mean that only the analysis of an insats has.
ANALYSIS = frozenset(("utan prövning", "utan uppgifter", "barnkonsekvens", "bedömning"))
_LONGEST = 22  # words of a heading that may be a label
_LEAD = 9  # words before a colon
_NUMBERED = later(
    r"^\s*(?:bilaga \d+[.:]?|\d+(?:\.\d+)*[.)]?|[a-z][.)]|[•●○▪–—*-])\s+", re.IGNORECASE
)
_WORD = later(r"[^\W_]+(?:-[^\W_]+)*")
_DASH = later(r"\s+[–—-]\s+(?=\S)")
_ASIDE = later(r"\([^()]*\)")
_ANY = {"*": r"[^ ]+(?: [^ ]+){0,3}", "**": r"[^ ]+(?: [^ ]+)*"}


@immutable
class Lead:
    """A text that begins with a label: what it means, the label as written, and the rest."""

    meanings: tuple[str, ...]
    label: str
    rest: str
    parted: bool = False  # by a colon or a dash

    def answers(self, level: int | None) -> bool:
        """Whether the rest is an answer, though all words together may be a label: in a heading of
        a ``level`` only after a colon."""
        if not self.rest or self.meanings[0] == "insats":
            return False
        return self.parted or (level is None and not self.rest[0].islower())


@immutable
class _Phrases:
    """Phrases as the expressions that match a row of words, and which meaning each has."""

    expression: re.Pattern[str]
    names: Mapping[str, str]


@cache
def read() -> dict[str, Any]:
    """What the files say: meanings, what may stand around them, the words of values, and those of
    what only says them again."""
    found: dict[str, Any] = {"betydelser": {}, "omgivning": {}, "upprepat": {}, "värden": {}}
    files: Mapping[str, InlasningData] = program_files.known("inläsning", "inlasning")
    for data in files.values():
        for name, one in data.get("betydelser", {}).items():
            found["betydelser"][name] = one["ord"]
        found["omgivning"] |= data.get("omgivning", {})
        found["upprepat"] |= data.get("upprepat", {})
        found["värden"] |= data.get("värden", {})
    return found


def values(field: str) -> list[InlasningVärden]:
    """The values of a ``field`` and the words that show each."""
    known: list[InlasningVärden] = read()["värden"][field]
    return known


def repeated(which: str) -> frozenset[str]:
    """The words ”tomma” or ”gränser” of what says no more than its fields."""
    return frozenset(read()["upprepat"][which])


def repeated_level(level: str) -> frozenset[str]:
    """The words that say the ``level`` of documentation, none for one that has none."""
    return frozenset(read()["upprepat"]["nivåer"].get(level, ()))


def pattern(phrase: str) -> str:
    """The expression for a phrase among words that single spaces part."""
    words = phrase.split()
    ends = len(words) > 1 and words[-1] == "*"  # ”Hur mycket” asks what ”Hur mycket får jag” does
    made = [_ANY.get(one) or re.escape(one).replace(r"\*", r"[^ ]*") for one in words]
    return f"{' '.join(made[:-1])}(?: {made[-1]})?" if ends else " ".join(made)


@cache
def _around() -> tuple[str, str, str]:
    said: Mapping[str, Sequence[str]] = read()["omgivning"]
    before, between, after = (
        "|".join(map(pattern, said[name])) for name in ("före", "mellan", "efter")
    )
    return before, between, after


@cache
def _phrases() -> _Phrases:
    """All phrases in one expression, the longest first."""
    written = [(phrase, name) for name, words in read()["betydelser"].items() for phrase in words]
    written.sort(key=lambda one: (-len(one[0].replace("*", "").split()), -len(one[0])))
    names = {f"g{at}": name for at, (_, name) in enumerate(written)}
    joined = "|".join(f"(?P<g{at}>{pattern(phrase)})" for at, (phrase, _) in enumerate(written))
    return _Phrases(re.compile(rf"(?:{joined})(?= |$)"), names)


def plain(text: str) -> str:
    """The words of a heading in small letters, without its number, signs and parentheses."""
    bare = _ASIDE.sub(" ", _NUMBERED.sub("", text))
    return " ".join(word.casefold() for word in _WORD.findall(bare))


def meanings(text: str) -> tuple[str, ...]:
    """What a heading or a column's head means: no, one or several meanings, in order."""
    return _meanings(plain(text)) if len(text) < 250 else ()


def columns(text: str) -> tuple[tuple[str, ...], ...]:
    """What the heads of columns mean that stand after one another in a text: those with ”och”
    between them are one head."""
    return _heads(plain(text))


def _meanings(words: str) -> tuple[str, ...]:
    if words.count(" ") >= _LONGEST:
        return ()
    return tuple(dict.fromkeys(name for head in _heads(words) for name in head))


@cache
def _heads(words: str) -> tuple[tuple[str, ...], ...]:
    before, between, after = _around()
    found: list[tuple[str, ...]] = []
    rest, joined = words, False
    while rest:
        bare = re.sub(rf"^(?:(?:{before}) )+(?=[^ ])", "", rest)
        matched = _whole(bare, between, after) or _whole(rest, between, after)
        if matched is None:
            return ()
        name, rest, joins = matched
        found = [*found[:-1], (*found[-1], name)] if joined else [*found, (name,)]
        joined = joins
    return tuple(found)


def _whole(words: str, between: str, after: str) -> tuple[str, str, bool] | None:
    """The first meaning of ``words``, what is left after what may follow it, and whether that is
    joined with it."""
    phrases = _phrases()
    one = phrases.expression.match(words)
    if one is None:
        return None
    rest = words[one.end() :].strip()
    rest = re.sub(rf"^(?:{after})(?= |$) ?", "", rest)
    joined = re.sub(rf"^(?:{between})(?= |$) ?", "", rest)
    if joined == rest and rest and not phrases.expression.match(rest):
        return None
    return phrases.names[one.lastgroup or ""], joined, joined != rest


def lead(text: str, marked: str = "") -> Lead | None:
    """The label that a text begins with: before a colon or a dash, or as its ``marked`` words
    (bold)."""
    for label, rest, sign in _leads(text, marked):
        found = meanings(label)
        if found and not (sign == "–" and "insats" in found):
            return Lead(found, label.strip(), rest.strip(), bool(sign))
    return None


def _leads(text: str, marked: str) -> Iterator[tuple[str, str, str]]:
    """What may be a label, what follows it, and the sign between them."""
    if marked and text.startswith(marked):
        rest = text[len(marked) :]
        sign = ":" if ":" in (marked.rstrip()[-1:], rest.lstrip()[:1]) else ""
        yield marked.rstrip(" :."), rest.lstrip(" :–-") if rest.strip() else "", sign
    before, colon, rest = text.partition(":")
    if colon and _may_lead(before):
        yield before, rest, colon
    parted = _DASH.split(text, maxsplit=1)
    if len(parted) == 2 and _may_lead(parted[0]) and parted[0][:1].isupper():
        yield parted[0], parted[1], "–"


def _may_lead(words: str) -> bool:
    said = words.rstrip()
    return bool(said) and len(said.split()) <= _LEAD and not said.endswith((".", ","))
