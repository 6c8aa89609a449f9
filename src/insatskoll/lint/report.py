"""What a run found, and what one municipality gave to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from insatskoll.lint.findings import Finding, at_or_above
from insatskoll.values import immutable

if TYPE_CHECKING:
    from insatskoll.law.predicates.registry import Held
    from insatskoll.law.rules import RuleSet


@immutable
class Report:
    """What a run found. ``findings`` are in the order of report, the waived and the known among
    them; ``skipped`` says which rules were not put, and why; ``unreadable`` tells that a file
    could not be read at all. ``fail_level`` is the lowest level that fails the run, and
    ``unneeded`` are the findings of the baseline, as rule and file, that are gone. ``broken``
    are the municipalities (by folder) with a file that could not be used, and ``renamed`` the
    files that insatser had before they were given new ids, by the files they have now."""

    findings: tuple[Finding, ...]
    skipped: tuple[tuple[str, str], ...]
    files: int
    ruleset: RuleSet
    unreadable: bool
    fail_level: str = "fel"
    unneeded: tuple[tuple[str, str], ...] = ()
    broken: frozenset[str] = frozenset()
    renamed: Mapping[Path, tuple[Path, ...]] = field(default_factory=dict)

    @property
    def rules(self) -> int:
        """How many rules were put."""
        return len(self.ruleset.rules)

    @property
    def open(self) -> tuple[Finding, ...]:
        """The findings that are new and have not been waived."""
        return tuple(f for f in self.findings if f.waived is None and not f.known)

    @property
    def waived(self) -> int:
        """How many findings have been accepted with a reason."""
        return sum(f.waived is not None for f in self.findings)

    @property
    def known(self) -> int:
        """How many findings stand in the baseline."""
        return sum(f.known for f in self.findings)

    def fails(self, finding: Finding) -> bool:
        """Whether ``finding`` fails the run."""
        return (
            finding.waived is None
            and not finding.known
            and at_or_above(finding.level, self.fail_level)
        )

    def restricted(self, wanted: Mapping[Path, frozenset[Path] | None]) -> Report:
        """The report with only the findings in the files wanted; ``wanted`` gives them by
        municipality, None for all."""
        narrow = {folder: files for folder, files in wanted.items() if files is not None}

        def keep(path: Path) -> bool:
            return all(
                path in files for folder, files in narrow.items() if path.is_relative_to(folder)
            )

        return replace(self, findings=tuple(f for f in self.findings if keep(f.path)))


@immutable
class Outcome:
    """What the linting of one municipality gave. ``broken`` is its folder's name if a file of it
    could not be used. ``held`` is what it has that others may have been copied from, and
    ``said`` what those before it had of that: were that otherwise, so could the findings be. The
    rest is as in :class:`Report`."""

    findings: tuple[Finding, ...]
    skipped: tuple[tuple[str, str], ...]
    files: int
    unreadable: bool
    broken: str | None
    renamed: Mapping[Path, tuple[Path, ...]]
    held: Held | None
    said: tuple[str, ...]
