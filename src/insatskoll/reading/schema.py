"""Checks documents against the JSON Schemas and explains in Swedish what a file that breaks one
should say.

``jsonschema-rs`` says yes or no; only for a file that fails is ``jsonschema``, the authority with
the better errors, asked why. Both get the schemas from the program's own folder and never from the
network.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Any, NoReturn
from urllib.parse import quote

import jsonschema_rs

from insatskoll import dates
from insatskoll.reading.document import Document
from insatskoll.reading.hygiene import MAX_PROBLEMS
from insatskoll.reading.places import Problem, value_at
from insatskoll.reading.samples import schemas, with_referred

if TYPE_CHECKING:
    from insatskoll.reading.schema_words import SchemaError

KINDS = (
    "insats", "kommun", "profil", "godtagna", "beslut", "handelse", "riskanalys", "regel",
    "definition",
    "ordlista", "lag", "lagrum", "begrepp", "monster", "pastaende", "inlasning",
    "konfiguration", "rapport", "importrapport", "baslinje", "diff", "bilaga", "diarium",
    "bedomning", "utfall", "sats", "omskrivning",
)  # fmt: skip

# that are looked at, before the first MAX_PROBLEMS of them in the order of the file are told
MAX_ERRORS = 1000


def problems(document: Document, kind: str) -> list[Problem]:
    """What in ``document`` breaks the schema for its ``kind`` (one of ``KINDS``), in the order of
    the file, as far as told."""
    found = [
        Problem(
            "IK903",
            e.message,
            document.span(e.path, key=e.key),
            _in_place(e, document),
            where=e.path,
        )
        for e in errors(document.data, kind)
    ]
    return sorted(found, key=lambda problem: (problem.span, problem.message))[:MAX_PROBLEMS]


def _in_place(error: SchemaError, document: Document) -> str:
    """The remedy of ``error`` with its lines to paste as far in as they go in ``document``."""
    if "\n" not in error.remedy or not error.path:
        return error.remedy
    from insatskoll.reading.remedies import in_braces, in_brackets, indented, is_apart

    own = document.span(error.path, key=True)
    line = document.text.splitlines()[own.line - 1]
    margin = len(line) - len(line.lstrip(" "))
    if not error.missing:
        if is_apart(error.remedy) and not line[: own.column - 1].rstrip().endswith("-"):
            return in_brackets(error.remedy)
        first = not line[margin : own.column - 1].strip("- ")
        return indented(error.remedy, margin if first else margin + 2)
    here = value_at(document.data, error.path)
    fields = list(here) if isinstance(here, dict) else []
    inner = [document.span((*error.path, name), key=True) for name in fields]
    name = next((step for step in reversed(error.path) if isinstance(step, str)), "")
    if "{" in line and all(span.line == own.line for span in inner):
        return in_braces(error.remedy, name)
    return indented(error.remedy, min((span.column - 1 for span in inner), default=0), name)


def holds(data: object, kind: str) -> bool:
    """Whether plain ``data`` follow the schema for their ``kind``."""
    return bool(_fast(kind).is_valid(data))


def errors(data: object, kind: str) -> list[SchemaError]:
    """As :func:`problems`, for plain data without places.

    No more than :data:`MAX_ERRORS` are looked at, and of as many in one group of fields the first:
    nobody reads more, and explaining each costs more than finding it.
    """
    if _fast(kind).is_valid(data):
        return []
    # most files have none
    from insatskoll.reading.remedies import better, is_told
    from insatskoll.reading.schema_words import explain, without_echoes

    raw = list(islice(_slow(kind).iter_errors(data), MAX_ERRORS))
    found = {
        better(told, data, kind, _takes): None
        for error in without_echoes(raw)
        for told in explain(error)
        if not is_told(told, data, kind)
    }
    # A misspelt field is also a missing one: tell it once, with the right name.
    misspelt = {(e.path[:-1], e.remedy.partition("?")[0]) for e in found if e.key}
    return [
        e
        for e in found
        if not any((e.path, f"Menade du ”{name}”") in misspelt for name in e.missing)
    ]


# The engine answers no, also to ``not``, where it gives up. It never does: what may take long is
# refused before it is put.
_WITHOUT_END = jsonschema_rs.FancyRegexOptions(backtrack_limit=2**62)


def compile_fast(
    schema: Any, known: jsonschema_rs.Registry | None = None
) -> jsonschema_rs.Draft202012Validator:
    """A yes-or-no validator for ``schema``, which may refer to the program's schemas by file name,
    or to those that are ``known``.

    Raises ``jsonschema_rs.ValidationError`` if the schema is not one.
    """
    return jsonschema_rs.Draft202012Validator(
        schema,
        registry=_fast_registry() if known is None else known,
        retriever=_no_network,
        validate_formats=True,
        formats={"date": dates.exists},
        pattern_options=_WITHOUT_END,
    )


# bytes of a compiled expression: what is larger may take hundreds of steps for each letter
_PATTERN_SIZE = 200_000


def is_linear(pattern: str) -> bool:
    """Whether a regular expression is put in one pass over a text, as one that looks neither ahead
    nor back is if it is not too large."""
    options = jsonschema_rs.RegexOptions(size_limit=_PATTERN_SIZE)
    try:
        jsonschema_rs.Draft202012Validator({"pattern": pattern}, pattern_options=options)
    except (jsonschema_rs.ValidationError, ValueError):
        return False
    return True


def _takes(pointer: str, value: object) -> bool:
    """Whether the schema that ``pointer`` leads to takes ``value``."""
    return bool(_pointed(pointer).is_valid(value))


@lru_cache(maxsize=64)
def _pointed(pointer: str) -> jsonschema_rs.Draft202012Validator:
    return compile_fast({"$ref": quote(pointer, safe="/#$")})


@cache
def _fast_registry() -> jsonschema_rs.Registry:
    return jsonschema_rs.Registry(_called(schemas()), retriever=_no_network)


def _called(known: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """Schemas by what a reference may call them: the file's name, and their own id."""
    return [*known.items(), *((content["$id"], content) for content in known.values())]


@cache
def _fast(kind: str) -> jsonschema_rs.Draft202012Validator:
    name = f"{kind}.schema.json"
    known = with_referred(name)  # few of all that there are
    return compile_fast(known[name], jsonschema_rs.Registry(_called(known), retriever=_no_network))


@cache
def _slow(kind: str) -> Any:
    from jsonschema import Draft202012Validator, FormatChecker, ValidationError, validators
    from referencing import Registry, Resource

    unique = compile_fast({"uniqueItems": True})

    def unique_items(
        _: object, wanted: bool, instance: object, __: object
    ) -> Iterator[ValidationError]:
        # jsonschema compares each with each: a quarter of an hour for a list that the reader lets
        # through.
        if wanted and not unique.is_valid(instance):
            yield ValidationError("not unique")

    registry: Any = Registry().with_resources(
        (name, Resource.from_contents(s)) for name, s in _called(schemas())
    )
    extend: Any = validators.extend
    validator = extend(Draft202012Validator, {"uniqueItems": unique_items})
    formats = FormatChecker(formats=())
    formats.checks("date")(lambda value: not isinstance(value, str) or dates.exists(value))
    return validator(schemas()[f"{kind}.schema.json"], registry=registry, format_checker=formats)


def _no_network(uri: str) -> NoReturn:
    raise LookupError(f"{uri} finns inte bland programmets scheman")
