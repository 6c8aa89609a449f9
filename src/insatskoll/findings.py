"""Findings: what the rules found, where, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from insatskoll.places import DataPath, Span

LEVELS = ("fel", "varning", "råd")


@dataclass(frozen=True)
class Related:
    """Another place that explains a finding: the other half of a contradiction, the copied original."""

    path: Path
    span: Span
    message: str
    source: str = field(default="", repr=False)


@dataclass(frozen=True)
class Finding:
    """One finding. ``source`` is the line of text it points at; ``waived`` the reason if it has been accepted."""

    path: Path
    span: Span
    rule: str
    level: str
    message: str
    remedy: str
    lagrum: tuple[str, ...] = ()
    data_path: DataPath = ()
    related: tuple[Related, ...] = ()
    source: str = field(default="", repr=False)
    waived: str | None = None

    @property
    def order(self) -> tuple[Any, ...]:
        """The order of report: by file, place, rule."""
        return str(self.path), self.span, self.rule, self.message


def at_or_above(level: str, limit: str) -> bool:
    """Whether ``level`` is as grave as ``limit`` or graver."""
    return LEVELS.index(level) <= LEVELS.index(limit)
