"""Runs what untrusted input could make endless in a process of its own, with bounds for time and
memory.

The process starts without the environment of this one, and writes no files.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from insatskoll.values import immutable

_CLOCK = 6  # times the processor's seconds, for a computer with much else to do, and for Windows


@immutable
class Bounds:
    """The most that the work may take: ``seconds`` of the processor's time, and bytes of
    ``memory``."""

    seconds: int
    memory: int


@immutable
class Answer:
    """What comes back from the process: something to be told, which is JSON, and bytes."""

    told: dict[str, Any]
    data: bytes = b""


class Stopped(Exception):
    """The work took more than it may, or brought its process down."""


def call(
    work: Callable[..., Answer],
    *given: object,
    bounds: Bounds,
    files: Mapping[str, bytes] | None = None,
) -> Answer:
    """What ``work``, a function in a module, answers of ``given`` in a process of its own. Raises
    :class:`Stopped`.

    With ``files`` the process stands in a new folder that holds them, by name, and nothing else.
    """
    import pickle
    import subprocess
    import tempfile

    command = [sys.executable, "-I", "-B", "-X", "utf8", "-c", _CHILD]
    command += [str(Path(path).absolute()) for path in sys.path]
    asked = pickle.dumps(bounds) + pickle.dumps((work, given))
    with nullcontext() if files is None else tempfile.TemporaryDirectory() as folder:
        for name, data in (files or {}).items():
            path = Path(str(folder), name)
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(data)
        try:
            done = subprocess.run(
                command, input=asked, capture_output=True, check=False, cwd=folder,
                env=_environment(), timeout=bounds.seconds * _CLOCK,
            )  # fmt: skip
        except subprocess.TimeoutExpired as error:
            raise Stopped from error
    told, _, data = done.stdout.partition(b"\n")
    if done.returncode or not told:
        raise Stopped
    return Answer(json.loads(told), data)


def _environment() -> dict[str, str]:
    """Nothing, but for what Windows cannot start a program without."""
    import os

    return {name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ}


_CHILD = (
    "import sys; sys.path[:] = sys.argv[1:]; from insatskoll.bilaga import bounded; bounded.child()"
)


def child() -> None:
    """What the process does: reads its bounds and keeps within them, then the work, and answers."""
    import pickle

    _keep_within(pickle.load(sys.stdin.buffer))
    work, given = pickle.load(sys.stdin.buffer)
    answer = work(*given)
    sys.stdout.buffer.write(json.dumps(answer.told).encode() + b"\n" + answer.data)


def _keep_within(bounds: Bounds) -> None:
    """Has the system stop this process when it takes too much. Windows cannot; there only the
    parent's clock does."""
    try:
        import resource
    except ImportError:
        return
    for limit, value in (
        (resource.RLIMIT_CPU, bounds.seconds),
        (resource.RLIMIT_AS, bounds.memory),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        try:
            resource.setrlimit(limit, (value, value))
        except (ValueError, OSError):  # a stricter limit is in force already
            continue
