"""What has happened to where somebody must live: what is demanded, and whom that shuts out or lets
in, where nothing else says where they live."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from insatskoll.catalogue import printed
from insatskoll.diff import areas
from insatskoll.diff.facts import Item
from insatskoll.diff.happenings.seen import Happening, Seen, quoted, sides
from insatskoll.diff.phrasebook import Word
from insatskoll.patterns import later

if TYPE_CHECKING:
    from insatskoll.reading.schema_types import Villkor

KINDS = frozenset({"folkbokföring", "vistelse"})
_ONLY = frozenset({"typ", "område", "skäl", "kontroll"})
_SURE = frozenset({"more-open", "narrower"})
# Words of a text that may say where those live whom an insats is for.
_SAYS_WHERE = later(
    r"(?i)folkbokför|bosat|\bboende\b|\bbo[rs]?\b|invånar|bofast|hemmahör|vistas|vistel|skriven i"
)
_WHOLE = later(r"\w[\w -]* kommun")


def is_only_that(data: Villkor) -> bool:
    """Whether a condition asks for nothing but where somebody is registered or stays, of all."""
    return data["typ"] in KINDS and {"typ", "område"} <= set(data) <= _ONLY


def comes_or_goes(seen: Seen, data: Villkor, *, added: bool) -> Happening:
    """The demand as it is introduced or taken away."""
    verb = "utestänger" if added else "släpper in"
    certain = _says_nothing_else(seen, int(not added))
    slots = {
        "boende": Word(f"krav på {data['typ']}"),
        "boende bestämt": Word(f"kravet på {data['typ']}"),
        "inte där": Word(f"utan {data['typ']}"),
        "område": quoted(data["område"]),
        "följd": Word(f"{verb} boende") if certain else "",
    }
    return Happening(f"boende {'införs' if added else 'tas bort'}", slots)


def area(seen: Seen) -> Happening | None:
    """The area of such a demand as it becomes larger or smaller; nothing where that is not certain,
    or where something else is asked for besides."""
    step, way = seen.fact.path[-2], areas.way(seen.was, seen.says)
    kind = step.name.split(",", maxsplit=1)[0] if isinstance(step, Item) else ""
    if kind not in KINDS or not way or seen.verdicts.isdisjoint(_SURE):
        return None
    verb, whom = ("utvidgas", "släpper in") if way > 0 else ("inskränks", "utestänger")
    apart = _apart(seen.was, seen.says) if way > 0 else _apart(seen.says, seen.was)
    own = ({"typ": kind, "område": text} for text in (seen.fact.before, seen.fact.after))
    if not all(_says_nothing_else(seen, side, one) for side, one in enumerate(own)):
        apart = ""
    slots = {
        "kravet": Word(f"kravet på {kind}"),
        "där": Word(f"med {kind}"),
        "annat område": apart,
        "följd": Word(f"{whom} område") if apart else "",
    }
    return Happening(f"området {verb}", slots | sides(seen))


def _apart(smaller: str, larger: str) -> str:
    """The one municipality that the larger of two areas has and the smaller has not; nothing where
    one may lie in another."""
    kept, every = areas.listed(smaller), areas.listed(larger)
    if not all(map(_WHOLE.fullmatch, every)):
        return ""
    lower = {one.casefold() for one in kept}
    found = [one for one in every if one.casefold() not in lower]
    return found[0] if len(found) == 1 else ""


def _says_nothing_else(seen: Seen, side: int, own: dict[str, object] | None = None) -> bool:
    """Whether nothing else that holds on a side, of what the fact is about, says where those live
    whom it is for: who is shut out or let in is then certain. ``own`` is the demand itself."""
    common = seen.known.common[side]
    subject = seen.fact.subject
    if subject.kind == "insats":
        files = [seen.known.insats(subject, side)]
    else:
        files = [one.data for one in seen.known.insatser[side].values()]
    said = [common.get("gemensamma_villkor", ()), common.get("bilaga", {}), files]
    return not any(_SAYS_WHERE.search(text) for text in _texts(said, own))


def _texts(value: object, own: dict[str, object] | None) -> Iterator[str]:
    """All that is said somewhere, without the demand itself."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _texts(one, own)
    elif isinstance(value, dict) and (own is None or not _is_only(value, own)):
        for key, one in value.items():
            if key not in printed.NO_TEXT:
                yield from _texts(one, own)


def _is_only(data: dict[str, object], own: dict[str, object]) -> bool:
    return own.items() <= data.items() and set(data) <= _ONLY
