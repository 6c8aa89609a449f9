"""What has happened to a field that says yes or no, and to a method."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from insatskoll.bilaga import phrases
from insatskoll.diff.happenings import ages
from insatskoll.diff.happenings.seen import Happening, Seen, quoted, sides
from insatskoll.diff.introduced import described
from insatskoll.diff.phrasebook import Word

if TYPE_CHECKING:
    from insatskoll.reading.schema_types import InsatsData

_ONLY_YES = "ja"  # it is a duty, and which provision says so is not told


def kind(seen: Seen) -> list[Happening]:
    """What kind of insats it is: some always need that the need is tried."""
    tried = {"prövas alltid": Word(seen.says)} if seen.says else {"prövas alltid": ""}
    return [Happening(seen.plainly, sides(seen) | tried)]


def duty(seen: Seen) -> list[Happening]:
    """The provision by which the nämnd has to give the insats, or only that it has to."""
    if seen.plainly == "ändras" and _ONLY_YES in (seen.before, seen.after):
        return [Happening("anges" if seen.before == _ONLY_YES else "stryks", sides(seen))]
    named = {
        f"enligt {when}": f"enligt {said}" if said and said != _ONLY_YES else "enligt lag"
        for when, said in (("före", seen.was), ("efter", seen.says))
    }
    return [Happening(seen.plainly, sides(seen) | named)]


def yes_or_no(seen: Seen) -> list[Happening]:
    """Whether children may come along."""
    if seen.plainly == "tillkommer":
        return [Happening(f"{seen.after} läggs till")]
    if seen.plainly == "försvinner":
        return [Happening(f"{seen.before} stryks")]
    return [Happening(f"blir {seen.after}")]


def method(seen: Seen) -> list[Happening]:
    """The method: another name, or what is said in its support."""
    before, after = (_fields(side) for side in (seen.before, seen.after))
    names = [_named(side) for side in (before, after)]
    support = [quoted(str(side.get("stöd", ""))) for side in (before, after)]
    told = []
    if names[0] != names[1]:
        slots = {"före": names[0], "efter": names[1]}
        told.append(Happening(f"namn {_happened(*names)}", slots))
    if support[0] != support[1]:
        slots = {"före": support[0], "efter": support[1]}
        happened = _happened(*support)
        name = "stöd" if happened == "byts" else f"stöd {happened}"
        told.append(Happening(name, slots))
    if not told or seen.long:
        happened = "ändras" if seen.plainly == "ändras" else seen.plainly
        return told if told and not seen.long else [Happening(happened, sides(seen))]
    return told


def _named(method: Any) -> str:
    """A method's name, with what is said of it within brackets: ”COPE (manualbaserad)”."""
    name = str(method.get("namn", ""))
    rest = phrases.metodnamn(method).removeprefix(name).removeprefix(", ")
    return f"{name} ({rest})" if name and rest else name or rest


def _happened(before: str, after: str) -> str:
    if before and after:
        return "byts"
    return "tillkommer" if after else "försvinner"


def _shut_out(seen: Seen) -> dict[str, str]:
    """Who could have an insats that is taken away, by the only age that it asks for, where it is
    certain that they no longer can."""
    insats = cast("InsatsData", seen.fact.before)
    asked = [*seen.known.common[0].get("gemensamma_villkor", ()), *insats.get("villkor", ())]
    of_age = [one for one in asked if "ålder" in one]
    slots = {"följd": "", "förlorar": ""}
    if len(of_age) != 1 or "delar" in insats or "narrower" not in seen.verdicts:
        return slots
    if "gäller" in of_age[0] or not (who := ages.those(of_age[0]["ålder"])):
        return slots
    return {"följd": Word("utestänger"), "förlorar": who}


def _fields(side: object) -> Any:
    return side if isinstance(side, dict) else {}


def whole(seen: Seen) -> list[Happening]:
    """An insats, an analysis or the whole municipality that comes or goes."""
    kind = seen.fact.subject.kind
    slots = {}
    if kind == "insats" and seen.plainly == "tillkommer":
        insats = cast("InsatsData", seen.fact.after)
        return [Happening("insats tillkommer", further=described(insats, seen.known.names[1]))]
    if kind == "insats":
        return [Happening("insats försvinner", _shut_out(seen))]
    if kind == "kommun":
        file = _fields(seen.fact.after or seen.fact.before)
        slots = {"före": str(file.get("namn", "")), "efter": str(file.get("namn", ""))}
    return [Happening(f"{kind} {seen.plainly}", slots)]
