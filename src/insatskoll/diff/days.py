"""What is in force on two days as the two sides of a comparison."""

from __future__ import annotations

from dataclasses import replace

from insatskoll import dates
from insatskoll.bilaga import when
from insatskoll.catalogue import checkout, in_force, loading
from insatskoll.catalogue.in_force import InForce
from insatskoll.catalogue.model import Kommun
from insatskoll.diff.home import Home
from insatskoll.diff.pairs import Pair, Side
from insatskoll.errors import NothingToCheck, UsageError


def between(first: str, second: str, home: Home) -> tuple[list[Pair], list[str]]:
    """The municipalities with what holds of their insatser on the days ``first`` and ``second``
    (ÅÅÅÅ-MM-DD), and what is to be told of those that have nothing in force on either. Those with
    the same on both days are left out, unless one was asked for.

    Raises :class:`UsageError` for what is no day, and where there is nothing in force to compare:
    on one of the days, or in any of the municipalities on both.
    """
    for day in (first, second):
        dates.check_near_date(day)
    pairs: list[Pair] = []
    lacking: list[str] = []
    compared = 0
    left_out = checkout.left_out(home.root)
    for folder in home.folders.values():
        if files := left_out.get(folder.name):
            lacking.append(f"{checkout.told(folder.name, files)}, och kommunen jämförs inte.")
            continue
        kommun = loading.usable(loading.load_kommun(folder))
        found = [in_force.on(kommun, day) for day in (first, second)]
        missing = [when.nothing(one, kommun.id) for one in found if one.revision is None]
        if len(missing) == 1:
            raise UsageError(missing[0])
        lacking += missing[:1]
        if not missing:
            old, new = (_side(kommun, one) for one in found)
            compared += 1
            if home.only is not None or old.revision != new.revision:
                pairs.append(Pair(kommun.id, old, new))
            lacking += [f"{kommun.id}: {line}" for line in _put_off(found)]
    if not home.folders:
        raise NothingToCheck("Det finns inga kommuner att jämföra.")
    if not compared:
        raise UsageError(" ".join(lacking))
    return pairs, lacking


def _side(kommun: Kommun, found: InForce) -> Side:
    assert found.revision is not None
    held = replace(in_force.holding(found.revision, found.day), per=found.day)
    # not the files, so that only what was decided counts
    alone = replace(kommun, document=None, revision=held)
    return Side(alone, held, f"det som gäller {found.day}")


def _put_off(found: list[InForce]) -> list[str]:
    """What has been decided by the later day and is not yet in force."""
    last = max(found, key=lambda one: one.day)
    return [when.put_off(one, last.revision) for one in last.coming]
