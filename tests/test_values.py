"""A value is as a frozen dataclass is: compared, hashed and shown by its fields."""

from __future__ import annotations

import pickle
from dataclasses import dataclass, field, replace
from functools import cached_property
from importlib import import_module
from typing import Any

import pytest

from insatskoll.values import immutable
from tests.catalogues import ROOT
from tests.test_architecture import MODULES, START


@immutable
class Short:
    """Of one field."""

    name: str


@immutable
class Long:
    """Of several, one of which is beside the point."""

    name: str
    number: int = 1
    words: tuple[str, ...] = ()
    aside: dict[str, int] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def twice(self) -> int:
        return 2 * self.number


@immutable
class Empty:
    """Of none."""


@immutable
class Longer(Long):
    """With one more."""

    more: str = ""


@dataclass(frozen=True)
class Frozen:
    name: str
    number: int = 1
    words: tuple[str, ...] = ()
    aside: dict[str, int] = field(default_factory=dict, repr=False, compare=False)


@immutable
class Same:
    """Equal in its own way."""

    name: str

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same)

    def __hash__(self) -> int:
        return 1


def test_equal_by_what_is_compared() -> None:
    one, other = Long("a", 2, ("x",), {"b": 1}), Long("a", 2, ("x",), {"c": 2})
    assert one == other
    assert hash(one) == hash(other)
    assert one.twice == 4
    assert one == other
    assert {one, other} == {one}
    assert one != replace(one, number=3)
    assert replace(one, number=3).number == 3
    assert Short("a") == Short("a") != Short("b")
    assert Empty() == Empty()
    assert len({Empty(), Empty()}) == 1


@pytest.mark.parametrize("other", ["a", Short("a"), Longer("a"), Frozen("a"), None])
def test_no_value_equals_one_of_another_class(other: Any) -> None:
    assert Long("a") != other
    assert other != Long("a")


def test_shown_and_hashed_as_a_dataclass_is() -> None:
    one, frozen = Long("a", 2, ("x",)), Frozen("a", 2, ("x",))
    assert repr(one) == repr(frozen).replace("Frozen", "Long")
    assert hash(one) == hash(frozen)
    assert repr(Longer("a", more="b")) == "Longer(name='a', number=1, words=(), more='b')"


def test_what_cannot_be_hashed_is_not() -> None:
    with pytest.raises(TypeError):
        hash(Long("a", words=["x"]))  # type: ignore[arg-type]


def test_its_own_ways_go_first() -> None:
    assert Same("a") == Same("b")
    assert hash(Same("a")) == 1


def test_goes_between_processes() -> None:
    one = Longer("a", 2, more="b")
    assert pickle.loads(pickle.dumps(one)) == one


def test_no_class_of_values_is_made_anew() -> None:
    """One that is frozen cannot build on one that is not."""
    for path in ROOT.joinpath("src").rglob("*.py"):
        assert "@dataclass(frozen=True)\n" not in path.read_text("utf-8"), path


@pytest.mark.parametrize("name", sorted(set(MODULES) - {START}))
def test_every_module_can_be_read(name: str) -> None:
    import_module(f"insatskoll.{name}" if name else "insatskoll")
