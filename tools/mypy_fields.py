"""Lets mypy find a field that does not exist also where it is asked for: ``insats.get("målgrup")``
and ``"målgrup" in insats``, which otherwise are allowed for any word."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from mypy.errorcodes import TYPEDDICT_ITEM
from mypy.plugin import MethodContext, Plugin
from mypy.plugins.default import typed_dict_get_callback
from mypy.typeops import try_getting_str_literals
from mypy.types import Type, TypedDictType, get_proper_type


class Fields(Plugin):
    """Looks at the questions to what has the form of a schema."""

    def get_method_hook(self, fullname: str) -> Callable[[MethodContext], Type] | None:
        """What judges a call of ``fullname``, if it is such a question."""
        return {"typing.Mapping.get": _get, "typing.Mapping.__contains__": _contains}.get(fullname)


def _get(call: MethodContext) -> Type:
    for told in _unknown(call):
        call.api.fail(told, call.context, code=TYPEDDICT_ITEM)
    return typed_dict_get_callback(call)


def _contains(call: MethodContext) -> Type:
    errors = call.api.msg.errors
    # Mypy asks here whether the word can be looked for at all, and keeps what it is told.
    asking, errors._watchers = errors._watchers, []
    for told in _unknown(call):
        call.api.fail(told, call.context, code=TYPEDDICT_ITEM)
    errors._watchers = asking
    return call.default_return_type


def _unknown(call: MethodContext) -> Iterator[str]:
    """What to say of words that are asked for and are none of the fields."""
    group = get_proper_type(call.type)
    if isinstance(group, TypedDictType) and call.args and call.args[0]:
        asked = try_getting_str_literals(call.args[0][0], get_proper_type(call.arg_types[0][0]))
        for name in asked or ():
            if name not in group.items:
                yield f'{group.fallback.type.name} has no field "{name}"'


def plugin(version: str) -> type[Plugin]:
    """What mypy asks for."""
    return Fields
