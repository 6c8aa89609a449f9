"""The trial of the law: insatser written by somebody who had not read the rules, half of them
lawful ones that look like the other half, and what the rules say of them.

``tests/prövning/fall`` has a file for each subject, with cases answered before any rule was put to
them; ``ämnen.yaml`` tells which rules see the faults of each subject.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from insatskoll.lint.findings import Finding, at_or_above
from tests.catalogues import lint_folder, write_kommun

# What is asked of a whole bilaga, which no case is.
_ABOUT_THE_WHOLE = ("IK506", "IK702")
FOLDER = Path(__file__).parent / "prövning"
FAULTY = "fynd"  # and the others are ”tyst”
# Of the faulty cases, those that are found, and of the lawful ones, those left in peace. Raised
# when the rules find more, never lowered.
LEAST_FOUND, LEAST_SILENT = 0.92, 0.97


@dataclass(frozen=True)
class Case:
    """An insats, whether it is at fault, and why. ``words`` are those that are, and ``fields`` the
    fields, for a fault that stands in no words."""

    subject: str
    id: str
    faulty: bool
    why: str
    insats: dict[str, Any]
    kommun: dict[str, Any]
    words: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()


@dataclass(frozen=True)
class Judged:
    """What the rules say of a case: ``right`` are the findings that the fault is to have,
    ``other`` those that nobody asked for, each at ``varning`` or graver."""

    case: Case
    right: tuple[Finding, ...]
    other: tuple[Finding, ...]

    @property
    def found(self) -> bool:
        """Whether the fault of a faulty case is found."""
        return bool(self.right)


def cases(folder: Path = FOLDER / "fall") -> Iterator[Case]:
    """The cases, by subject."""
    for path in sorted(folder.glob("*.yaml")):
        for case in yaml.load(path.read_text("utf-8"), yaml.CSafeLoader):
            yield Case(
                path.stem,
                case["id"],
                case["utfall"] == FAULTY,
                case["skäl"],
                case["insats"],
                case.get("kommun") or {},
                tuple(case.get("ord", ())),
                tuple(case.get("fält", ())),
            )


def judged(case: Case, folder: Path) -> Judged:
    """Lints ``case`` in a municipality written in ``folder``, with every rule.

    What is asked of a whole bilaga is left out.
    """
    kommun = _kommun() | case.kommun
    insats = case.insats | {"avdelning": kommun["avdelningar"][0]["id"]}
    report = lint_folder(write_kommun(folder, {case.id: insats}, kommun))
    seeing = tuple(_subjects()[case.subject]) if case.faulty else ()
    found = [finding for finding in report.open if finding.rule not in _ABOUT_THE_WHOLE]
    right = tuple(finding for finding in found if finding.rule.startswith(seeing))
    return Judged(
        case,
        right,
        tuple(f for f in found if f not in right and at_or_above(f.level, "varning")),
    )


@cache
def _kommun() -> dict[str, Any]:
    kommun: dict[str, Any] = yaml.safe_load((FOLDER / "kommun.yaml").read_text("utf-8"))
    return kommun


@cache
def _subjects() -> dict[str, list[str]]:
    subjects: dict[str, list[str]] = yaml.safe_load((FOLDER / "ämnen.yaml").read_text("utf-8"))
    return subjects
