"""Units that the insatser name as those who give them: the municipality's own, in its file, and the
insatser refer to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from insatskoll.importing import values
from insatskoll.importing.municipality import identities
from insatskoll.importing.sheet import Path, Sheet

_NAMES, _UNITS = ("utförare", "namn"), ("utförare", "enheter")


def gathered(kommun: Sheet, insatser: Sequence[Sheet]) -> None:
    """Makes units of the names in ``insatser`` that say they are one, and of those that a matrix
    has; the other names stay as they are."""
    known = {one["namn"]: one["id"] for one in kommun.data.get("enheter", ())}
    given = [sheet.get(_NAMES) or [] for sheet in insatser]
    named = [name for names in given if all(map(_is_unit, names)) for name in names]
    found = [one for one in dict.fromkeys(named) if one not in known]
    ids = identities([*known, *found])[len(known) :]
    for name, made in zip(found, ids, strict=True):
        sheet = next(one for one in insatser if name in (one.get(_NAMES) or ()))
        words, spot = next(
            ((f.words, f.spot) for f in sheet.fillings if f.path[:2] == _NAMES and name in f.words),
            (name, sheet.spot),
        )
        kommun.add(("enheter",), {"id": made, "namn": name}, words, spot)
    known |= dict(zip(found, ids, strict=True))
    for sheet in insatser:
        _referring(sheet, known)


def _is_unit(name: str) -> bool:
    return "," not in name and len(name.split()) <= 8 and values.first("enhet", name) is not None


def _referring(sheet: Sheet, known: dict[str, str]) -> None:
    """Moves the names of known units to the list of units."""
    names: list[str] = sheet.get(_NAMES) or []
    units: list[str] = list(sheet.get(_UNITS) or [])
    moved: dict[Path, Path] = {}
    rest: list[str] = []
    for at, name in enumerate(names):
        if name not in known:
            moved[(*_NAMES, at)] = (*_NAMES, len(rest))
            rest.append(name)
            continue
        if known[name] not in units:
            units.append(known[name])
        moved[(*_NAMES, at)] = (*_UNITS, units.index(known[name]))
    if len(rest) == len(names):
        return
    held = sheet.data["utförare"]
    held |= {"enheter": units, "namn": rest}
    if not rest:
        del held["namn"]
    sheet.fillings = [replace(one, path=moved.get(one.path, one.path)) for one in sheet.fillings]
