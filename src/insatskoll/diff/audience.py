"""For whom something is, when a sentence says that and little else: what differs in it is then read
as what is asked for of those who come, and so is a clause that tells on what condition something is
given.
"""

from __future__ import annotations

import re
from functools import cache
from re import Pattern
from typing import NamedTuple

from insatskoll.diff import lexicon
from insatskoll.diff.conjuncts import is_verb
from insatskoll.diff.elements import Element, Sentence, kinds_of, sentences

_LONGEST = 14  # words for whom it is
# What a sentence does not say besides for whom it is, if it is read so.
_TURNING = frozenset({"nekar", "begränsar", "vidgar", "mjukar upp", "kostar", "belastar", "kan"})
_OF_OTHERS = frozenset({"dokumenterar", "samtycker", "anmäls", "kräver", "ska", "bör"})
_EARLY = (1, 2, 3)  # where a clause has its verb


@cache
def _for() -> Pattern[str]:
    """What stands before those for whom something is, by what it says of them."""
    known = lexicon.shipped().expression
    kinds = (("for", "är för någon"), ("open", "är öppet för någon"), ("to", "ges till någon"))
    return re.compile("|".join(rf"(?P<{name}>{known(words)})" for name, words in kinds))


@cache
def _if() -> Pattern[str]:
    """What begins a clause that tells on what condition something is given."""
    known = lexicon.shipped().expression
    return re.compile(
        rf",? (?:{known('villkorar')}) (?=(?:{known('den som villkoret är för')})\b(?! som))"
    )


@cache
def _wishes() -> Pattern[str]:
    """What a clause is about that turns nobody away: om du vill."""
    return re.compile(rf"\b(?:{lexicon.shipped().expression('utesluter ingen')})\b")


@cache
def _wondering() -> Pattern[str]:
    """What a clause after it is not a condition of: prövas om du, råd om du."""
    words = lexicon.shipped().expression("undrar")
    return re.compile(rf"\b(?:{words})", re.IGNORECASE)


class Reduced(NamedTuple):
    """What two sentences say of those who come, to be held against each other."""

    before: Sentence
    after: Sentence


class _Said(NamedTuple):
    """A sentence taken apart: what is given, how it is said that it is for somebody, and whom."""

    what: str
    kind: str
    whom: str


def of_both(before: Sentence, after: Sentence) -> Reduced | None:
    """For whom two sentences are that give the same; None where more differs or may differ."""
    return _whom(before, after) or _in_clauses(before, after)


def same_marks(before: Sentence, after: Sentence) -> bool:
    """Whether two sentences are for the same: riktar sig till, är till för."""
    said = [_taken_apart(one) for one in (before, after)]
    return said[0] is not None and said[0] == said[1]


def condition_comes(before: Sentence, after: Sentence) -> int:
    """1 where what is given is given only on a condition that the other sentence does not have, -1
    where it no longer is; 0 where that is not all that differs."""
    old, new = _split(before), _split(after)
    if (old is None) == (new is None):
        return 0
    has, free = (new, before) if new is not None else (old, after)
    assert has is not None
    what, clause = has
    main = free.text.strip(" .")
    if not any(is_verb(clause.split(), at) for at in _EARLY):
        return 0
    if what.casefold() != main.casefold() or _wishes().search(clause):
        return 0
    kinds = kinds_of(free.words)
    if kinds & (_TURNING | _OF_OTHERS) or not kinds & {"ger", "får"}:
        return 0
    return 1 if new is not None else -1


def _split(sentence: Sentence) -> tuple[str, str] | None:
    """What a sentence says, and the clause that tells on what condition."""
    found = list(_if().finditer(sentence.text))
    if len(found) != 1 or _wondering().search(sentence.text[: found[0].start()]):
        return None
    return sentence.text[: found[0].start()], sentence.text[found[0].end() :].strip(" .")


def _in_clauses(before: Sentence, after: Sentence) -> Reduced | None:
    """The clauses of two sentences that say the same before them."""
    old, new = _split(before), _split(after)
    if old is None or new is None or old[0].casefold() != new[0].casefold():
        return None
    main = _one(old[0])
    if main is None or kinds_of(main.words) & (_TURNING | _OF_OTHERS):
        return None
    if not kinds_of(main.words) & {"ger", "får"}:
        return None
    if any(_wishes().search(clause) for _, clause in (old, new)):
        return None
    return _reduced(old[1], new[1])


def _whom(before: Sentence, after: Sentence) -> Reduced | None:
    old, new = _taken_apart(before), _taken_apart(after)
    if old is None or new is None or old[:2] != new[:2]:
        return None
    if old.kind == "to" and _may_be_how(old.whom, new.whom):
        return None
    found = _reduced(old.whom, new.whom)
    if found is None or not all(_is_somebody(side.words[0]) for side in found):
        return None
    return found


def _may_be_how(old: str, new: str) -> bool:
    """Whether what comes after those to whom something is given may tell how it is: föräldrar med
    tolk; not föräldrar som är ensamma."""
    shorter, longer = sorted((old, new), key=len)
    return longer.startswith(shorter) and not longer[len(shorter) :].startswith((" som ", " och "))


def _taken_apart(sentence: Sentence) -> _Said | None:
    if kinds_of(sentence.words) & (_TURNING | _OF_OTHERS):
        return None
    found = _for().search(sentence.text)
    if found is None or not found.start() or found.lastgroup is None:
        return None
    what, whom = sentence.text[: found.start()], sentence.text[found.end() :]
    return _Said(what.strip().casefold(), found.lastgroup, whom.strip(" .").casefold())


def _reduced(old: str, new: str) -> Reduced | None:
    one, other = _one(old), _one(new)
    if one is None or other is None:
        return None
    for side in (one, other):
        if len(side.words) > _LONGEST or any(map(_is_measured, side.words)):
            return None
    return Reduced(one, other)


def _one(text: str) -> Sentence | None:
    found = list(sentences(text))
    return found[0] if len(found) == 1 and found[0].words else None


def _is_measured(word: Element) -> bool:
    return word.measure is not None and word.measure.kind != "ålder"


def _is_somebody(word: Element) -> bool:
    return word.person or "alla" in word.kinds or word.form.endswith(" som") or bool(word.measure)
