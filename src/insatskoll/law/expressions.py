"""Regular expressions in a municipality's own rules: only such as cannot take long, whatever text
they are put to.

Python tries the ways in which an expression can match one after the other, and their number can
grow without end with the text. Here the steps are counted beforehand, from above: an expression
that can take more than ``MOST`` for each letter of a text is refused, and a repetition without a
ceiling gets one. What all of a run may take together is :class:`~insatskoll.law.budget.Budget`.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Iterable
from functools import lru_cache
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any, NamedTuple

from insatskoll.names import plain
from insatskoll.patterns import later

MOST = 700  # steps a letter: a word may come anywhere in a sentence, but not two things anywhere
_FROM_ONE_PLACE = 5_000  # steps, where what the expression begins with keeps the places apart
ONE_PASS = 5  # steps a letter, of an expression in a condition that is put in one pass
OF_THE_ENGINE = 5  # steps that one of an expression in a condition takes as long as, otherwise
CEILING = 500  # what ``*`` and ``+`` count to: longer than any word, and than nearly every sentence

_QUANTIFIER = later(
    r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|(?P<open>[*+]|\{(?P<least>[0-9]*),\})", re.DOTALL
)
_QUICK = 10  # passing so many letters of one kind takes no longer than trying another way

_MOST_STARTS = 40  # ways to begin that are told apart

_ONE = frozenset({sre.LITERAL, sre.NOT_LITERAL, sre.ANY, sre.IN})
_NO_WIDTH = frozenset({sre.AT})
_Chars = frozenset[str] | None  # letters out of _ALPHABET; None: any


_TOO_LONG = (
    "kan ta för lång tid. Skriv ett tak för det som upprepas, till exempel {0,40} i stället för *, "
    "låt ingen upprepning stå i en annan, och börja gärna med det ord som söks"
)


# What is the same to both engines: that of the conditions and that of the named checks.
_TOKEN = later(
    r"(?P<escape>\\(?:[pPN]\{[^{}]*\}|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|.))"
    r"|(?P<set>\[\^?\]?(?:\\.|[^\]\\])*\])|(?P<braces>\{[^{}]*\}?)"
    r"|\((?P<group>\?(?:[-a-zA-Z]*[:)]|P[<=]|<[=!]|.))|(?P<twice>[*+?}]\+)",
    re.DOTALL,
)
_TIMES = later(r"\{[0-9]+(?:,[0-9]*)?\}")
_ESCAPES = later(r"\\(?:[wWdDsSbBAnrtfv]|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|[ -/:;=?@\[-^`{-~_])")
_GROUPS = frozenset({"?:", "?=", "?!", "?<=", "?<!", "?P<", "?i:", "?-i:"})
_INSTEAD = {
    "\\Z": "$", "\\z": "$", "\\p": "\\w", "\\P": "\\W", "\\N": "tecknet självt",
}  # fmt: skip


class ExpressionError(ValueError):
    """The expression cannot be used; the message says why, in Swedish, as the end of a sentence."""


def bounded(text: str, flags: int = re.IGNORECASE, *, whole: bool = False) -> str:
    """``text`` with a ceiling for each repetition; ``whole`` tells that it must match all of a
    value and not a stretch of it.

    Raises :class:`ExpressionError` if it is no regular expression, or one that could take long.
    """
    refuse_ambiguous(text)
    _parsed(text, flags)
    limited = _QUANTIFIER.sub(_with_ceiling, text)
    # Expressions are put side by side, so that each must do as a part of another.
    tree = _parsed(f"(?:{limited})", flags)
    if tree.state.flags & re.VERBOSE:
        raise ExpressionError("har flaggan x, som inte går att använda här")
    if _steps(tree, whole) > MOST:
        raise ExpressionError(_TOO_LONG)
    return limited


def refuse_ambiguous(text: str) -> None:
    """Refuses what the two engines read in different ways, or one of them not at all, and what is
    in every text. Raises :class:`ExpressionError`.
    """
    if text in ("", " "):
        raise ExpressionError("finns i varje text. Skriv det ord som söks")
    for match in _TOKEN.finditer(text):
        if escape := match["escape"]:
            _refuse_escape(escape)
        elif match["set"]:
            for one in re.findall(r"\\.", match["set"], re.DOTALL):
                if one in ("\\W", "\\b", "\\B", "\\A"):
                    raise ExpressionError(f"har {one} i en teckenmängd. Skriv det utanför")
                _refuse_escape(one if one[1] not in "xu" else "\\n")
        elif match["braces"]:
            _refuse_braces(match["braces"])
        elif match["twice"]:
            raise ExpressionError(f"har {match['twice']}. Skriv bara {match['twice'][0]}")
        elif (group := match["group"]) and group not in _GROUPS:
            hint = "" if group[-1] != ")" else ". Stora och små bokstäver räknas redan lika"
            raise ExpressionError(f"har ({plain(group)}, som inte går att använda här{hint}")


def refuse_unreadable(text: str) -> None:
    """Refuses the same, and what is no expression at all, alone or as a part of another. Raises
    :class:`ExpressionError`."""
    refuse_ambiguous(text)
    _parsed(text, re.IGNORECASE)
    _parsed(f"(?:{text})", re.IGNORECASE)


def _refuse_escape(escape: str) -> None:
    if _ESCAPES.fullmatch(escape) is None:
        instead = _INSTEAD.get(escape[:2], escape[1:2] if escape[1:2].isalpha() else "")
        hint = f". Skriv {plain(instead)}" if instead else ""
        raise ExpressionError(f"har {plain(escape)}, som inte går att använda här{hint}")


def _refuse_braces(braces: str) -> None:
    if _TIMES.fullmatch(braces):
        return
    if braces.startswith("{,"):
        raise ExpressionError(f"har {plain(braces)}. Skriv {{0{plain(braces[1:])}")
    if braces[1:2].isalpha() and braces.endswith("}"):
        name = plain(braces[1:-1])
        raise ExpressionError(
            f"har {{{name}}}, som bara ett uttryck i en ordlista kan ha, med namnet på en "
            f"annan. Skriv {{lista: {name}}} som ett eget ord, eller lägg uttrycket i en egen "
            "ordlista"
        )
    raise ExpressionError(
        "har { som inte säger hur många gånger. Skriv \\{ om tecknet ska stå i texten"
    )


def steps(text: str, *, whole: bool = False) -> int:
    """From above, the steps that an expression out of :func:`bounded` takes for each letter of a
    text."""
    return _steps(_parsed(f"(?:{text})", re.IGNORECASE), whole)


def _steps(tree: Any, whole: bool) -> int:
    # What nothing comes after cannot be made to give back what it has taken.
    follow = None if whole else frozenset[str]()
    parts = list(tree)
    anchored = bool(parts) and parts[0] == (sre.AT, sre.AT_BOUNDARY)
    if anchored and len(parts) > 1 and _within_a_word(*parts[1]):
        # It is tried at the beginning of each word only, and goes no further than to its end.
        return 2 + _cost(parts[2:], follow).steps
    cost = _cost(parts, follow).steps
    return 1 + -(-cost // _period(parts[anchored:]))


def _within_a_word(kind: Any, inner: Any) -> bool:
    if (
        kind not in (sre.MAX_REPEAT, sre.MIN_REPEAT)
        or len(inner[2]) != 1
        or inner[2][0][0] not in _ONE
    ):
        return False
    letters = _letters(*inner[2][0])
    return letters == _WORD[0] or (letters is not None and letters < _WORD[0] and int(inner[0]) > 0)


def _period(parts: Any) -> int:
    """How far apart the places are at least that begin with the letters that ``parts`` begins
    with."""
    starts, _ = _starts(parts)
    shortest = min(map(len, starts))
    near = (
        far
        for far in range(1, shortest)
        if any(_agree(one[far:], other) for one in starts for other in starts)
    )
    return next(near, max(1, shortest))


def _agree(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)


def _starts(parts: Any) -> tuple[list[str], bool]:
    """The letters that ``parts`` begins with, in each way that it can, and whether they are all of
    it."""
    starts = [""]
    for kind, inner in parts:
        if kind is sre.LITERAL:
            starts = [start + chr(inner).lower()[:1] for start in starts]
            continue
        if kind is sre.SUBPATTERN:
            ways = [_starts(inner[3])]
        elif kind is sre.BRANCH:
            ways = [_starts(branch) for branch in inner[1]]
        else:
            return starts, False
        further = [start + more for start in starts for found, _ in ways for more in found]
        if len(further) > _MOST_STARTS:
            return starts, False
        starts = further
        if not all(whole for _, whole in ways):
            return starts, False
    return starts, True


def _with_ceiling(found: re.Match[str]) -> str:
    if not found["open"]:
        return found[0]
    least = int(found["least"] or 0) if found["least"] is not None else int(found[0] == "+")
    return f"{{{least},{least + CEILING}}}"


def _parsed(text: str, flags: int) -> Any:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            return parser.parse(text, flags)
    except Warning:
        raise ExpressionError(
            "har [[, -- eller && i en teckenmängd, som kan läsas på två sätt. Skriv \\ före tecknet"
        ) from None
    except (re.error, OverflowError, RecursionError) as error:
        where = (
            f" vid tecken {error.pos + 1}"
            if isinstance(error, re.error) and error.pos is not None
            else ""
        )
        raise ExpressionError(f"är inget giltigt reguljärt uttryck{where}") from None


class _Cost(NamedTuple):
    """From above: in how many ways an expression can go on after it from one place, and how often
    it is tried for that."""

    ways: int
    steps: int


def _cost(tree: Any, follow: _Chars) -> _Cost:
    """What it costs to try ``tree``, which something that begins with one of ``follow`` comes after
    (None: anything)."""
    follows = [follow]
    for kind, inner in reversed(list(tree)[1:]):
        follows.append(_first(kind, inner, follows[-1]))
    ways, steps = 1, 1  # letters are not counted: they are as many as the expression is long
    for (kind, inner), after in zip(tree, reversed(follows), strict=False):
        cost = _cost_of(kind, inner, after)
        steps += ways * cost.steps
        ways *= cost.ways
        if steps > _FROM_ONE_PLACE or ways > _FROM_ONE_PLACE:
            raise ExpressionError(_TOO_LONG)
    return _Cost(ways, steps)


def _cost_of(kind: Any, inner: Any, follow: _Chars) -> _Cost:
    if kind in _ONE or kind in _NO_WIDTH:
        return _Cost(1, 0)
    if kind is sre.BRANCH:
        costs = [_cost(branch, follow) for branch in inner[1]]
        firsts = [_first_of(branch, follow) for branch in inner[1]]
        union = _union(firsts)
        apart = union is not None and len(union) == sum(len(one or ()) for one in firsts)
        # of branches that begin with different letters only one can be gone on with
        of = max if apart else sum
        return _Cost(of(cost.ways for cost in costs), of(cost.steps for cost in costs))
    if kind is sre.SUBPATTERN:
        return _cost(inner[3], follow)
    if kind in (sre.ASSERT, sre.ASSERT_NOT):
        return _Cost(1, _cost(inner[1], None).steps)
    if kind not in (sre.MAX_REPEAT, sre.MIN_REPEAT):
        raise ExpressionError(
            "har en hänvisning till en tidigare parentes eller ett annat uttryck som inte går "
            "att använda här"
        )
    least, most, repeated = int(inner[0]), int(inner[1]), inner[2]
    begins = _first_of(repeated, frozenset())
    again = None if begins is None or follow is None else begins | follow
    if len(repeated) == 1 and repeated[0][0] in _ONE:
        # Letters that what follows cannot begin with are all taken: there is only one place to go
        # on from.
        distinct = begins is not None and follow is not None and begins.isdisjoint(follow)
        places = 1 if distinct else most - least + 1
        # what follows may fail, and is then looked for on the way back
        passes = 1 if follow == frozenset() else 2
        return _Cost(places, places + passes * (most // _QUICK))
    once = _cost(repeated, again if most > 1 else follow)
    ways, steps, reached = 0, 0, 1
    for times in range(most + 1):
        ways += reached if times >= least else 0
        steps += reached * once.steps
        reached *= once.ways
        if steps > _FROM_ONE_PLACE or reached > _FROM_ONE_PLACE:
            return _Cost(_FROM_ONE_PLACE + 1, _FROM_ONE_PLACE + 1)
    return _Cost(ways, steps)


def _first_of(tree: Any, follow: _Chars) -> _Chars:
    """The letters that ``tree``, or what comes after it where it can be empty, can begin with."""
    for kind, inner in reversed(list(tree)):
        follow = _first(kind, inner, follow)
    return follow


def _first(kind: Any, inner: Any, follow: _Chars) -> _Chars:
    if kind in _ONE:
        return _letters(kind, inner)
    if kind is sre.BRANCH:
        return _union(_first_of(branch, follow) for branch in inner[1])
    if kind is sre.SUBPATTERN:
        return _first_of(inner[3], follow)
    if kind in (sre.MAX_REPEAT, sre.MIN_REPEAT):
        own = _first_of(inner[2], follow)
        return _union([own, follow]) if int(inner[0]) == 0 else own
    return follow  # what has no width


def _union(sets: Iterable[_Chars]) -> _Chars:
    found: frozenset[str] = frozenset()
    for one in sets:
        if one is None:
            return None
        found |= one
    return found


def _letters(kind: Any, inner: Any) -> _Chars:
    """The letters of ``_ALPHABET`` that a class matches in any case, or None if it names one that
    is not there."""
    if kind is sre.ANY:
        return _ALPHABET
    if kind in (sre.LITERAL, sre.NOT_LITERAL):
        named = _in_any_case(inner, inner)
        return named if kind is sre.LITERAL or named is None else _ALPHABET - named
    items = list(inner)
    negated = bool(items) and items[0][0] is sre.NEGATE
    found: list[_Chars] = []
    for item, value in items[negated:]:
        if item is sre.CATEGORY:
            found.append(_CATEGORIES.get(value))
        else:
            found.append(_in_any_case(*(value if item is sre.RANGE else (value, value))))
    named = _union(found)
    return named if named is None or not negated else _ALPHABET - named


@lru_cache(maxsize=1024)
def _in_any_case(low: int, high: int) -> _Chars:
    if high > _LAST and not (low == high and chr(low) in _ALPHABET):
        return None
    chosen = {chr(code) for code in range(low, high + 1)}
    cases = {case for char in chosen for case in (char.lower(), char.upper())}
    return frozenset(
        char
        for char in _ALPHABET
        if char in chosen or char.lower() in cases or char.upper() in cases
    )


def _category(test: Callable[[str], bool]) -> tuple[frozenset[str], frozenset[str]]:
    inside = frozenset(filter(test, _ALPHABET))
    return inside, _ALPHABET - inside


_LAST = 0x24F
# Latin letters and signs one by one, and of the rest of Unicode one of each kind.
_ALPHABET = frozenset(map(chr, range(_LAST + 1))) | frozenset("–—’”“…•€жЖ中٣\u2003\u0301😀")
_WORD = _category(lambda c: c.isalnum() or c == "_")
_DIGIT = _category(str.isdecimal)
_SPACE = _category(str.isspace)
_CATEGORIES = {
    sre.CATEGORY_WORD: _WORD[0],
    sre.CATEGORY_NOT_WORD: _WORD[1],
    sre.CATEGORY_DIGIT: _DIGIT[0],
    sre.CATEGORY_NOT_DIGIT: _DIGIT[1],
    sre.CATEGORY_SPACE: _SPACE[0],
    sre.CATEGORY_NOT_SPACE: _SPACE[1],
}
