"""What a proposal must not lose of what was written: the words and signs that turn it round.

A number, a sign of more or less and a word that denies decide what a field says in law, so a
proposal that is without one of them is another fact, and is not made.
"""

from __future__ import annotations

import re
from collections import Counter

from insatskoll.patterns import later

_TURNS = later(
    r"\d+|[<>≤≥?+±]|\b(?:aldrig|annan|annat|andra|bara|dock|ej|endast|ev|eventuellt|förutom|icke|"
    r"inga|ingen|inget|inte|kanske|men|oklart|om|också|undantag|utan|utom|vissa|över|under|minst|"
    r"mer|mindre|fler|färre|före|efter|högst|max|lägst)\b",
    re.IGNORECASE,
)
# What is round a word that was copied from running text.
_AROUND = " \t\n\"'”“„’‘»«`.,;:"
_QUOTED = later("[\"'”“„’‘»«][^\"'”“„’‘»«]*[\"'”“„’‘»«]")
_DENIES = later(r"\b(?:aldrig|ej|icke|inga|ingen|inget|inte|nej|utan)\b", re.IGNORECASE)
_ANSWER = later(r"(?:ja|jo|nej|jepp|japp|ok|okej|x)", re.IGNORECASE)
_AFFIRMED = later(r"(?:ja|jo)\b[\s,;:.–-]+(?=\S)", re.IGNORECASE)
# No money at all.
_NO_SUM = later(r"0+(?:[.,:]0+)?\s*(?:kr\.?|kronor|sek)?\s*(?::?-|:-)?", re.IGNORECASE)


def turns(text: str) -> Counter[str]:
    """The numbers, signs and words in ``text`` that decide what it says, each as often as it
    stands there."""
    return Counter(found.casefold().lstrip("0") or "0" for found in _TURNS.findall(text))


def keeps(written: str, told: str) -> bool:
    """Whether all in ``written`` that decides what it says is in ``told`` too."""
    return not turns(written) - turns(told)


def bare(text: str) -> str:
    """``text`` without quotation marks of a word processor and without the signs that end a
    sentence."""
    return text.strip(_AROUND)


def unquoted(text: str) -> str:
    """``text`` without quotation marks of a word processor around the whole of it."""
    return text[1:-1].strip() if _QUOTED.fullmatch(text) else text


def is_answer(text: str) -> bool:
    """Whether ``text`` is only a yes or a no, which says nothing where words are wanted."""
    return _ANSWER.fullmatch(bare(text)) is not None


def denies(text: str) -> bool:
    """Whether a word in ``text`` denies something."""
    return _DENIES.search(text) is not None


def is_no_sum(text: str) -> bool:
    """Whether ``text`` is an amount of nothing."""
    return _NO_SUM.fullmatch(bare(text)) is not None


def unaffirmed(text: str) -> str:
    """``text`` without the yes that it begins with, if it says more."""
    found = _AFFIRMED.match(text)
    return text[found.end() :] if found else text
