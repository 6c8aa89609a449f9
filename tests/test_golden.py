"""What is kept in ``tests/golden``: all of it is compared with, and one is written anew alone."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import golden
from tests.test_layouts import GOLDEN


def checked() -> Iterator[str]:
    """The names that tests compare with, as they are written; those that are made up are listed by
    the test itself."""
    tests = set(Path(__file__).parent.rglob("test_*.py")) - {Path(__file__)}
    for path in sorted(tests):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "golden.check":
                match node.args[0]:
                    case ast.Constant(value=str(name)):
                        yield name
                    case ast.Subscript(value=ast.Name(id="GOLDEN")):
                        yield from GOLDEN.values()
                    case other:
                        raise AssertionError(f"{path.name}: {ast.unparse(other)}")


def test_nothing_is_kept_that_no_test_compares_with() -> None:
    assert golden.names() == set(checked())


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(golden, "FOLDER", tmp_path)
    monkeypatch.setattr(golden, "_wanted", [])
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("förr", "utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("pattern", "written"), [("a.txt", {"a.txt"}), ("*.txt", {"a.txt", "b.txt"})]
)
def test_only_what_is_named_is_written_anew(pattern: str, written: set[str], kept: Path) -> None:
    golden.update([pattern])
    for name in ("a.txt", "b.txt"):
        if name in written:
            golden.check(name, "nu")
        else:
            with pytest.raises(AssertionError, match=f"--uppdatera {name}"):
                golden.check(name, "nu")
    assert {p.name for p in kept.iterdir() if p.read_text("utf-8") == "nu"} == written


def test_a_new_one_is_written_by_its_name_and_a_pattern_must_match(kept: Path) -> None:
    golden.update(["ny.txt"])
    golden.check("ny.txt", "nu")
    assert (kept / "ny.txt").read_text("utf-8") == "nu"
    with pytest.raises(ValueError, match="heter"):
        golden.update(["c*"])
