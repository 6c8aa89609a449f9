"""The two doors: what is read by name and what is written, when files, folders and other programs
do not behave."""

from __future__ import annotations

import errno
import json
import os
import re
import socket
import stat
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from insatskoll import folders, locking, writing
from insatskoll.catalogue import loading
from insatskoll.errors import why
from insatskoll.lint import baseline
from insatskoll.lint.baseline import BaselineError
from insatskoll.reading import files
from insatskoll.reading.files import Unread
from insatskoll.writing import WriteError
from tests.catalogues import write_kommun

Make = Callable[[Path], None]


def left(folder: Path) -> list[str]:
    """What a run has left behind that is nobody's."""
    return [path.name for path in folder.rglob(".insatskoll*")]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


# --- reading ---


def link_to_file(path: Path) -> None:
    path.with_name("annan").write_text("hemligt", "utf-8")
    path.symlink_to(path.with_name("annan"))


def link_to_nothing(path: Path) -> None:
    path.symlink_to("finns-inte")


def link_to_itself(path: Path) -> None:
    path.symlink_to(path.name)


def link_to_device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def pipe(path: Path) -> None:
    os.mkfifo(path)


def sock(path: Path) -> None:
    here = Path.cwd()
    os.chdir(path.parent)  # the address has room for a short name only
    try:
        with socket.socket(socket.AF_UNIX) as bound:
            bound.bind(path.name)
    finally:
        os.chdir(here)


def folder(path: Path) -> None:
    path.mkdir()


def large(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(2_000_001)


def nothing(path: Path) -> None:
    """Leaves it so."""


BAD: list[tuple[Make, str]] = [
    (link_to_file, "länk"),
    (link_to_nothing, "länk"),
    (link_to_itself, "länk"),
    (link_to_device, "länk"),
    (pipe, "annat"),
    (sock, "annat"),
    (folder, "mapp"),
    (large, "stor"),
    (nothing, "saknas"),
]


@pytest.mark.parametrize("absolute", [True, False])
@pytest.mark.parametrize(("make", "reason"), BAD)
def test_only_a_plain_file_within_the_limit_is_read(
    make: Make, reason: str, absolute: bool, here: Path
) -> None:
    path = here / "fil" if absolute else Path("fil")
    make(path)
    with pytest.raises(Unread, match=r"^\S*fil: [A-ZÅÄÖ].*\. [A-ZÅÄÖ].*\.$") as refused:
        files.read(path)
    assert refused.value.reason == reason


@pytest.mark.parametrize(
    "step",
    ["catalogue", "catalogue/kommuner", "catalogue/kommuner/k", "catalogue/kommuner/k/insatser"],
)
@pytest.mark.parametrize("standing", [".", "catalogue/kommuner", "..", "/"])
def test_no_folder_of_a_catalogue_is_a_link(
    step: str, standing: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path / "rot"
    write_kommun(root / "catalogue" / "kommuner" / "k", {"a": {}})
    (root / step).rename(root / "flyttad")
    (root / step).symlink_to(root / "flyttad")
    if not (root / standing).resolve().is_relative_to(root.resolve()) or standing == ".":
        monkeypatch.chdir(root / standing)
    else:  # a shell that stands in a folder stands in what a link leads to
        monkeypatch.chdir(root)
    start = root if standing in ("..", "/") else Path()
    kommun = loading.load_kommun(start / "catalogue" / "kommuner" / "k")
    assert kommun.problems and all(
        "är en länk" in problem.message for f in kommun.problems for problem in f.problems
    )
    assert not any(f.text for f in kommun.problems)


def test_what_the_user_has_named_himself_may_be_a_link(here: Path) -> None:
    (here / "äkta").mkdir()
    (here / "äkta" / "fil").write_text("x", "utf-8")
    (here / "länk").symlink_to("äkta")
    assert files.read(Path("länk/fil"), given=Path("länk")) == b"x"
    with pytest.raises(Unread, match="Mappen länk är en länk"):
        files.read(Path("länk/fil"))


def test_a_file_exchanged_for_a_link_between_look_and_opening_is_refused(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, secret = here / "fil", here / "hemlig"
    path.write_text("x", "utf-8")
    secret.write_text("hemligt", "utf-8")
    real = folders.Folder.open

    def exchanged(folder: folders.Folder, name: str, flags: int) -> int:
        path.unlink()
        path.symlink_to(secret)
        return real(folder, name, flags)

    monkeypatch.setattr(folders.Folder, "open", exchanged)
    with pytest.raises(Unread):
        files.read(path)


def test_where_folders_cannot_be_walked_links_are_refused_all_the_same(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folders, "_WALKS", False)
    (here / "äkta").mkdir()
    (here / "äkta" / "fil").write_text("x", "utf-8")
    (here / "länk").symlink_to("äkta")
    assert files.read(Path("äkta/fil")) == b"x"
    for path in (Path("länk/fil"), here / "länk" / "fil"):
        with pytest.raises(Unread, match="länk är en länk"):
            files.read(path)
    writing.write_all(
        {Path("äkta/fil"): b"y", Path("ny/fil"): b"z"}, before={Path("äkta/fil"): b"x"}
    )
    assert (
        (here / "äkta" / "fil").read_bytes(),
        (here / "ny" / "fil").read_bytes(),
        left(here),
    ) == (b"y", b"z", [])
    with pytest.raises(WriteError, match="länk är en länk"):
        writing.write_all({Path("länk/fil"): b"y"})


@pytest.mark.parametrize("name", ["a" * 300, "a\0b"])
def test_a_name_that_no_file_can_have_is_told(name: str, here: Path) -> None:
    with pytest.raises(Unread, match="Filen går inte att öppna"):
        files.read(Path(name))
    with pytest.raises(
        WriteError, match=r"namnet (är för långt|går inte att använda)\. Inget har skrivits\."
    ):
        writing.write_all({Path(name): b"x"})


def test_every_word_of_the_computer_is_swedish() -> None:
    for name in (
        "ENOSPC",
        "EDQUOT",
        "EFBIG",
        "ENAMETOOLONG",
        "EIO",
        "EROFS",
        "EACCES",
        "ELOOP",
        "ENXIO",
        "ESTALE",
    ):
        number = getattr(errno, name)
        assert why(OSError(number, os.strerror(number))) not in (os.strerror(number), "")
    assert why(OSError(errno.EPROTO, "Protocol error")) == "datorn svarar med felet EPROTO"


def entry(**more: Any) -> dict[str, Any]:
    return {
        "file": "k/insatser/a.yaml",
        "rule": "IK203",
        "dataPath": "namn",
        "fingerprint": "0" * 32,
    } | more


WRONG_BASELINES: list[tuple[str, str]] = [
    (json.dumps({"version": 1, "findings": [entry(rule=7)] * 15_000}), "Fynd 1: "),
    (json.dumps({"version": 1, "findings": [*[entry()] * 120, entry(x=1)]}), "Fynd 121: "),
    (
        '{"version": 1, "findings": [' + json.dumps(entry()).replace("namn", "\\ud800") + "]}",
        "är inte läsbar JSON",
    ),
    ("[" * 100_000, "är inte läsbar JSON"),
    ("[]", "insatskoll-baslinje.json: "),
]


@pytest.mark.parametrize(("text", "said"), WRONG_BASELINES)
def test_a_baseline_stops_at_its_first_problem(text: str, said: str, here: Path) -> None:
    path = here / "insatskoll-baslinje.json"
    path.write_text(text, "utf-8")
    with pytest.raises(BaselineError) as refused:
        baseline.load(path)
    assert said in str(refused.value) and len(str(refused.value)) < 600


@pytest.mark.parametrize(("make", "reason"), BAD)
def test_a_baseline_comes_through_the_door(make: Make, reason: str, here: Path) -> None:
    make(here / "fil")
    with pytest.raises(BaselineError, match=r"fil: Baslinjen går inte att läsa\. [A-ZÅÄÖ].*\."):
        baseline.load(here / "fil")


# --- writing ---


def test_new_files_follow_the_umask_and_others_keep_their_rights(here: Path) -> None:
    old, new = here / "gammal", here / "mapp" / "ny"
    old.write_text("x", "utf-8")
    old.chmod(0o640)
    before = os.umask(0o027)
    try:
        writing.write_all({old: b"y", new: b"z"})
    finally:
        os.umask(before)
    assert [stat.S_IMODE(path.stat().st_mode) for path in (old, new)] == [
        0o640,
        0o640 & ~0o027 | 0o640 & 0o666 & ~0o027,
    ]
    old.chmod(0o644)
    os.umask(0o077)
    try:
        writing.write_all({old: b"y", new: b"z"})
    finally:
        os.umask(before)
    assert stat.S_IMODE(old.stat().st_mode) == 0o644, "the web server can still read it"


@pytest.mark.parametrize("expected", [None, "given"])
def test_a_link_for_an_output_folder_is_written_through_only_when_named(
    expected: str | None, here: Path
) -> None:
    (here / "utanför").mkdir()
    (here / "ut").symlink_to("utanför")
    if expected is None:
        with pytest.raises(WriteError, match=r"ut är en länk, .* Inget har skrivits\."):
            writing.write_all({Path("ut/a"): b"x"})
        assert list((here / "utanför").iterdir()) == []
    else:
        writing.write_all({Path("ut/a"): b"x"}, given=Path("ut"))
        assert (here / "utanför" / "a").read_bytes() == b"x"
        (here / "utanför" / "mapp").symlink_to(here)
        with pytest.raises(WriteError, match="mapp är en länk"):
            writing.write_all({Path("ut/mapp/a"): b"x"}, given=Path("ut"))


@pytest.mark.parametrize("make", [link_to_file, link_to_nothing, pipe, folder])
def test_what_is_no_plain_file_is_not_written_over(make: Make, here: Path) -> None:
    make(here / "fil")
    with pytest.raises(WriteError, match=r"Inget har skrivits\."):
        writing.write_all({here / "annat": b"x", here / "fil": b"x"})
    assert not (here / "annat" / "x").exists() and left(here) == []


def test_the_name_on_the_way_cannot_be_guessed_or_planted(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    victim = here / "offer"
    victim.write_text("orörd", "utf-8")
    seen: list[str] = []
    real = folders.Folder.open

    def planted(folder: folders.Folder, name: str, flags: int) -> int:
        if flags & os.O_CREAT:
            seen.append(name)
            (here / name).symlink_to(victim)
        return real(folder, name, flags)

    with monkeypatch.context() as patched:
        patched.setattr(folders.Folder, "open", planted)
        with pytest.raises(WriteError):
            writing.write_all({here / "a": b"x"})
    assert victim.read_text("utf-8") == "orörd"
    writing.write_all({here / "a": b"x"})
    assert re.fullmatch(r"\.insatskoll-[0-9a-f]{32}\.tmp", seen[0])


def test_what_a_killed_run_left_is_removed_by_the_next(here: Path) -> None:
    (here / f".insatskoll-{'a' * 32}.tmp").write_text("rest", "utf-8")
    (here / ".insatskoll-mitt.tmp").write_text("någons", "utf-8")
    writing.write_all({here / "a": b"x"})
    assert left(here) == [".insatskoll-mitt.tmp"]


@pytest.mark.parametrize("swaps", [True, False])
@pytest.mark.parametrize("links", [True, False])
@pytest.mark.parametrize("now", [b"annat", None])
def test_nothing_is_written_over_what_was_not_read(
    now: bytes | None, links: bool, swaps: bool, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    limited(monkeypatch, links=links, swaps=swaps)
    (here / "fil").write_bytes(b"annat")
    before = b"read"
    if now is None:
        (here / "fil").unlink()
    with pytest.raises(
        WriteError,
        match=r"fil har (ändrats av någon annan|tagits bort) under tiden\. Inget har skrivits\.",
    ):
        writing.write_all({here / "ny": b"x", here / "fil": b"y"}, before={here / "fil": before})
    assert [path.name for path in here.iterdir()] == (["fil"] if now else [])
    with pytest.raises(WriteError, match=r"fil finns redan\. Inget har skrivits\."):
        (here / "fil").write_bytes(b"annat")
        writing.write_all({here / "fil": b"y"}, before={here / "fil": None})
    assert (here / "fil").read_bytes() == b"annat"


def limited(monkeypatch: pytest.MonkeyPatch, *, links: bool, swaps: bool) -> None:
    """A disk that can do less."""
    if not swaps:
        monkeypatch.setattr(folders, "swap", lambda *_: False)
    if not links:

        def refused(*_: Any, **__: Any) -> None:
            raise PermissionError(errno.EPERM, "Operation not permitted")

        monkeypatch.setattr(os, "link", refused)


@pytest.mark.parametrize("swaps", [True, False])
@pytest.mark.parametrize("links", [True, False])
def test_on_any_disk_files_are_written(
    links: bool, swaps: bool, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    limited(monkeypatch, links=links, swaps=swaps)
    (here / "gammal").write_bytes(b"1")
    (here / "känd").write_bytes(b"1")
    files = {
        here / "gammal": b"2",
        here / "känd": b"2",
        here / "ny": b"2",
        here / "säkert-ny": b"2",
    }
    writing.write_all(files, before={here / "känd": b"1", here / "säkert-ny": None})
    assert {path: path.read_bytes() for path in here.iterdir()} == files


@pytest.mark.parametrize("swaps", [True, False])
@pytest.mark.parametrize("times", [1, 2, 3])
def test_an_editor_that_saves_at_the_last_moment_keeps_its_text(
    times: int, swaps: bool, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = here / "fil"
    path.write_bytes(b"read")
    real = writing._exchange
    saves = iter(range(times))

    def saved(work: Any, name: str) -> str | None:
        if (number := next(saves, None)) is not None:
            if swaps:
                (here / "editorns").write_bytes(b"sparat %d" % number)
                (here / "editorns").rename(path)
            else:
                path.write_bytes(b"sparat %d" % number)
        return real(work, name)

    if not swaps:
        limited(monkeypatch, links=True, swaps=False)
    monkeypatch.setattr(writing, "_exchange", saved)
    with pytest.raises(WriteError, match="har ändrats av någon annan under tiden"):
        writing.write_all({path: b"mended"}, before={path: b"read"})
    assert path.read_bytes() == b"sparat %d" % (times - 1)
    assert left(here) == []


def test_one_writes_at_a_time_and_the_other_waits(here: Path) -> None:
    done: list[str] = []

    def other() -> None:
        opened = threading.Event()

        def write() -> None:
            opened.set()
            writing.write_all({here / "a": b"andra"})
            done.append("andra")

        thread = threading.Thread(target=write)
        thread.start()
        opened.wait()
        threads.append(thread)

    threads: list[threading.Thread] = []
    locking_held = locking._held.copy()
    with folders.walked(here, ()) as folder, locking._locked(folder):
        other()
        threads[0].join(0.3)
        assert done == []
    threads[0].join(10)
    assert done == ["andra"] and (here / "a").read_bytes() == b"andra"
    assert locking._held == locking_held


@pytest.mark.parametrize("form", ["folder", "file"])
def test_one_who_never_gets_ready_is_not_waited_for_without_end(
    form: str, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(locking, "TRIES", 2)
    if form == "file":
        refuse_folder_locks(monkeypatch)
    with folders.walked(here, ()) as first, locking._locked(first):
        assert left(here) == ([locking.FILE] if form == "file" else [])
        with pytest.raises(locking.Busy, match="Ett annat program skriver i"):
            writing.write_all({here / "a": b"x"})
    writing.write_all({here / "a": b"x"})
    assert left(here) == []


def refuse_folder_locks(monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk where only files can be locked."""
    real = locking._lock

    def lock(opened: int) -> None:
        if stat.S_ISDIR(os.fstat(opened).st_mode):
            raise OSError(errno.EBADF, "")
        real(opened)

    monkeypatch.setattr(locking, "_lock", lock)


def test_a_lock_file_that_a_killed_run_left_hinders_nobody(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refuse_folder_locks(monkeypatch)
    (here / locking.FILE).touch()
    writing.write_all({here / "a": b"x"})
    assert left(here) == []


def test_what_is_held_is_not_waited_for_by_the_one_who_holds_it(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(locking, "TRIES", 1)
    with writing.alone(here), writing.alone(Path()):
        writing.write_all({here / "a": b"x", Path("b"): b"y"})
    assert sorted(path.name for path in here.iterdir()) == ["a", "b"]
