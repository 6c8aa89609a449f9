"""How hard a harness tries: a few seconds' worth as a rule, and as much more as ``INSATSKOLL_FUZZ``
says.

``make fuzz`` sets it; ``make fuzz OMGÅNGER=200`` tries two hundred times as much. The seed is the
number of the try, so that what a long run finds can be run again alone.
"""

from __future__ import annotations

import os
from random import Random

VARIABLE = "INSATSKOLL_FUZZ"


def rounds(short: int) -> int:
    """How many tries to make, where ``short`` are those that every run of the tests makes."""
    return short * int(os.environ.get(VARIABLE) or 1)


def chance(harness: str, number: int) -> Random:
    """The chance of one try: the same each time for the same harness and number."""
    return Random(f"{harness}:{number}")
