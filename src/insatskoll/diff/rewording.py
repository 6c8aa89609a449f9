"""Whether two texts say the same: written in another way, with a slip put right, or in other words.

What is not surely the same is left to the reader. Words that decide who gets what must be the same
and come in the same order, and each of the others must have its counterpart.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from unicodedata import category

from insatskoll.diff import lexicon
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
_SHORTEST = 4  # letters of a word that can be told to be misspelt
_LONG = 8  # letters of one in which two can be wrong
_PART = 4  # letters of each part of a compound
_BEGINNING = 4  # letters that two forms of a word have in common at least
_ENDING = 3  # letters that they may end with

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
    mended, other = _without_slips(one, other, _names(first) | _names(second))
    if mended != other:
        return None
    return sum(was != now for was, now in zip(one, other, strict=True))


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
        form = next((one for one in gained if of_one_word(word, one)), None)
        if form is None:
            return False
        gained.remove(form)
    return True


def of_one_word(first: str, second: str, ending: int = _ENDING) -> bool:
    """Whether two words begin so alike that they are forms of one."""
    if first == second:
        return True
    if not (first.isalpha() and second.isalpha()):
        return False
    pairs = enumerate(zip(first, second, strict=False))
    alike = next((at for at, (a, b) in pairs if a != b), min(len(first), len(second)))
    return alike >= _BEGINNING and max(len(first), len(second)) - alike <= ending


def _names(text: str) -> frozenset[str]:
    """The words with a capital where no sentence begins: names, which have no right spelling."""
    found = re.finditer(r"(?<=[\w,;)”\"–-])\s+([A-ZÅÄÖÉ]\w*)", text)
    return frozenset(match[1].casefold() for match in found)


def _without_slips(
    one: list[str], other: list[str], named: frozenset[str]
) -> tuple[list[str], list[str]]:
    """Both texts with the words that are misspelt in either as they are in the other."""
    mended = list(one)
    for kind, i, end, j, last in steps(one, other):
        if kind != "replace" or end - i != last - j:
            continue
        for at in range(end - i):
            was, now = one[i + at], other[j + at]
            if not named & {was, now} and _is_slip(was, now):
                mended[i + at] = now
    return mended, other


def _is_slip(first: str, second: str) -> bool:
    """Whether one of two words is a misspelling of the other, and of no word that weighs."""
    if max(len(first), len(second)) < _SHORTEST or not (first.isalpha() and second.isalpha()):
        return False
    most = 1 if max(len(first), len(second)) < _LONG else 2
    slips = _distance(first, second, most)
    if slips > most:
        return False
    if _lacks_an_s(*sorted((first, second), key=len)):
        return True
    known = [_is_word(word) for word in (first, second)]
    if known[0] == known[1]:
        return False
    wrong, right = (second, first) if known[0] else (first, second)
    others = lexicon.shipped().weighing - {right}
    return not any(
        _distance(wrong, word, slips) <= slips for word in others if not _is_form_of(word, right)
    )


def _is_form_of(word: str, right: str) -> bool:
    """Whether two words are forms of one, that is not what is counted: förälder, föräldrar."""
    counted = lexicon.shipped().measures.units
    return of_one_word(word, right) and word not in counted and right not in counted


def _lacks_an_s(shorter: str, longer: str) -> bool:
    """Whether two words are one but for an s of the two where it is put together: hyreskuld,
    hyresskuld."""
    from insatskoll import dictionary

    at = longer.find("ss")
    apart = at >= _PART - 1 and f"{longer[:at]}{longer[at + 1 :]}" == shorter
    return apart and dictionary.has(longer[at + 1 :]) and dictionary.has(longer[: at + 1])


def _is_word(word: str) -> bool:
    """Whether there is such a word in Swedish, or it is put together out of two."""
    from insatskoll import dictionary

    if dictionary.has(word):
        return True
    for at in range(_PART, len(word) - _PART + 1):
        first, rest = word[:at], word[at:]
        bound = first[-1] == "s" and at > _PART and dictionary.has(first[:-1])
        joined = dictionary.has(first) or bound
        if joined and dictionary.has(rest):
            return True
    return False


def _distance(first: str, second: str, most: int) -> int:
    """How many letters are missing, too many, exchanged or out of place; counted to just above
    ``most``."""
    if abs(len(first) - len(second)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(second) + 1))
    for i, a in enumerate(first, 1):
        last, row, older = row, [i], before
        for j, b in enumerate(second, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a != b))
            if i > 1 and j > 1 and a == second[j - 2] and first[i - 2] == b:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        before = last
        if min(row) > most:
            return most + 1
    return row[-1]
