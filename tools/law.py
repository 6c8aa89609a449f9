"""Puts the rules to the trial of the law (``tests/prövning``) and prints how many faults they find,
and how often they say something of what is lawful.

    tools/law.py                 a table, subject by subject
    tools/law.py --each          and the faults not found, and the findings that are wrong
    tools/law.py --cases FOLDER  other cases than the project's own
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterable
from pathlib import Path

from tests import trial
from tests.trial import Judged


def table(judged: Iterable[Judged]) -> list[str]:
    """The figures in Markdown: for each subject and for all, the faults found, the lawful cases
    that are left in peace, recall, and precision: of the cases with a finding, those at fault."""
    rows = [
        "| ämne | fel funna | lagliga tysta | recall | precision |",
        "| --- | --- | --- | --- | --- |",
    ]
    by_subject: dict[str, list[Judged]] = {}
    for one in judged:
        by_subject.setdefault(one.case.subject, []).append(one)
    every = [one for of in by_subject.values() for one in of]
    return rows + [_row(name, of) for name, of in [*by_subject.items(), ("alla", every)]]


def _row(name: str, judged: list[Judged]) -> str:
    faulty = [one for one in judged if one.case.faulty]
    lawful = [one for one in judged if not one.case.faulty]
    found = sum(one.found for one in faulty)
    silent = sum(not one.other for one in lawful)
    wrong = sum(len(one.other) for one in judged)
    right = sum(len(one.right) for one in judged)
    return (
        f"| {name} | {found} av {len(faulty)} | {silent} av {len(lawful)} "
        f"| {_share(found, len(faulty))} | {_share(right, right + wrong)} |"
    )


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.2f}".replace(".", ",") if whole else "–"


def each(judged: Iterable[Judged]) -> list[str]:
    """The faults that are not found, and the findings that nobody asked for."""
    lines = []
    for one in judged:
        case = one.case
        if case.faulty and not one.found:
            lines.append(f"ej funnet  {case.subject}/{case.id}: {case.words or case.fields}")
            lines.append(f"           {case.why}")
        for finding in one.other:
            lines.append(f"fel fynd   {case.subject}/{case.id}: {finding.rule} {finding.message}")
            lines.append(f"           {case.why}")
    return lines


def main() -> None:
    """Reads the arguments and prints the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--each", action="store_true")
    parser.add_argument("--cases", type=Path, default=trial.FOLDER / "fall")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        judged = [
            trial.judged(case, Path(folder) / str(number))
            for number, case in enumerate(trial.cases(options.cases))
        ]
    print("\n".join([*(each(judged) if options.each else []), *table(judged)]))


if __name__ == "__main__":
    main()
