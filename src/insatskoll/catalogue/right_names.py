"""The name that a file should have, where only its form is wrong: its ending, the case of its
letters, and what stands between its words."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping

from insatskoll.catalogue.file_names import ID, Steps, free_id, is_copy
from insatskoll.catalogue.inventory import KOMMUN
from insatskoll.ids import LONGEST, id_of
from insatskoll.names import folded, is_plain
from insatskoll.patterns import later
from insatskoll.reading import samples

_PARTS = ("insatser", "riskanalyser")  # a decision keeps the name that it was given
_NAME = later(r"([^\W_](?:[\w &,–-]*\w)?)\.ya?ml(?:\.txt)?", re.IGNORECASE)


def of_all(held: Iterable[Steps]) -> dict[Steps, str]:
    """The names that files in a municipality's folder should have, for those of the files that are
    ``held`` that do not have it, have no more than its form wrong, and share it with no other."""
    right: dict[Steps, str] = {}
    counted: Counter[Steps] = Counter()
    for steps in held:
        name = of(steps)
        if name is not None and name != steps[-1]:
            right[steps] = name
        names = {folded(steps[-1]), folded(name or steps[-1])}
        counted.update((*steps[:-1], one) for one in names)
    return {
        steps: name for steps, name in right.items() if counted[(*steps[:-1], folded(name))] == 1
    }


def is_one(data: Mapping[str, object], kind: str) -> bool:
    """Whether a group of fields has what a file of a ``kind`` must have, and so is one."""
    known = samples.beside(kind, [""]).keys()
    return data.keys() >= set(samples.required(kind)) and bool(data.keys() & known)


def of(steps: Steps) -> str | None:
    """The right name of the file at ``steps`` in a municipality's folder, which may be the one that
    it has; None if more than its form is wrong."""
    name = unicodedata.normalize("NFC", steps[-1])
    found = _NAME.fullmatch(name)
    if found is None or not is_plain(name) or is_copy(name):
        return None
    right = id_of(found[1])
    if free_id(found[1], "x") != right or not ID.fullmatch(right) or len(found[1]) > LONGEST:
        return None
    if [c for c in right if c != "-"] != [c for c in found[1].casefold() if c.isalnum()]:
        return None
    right = f"{right}.yaml"
    there = len(steps) == 2 and steps[0] in _PARTS
    return right if there or (len(steps) == 1 and right in KOMMUN.files) else None
