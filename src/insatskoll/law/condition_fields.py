"""What can be asked of a field in a condition, each as it is written and as JSON Schema."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from insatskoll import dates
from insatskoll.law import rule_fields
from insatskoll.law.condition_engine import earlier_than, with_letters
from insatskoll.law.condition_parts import (
    MOST,
    TOO_MUCH,
    Compiled,
    FormError,
    Guard,
    any_of,
    near,
    negated,
    short,
)
from insatskoll.law.condition_paths import Asked, Step, among, led, put, through
from insatskoll.law.shapes import Shape
from insatskoll.law.wordlists import WordList
from insatskoll.meant import meant
from insatskoll.reading.places import DataPath
from insatskoll.values import immutable

ANY, ALL, NONE, NOT, MENTIONS, SCHEMA = "någon", "alla", "ingen", "inte", "nämner", "schema"
WORDS = (ANY, ALL, NONE, NOT, MENTIONS, SCHEMA)  # what no field at the top of a file can be called
THERE, MISSING = "finns", "saknas"
_IS_NOT = "inte"  # of a field's value
LIST = "lista"
MAY_LACK = "får_saknas"

_TEXT = frozenset({"string"})
_NUMBER = frozenset({"number", "integer"})
_WORDS = "en lista med ord, reguljära uttryck eller {lista: namn}, till exempel [familj, barn]"


@immutable
class Fields:
    """Conditions on the fields of a ``scope``. ``condition`` compiles one on what stands in an
    item of a list."""

    scope: str
    guard: Guard
    lists: Mapping[str, WordList]
    condition: Callable[[object, Shape, DataPath], Compiled]

    def texts(self, value: object, shape: Shape, at: DataPath) -> Compiled:
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
            found.append(Compiled(put(steps, [asked], False), len(steps) + asked.ways, asked.steps))
        return any_of(found, at)

    def field(self, text: str, value: object, shape: Shape, at: DataPath) -> Compiled:
        """What is asked of the field at the path ``text``, in a group of the ``shape``."""
        steps = self._steps(text, shape, at)
        if value == MISSING:
            return negated(Compiled(led(steps, {})))
        asked, may_lack = self._asked(value, steps, at)
        ways = len(steps) + sum(one.ways for one in asked)
        found = Compiled(put(steps, asked, may_lack), ways, sum(one.steps for one in asked))
        if may_lack or any(step.is_list for step in steps[:-1]):
            return found
        return replace(found, required=(text,))

    def _steps(self, text: str, shape: Shape, at: DataPath) -> list[Step]:
        steps: list[Step] = []
        for name in text.split("."):
            within = steps[-1].shape if steps else shape
            within = within.items or within if steps else within
            inner = within.field(name)
            if inner is None:
                known = tuple(within.fields) if steps else (*within.fields, *WORDS)
                raise FormError(at, self._unknown(name, known), key=True)
            steps.append(Step(name, inner))
        return steps

    def _unknown(self, name: str, known: tuple[str, ...]) -> str:
        if name in rule_fields.KEYWORDS:
            example = f"{{{SCHEMA}: {{{name}: …}}}}"
            return f"”{name}” är inget fält. JSON Schema skrivs under {SCHEMA}: {example}"
        place = rule_fields.where(self.scope)
        return f"fältet ”{short(name)}” finns inte {place}.{near(name, known)}"

    def _asked(
        self, value: object, steps: Sequence[Step], at: DataPath
    ) -> tuple[list[Asked], bool]:
        """What is asked of the field's value, and whether the field may lack."""
        if value == THERE:
            return [], False
        if value is None:
            raise FormError(at, "skriv det som fältet ska vara, till exempel samtal eller finns")
        asked = value if isinstance(value, dict) else {"är": value}
        for key in asked:
            if key in (THERE, MISSING):
                name = ".".join(step.name for step in steps)
                raise FormError((*at, key), f"skriv det direkt: {name}: {key}", key=True)
            if key != MAY_LACK and key not in _OPERATIONS:
                what = f"”{short(str(key))}” är inget som går att fråga om ett fält."
                raise FormError(
                    (*at, key), f"{what}{near(str(key), (*_OPERATIONS, MAY_LACK))}", key=True
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

    def _is(self, value: object, steps: Sequence[Step], at: DataPath) -> Asked:
        if any(step.is_list for step in steps):
            name = ".".join(step.name for step in steps)
            raise FormError(
                at,
                f"fältet ”{name}” kan ha flera värden. Skriv {{innehåller: …}} om det räcker att "
                "ett av dem är det, eller {bara: …} om alla ska vara det",
            )
        return self._contains(value, steps, at)

    def _contains(self, value: object, steps: Sequence[Step], at: DataPath) -> Asked:
        _refuse_whether_there(value, steps, at)
        return Asked(False, through(steps[-1].shape, among(_values(value, steps[-1], at))))

    def _only(self, value: object, steps: Sequence[Step], at: DataPath) -> Asked:
        _refuse_whether_there(value, steps, at)
        return Asked(
            True, through(steps[-1].shape, among(_values(value, steps[-1], at)), every=True)
        )

    def _is_not(self, value: object, steps: Sequence[Step], at: DataPath) -> Asked:
        return Asked(True, {"not": self._contains(value, steps, at).schema}, 2)

    def _mentions(self, value: object, steps: Sequence[Step], at: DataPath) -> Asked:
        self._must_be(_TEXT, "texter", steps, at)
        if not isinstance(value, list) or not value:
            raise FormError(at, f"efter ”nämner” skrivs {_WORDS}")
        if sum(map(self._count, value)) > MOST:
            raise FormError(at, TOO_MUCH)
        put = [found for i, word in enumerate(value) for found in self._words(word, (*at, i))]
        pattern = "(?i)" + "|".join(f"(?:{with_letters(text)})" for text, _ in put)
        schema = through(steps[-1].shape, {"type": "string", "pattern": pattern})
        return Asked(False, schema, len(put), sum(cost for _, cost in put))

    def _count(self, word: object) -> int:
        """How many expressions that is, before any of them is made."""
        name = word.get(LIST) if isinstance(word, dict) else None
        found = self.lists.get(name) if isinstance(name, str) else None
        return found.length if found is not None else 1

    def _words(self, word: object, at: DataPath) -> list[tuple[str, int]]:
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
            raise FormError((*at, LIST), f"ordlistan ”{short(name)}” finns inte.{hint}")
        if found.whole or found.besides:
            said = f"ordlistan ”{name}” har helt eller utom, och kan inte stå i ett villkor"
            raise FormError((*at, LIST), said)
        return [self.guard.listed(text) for text in found.expressions]

    def _mentions_not(self, value: object, steps: Sequence[Step], at: DataPath) -> Asked:
        mentioned = self._mentions(value, steps, at)
        return mentioned._replace(of_all=True, schema={"not": mentioned.schema})

    def _at_least(self, value: object, steps: Sequence[Step], at: DataPath) -> Asked:
        return self._limit(value, steps, at, "minimum", "minItems")

    def _at_most(self, value: object, steps: Sequence[Step], at: DataPath) -> Asked:
        return self._limit(value, steps, at, "maximum", "maxItems")

    def _limit(
        self, value: object, steps: Sequence[Step], at: DataPath, number: str, items: str
    ) -> Asked:
        """A limit for a number, or for how many items a list has."""
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise FormError(at, "skriv ett tal")
        if steps[-1].is_list:
            if not isinstance(value, int) or value < 0:
                raise FormError(at, "skriv ett heltal som är 0 eller mer")
            return Asked(False, {"type": "array", items: value})
        self._must_be(_NUMBER, "tal och listor", steps, at)
        return Asked(False, {"type": "number", number: value})

    def _before(self, value: object, steps: Sequence[Step], at: DataPath) -> Asked:
        self._must_be(_TEXT, "dagar", steps, at)
        if not isinstance(value, str) or not dates.exists(value):
            raise FormError(at, "skriv en dag, till exempel 2025-07-01")
        return Asked(
            False, through(steps[-1].shape, {"type": "string", "pattern": earlier_than(value)})
        )

    def _from(self, value: object, steps: Sequence[Step], at: DataPath) -> Asked:
        earlier = self._before(value, steps, at).schema
        return Asked(True, {"not": earlier}, 2)

    def _some_item(self, value: object, steps: Sequence[Step], at: DataPath) -> Asked:
        inner = self._of_items(value, steps, at)
        return Asked(
            False, {"type": "array", "contains": inner.schema}, 1 + inner.ways, inner.steps
        )

    def _no_item(self, value: object, steps: Sequence[Step], at: DataPath) -> Asked:
        inner = self._of_items(value, steps, at)
        return Asked(
            True, {"not": {"type": "array", "contains": inner.schema}}, 2 + inner.ways, inner.steps
        )

    def _each_item(self, value: object, steps: Sequence[Step], at: DataPath) -> Asked:
        inner = self._of_items(value, steps, at)
        return Asked(True, {"type": "array", "items": inner.schema}, 1 + inner.ways, inner.steps)

    def _of_items(self, value: object, steps: Sequence[Step], at: DataPath) -> Compiled:
        items = steps[-1].shape.items
        if items is None or not items.fields:
            raise FormError(at, f"fältet ”{steps[-1].name}” är ingen lista med poster", key=True)
        return self.condition(value, items, at)

    def _as_schema(self, value: object, steps: Sequence[Step], at: DataPath) -> Asked:
        found = self.guard.block(value, steps[-1].shape, self.scope, at)
        return Asked(False, found.schema, found.ways, found.steps)

    def _must_be(
        self, wanted: frozenset[str], what: str, steps: Sequence[Step], at: DataPath
    ) -> None:
        """Refuses what can only be asked of another kind of field."""
        last = steps[-1]
        values = (last.shape, last.shape.items) if last.shape.items is not None else (last.shape,)
        kinds = [shape.kinds for shape in values if shape is not None]
        if all(known is not None and not wanted & known for known in kinds):
            raise FormError(
                at, f"”{at[-1]}” gäller {what}, och fältet ”{last.name}” är något annat", key=True
            )


_OPERATIONS: Mapping[str, Callable[[Fields, object, Sequence[Step], DataPath], Asked]] = {
    "är": Fields._is,
    _IS_NOT: Fields._is_not,
    "innehåller": Fields._contains,
    "bara": Fields._only,
    "nämner": Fields._mentions,
    "nämner_inte": Fields._mentions_not,
    "minst": Fields._at_least,
    "mest": Fields._at_most,
    "före": Fields._before,
    "tidigast": Fields._from,
    "någon_post": Fields._some_item,
    "ingen_post": Fields._no_item,
    "varje_post": Fields._each_item,
    SCHEMA: Fields._as_schema,
}
OF_ITEMS = ("någon_post", "ingen_post", "varje_post")
OPERATIONS = (*_OPERATIONS, MAY_LACK)


def _refuse_whether_there(value: object, steps: Sequence[Step], at: DataPath) -> None:
    """Refuses finns and saknas among the values that a field is held against: they are not such."""
    values = value if isinstance(value, list) else [value]
    for index, one in enumerate(values):
        said = one.strip().lower() if isinstance(one, str) else ""
        if said not in (THERE, MISSING):
            continue
        opposite = MISSING if said == THERE else THERE
        name = ".".join(step.name for step in steps)
        raise FormError(
            (*at, index) if isinstance(value, list) else at,
            f"”{said}” är inget värde att jämföra med, utan skrivs direkt efter fältet: "
            f"skriv {name}: {opposite if at[-1] == _IS_NOT else said}",
        )


def _values(value: object, step: Step, at: DataPath) -> list[object]:
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
            near = meant(one, (THERE, MISSING)) if isinstance(one, str) else None
            hint = f". Menade du ”{near}”?" if near and "Menade du" not in wrong.message else ""
            raise FormError(wrong.path, wrong.message.removesuffix(".") + hint)
    return values
