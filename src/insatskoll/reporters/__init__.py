"""Reporters: the forms in which a run's findings are told. Each gives text; only the CLI prints."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from insatskoll.findings import LEVELS
from insatskoll.lint import Report

_PLURALS = {"fel": ("fel", "fel"), "varning": ("varning", "varningar"), "råd": ("råd", "råd")}


def counted(number: int, one: str, many: str) -> str:
    """A number with its noun: ”1 fil”, ”3 filer”."""
    return f"{number} {one if number == 1 else many}"


def summary(report: Report) -> str:
    """The run in one line: files, rules, open findings by level, waived ones."""
    levels = [counted(sum(f.level == level for f in report.open), *_PLURALS[level]) for level in LEVELS]
    waived = len(report.findings) - len(report.open)
    line = f"{counted(report.files, 'fil', 'filer')}, {counted(report.rules, 'regel', 'regler')}: {', '.join(levels)}"
    return f"{line} ({counted(waived, 'godtagen avvikelse', 'godtagna avvikelser')})." if waived else f"{line}."


def shown_path(path: Path) -> str:
    """A path as people and forges expect it: relative to the working directory if it lies below it, with slashes."""
    full, here = path.absolute(), Path.cwd()
    return (full.relative_to(here) if full.is_relative_to(here) else path).as_posix()


def reporter(name: str) -> Callable[[Report], str]:
    """The machine reporter called ``name``: ``json`` or ``github``."""
    from insatskoll.reporters import github, json_report

    return {"json": json_report.render, "github": github.render}[name]
