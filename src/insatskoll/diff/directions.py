"""Which way a text has been changed, where words that are known tell it: whether more or less is
asked for, or given, and how much.

A text says the same if nothing but the order of its sentences, or the unit of a measure, is
another. It has a direction only if each single difference has, and all point the same way; what is
not known leaves the whole to the reader. Which words tell it is said by the files in
``catalogue/omskrivningar``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import lru_cache

from insatskoll.diff import aligned, areas, elements, rewording, sentences, ways
from insatskoll.diff.elements import Sentence
from insatskoll.diff.ways import SAME, Axis, Moves, Role

_TELLING_SIGNS = "%§/&*#@?€$"
_KEPT = 4_096
_LONGEST = 20_000  # letters of a text that is read


def same_said(before: object, after: object, field: str) -> bool:
    """Whether a field that is called ``field`` surely says the same before and after. Of groups and
    lists all that differs must be text that does."""
    texts = list(rewording.differing(before, after, field))
    return bool(texts) and all(
        pair is not None
        and (
            _says_the_same(pair, name in rewording.WORDS)
            or (name == "personal" and rewording.same_profession(*pair))
        )
        for name, pair in texts
    )


def _says_the_same(pair: tuple[str, str], is_text: bool) -> bool:
    if rewording.pieces(pair[0]) == rewording.pieces(pair[1]):
        return True
    return is_text and (rewording.reworded(*pair) or moves(*pair, "ges") == SAME)


def told(what: str, before: object, after: object) -> str | None:
    """``mer`` or ``mindre``, by ``what`` is read out of two texts; nothing where they do not
    tell."""
    if what == "måtten i omfattningen":
        return _of_extent(before, after)
    if not isinstance(before, str) or not isinstance(after, str):
        return None
    if what == "området":
        return _MORE.get(areas.way(before, after))
    role, axis = _READ[what]
    return _MORE.get((moves(before, after, role) or SAME).get(axis, 0))


_READ: Mapping[str, tuple[Role, Axis]] = {
    "vilka som släpps in": ("krävs", "effekt"),
    "barn som släpps in": ("krävs", "barn"),
    "det som ges": ("ges", "effekt"),
    "hur mycket som ges": ("ges", "omfattning"),
    "barn som får det": ("ges", "barn"),
}
_MORE = {1: "mer", -1: "mindre"}
_LASTS = ("längd", "frekvens", "period")


def _of_extent(before: object, after: object) -> str | None:
    """Whether an extent is more or less where only how long and how often it says is another."""
    if not isinstance(before, dict) or not isinstance(after, dict):
        return None
    names = [one for one in {**before, **after} if before.get(one) != after.get(one)]
    if any(one not in _LASTS or one not in before or one not in after for one in names):
        return None
    signs = {told("hur mycket som ges", before[one], after[one]) for one in names}
    return signs.pop() if len(signs) == 1 else None


def said(text: str) -> list[Sentence]:
    """The sentences of a text."""
    return list(elements.sentences(text))


@lru_cache(maxsize=_KEPT)
def moves(before: str, after: str, role: Role) -> Moves | None:
    """What a change of a text does; nothing on any axis if it says the same, and None where that
    cannot be told."""
    if max(len(before), len(after)) > _LONGEST:
        return None
    if _signs(before) != _signs(after):
        return None
    old, new = ([one for one in said(text) if one.words] for text in (before, after))
    lost, gained = aligned.without_equal(old, new), aligned.without_equal(new, old)
    if not lost and not gained:
        return SAME if aligned.may_change_places(old, new) else None
    found: list[Moves | None] = []
    pairs, gone, come = aligned.in_pairs(lost, gained)
    found += [sentences.between(one, other, role) for one, other in pairs]
    found += [ways.turned(sentences.stands(one.words, role)) for one in gone]
    found += [sentences.stands(one.words, role) for one in come]
    return ways.together(found)


def _signs(text: str) -> Counter[str]:
    """The signs that say something of their own, but for those that bound a number."""
    return Counter(one for one in text if one in _TELLING_SIGNS)
