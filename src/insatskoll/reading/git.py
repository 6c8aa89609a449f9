"""Reads a git repository with the ``git`` program: revisions, folders and files. Never writes, and
never uses the network.

What a user writes reaches git as one argument and no shell, and only where it cannot be taken for
an option. What a repository holds is anyone's: git is told which folder is the repository, so that
none in the work tree is taken for one, and nothing in its settings can make it run a program,
fetch, or answer with other objects than those that were asked for.
"""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from threading import Timer
from typing import NamedTuple

from insatskoll import programs
from insatskoll.errors import Refused, why
from insatskoll.names import absolute, shortened
from insatskoll.names import repository as nearest
from insatskoll.patterns import later
from insatskoll.reading import files as files_in
from insatskoll.reading.files import Unread
from insatskoll.values import immutable

# All that git gets of the environment: where programs and the user's own settings are. Of git's own
# variables only those that say where the settings are, since a hook's would lead to another
# repository.
_INHERITED = (
    *("PATH", "HOME", "XDG_CONFIG_HOME", "TMPDIR", "SUDO_UID"),
    *("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_NOSYSTEM"),
    *("SYSTEMROOT", "WINDIR", "COMSPEC", "PATHEXT", "PROGRAMDATA", "APPDATA", "LOCALAPPDATA"),
    *("USERPROFILE", "HOMEDRIVE", "HOMEPATH", "TEMP", "TMP"),
)
_ENVIRONMENT = {
    "LC_ALL": "C",  # the messages that are looked for below
    "GIT_ALLOW_PROTOCOL": "none",  # goes before any setting: there is no protocol of that name
    "GIT_NO_LAZY_FETCH": "1",  # from git 2.44; before that, the line above stops it
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_GRAFT_FILE": os.devnull,
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_LITERAL_PATHSPECS": "1",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_ASKPASS": "",
    "GIT_ATTR_NOSYSTEM": "1",
}
# On the command line these go before the repository's own settings.
_SETTINGS = {
    "safe.bareRepository": "explicit",
    "protocol.allow": "never",
    "core.fsmonitor": "false",
    "core.hooksPath": os.devnull,
    "core.useReplaceRefs": "false",
    "credential.helper": "",
}
# no question takes git that long; a pipe in place of a file of its own takes for ever
_SECONDS = 120
_MOST = 10_000_000  # bytes of an answer: a folder can be made to list itself without end
_ABBREVIATED_ID = later("[0-9a-f]{7,39}")
_OBJECT_ID = later(r"[0-9a-f]{40}([0-9a-f]{24})?")
_FETCH = (
    "Den här kopian av git-arkivet är ytlig (shallow). Hämta resten med git fetch --unshallow, "
    "i GitHub Actions med fetch-depth: 0 till actions/checkout."
)
_PARTIAL = (
    "Den här kopian av git-arkivet saknar innehållet i äldre filer (partial clone). "
    "Hämta det med git fetch --refetch --no-filter, i GitHub Actions genom att inte ange "
    "filter till actions/checkout."
)


class GitError(Refused):
    """Git cannot answer; the message says why and what to do."""


class Ambiguous(GitError):
    """What is asked for, or who is asked, can be more than one, and which of them is not for git to
    choose."""


@immutable
class Repository:
    """A repository, and a folder in its work tree. ``top`` is the work tree, ``git_dir`` what its
    ``.git`` is or leads to, and ``path`` the folder as git writes it, ``""`` for the top."""

    top: Path
    git_dir: Path
    path: str


class Commit(NamedTuple):
    """A commit: its id, and what it is called here, which is ”origin/main” for ”main” where only
    the remote has the branch."""

    id: str
    name: str


@immutable
class Entry:
    """What a folder holds in a revision: ``path`` from that folder, ``kind`` ``blob``, ``tree`` or
    ``commit`` (a submodule), ``size`` in bytes of a blob whose size was asked for."""

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
    """The repository in whose work tree ``folder``, which need not exist any longer, lies.

    It is the nearest folder upwards with a ``.git``, which no commit can hold; what only looks like
    a repository is none. Raises :class:`GitError`.
    """
    full = Path(os.path.abspath(folder))  # noqa: PTH100  # resolving would follow links, which are judged below
    for top in (full, *full.parents):
        if os.path.lexists(top / ".git") and (git_dir := _git_dir(top)) is not None:
            for step in (full, *full.parents):
                if step == top:
                    break
                if step.is_symlink():
                    raise GitError(
                        f"{shown_path(str(step))} är en länk. En katalog som jämförs ur "
                        "git ska ligga i arkivet självt."
                    )
            path = full.relative_to(top).as_posix()
            return Repository(top, git_dir, "" if path == "." else path)
    real = next(parent for parent in (full, *full.parents) if parent.is_dir()).resolve()
    if real not in (
        full,
        *full.parents,
    ):  # the way there is a link, and the repository is behind it
        return find(real / full.relative_to(next(p for p in (full, *full.parents) if p.is_dir())))
    raise GitError(f"Mappen {shown_path(str(folder))} ligger inte i något git-arkiv.")


def _git_dir(top: Path) -> Path | None:
    """The repository that ``top`` is the work tree of, if git says that it is and the user may read
    it.

    The answer is not trusted to be what ``.git`` says: a folder of the work tree is never one.
    """
    done = _run(top, "rev-parse", "--absolute-git-dir", only=top)
    if b"dubious ownership" in done.stderr:
        raise _explained(done.stderr, top)
    if done.returncode:
        return None
    found, real = Path(os.fsdecode(done.stdout.removesuffix(b"\n"))).resolve(), top.resolve()
    linked = (top / ".git").is_file() and (
        not found.is_relative_to(real) or ".git" in found.relative_to(real).parts
    )
    return found if linked or found == (top / ".git").resolve() else None


def resolve(repository: Repository, revision: str) -> Commit:
    """The commit that ``revision``, as a user writes it, means: as in git, also a branch that only
    a remote has.

    Raises :class:`GitError`.
    """
    shown = shown_revision(revision)
    if revision.startswith("-"):
        raise GitError(f"En revision i git börjar inte på bindestreck, som ”{shown}”.")
    if not revision or not revision.isprintable():  # also what is not UTF-8; git has no such names
        raise GitError(f"”{shown}” kan inte vara en revision i git.")
    if (found := _commit(repository, revision)) is not None:
        _refuse_double(repository, revision)
        return Commit(found, shown)
    if (remote := _remote(repository, revision)) is not None and (
        found := _commit(repository, f"refs/remotes/{remote}")
    ):
        return Commit(found, shown_revision(remote))
    if _is_shallow(repository):
        raise GitError(f"Revisionen ”{shown}” finns inte här. {_FETCH}")
    if not _ask(repository, "rev-list", "--all", "--max-count=1").stdout:
        raise GitError("Git-arkivet har inga revisioner än.")
    raise GitError(f"Revisionen ”{shown}” finns inte i git-arkivet.")


def _commit(repository: Repository, revision: str) -> str | None:
    done = _ask(repository, "rev-parse", "--verify", "--end-of-options", f"{revision}^{{commit}}")
    found = os.fsdecode(done.stdout).strip()
    return found if not done.returncode and _OBJECT_ID.fullmatch(found) else None


def _refuse_double(repository: Repository, revision: str) -> None:
    """Refuses a name that a tag has as well as a branch or a commit: git takes the tag, which
    anyone who may push one can give the name of what a change is compared with. So it is with two
    branches, one of which is a remote's."""
    name = re.split(r"[~^:@{}]", revision)[0]
    if not name or name == "HEAD" or set(name) & set("*?[\\"):
        return
    own = [f"refs/{kind}/{name}" for kind in ("tags", "heads", "remotes")]
    meant = [*own, f"refs/remotes/*/{name}", f"refs/remotes/{name}/HEAD"]
    done = _ask(
        repository, "for-each-ref", "--format=%(objectname) %(*objectname) %(refname)", *meant
    )
    listed = [line.rsplit(" ", 1) for line in os.fsdecode(done.stdout).splitlines()]
    commits = {place: ids.split()[-1] for ids, place in listed}
    tag = commits.get(own[0])
    told = (
        commits
        if tag is not None
        else {place: commit for place, commit in commits.items() if place in own}
    )
    if len(set(told.values())) > 1:
        choices = " eller ".join(shown_path(place) for place in sorted(told))
        raise Ambiguous(
            f"”{shown_revision(name)}” är namnet på mer än en tagg eller gren. Skriv vilken: "
            f"{choices}."
        )
    if commits and _ABBREVIATED_ID.fullmatch(name):
        ids = os.fsdecode(_ask(repository, "rev-parse", f"--disambiguate={name}").stdout).split()
        if set(ids) - set(commits.values()):
            first = shown_path(next(iter(sorted(commits))))
            raise Ambiguous(
                f"”{name}” är både början på ett id och {first}. Skriv hela id:t, eller {first}."
            )


def _remote(repository: Repository, revision: str) -> str | None:
    """The branch that git checkout takes ``revision`` for: that of the only remote which has it, or
    of ``origin``."""
    name = re.split(r"[~^:@{}]", revision)[0]
    if not name or name == "HEAD" or set(name) & set("*?[\\"):  # no branch is called so
        return None
    done = _ask(
        repository, "for-each-ref", "--format=%(refname:lstrip=2)", f"refs/remotes/*/{name}"
    )
    having = os.fsdecode(done.stdout).splitlines()
    if len(having) > 1 and f"origin/{name}" not in having:
        listed = ", ".join(map(shown_path, having))
        raise GitError(
            f"Grenen ”{shown_revision(name)}” finns i flera fjärrarkiv. Skriv vilken: {listed}."
        )
    branch = f"origin/{name}" if len(having) > 1 else next(iter(having), None)
    return None if branch is None else branch + revision[len(name) :]


def merge_base(repository: Repository, first: str, second: str) -> str:
    """The id of the latest commit that both of two commits come from. Raises :class:`GitError` if
    there is none."""
    done = _ask(
        repository, "merge-base", resolve(repository, first).id, resolve(repository, second).id
    )
    if done.returncode == 0:
        return os.fsdecode(done.stdout).split()[0]
    named = f"”{shown_revision(first)}” och ”{shown_revision(second)}”"
    if _is_shallow(repository):
        raise GitError(f"Revisionen som {named} utgår från finns inte här. {_FETCH}")
    raise GitError(f"{named} har ingen gemensam revision att utgå från.")


def folder(repository: Repository, commit: str) -> list[Entry] | None:
    """What the repository's folder directly held in ``commit``; None if there was nothing there.

    Raises :class:`GitError`, also if a link or a file lay in the folder's place, or of one that it
    lies in.
    """
    done = _ask(repository, "ls-tree", "-z", "--full-tree", _tree(repository, commit))
    if not done.returncode:
        return list(_entries(done.stdout))
    if not re.search(b"not a valid object name|not a tree object", done.stderr, re.IGNORECASE):
        raise _explained(done.stderr, repository.top)
    steps = repository.path.split("/")
    above = ["/".join(steps[:end]) for end in range(1, len(steps) + 1)]
    for entry in _entries(
        _ask(repository, "ls-tree", "-z", "--full-tree", "-t", commit, "--", *above).stdout
    ):
        if entry.kind != "tree":
            if entry.is_link:
                what = "en länk"
            elif entry.kind == "blob":
                what = "en fil"
            else:
                what = "ett annat git-arkiv (submodule)"
            raise GitError(
                f"{shown_path(entry.path)} är {what} i revisionen {commit[:10]} och kan inte läsas."
            )
    return None


def file(
    repository: Repository, commit: str, path: str, longest: int
) -> tuple[Entry, bytes] | None:
    """The file ``path``, counted from the repository's folder, in ``commit``.

    None if there was no regular file there, or one of more than ``longest`` bytes.
    """
    place = f"{repository.path}/{path}".removeprefix("/")
    done = _ask(repository, "ls-tree", "-z", "-l", "--full-tree", commit, "--", place)
    found = [
        entry
        for entry in _entries(done.stdout)
        if entry.path == place and entry.kind == "blob" and not entry.is_link
    ]
    return next(blobs(repository, (entry for entry in found if entry.size <= longest)), None)


def added_in(repository: Repository, commit: str, path: str) -> str | None:
    """The id of the latest commit, up to ``commit``, that added the file ``path``, counted from the
    repository's folder; None if none that is here did. Raises :class:`GitError`."""
    return _latest(repository, commit, path, "A")


def written_in(repository: Repository, commit: str, path: str) -> str | None:
    """As :func:`added_in`, the latest commit that added or changed it."""
    return _latest(repository, commit, path, "AM")


def _latest(repository: Repository, commit: str, path: str, done_to_it: str) -> str | None:
    place = f"{repository.path}/{path}".removeprefix("/")
    done = _ask(
        repository, "log", "-1", "--no-show-signature", "--no-ext-diff", "--no-textconv",
        "--no-renames", f"--diff-filter={done_to_it}", "--format=%H", commit, "--", place,
    )  # fmt: skip
    if done.returncode:
        raise _explained(done.stderr, repository.top)
    return os.fsdecode(done.stdout).strip() or None


def additions(repository: Repository, since: str, commit: str) -> Iterator[tuple[str, Entry]]:
    """The files that the commits up to ``commit``, and not up to ``since``, have added below the
    repository's folder, each with the id of the commit, the latest first; with paths counted from
    that folder. Raises :class:`GitError`."""
    done = _ask(
        repository, "log", "--full-history", "--no-show-signature", "--no-ext-diff",
        "--no-textconv", "--no-renames", "--diff-filter=A", "--raw", "--no-abbrev", "-z",
        "--format=%H", f"{since}..{commit}", "--", repository.path or ".",
    )  # fmt: skip
    if done.returncode:
        raise _explained(done.stderr, repository.top)
    told = iter(os.fsdecode(done.stdout).split("\0"))
    added = ""
    for part in told:
        line = part.strip("\n")
        if line.startswith(":"):
            _, mode, _, object_id, _ = line.split()
            path = next(told).removeprefix(repository.path).removeprefix("/")
            yield added, Entry(path, mode, "blob", object_id)
        elif line:
            added = line


def day(repository: Repository, commit: str) -> str:
    """The day (ÅÅÅÅ-MM-DD) when ``commit`` was made, where it was made. Raises
    :class:`GitError`."""
    done = _ask(repository, "log", "-1", "--no-show-signature", "--format=%cs", commit)
    if done.returncode:
        raise _explained(done.stderr, repository.top)
    return os.fsdecode(done.stdout).strip()


def files(repository: Repository, commit: str, names: Collection[str]) -> list[Entry]:
    """All that lay, at any depth, in those of the folder's entries that are called ``names``, with
    sizes.

    Raises :class:`GitError`.
    """
    if not names:
        return []
    done = _ask(
        repository,
        "ls-tree",
        "-r",
        "-z",
        "-l",
        "--full-tree",
        _tree(repository, commit),
        "--",
        *sorted(names),
    )
    if done.returncode:
        raise _explained(done.stderr, repository.top)
    return list(_entries(done.stdout))


def listed(repository: Repository, commit: str, paths: Collection[str]) -> list[Entry]:
    """What lay, at any depth, at those of ``paths`` that there were, counted from the top of the
    repository; without sizes.

    Raises :class:`GitError`.
    """
    if not paths:
        return []
    done = _ask(repository, "ls-tree", "-r", "-z", "--full-tree", commit, "--", *sorted(paths))
    if done.returncode:
        raise _explained(done.stderr, repository.top)
    return list(_entries(done.stdout))


def may_be_sparse(folder: Path) -> bool:
    """Whether the work tree that ``folder`` lies in may have left files out. Git is not started."""
    top = nearest(absolute(folder))
    if top is None:
        return False
    own = top / ".git"
    if own.is_file():  # one of several work trees, with a folder of its own elsewhere
        try:
            written = os.fsdecode(files_in.read(own))
        except Unread:
            return True
        own = top / written.removeprefix("gitdir:").strip()
    return (own / "info" / "sparse-checkout").exists()


def not_checked_out(repository: Repository) -> list[str]:
    """The paths of the files, counted from the repository's folder, that a sparse checkout has left
    out of the work tree."""
    done = _ask(repository, "ls-files", "-t", "-z", "--full-name", "--", repository.path or ".")
    left_out = [line[2:] for line in os.fsdecode(done.stdout).split("\0") if line.startswith("S ")]
    return [
        path.removeprefix(repository.path).removeprefix("/")
        for path in left_out
        if not os.path.lexists(repository.top / path)
    ]


def blobs(repository: Repository, wanted: Iterable[Entry]) -> Iterator[tuple[Entry, bytes]]:
    """The content of each of the files ``wanted``, one at a time, through a single process. Raises
    :class:`GitError`."""
    entries = list(wanted)
    if not entries:
        return
    # a file, since git could wait for its answers to be read while being asked more
    with tempfile.TemporaryFile() as asked:
        asked.write("".join(f"{entry.id}\n" for entry in entries).encode())
        asked.seek(0)
        with _start(
            repository.top, ["cat-file", "--batch"], repository.git_dir, given=asked.fileno()
        ) as process:
            assert process.stdout is not None
            for entry in entries:
                found, _, size = process.stdout.readline().partition(b" blob ")
                if os.fsdecode(found) != entry.id:
                    process.kill()
                    if _is_partial(repository):
                        raise GitError(_PARTIAL)
                    raise GitError(
                        f"Git-arkivet är skadat eller ofullständigt: {shown_path(entry.path)} "
                        "går inte att läsa."
                    )
                content = process.stdout.read(int(size))
                process.stdout.read(1)
                yield entry, content


def shown_path(path: str) -> str:
    """A path out of a repository such that it can stand in a message."""
    return shortened(path)


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
            yield Entry(
                os.fsdecode(path),
                mode,
                kind,
                object_id,
                int(size[0]) if size and size[0].isdigit() else 0,
            )


def _is_shallow(repository: Repository) -> bool:
    return _ask(repository, "rev-parse", "--is-shallow-repository").stdout.strip() == b"true"


def _is_partial(repository: Repository) -> bool:
    """Whether contents have been left out of the clone, as a promise that the remote has them."""
    objects = os.fsdecode(
        _ask(repository, "rev-parse", "--git-path", "objects").stdout.removesuffix(b"\n")
    )
    return any((repository.top / objects / "pack").glob("*.promisor"))


def _explained(stderr: bytes, where: Path) -> GitError:
    said = os.fsdecode(stderr)
    if "dubious ownership" in said:
        at = re.search(r"repository at '(.*)'", said)
        owned = shown_path(at[1] if at else str(where))
        return GitError(
            f"Git läser inte arkivet i {owned}, eftersom någon annan äger mappen. Litar du "
            "på innehållet: "
            f"kör git config --global --add safe.directory {owned}"
        )
    if re.search("promisor remote|transport .* not allowed", said):
        return GitError(_PARTIAL)
    return GitError(
        f"Git kan inte läsa arkivet: {shown_path((said.strip().splitlines() or ['okänt fel'])[0])}"
    )


def _ask(repository: Repository, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    """Runs git in the repository."""
    return _run(repository.top, *arguments, git_dir=repository.git_dir)


def _run(
    top: Path, *arguments: str, git_dir: Path | None = None, only: Path | None = None
) -> subprocess.CompletedProcess[bytes]:
    """Runs git in ``top``: in the repository ``git_dir``, or in that which git finds in the folder
    ``only`` and no other."""
    late: list[bool] = []
    with (
        tempfile.TemporaryFile() as said,
        _start(top, arguments, git_dir, only, said=said.fileno()) as process,
    ):

        def stop() -> None:
            late.append(True)
            process.kill()

        assert process.stdout is not None
        clock = Timer(_SECONDS, stop)
        clock.start()
        out = process.stdout.read(_MOST + 1)
        if len(out) > _MOST:
            process.kill()
        code = process.wait()
        clock.cancel()
        said.seek(0)
        err = said.read(_MOST)
    if late:
        raise GitError(f"Git svarade inte inom {_SECONDS} sekunder. Arkivet kan vara skadat.")
    if len(out) > _MOST:
        raise GitError("Git-arkivet har orimligt många filer i kommunernas mappar.")
    return subprocess.CompletedProcess(process.args, code, out, err)


def _start(
    top: Path,
    arguments: Iterable[str],
    git_dir: Path | None,
    only: Path | None = None,
    *,
    given: int = subprocess.DEVNULL,
    said: int = subprocess.DEVNULL,
) -> subprocess.Popen[bytes]:
    """Starts git. Not even a repository that lacks objects on purpose (a partial clone) may make it
    fetch them."""
    settings = [word for name, value in _SETTINGS.items() for word in ("-c", f"{name}={value}")]
    named = [f"--git-dir={git_dir}", f"--work-tree={top}"] if git_dir is not None else []
    command = [_program(), "--no-pager", *settings, *named, *arguments]
    environment = {
        name: os.environ[name] for name in _INHERITED if name in os.environ
    } | _ENVIRONMENT
    if only is not None:
        environment["GIT_CEILING_DIRECTORIES"] = str(only.resolve().parent)
    try:
        return subprocess.Popen(
            command, cwd=top, env=environment, stdin=given, stdout=subprocess.PIPE, stderr=said
        )
    except OSError as error:
        raise GitError(f"Programmet git går inte att köra: {why(error)}.") from None


def _program() -> str:
    """The program git, by its whole path."""
    found = programs.found("git")
    if found is None:
        raise GitError(
            "Programmet git finns inte på datorn. Installera det, eller ange ett beslut eller "
            "en mapp."
        )
    return found
