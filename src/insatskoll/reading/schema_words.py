"""Says in Swedish what breaks a schema, and what to write instead."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, NamedTuple

from insatskoll.meant import listed, meant
from insatskoll.names import visible
from insatskoll.patterns import later
from insatskoll.reading import samples
from insatskoll.reading.hygiene import MAX_PROBLEMS
from insatskoll.reading.places import DataPath
from insatskoll.reading.samples import schemas

# jsonschema's, imported only when there is one; what its attributes hold depends on the keyword
ValidationError = Any


ADD = "Lägg till ”"
WHOLE = "Skriv ett heltal, utan decimaler."
DIGITS = "Skriv talet med siffror, utan citattecken."
# What people write beside a word that they are not sure of.
_DOUBT = later(
    r"\?|\b(?:ev(?:ent)?\.|eventuellt|kanske|troligen|oklart|preliminärt?|prel\.|tbd|todo)(?!\w)",
    re.IGNORECASE,
)
_MARKED = 200  # characters in which such a mark is looked for
_TYPES = {
    "string": "en text",
    "integer": "ett heltal",
    "number": "ett tal",
    "boolean": "true eller false",
    "array": "en lista",
    "object": "en grupp av fält",
    "null": "ett tomt värde",
}


class SchemaError(NamedTuple):
    """One way in which data breaks a schema. ``key`` tells that the field's name is meant, not its
    value; ``missing`` are the fields below ``path`` of which one more would have been enough, and
    ``keyword`` what in the schema refuses it."""

    path: DataPath
    message: str
    remedy: str
    key: bool = False
    missing: tuple[str, ...] = ()
    keyword: str = ""


def content(name: str) -> Any:
    """The schema in the file ``name``, which is not to be changed."""
    return schemas()[name]


def referred(name: str, reference: str) -> tuple[str, object]:
    """What ``reference`` in the schema file ``name`` leads to, and the file that it is in."""
    file, _, pointer = reference.partition("#")
    name = file or name
    node = schemas()[name]
    for step in filter(None, pointer.split("/")):
        node = node[step]
    return name, node


def explain(error: ValidationError) -> Iterator[SchemaError]:
    """What is wrong, once for each place, with what to write instead."""
    keyword = str(error.validator)
    path = tuple(error.absolute_path)
    if keyword in ("oneOf", "anyOf"):
        yield from _nearest_branch(error)
    elif keyword == "additionalProperties":
        allowed = error.schema.get("properties", {})
        offered = [name for name, field in allowed.items() if not field.get("deprecated")]
        left = [name for name in offered if name not in error.instance]
        unknown = (name for name in error.instance if name not in allowed)
        for name in islice(unknown, MAX_PROBLEMS):
            remedy = _suggest(name, left, offered)
            told = f"Fältet ”{_short(name)}” finns inte här"
            yield SchemaError((*path, name), told, remedy, key=True, keyword=keyword)
    elif "propertyNames" in error.absolute_schema_path:
        _, remedy = _MESSAGES.get(keyword, _otherwise)(error, "Namnet")
        yield SchemaError(
            (*path, error.instance),
            f"Namnet ”{_short(error.instance)}” kan inte användas",
            remedy,
            key=True,
        )
    else:
        message, remedy = _MESSAGES.get(keyword, _otherwise)(error, _field(path))
        yield SchemaError(path, message, remedy, missing=_lacking(error), keyword=keyword)


def _lacking(error: ValidationError) -> tuple[str, ...]:
    """The field that ``error`` says is missing, if it says that."""
    if error.validator == "required":
        return (next(name for name in error.validator_value if f"'{name}'" in error.message),)
    if error.validator == "dependentRequired":
        return (_dependent_pair(error)[1],)
    return ()


_Branches = dict[int, list[ValidationError]]


def _nearest_branch(error: ValidationError) -> Iterator[SchemaError]:
    """Tells the branch that came closest: right type, errors deepest down, a word almost right, and
    fewest errors."""
    branches: _Branches = {}
    for child in error.context or ():
        branches.setdefault(int(child.relative_schema_path[0]), []).append(child)
    path = tuple(error.absolute_path)
    if all(_lacks_a_field(found) for found in branches.values()):
        names = tuple(name for found in branches.values() for name in found[0].validator_value)
        told = f"Minst ett av fälten {_quoted(names, 'och')} behövs"
        yield SchemaError(path, told, _one_of(error, names), missing=names)
        return
    wrong_type = {
        index: one
        for index, found in branches.items()
        for one in found
        if one.validator == "type" and not one.relative_path
    }
    if len(wrong_type) == len(branches):
        wanted = [one.schema for one in wrong_type.values()]
        told, remedy = _mistyped(error.instance, wanted, _field(path))
        yield SchemaError(path, told, remedy, keyword="type")
        return
    nearest, also = _chosen(error.instance, branches, wrong_type)
    for child in without_echoes(branches[nearest]):
        for told_of in explain(child):
            yield told_of._replace(remedy=told_of.remedy + also)


def _lacks_a_field(found: list[ValidationError]) -> bool:
    """Whether all that is wrong with a branch is that a field is lacking."""
    return len(found) == 1 and found[0].validator == "required" and not found[0].relative_path


def _chosen(
    written: object, branches: _Branches, wrong_type: Mapping[int, ValidationError]
) -> tuple[int, str]:
    """The branch that came closest to what is ``written``, and what else can be written there."""
    words = {
        index: [str(word) for word in one.validator_value]
        for index, found in branches.items()
        for one in found
        if index not in wrong_type and one.validator == "enum" and not one.relative_path
    }

    def distance(index: int) -> tuple[bool, int, int, int, int]:
        deepest = max(len(one.relative_path) for one in branches[index])
        word = 0
        if index in words:
            word = -1 if meant(written, words[index]) else 1
        return index in wrong_type, -deepest, word, len(branches[index]), index

    nearest = min(branches, key=distance)
    others = [word for index, listed in words.items() if index != nearest for word in listed]
    also = f" Det går också att skriva: {', '.join(others)}." if others else ""
    if nearest in words and not meant(written, words[nearest]):
        groups = (one.schema for one in wrong_type.values() if "properties" in one.schema)
        also += "".join(f" {_retype(written, schema)}" for schema in groups)
    return nearest, also


def _one_of(error: ValidationError, names: Sequence[str]) -> str:
    example = (
        samples.lines(error.schema, names[:1])
        if names[0] in error.schema.get("properties", {})
        else ""
    )
    return f"Lägg till ett av dem, till exempel:\n{example}" if example else "Lägg till ett av dem."


def _field(path: DataPath) -> str:
    name = next((segment for segment in reversed(path) if isinstance(segment, str)), None)
    return f"Fältet ”{_short(name)}”" if name else "Filen"


def _quoted(names: Sequence[object], word: str) -> str:
    quoted = [f"”{name}”" for name in names]
    return f" {word} ".join(filter(None, (", ".join(quoted[:-1]), quoted[-1])))


def _as_list(value: object) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _suggest(written: str, likely: Sequence[str], allowed: Sequence[str]) -> str:
    """What to write instead: what was most ``likely`` meant, and all that is ``allowed``."""
    near = meant(written, likely)
    question = f"Menade du ”{near}”? " if near else ""
    question = f"{_doubt(written)}{question}"
    first = [*likely, *(word for word in allowed if word not in likely)]
    return f"{question}{_choices(first, written)}" if allowed else question or "Ta bort det."


def _doubt(written: str) -> str:
    """What to do about a mark that says that something is still to be decided, if there is one."""
    found = _DOUBT.search(written[:_MARKED])
    if found is None:
        return ""
    mark = "Frågetecknet" if found[0] == "?" else f"”{found[0]}”"
    return f"{mark} säger att det inte är bestämt: bestäm, skriv värdet eller ta bort fältet. "


def _choices(words: Sequence[str], written: object = "") -> str:
    return f"Det här går att skriva: {listed(written, words)}."


def _kind_of(value: Any) -> str:
    match value:
        case None:
            return "tomt"
        case bool():
            return "true eller false"
        case str():
            return "en text"
        case int() | float():
            return f"talet {value}"
        case list():
            return "en lista"
    return "en grupp av fält"


def _type(error: ValidationError, field: str) -> tuple[str, str]:
    path = tuple(error.absolute_path)
    if path and isinstance(path[-1], int):
        field = f"Värde {path[-1] + 1} i {_lower(field)}"
    return _mistyped(error.instance, [error.schema], field)


def _mistyped(value: object, schemas: list[Any], field: str) -> tuple[str, str]:
    """What to say of a ``value`` that is of the type of none of ``schemas``."""
    if value is None:
        if field == "Filen":
            return "Filen är tom", "Skriv innehållet eller ta bort filen."
        return (
            f"{field} är tomt",
            "Skriv ett värde, eller ta bort fältet om det inte finns något att säga.",
        )
    expected = dict.fromkeys(
        _TYPES[name] for schema in schemas for name in _as_list(schema["type"])
    )
    remedies = dict.fromkeys(_retype(value, schema) for schema in schemas)
    return f"{field} ska vara {' eller '.join(expected)}, inte {_kind_of(value)}", " ".join(
        remedies
    )


def _retype(value: object, schema: Any) -> str:
    """What to write for ``value`` to be of the type of ``schema``."""
    if "enum" in schema:
        return _choices(schema["enum"], value)
    match _as_list(schema["type"])[0]:
        case "array":
            return "Skriv [värde] eller en rad med - för varje värde."
        case "object":
            known = schema.get("properties", {}).items()
            fields = ", ".join(name for name, field in known if not field.get("deprecated"))
            return (
                "Skriv fälten på egna rader med kolon efter "
                f"namnet{f': {fields}' if fields else ''}."
            )
        case "string":
            return _as_text(value, schema)
    if isinstance(value, str):
        return DIGITS
    return WHOLE if isinstance(value, float) else "Rätta talet."


def _as_text(value: object, schema: Any) -> str:
    """What to write for ``value`` to be a text. Where quotation marks would not be enough, the form
    is told; a form with only digits is read as a text only within them."""
    if not isinstance(value, bool | int | float):
        return "Skriv värdet som en text."
    form = schema.get("patternErrorMessage")
    if form is None or re.search(schema["pattern"], str(value)):
        return "Sätt citattecken runt värdet."
    digits = str(next(iter(schema.get("examples", ())), "")).isdigit()
    return f"{form} Sätt citattecken runt den." if digits else str(form)


def _enum(error: ValidationError, field: str) -> tuple[str, str]:
    if not isinstance(error.instance, str):
        return (
            f"{field} ska vara en text, inte {_kind_of(error.instance)}",
            f"Skriv något av: {listed('', error.validator_value)}.",
        )
    words = [str(value) for value in error.validator_value]
    return f"”{_short(error.instance)}” är inget giltigt värde i {_lower(field)}", _suggest(
        error.instance, words, words
    )


def _const(error: ValidationError, field: str) -> tuple[str, str]:
    return f"{field} har ett annat värde än väntat", f"Skriv {error.validator_value}."


def _required(error: ValidationError, field: str) -> tuple[str, str]:
    (name,) = _lacking(error)
    return f"Fältet ”{name}” saknas", to_add(error.schema, (name,))


def _dependent(error: ValidationError, field: str) -> tuple[str, str]:
    have, lack = _dependent_pair(error)
    return f"När ”{have}” anges behövs också ”{lack}”", to_add(error.schema, (lack,))


def to_add(group: Mapping[str, Any], names: Sequence[str]) -> str:
    """What the missing fields of a ``group`` (a schema) are, what can be written in them, and the
    lines to paste."""
    known = group.get("properties", {})
    if not known.keys() >= set(names):
        return f"{ADD}{names[0]}”."
    told = []
    for name in names:
        told += [known[name]["description"]] if "description" in known[name] else []
        told += [_choices(words)] if (words := samples.choices(known[name])) else []
    return f"{' '.join(told)} Lägg till:\n{samples.lines(group, names)}".strip()


def _dependent_pair(error: ValidationError) -> tuple[str, str]:
    return next(
        (have, name)
        for have, names in error.validator_value.items()
        if have in error.instance
        for name in names
        if name not in error.instance
    )


def _pattern(error: ValidationError, field: str) -> tuple[str, str]:
    if not error.instance.strip():
        return (
            f"{field} är tomt",
            "Skriv ett värde, eller ta bort fältet om det inte finns något att säga.",
        )
    remedy = error.schema.get("patternErrorMessage", "Skriv om värdet.")
    return f"{field} är inte skrivet på rätt sätt: ”{_short(error.instance)}”", remedy


def _format(error: ValidationError, field: str) -> tuple[str, str]:
    return (
        f"{field} är en dag som inte finns i almanackan: {_short(error.instance)}",
        "Kontrollera månad och dag.",
    )


def _not(error: ValidationError, field: str) -> tuple[str, str]:
    if error.validator_value == {}:
        return f"{field} kan inte stå här", error.schema.get("errorMessage", "Ta bort fältet.")
    if "pattern" in error.validator_value:
        return f"{field} har en radbrytning", error.schema.get(
            "errorMessage", "Skriv på en rad, utan radbrytning."
        )
    return f"{field} är inte skrivet på rätt sätt", error.schema.get(
        "errorMessage", "Skriv om värdet."
    )


def _items(error: ValidationError) -> str:
    return "1 värde" if len(error.instance) == 1 else f"{len(error.instance)} värden"


def _lower(field: str) -> str:
    return field[0].lower() + field[1:]


def _short(text: object) -> str:
    """``text`` on one short line, with what cannot be seen written out."""
    line = visible(str(text)[:61].replace("\n", " "))
    return line if len(line) <= 60 else f"{line[:57]}…"


def _otherwise(error: ValidationError, field: str) -> tuple[str, str]:
    return (
        f"{field} följer inte schemat ({error.validator})",
        "Jämför med ett annat exempel i katalogen.",
    )


_MESSAGES: dict[str, Callable[[Any, str], tuple[str, str]]] = {
    "type": _type,
    "enum": _enum,
    "const": _const,
    "required": _required,
    "dependentRequired": _dependent,
    "pattern": _pattern,
    "format": _format,
    "not": _not,
    "minLength": lambda e, f: (
        f"{f} är för kort: {len(e.instance)} tecken, minst {e.validator_value} behövs",
        "Skriv en längre text.",
    ),
    "maxLength": lambda e, f: (
        f"{f} är för långt: {len(e.instance)} tecken, högst {e.validator_value} får plats",
        "Korta texten.",
    ),
    "minItems": lambda e, f: (
        f"Listan i {_lower(f)} har {_items(e)}, minst {e.validator_value} behövs",
        "Lägg till det som saknas, eller ta bort fältet.",
    ),
    "maxItems": lambda e, f: (
        f"Listan i {_lower(f)} har {_items(e)}, högst {e.validator_value} får plats",
        "Ta bort det som är för mycket.",
    ),
    "uniqueItems": lambda e, f: (
        f"Listan i {_lower(f)} innehåller samma värde två gånger",
        "Ta bort dubbletten.",
    ),
    "minimum": lambda e, f: (
        f"{f} är {e.instance}; det minsta möjliga är {e.validator_value}",
        "Rätta talet.",
    ),
    "maximum": lambda e, f: (
        f"{f} är {e.instance}; det största möjliga är {e.validator_value}",
        "Rätta talet.",
    ),
    "maxProperties": lambda e, f: (
        f"{f} har {len(e.instance)} fält, högst {e.validator_value} får plats",
        "Ta bort det som är för mycket.",
    ),
    "minProperties": lambda e, f: (
        f"{f} har inga fält",
        "Skriv minst ett av fälten, eller ta bort det hela.",
    ),
}


def without_echoes(found: Iterable[ValidationError]) -> list[ValidationError]:
    """Drops what else is said of a value that is of the wrong type, blank, or in a field that
    should not be there."""
    found = list(found)
    paths = {id(e): tuple(e.absolute_path) for e in found}
    said = Counter(paths.values())
    mistyped = {paths[id(e)] for e in found if e.validator == "type"}
    ill_written = {paths[id(e)] for e in found if e.validator == "pattern"}
    refused = {paths[id(e)] for e in found if e.validator == "not" and e.validator_value == {}}

    def echo(e: ValidationError) -> bool:
        path = paths[id(e)]
        return (
            (e.validator != "type" and path in mistyped)
            or (e.validator == "minLength" and path in ill_written)
            or (e.validator == "format" and said[path] > 1)
            or any(path[:length] in refused for length in range(len(path)))
        )

    return [e for e in found if not echo(e)]
