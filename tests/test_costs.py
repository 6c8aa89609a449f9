"""The cost of explaining what is wrong grows no faster than the file: counted in steps of the
interpreter, not in time."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from insatskoll.lint.placing import line_of
from insatskoll.reading import document, hygiene, schema, yaml_errors
from insatskoll.reading.hygiene import UnreadableDocument
from insatskoll.reading.places import Span

HEAD = "namn: A\ninsatstyp: samtal\navdelning: vuxen\n"
KOMMUN = "namn: A\nnämnd: B\nbilaga: {titel: C}\n"
UNKNOWN: dict[str, Callable[[int], str]] = {
    "okända fält": lambda n: HEAD + "".join(f"okänt-{i}: x\n" for i in range(n)),
    "felstavade fält": lambda n: HEAD + "".join(f"innehål{i}: x\n" for i in range(n)),
    "fel värden": lambda n: HEAD + "form: [" + ", ".join(f"grup{i}" for i in range(n)) + "]\n",
    "fel villkor": lambda n: HEAD + "villkor:\n" + "".join(f"  - typ: åld{i}\n" for i in range(n)),
    "dubbletter": lambda n: HEAD + "".join(f"f{i}: 1\nf{i}: 2\n" for i in range(n)),
    "avdelningar": lambda n: (
        KOMMUN + "avdelningar:\n" + "".join(f"  - {{id: A{i}, namn: x}}\n" for i in range(n))
    ),
    "enheter": lambda n: (
        KOMMUN + "enheter:\n" + "".join(f"  - {{id: a{i}, nam: x}}\n" for i in range(n))
    ),
    "tal": lambda n: (
        HEAD
        + "delar:\n"
        + "".join(f"  - {{namn: x, omfattning: {{högst: {i} pass}}}}\n" for i in range(n))
    ),
    "osynligt": lambda n: HEAD + "".join(f"f\u00ad{i}: 1\n" for i in range(n)),
    "konflikter": lambda n: "<<<<<<< a\nx: 1\n=======\nx: 2\n>>>>>>> b\n" * n,
    "dubbelkodat": lambda n: "a: Ã±\n" * n,
    "indrag": lambda n: HEAD + "".join(f"f{i}:\n  a: 1\n" for i in range(n)) + " b: 1\n",
    "långt block": lambda n: HEAD + "innehåll: |\n" + "  text\n" * n + " b: 1\n",
}


def steps(work: Callable[[], Any]) -> int:
    """How many lines of Python are run, and calls made of what is written in C."""
    count = 0

    def called(frame: FrameType, event: str, argument: Any) -> None:
        nonlocal count
        count += 1

    sys.setprofile(called)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


def explained(text: str, kind: str) -> list[Any]:
    path = Path("x.yaml")
    try:
        return schema.problems(document.parse(path, text), kind)
    except UnreadableDocument as error:
        return error.problems


@pytest.mark.parametrize("case", UNKNOWN)
def test_explaining_costs_no_more_than_in_proportion(case: str) -> None:
    make = UNKNOWN[case]
    kind = "kommun" if case in ("avdelningar", "enheter") else "insats"
    explained(make(10), kind)  # what is loaded once
    spent = [steps(lambda n=n: explained(make(n), kind)) for n in (75, 150, 300)]  # type: ignore[misc]
    assert spent[1] <= 2.6 * spent[0], spent
    assert spent[2] <= 2.6 * spent[1], spent
    assert len(explained(make(600), kind)) <= hygiene.MAX_PROBLEMS


def test_finding_a_place_is_looking_it_up() -> None:
    text = "".join(f"f{i}: {i}\n" for i in range(4000))
    read = document.parse(Path("x.yaml"), text)
    read.span(("f0",))
    calls = [steps(lambda i=i: read.span((f"f{i}",))) for i in (1, 1000, 3999)]  # type: ignore[misc]
    # a step or two more, where Python itself has something to do
    assert max(calls) < 2 * min(calls)
    assert [read.span((f"f{i}",)).line for i in (0, 1, 3999)] == [1, 2, 4000]


def test_nothing_is_explained_that_is_not_shown() -> None:
    text = UNKNOWN["felstavade fält"](5000)
    assert len(explained(text, "insats")) == hygiene.MAX_PROBLEMS
    told = explained(text, "insats")
    assert [problem.span.line for problem in told] == list(range(4, 4 + hygiene.MAX_PROBLEMS))
    assert yaml_errors.conflict("a: 1\n" * 10_000) is None


def test_a_long_line_with_many_findings_is_made_harmless_once() -> None:
    text = "a: [" + ", ".join(f"x{i}" for i in range(4000)) + "]\n"
    spans = [Span(1, column, 1, column + 1) for column in range(5, 300)]
    line_of(text, spans[0])
    assert steps(lambda: [line_of(text, span) for span in spans]) < 20 * len(spans)
