"""Writes what the project's quality can be told by in ``docs/kvalitet.md``: how much is held by
examples, and how the rules stand the trial of the law.

    tools/quality.py           writes the figures in the page, between its marks
    tools/quality.py --check   exit code 1 if they are others
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import law
import yaml
from tests import trial

from insatskoll.law.rules import RuleSet, load_rules
from insatskoll.resources import CATALOGUE

VERDICTS = CATALOGUE / "bedömningar"
PAGE = Path(__file__).parents[1] / "docs" / "kvalitet.md"
START, END = "<!-- siffrorna skrivs av make docs -->", "<!-- slut på siffrorna -->"


def main() -> int:
    """Writes or checks the page; gives the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    before = PAGE.read_text("utf-8")
    after = page(before)
    if parser.parse_args().check:
        if before != after:
            print(f"{PAGE.name} stämmer inte. Kör make docs.")
        return int(before != after)
    PAGE.write_text(after, "utf-8")
    return 0


def page(text: str) -> str:
    """The page with the figures as they are now."""
    head, _, rest = text.partition(START)
    foot = rest.partition(END)[2]
    return "\n".join([head + START, "", *held(load_rules()), "", *trial_of_law(), "", END + foot])


def held(rules: RuleSet) -> Iterator[str]:
    """What there is, and how many examples hold it, as a table."""
    levels = Counter(rule.level for rule in rules.rules.values())
    told = ", ".join(f"{levels[level]} {level}" for level in ("fel", "varning", "råd"))
    yield from ("| Vad | Antal | Exempel som ska ge fynd | Exempel som ska vara tysta |",
                "| --- | ---: | ---: | ---: |")  # fmt: skip
    of_rules = [rule.examples for rule in rules.rules.values()]
    of_lists = [one.data["exempel"] for one in rules.ordlistor.values()]
    for name, examples in ((f"Regler ({told})", of_rules), ("Ordlistor", of_lists)):
        found, silent = (sum(len(one[kind]) for one in examples) for kind in ("träff", "tyst"))
        yield f"| {name} | {len(examples)} | {found} | {silent} |"
    yield ""
    yield from ("| Vad | Antal | Exempel |", "| --- | ---: | ---: |")
    files = [yaml.safe_load(path.read_bytes()) for path in sorted(VERDICTS.glob("*.yaml"))]
    number = sum(len(one["exempel"]) for one in files)
    yield f"| Ämnen som en ändring bedöms i | {len(files)} | {number} |"


def trial_of_law() -> Iterator[str]:
    """How the rules judge the insatser that no rule is written for."""
    with tempfile.TemporaryDirectory() as folder:
        judged = [
            trial.judged(case, Path(folder) / str(number))
            for number, case in enumerate(trial.cases())
        ]
    yield from law.table(judged)


if __name__ == "__main__":
    sys.exit(main())
