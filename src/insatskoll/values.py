"""Classes of values that never change, made at little cost.

They are dataclasses whose ways to be compared and shown are shared by all, where
``dataclass(frozen=True)`` writes and compiles six functions anew for each class: with some hundred
of them that was a fifth of what it took to compare two decisions. That no value is changed is up to
the type checker.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from functools import cache
from operator import attrgetter
from typing import Any, TypeVar, cast, dataclass_transform

_T = TypeVar("_T")


@dataclass_transform(frozen_default=True, field_specifiers=(dataclasses.field,))
def immutable(cls: type[_T]) -> type[_T]:
    """As ``dataclass(frozen=True)``, but for who sees to it."""
    made = cast("Any", dataclasses.dataclass(eq=False, repr=False)(cls))
    for name, shared in (("__eq__", _equal), ("__hash__", _hash), ("__repr__", _shown)):
        if name not in cls.__dict__:
            setattr(made, name, shared)
    return cls


@cache
def _fields(cls: Any) -> Callable[[object], object]:
    names = [f.name for f in dataclasses.fields(cls) if f.compare]
    return attrgetter(*names) if names else lambda one: ()


def _compared(one: Any) -> object:
    return _fields(cast("Any", type(one)))(one)


def _equal(self: object, other: object) -> object:
    return _compared(self) == _compared(other) if type(self) is type(other) else NotImplemented


def _hash(self: object) -> int:
    return hash(_compared(self))


def _shown(self: Any) -> str:
    told = (f"{f.name}={getattr(self, f.name)!r}" for f in dataclasses.fields(self) if f.repr)
    return f"{type(self).__qualname__}({', '.join(told)})"
