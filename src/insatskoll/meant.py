"""What someone most likely meant by a word that is not among those that can be written."""

from __future__ import annotations

import difflib
import functools
import re
import unicodedata
from collections.abc import Iterable, Sequence

from insatskoll.everyday import EVERYDAY
from insatskoll.patterns import later

MOST = 100  # names that a word is compared with letter by letter; more are no list to choose from
LONGEST = 60  # characters of a word that are looked at
LEAST = 3  # letters of a word that something is meant by
STEM = 4  # letters that two forms of a word have in common at least
MUCH = 9  # slips: more than any word has
ORDERED = 60  # names that are put in the order of likeness
SLIP = 0.8  # of likeness, for nothing else to have been meant
ALIKE = 0.6  # of likeness, for a word to be told before others
ALL, FEW = 12, 8  # names that are all told; of more, as many as this
# Endings of nouns, verbs and adjectives: what another form of a word can have instead.
_ENDINGS = frozenset(
    [
        "",
        "a",
        "ad",
        "ade",
        "an",
        "ande",
        "ar",
        "are",
        "arna",
        "aren",
        "arnas",
        "as",
        "at",
        "ation",
        "ationen",
        "e",
        "else",
        "elser",
        "en",
        "ens",
        "er",
        "era",
        "erad",
        "erade",
        "eras",
        "eras",
        "erat",
        "erna",
        "ernas",
        "et",
        "ets",
        "ing",
        "ingar",
        "ingen",
        "n",
        "na",
        "ning",
        "ningar",
        "ningen",
        "or",
        "orna",
        "r",
        "s",
        "t",
        "te",
    ]
)
_SMALL = frozenset(["annan", "annat", "eller", "inom", "samt", "utan", "viss", "vissa"])
_TAKE_BACK = frozenset(["aldrig", "ej", "icke", "inga", "inget", "ingen", "inte", "non", "utan"])
_NOT = "o"  # before a word of which it makes the opposite
SHORT, LONG = 4, 10  # letters: names that others may begin with, words that may have two slips
MORE = " till."  # the end of a list that is only told in part
OTHER = ("annan", "annat")  # what can be written for what is none of the others
_DIGITS = later(r"[0-9]+")


def meant(written: object, allowed: Iterable[str]) -> str | None:
    """The one of ``allowed`` that ``written`` most likely stands for, or None: as :class:`Choices`,
    for a list asked once."""
    return Choices(allowed).meant(written)


def likeliest(written: object, allowed: Sequence[str]) -> list[str]:
    """``allowed`` with what ``written`` most likely stands for first, then what it names, what is
    like it, and the rest in their own order; last what it says that it is not."""
    if len(allowed) > ORDERED:
        return list(allowed)
    word = _bare(str(written)[:LONGEST])
    choices = Choices(allowed)
    first, last = choices.meant(written), choices.denied(word)
    match = _matcher(word)

    def unlike(name: str) -> tuple[bool, bool, bool, float]:
        bare = _bare(name)
        likeness = _likeness(match, bare, ALIKE)
        return name == last, name != first, not _names(word, bare), -likeness

    return sorted(allowed, key=unlike) if word else list(allowed)


def listed(written: object, allowed: Sequence[str]) -> str:
    """``allowed`` in a sentence, the likeliest first; of many only some, how many are left, and
    always the one for what is none of the others."""
    names = likeliest(written, allowed)
    if len(names) <= ALL:
        return ", ".join(names)
    told = names[:FEW]
    told += [name for name in names[FEW:] if name in OTHER]
    return f"{', '.join(told)} och {len(names) - len(told)}{MORE.removesuffix('.')}"


def misspelt(written: str, names: Iterable[str]) -> str | None:
    """The one of ``names``, of commands or options, that ``written`` is but for a slip of the pen,
    or begins or ends with; None if there is none, or more than one."""
    word, known = written[:LONGEST].casefold(), [*names]
    least = 2 if len(word) >= LONG else 1
    near = [name for name in known if distance(word, name.casefold()) <= least]
    held = [name for name in known if len(name) >= SHORT and _is_end(word, name.casefold())]
    found = near or held
    return found[0] if len(found) == 1 else None


def _is_end(word: str, name: str) -> bool:
    return word.startswith(name) or word.endswith(f"-{name}")


def distance(one: str, other: str) -> int:
    """How many letters have been left out, put in, taken for another or changed places, from one
    word to another."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for n, letter in enumerate(one, 1):
        earlier, before, row = before, row, [n]
        for m, wanted in enumerate(other, 1):
            cost = min(before[m] + 1, row[-1] + 1, before[m - 1] + (letter != wanted))
            if n > 1 and m > 1 and letter == other[m - 2] and one[n - 2] == wanted:
                cost = min(cost, earlier[m - 2] + 1)
            row.append(cost)
    return row[-1]


def is_slip(written: object, name: str) -> bool:
    """Whether ``written`` is ``name`` but for a slip of the pen."""
    return _likeness(_matcher(_bare(str(written)[:LONGEST])), _bare(name), SLIP) > 0


class Choices:
    """Names to choose from, made ready once: to ask costs no more for each of many words, however
    many names there are."""

    def __init__(self, allowed: Iterable[str]) -> None:
        self.allowed = tuple(allowed)
        self._names = {_bare(name): name for name in reversed(self.allowed)}
        self._near = len(self._names) <= MOST

    def sure(self, written: object) -> str | None:
        """The name that ``written`` is, in other letters or as an everyday word; None if it is
        none."""
        return self._sure(_bare(str(written)[:LONGEST]))

    def meant(self, written: object) -> str | None:
        """The name that ``written`` most likely stands for, or None if none does, or more than one.

        The same word written otherwise comes first, then an everyday word for it, a slip of the
        pen, another form of the word, and last a compound or several words that it is part of.
        """
        word, names = _bare(str(written)[:LONGEST]), self._names
        if (found := self._sure(word)) is not None:
            return found
        if len(word) < LEAST or not self._near:
            return None
        likely = [name for name in names if _may_mean(word, name)]
        for near in (_slips(word, likely), _forms(word, likely), _heads(word, likely)):
            if near:
                return names[near[0]] if len(near) == 1 else None
        return None

    def denied(self, written: object) -> str | None:
        """The name that ``written`` says that it is not; None if it says no such thing."""
        word = _bare(str(written)[:LONGEST])
        if word in self._names:
            return None
        rest = "_".join(one for one in word.split("_") if one not in _TAKE_BACK)
        if rest == word and word[:1] == _NOT and word[1:] in self._names:
            rest = word[1:]
        return self.meant(rest) if rest != word else None

    def _sure(self, word: str) -> str | None:
        names = self._names
        if word in names:
            return names[word]
        everyday = EVERYDAY.get(word) or EVERYDAY.get(_without_stops(word), ())
        return next((names[_bare(name)] for name in everyday if _bare(name) in names), None)


def _may_mean(word: str, name: str) -> bool:
    """Whether a ``word`` may stand for a ``name``: both say no or neither does, and a name with
    figures has those of the word."""
    figures = _DIGITS.findall(name)
    if figures and figures != _DIGITS.findall(word):
        return False
    return _takes_back(word) == _takes_back(name)


def _takes_back(word: str) -> bool:
    """Whether something is taken back by one of several words."""
    words = word.split("_")
    return len(words) > 1 and not _TAKE_BACK.isdisjoint(words)


def _names(word: str, name: str) -> bool:
    """Whether a ``name`` stands among the words of ``word``."""
    return name not in _SMALL and f"_{name}_" in f"_{word}_"


def _slips(word: str, names: Iterable[str]) -> list[str]:
    """The names that are nearest to ``word`` of those that it can be a slip for, or that it is
    written as without rings and dots."""
    most = 2 if len(word) >= LONG else 1
    far = {}
    for name in names:
        if word == _plain(name):
            far[name] = 0
        elif _DIGITS.findall(word) != _DIGITS.findall(name):
            continue
        elif len(name) >= LEAST and name[:1] == word[:1] and abs(len(name) - len(word)) <= most:
            far[name] = distance(word, name)
    least = min(far.values(), default=MUCH)
    return [name for name in far if far[name] == least <= most]


def _forms(word: str, names: Iterable[str]) -> list[str]:
    """The names that have the stem of ``word`` and another ending, as ”rådgivning” has that of
    ”rådgivande”."""
    found = {}
    for name in names:
        stem = _common(word, name)
        if stem == len(name) and stem >= LEAST and word[stem:] in _ENDINGS:
            found[name] = stem
        pairs = ((word[at:], name[at:]) for at in range(stem, STEM - 1, -1))
        if stem >= STEM and any(one in _ENDINGS and other in _ENDINGS for one, other in pairs):
            found[name] = stem
    longest = max(found.values(), default=0)
    return [name for name in found if found[name] == longest]


def _heads(word: str, names: Iterable[str]) -> list[str]:
    """The names that ``word`` is a compound of, as ”telefonsamtal” of ”samtal”, or has among its
    words; or else those that are so of it."""
    known = [*names]
    whole = [name for name in known if _is_head(name, word)]
    told = {*whole, *(name for name in known if _names(word, name))}
    apart = [one for one in told if not any(one != other and one in other for other in told)]
    if whole and len(apart) > 1:  # what holds them all, or one as much as the other
        return [name for name in known if all(_names(name, one) for one in apart)] or apart
    longest = max(map(len, whole), default=0)
    return [name for name in whole if len(name) == longest] or [
        name for name in known if _is_head(word, name) and _is_much(word, name)
    ]


def _is_much(word: str, name: str) -> bool:
    """Whether ``word`` is so much of a ``name`` that it may stand for it: half of it, or its first
    word."""
    return name.split("_", maxsplit=1)[0] == word or (
        len(word) > STEM and 2 * len(word) >= len(name)
    )


def _common(word: str, other: str) -> int:
    """How many letters two words begin with in common."""
    pairs = enumerate(zip(word, other, strict=False))
    return next((n for n, (a, b) in pairs if a != b), min(len(word), len(other)))


def _is_head(name: str, word: str) -> bool:
    """Whether ``word`` is a ``name`` with more said of it, which does not take it back."""
    before, found, after = word.rpartition(name)
    if len(name) < SHORT or not found or name in _SMALL:
        return False
    besides = {*before.split("_"), *after.split("_")}
    if besides & _TAKE_BACK:
        return False
    alone = before[-1:] in ("", "_") and after[:1] in ("", "_")
    return (alone and len(name) >= STEM + 1) or (
        not after and len(before) >= 3 and not before.endswith("_")
    )


def _matcher(word: str) -> difflib.SequenceMatcher[str]:
    """What tells how alike ``word`` is to others, which it is made ready for once."""
    return difflib.SequenceMatcher(None, "", word, autojunk=False)


def _likeness(match: difflib.SequenceMatcher[str], other: str, least: float) -> float:
    """How alike the word of ``match`` and another are, up to 1; 0 if it is less than ``least``."""
    match.set_seq1(other)
    if match.real_quick_ratio() < least or match.quick_ratio() < least:
        return 0
    ratio = match.ratio()
    return ratio if ratio >= least else 0


def _without_stops(word: str) -> str:
    """A word without the full stops of what is shortened: ”fr_o_m” for ”fr.o.m.”."""
    return re.sub(r"[._]+", "_", word).strip("_")


def _plain(word: str) -> str:
    """A word without the rings and dots of its letters."""
    return re.sub("[\u0300-\u036f]", "", unicodedata.normalize("NFD", word))


@functools.lru_cache(maxsize=1024)
def _bare(text: str) -> str:
    """A word as it is compared: in small letters, and what stands between words as one."""
    return re.sub(r"[\s_/+-]+", "_", unicodedata.normalize("NFC", text).casefold()).strip("_:")
