"""What the linting of one municipality gave, as plain data and back: to be kept, and to be sent
between processes.

Paths are told from the municipality's folder. What comes back is untrusted: it is looked through,
and whatever is not as it was written is refused.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any, TypeVar

from insatskoll.law.predicates.registry import Held
from insatskoll.lint.findings import LEVELS, Edit, Finding, Related, Suggestion
from insatskoll.lint.report import Outcome
from insatskoll.reading.places import DataPath, Span

_T = TypeVar("_T")
Row = dict[str, Any]


class NoRow(ValueError):
    """The data are no row."""


def row(outcome: Outcome, folder: Path) -> Row:
    """``outcome`` of the municipality in ``folder`` as plain data."""
    texts: dict[str, int] = {}

    def number(text: str) -> int:
        return texts.setdefault(text, len(texts))

    def inside(path: Path) -> int:
        return number("/".join(path.relative_to(folder).parts))

    def related(one: Related) -> list[Any]:
        return [inside(one.path), _span(one.span), number(one.message), number(one.source)]

    found = [
        [
            inside(f.path), _span(f.span), number(f.rule), LEVELS.index(f.level), number(f.message),
            number(f.remedy),
            list(map(number, f.lagrum)), list(f.data_path), list(map(related, f.related)),
            number(f.source),
            None if f.waived is None else number(f.waived), f.check, _suggestion(f.suggestion),
        ]
        for f in outcome.findings
    ]  # fmt: skip
    has = outcome.held
    return {
        "findings": found,
        "skipped": [list(pair) for pair in outcome.skipped],
        "files": outcome.files,
        "unreadable": outcome.unreadable,
        "broken": outcome.broken,
        "renamed": [
            [inside(path), list(map(inside, former))] for path, former in outcome.renamed.items()
        ],
        "held": has
        and [has.name, has.folder, has.code, list(map(list, has.waivers)), list(has.contents)],
        "said": list(outcome.said),
        "texts": list(texts),
    }


def _suggestion(one: Suggestion | None) -> list[Any] | None:
    if one is None:
        return None
    edits = [[_span(edit.span), edit.text] for edit in one.edits]
    return [list(one.within), one.text, edits]


def _span(span: Span) -> list[int]:
    return [span.line, span.column, span.end_line, span.end_column]


def outcome(data: Any, folder: Path) -> Outcome:
    """The outcome that :func:`row` made ``data`` of, for the municipality in ``folder``. Raises
    :class:`NoRow`."""
    try:
        return _Reader(data, folder).outcome()
    except (KeyError, IndexError, TypeError, ValueError) as error:
        raise NoRow from error


class _Reader:
    def __init__(self, data: Any, folder: Path) -> None:
        self.data = data
        self.texts: list[str] = _each(str, data["texts"])
        self.folder = folder
        self.paths: dict[int, Path] = {}

    def outcome(self) -> Outcome:
        data = self.data
        return Outcome(
            findings=tuple(map(self._finding, data["findings"])),
            skipped=tuple((_is(str, rule), _is(str, why)) for rule, why in data["skipped"]),
            files=_is(int, data["files"]),
            unreadable=_is(bool, data["unreadable"]),
            broken=_or_none(str, data["broken"]),
            renamed={
                self._path(path): tuple(map(self._path, former)) for path, former in data["renamed"]
            },
            held=None if data["held"] is None else self._held(*data["held"]),
            said=tuple(_each(str, data["said"])),
        )

    def _held(self, name: Any, folder: Any, code: Any, waivers: Any, contents: Any) -> Held:
        given = tuple((_is(str, rule), _is(str, reason)) for rule, reason in waivers)
        return Held(
            _is(str, name),
            _is(str, folder),
            _or_none(str, code),
            given,
            tuple(_each(str, contents)),
        )

    def _finding(self, found: Any) -> Finding:
        (
            path,
            span,
            rule,
            level,
            message,
            remedy,
            lagrum,
            data_path,
            related,
            source,
            waived,
            check,
            suggestion,
        ) = found
        return Finding(
            path=self._path(path),
            span=_to_span(span),
            rule=self._text(rule),
            level=LEVELS[_is(int, level)],
            message=self._text(message),
            remedy=self._text(remedy),
            lagrum=tuple(map(self._text, lagrum)),
            data_path=_to_path(data_path),
            related=tuple(self._related(*one) for one in related),
            source=self._text(source),
            waived=None if waived is None else self._text(waived),
            check=_is(int, check),
            suggestion=None if suggestion is None else _to_suggestion(*suggestion),
        )

    def _related(self, path: Any, span: Any, message: Any, source: Any) -> Related:
        return Related(self._path(path), _to_span(span), self._text(message), self._text(source))

    def _text(self, number: Any) -> str:
        if type(number) is not int or number < 0:
            raise NoRow
        return self.texts[number]

    def _path(self, number: Any) -> Path:
        if number not in self.paths:
            told = self._text(number)
            steps = told.split("/") if told else []  # nothing: the folder itself
            if any(step in ("", ".", "..") for step in steps):
                raise NoRow
            self.paths[number] = self.folder.joinpath(*steps)
        return self.paths[number]


def _to_suggestion(within: Any, text: Any, edits: Any) -> Suggestion:
    read = tuple(Edit(_to_span(span), _is(str, new)) for span, new in edits)
    return Suggestion(_to_path(within), _is(str, text), read)


def _to_span(data: Any) -> Span:
    line, column, end_line, end_column = data
    if not type(line) is type(column) is type(end_line) is type(end_column) is int or min(data) < 1:
        raise NoRow
    return Span(line, column, end_line, end_column)


def _to_path(data: Any) -> DataPath:
    if not all(type(step) in (str, int) for step in data):
        raise NoRow
    return tuple(data)


def _is(kind: type[_T], value: Any) -> _T:
    if type(value) is not kind:
        raise NoRow
    return value


def _each(kind: type[_T], values: Iterable[Any]) -> list[_T]:
    return [_is(kind, value) for value in values]


def _or_none(kind: type[_T], value: Any) -> _T | None:
    return None if value is None else _is(kind, value)
