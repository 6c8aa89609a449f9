"""What is expected of a file that is wrong, as the ``.väntat`` file beside it says it."""

from __future__ import annotations

from collections.abc import Iterable

from insatskoll.reading.places import Problem


def told(problems: Iterable[Problem]) -> str:
    """For each problem its rule, place and message, and indented what to do and the related
    places."""
    lines = []
    for problem in problems:
        lines.append(f"{problem.rule} {problem.span.line}:{problem.span.column} {problem.message}")
        lines.append(f"  {problem.remedy}")
        lines += [f"  {span.line}:{span.column} {text}" for text, span in problem.related]
    return "".join(f"{line}\n" for line in lines)
