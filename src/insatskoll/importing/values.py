"""Which value of a field the words of a text show, by the words in ``catalogue/inläsning``."""

from __future__ import annotations

import re
from functools import cache

from insatskoll.importing import labels
from insatskoll.patterns import later
from insatskoll.values import immutable

_WORD = later(r"[^\W_]+(?:-[^\W_]+)*-?")


@immutable
class Shown:
    """A value, and the words that show it at ``start`` to ``end``."""

    value: str
    start: int
    end: int


@cache
def _expressions(field: str) -> tuple[tuple[str, re.Pattern[str], re.Pattern[str] | None], ...]:
    found = []
    for one in labels.values(field):
        alternatives = sorted(one["ord"], key=lambda phrase: -len(phrase))
        passed = one.get("utom")
        found.append(
            (
                str(one["värde"]),
                _any(alternatives),
                _any(passed) if passed else None,
            )
        )
    return tuple(found)


def _any(phrases: list[str]) -> re.Pattern[str]:
    joined = "|".join(labels.pattern(phrase) for phrase in phrases)
    return re.compile(rf"(?<![^ ])(?:{joined})(?![^ ])")


def shown(field: str, text: str) -> tuple[Shown, ...]:
    """The values of a ``field`` that a text shows, in the order of the field's values."""
    words = list(_WORD.finditer(text))
    row = " ".join(word[0].casefold().rstrip("-") or "-" for word in words)
    starts: dict[int, int] = {}
    at = 0
    for number, word in enumerate(words):
        starts[at] = number
        at += len(word[0].casefold().rstrip("-") or "-") + 1
    found = []
    for value, expression, passed in _expressions(field):
        bare = passed.sub(lambda one: "·" * len(one[0]), row) if passed else row
        for match in expression.finditer(bare):
            first = starts[match.start()]
            last = first + match[0].count(" ")
            found.append(Shown(value, words[first].start(), words[last].end()))
            break
    return tuple(found)


def first(field: str, text: str) -> Shown | None:
    """The first value of a ``field`` that a text shows, in the order of the field's values."""
    return next(iter(shown(field, text)), None)
