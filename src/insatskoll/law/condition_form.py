"""Conditions as a jurist writes them, field by field, made into JSON Schema.

A condition is the name of a definition, a list of conditions that all hold, or a group: each field
(``dokumentation.nivå``) with what is asked of it, beside ``någon``, ``alla``, ``ingen``, ``inte``,
``nämner`` and ``schema``. A field that is named must be there, unless ``får_saknas: ja``. Where a
path passes through a list it leads to the values of all its items.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any, NamedTuple, Protocol

from insatskoll import dates
from insatskoll.catalogue.data import Data
from insatskoll.law import rule_fields
from insatskoll.law.shapes import Shape
from insatskoll.law.wordlists import WordList
from insatskoll.meant import meant
from insatskoll.names import plain
from insatskoll.reading.places import DataPath

MOST = 5_000  # parts of a condition with the definitions that it uses: hundreds are many
DEEPEST = 20  # definitions that build on each other
ANY, ALL, NONE, NOT, MENTIONS, SCHEMA = "någon", "alla", "ingen", "inte", "nämner", "schema"
WORDS = (ANY, ALL, NONE, NOT, MENTIONS, SCHEMA)  # what no field at the top of a file can be called
THERE, MISSING = "finns", "saknas"
LIST = "lista"
MAY_LACK = "får_saknas"

_TEXT = frozenset({"string"})
_NUMBER = frozenset({"number", "integer"})
_EXAMPLE = "ett villkor, till exempel {insatstyp: samtal}"
_CONDITIONS = "en lista med minst ett villkor, till exempel [{syfte: finns}, {mål: finns}]"
_WORDS = "en lista med ord, reguljära uttryck eller {lista: namn}, till exempel [familj, barn]"
_TOO_MUCH = (
    "villkoret prövar för mycket, räknat med definitionerna i det. Gör det kortare, eller dela upp "
    "det på flera regler"
)


class FormError(ValueError):
    """The condition cannot be used. ``path`` is where in its file the fault stands, ``key`` that
    the field's name is meant, and ``reason`` what is wrong, without which definition it is wrong
    in."""

    def __init__(
        self, path: DataPath, message: str, *, key: bool = False, reason: str = ""
    ) -> None:
        super().__init__(message)
        self.path = path
        self.key = key
        self.reason = reason or message


@dataclass(frozen=True)
class Compiled:
    """A condition as JSON Schema. ``ways`` is how many parts it tries, from above, ``steps`` what
    its expressions take for each letter of a text, and ``required`` the fields that a group of
    conditions asks for."""

    schema: Data
    ways: int = 1
    steps: int = 0
    required: tuple[str, ...] = ()


class Guard(Protocol):
    """What stands between a condition and the engine: nothing for the program's own, bounds for a
    municipality's."""

    def expression(self, text: str, path: DataPath) -> tuple[str, int]:
        """The expression ``text`` as it is to be put, and what it takes.

        Raises :class:`FormError`.
        """

    def listed(self, text: str) -> tuple[str, int]:
        """The same for an expression out of a word list, which is a bounded one."""

    def block(self, written: Any, shape: Shape, scope: str, path: DataPath) -> Compiled:
        """A JSON Schema that stands at ``path`` and is put to ``shape``.

        Raises :class:`FormError`.
        """


class Named(Protocol):
    """A condition with a name of its own, with the guard that it needs and the place where it
    stands."""

    @property
    def condition(self) -> Any:
        """The condition as it is written."""

    @property
    def guard(self) -> Guard:
        """What stands between it and the engine."""

    @property
    def place(self) -> DataPath:
        """Where in its file it stands."""


def compiled(
    condition: Any,
    shape: Shape,
    scope: str,
    at: DataPath,
    guard: Guard,
    definitions: Mapping[str, Named],
    lists: Mapping[str, WordList],
    within: tuple[str, ...] = (),
) -> Compiled:
    """``condition``, which stands at ``at``, for what is of the ``shape`` in a file of the
    ``scope``.

    ``within`` is the definition that it is the condition of, if any. Raises :class:`FormError`.
    """
    return _Compiler(scope, guard, definitions, lists, within).condition(condition, shape, at)


def names(condition: Any) -> Iterator[str]:
    """The definitions that a condition names."""
    if isinstance(condition, str):
        yield condition
    elif isinstance(condition, list):
        for inner in condition:
            yield from names(inner)
    elif isinstance(condition, dict):
        for key, inner in condition.items():
            if key in (ANY, ALL, NONE, NOT):
                yield from names(inner)
            elif isinstance(inner, dict) and key not in (SCHEMA, MENTIONS):
                for about_items in _OF_ITEMS:
                    yield from names(inner.get(about_items))


def negated(one: Compiled) -> Compiled:
    """What holds when ``one`` does not."""
    return replace(one, schema={"not": one.schema}, ways=one.ways + 1, required=())


def all_of(parts: Sequence[Compiled], at: DataPath) -> Compiled:
    """What holds when all of ``parts`` do. Raises :class:`FormError` at ``at`` if that is too much
    to try."""
    required = tuple(name for part in parts for name in part.required)
    return Compiled(
        _merged([part.schema for part in parts]),
        _counted(parts, at),
        sum(p.steps for p in parts),
        required,
    )


def _any_of(parts: Sequence[Compiled], at: DataPath) -> Compiled:
    schema = parts[0].schema if len(parts) == 1 else {"anyOf": [part.schema for part in parts]}
    return Compiled(schema, _counted(parts, at), sum(part.steps for part in parts))


def _counted(parts: Sequence[Compiled], at: DataPath) -> int:
    ways = sum(part.ways for part in parts) + (len(parts) > 1)
    if ways > MOST:
        raise FormError(at, _TOO_MUCH)
    return ways


def _merged(schemas: Sequence[Data]) -> Data:
    """What is met when all of ``schemas`` are; those that speak of different fields as one."""
    fields: Data = {"required": [], "properties": {}}
    rest: list[Data] = []
    for schema in schemas:
        ours = schema.get("properties", {})
        if not schema.keys() <= fields.keys() or ours.keys() & fields["properties"].keys():
            rest.append(schema)
            continue
        fields["required"] += [
            name for name in schema.get("required", ()) if name not in fields["required"]
        ]
        fields["properties"] |= ours
    whole = [{key: value for key, value in fields.items() if value}] if any(fields.values()) else []
    whole += [schema for schema in rest if schema]
    if not whole:
        return {}
    return whole[0] if len(whole) == 1 else {"allOf": whole}


class _Step(NamedTuple):
    """A field on the way to the one that a condition is about."""

    name: str
    shape: Shape

    @property
    def is_list(self) -> bool:
        """Whether the field is a list, or can be."""
        return self.shape.items is not None

    @property
    def is_grouped(self) -> bool:
        """Whether the field, or each item of its list, always is a group of fields."""
        kinds = (self.shape.items or self.shape).kinds
        return kinds is not None and kinds <= {"object", "array"}


class _Asked(NamedTuple):
    """What is asked of a field: of all its values or of one, where a path leads to several."""

    of_all: bool
    schema: Data
    ways: int = 1
    steps: int = 0


@dataclass(frozen=True)
class _Compiler:
    scope: str
    guard: Guard
    definitions: Mapping[str, Named]
    lists: Mapping[str, WordList]
    trail: tuple[str, ...]  # the definitions that have led here

    def condition(self, node: Any, shape: Shape, at: DataPath) -> Compiled:
        """The condition ``node``, for what is of the ``shape``."""
        if isinstance(node, str):
            return self._definition(node, shape, at)
        if isinstance(node, list) and node:
            return all_of(
                [self.condition(inner, shape, (*at, i)) for i, inner in enumerate(node)], at
            )
        if not isinstance(node, dict) or not node:
            raise FormError(at, f"skriv {_EXAMPLE}", key=isinstance(node, dict))
        return all_of(
            [self._entry(key, value, shape, (*at, key)) for key, value in node.items()], at
        )

    def _definition(self, name: str, shape: Shape, at: DataPath) -> Compiled:
        found = self.definitions.get(name)
        if found is None:
            raise FormError(
                at,
                f"definitionen ”{_short(name)}” finns inte.{_meant(name, tuple(self.definitions))}",
            )
        if name in self.trail:
            raise FormError(
                at, f"definitionen bygger på sig själv: {' → '.join((*self.trail, name))}"
            )
        if len(self.trail) == DEEPEST:
            raise FormError(at, f"fler än {DEEPEST} definitioner bygger på varandra")
        inner = replace(self, guard=found.guard, trail=(*self.trail, name))
        try:
            return inner.condition(found.condition, shape, found.place)
        except FormError as error:
            said = f"definitionen ”{name}” går inte att använda här: {error.reason}"
            raise FormError(at, said, reason=error.reason) from None

    def _entry(self, key: Any, value: Any, shape: Shape, at: DataPath) -> Compiled:
        if key == SCHEMA:
            return self.guard.block(value, shape, self.scope, at)
        if key == NOT:
            if isinstance(value, list):
                raise FormError(
                    at,
                    f"efter ”{NOT}” skrivs ett villkor. Skriv ”{NONE}” om inget av flera får gälla",
                )
            return negated(self.condition(value, shape, at))
        if key in (ANY, ALL, NONE):
            return self._several(key, value, shape, at)
        if key == MENTIONS:
            return self._texts(value, shape, at)
        return self._field(str(key), value, shape, at)

    def _texts(self, value: Any, shape: Shape, at: DataPath) -> Compiled:
        """Words in any of several fields."""
        if (
            not isinstance(value, dict)
            or value.keys() != {"i", "ord"}
            or not isinstance(value["i"], list)
        ):
            example = "{i: [syfte, mål], ord: [familj]}"
            raise FormError(at, f"efter ”{MENTIONS}” skrivs fält och ord, till exempel {example}")
        if not value["i"] or not all(isinstance(name, str) for name in value["i"]):
            raise FormError(
                (*at, "i"), "skriv en lista med minst ett fält, till exempel [syfte, mål]"
            )
        found = []
        for index, name in enumerate(value["i"]):
            steps = self._steps(name, shape, (*at, "i", index))
            asked = self._mentions(value["ord"], steps, (*at, "ord"))
            found.append(
                Compiled(_put(steps, [asked], False), len(steps) + asked.ways, asked.steps)
            )
        return _any_of(found, at)

    def _several(self, key: str, value: Any, shape: Shape, at: DataPath) -> Compiled:
        if not isinstance(value, list) or not value:
            raise FormError(at, f"efter ”{key}” skrivs {_CONDITIONS}")
        parts = [self.condition(inner, shape, (*at, i)) for i, inner in enumerate(value)]
        if key == ALL:
            return all_of(parts, at)
        return _any_of(parts, at) if key == ANY else negated(_any_of(parts, at))

    # -- a field and what is asked of it
    # ---------------------------------------------------------------------------------

    def _field(self, text: str, value: Any, shape: Shape, at: DataPath) -> Compiled:
        steps = self._steps(text, shape, at)
        if value == MISSING:
            return negated(Compiled(_led(steps, {})))
        asked, may_lack = self._asked(value, steps, at)
        ways = len(steps) + sum(one.ways for one in asked)
        found = Compiled(_put(steps, asked, may_lack), ways, sum(one.steps for one in asked))
        if may_lack or any(step.is_list for step in steps[:-1]):
            return found
        return replace(found, required=(text,))

    def _steps(self, text: str, shape: Shape, at: DataPath) -> list[_Step]:
        steps: list[_Step] = []
        for name in text.split("."):
            within = steps[-1].shape if steps else shape
            within = within.items or within if steps else within
            inner = within.field(name)
            if inner is None:
                known = tuple(within.fields) if steps else (*within.fields, *WORDS)
                raise FormError(at, self._unknown(name, known), key=True)
            steps.append(_Step(name, inner))
        return steps

    def _unknown(self, name: str, known: tuple[str, ...]) -> str:
        if name in rule_fields.KEYWORDS:
            example = f"{{{SCHEMA}: {{{name}: …}}}}"
            return f"”{name}” är inget fält. JSON Schema skrivs under {SCHEMA}: {example}"
        place = rule_fields.where(self.scope)
        return f"fältet ”{_short(name)}” finns inte {place}.{_meant(name, known)}"

    def _asked(self, value: Any, steps: Sequence[_Step], at: DataPath) -> tuple[list[_Asked], bool]:
        """What is asked of the field's value, and whether the field may lack."""
        if value == THERE:
            return [], False
        if value is None:
            raise FormError(at, "skriv det som fältet ska vara, till exempel samtal eller finns")
        asked = value if isinstance(value, dict) else {"är": value}
        for key in asked:
            if key != MAY_LACK and key not in _OPERATIONS:
                what = f"”{_short(str(key))}” är inget som går att fråga om ett fält."
                raise FormError(
                    (*at, key), f"{what}{_meant(str(key), (*_OPERATIONS, MAY_LACK))}", key=True
                )
        if asked.get(MAY_LACK, "ja") != "ja":
            raise FormError((*at, MAY_LACK), f"efter ”{MAY_LACK}” skrivs ja")
        found = []
        for key, wanted in asked.items():
            if key != MAY_LACK:
                place = (*at, key) if isinstance(value, dict) else at
                found.append(_OPERATIONS[key](self, wanted, steps, place))
        if not found:
            example = f"{{är: samtal, {MAY_LACK}: ja}}"
            raise FormError(at, f"skriv också vad som gäller när fältet finns: {example}")
        return found, MAY_LACK in asked

    def _is(self, value: Any, steps: Sequence[_Step], at: DataPath) -> _Asked:
        if any(step.is_list for step in steps):
            name = ".".join(step.name for step in steps)
            raise FormError(
                at,
                f"fältet ”{name}” kan ha flera värden. Skriv {{innehåller: …}} om det räcker att "
                "ett av dem är det, eller {bara: …} om alla ska vara det",
            )
        return self._contains(value, steps, at)

    def _contains(self, value: Any, steps: Sequence[_Step], at: DataPath) -> _Asked:
        return _Asked(False, _through(steps[-1].shape, _among(_values(value, steps[-1], at))))

    def _only(self, value: Any, steps: Sequence[_Step], at: DataPath) -> _Asked:
        return _Asked(
            True, _through(steps[-1].shape, _among(_values(value, steps[-1], at)), every=True)
        )

    def _is_not(self, value: Any, steps: Sequence[_Step], at: DataPath) -> _Asked:
        return _Asked(True, {"not": self._contains(value, steps, at).schema}, 2)

    def _mentions(self, value: Any, steps: Sequence[_Step], at: DataPath) -> _Asked:
        self._must_be(_TEXT, "texter", steps, at)
        if not isinstance(value, list) or not value:
            raise FormError(at, f"efter ”nämner” skrivs {_WORDS}")
        put = [found for i, word in enumerate(value) for found in self._words(word, (*at, i))]
        pattern = "(?i)" + "|".join(f"(?:{with_letters(text)})" for text, _ in put)
        schema = _through(steps[-1].shape, {"type": "string", "pattern": pattern})
        return _Asked(False, schema, len(put), sum(cost for _, cost in put))

    def _words(self, word: Any, at: DataPath) -> list[tuple[str, int]]:
        """The expressions that a word, or a list of words, is looked for with, and what each
        takes."""
        if isinstance(word, str) and word:
            return [self.guard.expression(word, at)]
        if not isinstance(word, dict) or word.keys() != {LIST} or not isinstance(word[LIST], str):
            raise FormError(at, f"skriv {_WORDS}")
        name = word[LIST]
        found = self.lists.get(name)
        if found is None:
            near = meant(name, self.lists)
            hint = f" Menade du ”{near}”?" if near else ""
            raise FormError((*at, LIST), f"ordlistan ”{_short(name)}” finns inte.{hint}")
        if found.whole or found.besides:
            said = f"ordlistan ”{name}” har helt eller utom, och kan inte stå i ett villkor"
            raise FormError((*at, LIST), said)
        return [self.guard.listed(text) for text in found.expressions]

    def _mentions_not(self, value: Any, steps: Sequence[_Step], at: DataPath) -> _Asked:
        mentioned = self._mentions(value, steps, at)
        return mentioned._replace(of_all=True, schema={"not": mentioned.schema})

    def _at_least(self, value: Any, steps: Sequence[_Step], at: DataPath) -> _Asked:
        return self._limit(value, steps, at, "minimum", "minItems")

    def _at_most(self, value: Any, steps: Sequence[_Step], at: DataPath) -> _Asked:
        return self._limit(value, steps, at, "maximum", "maxItems")

    def _limit(
        self, value: Any, steps: Sequence[_Step], at: DataPath, number: str, items: str
    ) -> _Asked:
        """A limit for a number, or for how many items a list has."""
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise FormError(at, "skriv ett tal")
        if steps[-1].is_list:
            if not isinstance(value, int) or value < 0:
                raise FormError(at, "skriv ett heltal som är 0 eller mer")
            return _Asked(False, {"type": "array", items: value})
        self._must_be(_NUMBER, "tal och listor", steps, at)
        return _Asked(False, {"type": "number", number: value})

    def _before(self, value: Any, steps: Sequence[_Step], at: DataPath) -> _Asked:
        self._must_be(_TEXT, "dagar", steps, at)
        if not isinstance(value, str) or not dates.exists(value):
            raise FormError(at, "skriv en dag, till exempel 2025-07-01")
        return _Asked(
            False, _through(steps[-1].shape, {"type": "string", "pattern": _earlier_than(value)})
        )

    def _from(self, value: Any, steps: Sequence[_Step], at: DataPath) -> _Asked:
        earlier = self._before(value, steps, at).schema
        return _Asked(True, {"not": earlier}, 2)

    def _some_item(self, value: Any, steps: Sequence[_Step], at: DataPath) -> _Asked:
        inner = self._of_items(value, steps, at)
        return _Asked(
            False, {"type": "array", "contains": inner.schema}, 1 + inner.ways, inner.steps
        )

    def _no_item(self, value: Any, steps: Sequence[_Step], at: DataPath) -> _Asked:
        inner = self._of_items(value, steps, at)
        return _Asked(
            True, {"not": {"type": "array", "contains": inner.schema}}, 2 + inner.ways, inner.steps
        )

    def _each_item(self, value: Any, steps: Sequence[_Step], at: DataPath) -> _Asked:
        inner = self._of_items(value, steps, at)
        return _Asked(True, {"type": "array", "items": inner.schema}, 1 + inner.ways, inner.steps)

    def _of_items(self, value: Any, steps: Sequence[_Step], at: DataPath) -> Compiled:
        items = steps[-1].shape.items
        if items is None or not items.fields:
            raise FormError(at, f"fältet ”{steps[-1].name}” är ingen lista med poster", key=True)
        return self.condition(value, items, at)

    def _as_schema(self, value: Any, steps: Sequence[_Step], at: DataPath) -> _Asked:
        found = self.guard.block(value, steps[-1].shape, self.scope, at)
        return _Asked(False, found.schema, found.ways, found.steps)

    def _must_be(
        self, wanted: frozenset[str], what: str, steps: Sequence[_Step], at: DataPath
    ) -> None:
        """Refuses what can only be asked of another kind of field."""
        last = steps[-1]
        values = (last.shape, last.shape.items) if last.shape.items is not None else (last.shape,)
        kinds = [shape.kinds for shape in values if shape is not None]
        if all(known is not None and not wanted & known for known in kinds):
            raise FormError(
                at, f"”{at[-1]}” gäller {what}, och fältet ”{last.name}” är något annat", key=True
            )


_OPERATIONS: Mapping[str, Callable[[_Compiler, Any, Sequence[_Step], DataPath], _Asked]] = {
    "är": _Compiler._is,
    "inte": _Compiler._is_not,
    "innehåller": _Compiler._contains,
    "bara": _Compiler._only,
    "nämner": _Compiler._mentions,
    "nämner_inte": _Compiler._mentions_not,
    "minst": _Compiler._at_least,
    "mest": _Compiler._at_most,
    "före": _Compiler._before,
    "tidigast": _Compiler._from,
    "någon_post": _Compiler._some_item,
    "ingen_post": _Compiler._no_item,
    "varje_post": _Compiler._each_item,
    SCHEMA: _Compiler._as_schema,
}
_OF_ITEMS = ("någon_post", "ingen_post", "varje_post")
OPERATIONS = (*_OPERATIONS, MAY_LACK)


def _put(steps: Sequence[_Step], asked: Sequence[_Asked], may_lack: bool) -> Data:
    """What is asked of the values that ``steps`` lead to, as a schema for where they begin."""
    if not any(step.is_list for step in steps[:-1]):
        return _led(steps, _merged([one.schema for one in asked]), needed=not may_lack)
    there = _led(steps, {})
    some = [one.schema for one in asked if not one.of_all]
    parts = [_led(steps, _merged(some)) if some else there]
    parts += [{"not": _led(steps, {"not": one.schema})} for one in asked if one.of_all]
    return {"anyOf": [{"not": there}, _merged(parts)]} if may_lack else _merged(parts)


def _led(steps: Sequence[_Step], inner: Data, *, needed: bool = True) -> Data:
    """What holds where ``inner`` does for a value that ``steps`` lead to.

    Unless ``needed``, it also holds where they lead to none.
    """
    for number, step in reversed(list(enumerate(steps))):
        below = inner if number == len(steps) - 1 else _through(step.shape, inner)
        found: Data = {"properties": {step.name: below}} if below else {}
        if needed:
            grouped = number == 0 or steps[number - 1].is_grouped
            found = ({} if grouped else {"type": "object"}) | {"required": [step.name]} | found
        inner = found
    return inner


def _through(shape: Shape, inner: Data, *, every: bool = False) -> Data:
    """What is asked of a value, asked of one item of a list (of ``every`` one) where the value is
    or can be a list."""
    if shape.items is None or not inner:
        return inner
    listed = {"items" if every else "contains": inner}
    single = shape.kinds is None or bool(shape.kinds - {"array"})
    return (
        {"if": {"type": "array"}, "then": listed, "else": inner}
        if single
        else {"type": "array"} | listed
    )


def _among(values: Sequence[Any]) -> Data:
    return {"const": values[0]} if len(values) == 1 else {"enum": list(values)}


def _values(value: Any, step: _Step, at: DataPath) -> list[Any]:
    """The values that a field is held against, each such that the field, or an item of its list,
    can have it."""
    values = value if isinstance(value, list) else [value]
    if not values:
        raise FormError(at, "skriv minst ett värde")
    shape = step.shape.items or step.shape
    for index, one in enumerate(values):
        place = (*at, index) if isinstance(value, list) else at
        if isinstance(one, dict | list):
            raise FormError(place, "skriv ett värde, inte en grupp eller en lista")
        for wrong in rule_fields.impossible(one, shape, place, step.name):
            raise FormError(wrong.path, wrong.message)
    return values


def _earlier_than(day: str) -> str:
    """A regular expression for the days (ÅÅÅÅ-MM-DD) before ``day``."""
    ways = (
        f"{day[:i]}[0-{int(digit) - 1}]"
        for i, digit in enumerate(day)
        if digit.isdigit() and digit != "0"
    )
    return f"^(?:{'|'.join(ways)})"


def with_letters(expression: str) -> str:
    """A regular expression with ``\\w`` written out, which JSON Schema takes for the letters of
    English only."""

    def letters(match: re.Match[str]) -> str:
        if match["group"] is not None:
            return re.sub(
                r"\\.", lambda inner: _LETTERS if inner[0] == r"\w" else inner[0], match[0]
            )
        return (
            f"[{_LETTERS}]"
            if match[0] == r"\w"
            else f"[^{_LETTERS}]"
            if match[0] == r"\W"
            else match[0]
        )

    return _ESCAPES.sub(letters, expression)


_LETTERS = r"\p{L}\p{N}_"
_ESCAPES = re.compile(r"\\.|\[\^?\]?(?P<group>(?:\\.|[^\]\\])*)\]", re.DOTALL)


def local(schema: Any) -> Any:
    """A JSON Schema that refers to parts of itself, so that it can stand within another; any other
    as it is."""
    if not any(reference.startswith("#") for reference in _references(schema)):
        return schema
    digest = sha256(json.dumps(schema, sort_keys=True).encode()).hexdigest()
    return {"$id": f"villkor-{digest[:16]}"} | schema


def _references(node: Any) -> Iterator[str]:
    if isinstance(node, dict) and isinstance(node.get("$ref"), str):
        yield node["$ref"]
    for inner in (
        node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    ):
        yield from _references(inner)


def _meant(written: str, allowed: Sequence[str]) -> str:
    near = meant(written, allowed)
    if near:
        return f" Menade du ”{near}”?"
    return f" Det här går att skriva: {', '.join(allowed)}." if 0 < len(allowed) < 20 else ""


def _short(text: str) -> str:
    return plain(re.sub(r"\s+", " ", text)[:60])
