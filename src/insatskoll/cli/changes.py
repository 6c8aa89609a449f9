"""The changes in the forms that are printed, or written to one file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import click

from insatskoll.cli import reports, terminal
from insatskoll.cli.common import load_rules, print_rich, undrawn
from insatskoll.errors import UsageError
from insatskoll.lines import Line, line
from insatskoll.values import immutable

if TYPE_CHECKING:
    from insatskoll.diff.outcome import Outcome
    from insatskoll.diff.telling import Telling
    from insatskoll.lint.findings import Finding


class DiffFormat(StrEnum):
    """The forms of a diff: what is printed, and what is written as files."""

    text = "text"
    markdown = "markdown"
    json = "json"
    github = "github"
    azure = "azure"
    gitlab = "gitlab"
    sarif = "sarif"
    junit = "junit"
    html = "html"
    docx = "docx"
    tjänsteskrivelse = "tjänsteskrivelse"


_REPORTS = (
    DiffFormat.github, DiffFormat.azure, DiffFormat.gitlab, DiffFormat.sarif, DiffFormat.junit
)  # fmt: skip
# the others are documents
READ = (DiffFormat.text, DiffFormat.markdown, DiffFormat.json, *_REPORTS)
_ADDRESS = re.compile(r"https?://[^\s()<>\[\]\"'`\\|]+")


@immutable
class Changes:
    """What is told: the ``tellings``, the ``remarks`` on the catalogue itself, the level of a
    finding that fails (``fails_at``), and the address that the files are at, if they are to be
    linked to. ``signers`` and ``unread`` are as in :class:`Outcome`."""

    tellings: Sequence[Telling]
    remarks: Sequence[str]
    fails_at: str
    files_at: str = ""
    signers: bool = False
    unread: bool = False

    @cached_property
    def outcome(self) -> Outcome:
        """What the changes come to."""
        from insatskoll.diff import outcome

        return outcome.of(self.tellings, self.fails, signers=self.signers, unread=self.unread)

    @property
    def failing(self) -> list[Finding]:
        """The findings that fail the run."""
        from insatskoll.diff import outcome

        return list(filter(self.fails, outcome.new_findings(self.tellings)))

    def fails(self, finding: Finding) -> bool:
        """Whether a finding fails the run."""
        from insatskoll.lint import findings

        return findings.fails(finding, self.fails_at)

    def told(self, form: DiffFormat) -> str:
        """The changes in a form that is not for people in a terminal."""
        if form is DiffFormat.markdown:
            from insatskoll.diff.forms import markdown

            return markdown.render(self.tellings, self.remarks, self.outcome, self.files_at)
        if form is DiffFormat.json:
            from insatskoll.diff.forms import json_form

            return json_form.render(self.tellings, self.remarks, self.outcome)
        if form in _REPORTS:
            return self._for_programs(form)
        return undrawn(self.lines())

    def _for_programs(self, form: DiffFormat) -> str:
        """The changes as a report for a build server, a forge or an editor."""
        from insatskoll.diff.forms import reports as for_programs

        told = for_programs.Told(self.tellings, self.remarks, self.fails)
        if form is DiffFormat.sarif:
            return for_programs.in_sarif(told, load_rules())
        reporters = {
            DiffFormat.github: for_programs.in_github,
            DiffFormat.azure: for_programs.in_azure,
            DiffFormat.gitlab: for_programs.in_gitlab,
            DiffFormat.junit: for_programs.in_junit,
        }
        return reporters[form](told)

    def lines(self) -> Iterator[Line]:
        """The changes for people; if only what is wrong is to be told, how many they are."""
        from insatskoll.diff.forms import terminal as telling_form

        for remark in self.remarks:
            yield line(f"{remark}\n" if self.tellings else remark)
        if not self.tellings:
            yield line("Inga ändringar.")
        for telling in self.tellings:
            if terminal.quiet():
                yield line(f"{telling.title}: {telling.closing}")
            else:
                yield from telling_form.render(telling)

    def show(
        self, form: DiffFormat, place: Path | None, besides: Sequence[tuple[DiffFormat, Path]] = ()
    ) -> None:
        """Prints the changes; with a ``place`` writes them there, and prints them for people. Those
        in the forms ``besides`` are written too."""
        self.write([*besides, *([(form, place)] if place is not None else [])])
        if place is not None or form is DiffFormat.text:
            print_rich(self.lines())
        else:
            click.echo(self.told(form), nl=False)

    def write(self, wanted: Sequence[tuple[DiffFormat, Path]]) -> None:
        """Writes the changes in each of the forms to its file, all of them or none."""
        reports.write_all({path: self.told(form) for form, path in wanted})


def address(given: str | None) -> str:
    """The address that files are at. Raises :class:`UsageError` if it could be anything but an
    address."""
    if given is None:
        return ""
    if not _ADDRESS.fullmatch(given):
        raise UsageError("--link-to: skriv en adress som börjar med https://, utan mellanslag.")
    return given.rstrip("/")
