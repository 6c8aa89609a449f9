"""The fields, values and placeholders that a rule names, held against the schema of what it is put
to.

JSON Schema says nothing of a name that is misspelt: a condition on a field that does not exist is
just never met, or always.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from insatskoll.law import shapes
from insatskoll.law.predicates import PREDICATES
from insatskoll.law.predicates import parameters as kinds
from insatskoll.law.predicates.parameters import ParameterError
from insatskoll.law.rule_form import Written
from insatskoll.law.shapes import Shape
from insatskoll.meant import meant
from insatskoll.patterns import later
from insatskoll.reading import schema
from insatskoll.reading.places import DataPath, parse_path

if TYPE_CHECKING:
    from insatskoll.reading.schema_types import RegelRattning

_PLACEHOLDER = later(r"\{([^{}]*)\}")
_SAME_PLACE = ("not", "if", "then", "else")
_BRANCHES = ("anyOf", "allOf", "oneOf")
KEYWORDS = (
    *_SAME_PLACE, *_BRANCHES, "properties", "required", "const", "enum", "pattern", "items",
    "contains", "type", "$ref", "$defs", "minimum", "maximum", "exclusiveMinimum",
    "exclusiveMaximum", "multipleOf", "minLength", "maxLength", "minItems", "maxItems",
    "uniqueItems", "minContains", "maxContains", "minProperties", "maxProperties",
    "additionalProperties", "patternProperties", "propertyNames", "prefixItems",
    "dependentRequired", "dependentSchemas", "unevaluatedProperties", "unevaluatedItems", "title",
    "description", "$comment", "format", "default", "examples",
)  # fmt: skip


Schema = Mapping[str, object]


UNMATCHED = "en klammer saknar sin andra hälft. Skriv namnet på fältet mellan { och }"


class Misnamed(NamedTuple):
    """A name in a rule that means nothing: where in the rule's file it stands, and what to say of
    it."""

    path: DataPath
    message: str


class Unknown(ValueError):
    """A field that there is not; the message says so, in Swedish, and what was probably meant."""


def target(shape: Shape, path: DataPath, scope: str) -> Shape:
    """What a condition is put to that is for the field at ``path``: each item of it, if it is a
    list.

    Raises :class:`Unknown`.
    """
    for step in path:
        inner = shape.field(str(step))
        if inner is None:
            raise Unknown(_unknown(f"fältet ”{step}”", scope, str(step), shape.fields))
        shape = inner
    return shape.items or shape if path else shape


def lists(shape: Shape, path: DataPath) -> bool:
    """Whether the field at ``path``, which there is, is a list."""
    for step in path:
        shape = shape.fields[str(step)]
    return shape.items is not None


def misnamed(written: Written, mending: RegelRattning | None = None) -> Iterator[Misnamed]:
    """Every name in the check, but for its conditions, that what it is put to lacks.

    ``mending`` is the rule's own ``rättning``.
    """
    scope, at, check = written.scope, written.place, written.data
    if scope not in shapes.SCOPES:
        return
    whole = shapes.of(scope)
    shape: Shape | None = whole
    if "för" in check:
        shape = yield from _along(whole, parse_path(check["för"]), (*at, "för"), scope)
        shape = shape and (shape.items or shape)
    if shape is None:
        return
    if "plats" in check:
        yield from _along(shape, parse_path(check["plats"]), (*at, "plats"), scope)
    yield from _parameters(written, shape)
    yield from _placeholders(written, shape, (*at, "meddelande"))
    mended = check.get("rättning", mending)
    for name in mended.get("inte_i", ()) if mended else ():
        if name not in (known := whole.names()):
            yield Misnamed((*at,), _unknown(f"fältet ”{name}” i inte_i", scope, name, known))


def misnamed_in(condition: object, shape: Shape, at: DataPath, scope: str) -> Iterator[Misnamed]:
    """Every name in a JSON Schema at ``at`` that what it is put to, of the ``shape``, lacks."""
    yield from _condition(condition, shape, at, scope)


def where(scope: str) -> str:
    """Where the fields of a ``scope`` are, to end a message with."""
    return _WHERE.get(scope, f"i {scope}")


def _along(
    shape: Shape, path: DataPath, at: DataPath, scope: str
) -> Generator[Misnamed, None, Shape | None]:
    """Follows ``path``; gives back where it leads, or None once it has led nowhere."""
    for step in path:
        inner = shape.items if isinstance(step, int) else shape.field(step)
        if inner is None:
            yield Misnamed(at, _unknown(f"fältet ”{step}”", scope, str(step), shape.fields))
            return None
        shape = inner
    return shape


def field(shape: Shape, text: str, scope: str) -> str | None:
    """What is wrong with a field written ``villkor[].beskrivning`` or ``innehåll|syfte``, or
    None."""
    for either in text.split("|"):
        current = shape
        for segment in either.split("."):
            name = segment.removesuffix("[]")
            inner = current.field(name)
            if inner is None:
                return _unknown(f"fältet ”{name}”", scope, name, current.fields)
            if (
                segment.endswith("[]") != (inner.items is not None and not inner.fields)
                and inner.words is None
            ):
                if segment.endswith("[]"):
                    return f"fältet ”{name}” är ingen lista. Skriv det utan []"
                if "." in either[either.index(segment) + len(segment) :]:
                    return f"fältet ”{name}” är en lista. Skriv {name}[]"
            current = inner.items if segment.endswith("[]") and inner.items is not None else inner
    return None


def _condition(condition: object, shape: Shape, at: DataPath, scope: str) -> Iterator[Misnamed]:
    if not isinstance(condition, dict):
        return
    for key in condition:
        if key not in KEYWORDS:
            yield Misnamed((*at, key), f"”{key}” är inget ord i JSON Schema.{hint(key, KEYWORDS)}")
    for name, inner in _group(condition, "properties").items():
        found = shape.field(name)
        if found is None:
            yield Misnamed(
                (*at, "properties", name), _unknown(f"fältet ”{name}”", scope, name, shape.fields)
            )
        else:
            yield from _condition(inner, found, (*at, "properties", name), scope)
    for path, name in _named(condition):
        if shape.field(name) is None:
            yield Misnamed((*at, *path), _unknown(f"fältet ”{name}”", scope, name, shape.fields))
    yield from _patterns(condition, shape, at, scope)
    yield from _values(condition, shape, at)
    if shape.items is None and shape.any_field is None and {"items", "contains"} & condition.keys():
        yield Misnamed(at, "fältet är ingen lista, och items och contains gäller bara listor")
    for key in ("items", "contains"):
        if key in condition and shape.items is not None:
            yield from _condition(condition[key], shape.items, (*at, key), scope)
    for key in _SAME_PLACE:
        yield from _condition(condition.get(key), shape, (*at, key), scope)
    for name, inner in _group(condition, "dependentSchemas").items():
        yield from _condition(inner, shape, (*at, "dependentSchemas", name), scope)
    for key in _BRANCHES:
        for index, branch in enumerate(_list(condition, key)):
            yield from _condition(branch, shape, (*at, key, index), scope)


def _named(condition: Schema) -> Iterator[tuple[DataPath, str]]:
    """The fields that a condition names other than to put a condition on them."""
    for index, name in enumerate(_list(condition, "required")):
        yield ("required", index), name
    for name, others in _group(condition, "dependentRequired").items():
        yield ("dependentRequired", name), name
        for index, other in enumerate(others):
            yield ("dependentRequired", name, index), other
    for name in _group(condition, "dependentSchemas"):
        yield ("dependentSchemas", name), name
    for path, name in _given(_group(condition, "propertyNames")):
        if isinstance(name, str):
            yield ("propertyNames", *path), name


def _patterns(condition: Schema, shape: Shape, at: DataPath, scope: str) -> Iterator[Misnamed]:
    for text, inner in _group(condition, "patternProperties").items():
        matches = schema.compile_fast({"patternProperties": {text: False}})
        found = [field for name, field in shape.fields.items() if not matches.is_valid({name: 0})]
        if not found and shape.any_field is None:
            yield Misnamed(
                (*at, "patternProperties", text), f"inget fält har ett namn som ”{text}” passar på"
            )
        if len(found) == 1:
            yield from _condition(inner, found[0], (*at, "patternProperties", text), scope)


def _given(condition: Schema) -> list[tuple[DataPath, object]]:
    """The values that a condition lists, and where."""
    given: list[tuple[DataPath, object]] = (
        [(("const",), condition["const"])] if "const" in condition else []
    )
    return given + [
        (("enum", index), value) for index, value in enumerate(_list(condition, "enum"))
    ]


def _values(condition: Schema, shape: Shape, at: DataPath) -> Iterator[Misnamed]:
    name = next(
        (step for step in reversed(at) if isinstance(step, str) and step not in KEYWORDS), ""
    )
    for path, value in _given(condition):
        yield from impossible(value, shape, (*at, *path), name)


def impossible(value: object, shape: Shape, at: DataPath, name: str) -> Iterator[Misnamed]:
    """What in a ``value`` that the field called ``name`` is held against the field can never
    have."""
    kind = _kind(value)
    if shape.kinds is not None and kind not in shape.kinds:
        kinds_there = " eller ".join(_TYPES[one] for one in sorted(shape.kinds))
        said = f"fältet ”{name}” ska vara" if name else "det ska vara"
        yield Misnamed(at, f"{said} {kinds_there}, och kan inte vara {_TYPES[kind]}")
    elif isinstance(value, str) and shape.words is not None and value not in shape.words:
        yield Misnamed(
            at, f"”{value}” är inget värde som fältet ”{name}” kan ha.{hint(value, shape.words)}"
        )
    elif isinstance(value, dict):
        for key, inner in value.items():
            field_there = shape.field(key)
            if field_there is None:
                yield Misnamed(
                    (*at, key), f"fältet ”{key}” finns inte där.{hint(key, list(shape.fields))}"
                )
            else:
                yield from impossible(inner, field_there, (*at, key), key)
    elif isinstance(value, list) and shape.items is not None:
        for index, inner in enumerate(value):
            yield from impossible(inner, shape.items, (*at, index), name)


def _kind(value: object) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "boolean"
        case int():
            return "integer"
        case float():
            return "integer" if value.is_integer() else "number"
        case str():
            return "string"
        case list():
            return "array"
    return "object"


_TYPES = {
    "string": "en text", "integer": "ett heltal", "number": "ett tal",
    "boolean": "true eller false", "array": "en lista", "object": "en grupp av fält",
    "null": "tomt",
}  # fmt: skip


def _group(condition: Schema, key: str) -> dict[str, Any]:
    found = condition.get(key)
    return found if isinstance(found, dict) else {}


def _list(condition: Schema, key: str) -> list[Any]:
    found = condition.get(key)
    return found if isinstance(found, list) else []


def _parameters(written: Written, target: Shape) -> Iterator[Misnamed]:
    """The fields among the parameters, which the check's signature marks."""
    kontroll = written.kontroll
    where = {
        kinds.FIELD: (target, written.scope),
        kinds.TEXT_FIELD: (target, written.scope),
        kinds.INSATS_FIELD: (shapes.of("insats"), "insats"),
        kinds.INSATS_TEXT_FIELD: (shapes.of("insats"), "insats"),
        kinds.PART_FIELD: (shapes.of("del"), "del"),
    }
    found: list[str] = []

    def visit(mark: str, text: str) -> object:
        if mark in (kinds.LIST, kinds.WHOLE_LIST):
            return ()  # whether there is such a list is told when the check is compiled
        if mark.startswith(kinds.VALUE) and text not in (
            words := _words(mark.removeprefix(kinds.VALUE))
        ):
            found.append(f"”{text}” är inget värde som {name} kan ha.{hint(text, words)}")
        if mark in where and text:
            shape, scope = where[mark]
            wrong = field(shape, text, scope)
            if wrong is None and mark in _TEXTS:
                wrong = _no_text(shape, text)
            found.extend([wrong] if wrong else [])
        return text

    for name, value in kontroll.items():
        if name != "funktion" and (predicate := PREDICATES.get(written.function)):
            try:
                predicate.parameter(name, value, visit)
            except ParameterError:
                continue  # told when the check is compiled
            at = written.parameter_place(name)
            yield from (Misnamed(at, wrong) for wrong in found)
            found.clear()


_TEXTS = (kinds.TEXT_FIELD, kinds.INSATS_TEXT_FIELD)
_DEEPEST = 2  # levels below a field that holds texts, of those that are told of instead of it


def _no_text(shape: Shape, text: str) -> str | None:
    """What is wrong with a field, which there is, whose words are looked for, or None if it is a
    text."""
    for either in text.split("|"):
        current = shape
        for segment in either.split("."):
            inner = current.field(segment.removesuffix("[]")) or current
            current = inner.items if segment.endswith("[]") and inner.items is not None else inner
        if current.kinds is not None and "string" not in current.kinds:
            below = [either + path for path in _text_paths(current, _DEEPEST)][:5]
            instead = f"Skriv till exempel {' eller '.join(below)}" if below else "Välj ett annat"
            return f"fältet ”{either}” är ingen text, så att inga ord finns i det. {instead}"
    return None


def _text_paths(shape: Shape, deepest: int) -> Iterator[str]:
    """The ways on from a group or a list to the texts below it that are not words to choose."""
    if shape.kinds is not None and "string" in shape.kinds:
        yield ""
    elif shape.items is not None:
        yield from ("[]" + rest for rest in _text_paths(shape.items, deepest))
    elif deepest:
        for name, inner in shape.fields.items():
            if inner.words is None:
                yield from (f".{name}{rest}" for rest in _text_paths(inner, deepest - 1))


def _words(value: str) -> list[str]:
    """The words that a field of an insats can have, and those after each +:
    ”målgrupp.deltagare+alla”."""
    path, *more = value.split("+")
    shape: Shape | None = shapes.of("insats")
    for step in path.split("."):
        inner = shape and shape.field(step)
        shape = inner and (inner.items or inner)
    return [*((shape and shape.words) or ()), *more]


def placeholders(written: Written) -> frozenset[str] | None:
    """What can stand in braces in a check's message and in what it suggests; None if anything
    can."""
    place = parse_path(written.data.get("för", ""))
    return _known(written, target(shapes.of(written.scope), place, written.scope))


def _known(written: Written, target: Shape) -> frozenset[str] | None:
    known = {"kommun", "värde", *target.fields}
    known |= {"insats"} if written.scope in ("insats", "del") else set()
    if not written.kontroll:
        return frozenset(known | {"saknas"})
    predicate = PREDICATES.get(written.function)
    if predicate is None or predicate.gives is None:
        return None
    return frozenset(known | predicate.gives)


def _placeholders(written: Written, target: Shape, at: DataPath) -> Iterator[Misnamed]:
    known = _known(written, target)
    yield from _untold(written, target, at)
    if unmatched(written.data.get("meddelande", "")):
        yield Misnamed(at, UNMATCHED)
    for name in _PLACEHOLDER.findall(written.data.get("meddelande", "")):
        if known is not None and name not in known:
            yield Misnamed(
                at, f"”{{{name}}}” i meddelandet är inget fält.{hint(name, sorted(known))}"
            )


def unmatched(text: str) -> bool:
    """Whether a brace of ``text`` has no other."""
    return not {"{", "}"}.isdisjoint(_PLACEHOLDER.sub("", text))


def _untold(written: Written, target: Shape, at: DataPath) -> Iterator[Misnamed]:
    """The placeholders in the message of a check that stand for no text, but for a group or a list
    of them."""
    predicate = PREDICATES.get(written.function)
    given = {"kommun", "insats", "saknas", *((predicate and predicate.gives) or ())}
    for name in _PLACEHOLDER.findall(written.data.get("meddelande", "")):
        shape: Shape | None = target.fields.get(name)
        if name == "värde" and not written.kontroll:
            shape = target
            for step in parse_path(written.data.get("plats", "")):
                shape = shape and (shape.items if isinstance(step, int) else shape.field(step))
        if name in given or shape is None:
            continue
        told = shape.items or shape
        if told.kinds is not None and told.kinds <= {"object", "array"}:
            instead = " Skriv plats, till ett fält med text" if name == "värde" else ""
            said = f"”{{{name}}}” i meddelandet är en grupp av fält, och går inte att skriva ut."
            yield Misnamed(at, f"{said}{instead or ' Skriv något annat i stället'}")


def _unknown(what: str, scope: str, name: str, known: Sequence[str] | Any) -> str:
    return f"{what} finns inte {where(scope)}.{hint(name, list(known))}"


_WHERE = {
    "insats": "i en insats", "del": "i en insats eller en del av den", "kommun": "i kommun.yaml",
    "beslut": "i ett fryst beslut", "riskanalys": "i en riskanalys", "påstående": "i ett påstående",
}  # fmt: skip


def hint(written: str, allowed: Sequence[str]) -> str:
    """What was probably meant by a name that there is not, or what there is; to end a message
    with."""
    near = meant(written, allowed)
    if near:
        return f" Menade du ”{near}”?"
    if 0 < len(allowed) < 20:
        return f" Det här går att skriva: {', '.join(allowed)}."
    return ""
