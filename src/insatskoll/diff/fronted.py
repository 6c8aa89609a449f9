"""Whether two sentences say the same but that what stands first in one stands last in the other:
Vid behov erbjuds tolk, Tolk erbjuds vid behov."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from insatskoll.diff.elements import Elements, Sentence, kinds_of

# What begins where, when or how something is done.
_BEGINNING = frozenset(
    {
        "av", "efter", "från", "för", "före", "genom", "hos", "i", "inom", "med", "mellan", "om",
        "på", "till", "under", "utan", "utanför", "vid", "vid behov", "via", "över",
    }
)  # fmt: skip
# What there is or is done, which a sentence may turn about.
_VERBS = frozenset({"ger", "kan", "ska", "bör", "får", "kräver", "bistår"})
_THERE_IS = frozenset({"finns", "hålls", "leds", "sker", "ordnas", "serveras"})
# What is said of what stands nearest, wherever that is.
_OF_THE_NEAREST = frozenset({"nekar", "begränsar", "vidgar", "mjukar upp", "kostar"})
_JOINING, _RELATIVE = frozenset({"och", "eller"}), "som"


def same(before: Sentence, after: Sentence) -> bool:
    """Whether what stands first in one of two sentences surely says the same at the end of the
    other."""
    old, new = before.words, after.words
    if old and new and old[0].whole == new[0].whole:
        return False
    if Counter(one.whole for one in old) != Counter(one.whole for one in new):
        return False
    if kinds_of(old) & _OF_THE_NEAREST or _has_relative(before) or _has_relative(after):
        return False
    return _is_moved(old, new) or _is_moved(new, old)


def _has_relative(sentence: Sentence) -> bool:
    return f" {_RELATIVE} " in f" {sentence.text.casefold()} "


def _is_moved(first: Elements, last: Elements) -> bool:
    """Whether what stands before the verb in ``first`` stands at the end of ``last``."""
    verb = _verb(first)
    if verb is None or first[0].form.split()[0] not in _BEGINNING:
        return False
    if any(one.said in _JOINING for one in first[:verb]):
        return False
    moved = [one.whole for one in first[:verb]]
    rest = [one.whole for one in first[verb + 1 :]]
    other = [one.whole for one in last]
    return any(turned == other for turned in _turned(moved, first[verb].whole, rest))


def _turned(
    moved: Sequence[object], verb: object, rest: Sequence[object]
) -> Iterator[list[object]]:
    """A sentence that has its subject first, and what stood first last: the subject is some of the
    words after the verb, or none where there is something."""
    for end in range(len(rest) + 1):
        yield [*rest[:end], verb, *rest[end:], *moved]


def _verb(words: Elements) -> int | None:
    at = (i for i, one in enumerate(words) if one.kinds & _VERBS or one.form in _THERE_IS)
    found = next(at, None)
    return found if found else None
