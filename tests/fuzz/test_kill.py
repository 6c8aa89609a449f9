"""Killed, refused by the disk, two at once, and an editor that saves: no file is half, and nobody's
text is lost."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from insatskoll.catalogue import loading
from tests.catalogues import ROOT, write_kommun
from tests.decisions import INFORMATION, insats
from tests.fuzz.effort import chance, rounds
from tests.fuzz.interrupted import Program

ERRORS = [
    errno.ENOSPC,
    errno.EDQUOT,
    errno.EFBIG,
    errno.EIO,
    errno.EROFS,
    errno.EACCES,
    errno.EPERM,
]
CHANGES = "# Ändringslogg\n\nNågons egna rader.\n"
LOG = "catalogue/kommuner/exempel/ändringslogg.md"
COMMANDS = {
    "decide": [
        "decide",
        "exempel",
        "--datum",
        "2025-10-20",
        "--paragraf",
        "§ 5",
        "--dnr",
        "SN 2025/1",
    ],
    "fix": ["lint", "--fix"],
    "render": ["render", "exempel", "--format", "html", "--format", "json"],
    "baseline": ["lint", "--write-baseline"],
    "new": ["new", "regel", "EX001", "--namn", "Mötesplats utan syfte"],
}
# The file of people's that each command changes, if any.
TEXTS = {
    "decide": LOG,
    "fix": "catalogue/kommuner/exempel/insatser/samtal.yaml",
    "baseline": "insatskoll-baslinje.json",
}

Files = dict[str, bytes]


@pytest.fixture(scope="module")
def program() -> Iterator[Program]:
    with Program(ROOT) as started:
        yield started
    print(f"\n{started.runs} körningar, {started.kills} dödade")  # pytest -s shows it


def make(root: Path) -> Path:
    """A catalogue of two municipalities, with something for every command to do."""
    for name in ("exempel", "annan"):
        zero = "\N{ZERO WIDTH SPACE}"
        insatser = {
            "samtal": insats("Samtal vid oro", innehåll=f"Sam{zero}tal."),
            "café": insats("Öppet café", innehåll=f"Fi{zero}ka."),
        }
        write_kommun(
            root / "catalogue" / "kommuner" / name,
            insatser,
            INFORMATION | {"namn": f"{name.capitalize()} kommun"},
        )
    (root / LOG).write_text(CHANGES, "utf-8")
    return root


def files(root: Path) -> Files:
    """The files that are somebody's, and their content."""
    found = {
        str(path.relative_to(root)): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }
    return {
        name: data for name, data in found.items() if not Path(name).name.startswith(".insatskoll-")
    }


def left(root: Path) -> list[Path]:
    return list(root.rglob(".insatskoll-*"))


class Trial:
    """A command, what it starts from and what it should end in, and how many operations on files it
    makes."""

    def __init__(self, program: Program, name: str, tmp_path: Path) -> None:
        self.program = program
        self.name = name
        self.base = make(tmp_path / "från")
        self.before = files(self.base)
        self._tmp_path = tmp_path
        self._number = 0
        (done,) = self.run(root := self.fresh())
        assert done["code"] == 0, done
        self.after, self.steps = files(root), done["steps"]
        assert self.after != self.before and self.steps > 3 and left(root) == []

    def fresh(self) -> Path:
        self._number += 1
        return Path(shutil.copytree(self.base, self._tmp_path / f"försök-{self._number}"))

    def run(self, root: Path, **more: Any) -> list[dict[str, Any]]:
        return self.program.run({"cwd": str(root), "arguments": COMMANDS[self.name]} | more)

    def places(self, short: int) -> list[int]:
        """The operations to try at: as many as there is time for, and all of them in a long run."""
        number = rounds(short)
        every = range(1, self.steps + 1)
        return (
            list(every)
            if number >= self.steps
            else sorted(chance(self.name, short).sample(every, number))
        )

    def check_whole(self, root: Path) -> None:
        """No file is anything but what it was before or what it should become."""
        for name, data in files(root).items():
            assert data in (self.before.get(name), self.after.get(name)), (
                f"{self.name}: {name} is half"
            )
        assert self.before.keys() <= files(root).keys(), f"{self.name}: a file is gone"

    def check_again(self, root: Path) -> None:
        """The same command makes what is missing, and removes what was on the way."""
        (again,) = self.run(root)
        done = self.name in ("decide", "new") and "finns redan" in again["err"]
        assert again["code"] == 0 or done, again
        assert files(root) == self.after
        if not done and self.name not in ("fix",):
            assert left(root) == []


@pytest.fixture(params=COMMANDS)
def trial(request: pytest.FixtureRequest, program: Program, tmp_path: Path) -> Trial:
    return Trial(program, request.param, tmp_path)


def test_killed_between_any_two_operations(trial: Trial) -> None:
    for at in trial.places(7):
        (done,) = trial.run(root := trial.fresh(), plan={"what": "kill", "at": at})
        assert done["code"] == -9, done
        trial.check_whole(root)
        trial.check_again(root)


def test_killed_at_any_moment(trial: Trial) -> None:
    for number in range(rounds(2)):
        delay = chance(f"moment {trial.name}", number).uniform(0, 0.3)
        trial.run(root := trial.fresh(), kill_after=delay)
        trial.check_whole(root)
        trial.check_again(root)


def test_what_the_disk_refuses_leaves_everything(trial: Trial) -> None:
    for at in trial.places(6):
        number = chance(trial.name, at).choice(ERRORS)
        (done,) = trial.run(
            root := trial.fresh(), plan={"what": "error", "at": at, "errno": number}
        )
        if done["code"] == 0:  # it was about something that only was on the way
            assert files(root) == trial.after
            continue
        assert (done["code"], done["err"].count("\n")) == (2, 1), done
        assert "Inget har skrivits." in done["err"], done
        assert files(root) == trial.before


@pytest.mark.parametrize("how", ["save", "save by renaming"])
@pytest.mark.parametrize("name", TEXTS)
def test_an_editor_that_saves_meanwhile_keeps_its_text(
    name: str, how: str, program: Program, tmp_path: Path
) -> None:
    trial = Trial(program, name, tmp_path)
    if name == "baseline":  # one that is there already
        (trial.base / TEXTS[name]).write_text('{"version": 1, "findings": []}\n', "utf-8")
    for at in trial.places(6):
        root = trial.fresh()
        file = root / TEXTS[name]
        text = (file.read_text("utf-8") if file.exists() else "") + "\n# det som editorn sparade\n"
        (done,) = trial.run(root, plan={"what": how, "at": at, "file": str(file), "text": text})
        assert "det som editorn sparade" in file.read_text("utf-8"), (at, done)
        if done["code"] != 0:
            assert (done["code"], done["err"].count("\n")) == (
                2,
                1,
            ) and "Inget har skrivits." in done["err"], done
            written = {path: data for path, data in files(root).items() if path != TEXTS[name]}
            assert written == {
                path: data for path, data in trial.before.items() if path != TEXTS[name]
            }


def decide(root: Path, kommun: str = "exempel", **options: str) -> dict[str, Any]:
    given = {"datum": "2025-10-20", "paragraf": "§ 5", "dnr": "SN 2025/1"} | options
    arguments = [word for name, value in given.items() for word in (f"--{name}", value)]
    return {"cwd": str(root), "arguments": ["decide", kommun, *arguments]}


def test_two_decisions_at_once(program: Program, tmp_path: Path) -> None:
    for number in range(rounds(3)):
        root = make(tmp_path / str(number))
        first, second = program.run(decide(root), decide(root, paragraf="§ 22"))
        assert sorted((first["code"], second["code"])) == [0, 2], (
            "both say that the one file is theirs, or neither"
        )
        (beslut,) = loading.load_kommun(root / "catalogue" / "kommuner" / "exempel").beslut
        won = "§ 5" if first["code"] == 0 else "§ 22"
        assert beslut.data["beslut"]["paragraf"] == won
        text = (root / LOG).read_text("utf-8")
        assert (text.count("## "), won in text, "Någons egna rader." in text) == (1, True, True)


def test_two_municipalities_decide_at_once(program: Program, tmp_path: Path) -> None:
    for number in range(rounds(3)):
        root = make(tmp_path / str(number))
        assert [one["code"] for one in program.run(decide(root), decide(root, "annan"))] == [0, 0]
        logs = [path.read_text("utf-8") for path in root.rglob("ändringslogg.md")]
        assert [text.count("## 2025-10-20 § 5") for text in logs] == [1, 1]
        assert len(list(root.rglob("beslut/2025-10-20.yaml"))) == 2


def test_two_decisions_of_different_days_at_once_form_no_fork(
    program: Program, tmp_path: Path
) -> None:
    for number in range(rounds(2)):
        root = make(tmp_path / str(number))
        done = program.run(decide(root), decide(root, datum="2025-11-20"))
        assert sorted(one["code"] for one in done) == [0, 2], (
            "nothing has changed since the one that came first"
        )
        assert len(list(root.rglob("beslut/*.yaml"))) == 1


@pytest.mark.parametrize("name", ["render", "fix", "baseline"])
def test_two_of_the_same_at_once(name: str, program: Program, tmp_path: Path) -> None:
    trial = Trial(program, name, tmp_path)
    for _ in range(rounds(2)):
        root = trial.fresh()
        both = program.run(*[{"cwd": str(root), "arguments": COMMANDS[name]}] * 2)
        assert any(one["code"] == 0 for one in both)
        for one in both:
            assert one["code"] == 0 or "Inget har skrivits." in one["err"], one
        assert files(root) == trial.after and left(root) == []
