"""Lints municipalities in several processes at once, where the computer can copy a running one.

Each is told as they become known which municipalities came before and what they have, and sends
rows back (see :mod:`insatskoll.lint.rows`). A municipality whose neighbour was still being linted
may have been answered without it: who uses the answers compares ``Outcome.said`` with what is true.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection, wait
from pathlib import Path

from insatskoll.law.predicates import Neighbours
from insatskoll.law.predicates.registry import Held
from insatskoll.lint import rows
from insatskoll.lint.report import Outcome
from insatskoll.lint.run import Lint

MOST = 4  # processes
_AT_ONCE = 2  # municipalities that a process is given
Known = Sequence[tuple[int, Held]]  # what municipalities have, by their place in the run


def useful() -> int:
    """How many processes there is use for; one where a running process is not copied."""
    if sys.platform != "linux":
        return 1
    return min(len(os.sched_getaffinity(0)), MOST)


class _Guessed:
    """What is known so far of who has what first, which becomes known in any order. The places
    asked of only grow."""

    def __init__(self, known: Known) -> None:
        self.neighbours = Neighbours()
        self.first: dict[object, int] = {}  # the place of whoever has a thing first
        self.later = sorted(known, key=lambda one: one[0], reverse=True)

    def note(self, place: int, held: Held) -> None:
        """Notes what the municipality at ``place`` has."""
        for table, key, name in self.neighbours.entries(held):
            if place < self.first.get(key, place + 1):
                self.first[key] = place
                table[key] = name

    def before(self, place: int) -> Neighbours:
        """Those known that come before ``place``."""
        while self.later and self.later[-1][0] < place:
            self.note(*self.later.pop())
        return self.neighbours


def linted(
    folders: Mapping[int, Path], lint: Lint, known: Known, processes: int
) -> Iterator[tuple[int, Outcome]]:
    """What ``lint`` finds in each of ``folders``, by its place in the run, as they become ready.

    ``known`` are the municipalities that need not be linted. A process that ends before it is done
    leaves its municipalities out.
    """
    waiting = sorted(folders)
    with _started(processes, folders, lint, known) as idle:
        news: dict[Connection, list[tuple[int, Held]]] = {process: [] for process in idle}
        busy: list[Connection] = []
        while waiting or busy:
            while waiting and idle:
                process = idle.pop()
                given, waiting = waiting[:_AT_ONCE], waiting[_AT_ONCE:]
                with suppress(OSError):
                    process.send((given, news[process]))
                    news[process] = []
                    busy.append(process)
            if not busy:
                return
            ready = wait(busy)
            for process in [end for end in busy if end in ready]:
                busy.remove(process)
                try:
                    answers: list[tuple[int, object]] = process.recv()
                except (EOFError, OSError):
                    continue
                idle.append(process)
                for place, row in answers:
                    outcome = rows.outcome(row, folders[place])
                    if outcome.held is not None:
                        for told in news.values():
                            told.append((place, outcome.held))
                    yield place, outcome


@contextmanager
def _started(
    number: int, folders: Mapping[int, Path], lint: Lint, known: Known
) -> Iterator[list[Connection]]:
    copying = multiprocessing.get_context("fork")
    processes, ends = [], []
    try:
        for _ in range(number):
            ours, theirs = copying.Pipe()
            ends.append(ours)
            process = copying.Process(
                target=_work, args=(theirs, list(ends), folders, lint, known), daemon=True
            )
            process.start()
            theirs.close()
            processes.append(process)
        yield list(ends)
    finally:
        for end in ends:
            end.close()
        for process in processes:
            process.join(1)
            process.kill()


def _work(
    end: Connection,
    others: Sequence[Connection],
    folders: Mapping[int, Path],
    lint: Lint,
    known: Known,
) -> None:
    """What a process does until nothing more is sent to it."""
    for other in others:  # of the process that was copied: held open here, they would never end
        other.close()
    guessed = _Guessed(known)
    with suppress(EOFError, OSError, KeyboardInterrupt):
        while True:
            given, news = end.recv()
            for told in news:
                guessed.note(*told)
            answers = []
            for place in given:
                outcome = lint(folders[place], guessed.before(place))
                if outcome.held is not None:
                    guessed.note(place, outcome.held)
                answers.append((place, rows.row(outcome, folders[place])))
            end.send(answers)
