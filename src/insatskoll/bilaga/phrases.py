"""Sentences from structure: what the fields of an insats say, in plain Swedish.

Pure functions from the data of one field to a piece of text without a final full stop
(:func:`mening` sets it), used by the bilaga, the diff and ``show``. They say what the fields say,
all of it and nothing else; what a field lacks is left out.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, Literal, cast

from insatskoll.bilaga import running
from insatskoll.catalogue.documentation import denies_reasons, documentation_level, invokes_reasons
from insatskoll.patterns import later
from insatskoll.swedish import NUMBERS

if TYPE_CHECKING:
    from insatskoll.catalogue.model import Revision
    from insatskoll.reading.schema_types import (
        Alder,
        Avgift,
        Del,
        Dokumentation,
        Handelseuppgifter,
        InsatsData,
        Karaktar,
        Malgrupp,
        Metod,
        Omfattning,
        Samtycke,
        SarskildaSkal,
        Utforare,
        Villkor,
    )

_NUMBERS = NUMBERS[:13]  # those that are written with letters in a sentence
_MONTHS = (
    "januari", "februari", "mars", "april", "maj", "juni",
    "juli", "augusti", "september", "oktober", "november", "december",
)  # fmt: skip
_SINGULAR = {
    "samtal": "ett samtal", "stödsamtal": "ett stödsamtal", "träffar": "en träff",
    "gruppträffar": "en gruppträff", "tillfällen": "ett tillfälle", "hembesök": "ett hembesök",
    "prov": "ett prov", "nätter": "en natt", "dagar": "en dag", "veckor": "en vecka",
    "månader": "en månad", "timmar": "en timme",
}  # fmt: skip
_LEVEL = {
    "individnivå": "på individnivå",
    "utan personliga förhållanden": "utan uppgifter om personliga förhållanden",
    "avidentifierad": "avidentifierat",
}
_REGI = {
    "egen": "i egen regi",
    "extern": "i extern regi",
    "annan kommun": "i en annan kommuns regi",
}
# Conditions that a description need not name: what one calls those who meet it, and what to say
# when it does not.
_CONDITION = {
    "föräldraskap": (
        "förälder|föräldrar|vårdnadshavare|mamma|mammor|pappa|pappor|gravida?",
        "Deltagaren ska vara förälder",
    ),
    "anhörigskap": ("anhörig|anhöriga|närstående", "Deltagaren ska vara anhörig"),
}
# The description says what whoever takes part is: as its subject (”Utrikesfödda föräldrar”), but
# not as somebody who does something (”Föräldrar ska ha samtyckt”), or after a word for being (”Den
# som är förälder”).
_BEING = (
    r"(?:(?:den|de|personer|vuxna) som är |(?:den sökande|deltagaren|du) (?:är|ska vara"
    r"|måste vara) |(?:är|ska vara) )"
    r"(?:en )?(?:{0})\b"
    r"|(?!inga |inte |icke )(?:\w+[ae] )?(?:{0})\b(?! (?:ska|skall|har|är|måste|får|kan"
    r"|vill|behöver|bör)\b)"
)
_CONSENT = {
    "vårdnadshavare": "krävs samtycke från vårdnadshavare",
    "samtliga vårdnadshavare": "krävs samtycke från samtliga vårdnadshavare",
    "utan vårdnadshavare": "krävs inte samtycke från vårdnadshavare",
}
_WHOSE = {
    "deltagarens barn": "Barnens ålder",
    "barnet": "Barnets ålder",
    "den unge": "Den unges ålder",
    "barnet eller den unge": "Barnets eller den unges ålder",
}
# Whose a number is that is said to be an age, and neither years nor months.
_OF = {
    "deltagaren": "deltagarens ålder",
    "deltagarens barn": "åldern på deltagarens barn",
    "barnet": "barnets ålder",
    "den unge": "den unges ålder",
    "barnet eller den unge": "barnets eller den unges ålder",
}
# A text that only names people: with where they have to live it makes one sentence, and binds
# nobody else.
_PERSON = (
    r"(?:deltagarens |de )?(?:barn(?:en|et)?|ungdomar(?:na)?|unga|tonåringar(?:na)?"
    r"|föräldrar(?:na)?|vårdnadshavar(?:e|na)|"
    r"familjer(?:na)?|vuxna|äldre|anhöriga|den unge|deltagar(?:en|na))"
)
_PEOPLE = later(rf"{_PERSON}(?:(?:,| och| eller) {_PERSON})*\.?", re.IGNORECASE)
# A condition that begins with one of these says only what is demanded, not of whom, unless its own
# subject follows.
_VERBS = "behöver|har|tänker|vill|är|bor|saknar|kan|söker|upplever|lever|studerar|arbetar"
_DEMAND = later(
    rf"(?:varken (?:{_VERBS}) eller (?:{_VERBS})|{_VERBS})(?=[ .]|$)(?: (?:inte|redan|själv"
    r"|tidigare)\b)*"
)
_SUBJECT = later(
    r" (?:[A-ZÅÄÖ]|(?:jag|du|ni|vi|man|hen|hon|han|den|det|de|dem|en|ett|någon|något|några"
    r"|alla|ingen|inget|inga|varje|båda|"
    r"andra|min|mitt|mina|din|ditt|dina|hans|hennes|dess|deras|denna|detta|dessa|\w+(?:en"
    r"|et|ern|na|ns|ets|nas)|\w+a mamma|"
    r"mamma|pappa)\b)"
)
# What may be the verb of a main clause; not after ”att” or ”som”, nor after an article.
_FINITE = later(
    r"(?<!\batt )(?<!\bsom )(?<!\ben )(?<!\bett )\b(?:ska|skall|vill|måste|kan|så|då|\w+[rs])\b"
)
_NOT_FINITE = frozenset(
    {
        "för",
        "under",
        "över",
        "efter",
        "eller",
        "år",
        "hos",
        "förälder",
        "föräldrar",
        "dagar",
        "veckor",
        "månader",
        "timmar",
    }
)
_NUMBER = rf"(?:ett|{'|'.join(_NUMBERS)}|hela|halva|[0-9]+(?:[–,][0-9]+)?)"
_STRETCH = later(
    rf"(?:(?:cirka|ca|ungefär|högst|minst|upp till|drygt) )*{_NUMBER}(?: (?:och|till|eller"
    rf"|en|halvt?|{_NUMBER}))* "
    r"\w*(?:timm(?:e|ar)|da(?:g|gar)|dygn|natt|nätter|veck(?:a|or)|månad(?:er)?"
    r"|termin(?:er)?|år|period(?:er)?)\b"
    r"(?!.*\b(?:i|om|per|var|varje|varannan|åt)\b)",
    re.IGNORECASE,
)
# What a sentence ends with in the scripts that may be printed, what leads on to more, and marks of
# direction that are unseen.
_ENDING = (".", "!", "?", "…", "؟", "۔", "。", "！", "？", "।", "։", "።")
_LEADING_ON = (":", ";", ",", "؛", "،", "：", "；", "，", "、")
_UNSEEN = "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069"
_ABBREVIATED = later(
    r"(?<!\w)(?:\w{1,4}(?:\.\w{1,4})+|etc|osv|dvs|tel|nr|kap|inkl|exkl|resp|ca|mm|mfl)\.$",
    re.IGNORECASE,
)
# An ordinary word first, with the signs that may follow it, or an abbreviation of several; but not
# the letter of a point.
_LETTERS = r"(?:[^\W\d_][\u0300-\u036f\u00ad]*)+"
_ORDINARY = later(
    rf"(?![^\W\d_][.)](?:\s|$))(?:{_LETTERS}(?:[-–/’']{_LETTERS})*[^\w\s@/\\]*"
    r"|\w{1,3}(?:\.\w{1,3})+\.)(?=\s|$)"
)


# A text of a list that is a sentence of its own, and no name or piece of one.
_SENTENCE = later(r"[A-ZÅÄÖ]\S*(?: \S+){3,}[.!?…]")


def lista(items: Iterable[str]) -> str:
    """Joins as in running text: ``["a", "b", "c"]`` → ”a, b och c”; ”samt” where an item has its
    own ”och”."""
    listed = [_inner(item) for item in items]
    *first, last = listed or [""]
    word = "samt" if any(" och " in item for item in listed) else "och"
    return f"{', '.join(first)} {word} {last}" if first else last


def _inner(text: str) -> str:
    """A text to be written inside a sentence: without its own full stop, unless that ends an
    abbreviation."""
    return re.sub(r"(?<=\w{4})\.$", "", text.strip())


def datum(text: str) -> str:
    """A date in words: ``"2025-05-19"`` → ”19 maj 2025”."""
    year, month, day = text.split("-")
    return f"{int(day)} {_MONTHS[int(month) - 1]} {year}"


def mening(text: str) -> str:
    """A sentence: a capital first and, unless the text has its own, a full stop last."""
    text = _stopped(text.strip())
    return versal(text)


def versal(text: str) -> str:
    """The text with a capital first if it begins with an ordinary word in small letters; the rest
    as it is.

    An address, a name such as ”iPad” and the letter of a point keep the first letter that they were
    written with.
    """
    word = _ORDINARY.match(text)
    return text[:1].title() + text[1:] if word and word[0].islower() else text


def faktum(text: str) -> str:
    """The text after a label: as it is, but as sentences with capitals and a last full stop if that
    is what it is."""
    several = re.search(r"[.!?] +[A-ZÅÄÖ]", text)
    return mening(text) if several or (text[:1].isupper() and len(text.split()) > 4) else text


def _stopped(text: str) -> str:
    """``text`` with a full stop, unless it has come to an end of its own, or ends with a point of a
    list."""
    return text if not text or _is_ended(text) or running.ends_with_point(text) else f"{text}."


def på_en_rad(text: str) -> str:
    """``text`` on one line. A list or a paragraph that stood by itself ends as a sentence does
    before what follows it."""
    *first, last = [" ".join(part.split()) for part in re.split(r"\n\s*\n", text.strip())]
    return " ".join([*map(_stopped, first), last])


def _is_ended(text: str) -> bool:
    """Whether no full stop may follow: after a sign that ends or leads on, also within a closing
    quote or bracket.

    There an abbreviation ends nothing: ”(samtal m.m.)”.
    """
    bare = text.rstrip(f"{_UNSEEN} ")
    inner = bare
    while inner and (inner[-1] in "\"'" or unicodedata.category(inner[-1]) in ("Pe", "Pf", "Pi")):
        inner = inner[:-1].rstrip()
    if inner == bare:
        return bare.endswith((*_ENDING, *_LEADING_ON))
    return inner.endswith(_ENDING) and not _ABBREVIATED.search(inner)


def _with_commas(parts: Iterable[str]) -> str:
    """The parts that are not empty, with commas between them except after a sign that parts them
    already."""
    said = ""
    for part in filter(None, parts):
        between = " " if said.endswith((*_ENDING[1:], *_LEADING_ON, "..")) else ", "
        said += f"{between}{part}" if said else part
    return said


def _unstopped(text: str) -> str:
    """``text`` without its full stop; three dots are none, and that of a point stays."""
    return text if running.ends_with_point(text) else re.sub(r"(?<!\.)\.$", "", text)


def _after(words: str, text: str) -> str:
    """``text`` after ``words``, which are written once where the text begins with the last of them
    itself."""
    listed = words.split(" ")
    for number in range(len(listed)):
        if text.startswith(" ".join(listed[number:]).lower() + " "):
            return " ".join([*listed[:number], text]) if number or words.islower() else versal(text)
    return _before(words, text)


def _meningar(parts: Iterable[str]) -> str:
    """Several sentences as one piece of text: the first keeps its initial letter, the last gets no
    full stop.

    A part of several lines that stand for something keeps to itself: what follows it is a paragraph
    of its own.
    """
    first, *rest = [part.strip() for part in parts if part and part.strip()] or [""]
    said, last = _stopped(first), first
    for part in rest:
        said += ("\n\n" if running.is_parted(last) or running.is_parted(part) else " ") + mening(
            part
        )
        last = part
    return _unstopped(said)


def _labelled(label: str, text: str) -> str:
    """``text`` after ``label`` and a colon."""
    return _before(f"{label}:", text)


def _before(words: str, text: str) -> str:
    """``words`` and then ``text``, on a line of its own if it begins with a point of a list."""
    return f"{words}\n{text.strip()}" if running.begins_with_point(text) else f"{words} {text}"


def alder(data: Alder) -> str:
    """The ages alone: ”13–20 år”, ”från 21 år”, ”till och med 6 år (tills …)”. Whose age:
    :func:`alder_avser`."""
    low, high = data.get("från"), data.get("till")
    if low is not None and high is not None:
        text = _span(low, high)
    else:
        text = f"från {low}" if high is None else f"till och med {high}"
    return _with_unit(text, data) + _comment(data)


def _span(low: int, high: int) -> str:
    return f"{low}–{high}" if low != high else f"{low}"


def _with_unit(text: str, data: Alder) -> str:
    unit: str = data.get("enhet", "år")
    if unit == "månader" and re.search(r"(^|[^–0-9])1$", text):
        unit = "månad"
    return text if unit == "ej angiven" else f"{text} {unit}"


def _comment(data: Alder) -> str:
    said = data.get("förtydligande", data.get("kommentar"))
    return f" ({_inner(said)})" if said else ""


def alders_rubrik(data: Alder) -> str:
    """The label of the ages: ”Ålder”, or whose they are if not whoever takes part: ”Barnets eller
    den unges ålder”."""
    return _WHOSE.get(data["avser"], "Ålder")


def alder_avser(data: Alder) -> str:
    """The age as a demand: ”deltagaren ska vara 13–20 år”, ”deltagarens barn ska ha fyllt 3 år”,
    and where neither years nor months are said ”barnets ålder ska vara 6–16”."""
    low, high = data.get("från"), data.get("till")
    if data.get("enhet") == "ej angiven":
        if high is None:
            number = f"lägst {low}"
        elif low is None:
            number = f"högst {high}"
        else:
            number = _with_unit(_span(low, high), data)
        return f"{_OF[data['avser']]} ska vara {number}{_comment(data)}"
    if high is None:
        said = "ha fyllt " + _with_unit(str(low), data) + _comment(data)
    elif low is None:
        said = "vara högst " + _with_unit(str(high), data) + _comment(data)
    else:
        said = "vara " + alder(data)
    return f"{data['avser']} ska {said}"


def antal(number: int) -> str:
    """A number in running text: in letters up to twelve."""
    return _NUMBERS[number] if number < len(_NUMBERS) else str(number)


def _count(number: int, unit: str) -> str:
    if number == 1:
        return _SINGULAR.get(unit, f"en {unit}")
    return f"{antal(number)} {unit}"


_COUNTED: tuple[tuple[Literal["antal", "lägst", "högst"], str], ...] = (
    ("antal", ""), ("lägst", "minst "), ("högst", "högst ")
)  # fmt: skip


def omfattning(data: Omfattning) -> str:
    """How much, how often, how long: ”högst sju stödsamtal”, ”en natt i taget, för personer som
    …”."""
    data = cast(
        "Omfattning",
        {
            key: _inner(value) if isinstance(value, str) and key != "beskrivning" else value
            for key, value in data.items()
        },
    )
    counts = [(word, _count(data[key], data["enhet"])) for key, word in _COUNTED if key in data]
    parts = [" och ".join(word + count for word, count in counts)]
    if "frekvens" in data:
        parts.append(data["frekvens"])
    if not counts and "enhet" in data:
        parts.insert(0, data["enhet"])
    if "längd" in data:
        once = data.get("antal") == 1 and len(counts) == 1
        parts.append(
            data["längd"]
            + ("" if once or re.search(r"\b(per|varje|var)\b", data["längd"]) else " per gång")
        )
    if "period" in data:
        parts.append(("under " if _STRETCH.match(data["period"]) else "") + data["period"])
    if "gruppstorlek" in data:
        of = "i" if re.match(r"(?:\w+ )?grupp", data["gruppstorlek"]) else "i grupper om"
        parts.append(_after(of, data["gruppstorlek"]))
    if "gäller" in data:
        parts.append(_after("för" if any(parts) else "gäller", data["gäller"]))
    return _meningar([_with_commas(parts), data.get("beskrivning", "")])


def dokumentation(data: Dokumentation) -> str:
    """How it is documented: ”på individnivå”, ”avidentifierat av särskilda skäl” and all that is
    said besides."""
    return _meningar([dokumentation_sätt(data), *_besides(data)])


def dokumentation_sätt(data: Dokumentation) -> str:
    """How it is documented and by which provision, in a few words: ”på individnivå (SoL 14 kap. 3
    §)”."""
    level = _LEVEL.get(_stated_level(data) or "", "")
    if invokes_reasons(data):
        level = f"{level} av särskilda skäl" if level else "särskilda skäl åberopas"
    return _with_basis(level, data)


def dokumentation_mer(data: Dokumentation) -> str:
    """What is said besides :func:`dokumentation_sätt`, in sentences of their own: the reasons, and
    what is recorded."""
    return mening(_meningar(_besides(data)))


def _besides(data: Dokumentation) -> list[str]:
    *reasons, described = _reasons(data)
    return [*reasons, *_documented(data), described]


def individuellt(data: Dokumentation) -> str:
    """Whether it is documented individually, in sentences: ”Nej, avidentifierat (SoL 14 kap. 5 §).”
    Why: :func:`skal`."""
    level = documentation_level(data)
    if not level:
        answer = ""
    elif level == "individnivå":
        answer = "ja"
    else:
        answer = "nej"
    if answer == "nej" and _stated_level(data):
        answer += f", {_LEVEL[level or '']}"
    return mening(_meningar([_with_basis(answer, data), *_documented(data)]))


def skal(data: Dokumentation) -> str:
    """Why it is documented as it is, in sentences, and what is said of it in other words; empty if
    nothing is."""
    special: SarskildaSkal = data.get("särskilda_skäl", {})
    return mening(
        _meningar(
            ["Särskilda skäl åberopas" if special.get("åberopas") == "ja" else "", *_reasons(data)]
        )
    )


def _stated_level(data: Dokumentation) -> str | None:
    """The level that is stated, in itself or by its provision; where only reasons are, it is not
    said how it is done."""
    return documentation_level(data) if "nivå" in data or "lagrum" in data else None


def _with_basis(level: str, data: Dokumentation) -> str:
    if "lagrum" not in data:
        return level
    return f"{level} ({data['lagrum']})" if level else f"enligt {data['lagrum']}"


def _reasons(data: Dokumentation) -> list[str]:
    special: SarskildaSkal = data.get("särskilda_skäl", {})
    return [
        "Särskilda skäl åberopas inte" if denies_reasons(data) else "",
        _labelled("Grund", special["grund"]) if special.get("grund", "annat") != "annat" else "",
        _labelled("Skäl", special["motivering"]) if "motivering" in special else "",
        data.get("beskrivning", ""),
    ]


def _documented(data: Dokumentation) -> list[str]:
    return [
        _after("Gäller", data["omfattar"]) if "omfattar" in data else "",
        _labelled("Beslut", data["beslut"]) if "beslut" in data else "",
        uppfoljning(data["uppföljning"]) if "uppföljning" in data else "",
    ]


def dokumenteras(data: Dokumentation) -> str:
    """:func:`dokumentation` as a sentence: ”Dokumenteras på individnivå.”"""
    known = _stated_level(data) or ("lagrum" in data and "särskilda_skäl" not in data)
    return mening(("dokumenteras " if known else "") + dokumentation(data))


def karaktar_och_dokumentation(data: InsatsData | Del, words: str) -> str:
    """What an insats or a part of it is in character, after ``words``, and how that is documented;
    empty if nothing is said."""
    documented = dokumenteras(data["dokumentation"]) if "dokumentation" in data else ""
    return mening(
        _meningar([words + karaktar(data["karaktär"]) if "karaktär" in data else "", documented])
    )


def karaktar_och_skal(data: InsatsData | Del) -> str:
    """What an insats or a part of it is in character, and why it is documented as it is; empty if
    nothing is said."""
    why = skal(data["dokumentation"]) if "dokumentation" in data else ""
    return mening(
        _meningar(
            [f"Har karaktär av {karaktar(data['karaktär'])}" if "karaktär" in data else "", why]
        )
    )


def uppfoljning(items: Iterable[str]) -> str:
    """What is always recorded: ”För uppföljning antecknas alltid antal deltagare”."""
    return f"För uppföljning antecknas alltid {lista(items)}"


def antecknat(item: str) -> str:
    """What is recorded as it stands inside a sentence: ”antalet deltagare”. A word of more capitals
    keeps them."""
    first = item.split(maxsplit=1)[0] if item.strip() else ""
    return _small(item) if first[1:].islower() else item


_ALSO_SAID: tuple[tuple[Literal["gäller", "skäl", "kontroll"], str], ...] = (
    ("gäller", "Villkoret gäller"), ("skäl", "Skäl:"), ("kontroll", "Kontroll:")
)  # fmt: skip


def villkor(data: Villkor) -> str:
    """One condition: ”Deltagaren ska ha fyllt 21 år”, ”Den sökande ska vara folkbokförd i Exempels
    kommun”."""
    kind, described = data["typ"], data.get("beskrivning", "")
    whose = _PEOPLE.fullmatch(described.strip()) if kind in ("folkbokföring", "vistelse") else None
    parts = [f"Den sökande {_small(described)}" if _only_demands(described) else described]
    if kind in _CONDITION and not re.match(
        _BEING.format(_CONDITION[kind][0]), described, re.IGNORECASE
    ):
        parts.append(_CONDITION[kind][1])
    if "ålder" in data:
        parts.append(alder_avser(data["ålder"]))
    if "område" in data and whose:  # the text only says whose condition it is
        subject = versal(_unstopped(described.strip()))
        parts[0] = _after(f"{subject} ska {_living(kind, _form(subject))}", data["område"])
    elif "område" in data:
        lives = kind in ("folkbokföring", "vistelse")
        parts.append(
            _after(f"Den sökande ska {_living(kind, 'rd')}", data["område"])
            if lives
            else f"Område: {data['område']}"
        )
    parts += [_after(words, data[key]) for key, words in _ALSO_SAID if key in data]
    return _unstopped(mening(_meningar(parts)))


def _living(kind: str, form: str) -> str:
    return "vistas i" if kind == "vistelse" else f"vara folkbokfö{form} i"


def _form(subject: str) -> str:
    """How ”folkbokförd” ends after ``subject``."""
    last = subject.rsplit(maxsplit=1)[-1].lower()
    singular = " och " not in subject and "," not in subject
    return (
        {"barnet": "rt", "unge": "rd", "deltagaren": "rd"}.get(last, "rda") if singular else "rda"
    )


def _small(text: str) -> str:
    return text[:1].lower() + text[1:]


def _only_demands(text: str) -> bool:
    """Whether ”den sökande” may stand before ``text``: it begins with a verb, and with no clause
    that has a subject.

    ”Har barnet fyllt tre år får det delta” has its own. Where it cannot be told, a text is left as
    it stands.
    """
    demand = _DEMAND.match(_small(text))
    if demand is None:
        return False
    sentence = re.split(r"[.!] +(?=[A-ZÅÄÖ])", text[demand.end() :])[0]
    # after the word that the verb is followed by
    later = _FINITE.findall(sentence.partition(" ")[2].partition(" ")[2])
    return "?" not in sentence and not _SUBJECT.match(sentence) and _NOT_FINITE.issuperset(later)


def samtycke(data: Samtycke) -> str:
    """Whose consent a child's insats needs, under and from 15 years."""
    return _meningar(
        [
            f"För barn under 15 år {_CONSENT[data['under_15']]}" if "under_15" in data else "",
            f"För barn som har fyllt 15 år {_CONSENT[data['från_15']]}"
            if "från_15" in data
            else "",
            _labelled("Åldrar", data["åldrar"]) if "åldrar" in data else "",
            _labelled("Lämplighet", data["lämplighet"]) if "lämplighet" in data else "",
            data.get("beskrivning", ""),
        ]
    )


def karaktar(data: Karaktar) -> str:
    """The character, one word or several: ”rådgivning och mötesplats”."""
    return data if isinstance(data, str) else lista(data)


def ingang(data: InsatsData) -> str:
    """The way in, from the insats's ``ingång`` and ``remiss_från``: ”öppen”, ”remiss från BVC”."""
    return " ".join(
        [data["ingång"], *([f"från {lista(data['remiss_från'])}"] if "remiss_från" in data else [])]
    )


def giltighet(data: InsatsData) -> str:
    """The days that an insats, or a part of one, holds: ”insatsen gäller till och med den 31
    december 2026”; empty where it holds as long as the bilaga does."""
    bounds = (("från och med", data.get("gäller_från")), ("till och med", data.get("gäller_till")))
    said = " ".join(f"{word} den {datum(day)}" for word, day in bounds if day is not None)
    what = "insatsen" if "insatstyp" in data else "delen"
    return f"{what} gäller {said}" if said else ""


def avgift(data: Avgift) -> str:
    """What it costs: ”avgiftsfri”, or the sum and what it rests on."""
    if isinstance(data, str):
        return "avgiftsfri"
    basis = _labelled("Grund", data["grund"]) if "grund" in data else ""
    return _meningar([data.get("belopp", ""), basis, data.get("beskrivning", "")])


def kortnamn(data: InsatsData) -> str:
    """The short name of an insats, unless its name has it as a word of its own: then empty."""
    short = data.get("kortnamn", "")
    return "" if re.search(rf"(?<!\w){re.escape(short)}(?!\w)", data["namn"]) else short


def metod(data: Metod) -> str:
    """The method: ”COPE, manualbaserad. Arbetssätt och vetenskapligt stöd: …”."""
    return _meningar(
        [
            metodnamn(data),
            _labelled("Arbetssätt och vetenskapligt stöd", data["stöd"]) if "stöd" in data else "",
        ]
    )


def metodnamn(data: Metod) -> str:
    """The method without what is said in support of it: ”COPE, manualbaserad”; empty if it has no
    name."""
    manual = {"ja": "manualbaserad", "nej": "inte manualbaserad"}.get(
        data.get("manualbaserad", ""), ""
    )
    return ", ".join(filter(None, (data.get("namn", ""), manual)))


def utforare(data: Utforare, enheter: Mapping[str, str]) -> str:
    """Who gives it: ”Ges av Trappan, tillsammans med Region Exempel”. ``enheter``: the units' names
    by id."""
    by = [*(enheter.get(unit, unit) for unit in data.get("enheter", ())), *data.get("namn", ())]
    given = [f"av {lista(by)}"] if by else []
    together = lista(data["samverkan"]) if "samverkan" in data else ""
    if data.get("regi") == "samverkan":
        given.append(f"i samverkan med {together}" if together else "i samverkan")
    else:
        given += [_REGI[data["regi"]]] if "regi" in data else []
        given += [f"tillsammans med {together}"] if together else []
    places = []
    for place in data.get("platser", ()):
        unit = f" vid {enheter.get(place['enhet'], place['enhet'])}" if "enhet" in place else ""
        places.append(
            _inner(place["namn"]) + unit + (f" för {place['för']}" if "för" in place else "")
        )
    return _meningar(
        [
            f"Ges {', '.join(given)}" if given else "",
            f"Platser och team: {lista(places)}" if places else "",
            f"Personal: {lista(data['personal'])}" if "personal" in data else "",
        ]
    )


def malgrupp(data: Malgrupp) -> str:
    """Whom it is for: the description, who takes part, and the age."""
    children = {"ja": "Barn får följa med", "nej": "Barn får inte följa med"}
    return _meningar(
        [
            data.get("beskrivning", ""),
            f"Deltagare: {lista(data['deltagare'])}" if "deltagare" in data else "",
            alder_avser(data["ålder"]) if "ålder" in data else "",
            children.get(data.get("medföljande_barn", ""), ""),
        ]
    )


_SAY: dict[str, Callable[[Any], str]] = {
    "ålder": alder,
    "ålder_i_innehåll": alder,
    "omfattning": omfattning,
    "dokumentation": dokumentation,
    "samtycke": samtycke,
    "karaktär": karaktar,
    "avgift": avgift,
    "metod": metod,
    "villkor": villkor,
    "gemensamma_villkor": villkor,
    "målgrupp": malgrupp,
}


def say(field: str, value: object) -> str:
    """What the field called ``field`` says, whatever it holds; a list as in running text, its texts
    as paragraphs."""
    if isinstance(value, list) and field != "karaktär":
        said = [say(field, item) for item in value]
        whole = any(len(item) > 100 or _SENTENCE.fullmatch(item.strip()) for item in said)
        return "\n\n".join(said) if whole and len(said) > 1 else lista(said)
    if field in _SAY:
        return _SAY[field](value)
    if isinstance(value, dict):
        return str(value.get("namn") or _meningar(say(key, item) for key, item in value.items()))
    return på_en_rad(str(value))


def status(revision: Revision) -> str:
    """What the revision is: ”Beslut Socialnämnden 2025-05-19 § 103”, ”Förslag 2025-09-18”, or
    ”Utkast” without a date; and of a decision if it has been corrected or annulled, that it is what
    is in force on the day that it is shown for, or from which day it is, if later than its own."""
    kommun, beslut = revision.kommun, revision.beslut
    if beslut is None:
        return f"Förslag {revision.proposed}" if "förslag" in kommun else "Utkast"
    named = (beslut[key] for key in ("nämnd", "datum", "paragraf") if key in beslut)
    marks = [f"({', '.join(revision.marks)})"] if revision.marks else []
    since = kommun["bilaga"].get("gäller_från", "")
    when = ""
    if revision.per is not None:
        when = f", gäller den {datum(revision.per)}"
    elif since > beslut.get("datum", since):
        when = f", gäller från den {datum(since)}"
    return " ".join(["Beslut", *named, *marks]) + when


_CORRECTED = {
    "nämnd": "nämnden",
    "datum": "dagen",
    "paragraf": "paragrafen",
    "diarienummer": "diarienumret",
}


def hänt(record: Handelseuppgifter, revision: Revision, called: Mapping[str, str]) -> str | None:
    """What a correction or an annulment did to the decision of ``revision``, both values told:
    ”Rättelse av beslutet 2025-10-20 § 21: paragrafen, § 12 ska vara § 21”. None for what changes
    nothing in it. ``called`` are the names of the insatser."""
    facts = revision.beslut or {}
    named = " ".join(filter(None, ("beslutet", facts.get("datum"), facts.get("paragraf"))))
    if record["slag"] == "rättelse":
        changes = cast("dict[str, dict[str, str]]", record.get("rättat", {}))
        told = (
            f"{_CORRECTED[name]}, {change['från']} ska vara {change['till']}"
            for name, change in changes.items()
        )
        return f"Rättelse av {named}: {'; '.join(told)}"
    if record["slag"] == "upphävande":
        parts = [called.get(name, name) for name in record.get("insatser", ())]
        return f"Upphävde {named}{f' i fråga om {lista(parts)}' if parts else ''}"
    return None


def händelse(record: Handelseuppgifter) -> str:
    """A record as a line: what it is, when, by whom, and what it is about."""
    who = [record[key] for key in ("nämnd", "paragraf", "domstol") if key in record]
    if "målnummer" in record:
        who.append(f"mål {record['målnummer']}")
    if "diarienummer" in record:
        who.append(f"({record['diarienummer']})")
    told = [" ".join([record["datum"], *who])]
    told += [f"beslutet {record['beslut']}"] if "beslut" in record else []
    told += [f"förslaget {record['förslag']}"] if "förslag" in record else []
    told += [f"laga kraft {record['laga_kraft']}"] if "laga_kraft" in record else []
    told += [f"i fråga om {lista(record['insatser'])}"] if "insatser" in record else []
    changes = cast("dict[str, dict[str, str]]", record.get("rättat", {}))
    told += [f"{name} {change['från']} → {change['till']}" for name, change in changes.items()]
    told += [på_en_rad(record["text"])] if "text" in record else []
    return f"{record['slag']} {', '.join(told)}"
