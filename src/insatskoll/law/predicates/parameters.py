"""What a rule may give a named check: the kinds of parameters, and whether a value is of its kind.

A check says it in its signature. ``Field`` is a field of what is checked, ``Expression`` a regular
expression, and so on; who loads a rule is shown each such text and may refuse it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from typing import (
    Annotated,
    Any,
    Literal,
    TypedDict,
    get_args,
    get_origin,
    get_type_hints,
    is_typeddict,
)

# Marks on texts that are more than texts.
FIELD, INSATS_FIELD, PART_FIELD, EXPRESSION, WHOLE_EXPRESSION, LIST, WHOLE_LIST = (
    "fält",
    "insatsfält",
    "delfält",
    "uttryck",
    "helt",
    "lista",
    "hel lista",
)
TEXT_FIELD, INSATS_TEXT_FIELD = "textfält", "insatstextfält"
WORDS, WHOLE_WORDS = "uttryck eller listor", "helt: uttryck eller listor"

Field = Annotated[str, FIELD]
InsatsField = Annotated[str, INSATS_FIELD]  # of an insats, whatever is checked
TextField = Annotated[str, TEXT_FIELD]  # a field with a text
InsatsTextField = Annotated[str, INSATS_TEXT_FIELD]  # the same of an insats
PartField = Annotated[str, PART_FIELD]  # of a part of an insats, or of an insats without parts
Expression = Annotated[str, EXPRESSION]
WholeExpression = Annotated[str, WHOLE_EXPRESSION]  # must match all of a value
# Regular expressions, and word lists by name, given as the expressions that they are all together.
Words = Annotated[tuple[str, ...], WORDS]
WholeWords = Annotated[tuple[str, ...], WHOLE_WORDS]  # that must match all of a value


class Listed(tuple[str, ...]):
    """The default of a parameter that takes words: the word lists of these names, unless a rule
    gives others."""

    __slots__ = ()


def listed(*names: str) -> Words:
    """Word lists by name, as the default of a parameter."""
    return Listed(names)


# One of the values that a field of an insats can have, or one of the words after +.
VALUE = "värde:"
Participant = Annotated[str, VALUE + "målgrupp.deltagare"]
ParticipantOrAll = Annotated[str, VALUE + "målgrupp.deltagare+alla"]
KindOfInsats = Annotated[str, VALUE + "insatstyp"]
Level = Annotated[str, VALUE + "dokumentation.nivå"]
KindOfCondition = Annotated[str, VALUE + "villkor.typ"]
YesNo = Literal["ja", "nej"]
Register = Literal["enheter", "avdelningar", "insatser", "begrepp", "riskanalyser"]


class Term(TypedDict):
    """A way of saying something: an expression, and what to write instead."""

    ord: Expression
    skriv: str


class _AgeGroup(TypedDict):
    deltagare: list[Participant]
    kallas: str


class AgeGroup(_AgeGroup, total=False):
    """Kinds of participants, what they are called, and how young or old nobody of them can be all
    through."""

    lägst: int
    högst: int


class KindOfPeople(TypedDict):
    """One of the kinds of participants, and the words for them."""

    deltagare: Participant
    ord: WholeWords


class ParameterError(ValueError):
    """The value is not what the check takes; the message says why, in Swedish."""


# a mark and the text that has it, to what it is replaced by; a list's name by a list
Visit = Callable[[str, str], Any]


def read(value: Any, kind: Any, visit: Visit) -> Any:
    """``value`` with each marked text as ``visit`` gives it back. Raises :class:`ParameterError` if
    it is not of ``kind``."""
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is Annotated and arguments[1] in (WORDS, WHOLE_WORDS):
        return _read_words(value, arguments[1] == WHOLE_WORDS, visit)
    if origin is Annotated:
        return visit(arguments[1], read(value, arguments[0], visit))
    if origin is Literal:
        if value not in arguments:
            raise ParameterError(
                f"har fel slags värde. Det här går att skriva: {', '.join(arguments)}"
            )
        return value
    if origin in (list, Sequence):
        if not isinstance(value, list):
            raise ParameterError(
                "har fel slags värde. Skriv [värde] eller en rad med - för varje värde"
            )
        return [read(item, arguments[0], visit) for item in value]
    if is_typeddict(kind):
        return _read_group(value, kind, visit)
    wanted, words = (int, "ett heltal") if kind is int else (str, "en text")
    if not isinstance(value, wanted) or isinstance(value, bool):
        raise ParameterError(f"har fel slags värde. Skriv {words}")
    return value


def _read_words(value: Any, whole: bool, visit: Visit) -> tuple[str, ...]:
    """Regular expressions, each as ``visit`` gives it back, and in the place of a list's name those
    of the list."""
    if not isinstance(value, list | tuple):
        raise ParameterError(
            "har fel slags värde. Skriv [uttryck] eller en rad med - för varje uttryck"
        )
    found: list[str] = []
    for item in value:
        if isinstance(item, str):
            found.append(visit(WHOLE_EXPRESSION if whole else EXPRESSION, item))
        elif isinstance(item, dict) and item.keys() == {LIST} and isinstance(item[LIST], str):
            found += visit(WHOLE_LIST if whole else LIST, item[LIST])
        else:
            raise ParameterError(
                "har fel slags värde. Skriv ett uttryck, eller {lista: namn} för en ordlista"
            )
    return tuple(found)


@cache
def _fields(kind: Any) -> dict[str, Any]:
    """The kind of each field of a group."""
    return get_type_hints(kind, include_extras=True)


def _read_group(value: Any, kind: Any, visit: Visit) -> Any:
    fields = _fields(kind)
    if not isinstance(value, dict):
        raise ParameterError(f"har fel slags värde. Skriv en grupp med fälten {', '.join(fields)}")
    for name in value:
        if name not in fields:
            raise ParameterError(
                f"har fältet {name}, som inte finns. Det här går att skriva: {', '.join(fields)}"
            )
    for name in sorted(kind.__required_keys__):
        if name not in value:
            raise ParameterError(f"saknar fältet {name}")
    found = {name: read(item, fields[name], visit) for name, item in value.items()}
    if kind is Term:
        _refuse_replacement(found["ord"], found["skriv"])
    return found


def _refuse_replacement(expression: str, replacement: str) -> None:
    """Refuses what cannot be written instead of what ``expression`` matches."""
    try:
        re.compile(expression, re.IGNORECASE).sub(replacement, "")
    except (re.error, IndexError):
        said = "har något att skriva som nämner en parentes som uttrycket inte har"
        raise ParameterError(said) from None
