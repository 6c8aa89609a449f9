"""What the engine takes in another form than people write it in."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from insatskoll.patterns import later


def earlier_than(day: str) -> str:
    """A regular expression for the days (ÅÅÅÅ-MM-DD) before ``day``."""
    ways = (
        f"{day[:i]}[0-{int(digit) - 1}]"
        for i, digit in enumerate(day)
        if digit.isdigit() and digit != "0"
    )
    return f"^(?:{'|'.join(ways)})"


def with_letters(expression: str) -> str:
    """A regular expression with ``\\w`` and ``\\d`` written out, which JSON Schema takes for those
    of English only, and an end that may have a line break after it."""

    def letters(match: re.Match[str]) -> str:
        if match["group"] is not None:
            return re.sub(r"\\.", lambda inner: _IN_SET.get(inner[0], inner[0]), match[0])
        return _ALONE.get(match[0], match[0])

    return _ESCAPES.sub(letters, expression)


_LETTERS = r"\p{L}\p{N}_"
_IN_SET = {r"\w": _LETTERS, r"\d": r"\p{Nd}", r"\D": r"\P{Nd}"}
_ALONE = {
    r"\w": f"[{_LETTERS}]",
    r"\W": f"[^{_LETTERS}]",
    r"\d": r"\p{Nd}",
    r"\D": r"\P{Nd}",
    "$": r"(?:\n?$)",  # texts end with a line break as often as not
}
_ESCAPES = later(r"\$|\\.|\[\^?\]?(?P<group>(?:\\.|[^\]\\])*)\]", re.DOTALL)


def local(schema: Any) -> Any:
    """A JSON Schema that refers to parts of itself, so that it can stand within another; any other
    as it is."""
    if not any(reference.startswith("#") for reference in _references(schema)):
        return schema
    digest = sha256(json.dumps(schema, sort_keys=True).encode()).hexdigest()
    return {"$id": f"villkor-{digest[:16]}"} | schema


def _references(node: object) -> Iterator[str]:
    if isinstance(node, dict) and isinstance(node.get("$ref"), str):
        yield node["$ref"]
    listed = node if isinstance(node, list) else ()
    for inner in node.values() if isinstance(node, dict) else listed:
        yield from _references(inner)
