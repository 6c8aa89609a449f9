"""The letters that a text must have for a regular expression to match in it. Most texts lack them,
which is quicker to see than that the expression does not match."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

_FEWEST = 3  # letters: fewer stand in nearly every text
_REPEATS = (sre.MAX_REPEAT, sre.MIN_REPEAT)

Literals = frozenset[str]


def folded(text: str) -> str:
    """``text`` with letters that an expression in any case takes for the same made the same."""
    return text.replace("İ", "i").replace("ı", "i").casefold()


@lru_cache(maxsize=1024)
def needed(expressions: tuple[str, ...]) -> Literals | None:
    """Literals, :func:`folded`, one of which is in each text that one of ``expressions`` matches
    in, in any case. None: nothing is known that such a text must have."""
    return _of_any(parser.parse(text, re.IGNORECASE) for text in expressions)


def _of_any(trees: Iterable[Any]) -> Literals | None:
    found: set[str] = set()
    for tree in trees:
        literals = _of(tree)
        if literals is None:
            return None
        found |= literals
    return frozenset(found)


def _of(tree: Any) -> Literals | None:
    """The best that is known of a sequence: of its stretches of letters and its groups, the one
    whose shortest literal is longest."""
    best: Literals | None = None
    letters = ""
    for kind, inner in (*tree, (sre.AT, None)):
        if kind is sre.LITERAL:
            letters += chr(inner)
            continue
        best = _better(best, frozenset({folded(letters)}))
        best = _better(best, _of_group(kind, inner))
        letters = ""
    return best


def _of_group(kind: Any, inner: Any) -> Literals | None:
    if kind is sre.SUBPATTERN:
        return _of(inner[3])
    if kind is sre.BRANCH:
        return _of_any(inner[1])
    if kind in _REPEATS and int(inner[0]) > 0:
        return _of(inner[2])
    return None


def _better(one: Literals | None, other: Literals | None) -> Literals | None:
    if other is None or min(map(len, other), default=0) < _FEWEST:
        return one
    if one is None or min(map(len, other)) > min(map(len, one)):
        return other
    return one
