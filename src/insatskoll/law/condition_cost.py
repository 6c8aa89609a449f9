"""What a condition in one's own rule can cost, counted from above before it is put to anything.

A condition is tried at most once for each value in a text for each way that leads to it, and a
``$ref`` is one more way to what it leads to: references to references double the ways at each step.
The ways are counted here, each part once.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from insatskoll.reading import schema_words
from insatskoll.reading.places import DataPath

MOST = 5_000  # ways: one of the program's whole schemas has some hundreds
# ways that cost as much as a step of an expression for each letter: there are fewer values than
# letters
WAYS_A_STEP = 4
_DEEPEST = 40  # references after one another
# times that what stands beside an unevaluated… is tried: to be judged, and to tell what it has
# judged
_AGAIN = 4
_GROUPS = frozenset({"properties", "patternProperties", "dependentSchemas", "$defs"})
_VALUES = frozenset({"const", "enum", "default", "examples"})
_UNEVALUATED = frozenset({"unevaluatedProperties", "unevaluatedItems"})
# What gives names to places and leads to them otherwise than step by step. Nothing that one's own
# rule needs.
_OTHER_WAYS = frozenset(
    {"$id", "$anchor", "$dynamicRef", "$dynamicAnchor", "$recursiveRef", "$recursiveAnchor"}
)


class CostError(ValueError):
    """The condition cannot be used; the message says why, in Swedish, and ``path`` where in it."""

    def __init__(self, path: DataPath, message: str) -> None:
        super().__init__(message)
        self.path = path


def ways(condition: object) -> int:
    """From above, how many times some part of ``condition`` is tried for one value. Raises
    :class:`CostError`.

    What ``condition`` refers to and is not there counts for nothing: those who compile it tell of
    that.
    """
    counted = _Counting(condition).ways("", condition, (), ())
    if counted > MOST:
        raise CostError((), _TOO_MUCH)
    return counted


_TOO_MUCH = (
    "prövar för mycket: med det som ”$ref” och ”unevaluated…” leder till blir det för "
    "många prövningar för varje värde. Gör det "
    "kortare, eller dela upp det på flera regler"
)
_CIRCLE = "går i ring: ”$ref” leder tillbaka till sig själv"


class _Counting:
    def __init__(self, condition: Any) -> None:
        self.condition = condition
        self.counted: dict[tuple[str, str], int] = {}

    def ways(
        self, file: str, node: object, at: DataPath, trail: tuple[tuple[str, str], ...]
    ) -> int:
        """Those of ``node``, which stands in ``file`` (the program's; empty: the rule itself) and
        is told at ``at``.

        ``trail`` are the references that have led here.
        """
        if not isinstance(node, dict):
            return 1
        total = 1
        for key, inner in node.items():
            there = at if file else (*at, key)
            if not file and key in _OTHER_WAYS and isinstance(inner, str | bool):
                raise CostError(
                    there, f"har ”{key}”, som inte går att använda här. Skriv ”$ref” med vägen dit"
                )
            if key == "$ref" and isinstance(inner, str):
                total += self._referred(file, inner, there, trail)
            elif key in _VALUES:
                total += _size(inner)
            elif key != "$defs" or not isinstance(
                inner, dict
            ):  # tried only where something refers to it
                total += sum(
                    self.ways(file, one, at if file else path, trail)
                    for path, one in _parts(key, inner, there)
                )
        return min(total * (_AGAIN if _UNEVALUATED & node.keys() else 1), MOST + 1)

    def _referred(
        self, file: str, reference: str, at: DataPath, trail: tuple[tuple[str, str], ...]
    ) -> int:
        name, _, pointer = reference.partition("#")
        place = (name or file, pointer)
        if place in trail:
            raise CostError(at, _CIRCLE)
        if len(trail) >= _DEEPEST:
            raise CostError(at, _TOO_MUCH)
        if place not in self.counted:
            if (found := self._found(*place)) is None:
                return 1
            self.counted[place] = self.ways(place[0], found[0], at, (*trail, place))
        return self.counted[place]

    def _found(self, file: str, pointer: str) -> tuple[object] | None:
        """What stands at ``pointer`` in ``file``, in a group of its own; None if there is
        nothing."""
        try:
            node = schema_words.content(file) if file else self.condition
            for step in filter(None, unquote(pointer).split("/")):
                name = step.replace("~1", "/").replace("~0", "~")
                node = node[int(name) if isinstance(node, list) else name]
        except (LookupError, ValueError, TypeError):
            return None
        return (node,)


def _parts(key: str, inner: object, at: DataPath) -> Iterator[tuple[DataPath, object]]:
    """The conditions that stand after a keyword, each with its path."""
    if isinstance(inner, list):
        yield from (((*at, index), one) for index, one in enumerate(inner))
    elif isinstance(inner, dict) and key in _GROUPS:
        yield from (((*at, name), one) for name, one in inner.items())
    elif isinstance(inner, dict):
        yield at, inner


def _size(value: object) -> int:
    """The number of values in ``value``."""
    if isinstance(value, dict):
        return 1 + sum(map(_size, value.values()))
    if isinstance(value, list):
        return 1 + sum(map(_size, value))
    return 1
