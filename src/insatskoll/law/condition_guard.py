"""What stands between a condition and the engine: nothing for the program's own, bounds on the cost
for a municipality's."""

from __future__ import annotations

from collections.abc import Callable

import jsonschema_rs

from insatskoll.law import (
    condition_cost,
    condition_errors,
    condition_needs,
    expressions,
    rule_fields,
)
from insatskoll.law.condition_engine import local, with_letters
from insatskoll.law.condition_parts import Compiled, FormError, Guard, Schema
from insatskoll.law.expressions import ExpressionError
from insatskoll.law.shapes import Shape
from insatskoll.names import plain
from insatskoll.reading import schema
from insatskoll.reading.places import DataPath

UNUSABLE = "villkoret går inte att använda. Gör det kortare, eller dela upp det på flera"
_DATA = frozenset({"const", "enum", "default", "examples"})  # what holds values and no conditions


class Trusted:
    """The program's own conditions, which the tests put to texts that grow."""

    def expression(self, text: str, path: DataPath) -> tuple[str, int]:
        """As it is."""
        return text, expressions.ONE_PASS

    def listed(self, text: str) -> tuple[str, int]:
        """As it is."""
        return text, expressions.ONE_PASS

    def block(self, written: object, shape: Shape, scope: str, path: DataPath) -> Compiled:
        """As it is, once its names are known ones."""
        _refuse_other(written, path)
        _refuse_misnamed(written, shape, scope, path)
        return Compiled(local(written), required=_required(written))


class Bounded:
    """A municipality's conditions: nothing in them may take long, whatever text it is put to."""

    def expression(self, text: str, path: DataPath) -> tuple[str, int]:
        """The expression with a ceiling for what it repeats, unless it is put in one pass. Raises
        :class:`FormError`."""
        try:
            expressions.refuse_unreadable(text)
        except ExpressionError as error:
            raise FormError(path, f"uttrycket ”{plain(text[:60])}” {error}") from None
        put = f"(?i){with_letters(text)}"
        if schema.is_linear(put):
            return text, expressions.ONE_PASS
        limited, steps = _limited(text, path)
        if not _can_be_put({"pattern": f"(?i){with_letters(limited)}"}):
            raise FormError(
                path, f"uttrycket ”{plain(text[:60])}” är inget giltigt reguljärt uttryck"
            )
        return limited, steps

    def listed(self, text: str) -> tuple[str, int]:
        """As it is: its list has bounded it."""
        if schema.is_linear(f"(?i){with_letters(text)}"):
            return text, expressions.ONE_PASS
        try:
            return text, expressions.steps(text) * expressions.OF_THE_ENGINE
        except ExpressionError:  # one of the program's own
            return text, expressions.MOST * expressions.OF_THE_ENGINE

    def block(self, written: object, shape: Shape, scope: str, path: DataPath) -> Compiled:
        """The JSON Schema with its expressions bounded. Raises :class:`FormError`."""
        _refuse_other(written, path)
        steps: list[int] = []
        try:
            ways = condition_cost.ways(written)
            schema.compile_fast(written)
            _refuse_misnamed(written, shape, scope, path)
            bounded = _bounded(written, path, steps)
            schema.compile_fast(bounded)
        except condition_cost.CostError as error:
            raise FormError(
                (*path, *error.path), f"villkoret {error}", key=not error.path
            ) from None
        except (jsonschema_rs.ValidationError, ValueError) as error:
            if isinstance(error, FormError):
                raise
            inside, told = condition_errors.explain(written, error)
            raise FormError(
                (*path, *inside), f"villkoret är inget giltigt JSON Schema: {told}", key=not inside
            ) from None
        return Compiled(local(bounded), ways, sum(steps), _required(written))


TRUSTED: Guard = Trusted()
BOUNDED: Guard = Bounded()


def validator(condition: Compiled) -> Callable[[object], bool]:
    """What says whether data fulfil ``condition``. Raises ``jsonschema_rs.ValidationError``."""
    holds = schema.compile_fast(condition.schema).is_valid
    return condition_needs.asked_first(condition.schema, holds)


def _required(written: object) -> tuple[str, ...]:
    return tuple(written.get("required", ())) if isinstance(written, dict) else ()


def _can_be_put(written: object) -> bool:
    try:
        schema.compile_fast(written)
    except (jsonschema_rs.ValidationError, ValueError):
        return False
    return True


def _refuse_other(written: object, path: DataPath) -> None:
    if not isinstance(written, dict):
        raise FormError(
            path, "efter ”schema” skrivs ett JSON Schema, till exempel {required: [syfte]}"
        )


def _refuse_misnamed(written: object, shape: Shape, scope: str, path: DataPath) -> None:
    for wrong in rule_fields.misnamed_in(written, shape, path, scope):
        raise FormError(wrong.path, wrong.message)


def _limited(text: str, path: DataPath, flags: int | None = None) -> tuple[str, int]:
    try:
        limited = expressions.bounded(text) if flags is None else expressions.bounded(text, flags)
    except ExpressionError as error:
        raise FormError(path, f"uttrycket ”{plain(text[:60])}” {error}") from None
    return limited, expressions.steps(limited) * expressions.OF_THE_ENGINE


def _bounded(written: object, path: DataPath, steps: list[int]) -> object:
    """A JSON Schema with a bound on what its regular expressions cost; ``steps`` is given that of
    each."""

    def pattern(text: str, at: DataPath) -> str:
        if schema.is_linear(text):
            steps.append(expressions.ONE_PASS)
            return text
        limited, cost = _limited(text, at, 0)
        steps.append(cost)
        return limited

    if isinstance(written, list):
        return [_bounded(inner, (*path, index), steps) for index, inner in enumerate(written)]
    if not isinstance(written, dict):
        return written
    bounded: Schema = {}
    for key, inner in written.items():
        at = (*path, key)
        if key == "pattern" and isinstance(inner, str):
            bounded[key] = pattern(inner, at)
        elif key == "patternProperties" and isinstance(inner, dict):
            bounded[key] = {
                pattern(text, (*at, text)): _bounded(one, (*at, text), steps)
                for text, one in inner.items()
            }
        else:
            bounded[key] = inner if key in _DATA else _bounded(inner, at, steps)
    return bounded
