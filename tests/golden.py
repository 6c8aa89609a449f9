"""Compares output with what is kept in ``tests/golden``. ``INSATSKOLL_UPPDATERA=1`` writes it anew,
for review."""

from __future__ import annotations

import os
from pathlib import Path

FOLDER = Path(__file__).parent / "golden"


def check(name: str, actual: str) -> None:
    path = FOLDER / name
    if os.environ.get("INSATSKOLL_UPPDATERA"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(actual, "utf-8")
    assert actual == path.read_text("utf-8"), (
        f"{name} differs; INSATSKOLL_UPPDATERA=1 writes it anew"
    )
