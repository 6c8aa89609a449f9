"""The process that does what untrusted input could make endless: it is stopped, and has nothing."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from insatskoll.bilaga import bounded
from insatskoll.bilaga.bounded import Bounds, Stopped

BOUNDS = Bounds(seconds=1, memory=500_000_000)
_ANSWER = "__import__('insatskoll.bilaga.bounded', fromlist=['x']).Answer({{'is': {}}}, b'1\\n2')"


def asked(expression: str, files: Mapping[str, bytes] | None = None) -> Any:
    """What the process says that ``expression`` is."""
    answer = bounded.call(eval, _ANSWER.format(expression), bounds=BOUNDS, files=files)
    assert answer.data == b"1\n2"
    return answer.told["is"]


@pytest.mark.parametrize(
    "expression",
    [
        "sum(iter(int, 1))",  # without end
        "len(bytes(600_000_000))",
        "__import__('os').abort()",
        "__import__('os').kill(__import__('os').getpid(), 11)",
        "1 / 0",
        "exit(0)",
    ],
)
def test_what_takes_too_much_or_breaks_down_is_stopped(expression: str) -> None:
    with pytest.raises(Stopped):
        asked(expression)


def test_what_waits_is_stopped_by_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounded, "_CLOCK", 0.5)
    with pytest.raises(Stopped):
        asked("__import__('time').sleep(60)")


def test_the_process_has_no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEMLIGT", "x")
    assert not set(asked("dict(__import__('os').environ)")) - {"SYSTEMROOT", "LC_CTYPE"}


def test_the_process_writes_no_files(tmp_path: Path) -> None:
    path = tmp_path / "fil.txt"
    with pytest.raises(Stopped):
        asked(f"open({str(path)!r}, 'wb', 0).write(b'x')")
    assert not path.read_bytes()


def test_it_stands_where_it_is_put() -> None:
    seen = asked(
        "[sorted(str(p) for p in __import__('pathlib').Path().rglob('*')), "
        "open('a/b.txt').read(), __import__('os').getcwd()]",
        {"a/b.txt": b"hej"},
    )
    assert seen[:2] == [["a", "a/b.txt"], "hej"] and not Path(seen[2]).exists()
    assert asked("__import__('os').getcwd()") == os.getcwd()  # noqa: PTH109
