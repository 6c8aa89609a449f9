"""How much, how often and how long, as the schema has it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from insatskoll.law.claims import reading
from insatskoll.patterns import later
from insatskoll.swedish import NUMBERS
from insatskoll.values import immutable

UNITS = ("samtal", "träffar", "tillfällen", "hembesök", "prov", "nätter", "dagar")
_OF_TIME = ("veckor", "månader", "timmar")
_NUMBER = (
    r"(?:\d+(?:,\d+)?|½|en|ett|två|tre|fyra|fem|sex|sju|åtta|nio|tio|elva|tolv"
    r"|halv|halvt|halvannan)"
)
_STRETCH = rf"{_NUMBER}(?:[ -–]{{1,3}}(?:till|och|en|{_NUMBER}))*"
_HOURS = r"(?:\w*timm(?:e|ar)|min(?:uter|\.)?|tim\.?)"
_LENGTH = later(
    rf"\b(?:om|á|à|a|på|varar|pågår i|är) (?P<said>(?:cirka |ca |ungefär )?{_STRETCH}"
    rf"(?:[ -–]{{0,3}}{_HOURS}(?: till)?(?: {_STRETCH})?)*[ -–]{{0,2}}{_HOURS})\b",
    re.IGNORECASE,
)
_OFTEN = later(
    rf"\b(?P<said>(?:{_NUMBER} gång(?:er)?|{_NUMBER} tillfällen?|varje|varannan|var tredje)"
    r"(?: (?:i|per|varje|varannan|om))? ?"
    r"(?:veckan?|månad(?:en)?|termin(?:en)?|dag(?:en)?|år(?:et)?)"
    r"|veckovis|dagligen)\b",
    re.IGNORECASE,
)
# A number for each week or the like: how often, and no number of all there is.
_EACH = (
    r"\s?(?:/|per|i|om|varje|var|varannan)\s?"
    r"(?:veckan?|månad(?:en)?|termin(?:en)?|dag(?:en)?|dygn(?:et)?|kvartal(?:et)?|år(?:et)?)\b"
)
_BOUND = r"(?:(?:högst|max|maximalt|minst|upp till|cirka|ca|ungefär|som mest) )?"
_RATE = later(
    rf"\b(?P<said>{_BOUND}{_STRETCH} (?:[a-zåäö]+(?:a|ande|iga) )?(?:\w*samtal|\w*träff(?:ar)?"
    r"|tillfällen?|gång(?:er)?|ggr|gg|besök|hembesök|möten?|pass|lektion(?:er)?|\w*prov|dag(?:ar)?"
    r"|n(?:att|ätter)|dygn|(?:timm(?:e|ar)|tim|h|minuter)(?!\s?(?:/|per|om)\s?dag))"
    rf"{_EACH})",
    re.IGNORECASE,
)
_AFTER = later(_EACH, re.IGNORECASE)
_IN_ALL = later(r"\b(?:totalt|sammanlagt|sammantaget|max|högst|upp till)\s\d+$", re.IGNORECASE)
_PERIOD = later(
    rf"\b(?:under|i|över) (?P<said>(?:cirka |ca |ungefär |upp till |högst |max )?{_NUMBER} "
    r"(?:veckor|vecka|månader|månad|terminer|termin|år))\b",
    re.IGNORECASE,
)
_AGED = later(r"^(?:under|över) (?:[6-9]|\d\d) år$", re.IGNORECASE)  # somebody's age
_GROUP = later(
    rf"\bgrupper? (?:om|på|med|består av|som består av) (?P<said>(?:cirka |ca |upp till |max )?"
    rf"{_NUMBER}(?:\s?[-–]\s?\d+)? [a-zåäö]+)",
    re.IGNORECASE,
)


_ROUGHLY = later(
    r"\b(?:omkring|runt|ungefär|cirka|ca)\s+$"
    r"|\b(?:i snitt|i genomsnitt|genomsnittligt|oftast|vanligtvis|vanligen)\b[^.!?]*$",
    re.IGNORECASE,
)
_OTHER = later(r"\b(?:genom|via|inom)\s[^.!?,]*,\s*$", re.IGNORECASE)  # something else's number
_EVERY = later(  # so often, and not so many
    r" (?:(?:i|per|om|varje|var) )?(?:veckan?|månad(?:en)?|dag(?:en)?|dygn(?:et)?|termin(?:en)?"
    r"|år(?:et)?|kväll|natt)\b",
    re.IGNORECASE,
)
_TIMES = later(
    r"tillfäll|gång|möte|lektion|pass\b", re.IGNORECASE
)  # what is counted as ”tillfällen”
_LEAST = later(
    r"\b(?:minst|lägst|åtminstone|fler än|mer än|från)\b|\d\s?[-–]\s?\d|\btill\b", re.IGNORECASE
)
_MORE = later(r"\b(?:ytterligare|därutöver|utöver det|extra)\b(?P<between>[^.]*)$", re.IGNORECASE)
_NEAR = 3  # words between ”ytterligare” and the number that it is said of
_UNITS = {
    "samtal": "samtal", "stödsamtal": "stödsamtal", "tillfälle": "tillfällen",
    "tillfällen": "tillfällen", "träff": "träffar", "träffar": "träffar",
    "gruppträffar": "gruppträffar", "hembesök": "hembesök", "timmar": "timmar",
    "utbildningstimmar": "timmar", "dagar": "dagar", "veckor": "veckor", "prov": "prov",
}  # fmt: skip
_ONE = "|".join(sorted(_UNITS, key=len, reverse=True))
_FIRST = later(rf"(?P<number>\d+|[a-zåäö]+) (?P<unit>{_ONE})\b", re.IGNORECASE)
_MOST = later(
    r"\b(?:högst|upp till|maximalt|max|som mest) (?P<number>\d+|[a-zåäö]+) (?:[a-zåäö]+[ae] )?"
    rf"(?P<unit>{_ONE})\b(?! (?:per|i|om) )",
    re.IGNORECASE,
)
_OF = later(
    rf"\b(?:om|på|består av|omfattar|vid) (?P<number>\d+|[a-zåäö]+) (?P<unit>{_ONE})\b",
    re.IGNORECASE,
)


@immutable
class Extent:
    """An extent as the field has it, and the words that tell it."""

    data: dict[str, Any]
    words: str


def counts(text: str, *, labelled: bool = False) -> list[Extent]:
    """What a text says that there is a number of, each number once. Where it is ``labelled`` as an
    extent, what it begins with is one too: ”Ett samtal om en timme”. What comes on top of the rest
    is only told where nothing else is."""
    found: list[Extent] = []
    more: list[Extent] = []
    for one in reading.said(text):
        if one.kind != "antal" or one.negated or one.values.get("per"):
            continue
        if _AFTER.match(text, one.end):
            continue
        data = {key: one.values[key] for key in ("antal", "högst", "lägst") if key in one.values}
        unit = _unit(str(one.values.get("enhet", "")), one.words)
        before = text[: one.start]
        if not unit or not data or _ROUGHLY.search(before):
            continue
        if _OTHER.search(before) or _EVERY.match(text, one.end):
            continue
        if unit == "tillfällen" and not _TIMES.search(one.words):
            continue  # parts of a course, and the like
        if set(data) == {"lägst"} and not _LEAST.search(text[: one.end]):
            continue  # told by an ordinal, or by what somebody may need
        beyond = _MORE.search(re.split(r"[.!?] ", before)[-1])
        if beyond is not None and len(beyond["between"].split()) > _NEAR:
            continue
        extent = Extent({**data, "enhet": unit}, one.words)
        if of_time(extent.data) and text[: one.start].strip():
            continue  # for how long, beside what there is a number of
        if all(extent.data != other.data for other in (*found, *more)):
            (more if beyond else found).append(extent)
    return found or more or list(_written(text, labelled))


def _written(text: str, labelled: bool) -> Iterator[Extent]:
    """A number that is told without a verb: ”Stödgrupp om 8 tillfällen”."""
    text = _RATE.sub(lambda one: "·" * len(one[0]), text)
    if match := _MOST.search(text):
        most, unit = _figure(match["number"]), _UNITS.get(match["unit"].casefold())
        if most is not None and unit:
            yield Extent({"högst": most, "enhet": unit}, match[0])
            return
    match = (_FIRST.match(text) if labelled else None) or _OF.search(text)
    if match is None or _EVERY.match(text, match.end()):
        return
    number = _figure(match["number"])
    unit = _UNITS.get(match["unit"].casefold())
    if number is not None and unit:
        yield Extent({"antal": number, "enhet": unit}, match[0])


def _figure(written: str) -> int | None:
    if written.isdigit():
        return int(written)
    words = ("noll", "ett", *NUMBERS[2:])
    said = "ett" if written.casefold() == "en" else written.casefold()
    return words.index(said) if said in words else None


def _unit(unit: str, words: str) -> str:
    said = words.casefold()
    if unit == "gånger":
        return "tillfällen"
    if unit == "samtal" and said.endswith("stödsamtal"):
        return "stödsamtal"
    if unit == "träffar" and "gruppträff" in said:
        return "gruppträffar"
    return unit if unit in UNITS or unit in _OF_TIME else ""


def besides(text: str) -> list[Extent]:
    """What a text says besides of length, how often, for how long and how many in a group; none of
    what it says in two ways."""
    found: list[Extent] = []
    rates = list(dict.fromkeys(match["said"] for match in _RATE.finditer(text)))
    text = _RATE.sub(lambda one: "·" * len(one[0]), text)
    if len(rates) == 1:
        found.append(Extent({"frekvens": rates[0]}, rates[0]))
    for key, expression in (
        ("längd", _LENGTH),
        *(() if rates else (("frekvens", _OFTEN),)),
        ("period", _PERIOD),
        ("gruppstorlek", _GROUP),
    ):
        found_of = [one["said"] for one in expression.finditer(text) if not _AGED.search(one[0])]
        said = list(dict.fromkeys(found_of))
        if len(said) == 1:
            found.append(Extent({key: said[0]}, said[0]))
    return found


def is_rate(text: str) -> bool:
    """Whether a text tells so many for each week or the like."""
    return _RATE.search(text) is not None


def is_stretch(text: str) -> bool:
    """Whether a text tells for how long it goes on."""
    return _PERIOD.search(text) is not None


def bare(text: str) -> str:
    """A number in a text that does not say of what: ”7”, ”1 hembesök per månad, totalt 6”."""
    words = text.strip(" .")
    match = re.fullmatch(r"\d+(?:\s?[-–]\s?\d+)?", words) or _IN_ALL.search(words)
    return match[0] if match else ""


def of_time(data: dict[str, Any]) -> bool:
    """Whether what is counted is a stretch of time."""
    return data["enhet"] in _OF_TIME
