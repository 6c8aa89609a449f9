"""What a sentence that differs is about, besides what it gives or asks for: a fee, what is written
down, the ages of children or the consent to what they take part in."""

from __future__ import annotations

from itertools import pairwise
from typing import Literal

from insatskoll.diff.elements import Element, Elements, Sentence, kinds_of, sentences
from insatskoll.diff.measures import GROWN
from insatskoll.diff.standing import Difference

Matter = Literal["barn", "avgift", "dokumentation"]  # how much is given: :mod:`sizes`
_STEM = 3  # letters that two words for the same group begin with: unga, ungdomar


def touches(matter: Matter, difference: Difference) -> bool:
    """Whether what differs may change a matter."""
    sides = [one for one in (difference.before, difference.after) if one is not None]
    if matter == "avgift":
        return any(_of_fee(one.words) for one in sides)
    if matter == "dokumentation":
        return any(_of_records(one.words) for one in sides)
    return _ages(difference) or any(_of_consent(one.words) for one in sides)


def _of_fee(words: Elements) -> bool:
    """Whether a sentence is about what the insats costs, and not about somebody's money."""
    kinds = kinds_of(words)
    return "avgift" in kinds or ("kostar" in kinds and "ekonomi" not in kinds)


def _of_records(words: Elements) -> bool:
    """Whether a sentence is about what is written down of somebody, and not by them."""
    for before, one in pairwise((None, *words)):
        by_others = before is None or not before.person
        if one is not None and "journalför" in one.kinds and (by_others or one.form[-1] == "s"):
            return True
    return False


def _of_consent(words: Elements) -> bool:
    kinds = kinds_of(words)
    young = "barns" in kinds or any(map(_is_young, words))
    return young and ("samtycker" in kinds or ("godkänner" in kinds and "vårdnad" in kinds))


def _ages(difference: Difference) -> bool:
    """Whether the ages of children are others, or are denied where they were not."""
    sides = (difference.before, difference.after)
    ages = [sorted(map(_span, filter(_is_young, one.words))) if one else [] for one in sides]
    denied = [_denies(one) for one in sides]
    return ages[0] != ages[1] or (bool(ages[0]) and denied[0] != denied[1])


def _denies(sentence: Sentence | None) -> bool:
    return sentence is not None and sentence.denies


def _is_young(word: Element) -> bool:
    if word.measure is None or word.measure.low >= GROWN:
        return False
    return word.measure.kind == "ålder" or (word.measure.kind == "tal" and word.form[-3:] == " år")


def _span(word: Element) -> tuple[float, float]:
    assert word.measure is not None
    return word.measure.low, min(word.measure.high, GROWN - 1)


def names_others(before: str, after: str) -> bool:
    """Whether only one of two names says of whom an insats is, or of what age: Krisstöd, Krisstöd
    för den som har fyllt 65 år; not Föräldrastöd, Stöd till föräldrar."""
    return _names_more(before, after) or _names_more(after, before)


def _names_more(name: str, other: str) -> bool:
    ages = [one.measure for sentence in sentences(other) for one in sentence.words if one.measure]
    return any(
        one.measure not in ages
        if one.measure is not None
        else "vem" in one.kinds and one.form[:_STEM] not in other.casefold()
        for sentence in sentences(name)
        for one in sentence.words
    )
