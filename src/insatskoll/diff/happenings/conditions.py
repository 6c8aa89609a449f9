"""What has happened to a condition, or another item of a list, that has come or gone."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from insatskoll.bilaga import phrases
from insatskoll.diff import stated
from insatskoll.diff.happenings import ages
from insatskoll.diff.happenings.seen import Happening, Seen, plain, quoted, sides
from insatskoll.diff.introduced import part_described
from insatskoll.diff.naming import bare
from insatskoll.diff.phrasebook import Word

if TYPE_CHECKING:
    from insatskoll.reading.schema_types import Alder, Del, Villkor

_LIVES = frozenset({"folkbokföring", "vistelse"})
_AGE_LIMIT = frozenset({"typ", "ålder", "skäl", "kontroll"})
_PLACE = frozenset({"typ", "område", "skäl", "kontroll"})
# What is certain of it, what it does to others, and what happens to a demand that comes or goes.
_COMES = ("narrower", "utestänger", "införs")
_GOES = ("more-open", "släpper in", "tas bort")
_LONGEST = 300  # characters of a condition that is quoted


def condition(seen: Seen) -> list[Happening]:
    """A condition that has come or gone: an age as a limit, and any other in its words."""
    added = seen.plainly == "tillkommer"
    data = cast("Villkor", seen.after if added else seen.before)
    if _is_only_age(data):
        limit = _limit(seen, data["ålder"], added)
        why = stated.reasons(data)
        return [replace(limit, further=why if added else "", whole=not why or added)]
    said, why = quoted(stated.asked(data)), stated.reasons(data)
    if asked := place(data):
        name, slots = place_clause(asked, data["typ"], seen.verdicts, added=added)
        return [Happening(name, slots, further=why if added else "", whole=not why or added)]
    if len(said) > _LONGEST or not said:
        return [Happening(f"{seen.plainly} utan citat", whole=not (seen.says or seen.was))]
    told = {"före": said, "efter": said}
    further = " ".join(filter(None, [stated.whom(data, earlier=not added), why * added]))
    return [Happening(seen.plainly, told, further=further, whole=not why or added)]


def place(data: Villkor) -> str:
    """Where somebody must live or stay, where a condition asks for nothing else: ”folkbokföring i
    Exempels kommun”."""
    if data["typ"] not in _LIVES or not {"typ", "område"} <= set(data) <= _PLACE:
        return ""
    return f"{data['typ']} i {bare(data['område'])}"


def place_clause(
    asked: str, kind: str, verdicts: Collection[str], *, added: bool
) -> tuple[str, dict[str, str]]:
    """The clause for a demand to live or stay somewhere that comes or goes, and what stands in it;
    with whom that touches where it is certain."""
    verdict, whom, happens = _COMES if added else _GOES
    follows = Word(f"{whom} {kind}") if verdict in verdicts else ""
    return f"krav {happens}", {"krav": asked, "följd": follows}


def _is_only_age(data: Villkor) -> bool:
    return {"typ", "ålder"} <= set(data) <= _AGE_LIMIT


def _limit(seen: Seen, age: Alder, added: bool) -> Happening:
    slots = ages.effect(seen, None if added else age, age if added else None)
    said = phrases.alder(age)
    happened = "införs" if added else "tas bort"
    if age["avser"] != "deltagaren":
        return Happening(f"andras ålder {happened}", slots | {"åldern": phrases.alder_avser(age)})
    if "förtydligande" in age or {"från", "till"} <= set(age):
        return Happening(f"åldersgräns {happened}", slots | {"gammal": said, "ny": said})
    limit = said.removeprefix("från ").removeprefix("till och med ")
    bound = "nedre" if "från" in age else "övre"
    return Happening(f"{bound} {happened}", slots | {"gammal": limit, "ny": limit})


def kind(seen: Seen) -> list[Happening]:
    """A detail of a condition: where somebody must live as what is asked for, and all else as it
    stands."""
    if seen.fact.field == "område" and seen.plainly == "ändras":
        return [Happening("område byts", sides(seen), whole=not seen.long)]
    if seen.fact.field == "typ" and {str(seen.before), str(seen.after)} <= _LIVES:
        return [Happening("krav byts", sides(seen))]
    return plain(seen)


def item(seen: Seen) -> list[Happening]:
    """Any other item that has come or gone."""
    further = ""
    if seen.fact.after is not None and seen.fact.path[0] == "delar" and len(seen.fact.path) == 2:
        further = part_described(cast("Del", seen.after), seen.known.names[1])
    return [Happening(seen.plainly, further=further)]


def order(seen: Seen) -> list[Happening]:
    """Items that have changed places, or insatser in print."""
    return [Happening("insatser" if seen.fact.field == "insatser" else "poster")]
