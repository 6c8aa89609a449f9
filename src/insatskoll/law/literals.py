"""The letters that a text must have for a regular expression to match in it. Most texts lack them,
which is quicker to see than that the expression does not match."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import partial
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

from insatskoll.reading import builtin
from insatskoll.values import immutable

_FEWEST = 3  # letters: fewer stand in nearly every text
_REPEATS = (sre.MAX_REPEAT, sre.MIN_REPEAT)

Literals = frozenset[str]


def folded(text: str) -> str:
    """``text`` with letters that an expression in any case takes for the same made the same."""
    return text.replace("İ", "i").replace("ı", "i").casefold()


def needed(expression: str) -> Literals | None:
    """Literals, :func:`folded`, one of which is in each text that ``expression`` matches in, in any
    case. None: nothing is known that such a text must have."""
    return _of(parser.parse(expression, re.IGNORECASE))


@immutable
class Wanted:
    """A regular expression that is looked for, and what it needs."""

    expression: str
    literals: Literals | None

    def may_be_in(self, text: str) -> bool:
        """Whether it may match in a text that is ``text`` once :func:`folded`: no is certain."""
        if self.literals is None:
            return True
        for literal in self.literals:  # noqa: SIM110 - asked so often that a generator is too slow
            if literal in text:
                return True
        return False


def wanted(expressions: Iterable[str]) -> tuple[Wanted, ...]:
    """The program's own ``expressions``, whose needs are not found out at each start."""
    found = []
    for expression in expressions:
        known = builtin.remembered(f"bokstäver i {expression}", partial(_listed, expression))
        found.append(Wanted(expression, None if known is None else frozenset(known)))
    return tuple(found)


def _listed(expression: str) -> list[str] | None:
    found = needed(expression)
    return None if found is None else sorted(found)


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
