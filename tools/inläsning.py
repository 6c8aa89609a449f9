"""How well documents are imported: what is made of them, beside what somebody has written by hand.

    python tools/inläsning.py MAPP [MAPP-MED-KOMMUNER]

MAPP holds documents named after the municipalities (”uppsala.txt”, ”linkoping.pdf”). For each the
table shows how many insatser are found under their names, and of what the files written by hand
say, how much is right and how much is said otherwise.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from insatskoll import resources
from insatskoll.catalogue.documentation import documentation_level
from insatskoll.importing import formats, plan, report
from insatskoll.importing.matching import plain
from insatskoll.reading.document import read

# Kinds of meetings that the hand-written files tell apart and texts do not.
_SAME = {"stödsamtal": "samtal", "gruppträffar": "träffar"}
_WITHIN = re.compile(r"\b(?:inom|på|vid)\b")
Facts = Callable[[Mapping[str, Any], Mapping[str, str]], set[Any]]


def _parts(data: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [data, *data.get("delar", ())]


def ages(data: Mapping[str, Any], _: Mapping[str, str]) -> set[Any]:
    """The ages, wherever they stand."""
    found = []
    for part in _parts(data):
        found += [part["målgrupp"]["ålder"]] if "ålder" in part.get("målgrupp", {}) else []
        found += [one["ålder"] for one in part.get("villkor", ()) if "ålder" in one]
        found += [part["ålder_i_innehåll"]] if "ålder_i_innehåll" in part else []
    return {(a.get("från"), a.get("till"), a.get("enhet") == "månader") for a in found}


def extents(data: Mapping[str, Any], _: Mapping[str, str]) -> set[Any]:
    """The numbers of meetings, nights and the like."""
    return {
        (key, held[key], _SAME.get(held["enhet"], held["enhet"]))
        for part in _parts(data)
        for held in (part.get("omfattning", {}),)
        for key in ("antal", "högst", "lägst")
        if key in held
    }


def levels(data: Mapping[str, Any], _: Mapping[str, str]) -> set[Any]:
    """The levels of documentation that are stated."""
    held = [part.get("dokumentation", {}) for part in _parts(data)]
    return {documentation_level(one) for one in held if "nivå" in one or "lagrum" in one}


def consents(data: Mapping[str, Any], _: Mapping[str, str]) -> set[Any]:
    """Whose consent is needed, under and from 15 years."""
    return {
        (key, part["samtycke"][key])
        for part in _parts(data)
        for key in ("under_15", "från_15")
        if key in part.get("samtycke", {})
    }


def units(data: Mapping[str, Any], names: Mapping[str, str]) -> set[Any]:
    """Those who give the insats, by name."""
    held = data.get("utförare", {})
    found = [names.get(one, one) for one in (*held.get("enheter", ()), *held.get("namn", ()))]
    return {plain(_WITHIN.sub("", one)) for one in found}


KINDS: Mapping[str, Facts] = {
    "åldrar": ages,
    "omfattning": extents,
    "dokumentationsnivåer": levels,
    "samtycke": consents,
    "enheter": units,
}


def compared(document: Path, folder: Path) -> tuple[str, dict[str, Counter[str]]]:
    """A line on the insatser of a document, and how its facts compare with the files in
    ``folder``."""
    kommun: Any = read(folder / "kommun.yaml").data
    names = {one["id"]: one["namn"] for one in kommun.get("enheter", ())}
    by_hand: dict[str, Any] = {}
    for path in sorted((folder / "insatser").glob("*.yaml")):
        data: Any = read(path).data
        by_hand[plain(data["namn"])] = data
    made = plan.plan([formats.read(document)], kommun["namn"])
    own = {one["id"]: one["namn"] for one in made.made[0].sheet.data.get("enheter", ())}
    found = {plain(m.sheet.data["namn"]): m.sheet.data for m in made.made if m.kind == "insats"}
    both = by_hand.keys() & found.keys()
    told = {kind: Counter[str]() for kind in KINDS}
    for name in both:
        for kind, facts in KINDS.items():
            hand, machine = facts(by_hand[name], names), facts(found[name], own)
            told[kind]["rätt"] += len(hand & machine)
            told[kind]["saknas"] += len(hand - machine)
            told[kind]["annat"] += len(machine - hand)
    lost = ", ".join(by_hand[name]["namn"] for name in by_hand if name not in found)
    line = f"{document.name}: {len(both)} av {len(by_hand)} insatser under sitt namn"
    left = f"; {len(report.leftovers(made))} texter kvar i rapporten"
    return line + (f" (inte: {lost})" if lost else "") + left, told


def main() -> None:
    """Prints the tables."""
    folder = Path(sys.argv[1])
    kommuner = Path(sys.argv[2]) if len(sys.argv) > 2 else resources.CATALOGUE / "kommuner"
    known = {_bare(path.name): path for path in sorted(kommuner.iterdir()) if path.is_dir()}
    whole = {kind: Counter[str]() for kind in KINDS}
    for document in sorted(folder.iterdir()):
        if _bare(document.stem) not in known:
            continue
        line, told = compared(document, known[_bare(document.stem)])
        print(line)
        for kind in KINDS:
            whole[kind] += told[kind]
    print(f"\n{'':24}{'rätt':>6}{'saknas':>8}{'annat':>7}")
    for kind, many in whole.items():
        print(f"{kind:24}{many['rätt']:6}{many['saknas']:8}{many['annat']:7}")


def _bare(name: str) -> str:
    parts = unicodedata.normalize("NFD", name.casefold())
    return "".join(one for one in parts if not unicodedata.combining(one))


if __name__ == "__main__":
    main()
