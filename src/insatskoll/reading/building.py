"""Builds data out of the nodes of YAML, and refuses what can be read in two ways."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Sequence
from typing import Any

import yaml

from insatskoll.names import short_text
from insatskoll.patterns import later
from insatskoll.reading import indentation
from insatskoll.reading.hygiene import (
    CONTROL,
    GLUED_COMMENT,
    LONE_RETURN,
    MAX_DEPTH,
    MAX_VALUES,
    Found,
    decomposed,
    span,
    too_deep,
)
from insatskoll.reading.places import Problem, Span

MANY = 5  # fields that stand twice in a group, for it to be the group that does
_INT = later(r"[-+]?(0|[1-9][0-9]*)")
_FLOAT = later(r"[-+]?(\.[0-9]+|(0|[1-9][0-9]*)(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_SPECIAL_FLOAT = later(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
_CONSTANTS = {
    "true": True,
    "True": True,
    "TRUE": True,
    "false": False,
    "False": False,
    "FALSE": False,
} | dict.fromkeys(("", "~", "null", "Null", "NULL"))


class Builder:
    """Builds plain data from composed nodes, collecting problems that do not stop the building."""

    def __init__(self, text: str) -> None:
        self.problems: list[Problem] = []
        self.lines = text.splitlines() if GLUED_COMMENT.search(text) or "\t#" in text else None
        self.escapes = "\\" in text
        self.values = 0

    def build(self, node: yaml.Node, depth: int) -> object:
        """The data of ``node``, which lies ``depth`` groups down. Raises :class:`Found`."""
        if isinstance(node, yaml.ScalarNode):
            return self._scalar(node)
        if depth >= MAX_DEPTH:
            raise too_deep(node)
        self.values += len(node.value)
        if self.values > MAX_VALUES:
            raise Found(
                "IK907",
                f"Filen har fler än {MAX_VALUES} värden",
                span(node),
                "Dela upp innehållet: en fil per insats.",
            )
        if isinstance(node, yaml.SequenceNode):
            return [self.build(item, depth + 1) for item in node.value]
        data: dict[str, object] = {}
        keys: dict[str, yaml.Node] = {}
        doubled: list[tuple[str, yaml.Node, yaml.Node]] = []
        for key_node, value_node in node.value:
            key = self._key(key_node)
            value = self.build(value_node, depth + 1)
            if key in keys:
                doubled.append((key, key_node, keys[key]))
            keys[key] = key_node
            data[key] = value
        self.problems += _doubled(doubled)
        return data

    def _key(self, node: yaml.Node) -> str:
        if not isinstance(node, yaml.ScalarNode):
            raise Found(
                "IK901",
                "En lista eller en grupp av fält kan inte vara ett fältnamn",
                span(node),
                "Skriv ett namn.",
            )
        name: str = node.value
        if not name.isprintable() or name != name.strip():
            odd = next((c for c in name if not c.isprintable()), " ")
            self.problems.append(
                Problem(
                    "IK901",
                    (
                        "Fältnamnet "
                        f"”{short_text(''.join(c for c in name if c.isprintable()).strip(), 60)}” "
                        "innehåller ett "
                    )
                    + (
                        "mellanslag i början eller slutet"
                        if odd == " "
                        else f"osynligt tecken (U+{ord(odd):04X})"
                    ),
                    span(node),
                    "Ta bort tecknet, och dra in raden med vanliga mellanslag.",
                )
            )
        else:
            self._check_escapes(node)
        return name

    def _scalar(self, node: yaml.ScalarNode) -> object:
        text: str = node.value
        if node.style:
            self._check_escapes(node)
            return text
        if self.lines is not None:
            self._check_glued_comment(node)
        if text in _CONSTANTS:
            return _CONSTANTS[text]
        if text[0] in "0123456789+-.":
            return self._number(node, text)
        return text

    def _number(self, node: yaml.ScalarNode, text: str) -> Any:
        if _SPECIAL_FLOAT.fullmatch(text):
            return self._refuse_number(node)
        if _INT.fullmatch(text):
            return int(text) if len(text) <= 15 else self._refuse_number(node)
        if _FLOAT.fullmatch(text):
            value = float(text)
            if not math.isfinite(value):
                return self._refuse_number(node)
            # 13.0 is the integer 13 to a schema, and must not be printed as 13.0.
            return int(value) if value.is_integer() and abs(value) < 1e15 else value
        return text

    def _refuse_number(self, node: yaml.ScalarNode) -> None:
        self.problems.append(
            Problem(
                "IK901",
                "Talet är för stort eller inget riktigt tal",
                span(node),
                "Sätt citattecken runt värdet om det är en text eller ett nummer.",
            )
        )

    def _check_escapes(self, node: yaml.ScalarNode) -> None:
        if not self.escapes:
            return
        if CONTROL.search(node.value) or LONE_RETURN.search(node.value):
            message = "Värdet innehåller ett styrtecken, skrivet som teckenkod"
        elif not unicodedata.is_normalized("NFC", node.value):
            message = decomposed(node.value)[1]
        else:
            return
        self.problems.append(
            Problem(
                "IK905",
                message,
                span(node),
                "Ta bort teckenkoden, eller skriv tecknet som det är.",
            )
        )

    def _check_glued_comment(self, node: yaml.ScalarNode) -> None:
        assert self.lines is not None
        end = node.end_mark
        rest = self.lines[end.line][end.column :] if end.line < len(self.lines) else ""
        if re.match(r"[ \t]+#[^\s#!]", rest):
            start = end.column + rest.index("#")
            self.problems.append(
                Problem(
                    "IK901",
                    f"Texten efter # försvinner: ”{short_text(rest.strip(), 60)}”",
                    Span(end.line + 1, start + 1, end.line + 1, len(self.lines[end.line]) + 1),
                    (
                        "Sätt citattecken runt hela värdet, eller ett mellanslag efter # om "
                        "det är en kommentar."
                    ),
                )
            )


def _doubled(fields: Sequence[tuple[str, yaml.Node, yaml.Node]]) -> list[Problem]:
    """What to say of fields that stand twice in a group, each with where and where first: of many
    it is the group that stands twice, and that is told once."""
    told = [
        indentation.not_a_dash(name, span(again))
        or Problem(
            "IK902",
            f"Fältet ”{short_text(name, 60)}” står två gånger",
            span(again),
            "Behåll ett av dem. YAML använder annars tyst det sista.",
            (("Första gången här", span(first)),),
        )
        for name, again, first in fields
    ]
    if len(fields) < MANY or any(problem.rule != "IK902" for problem in told):
        return told
    at = told[0].span
    what = f"{len(fields)} fält står två gånger, från rad {at.line}"
    remedy = (
        "Det ser ut som att samma sak är inklistrad en gång till. Behåll det som ska gälla, och ta "
        "bort det andra. YAML använder annars tyst det sista."
    )
    return [Problem("IK902", what, at, remedy, told[0].related)]
