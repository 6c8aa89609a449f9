"""What has happened to a condition, or another item of a list, that has come or gone."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, cast

from insatskoll.bilaga import phrases
from insatskoll.diff import stated
from insatskoll.diff.happenings import ages, living
from insatskoll.diff.happenings.seen import Happening, Seen, plain, quoted, sides
from insatskoll.diff.introduced import part_described

if TYPE_CHECKING:
    from insatskoll.reading.schema_types import Alder, Del, Villkor

_AGE_LIMIT = frozenset({"typ", "ålder", "skäl", "kontroll"})
_LONGEST = 300  # characters of a condition that is quoted


def condition(seen: Seen) -> list[Happening]:
    """A condition that has come or gone: an age as a limit, where somebody must live as a demand,
    and any other in its words. Why one is asked for that has come is told; how it is checked stands
    in the whole of it."""
    added = seen.plainly == "tillkommer"
    data = cast("Villkor", seen.after if added else seen.before)
    why = stated.why(data["skäl"]) if added and "skäl" in data else ""
    whole = not stated.reasons(data) or bool(why) > ("kontroll" in data)
    if _is_only_age(data):
        return [replace(_limit(seen, data["ålder"], added), further=why, whole=whole)]
    if living.is_only_that(data):
        return [replace(living.comes_or_goes(seen, data, added=added), further=why, whole=whole)]
    said = quoted(stated.asked(data))
    if len(said) > _LONGEST or not said:
        return [Happening(f"{seen.plainly} utan citat", whole=not (seen.says or seen.was))]
    told = {"före": said, "efter": said}
    further = " ".join(filter(None, [stated.whom(data, earlier=not added), why]))
    return [Happening(seen.plainly, told, further=further, whole=whole)]


def _is_only_age(data: Villkor) -> bool:
    return {"typ", "ålder"} <= set(data) <= _AGE_LIMIT and (
        data["ålder"]["avser"] == "deltagaren" or data["ålder"]["avser"] in ages.WHOSE
    )


def _limit(seen: Seen, age: Alder, added: bool) -> Happening:
    slots = ages.effect(seen, None if added else age, age if added else None) | ages.named(age)
    said = phrases.alder(age)
    happened = "införs" if added else "tas bort"
    if "förtydligande" in age or (age.get("från") and "till" in age):
        return Happening(f"åldersgräns {happened}", slots | {"gammal": said, "ny": said})
    bound = "övre" if "till" in age else "nedre"
    limit = ages.with_unit(age, "till" if bound == "övre" else "från")
    return Happening(f"{bound} {happened}", slots | {"gammal": limit, "ny": limit})


def kind(seen: Seen) -> list[Happening]:
    """A detail of a condition: where somebody must live as what is asked for, and all else as it
    stands."""
    if seen.fact.field == "typ" and {str(seen.before), str(seen.after)} <= living.KINDS:
        return [Happening("krav byts", sides(seen))]
    if seen.fact.field == "område" and seen.plainly == "ändras":
        told = living.area(seen)
        return [told or Happening("område byts", sides(seen), whole=not seen.long)]
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
