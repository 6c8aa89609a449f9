"""What has been worked out before, kept so that it need not be worked out again.

It lies in the user's own folder for such things and never in the catalogue or its repository:
whoever sends a change can send files too, and could otherwise send an answer. What is read is
untrusted all the same: it is JSON within a limit, and whatever is wrong with it means that there is
nothing. Nothing here stops a run or says a word; an answer that cannot be kept is worked out next
time.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import Any

from insatskoll.errors import Refused
from insatskoll.names import repository
from insatskoll.reading import files
from insatskoll.values import immutable

LARGEST = 30_000_000  # bytes of one answer
MOST = 2_000  # answers
MOST_BYTES = 300_000_000  # of all answers
_ENDING = ".json"


@immutable
class Cache:
    """The answers in ``folder``; None where none are kept."""

    folder: Path | None

    def load(self, question: str) -> Any:
        """What was kept under ``question``; None if nothing usable is."""
        if self.folder is None:
            return None
        with suppress(Refused, OSError, ValueError, RecursionError):
            kept = json.loads(
                files.read(self._path(self.folder, question), LARGEST, given=self.folder)
            )
            if isinstance(kept, dict) and kept.get("question") == question:
                return kept.get("answer")
        return None

    def save(self, answers: Mapping[str, Any]) -> None:
        """Keeps ``answers`` by their questions, and lets the oldest go where there are too many."""
        if self.folder is None or not answers:
            return
        from insatskoll import writing  # most runs keep nothing new

        written = {}
        for question, answer in answers.items():
            text = json.dumps(
                {"question": question, "answer": answer}, ensure_ascii=False, separators=(",", ":")
            )
            if len(content := text.encode("utf-8", "surrogatepass")) <= LARGEST:
                written[self._path(self.folder, question)] = content
        with suppress(Refused, OSError, ValueError):
            writing.write_all(written, given=self.folder)
            _thin_out(self.folder)

    @staticmethod
    def _path(folder: Path, question: str) -> Path:
        name = blake2b(question.encode("utf-8", "surrogateescape"), digest_size=16).hexdigest()
        return folder / f"{name}{_ENDING}"


NOTHING = Cache(None)


def of(*untrusted: Path) -> Cache:
    """The user's answers; none where they would lie in one of the ``untrusted`` folders, or
    where others can write."""
    folder = _users_own()
    if folder is None or not _only_ours(folder):
        return NOTHING
    real = Path(os.path.realpath(folder))
    if repository(real) is not None or any(
        real.is_relative_to(os.path.realpath(one)) for one in untrusted
    ):
        return NOTHING
    return Cache(folder)


def _users_own() -> Path | None:
    """Where the computer has what programs keep for the user."""
    named = os.environ.get("XDG_CACHE_HOME" if sys.platform != "win32" else "LOCALAPPDATA", "")
    if named and Path(named).is_absolute():
        return Path(named) / "insatskoll"
    home = os.path.expanduser("~")  # noqa: PTH111 (Path.home raises where there is none)
    if not Path(home).is_absolute():
        return None
    return Path(home) / {"darwin": "Library/Caches"}.get(sys.platform, ".cache") / "insatskoll"


def _only_ours(folder: Path) -> bool:
    """Whether nobody else can write in ``folder``, or put another in its place; one that is not
    there is made."""
    if not hasattr(os, "getuid"):
        return True
    for each in (folder, folder.parent):
        try:
            status = os.stat(each)  # noqa: PTH116 (as the rest here)
        except FileNotFoundError:
            continue
        except (OSError, ValueError):
            return False
        if status.st_uid != os.getuid() or status.st_mode & 0o022:
            return False
    return True


def _thin_out(folder: Path) -> None:
    """Removes the oldest answers until no more are left than are kept."""
    kept = [
        (entry.stat(follow_symlinks=False), entry.path)
        for entry in os.scandir(folder)
        if entry.name.endswith(_ENDING)
    ]
    kept.sort(key=lambda one: one[0].st_mtime_ns, reverse=True)
    size = 0
    for number, (status, path) in enumerate(kept):
        size += status.st_size
        if number >= MOST or size > MOST_BYTES:
            with suppress(OSError):
                Path(path).unlink()
