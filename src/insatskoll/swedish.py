"""Words that numbers and lists need in Swedish."""

from __future__ import annotations

PLURALS = {"fel": ("fel", "fel"), "varning": ("varning", "varningar"), "råd": ("råd", "råd")}


def counted(number: int, one: str, many: str) -> str:
    """A number with its noun: ”1 fil”, ”3 filer”."""
    return f"{number} {one if number == 1 else many}"
