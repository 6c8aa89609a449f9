"""Runs a command in a process of its own and measures the whole of it: time, work and memory."""

from __future__ import annotations

import os
import subprocess
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter


@dataclass(frozen=True)
class Spent:
    """What a command took: ``seconds`` by the clock, ``work`` in seconds of processor, and
    ``code``, how it ended."""

    seconds: float
    work: float
    code: int

    def __add__(self, other: Spent) -> Spent:
        return Spent(
            self.seconds + other.seconds, self.work + other.work, max(self.code, other.code)
        )


def once(command: Sequence[str], cwd: Path, environment: Mapping[str, str]) -> Spent:
    """Runs ``command`` once. What it prints goes to a file, as in a build server's log."""
    with (cwd / "utskrift.txt").open("wb") as output:
        start = perf_counter()
        process = subprocess.Popen(command, cwd=cwd, env=environment, stdout=output, stderr=output)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    return Spent(seconds, usage.ru_utime + usage.ru_stime, process.returncode)


@dataclass(frozen=True)
class Asked:
    """A command to measure; ``before`` each time something is made ready."""

    command: Sequence[str]
    before: Callable[[], object] = lambda: None


def best(
    asked: Sequence[Asked], cwd: Path, environment: Mapping[str, str], times: int
) -> list[Spent]:
    """The quickest of several runs of each. They take turns, so that what else the machine does
    disturbs all alike."""
    found: list[list[Spent]] = [[] for _ in asked]
    for _ in range(times):
        for spent, one in zip(found, asked, strict=True):
            one.before()
            spent.append(once(one.command, cwd, environment))
    return [min(spent, key=lambda one: one.seconds) for spent in found]


def memory(command: Sequence[str], cwd: Path, environment: Mapping[str, str]) -> int:
    """The most that ``command`` and the processes it starts have had in memory at once, in
    bytes. Linux only."""
    most = 0
    done = threading.Event()
    with (cwd / "utskrift.txt").open("wb") as output:
        process = subprocess.Popen(command, cwd=cwd, env=environment, stdout=output, stderr=output)

        def watch() -> None:
            nonlocal most
            while not done.wait(0.05):
                most = max(most, sum(map(_held, _family(process.pid))))

        watcher = threading.Thread(target=watch)
        watcher.start()
        process.wait()
        done.set()
        watcher.join()
    return most


def _family(pid: int) -> list[int]:
    """A process and all that have been started by it."""
    family = [pid]
    for parent in family:
        try:
            for task in Path(f"/proc/{parent}/task").iterdir():
                family += map(int, (task / "children").read_text().split())
        except OSError:  # it has ended
            continue
    return family


def _held(pid: int) -> int:
    """The memory of one process; what it shares with others is counted by its share."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))
