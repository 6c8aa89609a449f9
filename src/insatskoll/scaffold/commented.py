"""Writes a new file so that it explains itself: every field that its schema knows, with what the
schema says of it, in use or as a comment to take into use.

A line that begins with ``# `` is an explanation, and one with ``#`` alone a field, or a part of
one, that is not in use: it is as it should be once the ``#`` is gone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import field
from textwrap import indent, wrap
from typing import Any

from insatskoll.catalogue.canonical import to_flow, to_yaml
from insatskoll.reading import samples
from insatskoll.values import immutable

_WIDTH = 99  # characters on a line
_MOST_WORDS = 50  # that a field can have, for all of them to be told

HOW_TO_USE = (
    "Det som står efter tecknet # läses inte. Det är förklaringar, eller fält som inte används "
    "än: ta bort tecknet framför ett fält för att använda det. Utelämna det som inte finns i ert "
    "underlag."
)


@immutable
class New:
    """A file to be written: its ``kind`` and what it says. ``notes`` are said of a field besides
    what the schema says, ``examples`` are shown instead of the schema's, and fields in ``left_out``
    are not shown."""

    kind: str
    values: Mapping[str, Any]
    notes: Mapping[str, str] = field(default_factory=dict)
    examples: Mapping[str, Any] = field(default_factory=dict)
    left_out: Collection[str] = ()

    def text(self, first: str = "") -> str:
        """The whole file, which begins with ``first``."""
        top = "\n".join(_comment(HOW_TO_USE, ""))
        fields = "\n".join(self._fields((), self.values, ""))
        return f"{first}{top}\n\n{fields}"

    def _fields(
        self, above: tuple[str, ...], values: Mapping[str, Any], margin: str
    ) -> Iterator[str]:
        """Each field of the group at ``above``, with its explanation and an end of line."""
        known = samples.beside(self.kind, (*above, ""))
        for name, schema in known.items():
            path = (*above, name)
            if schema.get("deprecated") or ".".join(path) in self.left_out:
                continue
            said = "\n".join(_comment(self._said(path, schema), margin))
            yield f"{said}\n{self._written(path, values, margin)}"

    def _written(self, path: tuple[str, ...], values: Mapping[str, Any], margin: str) -> str:
        name = path[-1]
        if name not in values:
            return indent(_lines(name, self._example(path)), f"{margin}#")
        value = values[name]
        if isinstance(value, dict):
            inner = "".join(self._fields(path, value, f"{margin}  "))
            return f"{margin}{name}:\n{inner}"
        return indent(_lines(name, value), margin)

    def _said(self, path: tuple[str, ...], schema: Mapping[str, Any]) -> str:
        """What is said of a field before it."""
        words = samples.choices(schema)
        listed = f"Det går att skriva: {', '.join(words)}." if 0 < len(words) <= _MOST_WORDS else ""
        note = self.notes.get(".".join(path), "")
        return " ".join(filter(None, (schema["description"], listed, note)))

    def _example(self, path: tuple[str, ...]) -> Any:
        whole = samples.schemas()[f"{self.kind}.schema.json"].get("examples", [{}])[0]
        for known in (self.examples, whole if len(path) == 1 else {}):
            if ".".join(path) in known:
                return known[".".join(path)]
        return samples.example(self.kind, path)


def _comment(text: str, margin: str) -> list[str]:
    lines = wrap(text, _WIDTH - len(margin) - 2, break_long_words=False, break_on_hyphens=False)
    return [f"{margin}# {line}" for line in lines]


def _lines(name: str, value: Any) -> str:
    """A field with its value: what is simple on a line, and the rest below it."""
    inside = value.values() if isinstance(value, dict) else value
    if not isinstance(value, list | dict):
        return to_yaml({name: value})
    line = f"{name}: {to_flow(value)}\n"
    if len(line) <= _WIDTH and not any(isinstance(one, list | dict) for one in inside):
        return line
    return f"{name}:\n{indent(to_yaml(value), '  ')}"
