"""Prints how quick the program is on the machine at hand, as ratios to others that run at the same
time.

python tools/bench [--times N] [--without-slow] [--copies N] [--output FIL]

The country is made in a new folder, and the peers are installed in one of their own (``--peers``,
kept between runs).
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import country
import peers
import table
from measuring import Asked, Spent, best, memory


@dataclass(frozen=True)
class Bench:
    """Where it is measured: the ``peers``' folder, one with the ``land``, and one for what the
    program keeps."""

    peers: Path
    land: Path
    kept: Path
    times: int

    @property
    def environment(self) -> dict[str, str]:
        """As a user's, but for where things are kept."""
        left_out = {"PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED", "FORCE_COLOR"}
        return {k: v for k, v in os.environ.items() if k not in left_out} | {
            "XDG_CACHE_HOME": str(self.kept)
        }

    def forget(self) -> None:
        """Lets the program know nothing from before."""
        shutil.rmtree(self.kept, ignore_errors=True)

    def own(self, *arguments: str, before: Callable[[], object] = lambda: None) -> Asked:
        """A run of the program."""
        return Asked([peers.own(self.peers), *arguments], before)

    def best(self, *asked: Asked, times: int = 1) -> list[Spent]:
        """What each takes at its best."""
        return best(asked, self.land, self.environment, self.times * times)

    def once(self, asked: Asked) -> Spent:
        """What it takes the first time."""
        return best([asked], self.land, self.environment, 1)[0]


def country_rows(bench: Bench, copies: int, slow: bool) -> list[table.Row]:
    """The country: beside ajv-cli, and, if there is time, beside the two in Python."""
    peer = Asked(peers.ajv(bench.peers))
    ajv, cold = bench.best(peer, bench.own("lint", before=bench.forget))
    bench.forget()
    held = memory([peers.own(bench.peers), "lint"], bench.land, bench.environment)
    bench.once(bench.own("lint"))
    quick, warm = bench.best(peer, bench.own("lint"))
    unchanged, changed = bench.best(
        bench.own("lint"), bench.own("lint", before=country.change_one(bench.land))
    )
    rows = [
        table.Row("Landet, första gången", cold, cold.seconds / ajv.seconds, "ajv-cli", 2),
        table.Row("Landet, inget ändrat", warm, warm.seconds / quick.seconds, "ajv-cli", 0.3),
        table.Row(
            "Landet, en fil ändrad",
            changed,
            changed.seconds / unchanged.seconds,
            "inget ändrat",
            None,
        ),
    ]
    if slow:
        slowly = [peers.check_jsonschema(bench.peers, bench.land), peers.yamllint(bench.peers)]
        others = sum(bench.once(Asked(command)).seconds for command in slowly)
        rows.append(
            table.Row(
                "Landet, första gången",
                cold,
                cold.seconds / others,
                "check-jsonschema och yamllint",
                1 / 40,
            )
        )
    rows.append(table.Row("Landet, minne", cold, held / 1_000_000, "MB", 200))
    country.make(bench.land, copies, copies)
    twice = bench.once(bench.own("lint", before=bench.forget))
    return [
        *rows,
        table.Row(
            "Dubbelt så många filer", twice, twice.work / cold.work, "landet, processortid", 2.2
        ),
    ]


def one_rows(bench: Bench) -> list[table.Row]:
    """One municipality, beside the bare interpreter."""
    bare = Asked([peers.bare(bench.peers), "-c", "pass"])
    bench.once(bench.own("lint", "uppsala"))  # now the files are in the disk's memory
    base, first = bench.best(bare, bench.own("lint", "uppsala", before=bench.forget), times=4)
    bench.once(bench.own("lint", "uppsala"))
    asked = [
        bench.own("lint", "uppsala"),
        bench.own("diff", "--kommun", "uppsala"),
        bench.own("--help"),
    ]
    unchanged, *others = bench.best(bare, *asked, times=4)
    named = ("En kommun, inget ändrat", 12), ("Diff av en kommun", 16), ("--help", 6)
    return [
        table.Row(
            "En kommun, första gången", first, first.seconds / base.seconds, "python -c pass", 20
        ),
        *(
            table.Row(name, spent, spent.seconds / unchanged.seconds, "python -c pass", most)
            for (name, most), spent in zip(named, others, strict=True)
        ),
    ]


def main() -> int:
    """Measures and prints; 0 whatever the figures are."""
    wanted = argparse.ArgumentParser(prog="python tools/bench")
    wanted.add_argument("--times", type=int, default=5)
    wanted.add_argument("--copies", type=int, default=country.COPIES)
    wanted.add_argument("--without-slow", action="store_true")
    wanted.add_argument("--peers", type=Path, default=peers.ROOT / "ut" / "bench")
    wanted.add_argument("--output", type=Path)
    given = wanted.parse_args()
    given.peers.mkdir(parents=True, exist_ok=True)
    peers.install(given.peers)
    with (
        tempfile.TemporaryDirectory() as one,
        tempfile.TemporaryDirectory() as land,
        tempfile.TemporaryDirectory() as kept,
    ):
        country.make_one(Path(one))
        rows = one_rows(Bench(given.peers, Path(one), Path(kept), given.times))
        files = country.make(Path(land), given.copies)
        rows += country_rows(
            Bench(given.peers, Path(land), Path(kept), given.times),
            given.copies,
            not given.without_slow,
        )
    told = table.told(rows, files, peers.versions(given.peers))
    sys.stdout.write(told)
    if given.output:
        given.output.write_text(told, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
