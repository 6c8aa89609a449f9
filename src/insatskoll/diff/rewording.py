"""Whether two texts say the same: written in another way, with a slip put right, or in other words.

What is not surely the same is left to the reader. Words that decide who gets what must be the same
and come in the same order, and each of the others must have its counterpart.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from unicodedata import category

from insatskoll.diff import lexicon, misspelt
from insatskoll.diff.lexicon import Token
from insatskoll.diff.word_diff import steps
from insatskoll.patterns import later

_DASHES = "-‐‑‒–—―−"
# Words, with a hyphen that stands for the rest of one; what stands between two numbers (13–15,
# 13, 15); a dash that makes a number open (18–); other signs.
_SAID = later(
    r"(?P<word>(?:(?<![\w])-(?=\w))?\w+(?:-(?=\s+(?:och|eller|samt|resp)\b|\s*,))?)"
    rf"|(?<=[0-9])\s*(?P<between>[{_DASHES},.:])\s*(?=[0-9])"
    rf"|(?P<open>(?<=[0-9])[{_DASHES}](?!\w)|(?<![\w\s])[{_DASHES}](?=[0-9]))"
    r"|(?P<sign>[^\w\s])"
)
_SIGNS = "%§/&*#@?"
_QUOTES = "\"'”“„’‘»«"
_PAUSE = "|"  # what parts one thing from another, where it tells what a word denies
_DENYING = frozenset(("inte", "ej", "icke", "aldrig", "bara", "endast", "enbart", "utan", "dock"))
_RELATIVE = frozenset(("som", "vilka", "vilken", "vilket"))
_SEVERAL = frozenset(("", "er", "ar", "or", "r", "n"))

# The fields that hold running text.
TEXTS = frozenset(
    {
        "beskrivning", "innehåll", "syfte", "mål", "avgränsning", "stöd", "förtydligande",
        "motivering", "lämplighet", "text", "inledning", "information_om_ansökan", "egen_text",
    }
)  # fmt: skip
# Those that hold a few words of what could be said in more.
WORDS = TEXTS | {"belopp", "längd", "frekvens", "period", "gruppstorlek", "gäller", "omfattar"}


def pieces(text: str) -> list[str]:
    """What a text says, piece by piece, in small letters: words, and signs that say something of
    their own (< 18, 50 %)."""
    said = map(_piece, _SAID.finditer(text.casefold()))
    found = [piece for piece in said if piece]
    while found and found[-1] == _PAUSE:
        found.pop()
    return [piece for at, piece in enumerate(found) if piece != _PAUSE or _tells(found, at)]


def _tells(found: Sequence[str], at: int) -> bool:
    """Whether a pause tells what a word beside it denies, or whether all or some are meant:
    föräldrar, som bor här; föräldrar som bor här."""
    if at and found[at - 1] == _PAUSE:
        return False
    if at and at + 1 < len(found) and found[at + 1] in _RELATIVE:
        return True
    return not _DENYING.isdisjoint(found[max(at - 1, 0) : at + 2])


def _piece(match: re.Match[str]) -> str:
    between, sign = match["between"], match["sign"]
    if between is not None:
        return "-" if between in _DASHES else str(between)
    if match["open"] is not None:
        return "-"
    if sign is None:
        return str(match["word"])
    if sign in _SIGNS or (category(sign).startswith("S") and sign not in _QUOTES):
        return str(sign)
    return "" if sign in _QUOTES else _PAUSE


def same_profession(before: str, after: str) -> bool:
    """Whether two words are the same profession, as one and as several: kurator, kuratorer."""
    one, other = sorted((before.casefold(), after.casefold()), key=len)
    stem = one.removesuffix("a") if one != other else one
    return other.startswith(stem) and other[len(stem) :] in _SEVERAL


def differing(
    before: object, after: object, name: str
) -> Iterator[tuple[str, tuple[str, str] | None]]:
    """The texts that differ, each with the name of its field; None for what differs and is no
    text on both sides."""
    if before == after:
        return
    if isinstance(before, str) and isinstance(after, str):
        yield name, (before, after)
    elif isinstance(before, dict) and isinstance(after, dict) and before.keys() == after.keys():
        for key in before:
            yield from differing(before[key], after[key], key)
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        for was, is_ in zip(before, after, strict=True):
            yield from differing(was, is_, name)
    else:
        yield name, None


def reworded(before: str, after: str) -> bool:
    """Whether two texts with different words surely say the same: slips are put right, or words
    have others of the same meaning in their place."""
    first, second = sorted((before, after))
    one, other = pieces(first), pieces(second)
    named = _names(first) | _names(second)
    one, other = _without_slips(one, other, named)
    if one == other:
        return True
    words = lexicon.shipped()
    left, right = words.read(one), words.read(other)
    if _weighing(left) != _weighing(right):
        return False
    # no word may pass one that weighs: short calls and long visits are not long calls
    return all(map(_paired, _between(left), _between(right)))


def slips(before: str, after: str) -> int | None:
    """How many words have been misspelt in one of two texts that are otherwise the same; None where
    more differs."""
    first, second = sorted((before, after))
    one, other = pieces(first), pieces(second)
    mended, right = _without_slips(one, other, _names(first) | _names(second))
    if mended != right:
        return None
    differing = [step for step in steps(one, other) if step[0] != "equal"]
    return sum(max(end - i, last - j) for _, i, end, j, last in differing)


def _weighing(tokens: Sequence[Token]) -> list[Token]:
    return [token for token in tokens if token.kind in ("weighs", "person")]


def _between(tokens: Sequence[Token]) -> list[Counter[str]]:
    """The plain words before, between and after those that weigh."""
    found = [Counter[str]()]
    for token in tokens:
        if token.kind == "plain":
            found[-1][token.said] += 1
        elif token.kind != "small":
            found.append(Counter())
    return found


def _paired(left: Counter[str], right: Counter[str]) -> bool:
    """Whether each word that only one text has is a form of one that only the other has."""
    lost, gained = sorted((left - right).elements()), sorted((right - left).elements())
    if len(lost) != len(gained):
        return False
    for word in lost:
        form = next((one for one in gained if lexicon.of_one_word(word, one)), None)
        if form is None:
            return False
        gained.remove(form)
    return True


def _names(text: str) -> frozenset[str]:
    """The words with a capital where no sentence begins: names, which have no right spelling."""
    found = re.finditer(r"(?<=[\w,;)”\"–-])\s+([A-ZÅÄÖÉ]\w*)", text)
    return frozenset(match[1].casefold() for match in found)


def _without_slips(
    one: list[str], other: list[str], named: frozenset[str]
) -> tuple[list[str], list[str]]:
    """Both texts with the words that are misspelt in either as they are in the other, each once
    where it stands twice, and those that are run together, or broken up, as they should be."""
    one, other = _once(one), _once(other)
    mended: list[str] = []
    for kind, i, end, j, last in steps(one, other):
        was, now = one[i:end], other[j:last]
        free = kind == "replace" and named.isdisjoint([*was, *now])
        if free and len(was) == len(now):
            pairs = zip(was, now, strict=True)
            mended += [b if misspelt.is_slip(a, b) else a for a, b in pairs]
        else:
            mended += now if free and misspelt.is_broken(was, now) else was
    return mended, other


def _once(words: Sequence[str]) -> list[str]:
    """The words, without those that stand twice by mistake: och och."""
    return [
        word
        for at, word in enumerate(words)
        if not at or word != words[at - 1] or not word.isalpha() or word in _DENYING
    ]
