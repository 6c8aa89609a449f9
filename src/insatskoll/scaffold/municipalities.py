"""Sweden's municipalities, with their codes at SCB (Statistics Sweden) and their counties."""

from __future__ import annotations

import csv
import difflib
import unicodedata
from functools import cache
from itertools import islice, starmap

from insatskoll import resources
from insatskoll.catalogue.file_names import free_id
from insatskoll.patterns import later
from insatskoll.reading import files
from insatskoll.values import immutable

_TABLE = resources.TEMPLATES / "start" / "kommuner.csv"
_KIND = later(r"^(?:region|kommunen) | (?:kommun|stad)s?$")
_ALIKE = 0.8  # of likeness, for a name to be a misspelt one


@immutable
class Municipality:
    """One of the municipalities: its code, its name alone (”Österåker”), the name that it has as
    a municipality (”Österåkers kommun”) and its county."""

    code: str
    short: str
    name: str
    county: str


@cache
def known() -> tuple[Municipality, ...]:
    """All of them, by code."""
    rows = csv.reader(files.read_text(_TABLE).splitlines())
    return tuple(starmap(Municipality, islice(rows, 1, None)))


def named(written: str) -> Municipality | None:
    """The municipality that a name means, with or without ”kommun” or ”stad”."""
    return _by_name().get(_bare(written))


def called(written: str) -> str:
    """What the municipality that ``written`` names is called in full: as the table has it, but
    ”stad” or ”Region” where that is what is written."""
    words, one = _squeezed(written), named(written)
    if one is None:
        return words if _KIND.search(words.casefold()) else f"{words} kommun"
    if words.casefold().endswith((" stad", " stads")):
        return f"{one.name.removesuffix('kommun')}stad"
    return f"Region {one.short}" if words.casefold().startswith("region ") else one.name


def bare_id(written: str) -> str:
    """The id of the municipality that ``written`` names; empty if nothing in it can be one."""
    one = named(written)
    return free_id(one.short if one else _bare(written), "kommun")


def coded(code: str) -> Municipality | None:
    """The municipality that has a code."""
    return next((one for one in known() if one.code == code), None)


def nearly(written: str) -> Municipality | None:
    """The municipality whose name is most like one that is not among them; None if none is."""
    near = difflib.get_close_matches(_bare(written[:60]), _by_name(), n=1, cutoff=_ALIKE)
    return _by_name()[near[0]] if near else None


@cache
def _by_name() -> dict[str, Municipality]:
    return {_bare(name): one for one in known() for name in (one.name, f"{one.short}s", one.short)}


def _bare(name: str) -> str:
    """A name as it is compared: without what it says that it is the name of."""
    return _KIND.sub("", _squeezed(name).casefold())


def _squeezed(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).split())
