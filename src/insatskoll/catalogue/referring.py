"""What the fields refer to by an id: units, sections, insatser, concepts, provisions and rules.

Which fields do is told here, once, for what is said of a reference that cannot be used, and for
completion, hover, definitions, references and renaming.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from insatskoll.catalogue.file_names import ID
from insatskoll.catalogue.model import FileProblems
from insatskoll.ids import id_of
from insatskoll.meant import Choices, listed
from insatskoll.patterns import later
from insatskoll.reading.places import DataPath, Problem

Fields = tuple[str, ...]
Names = Callable[[str], Mapping[str, str]]  # those in a register, by id

UNIT, SECTION, INSATS = "enhet", "avdelning", "insats"
CONCEPT, PROVISION, RULE = "begrepp", "lagrum", "regel"

# By the end of the way to the field, where its kind of file matters first in it.
_REFERS: Mapping[Fields, str] = {
    ("utförare", "enheter"): UNIT,
    ("platser", "enhet"): UNIT,
    ("insats", "avdelning"): SECTION,
    ("insats", "begrepp"): CONCEPT,
    ("avdelningar", "insatser"): INSATS,
    ("riskanalys", "insats"): INSATS,
    ("avvikelser", "regel"): RULE,
    ("insats", "lagstadgad"): PROVISION,
    ("dokumentation", "lagrum"): PROVISION,
}
_NAME = later(r"\w")
_KINDS = {"insatser": "insats", "riskanalyser": "riskanalys"}


def fields_of(path: DataPath) -> Fields:
    """The names on the way to a place; lists are passed through."""
    return tuple(step for step in path if isinstance(step, str))


def of(kind: str, fields: Fields) -> str | None:
    """What a field of a ``kind`` of file refers to, if anything."""
    return _REFERS.get((kind, *fields)[-2:])


def told(file: FileProblems, names: Names) -> FileProblems:
    """``file`` with what there is to refer to, where something else than an id is written."""
    kind = _KINDS.get(file.path.parent.name)
    lines = file.text.splitlines()
    if kind is None or not lines:
        return file
    problems = tuple(_offering(problem, kind, lines, names) for problem in file.problems)
    return replace(file, problems=problems)


def _offering(problem: Problem, kind: str, lines: Sequence[str], names: Names) -> Problem:
    span, fields = problem.span, fields_of(problem.where)
    register = of(kind, fields)
    whole_list = fields[-1:] == ("enheter",) and not isinstance(problem.where[-1], int)
    if span.line != span.end_line or span.line > len(lines):
        return problem
    written = lines[span.line - 1][span.column - 1 : span.end_column - 1].strip("\"' ")
    if register is None:
        return _within(problem, fields, written, names)
    if whole_list or "\n" in problem.remedy or not _NAME.match(written):
        return problem
    known = names(register)
    if ID.fullmatch(written) and not (written.isdigit() and written not in known):
        return problem
    return replace(problem, remedy=offered(written, Choices(known), known)) if known else problem


def _within(problem: Problem, fields: Fields, written: str, names: Names) -> Problem:
    """``problem`` with the field to write in, where the name of what is referred to was written in
    place of the group with the reference."""
    for way, register in _REFERS.items():
        if fields[-1:] == way[:1] and (found := _named(written, names(register))):
            margin = " " * (problem.span.column - len(fields[-1]) - 3)
            lines = f"{margin}{fields[-1]}:\n{margin}  {way[1]}: [{found}]"
            return replace(problem, remedy=f"Skriv enhetens id under {fields[-1]}:\n{lines}")
    return problem


def offered(written: object, choices: Choices, names: Mapping[str, str] | None = None) -> str:
    """What there is to refer to instead of what is ``written``, in a sentence or two: the ids that
    there are to choose from, and the ``names`` by id, if they are known."""
    if not choices.allowed:
        return "Det finns inga."
    near = nearest(written, choices, names)
    question = f"Menade du ”{near}”? " if near else ""
    return f"{question}Det finns {listed(near or written, choices.allowed)}."


def nearest(written: object, choices: Choices, names: Mapping[str, str] | None) -> str | None:
    """The id that was most likely meant: of what is called so, or else one that is like it."""
    called = _named(str(written), names) if names else None
    return called or choices.meant(written)


def _named(written: str, known: Mapping[str, str]) -> str | None:
    """The id of what is called as is ``written``."""
    return next((one for one, name in known.items() if id_of(name) == id_of(written)), None)
