"""Runs the programs that sign and check signatures, ssh-keygen and minisign: without a shell or
anyone to ask, within bounded time, in a new folder that nobody else can look into."""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from insatskoll import programs
from insatskoll.errors import why
from insatskoll.values import immutable

SSH, MINISIGN = "ssh-keygen", "minisign"
ENDINGS = {SSH: ".sig", MINISIGN: ".minisig"}
NAMESPACE = "insatskoll"  # what a signature of ssh-keygen is for, so that none for another holds
TEXT = "text"  # the file that is signed, as it is called in the folder
SECONDS = 60  # for a key in hardware that wants to be touched

# All that the programs get to know of this one's environment, and what they are told besides: to
# ask nobody for a password, and to answer and count days in the same way everywhere.
_INHERITED = ("HOME", "SSH_AUTH_SOCK", "SYSTEMROOT", "USERPROFILE")
_ENVIRONMENT = {"LC_ALL": "C", "TZ": "UTC", "SSH_ASKPASS_REQUIRE": "never"}


class ToolFailed(Exception):
    """A program is not there or gives no answer; the message says which, to stand in a sentence."""


@immutable
class Answer:
    """How a program ended, and what it said."""

    ok: bool
    out: str
    err: str


@contextmanager
def private(files: Mapping[str, bytes]) -> Iterator[Path]:
    """A new folder, the user's own, that holds ``files`` by name and is then removed."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for called, data in files.items():
            (folder / called).write_bytes(data)
        yield folder


def run(name: str, *arguments: str, folder: Path, given: bytes | None = None) -> Answer:
    """What the program ``name`` answers in ``folder``, with ``given`` on its standard input, which
    is otherwise empty. Raises :class:`ToolFailed`."""
    program = programs.found(name)
    if program is None:
        raise ToolFailed(f"{name} saknas")
    environment = {key: os.environ[key] for key in _INHERITED if key in os.environ} | _ENVIRONMENT
    source = subprocess.DEVNULL if given is None else subprocess.PIPE
    try:
        with subprocess.Popen(
            [program, *arguments], cwd=folder, env=environment, stdin=source,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
        ) as process:  # fmt: skip
            try:
                out, err = process.communicate(given, timeout=SECONDS)
            except subprocess.TimeoutExpired:
                _stop(process)
                raise ToolFailed(f"{name} svarade inte inom {SECONDS} sekunder") from None
    except OSError as error:
        raise ToolFailed(f"{name} går inte att köra ({why(error)})") from None
    return Answer(
        process.returncode == 0, *(said.decode("utf-8", "replace") for said in (out, err))
    )


def _stop(process: subprocess.Popen[bytes]) -> None:
    """Ends the program and all that it has started."""
    with suppress(OSError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
