"""What has been read out of the files that come with the program, so that not every start reads it.

In the wheel it lies in a file, written when the wheel was built. In a checkout, where the files are
edited, it is kept in the user's cache until one of them is another. It is only what the files say:
where it is lacking they are read.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

from insatskoll import resources
from insatskoll.reading import files, trees
from insatskoll.reading.cache import of

FILE = "inbyggt.txt"
_BETWEEN, _END = b"\t", b"\n"  # of a name and what is known; neither stands in JSON
_LARGEST = 20_000_000  # bytes


def _written_by_us(steps: trees.Steps) -> bool:
    """Whether a folder holds the program, and not what Python has made of it."""
    return steps[-1] != "__pycache__"


@cache
def program() -> str:
    """The program and what it runs in: another when a file of either is."""
    looked = [trees.look(folder, _written_by_us) for folder in resources.PARTS]
    own = [one.status if one is not None and one.settled else os.urandom(8) for one in looked]
    around = [os.stat(path).st_mtime_ns for path in sys.path if os.path.isdir(path)]  # noqa: PTH112, PTH116
    told = repr((sys.version, own, around)).encode("utf-8", "surrogateescape")
    return blake2b(told, digest_size=16).hexdigest()


class _Known:
    """What is known, by name, and whether any of it is new. What was ``kept`` is JSON, names as
    well, of which only what is asked for is read: not even as text."""

    def __init__(self) -> None:
        self.new = False
        self.values: dict[str, object] = {}
        self.kept: dict[bytes, bytes] = {}
        self.question, self.answers = "", None
        if not resources.INSTALLED:
            self.question, self.answers = f"inbyggt\0{program()}", of(Path.cwd())
            kept = self.answers.load(self.question)
            lines = kept.encode().split(_END) if isinstance(kept, str) else []
        elif files.there(resources.ROOT / FILE):
            lines = files.read(resources.ROOT / FILE, _LARGEST).split(_END)
        else:
            lines = []
        self.kept = dict(line.split(_BETWEEN, maxsplit=1) for line in lines if _BETWEEN in line)

    def all(self) -> bytes:
        """All that is known: a line of JSON for each, its name first."""
        known = self.kept | {_json(name): _json(value) for name, value in self.values.items()}
        return b"".join(name + _BETWEEN + told + _END for name, told in known.items())


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


@cache
def _known() -> _Known:
    return _Known()


def remembered(name: str, read: Callable[[], object]) -> Any:
    """What ``read`` gives of the program's own files, as plain data: what was read before, if it
    was. ``name`` says what is read."""
    known = _known()
    if name not in known.values:
        kept = known.kept.get(_json(name))
        known.new |= kept is None
        known.values[name] = read() if kept is None else json.loads(kept)
    return known.values[name]


def keep() -> None:
    """Keeps what has been read until now for the runs to come."""
    known = _known()
    if known.new and known.answers is not None:
        known.answers.save({known.question: known.all().decode()})
    known.new = False


def written() -> bytes:
    """All that has been read until now, as the wheel holds it."""
    return _known().all()
