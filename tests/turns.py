"""Runs the tests in as many processes as there are processors: each takes the next file that no
other has taken.

``python -m tests.turns`` is what ``make test`` does; what else it is given goes to pytest. No
process reads more files than it runs, and none has to tell another of each test: with pytest-xdist
that takes a tenth of the time. What takes the longest is begun first.
"""

from __future__ import annotations

import compileall
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
OPTION = "--turas"
# Those that take so long that the others would wait for them at the end.
LONGEST = (
    "test_rules.py", "fuzz/test_kill.py", "test_document.py", "test_layouts.py",
    "test_own_rules.py", "test_templates.py", "fuzz/test_bombs.py", "test_tracked.py",
    "test_mutants.py", "test_schema.py", "test_names.py", "test_importing_printed.py",
    "test_lsp.py", "test_claims.py", "test_wheel.py", "test_validators.py", "test_git_hostile.py",
    "test_profile.py", "test_sides.py", "test_glyphs.py",
)  # fmt: skip


def compile_program() -> None:
    """Each process that a test starts would else compile the program for itself, ten times what it
    takes to start, where Python keeps nothing that it compiles (PYTHONDONTWRITEBYTECODE)."""
    compileall.compile_dir(TESTS.parent / "src", quiet=2)


def files() -> list[Path]:
    """All files of tests, in the order that they are begun."""
    first = {TESTS / name: number for number, name in enumerate(LONGEST)}
    return sorted(TESTS.rglob("test_*.py"), key=lambda path: (first.get(path, len(first)), path))


def processors() -> int:
    """How many there are to use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Turns:
    """The turns of one process. A file is taken by whoever makes its folder in ``taken``."""

    def __init__(self, taken: Path) -> None:
        self._taken = taken

    def __iter__(self) -> Iterator[Path]:
        for number, path in enumerate(files()):
            try:
                (self._taken / str(number)).mkdir()
            except FileExistsError:
                continue
            yield path

    def pytest_collection(self, session: pytest.Session) -> bool:
        """Nothing is read before its turn has come."""
        session.items = []
        return True

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """As pytest's own, a file at a time."""
        number = 0
        for path in self:
            number += len(session.perform_collect([str(path)]))
            if session.items:
                self._tell(session, path)
            for item, following in zip_longest(session.items, session.items[1:]):
                item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
                if session.shouldfail:
                    raise session.Failed(session.shouldfail)
                if session.shouldstop:
                    raise session.Interrupted(session.shouldstop)
        session.testscollected = number
        return True

    @staticmethod
    def _tell(session: pytest.Session, path: Path) -> None:
        reporter = session.config.pluginmanager.get_plugin("terminalreporter")
        assert reporter is not None
        reporter.ensure_newline()
        reporter.write(f"{path.relative_to(TESTS).as_posix()} ")


def _started(taken: str, arguments: list[str], number: int) -> tuple[subprocess.Popen[str], Path]:
    """One of the processes, and the file that it writes to: the first one writes to the
    terminal."""
    told = Path(taken) / f"utskrift {number}"
    command = [sys.executable, "-m", "pytest", f"{OPTION}={taken}"]
    command += ["-o", "console_output_style=classic", *arguments]
    with told.open("w", encoding="utf-8") as output:
        where = output if number else None
        return subprocess.Popen(
            command, cwd=TESTS.parent, stdout=where, stderr=where, encoding="utf-8"
        ), told


def main(arguments: list[str]) -> int:
    """Runs all tests, and tells how they went; 0 if they all did well."""
    compile_program()
    with tempfile.TemporaryDirectory() as taken:
        started = [_started(taken, arguments, number) for number in range(processors())]
        codes = [process.wait() for process, _ in started]
        for _, told in started[1:]:
            sys.stdout.write(told.read_text("utf-8"))
    nothing_left = pytest.ExitCode.NO_TESTS_COLLECTED
    return max(0 if code == nothing_left else code for code in codes)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
