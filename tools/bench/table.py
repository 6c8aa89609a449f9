"""The table that ``make bench`` prints, and that docs/hastighet.md keeps."""

from __future__ import annotations

import os
import platform
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from measuring import Spent


@dataclass(frozen=True)
class Row:
    """What was measured, what it took, its ratio to something else, and the most that it may be
    (None: nothing is asked)."""

    what: str
    spent: Spent
    ratio: float
    beside: str
    most: float | None


def told(rows: Sequence[Row], files: int, versions: Mapping[str, str]) -> str:
    """The page: how it was measured, the machine, and the table."""
    listed = "\n".join(map(_row, rows))
    others = ", ".join(f"{name} {version}" for name, version in versions.items())
    return f"""\
# Hastighet

Skriven av `make bench`. Hela processer mäts, från start till slut, det bästa av flera försök. Det
som går att jämföra mellan datorer är kvoterna: varje program mäts bredvid de andra i samma körning.
Landet är de fem kommunerna i katalogen kopierade till {files} filer, var och en ändrad så att ingen
är lik en annan. ajv-cli och check-jsonschema prövar bara insatserna mot schemat, och yamllint bara
hur filerna är skrivna.

Dator: {_machine()}. {others}.

| vad | sekunder | processortid | kvot | jämfört med | mål |
| --- | ---: | ---: | ---: | --- | ---: |
{listed}
"""


def _row(row: Row) -> str:
    most = "–" if row.most is None else f"≤ {_figure(row.most)}"
    spent = f"{_figure(row.spent.seconds)} | {_figure(row.spent.work)}"
    return f"| {row.what} | {spent} | {_figure(row.ratio)} | {row.beside} | {most} |"


def _figure(number: float) -> str:
    told = f"{number:.0f}" if number >= 100 else f"{number:.3g}"
    return told.replace(".", ",")


def _machine() -> str:
    model = platform.processor() or platform.machine()
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
        model = next(
            (line.partition(": ")[2] for line in lines if line.startswith("model name")), model
        )
    except OSError:
        pass
    python = platform.python_version()
    return f"{os.cpu_count()} kärnor ({model}), {platform.system()}, Python {python}"
