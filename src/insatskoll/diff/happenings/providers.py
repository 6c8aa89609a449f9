"""What has happened to who gives an insats."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from insatskoll.bilaga import phrases
from insatskoll.diff.facts import About
from insatskoll.diff.happenings.lists import lost_and_gained, named
from insatskoll.diff.happenings.seen import Happening, Seen
from insatskoll.diff.known import Known
from insatskoll.diff.naming import names_of_units

if TYPE_CHECKING:
    from insatskoll.reading.schema_types import Utforare

_LISTS = ("enheter", "namn")


def provider(seen: Seen) -> list[Happening]:
    """Units or others that begin or cease to give it, or in what regi it is given."""
    key = seen.fact.field
    slots = {
        "före": given(seen.known, seen.fact.subject, 0, [key]),
        "efter": given(seen.known, seen.fact.subject, 1, [key]),
    }
    if key not in _LISTS:
        return [Happening("byts" if seen.plainly == "ändras" else seen.plainly, slots)]
    gone, come = lost_and_gained(seen.fact)
    before, after = seen.known.names
    slots |= {
        "gamla": phrases.lista(names_of_units(gone, before)),
        "nya": phrases.lista(names_of_units(come, after)),
    }
    happened = named(gone, come)
    if (
        key == "namn"
        and seen.plainly == "tillkommer"
        and not given(seen.known, seen.fact.subject, 0, ["enheter"])
    ):
        happened = "anges"  # nobody was named
    if happened == "byts":
        slots |= {"före": f"av {slots['gamla']}", "efter": f"av {slots['nya']}"}
    return [Happening(happened, slots)]


def given(known: Known, subject: About, side: int, keys: Sequence[str]) -> str:
    """How the insats is given before (0) or after (1), by what ``keys`` of its field utförare say:
    ”av Almen i extern regi”."""
    insats = known.insats(subject, side)
    own = insats.get("utförare", {}) if insats else {}
    data = cast("Utforare", {key: value for key, value in own.items() if key in keys})
    return of_regi(phrases.utforare(data, known.names[side]))


def of_regi(said: str) -> str:
    """Who gives an insats as it stands in a clause after ”ges”."""
    said = said.removeprefix("Ges ")
    return said.replace(", i ", " i ").replace(", tillsammans", " tillsammans")
