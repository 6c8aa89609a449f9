"""Hostile folders: what is no ordinary file is neither followed, waited for nor written through,
wherever it lies."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from types import FrameType

import pytest

from insatskoll.law.rules import load_rules
from tests.fuzz import inside, workplace
from tests.fuzz.test_files import commands

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="länkar, rör och uttag finns inte så på Windows"
)

SECRET = "kanariefågel-7319"


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return workplace.make(tmp_path_factory.mktemp("hel"), load_rules())


@pytest.fixture
def place(whole: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(whole, tmp_path / "plats"))


def secret(beside: Path) -> Path:
    """A file outside the folder that is worked in, with a word that nothing may tell."""
    path = beside.parent / "hemligt"
    path.write_text(f"namn: {SECRET}\n{SECRET}: {SECRET}\n", "utf-8")
    return path


def link(path: Path, root: Path) -> None:
    path.symlink_to(secret(root))


def endless(path: Path, root: Path) -> None:
    path.symlink_to("/dev/zero")


def pipe(path: Path, root: Path) -> None:
    os.mkfifo(path)


def folder(path: Path, root: Path) -> None:
    path.mkdir()
    (path / "x").write_text(SECRET, "utf-8")


def listener(path: Path, root: Path) -> None:
    here = Path.cwd()
    os.chdir(path.parent)  # a socket's path may not be long
    try:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind(path.name)
    finally:
        os.chdir(here)


def huge(path: Path, root: Path) -> None:
    with path.open("wb") as file:
        file.truncate(3_000_000_000)  # takes no room: nothing is written in it


KINDS: tuple[Callable[[Path, Path], None], ...] = (link, endless, pipe, folder, listener, huge)


@contextmanager
def patience(seconds: int) -> Iterator[None]:
    """Breaks off what does not come to an end."""

    def over(number: int, frame: FrameType | None) -> None:
        raise TimeoutError("it waits for ever")

    before = signal.signal(signal.SIGALRM, over)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


@pytest.mark.parametrize("kind", workplace.FILES)
@pytest.mark.parametrize("put", KINDS, ids=[put.__name__ for put in KINDS])
def test_what_is_no_ordinary_file_is_refused(
    kind: str, put: Callable[[Path, Path], None], place: Path
) -> None:
    path = place / workplace.FILES[kind]
    path.unlink()
    put(path, place)
    if kind == "png":
        profile = place / workplace.FILES["profil"]
        profile.write_text(
            profile.read_text("utf-8").replace("logotyp.svg", "logotyp.png"), "utf-8"
        )
    codes = []
    for command in commands(kind, Random(1)):
        with patience(60):
            ended = inside.run(*command, cwd=place)
        assert not ended.fault, f"{command}: {ended.fault}"
        assert SECRET not in ended.out + ended.err
        codes.append(ended.code)
    assert {1, 2} & set(codes), f"{codes}: it was taken for a file"


@pytest.mark.parametrize("kind", workplace.FILES)
def test_a_folder_that_is_a_link_is_not_followed(kind: str, place: Path) -> None:
    if "/" not in workplace.FILES[kind]:
        return
    inner = (place / workplace.FILES[kind]).parent
    elsewhere = place.parent / "annanstans"
    shutil.move(inner, elsewhere)
    for path in [path for path in elsewhere.rglob("*") if path.suffix in {".yaml", ".svg"}]:
        path.write_text(path.read_text("utf-8") + f"\n# {SECRET}: {SECRET} <\n", "utf-8")
    inner.symlink_to(elsewhere)
    codes = []
    for command in commands(kind, Random(1)):
        ended = inside.run(*command, cwd=place)
        assert not ended.fault, f"{command}: {ended.fault}"
        assert SECRET not in ended.out + ended.err
        codes.append(ended.code)
    assert {1, 2, 3} & set(codes), f"{codes}: the link was followed"


WRITES = {
    "ut": ["render", "--format", "html"],
    "ut/exempel-bilaga.html": ["render", "--format", "html"],
    "ut/exempel-bilaga.json": ["render", "--format", "json"],
    "catalogue/kommuner/exempel/ändringslogg.md": workplace.DECIDE,
    "catalogue/kommuner/exempel/beslut": workplace.DECIDE,
    "catalogue/kommuner/exempel/beslut/2025-10-01.yaml": [
        "decide",
        "exempel",
        "--datum",
        "2025-10-01",
        "--paragraf",
        "§ 2",
        "--dnr",
        "x",
    ],
    "insatskoll-baslinje.json": ["lint", "--write-baseline"],
    "catalogue/kommuner/exempel/insatser/samtal.yaml": ["lint", "--fix"],
    "catalogue/kommuner/exempel/insatser": ["lint", "--fix"],
    "catalogue/regler": ["new", "regel", "KOM002", "--namn", "Ny"],
    "catalogue/regler/KOM002.yaml": ["new", "regel", "KOM002", "--namn", "Ny"],
}


@pytest.mark.parametrize("name", WRITES)
def test_nothing_is_written_through_a_link(name: str, place: Path) -> None:
    samtal = place / workplace.FILES["insats"]
    samtal.write_text(
        samtal.read_text("utf-8").replace("Mindre oro.", "Mindre\u200b oro."), "utf-8"
    )
    path, victim = place / name, place.parent / "offer"
    if path.is_dir() or "." not in path.name:
        if path.exists():
            shutil.move(path, victim)
        else:
            victim.mkdir()
    else:
        path.parent.mkdir(exist_ok=True)
        if path.exists():
            shutil.move(path, victim)
        else:
            victim.write_text("rör mig inte\n", "utf-8")
    path.symlink_to(victim)
    before = contents(victim)
    ended = inside.run(*WRITES[name], cwd=place)
    assert not ended.fault, ended.fault
    assert contents(victim) == before
    assert ended.code == 2, ended.out + ended.err


def contents(path: Path) -> dict[str, bytes]:
    """Every file at or below ``path`` with its bytes."""
    found = [path] if path.is_file() else [inner for inner in path.rglob("*") if inner.is_file()]
    return {str(inner): inner.read_bytes() for inner in found}
