"""Reads the program's own sentences back into the fields that they were made of.

A bilaga that the program has made, and somebody has worked on in Word, is read so. What is read is
written again (``bilaga.phrases``), and only holds if that gives the same words: then it says all
that they say, and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, cast

from insatskoll.bilaga import phrases
from insatskoll.importing import extents
from insatskoll.importing.sentences import cut
from insatskoll.patterns import later
from insatskoll.swedish import NUMBERS

if TYPE_CHECKING:
    from insatskoll.reading.schema_types import Metod, Omfattning

_UNITS = (
    "samtal|stödsamtal|träffar|gruppträffar|tillfällen|hembesök|prov|nätter|dagar|veckor|månader"
    "|timmar"
)
_SINGULAR = {said: unit for unit, said in phrases.extents.SINGULAR.items()}
_COUNT = later(
    rf"(?P<bound>minst |högst )?(?:(?P<one>{'|'.join(map(re.escape, _SINGULAR))})\b"
    rf"|(?P<number>[a-zåäö]+|\d+) (?P<unit>{_UNITS})\b)",
    re.IGNORECASE,
)
_OFTEN = later(
    r"^(?!.*\b(?:har|är|ges|kan|ska|får)\b).*"
    r"(?:gång|varje|varannan|veckan?\b|dagligen|vardag|månad|termin|löpande|öppe[nt]|i taget)",
    re.IGNORECASE,
)
_DEFINITE = "|".join(re.escape(phrases.versal(one)) for one in phrases.conditions.SUBJECTS)
_AGE = later(
    rf"(?P<who>Deltagarens barn|Deltagaren|Barnet eller den unge|Barnet|Den unge|{_DEFINITE}"
    r"|\w+ som [^.]+?) ska "
    r"(?:ha fyllt (?P<from>\d+)|vara högst (?P<to>\d+)"
    r"|vara (?:i åldrarna )?(?P<low>\d+)(?:– ?(?P<high>\d+))?)"
    r"(?P<unit> år| månad(?:er)?)?(?: \((?P<more>.+)\))?\.?"
)
_NAMED = later(
    r"(?P<who>\w[^.]*?) (?:som har fyllt (?P<from>\d+)|som är högst (?P<to>\d+)"
    r"|(?:som är|i åldrarna) (?P<low>\d+)(?:– ?(?P<high>\d+))?)"
    r"(?P<unit> år| månad(?:er)?)?(?: \((?P<more>.+)\))?\.?"
)
_NUMBERED = later(
    r"(?P<whose>Deltagarens ålder|Åldern på deltagarens barn|Barnets ålder|Den unges ålder"
    r"|Barnets eller den unges ålder) ska vara (?:lägst (?P<from>\d+)|högst (?P<to>\d+)"
    r"|(?P<low>\d+)(?:– ?(?P<high>\d+))?)(?: \((?P<more>.+)\))?\.?"
)
_WHOSE = {phrases.versal(said): who for who, said in phrases.ages.OF.items()}
_ROW = later(
    r"(?:från (?P<from>\d+)|till och med (?P<to>\d+)|(?P<low>\d+)(?:– ?(?P<high>\d+))?)"
    r"(?P<unit> år| månad(?:er)?)?(?: \((?P<more>.+)\))?",
    re.IGNORECASE,
)
_LIVES = later(
    r"(?P<who>.+?) ska (?P<how>vara folkbokför(?:d|t|da)|vistas) i (?P<where>.+?)"
    r"(?P<assigned> eller anvis(?:ad|at|ade) dit)?\.?"
)
_ASSIGNED = "Den som är anvisad till kommunen behöver inte vara folkbokförd där."
_FOR_SOME = later(
    rf"För (?P<some>{phrases.conditions.HOW_MUCH}?) ska (?P<who>.+?) "
    r"(?P<rest>(?:ha|vara|vistas) .+)"
)
_ALSO = (("Villkoret gäller ", "gäller"), ("Skäl: ", "skäl"), ("Kontroll: ", "kontroll"))
_NAME = 20  # words of a method's name
_VERB = later(
    r"(?<!\bsom )\b(?:är|har|bygger|grundar|utgår|används|ger|ges|kan|finns|saknas|tar|tas|vilar"
    r"|syftar|innebär|ska|får|måste|följer|följs|arbetar|visar|ligger|leder|gör|kommer|lägger|äger|består"
    r"|kräver|hjälper|beskriver|fokuserar|stärker|utvecklades|omfattar|riktar|sker|erbjuds"
    r"|genomförs|träffas|inriktar|stödjer|stöder|lär|används|handlar)\b",
    re.IGNORECASE,
)
_CONSENT = later(
    r"För barn (?P<age>under 15 år|som har fyllt 15 år) (?P<what>krävs(?: inte)? samtycke från "
    r"(?:samtliga )?vårdnadshavare)\.?"
)
_GIVEN = later(
    r"Ges(?: av (?P<by>.+?))?(?:,? (?P<regi>i egen regi|i extern regi|i en annan kommuns regi"
    r"|i samverkan(?: med (?P<with>.+))?))?(?:,? tillsammans med (?P<too>.+?))?\.?"
)
_REGI = {said: regi for regi, said in phrases.given.REGI.items()}
_LEVELS = {said: level for level, said in phrases.documentation.LEVEL.items()}
_LEVELS |= {"på personnivå": "individnivå"}
_LEVEL = later(
    rf"(?:Dokumenteras |Ja, |Nej, )?(?P<level>{'|'.join(_LEVELS)})(?P<reasons> av särskilda skäl)?"
    r"(?: \((?P<basis>[^()]+)\))?\.?",
    re.IGNORECASE,
)
_BASIS = later(r"(?:SoL )?(?P<chapter>\d+) kap\. (?P<section>\d+ ?[a-z]?) §(?: SoL)?")
_INVOKED = later(
    r"(?:Dokumenteras )?särskilda skäl åberopas(?P<no> inte)?(?: \((?P<basis>[^()]+)\))?\.?",
    re.IGNORECASE,
)
_CHARACTER = later(r"(?:Insatsen har|Delen har|Har) karaktär av (?P<what>.+?)\.?")
# What one sentence says that two did before: the character, and how it is documented.
_BOTH = later(r"(?P<first>(?:Insatsen|Delen) har karaktär av [^.]+?) och (?P<rest>dokumenteras .+)")
_SUBJECT = later(r"(?:Insatsen|Delen|Delarna|Den) (?P<rest>dokumenteras .+)")
_ABOUT = {phrases.versal(said): grund for grund, said in phrases.documentation.GROUNDS.items()}
_WHY = later(
    rf"(?P<about>{'|'.join(_ABOUT)}|{phrases.versal(phrases.documentation.ALONE)})"
    r"(?:: (?P<why>.+)|\.?)",
    re.DOTALL,
)
_FOLLOWED = later(r"För uppföljning antecknas alltid (?P<what>.+?)\.?")
_METHOD = later(
    r"(?P<name>(?!Arbetssätt och vetenskapligt stöd:|Metoden är ).+?)??"
    r"(?:(?:,? ?|\.? ?Metoden är )(?P<manual>(?:inte )?manualbaserad))?\.?"
    r"(?: ?Arbetssätt och vetenskapligt stöd: (?P<support>.+))?",
    re.IGNORECASE | re.DOTALL,
)

Units = Mapping[str, str]  # ids by name


def listed(text: str, joins: str = r"(?<!-) och ") -> list[str]:
    """The items of an enumeration in running text; ``joins`` stands before the last."""
    bare = re.sub(r"\.$", "", text)
    first, _, last = bare.rpartition(" samt ")
    if not first:
        *before, last = re.split(joins, bare)
        first = " och ".join(before)
    return [*(first.split(", ") if first else []), last]


_NAMES = r"(?<!-) och (?=[A-ZÅÄÖ])"  # between names, which begin with capitals


def _same(said: str, words: str) -> bool:
    def bare(text: str) -> str:
        unbroken = re.sub(r"(?<=\d–)\s+(?=\d)", "", text)  # at the end of a line
        return re.sub(r"\s+", " ", unbroken).strip().rstrip(".").casefold()

    return bare(said) == bare(words)


def _number(written: str) -> int | None:
    if written.isdigit():
        return int(written)
    said = written.casefold()
    return NUMBERS.index(said) if said in NUMBERS else None


def extent(words: str) -> dict[str, Any] | None:
    """How much there is, as a field has it."""
    sentences = cut(words)
    for keep in (1, 0):
        data = _extent_of(sentences[0].rstrip(".")) if keep else {}
        rest = " ".join(sentences[keep:])
        if rest:
            data["beskrivning"] = rest
        if (
            data
            and _same(phrases.omfattning(cast("Omfattning", data)), words)
            and (keep or len(data) > 1)
        ):
            return data
    return None


def _extent_of(text: str) -> dict[str, Any]:
    data: dict[str, Any] = {}
    first, *parts = text.split(", ")
    count = _COUNT.match(first)
    if count is None:
        parts = [first, *parts]
    for match in _COUNT.finditer(first) if count else ():
        unit = match["unit"] or _SINGULAR[match["one"].casefold()]
        number = 1 if match["one"] else _number(match["number"])
        key = (match["bound"] or "antal").strip().casefold()
        data |= {} if number is None else {{"minst": "lägst"}.get(key, key): number, "enhet": unit}
    for part in parts:
        said = part[:1].lower() + part[1:]
        if said.startswith("under "):
            data["period"] = said.removeprefix("under ")
        elif said.endswith(" per gång"):
            data["längd"] = said.removesuffix(" per gång")
        elif said.startswith("i grupper om "):
            data["gruppstorlek"] = said.removeprefix("i grupper om ")
        elif said.startswith(("för ", "gäller ")):
            data["gäller"] = said.partition(" ")[2]
        elif extents.is_rate(said):
            data["frekvens"] = said
        elif re.search(r"timm|minut", said):
            data["längd"] = said
        elif _OFTEN.search(said) and not extents.is_stretch(said):
            data["frekvens"] = said
        else:
            return {}
    return data


def age(label: str, words: str) -> dict[str, Any] | None:
    """The ages in a row of their own."""
    match = _ROW.fullmatch(words.rstrip("."))
    if match is None:
        return None
    data = _bounds(match)
    whose = {said: who for who, said in phrases.ages.WHOSE.items()}
    data["avser"] = whose.get(label, "deltagaren")
    return data if _same(phrases.alder(data), words) else None  # type: ignore[arg-type]


def _bounds(match: re.Match[str]) -> dict[str, Any]:
    data: dict[str, Any] = {}
    groups = match.groupdict()
    low = groups["from"] or groups["low"]
    high = groups["to"] or (groups["high"] or groups["low"])
    if low is not None:
        data["från"] = int(low)
    if high is not None and groups["from"] is None:
        data["till"] = int(high)
    unit = (groups.get("unit") or "").strip()
    if unit.startswith("månad"):
        data["enhet"] = "månader"
    elif not unit:
        data["enhet"] = "ej angiven"
    if groups["more"]:
        data["förtydligande"] = groups["more"]
    return data


def condition(words: str) -> dict[str, Any] | None:
    """A condition; one that is only words is none of ours."""
    data: dict[str, Any] = {}
    described: list[str] = []
    for sentence in _with_its_subject(cut(words)):
        also = next((one for one in _ALSO if sentence.startswith(one[0])), None)
        if also:
            data[also[1]] = sentence.removeprefix(also[0]).rstrip(".")
        elif found := _aged(sentence):
            data |= {"typ": "ålder", **found}
        elif match := _LIVES.fullmatch(sentence):
            kind = "vistelse" if match["how"] == "vistas" else "folkbokföring"
            data |= {"typ": kind, "område": match["where"]}
            described += [_ASSIGNED] if match["assigned"] else []
            if _named(match["who"]):
                data["gäller"] = phrases.joining.small(match["who"])
            elif match["who"] != "Den sökande":
                described.append(match["who"])
        elif sentence.rstrip(".") in (
            "Deltagaren ska vara förälder",
            "Deltagaren ska vara anhörig",
        ):
            data["typ"] = "föräldraskap" if "förälder" in sentence else "anhörigskap"
        else:
            described.append(sentence)
    if "typ" not in data:
        text = " ".join(described) if data else words
        own = phrases.versal(text.removeprefix("Den sökande "))
        bare: dict[str, Any] = {"typ": "annat", "beskrivning": own, **data}
        ours = own != words and _same(phrases.villkor(bare), words)  # type: ignore[arg-type]
        if data and own and not ours:
            bare["beskrivning"] = text
            ours = _same(phrases.villkor(bare), words)  # type: ignore[arg-type]
        return bare if ours else None
    if described:
        data["beskrivning"] = " ".join(filter(None, [data.get("beskrivning"), *described]))
    return data if _same(phrases.villkor(data), words) else None  # type: ignore[arg-type]


def _with_its_subject(sentences: Iterable[str]) -> Iterator[str]:
    """The sentences, with what a condition is for in one of its own."""
    for sentence in sentences:
        match = _FOR_SOME.fullmatch(sentence)
        if match is None:
            yield sentence
        else:
            yield f"{phrases.versal(match['who'])} ska {match['rest']}"
            yield f"Villkoret gäller {match['some']}."


def is_people(words: str) -> bool:
    """Whether the words only tell who somebody is and of what age, as a target group does too."""
    return _NAMED.fullmatch(words) is not None


def _named(who: str) -> bool:
    """Whether a subject is one of those that a condition can be said to be about."""
    return phrases.conditions.is_subject(phrases.joining.small(who))


def _aged(sentence: str) -> dict[str, Any]:
    """The age that a sentence demands, with whose it is; nothing if it demands none."""
    if match := _AGE.fullmatch(sentence):
        who = phrases.joining.small(match["who"])
        about = {"gäller": who} if _named(who) else {}
        return {"ålder": {**_bounds(match), "avser": "deltagaren" if about else who}, **about}
    if match := _NUMBERED.fullmatch(sentence):
        return {"ålder": {**_bounds(match), "avser": _WHOSE[match["whose"]]}}
    if match := _NAMED.fullmatch(sentence):
        whose = "deltagarens barn" if match["who"].endswith(" med barn") else "deltagaren"
        age = {**_bounds(match), "avser": whose}
        return {"ålder": age, "beskrivning": f"{match['who']}."}
    return {}


def consent(words: str) -> dict[str, Any] | None:
    """Whose consent is needed."""
    data: dict[str, Any] = {}
    said = {what: who for who, what in phrases.consent.CONSENT.items()}
    rest: list[str] = []
    for sentence in cut(words):
        if match := _CONSENT.fullmatch(sentence):
            data["under_15" if match["age"].startswith("under") else "från_15"] = said[
                match["what"]
            ]
        elif sentence.startswith("Åldrar: "):
            data["åldrar"] = sentence.removeprefix("Åldrar: ").rstrip(".")
        elif sentence.startswith("Lämplighet: "):
            data["lämplighet"] = sentence.removeprefix("Lämplighet: ")
        else:
            rest.append(sentence)
    if not data:
        return None
    if rest:
        data["beskrivning"] = " ".join(rest)
    return data if _same(phrases.samtycke(data), words) else None  # type: ignore[arg-type]


def given(words: str, units: Units) -> dict[str, Any] | None:
    """Who gives it; ``units`` are the ids of those that the municipality has, by name."""
    data: dict[str, Any] = {}
    for sentence in cut(words):
        if sentence.startswith("Personal: "):
            data["personal"] = listed(sentence.removeprefix("Personal: "))
        elif sentence.startswith("Platser och team: "):
            places = listed(sentence.removeprefix("Platser och team: "))
            data["platser"] = [_place(one, units) for one in places]
        elif match := _GIVEN.fullmatch(sentence):
            _givers(data, match, units)
        else:
            return None
    names = {held: name for name, held in units.items()}
    return data if data and _same(phrases.utforare(data, names), words) else None  # type: ignore[arg-type]


OF_GIVERS = ("Platser och team", "Personal")


def of_givers(label: str, words: str, units: Units) -> dict[str, Any] | None:
    """Where it is given, or the staff, in a row of its own. What the staff are called begins with a
    small letter."""
    if len(cut(words)) > 1:
        return None
    text = phrases.antecknat(words) if label == "Personal" else words
    return given(f"{label}: {text}", units)


def _givers(data: dict[str, Any], match: re.Match[str], units: Units) -> None:
    by = listed(match["by"], _NAMES) if match["by"] else []
    ours = [units[name] for name in by if name in units]
    others = [name for name in by if name not in units]
    data |= {"enheter": ours} if ours else {}
    data |= {"namn": others} if others else {}
    if match["regi"]:
        together = match["regi"].startswith("i samverkan")
        data["regi"] = "samverkan" if together else _REGI[match["regi"]]
    if match["with"] or match["too"]:
        data["samverkan"] = listed(match["with"] or match["too"])


def _place(words: str, units: Units) -> dict[str, str]:
    name, _, whom = words.partition(" för ")
    held = next((unit for unit in units if name.endswith(f" vid {unit}")), None)
    if held is None:
        called = [unit for unit in units if phrases.given.is_called_by(name, unit)]
        held = called[0] if len(called) == 1 else None
    found = {"namn": name.removesuffix(f" vid {held}")} if held else {"namn": name}
    return found | ({"enhet": units[held]} if held else {}) | ({"för": whom} if whom else {})


def method(label: str, words: str) -> dict[str, Any] | None:
    """The method; its name alone only under its own label."""
    match = _METHOD.fullmatch(words)
    short = len(words.split()) <= _NAME and not _VERB.search(words) and len(cut(words)) == 1
    if match is None or not (match["manual"] or match["support"] or label == "Metod" or short):
        return None
    data: dict[str, Any] = {}
    if match["name"]:
        data["namn"] = match["name"]
    if match["manual"]:
        data["manualbaserad"] = "nej" if match["manual"].casefold().startswith("inte") else "ja"
    if match["support"]:
        data["stöd"] = match["support"]
    method = cast("Metod", data)
    said = (phrases.metod(method), phrases.metodrad(method))
    return data if data and any(_same(one, words) for one in said) else None


def documentation(words: str) -> tuple[dict[str, Any], list[str]] | None:
    """How it is documented, and what it is in character. None if the words begin with neither."""
    data: dict[str, Any] = {}
    character: list[str] = []
    held: list[str] = []
    key = "beskrivning"
    texts: dict[str, list[str]] = {}
    for at, sentence in enumerate(_apart(cut(words))):
        if match := _CHARACTER.fullmatch(sentence):
            character = listed(match["what"])
        elif _level(data, sentence):
            held.append(sentence)
        elif at == 0 and not _MARKED.match(sentence):
            return None
        elif found := next(_marked(data, sentence), None):
            key = found
            if key == "motivering":
                texts.setdefault(key, []).append(sentence.removeprefix("Skäl: "))
            continue
        else:
            texts.setdefault(key, []).append(sentence)
            continue
        key = "beskrivning"
    if "motivering" in texts:
        data.setdefault("särskilda_skäl", {})["motivering"] = " ".join(texts["motivering"])
    if "beskrivning" in texts:
        data["beskrivning"] = " ".join(texts["beskrivning"])
    return data, character


def _apart(sentences: Iterable[str]) -> Iterator[str]:
    """The sentences with one thing said in each, under the marks that a label would have."""
    for sentence in sentences:
        if match := _BOTH.fullmatch(sentence):
            yield f"{match['first']}."
            yield phrases.versal(match["rest"])
        elif (match := _SUBJECT.fullmatch(sentence)) and _LEVEL.fullmatch(match["rest"]):
            yield phrases.versal(match["rest"])
        elif match := _WHY.fullmatch(sentence):
            if match["about"] in _ABOUT:
                yield f"Grund: {_ABOUT[match['about']]}."
            if match["why"]:
                yield f"Skäl: {match['why']}"
        else:
            yield re.sub(r"^(?:Undantaget|Dokumentationen) gäller ", "Gäller ", sentence)


_MARKED = later(r"(?:Skäl: |Grund: |Beslut: |Gäller |För uppf)")


def followed(words: str) -> list[str]:
    """What is always recorded; nothing if the words do not say just that."""
    match = _FOLLOWED.fullmatch(words)
    return listed(match["what"]) if match else []


def _level(data: dict[str, Any], sentence: str) -> bool:
    basis = None
    if match := _LEVEL.fullmatch(sentence):
        data["nivå"] = _LEVELS[match["level"].casefold()]
        if match["reasons"]:
            data.setdefault("särskilda_skäl", {})["åberopas"] = "ja"
        basis = match["basis"]
    elif match := _INVOKED.fullmatch(sentence):
        data.setdefault("särskilda_skäl", {})["åberopas"] = "nej" if match["no"] else "ja"
        basis = match["basis"]
    else:
        return False
    if basis:
        match = _BASIS.fullmatch(basis)
        if match is None:
            return False
        data["lagrum"] = f"SoL {match['chapter']} kap. {match['section']} §"
    return True


def _marked(data: dict[str, Any], sentence: str) -> Iterator[str]:
    """Which field a sentence with a mark of ours begins or fills."""
    if sentence.startswith("Skäl: "):
        yield "motivering"
    elif sentence.startswith("Grund: "):
        grund = sentence.removeprefix("Grund: ").rstrip(".")
        data.setdefault("särskilda_skäl", {})["grund"] = grund
        yield "beskrivning"
    elif sentence.startswith("Beslut: "):
        data["beslut"] = sentence.removeprefix("Beslut: ").rstrip(".")
        yield "beskrivning"
    elif sentence.startswith("Gäller "):
        data["omfattar"] = sentence.removeprefix("Gäller ").rstrip(".")
        yield "beskrivning"
    elif recorded := followed(sentence):
        data["uppföljning"] = recorded
        yield "beskrivning"
