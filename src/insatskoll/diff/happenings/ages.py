"""What has happened to an age: which bound is raised or lowered, and which ages it lets in or shuts
out."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from insatskoll.bilaga import phrases
from insatskoll.diff.happenings.seen import Happening, Seen
from insatskoll.diff.phrasebook import Word
from insatskoll.patterns import later

if TYPE_CHECKING:
    from insatskoll.reading.schema_types import Alder

_BOUNDS = (("från", "nedre"), ("till", "övre"))
OLDEST = 200  # years or months that nobody is
_FROM = later(r"^från (\d+(?: år| månad(?:er)?)?)")
_ADULTS = later(r"^de som ")
_YOUNG = frozenset({"barnet", "den unge", "barnet eller den unge"})
_TOLD = frozenset({"deltagaren", "deltagarens barn", *_YOUNG})  # whose age tells who may come
_SINGLE = later(r"1 (?:månad)")
# Whose age is told of apart from whoever takes part.
WHOSE = {
    "deltagarens barn": "barnens ålder",
    "barnet": "barnets ålder",
    "den unge": "den unges ålder",
    "barnet eller den unge": "barnets eller den unges ålder",
}


def age(seen: Seen) -> list[Happening]:
    """An age that is a demand, or that of a target group."""
    before, after = (_age(side) for side in (seen.before, seen.after))
    if before is None or after is None:
        said = {
            "före": phrases.alder_avser(before) if before else "",
            "efter": phrases.alder_avser(after) if after else "",
            "åldern": _standing(only) if (only := after or before) else "",
        }
        return [
            Happening(seen.plainly, said | effect(seen, before, after) | named(after or before))
        ]
    moved = [(key, word) for key, word in _BOUNDS if before.get(key) != after.get(key)]
    rest = {key: item for key, item in before.items() if key not in ("från", "till")}
    same = rest == {key: item for key, item in after.items() if key not in ("från", "till")}
    slots = effect(seen, before, after) | named(after)
    if not same or len(moved) != 1:
        say = _standing
        if before["avser"] != after["avser"]:  # it is not of one of them
            say, slots = _demanded, effect(seen, before, after) | named(None)
        return [Happening("ändras", slots | {"före": say(before), "efter": say(after)})]
    ((key, word),) = moved
    verb = _verb(before.get(key), after.get(key))
    both = verb in ("höjs", "sänks")
    figures = {
        "gammal": str(before.get(key, "")) if both else with_unit(before, key),
        "ny": with_unit(after, key),
    }
    said = {"före": phrases.alder(before), "efter": phrases.alder(after)}
    return [Happening(f"{word} {verb}", slots | said | figures)]


def _age(side: object) -> Alder | None:
    return cast("Alder", side) if isinstance(side, dict) else None


def _standing(data: Alder) -> str:
    """The ages as they stand after ”från” and ”till”: ”13–20 år”, ”18 år eller äldre”, ”högst
    6 år”."""
    said = phrases.alder(data)
    if "till" not in data:
        return _FROM.sub(r"\1 eller äldre", said)
    return said.replace("till och med", "högst", 1) if "från" not in data else said


def _demanded(data: Alder) -> str:
    return f"att {phrases.alder_avser(data)}"


def _verb(old: object, new: object) -> str:
    if old is None or new is None:
        return "införs" if old is None else "tas bort"
    return "höjs" if cast("int", new) > cast("int", old) else "sänks"


def with_unit(data: Alder, key: str) -> str:
    """One bound with its unit: ”15 år”."""
    if key not in data:
        return ""
    number = data["från"] if key == "från" else data["till"]
    unit: str = data.get("enhet", "år")
    if unit == "ej angiven":
        return str(number)
    return f"{number} {'månad' if number == 1 and unit == 'månader' else unit}"


def named(data: Alder | None) -> dict[str, str]:
    """What the bounds are called, by whose age it is."""
    whose = data["avser"] if data else "deltagaren"
    kind = "deltagaren" if whose == "deltagaren" else "annan"
    pieces = (
        "nedre",
        "övre",
        "nedre obestämd",
        "övre obestämd",
        "nedre bestämd",
        "övre bestämd",
        "ålderskravet",
        "åldersgränsen obestämd",
        "åldersgränsen bestämd",
    )
    return {piece: Word(f"{piece} {kind}") for piece in pieces} | {"vems": WHOSE.get(whose, "")}


def effect(seen: Seen, before: Alder | None, after: Alder | None) -> dict[str, str]:
    """Which ages are shut out and let in, where that can be told of whoever takes part, or of the
    parents; else nothing."""
    slots = {"följd": "", "förlorar": "", "vinner": ""}
    if not _is_about_participants(seen, before, after):
        return slots
    old, new = _span(before), _span(after)
    lost, gained = _outside(old, new), _outside(new, old)
    unit = next(side.get("enhet", "år") for side in (after, before) if side is not None)
    whose = next(side["avser"] for side in (after, before) if side is not None)
    say = parents if whose == "deltagarens barn" else people
    young = " annan" if whose in _YOUNG else ""
    slots |= {
        "förlorar": say(lost, unit) if lost else "",
        "vinner": say(gained, unit) if gained else "",
    }
    if lost and gained:
        slots["följd"] = Word(f"byter{young}")
    elif lost or gained:
        slots["följd"] = Word(f"{'utestänger' if lost else 'släpper in'}{young}")
    return slots


def those(age: Alder) -> str:
    """Those who are of an age that an insats asks for of whoever takes part, or of their children;
    nothing where that is not all there is to say."""
    if "förtydligande" in age or age.get("enhet") == "ej angiven" or age["avser"] in _YOUNG:
        return ""
    if age["avser"] not in _TOLD:
        return ""
    say = parents if age["avser"] == "deltagarens barn" else people
    return say([_span(age)], age.get("enhet", "år"))


def _is_about_participants(seen: Seen, before: Alder | None, after: Alder | None) -> bool:
    """Whether the age is that of whoever takes part, or of their children, counted in the same way
    on both sides and with nothing said besides."""
    ages = [side for side in (before, after) if side is not None]
    whose = {side["avser"] for side in ages}
    if len(whose) != 1 or not whose <= _TOLD or any("förtydligande" in side for side in ages):
        return False
    units = {side.get("enhet", "år") for side in ages}
    return len(units) == 1 and units != {"ej angiven"} and seen.alone


def _span(data: Alder | None) -> tuple[int, int]:
    """From and to, both within; what is not said is no bound."""
    if data is None:
        return 0, OLDEST
    return data.get("från", 0), data.get("till", OLDEST)


def _outside(span: tuple[int, int], other: tuple[int, int]) -> list[tuple[int, int]]:
    """What of a span is not within another."""
    low, high = span
    start, end = other
    if start > end or high < start or low > end:
        return [span]
    pieces = [(low, start - 1)] if low < start else []
    return pieces + ([(end + 1, high)] if high > end else [])


def people(spans: list[tuple[int, int]], unit: str) -> str:
    """Those who are of the ages: ”13- och 14-åringar”, ”de som har fyllt 21 år”."""
    return phrases.lista(_people(low, high, unit) for low, high in spans)


def parents(spans: list[tuple[int, int]], unit: str) -> str:
    """Those who have children of the ages: ”föräldrar till 13- och 14-åringar”."""
    listed = [_people(low, high, unit) for low, high in spans]
    return f"föräldrar till {phrases.lista(_ADULTS.sub('barn som ', one) for one in listed)}"


def _people(low: int, high: int, unit: str) -> str:
    if low == 0:
        return f"de som är under {high + 1} {unit}"
    if high == OLDEST:
        return f"de som har fyllt {low} {unit}"
    if unit != "år":
        return f"barn som är {low}–{high} {unit}" if low != high else f"barn som är {low} {unit}"
    if low == high:
        return f"{low}-åringar"
    return f"{low}- och {high}-åringar" if high == low + 1 else f"{low}–{high}-åringar"
