"""Compares output with what is kept in ``tests/golden``.

``pytest --uppdatera NAMN`` writes those anew that are called so, for review; ``*`` stands for any
letters, and the option can be given several times.
"""

from __future__ import annotations

from collections.abc import Iterable
from fnmatch import fnmatchcase
from pathlib import Path

FOLDER = Path(__file__).parent / "golden"
_wanted: list[str] = []


def names() -> set[str]:
    """The names of all that is kept."""
    return {path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*") if path.is_file()}


def update(patterns: Iterable[str]) -> None:
    """Lets those that ``patterns`` name be written anew when they are checked. Raises ValueError
    for a pattern that nothing is called as; a name without a star may be a new one."""
    for pattern in patterns:
        if "*" in pattern and not any(fnmatchcase(name, pattern) for name in names()):
            raise ValueError(f"Inget i tests/golden heter {pattern}.")
        _wanted.append(pattern)


def check(name: str, actual: str) -> None:
    """Holds ``actual`` against what is kept under ``name``."""
    path = FOLDER / name
    if any(fnmatchcase(name, pattern) for pattern in _wanted):
        path.parent.mkdir(exist_ok=True)
        path.write_text(actual, "utf-8")
    kept = path.read_text("utf-8") if path.is_file() else None
    assert actual == kept, f"{name} differs; pytest --uppdatera {name} writes it anew"
