"""Random catalogues that the schemas accept, put through all that reads them: a finding or a page,
never an exception."""

from __future__ import annotations

from pathlib import Path

from hypothesis import HealthCheck, given, settings

from insatskoll.bilaga.layouts import layouts
from insatskoll.bilaga.render import render_html
from insatskoll.catalogue.canonical import as_files
from insatskoll.catalogue.model import Revision
from insatskoll.cli import tables
from insatskoll.diff.facts import compare
from insatskoll.diff.findings import change
from insatskoll.diff.forms import json_form, markdown, terminal
from insatskoll.diff.telling import Telling
from insatskoll.law.rules import load_rules
from insatskoll.lint import reporters, run
from insatskoll.lint.reporters import text
from tests.fuzz.effort import rounds
from tests.revisions import revisions

CONCEPTS = frozenset({"råd-och-stödsamtal"})
HERE = Path("k")
SLOWLY = settings(
    deadline=None, suppress_health_check=list(HealthCheck), derandomize=True, database=None
)


@settings(SLOWLY, max_examples=rounds(25))
@given(revisions())
def test_lint_in_every_format(revision: Revision) -> None:
    report = run.lint([as_files(revision, HERE)], load_rules(), CONCEPTS)
    for finding in report.findings:
        assert "{" not in finding.message or "{" in str(revision), finding.message
        assert finding.span.line >= 1
    for form in ("json", "github", "gitlab", "sarif", "junit", "markdown"):
        assert reporters.reporter(form)(report)
    assert list(text.render(report, waived=True))


@settings(SLOWLY, max_examples=rounds(15))
@given(revisions(), revisions())
def test_diff_in_every_form(old: Revision, new: Revision) -> None:
    comparison = compare(old, new)
    findings = change(as_files(old, HERE), as_files(new, HERE), load_rules(), CONCEPTS)
    telling = Telling(comparison, ("förr", "nu"), findings)
    assert list(terminal.render(telling))
    assert markdown.render([telling])
    assert json_form.render([telling])


@settings(SLOWLY, max_examples=rounds(10))
@given(revisions())
def test_every_layout_prints_it(revision: Revision) -> None:
    assert tables.insatser(revision)
    for layout in layouts():
        assert "</html>" in render_html(revision, layout=layout)
