"""What a pull request can grow: twice as much of it may cost about twice as much, and never four
times."""

from __future__ import annotations

import gc
import math
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from insatskoll.catalogue import canonical
from tests.catalogues import INSATS, write_kommun
from tests.fuzz import inside
from tests.fuzz.effort import rounds
from tests.fuzz.workplace import KOMMUN

TRIES = 6
LEAST = 0.1  # seconds: what is less is lost in the noise
# times the cost, where the input is doubled: twice is linear, four times is quadratic
TOLERATED = 3.4
LINT = ("lint",)


@dataclass(frozen=True)
class Bomb:
    """Something that grows: ``write`` writes ``n`` of it into a municipality's folder, and
    ``command`` reads it."""

    write: Callable[[Path, int], None]
    size: int
    command: tuple[str, ...] = LINT


def insats(folder: Path, data: dict[str, Any], name: str = "samtal") -> None:
    (folder / "insatser" / f"{name}.yaml").write_text(canonical.to_be_read(INSATS | data), "utf-8")


def kommun(folder: Path, data: dict[str, Any]) -> None:
    (folder / "kommun.yaml").write_text(
        canonical.to_be_read(
            KOMMUN | {"nämnd": "Socialnämnden", "avdelningar": AVDELNINGAR} | data
        ),
        "utf-8",
    )


AVDELNINGAR = [{"id": "exempel", "namn": "Exempel"}]
ENHETER = [{"id": "exempelenhet", "namn": "Exempelenheten"}]


def field(**made: Callable[[int], Any]) -> Callable[[Path, int], None]:
    """A bomb in the fields of one insats."""
    return lambda folder, n: insats(folder, {name: make(n) for name, make in made.items()})


def text(piece: str, name: str = "innehåll") -> Callable[[Path, int], None]:
    """A bomb of one text, which begins and ends with a word."""
    return field(**{name: lambda n: "Samtal" + piece * n + "slut."})


def lines(make: Callable[[int], str]) -> Callable[[Path, int], None]:
    """A bomb of ``n`` lines at the end of one insats's file."""

    def write(folder: Path, n: int) -> None:
        insats(folder, {})
        with (folder / "insatser" / "samtal.yaml").open("a", encoding="utf-8") as file:
            file.writelines(f"{make(i)}\n" for i in range(n))

    return write


def common(name: str, make: Callable[[int], Any]) -> Callable[[Path, int], None]:
    """A bomb in one list of kommun.yaml."""
    return lambda folder, n: kommun(folder, {name: [make(i) for i in range(n)]})


def files(make: Callable[[int], dict[str, Any]]) -> Callable[[Path, int], None]:
    """A bomb of ``n`` insatser."""

    def write(folder: Path, n: int) -> None:
        for i in range(n):
            insats(folder, make(i), f"insats-{i}")

    return write


def stray(folder: Path, n: int) -> None:
    for i in range(n):
        (folder / "insatser" / f"glömd-{i}.yml").write_text("namn: Glömd\n", "utf-8")


def unknown_units(folder: Path, n: int) -> None:
    kommun(folder, {"enheter": [{"id": f"enhet-{i}", "namn": f"Enheten {i}"} for i in range(n)]})
    insats(folder, {"utförare": {"enheter": [f"okänd-{i}" for i in range(n)]}})


def unknown_chapters(folder: Path, n: int) -> None:
    kommun(
        folder,
        {
            "avdelningar": [
                {"id": f"avdelning-{i}", "namn": f"Avdelning {i}"} for i in range(n * 10)
            ]
        },
    )
    files(lambda i: {"namn": f"Samtal {i}", "avdelning": f"okänd-{i}"})(folder, n)


def unknown_insatser(folder: Path, n: int) -> None:
    files(lambda i: {"namn": f"Samtal {i}"})(folder, n)
    kommun(
        folder,
        {
            "avdelningar": [
                {
                    "id": "exempel",
                    "namn": "Exempel",
                    "insatser": [f"okänd-{i}" for i in range(n * 10)],
                }
            ]
        },
    )


def known(folder: Path, n: int) -> None:
    one = (
        '{"file": "exempel/insatser/samtal.yaml", "rule": "IK301", "dataPath": "namn", '
        '"fingerprint": "%064x"}'
    )
    found = ",".join(one % i for i in range(n))
    (folder.parents[2] / "insatskoll-baslinje.json").write_text(
        f'{{"version": 1, "findings": [{found}]}}', "utf-8"
    )


WAIVER = {"regel": "IK204", "motivering": "Beslutet utreds till nästa revidering av bilagan."}
BOMBS = {
    # Fields and values that are wrong.
    "okända fält": Bomb(lines(lambda i: f"okänt_fält_{i}: x"), 2000),
    "felstavade fält": Bomb(lines(lambda i: f"innehål{i}: x"), 2000),
    "dubbla fält": Bomb(lines(lambda i: "syfte: x"), 2000),
    "fel värden i en lista": Bomb(field(form=lambda n: [f"grupper{i}" for i in range(n)]), 2000),
    "fel villkor": Bomb(
        field(villkor=lambda n: [{"typ": "ålderr", "x": i} for i in range(n)]), 1000
    ),
    "fel slags värden": Bomb(
        field(remiss_från=lambda n: [{"x": i} for i in range(n)], ingång=lambda n: "remiss"), 1000
    ),
    "hänvisningar till enheter som inte finns": Bomb(
        field(utförare=lambda n: {"enheter": [f"enhet-{i}" for i in range(n)]}), 150
    ),
    "okända enheter bland många": Bomb(unknown_units, 150),
    "okända avdelningar bland många": Bomb(unknown_chapters, 15),
    "okända insatser bland många": Bomb(unknown_insatser, 15),
    # Lists that are right.
    "villkor": Bomb(
        field(
            villkor=lambda n: [
                {"typ": "annat", "beskrivning": f"Den som vill {i}."} for i in range(n)
            ]
        ),
        400,
    ),
    "delar": Bomb(
        field(delar=lambda n: [{"namn": f"Del {i}", "karaktär": "stöd"} for i in range(n + 1)]), 100
    ),
    "avdelningar": Bomb(
        common("avdelningar", lambda i: {"id": f"avdelning-{i}", "namn": f"Avdelning {i}"}), 150
    ),
    "enheter": Bomb(common("enheter", lambda i: {"id": f"enhet-{i}", "namn": f"Enheten {i}"}), 150),
    "en enhet många gånger": Bomb(
        common("enheter", lambda i: {"id": "enhet", "namn": f"Enheten {i}"}), 100
    ),
    "riktlinjer": Bomb(
        common(
            "riktlinjer", lambda i: {"rubrik": f"Rubrik {i}", "text": "Stödet är lika för alla."}
        ),
        500,
    ),
    "uppföljning": Bomb(common("uppföljning", lambda i: f"antalet deltagare {i}"), 500),
    "godtagna avvikelser i en fil": Bomb(field(avvikelser=lambda n: [WAIVER] * n), 1000),
    "godtagna avvikelser i alla filer": Bomb(
        files(lambda i: {"namn": f"Samtal {i}", "avvikelser": [WAIVER] * 20}), 10
    ),
    # Files.
    "insatser": Bomb(
        files(lambda i: {"namn": f"Namn {i * 7919 % 9973}", "innehåll": f"Text {i}."}), 30
    ),
    "nästan lika namn": Bomb(
        files(lambda i: {"namn": f"Råd- och stödsamtal vid Exempelcentrum {i}"}), 30
    ),
    "samma innehåll": Bomb(
        files(
            lambda i: {"namn": f"N{i}", "innehåll": "Samtal om det som känns viktigt just nu. " * 8}
        ),
        25,
    ),
    "filer som inte läses": Bomb(stray, 250),
    "känt sedan förut": Bomb(known, 2000),
    # Text.
    "mellanslag": Bomb(text(" "), 8000),
    "hårda mellanslag": Bomb(text(" \u00a0"), 4000),
    "mellanslag efter ett hårt": Bomb(
        lambda folder, n: text(" ")(folder, n) or text("\u00a0" + " " * n)(folder, 1), 8000
    ),
    "streck": Bomb(text("-"), 8000),
    "citattecken": Bomb(text("”x "), 4000),
    "parenteser": Bomb(text("("), 8000),
    "siffror": Bomb(text("1"), 8000),
    "åldrar": Bomb(text(" 13–15 år,"), 1000),
    "ett långt ord": Bomb(text("a"), 8000),
    "missbruk": Bomb(text(" missbruk"), 1000),
    "stora bokstäver": Bomb(text(" Anna Svensson"), 1000),
    "meningar": Bomb(text(" Vi möts. "), 2000),
    "punkter": Bomb(text("."), 8000),
    "lagrum": Bomb(text(" 11 kap. 1 §"), 1000),
    "bilagan med en lång text": Bomb(
        text(" 1. *x* _y_ "), 2000, ("render", "--format", "html", "--format", "json")
    ),
    "namnet": Bomb(text(" ord", "namn"), 50),
}


def spent(bomb: Bomb, n: int, root: Path) -> float:
    """The processor time of the command, in seconds."""
    folder = root / "catalogue" / "kommuner" / "exempel"
    shutil.rmtree(root, ignore_errors=True)
    write_kommun(folder, {}, KOMMUN)
    bomb.write(folder, n)
    gc.collect()
    start = time.process_time()
    ended = inside.run(*bomb.command, cwd=root)
    used = time.process_time() - start
    assert not ended.fault, ended.fault
    return used


@pytest.fixture(scope="module", autouse=True)
def cleared() -> None:
    """What other tests have left on the heap would be walked again and again, and counted."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="module")
def nothing(tmp_path_factory: pytest.TempPathFactory) -> float:
    """What the command costs where there is nearly nothing to read."""
    root = tmp_path_factory.mktemp("litet") / "plats"
    return min(spent(BOMBS["riktlinjer"], 1, root) for _ in range(TRIES))


@pytest.mark.parametrize("name", BOMBS)
def test_twice_as_much_costs_about_twice(name: str, nothing: float, tmp_path: Path) -> None:
    bomb = BOMBS[name]
    size = bomb.size * min(rounds(1), 4)  # more is over the limits of a file
    best = {4 * size: math.inf, 2 * size: math.inf}
    for _ in range(TRIES):  # what else the machine does can only make it slower
        for n in tuple(best):
            best[n] = min(best[n], spent(bomb, n, tmp_path / "plats"))
            four, twice = (max(used - nothing, LEAST) for used in best.values())
            if four < TOLERATED * twice and (n != 4 * size or four < TOLERATED * LEAST):
                return
    pytest.fail(f"{name}: {', '.join(f'{n}: {used:.3f} s' for n, used in best.items())}")
