"""Reads a git repository with the ``git`` program: revisions, folders and files. Never writes, and never uses the network.

What a user writes reaches git as one argument and no shell, and only where it cannot be taken for an option.
"""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from posixpath import normpath

from insatskoll.errors import Refused

# A repository must not be found through what a hook has in its environment, which holds for another folder.
_NOT_INHERITED = ("GIT_DIR", "GIT_WORK_TREE", "GIT_PREFIX", "GIT_INDEX_FILE")
_ENVIRONMENT = {
    "LC_ALL": "C",  # the messages that are looked for below
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_LITERAL_PATHSPECS": "1",
    "GIT_TERMINAL_PROMPT": "0",
}
_OBJECT_ID = re.compile(r"[0-9a-f]{40}([0-9a-f]{24})?")
_FETCH = (
    "Den här kopian av git-arkivet är ytlig (shallow). Hämta resten med git fetch --unshallow, "
    "i GitHub Actions med fetch-depth: 0 till actions/checkout."
)


class GitError(Refused):
    """Git cannot answer; the message says why and what to do."""


@dataclass(frozen=True)
class Repository:
    """A repository, and a folder in it: ``cwd`` is where git is run, ``path`` the folder as git writes it, ``""`` for the top."""

    cwd: Path
    path: str


@dataclass(frozen=True)
class Entry:
    """What a folder holds in a revision: ``path`` from that folder, ``kind`` ``blob``, ``tree`` or ``commit`` (a submodule),
    ``size`` in bytes of a blob whose size was asked for."""

    path: str
    mode: str
    kind: str
    id: str
    size: int = 0

    @property
    def is_link(self) -> bool:
        """Whether it is a symbolic link."""
        return self.mode == "120000"


def find(folder: Path) -> Repository:
    """The repository that ``folder``, which need not exist any longer, lies in. Raises :class:`GitError`."""
    full = folder.absolute()
    cwd = next(parent for parent in (full, *full.parents) if parent.is_dir())
    done = _run(cwd, "rev-parse", "--show-prefix")
    if done.returncode:
        raise _explained(done.stderr, folder)
    path = normpath(os.fsdecode(done.stdout.removesuffix(b"\n")) + full.relative_to(cwd).as_posix())
    return Repository(cwd, "" if path == "." else path)


def resolve(repository: Repository, revision: str) -> str:
    """The id of the commit that ``revision``, as a user writes it, means. Raises :class:`GitError`."""
    shown = shown_revision(revision)
    if revision.startswith("-"):
        raise GitError(f"En revision i git börjar inte på bindestreck, som ”{shown}”.")
    if not revision or not revision.isprintable():  # also what is not UTF-8; git has no such names
        raise GitError(f"”{shown}” kan inte vara en revision i git.")
    done = _run(repository.cwd, "rev-parse", "--verify", "--end-of-options", f"{revision}^{{commit}}")
    found = os.fsdecode(done.stdout).strip()
    if not done.returncode and _OBJECT_ID.fullmatch(found):
        return found
    if b"dubious ownership" in done.stderr:
        raise _explained(done.stderr, repository.cwd)
    if _is_shallow(repository):
        raise GitError(f"Revisionen ”{shown}” finns inte här. {_FETCH}")
    if not _run(repository.cwd, "rev-list", "--all", "--max-count=1").stdout:
        raise GitError("Git-arkivet har inga revisioner än.")
    raise GitError(f"Revisionen ”{shown}” finns inte i git-arkivet.")


def merge_base(repository: Repository, first: str, second: str) -> str:
    """The id of the latest commit that both of two commits come from. Raises :class:`GitError` if there is none."""
    done = _run(repository.cwd, "merge-base", resolve(repository, first), resolve(repository, second))
    if done.returncode == 0:
        return os.fsdecode(done.stdout).split()[0]
    named = f"”{shown_revision(first)}” och ”{shown_revision(second)}”"
    if _is_shallow(repository):
        raise GitError(f"Revisionen som {named} utgår från finns inte här. {_FETCH}")
    raise GitError(f"{named} har ingen gemensam revision att utgå från.")


def folder(repository: Repository, commit: str) -> list[Entry] | None:
    """What the repository's folder directly held in ``commit``; None if there was no such folder. Raises :class:`GitError`."""
    done = _run(repository.cwd, "ls-tree", "-z", "--full-tree", _tree(repository, commit))
    if not done.returncode:
        return list(_entries(done.stdout))
    if re.search(b"not a valid object name|not a tree object", done.stderr, re.IGNORECASE):
        return None
    raise _explained(done.stderr, repository.cwd)


def files(repository: Repository, commit: str, names: Collection[str]) -> list[Entry]:
    """All that lay, at any depth, in those of the folder's entries that are called ``names``, with sizes.

    Raises :class:`GitError`.
    """
    if not names:
        return []
    done = _run(repository.cwd, "ls-tree", "-r", "-z", "-l", "--full-tree", _tree(repository, commit), "--", *sorted(names))
    if done.returncode:
        raise _explained(done.stderr, repository.cwd)
    return list(_entries(done.stdout))


def blobs(repository: Repository, wanted: Iterable[Entry]) -> Iterator[tuple[Entry, bytes]]:
    """The content of each of the files ``wanted``, one at a time, through a single process. Raises :class:`GitError`."""
    entries = list(wanted)
    if not entries:
        return
    with tempfile.TemporaryFile() as asked:  # a file, since git could wait for its answers to be read while being asked more
        asked.write("".join(f"{entry.id}\n" for entry in entries).encode())
        asked.seek(0)
        with _start(repository.cwd, ["cat-file", "--batch"], stdin=asked.fileno()) as process:
            assert process.stdout is not None
            for entry in entries:
                found, _, size = process.stdout.readline().partition(b" blob ")
                if os.fsdecode(found) != entry.id:
                    process.kill()
                    raise GitError(f"Git-arkivet är skadat eller ofullständigt: {shown_path(entry.path)} går inte att läsa.")
                content = process.stdout.read(int(size))
                process.stdout.read(1)
                yield entry, content


def shown_path(path: str) -> str:
    """A path out of a repository such that it can stand in a message."""
    return "".join(c if c.isprintable() else "�" for c in path)


def shown_revision(revision: str) -> str:
    """A revision as it can stand in a message: in one line, a whole object id shortened."""
    return revision[:10] if _OBJECT_ID.fullmatch(revision) else shown_path(revision)


def _tree(repository: Repository, commit: str) -> str:
    return f"{commit}:{repository.path}"


def _entries(listing: bytes) -> Iterator[Entry]:
    for line in listing.split(b"\0"):
        if line:
            facts, _, path = line.partition(b"\t")
            mode, kind, object_id, *size = os.fsdecode(facts).split()
            yield Entry(os.fsdecode(path), mode, kind, object_id, int(size[0]) if size and size[0].isdigit() else 0)


def _is_shallow(repository: Repository) -> bool:
    return _run(repository.cwd, "rev-parse", "--is-shallow-repository").stdout.strip() == b"true"


def _explained(stderr: bytes, where: Path) -> GitError:
    said = os.fsdecode(stderr)
    if "dubious ownership" in said:
        at = re.search(r"repository at '(.*)'", said)
        owned = shown_path(at[1] if at else str(where))
        return GitError(
            f"Git läser inte arkivet i {owned}, eftersom någon annan äger mappen. Litar du på innehållet: "
            f"kör git config --global --add safe.directory {owned}"
        )
    if re.search("promisor remote|transport .* not allowed", said):
        return GitError(
            "Den här kopian av git-arkivet saknar innehållet i äldre filer (partial clone). "
            "Hämta det med git fetch --refetch --no-filter, i GitHub Actions genom att inte ange filter till actions/checkout."
        )
    if "not a git repository" in said:
        return GitError(f"Mappen {shown_path(str(where))} ligger inte i något git-arkiv.")
    return GitError(f"Git kan inte läsa arkivet: {shown_path((said.strip().splitlines() or ['okänt fel'])[0])}")


def _run(cwd: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    with _start(cwd, arguments) as process:
        out, err = process.communicate()
    return subprocess.CompletedProcess(process.args, process.returncode, out, err)


def _start(cwd: Path, arguments: Iterable[str], stdin: int = subprocess.DEVNULL) -> subprocess.Popen[bytes]:
    """Starts git. Not even a repository that lacks objects on purpose (a partial clone) may make it fetch them."""
    command = ["git", "--no-pager", "-c", "protocol.allow=never", *arguments]
    environment = {name: value for name, value in os.environ.items() if name not in _NOT_INHERITED} | _ENVIRONMENT
    stderr = subprocess.PIPE if stdin == subprocess.DEVNULL else subprocess.DEVNULL
    try:
        return subprocess.Popen(command, cwd=cwd, env=environment, stdin=stdin, stdout=subprocess.PIPE, stderr=stderr)
    except FileNotFoundError:
        raise GitError("Programmet git finns inte på datorn. Installera det, eller ange ett beslut eller en mapp.") from None
    except OSError as error:
        raise GitError(f"Programmet git går inte att köra: {error.strerror}.") from None
