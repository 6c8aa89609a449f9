"""Turns what the rules found in the data into findings at places in the files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from functools import lru_cache

from insatskoll.catalogue.model import FileProblems, written_at
from insatskoll.law.predicates import Hit, Place
from insatskoll.law.rules import Rule, RuleSet
from insatskoll.lint.findings import Finding, Related, Suggestion
from insatskoll.reading.document import Document
from insatskoll.reading.places import Problem, Span
from insatskoll.values import immutable


@immutable
class Places:
    """The files that a municipality's insatser stand in (``documents``, by id), its risk
    analyses (``analyses``), and what they have in ``common``: kommun.yaml."""

    documents: Mapping[str, Document]
    analyses: Mapping[str, Document] = field(default_factory=dict)
    common: Document | None = None

    def finding(
        self, rule: Rule, level: str, message: str, hit: Hit, document: Document
    ) -> Finding:
        """Turns a hit's paths into places; ``document`` is the file of the subject that was
        checked."""
        document = self.documents.get(hit.insats or "", document)

        def related(place: Place) -> Related:
            other = self.common if place.common else self.analyses.get(place.analysis or "")
            other = other or self.documents.get(place.insats or "", document)
            span = other.span(written_at(other.data, place.path))
            return Related(other.path, span, place.text, line_of(other.text, span))

        path = written_at(document.data, hit.path)
        span = document.words(path, *hit.words) if hit.words else document.span(path)
        return Finding(
            path=document.path,
            span=span,
            rule=rule.id,
            level=level,
            message=message,
            remedy=str(rule.data["åtgärd"]).strip(),
            lagrum=rule.lagrum,
            data_path=path,
            related=tuple(map(related, hit.related)),
            source=line_of(document.text, span),
            suggestion=_suggestion(hit, document),
        )


def _suggestion(hit: Hit, document: Document) -> Suggestion | None:
    if hit.writes is None:
        return None
    from insatskoll.lint import suggestions  # most findings have none

    return suggestions.of(hit.writes, document)


def file_finding(ruleset: RuleSet, file: FileProblems, problem: Problem) -> Finding:
    """The finding of what is wrong with a file as such."""
    rule = ruleset.known(problem.rule)
    assert rule is not None, problem.rule
    return Finding(
        path=file.path,
        span=problem.span,
        rule=problem.rule,
        level=problem.level or rule.level,
        message=f"{problem.message}.",
        remedy=problem.remedy,
        related=tuple(
            Related(file.path, span, text, line_of(file.text, span))
            for text, span in problem.related
        ),
        source=line_of(file.text, problem.span),
    )


def line_of(text: str, span: Span) -> str:
    """The line of ``text`` that ``span`` begins on, without characters that could steer a
    terminal."""
    lines = _lines(text)
    return _harmless(lines[span.line - 1]) if span.line <= len(lines) else ""


@lru_cache(maxsize=64)  # a line may be long and have many findings
def _harmless(line: str) -> str:
    return "".join(c if c.isprintable() or c == "\t" else "�" for c in line)


@lru_cache(maxsize=8)
def _lines(text: str) -> list[str]:
    return text.splitlines()
