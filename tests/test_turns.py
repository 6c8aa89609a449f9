"""The files of tests are shared out: each is run, and by one process only."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests import turns


def test_each_file_is_taken_once(tmp_path: Path) -> None:
    one, other = iter(turns.Turns(tmp_path)), iter(turns.Turns(tmp_path))
    taken = [next(one), next(other), next(other), next(one), *one, *other]
    assert len(set(taken)) == len(taken)
    assert set(taken) == set(turns.files()) == set(turns.TESTS.rglob("test_*.py"))
    assert all((turns.TESTS / name).is_file() for name in turns.LONGEST)


def test_a_process_runs_what_is_left_and_nothing_else(tmp_path: Path) -> None:
    """The later file has a fixture that all share, which must be there for it too."""
    for number, path in enumerate(turns.files()):
        if path.name not in ("test_areas.py", "test_drawing.py"):
            (tmp_path / str(number)).mkdir()
    codes = []
    for _ in range(2):
        asked = ["-p", "no:cacheprovider", "-k", "test_areas or odd_sizes"]
        process, told = turns._started(str(tmp_path), asked, 1)
        codes.append(process.wait())
        for name in ("test_areas.py .", "test_drawing.py ..."):
            assert (name in told.read_text("utf-8")) is (len(codes) == 1)
    assert codes == [pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED]


@pytest.mark.parametrize(("codes", "code"), [([0, 0], 0), ([0, 1], 1), ([5, 0], 0), ([1, 5], 1)])
def test_what_fails_in_any_process_fails_all(
    codes: list[int], code: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def started(taken: str, arguments: list[str], number: int) -> tuple[object, Path]:
        told = Path(taken) / str(number)
        told.write_text(f"process {number}\n", "utf-8")
        ends = f"raise SystemExit({codes[number]})"
        return subprocess.Popen([sys.executable, "-c", ends], encoding="utf-8"), told

    monkeypatch.setattr(turns, "_started", started)
    monkeypatch.setattr(turns, "processors", lambda: 2)
    monkeypatch.setattr(turns, "compile_program", lambda: None)
    assert turns.main([]) == code
    assert capsys.readouterr().out == "process 1\n"
