"""Reporters: the forms in which a run's findings are told. Each gives text; only the CLI prints."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from insatskoll.lint.findings import LEVELS
from insatskoll.swedish import PLURALS, counted

if TYPE_CHECKING:  # at run time the rules are not needed to tell what is given
    from insatskoll.lint.fixes import Fix
    from insatskoll.lint.report import Report


def summary(report: Report) -> str:
    """The run in one line: files, rules, open findings by level, waived and known ones."""
    levels = [
        counted(sum(f.level == level for f in report.open), *PLURALS[level]) for level in LEVELS
    ]
    beside = (
        [counted(report.waived, "godtagen avvikelse", "godtagna avvikelser")]
        if report.waived
        else []
    )
    beside += [counted(report.known, "känt", "kända")] if report.known else []
    line = (
        f"{counted(report.files, 'fil', 'filer')}, {counted(report.rules, 'regel', 'regler')}: "
        f"{', '.join(levels)}"
    )
    return f"{line} ({', '.join(beside)})." if beside else f"{line}."


def unneeded(report: Report) -> str:
    """What to say of the baseline's findings that are gone; nothing if there are none."""
    if not report.unneeded:
        return ""
    listed = ", ".join(f"{rule} i {where}" for rule, where in dict.fromkeys(report.unneeded))
    return (
        f"{len(report.unneeded)} fynd i baslinjen finns inte längre: {listed}. Skriv om "
        "den med insatskoll lint --write-baseline."
    )


def fixed(fixes: Sequence[Fix], what: str) -> str:
    """The corrections in one line; ``what`` says whether they are made or can be made."""
    made, left = [fix for fix in fixes if fix.mended], sum(fix.dropped for fix in fixes)
    if not made and not left:
        return "Inget går att rätta av sig självt."
    places, files = sum(fix.mended for fix in made), len(made)
    line = f"{counted(places, 'ställe', 'ställen')} i {counted(files, 'fil', 'filer')} {what}."
    return f"{line} {counted(left, 'ställe', 'ställen')} får rättas för hand." if left else line


def reporter(name: str) -> Callable[[Report], str]:
    """The machine reporter called ``name``, which is the format's."""
    from importlib import import_module

    module = import_module(f"insatskoll.lint.reporters.{'json_report' if name == 'json' else name}")
    render: Callable[[Report], str] = module.render
    return render
