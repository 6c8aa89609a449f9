"""A check on the municipality's own wording (egen_text): that it says what the fields do that it is
printed instead of.

What is looked for is what can be told from words: figures, names, the level of the documentation,
whose consent, whether it costs anything. Words are compared by how they begin, and a text that says
something in another way than is known here is let through.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal, cast

from insatskoll.law.claims import reading
from insatskoll.law.claims.figures import number, ordinal
from insatskoll.law.claims.said import Said
from insatskoll.law.predicates.registry import Hit, Place, Subject, predicate
from insatskoll.patterns import later
from insatskoll.reading.places import DataPath
from insatskoll.swedish import NUMBERS
from insatskoll.values import immutable

if TYPE_CHECKING:
    from insatskoll.reading.schema_types import Alder, Avgift, Dokumentation, InsatsData, Omfattning

_FIELD = "egen_text"
_THOUSANDS = later(r"(?<=\d)[ \u00a0](?=\d{3}\b)")
_PIECES = later(r"\d+|[a-zåäöé]+")
_WORDS = later(r"[^\W\d_]{4,}")
_STEM = 5  # letters that the forms of a word have alike
_TEXT = 3  # words of their own that a text has at least, to be looked for
_SMALL = frozenset({
    "alla", "andra", "annan", "annat", "bara", "deras", "dess", "detta", "efter", "eller",
    "endast", "enligt", "finns", "från", "genom", "gäller", "hans", "hennes", "innan", "inom",
    "inte", "kommun", "kommunen", "med", "mellan", "någon", "något", "några", "också", "samt",
    "själv", "ska", "sker", "skulle", "som", "till", "under", "utan", "vara", "vard", "varje",
    "vilka", "vilken", "över",
})  # fmt: skip
_BOUNDING = ("högst", "max", "mest", "upp till", "fler än", "mer än", "tak", "gräns", "längst")
_NO = frozenset({"inte", "ej", "inga", "ingen", "inget", "icke", "utan", "aldrig", "saknar"})
# What must be said of a kind of condition, or of a word for the character, in one of these ways.
_KINDS: Mapping[str, Sequence[str]] = {
    "folkbokföring": ("folkbok", "mantalsskriv"),
    "vistelse": ("vist", "befinn", "uppehåll", "bor", "bosatt"),
    "föräldraskap": ("föräld", "vårdnad", "mamm", "papp", "gravid", "mödrar", "fäder", "barn"),
    "anhörigskap": ("anhörig", "närstående"),
    "rådgivning": ("råd",),
    "information": ("informa", "upplys"),
    "stöd": ("stöd",),
    "behandling": ("behandl",),
    "mötesplats": ("mötesp", "träffp", "mötas"),
    "omvårdnad": ("omvård", "vård"),
    "praktisk hjälp": ("prakti", "hjälp"),
}
# After these an age is the one before it, or the one after: över 17 år, under 21 år.
_BESIDE = {"från": (-1, ("över ", "äldre än", "mer än")), "till": (1, ("under", "yngre", "fyll"))}
_LEVELS = {
    "individnivå": ("3 §", "på individnivå"),
    "utan personliga förhållanden": ("4 §", "utan uppgifter om personliga förhållanden"),
    "avidentifierad": ("5 §", "avidentifierat"),
}
_NOTES = ("dokument", "journal", "anteck", "noter", "registr", "avidentif", "anonym")
_IN_WORDS = ("individnivå", "personnivå", "personliga förhållanden", "avidentif", "anonym")
_CONSENT = later(r"samtyck|medgiv|godkän|tillåt|\blov\b|vårdnadshav|föräld|målsm")
_COST = later(r"avgift|kost|gratis|betal|\bkr\b|kron|taxa|pris")


@immutable
class _Text:
    """An own wording, with all that is asked of it."""

    words: str
    figures: frozenset[int]
    claims: tuple[Said, ...]

    def has(self, *beginnings: str) -> bool:
        """Whether one of these stands in it."""
        return any(one in self.words for one in beginnings)

    def of(self, kind: str) -> list[Mapping[str, Any]]:
        """What it claims of a kind."""
        return [one.values for one in self.claims if one.kind == kind]

    def denies(self) -> bool:
        """Whether it says no to something."""
        return not _NO.isdisjoint(self.words.split())

    def names(self, name: str) -> bool:
        """Whether it has a word of a name."""
        words = _own_words(name) or [name.casefold().strip(" .")]
        return any(word[:_STEM] in self.words for word in words)


def _read(text: str) -> _Text:
    return _Text(" ".join(text.casefold().split()), figures(text), reading.said(text))


def figures(text: str) -> frozenset[int]:
    """The whole numbers in a text, with figures or words, alone or first in a word:
    tvåmånaders."""
    found: set[int] = set()
    for piece in _PIECES.findall(_THOUSANDS.sub("", text.casefold())):
        said = number(piece) if number(piece) is not None else ordinal(piece)
        if said is None:
            begins = (word for word in NUMBERS[2:] if len(word) > 2 and piece.startswith(word))
            said = number(max(begins, key=len, default=""))
        if said is not None and said == int(said):
            found.add(int(said))
    return frozenset(found)


def _own_words(text: str) -> list[str]:
    words = (word.casefold() for word in _WORDS.findall(text))
    return [word for word in words if word not in _SMALL]


@predicate("egen-text-går-isär", scopes=("insats",), gives=("fältet", "annat"))
def own_text_differs(subject: Subject, säger: Literal["inte", "annat"]) -> Iterator[Hit]:
    """The municipality's own wording (egen_text) does not say what the field has that it stands
    instead of, or says something else. Gives one hit for each wording."""
    holders: list[tuple[DataPath, InsatsData]] = [((), subject.as_insats)]
    parts = cast("list[InsatsData]", subject.as_insats.get("delar", []))
    holders += [(("delar", at), part) for at, part in enumerate(parts)]
    units = {unit["id"]: unit["namn"] for unit in subject.revision.kommun.get("enheter", ())}
    asked = _FACTS if säger == "inte" else _OTHERS
    for base, data in holders:
        for field, words in cast("Mapping[str, str]", data.get(_FIELD, {})).items():
            ask = asked.get(field, _nothing)
            if found := list(dict.fromkeys(ask(data, _read(words), units))):
                values = {"fältet": _NAMED.get(field, field), "annat": found}
                place = Place(f"Fältet {field}", (*base, *_PLACES.get(field, (field,))))
                yield Hit((*base, _FIELD, field), values, (place,))


_NAMED = {"giltighetstid": "gäller_från eller gäller_till"}
_PLACES: Mapping[str, DataPath] = {
    "giltighetstid": ("gäller_till",),
    "medföljande_barn": ("målgrupp", "medföljande_barn"),
}

Units = Mapping[str, str]
_Asked = Iterator[str]


def _nothing(data: InsatsData, text: _Text, units: Units) -> _Asked:
    yield from ()


# What each field says and the wording does not


def _conditions(data: InsatsData, text: _Text, units: Units) -> _Asked:
    for one in data.get("villkor", ()):
        yield from _age(one["ålder"], text) if "ålder" in one else ()
        yield from _kind(one["typ"], text)
        yield from _names([one["område"]] if "område" in one else (), text)
        for key in ("beskrivning", "gäller", "skäl", "kontroll"):
            yield from _words(cast("Mapping[str, str]", one).get(key, ""), text)


def _age(age: Alder, text: _Text) -> _Asked:
    said = text.of("ålder")
    for bound, other, words in (("från", "till", "från {}"), ("till", "från", "till {}")):
        value = cast("Mapping[str, int]", age).get(bound)
        if value is None or any(value == one.get(bound) for one in said):
            continue
        turned = any(value == one.get(other) and bound not in one for one in said)
        step, before = _BESIDE[bound]
        stands = value in text.figures or (value + step in text.figures and text.has(*before))
        if turned or not stands:
            yield f"åldern {words.format(value)}"
    yield from _words(age.get("förtydligande", ""), text)


def _kind(kind: str, text: _Text) -> _Asked:
    if kind in _KINDS and not text.has(*_KINDS[kind]):
        yield f"”{kind}”"


def _consent(data: InsatsData, text: _Text, units: Units) -> _Asked:
    held = data.get("samtycke", {})
    if not _CONSENT.search(text.words):
        yield "vems samtycke som krävs"
        return
    who = [held[key] for key in ("under_15", "från_15") if key in held]
    if len(set(who)) > 1 and not text.figures & {14, 15}:
        yield "15 år"
    if "samtliga vårdnadshavare" in who and not text.has(
        "båda", "samtliga", "alla", "vårdnadshavarna"
    ):
        yield "samtliga vårdnadshavare"
    if who and set(who) == {"utan vårdnadshavare"} and not text.denies():
        yield "att samtycke inte krävs"
    for key in ("åldrar", "lämplighet", "beskrivning"):
        yield from _words(cast("Mapping[str, str]", held).get(key, ""), text)


def _extent(data: InsatsData, text: _Text, units: Units) -> _Asked:
    held: Omfattning = data.get("omfattning", {})
    for key in ("antal", "lägst", "högst"):
        value = cast("Mapping[str, int]", held).get(key)
        if value is not None and value > 1 and value not in text.figures:
            yield f"{'' if key == 'antal' else f'{key} '}{value} {held.get('enhet', '')}".strip()
    for key in ("längd", "frekvens", "period", "gruppstorlek", "gäller", "beskrivning"):
        yield from _words(cast("Mapping[str, str]", held).get(key, ""), text)


def _documentation(data: InsatsData, text: _Text, units: Units) -> _Asked:
    held: Dokumentation = data.get("dokumentation", {})
    level = held.get("nivå")
    if level is not None:
        section, words = _LEVELS[level]
        told = any("dokumenteras" in one for one in text.of("dokumentation"))
        if not (told or (text.has(*_NOTES) and text.has(section, *_IN_WORDS))):
            yield f"att insatsen dokumenteras {words}"
    if "lagrum" in held:
        yield from _provision(held["lagrum"], text)
    special = held.get("särskilda_skäl", {})
    if special.get("åberopas") == "ja" and not text.has("skäl"):
        yield "särskilda skäl"
    yield from _words(special.get("motivering", ""), text)
    for key in ("omfattar", "beslut", "beskrivning"):
        yield from _words(cast("Mapping[str, str]", held).get(key, ""), text)
    yield from _names(held.get("uppföljning", ()), text)


def _provision(provision: str, text: _Text) -> _Asked:
    found = figures(provision)
    if not found <= text.figures:
        yield provision


def _character(data: InsatsData, text: _Text, units: Units) -> _Asked:
    held = data.get("karaktär", [])
    for word in [held] if isinstance(held, str) else held:
        yield from _kind(word, text)


def _given(data: InsatsData, text: _Text, units: Units) -> _Asked:
    held = data.get("utförare", {})
    yield from _names([units.get(one, one) for one in held.get("enheter", ())], text)
    for key in ("namn", "samverkan", "personal"):
        yield from _names(cast("Mapping[str, list[str]]", held).get(key, ()), text)
    yield from _names([place["namn"] for place in held.get("platser", ())], text)


def _method(data: InsatsData, text: _Text, units: Units) -> _Asked:
    held = data.get("metod", {})
    yield from _names([held["namn"]] if "namn" in held else (), text)
    if "manualbaserad" in held and not text.has("manual"):
        yield "om metoden följer en manual"
    elif held.get("manualbaserad") == "nej" and not text.denies():
        yield "att metoden inte följer en manual"


def _way_in(data: InsatsData, text: _Text, units: Units) -> _Asked:
    if "remiss" in data.get("ingång", "") and not text.has("remi"):
        yield "remiss"
    yield from _names(data.get("remiss_från", ()), text)


def _fee(data: InsatsData, text: _Text, units: Units) -> _Asked:
    held: Avgift = data.get("avgift", "nej")
    if not _COST.search(text.words):
        yield "att insatsen är avgiftsfri" if held == "nej" else "att en avgift tas ut"
    for key in ("belopp", "grund", "beskrivning") if isinstance(held, dict) else ():
        yield from _words(cast("Mapping[str, str]", held).get(key, ""), text)


def _duty(data: InsatsData, text: _Text, units: Units) -> _Asked:
    if data.get("lagstadgad", "ja") != "ja":
        yield from _provision(data["lagstadgad"], text)
    if not text.has("skyld", "lag", "måste", "ska", "rätt"):
        yield "att nämnden är skyldig att erbjuda insatsen"


def _validity(data: InsatsData, text: _Text, units: Units) -> _Asked:
    for key in ("gäller_från", "gäller_till"):
        day = cast("Mapping[str, str]", data).get(key)
        if day is not None and not {int(day[:4]), int(day[8:])} <= text.figures:
            yield day


def _children(data: InsatsData, text: _Text, units: Units) -> _Asked:
    if not text.has("barn", "son", "dotter", "syskon", "familj"):
        yield "om barn får följa med"
    elif data.get("målgrupp", {}).get("medföljande_barn") == "nej" and not text.denies():
        yield "att barn inte får följa med"


def _names(names: Sequence[str], text: _Text) -> _Asked:
    """Those that the wording has no word of."""
    yield from (f"”{name}”" for name in names if not text.names(name))


def _words(words: str, text: _Text) -> _Asked:
    """The figures of a text that the wording lacks, or else the text itself, where nothing in the
    wording is alike."""
    lacking = sorted(one for one in figures(words) - text.figures if one > 1)
    own = _own_words(words)
    if lacking or (len(own) >= _TEXT and not any(word[:_STEM] in text.words for word in own)):
        yield f"”{' '.join(words.split())}”"


_FACTS: Mapping[str, Callable[[InsatsData, _Text, Units], _Asked]] = {
    "villkor": _conditions,
    "samtycke": _consent,
    "omfattning": _extent,
    "dokumentation": _documentation,
    "karaktär": _character,
    "utförare": _given,
    "metod": _method,
    "ingång": _way_in,
    "avgift": _fee,
    "lagstadgad": _duty,
    "giltighetstid": _validity,
    "medföljande_barn": _children,
}


# What the wording says and no field does, where it binds somebody


def _other_ages(data: InsatsData, text: _Text, units: Units) -> _Asked:
    """An age of whoever takes part that no field has."""
    ages = [one["ålder"] for one in data.get("villkor", ()) if "ålder" in one]
    group = data.get("målgrupp", {})
    ages += [one["ålder"] for one in (group,) if "ålder" in one]
    ages += [data["ålder_i_innehåll"]] if "ålder_i_innehåll" in data else []
    bounds = {age.get(key) for age in ages for key in ("från", "till")}
    stated = "\n".join(one.get("beskrivning", "") for one in (*data.get("villkor", ()), group))
    for one in text.claims:
        if one.kind != "ålder" or one.values["om"] != "deltagande" or "ungefär" in one.values:
            continue
        told = {one.values[key] for key in ("från", "till") if key in one.values}
        if one.words.startswith(_BESIDE["från"][1]):
            told = {value + 1 for value in told}
        if not told & bounds and not told & figures(stated):
            yield f"”{one.words}”"


def _other_bounds(data: InsatsData, text: _Text, units: Units) -> _Asked:
    """A number without the bound that the field has, or with the bound turned."""
    held: Omfattning = data.get("omfattning", {})
    for key, other in (("högst", "lägst"), ("lägst", "högst")):
        value = cast("Mapping[str, int]", held).get(key)
        for one in text.claims if value is not None else ():
            if one.kind != "antal" or one.negated:
                continue
            turned = one.values.get(other) == value and other not in held
            exact = one.values.get("antal") == value and not text.has(*_BOUNDING)
            if turned or (key == "högst" and exact):
                yield f"”{one.words}”"


def _other_fee(data: InsatsData, text: _Text, units: Units) -> _Asked:
    free = data.get("avgift") == "nej"
    if {one.get("avgift") for one in text.of("avgift")} == ({"tas ut"} if free else {"ingen"}):
        yield "att en avgift tas ut" if free else "att insatsen är avgiftsfri"


def _other_consent(data: InsatsData, text: _Text, units: Units) -> _Asked:
    held = data.get("samtycke", {})
    who = {held[key] for key in ("under_15", "från_15") if key in held}
    told = {one.get("samtycke") for one in text.of("samtycke")}
    if who and "utan vårdnadshavare" not in who and told == {"behövs inte"}:
        yield "att samtycke inte krävs"
    if who == {"utan vårdnadshavare"} and told == {"krävs"}:
        yield "att samtycke krävs"


_OTHERS: Mapping[str, Callable[[InsatsData, _Text, Units], _Asked]] = {
    "villkor": _other_ages,
    "omfattning": _other_bounds,
    "avgift": _other_fee,
    "samtycke": _other_consent,
}
