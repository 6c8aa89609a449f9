"""What has happened to what is counted: how much an insats is, what it costs, how often it is
followed up."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast

from insatskoll.bilaga import phrases
from insatskoll.diff.happenings.seen import Happening, Seen, plain, quoted, sides
from insatskoll.patterns import later
from insatskoll.swedish import NUMBERS

if TYPE_CHECKING:
    from insatskoll.reading.schema_types import Omfattning

_COUNTS = ("antal", "högst", "lägst")
_NUMBER = later(r"[0-9]+(?:[ \u00a0][0-9]{3})*(?:,[0-9]+)?")
_TIMES = frozenset({"timmar", "dagar", "nätter", "veckor", "månader"})
_OF_TIME = {"utökas": "förlängs", "begränsas": "förkortas"}
_SEVERAL = later(r"[.!?…] +\S")
_OFTEN_IN = ("frekvens", "period")
_RATE = later(r"(?:per \w+|i (?:veckan|månaden))$")
# What may stand after ”ges”.
_OFTEN = later(r"(?:per|vid|i|om|en|ett|två|tre|fyra|fem|[0-9]+|var|varje|varannan)\b")
_FIGURES = later(r"[0-9]")
_LETTERS = later(rf"\b(?:{'|'.join(NUMBERS[2:])})\b")
# The fields of an extent whose change is told by itself, with what it does to the field.
_OWN = {"längd": "längd", "period": "period", "gruppstorlek": "", "frekvens": ""}


def extent(seen: Seen) -> list[Happening]:
    """How much, how often, how long."""
    quote = _is_prose(seen.was) or _is_prose(seen.says)
    before, after = (_fields(side) for side in (seen.before, seen.after))
    if seen.long:
        return [
            Happening(
                "ändras med citat" if _both(seen) else f"{seen.plainly} med citat",
                sides(seen),
                whole=True,
            )
        ]
    if not _both(seen):
        only = _is_limit(after or before)
        name = {"tillkommer": "begränsning införs", "försvinner": "begränsning tas bort"}
        happened = name[seen.plainly] if only else seen.plainly
        said = {"före": in_words(before), "efter": in_words(after)}
        return [Happening(f"{happened} med citat" if quote and not only else happened, said)]
    changed = [key for key in {**before, **after} if before.get(key) != after.get(key)]
    if all(key in _OWN and (key in before) != (key in after) for key in changed):
        return [_stated(key, before, after) for key in changed]
    if len(changed) == 1 and changed[0] in _OWN and {*before} == {*after}:
        return [_own(changed[0], before, after)]
    if quote:
        return [Happening("ändras med citat", sides(seen))]
    if {*before} == {*after} and (pieces := _pieces(seen, changed, before, after)):
        return pieces
    return [_counted(seen, changed, before, after)]


def _is_limit(extent: dict[str, Any]) -> bool:
    """Whether an extent is only the most there may be, at all or for a time."""
    return set(extent) - {key for key in _OFTEN_IN if extent.get(key) in _rates(extent)} <= {
        "högst",
        "enhet",
    }


def _is_prose(said: str) -> bool:
    """Whether it is said in sentences of its own, which stand in quotation marks."""
    return said[:1].isupper() or _SEVERAL.search(said) is not None


def _both(seen: Seen) -> bool:
    return seen.plainly == "ändras"


def _fields(side: object) -> dict[str, Any]:
    return dict(side) if isinstance(side, dict) else {}


def _stated(key: str, before: dict[str, Any], after: dict[str, Any]) -> Happening:
    """A field of an extent that is stated, or no longer is."""
    data, happened = (after, "anges") if key in after else (before, "stryks")
    said = quoted(str(data[key]))
    if key == "period" and phrases.omfattning({"period": data[key]}) == data[key]:
        said = f"”{said}”"
    return Happening(f"{key} {happened}", {"före": said, "efter": said})


def _own(key: str, before: dict[str, Any], after: dict[str, Any]) -> Happening:
    said = {"före": quoted(str(before[key])), "efter": quoted(str(after[key]))}
    if key == "frekvens" and all(_OFTEN.match(text) for text in said.values()):
        return Happening("frekvens byts", said)
    if key == "frekvens":
        several = any(" till " in text for text in said.values())
        return Happening("frekvens med citat" if several else key, said)
    said["före"] = _without_unit(said["före"], said["efter"])
    if not _OWN[key]:
        return Happening(key, said)
    more = _more(*(_in_figures(str(side[key])) for side in (before, after)))
    if more is None:
        return Happening("ändras", {"före": in_words(before), "efter": in_words(after)})
    return Happening(f"{_OWN[key]} {'förlängs' if more else 'förkortas'}", said)


def in_words(extent: Mapping[str, Any]) -> str:
    """An extent as it stands in a clause: ”högst sex timmar per år”."""
    said = phrases.omfattning(cast("Omfattning", extent))
    for rate in _rates(extent):
        said = said.replace(f", {rate}", f" {rate}", 1)
    return said


def _rates(extent: Mapping[str, Any]) -> list[str]:
    """For how long a time as many as the number says are given: ”per år”. Every other week may
    instead be how often those are."""
    return [extent[key] for key in _OFTEN_IN if _RATE.match(extent.get(key, ""))]


def _in_figures(text: str) -> str:
    """A text with its numbers in figures."""
    return _LETTERS.sub(lambda found: str(NUMBERS.index(found[0])), text)


def _counted(
    seen: Seen, changed: list[str], before: dict[str, Any], after: dict[str, Any]
) -> Happening:
    """An extent in numbers, said without what both sides have besides."""
    said = {side: in_words(data) for side, data in (("före", before), ("efter", after))}
    verb = "ändras"
    if "more-scope" in seen.verdicts or "more-open" in seen.verdicts:
        verb = "utökas"
    elif "less-scope" in seen.verdicts or "narrower" in seen.verdicts:
        verb = "begränsas"
    swapped = ("lägst" in before) != ("lägst" in after) and ("högst" in before) != (
        "högst" in after
    )
    if swapped or not _one_way(changed, before, after):
        verb = "ändras"
    if set(changed) <= set(_COUNTS):
        number = {key: before[key] for key in (*_COUNTS, "enhet") if key in before}
        count = {key: after[key] for key in (*_COUNTS, "enhet") if key in after}
        old, new = in_words(number), in_words(count)
        if _FIGURES.search(old + new):  # numbers that are compared are written alike
            old, new = _in_figures(old), _in_figures(new)
        said = {"före": _without_unit(old, new), "efter": " ".join([new, *_rates(after)])}
        if after.get("enhet") in _TIMES and set(changed) <= {"antal"}:
            verb = _OF_TIME.get(verb, verb)
    return Happening(verb, said)


def _pieces(
    seen: Seen, changed: list[str], before: dict[str, Any], after: dict[str, Any]
) -> list[Happening]:
    """How many and how long, each by itself, where all that is another can be told so."""
    counts = [key for key in changed if key in _COUNTS]
    own = [key for key in changed if key in _OWN]
    if len(counts) > 1 or not own or len(counts) + len(own) < len(changed):
        return []
    found = [_own(key, before, after) for key in own]
    if any(one.name == "ändras" for one in found):
        return []
    return [*(_direction(seen, key, before, after) for key in counts), *found]


def _direction(seen: Seen, key: str, before: dict[str, Any], after: dict[str, Any]) -> Happening:
    """A number beside which something else is another: which way it goes is said of the number
    alone."""
    counted = _counted(seen, [key], before, after)
    if counted.name != "ändras" or before.get("enhet") != after.get("enhet"):
        return counted
    unit = str(after["enhet"])
    said = {side: text.removesuffix(f" {unit}") for side, text in counted.slots.items()}
    happened = "höjs" if after[key] > before[key] else "sänks"
    return Happening(f"antal {happened}", said | {"enhet": unit})


def _one_way(changed: list[str], before: dict[str, Any], after: dict[str, Any]) -> bool:
    """Whether all that is another is so in one direction, as far as numbers tell."""
    both = [key for key in changed if key in before and key in after and key != "enhet"]
    ways = {_more(str(before[key]), str(after[key])) for key in both}
    return len(both) < 2 or len(ways) == 1


def _without_unit(old: str, new: str) -> str:
    """The old number without the unit that the new one says too: ”högst fem” before ”högst sju
    samtal”."""
    first, _, unit = old.rpartition(" ")
    return first if first and new.endswith(f" {unit}") else old


def _more(old: str, new: str) -> bool | None:
    """Whether the one number of a text has become higher, where the rest of it is the same."""
    figures = [_NUMBER.findall(side) for side in (old, new)]
    if [len(found) for found in figures] != [1, 1]:
        return None
    if _NUMBER.sub("", old) != _NUMBER.sub("", new):
        return None
    was, now = (number(found[0]) for found in figures)
    return None if was == now else now > was


def number(text: str) -> float:
    """A number as it is written in Swedish."""
    return float(re.sub(r"[ \u00a0]", "", text).replace(",", "."))


def fee(seen: Seen) -> list[Happening]:
    """What an insats costs."""
    from insatskoll.law import fees  # reads texts, which few changes are of

    free = [side == "nej" for side in (seen.before, seen.after)]
    taken = [side is not None and fees.is_free(side) is False for side in (seen.before, seen.after)]
    sums = [_sum(side) for side in (seen.before, seen.after)]
    if all(sums) and all(taken) and sums[0] != sums[1]:
        return [_between(*sums, whole=_only_sums(seen))]
    if all(taken) and sums[1] and not sums[0]:
        return [Happening("summan anges", {"efter": sums[1]}, whole=False)]
    for here, other, name in ((1, 0, "införs"), (0, 1, "tas bort")):
        if taken[here] and (free[other] or (seen.before, seen.after)[other] is None):
            return [_taken(seen, name, sums[here], free=free[other])]
    if seen.plainly != "ändras" and any(free):
        return [Happening("avgiftsfri anges" if free[1] else "avgiftsfri stryks")]
    return plain(seen)


def _taken(seen: Seen, name: str, amount: str, *, free: bool) -> Happening:
    """A fee that begins or ceases to be taken."""
    if not amount:
        return Happening(f"{name} med citat", sides(seen))
    said = {"före": amount, "efter": amount}
    instead = name == "införs" and free
    return Happening(
        "införs i stället för ingen" if instead else name, said, whole=_only_sums(seen)
    )


def _only_sums(seen: Seen) -> bool:
    before, after = (_fields(side) for side in (seen.before, seen.after))
    return all(key == "belopp" or before.get(key) == after.get(key) for key in {**before, **after})


def _sum(fee: object) -> str:
    """The sum, if nothing else is said of the fee than what it rests on."""
    if not isinstance(fee, dict) or not {"belopp"} <= set(fee) <= {"belopp", "grund"}:
        return ""
    return quoted(str(cast("Any", fee)["belopp"]))


def _between(old: str, new: str, *, whole: bool) -> Happening:
    said = {"före": old, "efter": new, "gammal": old, "ny": new}
    higher = _more(old, new)
    if higher is None:
        return Happening("ändras", said, whole)
    figure = _NUMBER.search(old)
    assert figure is not None
    said["gammal"] = figure[0] if old.startswith(figure[0]) else old
    return Happening("höjs" if higher else "sänks", said, whole)


def interval(seen: Seen) -> list[Happening]:
    """How long it is between the times when the decision is followed up."""
    months = [_fields(side).get("månader") for side in (seen.before, seen.after)]
    before, after = _interval(seen.before), _interval(seen.after)
    if _FIGURES.search(before + after):
        before, after = _in_figures(before), _in_figures(after)
    said = {"före": _without_unit(before, after), "efter": after}
    if seen.plainly == "ändras" and None not in months and months[0] != months[1]:
        was, now = cast("list[int]", months)
        return [Happening("förlängs" if now > was else "förkortas", said)]
    return [Happening(seen.plainly, said)]


def _interval(side: object) -> str:
    data = _fields(side)
    said = []
    if "månader" in data:
        many = data["månader"] != 1
        said.append(
            f"{phrases.antal(data['månader']) if many else 'en'} månad{'er' if many else ''}"
        )
    if "senast" in data:
        said.append(f"senast den {phrases.datum(data['senast'])}")
    return ", ".join(said)
