"""Lints many municipalities: those that nobody knows of yet, and several at once if they are many.

What is found is the same in any case. Each municipality is told apart from its neighbours in the
order of the run, so an answer counts only if it was found beside the neighbours that it has there.
"""

from __future__ import annotations

import gc
from collections.abc import Sequence

from insatskoll.lint.remembered import Remembered
from insatskoll.lint.report import Outcome
from insatskoll.lint.run import Gathered, Lint
from insatskoll.reading.trees import Source

MANY = 40  # municipalities that take longer than it takes to start another process


def lint(
    sources: Sequence[Source],
    gathered: Gathered,
    one: Lint,
    remembered: Remembered | None,
    *,
    shared: bool,
) -> None:
    """Lints the municipalities in ``sources`` into ``gathered``; ``one`` lints one of them.

    What is ``remembered`` is not linted again. ``shared`` tells that the municipalities share
    something that only one process can have.
    """
    gc.freeze()  # what has been read until now stays until the end
    gc.set_threshold(100_000)  # what is made for a municipality is nearly all gone with it
    known = {
        place: outcome
        for place, source in enumerate(sources)
        if remembered is not None and (outcome := remembered.kept(source)) is not None
    }
    answers = known if shared else known | _at_once(sources, one, known)
    for place, source in enumerate(sources):
        outcome = answers.get(place)
        if outcome is None or not gathered.agrees(outcome):
            outcome = one(source.folder, gathered.neighbours)
        if remembered is not None and outcome is not known.get(place):
            remembered.new.append((source, outcome))
        gathered.add(outcome)


def _at_once(sources: Sequence[Source], one: Lint, known: dict[int, Outcome]) -> dict[int, Outcome]:
    """What is found in the municipalities that are not ``known``, if they are many."""
    folders = {n: source.folder for n, source in enumerate(sources) if n not in known}
    if len(folders) < MANY:
        return {}
    from insatskoll.lint import processes

    number = processes.useful()
    if number < 2:
        return {}
    held = [(place, outcome.held) for place, outcome in known.items() if outcome.held is not None]
    return dict(processes.linted(folders, one, held, number))
