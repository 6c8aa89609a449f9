"""Whether a word is another that has been misspelt.

One of the two must be no Swedish word, and no other word that decides who gets what may be as near
to it: what it once said must be certain.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from insatskoll import dictionary
from insatskoll.diff import lexicon

_SHORT = 4  # letters of a word; a shorter one must be among those that bind others together
_SHORTEST = 3
_LONG = 8  # letters of one in which two can be wrong
_PART = 4  # letters of each part of a compound
_JOINTS = ("s", "e")  # what a part of a compound may end with
_BARE = str.maketrans("åäöáàéè", "aaoaaee")
_NONE, _MADE, _KEPT = 0, 1, 2  # no word, one put together out of two, and one in the dictionary


def is_slip(first: str, second: str) -> bool:
    """Whether one of two words is a misspelling of the other, and of no word that weighs."""
    longest = max(len(first), len(second))
    if longest < _SHORTEST or not (first.isalpha() and second.isalpha()):
        return False
    most = 1 if longest < _LONG else 2
    slips = _distance(first, second, most)
    if slips > most:
        return False
    if _has_another_joint(*sorted((first, second), key=len)) or _is_known(first, second):
        return True
    wrong, right = _as_they_are(first, second)
    if not right or (longest < _SHORT and not _binds(right)):
        return False
    return not any(
        _is_as_near(wrong, right, word, slips)
        for word in lexicon.shipped().weighing - {right}
        if not _is_form_of(word, right)
    )


def is_broken(first: Sequence[str], second: Sequence[str]) -> bool:
    """Whether one side is a word that is broken in two, or two that are run together, by mistake:
    föräldra stöd, ochstöd."""
    fewer, more = sorted((first, second), key=len)
    if len(fewer) != 1 or len(more) != 2 or fewer[0] != "".join(more) or not fewer[0].isalpha():
        return False
    if all(map(dictionary.has, more)):
        return _binds(more[0]) and _known(fewer[0]) == _NONE
    return _known(fewer[0]) > _NONE


def _is_known(first: str, second: str) -> bool:
    """Whether one is a known misspelling of the other, though it happens to be a word: fins, finns;
    or another form of a word that binds others together: til, till."""
    known = lexicon.shipped().misspelt
    if second in known.get(first, ()) or first in known.get(second, ()):
        return True
    lemmas = dictionary.lemmas()
    return any(
        lemmas.get(wrong) == lemmas.get(right) == right and _binds(right) and not _binds(wrong)
        for wrong, right in ((first, second), (second, first))
    )


def _binds(word: str) -> bool:
    """Whether a word is one of those that others are bound together with: och, till, den."""
    return word in lexicon.shipped().phrases("binder")


def _as_they_are(first: str, second: str) -> tuple[str, str]:
    """The word that is wrong and the one that is right; nothing where that cannot be told. What can
    be put together out of two words is wrong only where it plainly is the other."""
    known = [_known(word) for word in (first, second)]
    if known[0] == known[1]:
        return "", ""
    if min(known) == _MADE and not _plainly(first, second):
        return "", ""
    return (first, second) if known[0] < known[1] else (second, first)


def _is_as_near(wrong: str, right: str, word: str, slips: int) -> bool:
    """Whether a misspelt word may as well be another as the right one."""
    if _plainly(wrong, right):
        return _plainly(wrong, word)
    return _distance(wrong, word, slips) <= slips


def _plainly(first: str, second: str) -> bool:
    """Whether two words differ as slips most often do: in the dots, in two letters that have
    changed places, or in a letter that is doubled."""
    if first.translate(_BARE) == second.translate(_BARE):
        return True
    if len(first) == len(second):
        return sorted(first) == sorted(second) and _distance(first, second, 1) == 1
    shorter, longer = sorted((first, second), key=len)
    return len(longer) - len(shorter) == 1 and any(
        longer[at] == longer[at - 1] and longer[:at] + longer[at + 1 :] == shorter
        for at in range(1, len(longer))
    )


def _is_form_of(word: str, right: str) -> bool:
    """Whether two words are forms of one, that is not what is counted: förälder, föräldrar."""
    counted = lexicon.shipped().measures.units
    return lexicon.of_one_word(word, right) and word not in counted and right not in counted


def _has_another_joint(shorter: str, longer: str) -> bool:
    """Whether two words are put together out of the same two, with and without a letter between:
    hyreskuld, hyresskuld; kostnadfri, kostnadsfri."""
    if len(longer) != len(shorter) + 1:
        return False
    return any(
        longer[at] in _JOINTS
        and f"{longer[:at]}{longer[at + 1 :]}" == shorter
        and dictionary.has(longer[at + 1 :])
        and (dictionary.has(longer[:at]) or dictionary.has(longer[: at + 1]))
        for at in range(_PART, len(longer) - _PART + 1)
    )


def _known(word: str) -> int:
    """Whether there is such a word in Swedish, or it is put together out of two."""
    if dictionary.has(word):
        return _KEPT
    for at in range(_PART, len(word) - _PART + 1):
        if dictionary.has(word[at:]) and any(map(dictionary.has, _of_part(word[:at]))):
            return _MADE
    return _NONE


def _of_part(first: str) -> Iterator[str]:
    """The words of which the first part of a compound may be made: familje, kvinno, föräldra."""
    yield first
    if first[-1] == "s" and len(first) > _PART:
        yield first[:-1]
    elif first[-1] == "a":
        yield f"{first}r"
    elif first[-1] in "ou":
        yield f"{first[:-1]}a"


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
