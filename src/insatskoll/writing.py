"""The one door through which files go out: all of them or none, and never over what somebody else
has written meanwhile.

A file is first written whole under a name that nobody can guess, and then takes its place in one
step. What was there is kept until all files have theirs, so that it can be put back. Where a file
of people's is changed, what was read is compared with what the step pushed away: if an editor has
saved in between, its text is put back and the command says so.

A program that is killed in the middle leaves whole files, old or new, and perhaps some named
``.insatskoll-….tmp``. The next run that writes in the folder removes those: it has the folder to
itself, so that nobody else is using them.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from insatskoll import locking
from insatskoll.errors import Refused, why
from insatskoll.folders import Folder, LinkInTheWay, is_link, vouched, walked
from insatskoll.names import folded, shown
from insatskoll.patterns import later

_TEMPORARY = later(r"\.insatskoll-[0-9a-f]{32}\.tmp")
_CANNOT_LINK = frozenset(
    {errno.EPERM, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EMLINK, errno.EXDEV}
)
_TRIES = 5
_LARGEST = 200_000_000  # bytes
_NOTHING: Mapping[Path, bytes | None] = {}
_NO_NAMES: Mapping[Path, str] = {}


class WriteError(Refused):
    """A file could not be written; the message says which and why."""


class _Changed(Exception):
    """What stands at a file's place is not what the caller has read."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


@dataclass
class _Work:
    """A file on its way out. ``known`` is False if it is to be written whatever is there; else
    ``before`` is what the caller read, None for nothing. ``temporary`` is its name so far;
    ``placed`` tells that it is where it should be, ``over`` that it has pushed something away, and
    ``kept`` the name which that now has, None where the disk could not keep it. ``called`` is the
    name that it is to have when all are where they should be, None for the one that it has, and
    ``moved`` tells that it has got it."""

    path: Path
    folder: Folder
    data: bytes | None
    known: bool
    before: bytes | None
    called: str | None = None
    temporary: str = field(default_factory=lambda: f".insatskoll-{os.urandom(16).hex()}.tmp")
    kept: str | None = None
    placed: bool = False
    over: bool = False
    moved: bool = False

    @property
    def name(self) -> str:
        return self.path.name


def write_all(
    files: Mapping[Path, bytes | None],
    before: Mapping[Path, bytes | None] = _NOTHING,
    given: Path | None = None,
    called: Mapping[Path, str] = _NO_NAMES,
) -> None:
    """Writes all ``files`` or none; one that is None is removed. Raises :class:`WriteError`.

    ``before`` is what the caller has read where it is to write, None where there was nothing: if
    something else is there by now, nothing is written. A path that it does not name is written over
    whatever it holds. No link is followed, but for ``given``, a folder that the user has named
    himself. ``called`` are the names that some of the files then get, where they lie; nothing may
    have such a name.
    """
    for _ in range(_TRIES):
        try:
            _write_all(files, before, given, called)
        except locking.Removed:  # by one that could not write its files, and tidied up after itself
            continue
        return
    raise WriteError("Mappen som det ska skrivas i försvinner gång på gång. Inget har skrivits.")


def together(*parts: Mapping[Path, bytes]) -> dict[Path, bytes]:
    """The files of all ``parts``. Raises :class:`WriteError` where two are the same file, on disks
    that do not tell case apart too."""
    made: dict[Path, bytes] = {}
    known: set[tuple[str, str]] = set()
    for path, data in (one for part in parts for one in part.items()):
        place = (os.path.realpath(path.parent), folded(path.name))
        if place in known:
            raise WriteError(f"{shown(path)} skrivs två gånger. Välj ett annat namn för den ena.")
        known.add(place)
        made[path] = data
    return made


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Has ``folder`` to itself, while others that want to write there wait: for what is read there
    and then written.

    Raises :class:`locking.Busy` and :class:`WriteError`.
    """
    start, steps = vouched(folder)
    try:
        with walked(start, steps) as opened, locking.alone(opened):
            yield
    except LinkInTheWay as error:
        raise WriteError(_link_in_the_way(error.path)) from None


def _write_all(
    files: Mapping[Path, bytes | None],
    before: Mapping[Path, bytes | None],
    given: Path | None,
    called: Mapping[Path, str],
) -> None:
    made: list[Path] = []
    works: list[_Work] = []
    at = next(iter(files), Path())
    with ExitStack() as stack:
        folders: dict[Path, Folder] = {}
        try:
            for at in files:
                if at.parent not in folders:
                    folders[at.parent] = stack.enter_context(
                        walked(*vouched(at.parent, given), made)
                    )
            _have_alone(folders.values(), stack)
            for at, data in files.items():
                works.append(
                    _Work(
                        at, folders[at.parent], data, at in before, before.get(at), called.get(at)
                    )
                )
                _prepare(works[-1])
            for work in works:
                at = work.path
                _place(work) if work.data is not None else _take_away(work)
            for work in works:
                if work.called is not None:
                    at = work.path.with_name(work.called)
                    _move(work, work.called)
        except BaseException as error:
            if isinstance(error, FileNotFoundError) and any(map(locking.removed, folders.values())):
                error = locking.Removed()
            left = [work.path for work in reversed(works) if not _put_back(work)]
            _tidy(works, made)
            if isinstance(error, (OSError, ValueError, _Changed)):
                raise WriteError(f"{_told(at, error)} {_so_far(left)}") from error
            raise error
        _tidy(works, [])


def _have_alone(folders: Iterable[Folder], stack: ExitStack) -> None:
    """Locks the folders, always in the same order, and removes what a program that was killed has
    left there."""
    for folder in sorted(folders, key=lambda folder: os.path.realpath(folder.path)):
        if stack.enter_context(locking.alone(folder)):
            _sweep(folder)


def _sweep(folder: Folder) -> None:
    for name in folder.names():
        if _TEMPORARY.fullmatch(name):
            with suppress(OSError):
                folder.remove(name)


def sweep(path: Path) -> None:
    """Removes from the folder ``path`` what a program that was killed has left there. Raises
    nothing for what cannot be."""
    with (
        suppress(OSError, locking.Removed),
        walked(*vouched(path)) as folder,
        locking.alone(folder) as certain,
    ):
        if certain:
            _sweep(folder)


def _prepare(work: _Work) -> None:
    """Writes the file beside its place, with the rights of what is there."""
    status = work.folder.status(work.name)
    if status is not None and is_link(status):
        raise LinkInTheWay(work.path)
    if status is not None and stat.S_ISDIR(status.st_mode):
        raise IsADirectoryError(errno.EISDIR, "")
    if status is not None and not stat.S_ISREG(status.st_mode):
        raise OSError(errno.ENXIO, "")
    if work.known:
        if work.before is None and status is not None:
            raise _Changed("finns redan")
        if work.before is not None and (status is None or _read(work, work.name) != work.before):
            raise _Changed(
                "har ändrats av någon annan under tiden"
                if status is not None
                else "har tagits bort under tiden"
            )
    if work.data is None:
        return
    opened = work.folder.open(work.temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL)
    try:
        rest = memoryview(work.data)
        while rest:
            rest = rest[os.write(opened, rest) :]
        if status is not None and hasattr(os, "fchmod"):
            os.fchmod(opened, stat.S_IMODE(status.st_mode) & 0o777)
        if work.known:  # people's own texts stand a power cut too; a document is made again
            os.fsync(opened)
    finally:
        os.close(opened)


def _place(work: _Work) -> None:
    """Gives the file its place in one step."""
    for _ in range(_TRIES):
        if work.folder.status(work.name) is None:
            if work.known and work.before is not None:
                raise _Changed("har tagits bort under tiden")
            try:
                _give_name(work, work.temporary, work.name)
            except FileExistsError:
                if work.known:
                    raise _Changed("finns redan") from None
                continue
            work.placed = True
            return
        if work.known and work.before is None:
            raise _Changed("finns redan")
        try:
            work.kept = _exchange(work, work.temporary)
        except FileNotFoundError:
            continue  # removed in between
        work.placed = work.over = True
        if work.known and work.kept is not None and _read(work, work.kept) != work.before:
            raise _Changed("har ändrats av någon annan under tiden")
        return
    raise OSError(errno.EBUSY, "")


def _take_away(work: _Work) -> None:
    """Removes the file; it is kept under another name until all is done."""
    if work.folder.status(work.name) is None:
        raise _Changed("har tagits bort under tiden")
    _give_name(work, work.name, work.temporary)
    work.folder.remove(work.name)
    work.placed = True
    if work.known and _read(work, work.temporary) != work.before:
        raise _Changed("har ändrats av någon annan under tiden")


def _give_name(work: _Work, name: str, new: str) -> None:
    """Gives the file ``name`` the name ``new``, which must be free; it may then have both. Raises
    :class:`FileExistsError`."""
    try:
        work.folder.link(name, new)
    except OSError as error:
        if error.errno not in _CANNOT_LINK:
            raise
        os.close(work.folder.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL))
        work.folder.replace(name, new)


def _move(work: _Work, new: str) -> None:
    """Gives the file in its place the name ``new``, which must be free, and no other."""
    if _is_same(work, new) and new.casefold() == work.name.casefold():
        work.folder.replace(work.name, new)  # on a disk that does not tell case apart
        work.moved = True
        return
    try:
        _give_name(work, work.name, new)
    except FileExistsError:
        raise _Changed("finns redan") from None
    work.moved = True
    with suppress(FileNotFoundError):
        work.folder.remove(work.name)


def _call_back(work: _Work, new: str) -> None:
    """Undoes :func:`_move`."""
    if not _is_same(work, new):
        _give_name(work, new, work.name)
    elif new.casefold() == work.name.casefold():
        work.folder.replace(new, work.name)
        return
    with suppress(FileNotFoundError):
        work.folder.remove(new)


def _is_same(work: _Work, new: str) -> bool:
    """Whether the file in its place also answers to the name ``new``."""
    there, stands = work.folder.status(new), work.folder.status(work.name)
    return there is not None and stands is not None and os.path.samestat(there, stands)


def _exchange(work: _Work, name: str) -> str | None:
    """Puts the file ``name`` in the place; gives the name of what was there, or None on a disk that
    cannot keep it."""
    if work.folder.swap(name, work.name):
        return name
    kept: str | None = f".insatskoll-{os.urandom(16).hex()}.tmp"
    try:
        work.folder.link(work.name, str(kept))
    except OSError as error:
        if error.errno not in _CANNOT_LINK:
            raise
        kept = None
    work.folder.replace(name, work.name)
    return kept


def _put_back(work: _Work) -> bool:
    """Undoes :func:`_place`, unless somebody has written there since; False if that could not be
    done."""
    if not work.placed:
        return True
    with suppress(OSError):
        if work.moved and work.called is not None:
            _call_back(work, work.called)
        if work.data is None:
            _give_name(work, work.temporary, work.name)
            return True
        if not work.over:
            if _read(work, work.name) == work.data:
                work.folder.remove(work.name)
            return True
        ours: bytes | None = work.data
        for _ in range(_TRIES):
            if work.kept is None:
                return False
            putting = _read(work, work.kept)
            work.kept = _exchange(work, work.kept)
            if work.kept is None or _read(work, work.kept) == ours:
                return True
            # an editor has saved meanwhile: what was pushed away is the newest, and goes back
            ours = putting
    return False


def _read(work: _Work, name: str) -> bytes | None:
    """The content of a file in the work's folder; None if it cannot be read, or is larger than what
    people or we write."""
    try:
        opened = work.folder.open(name, os.O_RDONLY)
    except OSError:
        return None
    with open(opened, "rb") as file:  # noqa: PTH123 (a descriptor, not a path)
        content = file.read(_LARGEST + 1)
    return content if len(content) <= _LARGEST else None


def _tidy(works: list[_Work], made: list[Path]) -> None:
    """Removes what was only on the way, and the folders ``made`` that are empty."""
    for work in works:
        for name in (work.temporary, work.kept):
            if name is not None:
                with suppress(OSError):
                    work.folder.remove(name)
    for folder in sorted(made, key=lambda folder: -len(folder.parts)):
        with suppress(OSError):
            folder.rmdir()


def _told(path: Path, error: OSError | ValueError | _Changed) -> str:
    match error:
        case _Changed():
            return f"{shown(path)} {error.what}."
        case LinkInTheWay():
            return _link_in_the_way(error.path)
        case OSError(errno=errno.EACCES | errno.EPERM) if getattr(error, "winerror", None) is None:
            return f"Det går inte att skriva {shown(path)}: du får inte skriva där."
        case OSError():
            return f"Det går inte att skriva {shown(path)}: {why(error)}."
    return f"Det går inte att skriva {shown(path)}: namnet går inte att använda."


def _link_in_the_way(path: Path) -> str:
    return (
        f"{shown(path)} är en länk, och programmet skriver inte genom länkar. Ersätt länken "
        "med det som den leder till."
    )


def _so_far(left: list[Path]) -> str:
    if not left:
        return "Inget har skrivits."
    return f"Det här är redan skrivet och gick inte att ta tillbaka: {', '.join(map(shown, left))}."
